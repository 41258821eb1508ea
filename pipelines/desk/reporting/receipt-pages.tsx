import type { FC } from "hono/jsx";
import { agencyOf } from "../../exports/reminder-letter.ts";
import type { AreasBelow } from "../../intake/handed-up.ts";
import { placeInWords } from "../../intake/reply.ts";
import type { RecordedAct } from "../../ledger/recorded-acts.ts";
import type { StatusRow } from "../../models/submission-status.ts";
import type { HandedVersion } from "../../readers/handed-reader.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { numberText } from "../../vocabulary/number.ts";
import { may } from "../accounts/roles.ts";
import type { KeptReceipt, ListedReceipt } from "../kept/receipts.ts";
import type { Board } from "../office/board.ts";
import { actsOn, type Standing } from "../page/access.ts";
import {
  causeText,
  DESK,
  Fault,
  Field,
  Form,
  momentText,
  Page,
  Table,
  useVisitor,
} from "../page/page.tsx";
import { comparisonAddress } from "./compared-page.tsx";
import { OUTCOMES, ReceiptTable, reportNames } from "./receipt-table.tsx";
import { reportAddress } from "./report-act-page.tsx";
import { actWords, isBack } from "./report-acts.ts";
import { FindingItems } from "./report-parts.tsx";

/** The offices to which a file reports. */
function agenciesOf({ catalogue }: Board, { claims }: ListedReceipt): string[] {
  const plans = catalogue.plans.filter(({ plan: { id } }) =>
    claims.some(({ plan_id }) => plan_id === id),
  );
  return [...new Set(plans.map(({ plan }) => agencyOf(plan)))];
}

/** What of the files is asked for, and which part of them is shown. */
export interface AskedFiles {
  readonly words: string;
  /** Empty: whatever became of them. */
  readonly outcome: string;
  /** From 1. */
  readonly page: number;
}

const LISTED = 25;

/** Whether a file is asked for: by its name, its number, the unit or the period that it is of. */
export function isAskedFor(board: Board, { words, outcome }: AskedFiles) {
  const wanted = words.normalize("NFC").toLowerCase().trim();
  return (receipt: ListedReceipt): boolean =>
    (outcome === "" || receipt.outcome === outcome) &&
    (wanted === "" ||
      [receipt.file, `số ${receipt.receiptNo}`, ...reportNames(board, receipt)].some((text) =>
        text.normalize("NFC").toLowerCase().includes(wanted),
      ));
}

/** @param receipts all that are asked for */
export const ReceiptsPage: FC<{
  receipts: readonly ListedReceipt[];
  board: Board;
  asked: AskedFiles;
}> = ({ receipts, board, asked }) => {
  const title = may(useVisitor().account.role, "see every unit") ? "Tệp đã nhận" : "Tệp đã gửi";
  const pages = Math.max(1, Math.ceil(receipts.length / LISTED));
  const page = Math.min(asked.page, pages);
  const Turn: FC<{ to: number; words: string }> = ({ to, words }) =>
    to < 1 || to > pages ? null : (
      <a
        href={`${DESK}/phieu?${new URLSearchParams({ tim: asked.words, kq: asked.outcome, trang: String(to) })}`}
      >
        {words}
      </a>
    );
  return (
    <Page title={title} open="phieu">
      <h1>{title}</h1>
      <form method="get" action={`${DESK}/phieu`} class="row">
        <Field type="search" name="tim" value={asked.words} maxlength={100}>
          Đơn vị, kỳ, tên tệp hoặc số phiếu
        </Field>
        <label>
          Kết quả
          <select name="kq">
            <option value="">Mọi kết quả</option>
            {Object.entries(OUTCOMES).map(([outcome, words]) => (
              <option value={outcome} selected={outcome === asked.outcome}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="plain">
          Lọc
        </button>
      </form>
      <ReceiptTable receipts={receipts.slice((page - 1) * LISTED, page * LISTED)} board={board} />
      {pages > 1 && (
        <p class="pager">
          <Turn to={page - 1} words="Trang trước" />
          <span>
            Trang {page}/{pages}, {receipts.length} tệp
          </span>
          <Turn to={page + 1} words="Trang sau" />
        </p>
      )}
      {may(useVisitor().account.role, "erase") && (
        <p>
          <a href={`${DESK}/xoa-noi-dung`}>Tìm và xóa nội dung có dữ liệu cá nhân</a>
        </p>
      )}
    </Page>
  );
};

function acceptedWords(standing: Standing | null): string {
  const taken = "Báo cáo đã được tiếp nhận";
  if (standing === null) {
    return `${taken}. Đang đối chiếu với kỳ trước và các báo cáo khác; trang này tự mở lại.`;
  }
  const { doubts, counted } = standing;
  if (doubts.length > 0) return `${taken}; có ${doubts.length} điểm cần giải trình hoặc sửa.`;
  return counted.length === 0 ? `${taken}.` : `${taken}; không có điểm nào phải giải trình.`;
}

function goneWords({ last_received_at }: StatusRow, acts: readonly RecordedAct[]): string {
  const act = acts.findLast(isBack);
  const why =
    last_received_at !== null
      ? `: báo cáo nhận lúc ${momentText(last_received_at)} đã thay cho báo cáo này.`
      : act === undefined
        ? "."
        : `. ${actWords(act)} lúc ${momentText(act.at)}${act.said === "" ? "" : `: ${act.said}`}`;
  return `Số liệu trong tệp này không còn được tính${why}`;
}

/** What became of one file: the receipt, or everything that is wrong with it. */
export const ReceiptPage: FC<{
  board: Board;
  receipt: KeptReceipt;
  /** What its reports have come to; null while that is not known yet. */
  standing: Standing | null;
  hasMarkedCopy: boolean;
  isFileKept: boolean;
  /** Other accepted files of the same report, the latest first. */
  others: readonly ListedReceipt[];
  /** A package of a plan that none takes from may be the beginning of that. */
  mayMap: boolean;
  /** A package that was refused for what the office itself had to do first. */
  mayTakeAgain: boolean;
  mayErase: boolean;
  /** Why it was not erased. */
  fault: string | undefined;
}> = ({
  board,
  receipt,
  standing,
  hasMarkedCopy,
  isFileKept,
  others,
  mayMap,
  mayTakeAgain,
  mayErase,
  fault,
}) => {
  const { account } = useVisitor();
  const { receiptNo, outcome, problems } = receipt;
  const title =
    outcome === "refused" ? `Phiếu trả lại số ${receiptNo}` : `Phiếu tiếp nhận số ${receiptNo}`;
  const reports = reportNames(board, receipt);
  const agencies = agenciesOf(board, receipt);
  return (
    <Page title={title} open="phieu">
      <h1>{title}</h1>
      <Fault>{fault}</Fault>
      <p class={outcome === "refused" ? "fault" : "done"} role="status">
        {outcome === "refused"
          ? `Tệp chưa được tiếp nhận: có ${problems.filter(({ severity }) => severity === "error").length} điểm phải sửa. Không số nào trong tệp được tính.`
          : outcome === "duplicate"
            ? "Tệp giống hệt tệp đã tiếp nhận trước đây; không có gì thay đổi."
            : receipt.isPackage
              ? "Tệp đã được mở; từng biểu trong đó có phiếu riêng."
              : acceptedWords(standing)}
      </p>
      {outcome === "refused" &&
        standing?.gone
          .filter(({ last_received_at }) => last_received_at !== null)
          .map((row) => (
            <p class="asked">
              {row.unit_name}, {inSentence(row.period_name)}: số liệu đang được tính là của báo cáo
              nhận lúc {momentText(row.last_received_at ?? "")}.
            </p>
          ))}
      {outcome !== "refused" &&
        standing?.gone.map((row) => (
          <p class="asked">
            {standing.gone.length + standing.counted.length > 1 &&
              `${row.unit_name}, ${inSentence(row.period_name)}: `}
            {goneWords(row, actsOn(board, row))}
          </p>
        ))}
      <dl>
        <dt>Tệp</dt>
        <dd>{receipt.file}</dd>
        {reports.length > 0 && (
          <>
            <dt>Báo cáo</dt>
            <dd>{reports.slice(0, 50).join("; ")}</dd>
          </>
        )}
        {agencies.length > 0 && (
          <>
            <dt>Cơ quan nhận</dt>
            <dd>{agencies.join("; ")}</dd>
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
      {standing !== null && standing.doubts.length > 0 && (
        <>
          <h2>Điểm cần giải trình hoặc sửa</h2>
          <FindingItems
            findings={standing.doubts}
            isToAnswer={
              may(account.role, "send for own units") || may(account.role, "let doubts stand")
            }
          />
        </>
      )}
      {problems.length > 0 && (outcome === "refused" || receipt.isPackage) && (
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
      {mayMap && problems.some(({ code }) => code === "version_other_plan") && (
        <Form action={`${DESK}/ke-hoach`}>
          <input type="hidden" name="receipt" value={receiptNo} />
          <input type="hidden" name="page" value="xem-truoc" />
          <p>
            Số liệu cùng mã, cùng tên được ghép vào kế hoạch ở đây, thành bản sửa để xem và duyệt;
            duyệt xong thì nhận lại gói ở phiếu này.
          </p>
          <button type="submit" name="from" value="goi">
            Ghép số liệu của gói
          </button>
        </Form>
      )}
      {mayTakeAgain && (
        <Form action={`${DESK}/phieu/${receiptNo}/nhan-lai`}>
          <p>
            Khi đã ghép số liệu, đã tin cậy khóa: nhận lại chính tệp đã lưu, không phải xin gửi lại.
          </p>
          <button type="submit" class="plain">
            Nhận lại gói
          </button>
        </Form>
      )}
      {receipt.unread !== undefined && <p class="note">{receipt.unread}</p>}
      <ul class="actions">
        {standing !== null &&
          [...standing.counted, ...standing.gone].slice(0, 50).map((row) => (
            <li>
              <a href={reportAddress(row)}>
                Quá trình xử lý báo cáo {inSentence(row.period_name)} của {row.unit_name}
              </a>
            </li>
          ))}
        {others.map((one) => (
          <li>
            <a href={comparisonAddress(receiptNo, one.receiptNo)}>
              So với lần gửi {momentText(one.receivedAt)}, phiếu số {one.receiptNo}
            </a>
          </li>
        ))}
        {hasMarkedCopy && (
          <li>
            <a href={`${DESK}/phieu/${receiptNo}/ban-danh-dau`}>
              Tải bản sao đã đánh dấu các ô (.xlsx)
            </a>
          </li>
        )}
        {may(account.role, "trust keys") &&
          problems.some(({ code }) => code === "version_unknown_key") && (
            <li>
              <a href={`${DESK}/khoa`}>So mã và tin cậy khóa của cơ quan ấy</a>
            </li>
          )}
        {isFileKept &&
          receipt.isVersion &&
          outcome === "accepted" &&
          may(account.role, "see city pages") && (
            <li>
              <a href={`${DESK}/phieu/${receiptNo}/dia-ban`}>Số của từng địa bàn trong gói</a>
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
          <Form action={`${DESK}/phieu/${receiptNo}/xoa`} class="row">
            <Field name="reason" maxlength={500} required>
              Lý do xóa (không nêu tên ai)
            </Field>
            <Field name="number" inputmode="numeric" autocomplete="off" required>
              Ghi số phiếu {receiptNo} để xác nhận
            </Field>
            <button type="submit" class="plain">
              Xóa hẳn
            </button>
          </Form>
        </details>
      )}
    </Page>
  );
};

/** The figures of the areas below that a version has: for who sees every figure of the office. */
export const AreasBelowPage: FC<{
  version: HandedVersion;
  plans: readonly AreasBelow[];
  receiptNo: number;
}> = ({ version, plans, receiptNo }) => (
  <Page title="Số của từng địa bàn" open="phieu">
    <p class="note">
      <a href={`${DESK}/phieu/${receiptNo}`}>Phiếu số {receiptNo}</a>: bản{" "}
      {version.publication.version} của {version.issuer}, kế hoạch {version.planNumber}
    </p>
    <h1>Số của từng địa bàn</h1>
    <p>
      Số trong kỳ của số cộng dồn, số đến ngày chốt của số khác, như bản ấy đã phát hành; gồm cả số
      nhỏ không công bố trong bản chung.
    </p>
    {plans.map(({ plan, measures, areas }) => (
      <Table
        kind="board"
        caption={`Số mà kế hoạch ${plan.number} lấy`}
        head={[
          "Địa bàn",
          ...measures.map(({ name, unit_of_measure }) => (
            <>
              {name}
              <small>{unit_of_measure}</small>
            </>
          )),
        ]}
      >
        {areas.map(({ name, figures }) => (
          <tr>
            <th scope="row">{name}</th>
            {figures.map(({ value, line }) => (
              <td>
                {value === "" ? "chưa có số" : numberText(value)}
                {line !== null && <small>dòng {line}</small>}
              </td>
            ))}
          </tr>
        ))}
      </Table>
    ))}
  </Page>
);
