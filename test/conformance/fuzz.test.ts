import { existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Dealer, XSubscriber } from "zeromq";
import { isIdle, RawKernel, signature } from "../support/raw-kernel.js";

// 100,000 forged or malformed messages, the same ones each time, against one live kernel; what a
// stranger sends is not answered, what the client gets wrong is answered with an error.
const SEED = 20_261_124;
const FORGED = 80_000;
const MALFORMED = 12_000;
const BEATS = 3_000;
const SUBSCRIPTIONS = 4_000;
const RUBBISH = 1_000;
/** Megabytes by which the kernel may be larger after a test than it was, warmed up. */
const GROWTH = 60;

type Frames = Uint8Array[];
type Channel = "shell" | "control" | "stdin";

let kernel: RawKernel;
let stranger: Record<Channel | "hb", Dealer>;
beforeAll(async () => {
  console.log(`fuzz: seed ${SEED}`);
  kernel = await RawKernel.start();
  const socket = (channel: string) => {
    const dealer = new Dealer({ linger: 0 });
    dealer.connect(kernel.address(channel));
    return dealer;
  };
  const [shell, control, stdin, hb] = ["shell", "control", "stdin", "hb"].map(socket);
  stranger = { shell, control, stdin, hb } as typeof stranger;
});
afterAll(async () => {
  for (const socket of Object.values(stranger ?? {})) socket.close();
  await kernel?.stop();
});

const TYPES = [
  ...["execute", "kernel_info", "complete", "inspect", "is_complete", "history", "comm_info"],
  ...["connect", "interrupt", "usage", "shutdown", "debug", "create_subshell", "toString", ""],
].map((name) => `${name}_request`);
const OTHER_TYPES = [
  ...["comm_open", "comm_msg", "comm_close", "input_reply", "execute_reply", "status"],
  ...["constructor", "__proto__", ""],
];

const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) =>
  fc.sample(arbitrary, { numRuns, seed: SEED });

const bytesOf = (value: string) => Buffer.from(value);
const nested = (open: string, close: string, depth: number) =>
  `${open.repeat(depth)}0${close.repeat(depth)}`;

/** JSON of a kind that stands nowhere in the protocol. */
const strange = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.constantFrom(
      ...[
        "null",
        "true",
        "false",
        "0",
        "-1",
        "-0.5",
        "1e999",
        "-1e999",
        "1e308",
        "9007199254740993",
      ],
      ...["[]", "{}", '""', '"\\ud800"', '"\\u0000"', '"a\\nb"', "[[[]]]", '{"a":{"b":[1]}}'],
      ...['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}'],
      ...['{"toString":1,"valueOf":1}', '{"length":-1}', '{"then":1}', '["__proto__"]'],
    ),
  },
  {
    weight: 3,
    arbitrary: fc.string({ maxLength: 30, unit: "binary" }).map((s) => JSON.stringify(s)),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)) },
);
/** The same, now and then very deep or very long. */
const strangeJson = fc.oneof(
  { weight: 1_000, arbitrary: strange },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      nested('{"a":', "}", 50_000),
      nested("[", "]", 50_000),
      JSON.stringify("x".repeat(2 << 20)),
    ),
  },
);

/** Bytes that are no JSON, or JSON that is no part of a message. */
const badPart: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  strangeJson.map(bytesOf),
  fc.constantFrom(
    ...["", "NaN", "{", '{"a":}', "{}{}", '{"msg_id":1}', "[object Object]"].map(bytesOf),
  ),
);

const theft = () =>
  `globalThis.stolen = true; require("fs").writeFileSync(${JSON.stringify(loot())}, "")`;
/** What a forged cell would leave behind, were it run. */
const loot = () => join(kernel.folder, "loot");

interface Forgery {
  channel: Channel;
  type: string;
  way: number;
  n: number;
  part: Uint8Array;
  bytes: Uint8Array;
}
const forgeries: fc.Arbitrary<Forgery> = fc.record({
  channel: fc.constantFrom("shell", "control", "stdin"),
  type: fc.oneof(fc.constantFrom(...TYPES, ...OTHER_TYPES), fc.constant("execute_request")),
  way: fc.nat({ max: 15 }),
  n: fc.nat({ max: 1_000 }),
  part: badPart,
  bytes: fc.oneof(
    { weight: 5_000, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 80 }) },
    { weight: 1, arbitrary: fc.constant(Buffer.alloc(2 << 20, 0x5b)) },
  ),
});

/** A message made without the key, or made with it and changed on the way. */
function forged({ type, way, n, part, bytes }: Forgery): Frames {
  const content = { code: theft(), silent: n % 2 === 0, restart: false, value: "forged" };
  const made = (key?: string) => {
    const options = { header: { msg_id: "forged" }, ...(key === undefined ? {} : { key }) };
    return kernel.frames(type, content, options).frames;
  };
  const wrong = made("another key");
  const right = made();
  const [delimiter, signed, header, parent, metadata, body] = right as [
    ...[Uint8Array, Uint8Array, Uint8Array],
    ...[Uint8Array, Uint8Array, Uint8Array],
  ];
  const resigned = (sign: Uint8Array) => [delimiter, sign, header, parent, metadata, body];
  const rewritten = bytesOf(JSON.stringify({ ...content, code: `0; ${theft()}` }));
  switch (way) {
    case 0:
      return resigned(bytesOf(""));
    case 1:
      return resigned(signed.subarray(0, n % 64));
    case 2:
      return resigned(bytesOf(` ${signed}`));
    case 3:
      return resigned(Buffer.from(`${signed}`, "hex"));
    case 4:
      return resigned(bytes);
    case 5:
      return [delimiter, signed, header, parent, metadata, rewritten];
    case 6:
      return [delimiter, signed, header, parent, metadata, bytesOf(`${body} `)];
    case 7:
      return [delimiter, signed, parent, header, metadata, body];
    case 8:
      return [delimiter, signed, header, parent, bytesOf(`${metadata}${body}`), bytesOf("")];
    case 9:
      return right.slice(0, 1 + (n % (right.length - 1)));
    case 10:
      return right.slice(1);
    case 11:
      return [delimiter, ...right];
    case 12:
      return [bytes, ...wrong, bytes];
    case 13:
      return wrong.map((frame, i) => (i === n % wrong.length ? bytes : frame));
    case 14:
      return [delimiter, bytes, part, part, part, part];
    default:
      return Array.from({ length: 1 + (n % 12) }, (_, i) => (i % 2 === 0 ? bytes : part));
  }
}

test(`${FORGED} forged messages: nothing is answered, nothing is executed`, async () => {
  kernel.received.length = 0;
  let sent = 0;
  let before = 0;
  for (const forgery of sample(forgeries, FORGED)) {
    await stranger[forgery.channel].send(forged(forgery));
    if (++sent % 10_000 !== 0) continue;
    await expectAlive();
    before ||= await memory();
  }
  expect(kernel.received.filter(({ parent }) => parent.msg_id === "forged")).toEqual([]);
  await expectUnharmed();
  expect((await memory()) - before).toBeLessThan(GROWTH);
}, 120_000);

const CODE = [
  ...[
    "6 * 7",
    "retro.",
    "vl.",
    "(",
    "\ud83d\ude00.",
    "`${",
    "%magic",
    "?",
    "throw 1",
    "import {",
    "",
  ],
  ...["(".repeat(20_000), "[".repeat(20_000), "{".repeat(20_000), "`${".repeat(20_000)],
  ...["!".repeat(20_000), "a.".repeat(20_000), "1+".repeat(20_000), "/*".repeat(20_000)],
].map((code) => JSON.stringify(code));
/** The fields of all messages, with what may stand there. */
const FIELDS: Record<string, string[]> = {
  code: CODE,
  silent: ["true", "false"],
  store_history: ["true", "false"],
  user_expressions: ['{"a":"1"}', '{"a":"("}', '{"__proto__":"1"}', '{"a":{"toString":1}}'],
  allow_stdin: ["false"],
  stop_on_error: ["true", "false"],
  cursor_pos: ["0", "3", "1000"],
  detail_level: ["0", "1"],
  hist_access_type: ['"tail"', '"range"', '"search"'],
  n: ["5"],
  start: ["0"],
  stop: ["3"],
  output: ["true"],
  unique: ["true"],
  pattern: [`"${"*a".repeat(40)}"`, `"${"*".repeat(1_000)}z"`, '"[(\\\\"'],
  comm_id: ['"c"', '"__proto__"'],
  target_name: ['"t"', '"constructor"'],
  data: ["{}"],
  value: ['"v"'],
};
const PARTS_OF_HEADER = ["session", "username", "date", "version", "subshell_id", "__proto__"];

const malformed = fc.record({
  channel: fc.constantFrom<Channel>("shell", "shell", "shell", "control"),
  type: fc.constantFrom(
    ...[...TYPES, ...OTHER_TYPES].filter((type) => type !== "shutdown_request"),
  ),
  content: fc.array(
    fc
      .constantFrom(...Object.keys(FIELDS))
      .chain((field) =>
        fc.tuple(
          fc.constant(field),
          fc.oneof(strangeJson, fc.constantFrom(...(FIELDS[field] as string[]))),
        ),
      ),
    { maxLength: 8 },
  ),
  header: fc.array(fc.tuple(fc.constantFrom(...PARTS_OF_HEADER), strange), { maxLength: 1 }),
  parent: fc.array(fc.tuple(fc.constantFrom("msg_id", "a"), strangeJson), { maxLength: 1 }),
  metadata: fc.array(fc.tuple(fc.constantFrom("cellId", "a"), strangeJson), { maxLength: 1 }),
  buffers: fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 2 }),
});

test(`${MALFORMED} signed messages with wrong contents: each is answered`, async () => {
  const all = sample(malformed, MALFORMED);
  let before = 0;
  for (let from = 0; from < all.length; from += 500) {
    kernel.received.length = 0;
    const open = new Set<string>();
    for (const [i, message] of all.slice(from, from + 500).entries()) {
      const { channel, type, content, header, parent, metadata, buffers } = message;
      const id = `malformed-${from + i}`;
      const known: [string, string][] = [
        ["msg_id", JSON.stringify(id)],
        ["msg_type", JSON.stringify(type)],
      ];
      const parts = [[...header, ...known], parent, metadata, content].map((fields) =>
        bytesOf(`{${fields.map(([name, json]) => `"${name}":${json}`).join()}}`),
      );
      const sign = bytesOf(signature(kernel.connection.key, parts));
      kernel.sendRaw(channel, ["<IDS|MSG>", sign, ...parts, ...buffers]);
      open.add(`idle ${id}`);
      if (type.endsWith("_request")) open.add(`reply ${id}`);
    }
    await kernel.until((message) => {
      const id = message.parent.msg_id;
      if (isIdle(message, id)) open.delete(`idle ${id}`);
      else if (message.channel !== "iopub") open.delete(`reply ${id}`);
      return open.size === 0;
    });
    await expectAlive();
    if (from === 6_000) before = await memory();
  }
  await expectUnharmed();
  expect((await kernel.execute("typeof {}.polluted")).text).toBe("'undefined'");
  expect((await memory()) - before).toBeLessThan(GROWTH);
}, 120_000);

test("while a cell waits for input, only the answer to its question reaches it", async () => {
  const asking = kernel.post('prompt("who?")', { allow_stdin: true });
  const { header } = await kernel.until(({ type }) => type === "input_request");
  const content = { value: "forged" };
  for (const forgery of sample(forgeries, 500)) {
    await stranger.stdin.send(forged({ ...forgery, type: "input_reply" }));
    const options = { parent: header, key: "another key" };
    await stranger.stdin.send(kernel.frames("input_reply", content, options).frames);
  }
  // Signed, but no answer to this question, or not where answers come in.
  kernel.send("stdin", "input_reply", content, { parent: { msg_id: "another question" } });
  kernel.send("stdin", "execute_reply", content, { parent: header });
  kernel.send("shell", "input_reply", content, { parent: header });
  kernel.send("control", "input_reply", content, { parent: header });
  kernel.send("stdin", "input_reply", { value: "me" }, { parent: header });
  await kernel.exchange("shell", asking);
  expect((await kernel.execute("_")).text).toBe("'me'");
});

test("an answer that is no text is an empty one", async () => {
  for (const value of [7, null, ["a"], { toString: 1 }]) {
    const asking = kernel.post('prompt("who?")', { allow_stdin: true });
    kernel.received.length = 0;
    const { header } = await kernel.until(({ type }) => type === "input_request");
    kernel.send("stdin", "input_reply", { value }, { parent: header });
    await kernel.exchange("shell", asking);
    expect((await kernel.execute("_")).text).toBe("''");
  }
});

test(`${BEATS} strange beats of the heart come back as they are`, async () => {
  const frames = fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 5 });
  for (const beat of sample(frames, BEATS)) {
    await stranger.hb.send(beat);
    expect(await stranger.hb.receive()).toEqual(beat.map((frame) => Buffer.from(frame)));
  }
  await expectAlive();
});

test(`${SUBSCRIPTIONS} strange subscriptions`, async () => {
  const socket = new XSubscriber({ linger: 0 });
  socket.connect(kernel.address("iopub"));
  const reading = (async () => {
    for await (const _ of socket);
  })();
  // Closed while it reads, a socket may say so as an error.
  reading.catch(() => {});
  const before = await memory();
  const topic = fc.uint8Array({ maxLength: 300 });
  const kind = fc.constantFrom([], [0], [1], [1], [2], [0xff]);
  for (const [first, rest] of sample(fc.tuple(kind, topic), SUBSCRIPTIONS)) {
    await socket.send(Buffer.from([...first, ...rest]));
  }
  await expectAlive();
  socket.close();
  expect((await memory()) - before).toBeLessThan(GROWTH);
});

test(`${RUBBISH} connections that speak no ZeroMQ, or stop in the middle of a message`, async () => {
  // Greeting and handshake of ZMTP 3.0 without encryption, then frames of which more should come.
  const greeting = Buffer.alloc(64);
  greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0]);
  greeting.write("NULL", 12);
  const ready = Buffer.from("\x04\x19\x05READY\x0bSocket-Type\0\0\0\x06DEALER", "latin1");
  const half = Buffer.from("\x01\x09<IDS|MSG>\x01\x02ab\x01\xff{", "latin1");
  const endless = Buffer.from([2, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3]);
  const huge = Buffer.from([2, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3]);
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom(
      bytesOf("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
      greeting,
      greeting.subarray(0, 11),
      Buffer.concat([greeting, half]),
      Buffer.concat([greeting, ready, half]),
      Buffer.concat([greeting, ready, endless]),
      Buffer.concat([greeting, ready, huge]),
      Buffer.concat([greeting, ready, ready, half]),
    ),
    fc.uint8Array({ maxLength: 300 }).map((rest) => Buffer.concat([greeting, ready, rest])),
  );
  const ports = ["shell", "control", "stdin", "hb", "iopub"].map(
    (channel) => kernel.connection[`${channel}_port`],
  );
  for (const [port, rubbish] of sample(fc.tuple(fc.constantFrom(...ports), bytes), RUBBISH)) {
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      socket.on("close", () => resolve());
      socket.end(rubbish);
      socket.resume();
    });
  }
  await expectAlive();
  await expectUnharmed();
});

/** The kernel answers on every channel. */
async function expectAlive(): Promise<void> {
  const [cell, info, beat] = await Promise.all([
    kernel.execute("6 * 7"),
    kernel.request("control", "kernel_info_request", {}),
    kernel.heartbeat("boom"),
  ]);
  expect([cell.text, info.reply.content.status, beat]).toEqual(["42", "ok", "boom"]);
}

async function expectUnharmed(): Promise<void> {
  expect((await kernel.execute("typeof stolen")).text).toBe("'undefined'");
  expect(existsSync(loot())).toBe(false);
}

/** Resident megabytes of the kernel. */
async function memory(): Promise<number> {
  const { reply } = await kernel.request("control", "usage_request", {});
  return reply.content.kernel_memory / 2 ** 20;
}
