import { expect } from "vitest";
import { PLAN } from "./marts.ts";
import { test } from "./site.ts";

/** How the page begins its verdict. */
const VERDICTS: Readonly<Record<string, RegExp>> = {
  ready: /^Đủ điều kiện phát hành/,
  open_findings: /^Chưa đủ điều kiện phát hành: còn \d+ (tệp|điểm)/,
  not_reported: /^Chưa đủ điều kiện phát hành: chưa đơn vị nào gửi báo cáo\.$/,
  not_begun: /^Chưa đủ điều kiện phát hành: kỳ bắt đầu từ ngày/,
  earlier_changed:
    /^Chưa đủ điều kiện phát hành: số liệu .* đã khác bản phát hành, phải phát hành lại trước\.$/,
  unchanged: /^Đã phát hành phiên bản \d+; từ đó đến nay số liệu không thay đổi\.$/,
  in_review:
    /^Chưa phát hành; (đã nhận đủ báo cáo|đã hết hạn gửi mà còn thiếu báo cáo của \d+ đơn vị)\.$/,
  published: /^Đã phát hành phiên bản \d+\.$/,
};

test("every period in force has the verdict of the marts, what is missing, and when it is due", async (visit) => {
  const { page, errors } = await visit.openPage(`/${PLAN}/con-thieu/`);
  const reports = await visit.query(`select *, strftime(due_before - 1, '%d/%-m/%Y') as last_day
    from shared.report_readiness where is_applicable order by period`);
  expect(reports).toHaveLength(5);
  for (const report of reports) {
    const section = page.locator(`section[data-period="${report.period}"]`);
    const text = await section.innerText();
    const verdict = await section.locator('[data-cell="verdict"]').innerText();
    expect(verdict).toMatch(VERDICTS[String(report.verdict)] ?? /never/);
    expect(text).toContain(`hết ngày ${report.last_day}`);
    expect(text).toContain(`${report.units_received}/${report.units} đơn vị`);
    const missing = await visit.query(`select unit_name from marts.submission_timeliness
      where period = '${report.period}' and timeliness = 'missing'`);
    expect(await section.locator("[data-unit-missing]").count()).toBe(missing.length);
    for (const { unit_name } of missing) expect(text).toContain(String(unit_name));
    const doubts = await visit.query(`select f.rule from shared.findings as f
      join shared.report_basis as b on f.plan_id = b.plan_id and f.period = b.source_period
      where b.period = '${report.period}' and not f.is_acknowledged`);
    expect(await section.locator("[data-rule]").count()).toBe(doubts.length);
    expect(text.includes("phiên bản ")).toBe(report.version !== null);
  }
  // whether one can go out goes by doubts and changes that everybody is not told of
  expect(new Set(reports.map(({ verdict }) => verdict))).toEqual(
    new Set(["in_review", "published"]),
  );
  expect(errors).toEqual([]);
});

// their lists: `report.test.ts`; that they are served: `downloads.test.ts`
test("one click leads from a report to its files, which say what they are", async (visit) => {
  const page = await visit.open(`/${PLAN}/con-thieu/`);
  const links = await page.locator(".ct-files a").evaluateAll((found) =>
    found.map((link) => ({
      word: link.textContent,
      href: link.getAttribute("href") ?? "",
      name: link.getAttribute("aria-label") ?? "",
    })),
  );
  // three reports were published
  expect(links).toHaveLength(9);
  for (const { word, href, name } of links) {
    const extension = { Word: "docx", Excel: "xlsx", CSV: "csv" }[word ?? ""];
    expect(href.endsWith(`.${extension}`)).toBe(true);
    expect(name).toMatch(/^(Word|Excel|CSV): tải báo cáo .+, phiên bản \d$/);
  }
});
