import { expect, test } from "vitest";
import type { Column, PageSchema } from "../../pipelines/development/page-schema.ts";
import { rowTypeFiles } from "../../pipelines/development/row-types.ts";

const column = (name: string, type: string, words?: string): Column => ({
  name,
  type,
  isNeverNull: !name.endsWith("?"),
  words,
});

const PLAN = [column("plan_id", "VARCHAR"), column("value?", "DECIMAL(18,2)")];

function schema(columns: readonly Column[]): PageSchema {
  return {
    tables: new Map([["chitieu.plan_period", PLAN]]),
    pages: new Map([
      [
        "[plan]/index.md",
        new Map([
          ["plan", PLAN],
          ["rows", columns],
        ]),
      ],
    ]),
  };
}

test("a table has a type, and a query that has its columns has the same", () => {
  const files = rowTypeFiles(
    schema([
      column("status?", "VARCHAR", "Status"),
      column("n", "BIGINT"),
      column("is", "BOOLEAN"),
    ]),
  );
  expect(files.get("reports/types/tables.ts")).toContain(`
/** A row of \`chitieu.plan_period\`. */
export interface PlanPeriodRow {
  plan_id: string;
  "value?": number | null;
}
`);
  expect(files.get("reports/types/pages.ts")).toContain(`
import type { PlanPeriodRow, Status } from "./tables.ts";

/** A row of each query of each page. */
export interface PageRows {
  "[plan]/index": {
    plan: PlanPeriodRow;
    rows: {
      "status?": Status | null;
      n: number;
      is: boolean;
    };
  };
}
`);
});

test("what a page cannot be given is refused, with its place", () => {
  expect(() => rowTypeFiles(schema([column("day", "DATE")]))).toThrow(
    "reports/pages/[plan]/index.md, rows: the column day is DATE.",
  );
});
