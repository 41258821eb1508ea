import { readMutated } from "../readers/mutation-run.ts";

/** `npm run bench:mutations [COUNT] [SEED]`: reads mutated workbooks and judges what was read. */
const [count = "10000", seed = "2"] = process.argv.slice(2);
const report = await readMutated(Number(count), Number(seed));
console.log(JSON.stringify(report, null, 2));
process.exitCode = report.faults.length === 0 ? 0 : 1;
