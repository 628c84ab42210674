// Loaded into every thread of a kernel that has --expose-gc: a cell asks all of them to collect, and
// what they still hold, heap and external memory, comes back as bytes.
import { BroadcastChannel, isMainThread } from "node:worker_threads";

const ANSWER_MS = 500;
const question = new BroadcastChannel("held?");
const answers = new BroadcastChannel("held");

function collect() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

if (isMainThread) {
  globalThis.heldBytes = async () => {
    let held = collect();
    answers.onmessage = ({ data }) => {
      held += data;
    };
    question.postMessage("collect");
    await new Promise((done) => setTimeout(done, ANSWER_MS));
    return held;
  };
} else {
  question.onmessage = () => answers.postMessage(collect());
}
question.unref();
answers.unref();
