import type { DuckDBConnection } from "@duckdb/node-api";
import { beforeAll, describe, expect, test } from "vitest";
import { buildMarts, queryModels } from "../../pipelines/models/build-marts.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { opened } from "../asked.ts";
import { KNOWN, type Office, officeWorld, POLICE } from "../office-world.ts";
import { PLANS } from "../several-plans.ts";
import { parseTable, readTable, type TextRow } from "./text-table.ts";

const AS_OF = parseMoment("2024-06-05T08:00");

/** The marts of the three plans as of then, opened. */
async function office<T>(
  given: Office,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { paths, catalogue } = await officeWorld(given);
  const { file } = await buildMarts({ paths, catalogue, asOf: AS_OF });
  return opened(file, "it", work);
}

describe("three plans", () => {
  let units: TextRow[];
  let reports: TextRow[];
  let shared: { units: TextRow[]; states: TextRow[] };
  beforeAll(async () => {
    await office({}, async (it) => {
      units = await readTable(
        it,
        `select office_code, unit_name, unit_short_name, area_id, is_listed, contact, phone, plans
        from it.marts.office_unit order by all`,
      );
      reports = await readTable(
        it,
        `select office_code as unit, plan_id as plan, period, due_before as due, days_left as days,
            timeliness, doubts, state, wanted
        from it.marts.office_unit_report order by office_code, due_before, plan_id`,
      );
      shared = {
        units: await readTable(
          it,
          "select distinct contact, phone, email from it.shared.office_unit",
        ),
        states: await readTable(
          it,
          `select state from it.shared.office_unit_report
          where office_code = 'UB-01' and plan_id = 'an-toan-2024' and period = '2024-Q2'`,
        ),
      };
    });
  });

  test("a unit is one over all plans, and a committee one for its area", () => {
    // the police report under all three, the wards under two; of finance the second asks nothing
    expect(units).toEqual(
      parseTable(`
        office_code  unit_name          unit_short_name   area_id  is_listed  contact     phone          plans
        CATP         Công an thành phố  Công an TP        -        true       Đội trưởng  0205 3812 345  3
        TC           Phòng Tài chính    Tài chính         -        false      -           -              1
        UB-01        UBND phường Một    UBND phường Một   11       false      -           -              2
        UB-02        UBND phường Hai    UBND phường Hai   12       false      -           -              2
      `),
    );
  });

  test("what each owes over all plans, by when, and what has become of it", () => {
    // 5 June: of the report that is due before the 10th five days are left, the 9th counted.
    // 10 to 60 is six times as much and 50 more: a doubt. A file refused after one was accepted
    // is a report returned.
    expect(reports).toEqual(
      parseTable(`
        unit   plan              period    due         days   timeliness  doubts  state         wanted
        CATP   an-toan-2024      2024-Q1   2024-03-10  -87    late        0       received      -
        CATP   nuoc-sach-2024    2024-Q1   2024-03-15  -82    missing     0       not_sent      overdue
        CATP   giao-thong-2024   2024-T05  2024-06-03  -2     missing     0       not_sent      overdue
        CATP   an-toan-2024      2024-Q2   2024-06-10  5      on_time     0       received      -
        CATP   nuoc-sach-2024    2024-Q2   2024-06-15  10     not_due     0       not_sent      -
        CATP   giao-thong-2024   2024-T06  2024-07-03  28     not_due     0       not_sent      -
        CATP   an-toan-2024      2024-Q4   2099-12-10  27581  not_due     0       not_sent      -
        TC     an-toan-2024      2024-Q1   2024-03-10  -87    missing     0       not_sent      overdue
        TC     an-toan-2024      2024-Q2   2024-06-10  5      not_due     0       not_sent      due_soon
        TC     an-toan-2024      2024-Q4   2099-12-10  27581  not_due     0       not_sent      -
        UB-01  an-toan-2024      2024-Q1   2024-03-10  -87    on_time     0       received      -
        UB-01  nuoc-sach-2024    2024-Q1   2024-03-15  -82    on_time     0       returned      returned
        UB-01  an-toan-2024      2024-Q2   2024-06-10  5      on_time     1       to_explain    to_explain
        UB-01  nuoc-sach-2024    2024-Q2   2024-06-15  10     not_due     0       not_sent      -
        UB-01  an-toan-2024      2024-Q4   2099-12-10  27581  not_due     0       not_sent      -
        UB-02  an-toan-2024      2024-Q1   2024-03-10  -87    missing     0       not_sent      overdue
        UB-02  nuoc-sach-2024    2024-Q1   2024-03-15  -82    missing     0       not_sent      overdue
        UB-02  an-toan-2024      2024-Q2   2024-06-10  5      not_due     0       returned      returned
        UB-02  nuoc-sach-2024    2024-Q2   2024-06-15  10     not_due     0       not_sent      -
        UB-02  an-toan-2024      2024-Q4   2099-12-10  27581  not_due     0       not_sent      -
      `),
    );
  });

  test("whom to ask is not told to everybody", () => {
    expect(shared.units).toEqual([{ contact: "-", phone: "-", email: "-" }]);
    expect(shared.states).toEqual([{ state: "to_explain" }]);
  });
});

test("a doubt about a sensitive measure is none for everybody", async () => {
  const anToan = PLANS["an-toan.yaml"];
  const measures = (anToan as unknown as { measures: { code: string }[] }).measures.map((one) =>
    one.code === "told" ? { ...one, sensitive: true } : one,
  );
  const plans = { ...KNOWN, "an-toan.yaml": { ...anToan, measures } };
  await office({ plans }, async (it) => {
    const read = (schema: string) =>
      readTable(
        it,
        `select doubts, state, wanted from it.${schema}.office_unit_report
        where office_code = 'UB-01' and plan_id = 'an-toan-2024' and period = '2024-Q2'`,
      );
    expect(await read("marts")).toEqual([
      { doubts: "1", state: "to_explain", wanted: "to_explain" },
    ]);
    expect(await read("city")).toEqual([
      { doubts: "1", state: "to_explain", wanted: "to_explain" },
    ]);
    expect(await read("shared")).toEqual([{ doubts: "0", state: "received", wanted: "-" }]);
  });
});

/** The units over all plans, of their models alone. */
async function unitsOf(given: Office, columns = "office_code, plans"): Promise<TextRow[]> {
  return queryModels({
    ...(await officeWorld(given)),
    asOf: AS_OF,
    models: ["marts.office_unit"],
    read: (it) => readTable(it, `select ${columns} from marts.office_unit order by all`),
  });
}

test("without a list units with one code and name are one, others are not", async () => {
  // in the second plan the police are CA
  const units = await unitsOf({ plans: PLANS, units: [] });
  expect(units.map((row) => Object.values(row).join(" "))).toEqual([
    "CA 1",
    "CATP 2",
    "TC 1",
    "UB-01 2",
    "UB-02 2",
  ]);
});

test("two units with one code have addresses of their own", async () => {
  const other = {
    ...PLANS["giao-thong.yaml"],
    units: [{ code: "CATP", item: 1, name: "Chi cục", short_name: "CC" }],
  };
  const units = await unitsOf({ plans: { ...PLANS, "giao-thong.yaml": other }, units: [] });
  expect(units.map(({ office_code }) => office_code)).toEqual([
    "CA",
    "CATP-an-toan-2024",
    "CATP-giao-thong-2024",
    "TC",
    "UB-01",
    "UB-02",
  ]);
});

test("the line of an area is for its committee, that without one for all others", async () => {
  const lines = [
    "UB,,UBND {area},{area},,0205 100,",
    "UB,02,UBND phường Hai,Hai,Chủ tịch,0205 200,",
  ];
  const units = await unitsOf(
    { units: [POLICE, ...lines] },
    "office_code, unit_name, unit_short_name, contact, phone",
  );
  expect(units.filter(({ office_code }) => office_code !== "CATP" && office_code !== "TC")).toEqual(
    parseTable(`
      office_code  unit_name        unit_short_name  contact   phone
      UB-01        UBND phường Một  Phường Một       -         0205 100
      UB-02        UBND phường Hai  Hai              Chủ tịch  0205 200
    `),
  );
});
