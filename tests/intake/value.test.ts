import fc from "fast-check";
import { expect, test } from "vitest";
import { VALUE_MACROS } from "../../pipelines/intake/value.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";

interface Typed {
  readonly text: string;
  readonly kind?: "count" | "yes_no";
  readonly decimals?: number;
  readonly overTime?: "sum" | "last";
  readonly isForm?: boolean;
}

/** `number 1120.0000`, or the code of what is wrong, for each text as typed. */
async function judge(typed: readonly Typed[]): Promise<string[]> {
  return withConnection(async (connection) => {
    await connection.run(VALUE_MACROS);
    const rows = await selectRows(
      connection,
      `with typed as (
        select unnest(from_json($typed::json, '[{"no": "integer", "text": "varchar",
          "kind": "varchar", "decimals": "integer", "over_time": "varchar", "is_form": "boolean"
        }]'), recursive := true)
      ),
      said as (select *, value_said("text") as said from typed),
      judged as (
        select *, value_kind(said, kind, decimals, over_time, is_form) as value_kind from said
      )
      select value_kind, case when value_kind = 'number' then value_number(said, kind) end as number
      from judged order by no`,
      {
        typed: JSON.stringify(
          typed.map((one, no) => ({
            no,
            text: one.text,
            kind: one.kind ?? "count",
            decimals: one.decimals ?? 0,
            over_time: one.overTime ?? "sum",
            is_form: one.isForm ?? false,
          })),
        ),
      },
    );
    return rows.map(({ value_kind, number }) =>
      number === null ? String(value_kind) : `${value_kind} ${number}`,
    );
  });
}

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
  [{ text: "không" }, "not_a_number"],

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
  [{ text: "999.999.999.999" }, "thousands_marks"],
  [{ text: "1.000.000.000.000" }, "number_too_large"],
  [{ text: "00000000000000000001" }, "number 1.0000"],

  // a mark before three digits
  [{ text: "1.120" }, "thousands_mark"],
  [{ text: "1,120" }, "thousands_mark"],
  [{ text: "999.000" }, "thousands_mark"],
  [{ text: "1.120", decimals: 1 }, "thousands_mark"],
  [{ text: "1.120", decimals: 2 }, "ambiguous_number"],
  [{ text: "1.125", decimals: 2 }, "thousands_mark"],
  [{ text: "1.125", decimals: 3 }, "ambiguous_number"],
  [{ text: "999.000", decimals: 1 }, "ambiguous_number"],
  [{ text: "1.120.000" }, "thousands_marks"],
  [{ text: "1,120,500", decimals: 4 }, "thousands_marks"],
  [{ text: "1.120", decimals: 4 }, "ambiguous_number"],
  [{ text: "1.125", decimals: 4, isForm: true }, "number 1.1250"],
  [{ text: "1.1250", decimals: 3 }, "number 1.1250"],
  [{ text: "1120.000" }, "number 1120.0000"],
  [{ text: "0.120" }, "fraction"],

  // more decimals than the measure has
  [{ text: "12,5" }, "fraction"],
  [{ text: "12,55", decimals: 1 }, "fraction"],
  [{ text: "1,00005", decimals: 4 }, "fraction"],

  // not a number
  [{ text: "-5" }, "negative"],
  [{ text: "−5,2" }, "negative"],
  [{ text: "- 5" }, "negative"],
  ...[
    "trên 100",
    "gần 200",
    "100 người",
    "25%",
    "xx",
    "--",
    "1 120",
    "1.120.5",
    "1.120,500.000",
    "0.120.500",
    "1,120.5",
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
    [{ text, kind: "yes_no" }, "mark_of_yes_no"],
    [{ text, kind: "yes_no", overTime: "last" }, "mark_of_yes_no"],
  ]),

  // yes or no
  [{ text: "Có", kind: "yes_no" }, "number 1.0000"],
  [{ text: "CÓ".normalize("NFD"), kind: "yes_no" }, "number 1.0000"],
  [{ text: "không", kind: "yes_no" }, "number 0.0000"],
  [{ text: "1", kind: "yes_no" }, "number 1.0000"],
  [{ text: "0", kind: "yes_no" }, "number 0.0000"],
  [{ text: "", kind: "yes_no" }, "blank"],
  [{ text: "Không phát sinh", kind: "yes_no" }, "nil"],
  [{ text: "2", kind: "yes_no" }, "not_yes_no"],
  [{ text: "đã có", kind: "yes_no" }, "not_yes_no"],
  [{ text: "co", kind: "yes_no" }, "not_yes_no"],
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
