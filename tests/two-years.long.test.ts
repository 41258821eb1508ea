import { expect, test } from "vitest";
import { exportFiles } from "../pipelines/exports/exported-files.ts";
import { buildMarts } from "../pipelines/models/build-marts.ts";
import { parseMoment } from "../pipelines/vocabulary/date.ts";
import { selectRows } from "../pipelines/warehouse/connection.ts";
import { opened, tableIn } from "./asked.ts";
import { viewMarts } from "./models/mart-views.ts";
import { runSource } from "./models/site-source.ts";
import { indicator, REACH, smallPlan } from "./models/small-plan.ts";
import { parseTable, readTable, textRow } from "./models/text-table.ts";
import type { World } from "./models/world.ts";
import { lineOf, newOffice, type Office, officeIn, ofYear } from "./publishing/given.ts";
import { cityTexts, wardsTexts, wardText } from "./sentences/of-rows.ts";

/**
 * A plan of two years: of the first it has the first and the last quarter, of the second all four. A
 * figure to date begins anew with each year, so nothing of the first year comes before
 * the second year's first quarter.
 */
function twoYears(): World {
  const world = smallPlan([indicator(REACH, ">=", 20, "linear")]);
  const quarter = (year: number, position: number, from: string, to: string, due: string) => ({
    ...{ code: `${year}-Q${position}`, name: `Quý ${position} năm ${year}`, kind: "quarter" },
    ...{ year, position, positions: 4, estimate: false },
    ...{ data_from: `${year}-${from}`, data_to: `${year}-${to}`, due_before: `${year}-${due}` },
  });
  const periods = [
    quarter(2030, 1, "01-01", "03-31", "03-10"),
    quarter(2030, 4, "10-01", "12-31", "12-10"),
    quarter(2031, 1, "01-01", "03-31", "03-10"),
    quarter(2031, 2, "04-01", "06-30", "06-10"),
    quarter(2031, 3, "07-01", "09-30", "09-10"),
    quarter(2031, 4, "10-01", "12-31", "12-10"),
  ];
  return { ...world, plan: { ...world.plan, periods } };
}

const SENT = {
  "2030-Q1": "people 100\nreached 10",
  "2030-Q4": "people 100\nreached 30",
  // 6 % against a pace of 5 %
  "2031-Q1": "people 100\nreached 6",
  "2031-Q2": "people 100\nreached 9",
} as const;

/** Every ward reports the same, up to a period, on the third of the month in which it is due. */
async function officeUpTo(last: keyof typeof SENT): Promise<Office> {
  const office = newOffice(twoYears());
  for (const period of Object.keys(SENT) as (keyof typeof SENT)[]) {
    if (period > last) break;
    const month = { 1: "03", 2: "06", 4: "12" }[period.slice(-1)];
    const moment = `${period.slice(0, 4)}-${month}-03T08:00`;
    await office.sendAll(
      ["W-A1", "W-A2", "W-A3", "W-A4"].map((ward) => [moment, ward, period, SENT[period]] as const),
    );
  }
  return office;
}

/** What the pages say of a closed period in comparison with another one, each source once. */
async function comparisonsOf(
  office: Office,
  period: string,
  asOf: string,
): Promise<Record<string, unknown>> {
  const { file } = await buildMarts({ ...office, asOf: parseMoment(asOf) });
  return opened(file, "warehouse", async (connection) => {
    await viewMarts(connection, "warehouse");
    const ask = async (source: string, sql: string) => {
      await runSource(connection, source);
      return readTable(connection, sql.replace("{period}", `period = '${period}'`));
    };
    const rowsOf = async (source: string) => {
      await runSource(connection, source);
      return selectRows(connection, `from ${source} where period = '${period}'`);
    };
    return {
      met: await ask("standing", "select met, met_before from standing"),
      indicators: await ask(
        "attainment_city",
        "select status, status_before, value, value_before, last_year_value, last_year_name from attainment_city where {period}",
      ),
      placesLastYear: await ask(
        "attainment_ward",
        "select distinct last_year_value from attainment_ward where {period}",
      ),
      indicator: (await rowsOf("point_city")).map(cityTexts),
      wards: (await rowsOf("point_wards")).map((row) => {
        const { change, change_in_period } = wardsTexts(row, []);
        return { change, change_in_period };
      }),
      line: [...new Set((await rowsOf("point_ward")).map(wardText))],
    };
  });
}

test("before a period come those of its kind in its year, and the same one of the year before", async () => {
  const office = newOffice(twoYears());
  await office.send("2030-03-03T08:00", "W-A1", "2030-Q1", SENT["2030-Q1"]);
  const sql = `select before.period, previous_period, last_year_period,
      reported.period as reported_before
    from core.period_before as before
    left join raw.period as reported on before.reported_before_key = reported.period_key
    order by before.period`;
  const rows = await office.ask(null, "core.period_before", sql);
  expect(rows.map(textRow)).toEqual(
    parseTable(`
      period   previous_period  last_year_period  reported_before
      2030-Q1  -                -                 -
      2030-Q4  2030-Q1          -                 2030-Q1
      2031-Q1  -                2030-Q1           2030-Q4
      2031-Q2  2031-Q1          -                 2031-Q1
      2031-Q3  2031-Q2          -                 2031-Q2
      2031-Q4  2031-Q3          2030-Q4           2031-Q3
    `),
  );
});

test("the first quarter of the second year has none: on no page, not in its report, nor in what is exported", async () => {
  const office = await officeUpTo("2031-Q1");
  expect(await comparisonsOf(office, "2031-Q1", "2031-03-20")).toEqual({
    met: [{ met: "0", met_before: "-" }],
    indicators: [
      {
        ...{ status: "on_track", status_before: "-", value: "6", value_before: "-" },
        ...{ last_year_value: "10", last_year_name: "Quý 1 năm 2030" },
      },
    ],
    placesLastYear: [{ last_year_value: "10" }],
    indicator: [
      {
        point:
          "Đến quý 1 năm 2031 đạt 6%, đúng tiến độ: mức cần đạt tại kỳ này là 5%, mức chỉ tiêu 20%.",
        point_in_period: "Trong quý 1 năm 2031 đạt 6%.",
      },
    ],
    wards: [{ change: null, change_in_period: null }],
    line: [
      "Đến quý 1 năm 2031 đạt 6%, đúng tiến độ: mức cần đạt tại kỳ này là 5%, mức chỉ tiêu 20%.",
    ],
  });
  await office.publish("2031-03-09T08:00", "2031-Q1");
  const report = await office.read("2031-Q1");
  expect(report.head).toMatchObject({
    ...{ previous_period: null, last_year_period: "2030-Q1" },
    last_year_period_name: "Quý 1 năm 2030",
  });
  expect(lineOf(report)).toMatchObject({
    ...{ value_shown: "6.0000", previous_value: null, previous_status: null },
    ...{ change_from_previous: null, last_year_value: "10.0000", change_from_last_year: "-4.0000" },
  });
  const [long] = await exportFiles(report, ["csv"]);
  const [head = "", ...lines] = new TextDecoder().decode(long?.bytes).trim().split("\r\n");
  const columns = head.split(",");
  const empty = ["previous_value", "previous_status", "change_from_previous"];
  for (const line of lines) {
    const cells = line.split(",");
    expect(empty.map((name) => cells[columns.indexOf(name)])).toEqual(["", "", ""]);
  }
});

test("the second quarter is compared with the first, on pages and in the report alike", async () => {
  const office = await officeUpTo("2031-Q2");
  // (6 + 9) / 100 against a pace of 10, after 6 / 100
  expect(await comparisonsOf(office, "2031-Q2", "2031-06-20")).toEqual({
    met: [{ met: "0", met_before: "0" }],
    indicators: [
      {
        ...{ status: "on_track", status_before: "on_track", value: "15", value_before: "6" },
        ...{ last_year_value: "-", last_year_name: "-" },
      },
    ],
    placesLastYear: [{ last_year_value: "-" }],
    indicator: [
      {
        point:
          "Đến quý 2 năm 2031 đạt 15%, đúng tiến độ: mức cần đạt tại kỳ này là 10%, mức chỉ tiêu 20%; tăng 9 điểm phần trăm so với quý 1.",
        point_in_period: "Trong quý 2 năm 2031 đạt 9%; tăng 3 điểm phần trăm so với quý 1.",
      },
    ],
    wards: [
      {
        change: "So với quý 1: 4 phường tăng, 0 giảm.",
        change_in_period: "So với quý 1: 4 phường tăng, 0 giảm.",
      },
    ],
    line: [
      "Đến quý 2 năm 2031 đạt 15%, đúng tiến độ: mức cần đạt tại kỳ này là 10%, mức chỉ tiêu 20%; tăng 9 điểm phần trăm so với quý 1.",
    ],
  });
  await office.publish("2031-06-09T08:00", "2031-Q2", { acknowledge: true });
  const report = await office.read("2031-Q2");
  expect(report.head).toMatchObject({ previous_period: "2031-Q1", last_year_period: null });
  const compared = { previous_value: "6.0000", change_from_previous: "9.0000" };
  expect(lineOf(report)).toMatchObject(compared);
});

test("what the plan before has the measures of and no indicator is compared with, and has no page there", async () => {
  const reach = { kind: "count", measures: ["reached"] };
  const change = (code: string, of: object) => ({
    ...indicator({ kind: "change", of, from: "last_year", as: "points" }, "<=", -1),
    code,
  });
  const before = ofYear("2029", [{ ...indicator(reach, ">=", 5), code: "A" }]);
  const office = newOffice(before);
  await office.send("2029-03-05T08:00", "W-A1", "2029-Q1", "people 100\nreached 10");
  const next = [change("B", reach), change("C", REACH)];
  const later = officeIn(office.folder, ofYear("2030", next, { continues: "p2029" }), {
    beside: { "before.yaml": before.plan },
  });
  await later.send("2030-03-05T08:00", "W-A1", "2030-Q1", "people 100\nreached 14");
  const { file } = await buildMarts({ ...later, asOf: parseMoment("2030-03-20T08:00") });
  const rows = await tableIn(
    file,
    `select indicator_code, value, earlier_plan_id, earlier_code, earlier_period
    from marts.change_basis
    join marts.attainment_by_plan_period using (plan_id, indicator_code, period)
    where period = '2030-Q1' and area_id is null order by indicator_code`,
  );
  // 14 after 10, 14 % after 10 %
  expect(rows.map((row) => Object.values(row))).toEqual([
    ["B", "4", "p2029", "A", "2029-Q1"],
    ["C", "4", "p2029", "-", "2029-Q1"],
  ]);
});
