import type { FC } from "hono/jsx";
import { DocumentFacts, type Hand, NO_DOCUMENT } from "../../contract/document.ts";
import type { Reader } from "../../contract/report.ts";
import { type Proof, READER_NAMES } from "../../publishing/proof.ts";
import type { PublishedFile, StoredPublication } from "../../publishing/stored-publication.ts";
import type { ResolvedPlan } from "../../sources/catalogue.ts";
import type { PlanPeriod } from "../../sources/plan/plan.ts";
import { fileContents } from "../../vocabulary/file-formats.ts";
import { capital, inSentence } from "../../vocabulary/letter-case.ts";
import { CLASSES } from "../../vocabulary/words.ts";
import { may } from "../accounts/roles.ts";
import { DESK, Done, Fault, Field, Form, momentText, Page, useVisitor } from "../page/page.tsx";
import { pageAddress, reportAddress, versionAddress } from "./publishing-page.tsx";

/** A published version, with its files by their readers. */
export interface KeptVersion {
  readonly plan: ResolvedPlan;
  readonly period: PlanPeriod;
  readonly stored: StoredPublication;
  readonly files: readonly (readonly [reader: Reader, files: readonly PublishedFile[]])[];
}

/** What people open; the rest is for programs. */
const FOR_PEOPLE = /\.(docx|pdf|xlsx|html)$/;

/** A version: where it is shown, and its files for everybody, for the office and for the superior. */
export const VersionPage: FC<KeptVersion & { done?: string; faults?: readonly string[] }> = ({
  plan: { plan },
  period,
  stored,
  files,
  done,
  faults = [],
}) => {
  const { version, check_code, is_final } = stored;
  const address = versionAddress(plan.id, period.code, version);
  const title = `Báo cáo ${inSentence(period.name)}, phiên bản ${version}`;
  const isPreparer = may(useVisitor().account.role, "prepare reports");
  const Files: FC<{ reader: Reader; of: readonly PublishedFile[] }> = ({ reader, of }) => (
    <ul>
      {of.map(({ name }) => (
        <li>
          <a href={`${address}/tep/${reader}/${encodeURIComponent(name)}`}>
            {fileContents(name) || name}
          </a>
          <small> {name}</small>
        </li>
      ))}
    </ul>
  );
  return (
    <Page title={title} open="bao-cao" script="tha-tep.js">
      <h1>{title}</h1>
      <p class="note">
        {plan.number}, {plan.short_title}. Số liệu {is_final ? "chính thức" : "sơ bộ"}, phát hành
        lúc {momentText(new Date(stored.recorded_at))}. {CLASSES[stored.class]}. Mã kiểm tra{" "}
        {check_code}.
      </p>
      <p>{handsText(stored)}</p>
      <Done>{done}</Done>
      {faults.map((fault) => (
        <Fault>{fault}</Fault>
      ))}
      <ul class="actions">
        <li>
          <a href={pageAddress(plan.id, period.code, version)}>Xem trang báo cáo đã phát hành</a>
        </li>
        <li>
          <a href={pageAddress(plan.id, period.code, null)}>Số liệu hiện nay của kỳ</a>
        </li>
        {version > 1 && (
          <li>
            <a href={`${pageAddress(plan.id, period.code, version)}#thay-doi`}>
              Thay đổi so với phiên bản {version - 1}
            </a>
            , <a href={versionAddress(plan.id, period.code, version - 1)}>phiên bản ấy</a>
          </li>
        )}
        {isPreparer && (
          <li>
            <a href={reportAddress(plan.id, period.code)}>Lập phiên bản tiếp theo</a>
          </li>
        )}
      </ul>
      {files.length === 0 && (
        <p>Phiên bản này do bản phần mềm trước phát hành, không giữ tệp; tải ở trang báo cáo.</p>
      )}
      {files.map(([reader, ofReader]) => (
        <>
          <h2>
            {capital(READER_NAMES[reader])}
            {reader === "superior" && `: ${plan.document?.addressed_to ?? ""}`}
          </h2>
          <Files reader={reader} of={ofReader.filter(({ name }) => FOR_PEOPLE.test(name))} />
          <details>
            <summary>Tệp cho phần mềm</summary>
            <Files reader={reader} of={ofReader.filter(({ name }) => !FOR_PEOPLE.test(name))} />
          </details>
        </>
      ))}
      {isPreparer && (
        <>
          <h2>Điền biểu của cấp trên</h2>
          <Form action={`${address}/bieu-cap-tren`} enctype="multipart/form-data" class="send">
            <p>
              Tệp Excel hoặc Word của cấp trên, ở ô cần điền có dấu như {"{{3.2b}}"}, {"{{ky}}"}. Số
              liệu lấy từ phiên bản này, gồm cả số không công bố.
            </p>
            <Field type="file" name="file" accept=".xlsx,.docx" required>
              Tệp biểu
            </Field>
            <label class="tick">
              <input type="checkbox" name="keeps_unknown" value="1" />
              Dấu nào không rõ thì để nguyên trong tệp
            </label>
            <button type="submit">Điền và tải về</button>
          </Form>
        </>
      )}
    </Page>
  );
};

/** Who prepared a version and who approved it, by their names at that time. */
function handsText({ document }: StoredPublication): string {
  const { prepared, approved } = DocumentFacts.parse(JSON.parse(document ?? "null") ?? NO_DOCUMENT);
  if (prepared === null || approved === null) return "Phát hành bằng dòng lệnh.";
  const text = ({ name, at }: Hand): string => `${name}, lúc ${momentText(new Date(at))}`;
  return `Người lập: ${text(prepared)}. Người duyệt: ${text(approved)}.`;
}

/** Whether a printed code, a receipt or a file is of this office. */
export const CheckPage: FC<{ code?: string; proof?: Proof | null }> = ({ code, proof }) => (
  <Page title="Kiểm tra mã, tệp" open="bao-cao" script="tha-tep.js">
    <h1>Kiểm tra mã, tệp</h1>
    {proof && (
      <p class={proof.holds ? "done" : "fault"} role="status">
        {proof.finding}
      </p>
    )}
    {proof === null && (
      <Fault>
        Chưa chọn tệp, và ô mã không phải mã như 1A2B3-C4D5E-F6071-8293A hay phiếu như 12:SHA-256.
      </Fault>
    )}
    <Form action={`${DESK}/kiem-tra`} enctype="multipart/form-data" class="narrow">
      <Field name="code" value={code ?? ""} maxlength={100} autocomplete="off">
        Mã in trên báo cáo, hoặc số phiếu và mã của tệp
      </Field>
      <Field type="file" name="file">
        Hoặc tệp báo cáo, tệp đã gửi, phiếu đã lưu
      </Field>
      <button type="submit">Kiểm tra</button>
    </Form>
  </Page>
);
