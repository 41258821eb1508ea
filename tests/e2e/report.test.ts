import { expect } from "vitest";
import { readPublishedReport } from "../../pipelines/publishing/published-reports.ts";
import { filesOfVersion } from "../../pipelines/publishing/version-files.ts";
import { PLAN } from "./marts.ts";
import {
  attributes,
  builtSite,
  type PageOptions,
  readTwice,
  rowsOf,
  test,
  unfoldPublished,
  type Visit,
  type WatchedPage,
} from "./site.ts";
import { figure, lackingOf, STATUS_WORDS } from "./words.ts";

const REPORTS = `/${PLAN}/bao-cao`;
const FIRST = `${REPORTS}/2024-Q2/v1/`;
const SECOND = `${REPORTS}/2024-Q2/v2/`;

/** A4 on its side within margins of 12 mm, in CSS pixels. */
const PAPER_WIDTH = Math.floor(((297 - 24) / 25.4) * 96);

const site = builtSite();

/** Opens the page of a version with what was published of it unfolded. */
async function openVersion(
  visit: Visit,
  path: string,
  options: PageOptions = {},
): Promise<WatchedPage> {
  const watched = await visit.openPage(path, options);
  await unfoldPublished(watched.page);
  return watched;
}

/** A figure with two decimals at most, as one that decides nothing is shown. */
function rounded(decimal: unknown, unit = ""): string {
  return decimal === null ? "–" : figure(Number(decimal).toFixed(2), unit);
}

test("a version shows the lines that everybody may see, as they were published", async (visit) => {
  for (const [period, version] of [
    ["2024-Q2", 2],
    ["2024-Q4", 1],
  ] as const) {
    const path = `${REPORTS}/${period}/v${version}/`;
    const lines = await visit.query(`select * from marts.report_line
      where audience = 'shared' and period = '${period}' and version = ${version}
      order by section, item_no, area_no`);
    const whole = lines.filter((row) => row.section === "indicator" && row.area_no === 0);
    expect(whole).toHaveLength(12);
    const hasPrevious = whole.some((row) => row.previous_value !== null);
    expect(hasPrevious).toBe(period === "2024-Q4");
    const { rows, cells, measures } = await readTwice(visit, path, async (page) => ({
      rows: await rowsOf(page, "data-indicator"),
      cells: await page.evaluate(() =>
        [...document.querySelectorAll(".ct-matrix tbody td:not(.ct-whole)")].map((cell) => [
          cell.getAttribute("title"),
          cell.querySelector(".ct-cell-value")?.textContent?.trim() ?? "",
        ]),
      ),
      measures: await rowsOf(page, "data-measure"),
    }));
    expect(rows.filter((row) => row.value !== undefined)).toEqual(
      whole.map((row) => ({
        key: row.code,
        value: row.is_withheld ? STATUS_WORDS.withheld : figure(row.value_shown, "%"),
        ...(row.is_withheld
          ? {}
          : { parts: `${figure(row.numerator)}/${figure(row.denominator)}` }),
        target: expect.stringMatching(/^≥ \d+%$/),
        lacking: lackingOf(row),
        "in-period": row.is_withheld ? STATUS_WORDS.withheld : rounded(row.value_in_period, "%"),
        ...(hasPrevious && row.previous_value === null ? { previous: STATUS_WORDS.withheld } : {}),
        ...(hasPrevious && row.previous_value !== null
          ? {
              previous: figure(row.previous_value, "%"),
              change: `${Number(row.change_from_previous) > 0 ? "+" : ""}${figure(row.change_from_previous)} điểm %`,
            }
          : {}),
        coverage: expect.stringMatching(new RegExp(`^${row.areas_reported}/${row.areas_expected}`)),
        status: STATUS_WORDS[String(row.status)],
      })),
    );

    const places = lines.filter((row) => row.section === "indicator" && Number(row.area_no) > 0);
    expect(places).toHaveLength(12 * 8);
    expect(cells).toEqual(
      places.map((row) =>
        // 1.1 asks for a quarter of the wards, and nothing of any of them
        row.code === "1.1" && row.value_shown !== null
          ? ["Không có mức chỉ tiêu riêng", Number(row.value_shown) > 0 ? "Có" : "Không"]
          : [
              STATUS_WORDS[String(row.status)],
              row.value_shown === null ? "" : figure(row.value_shown, "%"),
            ],
      ),
    );
    // Which status a ward has would tell a small count.
    expect(cells.filter(([word]) => word === STATUS_WORDS.withheld).length).toBeGreaterThan(0);

    const unbound = await visit.query(`select l.* from marts.report_line as l
      join marts.report_item as i using (plan_id, period, version, section, code) where
        l.audience = 'shared' and l.section = 'measure' and l.area_no = 0
        and l.period = '${period}' and l.version = ${version} and not i.has_indicator
      order by l.item_no`);
    const shown = (value: unknown, isWithheld: unknown): string =>
      isWithheld === true
        ? STATUS_WORDS.withheld
        : value === null
          ? STATUS_WORDS.not_reported
          : figure(value);
    expect(measures).toEqual(
      unbound.map((row) => ({
        key: row.code,
        value: shown(row.value_shown, row.is_withheld),
        value_in_period: shown(row.value_in_period, row.is_withheld),
      })),
    );
  }
});

test("a ward's figures tell zero, nothing arisen, not reported and withheld apart", async (visit) => {
  const [first, second] = [
    await openVersion(visit, FIRST, { scripts: false }),
    await openVersion(visit, SECOND, { scripts: false }),
  ];
  const read = async ({ page }: WatchedPage, row: string, area: number) => {
    const cells = await page.locator(`tr[${row}] td`).allInnerTexts();
    return cells[area - 1]?.replace(/\s+/g, " ").trim();
  };
  // In the first version the ward of Đông Kinh, the fourth, had not sent anything yet.
  expect(await read(first, 'data-places="social_work_teams"', 4)).toBe(STATUS_WORDS.not_reported);
  expect(await read(second, 'data-places="social_work_teams"', 4)).toBe("0");
  expect(await read(first, 'data-parts="1.3a"', 4)).toBe(STATUS_WORDS.not_reported);
  expect(await read(second, 'data-parts="3.1"', 4)).toBe(STATUS_WORDS.withheld);
  const [parts] = await visit.query(`select numerator, denominator from marts.report_line where
      audience = 'shared' and code = '1.3a' and area_no = 4
      and period = '2024-Q2' and version = 2`);
  expect(await read(second, 'data-parts="1.3a"', 4)).toBe(
    `${figure(parts?.numerator)}/${figure(parts?.denominator)}`,
  );
});

const BASIS_WORDS: Readonly<Record<string, string>> = {
  own: "Báo cáo của chính kỳ này",
  covered: "Tổng hợp từ các kỳ ngắn hơn",
  mixed: "Một phần tổng hợp từ các kỳ ngắn hơn",
};

test("what was reported for a version is that of the submissions that it stands on, and of no later one", async (visit) => {
  const found: Record<string, string[]> = {};
  for (const [version, path] of [
    [1, FIRST],
    [2, SECOND],
  ] as const) {
    const readings = await visit.query(`select reading.measure, sent.receipt_no, reading.value
      from marts.report_submission as sent
      inner join marts.reading as reading using (plan_id, submission_no)
      where sent.plan_id = '${PLAN}' and sent.period = '2024-Q2' and sent.version = ${version}
        and not reading.is_guarded`);
    const rows = await readTwice(visit, `${path}can-cu/`, (page) =>
      page.evaluate(() =>
        [...document.querySelectorAll("[data-measure] tr[data-reading]")].map((row) => [
          row.closest("[data-measure]")?.getAttribute("data-measure"),
          row.getAttribute("data-reading"),
          [...(row.querySelector("[data-cell=reading]")?.childNodes ?? [])]
            .filter((node) => !(node instanceof Element && node.matches(".ct-sub")))
            .map((node) => node.textContent)
            .join("")
            .trim(),
        ]),
      ),
    );
    const guarded = await visit.query(
      `select distinct measure from marts.reading where plan_id = '${PLAN}' and is_guarded`,
    );
    const isGuarded = (measure: unknown) => guarded.some((one) => one.measure === measure);
    const kinds = await visit.query(
      `select measure from marts.measure where plan_id = '${PLAN}' and kind = 'yes_no'`,
    );
    const shown = ({ measure, value }: Record<string, unknown>) =>
      value === null
        ? "để trống"
        : kinds.some((one) => one.measure === measure)
          ? Number(value) === 1
            ? "Có"
            : "Không"
          : figure(value);
    const texts = rows.filter(([measure]) => !isGuarded(measure)).map((row) => row.join(" "));
    expect(texts.sort()).toEqual(
      readings.map((row) => `${row.measure} ${row.receipt_no} ${shown(row)}`).sort(),
    );
    found[version] = texts;
  }
  // a ward's report came in after the first version
  const [first = [], second = []] = [found[1], found[2]];
  expect(first.filter((text) => !second.includes(text))).toEqual([]);
  const added = second.filter((text) => !first.includes(text));
  expect(new Set(added.map((text) => text.split(" ")[1]))).toEqual(new Set(["41"]));
});

test("every changed figure stands beside the old one, and what came in is named", async (visit) => {
  const changes =
    await visit.query(`select c.*, i.unit_of_measure, i.kind from marts.report_change as c
    left join marts.report_item as i using (plan_id, period, version, section, code)
    where c.audience = 'shared' and c.period = '2024-Q2' and c.version = 2 order by c.row_no`);
  const figures = changes.filter((row) => row.section !== "unit");
  expect(figures.length).toBeGreaterThan(50);
  let text = "";
  let cause = "";
  const rows = await readTwice(
    visit,
    SECOND,
    (page) => rowsOf(page, "data-change"),
    async (page) => {
      text = await page.locator("main").innerText();
      cause = (await page.locator("[data-cause]").first().textContent()) ?? "";
    },
  );
  const found = rows.flatMap(({ key, ...cells }) =>
    Object.entries(cells).flatMap(([field, text]) =>
      text === "" ? [] : [`${key} ${field}: ${text}`],
    ),
  );
  const shown = (row: (typeof figures)[number], value: unknown): string => {
    if (value === null) return row.is_withheld ? STATUS_WORDS.withheld : "chưa có";
    const field = String(row.field);
    if (value === "true" || value === "false") return value === "true" ? "Có" : "Không";
    if (field.endsWith("status")) return STATUS_WORDS[String(value)] ?? "";
    if (field === "basis") return BASIS_WORDS[String(value)] ?? "";
    const isAmount = /value|pace|target/.test(field);
    if (isAmount && row.kind === "yes_no" && row.area_no !== 0) {
      return Number(value) > 0 ? "Có" : "Không";
    }
    return rounded(value, isAmount && row.unit_of_measure === "%" ? "%" : "");
  };
  expect(found.sort()).toEqual(
    figures
      .map(
        (row) =>
          `${row.code} ${row.area_no} ${row.field}: ` +
          `trước: ${shown(row, row.old_value)}›nay: ${shown(row, row.new_value)}`,
      )
      .sort(),
  );

  expect(cause.trim()).toMatch(
    /^Ủy ban nhân dân phường Đông Kinh gửi báo cáo quý II năm 2024, nhận lúc .+ \(số tiếp nhận \d+\); \d+ nội dung thay đổi, gồm \d+ số liệu báo cáo, \d+ đánh giá của phường, xã/,
  );
  expect(text).toContain(`Từng nội dung thay đổi (${changes.length})`);
  expect(text).not.toContain("trước đó chưa gửi");
  // Of each the whole area comes first, as the contract has it.
  const places = rows.map(({ key }) => key?.split(" ") ?? []);
  for (const [i, [code, area]] of places.entries()) {
    if (area === "0") expect(places[i - 1]?.[0]).not.toBe(code);
  }
});

test("the head of a version says what was recorded of it, and an older one points to the newest", async (visit) => {
  const [row] = await visit.query(
    `select * from marts.report where period = '2024-Q2' and version = 1`,
  );
  const first = await openVersion(visit, FIRST);
  // what is for checking is folded
  await first.page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
  });
  const text = await first.page.locator("main").innerText();
  for (const words of [
    "Ủy ban nhân dân thành phố Lạng Sơn",
    "Kế hoạch số 217/KH-UBND ngày 06/5/2024",
    "Báo cáo quý II năm 2024",
    "Từ 15/3/2024 đến 14/6/2024",
    "15:00 ngày 10/6/2024",
    "Số liệu sơ bộ",
    "Phát hành lần đầu",
    "20/21 đơn vị đã gửi báo cáo",
    "Ủy ban nhân dân phường Đông Kinh",
    String(row?.sha256),
    String(row?.lines_sha256),
    String(row?.plan_sha256),
    String(row?.models_sha256),
    "chitieu verify 2024-Q2",
  ]) {
    expect(text).toContain(words);
  }
  const missing = first.page.locator('.ct-units li:has-text("Đông Kinh")');
  expect(await missing.innerText()).toContain("Chưa gửi");
  const submissions =
    await visit.query(`select receipt_no::varchar as receipt_no from marts.report_submission
    where period = '2024-Q2' and version = 1 order by row_no`);
  expect(submissions).toHaveLength(20);
  const receipts = await attributes(first.page.locator("tr[data-submission]"), "data-submission");
  expect(receipts).toEqual(submissions.map(({ receipt_no }) => receipt_no));

  await first.page.locator(".ct-newer a").click();
  await first.page.waitForURL(`**${SECOND}`);
  await first.page.waitForSelector("h2:has-text('Thay đổi so với phiên bản 1')");
  expect(await first.page.locator(".ct-newer").count()).toBe(0);
  expect(first.errors).toEqual([]);
});

test("reports are listed and linked from the plan's pages", async (visit) => {
  for (const path of ["/bao-cao/", `${REPORTS}/`]) {
    const listed = await readTwice(visit, path, (page) =>
      attributes(page.locator("tr[data-version] a"), "href"),
    );
    // Each version, and the files of it that are handed on.
    expect(listed).toEqual(
      ["2024-Q4/v1", "2024-Q2/v2", "2024-Q2/v1", "2024-H1/v1"].flatMap((end) => {
        const name = `${PLAN}_${end.replace("/", "_")}`;
        const files = [`${name}.docx`, `${name}.xlsx`, `${name}_dai.csv`];
        return ["", ...files.map((file) => `tai-ve/${file}`)].map(
          (rest) => `${REPORTS}/${end}/${rest}`,
        );
      }),
    );
  }
  const versions = await visit.open(`${REPORTS}/2024-Q2/`, { scripts: false });
  expect(await versions.locator("tr[data-version]").count()).toBe(2);
  for (const [path, href] of [
    [`/${PLAN}/`, `${REPORTS}/2024-Q4/v1/`],
    [`/${PLAN}/ky/2024-Q2/`, SECOND],
  ] as const) {
    const page = await visit.open(path, { scripts: false });
    expect(await page.locator(".ct-published a").getAttribute("href")).toBe(href);
    expect(await page.locator(`.ct-nav > ul a[href="${REPORTS}/"]`).count()).toBe(1);
  }
  const page = await visit.open(`/${PLAN}/ky/2024-Q3/`, { scripts: false });
  expect(await page.locator(".ct-published").count()).toBe(0);
  expect((await visit.openPage(`${REPORTS}/2024-Q2/v3/`)).status).toBe(404);
});

// that they are what its export makes: `version-files.long.test.ts`; that they are served: `downloads.test.ts`
test("the files of a version, its page among them, are to be saved under their names", async (visit) => {
  const report = await readPublishedReport(site.warehouse, {
    planId: PLAN,
    period: "2024-Q2",
    version: 1,
    audience: "shared",
  });
  const files = await filesOfVersion(site.warehouse, report);
  expect(files).toHaveLength(10);
  const page = await visit.open(FIRST, { scripts: false });
  const links = await attributes(page.locator('main a[href*="/tai-ve/"]'), "href");
  // what is read first, then what is for programs
  expect(links.toSorted()).toEqual(files.map(({ name }) => `${FIRST}tai-ve/${name}`).toSorted());
  const shown = await page
    .locator('main a[href*="/tai-ve/"]')
    .evaluateAll((all) =>
      all
        .filter((link) => link.closest("details") === null)
        .map((link) => link.getAttribute("href")),
    );
  const read = files.filter(({ name }) => /[.](docx|pdf|xlsx|html)$/.test(name));
  expect(shown.toSorted()).toEqual(read.map(({ name }) => `${FIRST}tai-ve/${name}`).toSorted());
  for (const file of files) {
    const { headers } = await fetch(`${visit.url}${FIRST}tai-ve/${file.name}`, { method: "HEAD" });
    const type = headers.get("content-type")?.split(";")[0];
    expect([file.name, type]).toEqual([file.name, file.mediaType.split(";")[0]]);
    const row = page.locator(`tr:has(a[href$="/${file.name}"])`);
    expect(await row.locator("code").getAttribute("title")).toBe(file.sha256);
  }
});

test("on paper a report lies on its side, whole, without navigation, with repeated table heads", async (visit) => {
  const page = await visit.open(SECOND, { width: PAPER_WIDTH });
  await page.emulateMedia({ media: "print" });
  for (const gone of [".ct-header", ".ct-crumbs", ".ct-chips", "#tai-ve"]) {
    expect({ gone, shown: await page.locator(gone).first().isVisible() }).toEqual({
      gone,
      shown: false,
    });
  }
  expect(await page.locator(".ct-demo").isVisible()).toBe(true);
  expect(await page.locator(".ct-letterhead").count()).toBe(1);
  const faults = await page.evaluate((width) => {
    const sheet = document.querySelector(".ct-published-page")?.shadowRoot;
    if (!sheet) throw new Error("there is no published page");
    const wide = [...sheet.querySelectorAll("table, dl, ul")]
      .filter((one) => one.getBoundingClientRect().right > width + 1)
      .map((one) => one.querySelector("caption")?.textContent ?? one.className);
    const heads = [...sheet.querySelectorAll("thead")].filter(
      (head) =>
        head.getClientRects().length > 0 && getComputedStyle(head).display !== "table-header-group",
    ).length;
    const rows = [...sheet.querySelectorAll("tr")].filter(
      (row) => getComputedStyle(row).breakInside !== "avoid",
    ).length;
    return { wide, heads, rows };
  }, PAPER_WIDTH);
  expect(faults).toEqual({ wide: [], heads: 0, rows: 0 });

  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
  expect(sheets.length).toBeGreaterThan(3);
  for (const [, width, height] of sheets) {
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([842, 595]);
  }
});
