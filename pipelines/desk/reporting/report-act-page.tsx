import type { FC } from "hono/jsx";
import type { RecordedAct, ReportStand } from "../../ledger/recorded-acts.ts";
import type { StatusRow } from "../../models/submission-status.ts";
import { lastDayBefore, officeTime, vietnameseDate } from "../../vocabulary/date.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { may } from "../accounts/roles.ts";
import type { ListedReceipt } from "../kept/receipts.ts";
import type { Board } from "../office/board.ts";
import { actsOn, doubtsAbout, ofKey, reportId } from "../page/access.ts";
import {
  Basis,
  DESK,
  Fault,
  Field,
  Form,
  momentText,
  Page,
  Table,
  useVisitor,
} from "../page/page.tsx";
import { onlineAddress } from "./online-form-page.tsx";
import { ReceiptTable } from "./receipt-table.tsx";
import {
  actWords,
  isBack,
  isOnTime,
  openQuestion,
  openRequest,
  type Typed,
  WAYS,
} from "./report-acts.ts";
import { FindingItems, StateBadge } from "./report-parts.tsx";

/** Where a report of a unit stands at the desk, with what may be done about it. */
export function reportAddress(row: Pick<StatusRow, "plan_id" | "period" | "unit_code">): string {
  return `${DESK}/bao-cao-don-vi/${[row.plan_id, row.period, row.unit_code].map(encodeURIComponent).join("/")}`;
}

/** The last word on the time of a report, and before it why it has to be sent again where it has to. */
export const LastActs: FC<{ acts: readonly RecordedAct[]; row: StatusRow }> = ({ acts, row }) => {
  const gone = row.submissions === 0 ? acts.findLast(isBack) : undefined;
  const request = openRequest(row, acts);
  const last = [gone, request ?? acts.findLast((one) => isOnTime(one) && one.act !== "asked")];
  return last.map(
    (one) =>
      one && (
        <small>
          {actWords(one)}
          {one === request && ", chờ trả lời"}
          {one.said !== "" && `: ${one.said}`}
        </small>
      ),
  );
};

/** What waits for an answer: more time that units ask for, and what they were asked themselves. */
export const OpenAsks: FC<{ board: Board }> = ({ board }) => {
  const acts = (row: StatusRow) => actsOn(board, row);
  const acted = new Set(board.acts.flatMap((act) => ofKey(board.rows, reportId, reportId(act))));
  const rows = board.rows.filter((row) => acted.has(row));
  const lists = [
    ["Đơn vị xin gia hạn", rows.filter((row) => openRequest(row, acts(row)) !== null)],
    ["Đã hỏi đơn vị, chờ trả lời", rows.filter((row) => openQuestion(acts(row)) !== null)],
  ] as const;
  return lists.map(([title, rows]) =>
    rows.length === 0 ? null : (
      <section>
        <h2>{title}</h2>
        <ul>
          {rows.map((row) => (
            <li>
              <a href={reportAddress(row)}>
                {row.unit_name}, {inSentence(row.period_name)}
              </a>{" "}
              <Question of={openQuestion(acts(row))} at={board.at} />
              <LastActs acts={acts(row)} row={row} />
            </li>
          ))}
        </ul>
      </section>
    ),
  );
};

/** A question that is not answered, and how late that is; nothing where there is none. */
const Question: FC<{ of: RecordedAct | null; at: Date }> = ({ of, at }) =>
  of === null ? null : (
    <small>
      {actWords(of)}
      {(of.due_before ?? "") <= officeTime(at).slice(0, 10) && " (đã quá ngày)"}: {of.said}
    </small>
  );

/** What the office asks about reports, to be answered here. */
export const OpenQuestions: FC<{ board: Board; rows: readonly StatusRow[] }> = ({ board, rows }) =>
  rows.map((row) => {
    const question = openQuestion(actsOn(board, row));
    return question === null ? null : (
      <section class="asked">
        <p>
          <strong>
            {row.unit_name}, <a href={reportAddress(row)}>{inSentence(row.period_name)}</a>
          </strong>{" "}
          <Question of={question} at={board.at} />
        </p>
        <ActFields {...{ row, name: "tra-loi" }} />
      </section>
    );
  });

/** What was typed for an act that is not recorded, with the name of its way. */
export type TypedAct = Typed & { readonly name: string };

/** What one report of a unit has come to, and what may be done about it. */
export const ReportActPage: FC<{
  board: Board;
  row: StatusRow;
  stand: ReportStand;
  /** Of the files that were sent for it. */
  receipts: readonly ListedReceipt[];
  /** The receipt of what is taken in for it and not counted yet. */
  coming: number | null;
  fault?: string | undefined;
  typed?: TypedAct | undefined;
}> = ({ board, row, stand, receipts, coming, fault, typed }) => {
  const { account } = useVisitor();
  const { role } = account;
  const isOwn = may(role, "send for own units");
  const mayDecide = may(role, "decide on reports");
  const acts = actsOn(board, row);
  const isSent = row.submissions > 0;
  const doubts = doubtsAbout(board, reportId(row), account);
  const asked = openRequest(row, acts)?.due_before;
  const filled = new Map<string, Typed>([
    ...(asked ? [["gia-han", { day: lastDayBefore(asked), text: "" }] as const] : []),
    ...(typed ? [[typed.name, typed] as const] : []),
  ]);
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
          {vietnameseDate(lastDayBefore(row.due_before))}
          {row.is_extended && " (đã gia hạn)"}
        </dd>
        <dt>Tình trạng</dt>
        <dd>
          <StateBadge row={row} coming={coming} />
          {row.last_received_at !== null &&
            `, ${row.state === "returned" ? "số liệu đang được tính là của báo cáo " : ""}nhận lúc ${momentText(row.last_received_at)}`}
        </dd>
      </dl>
      {(isOwn || mayDecide) && <OpenQuestions {...{ board, rows: [row] }} />}
      {doubts.length > 0 && <FindingItems findings={doubts} isToAnswer={isOwn || mayDecide} />}
      {acts.length > 0 && (
        <Table
          caption="Gia hạn, trả lại, rút lại, hỏi và trả lời"
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
      {Object.entries(WAYS)
        .filter(
          ([, { who, isPossible, isOffered = () => true }]) =>
            [who].flat().some((act) => may(role, act)) && isPossible(row, acts) && isOffered(row),
        )
        .map(([name]) => (
          <details open={filled.has(name)}>
            <summary>{WAYS[name]?.title}</summary>
            <ActFields {...{ row, stand, name }} filled={filled.get(name)} />
          </details>
        ))}
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

/** @param name of the way @param filled what stands in its fields at first */
const ActFields: FC<{
  row: StatusRow;
  stand?: ReportStand;
  name: string;
  filled?: Typed | undefined;
}> = ({ row, stand, name, filled }) => {
  const way = WAYS[name];
  return way === undefined ? null : (
    <>
      {way.help && <p>{way.help}</p>}
      <Form action={`${reportAddress(row)}/${name}`} class="row">
        {way.isAboutSent && <Basis of={stand} />}
        {way.dayName && (
          <Field type="date" name="day" required={way.isDayNeeded ?? false} value={filled?.day}>
            {way.dayName}
          </Field>
        )}
        <Field name="said" maxlength={500} required={way.isTextNeeded ?? true} value={filled?.text}>
          {way.textName}
        </Field>
        <button type="submit">{way.title}</button>
      </Form>
    </>
  );
};
