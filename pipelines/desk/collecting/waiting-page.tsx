import type { FC } from "hono/jsx";
import type { StatusRow } from "../../models/submission-status.ts";
import { workSentence } from "../../sentences/readiness.ts";
import { officeTime } from "../../vocabulary/date.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { may } from "../accounts/roles.ts";
import type { ListedReceipt } from "../kept/receipts.ts";
import type { Board } from "../office/board.ts";
import { nameOfReport, ofKey, reportId } from "../page/access.ts";
import { DESK, momentText, Page, useVisitor, WorkState } from "../page/page.tsx";
import { dataOf, type PlanDraft } from "../plans/plan-drafts.ts";
import { type OpenReport, reportAddress, versionAddress } from "../publishing/publishing-page.tsx";
import { ReceiptTable } from "../reporting/receipt-table.tsx";
import { OpenAsks, reportAddress as unitReportAddress } from "../reporting/report-act-page.tsx";
import { StateBadge, WANTED, WANTED_KINDS, WantedCounts } from "../reporting/report-parts.tsx";

/** The same reports by name, a list a kind; kinds of which there are none are left out. */
export const WantedLists: FC<{ rows: readonly StatusRow[] }> = ({ rows }) => (
  <>
    {WANTED_KINDS.map((kind) => ({ kind, listed: rows.filter(({ wanted }) => wanted === kind) }))
      .filter(({ listed }) => listed.length > 0)
      .map(({ kind, listed }) => (
        <details id={kind} open={listed.length <= OPEN_LISTED}>
          <summary>
            {listed.length} {WANTED[kind]}
          </summary>
          <ul class="plain" data-wanted={kind}>
            {listed.map((row) => (
              <li>
                <a href={unitReportAddress(row)}>
                  {row.unit_short_name}, {inSentence(row.period_name)}
                </a>
                , {row.plan_number} <StateBadge row={row} />
              </li>
            ))}
          </ul>
        </details>
      ))}
  </>
);

/** Where the board has the blank forms of a plan. */
export const blankFormsId = (planId = ""): string => `bieu-trong-${planId}`;

/** So many reports are shown at once; a longer list is folded. */
const OPEN_LISTED = 12;

/** What of somebody's own work waits, and what is new. */
export const WaitingPage: FC<{
  board: Board;
  reports: readonly OpenReport[];
  drafts: readonly PlanDraft[];
  /** From when on it is new. */
  since: Date;
  receipts: readonly ListedReceipt[];
}> = ({ board, reports, drafts, since, receipts }) => {
  const approves = may(useVisitor().account.role, "approve reports");
  const isSubmitted = ({ state }: { readonly state: string }): boolean => state === "submitted";
  const work = (isSubmittedMeant: boolean): Work => ({
    reports: reports.filter(
      ({ proposal }) => proposal !== null && isSubmitted(proposal) === isSubmittedMeant,
    ),
    drafts: drafts.filter((draft) => isSubmitted(draft) === isSubmittedMeant),
  });
  const [mine, others] = [work(approves), work(!approves)];
  const toPublish = reports.filter(
    ({ status, proposal }) =>
      status.wanted !== null && (status.wanted === "publish_again" || proposal === null),
  );
  // they come the latest first
  const isOfYear = ({ period }: OpenReport): boolean => period.year === reports[0]?.period.year;
  const earlier = toPublish.filter((one) => !isOfYear(one));
  const doubts = board.findings.filter(({ is_acknowledged }) => !is_acknowledged).length;
  const versions = board.versions.filter(({ recorded_at }) => recorded_at >= since.getTime());
  const answers = board.acts.filter(({ act, at }) => act === "answered" && at >= officeTime(since));
  const plans = board.planChanges.filter(({ recorded_at }) => recorded_at >= since.getTime());
  return (
    <Page title="Việc chờ anh/chị" open="viec-cho">
      <h1>Việc chờ anh/chị</h1>
      <p class="note">Tính đến {momentText(board.at)}</p>
      <h2>{approves ? "Chờ anh/chị duyệt" : "Báo cáo, kế hoạch đang soạn"}</h2>
      {mine.reports.length + mine.drafts.length === 0 ? (
        <p>{approves ? "Không có gì chờ duyệt." : "Không có dự thảo nào."}</p>
      ) : (
        <WorkList work={mine} />
      )}
      {others.reports.length + others.drafts.length > 0 && (
        <>
          <h2>{approves ? "Đang soạn" : "Chờ lãnh đạo duyệt"}</h2>
          <WorkList work={others} />
        </>
      )}
      {toPublish.length + doubts > 0 && (
        <>
          <h2>{approves ? "Cần biết" : "Cần làm"}</h2>
          <ul>
            <ToPublish of={toPublish.filter(isOfYear)} />
            {doubts > 0 && (
              <li>
                <a href={`${DESK}/theo-doi#can-kiem-tra`}>{doubts} điểm cần kiểm tra</a> trong báo
                cáo của các đơn vị.
              </li>
            )}
          </ul>
          {earlier.length > 0 && (
            <details>
              <summary>{earlier.length} báo cáo của các năm trước</summary>
              <ul>
                <ToPublish of={earlier} />
              </ul>
            </details>
          )}
        </>
      )}
      <h2>Báo cáo của các đơn vị</h2>
      <WantedCounts rows={board.rows} addressOf={(kind) => `${DESK}/theo-doi#${kind}`} />
      <OpenAsks board={board} />
      <WantedLists rows={board.rows.filter(({ wanted }) => wanted !== "to_explain")} />
      <h2>Mới từ 00 giờ hôm qua</h2>
      {versions.length + plans.length + answers.length > 0 && (
        <ul>
          {versions.map(({ plan_id, period, version, recorded_at }) => (
            <li>
              Phát hành{" "}
              <a href={versionAddress(plan_id, period, version)}>
                phiên bản {version} của báo cáo {nameOfReport(board, { plan_id, period })}
              </a>{" "}
              lúc {momentText(new Date(recorded_at))}.
            </li>
          ))}
          {answers.flatMap((act) =>
            ofKey(board.rows, reportId, reportId(act)).map((row) => (
              <li>
                <a href={unitReportAddress(row)}>{nameOfReport(board, row)}</a>: đơn vị trả lời “
                {act.said}”.
              </li>
            )),
          )}
          {plans.map(({ plan_id, approved_by, recorded_at }) => (
            <li>
              Duyệt {nameOfReport(board, { plan_id })}: {approved_by}, lúc{" "}
              {momentText(new Date(recorded_at))}.{" "}
              <a href={`${DESK}/theo-doi#${blankFormsId(plan_id)}`}>Biểu trống của mọi đơn vị</a>
            </li>
          ))}
        </ul>
      )}
      {receipts.length > 0 ? (
        <ReceiptTable receipts={receipts} board={board} />
      ) : (
        versions.length + plans.length + answers.length === 0 && (
          <p>Không có tệp, bản phát hành nào mới.</p>
        )
      )}
    </Page>
  );
};

const ToPublish: FC<{ of: readonly OpenReport[] }> = ({ of }) =>
  of.map(({ plan: { plan }, period, status }) => (
    <li>
      <a href={reportAddress(plan.id, period.code)}>{period.name}</a>, {plan.number}:{" "}
      {workSentence(status)}
    </li>
  ));

/** Reports and plans that somebody has begun. */
interface Work {
  readonly reports: readonly OpenReport[];
  readonly drafts: readonly PlanDraft[];
}

const WorkList: FC<{ work: Work }> = ({ work }) => (
  <ul class="work">
    {work.reports.map(({ plan: { plan }, period, status, proposal }) => (
      <li>
        <a class="button" href={reportAddress(plan.id, period.code)}>
          Báo cáo {inSentence(period.name)}, phiên bản {(status.version ?? 0) + 1}
        </a>
        <span>
          {plan.number}.{" "}
          {proposal !== null && (
            <>
              {proposal.prepared.name}, {momentText(new Date(proposal.prepared.at))}{" "}
              <WorkState of={proposal} />
            </>
          )}
        </span>
      </li>
    ))}
    {work.drafts.map((draft) => (
      <li>
        <a class="button" href={`${DESK}/ke-hoach/${draft.key}/xem-truoc`}>
          Kế hoạch {String(dataOf(draft).number ?? "")}
        </a>
        <span>
          {draft.saved.name}, {momentText(new Date(draft.saved.at))} <WorkState of={draft} />
        </span>
      </li>
    ))}
  </ul>
);
