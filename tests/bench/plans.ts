import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { SETTLED_MS } from "../../pipelines/intake/inbox-files.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { PLAN, SOURCES, takeIn } from "../e2e/marts.ts";
import { newFolder } from "../folders.ts";
import { copySources, median, optionsOf, runCommand } from "./given.ts";
import type { Table } from "./table.ts";

/** An office keeps the plans of all years: what a refresh may cost with 400 of them beside one. */
const MOST = 1.5;

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

/** A year of reports of plan 217 as lines of a CSV file without the plan. */
async function year(folder: string, forms: Awaited<ReturnType<typeof demonstrationForms>>) {
  const paths = warehousePaths(join(folder, "year"));
  const catalogue = readCatalogue(SOURCES);
  await takeIn(paths, catalogue, forms);
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
  readonly options: readonly string[];
  readonly inbox: string;
  readonly seconds: number[];
}

async function officeOf(folder: string, count: number, lines: readonly string[]): Promise<Office> {
  const { sources, inbox } = copySources(join(folder, `sources-${count}`));
  const ids = [PLAN];
  for (let number = 1001; ids.length < count; number += 1) {
    const { id, text } = planOf(number);
    writeFileSync(join(sources, "plans", `${id}.yaml`), text);
    ids.push(id);
  }
  const csv = join(folder, `${count}.csv`);
  const all = ids.flatMap((id) => lines.map((line) => `${id},${line}`));
  writeFileSync(csv, `plan,unit,period,area,measure,value,note\n${all.join("\n")}\n`);
  const options = optionsOf(sources, join(folder, `warehouse-${count}`));
  await runCommand("ingest", csv, ...options);
  await runCommand("build", ...options);
  return { options, inbox, seconds: [] };
}

/**
 * A refresh after one form, as a command of its own without pages, in an office with one plan and in one
 * with many of that size, each with a year of reports; in turn, so that both find the same machine.
 * Arguments: plans, 400 without them; runs, 5.
 */
export async function run(args: readonly string[], table: Table): Promise<boolean> {
  const [plans = 400, runs = 5] = args.map(Number);
  const folder = newFolder();
  const { plan } = copySources(join(folder, "given"));
  const lines = await year(folder, await demonstrationForms(plan, 1));
  const one = await officeOf(folder, 1, lines);
  const many = await officeOf(folder, plans, lines);
  for (const { bytes, fileName } of (await demonstrationForms(plan, 2)).slice(-runs - 1)) {
    for (const { options, inbox, seconds } of [one, many]) {
      writeFileSync(join(inbox, fileName), bytes);
      await sleep(SETTLED_MS + 100);
      seconds.push((await runCommand("refresh", ...options)).processorSeconds);
    }
  }
  // the first begins what later ones find
  const [alone, among] = [one, many].map(({ seconds }) => median(seconds.slice(1)));
  const ratio = (among ?? Number.NaN) / (alone ?? Number.NaN);
  table.row(
    `Plans: a refresh with ${plans} plans to one with one, processor time`,
    `${ratio.toFixed(2)} x (${among?.toFixed(2)} to ${alone?.toFixed(2)} s)`,
    `${MOST} x`,
    ratio <= MOST,
  );
  return table.isKept;
}
