import type { FC } from "hono/jsx";
import { capital, inSentence } from "../../vocabulary/letter-case.ts";
import { DocumentPages } from "../page/document-pages.tsx";
import { Act, Basis, Form, Lines, Page, Table } from "../page/page.tsx";
import { comparedThing } from "../plans/plan-confirming.ts";
import type { PlanDraft } from "../plans/plan-drafts.ts";
import type { ExampleReport } from "../plans/plan-example.ts";
import { formWording, isOpen, type Notice, STEPS } from "../plans/plan-problems.ts";
import { labelOf, placeOf } from "../plans/plan-steps.ts";
import { comparedBy, Fold, NoticeItem, ReadTarget } from "./plan-field-parts.tsx";
import { draftAddress, draftName } from "./plan-list-page.tsx";
import { Frame, type OpenDraft } from "./plan-step-form.tsx";

/** A report as it would read, of figures that nobody has reported. */
export const ExamplePage: FC<{ draft: PlanDraft; report: ExampleReport }> = ({
  draft,
  report: { period, report },
}) => (
  <Page title="Báo cáo ví dụ" open="ke-hoach">
    <p class="note">
      <a href={draftAddress(draft, "xem-truoc")}>Xem trước</a>: {draftName(draft)}
    </p>
    <h1>Báo cáo ví dụ, {inSentence(period.name)}</h1>
    <p class="asked">
      Mọi số liệu và đánh giá ở đây là giả định, để thấy báo cáo sẽ viết thế nào; không đơn vị nào
      đã báo cáo như vậy và không số nào được giữ lại.
    </p>
    <DocumentPages report={report} />
  </Page>
);

export const PreviewStep: FC<{
  open: OpenDraft;
  approval: { readonly mayApprove: boolean; readonly mayReturn: boolean };
  /** Changes of figures and verdicts that it would bring; null where it changes no plan in use. */
  changes: readonly string[] | null;
}> = ({ open, approval, changes }) => {
  const { draft, check, notices, areas, mayWrite } = open;
  const { resolved, plan } = check;
  const errors = notices.filter(({ problem }) => problem.severity === "error");
  const unanswered = notices.filter(isOpen).length - errors.length;
  const beside = Object.entries(draft.confirmed)
    .filter(([page]) => !page.startsWith("chi-tieu/"))
    .map(
      ([page, by]) =>
        `${capital(comparedThing(page)).replace(/[.;]$/, "")}, ${inSentence(comparedBy(by))}`,
    );
  const items = (some: readonly Notice[]) => (
    <ul class="problems">
      {some.map((notice) => (
        <NoticeItem notice={notice} label={labelOf(draft, notice)}>
          <a href={`${draftAddress(draft, notice.page)}${placeOf(draft, notice)}`}>
            Sửa ở bước {STEPS[notice.step]}
            <span class="unseen">: {formWording(notice.words)}</span>
          </a>
        </NoticeItem>
      ))}
    </ul>
  );
  const isSubmitted = draft.state === "submitted";
  const basis = <Basis of={{ version: draft.version, changes }} />;
  return (
    <Frame open={open} page="xem-truoc" title="Xem trước">
      <h2>Kiểm tra</h2>
      {notices.length === 0 ? (
        <p class="done">Không có điểm nào phải sửa.</p>
      ) : (
        <>
          <p class={errors.length > 0 ? "fault" : "asked"}>
            {errors.length > 0
              ? `Còn ${errors.length} điểm phải sửa trước khi trình.`
              : unanswered > 0
                ? `Không có lỗi. Còn ${unanswered} điểm phải trả lời trước khi trình: sửa, hoặc bấm “Đã xem”.`
                : `Không có lỗi. Có ${notices.length} điểm nên xem lại.`}
          </p>
          <Form action={draftAddress(draft, "xem-truoc")}>{items(notices)}</Form>
        </>
      )}
      {changes !== null && (
        <section>
          <h2>Số liệu và đánh giá sẽ thay đổi</h2>
          {changes.length === 0 ? (
            <p>Không số liệu, đánh giá nào thay đổi.</p>
          ) : (
            <Lines of={changes} />
          )}
        </section>
      )}
      <h2>Mức chỉ tiêu, như người đọc sẽ thấy, và cách đo</h2>
      {check.targets.length === 0 ? (
        <p>Sửa xong các lỗi thì hiện ở đây.</p>
      ) : (
        <Lines
          of={check.targets.map((one) => (
            <ReadTarget
              of={one}
              name={plan?.indicators.find(({ code }) => code === one.code)?.name}
              compared={draft.confirmed[`chi-tieu/${one.code}`]}
            />
          ))}
        />
      )}
      {beside.length > 0 && (
        <>
          <h2>Đối chiếu với văn bản</h2>
          <Lines of={beside} />
        </>
      )}
      {resolved !== null && (
        <>
          <h2>Địa bàn báo cáo</h2>
          <p>
            {resolved.areas.length} nơi: {resolved.areas.map(({ called }) => called).join("; ")}.
          </p>
          {areas.length > 0 && (
            <>
              <p>Không báo cáo suốt thời gian của kế hoạch:</p>
              <Lines of={areas} />
            </>
          )}
        </>
      )}
      <h2>Biểu mẫu của từng loại đơn vị</h2>
      {resolved === null || plan === null ? (
        <p>Sửa xong các lỗi thì xem và tải được biểu mẫu.</p>
      ) : (
        <>
          <Table caption="Biểu mẫu, mỗi loại đơn vị một biểu" head={["Đơn vị", "Biểu"]}>
            {plan.units.map(({ code, name, each_area }) => {
              const unit = resolved.units.find(({ entry }) => entry === code);
              return (
                <tr>
                  <th scope="row">
                    {unit?.name ?? name}
                    {each_area && <small>và các nơi khác</small>}
                  </th>
                  <td data-label="Biểu">
                    {unit === undefined ? (
                      "–"
                    ) : (
                      <a href={draftAddress(draft, `bieu/${unit.code}`)}>
                        Xem biểu của {unit.short_name}
                      </a>
                    )}
                  </td>
                </tr>
              );
            })}
          </Table>
          <p>
            <a href={draftAddress(draft, "bao-cao-vi-du")}>
              Xem báo cáo ví dụ của kỳ đầu, với số liệu giả định
            </a>
          </p>
        </>
      )}
      {mayWrite && (
        <Form action={draftAddress(draft, "xem-truoc")} class="buttons">
          {basis}
          {!isSubmitted && (
            <Act isMain act="trinh" isDisabled={errors.length + unanswered > 0}>
              Trình duyệt
            </Act>
          )}
          <Fold words="Bỏ dự thảo này">
            <Act act="bo">Bỏ hẳn, không lấy lại được</Act>
          </Fold>
        </Form>
      )}
      {isSubmitted && approval.mayApprove && (
        <Form action={draftAddress(draft, "duyet")} class="buttons">
          {basis}
          <button type="submit">Duyệt: ghi tệp kế hoạch, bắt đầu thực hiện</button>
        </Form>
      )}
      {isSubmitted && approval.mayReturn && (
        <Form action={draftAddress(draft, "tra-lai")} class="row">
          {basis}
          <label>
            Lý do trả lại
            <input name="reason" maxlength={300} required autofocus={open.faultAt === "reason"} />
          </label>
          <button type="submit" class="plain">
            Trả lại
          </button>
        </Form>
      )}
      <p class="actions">
        <a href={draftAddress(draft, "tep")}>Xem, sửa thẳng tệp kế hoạch (YAML)</a>
      </p>
    </Frame>
  );
};
