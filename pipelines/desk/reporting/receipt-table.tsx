import type { FC } from "hono/jsx";
import { officeTime } from "../../vocabulary/date.ts";

import type { ListedReceipt } from "../kept/receipts.ts";
import type { Board } from "../office/board.ts";
import { actsOn, nameOfReport, standingOf } from "../page/access.ts";
import { causeText, DESK, momentText, Table, useVisitor } from "../page/page.tsx";
import { isBack } from "./report-acts.ts";

export const OUTCOMES: Readonly<Record<ListedReceipt["outcome"], string>> = {
  accepted: "Đã tiếp nhận",
  refused: "Trả lại",
  duplicate: "Trùng tệp đã nhận",
};

/** Reports of one file that are named in a list. */
const MAX_NAMED = 2;

/** `UBND phường Tam Thanh, quý III năm 2024`: the reports of a file, at most some. */
export function reportNames(board: Board, { claims }: ListedReceipt): string[] {
  return claims.map((claim) => nameOfReport(board, claim));
}

/** Whether a text has what was asked for in it; all have where nothing was. */
export function holds(words: string): (text: string) => boolean {
  const plain = (text: string): string => text.normalize("NFC").toLowerCase();
  const wanted = plain(words).trim();
  return (text) => plain(text).includes(wanted);
}

/**
 * Files with what became of each.
 * @param words what was asked for: of a file of many reports, those are named that have it
 */
export const ReceiptTable: FC<{
  receipts: readonly ListedReceipt[];
  board: Board;
  words?: string;
}> = ({ receipts, board, words = "" }) =>
  receipts.length === 0 ? (
    <p>Chưa có tệp nào.</p>
  ) : (
    <Table
      caption="Tệp đã nhận, gần nhất trước"
      head={["Phiếu số", "Báo cáo, tệp", "Nhận lúc", "Kết quả", "Người gửi"]}
    >
      {receipts.map((one) => (
        <tr>
          <th scope="row">
            <a href={`${DESK}/phieu/${one.receiptNo}`}>Số {one.receiptNo}</a>
          </th>
          <td data-label="Báo cáo, tệp">
            {reportNames(board, one)
              .toSorted((name, other) => +holds(words)(other) - +holds(words)(name))
              .slice(0, MAX_NAMED)
              .join("; ")}
            {one.claims.length > MAX_NAMED && ` và ${one.claims.length - MAX_NAMED} báo cáo khác`}
            <small>{one.file}</small>
          </td>
          <td data-label="Nhận lúc">{momentText(one.receivedAt)}</td>
          <td>
            <span class={`badge ${one.outcome}`}>{OUTCOMES[one.outcome]}</span>
            {one.outcome === "accepted" && <Since {...{ board, receipt: one }} />}
          </td>
          <td data-label="Người gửi">{one.by === null ? "–" : causeText(one.by)}</td>
        </tr>
      ))}
    </Table>
  );

/** What an accepted file has come to: doubts about it, and what no longer counts of it. */
const Since: FC<{ board: Board; receipt: ListedReceipt }> = ({ board, receipt }) => {
  const { doubts, gone } = standingOf(board, receipt, useVisitor().account);
  // a file that is newer than what counts is still on its way into it
  const past = gone.filter(
    (row) =>
      (row.last_received_at ?? actsOn(board, row).findLast(isBack)?.at ?? "") >
      officeTime(receipt.receivedAt),
  );
  const left = past.length < receipt.claims.length ? `${past.length} báo cáo ` : "";
  return [
    ...(doubts.length > 0 ? [`${doubts.length} điểm cần giải trình`] : []),
    ...(past.length > 0 ? [`${left}không còn được tính`] : []),
  ].map((text) => <small>{text}</small>);
};
