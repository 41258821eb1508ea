import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { PLAN, queryMarts } from "./marts.ts";
import { builtSite, test, type Visit } from "./site.ts";
import { stepsOfTasks, taskDocument } from "./tasks.ts";
import { figure, STATUS_WORDS } from "./words.ts";

const OVERVIEW = `/${PLAN}/`;

/** The wards as the plan's leader is to see them, written out for the demonstration's last quarter. */
async function wardsByAttention(visit: Visit) {
  return await queryMarts(
    visit.marts,
    `with tally as (
      select
        area_id,
        sum(case when status = 'not_met' then 1 else 0 end) as failed,
        sum(case when status in ('not_met', 'behind') then 1 else 0 end) as lacking,
        string_agg(indicator_code, ' ' order by indicator_code)
          filter (where status in ('not_met', 'behind')) as codes
      from shared.attainment_by_ward_period
      where period = '2024-Q4'
      group by area_id
    )
    select area_name, area_id, lacking::integer as lacking, codes
    from tally
    join marts.area using (area_id)
    join marts.submission_timeliness as sent using (area_id)
    where sent.period = '2024-Q4'
    order by sent.timeliness = 'missing', lacking desc, failed desc, area_no`,
  );
}

/** Statuses of the last quarter that differ from those of the quarter before, of the city or a ward. */
async function moves(visit: Visit, mart: string, place: string) {
  return await queryMarts(
    visit.marts,
    `select
      last.indicator_code, ${place} as place, last.status,
      third.status as status_before, last.value_shown, third.value_shown as value_before
    from shared.${mart} as last, shared.${mart} as third, marts.indicator as i
    where
      last.period = '2024-Q4' and third.period = '2024-Q3'
      and last.indicator_code = third.indicator_code and ${place.replaceAll("last.", "third.")} = ${place}
      and i.indicator_code = last.indicator_code
      and last.status <> third.status
      and not last.is_withheld and not third.is_withheld
    order by i.indicator_no`,
  );
}

const RANK = ["not_met", "behind", "not_yet", "on_track", "within", "met"];
const isBetter = (row: Record<string, unknown>) =>
  RANK.indexOf(String(row.status)) > RANK.indexOf(String(row.status_before));

test.for([{ scripts: false }, { scripts: true }])(
  "the first screen says what falls short, where, and what has changed (scripts: $scripts)",
  async ({ scripts }, { visit }) => {
    const { page } = await visit.openPage(OVERVIEW, { scripts });
    const indicators = await queryMarts(
      visit.marts,
      `select indicator_code, status, value_shown, is_withheld
      from shared.attainment_by_plan_period
      join marts.indicator using (plan_id, indicator_code)
      where period = '2024-Q4' order by indicator_no`,
    );
    const strip = await page.locator(".ct-roll-item").evaluateAll((items) =>
      items.map((item) => ({
        code: item.querySelector(".ct-roll-head")?.firstElementChild?.nextSibling?.textContent,
        title: item.getAttribute("title"),
        value: item.querySelector(".ct-roll-value")?.textContent?.trim(),
      })),
    );
    expect(strip).toEqual(
      indicators.map((row) => ({
        code: row.indicator_code,
        title: expect.stringMatching(new RegExp(`: ${STATUS_WORDS[String(row.status)]}$`)),
        value: row.is_withheld ? STATUS_WORDS.withheld : figure(row.value_shown, "%"),
      })),
    );

    const lacking = indicators.filter(({ status }) => status === "not_met");
    expect(lacking.length).toBeGreaterThan(0);
    const attention = page.locator(".ct-attention > li");
    expect(
      await attention.evaluateAll((items) => items.map((item) => item.dataset.indicator)),
    ).toEqual(lacking.map((row) => row.indicator_code));
    for (const [i, row] of lacking.entries()) {
      expect(await attention.nth(i).innerText()).toContain(figure(row.value_shown, "%"));
    }

    // who lacks nothing is not among those that need attention
    const wards = (await wardsByAttention(visit)).filter(({ codes }) => codes !== null);
    expect(wards.length).toBeGreaterThan(0);
    const listed = await page.locator(".ct-wards > li").evaluateAll((items) =>
      items.map((item) => ({
        area_name: item.querySelector(".ct-ward-name")?.textContent,
        codes: [...item.querySelectorAll(".ct-mark-link")]
          .map((mark) => mark.textContent?.trim().split(" ")[0])
          .sort()
          .join(" "),
      })),
    );
    expect(listed).toEqual(wards.map(({ area_name, codes }) => ({ area_name, codes })));

    const changed = await moves(visit, "attainment_by_plan_period", "last.plan_id");
    expect(changed.length).toBeGreaterThan(0);
    const shown = await page.locator(".ct-changes li").evaluateAll((items) =>
      items.map((item) => ({
        code: item.dataset.indicator,
        direction: item.dataset.direction,
        figures: [...item.querySelectorAll(".ct-change-figures .ct-with-icon")].map((one) =>
          one.textContent?.replace(/\s+/g, " ").trim(),
        ),
      })),
    );
    const expected = changed.map((row) => ({
      code: row.indicator_code,
      direction: isBetter(row) ? "better" : "worse",
      figures: [
        `${STATUS_WORDS[String(row.status_before)]} ${figure(row.value_before, "%")}`,
        `${STATUS_WORDS[String(row.status)]} ${figure(row.value_shown, "%")}`,
      ],
    }));
    expect(shown).toEqual([
      ...expected.filter(({ direction }) => direction === "worse"),
      ...expected.filter(({ direction }) => direction === "better"),
    ]);

    const missing = await queryMarts(
      visit.marts,
      `select unit_id, period from marts.submission_timeliness
      where timeliness = 'missing' or (timeliness = 'late' and period = '2024-Q4')`,
    );
    const late = await page
      .locator(".ct-front [data-unit]")
      .evaluateAll((items) => items.map((item) => `${item.dataset.unit} ${item.dataset.period}`));
    expect(late.sort()).toEqual(missing.map((row) => `${row.unit_id} ${row.period}`).sort());
  },
);

test("everyday tasks take the steps that docs/tasks.md says", async ({ visit }) => {
  const file = join(import.meta.dirname, "../../docs/tasks.md");
  await expect(taskDocument(await stepsOfTasks(visit))).toMatchFileSnapshot(file);
});

test("on paper the overview is one sheet on its side, with plan, period and moment", async ({
  visit,
}) => {
  const { page } = await visit.openPage(OVERVIEW);
  await page.emulateMedia({ media: "print" });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  const [, width = 0, height = 0] =
    /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)?.map(Number) ?? [];
  expect({ width: Math.round(width), height: Math.round(height) }).toEqual({
    width: 842,
    height: 595,
  });
  for (const words of ["217/KH-UBND", "Kết quả đến quý IV năm 2024", "Số liệu tính đến"]) {
    expect(await page.locator("main").getByText(words).first().isVisible()).toBe(true);
  }
  expect(await page.locator("#dia-ban table").isVisible()).toBe(true);
  const margins = await page.evaluate(() => {
    dispatchEvent(new Event("beforeprint"));
    return Promise.resolve().then(() =>
      [...document.head.querySelectorAll("style")]
        .map((style) => style.textContent ?? "")
        .filter((text) => text.startsWith("@page")),
    );
  });
  const { host, pathname } = new URL(page.url());
  expect(margins).toEqual([
    expect.stringContaining(`"Ủy ban nhân dân thành phố Lạng Sơn · 217/KH-UBND"`),
  ]);
  for (const words of [`· ${host}${pathname}"`, '"Số liệu minh họa · " "Trang "']) {
    expect(margins[0]).toContain(words);
  }
});

test("no change of a withheld status is in any file of the overview", async ({ visit }) => {
  const withheld = await queryMarts(
    visit.marts,
    `select distinct indicator_code from shared.attainment_by_ward_period
    where is_withheld and period = '2024-Q4'`,
  );
  expect(withheld.length).toBeGreaterThan(0);
  const html = await readFile(`${builtSite().dir}/${PLAN}/dia-ban/index.html`, "utf8");
  for (const { indicator_code } of withheld) {
    expect(html).not.toContain(`data-indicator="${indicator_code}" data-direction`);
  }
});
