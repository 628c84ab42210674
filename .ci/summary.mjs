// Closes the run with one line of counts; a test that was skipped fails it by name.
import { readFileSync } from "node:fs";

const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
const skipped = report.testResults.flatMap((file) =>
  file.assertionResults
    .filter(({ status }) => status !== "passed" && status !== "failed")
    .map(({ fullName }) => `${file.name}: ${fullName}`),
);
for (const name of skipped) console.log(`skipped: ${name}`);
console.log(
  `${report.numPassedTests} passed, ${report.numFailedTests} failed, ${skipped.length} skipped`,
);
process.exitCode = report.success && skipped.length === 0 ? 0 : 1;
