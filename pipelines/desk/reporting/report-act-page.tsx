import type { FC } from "hono/jsx";
import type { RecordedAct } from "../../ledger/recorded-acts.ts";
import type { StatusRow } from "../../models/submission-status.ts";
import { lastDayBefore, vietnameseDate } from "../../vocabulary/date.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { may } from "../accounts/roles.ts";
import type { ListedReceipt } from "../kept/receipts.ts";
import type { Board } from "../office/board.ts";
import { actsOn, reportId } from "../page/access.ts";
import { DESK, Fault, Field, Form, momentText, Page, Table, useVisitor } from "../page/page.tsx";
import { onlineAddress } from "./online-form-page.tsx";
import { ReceiptTable } from "./receipt-table.tsx";
import { FindingItems, StateBadge } from "./report-parts.tsx";

/** Where a report of a unit stands at the desk, with what may be done about it. */
export function reportAddress(row: Pick<StatusRow, "plan_id" | "period" | "unit_code">): string {
  return `${DESK}/bao-cao-don-vi/${[row.plan_id, row.period, row.unit_code].map(encodeURIComponent).join("/")}`;
}

/** A day before which something is due, as the last one on which it is on time. */
function dayText(dueBefore: string | null): string {
  return dueBefore === null ? "" : vietnameseDate(lastDayBefore(dueBefore));
}

/** What an act says of itself, without its reason. */
export function actWords({ act, due_before }: RecordedAct): string {
  switch (act) {
    case "asked":
      return `Đơn vị xin gia hạn đến hết ngày ${dayText(due_before)}`;
    case "granted":
      return `Đã gia hạn đến hết ngày ${dayText(due_before)}`;
    case "refused":
      return "Không gia hạn";
    case "returned":
      return "Trả lại để bổ sung";
    case "recalled":
      return "Đơn vị rút lại báo cáo";
  }
}

/** The last word on the time of a report, and before it why it has to be sent again where it has to. */
export const LastActs: FC<{ acts: readonly RecordedAct[]; isToBeSent?: boolean }> = ({
  acts,
  isToBeSent = false,
}) => {
  const gone = isToBeSent ? acts.findLast((one) => !isOnTime(one)) : undefined;
  const last = [gone, acts.findLast(isOnTime)].filter((one) => one !== undefined);
  return last.map((one) => (
    <small>
      {actWords(one)}
      {one.act === "asked" && ", chờ trả lời"}
      {one.said !== "" && `: ${one.said}`}
    </small>
  ));
};

/** Whether an act is about the time for a report; the others take back what was sent. */
function isOnTime({ act }: RecordedAct): boolean {
  return act === "asked" || act === "granted" || act === "refused";
}

/** Whether a unit has asked for more time and nobody has answered. */
export function isWaiting(acts: readonly RecordedAct[]): boolean {
  return acts.findLast(isOnTime)?.act === "asked";
}

/** The reports for which more time is asked, for whoever answers. */
export const AskedTime: FC<{ board: Board }> = ({ board }) => {
  const rows = board.rows.filter((row) => isWaiting(actsOn(board, row)));
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>Đơn vị xin gia hạn</h2>
      <ul>
        {rows.map((row) => (
          <li>
            <a href={reportAddress(row)}>
              {row.unit_name}, {inSentence(row.period_name)}
            </a>
            <LastActs acts={actsOn(board, row)} />
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What one report of a unit has come to, and what may be done about it. */
export const ReportActPage: FC<{
  board: Board;
  row: StatusRow;
  /** Of the files that were sent for it. */
  receipts: readonly ListedReceipt[];
  fault?: string | undefined;
}> = ({ board, row, receipts, fault }) => {
  const { role } = useVisitor().account;
  const isOwn = may(role, "send for own units");
  const mayDecide = may(role, "decide on reports");
  const acts = actsOn(board, row);
  const isSent = row.submissions > 0;
  const doubts = board.findings.filter(
    (one) => reportId(one) === reportId(row) && !one.is_acknowledged && one.severity === "doubt",
  );
  const title = `Báo cáo ${inSentence(row.period_name)}`;
  return (
    <Page title={title} open={isOwn ? "viec" : "theo-doi"}>
      <h1>{title}</h1>
      <Fault>{fault}</Fault>
      <dl>
        <dt>Đơn vị</dt>
        <dd>{row.unit_name}</dd>
        <dt>Kế hoạch</dt>
        <dd>
          {row.plan_number}, {row.plan_title}
        </dd>
        <dt>Hạn gửi</dt>
        <dd>
          {dayText(row.due_before)}
          {row.is_extended && " (đã gia hạn)"}
        </dd>
        <dt>Tình trạng</dt>
        <dd>
          <StateBadge row={row} />
          {row.last_received_at !== null &&
            `, ${row.state === "returned" ? "số liệu đang được tính là của báo cáo " : ""}nhận lúc ${momentText(row.last_received_at)}`}
        </dd>
      </dl>
      {doubts.length > 0 && <FindingItems findings={doubts} isToAnswer={isOwn || mayDecide} />}
      {acts.length > 0 && (
        <Table
          caption="Gia hạn, trả lại, rút lại"
          head={["Lúc", "Việc", "Lý do, ý kiến", "Người ghi"]}
        >
          {acts.map((one) => (
            <tr>
              <td data-label="Lúc">{momentText(one.at)}</td>
              <th scope="row">{actWords(one)}</th>
              <td data-label="Lý do, ý kiến">{one.said || "–"}</td>
              <td data-label="Người ghi">{one.said_by}</td>
            </tr>
          ))}
        </Table>
      )}
      {receipts.length > 0 && (
        <>
          <h2>Tệp đã gửi</h2>
          <ReceiptTable {...{ receipts, board }} />
        </>
      )}
      {isOwn && isSent && row.days_left < 1 && (
        <p class="note">
          Đã hết hạn gửi nên không rút lại được. Gửi báo cáo khác thì báo cáo ấy thay cho báo cáo
          này; muốn bỏ hẳn thì đề nghị cơ quan tổng hợp trả lại.
        </p>
      )}
      {isOwn && !isSent && (
        <ActForm
          {...{ row, act: "xin-gia-han", title: "Xin gia hạn", label: "Lý do xin gia hạn" }}
          day="Xin gửi đến hết ngày"
          isDayNeeded
        />
      )}
      {isOwn && isSent && row.days_left >= 1 && (
        <ActForm {...{ row, act: "rut-lai", title: "Rút lại báo cáo", label: "Lý do rút lại" }}>
          Số liệu của báo cáo không còn được tính cho đến khi gửi lại. Rút lại được đến hết hạn gửi.
        </ActForm>
      )}
      {mayDecide && (!isSent || row.is_extended) && (
        <ActForm
          {...{ row, act: "gia-han", title: "Gia hạn", label: "Ý kiến" }}
          day="Cho gửi đến hết ngày"
          asked={
            isWaiting(acts)
              ? (acts.findLast(({ act }) => act === "asked")?.due_before ?? null)
              : null
          }
          isDayNeeded
        />
      )}
      {mayDecide && isWaiting(acts) && (
        <ActForm {...{ row, act: "khong-gia-han", title: "Không gia hạn", label: "Lý do" }} />
      )}
      {mayDecide && isSent && (
        <ActForm
          {...{ row, act: "tra-lai", title: "Trả lại để bổ sung", label: "Nội dung phải bổ sung" }}
          day="Gửi lại chậm nhất hết ngày (để trống nếu giữ hạn cũ)"
        >
          Đơn vị đọc được nội dung này. Số liệu của báo cáo không còn được tính cho đến khi đơn vị
          gửi lại; phiên bản đã phát hành giữ nguyên.
        </ActForm>
      )}
      <ul class="actions">
        {(isOwn || may(role, "send for any unit")) && (
          <li>
            <a href={onlineAddress(row.plan_id, row.period, row.unit_code)}>
              {isSent ? "Xem, sửa số liệu" : "Nhập báo cáo trên trang"}
            </a>
          </li>
        )}
        <li>
          <a href={`${DESK}/`}>Về trang đầu</a>
        </li>
      </ul>
    </Page>
  );
};

const ActForm: FC<{
  row: StatusRow;
  act: string;
  title: string;
  /** What the text is called. */
  label: string;
  /** What a day is called that goes with it. */
  day?: string;
  isDayNeeded?: boolean;
  /** The day that was asked for, exclusive. */
  asked?: string | null;
  children?: string;
}> = ({ row, act, title, label, day, isDayNeeded = false, asked = null, children }) => (
  <details open={act === "gia-han" && asked !== null}>
    <summary>{title}</summary>
    {children && <p>{children}</p>}
    <Form action={`${reportAddress(row)}/${act}`} class="row">
      {day && (
        <Field
          type="date"
          name="day"
          required={isDayNeeded}
          value={asked === null ? "" : lastDayBefore(asked)}
        >
          {day}
        </Field>
      )}
      <Field name="said" maxlength={500} required={act !== "gia-han"}>
        {label}
      </Field>
      <button type="submit">{title}</button>
    </Form>
  </details>
);
