import type { Page } from "playwright-core";
import { expect } from "vitest";
import { accessibilityProblems, nothingJudged } from "./axe.ts";
import { PLAN, queryMarts } from "./marts.ts";
import { hostsOf, test } from "./site.ts";
import { figure, STATUS_WORDS } from "./words.ts";

const PATH = `/${PLAN}/tra-cuu/`;

/** Every figure that can be searched for, as the marts have it. */
const FIGURES = `
  select * from (
    select
      indicator_code, period, '' as place, value_shown, value_in_period, numerator,
      numerator_in_period, status_shown, is_disclosive, areas_reported, areas_expected
    from marts.attainment_by_plan_period
    union all by name
    select
      indicator_code, period, area_code as place, value_shown, value_in_period, numerator,
      numerator_in_period, status_shown, is_disclosive, areas_reported, areas_expected
    from marts.attainment_by_ward_period
    where status_shown <> 'not_applicable' or value_shown is not null
  )
  join marts.period using (period)
  join marts.indicator using (plan_id, indicator_code)
  where is_applicable`;

/** The rows of the result as they stand on the page. */
async function rowsOf(page: Page): Promise<Record<string, string>[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll("main tr[data-at]")].map((row) => {
      // without the notes beside a figure
      const text = (name: string) => {
        const cell = row.querySelector(`[data-cell="${name}"]`)?.cloneNode(true) as Element | null;
        for (const note of cell?.querySelectorAll(".ct-sub, .ct-reason") ?? []) note.remove();
        return cell?.textContent?.trim() ?? "";
      };
      return {
        indicator: row.getAttribute("data-indicator") ?? "",
        place: row.getAttribute("data-place") ?? "",
        period: row.getAttribute("data-at") ?? "",
        status: row.querySelector(".ct-badge, .ct-reason")?.textContent?.trim() ?? "",
        value: text("value"),
        numerator: text("numerator"),
        coverage: text("coverage"),
      };
    }),
  );
}

const percentage = (value: unknown) => figure(value, value === null ? "" : "%");

/** Why a value is hidden: these reports are published, of the others nothing is told yet. */
const hidden = (period: unknown): string =>
  STATUS_WORDS[["2024-H1", "2024-Q2", "2024-Q4"].includes(String(period)) ? "withheld" : "untold"];

/** What the page should say of the figures that a condition leaves. */
async function expectedRows(marts: string, where: string, inPeriod = false) {
  const rows = await queryMarts(
    marts,
    `select *, round(value_in_period, 2) as in_period from (${FIGURES}) where ${where}
    order by indicator_no, place <> '', place, data_to, data_from desc`,
  );
  return rows.map((row) => ({
    indicator: row.indicator_code,
    place: row.place,
    period: row.period,
    // a verdict is of the year to date: beside a figure of a period there is only why it is missing
    status: inPeriod
      ? reasonInPeriod(row)
      : isAnswer(row)
        ? ""
        : row.status_shown === "withheld"
          ? hidden(row.period)
          : STATUS_WORDS[String(row.status_shown)],
    value: row.is_disclosive
      ? hidden(row.period)
      : (isAnswer(row) ? answer : percentage)(inPeriod ? row.in_period : row.value_shown),
    numerator: row.is_disclosive
      ? hidden(row.period)
      : figure(inPeriod ? row.numerator_in_period : row.numerator),
    coverage: `${row.areas_reported}/${row.areas_expected}`,
  }));
}

/** A share that need not be of all asks nothing of a place: there it is Có or Không, without a verdict. */
const isAnswer = (row: Record<string, unknown>): boolean =>
  row.place !== "" && row.status_shown === "no_target";
const answer = (value: unknown): string =>
  value === null ? percentage(null) : Number(value) > 0 ? "Có" : "Không";

/** A place that sent nothing in a period says so, however it stands in the year to date. */
function reasonInPeriod(row: Record<string, unknown>): string | undefined {
  if (row.is_disclosive || row.in_period !== null) return "";
  if (row.areas_reported === 0) return STATUS_WORDS.not_reported;
  return /^not_(arising|applicable)$/.test(String(row.status_shown))
    ? STATUS_WORDS[String(row.status_shown)]
    : "";
}

const found = (page: Page) => page.locator("[data-found]").getAttribute("data-found");

test("without a filter the page shows the latest period, as it was prerendered and from then on", async (visit) => {
  const expected = await expectedRows(visit.marts, "is_latest");
  expect(expected).toHaveLength(12 + 11 * 8);
  const plain = await visit.open(PATH, { scripts: false });
  expect(await rowsOf(plain)).toEqual(expected);

  const { page, requests, errors } = await visit.openPage(PATH, {
    prepare: async (opened) => {
      await opened.addInitScript(() => {
        const blank: number[] = [];
        Object.assign(window, { blankFrames: blank });
        const look = (time: number) => {
          const rows = document.querySelectorAll("main tr[data-at]").length;
          if (document.readyState !== "loading" && rows !== 100) blank.push(time);
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
    },
  });
  await page.waitForTimeout(1000);
  expect(await page.evaluate(() => Reflect.get(window, "blankFrames"))).toEqual([]);
  expect(await rowsOf(page)).toEqual(expected);
  expect(hostsOf(requests)).toEqual([new URL(visit.url).host]);
  expect(errors).toEqual([]);
});

test("filters go into the address, and back and forward take them with them", async (visit) => {
  const { page, requests, errors } = await visit.openPage(PATH);
  const choose = (name: string, value: string) =>
    page.locator(`select[name="${name}"]`).selectOption(value);

  await choose("dia-ban", "05974");
  expect(new URL(page.url()).search).toBe("?dia-ban=05974");
  expect(await rowsOf(page)).toEqual(
    await expectedRows(visit.marts, "is_latest and place = '05974'"),
  );
  await choose("ky", "2024-Q3");
  await choose("danh-gia", "dat");
  expect(new URL(page.url()).search).toBe("?dia-ban=05974&ky=2024-Q3&danh-gia=dat");
  const met = await expectedRows(
    visit.marts,
    "period = '2024-Q3' and place = '05974' and status_shown = 'met'",
  );
  expect(met.length).toBeGreaterThan(0);
  expect(await rowsOf(page)).toEqual(met);
  expect(await page.locator("[data-found]").innerText()).toContain(`${met.length} giá trị`);

  await page.goBack();
  expect(new URL(page.url()).search).toBe("?dia-ban=05974&ky=2024-Q3");
  await expect.poll(() => page.locator('select[name="danh-gia"]').inputValue()).toBe("");
  expect(await rowsOf(page)).toEqual(
    await expectedRows(visit.marts, "period = '2024-Q3' and place = '05974'"),
  );
  await page.goForward();
  await expect.poll(() => rowsOf(page)).toEqual(met);

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Sao chép liên kết" }).click();
  await expect
    .poll(() => page.locator("[data-found]").innerText())
    .toContain("Đã sao chép liên kết");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());

  // to another page and back
  await page.locator("main tr[data-at] th a").first().click();
  await page.waitForSelector(`h1:has-text("${met[0]?.indicator}")`);
  expect(new URL(page.url()).pathname).toBe(`/${PLAN}/chi-tieu/${met[0]?.indicator}/`);
  await page.goBack();
  await page.waitForURL("**/tra-cuu/?dia-ban=05974&ky=2024-Q3&danh-gia=dat");
  await expect.poll(() => rowsOf(page)).toEqual(met);

  await page.getByRole("button", { name: "Xóa bộ lọc" }).click();
  await expect.poll(() => new URL(page.url()).search).toBe("");
  expect(await found(page)).toBe("100");
  expect(requests.filter((url) => /\.wasm|worker/.test(url))).toEqual([]);
  expect(errors).toEqual([]);
});

test("several values of a filter, and lines of several wards over time", async (visit) => {
  const { page, errors } = await visit.openPage(PATH);
  const tick = async (name: string, values: readonly string[]) => {
    const box = page.locator(`.ct-filter:has(select[name="${name}"])`);
    await box.locator("summary").click();
    for (const value of values) await box.locator(`input[value="${value}"]`).check();
  };
  await tick("chi-tieu", ["1.3a", "3.2b"]);
  await tick("dia-ban", ["05974", "05977", "05989"]);
  const query = "?chi-tieu=1.3a&chi-tieu=3.2b&dia-ban=05974&dia-ban=05977&dia-ban=05989";
  await expect.poll(() => new URL(page.url()).search).toBe(query);
  const where = "indicator_code in ('1.3a', '3.2b') and place in ('05974', '05977', '05989')";
  expect(await rowsOf(page)).toEqual(await expectedRows(visit.marts, `is_latest and ${where}`));
  expect(await page.locator('select[name="dia-ban"]').inputValue()).toBe("nhieu");

  await page.getByRole("button", { name: "Biểu đồ" }).click();
  await expect.poll(() => new URL(page.url()).search).toBe(`${query}&xem=bieu-do`);
  const drawn =
    await visit.query(`select indicator_code, count(value_shown)::integer as figures from (${FIGURES})
    where is_base and ${where} group by all order by all`);
  const marks = (code: unknown) => page.locator(`[data-chart="${code}"] .ct-together-mark`).count();
  for (const { indicator_code, figures } of drawn) {
    expect([indicator_code, await marks(indicator_code)]).toEqual([indicator_code, figures]);
  }
  // kept under a name, in this browser
  await page.getByText("Bộ lọc đã lưu").click();
  expect(await accessibilityProblems(page, nothingJudged())).toEqual([]);
  await page.getByLabel("Tên cho những gì đang chọn").fill("Ba phường");
  await page.getByRole("button", { name: "Lưu" }).click();
  await page.goto(visit.url + PATH);
  await page.getByText("Bộ lọc đã lưu (1)").click();
  await page.getByRole("link", { name: "Ba phường" }).click();
  await page.waitForURL(`**${query}&xem=bieu-do`);
  await expect.poll(() => marks("3.2b")).toBe(drawn[1]?.figures);
  const ends = await page.locator('[data-chart="1.3a"] .ct-together-ends li').allInnerTexts();
  expect(ends).toHaveLength(3);
  // what is hidden is in no chart
  await page.goto(`${visit.url}${PATH}?chi-tieu=3.1&dia-ban=05974&xem=bieu-do`);
  await page.waitForSelector("html[data-hydrated]");
  await expect.poll(() => page.locator('[data-chart="3.1"]').count()).toBe(1);
  const shown =
    await visit.query(`select count(value_shown)::integer as figures from shared.attainment_by_ward_period
    join marts.period using (plan_id, period)
    where indicator_code = '3.1' and area_code = '05974' and period.is_base and not is_withheld`);
  expect(await marks("3.1")).toBe(shown[0]?.figures);
  expect(errors).toEqual([]);
});

test("an address with filters opens as it was sent, and shows nothing else before", async (visit) => {
  const { page, errors } = await visit.openPage(
    `${PATH}?nhom=1&ky=tat-ca&danh-gia=can-quan-tam&cach=trong-ky&dia-ban=99999&la=1`,
    {
      prepare: async (opened) => {
        await opened.addInitScript(() => {
          const seen = new Set<string>();
          Object.assign(window, { seenRows: seen });
          const look = () => {
            const table = document.querySelector("main tr[data-at]");
            if (table?.checkVisibility({ visibilityProperty: true })) {
              seen.add(document.querySelector("[data-found]")?.getAttribute("data-found") ?? "");
            }
            requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        });
      },
    },
  );
  const expected = await expectedRows(
    visit.marts,
    `group_code = '1' and status_shown in ('behind', 'not_met', 'not_reported')`,
    true,
  );
  expect(expected.length).toBeGreaterThan(15);
  await expect.poll(() => rowsOf(page)).toEqual(expected);
  const warning = await page.locator("[data-unknown]").innerText();
  expect(warning).toContain("dia-ban=99999");
  expect(warning).toContain("la=1");
  await page.waitForTimeout(200);
  const seen = await page.evaluate(() => [...(Reflect.get(window, "seenRows") as Set<string>)]);
  expect(seen).toEqual([String(expected.length)]);
  expect(errors).toEqual([]);
});

test("a filter that leaves nothing says so", async (visit) => {
  const page = await visit.open(`${PATH}?chi-tieu=1.2&dia-ban=05974`);
  await expect.poll(() => found(page)).toBe("0");
  expect(await page.locator("main").innerText()).toContain(
    "Không có giá trị nào khớp với bộ lọc này",
  );
  expect(await page.locator("main table").count()).toBe(0);
});

test("a head puts the rows in order, those without a figure last", async (visit) => {
  // one ward sent nothing for the third quarter
  const page = await visit.open(`${PATH}?chi-tieu=3.2b&ky=2024-Q3&cach=trong-ky`);
  const head = page.getByRole("columnheader", { name: "Trong kỳ" });
  for (const [direction, sort] of [
    ["asc", "ascending"],
    ["desc", "descending"],
  ]) {
    await head.getByRole("button").click();
    expect(await head.getAttribute("aria-sort")).toBe(sort);
    const values = await visit.query(`select round(value_in_period, 2) as shown from (${FIGURES})
      where indicator_code = '3.2b' and period = '2024-Q3'
      order by value_in_period ${direction} nulls last`);
    expect(values.at(-1)?.shown).toBe(null);
    const rows = await rowsOf(page);
    expect(rows.map(({ value }) => value)).toEqual(values.map(({ shown }) => percentage(shown)));
    expect(rows.at(-1)?.status).toBe(STATUS_WORDS.not_reported);
  }
  expect(new URL(page.url()).searchParams.get("xep")).toBe("gia-tri");
  await head.getByRole("button").click();
  expect(await head.getAttribute("aria-sort")).toBe("none");
});

/** Rows that are laid out at once: a filter's answer costs as much over thousands of rows as over few. */
const MAX_ROWS = 300;

test("a filter over thousands of rows lays out few of them, and asks nobody", async (visit) => {
  const { page, requests, errors } = await visit.openPage(PATH, {
    prepare: async (opened) => {
      // The page's own rows, twenty times over.
      await opened.route("**/tra-cuu/du-lieu.json*", async (route) => {
        const response = await route.fetch();
        const results = await response.json();
        const { rows } = results.figures;
        results.figures.rows = Array.from({ length: 20 }, () => rows).flat();
        await route.fulfill({ response, json: results });
      });
    },
  });
  await expect.poll(() => found(page)).toBe("2000");
  const before = requests.length;
  for (const [name, value] of [
    ["ky", "tat-ca"],
    ["danh-gia", "khong-dat"],
    ["dia-ban", "05977"],
    ["dia-ban", ""],
    ["danh-gia", ""],
  ] as const) {
    const shown = await found(page);
    await page.locator(`select[name="${name}"]`).selectOption(value);
    await expect.poll(() => found(page)).not.toBe(shown);
    expect(await page.locator("main tbody tr").count()).toBeLessThan(MAX_ROWS);
  }
  expect(Number(await found(page))).toBeGreaterThan(9000);
  expect(requests.slice(before)).toEqual([]);
  expect(errors).toEqual([]);
});
