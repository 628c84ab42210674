#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { defineData } from "./commands/data.js";
import { defineDoctor } from "./commands/doctor.js";
import { defineInstall } from "./commands/install.js";
import { defineLab } from "./commands/lab.js";
import { defineRun } from "./commands/run.js";
import { defineTest } from "./commands/test.js";
import { defineUninstall } from "./commands/uninstall.js";
import { InputError } from "./extension/index.js";
import { VERSION } from "./version.js";

const retro = new Command("retro")
  .description("A Jupyter kernel for TypeScript with a marketing-ML toolkit in scope.")
  .version(VERSION)
  .enablePositionalOptions()
  .exitOverride();

defineInstall(retro);
defineUninstall(retro);
defineRun(retro);
defineTest(retro);
defineLab(retro);
defineDoctor(retro);
defineData(retro);

try {
  await retro.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof InputError) {
    console.error(error.message);
    process.exitCode = 2;
  } else {
    const { name, message, stack } = error as Error;
    console.error(name === "KernelDied" ? message : stack);
    process.exitCode = 1;
  }
}
