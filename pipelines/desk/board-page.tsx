import type { FC } from "hono/jsx";
import type { Finding } from "../models/finding.ts";
import type { StatusRow } from "../models/submission-status.ts";
import { unsettledLines } from "../sources/unsettled-plan.ts";
import { lastDayBefore, vietnameseDate } from "../vocabulary/date.ts";
import type { Board } from "./office.ts";
import { DESK, Fault, momentText, Page, Table } from "./page.tsx";
import { ReceiptTable } from "./receipt-pages.tsx";
import type { KeptReceipt } from "./receipts.ts";
import { AskedTime, reportAddress } from "./report-act-page.tsx";
import { FindingItems, isExplained, StateBadge } from "./report-parts.tsx";

/** Every unit and period of every plan, with what came in and what is in doubt. */
export const BoardPage: FC<{
  board: Board;
  receipts: readonly KeptReceipt[];
  mayAct: boolean;
  fault?: string | undefined;
}> = ({ board, receipts, mayAct, fault }) => {
  const rows = board.rows.filter(({ timeliness }) => timeliness !== "not_applicable");
  const plans = [...new Set(rows.map(({ plan_id }) => plan_id))];
  const open = board.findings.filter(({ is_acknowledged }) => !is_acknowledged);
  const count = (isMeant: (row: StatusRow) => boolean): number => rows.filter(isMeant).length;
  return (
    <Page title="Theo dõi" open="theo-doi">
      <h1>Theo dõi</h1>
      <p class="note">Tính đến {momentText(board.at)}</p>
      <Fault>{fault}</Fault>
      {board.catalogue.unsettled.length > 0 && (
        <section>
          <h2>Tệp kế hoạch cần xem</h2>
          <ul>
            {board.catalogue.unsettled.flatMap(unsettledLines).map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </section>
      )}
      <ul class="counts">
        <li>
          <strong>
            {count(({ submissions, days_left }) => submissions === 0 && days_left < 1)}
          </strong>
          báo cáo quá hạn chưa gửi
        </li>
        <li>
          <strong>{count(({ state }) => state === "returned")}</strong> báo cáo đã trả lại, chưa gửi
          lại
        </li>
        <li>
          <strong>{open.length}</strong> điểm cần kiểm tra
        </li>
        <li>
          <strong>
            {count(
              ({ submissions, days_left }) => submissions === 0 && days_left >= 1 && days_left <= 7,
            )}
          </strong>
          báo cáo phải gửi trong 7 ngày tới
        </li>
      </ul>
      <AskedTime board={board} />
      {plans.map((plan) => (
        <PlanBoard rows={rows.filter((row) => row.plan_id === plan)} findings={open} />
      ))}
      <h2 id="can-kiem-tra">Điểm cần kiểm tra</h2>
      {open.length === 0 ? (
        <p>Không có điểm nào cần kiểm tra.</p>
      ) : (
        <FindingItems findings={open} isToAnswer={mayAct} />
      )}
      <h2>Tệp mới nhận</h2>
      <ReceiptTable {...{ board, receipts }} />
    </Page>
  );
};

const PlanBoard: FC<{ rows: readonly StatusRow[]; findings: readonly Finding[] }> = ({
  rows,
  findings,
}) => {
  const [first] = rows;
  // the day of a unit that got more time is not that of the period
  const byOwnDay = rows.toSorted((one, other) => +other.is_extended - +one.is_extended);
  const periods = [...new Map(byOwnDay.map((row) => [row.period, row])).values()].sort(
    (one, other) => one.due_before.localeCompare(other.due_before),
  );
  const units = [...new Map(rows.map((row) => [row.unit_id, row])).values()].sort(
    (one, other) => one.item - other.item,
  );
  return (
    <section>
      <h2>
        {first?.plan_number} {first?.plan_title}
      </h2>
      <Table
        kind="board"
        caption={`Đơn vị và kỳ báo cáo của kế hoạch ${first?.plan_number}`}
        head={["Đơn vị", ...periods.map((row) => <PeriodHead row={row} />)]}
      >
        {units.map((unit) => (
          <tr>
            <th scope="row">{unit.unit_short_name}</th>
            {periods.map(({ period }) => {
              const row = rows.find((one) => one.period === period && one.unit_id === unit.unit_id);
              return (
                <td>
                  {row === undefined ? (
                    "–"
                  ) : (
                    <a href={reportAddress(row)}>
                      <StateBadge row={row} isExplained={isExplained(row, findings)} />
                    </a>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </Table>
    </section>
  );
};

const PeriodHead: FC<{ row: StatusRow }> = ({ row }) => (
  <>
    {row.period_name}
    <small>hạn {vietnameseDate(lastDayBefore(row.due_before))}</small>
    <small>
      <a
        href={`${DESK}/bieu-mau/${encodeURIComponent(row.plan_id)}/${encodeURIComponent(row.period)}`}
      >
        biểu trống (.zip)
      </a>
    </small>
  </>
);
