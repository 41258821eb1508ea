import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { digest, readJournal, rowsOfCopy } from "./kill-checker.ts";
import { type Run, randomOf, start } from "./kill-loop.ts";

const SOURCES = fileURLToPath(new URL("../../sources", import.meta.url));
const PERIOD = "2024-Q2";
/** Forms that are taken in before anything is published. */
const FORMS = 40;

/** What became of many publishings that were killed. */
export interface PublishingReport {
  readonly kills: number;
  readonly versions: number;
  readonly faults: readonly string[];
  /** Kills after which the journal had a version that the ledger did not hold yet. */
  readonly journalAhead: number;
  /** `holds`, or what `chitieu verify` says in place of it. */
  readonly verified: string;
  /** What `chitieu rebuild` says at the end. */
  readonly rebuilt: string;
}

/**
 * Kills `publish` at any moment of its run, and checks after each kill: versions are whole or not there,
 * and what was said to be published is.
 * @param folder an empty one
 */
export async function killPublishing(
  folder: string,
  kills: number,
  seed: number,
): Promise<PublishingReport> {
  const sources = join(folder, "sources");
  const paths = warehousePaths(join(folder, "warehouse"));
  cpSync(SOURCES, sources, { recursive: true });
  mkdirSync(join(sources, "inbox"), { recursive: true });
  await takeInForms(sources, paths);
  const folders = ["--sources", sources, "--warehouse", paths.folder];
  const random = randomOf(seed);
  const faults: string[] = [];
  let done = 0;
  let journalAhead = 0;
  const publish = (): Run => {
    const why = ["--class", done === 0 ? "first" : "correction", "--reason", "Thử ngắt giữa chừng"];
    const options = ["--acknowledge", "--force"];
    return start(["publish", PERIOD, ...why, ...options, ...folders]);
  };
  await timed(start(["refresh", ...folders]));
  const publishing = await timed(publish());
  done += 1;
  let killed = 0;
  while (killed < kills && faults.length === 0) {
    const run = publish();
    // what is put down is put down towards the end
    const patience = (0.3 + 0.8 * random()) * publishing;
    const timer = setTimeout(() => run.child.kill("SIGKILL"), patience);
    const signal = await run.ended;
    clearTimeout(timer);
    if (signal === "SIGKILL") killed += 1;
    else if (run.child.exitCode !== 0) faults.push(`a run failed: ${run.output()}`);
    else done += 1;
    const found = await checkPublished(paths, done);
    faults.push(...found.faults.map((fault) => `kill ${killed}: ${fault}`));
    if (found.isJournalAhead) journalAhead += 1;
    // one that was put down before its program could say so
    done = Math.max(done, found.versions);
  }
  const verify = start(["verify", "--warehouse", paths.folder]);
  await verify.ended;
  const { versions } = await checkPublished(paths, done);
  const rebuild = start(["rebuild", ...folders]);
  await rebuild.ended;
  return {
    kills: killed,
    versions,
    faults,
    journalAhead,
    verified: verify.child.exitCode === 0 ? "holds" : verify.output(),
    rebuilt: rebuild.output(),
  };
}

async function takeInForms(sources: string, paths: WarehousePaths): Promise<void> {
  const catalogue = readCatalogue(sources);
  const [plan] = catalogue.plans;
  if (plan === undefined) throw new Error("no plan");
  const settings = { paths, catalogue, isDemonstration: false, softwareVersion: "bench" };
  const forms = (await demonstrationForms(plan, 1)).slice(0, FORMS);
  // a clock that is years from what was recorded last is asked about
  const recordedAt = new Date(Date.now() - 3_600_000);
  await withIntake(settings, async (intake) => {
    for (const { fileName: file, bytes, receivedAt } of forms) {
      await intake.ingest({ file, content: { bytes }, receivedAt, recordedAt });
    }
  });
}

/** Milliseconds that a run takes whole. */
async function timed(run: Run): Promise<number> {
  const began = performance.now();
  await run.ended;
  if (run.child.exitCode !== 0) throw new Error(`a run failed: ${run.output()}`);
  return performance.now() - began;
}

interface Found {
  readonly versions: number;
  readonly faults: string[];
  readonly isJournalAhead: boolean;
}

const ENTRIES = "select entry_no, sha256 from entry order by entry_no";
const VERSIONS = `
select version, plan_sha256, inputs_sha256, models_sha256,
    (select count(*)::integer from publication_row as part
        where part.publication_no = publication.publication_no) as parts
from publication order by publication_no`;

async function checkPublished(paths: WarehousePaths, done: number): Promise<Found> {
  const [entries = [], versions = []] = await rowsOfCopy(paths.folder, [ENTRIES, VERSIONS]);
  const faults: string[] = [];
  const journal = readJournal(paths.entries, faults);
  const ahead = journal.length - entries.length;
  if (ahead < 0) faults.push("the journal ends before the ledger");
  if (ahead > 1) faults.push("more than one entry is missing in the ledger");
  for (const [index, { sha256 }] of entries.entries()) {
    if (journal[index]?.sha256 !== sha256) faults.push(`entry ${index + 1} differs`);
  }
  if (versions.length < done) faults.push(`${done} versions were said to be published`);
  const sizes = new Set(versions.map(({ parts }) => parts));
  if (sizes.size > 1) faults.push(`versions have ${[...sizes].join(" and ")} rows`);
  versions.forEach((one, index) => {
    if (one.version !== index + 1) faults.push(`version ${index + 1} is not there`);
    for (const part of ["plan_sha256", "inputs_sha256", "models_sha256"] as const) {
      const file = join(paths.archive, String(one[part]));
      const isWhole = existsSync(file) && digest(readFileSync(file)) === one[part];
      if (!isWhole) faults.push(`version ${index + 1}: ${part} is not whole in the archive`);
    }
  });
  return { versions: versions.length, faults, isJournalAhead: ahead > 0 };
}
