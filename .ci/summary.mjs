// Closes the run with one line of counts over all reports; a test that was skipped fails it by name.
import { readFileSync } from "node:fs";

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const sum = (count) => reports.reduce((total, report) => total + report[count], 0);
const skipped = reports.flatMap(({ testResults }) =>
  testResults.flatMap((file) =>
    file.assertionResults
      .filter(({ status }) => status !== "passed" && status !== "failed")
      .map(({ fullName }) => `${file.name}: ${fullName}`),
  ),
);
for (const name of skipped) console.log(`skipped: ${name}`);
console.log(
  `${sum("numPassedTests")} passed, ${sum("numFailedTests")} failed, ${skipped.length} skipped`,
);
process.exitCode = reports.every(({ success }) => success) && skipped.length === 0 ? 0 : 1;
