import { jsx } from "hono/jsx";
import { expect, test } from "vitest";
import type { Board } from "../../../pipelines/desk/office/board.ts";
import { Around } from "../../../pipelines/desk/page/page.tsx";
import { type AskedWork, OwnWorkPage } from "../../../pipelines/desk/reporting/own-work-page.tsx";
import type { StatusRow } from "../../../pipelines/models/submission-status.ts";
import { wordsOf } from "../given.ts";

const AROUND = {
  visitor: { account: { role: "clerk", units: ["W"] }, token: "t" },
  isDemonstration: false,
} as unknown as Around;

/** Of ten plans a unit owes each month of ten years; two years are over, and a month is due in a week. */
const PLANS = 10;
const MONTHS = 120;
const ROWS = Array.from({ length: PLANS * MONTHS }, (_, index) => {
  const [plan, month] = [index % PLANS, Math.floor(index / PLANS)];
  const due = new Date(Date.UTC(2022, month, 6)).toISOString().slice(0, 10);
  const wanted = month < 24 ? "overdue" : month === 24 ? "due_soon" : null;
  return {
    ...{ plan_id: `p${plan}`, plan_number: `${plan}/KH`, plan_title: "Thử", office_code: "W" },
    ...{ unit_id: "1", unit_code: "W", unit_name: "UBND phường Một", due_before: due },
    ...{ period: `T${month}`, period_name: `Tháng ${month}`, state: "not_sent", wanted },
    ...{ days_left: (month - 24) * 30 + 7, timeliness: month < 24 ? "missing" : "not_due" },
    ...{ submissions: 0, is_extended: false },
  } as unknown as StatusRow;
});

function pageOf(rows: readonly StatusRow[], asked: AskedWork = {}): string {
  const catalogue = { plans: [] };
  const board = { rows, acts: [], catalogue, at: new Date(0) } as unknown as Board;
  const given = { board, units: [], doubts: [], sentBack: new Map(), trialForms: [], asked };
  const page = jsx(OwnWorkPage as never, { ...given, receiptOfComing: () => null } as never);
  return String(jsx(Around.Provider as never, { value: AROUND }, page));
}

const listed = (text: string): string[] =>
  [...text.matchAll(/data-report="([^"]+)"/g)].map(([, report = ""]) => report);

/** Asked for; how many reports are listed of how many, the first, the last. */
const ASKED: [asked: AskedWork, listed: string, first: string, last: string][] = [
  [{}, "Trang 1/24, 1200 báo cáo", "p0 T24 W", "p9 T3 W"],
  [{ trang: "2" }, "Trang 2/24, 1200 báo cáo", "p0 T4 W", "p9 T8 W"],
  [{ trang: "99" }, "Trang 24/24, 1200 báo cáo", "p0 T115 W", "p9 T119 W"],
  [{ loai: "due_soon" }, "", "p0 T24 W", "p9 T24 W"],
  [{ loai: "overdue" }, "Trang 1/5, 240 báo cáo", "p0 T0 W", "p9 T4 W"],
];

test.each(ASKED)("of 1.200 owed reports %j lists %s", (asked, words, first, last) => {
  const text = pageOf(ROWS, asked);
  const found = listed(text);
  expect([found.at(0), found.at(-1)]).toEqual([first, last]);
  expect(wordsOf({ text })).toContain(words);
  // what is not listed is counted
  expect(wordsOf({ text })).toMatch(/ 240 báo cáo quá hạn .* 10 báo cáo phải gửi trong 7 ngày tới/);
  expect(wordsOf({ text })).toContain("Tất cả 1200 báo cáo");
  expect(text.length).toBeLessThan(100_000);
});

test("the pages of a long list have each report once, a short one is whole and by its days", () => {
  const pages = Array.from({ length: 24 }, (_, page) => pageOf(ROWS, { trang: `${page + 1}` }));
  const all = pages.flatMap(listed);
  expect([all.length, new Set(all).size]).toEqual([PLANS * MONTHS, PLANS * MONTHS]);
  const short = pageOf(ROWS.slice(220, 270));
  expect(listed(short)).toHaveLength(50);
  expect(listed(short)[0]).toBe("p0 T22 W");
  expect(short).not.toMatch(/class="(pager|counts)"/);
});
