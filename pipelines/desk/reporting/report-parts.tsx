import type { FC } from "hono/jsx";
import { placeInWords } from "../../intake/reply.ts";
import type { Finding } from "../../models/finding.ts";
import type { StatusRow } from "../../models/submission-status.ts";
import { lastDayBefore, vietnameseDate } from "../../vocabulary/date.ts";
import { findingRemedy, findingSentence } from "../../vocabulary/finding-text.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { REPORT_STATES } from "../../vocabulary/words.ts";
import { may } from "../accounts/roles.ts";
import { ofKey, reportId } from "../page/access.ts";
import { DESK, Field, Form, momentText, useVisitor } from "../page/page.tsx";

/**
 * @param isExplained every open doubt about it has been explained by the unit
 * @param coming the receipt of a file for it that is taken in, but not counted yet
 */
export const StateBadge: FC<{ row: StatusRow; isExplained?: boolean; coming?: number | null }> = ({
  row,
  isExplained,
  coming = null,
}) => {
  if (coming !== null) {
    return (
      <>
        <span class="badge none">Đang tính</span>
        <small>
          <a href={`${DESK}/phieu/${coming}`}>Phiếu số {coming}</a> đã tiếp nhận, đang đối chiếu
        </small>
      </>
    );
  }
  const state = row.state ?? "not_sent";
  const isLate = row.wanted === "overdue";
  return (
    <>
      <span class={`badge ${isLate ? "late" : state}`}>
        {isLate
          ? "Quá hạn, chưa gửi"
          : state === "to_explain" && isExplained
            ? "Đã giải trình, chờ xác nhận"
            : REPORT_STATES[state].word}
      </span>
      {row.is_extended && (
        <small>
          {row.timeliness === "on_time"
            ? " đúng hạn đã gia hạn"
            : ` gia hạn đến ${vietnameseDate(lastDayBefore(row.due_before))}`}
        </small>
      )}
    </>
  );
};

type Wanted = NonNullable<StatusRow["wanted"]>;

/** Each kind of what is asked of units, as its count and its list are headed. */
export const WANTED: Readonly<Record<Wanted, string>> = {
  overdue: "báo cáo quá hạn chưa gửi",
  returned: "báo cáo đã trả lại, chưa gửi lại",
  to_explain: "báo cáo còn điểm cần giải trình",
  due_soon: "báo cáo phải gửi trong 7 ngày tới",
};
export const WANTED_KINDS = Object.keys(WANTED) as readonly Wanted[];

/** What is asked of units, each kind with its count and where it is listed. */
export const WantedCounts: FC<{
  rows: readonly StatusRow[];
  addressOf: (kind: Wanted) => string;
}> = ({ rows, addressOf }) => (
  <ul class="counts">
    {WANTED_KINDS.map((kind) => {
      const count = rows.filter(({ wanted }) => wanted === kind).length;
      return (
        <li>
          <a href={count === 0 ? undefined : addressOf(kind)}>
            <strong>{count}</strong>
            {WANTED[kind]}
          </a>
        </li>
      );
    })}
  </ul>
);

/** Whether the unit has explained every open doubt about a report. */
export function isExplained(row: StatusRow, findings: readonly Finding[]): boolean {
  const own = ofKey(findings, reportId, reportId(row)).filter(
    ({ is_acknowledged }) => !is_acknowledged,
  );
  return own.length > 0 && own.every(({ explanation }) => explanation !== null);
}

export const ReportName: FC<{ row: StatusRow }> = ({ row }) => (
  <>
    {row.period_name}
    <small>
      {row.plan_number}, {row.plan_title}
    </small>
  </>
);

/** @param isToAnswer doubts may be let stand, or explained, here */
export const FindingItems: FC<{ findings: readonly Finding[]; isToAnswer: boolean }> = ({
  findings,
  isToAnswer,
}) => (
  <ul class="findings">
    {findings.map((one) => {
      const place = placeInWords({
        ...(one.sheet === null ? {} : { sheet: one.sheet }),
        ...(one.cell === null ? {} : { cell: one.cell }),
        ...(one.line === null ? {} : { line: Number(one.line) }),
      });
      return (
        <li data-finding={one.finding_id}>
          <p>
            <strong>
              {one.unit_name}, {inSentence(one.period_name)}
              {one.measure_name !== null && `: ${one.measure_name}`}
            </strong>
          </p>
          <p>
            {findingSentence(one)}.{" "}
            {findingRemedy(one.rule, may(useVisitor().account.role, "send for own units"))}
          </p>
          {one.file_name !== null && (
            <p class="note">
              Tệp {one.file_name}
              {place !== "" && `, ${inSentence(place)}`}
            </p>
          )}
          {one.explanation !== null && (
            <p>
              Đơn vị giải trình: {one.explanation}{" "}
              <span class="note">
                ({one.explained_by}, {momentText(one.explained_at ?? "")})
              </span>
            </p>
          )}
          {isToAnswer && one.severity === "doubt" && <Answer finding={one} />}
        </li>
      );
    })}
  </ul>
);

/** Where staff let a doubt stand, or its unit explains it. */
const Answer: FC<{ finding: Finding }> = ({ finding }) => {
  const isStaff = may(useVisitor().account.role, "let doubts stand");
  return (
    <Form action={`${DESK}/${isStaff ? "xac-nhan" : "giai-trinh"}`} class="row">
      <input type="hidden" name="finding" value={finding.finding_id} />
      <Field name={isStaff ? "reason" : "said"} maxlength={400} required>
        {isStaff
          ? "Lý do xác nhận"
          : finding.explanation === null
            ? "Giải trình"
            : "Giải trình lại"}
      </Field>
      <button type="submit" class="plain">
        {isStaff ? "Xác nhận" : "Gửi giải trình"}
      </button>
    </Form>
  );
};
