import type { Page } from "playwright-core";
import { expect } from "vitest";
import { PLAN } from "./marts.ts";
import { readTwice, test, type Visit } from "./site.ts";
import { figure, STATUS_WORDS } from "./words.ts";

const OVERVIEW = `/${PLAN}/`;

/** The wards as the plan's leader is to see them, written out for the demonstration's last quarter. */
async function wardsByAttention(visit: Visit) {
  return await visit.query(`with tally as (
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
    order by sent.timeliness = 'missing', lacking desc, failed desc, area_no`);
}

/** The indicators in their groups, the wards that need attention, and who has not reported. */
async function firstScreenOf(page: Page) {
  const shown = await page.locator(".ct-board > li").evaluateAll((items) =>
    items.map((item) => {
      const textOf = (part: string) =>
        item.querySelector(part)?.textContent?.replace(/\s+/g, " ").trim();
      let head = item.closest(".ct-more")?.previousElementSibling;
      while (head && !head.matches("h3")) head = head.previousElementSibling;
      return {
        code: item.dataset.indicator,
        status: head?.textContent?.trim(),
        value: textOf("[data-cell='value']"),
        before: textOf("[data-cell='before']"),
      };
    }),
  );
  const listed = await page.locator(".ct-wards > li").evaluateAll((items) =>
    items.map((item) => ({
      area_name: item.querySelector(".ct-ward-name")?.textContent,
      codes: [...item.querySelectorAll(".ct-mark-link")]
        .map((mark) => mark.querySelector(".ct-mark-code")?.textContent?.trim())
        .sort()
        .join(" "),
    })),
  );
  const late = await page
    .locator(".ct-front [data-unit]")
    .evaluateAll((items) => items.map((item) => `${item.dataset.unit} ${item.dataset.period}`));
  return { shown, listed, late };
}

/** On paper the overview lies on its side, with plan, period and moment. */
async function expectOneSheet(page: Page): Promise<void> {
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
}

test("the first screen says what falls short, where, and what has changed, on one sheet of paper too", async (visit) => {
  const indicators = await visit.query(`select
        last.indicator_code, last.status, last.value_shown, last.is_withheld,
        third.value_shown as value_before, third.is_withheld as is_withheld_before,
        third.status as status_before, third.is_provisional as provisional_before
      from shared.attainment_by_plan_period as last
      join shared.attainment_by_plan_period as third using (plan_id, indicator_code)
      join marts.indicator using (plan_id, indicator_code)
      where last.period = '2024-Q4' and third.period = '2024-Q3'
      order by last.status <> 'not_met', last.is_withheld, indicator_no`);
  expect(indicators.filter(({ status }) => status === "not_met").length).toBeGreaterThan(0);
  expect(indicators.filter((row) => row.status !== row.status_before).length).toBeGreaterThan(0);
  const { shown, listed, late } = await readTwice(visit, OVERVIEW, firstScreenOf, expectOneSheet);
  expect(shown).toEqual(
    indicators.map((row) => ({
      code: row.indicator_code,
      status: STATUS_WORDS[row.is_withheld ? "withheld" : String(row.status)],
      value: row.is_withheld ? "" : figure(row.value_shown, "%"),
      before: row.is_withheld_before
        ? undefined
        : `kỳ trước ${figure(row.value_before, "%")}${
            row.status_before === row.status || row.provisional_before
              ? ""
              : `, ${STATUS_WORDS[String(row.status_before)]?.toLowerCase()}`
          }`,
    })),
  );

  // who lacks nothing is not among those that need attention
  const wards = (await wardsByAttention(visit)).filter(({ codes }) => codes !== null);
  expect(wards.length).toBeGreaterThan(0);
  expect(listed).toEqual(wards.map(({ area_name, codes }) => ({ area_name, codes })));

  const missing = await visit.query(`select unit_id, period from marts.submission_timeliness
      where timeliness = 'missing' or (timeliness = 'late' and period = '2024-Q4')`);
  expect(late.sort()).toEqual(missing.map((row) => `${row.unit_id} ${row.period}`).sort());
});

test.for([
  { width: 1440, height: 900, screens: 1 },
  { width: 390, height: 844, screens: 2 },
])(
  "the overview is $screens of $width × $height, each figure once, and says when the next report is due",
  async ({ width, height, screens }, visit) => {
    const page = await visit.open(OVERVIEW, { width, height });
    await page.evaluate(() => document.fonts.ready);
    const { words, end, next, codes, wards } = await page.evaluate(() => ({
      wards: [...document.querySelectorAll<HTMLElement>(".ct-wards > li")].map(
        (ward) => ward.innerText.trim().split("\n").length,
      ),
      words: document.querySelector("main")?.innerText.split(/\s+/).length,
      end: (document.querySelector(".ct-front")?.getBoundingClientRect().bottom ?? 0) + scrollY,
      next: document.querySelector<HTMLElement>("[data-next]")?.innerText,
      codes: [...document.querySelectorAll<HTMLElement>(".ct-mark-link")]
        .filter((mark) => mark.offsetHeight > 0)
        .map((mark) => mark.innerText.trim())
        .filter((text) => /^[\d.]+[a-z]?$/.test(text)),
    }));
    expect(words).toBeLessThanOrEqual(900);
    expect(end).toBeLessThanOrEqual(screens * height);
    // every ward is there, with what it lacks or how much
    expect(wards.filter((lines) => lines > 1)).toHaveLength(8);
    // the demonstration's year is over
    expect(next).toBe("Kế hoạch không còn báo cáo nào sắp đến hạn gửi.");
    // a phone has the names: no code stands alone
    if (width < 600) expect(codes).toEqual([]);
  },
);

// pages with results, and what of each holds its first figure
const HEADS = {
  "": ".ct-standing .ct-lead strong",
  "chi-tieu/1.3b/": ".ct-headline .ct-label",
  "dia-ban/05974/": "[data-point=ward]",
  "ky/2024-Q4/": ".ct-tally-count",
  "dia-ban/": ".ct-point",
};

test.for(Object.entries(HEADS))(
  "the head of %s leaves the first figure in the upper fifth of a laptop, and a phone has cards",
  async ([path, first], visit) => {
    const page = await visit.open(`${OVERVIEW}${path}`, { width: 1366, height: 768 });
    const box = await page.locator(first).first().boundingBox();
    expect(box?.y).toBeLessThanOrEqual(160);
    await page.setViewportSize({ width: 390, height: 844 });
    // no row goes on beyond the edge, and each says of its figures what they are
    const rows = page.locator(".ct-cards tbody tr");
    const ends = await rows.evaluateAll((all) =>
      all.flatMap((row) => [...row.children].map((cell) => cell.getBoundingClientRect().right)),
    );
    expect(Math.max(0, ...ends)).toBeLessThanOrEqual(390);
    const lacking = await page.locator("tr [data-field=lacking]").all();
    for (const one of lacking) expect(await one.isVisible()).toBe(true);
    const more = page.locator("tr .ct-card-more:visible").first();
    if ((await more.count()) === 0) return;
    const extra = page.locator(".ct-cards tr:has(.ct-card-more) .ct-extra:visible");
    expect(await extra.count()).toBe(0);
    await more.click();
    expect(await extra.count()).toBeGreaterThan(0);
  },
);
