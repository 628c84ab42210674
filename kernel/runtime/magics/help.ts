import { display } from "../../display/index.js";
import type { Magic } from "../../extension/contract.js";
import { didYouMean, InputError } from "../../extension/input-error.js";

const MORE = [
  "name? tells what a name is, name?? its source too; Tab completes, in a magic as well",
  "retro.extensions() tells what is loaded and from where",
];

/** `%help`: all magics, or one. */
export function help(magics: () => Record<string, Magic>): Magic {
  return {
    doc: "Tells what magics there are, or all about one.",
    usage: "[name]",
    form: "line",
    run: (argument) => {
      const all = magics();
      const name = argument.replace(/^(%%?|!)/, "") || (argument === "!" ? "shell" : "");
      if (name === "") return show(Object.entries(all), MORE);
      const known = Object.keys(all);
      const magic = Object.hasOwn(all, name) ? all[name] : undefined;
      if (!magic) {
        throw new InputError(
          `%help: there is no magic ${name}${didYouMean(name, known)}; known: ${known.join(", ")}`,
        );
      }
      const values = magic.values?.join(", ");
      return show([[name, magic]], values === undefined ? [] : [`takes ${values}`]);
    },
  };
}

function show(magics: [name: string, magic: Magic][], notes: readonly string[]): void {
  const rows = magics.map(([name, magic]) => [written(name, magic), magic.doc] as const);
  const width = Math.max(...rows.flatMap(([lines]) => lines.map((line) => line.length)));
  const plain = rows.flatMap(([lines, doc]) =>
    lines.map((line, i) => (i === 0 ? `${line.padEnd(width)}  ${doc}` : line)),
  );
  const table = rows.map(([lines, doc]) => {
    const code = lines.map((line) => `\`${line.replaceAll("|", "\\|")}\``).join("<br>");
    return `| ${code} | ${doc.replaceAll("|", "\\|")} |`;
  });
  display.raw({
    "text/plain": [...plain, ...notes].join("\n"),
    "text/markdown": `| magic | what it does |\n|---|---|\n${[table.join("\n"), ...notes].join("\n\n")}`,
  });
}

/** As it is typed: `%time statement`, `%%time`, `!command`. */
function written(name: string, { usage = "", form }: Magic): string[] {
  if (name === "shell") return [`!${usage || "command"}`];
  const line = `%${name} ${usage}`.trimEnd();
  if (form === "line") return [line];
  return form === "cell" ? [`%${line}`] : [line, `%%${name}`];
}
