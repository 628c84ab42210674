import type { Received } from "../../support/raw-kernel.js";
import { median, type Part, type Values } from "../bench.js";
import type { Contender } from "../kernel/contenders.js";
import { type Life, lives } from "../kernel/life.js";
import { expectChecking } from "./checking.js";
import { typedCells } from "./typed-cells.js";

const CELLS = 50;
/** Each question is asked so often, every time a little otherwise. */
const TIMES = 5;

/** What is asked with the cursor at the end, and what the answer must have. */
interface Question {
  figure: string;
  type: "complete_request" | "inspect_request";
  code: (nth: number) => string;
  answer: string;
}

const QUESTIONS: Question[] = [
  {
    figure: "completion of a record's member",
    type: "complete_request",
    code: (nth) => `campaigns${nth % 5}[0].cl`,
    answer: "clicks",
  },
  {
    figure: "completion of vl",
    type: "complete_request",
    code: (nth) => `const chart${nth} = vl.ba`,
    answer: "bar",
  },
  {
    figure: "completion of an imported library",
    type: "complete_request",
    code: (nth) => `const frame${nth} = arrow.tableFrom`,
    answer: "tableFromArrays",
  },
  {
    figure: "inspection of a function",
    type: "inspect_request",
    code: (nth) => `groupBy${nth % 5}`,
    answer: "Key extends string",
  },
  {
    figure: "inspection of a library's function",
    type: "inspect_request",
    code: (nth) => `const frame${nth} = arrow.tableFromArrays`,
    answer: "tableFromArrays",
  },
];

/** How quickly Tab and Shift-Tab are answered, between cells and while one computes. */
export function help(contenders: Contender[], full: boolean): Part {
  const busy = ", while a cell computes";
  const ms = { unit: "ms", better: "less", target: () => 40 } as const;
  return {
    name: "help",
    rounds: full ? 15 : 5,
    figures: ["", busy].flatMap((when) =>
      QUESTIONS.map(({ figure }) => ({ figure: figure + when, ...ms })),
    ),
    contenders: lives(contenders, async (life, values) => {
      await expectChecking(life);
      for (const code of typedCells(CELLS, true)) await life.timed(code);
      // The first time may load what the others find; it is not measured.
      await askAll(life, {}, "");
      await askAll(life, values, "");
      const { kernel } = life;
      const id = kernel.post(life.contender.cells.loop);
      await life.until("output", (m) => m.type === "stream" && m.parent.msg_id === id);
      await askAll(life, values, busy);
      const replied = (m: Received) => m.channel === "shell" && m.parent.msg_id === id;
      if (kernel.received.some(replied)) throw new Error("ended by itself");
      life.interrupt();
      await life.until("reply", replied);
    }),
  };
}

/** Each question's median time, or what was not answered. */
async function askAll(life: Life, values: Values, when: string): Promise<void> {
  for (const question of QUESTIONS) {
    values[question.figure + when] = await askOften(life, question).catch((e) => e.message);
  }
}

async function askOften(life: Life, question: Question): Promise<number> {
  const times: number[] = [];
  for (let nth = 0; nth < TIMES; nth++) times.push(await ask(life, question, nth));
  return median(times);
}

async function ask({ kernel }: Life, question: Question, nth: number): Promise<number> {
  const code = question.code(nth);
  const content = { code, cursor_pos: code.length, detail_level: 0 };
  const from = performance.now();
  const { reply } = await kernel.request("shell", question.type, content);
  const spent = performance.now() - from;
  const { matches, data } = reply.content;
  const found = JSON.stringify(matches ?? data).includes(question.answer);
  if (!found) throw new Error(`no ${question.answer} for ${code}`);
  return spent;
}
