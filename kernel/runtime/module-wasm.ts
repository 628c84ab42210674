import { InputError } from "../extension/input-error.js";
import { isPath } from "./module-packages.js";
import type { ModuleSource, Request } from "./module-source.js";

/**
 * A WebAssembly file as the ES module that instantiates it; its exports are the module's.
 *
 * @throws InputError when it imports from something that is no file
 */
export async function wasmModule(path: string, content: Buffer): Promise<ModuleSource> {
  const module = await WebAssembly.compile(new Uint8Array(content));
  const from = [...new Set(WebAssembly.Module.imports(module).map((needed) => needed.module))];
  const host = from.find((name) => !isPath(name));
  if (host !== undefined) {
    throw new InputError(
      `${path} imports "${host}", which no file provides: instantiate it with ` +
        `WebAssembly.instantiate(bytes, { ${JSON.stringify(host)}: … })`,
    );
  }
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  const requests: Request[] = [];
  let code = `import { readFileSync } from "node:fs";\n`;
  for (const [i, specifier] of from.entries()) {
    code += `import * as i${i} from `;
    const literal = JSON.stringify(specifier);
    requests.push({ specifier, start: code.length, end: code.length + literal.length });
    code += `${literal};\n`;
  }
  const imports = from.map((specifier, i) => `${JSON.stringify(specifier)}: i${i}`);
  code += `const { instance } = await WebAssembly.instantiate(readFileSync(${JSON.stringify(path)}), { ${imports.join(", ")} });\n`;
  code += names
    .map((name, i) => `const e${i} = instance.exports[${JSON.stringify(name)}];\n`)
    .join("");
  code += `export { ${names.map((name, i) => `e${i} as ${JSON.stringify(name)}`).join(", ")} };\n`;
  return { kind: "module", code, requests, dynamic: [] };
}
