import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { readForm } from "../pipelines/readers/form-reader.ts";
import { tableIn } from "./asked.ts";
import { newFolder } from "./folders.ts";
import { parseTable } from "./models/text-table.ts";

/** A made-up plan of another shape goes through the same commands, with no line of code for it. */
const COMMAND = new URL("../bin/chitieu.mjs", import.meta.url).pathname;
const SOURCES = new URL("fixtures/second-plan", import.meta.url).pathname;

let warehouse: string;

const chitieu = (...words: string[]) => {
  const folders = ["--sources", SOURCES, "--warehouse", warehouse];
  return promisify(execFile)(process.execPath, [COMMAND, ...words, ...folders]);
};

beforeAll(async () => {
  warehouse = newFolder("chitieu-second-");
  await chitieu("ingest", join(SOURCES, "thang-1-2-3.csv"), "--received", "2025-04-01T08:00");
  await chitieu("build");
});

const marts = (sql: string) => tableIn(join(warehouse, "marts.duckdb"), sql);

describe("a second plan", () => {
  test("its file is in order", async () => {
    const { stdout, stderr } = await chitieu(
      "plan",
      "check",
      join(SOURCES, "plans", "nuoc-sach.yaml"),
    );
    expect(stdout).toMatch(/5 chỉ tiêu, 7 số liệu, 4 kỳ/);
    // three months of twelve: what is due at the year's end is judged in March, and that is said
    expect(stdout).toContain("A1 > 80%, hạn hết tháng 3/2025");
    expect(stdout + stderr).toMatch(
      /thiếu kỳ thứ 4, 5, .*mức của cả năm được xét ngay ở kỳ cuối đã khai/,
    );
  });

  test("its whole area, by month and by the quarter over the months", async () => {
    // the file declares three months, so what is due at the year's end is due in the third
    // A1 > 80: T01 (800+500+10)/1800; T02 with 9002 and 9003 as last known (801+500+10)/1800;
    //   T03 (810+500)/1500, without the stock of 9003, which is no more
    // A2 <= 5, flows: T01 2/25 = 8; nobody sent T02, 2/25 stands; T03 (1+0+1+2)/(20+0+5+20) = 4/45,
    //   with what was sampled in 9003 while it was there
    // A3 >= 36 over three months, 12 a month: T01 2+4, T02 +1, T03 +0 (nil) +1
    // A4 < 200: T01 2/1000 = 200 is not below 200; T03 max(2,1,1)+3 = 5 of 1500 = 333,333333
    // A5: T01 10,5/2; T02 (10,5+11)/2 = 10,75 / 2; T03 average(10,5; 8)= 9,25 / (2+3)
    expect(
      await marts(
        `select indicator_code, period, numerator, denominator, value, pace_value, status,
           areas_reported, areas_expected
         from marts.attainment_by_plan_period order by indicator_code, position(period in '2025-T01 2025-T02 2025-T03 2025-Q1')`,
      ),
    ).toEqual(
      parseTable(`
        indicator_code  period    numerator  denominator  value       pace_value  status        areas_reported  areas_expected
        A1              2025-T01  1310       1800         72.777778   -           not_yet       3               3
        A1              2025-T02  1311       1800         72.833333   -           not_yet       1               3
        A1              2025-T03  1310       1500         87.333333   -           met           2               2
        A1              2025-Q1   1310       1500         87.333333   -           met           2               2
        A2              2025-T01  2          25           8           -           not_yet       3               3
        A2              2025-T02  2          25           8           -           not_yet       0               3
        A2              2025-T03  4          45           8.888889    -           not_met       1               2
        A2              2025-Q1   4          45           8.888889    -           not_met       1               2
        A3              2025-T01  6          -            6           12          behind        2               3
        A3              2025-T02  7          -            7           24          behind        1               3
        A3              2025-T03  8          -            8           36          not_met       2               2
        A3              2025-Q1   8          -            8           36          not_met       2               2
        A4              2025-T01  2          1000         200         -           not_yet       1               3
        A4              2025-T02  2          1000         200         -           not_yet       1               3
        A4              2025-T03  5          1500         333.333333  -           not_met       2               2
        A4              2025-Q1   5          1500         333.333333  -           not_met       2               2
        A5              2025-T01  10.5       2            5.25        -           met           1               3
        A5              2025-T02  10.75      2            5.375       -           met           1               3
        A5              2025-T03  9.25       5            1.85        -           not_met       2               2
        A5              2025-Q1   9.25       5            1.85        -           not_met       2               2
      `),
    );
  });

  test("its communes; the one that was abolished in between is not applicable afterwards", async () => {
    expect(
      await marts(
        `select area_code, period, value, status from marts.attainment_by_ward_quarter
         where indicator_code = 'A1' order by area_code, period`,
      ),
    ).toEqual(
      parseTable(`
        area_code  period    value      status
        9001       2025-T01  80         not_yet
        9001       2025-T02  80.1       met
        9001       2025-T03  81         met
        9002       2025-T01  100        met
        9002       2025-T02  100        met
        9002       2025-T03  100        met
        9003       2025-T01  3.333333   not_yet
        9003       2025-T02  3.333333   not_yet
        9003       2025-T03  -          not_applicable
      `),
    );
  });

  test("its forms are written and read", async () => {
    const out = join(warehouse, "forms");
    await chitieu("forms", "2025-T03", "--out", out);
    const files = readdirSync(out).sort();
    expect(files).toEqual([
      "nuoc-sach-2025_2025-T03_NN.xlsx",
      "nuoc-sach-2025_2025-T03_XA-9001.xlsx",
      "nuoc-sach-2025_2025-T03_XA-9002.xlsx",
    ]);
    const reading = await readForm(
      readFileSync(join(out, "nuoc-sach-2025_2025-T03_XA-9001.xlsx")),
      "form.xlsx",
    );
    expect(reading).toMatchObject({
      ok: true,
      document: { submissions: [{ plan: "nuoc-sach-2025", unit: "XA-9001", period: "2025-T03" }] },
    });
  });
});
