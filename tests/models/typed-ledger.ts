import { createTables } from "../../pipelines/ledger/ledger-tables.ts";
import { areasIn, type ResolvedPlan, unitsIn } from "../../pipelines/sources/catalogue.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";
import type { WarehousePaths } from "../../pipelines/warehouse/paths.ts";
import { quoteLiteral } from "../../pipelines/warehouse/sql.ts";
import { parseTable } from "./text-table.ts";

/**
 * What the ledger is given for a plan, as a table of text: a head line `received unit period area`
 * and one column a measure, then a line a submission. `.` is a blank cell, `nil` a nil return of the
 * cell, `60 moved` a figure with a note, `60+` one handed up to which something is owed, `60[x:40;y:20/5]` one of
 * which area x has 40 to date and y 20, of them 5 in the period, `-` no area.
 * Lines with the same moment, unit and period are one submission. In the place of an area
 * `granted:2030-03-15`, `returned` and `recalled` are acts on a report.
 */
export type GivenTable = string;

function areasOf(text: string): object[] {
  return text.split(";").map((one) => {
    const [area, figures = ""] = one.split(":");
    const [toDate, inPeriod = toDate] = figures
      .split("/")
      .map((typed) => (typed === "." ? null : typed));
    return { area, to_date: toDate, in_period: inPeriod };
  });
}

/** Writes the ledger of a warehouse as though what is given for each plan had been taken in. */
export async function writeLedger(
  paths: WarehousePaths,
  given: readonly (readonly [plan: ResolvedPlan, table: GivenTable])[],
): Promise<void> {
  const receipts: string[] = [];
  const submissions: string[] = [];
  const readings: string[] = [];
  const acts: string[] = [];
  for (const [plan, table] of given) {
    const numbers = new Map<string, number>();
    for (const { received = "", unit = "", period = "", area = "-", ...cells } of parseTable(
      table,
    )) {
      const when = plan.plan.periods.find(({ code }) => code === period);
      if (when === undefined) throw new Error(`no period ${period}`);
      const found = unitsIn(plan, when).find(({ code }) => code === unit);
      if (found === undefined) throw new Error(`no unit ${unit} in ${period}`);
      const [act = "", due] = area.split(":");
      if (["granted", "returned", "recalled"].includes(act)) {
        const row = [plan.plan.id, found.unit_id, period, act].map(quoteLiteral);
        const last = act === "granted" ? "null" : String(receipts.length);
        acts.push(
          `(${acts.length + 1}, ${row}, ${due ? quoteLiteral(due) : "null"}, ${last}, '', '',
            '${parseMoment(received).toISOString()}', 'test')`,
        );
        continue;
      }
      const key = `${received} ${unit} ${period}`;
      let number = numbers.get(key);
      if (number === undefined) {
        number = receipts.length + 1;
        numbers.set(key, number);
        const at = `'${parseMoment(received).toISOString()}'::timestamptz`;
        receipts.push(
          `(${number}, 'sha', 'file.xlsx', 1, 'form', 'accepted', ${at}, ${at}, false, false,
            'test', null, null, null, null)`,
        );
        submissions.push(
          `(${number}, ${number}, ${[plan.plan.id, "sha", found.unit_id, period].map(quoteLiteral)},
            false, null, ${quoteLiteral(unit)}, null, null)`,
        );
      }
      const areaId =
        area === "-"
          ? found.area?.area_id
          : areasIn(plan, when).find(({ code }) => code === area)?.area_id;
      for (const [measure, typed] of Object.entries(cells)) {
        const [of = "", note] = typed.split(" ");
        const [figure = "", ofAreas] = of.replace("]", "").split("[");
        const value = figure.replace(/\+$/, "");
        const state = value === "." ? "blank" : value === "nil" ? "nil" : "reported";
        readings.push(
          `(${number}, ${quoteLiteral(measure)}, ${areaId ?? "null"}, '${state}',
            ${state === "reported" ? `'${value}'` : "null"}::decimal(18, 4),
            ${note === undefined ? "null" : quoteLiteral(note)}, null, null, null, ${figure.endsWith("+")}, false,
            ${ofAreas === undefined ? "null" : quoteLiteral(JSON.stringify(areasOf(ofAreas)))})`,
        );
      }
    }
  }
  await withConnection(async (connection) => {
    await attach(connection, paths.ledger, "ledger");
    await createTables(connection, "ledger");
    for (const [name, rows] of Object.entries({
      receipt: receipts,
      submission: submissions,
      reading: readings,
      report_act: acts,
    })) {
      if (rows.length > 0)
        await connection.run(`insert into ledger.${name} values ${rows.join(",")}`);
    }
  });
}
