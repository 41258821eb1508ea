import { expect, test } from "vitest";
import { findProblems, prepareIntake } from "../../pipelines/intake/find-problems.ts";
import { loadDocuments } from "../../pipelines/intake/intake-tables.ts";
import type { RawSubmission } from "../../pipelines/readers/raw-document.ts";
import { withConnection } from "../../pipelines/warehouse/connection.ts";
import { newWorld, problemText } from "../intake/given.ts";

const submission = (sheet: string): RawSubmission => ({
  plan: "thu",
  unit: "UB-01",
  period: "Q2",
  nilReturn: false,
  formVersion: "1",
  remarks: {},
  sheet,
  cell: "B4",
});

test("a unit with two sheets for one period is refused, and both are named", async () => {
  const { catalogue } = newWorld();
  const reading = {
    ...submission("Một"),
    area: "",
    measure: "people",
    value: "5",
    isExact: false,
    note: "",
  };
  const problems = await withConnection(async (connection) => {
    await prepareIntake(connection, catalogue);
    await loadDocuments(connection, [
      {
        encoding: null,
        submissions: [submission("Một"), submission("Hai")],
        readings: [
          { ...reading, cell: "D9", line: null },
          { ...reading, sheet: "Hai", cell: "D9", line: null },
        ],
        seen: [],
      },
    ]);
    return findProblems(connection, "2030-12-20");
  });
  const errors = problems.filter(({ problem }) => problem.severity === "error");
  expect(errors.map(({ problem }) => problemText(problem))).toEqual([
    "Một!B4 unit_twice: UBND phường Một | Quý 2 | 2 | trang tính “Một”, ô B4; trang tính “Hai”, ô B4",
    "Một!D9 measure_twice: Số người |  | UBND phường Một | Quý 2 | 2 | trang tính “Một”, ô D9; trang tính “Hai”, ô D9",
  ]);
});
