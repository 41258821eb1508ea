import { expect, test } from "vitest";
import {
  figure,
  optionalText,
  rowOf,
  since,
  sqlReading,
  text,
  texts,
} from "../../pipelines/contract/part-column.ts";
import { COLUMNS, CONTRACT_VERSION, PART_NAMES, PARTS } from "../../pipelines/contract/report.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";

const COLUMNS_BEFORE = { code: text, recipients: texts, note: optionalText };
const COLUMNS_NOW = { ...COLUMNS_BEFORE, number: since(2, optionalText) };
const ROW = { code: "1.1", recipients: ["a"], note: null };

test.each([
  ["a row of before, in which a later column is null", ROW, { ...ROW, number: null }],
  ["a row of now", { ...ROW, number: "05" }, { ...ROW, number: "05" }],
  [
    "a row of a later program still, whose new column nobody here knows",
    { ...ROW, later: 1 },
    { ...ROW, number: null },
  ],
])("%s is read", (_, row, read) => {
  expect(rowOf(COLUMNS_NOW).parse(row)).toEqual(read);
});

test.each([
  ["a column that always was is missing", { code: "1.1", note: null }],
  ["a later one has another type", { ...ROW, number: 5 }],
])("refused: %s", (_, row) => {
  expect(rowOf(COLUMNS_NOW).safeParse(row).success).toBe(false);
});

test("SQL reads the same columns, and figures of whatever size exactly", async () => {
  const figures = ["0.0000", "-12.5000", "123456789012345678901234.5678", null];
  const columns = { ...COLUMNS_NOW, value: figure(28, 4) };
  const rows = figures.map((value) => ({ ...ROW, value }));
  const read = await withConnection((connection) =>
    selectRows(
      connection,
      `select unnest(${sqlReading(columns, "content")})
      from (select unnest(from_json($rows::json, '["varchar"]')) as content)`,
      { rows: JSON.stringify(rows.map((row) => JSON.stringify(row))) },
    ),
  );
  expect(read).toEqual(rows.map((row) => ({ ...row, number: null })));
});

test("each column is of this contract or an earlier one, and a later one may be null, or a count of none", () => {
  for (const part of PART_NAMES) {
    for (const [name, column] of Object.entries(COLUMNS[part])) {
      expect(column.since, `${part}.${name}`).toBeLessThanOrEqual(CONTRACT_VERSION);
      if (column.since > 1) {
        expect([null, 0], `${part}.${name}`).toContain(column.schema.parse(undefined));
      }
    }
    expect(Object.keys(PARTS[part].shape)).toEqual(Object.keys(COLUMNS[part]));
  }
});
