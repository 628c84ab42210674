import type { Stats } from "node:fs";

/** How others reach a file that should be its owner's alone. */
export interface Exposure {
  writable: boolean;
  why: string;
}

/**
 * Who else can read or write a file, going by its owner and mode; undefined when nobody can, and on
 * Windows, where a mode says nothing.
 *
 * A group of the same number as the user is taken for the user's own, as most systems make them.
 * `JUPYTER_ALLOW_INSECURE_WRITES` is Jupyter's own switch for file systems that keep no modes.
 */
export function exposure(
  { uid, gid, mode }: Pick<Stats, "uid" | "gid" | "mode">,
  user = process.getuid?.(),
): Exposure | undefined {
  if (user === undefined) return undefined;
  const others = gid === user ? 0o007 : 0o077;
  const octal = (mode & 0o777).toString(8).padStart(4, "0");
  const writable = !/^(true|1)$/i.test(process.env.JUPYTER_ALLOW_INSECURE_WRITES ?? "");
  if (uid !== user && uid !== 0) {
    return { writable, why: `it belongs to user ${uid}, who could have the kernel run anything` };
  }
  if (mode & others & 0o022) {
    return { writable, why: `others can write it (mode ${octal}); chmod 600 makes it yours alone` };
  }
  if (mode & others & 0o044) {
    const why = `others can read its key (mode ${octal}); chmod 600 makes it yours alone`;
    return { writable: false, why };
  }
  return undefined;
}
