import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { type Command, InvalidArgumentError } from "commander";
import type { Dataset, Extension } from "../extension/contract.js";
import { dataFile, dataFolder } from "../extension/data-folder.js";
import { didYouMean, InputError } from "../extension/index.js";
import { distFile } from "../notebook/package-folder.js";
import { bytes } from "./bytes.js";

interface AddCommand {
  name?: string;
  sha256?: string;
}

/** `retro data`: the data sets there are, and the files that notebooks find by name. */
export function defineData(program: Command): void {
  const data = program
    .command("data")
    .description("data sets and data files: list, add, path, remove")
    .addHelpText("after", "\nIn a cell, retro.datasets.file(name) is the path of a data file.");
  const list = data
    .command("list", { isDefault: true })
    .description("the data sets and files there are")
    .allowExcessArguments()
    .action(async () => {
      // The default sub-command also gets what is none.
      const [word] = list.args;
      if (word !== undefined) refuse(word, data);
      const { listing } = await import("./data/listing.js");
      console.log(listing(await datasets()));
    });
  data
    .command("add")
    .description("copy or download a file into the data folder")
    .argument("<path-or-url>", "a file, or an address with http or https")
    .option("--name <name>", "its name there (default: as it is called)")
    .option("--sha256 <hex>", "what its checksum must be", checksum)
    .action(async (source: string, options: AddCommand) => {
      process.exitCode = await add(source, options);
    });
  data
    .command("path")
    .description("where a data file lies, or the data folder")
    .argument("[name]", "the file's name")
    .action((name?: string) => console.log(name === undefined ? dataFolder() : dataFile(name)));
  data
    .command("remove")
    .description("remove a file from the data folder")
    .argument("<name>", "the file's name")
    .action((name: string) => {
      const path = dataFile(name);
      rmSync(path);
      console.log(`Removed ${path}`);
    });
}

/** @throws InputError that names the sub-commands. */
function refuse(word: string, data: Command): never {
  const names = data.commands.map((command) => command.name());
  throw new InputError(
    `there is no "retro data ${word}"${didYouMean(word, names)}; there are ${names.join(", ")}`,
  );
}

function checksum(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError("A SHA-256 is 64 hexadecimal digits.");
}

async function add(source: string, { name: given, sha256 }: AddCommand): Promise<number> {
  const { addFile, nameOf } = await import("./data/add-file.js");
  const { onCtrlC } = await import("./ctrl-c.js");
  const { DownloadBar } = await import("./data/download-bar.js");
  const name = nameOf(source, given);
  const bar = new DownloadBar(name);
  const signal = onCtrlC();
  try {
    const onBytes = (done: number, total?: number) => bar.show(done, total);
    const added = await addFile(source, name, { sha256, signal, onBytes });
    bar.end();
    const pin = sha256 === undefined ? " (pin it with --sha256)" : "";
    console.log(`Added ${JSON.stringify(name)}, ${bytes(added.size)}, as ${added.path}`);
    console.log(`SHA-256 ${added.sha256}${pin}`);
    return 0;
  } catch (error) {
    bar.end();
    if (!signal.aborted) throw error;
    return 130;
  }
}

/** The data sets of the built-in extensions; a user's own load with a cell only. */
async function datasets(): Promise<Record<string, Dataset>> {
  const { default: extensions } = (await import(pathToFileURL(distFile("extensions.js")).href)) as {
    default: Extension[];
  };
  return Object.assign({}, ...extensions.map((extension) => extension.datasets));
}
