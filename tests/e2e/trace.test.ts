import type { Page } from "playwright-core";
import { expect } from "vitest";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { opened, rowsIn } from "../asked.ts";
import { viewMarts } from "../models/mart-views.ts";
import { runSource } from "../models/site-source.ts";
import { PLAN } from "./marts.ts";
import { builtSite, test } from "./site.ts";
import { figure, STATUS_WORDS } from "./words.ts";

const site = builtSite();

/** The readings of a page that are told, as `receipt measure cell value`. */
async function readingsOf(page: Page, section = "main"): Promise<string[]> {
  const found = await page.evaluate(
    (within) =>
      [...document.querySelectorAll(`${within} tr[data-receipt]`)].map((row) => ({
        receipt: row.getAttribute("data-receipt"),
        measure: row.getAttribute("data-measure"),
        cell: row.querySelector('[data-cell="place"]')?.textContent ?? "",
        value:
          row
            .querySelector('[data-cell="reading"]')
            ?.childNodes[0]?.textContent?.trim()
            .replace("không phát sinh (0)", "0") ?? "",
      })),
    section,
  );
  return found.map(({ receipt, measure, cell, value }) => `${receipt} ${measure} ${cell} ${value}`);
}

/** Readings of measures in the ledger, as the page has them. */
async function ledgerReadings(measures: readonly string[], where: string): Promise<string[]> {
  const rows = await rowsIn(
    site.warehouse.ledger,
    `select s.receipt_no, r.measure, r.cell, if(r.state = 'nil', 0, r.value) as value
    from reading as r join submission as s using (submission_no)
    where r.measure in (${measures.map((one) => `'${one}'`).join(", ")}) and ${where}`,
  );
  return rows.map((row) => `${row.receipt_no} ${row.measure} ${row.cell} ${figure(row.value)}`);
}

test("two clicks lead from the overview to every cell that a figure stands on, with the ledger's values", async (visit) => {
  const { page, errors } = await visit.openPage(`/${PLAN}/`);
  const link = page.locator('#chi-tieu [data-indicator="1.3a"] [data-cell="value"] a');
  const shown = await link.innerText();
  await link.click();
  await page.waitForURL(`**/${PLAN}/can-cu/1.3a/2024-Q4/#toan-dia-ban`);
  expect(await page.locator('#toan-dia-ban [data-cell="value"]').innerText()).toBe(shown);
  const expected = await ledgerReadings(
    ["workers_informed", "workers_total"],
    "s.period in ('2024-Q2', '2024-Q3', '2024-Q4')",
  );
  expect(expected.length).toBeGreaterThan(40);
  expect((await readingsOf(page)).sort()).toEqual(expected.sort());

  // the second click, to the ward's own readings
  await page.locator('#toan-dia-ban tr[data-place="05974"] a').click();
  await page.waitForURL("**/#05974");
  const [ward] = await ledgerReadings(
    ["workers_informed"],
    "s.period = '2024-Q4' and s.unit_code = 'UBND-05974'",
  );
  expect(await readingsOf(page, '[id="05974"]')).toContain(ward);
  // rows that were being loaded ahead are called off and asked for again by the click
  expect(errors.filter((text) => !/du-lieu\.json failed$/.test(text))).toEqual([]);
});

test("of a withheld figure the page tells neither values nor cells", async (visit) => {
  const page = await visit.open(`/${PLAN}/can-cu/3.1/2024-Q4/`);
  const readings = await readingsOf(page);
  expect(readings.length).toBeGreaterThan(40);
  expect(
    readings.filter((text) => !new RegExp(`^\\d+ \\w+ {2}${STATUS_WORDS.withheld}$`).test(text)),
  ).toEqual([]);
  expect(await page.locator("[data-cell=place]").count()).toBe(0);
  expect(await page.locator('[id="05974"]').innerText()).not.toMatch(/÷|%/);
});

test("the readings that count make up numerator and denominator of every ratio, everywhere", async () => {
  await opened(site.marts, "city", async (connection) => {
    await viewMarts(connection, "city");
    await runSource(connection, "basis");
    // the figures as they are, with nothing withheld
    const rows = await selectRows(
      connection,
      `with summed as (
          select
              plan_id, indicator_code, period, area_id,
              sum(value) filter (where role = 'numerator' and usage = 'counts') as numerator,
              sum(value) filter (where role = 'denominator' and usage = 'counts') as denominator
          from basis
          where not is_hidden
          group by plan_id, indicator_code, period, area_id
      )
      select
          indicator_code, period, area_code,
          ward.numerator::double = summed.numerator
          and ward.denominator::double = summed.denominator as is_equal
      from marts.attainment_by_ward_period as ward
      join summed using (plan_id, indicator_code, period, area_id)
      join marts.indicator using (plan_id, indicator_code)
      where value_kind = 'ratio' and areas_reported + areas_carried = 1
          and areas_left_out = 0 and not ward.is_disclosive`,
    );
    expect(rows.length).toBeGreaterThan(150);
    expect(rows.filter(({ is_equal }) => is_equal !== true)).toEqual([]);

    // departments without an area contribute to the whole beside the wards
    const whole = await selectRows(
      connection,
      `with place as (
          select plan_id, indicator_code, period, numerator, denominator
          from marts.attainment_by_ward_period
          where areas_reported + areas_carried = 1 and areas_left_out = 0
          union all
          select plan_id, indicator_code, period, numerator, denominator
          from marts.attainment_by_unit_period where is_taken
      )
      select
          indicator_code, period,
          sum(place.numerator) = any_value(city.numerator)
          and sum(place.denominator) = any_value(city.denominator) as is_equal
      from marts.attainment_by_plan_period as city
      join place using (plan_id, indicator_code, period)
      join marts.indicator using (plan_id, indicator_code)
      where value_kind = 'ratio'
      group by indicator_code, period`,
    );
    expect(whole.length).toBeGreaterThan(30);
    expect(whole.filter(({ is_equal }) => is_equal !== true)).toEqual([]);
  });
});
