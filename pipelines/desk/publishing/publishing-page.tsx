import type { FC } from "hono/jsx";
import type { PublicationClass } from "../../contract/report.ts";
import { TEXT_HEADS, WRITTEN_HEADS } from "../../contract/text-heads.ts";
import type { ReportStatus } from "../../models/submission-status.ts";
import type { Preview } from "../../publishing/publish.ts";
import { changeLines, provisionalLines } from "../../sentences/approval.ts";
import { workSentence } from "../../sentences/readiness.ts";
import type { ResolvedPlan } from "../../sources/catalogue.ts";
import type { PlanPeriod } from "../../sources/plan/plan.ts";
import { lastDayBefore, vietnameseDate } from "../../vocabulary/date.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { CLASSES } from "../../vocabulary/words.ts";
import type { Proposal } from "../kept/proposals.ts";
import { DocumentPages } from "../page/document-pages.tsx";
import {
  Act,
  Basis,
  DESK,
  Fault,
  Field,
  Form,
  Lines,
  momentText,
  Page,
  Select,
  Table,
  WorkState,
} from "../page/page.tsx";
import { shortfallAddress } from "../reporting/shortfall-page.tsx";

/** A report whose period has begun, how it stands and what is proposed. */
export interface OpenReport {
  readonly plan: ResolvedPlan;
  readonly period: PlanPeriod;
  readonly status: ReportStatus;
  /** Null where nothing is proposed. */
  readonly proposal: Proposal | null;
}

/** The address of a report that is drawn up. */
export function reportAddress(plan: string, period: string): string {
  return `${DESK}/bao-cao/${[plan, period].map(encodeURIComponent).join("/")}`;
}

/** The address of a version and its files. */
export function versionAddress(plan: string, period: string, version: number): string {
  return `${reportAddress(plan, period)}/v${version}`;
}

/** The address of a version's page, or of the figures of a period, among the report pages. */
export function pageAddress(plan: string, period: string, version: number | null): string {
  return version === null ? `/${plan}/ky/${period}/` : `/${plan}/bao-cao/${period}/v${version}/`;
}

/** Every report of every plan that has begun, the latest period first. */
export const ReportsPage: FC<{ reports: readonly OpenReport[] }> = ({ reports }) => (
  <Page title="Báo cáo" open="bao-cao">
    <h1>Lập và phát hành báo cáo</h1>
    <p>
      <a href={`${DESK}/kiem-tra`}>Kiểm tra mã in trên báo cáo hoặc một tệp</a>
    </p>
    {reports.length === 0 ? (
      <p>Chưa kỳ báo cáo nào bắt đầu.</p>
    ) : (
      <Table
        caption="Các kỳ đã bắt đầu, gần nhất trước"
        head={["Báo cáo", "Hạn gửi", "Đơn vị đã gửi", "Đã phát hành", "Dự thảo"]}
      >
        {reports.map(({ plan: { plan }, period, status, proposal }) => (
          <tr>
            <th scope="row">
              <a href={reportAddress(plan.id, period.code)}>{period.name}</a>
              <small>
                {plan.number}, {plan.short_title}
              </small>
            </th>
            <td data-label="Hạn gửi">{vietnameseDate(lastDayBefore(period.due_before))}</td>
            <td data-label="Đơn vị đã gửi">
              {status.units_received}/{status.units}
            </td>
            <td data-label="Đã phát hành">
              {status.version === null ? (
                "chưa"
              ) : (
                <a href={versionAddress(plan.id, period.code, status.version)}>
                  Phiên bản {status.version}
                </a>
              )}
              {status.wanted !== null && <small>{workSentence(status)}</small>}
            </td>
            <td data-label="Dự thảo">{proposal === null ? "–" : <WorkState of={proposal} />}</td>
          </tr>
        ))}
      </Table>
    )}
  </Page>
);

export interface ReportShown extends Pick<OpenReport, "plan" | "period" | "proposal"> {
  readonly preview: Preview;
  readonly mayPrepare: boolean;
  readonly mayApprove: boolean;
  readonly mayReturn: boolean;
  /** There is a published version with files for a superior. */
  readonly isHandedUp: boolean;
  readonly done?: string | undefined;
  readonly fault?: string | undefined;
}

/** A report as it would be published: to be drawn up, or to be approved. */
export const ReportPage: FC<ReportShown> = (shown) => {
  const { plan, period, proposal, preview } = shown;
  const { mayPrepare, mayApprove, mayReturn, done, fault } = shown;
  const { blockers, report } = preview;
  const address = reportAddress(plan.plan.id, period.code);
  return (
    <Page title={`Báo cáo ${inSentence(period.name)}`} open="bao-cao">
      <h1>Báo cáo {inSentence(period.name)}</h1>
      <p class="note">
        {plan.plan.number}, {plan.plan.short_title}. Sẽ là phiên bản {report.publication.version}.{" "}
        <a href={pageAddress(plan.plan.id, period.code, null)}>Số liệu hiện nay của kỳ</a>
      </p>
      {done && <p class="done">{done}</p>}
      <Fault>{fault}</Fault>
      <p>
        <a href={shortfallAddress(plan.plan.id, period.code)}>
          Nguyên nhân, giải pháp của cơ quan và các đơn vị
        </a>
      </p>
      {proposal !== null && (
        <p>
          <WorkState of={proposal} /> {proposal.prepared.name} lập lúc{" "}
          {momentText(new Date(proposal.prepared.at))}.
        </p>
      )}
      {proposal !== null && proposal.returned !== null && proposal.state !== "submitted" && (
        <p class="asked">
          {proposal.returned.name} trả lại lúc {momentText(new Date(proposal.returned.at))}:{" "}
          {proposal.returned.reason}
        </p>
      )}
      {shown.isHandedUp && (
        <p>
          <a href={`${address}/gui-cap-tren.zip`}>Tải gói gửi cấp trên</a> của bản phát hành mới
          nhất (.zip): cơ quan cấp trên nhận như một biểu, không mở ra sửa.
        </p>
      )}
      <h2>Điều kiện phát hành</h2>
      {blockers.length === 0 ? (
        <p class="done">Không có gì vướng.</p>
      ) : (
        <>
          <ul class="problems">
            {blockers.map((blocker) => (
              <li>{blocker}</li>
            ))}
          </ul>
          <p class="note">
            Báo cáo của đơn vị thì xử lý ở <a href={`${DESK}/theo-doi`}>Theo dõi</a>: mở báo cáo để
            giữ báo cáo đã tiếp nhận, trả lại hoặc xác nhận.
          </p>
        </>
      )}
      <Summary {...{ preview }} />
      {mayApprove && proposal?.state === "submitted" && (
        <Decision {...{ address, proposal, preview, mayReturn }} />
      )}
      {mayPrepare && <Choice {...{ address, plan, proposal, preview }} />}
      <h2>Văn bản sẽ phát hành</h2>
      <p>
        <a href={`${address}/du-thao.pdf`}>Mở từng trang như khi in (.pdf)</a>, tải{" "}
        <a href={`${address}/du-thao.docx`}>dự thảo (.docx)</a>,{" "}
        <a href={`${address}/du-thao.xlsx`}>bảng số liệu (.xlsx)</a>
      </p>
      <DocumentPages report={report} />
    </Page>
  );
};

/** What changes with a version, and what of it is provisional. */
const Summary: FC<{ preview: Preview }> = ({ preview: { report, outdated } }) => {
  const { version, is_final } = report.publication;
  const provisional = provisionalLines(report);
  return (
    <>
      {outdated.map((head) => (
        <p class="asked">
          Mục “{TEXT_HEADS[head]}” được viết lại khi lời soạn sẵn theo số liệu còn khác: đối chiếu
          với số liệu hiện nay.
        </p>
      ))}
      {version > 1 && (
        <>
          <h2>Thay đổi so với phiên bản {version - 1}</h2>
          <Lines of={changeLines(report)} />
        </>
      )}
      <h2>Tạm tính</h2>
      <Lines
        of={[
          `Phát hành là số liệu ${is_final ? "chính thức" : "sơ bộ"}.`,
          ...(provisional.length === 0
            ? ["Không chỉ tiêu nào của toàn địa bàn còn tạm tính."]
            : provisional),
        ]}
      />
    </>
  );
};

/** Asks once more, with the name of what would be published. */
export const ApprovalPage: FC<
  Pick<ReportShown, "plan" | "period" | "preview"> & {
    proposal: Proposal;
  }
> = ({ plan, period, preview, proposal }) => {
  const { version } = preview.report.publication;
  const address = reportAddress(plan.plan.id, period.code);
  const name = `phiên bản ${version} của báo cáo ${inSentence(period.name)}`;
  return (
    <Page title={`Phát hành ${name}?`} open="bao-cao">
      <h1>Phát hành {name}?</h1>
      <p class="note">
        {plan.plan.number}, {plan.plan.short_title}. {CLASSES[proposal.class]}. Lý do:{" "}
        {proposal.reason}.
      </p>
      <p class="asked">
        Phát hành rồi thì không sửa, không rút lại được; sai thì phát hành phiên bản {version + 1}.
      </p>
      <Summary {...{ preview }} />
      <Form action={`${address}/duyet`}>
        <input type="hidden" name="substance" value={preview.substance} />
        <Basis of={proposal} />
        <p class="buttons">
          <button type="submit" name="version" value={String(version)}>
            Phát hành phiên bản {version}
          </button>
          <a class="button plain" href={address}>
            Xem lại
          </a>
        </p>
      </Form>
    </Page>
  );
};

/** The word on what was submitted: a leader's, or that of who does both. */
const Decision: FC<{
  address: string;
  proposal: Proposal;
  preview: Preview;
  mayReturn: boolean;
}> = ({ address, proposal, preview, mayReturn }) => (
  <>
    <h2>{mayReturn ? "Ý kiến của lãnh đạo" : "Duyệt báo cáo"}</h2>
    {!mayReturn && <p class="note">Theo tệp kế hoạch, một người vừa lập vừa duyệt báo cáo.</p>}
    <Form action={`${address}/duyet`}>
      <input type="hidden" name="substance" value={preview.substance} />
      <Basis of={proposal} />
      <button type="submit" disabled={preview.blockers.length > 0}>
        Duyệt phiên bản {preview.report.publication.version}
      </button>
    </Form>
    {mayReturn && (
      <Form action={`${address}/tra-lai`} class="row">
        <Basis of={proposal} />
        <Field name="reason" maxlength={400} required>
          Lý do trả lại
        </Field>
        <button type="submit" class="plain">
          Trả lại
        </button>
      </Form>
    )}
  </>
);

const Choice: FC<{
  address: string;
  plan: ResolvedPlan;
  proposal: Proposal | null;
  preview: Preview;
}> = ({ address, plan, proposal, preview }) => {
  const { version } = preview.report.publication;
  const classes = (Object.keys(CLASSES) as PublicationClass[]).filter(
    (one) => (one === "first") === (version === 1),
  );
  const { document } = plan.plan;
  const ofPlan = [document?.authority, document?.signatory_title].filter(Boolean).join("; ");
  return (
    <>
      <h2>Lập báo cáo</h2>
      <Form action={address} class="wide">
        <Basis of={proposal} />
        <Select
          name="class"
          of={classes.map((one) => [one, CLASSES[one]] as const)}
          chosen={proposal?.class}
        >
          Loại
        </Select>
        <Field
          name="reason"
          maxlength={400}
          value={proposal?.reason ?? (version === 1 ? "Báo cáo định kỳ theo Kế hoạch" : "")}
        >
          Lý do phát hành (in trên báo cáo)
        </Field>
        <label class="tick">
          <input type="checkbox" name="is_final" value="1" checked={proposal?.is_final ?? false} />
          Số liệu chính thức; không chọn thì là số liệu sơ bộ
        </label>
        <label class="tick">
          <input
            type="checkbox"
            name="lets_stand"
            value="1"
            checked={proposal?.lets_stand ?? false}
          />
          Đã xem xét, để nguyên các điểm cần kiểm tra, đơn vị chưa gửi và số liệu kỳ trước đã đổi
        </label>
        <div class="pair">
          <Field
            name="number"
            maxlength={60}
            value={proposal?.number ?? ""}
            placeholder="05/BC-UBND"
          >
            Số văn bản, nếu đã có
          </Field>
          <Field type="date" name="dated" value={proposal?.dated ?? ""}>
            Ngày văn bản
          </Field>
        </div>
        <Field
          name="signature"
          maxlength={300}
          value={proposal?.signature.join("; ") ?? ""}
          placeholder="TM. Ủy ban nhân dân; KT. Chủ tịch; Phó Chủ tịch"
        >
          Thẩm quyền và chức vụ người ký, nếu khác kế hoạch ({ofPlan || "kế hoạch không ghi"})
        </Field>
        <Field name="signatory" maxlength={100} value={proposal?.signatory ?? ""}>
          Họ tên người ký
        </Field>
        <details open={Boolean(proposal?.texts) || Object.keys(preview.remarks).length > 0}>
          <summary>Đánh giá, nhiệm vụ, kiến nghị</summary>
          <p class="note">
            Mỗi dòng là một đoạn. Lời soạn sẵn theo số liệu và theo khó khăn, kiến nghị mà các đơn
            vị ghi trên biểu; sửa thì bản sửa là một phần của báo cáo. Đọc, lược bỏ, viết lại ý kiến
            của các đơn vị trước khi trình.
          </p>
          {WRITTEN_HEADS.map((head) => {
            const remarks = preview.remarks[head] ?? [];
            const derived = preview.derived[head];
            const written = preview.report.publication.document.texts?.heads[head];
            const lines = written ?? (proposal === null ? [...derived, ...remarks] : derived);
            const left = remarks.filter((one) => !lines.includes(one));
            return (
              <>
                <input type="hidden" name={`soan-san:${head}`} value={derived.join("\n")} />
                <label>
                  {TEXT_HEADS[head]}
                  <textarea name={`noi-dung:${head}`} rows={Math.max(2, lines.length * 2)}>
                    {lines.join("\n")}
                  </textarea>
                </label>
                {left.length > 0 && (
                  <ul class="note">
                    {left.map((one) => (
                      <li>Chưa có nguyên văn trong mục trên: {one}</li>
                    ))}
                  </ul>
                )}
              </>
            );
          })}
          <label class="tick">
            <input
              type="checkbox"
              name="texts_shared"
              value="1"
              checked={proposal?.texts?.is_shared ?? false}
            />
            Lời đã sửa được in cả trong bản cho mọi người xem: không nêu số liệu không công bố
          </label>
        </details>
        <p class="buttons">
          <Act act="trinh" isMain>
            Trình duyệt
          </Act>
          <Act act="luu">Lưu và xem trước</Act>
        </p>
      </Form>
    </>
  );
};
