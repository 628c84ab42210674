import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type Exchange, textOf } from "../../support/raw-kernel.js";

/** A cell of the soak, and how to know that it went as it must. */
export interface SoakCell {
  code: string;
  /** It says "go" and never ends by itself. */
  endless?: true;
  expects: (done: Exchange) => boolean;
}

/** A seeded mixture of what people do to a kernel. */
export function* soakCells(count: number, seed: number): Generator<SoakCell> {
  const random = xoroshiro128plus(seed);
  const below = (n: number) => uniformInt(random, 0, n - 1);
  const bag = kinds.flatMap(({ weight, make }) => Array<typeof make>(weight).fill(make));
  for (let i = 0; i < count; i++) {
    const make = bag[below(bag.length)] as (typeof kinds)[number]["make"];
    yield make(below(1_000), below(40));
  }
}

/** `n` is any number, `k` one of a few, so that names are declared again and again. */
const kinds: { weight: number; make: (n: number, k: number) => SoakCell }[] = [
  { weight: 24, make: (n, k) => ({ code: `${n} + ${k}`, expects: says(`${n + k}`) }) },
  {
    weight: 10,
    make: (n, k) => ({
      code: `const v${k}: { a: number } = { a: ${n} }; v${k}.a`,
      expects: says(`${n}`),
    }),
  },
  {
    weight: 6,
    make: (n, k) => ({
      code: `function v${k}(x: number) { return x + ${n} } v${k}(1)`,
      expects: says(`${n + 1}`),
    }),
  },
  {
    weight: 4,
    make: (n, k) => ({
      code: `class V${k} { readonly data = new Float64Array(${n}) } let v${k} = new V${k}(); v${k}.data.length`,
      expects: says(`${n}`),
    }),
  },
  {
    weight: 10,
    make: (n, k) => ({
      code: `for (let i = 0; i < ${k}; i++) console.log(i, ${n})`,
      expects: says(Array.from({ length: k }, (_, i) => `${i} ${n}\n`).join("")),
    }),
  },
  { weight: 4, make: (n) => ({ code: `console.error(${n})`, expects: says(`${n}\n`) }) },
  {
    weight: 8,
    make: (n) => ({ code: `throw new RangeError("n${n}")`, expects: fails(`RangeError: n${n}`) }),
  },
  { weight: 3, make: (n) => ({ code: `let x = ${n} +* )`, expects: fails("SyntaxError: ") }) },
  {
    weight: 3,
    make: (n) => ({
      code: `await Promise.reject(new TypeError("n${n}"))`,
      expects: fails(`TypeError: n${n}`),
    }),
  },
  {
    weight: 8,
    make: (n) => ({
      code: `await new Promise((done) => setTimeout(done, 1)); ${n}`,
      expects: says(`${n}`),
    }),
  },
  {
    weight: 4,
    make: (n) => ({
      code: `import { basename } from "node:path"; basename("a/${n}").length`,
      expects: says(`${`${n}`.length}`),
    }),
  },
  {
    weight: 5,
    make: (n) => ({
      code: `display.html("<b>${n}</b>")`,
      expects: ({ reply, iopub }) =>
        ok(reply) && shown(iopub, "display_data", "text/html").join() === `<b>${n}</b>`,
    }),
  },
  {
    weight: 4,
    make: (n, k) => ({
      code: `Array.from({ length: ${k + 1} }, (_, day) => ({ day, clicks: ${n} }))`,
      expects: ({ reply, iopub }) =>
        ok(reply) && shown(iopub, "execute_result", "text/html").length === 1,
    }),
  },
  {
    weight: 3,
    make: (n) => ({
      code: `const shown = display(${n}); shown.update(${n + 1});`,
      expects: ({ reply, iopub }) =>
        ok(reply) &&
        shown(iopub, "display_data", "text/plain").join() === `${n}` &&
        shown(iopub, "update_display_data", "text/plain").join() === `${n + 1}`,
    }),
  },
  {
    weight: 1,
    make: (n) => ({
      code: `vl.bar([{ day: "a", clicks: ${n} }, { day: "b", clicks: 2 }], { x: "day", y: "clicks" })`,
      expects: ({ reply, iopub }) =>
        ok(reply) && shown(iopub, "execute_result", "image/svg+xml").length === 1,
    }),
  },
  {
    weight: 2,
    make: () => ({ code: 'console.log("go"); while (true) {}', endless: true, expects: stopped }),
  },
  {
    weight: 1,
    make: () => ({
      code: 'console.log("go"); await new Promise(() => {})',
      endless: true,
      expects: stopped,
    }),
  },
];

function ok(reply: Exchange["reply"]): boolean {
  return reply.content.status === "ok";
}

function says(text: string): SoakCell["expects"] {
  return ({ reply, iopub }) => ok(reply) && textOf(iopub) === text;
}

function fails(start: string): SoakCell["expects"] {
  return ({ reply, iopub }) =>
    reply.content.status === "error" &&
    textOf(iopub).startsWith(start) &&
    reply.content.ename !== "";
}

function stopped({ reply, iopub }: Exchange): boolean {
  return (
    reply.content.status === "error" &&
    iopub.some(({ type }) => type === "error") &&
    textOf(iopub.filter(({ type }) => type === "stream")) === "go\n"
  );
}

/** What such messages showed in that media type. */
function shown(iopub: Exchange["iopub"], type: string, mime: string): unknown[] {
  return iopub
    .filter((m) => m.type === type && mime in m.content.data)
    .map((m) => m.content.data[mime]);
}
