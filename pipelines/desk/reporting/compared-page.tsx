import type { FC } from "hono/jsx";
import type { ComparedFigure } from "../../models/compared-reports.ts";
import { signedText } from "../../vocabulary/number.ts";
import type { KeptReceipt } from "../kept/receipts.ts";
import type { Board } from "../office/board.ts";
import { shownTyped, typedOf } from "../office/online-form.ts";
import { DESK, momentText, Page, Table } from "../page/page.tsx";
import { reportNames } from "./receipt-table.tsx";

/** Where two files are held against each other. */
export function comparisonAddress(one: number, other: number): string {
  return `${DESK}/phieu/${Math.max(one, other)}/so-voi/${Math.min(one, other)}`;
}

/** What two accepted files of one unit say, cell by cell. */
export const ComparedPage: FC<{
  board: Board;
  before: KeptReceipt;
  after: KeptReceipt;
  figures: readonly ComparedFigure[];
}> = ({ board, before, after, figures }) => {
  const changed = figures.filter(({ is_changed }) => is_changed);
  const same = figures.filter(({ is_changed }) => !is_changed);
  const own = new Set(reportNames(board, before));
  const Figures: FC<{ of: readonly ComparedFigure[]; caption: string }> = ({ of, caption }) => (
    <Table
      caption={caption}
      head={["Số liệu", `Phiếu số ${before.receiptNo}`, `Phiếu số ${after.receiptNo}`, "Thay đổi"]}
    >
      {of.map((one) => (
        <FigureRow {...{ board, one }} isOfSeveral={own.size > 1} />
      ))}
    </Table>
  );
  return (
    <Page title="So sánh hai lần gửi" open="phieu">
      <h1>So sánh hai lần gửi</h1>
      <p>
        {reportNames(board, after)
          .filter((name) => own.has(name))
          .join("; ")}
      </p>
      <ul>
        {[before, after].map(({ receiptNo, file, receivedAt }) => (
          <li>
            <a href={`${DESK}/phieu/${receiptNo}`}>Phiếu số {receiptNo}</a>: {file}, nhận lúc{" "}
            {momentText(receivedAt)}
          </li>
        ))}
      </ul>
      {changed.length === 0 ? (
        <p class="done">Mọi số liệu và ghi chú của hai lần gửi giống nhau.</p>
      ) : (
        <Figures of={changed} caption={`${changed.length} ô khác nhau`} />
      )}
      {same.length > 0 && (
        <details>
          <summary>{same.length} ô giống nhau</summary>
          <Figures of={same} caption={`${same.length} ô giống nhau`} />
        </details>
      )}
    </Page>
  );
};

const FigureRow: FC<{ board: Board; one: ComparedFigure; isOfSeveral: boolean }> = ({
  board,
  one,
  isOfSeveral,
}) => {
  const plan = board.catalogue.plans.find(({ plan: { id } }) => id === one.plan_id);
  const measure = plan?.plan.measures.find(({ code }) => code === one.measure);
  const area = plan?.areas.find(({ area_id }) => area_id === one.area_id)?.name;
  const unit = plan?.units.find(({ unit_id }) => unit_id === one.unit_id);
  const Side: FC<{
    state: ComparedFigure["old_state"];
    value: string | null;
    note: string | null;
  }> = ({ state, value, note }) => (
    <>
      {state === null || measure === undefined
        ? "–"
        : shownTyped(typedOf({ state, value }, measure, false)) || "để trống"}
      {note !== null && <small>ghi chú: {note}</small>}
    </>
  );
  return (
    <tr>
      <th scope="row">
        {measure?.name ?? one.measure}
        {area !== undefined && area !== unit?.area?.name && `, ${area}`}
        <small>
          {isOfSeveral && `${unit?.name ?? one.unit_id}, ${one.period}. `}
          {measure?.unit_of_measure}
        </small>
      </th>
      <td data-label="Lần trước">
        <Side state={one.old_state} value={one.old_value} note={one.old_note} />
      </td>
      <td data-label="Lần sau">
        <Side state={one.new_state} value={one.new_value} note={one.new_note} />
      </td>
      <td data-label="Thay đổi">
        {one.difference !== null ? signedText(one.difference) : one.is_changed ? "khác" : "–"}
      </td>
    </tr>
  );
};
