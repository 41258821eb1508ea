import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { SETTLED_MS } from "../../pipelines/intake/inbox-files.ts";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { plainArguments } from "./rounds.ts";

/**
 * `npm run bench:refresh [PLANS] [RUNS] [--pages]`: a refresh after one form, as a command of its own, with
 * pages or (`refresh --no-site`) without, in an office with one plan and in one with many of that size, each with a year of reports. In
 * turn, so that both find the same machine; in seconds of processor time of the command.
 */
const [plans = "400", runs = "5"] = plainArguments();
const hasPages = process.argv.includes("--pages");
/** An office keeps the plans of all years: what a refresh may cost with 400 of them beside one. */
const MOST = 1.5;

const PROGRAM = fileURLToPath(new URL("../../bin/chitieu.mjs", import.meta.url));
const SOURCES = fileURLToPath(new URL("../../sources", import.meta.url));
const PLAN = "217-kh-ubnd-2024";

/** Plan 217 under another number, with words of its own, as another year's plan has. */
function planOf(number: number): { id: string; text: string } {
  const plan = parse(readFileSync(join(SOURCES, "plans", `${PLAN}.yaml`), "utf8"));
  const named = <T extends { name: string }>(one: T): T => {
    return { ...one, name: `${one.name} (${number})` };
  };
  const id = `${number}-kh-ubnd-2024`;
  const measures = plan.measures.map(named);
  const indicators = plan.indicators.map(named);
  const text = stringify({ ...plan, id, number: `${number}/KH-UBND`, measures, indicators });
  return { id, text };
}

async function command(...args: string[]): Promise<number> {
  const timed = `TIMEFORMAT='%U %S'; time "$@" >/dev/null`;
  const { stderr } = await promisify(execFile)(
    "bash",
    ["-c", timed, "bash", process.execPath, PROGRAM, ...args],
    { maxBuffer: 1 << 26 },
  );
  const [user, system] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  return (user ?? Number.NaN) + (system ?? Number.NaN);
}

/** A year of reports of plan 217 as lines of a CSV file without the plan. */
async function year(folder: string, forms: Awaited<ReturnType<typeof demonstrationForms>>) {
  const paths = warehousePaths(join(folder, "year"));
  const catalogue = readCatalogue(SOURCES);
  const settings = { paths, catalogue, isDemonstration: true, softwareVersion: "bench" };
  await withIntake(settings, async ({ ingest }) => {
    for (const { fileName, bytes, receivedAt } of forms) {
      await ingest({ file: fileName, content: { bytes }, receivedAt, recordedAt: receivedAt });
    }
  });
  const areas = new Map(catalogue.areas.map(({ area_id, code }) => [area_id, code]));
  const rows = await withConnection(async (connection) => {
    await attach(connection, paths.ledger, "ledger", { readOnly: true });
    return selectRows(
      connection,
      `select unit_code, period, reading.area_id, measure, unit_id like '%@%' as is_of_area,
          "value"::double::varchar as "value"
      from ledger.submission
      join ledger.reading using (submission_no)
      where "value" is not null
      qualify row_number() over (
          partition by unit_code, period, reading.area_id, measure order by submission_no desc
      ) = 1`,
    );
  });
  return rows.map(({ unit_code, period, area_id, measure, is_of_area, value }) => {
    const area = is_of_area === true ? "" : (areas.get(Number(area_id)) ?? "");
    return `${unit_code},${period},${area},${measure},${Number(value)},`;
  });
}

interface Office {
  readonly plans: number;
  readonly options: readonly string[];
  readonly inbox: string;
  readonly seconds: number[];
}

async function officeOf(folder: string, count: number, lines: readonly string[]): Promise<Office> {
  const sources = join(folder, `sources-${count}`);
  const warehouse = join(folder, `warehouse-${count}`);
  const inbox = join(sources, "inbox");
  cpSync(SOURCES, sources, { recursive: true });
  mkdirSync(inbox, { recursive: true });
  const ids = [PLAN];
  for (let number = 1001; ids.length < count; number += 1) {
    const { id, text } = planOf(number);
    writeFileSync(join(sources, "plans", `${id}.yaml`), text);
    ids.push(id);
  }
  const csv = join(folder, `${count}.csv`);
  const all = ids.flatMap((id) => lines.map((line) => `${id},${line}`));
  writeFileSync(csv, `plan,unit,period,area,measure,value,note\n${all.join("\n")}\n`);
  const options = ["--sources", sources, "--warehouse", warehouse];
  await command("ingest", csv, ...options);
  await command("build", ...options);
  if (hasPages) await command("site", "--warehouse", warehouse);
  return { plans: count, options, inbox, seconds: [] };
}

const middle = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const folder = mkdtempSync(join(tmpdir(), "chitieu-plans-"));
try {
  const plan = readCatalogue(SOURCES).plans.find((one) => one.plan.id === PLAN);
  if (plan === undefined) throw new Error("no plan");
  const lines = await year(folder, await demonstrationForms(plan, 1));
  const forms = (await demonstrationForms(plan, 2)).slice(-Number(runs) - 1);
  const offices = [
    await officeOf(folder, 1, lines),
    await officeOf(folder, Number(plans), lines),
  ] as const;
  for (const { bytes, fileName } of forms) {
    for (const { options, inbox, seconds } of offices) {
      writeFileSync(join(inbox, fileName), bytes);
      await sleep(SETTLED_MS + 100);
      seconds.push(await command("refresh", ...(hasPages ? [] : ["--no-site"]), ...options));
    }
  }
  // the first begins what later ones find
  const [one, many] = offices.map(({ seconds }) => middle(seconds.slice(1)));
  const ratio = (many ?? Number.NaN) / (one ?? Number.NaN);
  for (const { plans: count, seconds } of offices) {
    console.log(
      JSON.stringify({ plans: count, seconds: seconds.map((s) => Number(s.toFixed(2))) }),
    );
  }
  console.log(JSON.stringify({ ratio: Number(ratio.toFixed(2)), asked: MOST }));
  process.exitCode = ratio <= MOST ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
