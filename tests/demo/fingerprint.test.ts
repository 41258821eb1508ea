import { expect, test } from "vitest";
import {
  differences,
  fingerprintOf,
  fingerprintText,
  readFingerprints,
  type Table,
} from "./fingerprint.ts";

const WARDS: Table = {
  name: "marts.ward",
  columns: [
    { name: "ward", type: "INTEGER" },
    { name: "share", type: "DECIMAL(5,2)" },
    { name: "note", type: "VARCHAR" },
  ],
  rows: [
    ["1", "12.50", null],
    ["2", "7.00", ""],
    ["3", null, 'a\nb, "c"'],
  ],
};

function withRows(...rows: (string | null)[][]): Table {
  return { ...WARDS, rows };
}

function renamed(from: string, to: string): Table {
  const columns = WARDS.columns.map((one) => (one.name === from ? { ...one, name: to } : one));
  return { ...WARDS, columns };
}

/** A table as it is now, and what is said of it where the one above was committed. */
const CASES: [name: string, now: Table[], said: string[]][] = [
  ["nothing", [WARDS], []],
  ["rows in another order", [withRows(...[...WARDS.rows].reverse().map((row) => [...row]))], []],
  [
    "a rounding",
    [withRows(["1", "13.00", null], ["2", "7.00", ""], ["3", null, 'a\nb, "c"'])],
    ["marts.ward.share: differs"],
  ],
  [
    "a zero less",
    [withRows(["1", "12.5", null], ["2", "7.00", ""], ["3", null, 'a\nb, "c"'])],
    ["marts.ward.share: differs"],
  ],
  [
    "null where there was an empty text",
    [withRows(["1", "12.50", null], ["2", "7.00", null], ["3", null, 'a\nb, "c"'])],
    ["marts.ward.note: differs"],
  ],
  [
    "two values change places",
    [withRows(["1", "7.00", null], ["2", "12.50", ""], ["3", null, 'a\nb, "c"'])],
    ["marts.ward: the same values stand in other rows"],
  ],
  [
    "a row less",
    [withRows(["1", "12.50", null], ["2", "7.00", ""])],
    [
      "marts.ward: has 2 rows, had 3 rows",
      "marts.ward.ward: differs",
      "marts.ward.share: differs",
      "marts.ward.note: differs",
    ],
  ],
  [
    "another type",
    [
      {
        ...WARDS,
        columns: WARDS.columns.map((one) =>
          one.name === "share" ? { ...one, type: "DOUBLE" } : one,
        ),
      },
    ],
    ["marts.ward.share: is DOUBLE, was DECIMAL(5,2)"],
  ],
  [
    "a column more",
    [
      {
        ...WARDS,
        columns: [{ name: "area", type: "VARCHAR" }, ...WARDS.columns],
        rows: WARDS.rows.map((row) => ["x", ...row]),
      },
    ],
    ["marts.ward.area: is new", "marts.ward: its other columns are as they were"],
  ],
  [
    "a column more, and two values change places",
    [
      {
        ...WARDS,
        columns: [...WARDS.columns, { name: "area", type: "VARCHAR" }],
        rows: [
          ["1", "7.00", null, "x"],
          ["2", "12.50", "", "x"],
          ["3", null, 'a\nb, "c"', "x"],
        ],
      },
    ],
    ["marts.ward.area: is new", "marts.ward: the same values stand in other rows"],
  ],
  [
    "a column less",
    [
      {
        ...WARDS,
        columns: WARDS.columns.slice(0, 2),
        rows: WARDS.rows.map((row) => row.slice(0, 2)),
      },
    ],
    ["marts.ward.note: is gone"],
  ],
  [
    "a column with another name",
    [renamed("share", "percent")],
    ["marts.ward.share: is gone", "marts.ward.percent: is new, with the values of share"],
  ],
  [
    "columns in another order",
    [
      {
        ...WARDS,
        columns: [...WARDS.columns].reverse(),
        rows: WARDS.rows.map((row) => [...row].reverse()),
      },
    ],
    ["marts.ward: its parts stand in another order"],
  ],
  [
    "a table with another name",
    [{ ...WARDS, name: "shared.ward" }],
    ["marts.ward: is gone (3 rows)", "shared.ward: is new (3 rows), the same as marts.ward"],
  ],
  ["no table", [], ["marts.ward: is gone (3 rows)"]],
];

test.each(CASES)("what is said of %s", (_, now, said) => {
  const committed = readFingerprints(fingerprintText([fingerprintOf(WARDS)]));
  expect(differences(committed, now.map(fingerprintOf))).toEqual(said);
});

test("a file that differs, and the file within it", () => {
  const file = (digest: string, part: string) => ({
    name: "v1.xlsx",
    size: "12 bytes",
    digest,
    parts: [{ name: "xl/sheet1.xml", about: "7 bytes", digest: part }],
  });
  expect(differences([file("a1", "b1")], [file("a2", "b2")])).toEqual([
    "v1.xlsx.xl/sheet1.xml: differs",
  ]);
  expect(differences([file("a1", "b1")], [file("a2", "b1")])).toEqual(["v1.xlsx: differs"]);
});
