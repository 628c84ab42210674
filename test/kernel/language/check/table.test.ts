import { afterAll, beforeAll, expect, test } from "vitest";
import { checkAll, checkerIn } from "../../../support/built-checker.js";
import type { Case } from "./case.js";
import { RIGHT } from "./right-cells.js";
import { tsc } from "./tsc.js";
import { WRONG } from "./wrong-cells.js";

/** What tsc says and the checker leaves out wherever a folder does not ask for it. */
const LEFT_OUT = {
  "a parameter, variable or member without a type may be any":
    "7005 7006 7008 7010 7011 7013 7018 7019 7020 7022 7023 7024 7031 7032 7033 7034 7051",
  "a value may be any": "7009 7017 7025 7039 7055 7057",
};
const leftOut = new Set(Object.values(LEFT_OUT).flatMap((codes) => codes.split(" ")));

const CASES: Readonly<Record<string, Case>> = {
  ...titled("wrong", WRONG),
  ...titled("right", RIGHT),
};
/** What lies in the notebook's folder. */
const FILES = {
  "model.ts": `export interface Rate { value: number }
export const rate = (of: number): Rate => ({ value: of });
export default class Model { fit() { return 1; } }
`,
  "config.json": '{ "seed": 7, "names": ["a"] }',
};
const checker = checkerIn(FILES);
/** What tsc says, as `[cell]:line:column TS2322`, by the name of the case. */
const byTsc: Record<string, string[]> = {};

beforeAll(async () => {
  const files = Object.values(CASES).map((one) => new AsFile(one));
  const texts = files.map(({ text }) => text);
  const said = await tsc(texts, FILES);
  for (const [n, name] of Object.keys(CASES).entries()) {
    byTsc[name] = (said[n] ?? []).map((problem) => (files[n] as AsFile).inCell(problem));
  }
});

afterAll(() => checker.stop());

function titled(title: string, cases: Record<string, Case>): Record<string, Case> {
  return Object.fromEntries(Object.entries(cases).map(([name, one]) => [`${title}: ${name}`, one]));
}

/** Cells of a case one below the other. */
class AsFile {
  text = "";
  private readonly starts: { cell: number; line: number }[] = [];

  constructor({ cells, file = cells.map((_, i) => i + 1) }: Case) {
    let line = 1;
    for (const cell of file) {
      this.starts.push({ cell, line });
      const text = cells[cell - 1] as string;
      this.text += `${text}\n`;
      line += text.split(/\r\n|[\r\n\u2028]/).length;
    }
  }

  inCell(problem: string): string {
    const [row, rest] = problem.split(/:(.*)/) as [string, string];
    const start = this.starts.findLast(({ line }) => line <= Number(row));
    return `[${start?.cell}]:${Number(row) - (start?.line ?? 0) + 1}:${rest}`;
  }
}

/** What the checker says, as the cases have it. */
async function checked(cells: readonly string[]): Promise<string[]> {
  const said = await checkAll(checker, cells);
  checker.forget();
  return said.flatMap((problems, i) =>
    problems.map((problem) => {
      const { line, column, code, message, related } = problem;
      // Where the checker keeps cells and declarations is no place for users.
      expect(JSON.stringify(problem)).not.toMatch(/__retro__|\.retro-|dist\/types|lib\.es/);
      for (const at of related) expect(Math.min(at.line, at.column)).toBeGreaterThan(0);
      return `[${i + 1}]:${line}:${column} TS${code} ${message}`;
    }),
  );
}

const placeOf = (problem: string) => problem.split(" ", 2).join(" ");

test("there are enough of both", () => {
  expect(Object.keys(WRONG).length).toBeGreaterThanOrEqual(60);
  expect(Object.keys(RIGHT).length).toBeGreaterThanOrEqual(60);
});

test.each(Object.entries(CASES))("%s", async (name, { cells, problems = [], file, unlike }) => {
  const said = await checked(cells);
  const shown = said.map((one, i) => one.slice(0, problems[i]?.length));
  expect(shown).toEqual(problems);
  if (name.startsWith("wrong") && !unlike) expect(problems).not.toEqual([]);

  const isInFile = (one: string) => file?.some((cell) => one.startsWith(`[${cell}]`)) ?? true;
  const { ours = [], tsc = [] } = unlike ?? {};
  const alike = said.filter(isInFile).map(placeOf);
  expect(alike).toEqual(expect.arrayContaining([...ours]));
  const expected = [...alike.filter((place) => !ours.includes(place)), ...tsc];
  const told = byTsc[name]?.filter((place) => !leftOut.has(place.split("TS")[1] as string));
  expect(told?.sort()).toEqual(expected.sort());
});
