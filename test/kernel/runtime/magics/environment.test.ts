import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cd } from "../../../../kernel/runtime/magics/cd.js";
import { env } from "../../../../kernel/runtime/magics/env.js";
import { notebookSink } from "../../display/notebook-sink.js";

const { sent, texts } = notebookSink();
const before = process.cwd();
let folder: string;
let printed: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "retro-magics-")));
  mkdirSync(join(folder, "my data"));
  writeFileSync(join(folder, "file"), "");
  process.chdir(folder);
  printed = "";
  sent.length = 0;
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test("%cd changes the folder and says which it is", () => {
  cd.run("my data");
  cd.run("");
  cd.run('".."');
  cd.run("~");
  const inner = join(folder, "my data");
  expect(printed).toBe(`${[inner, inner, folder, realpathSync(homedir())].join("\n")}\n`);
});

test("%cd names what is wrong", () => {
  expect(() => cd.run("mydata")).toThrow(
    `%cd: there is no folder mydata (did you mean "my data"?); now in ${folder}`,
  );
  expect(() => cd.run("no/where")).toThrow("%cd: there is no folder no/where; now in");
  expect(() => cd.run("file")).toThrow(`%cd: ${join(folder, "file")} is a file, not a folder`);
});

test("%env lists, shows and sets; secrets are masked unless they are asked for", () => {
  vi.stubEnv("RETRO_A", "one");
  vi.stubEnv("RETRO_B", undefined);
  vi.stubEnv("RETRO_API_KEY", undefined);
  env.run("RETRO_B = two words = 2");
  env.run("RETRO_API_KEY=abc");
  expect([process.env.RETRO_B, process.env.RETRO_API_KEY]).toEqual(["two words = 2", "abc"]);
  expect(printed).toBe("RETRO_B=two words = 2\nRETRO_API_KEY=••••••\n");
  env.run("");
  env.run("RETRO_A");
  env.run("RETRO_API_KEY");
  const [list, ...shown] = texts();
  expect(shown).toEqual(["one", "abc"]);
  expect(list).toMatch(/^RETRO_A +one$/m);
  expect(list).toMatch(/^RETRO_API_KEY +••••••$/m);
  expect(list).not.toContain("more rows");
});

test("%env names the nearest variable", () => {
  vi.stubEnv("RETRO_A", "one");
  expect(() => env.run("RETRO_AA")).toThrow(
    'there is no environment variable RETRO_AA (did you mean "RETRO_A"?)',
  );
  expect(() => env.run("=3")).toThrow('%env takes NAME or NAME=value, not "=3"');
});
