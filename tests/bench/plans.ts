import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type DemonstrationForm, demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { SETTLED_MS } from "../../pipelines/reception/inbox-files.ts";
import { withIntake } from "../../pipelines/reception/ingest.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { PLAN, publish, SEED, SOURCES, takeIn } from "../e2e/marts.ts";
import { Table } from "./table.ts";

/** How many plans an office has that keeps those of some years. */
const PLANS = 20;

/** By how much a refresh may be slower with them than with one. */
const BUDGET = 1.5;

/** Forms that come in one after the other. */
const NEW_FORMS = 3;

const COMMAND = fileURLToPath(new URL("../../bin/chitieu.mjs", import.meta.url));

/**
 * An office with the demonstration's plan, its year of forms and four published versions, and with as
 * many copies of the plan as are asked for, to which a CSV reports the same.
 */
class Office {
  readonly sources: string;
  readonly paths: WarehousePaths;
  private readonly folder: string;
  private readonly plans: number;

  constructor(folder: string, plans: number) {
    this.folder = folder;
    this.plans = plans;
    this.sources = join(folder, "sources");
    this.paths = warehousePaths(join(folder, "warehouse"));
  }

  /** @returns the demonstration's last forms, which are not in yet */
  async fill(): Promise<DemonstrationForm[]> {
    cpSync(SOURCES, this.sources, { recursive: true });
    mkdirSync(join(this.sources, "inbox"), { recursive: true });
    mkdirSync(this.paths.folder, { recursive: true });
    const own = readFileSync(join(this.sources, "plans", `${PLAN}.yaml`), "utf8");
    const copies = Array.from({ length: this.plans - 1 }, (_, no) => `${1000 + no}-kh-ubnd-2024`);
    for (const id of copies) {
      const number = `${id.slice(0, 4)}/KH-UBND`;
      const text = own.replaceAll(PLAN, id).replaceAll("217/KH-UBND", number);
      writeFileSync(join(this.sources, "plans", `${id}.yaml`), text);
    }
    const catalogue = readCatalogue(this.sources);
    const plan = catalogue.plans.find((one) => one.plan.id === PLAN);
    if (plan === undefined) throw new Error(`no plan ${PLAN}`);
    const forms = await demonstrationForms(plan, SEED);
    const held = forms.splice(-NEW_FORMS);
    await takeIn(this.paths, catalogue, forms);
    for (const [period, at] of [
      ["2024-H1", "2024-06-06"],
      ["2024-Q2", "2024-06-10"],
      ["2024-Q3", "2024-09-10"],
      ["2024-Q4", "2024-12-13"],
    ] as const) {
      const moment = new Date(`${at}T16:00:00+07:00`);
      await publish(this.paths, catalogue, { period, at: moment, class: "first", reason: "thử" });
    }
    if (copies.length > 0) await this.report(copies);
    return held;
  }

  private async report(plans: readonly string[]): Promise<void> {
    const file = join(this.folder, "reports.csv");
    await withConnection(async (connection) => {
      await attach(connection, this.paths.ledger, "ledger", { readOnly: true });
      await connection.run(
        `copy (
            select
                copied.plan_id as plan,
                sent.unit_code as unit,
                sent.period,
                if(sent.unit_id like 'UBND@%', null, area.code) as area,
                reading.measure,
                case reading.state
                    when 'reported'
                    then replace(rtrim(rtrim(reading.value::varchar, '0'), '.'), '.', ',')
                    when 'nil' then 'không phát sinh'
                end as value,
                null as note
            from unnest(from_json($plans::json, '["varchar"]')) as copied(plan_id)
            cross join (
                from ledger.main.submission
                qualify submission_no = max(submission_no) over (partition by unit_id, period)
            ) as sent
            inner join ledger.main.reading as reading using (submission_no)
            left join read_csv($areas, all_varchar := true) as area
                on reading.area_id::varchar = area.area_id
            order by all
        ) to '${file}' (header)`,
        { plans: JSON.stringify(plans), areas: join(this.sources, "areas/areas.csv") },
      );
    });
    const catalogue = readCatalogue(this.sources);
    const settings = { paths: this.paths, catalogue, isDemonstration: true, softwareVersion: "b" };
    const at = new Date();
    const content = { bytes: readFileSync(file) };
    const taken = await withIntake(settings, ({ ingest }) =>
      ingest({ file: "reports.csv", content, receivedAt: at, recordedAt: at }),
    );
    if (taken.outcome !== "accepted") throw new Error(`the copies: ${JSON.stringify(taken)}`);
  }

  /** @returns seconds of the whole command, pages included, and what it printed */
  async refresh(): Promise<number> {
    const started = performance.now();
    await promisify(execFile)(process.execPath, [
      COMMAND,
      "refresh",
      ...["--sources", this.sources, "--warehouse", this.paths.folder],
    ]);
    return (performance.now() - started) / 1000;
  }

  /** @returns seconds of a refresh after one more form */
  async refreshAfter({ fileName, bytes }: DemonstrationForm): Promise<number> {
    writeFileSync(join(this.sources, "inbox", fileName), bytes);
    // a file is left alone while it may still be copied in
    await sleep(SETTLED_MS + 100);
    return this.refresh();
  }
}

/** `npm run bench:plans -- 20`: what a form costs of one plan, and of as many. */
async function benchPlans(plans: number): Promise<boolean> {
  const table = new Table();
  const folder = mkdtempSync(join(tmpdir(), "chitieu-bench-plans-"));
  try {
    const offices = [1, plans].map((count) => new Office(join(folder, `${count}`), count));
    const forms: DemonstrationForm[][] = [];
    for (const office of offices) {
      forms.push(await office.fill());
      await office.refresh();
    }
    const seconds: number[][] = offices.map(() => []);
    // in turn, so that a busy machine is so for both
    for (let no = 0; no < NEW_FORMS; no++) {
      for (const [which, office] of offices.entries()) {
        const form = forms[which]?.[no];
        if (form !== undefined) seconds[which]?.push(await office.refreshAfter(form));
      }
    }
    const [one = Number.NaN, many = Number.NaN] = seconds.map((all) => median(all));
    table.row(
      `Refresh after a form, pages included, of ${plans} plans`,
      `${many.toFixed(1)} s, ${(many / one).toFixed(2)} × of one`,
      `${BUDGET} ×`,
      many <= BUDGET * one,
    );
    return table.isKept;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (!(await benchPlans(Number(process.argv[2] ?? PLANS)))) process.exitCode = 1;
