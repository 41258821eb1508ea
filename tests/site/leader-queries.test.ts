import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { audienceView, readModels } from "../../pipelines/models/model.ts";
import {
  type Attended,
  attentionText,
  type IndicatorWards,
  mapIndicatorSentence,
  mapSentence,
} from "../../pipelines/sentences/places.ts";
import { MACROS } from "../../pipelines/site/source-queries.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";

const REPORTS = join(import.meta.dirname, "../../reports");
const MODELS = join(import.meta.dirname, "../../models");
const { models, functions } = readModels();

/** One letter a ward's status; `-` is withheld. */
const LETTERS: Readonly<Record<string, string>> = {
  m: "met",
  w: "within",
  t: "on_track",
  b: "behind",
  n: "not_met",
  r: "not_reported",
  x: "not_applicable",
  "-": "withheld",
};

interface Marts {
  /** Statuses of each ward on indicators 1, 2, …, at the second quarter and at the first. */
  readonly wards: Readonly<Record<string, readonly [now: string, before?: string]>>;
  /** Wards that sent nothing for the second quarter. */
  readonly silent?: readonly string[];
  /** The city's statuses, likewise; each met where they do not matter. */
  readonly city?: readonly [now: string, before?: string];
}

/** What is seen of figures, with columns that nothing asked here is about. */
const SEEN_FIGURES = `select * exclude (status, status_shown, is_disclosive)
    rename (status_told as status),
  period = 'Q2' and status_told = 'met' as is_provisional, null::boolean as is_withheld, value_shown as value,
  unnest({numerator_in_period: 0, denominator_in_period: 0, value_in_period: 0,
    value_in_period_shown: 0, numerator: 0, denominator: 0, target_comparator: '>=', target_value: 0, target_to: 0,
    pace_value: 0, pace_shown: 0, areas_expected: 0,
    areas_reported: 0, areas_carried: 0, areas_left_out: 0, periods_missing_before: 0})`;

/** What a query of the sources gives on the marts. */
async function ask(source: string, marts: Marts) {
  return query(await readFile(join(REPORTS, `sources/chitieu/${source}.sql`), "utf8"), marts);
}

/** What a query gives on marts that hold two quarters, the second being the latest. */
async function query(sql: string, { wards, silent = [], city = ["mmmm", "mmmm"] }: Marts) {
  return await withConnection(async (connection) => {
    await connection.run(`create schema marts;
      create table marts.plan as select 'p' as plan_id, 'xã' as reporting_area_noun,
        'huyện' as area_noun;
      create table marts.period as from (values
        ('p', 'Q1', 'Quý I', 1, 'quarter', date '2024-01-01', date '2024-03-31', true, true, false),
        ('p', 'Q2', 'Quý II', 2, 'quarter', date '2024-04-01', date '2024-06-30', true, true, true),
        ('p', 'H1', '6 tháng', 3, 'half_year', date '2024-01-01', date '2024-06-30', false, true, false)
      ) as period (plan_id, period, period_name, period_no, kind, data_from, data_to, is_base,
        is_applicable, is_latest);
      alter table marts.period add column year integer default 2024;
      alter table marts.period add column state varchar default 'closed';
      create table marts.period_before as from (values
        ('p', 'Q1', null), ('p', 'Q2', 'Q1'), ('p', 'H1', null)
      ) as period_before (plan_id, period, previous_period);
      create table marts.indicator (plan_id varchar, indicator_code varchar, target_scope varchar,
        unit_of_measure varchar, value_kind varchar, target_comparator varchar,
        is_of_period boolean);
      create table marts.area (plan_id varchar, area_id integer, area_code varchar,
        area_name varchar, area_name_within_sentence varchar, area_no integer,
        valid_from date, valid_to date);
      create table marts.submission_timeliness (plan_id varchar, area_id integer, period varchar,
        submissions integer, timeliness varchar);
      create table marts.period_basis as from (values
        ('p', 'Q1', 'Q1', 'Q1'), ('p', 'Q2', 'Q1', 'Q1'), ('p', 'Q2', 'Q2', 'Q2')
      ) as period_basis (plan_id, period, to_date_period, source_period);
      create table marts.attainment_by_plan_period (plan_id varchar, indicator_code varchar,
        period varchar, status varchar, status_shown varchar, status_told varchar,
        is_disclosive boolean, value_shown decimal(18, 4));
      create table marts.attainment_by_ward_period (plan_id varchar, indicator_code varchar,
        period varchar, area_id integer, status varchar, status_shown varchar, status_told varchar,
        is_disclosive boolean,
        value_shown decimal(18, 4));`);
    const fill = async (place: string, [now, before = ""]: readonly [string, string?]) => {
      const quarters = { Q1: before, Q2: now };
      for (const [period, letters] of Object.entries(quarters)) {
        for (const [i, letter] of [...letters].entries()) {
          const status = LETTERS[letter];
          const value = ["-", "r", "x"].includes(letter) ? "null" : `${10 * (i + 1)}.5`;
          await connection.run(
            `insert into marts.attainment_by_${place}
            'met', '${status}', '${status}', ${letter === "-"}, ${value}`.replace(
              "{}",
              `'${i + 1}', '${period}'`,
            ),
          );
        }
      }
    };
    for (let i = 1; i <= 4; i++) {
      await connection.run(
        `insert into marts.indicator values ('p', '${i}', 'whole', '%', 'ratio', '>=', false)`,
      );
    }
    await fill("plan_period select 'p', {},", city);
    for (const [i, [name, statuses]] of Object.entries(wards).entries()) {
      const sent = silent.includes(name) ? 0 : 1;
      await connection.run(`insert into marts.area values
        ('p', ${i}, '0', '${name}', '${name}', ${i}, null, null);
        insert into marts.submission_timeliness values ('p', ${i}, 'Q2', ${sent},
          '${sent === 0 ? "missing" : "on_time"}')`);
      await fill(`ward_period select 'p', {}, ${i},`, statuses);
    }
    await connection.run(functions.sql);
    await connection.run(`create view marts.figure as
      select *, 'indicator' as section, indicator_code as code
      from (
        select *, null::integer as area_id from marts.attainment_by_plan_period
        union all by name
        select * from marts.attainment_by_ward_period
      ) as figure`);
    for (const mart of ["indicator_latest", "status_by_place", "status_by_indicator"]) {
      const model = await readFile(join(MODELS, `marts/${mart}.sql`), "utf8");
      await connection.run(`create table marts.${mart} as ${model}`);
    }
    await connection.run(`attach ':memory:' as seen; create schema seen.marts`);
    for (const [mart, seen] of [
      ["plan", "select *"],
      ["period", "select *, null::integer as position, null::boolean as is_estimate"],
      ["period_before", "select *"],
      ["indicator", "select *"],
      ["area", "select *"],
      ["indicator_latest", "select *"],
      ["attainment_by_plan_period", SEEN_FIGURES],
      ["attainment_by_ward_period", SEEN_FIGURES],
    ] as const) {
      await connection.run(`create table seen.marts.${mart} as ${seen} from memory.marts.${mart}`);
    }
    for (const mart of ["status_by_place", "status_by_indicator"]) {
      const model = models.find(({ id }) => id === `audience.${mart}`);
      const view = audienceView("shared", model?.sql ?? "");
      await connection.run(`create table seen.marts.${mart} as ${view}`);
    }
    await connection.run(`create table seen.marts.change_basis (plan_id varchar,
      indicator_code varchar, period varchar, area_id integer, earlier_kind varchar,
      earlier_year integer, earlier_position integer, earlier_name varchar, sides varchar);
      use seen`);
    for (const macros of MACROS) {
      await connection.run(await readFile(join(REPORTS, macros), "utf8"));
    }
    return (await selectRows(connection, sql)) as Record<string, unknown>[];
  });
}

/** Wards in the order of attention, each with what is said of it. */
async function order(marts: Marts): Promise<string[]> {
  const names = Object.keys(marts.wards);
  const rows = await ask("area_attention", marts);
  return rows
    .sort((a, b) => Number(a.attention_no) - Number(b.attention_no))
    .map((row) => `${names[Number(row.area_id)]}: ${attentionText(row as unknown as Attended)}`);
}

test("who lacks more comes first, then who fails more, then as the plan has them", async () => {
  const wards = { A: ["bm"], B: ["bb"], C: ["nb"], D: ["nm"], E: ["nm"], F: ["mt"] } as const;
  expect(await order({ wards })).toEqual([
    "C: 1 không đạt, 1 chậm tiến độ",
    "B: 2 chậm tiến độ",
    "D: 1 không đạt",
    "E: 1 không đạt",
    "A: 1 chậm tiến độ",
    "F: không có chỉ tiêu nào không đạt hoặc chậm tiến độ",
  ]);
});

test("a ward that sent nothing is apart from those that did, and no longer one that is gone", async () => {
  const wards = { A: ["xx"], B: ["nn"], C: ["rr"], D: ["mm"], E: ["nr"] } as const;
  expect(await order({ wards, silent: ["B"] })).toEqual([
    "E: 1 không đạt, 1 chưa báo cáo",
    "D: không có chỉ tiêu nào không đạt hoặc chậm tiến độ",
    "B: chưa gửi báo cáo",
    "C: chưa gửi báo cáo",
    "A: không thuộc kỳ này",
  ]);
});

test("a report ranks as the pages order, and who lacks as much shares a rank", async () => {
  const wards = { A: ["bm"], B: ["bb"], C: ["nb"], D: ["nn"], E: ["nm"], F: ["mt"] } as const;
  const rows = await query(
    `select area_name, attention_rank from marts.status_by_place
    where period = 'Q2' and area_id is not null order by attention_no`,
    { wards, silent: ["D"] },
  );
  expect(rows.map((row) => `${row.area_name} ${row.attention_rank}`)).toEqual([
    "C 1",
    "B 1",
    "E 3",
    "A 3",
    "F null",
    // two are not met, but as far as is known only
    "D 5",
  ]);
});

test("what is withheld counts for nothing in the order", async () => {
  const [row] = await ask("area_attention", { wards: { A: ["n--m"] } });
  expect(row).toMatchObject({ lacking: 1, not_met: 1, withheld: 2, met: 1 });
});

test("the map says its point in a sentence, for all indicators and for each", async () => {
  const wards = { A: ["nm"], B: ["n-"], C: ["nn"], D: ["bm"], E: ["n-"], F: ["mr"] } as const;
  const rows = await ask("ward_point", { wards });
  const sentenceOf = (row: unknown) => mapIndicatorSentence(row as IndicatorWards, "xã", []);
  const areas = await ask("area_attention", { wards });
  const lacking = areas
    .toSorted((one, other) => Number(one.area_id) - Number(other.area_id))
    .map((row, index) => ({
      area_name_within_sentence: Object.keys(wards)[index] ?? "",
      lacking: Number(row.lacking),
    }));
  expect(mapSentence("xã", lacking, ["A"])).toBe(
    "5/6 xã có chỉ tiêu không đạt hoặc chậm tiến độ; nhiều nhất là C, 2 chỉ tiêu; tạm tính: A.",
  );
  expect(
    Object.fromEntries(rows.map((row) => [String(row.indicator_code), sentenceOf(row)])),
  ).toEqual({
    1: "1/6 xã đạt; không đạt hoặc chậm tiến độ: A (10,5%), B (10,5%), C (10,5%) và 2 xã khác.",
    2: "2/6 xã đạt, 1 chưa báo cáo, 2 không công bố; không đạt hoặc chậm tiến độ: C (20,5%).",
  });
});
