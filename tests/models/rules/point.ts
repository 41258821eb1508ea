import { expect, test } from "vitest";
import { z } from "zod";
import { lackingText } from "../../../pipelines/sentences/amount.ts";
import { selectRows } from "../../../pipelines/warehouse/connection.ts";
import { casesIn, expectedOf } from "../../case-lines.ts";
import { cityTexts, type SourceRow, wardsTexts, wardText } from "../../sentences/of-rows.ts";
import type { CaseMarts } from "../case-marts.ts";
import { askSource, runSource } from "../site-source.ts";
import { smallPlan } from "../small-plan.ts";
import { readCases } from "./cases.ts";
import { given } from "./given.ts";

const KINDS = ["whole", "whole, of the period alone", "wards", "all wards"] as const;
type Kind = (typeof KINDS)[number];

/** Sentences by their period and, of a ward, its code. */
const sentences = z.partialRecord(z.enum(KINDS), z.record(z.string(), z.string()));

const CASES = readCases("point.yaml", sentences).map((one) => ({
  ...one,
  marts: given(one.world, one.given, one.asOf),
}));

/** What is said in the marts of a plan. */
async function figuresSaid(marts: CaseMarts, kind: Kind): Promise<Record<string, string>> {
  return marts.read(async (connection) => {
    const rowsOf = async (source: string, sql = `from ${source}`) => {
      await runSource(connection, source);
      return selectRows(connection, sql);
    };
    const byPeriod = (rows: readonly SourceRow[], text: (row: SourceRow) => string) =>
      Object.fromEntries(rows.map((row) => [String(row.period), text(row)]));
    if (kind === "wards") {
      const rows = await rowsOf(
        "point_ward",
        "select point_ward.*, area_code from point_ward join marts.area using (plan_id, area_id)",
      );
      return Object.fromEntries(
        rows.map((row) => [`${row.period} ${row.area_code}`, wardText(row)]),
      );
    }
    if (kind === "all wards") {
      const rows = await rowsOf("point_wards");
      const statuses = await rowsOf("ward_status");
      return byPeriod(rows, (row) => {
        const own = statuses.filter(({ period }) => period === row.period);
        return wardsTexts(row, own).point;
      });
    }
    const column = kind === "whole" ? "point" : "point_in_period";
    return byPeriod(await rowsOf("point_city"), (row) => cityTexts(row)[column]);
  });
}

test.each(CASES)("said: $rule", async ({ marts, expected }) => {
  for (const [kind, texts] of Object.entries(expected)) {
    const found = await figuresSaid(marts, z.enum(KINDS).parse(kind));
    for (const [at, text] of Object.entries(texts)) {
      const one = expectedOf(text);
      if (typeof one === "string") expect([kind, at, found[at]]).toEqual([kind, at, one]);
      else expect(found[at]).toMatch(one);
    }
  }
});

const UNSENT = given(smallPlan("solved/cases >= 100"), "people  Q1\nW-A1  20");

test("of a sensitive measure that nobody has reported it is not said that it is hidden", async () => {
  const hidden = (marts: CaseMarts = UNSENT) =>
    askSource(
      marts,
      ["measure_city"],
      "select is_hidden, is_untold from measure_city where measure = 'cases' and period = 'Q1'",
    );
  const small = CASES.find(({ rule }) => rule.startsWith("a small count"));
  expect(await hidden(small?.marts)).toEqual([{ is_hidden: true, is_untold: true }]);
  expect(await hidden(UNSENT)).toEqual([{ is_hidden: false, is_untold: false }]);
});

test("of what each place must reach the whole has neither a bar nor a distance", async () => {
  const each = CASES.find(({ rule }) => rule.startsWith("of what each place"));
  const rows = await askSource(
    each?.marts ?? UNSENT,
    ["attainment_city", "difference"],
    `select bar, target_value, beyond_target from attainment_city inner join difference
      using (indicator_code, period) where period = 'Q1' order by area_id nulls first`,
  );
  expect(rows.map((row) => row.beyond_target)).toEqual([null, 2, -3]);
  expect(rows[0]).toMatchObject({ bar: null, target_value: null });
});

/** What is asked, what was sent of the first quarter, and what each place lacks by hand. */
const LACKING = casesIn(`
  // 30 % of 97 are 29,1: 30 people; of 194 they are 58,2: 59
  reached/people >= 30 ⇒ people reached  Q1 / W-A1  97 28 / W-A2  97 30
    ⇒ C: còn thiếu 1 người, A1: còn thiếu 2 người, A2: -
  reached/people > 30 ⇒ people reached  Q1 / W-A1  100 30 / W-A2  100 31
    ⇒ A1: còn thiếu 1 người, A2: -
  reached/people <= 30 ⇒ people reached  Q1 / W-A1  97 31 / W-A2  97 29 ⇒ A1: vượt 2 người, A2: -
  reached/people < 30 ⇒ people reached  Q1 / W-A1  100 30 / W-A2  97 29 ⇒ A1: vượt 1 người, A2: -
  // 5 per thousand of 402 are 2,01
  reached/people per 1000 >= 5 ⇒ people reached  Q1 / W-A1  402 1 / W-A2  400 2
    ⇒ A1: còn thiếu 2 người, A2: -
  reached >= 12 ⇒ reached  Q1 / W-A1  7 / W-A2  1 ⇒ C: còn thiếu 4 người
  reached/people >= 30 each ⇒ people reached  Q1 / W-A1  97 28 / W-A2  97 60
    ⇒ C: -, A1: còn thiếu 2 người
  // 75 % of four are three
  areas with plan >= 75 ⇒ plan  Q1 / W-A1 W-A2  1 / W-A3 W-A4  0 ⇒ C: còn thiếu 1 phường, A3: -
  // what is averaged counts nothing
  load >= 5 ⇒ load  Q1 / W-A1  3 / W-A2  4 ⇒ C: -, A1: -
`);

test.each(
  LACKING.map(([asks = "", sent = "", expected = ""]) => ({
    asks,
    expected: expected.split(", "),
    marts: given(smallPlan(asks), sent.replaceAll(" / ", "\n")),
  })),
)("lacking of $asks", async ({ marts, expected }) => {
  const found = await askSource(
    marts,
    [],
    `select coalesce(area_code, 'C') as at, beyond_count::varchar as beyond_count, counted_unit,
        target_comparator
      from marts.figure where section = 'indicator' and period = 'Q1'`,
  );
  const texts = found.map((row) => `${row.at}: ${lackingText(row as never) ?? "-"}`);
  expect(texts).toEqual(expect.arrayContaining(expected));
});
