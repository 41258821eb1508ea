import { expect } from "vitest";
import { PLAN } from "./marts.ts";
import { hostsOf, readTwice, rowsOf, sidewaysOf, test } from "./site.ts";
import { figure, lackingOf, STATUS_WORDS } from "./words.ts";

const KINDS = {
  first: "/",
  overview: `/${PLAN}/`,
  indicator: `/${PLAN}/chi-tieu/1.3a/`,
  withheld: `/${PLAN}/chi-tieu/3.1/`,
  ward: `/${PLAN}/dia-ban/05974/`,
  latest: `/${PLAN}/ky/2024-Q4/`,
  period: `/${PLAN}/ky/2024-H1/`,
  earlier: `/${PLAN}/ky/2024-Q1/`,
  deadlines: `/${PLAN}/thoi-han/`,
  versions: `/${PLAN}/bao-cao/2024-Q2/`,
};

test("the latest period and the overview say what the marts hold", async (visit) => {
  const expected = await visit.query(`select a.* from shared.attainment_by_plan_period as a
    join marts.period as p using (plan_id, period)
    join marts.indicator as i using (plan_id, indicator_code) where p.is_latest
    order by i.indicator_no`);
  expect(expected).toHaveLength(12);
  const rows = await readTwice(visit, KINDS.latest, (page) =>
    rowsOf(page, "data-indicator", '[aria-labelledby="ket-qua"]'),
  );
  expect(rows).toMatchObject(
    expected.map((row) => ({
      key: row.indicator_code,
      value: row.is_withheld ? STATUS_WORDS.withheld : figure(row.value_shown, "%"),
      status: STATUS_WORDS[String(row.status)],
      coverage: expect.stringMatching(new RegExp(`^${row.areas_reported}/${row.areas_expected}`)),
    })),
  );
  expect(rows.map(({ lacking }) => lacking)).toEqual(expected.map(lackingOf));
  expect(rows.filter(({ lacking }) => lacking !== undefined).length).toBeGreaterThan(2);

  const [counts] = await visit.query(`select
      count(*) filter (where a.status = 'met')::integer as met,
      count(*)::integer as indicators,
      any_value(p.units_reported) as units
    from shared.attainment_by_plan_period as a
    join marts.period as p using (plan_id, period)
    where p.is_latest`);
  const lead = await readTwice(visit, KINDS.first, (page) => page.locator("main").innerText());
  expect(lead).toContain(`${counts?.met}/${counts?.indicators} chỉ tiêu đạt`);
  expect(lead).toContain(`${counts?.units}/21 đơn vị đã gửi báo cáo`);
});

test("wards and indicators meet in a table of symbols with words", async (visit) => {
  const expected =
    await visit.query(`select a.indicator_code, a.status, a.value_shown, a.is_withheld
    from shared.attainment_by_ward_period as a
    join marts.area using (plan_id, area_id)
    join marts.period as p using (plan_id, period)
    join marts.indicator as i using (plan_id, indicator_code)
    join (
      select area_id, count(*) filter (where status in ('not_met', 'behind')) as lacking
      from shared.attainment_by_ward_period
      where period = '2024-Q4'
      group by area_id
    ) as ward on ward.area_id = a.area_id
    where p.is_latest
    order by i.indicator_no, ward.lacking desc, area.area_no`);
  expect(expected).toHaveLength(12 * 8);
  const cells = await readTwice(visit, KINDS.overview, (page) =>
    page.evaluate(() =>
      [...document.querySelectorAll("#dia-ban tbody td:not(.ct-whole)")].map((cell) => ({
        word: cell.getAttribute("title"),
        symbols: cell.querySelectorAll("svg.ct-icon").length,
        value: cell.querySelector(".ct-cell-value")?.textContent?.trim() ?? "",
      })),
    ),
  );
  expect(cells).toEqual(
    expected.map((row) =>
      // 1.1 asks for a quarter of the wards, and nothing of any of them
      row.indicator_code === "1.1" && row.value_shown !== null
        ? {
            word: "Không có mức chỉ tiêu riêng",
            symbols: 0,
            value: Number(row.value_shown) > 0 ? "Có" : "Không",
          }
        : {
            word: STATUS_WORDS[String(row.status)],
            symbols: 1,
            value: row.is_withheld || row.value_shown === null ? "" : figure(row.value_shown, "%"),
          },
    ),
  );
});

test("an indicator shows the city over time and the wards in order", async (visit) => {
  const city = await visit.query(`select period, value_shown, status
    from shared.attainment_by_plan_period where indicator_code = '1.3a'`);
  const { rows, ranked } = await readTwice(
    visit,
    KINDS.indicator,
    async (page) => ({
      rows: await rowsOf(page, "data-period"),
      ranked: (await rowsOf(page, "data-area")).filter((row) => row.value !== undefined),
    }),
    async (page) => {
      const quote = await page.locator(".ct-quote").innerText();
      expect(quote).toContain("Ít nhất 20% người lao động");
      expect(await page.locator(".ct-tag").first().innerText()).toBe("Quy ước bổ sung");
    },
  );
  expect(rows).toHaveLength(city.length);
  for (const { period, value_shown, status } of city) {
    expect(rows).toContainEqual(
      expect.objectContaining({
        key: period,
        status: STATUS_WORDS[String(status)],
        ...(value_shown === null ? {} : { value: figure(value_shown, "%") }),
      }),
    );
  }

  const wards =
    await visit.query(`select a.area_code, a.value_shown, a.numerator, a.denominator, a.status
    from shared.attainment_by_ward_period as a join marts.area using (plan_id, area_id)
    where a.indicator_code = '1.3a' and a.period = '2024-Q4' order by a.value desc, area.area_no`);
  expect(ranked).toEqual(
    wards.map((row) => ({
      key: row.area_code,
      value: figure(row.value_shown, "%"),
      numerator: figure(row.numerator),
      denominator: figure(row.denominator),
      status: STATUS_WORDS[String(row.status)],
    })),
  );
});

test("a ward stands beside the city", async (visit) => {
  const expected =
    await visit.query(`select w.*, c.value_shown as city, c.is_withheld as is_city_withheld, i.value_kind
    from shared.attainment_by_ward_period as w
    join shared.attainment_by_plan_period as c using (plan_id, indicator_code, period)
    join marts.indicator as i using (plan_id, indicator_code)
    where w.area_code = '05974' and w.period = '2024-Q4' and w.status not in ('no_target', 'not_applicable')
    order by i.indicator_no`);
  let text = "";
  const rows = await readTwice(
    visit,
    KINDS.ward,
    (page) => rowsOf(page, "data-indicator"),
    async (page) => {
      text = await page.locator("main").innerText();
    },
  );
  expect(rows).toEqual(
    expected.map((row) => ({
      key: row.indicator_code,
      value: expect.stringMatching(
        new RegExp(
          `^${row.is_withheld ? STATUS_WORDS.withheld : figure(row.value_shown, "%")}(chưa có số|còn thiếu|$)`,
        ),
      ),
      parts: row.is_withheld
        ? STATUS_WORDS.withheld
        : `${figure(row.numerator)}/${figure(row.denominator)}`,
      city: row.is_city_withheld ? STATUS_WORDS.withheld : figure(row.city, "%"),
      status: STATUS_WORDS[String(row.status)],
      // a ward fulfils a condition or does not
      lacking: row.value_kind === "ratio" ? lackingOf(row) : undefined,
    })),
  );
  // It sent nothing for the third quarter, and is part of another ward since.
  expect(text).toContain("Chưa gửi");
  expect(text).toContain("Từ ngày 01/7/2025");
  const [sent] = await visit.query(`select receipt_no from marts.submission
    join marts.area using (plan_id, area_id) where area_code = '05974' and period = '2024-Q4'`);
  // names of files are for the city
  expect(text.replace(/\s+/g, " ")).toMatch(new RegExp(` ${sent?.receipt_no} (?!.*\\.xlsx)`));
});

test("nothing arisen, zero, not reported, withheld and not yet told are told apart", async (visit) => {
  const read = async (area: string, measure: string) => {
    const page = await visit.open(`/${PLAN}/dia-ban/${area}/`, { scripts: false });
    const row = page.locator("section tr", { has: page.locator(`th:text-is("${measure}")`) });
    const cells = await row.locator("td").allInnerTexts();
    return cells.map((cell) => cell.trim());
  };
  const visits = "Số lượt cơ sở được kiểm tra";
  const [nil] = await visit.query(`select area_code, value_to_date from marts.measure_by_ward_period
    where is_nil and measure = 'inspection_visits' and period = '2024-Q3'`);
  expect((await read(String(nil?.area_code), visits))[2]).toBe(STATUS_WORDS.not_arising);
  expect((await read("05974", visits))[2]).toBe(`–${STATUS_WORDS.not_reported}`);
  expect((await read("05989", "Số Đội công tác xã hội tình nguyện cấp xã"))[2]).toBe("0");
  const persons = "Số người vi phạm tệ nạn mại dâm bị xử phạt hành chính";
  // the report of the third quarter is not published here
  expect((await read("05989", persons)).slice(1, 3)).toEqual([
    STATUS_WORDS.withheld,
    STATUS_WORDS.untold,
  ]);
});

test("a half-year says where its figures come from, and asks about nothing that is confirmed", async (visit) => {
  const expected =
    await visit.query(`select a.indicator_code, a.value_shown, a.status, a.is_withheld
    from shared.attainment_by_plan_period as a
    join marts.indicator as i using (plan_id, indicator_code) where a.period = '2024-H1'
    order by i.indicator_no`);
  const { rows, text } = await readTwice(visit, KINDS.period, async (page) => ({
    rows: await rowsOf(page, "data-indicator"),
    text: await page.locator("main").innerText(),
  }));
  expect(rows.filter((row) => row.value !== undefined)).toMatchObject(
    expected.map((row) => ({
      key: row.indicator_code,
      value: row.is_withheld ? STATUS_WORDS.withheld : figure(row.value_shown, "%"),
      status: STATUS_WORDS[String(row.status)],
    })),
  );
  expect(text).toContain("Ước thực hiện");
  expect(text).toContain("từ báo cáo của chính kỳ này");
  // both figures stood in what was published since, so that is confirmed
  expect(text).not.toContain("số tính từ các kỳ ngắn hơn là");

  const page = await visit.open(KINDS.earlier, { scripts: false });
  expect(await page.locator("main").innerText()).toContain(STATUS_WORDS.not_applicable);
  expect(await page.locator("main table").count()).toBe(0);
});

test("deadlines are counted as the marts count them", async (visit) => {
  const expected = await visit.query(`select
      unit_id as key,
      count(*) filter (where timeliness = 'on_time')::varchar as on_time,
      count(*) filter (where timeliness = 'late')::varchar as late,
      count(*) filter (where timeliness = 'missing')::varchar as missing
    from marts.submission_timeliness
    group by unit_id, unit_no
    order by unit_no`);
  expect(expected).toHaveLength(21);
  const rows = await readTwice(visit, KINDS.deadlines, (page) => rowsOf(page, "data-unit"));
  expect(rows).toMatchObject(expected);
});

test("going from page to page needs no engine and shows the next page's figures", async (visit) => {
  const { page, requests, errors } = await visit.openPage(KINDS.first);
  await page.locator('#chi-tieu [data-indicator="3.2b"] .ct-board-name').click();
  await page.waitForURL(`**/${PLAN}/chi-tieu/3.2b/`);
  await page.waitForSelector("h1:has-text('3.2b')");
  // To another page of the same kind, whose figures must not be those of this one.
  await page.locator(".ct-chips a", { hasText: /^1\.3b$/ }).click();
  await page.waitForURL(`**/${PLAN}/chi-tieu/1.3b/`);
  await page.waitForSelector("h1:has-text('1.3b')");
  const [city] = await visit.query(`select value_shown from shared.attainment_by_plan_period
    where indicator_code = '1.3b' and period = '2024-Q4'`);
  const value = page.locator('[data-period="2024-Q4"] [data-cell="value"]');
  expect(await value.innerText()).toBe(figure(city?.value_shown, "%"));
  await page.goBack();
  await page.waitForSelector("h1:has-text('3.2b')");
  expect(requests.filter((url) => /\.wasm|worker/.test(url))).toEqual([]);
  expect(errors).toEqual([]);
});

// every other page that is read here, `readTwice`, and those that are walked through, `axe.ts`
test("no page scrolls sideways on a phone, and wide tables do within their box", async (visit) => {
  const goTo = await visit.openTab();
  for (const path of [KINDS.withheld, KINDS.earlier, KINDS.versions]) {
    const { page } = await goTo(path);
    expect({ path, sideways: await sidewaysOf(page) }).toEqual({ path, sideways: {} });
  }
});

test("an address that does not exist is answered in Vietnamese", async (visit) => {
  const { page, status, requests } = await visit.openPage("/khong/co/trang/nay");
  expect(status).toBe(404);
  expect(await page.locator("h1").textContent()).toContain("Không tìm thấy trang");
  expect(await page.locator("html").getAttribute("lang")).toBe("vi");
  expect(hostsOf(requests)).toEqual([new URL(visit.url).host]);
  const html = await (await fetch(`${visit.url}/khong/co/trang/nay`)).text();
  // Nothing that would look for the page at this address; light or dark it may choose.
  expect(html).not.toMatch(/<script[^>]+src=|modulepreload|__sveltekit/);
});
