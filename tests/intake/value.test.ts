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

type Given = Omit<Typed, "text">;

/** `number 1120.0000`, or the code of what is wrong, for each text as typed. */
async function judge(typed: readonly Typed[]): Promise<string[]> {
  return withConnection(async (connection) => {
    const judged: string[] = Array.from({ length: typed.length });
    for (const style of new Set(typed.map((one) => one.style))) {
      const literal = style === undefined ? "null" : `'${style}'`;
      await createIntakeSchema(connection);
      await connection.run(`set variable number_style = ${literal}::varchar`);
      const ofStyle = [...typed.entries()].filter(([, one]) => one.style === style);
      const matched = ofStyle.map(([no, one]) => ({
        ...{ no, typed: one.text, kind: one.kind ?? "count", decimals: one.decimals ?? 0 },
        ...{ over_time: one.overTime ?? "sum", unit_of_measure: one.unit ?? "người" },
        is_exact: one.isExact ?? false,
      }));
      await connection.run(MATCHED, { typed: JSON.stringify(matched) });
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

const [STOCK, CHOICE] = [{ overTime: "last" }, { kind: "yes_no" }] as const;
const LEVELS: Given = { kind: "level", overTime: "last", unit: "Loại C < Loại B+ < Loại A" };
const ROMAN: Given = { ...LEVELS, unit: "Cấp III < Cấp II < Cấp I" };
const WORDED: Given = { ...LEVELS, unit: "Chưa đạt < Đạt chuẩn < Đạt chuẩn nâng cao" };
const PERCENT: Given = { unit: "%" };
const of = (decimals: number, more: Given = {}): Given => ({ ...more, decimals });
const [COMMA, DOT] = [{ style: "comma" }, { style: "dot" }] as const;
const EXACT: Given = { isExact: true };

/** What texts are, parted by `¦`, and of what kind the measure and the file are. */
const TABLE: [judged: string, texts: string, given?: Given][] = [
  // blank, zero and nil are three things
  ["blank", "¦   ¦\u00a0\t"],
  ["number 0.0000", "0"],
  ["nil", "không phát sinh¦  KHÔNG  PHÁT\u00a0SINH ¦khong phat sinh¦Không phát sinh.¦không"],
  ["nil", `Không có¦KPS¦${"không phát sinh".normalize("NFD")}`],
  ["nil_of_stock", "Không phát sinh¦Không có", STOCK],
  ["not_a_number", "không có số liệu"],
  ["number 1.0000", "Có.", CHOICE],
  ["number 0.0000", "Không.¦Không có", CHOICE],
  ["nil", "không phát sinh", CHOICE],

  // a cell is one number, with its own unit at most
  ["number 60.0000", "60 người"],
  ["number 1200.0000", "1 200 Người"],
  ["number 12.5000", "12,5triệu đồng", of(1, { unit: "Triệu đồng" })],
  ["not_a_number", "60 nghìn người¦60 lượt¦nam: 60 người¦60 người, 5 người¦45\n150¦45\r\n150"],
  ["not_a_number", "45\t150¦45\u2028150¦45 \n 150¦45_x000D_150¦1\n120¦có¦✓"],
  ["number 135.0000", "135\n"],
  ["nil", "Không\nphát sinh"],

  // numbers
  ["number 1120.0000", "1120¦ 1120 ¦1120.000"],
  ["number 7.0000", "007"],
  ["number 5.0000", "5.¦+5¦+ 5"],
  ["number 5.0000", "+5%", of(2, PERCENT)],
  ["number 1120.0000", "+1 120"],
  ["number 12.5000", "12,5¦12.5¦12.50", of(1)],
  ["number 12.0000", "12.0"],
  ["number 0.2500", "0,25", of(2)],
  ["number 0.1250", "0.125", of(4)],
  ["number 999999999999.0000", "999999999999¦999.999.999.999"],
  ["number 999999999999.9999", "999999999999,9999", of(4)],
  ["number_too_large", "1000000000000¦1.000.000.000.000"],
  ["number_too_large", "1000000000000,5", of(4)],
  ["number 1.0000", "00000000000000000001"],

  // marks between thousands, where they can mean nothing else
  ["number 1120000.0000", "1.120.000¦1\u00a0120\u202f000"],
  ["number 1120500.0000", "1,120,500", of(4)],
  ["number 1120.5000", "1.120,5¦1,120.5¦1 120,5¦1 120.5", of(1)],
  ["number 1120.5000", "1.120,5", of(1, DOT)],
  ["number 1120.0000", "1 120"],
  ["fraction", "1.120,5"],
  ["not_a_number", "12 34¦0 120"],

  // a mark before three digits: the file's other numbers decide
  ["number 1120.0000", "1.120", COMMA],
  ["number 1120.0000", "1,120", DOT],
  ["number 1120.0000", "1.120", of(3, COMMA)],
  ["number 1.1200", "1.120", of(3, DOT)],
  ["number 1.1250", "1,125", of(3, COMMA)],
  ["number 1125.0000", "1,125", of(3, DOT)],
  ["number 1.1200", "1.120", of(2, DOT)],
  // they say that decimals are meant, but the measure has none
  ["thousands_mark", "1.120", DOT],
  ["thousands_mark", "1,120", COMMA],
  ["thousands_mark", "1.125", of(2, DOT)],
  // they say nothing, or contradict each other
  ["thousands_mark", "1.120"],
  ["thousands_mark", "1.120", of(1)],
  ["ambiguous_number", "1.120", of(2)],
  ["ambiguous_number", "1.125", of(3)],
  ["ambiguous_number", "999.000", of(1)],
  ["ambiguous_number", "1.120", of(4)],
  // a number of a workbook has a mark before decimals only
  ["number 1.1250", "1.125", of(4, EXACT)],
  ["number 1.1250", "1.125", of(4, { ...EXACT, ...COMMA })],
  ["fraction", "1.125", of(2, EXACT)],
  ["number 1.1250", "1.1250", of(3)],
  ["fraction", "0.120"],

  // percentages
  ["number 25.0000", "25%¦25", PERCENT],
  ["number 25.0000", "25 %", { unit: "tỷ lệ %" }],
  ["number 7.2500", "7,25%", of(2, { unit: "phần trăm" })],
  ["number 0.2500", "0,25%", of(2, PERCENT)],
  ["percentage_unclear", "0,25", of(2, PERCENT)],
  ["percentage_unclear", "0.25", of(2, { ...PERCENT, ...EXACT })],
  ["number 0.0000", "0¦0,0", PERCENT],
  ["number 1.0000", "1", PERCENT],
  ["fraction", "12,5%", PERCENT],
  ["ambiguous_number", "1.125%", of(3, PERCENT)],
  ["percentage", "25%¦1.120%"],
  ["not_a_number", "%¦trên 25%", PERCENT],

  // a date where a number belongs
  ["date", "5/6/2024¦05-06-2024"],
  ["not_a_number", "31/6/2024¦5/6"],

  // more decimals than the measure has
  ["fraction", "12,5"],
  ["fraction", "12,55", of(1)],
  ["fraction", "1,00005", of(4)],

  // not a number
  ["negative", "-5¦−5,2¦- 5¦-1.120"],
  ["negative", "-25%", PERCENT],
  ["not_a_number", "trên 100¦gần 200¦xx¦--¦1.120.5¦1.120,500.000¦0.120.500¦1e3¦20+5¦20,.¦.5¦NaN"],
  ["not_a_number", "Infinity¦0x10¦١٢¦１２¦=1+1¦1\u202e2"],

  // a mark where there is no figure
  ["mark", "-¦–¦—¦−¦x¦X¦ - ¦/"],
  ["mark_of_stock", "-¦–¦—¦−¦x¦X¦ - ¦/", STOCK],
  ["mark_of_choice", "-¦–¦—¦−¦×¦ - ¦/", CHOICE],
  ["mark_of_choice", "-¦–¦—¦−¦×¦ - ¦/", { ...CHOICE, ...STOCK }],

  // yes or no
  [
    "number 1.0000",
    `Có¦${"CÓ".normalize("NFD")}¦1¦x¦X¦v¦✓¦✔\ufe0f¦☑¦√¦Đạt¦đã có¦CO¦true¦ 1 `,
    CHOICE,
  ],
  ["number 0.0000", "không¦0¦Khong¦chưa¦Chưa đạt¦không đạt¦FALSE¦chưa có¦Ko¦K", CHOICE],
  ["blank", "", CHOICE],
  ["nil", "Không phát sinh¦khong phat sinh", CHOICE],
  ["not_a_choice", "2¦có thể¦đang làm¦☐¦☒¦✗¦y¦cỏ", CHOICE],

  // one of some levels: C is 1, B+ 2, A 3
  ["number 3.0000", `Loại A¦loại a¦ A. ¦${"XẾP LOẠI A".normalize("NFD")}`, LEVELS],
  ["number 2.0000", "loai  b+", LEVELS],
  ["number 1.0000", "C", LEVELS],
  ["blank", "", LEVELS],
  ["not_a_choice", "D¦A, B¦3¦0¦Không phát sinh", LEVELS],
  ["mark_of_choice", "–", LEVELS],
  ["number 3.0000", "I¦cấp i¦CẤP I", ROMAN],
  ["number 2.0000", "đạt chuẩn", WORDED],
  ["number 3.0000", "Dat chuan nang cao", WORDED],
  ["number 1.0000", "chưa đạt", WORDED],
  ["not_a_choice", "nâng cao¦2", WORDED],
];

test("values as they are typed", async () => {
  const all = TABLE.flatMap(([judged, texts, given = {}]) =>
    texts.split("¦").map((text) => ({ typed: { ...given, text }, judged })),
  );
  const found = await judge(all.map(({ typed }) => typed));
  expect(all.map(({ typed }, index) => [typed.text, found[index]])).toEqual(
    all.map(({ typed, judged }) => [typed.text, judged]),
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
