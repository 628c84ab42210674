import { type ChildProcess, spawn } from "node:child_process";
import { InputError } from "../extension/index.js";
import { takeCrashEvidence } from "../runtime/crash-file.js";
import { type CrashEvidence, nameCrash } from "../runtime/crash-report.js";
import { type Connection, writeConnectionFile } from "./connection-file.js";
import type { Kernelspec } from "./kernelspec.js";

/** The kernel ended before it was told to. */
export class KernelDied extends Error {
  override name = "KernelDied";
}

/** A kernel's operating-system process; it and its connection file are gone when ours ends. */
export class KernelProcess {
  /** Rejects with KernelDied when the process ends unasked. */
  readonly died: Promise<never>;
  /** Resolves when the process has ended. */
  readonly exited: Promise<void>;
  #child: ChildProcess;
  #asked = false;
  #complaint = "";

  private constructor(
    spec: Kernelspec,
    cwd: string,
    env: Record<string, string>,
    readonly connection: Connection,
    file: string,
    removeConnectionFile: () => void,
  ) {
    const [command = "", ...args] = spec.argv.map((word) =>
      word.replaceAll("{connection_file}", file).replaceAll("{resource_dir}", spec.folder ?? ""),
    );
    this.#child = spawn(command, args, {
      cwd,
      // A notebook that is run is not what a person typed.
      env: {
        ...env,
        ...process.env,
        ...spec.env,
        RETRO_UNATTENDED: "1",
        JPY_PARENT_PID: String(process.pid),
        RETRO_HISTORY: "off",
      },
      stdio: ["ignore", "ignore", "pipe"],
      // A group of its own: Ctrl-C reaches it only through us, and all of it can be ended.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-2000);
    });
    const remove = () => {
      const evidence = takeCrashEvidence(file);
      removeConnectionFile();
      return evidence;
    };
    const end = () => {
      this.kill();
      remove();
    };
    process.once("exit", end);
    let resolveExited: () => void;
    this.exited = new Promise((resolve) => {
      resolveExited = resolve;
    });
    this.died = new Promise((_, reject) => {
      const gone = (error: Error) => {
        process.off("exit", end);
        resolveExited();
        // What the kernel sent last is still on its way through the sockets.
        if (!this.#asked) setTimeout(() => reject(error), 100);
      };
      this.#child.once("error", (error) => {
        remove();
        gone(new InputError(`cannot start the kernel ${spec.display_name}: ${error.message}`));
      });
      this.#child.once("exit", (code, signal) => gone(this.#death(code, signal, remove())));
    });
    this.died.catch(() => {});
  }

  /** Writes the connection file and starts the kernel in `cwd`, with `env` below its environment. */
  static async start(
    spec: Kernelspec,
    cwd: string,
    env: Record<string, string> = {},
  ): Promise<KernelProcess> {
    const { connection, file, remove } = await writeConnectionFile();
    return new KernelProcess(spec, cwd, env, connection, file, remove);
  }

  /** From now on an end of the process is no death. */
  expectEnd(): void {
    this.#asked = true;
  }

  interrupt(): void {
    this.#signal("SIGINT");
  }

  kill(): void {
    this.expectEnd();
    this.#signal("SIGKILL");
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    try {
      if (process.platform === "win32") this.#child.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // It ended in the meantime.
    }
  }

  #death(
    code: number | null,
    signal: NodeJS.Signals | null,
    evidence: CrashEvidence | undefined,
  ): KernelDied {
    const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
    if (evidence) return new KernelDied(nameCrash(evidence, `the kernel ${how}`));
    const last = this.#complaint.trim();
    return new KernelDied(`the kernel ${how}${last === "" ? "" : `; its last words:\n${last}`}`);
  }
}
