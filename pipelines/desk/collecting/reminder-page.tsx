import type { FC } from "hono/jsx";
import type { OfficeUnit, StatusRow } from "../../models/submission-status.ts";
import { lastDayBefore, vietnameseDate } from "../../vocabulary/date.ts";
import type { Board } from "../office/board.ts";
import type { MailAnswer } from "../office/mail.ts";
import { Basis, DESK, Fault, Field, Form, Mark, momentText, Page, Table } from "../page/page.tsx";
import { OpenAsks } from "../reporting/report-act-page.tsx";
import { ReportName, StateBadge } from "../reporting/report-parts.tsx";

/** A unit with the reports that it owes. */
export interface OwingUnit {
  readonly unit: OfficeUnit;
  readonly rows: readonly StatusRow[];
}

/** A unit's reminder as a short text. */
export interface UnitText extends OwingUnit {
  readonly text: string;
}

/** A mail to a unit, and what became of it. */
export interface MailedUnit {
  readonly unit: OfficeUnit;
  readonly to: string;
  readonly answer: MailAnswer;
}

/** What units are asked for, and at which address. */
export function owedBy(owing: readonly OwingUnit[]): unknown {
  return owing.map(({ unit, rows }) => [
    unit.email,
    rows.map((row) => [row.plan_id, row.period, row.unit_id, row.due_before, row.state]),
  ]);
}

export const MAIL_SUBJECT = "Đôn đốc gửi báo cáo";

/** Who owes what, to be chosen from. */
export const RemindPage: FC<{
  board: Board;
  owing: readonly OwingUnit[];
  fault?: string | undefined;
}> = ({ board, owing, fault }) => (
  <Page title="Đôn đốc" open="don-doc">
    <h1>Đôn đốc đơn vị</h1>
    <p class="note">Tính đến {momentText(board.at)}</p>
    <Fault>{fault}</Fault>
    <OpenAsks board={board} />
    {owing.length === 0 ? (
      <p>
        Không đơn vị nào còn báo cáo quá hạn, báo cáo đã trả lại hoặc báo cáo đến hạn trong 7 ngày
        tới.
      </p>
    ) : (
      <Form action={`${DESK}/don-doc`}>
        <Table
          caption="Báo cáo quá hạn, đã trả lại hoặc đến hạn trong 7 ngày tới"
          head={["Đơn vị", "Báo cáo", "Liên hệ", "Đã đôn đốc"]}
        >
          {owing.map(({ unit, rows }) => (
            <tr>
              <th scope="row">
                <label class="tick">
                  <input
                    type="checkbox"
                    name="unit"
                    value={unit.office_code}
                    checked={rows.some(isOverdue)}
                  />
                  {unit.unit_name}
                </label>
              </th>
              <td data-label="Báo cáo">
                <ul class="plain">
                  {rows.map((row) => (
                    <li>
                      <ReportName row={row} />
                      <small>hạn {vietnameseDate(lastDayBefore(row.due_before))}</small>{" "}
                      <StateBadge row={row} />
                    </li>
                  ))}
                </ul>
              </td>
              <td data-label="Liên hệ">
                <Contact unit={unit} />
              </td>
              <td data-label="Đã đôn đốc">{remindedText(rows)}</td>
            </tr>
          ))}
        </Table>
        <button type="submit">Soạn công văn và lời nhắc</button>
      </Form>
    )}
  </Page>
);

/** What goes out to the units that were chosen. */
export const RemindersPage: FC<{
  texts: readonly UnitText[];
  /** In whose name the desk sends mails; null where it sends none. */
  from: string | null;
  /** What has just been sent, or has not. */
  mails?: readonly MailedUnit[] | undefined;
  fault?: string | undefined;
}> = ({ texts, from, mails, fault }) => {
  const reached = texts.filter(({ unit }) => unit.email !== null);
  const Chosen: FC = () => (
    <>
      <Mark />
      <Basis of={owedBy(texts)} />
      {texts.map(({ unit }) => (
        <input type="hidden" name="unit" value={unit.office_code} />
      ))}
    </>
  );
  return (
    <Page title="Công văn và lời nhắc" open="don-doc">
      <h1>Công văn và lời nhắc</h1>
      <Fault>{fault}</Fault>
      {mails && <Mails mails={mails} />}
      <h2>Công văn đôn đốc</h2>
      <p>
        Gửi {texts.length} đơn vị. Số và ngày để trống để văn thư ghi; thể thức theo Nghị định
        30/2020/NĐ-CP.
      </p>
      <form method="post" action={`${DESK}/don-doc/cong-van`}>
        <Chosen />
        <button type="submit">Tải công văn (.docx)</button>
      </form>
      {from !== null && !mails && (
        <>
          <h2>Gửi thư điện tử</h2>
          <p>
            {reached.length}/{texts.length} đơn vị có địa chỉ thư. Mỗi đơn vị nhận lời nhắc dưới đây
            kèm công văn chỉ nêu báo cáo của đơn vị ấy, gửi từ {from}. Việc đã gửi được ghi nhận
            ngay.
          </p>
          {reached.length > 0 && (
            <form method="post" action={`${DESK}/don-doc/gui-thu`}>
              <Chosen />
              <button type="submit">Gửi thư cho {reached.length} đơn vị</button>
            </form>
          )}
        </>
      )}
      <h2>Lời nhắc cho từng đơn vị</h2>
      <p>Sao chép vào thư điện tử hoặc Zalo.</p>
      {texts.map(({ unit, text }, index) => (
        <section class="reminder">
          <label for={`nhac-${index}`}>{unit.unit_name}</label>
          <textarea id={`nhac-${index}`} rows={text.split("\n").length + 3} readonly>
            {text}
          </textarea>
          <p class="note">
            <Contact unit={unit} />
            {unit.email !== null && (
              <>
                {" "}
                <a
                  href={`mailto:${encodeURIComponent(unit.email)}?subject=${encodeURIComponent(MAIL_SUBJECT)}&body=${encodeURIComponent(text)}`}
                >
                  Soạn thư
                </a>
              </>
            )}
          </p>
        </section>
      ))}
      <h2>Ghi nhận đã đôn đốc</h2>
      <form method="post" action={`${DESK}/don-doc/ghi-nhan`} class="narrow">
        <Chosen />
        <label>
          Đã gửi bằng
          <select name="way">
            <option value="message">Lời nhắc (thư điện tử, Zalo, điện thoại)</option>
            <option value="letter">Công văn</option>
          </select>
        </label>
        <Field name="letter_number" maxlength={60} placeholder="12/UBND-VP">
          Số công văn, nếu có
        </Field>
        <button type="submit">Ghi nhận</button>
      </form>
    </Page>
  );
};

/** What became of each mail. */
const Mails: FC<{ mails: readonly MailedUnit[] }> = ({ mails }) => {
  const sent = mails.filter(({ answer }) => answer.isSent).length;
  return (
    <>
      <p class={sent === mails.length ? "done" : "fault"} role="status">
        {sent === mails.length
          ? `Đã gửi ${sent} thư, đã ghi nhận.`
          : `Đã gửi ${sent}/${mails.length} thư. Thư chưa gửi được thì gửi lại, hoặc sao chép lời nhắc.`}
      </p>
      <Table
        caption="Thư đã gửi và chưa gửi được"
        head={["Đơn vị", "Địa chỉ", "Kết quả", "Máy chủ thư trả lời"]}
      >
        {mails.map(({ unit, to, answer }) => (
          <tr>
            <th scope="row">{unit.unit_name}</th>
            <td data-label="Địa chỉ">{to}</td>
            <td>
              <span class={`badge ${answer.isSent ? "accepted" : "refused"}`}>
                {answer.isSent ? "Đã gửi" : "Chưa gửi được"}
              </span>
            </td>
            <td data-label="Máy chủ thư trả lời">{answer.reply}</td>
          </tr>
        ))}
      </Table>
    </>
  );
};

const Contact: FC<{ unit: OfficeUnit }> = ({ unit }) => {
  const parts = [unit.contact, unit.phone, unit.email].filter((one) => one !== null);
  return (
    <>{parts.length === 0 ? "chưa có đầu mối liên hệ trong danh sách đơn vị" : parts.join(", ")}</>
  );
};

export function isOverdue({ wanted }: StatusRow): boolean {
  return wanted === "returned" || wanted === "overdue";
}

function remindedText(rows: readonly StatusRow[]): string {
  const last = rows
    .map(({ reminded_at }) => reminded_at ?? "")
    .sort()
    .at(-1);
  return last === undefined || last === "" ? "chưa" : momentText(last);
}
