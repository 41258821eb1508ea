import { type FC, jsx } from "hono/jsx";
import { expect, test } from "vitest";
import { BoardPage } from "../../../pipelines/desk/collecting/board-page.tsx";
import { WaitingPage } from "../../../pipelines/desk/collecting/waiting-page.tsx";
import type { Board } from "../../../pipelines/desk/office/board.ts";
import { Around } from "../../../pipelines/desk/page/page.tsx";
import type { OpenReport } from "../../../pipelines/desk/publishing/publishing-page.tsx";
import { OwnWorkPage } from "../../../pipelines/desk/reporting/own-work-page.tsx";
import type { StatusRow } from "../../../pipelines/models/submission-status.ts";
import { wordsOf } from "../given.ts";

/** The report of a ward for a year's last quarter. */
function row(year: number, wanted: StatusRow["wanted"], unit = "UB-01"): StatusRow {
  return {
    ...{ plan_id: `k-${year}`, plan_number: `${year}/KH`, plan_title: "Thử" },
    ...{ period: "Q4", period_name: "Quý IV", due_before: `${year}-12-20`, is_extended: false },
    ...{ office_code: unit, unit_id: unit, unit_code: unit, unit_name: unit, item: 1 },
    ...{ unit_short_name: unit, timeliness: "missing", state: "not_sent", wanted, submissions: 0 },
  } as StatusRow;
}

const board = (rows: readonly StatusRow[]) =>
  ({
    ...{ rows, units: [], findings: [], versions: [], planChanges: [], acts: [], clock: null },
    ...{ catalogue: { plans: [], unsettled: [] }, at: new Date("2026-12-01T00:00:00Z") },
  }) as unknown as Board;

/** A page as somebody of a role is shown it. */
function pageOf<Props>(page: FC<Props>, props: Props, role: string): string {
  const account = { name: "a", shown_name: "A", role, units: ["UB-01"] };
  const value = { visitor: { account, token: "t" }, isDemonstration: false, isClockAsked: false };
  const shown = jsx(page as never, props as never);
  return String(jsx(Around.Provider as never, { value } as never, shown));
}

/** The lists of a page that can be folded, each with whether it is open. */
function folds(text: string): [open: boolean, summary: string][] {
  return [...text.matchAll(/<details([^>]*)><summary>(.*?)<\/summary>/gs)].map(
    ([, open = "", words = ""]) => [open.includes("open"), wordsOf({ text: words })],
  );
}

test("the board unfolds plans of which something is wanted, and lists that are not long", () => {
  const many = Array.from({ length: 13 }, (_, at) => row(2026, "overdue", `UB-${at + 1}`));
  const rows = [...many, row(2026, "returned"), row(2025, null)];
  const props = { board: board(rows), receipts: [], mayAct: true };
  expect(folds(pageOf(BoardPage, props, "staff"))).toEqual([
    [false, "13 báo cáo quá hạn chưa gửi"],
    [true, "1 báo cáo đã trả lại, chưa gửi lại"],
    [true, "2026/KH, Thử: 0/14 báo cáo đã gửi"],
    [false, "2025/KH, Thử: 0/1 báo cáo đã gửi"],
  ]);
});

test("what waits is first of the running year, earlier years are folded", () => {
  const report = (year: number): OpenReport =>
    ({
      plan: { plan: { id: `k-${year}`, number: `${year}/KH` } },
      period: { code: "Q4", name: "Quý IV", year },
      ...{ expected: 2, received: 2, published: null, since: 0, proposal: null },
    }) as unknown as OpenReport;
  const reports = [report(2026), report(2025), report(2024)];
  const since = new Date("2026-11-30T00:00:00Z");
  const props = { board: board([]), reports, drafts: [], since, receipts: [] };
  const text = pageOf(WaitingPage, props, "staff");
  expect(folds(text)).toEqual([[false, "2 báo cáo của các năm trước"]]);
  expect(wordsOf({ text: text.replace(/<details>.*?<\/details>/s, "") })).toMatch(
    /Cần làm Báo cáo quý IV , 2026\/KH: mọi đơn vị đã gửi, chưa phát hành\. Báo cáo của các đơn vị/,
  );
});

test("what is taken in and not counted yet is so on the front page of its unit, by its receipt", () => {
  const props = {
    ...{ board: board([row(2026, "overdue")]), units: [], doubts: [], sentBack: new Map() },
    ...{ trialForms: [], asked: {} },
  };
  const work = (coming: number | null) =>
    wordsOf({ text: pageOf(OwnWorkPage, { ...props, receiptOfComing: () => coming }, "clerk") });
  expect(work(null)).toContain("Quá hạn, chưa gửi Nhập trên trang");
  expect(work(118)).toContain(
    "Đang tính Phiếu số 118 đã tiếp nhận, đang đối chiếu Nhập trên trang",
  );
});
