import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readModels } from "../../pipelines/models/model.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";

const REPORTS = join(import.meta.dirname, "../../reports");

/**
 * The rows of `chitieu.plan`, newest first, of plans in the order of their years: whether its page is the
 * first one, where plans are listed, and the number of the plan before.
 * @param plans `b<a` goes on from a; `b?` has no report yet
 */
async function plansOf(plans: string): Promise<string> {
  return await withConnection(async (connection) => {
    await connection.run(`create schema marts;
      create table marts.plan (plan_id varchar, issued_on date, number varchar, title varchar,
        short_title varchar, issuer varchar, carries_out varchar, source varchar,
        reports_to varchar, area_name varchar, area_noun varchar, reporting_area_noun varchar,
        in_force_from date, is_demonstration boolean, audience varchar, as_of timestamp,
        plan_sha256 varchar);
      create table marts.period (plan_id varchar, period varchar, period_name varchar,
        kind varchar, is_base boolean, is_latest boolean);
      create table marts.last_year (plan_id varchar, last_year_plan_id varchar);
      create table marts.indicator (plan_id varchar);
      create table marts.area (plan_id varchar);
      create table marts.submission_timeliness (plan_id varchar, unit_id varchar);`);
    await connection.run(readModels().functions.sql);
    await connection.run(await readFile(join(REPORTS, "sentences.sql"), "utf8"));
    for (const [i, plan] of plans.split(", ").entries()) {
      const [, id, continues = "", silent] = /^(\w)(?:<([\w ]+))?(\?)?$/.exec(plan) ?? [];
      const sent = silent === undefined;
      await connection.run(`
        insert into marts.plan (plan_id, number, issued_on)
          values ('${id}', '${id}/KH', date '2020-01-01' + interval '${i} years');
        insert into marts.period values ('${id}', 'Q1', 'Quý I', 'quarter', true, ${sent});
        insert into marts.last_year
          select '${id}', unnest(string_split('${continues}', ' ')) where '${continues}' <> ''`);
    }
    const rows = await selectRows(
      connection,
      await readFile(join(REPORTS, "sources/chitieu/plan.sql"), "utf8"),
    );
    return rows
      .sort((one, other) => Number(one.plan_no) - Number(other.plan_no))
      .map(({ plan_id, is_first_page, plans_page, earlier_number }) =>
        [plan_id, is_first_page ? "first" : "-", plans_page, earlier_number ?? "-"].join(" "),
      )
      .join(", ");
  });
}

test.each([
  ["one plan", "a", "a first /ke-hoach/ -"],
  [
    "two plans that have nothing to do with each other: the first page lists them",
    "a, b",
    "b - / -, a - / -",
  ],
  [
    "an office in its second year: the first page is this year's plan, last year's a tap away",
    "a, b<a",
    "b first /ke-hoach/ a/KH, a - /ke-hoach/ -",
  ],
  ["the new year has no report yet: both are listed", "a, b<a?", "b - / a/KH, a - / -"],
  [
    "a third year, of a plan that goes on from its own year before",
    "a, b<a b, c<b",
    "c first /ke-hoach/ b/KH, b - /ke-hoach/ a/KH, a - /ke-hoach/ -",
  ],
])("%s", async (_, plans, rows) => {
  expect(await plansOf(plans)).toBe(rows);
});
