import type { FC } from "hono/jsx";
import { placeInWords } from "../intake/reply.ts";
import type { Finding } from "../models/finding.ts";
import type { OfficeUnit, StatusRow } from "../models/submission-status.ts";
import { lastDayBefore, vietnameseDate } from "../vocabulary/date.ts";
import { findingRemedy, findingSentence } from "../vocabulary/finding-text.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import { REPORT_STATES } from "../vocabulary/words.ts";
import { reportId } from "./access.ts";
import type { Board } from "./office.ts";
import { onlineAddress } from "./online-form-page.tsx";
import { causeText, DESK, Fault, Mark, momentText, Page, Table, useVisitor } from "./page.tsx";
import type { KeptReceipt } from "./receipts.ts";
import { may } from "./roles.ts";
import type { TrialForm } from "./trial.ts";

/** `còn 5 ngày`, `hết hạn hôm nay`, `quá hạn 3 ngày`. */
function waitText(left: number): string {
  if (left === 1) return "hết hạn hôm nay";
  return left > 0 ? `còn ${left} ngày` : `quá hạn ${1 - left} ngày`;
}

/** @param isExplained every open doubt about it has been explained by the unit */
export const StateBadge: FC<{ row: StatusRow; isExplained?: boolean }> = ({ row, isExplained }) => {
  const state = row.state ?? "not_sent";
  const isLate = state === "not_sent" && row.days_left < 1;
  return (
    <span class={`badge ${isLate ? "late" : state}`}>
      {isLate
        ? "Quá hạn, chưa gửi"
        : state === "to_explain" && isExplained
          ? "Đã giải trình, chờ xác nhận"
          : REPORT_STATES[state].word}
    </span>
  );
};

/** Whether the unit has said something about every open doubt about a report. */
export function isExplained(row: StatusRow, findings: readonly Finding[]): boolean {
  const own = findings.filter(
    (one) =>
      !one.is_acknowledged &&
      one.plan_id === row.plan_id &&
      one.period === row.period &&
      one.unit_id === row.unit_id,
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

const Due: FC<{ row: StatusRow }> = ({ row }) => (
  <>
    {vietnameseDate(lastDayBefore(row.due_before))}
    {row.submissions === 0 && <small>{waitText(row.days_left)}</small>}
  </>
);

const SendForm: FC<{ isForAny: boolean }> = ({ isForAny }) => (
  <form method="post" action={`${DESK}/gui`} enctype="multipart/form-data" class="send">
    <Mark />
    <label>
      Tệp biểu mẫu đã điền (.xlsx, .xls, .ods), tệp CSV, tệp nén .zip hoặc thư .eml; chọn được nhiều
      tệp
      <input type="file" name="file" multiple required />
    </label>
    {isForAny && (
      <label>
        Nhận lúc (để trống nếu nhận bây giờ)
        <input type="datetime-local" name="received" />
      </label>
    )}
    <button type="submit">{isForAny ? "Nhận tệp" : "Gửi báo cáo"}</button>
    <p class="note">
      Sau vài giây có phiếu tiếp nhận, hoặc danh sách từng điểm phải sửa kèm vị trí ô.
    </p>
  </form>
);

/** What a unit owes under every plan, and the door for what it sends. */
export const OwnWorkPage: FC<{
  board: Board;
  units: readonly OfficeUnit[];
  /** The open doubts about its reports. */
  doubts: readonly Finding[];
  /** The receipt of the file that was sent back last, by report. */
  sentBack: ReadonlyMap<string, number>;
  /** On a demonstration: forms to be tried. */
  trialForms: readonly TrialForm[];
  fault?: string | undefined;
}> = ({ board, units, doubts, sentBack, trialForms, fault }) => {
  const { account } = useVisitor();
  const own = board.rows.filter(
    (row) => row.timeliness !== "not_applicable" && account.units.includes(row.office_code ?? ""),
  );
  const open = own
    .filter(({ state }) => state !== "received")
    .sort((one, other) => one.due_before.localeCompare(other.due_before));
  const sent = own
    .filter(({ submissions }) => submissions > 0)
    .sort((one, other) => (other.last_received_at ?? "").localeCompare(one.last_received_at ?? ""));
  return (
    <Page title="Việc của đơn vị tôi" open="viec" script="tha-tep.js">
      <h1>{units.map(({ unit_name }) => unit_name).join("; ") || "Việc của đơn vị tôi"}</h1>
      <p class="note">Tính đến {momentText(board.at)}</p>
      <Fault>{fault}</Fault>
      <h2>Gửi báo cáo</h2>
      <SendForm isForAny={false} />
      {trialForms.length > 0 && (
        <>
          <p class="note">Biểu điền sẵn để dùng thử: tải về rồi gửi ở trên.</p>
          <ul>
            {trialForms.map(({ id, words }) => (
              <li>
                <a href={`${DESK}/dung-thu/bieu/${id}`}>{words}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>Phải gửi, gửi lại hoặc giải trình</h2>
      {open.length === 0 ? (
        <p>Đơn vị đã gửi tất cả báo cáo; không còn điểm nào phải giải trình.</p>
      ) : (
        <Table
          caption="Báo cáo còn phải gửi, gửi lại hoặc giải trình, hạn sớm nhất trước"
          head={["Báo cáo", "Hạn gửi", "Tình trạng", "Lập báo cáo"]}
        >
          {open.map((row) => (
            <tr data-report={`${row.plan_id} ${row.period} ${row.unit_code}`}>
              <th scope="row">
                <ReportName row={row} />
                {units.length > 1 && <small>{row.unit_name}</small>}
              </th>
              <td data-label="Hạn gửi">
                <Due row={row} />
              </td>
              <td>
                <StateBadge row={row} isExplained={isExplained(row, doubts)} />
                {row.state === "returned" && <SentBack no={sentBack.get(reportId(row))} />}
              </td>
              <td>
                <a href={onlineAddress(row.plan_id, row.period, row.unit_code)}>Nhập trên trang</a>
                <small>
                  <a href={formAddress(row)} download>
                    Tải biểu trống (.xlsx)
                  </a>
                </small>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {doubts.length > 0 && (
        <>
          <h2 id="giai-trinh">Điểm cần giải trình</h2>
          <FindingItems findings={doubts} isToAnswer />
        </>
      )}
      <h2>Đã gửi</h2>
      {sent.length === 0 ? (
        <p>Chưa nhận được báo cáo nào của đơn vị.</p>
      ) : (
        <Table
          caption="Báo cáo đã nhận, gần nhất trước; đúng hạn tính theo lần gửi đầu tiên"
          head={["Báo cáo", "Hạn gửi", "Nhận gần nhất", "Tình trạng", "Số liệu"]}
        >
          {sent.map((row) => (
            <tr>
              <th scope="row">
                <ReportName row={row} />
              </th>
              <td data-label="Hạn gửi">{vietnameseDate(lastDayBefore(row.due_before))}</td>
              <td data-label="Nhận gần nhất">
                {row.last_received_at === null ? "–" : momentText(row.last_received_at)}
                {(row.days_late ?? 0) > 0 && <small>trễ {row.days_late} ngày</small>}
              </td>
              <td>
                <StateBadge row={row} />
              </td>
              <td>
                <a href={onlineAddress(row.plan_id, row.period, row.unit_code)}>Xem, sửa số liệu</a>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Page>
  );
};

/** The way to what has to be mended, and to the marked copy. */
const SentBack: FC<{ no: number | undefined }> = ({ no }) =>
  no === undefined ? null : (
    <small>
      <a href={`${DESK}/phieu/${no}`}>Xem phiếu trả lại số {no}</a>
    </small>
  );

/** Where the blank form of a report is. */
export function formAddress({
  plan_id,
  period,
  unit_code,
}: Pick<StatusRow, "plan_id" | "period" | "unit_code">): string {
  return `${DESK}/bieu-mau/${[plan_id, period, unit_code].map(encodeURIComponent).join("/")}`;
}

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
            {findingSentence(one)}. {findingRemedy(one.rule)}
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
    <form method="post" action={`${DESK}/${isStaff ? "xac-nhan" : "giai-trinh"}`} class="row">
      <Mark />
      <input type="hidden" name="finding" value={finding.finding_id} />
      <label>
        {isStaff
          ? "Lý do xác nhận"
          : finding.explanation === null
            ? "Giải trình"
            : "Giải trình lại"}
        <input name={isStaff ? "reason" : "said"} maxlength={400} required />
      </label>
      <button type="submit" class="plain">
        {isStaff ? "Xác nhận" : "Gửi giải trình"}
      </button>
    </form>
  );
};

const OUTCOMES: Readonly<Record<KeptReceipt["outcome"], string>> = {
  accepted: "Đã tiếp nhận",
  refused: "Trả lại",
  duplicate: "Trùng tệp đã nhận",
};

export const ReceiptTable: FC<{ receipts: readonly KeptReceipt[] }> = ({ receipts }) =>
  receipts.length === 0 ? (
    <p>Chưa có tệp nào.</p>
  ) : (
    <Table
      caption="Tệp đã nhận, gần nhất trước"
      head={["Phiếu số", "Tệp", "Nhận lúc", "Kết quả", "Người gửi"]}
    >
      {receipts.map((one) => (
        <tr>
          <th scope="row">
            <a href={`${DESK}/phieu/${one.receiptNo}`}>Số {one.receiptNo}</a>
          </th>
          <td data-label="Tệp">{one.file}</td>
          <td data-label="Nhận lúc">{momentText(one.receivedAt)}</td>
          <td>
            <span class={`badge ${one.outcome}`}>{OUTCOMES[one.outcome]}</span>
            {one.outcome === "accepted" && one.problems.length > 0 && (
              <small>{one.problems.length} điểm cần giải trình</small>
            )}
          </td>
          <td data-label="Người gửi">{one.by === null ? "–" : causeText(one.by)}</td>
        </tr>
      ))}
    </Table>
  );

export const ReceiptsPage: FC<{ receipts: readonly KeptReceipt[] }> = ({ receipts }) => (
  <Page title="Tệp đã gửi" open="phieu">
    <h1>Tệp đã gửi</h1>
    <ReceiptTable receipts={receipts} />
    {may(useVisitor().account.role, "erase") && (
      <p>
        <a href={`${DESK}/xoa-noi-dung`}>Tìm và xóa nội dung có dữ liệu cá nhân</a>
      </p>
    )}
  </Page>
);

/** The door for files that staff take in on behalf of units. */
export const TakeInPage: FC = () => (
  <Page title="Nhận thay" open="gui-thay" script="tha-tep.js">
    <h1>Nhận tệp thay đơn vị</h1>
    <p>Tệp của đơn vị nào, kỳ nào được nhận ra từ nội dung của tệp.</p>
    <SendForm isForAny />
  </Page>
);

/** What became of one file: the receipt, or everything that is wrong with it. */
export const ReceiptPage: FC<{
  board: Board;
  receipt: KeptReceipt;
  hasMarkedCopy: boolean;
  isFileKept: boolean;
  mayErase: boolean;
  /** Why it was not erased. */
  fault: string | undefined;
}> = ({ board, receipt, hasMarkedCopy, isFileKept, mayErase, fault }) => {
  const { account } = useVisitor();
  const { receiptNo, outcome, problems } = receipt;
  const title =
    outcome === "refused" ? `Phiếu trả lại số ${receiptNo}` : `Phiếu tiếp nhận số ${receiptNo}`;
  const reports = receipt.claims.map(({ plan_id, unit_id, period }) => {
    const plan = board.catalogue.plans.find(({ plan: { id } }) => id === plan_id);
    const unit = plan?.units.find((one) => one.unit_id === unit_id)?.name ?? unit_id;
    const name = plan?.plan.periods.find(({ code }) => code === period)?.name ?? period;
    return `${unit}, ${inSentence(name)}, kế hoạch ${plan?.plan.number ?? plan_id}`;
  });
  return (
    <Page title={title} open="phieu">
      <h1>{title}</h1>
      <Fault>{fault}</Fault>
      <p class={outcome === "refused" ? "fault" : "told"} role="status">
        {outcome === "refused"
          ? `Tệp chưa được tiếp nhận: có ${problems.filter(({ severity }) => severity === "error").length} điểm phải sửa. Không số nào trong tệp được tính.`
          : outcome === "duplicate"
            ? "Tệp giống hệt tệp đã tiếp nhận trước đây; không có gì thay đổi."
            : receipt.isPackage
              ? "Tệp đã được mở; từng biểu trong đó có phiếu riêng."
              : problems.length > 0
                ? `Báo cáo đã được tiếp nhận; có ${problems.length} điểm cần giải trình hoặc sửa.`
                : "Báo cáo đã được tiếp nhận."}
      </p>
      <dl>
        <dt>Tệp</dt>
        <dd>{receipt.file}</dd>
        {reports.length > 0 && (
          <>
            <dt>Báo cáo</dt>
            <dd>{reports.slice(0, 50).join("; ")}</dd>
          </>
        )}
        <dt>Nhận lúc</dt>
        <dd>{momentText(receipt.receivedAt)}</dd>
        {receipt.by !== null && (
          <>
            <dt>Người gửi</dt>
            <dd>{causeText(receipt.by)}</dd>
          </>
        )}
        <dt>Mã kiểm tra của tệp (SHA-256)</dt>
        <dd>
          <code>{receipt.sha256}</code>
        </dd>
      </dl>
      {problems.length > 0 && (
        <>
          <h2>{outcome === "refused" ? "Điểm phải sửa" : "Điểm cần giải trình hoặc sửa"}</h2>
          <ol class="problems">
            {problems.map((problem) => {
              const place = placeInWords(problem);
              return (
                <li>
                  {place !== "" && <strong>{place}: </strong>}
                  {problem.found}
                  <p class="note">Cách xử lý: {problem.remedy}</p>
                </li>
              );
            })}
          </ol>
        </>
      )}
      <ul class="actions">
        {hasMarkedCopy && (
          <li>
            <a href={`${DESK}/phieu/${receiptNo}/ban-danh-dau`}>
              Tải bản sao đã đánh dấu các ô (.xlsx)
            </a>
          </li>
        )}
        {outcome === "accepted" &&
          problems.length > 0 &&
          may(account.role, "send for own units") && (
            <li>
              <a href={`${DESK}/viec#giai-trinh`}>Giải trình các điểm này</a>
            </li>
          )}
        {isFileKept && (
          <li>
            <a href={`${DESK}/phieu/${receiptNo}/tep`}>Tải tệp đã gửi</a>
          </li>
        )}
        <li>
          <a href={`${DESK}/`}>Về trang đầu</a>
        </li>
      </ul>
      {mayErase && (
        <details>
          <summary>Xóa tệp này vì có dữ liệu cá nhân</summary>
          <p>
            Tệp, mọi ghi chú và nội dung trích từ tệp bị xóa hẳn, không lấy lại được; cả tệp nén
            hoặc thư đã chứa tệp. Số liệu vẫn giữ. Việc xóa, người xóa và lý do được ghi vào nhật
            ký. Bản sao lưu không tự đổi.
          </p>
          <form method="post" action={`${DESK}/phieu/${receiptNo}/xoa`} class="row">
            <Mark />
            <label>
              Lý do xóa (không nêu tên ai)
              <input name="reason" maxlength={500} required />
            </label>
            <label>
              Ghi số phiếu {receiptNo} để xác nhận
              <input name="number" inputmode="numeric" autocomplete="off" required />
            </label>
            <button type="submit" class="plain">
              Xóa hẳn
            </button>
          </form>
        </details>
      )}
    </Page>
  );
};

/** A few words where there is nothing else to show. */
export const WordsPage: FC<{ title: string; words: string; isForAnybody?: boolean }> = ({
  title,
  words,
  isForAnybody = false,
}) => (
  <Page {...{ title, isForAnybody }}>
    <h1>{title}</h1>
    <p>{words}</p>
    <p>
      <a href={`${DESK}/`}>Về trang đầu</a>
    </p>
  </Page>
);

/** What became of several files that were sent together. */
export const SentPage: FC<{
  files: readonly {
    readonly file: string;
    readonly receiptNo: number | null;
    readonly words: string;
  }[];
}> = ({ files }) => (
  <Page title="Kết quả gửi">
    <h1>Kết quả gửi {files.length} tệp</h1>
    <Table caption="Từng tệp, theo thứ tự gửi" head={["Tệp", "Kết quả", "Phiếu"]}>
      {files.map((one) => (
        <tr>
          <th scope="row">{one.file}</th>
          <td>{one.words}</td>
          <td>
            {one.receiptNo === null ? (
              "không có: tệp chưa được nhận"
            ) : (
              <a href={`${DESK}/phieu/${one.receiptNo}`}>Phiếu số {one.receiptNo}</a>
            )}
          </td>
        </tr>
      ))}
    </Table>
    <p>
      <a href={`${DESK}/`}>Về trang đầu</a>
    </p>
  </Page>
);
