import { type FC, jsx } from "hono/jsx";
import { expect, test } from "vitest";
import type { Account } from "../../../pipelines/desk/accounts/accounts.ts";
import { AccountsPage } from "../../../pipelines/desk/administration/account-pages.tsx";
import { BoardPage } from "../../../pipelines/desk/collecting/board-page.tsx";
import { WaitingPage } from "../../../pipelines/desk/collecting/waiting-page.tsx";
import type { ListedReceipt } from "../../../pipelines/desk/kept/receipts.ts";
import type { Board } from "../../../pipelines/desk/office/board.ts";
import { Around } from "../../../pipelines/desk/page/page.tsx";
import type { OpenReport } from "../../../pipelines/desk/publishing/publishing-page.tsx";
import { OwnWorkPage } from "../../../pipelines/desk/reporting/own-work-page.tsx";
import { ReceiptTable } from "../../../pipelines/desk/reporting/receipt-table.tsx";
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

/** The lists of a page that can be folded, each with whether it is open; blank forms are none. */
function folds(text: string): [open: boolean, summary: string][] {
  return [...text.matchAll(/<details([^>]*)><summary>(?!Biểu trống)(.*?)<\/summary>/gs)].map(
    ([, open = "", words = ""]) => [open.includes("open"), wordsOf({ text: words })],
  );
}

test("the board unfolds plans of which something is wanted, and lists that are not long", () => {
  const many = Array.from({ length: 13 }, (_, at) => row(2026, "overdue", `UB-${at + 1}`));
  const rows = [...many, row(2026, "returned"), row(2025, null)];
  const props = { board: board(rows), mayAct: true };
  expect(folds(pageOf(BoardPage, props, "staff"))).toEqual([
    [false, "13 báo cáo quá hạn chưa gửi"],
    [true, "1 báo cáo đã trả lại, chưa gửi lại"],
    [true, "2026/KH, Thử: 0/14 báo cáo đã gửi"],
    [false, "2025/KH, Thử: 0/1 báo cáo đã gửi"],
  ]);
});

test("the board shows fifty doubts at a time, with how many there are", () => {
  const findings = Array.from({ length: 51 }, (_, at) => ({
    ...{ finding_id: `f${at}`, rule: "all_zero", severity: "doubt", is_acknowledged: false },
    ...{ unit_name: "UB-01", period_name: "Quý IV", found: "Mọi số là 0" },
    ...{ measure_name: null, sheet: null, cell: null, line: null, file_name: null },
    explanation: null,
  }));
  const props = { board: { ...board([]), findings } as never, mayAct: false };
  const shown = (asked?: string): [number, string] => {
    const text = pageOf(BoardPage, { ...props, asked }, "leader");
    return [text.match(/data-finding/g)?.length ?? 0, wordsOf({ text })];
  };
  expect(shown()).toEqual([
    50,
    expect.stringMatching(/51 điểm cần kiểm tra .*Trang 1\/2, 51 điểm Trang sau/),
  ]);
  expect(shown("2")[0]).toBe(1);
});

const claimOf = (unit_id: string) => ({ plan_id: "k-2026", period: "Q4", unit_id });

/** The words of a list of accepted files, each with its units. */
function listed(of: Board, files: readonly Partial<ListedReceipt>[], words = ""): string {
  const receipts = files.map((file) => ({
    ...{ by: null, file: "b.xlsx", outcome: "accepted", claims: [claimOf("UB-01")] },
    ...{ receivedAt: new Date(0), ...file },
  })) as ListedReceipt[];
  return wordsOf({ text: pageOf(ReceiptTable, { board: of, receipts, words }, "staff") });
}

const FIRST = { receiptNo: 1, sha256: "aa", receivedAt: new Date("2026-11-29T01:00:00Z") };
const SECOND = { receiptNo: 2, sha256: "bb", receivedAt: new Date("2026-11-30T01:00:00Z") };
const BACK = { ...claimOf("UB-01"), act: "returned", at: "2026-11-30 09:00:00" };

test.each([
  ["the second counts", "bb", "2026-11-30 08:00:00", [], "Số 2, Số 1, không còn được tính"],
  ["the second is still compared", "aa", "2026-11-29 08:00:00", [], "Số 2, Số 1"],
  [
    ...["both were sent back", null, null, [BACK]],
    "Số 2, không còn được tính, Số 1, không còn được tính",
  ],
] as const)("of two accepted files of a report %s, says the list", (_, sha256, at, acts, said) => {
  const counts = { ...row(2026, null), sha256, last_received_at: at };
  const text = listed({ ...board([counts]), acts } as never, [SECOND, FIRST]);
  expect(text.match(/Số \d|không còn được tính/g)?.join(", ")).toBe(said);
});

test("of a file of many reports the list names what was asked for", () => {
  const file = { receiptNo: 1, sha256: "aa", claims: ["UB-01", "UB-02", "UB-03"].map(claimOf) };
  expect(listed(board([]), [file])).toMatch(/UB-01, .*; UB-02, .* và 1 báo cáo khác/);
  expect(listed(board([]), [file], " ub-03 ")).toMatch(/UB-03, .*; UB-01, .* và 1 báo cáo khác/);
});

test("a new link for an account that has a password says first what it ends", () => {
  const accounts = ["a", "b"].map((name) => ({
    ...{ name, shown_name: name, role: "clerk", units: [], former_names: [] },
    ...{ password: name === "a" ? "kept" : null, invitation: null, is_disabled: false },
  })) as unknown as Account[];
  const acts = { month: "", months: [], lines: [], more: 0 };
  const props = { accounts, units: [], acts, now: new Date(0), mayMail: false };
  const [of = "", more = ""] = pageOf(AccountsPage, props, "admin").split('scope="row">b<');
  expect(wordsOf({ text: of })).toContain(
    "Cấp liên kết mới cho a Mật khẩu đang dùng hết hiệu lực ngay, các phiên đang mở kết thúc. Cấp liên kết",
  );
  expect(wordsOf({ text: more })).not.toContain("hết hiệu lực ngay");
});

test("what waits is first of the running year, earlier years are folded", () => {
  const report = (year: number): OpenReport =>
    ({
      plan: { plan: { id: `k-${year}`, number: `${year}/KH` } },
      period: { code: "Q4", name: "Quý IV", year },
      status: { period_name: "Quý IV", version: null, wanted: "publish" },
      proposal: null,
    }) as unknown as OpenReport;
  const reports = [report(2026), report(2025), report(2024)];
  const since = new Date("2026-11-30T00:00:00Z");
  const props = { board: board([]), reports, drafts: [], since, receipts: [] };
  const text = pageOf(WaitingPage, props, "staff");
  expect(folds(text)).toEqual([[false, "2 báo cáo của các năm trước"]]);
  expect(wordsOf({ text: text.replace(/<details>.*?<\/details>/s, "") })).toMatch(
    /Cần làm Quý IV , 2026\/KH: Báo cáo quý IV: mọi đơn vị đã gửi, chưa phát hành\. Báo cáo của các đơn vị/,
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
