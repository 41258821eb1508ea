import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import {
  type CityFigure,
  cityInPeriodSentence,
  citySentence,
  type WardFigure,
  wardSentence,
} from "../../pipelines/sentences/figure.ts";
import { clashingLabels } from "./chart-labels.ts";
import { PLAN, queryMarts } from "./marts.ts";
import { builtSite, sourceTables, test, type Visit } from "./site.ts";
import { figure, STATUS_WORDS } from "./words.ts";

type Row = Record<string, string | number | boolean | null>;

const indicator = (code: string) => `/${PLAN}/chi-tieu/${code}/`;

/** The figures that a page's chart of the whole area is labelled with, by period. */
async function drawnValues(page: Page): Promise<Record<string, string>> {
  return await page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('[data-chart="trend"] text[data-period]')].map((text) => [
        text.getAttribute("data-period") ?? "",
        text.textContent?.trim() ?? "",
      ]),
    ),
  );
}

/** How high the marks of the chart stand, read back from its drawing against its scale. */
async function drawnHeights(page: Page): Promise<number[]> {
  return await page.evaluate(() => {
    const scale = [...document.querySelectorAll('[data-chart="trend"] .ct-plot-scale span')].map(
      (tick) => ({
        y: Number.parseFloat((tick as HTMLElement).style.top),
        value: Number.parseFloat((tick.textContent ?? "").replace(".", "").replace(",", ".")),
      }),
    );
    const [low, high] = [scale[0], scale.at(-1)];
    if (low === undefined || high === undefined) throw new Error("a chart without a scale");
    const perPixel = (high.value - low.value) / (low.y - high.y);
    return [...document.querySelectorAll('[data-chart="trend"] .ct-plot-area > svg')].map(
      (mark) => low.value + (low.y - Number(mark.getAttribute("y"))) * perPixel,
    );
  });
}

/** The whole area at its quarters, in the order of time. */
async function quarters(visit: Visit, code: string): Promise<Row[]> {
  return await visit.query(`select a.*, round(a.value_in_period, 2) as in_period
    from shared.attainment_by_plan_period as a join marts.period as p using (plan_id, period)
    where a.indicator_code = '${code}' and p.is_base and p.is_applicable order by p.data_to`);
}

test("a chart is drawn and labelled with the values of the marts, to date and in the period", async (visit) => {
  for (const code of ["1.3a", "1.3b", "3.2b"]) {
    const rows = await quarters(visit, code);
    expect(rows).toHaveLength(3);
    const plain = await visit.open(indicator(code), { scripts: false });
    const labels = Object.fromEntries(
      rows.map((row) => [row.period, figure(row.value_shown, "%")]),
    );
    expect(await drawnValues(plain)).toEqual(labels);
    const heights = await drawnHeights(plain);
    rows.forEach((row, i) => {
      expect(heights[i]).toBeCloseTo(Number(row.value_shown), 1);
    });
    expect(await plain.getByRole("button", { name: /CSV|Trong kỳ/ }).count()).toBe(0);

    const inPeriod = Object.fromEntries(
      rows.map((row) => [row.period, figure(row.in_period, "%")]),
    );
    const { page, errors } = await visit.openPage(`${indicator(code)}?cach=trong-ky`);
    await expect.poll(() => drawnValues(page)).toEqual(inPeriod);
    expect(
      await page.locator('tr[data-period="2024-Q4"] [data-cell="numerator"]').innerText(),
    ).toBe(figure(rows.at(-1)?.numerator_in_period));
    await page.getByRole("button", { name: "Lũy kế" }).click();
    await expect.poll(() => new URL(page.url()).search).toBe("");
    expect(await drawnValues(page)).toEqual(labels);
    await page.goBack();
    await expect.poll(() => drawnValues(page)).toEqual(inPeriod);
    expect(errors).toEqual([]);
  }
});

test("labels of a chart stand clear of each other and of the edge, on a phone as well", async (visit) => {
  const goTo = await visit.openTab();
  // Of 1.3a and 1.3b the pace ends where the target is.
  for (const code of ["1.3a", "1.3b", "3.1", "5.1"]) {
    const { page } = await goTo(indicator(code));
    for (const width of [1440, 320]) {
      await page.setViewportSize({ width, height: 900 });
      const found = await clashingLabels(page);
      expect({ width, code, ...found }).toEqual({
        width,
        code,
        over: [],
        outside: [],
        small: [],
      });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }
});

test("the small lines show every ward, the furthest from its target first, those without a value with the reason", async (visit) => {
  for (const code of ["1.3a", "3.1", "4.1"]) {
    const wards =
      await visit.query(`select a.area_code, w.value_shown, w.status_shown, w.is_disclosive, i.value_kind
      from marts.attainment_by_ward_period as w
      join marts.area as a using (plan_id, area_id)
      join marts.indicator as i using (plan_id, indicator_code)
      where w.indicator_code = '${code}' and w.period = '2024-Q4'
      -- all are asked the same, and the more the better
      order by if(i.value_kind = 'ratio' and not w.is_disclosive, w.value_shown, null) nulls last,
        a.area_no`);
    expect(wards).toHaveLength(8);
    const page = await visit.open(indicator(code), { scripts: false });
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('[data-chart="wards"] > li')].map((item) => ({
        area: item.getAttribute("data-area"),
        last: item.querySelector(".ct-multiple-last")?.textContent?.trim(),
      })),
    );
    expect(shown).toEqual(
      wards.map((row) => ({
        area: row.area_code,
        last:
          row.is_disclosive || row.value_kind !== "ratio" || row.value_shown === null
            ? STATUS_WORDS[String(row.status_shown)]
            : figure(row.value_shown, "%"),
      })),
    );
    const named = await page
      .locator('[data-chart="wards"] .ct-trend-target-name')
      .allTextContents();
    expect(named).toEqual(code === "1.3a" ? ["Mức chỉ tiêu ≥ 20%"] : []);
    expect(await page.locator('[data-chart="wards"] .ct-trend-whole').count()).toBe(
      code === "1.3a" ? 8 * 2 : 0,
    );
  }
});

/** Reads a file back as a spreadsheet in Vietnamese would: a mark, semicolons, quotes. */
function readCsv(text: string): Record<string, string>[] {
  expect(text.startsWith("\uFEFF")).toBe(true);
  return parse(text, { bom: true, columns: true, delimiter: ";" });
}

async function downloaded(page: Page, name: string | RegExp) {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name }).click(),
  ]);
  return {
    name: file.suggestedFilename(),
    rows: readCsv(await readFile(await file.path(), "utf8")),
  };
}

/** A figure as a file has it: a comma, no thousands, no unit. */
const plain = (value: unknown) => String(Number(value)).replace(".", ",");

test("the file of a chart holds the marts' figures, and words where there is none", async (visit) => {
  const { page, errors } = await visit.openPage(indicator("1.3a"));
  const trend = await downloaded(page, /chỉ tiêu 1\.3a, toàn thành phố/);
  expect(trend.name).toBe("217-kh-ubnd-2024-chi-tieu-1-3a-toan-thanh-pho.csv");
  const city = await visit.query(`select * from marts.attainment_by_plan_period
    where indicator_code = '1.3a' and status <> 'not_applicable'`);
  expect(trend.rows).toHaveLength(6);
  for (const row of city) {
    expect(trend.rows).toContainEqual(
      expect.objectContaining({
        "Mã kỳ": row.period,
        "Địa bàn": "Toàn thành phố",
        "Đánh giá": STATUS_WORDS[String(row.status)],
        "Giá trị lũy kế": plain(row.value_shown),
        "Tử số lũy kế": plain(row.numerator),
        "Mẫu số lũy kế": plain(row.denominator),
        "Số địa bàn, đơn vị đã báo cáo": plain(row.areas_reported),
        "Số địa bàn, đơn vị lấy số kỳ trước": plain(row.areas_carried),
        "Số lượt thiếu số liệu của các kỳ trước": plain(row.periods_missing_before),
      }),
    );
  }
  expect(trend.rows[0]).toMatchObject({
    "Mã kỳ": "2024-Q1",
    "Giá trị lũy kế": STATUS_WORDS.not_applicable,
  });

  const wards = await downloaded(page, /chỉ tiêu 1\.3a, từng phường, xã/);
  expect(wards.rows).toHaveLength(8 * 3);
  const [silent] = await visit.query(`select third.status, third.value_shown, third.numerator
    from marts.attainment_by_ward_period as third join marts.attainment_by_ward_period as second
      using (plan_id, indicator_code, area_id, numerator, denominator)
    where third.indicator_code = '1.3a' and third.area_code = '05974'
      and third.period = '2024-Q3' and second.period = '2024-Q2'`);
  expect(wards.rows).toContainEqual(
    expect.objectContaining({
      // it sent nothing for the third quarter: what it reported for the second stands
      "Địa bàn": "Phường Tam Thanh",
      "Mã kỳ": "2024-Q3",
      "Đánh giá": STATUS_WORDS[String(silent?.status)],
      "Giá trị lũy kế": plain(silent?.value_shown),
      "Giá trị trong kỳ": STATUS_WORDS.not_reported,
      "Tử số lũy kế": plain(silent?.numerator),
      "Số địa bàn, đơn vị đã báo cáo": "0",
      "Số địa bàn, đơn vị lấy số kỳ trước": "1",
    }),
  );

  await page.goto(`${visit.url}/${PLAN}/tra-cuu/?chi-tieu=3.1`);
  await expect.poll(() => page.locator("[data-found]").getAttribute("data-found")).toBe("9");
  const hidden = await downloaded(page, "Tải số liệu (CSV)");
  expect(hidden.name).toBe(
    "217-kh-ubnd-2024-tra-cuu-3-1-xu-ly-to-giac-tin-bao-quy-iv-nam-2024.csv",
  );
  const figures = hidden.rows
    .filter((row) => row["Địa bàn"] !== "Toàn thành phố")
    .flatMap((row) =>
      Object.entries(row)
        .filter(([name]) => /^(Giá trị|Tử số|Mẫu số)/.test(name))
        .map(([, cell]) => cell),
    );
  expect(new Set(figures)).toEqual(new Set([STATUS_WORDS.withheld]));
  expect(errors).toEqual([]);
});

test("what a publication has confirmed is no longer asked about beside the figure", async (visit) => {
  const doubts = await visit.query("select period, is_acknowledged from marts.findings");
  expect(doubts.map(({ period, is_acknowledged }) => [period, is_acknowledged]).sort()).toEqual([
    ["2024-H1", true],
    ["2024-Y", true],
  ]);
  // the activities of the ward's plan, of which the one of the year is, are what 2.1 is made of
  const page = await visit.open(indicator("2.1"));
  const cells = page.locator('tr[data-period] [data-cell="doubts"]');
  expect(new Set(await cells.allInnerTexts())).toEqual(new Set(["–"]));
});

test("no sentence tells a figure of a withheld value", async () => {
  const { marts } = builtSite();
  const tables = await sourceTables(marts, "shared");
  for (const [source, mart, key, sentences] of [
    [
      "point_city",
      "attainment_by_plan_period",
      ["indicator_code", "period"],
      (row: unknown) => [citySentence(row as CityFigure), cityInPeriodSentence(row as CityFigure)],
    ],
    [
      "point_ward",
      "attainment_by_ward_period",
      ["indicator_code", "period", "area_id"],
      (row: unknown) => [wardSentence(row as WardFigure)],
    ],
  ] as const) {
    const hidden = new Set(
      (await queryMarts(marts, `select * from marts.${mart} where is_disclosive`)).map((row) =>
        key.map((name) => row[name]).join(" "),
      ),
    );
    const withheld = (await tables.rows(source)).filter((row) =>
      hidden.has(key.map((name) => row[name]).join(" ")),
    );
    expect(withheld).toHaveLength(hidden.size);
    // facts about the target alone may be numbers
    const values = withheld.flatMap((row) =>
      ["value", "value_in_period", "from_target", "from_pace", "since_before"].map(
        (name) => row[name] ?? null,
      ),
    );
    expect(new Set(values)).toEqual(new Set([null]));
    const numbered = withheld
      .flatMap((row) => sentences(row))
      // of numbers, periods have theirs
      .filter((text) => /\d/.test(text.replace(/(quý [IV]+ )?năm \d{4}|6 tháng/g, "")));
    expect(numbered).toEqual([]);
  }
  // and none of several wards, of which each is withheld
  const wards = (await tables.rows("point_wards")).filter((row) => row.indicator_code === "3.1");
  const moved = ["highest", "lowest", "up", "down", "level", "up_in_period", "down_in_period"];
  expect(wards).not.toEqual([]);
  expect(wards.flatMap((row) => moved.filter((name) => Number(row[name] ?? 0) !== 0))).toEqual([]);
});
