import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { queryMarts } from "./marts.ts";
import { builtSite, hostsOf, test, type Visit, type WatchedPage } from "./site.ts";
import { STATUS_WORDS } from "./words.ts";

// The pages of analysis, as a browser shows them, held against the marts: the sample is made of Evidence's
// components, and in the explorer a reader puts figures into rows and columns himself.

const PLAN = "217-kh-ubnd-2024";
const TRENDS = `/${PLAN}/phan-tich/`;
const SAMPLE = `/${PLAN}/phan-tich/mau/`;
const EXPLORER = `/${PLAN}/kham-pha/`;

/** The engine is large, and starts on a machine that other tests use, too: how long a state is waited for. */
const PATIENCE = 120_000;

const number = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 6 });
const shown = (value: unknown) => (value === null ? "–" : number.format(Number(value)));

/** Each indicator of a ward at the latest period, as the page should have it. */
async function standing(marts: string, ward: string): Promise<string[][]> {
  const rows = await queryMarts(
    marts,
    `select
        i.indicator_code || ' – ' || i.short_name || ' (' || i.unit_of_measure || ')' as title, i.target_text,
        if(w.is_disclosive, null, w.value_shown)::double as value, w.status_shown as status,
        if(w.is_provisional, ', tạm tính', '') || if(w.areas_carried > 0, ', số kỳ trước', '') as notes
    from marts.attainment_by_ward_period as w
    join marts.indicator as i using (plan_id, indicator_code)
    join marts.area as a using (plan_id, area_id)
    where plan_id = '${PLAN}' and a.area_name = '${ward}' and i.is_by_area and period = '2024-Q4'
      -- of a ward 1.1 asks nothing
      and w.status_shown <> 'no_target'
    order by i.indicator_no`,
  );
  return rows.map(({ title, target_text, value, status, notes }) => [
    String(title),
    String(target_text),
    shown(value),
    `${STATUS_WORDS[String(status)]}${notes}`,
  ]);
}

/** The cells of a table of the page, row by row. */
async function cells(page: Page, table: number): Promise<string[][]> {
  return await page
    .locator("main table:visible")
    .nth(table)
    .locator("tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.innerText.trim())),
    );
}

async function choose(page: Page, input: string, option: string): Promise<void> {
  const box = page.getByRole("button", { name: input });
  // a click on a busy machine may fall before the page listens
  for (let attempt = 0; attempt < 6; attempt++) {
    const clicked = async (): Promise<void> => {
      await box.click({ timeout: 20_000 });
      await page.getByRole("option", { name: option }).click({ timeout: 20_000 });
      await expect.poll(() => box.innerText(), { timeout: 10_000 }).toContain(option);
    };
    const chosen = clicked();
    if (
      await chosen.then(
        () => true,
        () => false,
      )
    )
      return;
  }
  expect(await box.innerText()).toContain(option);
}

/** What the chart that has a series was given to draw, by the names of its series. */
async function drawn(page: Page, name: string): Promise<Record<string, unknown[]>> {
  return await page.evaluate((wanted) => {
    type Chart = { getOption(): { series: { name: string; data: unknown[] }[] } };
    // where the library leaves its charts for who develops
    const key = Symbol.for("__evidence-chart-window-debug__");
    const charts = (window as unknown as Record<symbol, Record<string, Chart>>)[key] ?? {};
    const series = Object.values(charts)
      .map((chart) => chart.getOption()?.series ?? [])
      .find((all) => all.some((one) => one.name === wanted));
    return Object.fromEntries((series ?? []).map((one) => [one.name, one.data]));
  }, name);
}

function expectNothingFromElsewhere(visit: Visit, watched: WatchedPage): void {
  expect(watched.errors).toEqual([]);
  expect(hostsOf(watched.requests)).toEqual([new URL(visit.url).host]);
}

const isEngine = (url: string) => /\.wasm$|duckdb/.test(url);

test("figures are the mart's; another choice has its own, and only then the engine comes", async (visit) => {
  const watched = await visit.openPage(SAMPLE);
  const { page } = watched;
  await expect
    .poll(() => cells(page, 0))
    .toEqual(await standing(visit.marts, "Phường Hoàng Văn Thụ"));
  expect(watched.requests.filter(isEngine)).toEqual([]);

  const ward = "Phường Tam Thanh";
  await choose(page, "Địa bàn", ward);
  await page.getByRole("heading", { name: ward }).waitFor();
  await expect
    .poll(() => cells(page, 0), { timeout: PATIENCE })
    .toEqual(await standing(visit.marts, ward));
  expect(watched.requests.filter(isEngine)).not.toEqual([]);

  const trend = await visit.query(`select w.value_shown::double as value
      from marts.attainment_by_ward_period as w
      join marts.area as a using (plan_id, area_id)
      join marts.period as p using (plan_id, period)
      where plan_id = '${PLAN}' and a.area_name = '${ward}' and indicator_code = '1.3c'
          and p.kind = 'quarter' and p.period >= '2024-Q2'
      order by period`);
  const line = "1.3c – Học sinh được tuyên truyền (%)";
  await expect
    .poll(
      async () =>
        ((await drawn(page, line))[line] ?? []).map((point) => shown([point].flat().at(-1))),
      { timeout: PATIENCE },
    )
    .toEqual(trend.map(({ value }) => shown(value)));
  expectNothingFromElsewhere(visit, watched);
});

test("places are drawn side by side, and counted by what they lack and how they send", async (visit) => {
  const page = await visit.open(`${TRENDS}?chi-tieu=3.2b&noi=05974,05977`);
  await page.waitForSelector('[data-analysis="3.2b"] tr[data-area="05974"]');
  expect(await page.locator(".ct-together-ends li").allInnerTexts()).toEqual([
    "Toàn thành phố",
    "Phường Tam Thanh",
    "Phường Vĩnh Trại",
  ]);
  const row = async (table: number, area: string): Promise<string[]> =>
    (
      await page
        .locator("main table")
        .nth(table)
        .locator(`tr[data-area="${area}"] td`)
        .allInnerTexts()
    ).map((text) => text.replace(/\s+/g, " ").trim());
  const trend = await visit.query(`select value_shown::double as value, is_provisional
    from marts.attainment_by_ward_period join marts.area using (plan_id, area_id)
    where area.area_code = '05974' and indicator_code = '3.2b' and period in ('2024-Q2', '2024-Q3', '2024-Q4')
    order by period`);
  const cells = await row(0, "05974");
  expect(cells.map((cell) => cell.split(" ")[0])).toEqual(
    trend.map(({ value }) => `${shown(value)}%`),
  );
  expect(cells.map((cell) => cell.includes("tạm tính"))).toEqual(
    trend.map(({ is_provisional }) => is_provisional),
  );
  // a figure that may change is hollow
  expect(await page.locator(".ct-together-mark.ct-mark-carried").count()).toBeGreaterThan(0);
  const [expected] = await visit.query(`select
      (select list(lacking order by period) from marts.status_by_place
        where plan_id = '${PLAN}' and audience = 'shared' and area_id = a.area_id
          and period in ('2024-Q2', '2024-Q3', '2024-Q4'))::varchar as lacking,
      count(*) filter (where t.timeliness = 'on_time')::integer as on_time,
      count(*) filter (where t.timeliness = 'late')::integer as late,
      count(*) filter (where t.timeliness = 'missing')::integer as missing,
      coalesce(sum(t.days_late), 0)::integer as days_late
    from marts.submission_timeliness as t join marts.area as a using (plan_id, area_id)
    where t.plan_id = '${PLAN}' and a.area_code = '05977' group by a.area_id`);
  const { lacking, ...sent } = expected ?? {};
  expect(await row(1, "05977")).toEqual([
    ...(String(lacking).match(/\d+/g) ?? []),
    ...Object.values(sent).map(String),
  ]);
});

test("without scripts the first choice and its figures are there", async (visit) => {
  const page = await visit.open(SAMPLE, { scripts: false });
  expect(await cells(page, 0)).toEqual(await standing(visit.marts, "Phường Hoàng Văn Thụ"));
  const text = await page.locator("main").innerText();
  expect(text).not.toMatch(/Loading|Đang tải|undefined|NaN/);
});

test("what is withheld is in no file that these pages fetch", async () => {
  const { dir, marts } = builtSite();
  const hidden = await queryMarts(
    marts,
    `select count(*)::integer as figures from marts.attainment_by_ward_period as w
    join marts.indicator as i using (plan_id, indicator_code)
    join marts.period as p using (plan_id, period)
    where w.plan_id = '${PLAN}' and is_disclosive and i.is_by_area
        and p.kind = 'quarter' and p.period >= '2024-Q2'`,
  );
  expect(Number(hidden[0]?.figures)).toBeGreaterThan(0);
  const { figures } = JSON.parse(readFileSync(join(dir, SAMPLE, "du-lieu.json"), "utf8"));
  const at = (column: string): number => figures.columns.indexOf(column);
  const rows: unknown[][] = figures.rows;
  const withheld = rows.filter((row) =>
    [STATUS_WORDS.withheld, "Chưa phát hành"].includes(String(row[at("status_word")])),
  );
  expect(withheld).toHaveLength(Number(hidden[0]?.figures));
  expect(withheld.every((row) => row[at("value")] === null)).toBe(true);
  // Neither page reads a table of the sources as a whole.
  expect(existsSync(join(dir, "du-lieu"))).toBe(false);
});

test("only the worker of the engine may compile, and other pages know nothing of it", async (visit) => {
  const watched = await visit.openPage(SAMPLE);
  await choose(watched.page, "Địa bàn", "Phường Vĩnh Trại");
  await expect.poll(() => watched.requests.filter(isEngine).length, { timeout: PATIENCE }).toBe(2);
  const policyOf = async (url: string) =>
    (await fetch(url)).headers.get("content-security-policy") ?? "";
  for (const url of new Set(watched.requests)) {
    if (!url.startsWith("http")) continue;
    const mayCompile = (await policyOf(url)).includes("'wasm-unsafe-eval'");
    expect({ url, mayCompile }).toEqual({ url, mayCompile: /\/workers\/[^/]+\.js$/.test(url) });
  }
  // the list of scripts has their names
  const other = await visit.openPage(`/${PLAN}/`);
  const scripts = other.requests.filter((url) => /\.js$/.test(url) && !/\/entry\//.test(url));
  const texts = await Promise.all(scripts.map(async (url) => (await fetch(url)).text()));
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter((text) => /echarts|duckdb|inputQuery/.test(text))).toEqual([]);
});

/** What the explorer has in its table, row by row, with the heads of the columns first. */
async function crossed(page: Page): Promise<string[][]> {
  return await page
    .locator("main table tr")
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll("th, td")].map(
          (cell) => (cell.querySelector(".ct-trace") ?? cell).textContent?.trim() ?? "",
        ),
      ),
    );
}

/** Each figure of the table as its file should have it: with what is written beside it. */
async function marked(page: Page): Promise<string[][]> {
  const cells = await page.locator("main table td[data-column]").evaluateAll((all) =>
    all.map((cell) => {
      const text = (of: string) => cell.querySelector(of)?.textContent?.trim() ?? "";
      const marks = [...cell.querySelectorAll(".ct-sub")].map((one) => one.textContent ?? "");
      const column = cell.closest("table")?.querySelectorAll("thead th")[
        (cell as HTMLTableCellElement).cellIndex
      ];
      return {
        row: cell.closest("tr")?.querySelector("th")?.textContent?.trim() ?? "",
        column: column?.getAttribute("title") ?? "",
        figure: text(".ct-reason") || text(".ct-hidden") || text(".ct-trace"),
        isProvisional: marks.includes("tạm tính"),
        carried: marks.find((mark) => mark.includes("số kỳ trước")),
        verdict: text(".ct-x-verdict .ct-sr") || text(".ct-reason") || text(".ct-hidden"),
      };
    }),
  );
  return cells
    .filter(({ figure }) => figure !== "")
    .map(({ row, column, figure, isProvisional, carried, verdict }) => [
      row,
      column,
      figure.replace("%", "").replaceAll(".", ""),
      isProvisional ? "có" : "",
      carried === undefined ? "0" : String(Number.parseInt(carried, 10) || 1),
      verdict,
    ]);
}

/** The whole area and its wards over the quarters, of a column of the marts, as the explorer should have it. */
async function overQuarters(marts: string, code: string, sql: string): Promise<unknown[][]> {
  const rows = await queryMarts(
    marts,
    `with figure as (
      select plan_id, indicator_code, period, null as area_id, value, value_shown, numerator, target_value,
        is_withheld, status
      from shared.attainment_by_plan_period
      union all
      select plan_id, indicator_code, period, area_id, value, value_shown, numerator, target_value,
        is_withheld, status
      from shared.attainment_by_ward_period
    )
    select coalesce(a.area_name, 'Toàn thành phố') as place, f.period, f.is_withheld, f.status,
      (${sql})::double as figure
    from figure as f
    left join figure as b on f.indicator_code = b.indicator_code and f.area_id is not distinct from b.area_id
      and b.period = if(f.period = '2024-Q3', '2024-Q2', if(f.period = '2024-Q4', '2024-Q3', null))
    left join shared.area as a on f.area_id = a.area_id and f.plan_id = a.plan_id
    where f.plan_id = '${PLAN}' and f.indicator_code = '${code}' and f.period in ('2024-Q2', '2024-Q3', '2024-Q4')
    order by coalesce(a.area_no, -1), f.period`,
  );
  const places = [...new Set(rows.map(({ place }) => place))];
  return places.map((place) => [
    place,
    ...rows
      .filter((row) => row.place === place)
      .map(({ figure, is_withheld, status }) =>
        is_withheld ? STATUS_WORDS[String(status)] : figure === null ? null : Number(figure),
      ),
  ]);
}

test("the explorer has the figures of the marts, however they are put, and hands them out", async (visit) => {
  const { page, errors } = await visit.openPage(EXPLORER);
  const figures = async () =>
    (await crossed(page)).slice(1).map(([place, ...cells]) => [
      place,
      ...cells.map((cell) => {
        const digits = cell.replace(/[%+.]/g, "").replace(",", ".");
        return cell === "–" ? null : /^-?\d/.test(digits) ? Number(digits) : cell;
      }),
    ]);
  const of = (code: string, sql: string) => overQuarters(visit.marts, code, sql);
  expect(await figures()).toEqual(await of("1.3a", "f.value_shown"));
  const measure = page.locator("select[name=so-lieu]");
  await measure.selectOption("tu-so");
  expect(await figures()).toEqual(await of("1.3a", "f.numerator"));
  await measure.selectOption("so-voi-muc");
  expect(await figures()).toEqual(await of("1.3a", "round(f.value - f.target_value, 2)"));
  await measure.selectOption("thay-doi");
  expect(await figures()).toEqual(await of("1.3a", "round(f.value - b.value, 2)"));
  // no verdict stands beside what is no figure to date
  expect(await page.locator(".ct-x-verdict").count()).toBe(0);

  // withheld figures are so in the table, the drawing and the file
  await page.goto(`${visit.url}${EXPLORER}?chi-tieu=3.1&kieu=cot`);
  await page.waitForSelector("[data-shape=cot]");
  const hidden = await of("3.1", "f.value_shown");
  expect(await figures()).toEqual(hidden);
  expect(JSON.stringify(hidden)).toContain(STATUS_WORDS.withheld);
  expect(await page.locator(".ct-explored rect").count()).toBe(
    hidden.flat().filter((cell) => typeof cell === "number").length,
  );

  // rows and columns change places, and the address says it
  await page.goto(`${visit.url}${EXPLORER}?kieu=duong`);
  await page.waitForSelector("[data-shape=duong]");
  await page.locator("select[name=hang]").selectOption("ky");
  await page.waitForURL(/hang=ky&cot=dia-ban/);
  const [head = [], ...turned] = await crossed(page);
  expect(head).toHaveLength(1 + 9);
  expect(turned.map(([period]) => period)).toEqual([
    "Quý II năm 2024",
    "Quý III năm 2024",
    "Quý IV năm 2024",
  ]);

  // several of a list
  await page.locator(".ct-many summary", { hasText: "Địa bàn" }).click();
  await page.getByRole("checkbox", { name: "Phường Tam Thanh" }).check();
  await page.getByRole("checkbox", { name: "Xã Mai Pha" }).check();
  await page.waitForURL(/dia-ban=05974%2C/);
  expect((await crossed(page))[0]?.slice(1)).toEqual(["Phường Tam Thanh", "Xã Mai Pha"]);
  await page.keyboard.press("Escape");

  const fileOf = async (button: string): Promise<Buffer> => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: button }).click(),
    ]).catch(async (cause: unknown) => {
      const status = await page.locator("main [role=status]").innerText();
      throw new Error(`${button}: ${status}`, { cause });
    });
    return readFileSync(await file.path());
  };
  // a file says of each figure what the page says
  for (const code of ["1.3a", "3.1"]) {
    await page.goto(`${visit.url}${EXPLORER}?hang=ky&cot=dia-ban&chi-tieu=${code}`);
    await page.waitForSelector('main tr[data-row="2024-Q4"] td[data-column]');
    const text = (await fileOf("Tải bảng (CSV)")).toString("utf8");
    const rows: Record<string, string>[] = parse(text, {
      bom: true,
      columns: true,
      delimiter: ";",
    });
    const inFile = rows.map((row) => [
      row["Kỳ báo cáo"],
      row["Địa bàn"],
      row["Giá trị lũy kế"],
      row["Tạm tính"],
      row["Số địa bàn, đơn vị lấy số kỳ trước"],
      row["Đánh giá"],
    ]);
    expect(inFile).toEqual(await marked(page));
    expect(rows[0]).toMatchObject({
      "Kế hoạch": "217/KH-UBND",
      "Ghi chú": "Số liệu minh họa, không phải số liệu thật.",
    });
  }
  await page.goto(`${visit.url}${EXPLORER}?kieu=duong&hang=ky&cot=dia-ban&dia-ban=05974,05992`);
  await page.waitForSelector("[data-shape=duong]");
  const svg = (await fileOf("Tải ảnh (SVG)")).toString("utf8");
  expect(svg).toContain("Số liệu minh họa, không phải số liệu thật.");
  expect(svg).toContain("Phường Tam Thanh");
  expect(svg).not.toMatch(/class=|var\(/);
  const png = await fileOf("Tải ảnh (PNG)");
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  // twice as wide as the drawing with its margins
  expect(png.readUInt32BE(16)).toBeGreaterThan(1200);

  await page.getByText("Cách xem đã lưu").click();
  await page.getByLabel("Tên cho những gì đang chọn").fill("Hai nơi");
  await page.getByRole("button", { name: "Lưu", exact: true }).click();
  await page.goto(`${visit.url}${EXPLORER}`);
  await page.getByText("Cách xem đã lưu (1)").click();
  await page.getByRole("link", { name: "Hai nơi" }).click();
  await page.waitForURL(/dia-ban=05974%2C/);
  expect((await crossed(page))[0]?.slice(1)).toEqual(["Phường Tam Thanh", "Xã Mai Pha"]);
  expect(errors).toEqual([]);
});
