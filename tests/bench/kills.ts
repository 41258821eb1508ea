import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killLoop } from "../ledger/kill-loop.ts";
import { killPublishing } from "../ledger/kill-publishing.ts";
import { inRounds, plainArguments, type Round } from "./rounds.ts";

/**
 * `npm run bench:kills [KILLS] [SEED] [--site] [--keep FILE]`: kills the program while it takes files
 * in, as refresh and as watch, then a fifth as often while it publishes and, with `--site`, renders
 * pages, and checks after each kill.
 */
const [kills = "1000", seed = "1"] = plainArguments();
const withSite = process.argv.includes("--site");

/** Kills of a round, each of which has a warehouse of its own; pages take long. */
const ROUND = withSite ? 20 : 50;

async function round(index: number): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), "chitieu-kills-"));
  const many = Math.min(ROUND, Number(kills) - index * ROUND);
  const own = Number(seed) + index;
  try {
    const [intake, publishing] = [join(folder, "intake"), join(folder, "publishing")];
    for (const one of [intake, publishing]) mkdirSync(one);
    const report = await killLoop(intake, many, own);
    const published = await killPublishing(publishing, Math.ceil(many / 5), own, withSite);
    return {
      counts: {
        kills: report.kills,
        files: report.files,
        "journals ahead": report.journalAhead + published.journalAhead,
        "kills of publishing": published.kills,
        versions: published.versions,
      },
      faults: [
        ...report.faults,
        ...published.faults,
        ...(report.isEmptied ? [] : ["the inbox was not emptied"]),
        ...(published.verified === "holds" ? [] : [published.verified]),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rounds = Math.ceil(Number(kills) / ROUND);
const of = `${kills} kills of seed ${seed}${withSite ? " with pages" : ""}`;
process.exitCode = (await inRounds(of, rounds, round)) ? 0 : 1;
