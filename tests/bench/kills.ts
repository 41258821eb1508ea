import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killLoop } from "../ledger/kill-loop.ts";

/** `npm run bench:kills [KILLS] [SEED]`: kills the program while it takes files in, and checks. */
const [kills = "500", seed = "1"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "chitieu-kills-"));
try {
  const report = await killLoop(folder, Number(kills), Number(seed), (kill, { faults }) => {
    if (kill % 25 === 0 || faults.length > 0) console.log(`${kill} kills, ${faults.length} faults`);
  });
  console.log(JSON.stringify(report, null, 2));
  process.exitCode = report.faults.length === 0 && report.isEmptied ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
