import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { createIntakeSchema, rowsOfModel } from "../../pipelines/intake/intake-sql.ts";
import { WholeNumber, withConnection } from "../../pipelines/warehouse/connection.ts";

interface Typed {
  readonly text: string;
  readonly kind?: "count" | "yes_no" | "level";
  readonly decimals?: number;
  readonly overTime?: "sum" | "last";
  readonly unit?: string;
  /** A number that a workbook holds. */
  readonly isExact?: boolean;
  /** How the other numbers of the file are written. */
  readonly style?: "comma" | "dot";
}

/** `number 1120.0000`, or the code of what is wrong, for each text as typed. */
async function judge(typed: readonly Typed[]): Promise<string[]> {
  return withConnection(async (connection) => {
    const judged: string[] = Array.from({ length: typed.length });
    for (const style of new Set(typed.map((one) => one.style))) {
      const literal = style === undefined ? "null" : `'${style}'`;
      await createIntakeSchema(connection);
      await connection.run(`set variable number_style = ${literal}::varchar`);
      await connection.run(MATCHED, {
        typed: JSON.stringify(
          typed.flatMap((one, no) =>
            one.style !== style
              ? []
              : [
                  {
                    no,
                    typed: one.text,
                    kind: one.kind ?? "count",
                    decimals: one.decimals ?? 0,
                    over_time: one.overTime ?? "sum",
                    unit_of_measure: one.unit ?? "người",
                    is_exact: one.isExact ?? false,
                  },
                ],
          ),
        ),
      });
      const rows = await rowsOfModel(connection, "typed_value", TypedValue);
      for (const { no, value_kind, number } of rows) {
        judged[no] = number === null ? String(value_kind) : `${value_kind} ${number}`;
      }
    }
    return judged;
  });
}

const TypedValue = z.object({
  no: WholeNumber,
  value_kind: z.string().nullable(),
  number: z.string().nullable(),
});

const MATCHED = `
create or replace table intake.matched as
select unnest(from_json($typed::json, '[{"no": "integer", "typed": "varchar", "kind": "varchar",
  "decimals": "integer", "over_time": "varchar", "unit_of_measure": "varchar",
  "is_exact": "boolean"
}]'), recursive := true)`;

const TABLE: [Typed, string][] = [
  // blank, zero and nil are three things
  [{ text: "" }, "blank"],
  [{ text: "   " }, "blank"],
  [{ text: "\u00a0\t" }, "blank"],
  [{ text: "0" }, "number 0.0000"],
  [{ text: "không phát sinh" }, "nil"],
  [{ text: "  KHÔNG  PHÁT\u00a0SINH " }, "nil"],
  [{ text: "không phát sinh".normalize("NFD") }, "nil"],
  [{ text: "Không phát sinh", overTime: "last" }, "nil_of_stock"],
  [{ text: "khong phat sinh" }, "nil"],
  [{ text: "Không phát sinh." }, "nil"],
  [{ text: "không" }, "nil"],
  [{ text: "Không có" }, "nil"],
  [{ text: "KPS" }, "nil"],
  [{ text: "Không có", overTime: "last" }, "nil_of_stock"],
  [{ text: "không có số liệu" }, "not_a_number"],
  [{ text: "Có.", kind: "yes_no" }, "number 1.0000"],
  [{ text: "Không.", kind: "yes_no" }, "number 0.0000"],
  [{ text: "Không có", kind: "yes_no" }, "number 0.0000"],
  [{ text: "không phát sinh", kind: "yes_no" }, "nil"],

  // a cell is one number, with its own unit at most
  [{ text: "60 người" }, "number 60.0000"],
  [{ text: "1 200 Người" }, "number 1200.0000"],
  [{ text: "12,5triệu đồng", unit: "Triệu đồng", decimals: 1 }, "number 12.5000"],
  [{ text: "60 nghìn người" }, "not_a_number"],
  [{ text: "60 lượt" }, "not_a_number"],
  [{ text: "nam: 60 người" }, "not_a_number"],
  [{ text: "60 người, 5 người" }, "not_a_number"],
  [{ text: "45\n150" }, "not_a_number"],
  [{ text: "45\r\n150" }, "not_a_number"],
  [{ text: "45\t150" }, "not_a_number"],
  [{ text: "45\u2028150" }, "not_a_number"],
  [{ text: "45 \n 150" }, "not_a_number"],
  [{ text: "45_x000D_150" }, "not_a_number"],
  [{ text: "1\n120" }, "not_a_number"],
  [{ text: "135\n" }, "number 135.0000"],
  [{ text: "Không\nphát sinh" }, "nil"],
  [{ text: "có" }, "not_a_number"],
  [{ text: "✓" }, "not_a_number"],

  // numbers
  [{ text: "1120" }, "number 1120.0000"],
  [{ text: " 1120 " }, "number 1120.0000"],
  [{ text: "007" }, "number 7.0000"],
  [{ text: "12,5", decimals: 1 }, "number 12.5000"],
  [{ text: "12.5", decimals: 1 }, "number 12.5000"],
  [{ text: "12.50", decimals: 1 }, "number 12.5000"],
  [{ text: "12.0" }, "number 12.0000"],
  [{ text: "0,25", decimals: 2 }, "number 0.2500"],
  [{ text: "0.125", decimals: 4 }, "number 0.1250"],
  [{ text: "999999999999" }, "number 999999999999.0000"],
  [{ text: "999999999999,9999", decimals: 4 }, "number 999999999999.9999"],
  [{ text: "1000000000000" }, "number_too_large"],
  [{ text: "1000000000000,5", decimals: 4 }, "number_too_large"],
  [{ text: "999.999.999.999" }, "number 999999999999.0000"],
  [{ text: "1.000.000.000.000" }, "number_too_large"],
  [{ text: "00000000000000000001" }, "number 1.0000"],

  // marks between thousands, where they can mean nothing else
  [{ text: "1.120.000" }, "number 1120000.0000"],
  [{ text: "1,120,500", decimals: 4 }, "number 1120500.0000"],
  [{ text: "1.120,5", decimals: 1 }, "number 1120.5000"],
  [{ text: "1,120.5", decimals: 1 }, "number 1120.5000"],
  [{ text: "1.120,5", decimals: 1, style: "dot" }, "number 1120.5000"],
  [{ text: "1 120" }, "number 1120.0000"],
  [{ text: "1\u00a0120\u202f000" }, "number 1120000.0000"],
  [{ text: "1 120,5", decimals: 1 }, "number 1120.5000"],
  [{ text: "1 120.5", decimals: 1 }, "number 1120.5000"],
  [{ text: "1.120,5" }, "fraction"],
  [{ text: "12 34" }, "not_a_number"],
  [{ text: "0 120" }, "not_a_number"],

  // a mark before three digits: the file's other numbers decide
  [{ text: "1.120", style: "comma" }, "number 1120.0000"],
  [{ text: "1,120", style: "dot" }, "number 1120.0000"],
  [{ text: "1.120", decimals: 3, style: "comma" }, "number 1120.0000"],
  [{ text: "1.120", decimals: 3, style: "dot" }, "number 1.1200"],
  [{ text: "1,125", decimals: 3, style: "comma" }, "number 1.1250"],
  [{ text: "1,125", decimals: 3, style: "dot" }, "number 1125.0000"],
  [{ text: "1.120", decimals: 2, style: "dot" }, "number 1.1200"],
  // they say that decimals are meant, but the measure has none
  [{ text: "1.120", style: "dot" }, "thousands_mark"],
  [{ text: "1,120", style: "comma" }, "thousands_mark"],
  [{ text: "1.125", decimals: 2, style: "dot" }, "thousands_mark"],
  // they say nothing, or contradict each other
  [{ text: "1.120" }, "thousands_mark"],
  [{ text: "1.120", decimals: 1 }, "thousands_mark"],
  [{ text: "1.120", decimals: 2 }, "ambiguous_number"],
  [{ text: "1.125", decimals: 3 }, "ambiguous_number"],
  [{ text: "999.000", decimals: 1 }, "ambiguous_number"],
  [{ text: "1.120", decimals: 4 }, "ambiguous_number"],
  // a number of a workbook has a mark before decimals only
  [{ text: "1.125", decimals: 4, isExact: true }, "number 1.1250"],
  [{ text: "1.125", decimals: 4, isExact: true, style: "comma" }, "number 1.1250"],
  [{ text: "1.125", decimals: 2, isExact: true }, "fraction"],
  [{ text: "1.1250", decimals: 3 }, "number 1.1250"],
  [{ text: "1120.000" }, "number 1120.0000"],
  [{ text: "0.120" }, "fraction"],

  // percentages
  [{ text: "25%", unit: "%" }, "number 25.0000"],
  [{ text: "25 %", unit: "tỷ lệ %" }, "number 25.0000"],
  [{ text: "25", unit: "%" }, "number 25.0000"],
  [{ text: "7,25%", unit: "phần trăm", decimals: 2 }, "number 7.2500"],
  [{ text: "0,25%", unit: "%", decimals: 2 }, "number 0.2500"],
  [{ text: "0,25", unit: "%", decimals: 2 }, "percentage_unclear"],
  [{ text: "0.25", unit: "%", decimals: 2, isExact: true }, "percentage_unclear"],
  [{ text: "0", unit: "%" }, "number 0.0000"],
  [{ text: "0,0", unit: "%" }, "number 0.0000"],
  [{ text: "1", unit: "%" }, "number 1.0000"],
  [{ text: "12,5%", unit: "%" }, "fraction"],
  [{ text: "1.125%", unit: "%", decimals: 3 }, "ambiguous_number"],
  [{ text: "25%" }, "percentage"],
  [{ text: "1.120%" }, "percentage"],
  [{ text: "%", unit: "%" }, "not_a_number"],
  [{ text: "trên 25%", unit: "%" }, "not_a_number"],

  // a date where a number belongs
  [{ text: "5/6/2024" }, "date"],
  [{ text: "05-06-2024" }, "date"],
  [{ text: "31/6/2024" }, "not_a_number"],
  [{ text: "5/6" }, "not_a_number"],

  // more decimals than the measure has
  [{ text: "12,5" }, "fraction"],
  [{ text: "12,55", decimals: 1 }, "fraction"],
  [{ text: "1,00005", decimals: 4 }, "fraction"],

  // not a number
  [{ text: "-5" }, "negative"],
  [{ text: "−5,2" }, "negative"],
  [{ text: "- 5" }, "negative"],
  [{ text: "-1.120" }, "negative"],
  [{ text: "-25%", unit: "%" }, "negative"],
  ...[
    "trên 100",
    "gần 200",
    "xx",
    "--",
    "1.120.5",
    "1.120,500.000",
    "0.120.500",
    "1e3",
    "+5",
    "5.",
    ".5",
    "NaN",
    "Infinity",
    "0x10",
    "١٢",
    "１２",
    "=1+1",
    "1\u202e2",
  ].map((text): [Typed, string] => [{ text }, "not_a_number"]),

  // a mark where there is no figure
  ...["-", "–", "—", "−", "x", "X", " - ", "/"].flatMap((text): [Typed, string][] => [
    [{ text }, "mark"],
    [{ text, overTime: "last" }, "mark_of_stock"],
  ]),
  ...["-", "–", "—", "−", "×", " - ", "/"].flatMap((text): [Typed, string][] => [
    [{ text, kind: "yes_no" }, "mark_of_choice"],
    [{ text, kind: "yes_no", overTime: "last" }, "mark_of_choice"],
  ]),

  // yes or no
  [{ text: "Có", kind: "yes_no" }, "number 1.0000"],
  [{ text: "CÓ".normalize("NFD"), kind: "yes_no" }, "number 1.0000"],
  [{ text: "không", kind: "yes_no" }, "number 0.0000"],
  [{ text: "1", kind: "yes_no" }, "number 1.0000"],
  [{ text: "0", kind: "yes_no" }, "number 0.0000"],
  [{ text: "", kind: "yes_no" }, "blank"],
  [{ text: "Không phát sinh", kind: "yes_no" }, "nil"],
  [{ text: "khong phat sinh", kind: "yes_no" }, "nil"],
  ...["x", "X", "v", "✓", "✔\ufe0f", "☑", "√", "Đạt", "đã có", "CO", "true", " 1 "].map(
    (text): [Typed, string] => [{ text, kind: "yes_no" }, "number 1.0000"],
  ),
  ...["Khong", "chưa", "Chưa đạt", "không đạt", "FALSE", "chưa có", "Ko", "K"].map(
    (text): [Typed, string] => [{ text, kind: "yes_no" }, "number 0.0000"],
  ),
  ...["2", "có thể", "đang làm", "☐", "☒", "✗", "y", "cỏ"].map((text): [Typed, string] => [
    { text, kind: "yes_no" },
    "not_a_choice",
  ]),

  // one of some levels: C is 1, B+ 2, A 3
  ...(
    [
      ["Loại A", "number 3.0000"],
      ["loại a", "number 3.0000"],
      [" A. ", "number 3.0000"],
      ["XẾP LOẠI A".normalize("NFD"), "number 3.0000"],
      ["loai  b+", "number 2.0000"],
      ["C", "number 1.0000"],
      ["", "blank"],
      ["D", "not_a_choice"],
      ["A, B", "not_a_choice"],
      ["3", "not_a_choice"],
      ["0", "not_a_choice"],
      ["Không phát sinh", "not_a_choice"],
      ["–", "mark_of_choice"],
    ] as const
  ).map(([text, judged]): [Typed, string] => [
    { text, kind: "level", overTime: "last", unit: "Loại C < Loại B+ < Loại A" },
    judged,
  ]),
  ...["I", "cấp i", "CẤP I"].map((text): [Typed, string] => [
    { text, kind: "level", overTime: "last", unit: "Cấp III < Cấp II < Cấp I" },
    "number 3.0000",
  ]),
  ...(
    [
      ["đạt chuẩn", "number 2.0000"],
      ["Dat chuan nang cao", "number 3.0000"],
      ["chưa đạt", "number 1.0000"],
      ["nâng cao", "not_a_choice"],
      ["2", "not_a_choice"],
    ] as const
  ).map(([text, judged]): [Typed, string] => [
    {
      text,
      kind: "level",
      overTime: "last",
      unit: "Chưa đạt < Đạt chuẩn < Đạt chuẩn nâng cao",
    },
    judged,
  ]),
];

test("values as they are typed", async () => {
  const judged = await judge(TABLE.map(([typed]) => typed));
  expect(TABLE.map(([typed], index) => [typed.text, judged[index]])).toEqual(
    TABLE.map(([typed, expected]) => [typed.text, expected]),
  );
});

test("any exact decimal comes back exactly, with either mark", async () => {
  const decimal = fc.record({
    whole: fc.bigInt({ min: 0n, max: 999_999_999_999n }),
    fraction: fc.stringMatching(/^[0-9]{4}$/),
    mark: fc.constantFrom(",", "."),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(decimal, { minLength: 50, maxLength: 50 }), async (decimals) => {
      const judged = await judge(
        decimals.map(({ whole, fraction, mark }) => ({
          text: `${whole}${mark}${fraction}`,
          decimals: 4,
        })),
      );
      expect(judged).toEqual(decimals.map(({ whole, fraction }) => `number ${whole}.${fraction}`));
    }),
    { numRuns: 20 },
  );
});

test("any text at all is a number, a nil, a blank or a named problem", async () => {
  const kinds = /^(blank|nil|number \d+\.\d{4}|[a-z_]+)$/;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "grapheme" }), { minLength: 50, maxLength: 50 }),
      async (texts) => {
        for (const result of await judge(texts.map((text) => ({ text })))) {
          expect(result).toMatch(kinds);
        }
      },
    ),
    { numRuns: 20 },
  );
});
