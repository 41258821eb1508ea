import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killLoop } from "../ledger/kill-loop.ts";
import { killPublishing } from "../ledger/kill-publishing.ts";

/**
 * `npm run bench:kills [KILLS] [SEED] [--site]`: kills the program while it takes files in, as refresh
 * and as watch, then a fifth as often while it publishes and, with `--site`, renders pages, and checks
 * after each kill.
 */
const [kills = "500", seed = "1"] = process.argv.slice(2).filter((one) => !one.startsWith("-"));
const withSite = process.argv.includes("--site");
const folder = mkdtempSync(join(tmpdir(), "chitieu-kills-"));
try {
  const [intake, publishing] = [join(folder, "intake"), join(folder, "publishing")];
  for (const one of [intake, publishing]) mkdirSync(one);
  const report = await killLoop(intake, Number(kills), Number(seed), (kill, { faults }) => {
    if (kill % 25 === 0 || faults.length > 0) console.log(`${kill} kills, ${faults.length} faults`);
  });
  console.log(JSON.stringify(report, null, 2));
  const fifth = Math.ceil(Number(kills) / 5);
  const published = await killPublishing(publishing, fifth, Number(seed), withSite);
  console.log(JSON.stringify(published, null, 2));
  const faults = [...report.faults, ...published.faults];
  process.exitCode = faults.length === 0 && report.isEmptied ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
