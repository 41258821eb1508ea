import type { FC } from "hono/jsx";
import type { Finding } from "../../models/finding.ts";
import type { StatusRow } from "../../models/submission-status.ts";
import { unsettledLines } from "../../sources/unsettled-plan.ts";
import { lastDayBefore, vietnameseDate } from "../../vocabulary/date.ts";
import type { Board } from "../office/board.ts";
import { ofKey, reportId } from "../page/access.ts";
import {
  DESK,
  Fault,
  LISTED,
  Lines,
  momentText,
  Page,
  Pager,
  partOfList,
  Table,
} from "../page/page.tsx";
import { OpenAsks, reportAddress } from "../reporting/report-act-page.tsx";
import { FindingItems, isExplained, StateBadge, WantedCounts } from "../reporting/report-parts.tsx";
import { blankFormsId, WantedLists } from "./waiting-page.tsx";

/** Every unit and period of every plan, with what came in and what is in doubt. */
export const BoardPage: FC<{
  board: Board;
  mayAct: boolean;
  /** The page of doubts, as it stands in the address. */
  asked?: string | undefined;
  fault?: string | undefined;
}> = ({ board, mayAct, asked, fault }) => {
  const rows = board.rows.filter(({ timeliness }) => timeliness !== "not_applicable");
  const plans = [...new Set(rows.map(({ plan_id }) => plan_id))];
  const open = board.findings.filter(({ is_acknowledged }) => !is_acknowledged);
  const part = partOfList(open, asked, LISTED);
  return (
    <Page title="Theo dõi" open="theo-doi">
      <h1>Theo dõi</h1>
      <p class="note">Tính đến {momentText(board.at)}</p>
      <Fault>{fault}</Fault>
      {board.catalogue.unsettled.length > 0 && (
        <section>
          <h2>Tệp kế hoạch cần xem</h2>
          <Lines of={board.catalogue.unsettled.flatMap(unsettledLines)} />
        </section>
      )}
      <WantedCounts rows={rows} addressOf={(kind) => `#${kind}`} />
      <OpenAsks board={board} />
      <WantedLists rows={rows} />
      <h2 id="can-kiem-tra">
        {open.length === 0 ? "Điểm cần kiểm tra" : `${open.length} điểm cần kiểm tra`}
      </h2>
      {open.length === 0 ? (
        <p>Không có điểm nào cần kiểm tra.</p>
      ) : (
        <>
          <p class="note">
            Đơn vị cũng thấy các điểm này ở mục “Việc của đơn vị tôi” và giải trình tại đó.
            {mayAct && (
              <>
                {" "}
                Muốn đơn vị gửi lại thì mở báo cáo ở danh sách trên, chọn “Trả lại để bổ sung”.{" "}
                <a href={`${DESK}/xoa-noi-dung`}>Nội dung tạm giữ, chờ cho đọc</a>
              </>
            )}
          </p>
          <FindingItems findings={part.shown} isToAnswer={mayAct} />
          <Pager
            part={part}
            noun="điểm"
            addressOf={(page) => `${DESK}/theo-doi?diem=${page}#can-kiem-tra`}
          />
        </>
      )}
      <h2>Toàn bộ báo cáo theo kế hoạch</h2>
      {plans.map((plan) => (
        <PlanBoard rows={rows.filter((row) => row.plan_id === plan)} findings={open} />
      ))}
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
  const forms = `${DESK}/bieu-mau/${encodeURIComponent(first?.plan_id ?? "")}`;
  return (
    <details open={rows.some(({ wanted }) => wanted !== null)}>
      <summary>
        {first?.plan_number}, {first?.plan_title}:{" "}
        {rows.filter((row) => row.submissions > 0).length}/{rows.length} báo cáo đã gửi
      </summary>
      <details>
        <summary>Biểu trống của mọi đơn vị, nhiều kỳ trong một tệp .zip</summary>
        <form method="get" action={forms} id={blankFormsId(first?.plan_id)} class="row">
          {periods.map(({ period, period_name, days_left }) => (
            <label class="tick">
              <input type="checkbox" name="ky" value={period} checked={days_left > 0} />
              {period_name}
            </label>
          ))}
          <button type="submit" class="plain">
            Tải biểu của các kỳ đã chọn
          </button>
        </form>
      </details>
      <Table
        kind="board"
        caption={`Đơn vị và kỳ báo cáo của kế hoạch ${first?.plan_number}`}
        head={[
          "Đơn vị",
          ...periods.map(({ period, period_name, due_before }) => (
            <>
              {period_name}
              <small>hạn {vietnameseDate(lastDayBefore(due_before))}</small>
              <small>
                <a href={`${forms}?ky=${encodeURIComponent(period)}`}>biểu trống (.zip)</a>
              </small>
            </>
          )),
        ]}
      >
        {units.map((unit) => (
          <tr>
            <th scope="row">{unit.unit_short_name}</th>
            {periods.map(({ period }) => {
              const [row] = ofKey(rows, reportId, reportId({ ...unit, period }));
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
    </details>
  );
};
