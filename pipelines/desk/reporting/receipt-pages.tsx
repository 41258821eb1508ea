import type { Child, FC } from "hono/jsx";
import { agencyOf } from "../../exports/reminder-letter.ts";
import type { AreasBelow } from "../../intake/handed-up.ts";
import { placeInWords } from "../../intake/reply.ts";
import type { RecordedAct } from "../../ledger/recorded-acts.ts";
import type { StatusRow } from "../../models/submission-status.ts";
import type { HandedVersion } from "../../readers/handed-reader.ts";
import { lastDayBefore, vietnameseDate } from "../../vocabulary/date.ts";
import { capital, inSentence } from "../../vocabulary/letter-case.ts";
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
  Pager,
  partOfList,
  Select,
  Table,
  useVisitor,
} from "../page/page.tsx";
import { comparisonAddress } from "./compared-page.tsx";
import { holds, OUTCOMES, ReceiptTable, reportNames } from "./receipt-table.tsx";
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
  /** As it stands in the address. */
  readonly page: string | undefined;
}

const LISTED = 25;

/** Whether a file is asked for: by its name, its number, the unit or the period that it is of. */
export function isAskedFor(board: Board, { words, outcome }: AskedFiles) {
  return (receipt: ListedReceipt): boolean =>
    (outcome === "" || receipt.outcome === outcome) &&
    // of years each would be named for nothing
    (words === "" ||
      [receipt.file, `số ${receipt.receiptNo}`, ...reportNames(board, receipt)].some(holds(words)));
}

/** @param receipts all that are asked for */
export const ReceiptsPage: FC<{
  receipts: readonly ListedReceipt[];
  board: Board;
  asked: AskedFiles;
}> = ({ receipts, board, asked }) => {
  const title = may(useVisitor().account.role, "see every unit") ? "Tệp đã nhận" : "Tệp đã gửi";
  const part = partOfList(receipts, asked.page, LISTED);
  const addressOf = (page: number): string =>
    `${DESK}/phieu?${new URLSearchParams({ tim: asked.words, kq: asked.outcome, trang: String(page) })}`;
  return (
    <Page title={title} open="phieu">
      <h1>{title}</h1>
      <form method="get" action={`${DESK}/phieu`} class="row">
        <Field type="search" name="tim" value={asked.words} maxlength={100}>
          Đơn vị, kỳ, tên tệp hoặc số phiếu
        </Field>
        <Select
          name="kq"
          of={[["", "Mọi kết quả"], ...Object.entries(OUTCOMES)]}
          chosen={asked.outcome}
        >
          Kết quả
        </Select>
        <button type="submit" class="plain">
          Lọc
        </button>
      </form>
      <ReceiptTable receipts={part.shown} board={board} words={asked.words} />
      <Pager part={part} noun="tệp" addressOf={addressOf} />
      {may(useVisitor().account.role, "erase") && (
        <p>
          <a href={`${DESK}/xoa-noi-dung`}>
            Nội dung tạm giữ; tìm và xóa nội dung có dữ liệu cá nhân
          </a>
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

/** What became of one file, with what may be done about it. */
interface ShownReceipt {
  readonly board: Board;
  readonly receipt: KeptReceipt;
  /** What its reports have come to; null while that is not known yet. */
  readonly standing: Standing | null;
  readonly hasMarkedCopy: boolean;
  readonly isFileKept: boolean;
  /** Other accepted files of the same report, the latest first. */
  readonly others: readonly ListedReceipt[];
  /** A package of a plan that none takes from may be the beginning of that. */
  readonly mayMap: boolean;
  /** A package that was refused for what the office itself had to do first. */
  readonly mayTakeAgain: boolean;
  readonly mayErase: boolean;
  /** Why it was not erased. */
  readonly fault: string | undefined;
}

/** What became of one file: the receipt, or everything that is wrong with it. */
export const ReceiptPage: FC<ShownReceipt> = (shown) => {
  const { receipt, standing, mayErase, fault } = shown;
  const { role } = useVisitor().account;
  const { receiptNo, outcome, unread } = receipt;
  const title =
    outcome === "refused" ? `Phiếu trả lại số ${receiptNo}` : `Phiếu tiếp nhận số ${receiptNo}`;
  return (
    <Page title={title} open="phieu">
      <h1>{title}</h1>
      <Fault>{fault}</Fault>
      <p class={outcome === "refused" ? "fault" : "done"} role="status">
        {outcomeWords(receipt, standing)}
      </p>
      {standing !== null && <StandingLines {...shown} standing={standing} />}
      <ReceiptFacts {...shown} />
      {standing !== null && standing.doubts.length > 0 && (
        <>
          <h2>Điểm cần giải trình hoặc sửa</h2>
          <FindingItems
            findings={standing.doubts}
            isToAnswer={may(role, "send for own units") || may(role, "let doubts stand")}
          />
        </>
      )}
      <ReceiptProblems receipt={receipt} />
      <PackageActs {...shown} />
      {unread !== undefined && <p class="note">{unread}</p>}
      <ReceiptLinks {...shown} />
      {mayErase && <EraseForm receiptNo={receiptNo} />}
    </Page>
  );
};

function outcomeWords(
  { outcome, problems, isPackage }: KeptReceipt,
  standing: Standing | null,
): string {
  switch (outcome) {
    case "refused":
      return `Tệp chưa được tiếp nhận: có ${problems.filter(({ severity }) => severity === "error").length} điểm phải sửa. Không số nào trong tệp được tính.`;
    case "duplicate":
      return "Tệp giống hệt tệp đã tiếp nhận trước đây; không có gì thay đổi.";
    case "accepted":
      return isPackage
        ? "Tệp đã được mở; từng biểu trong đó có phiếu riêng."
        : acceptedWords(standing);
  }
}

/** What has taken the place of a file's reports or stands beside them, and which of them came late. */
const StandingLines: FC<ShownReceipt & { standing: Standing }> = ({
  board,
  receipt: { outcome },
  standing: { counted, gone },
}) => {
  const name = (row: StatusRow): string => `${row.unit_name}, ${inSentence(row.period_name)}: `;
  const lead = gone.length + counted.length > 1 ? name : () => "";
  const lines =
    outcome === "refused"
      ? gone.flatMap((row) =>
          row.last_received_at === null
            ? []
            : `${name(row)}số liệu đang được tính là của báo cáo nhận lúc ${momentText(row.last_received_at)}.`,
        )
      : [
          ...gone.map((row) => lead(row) + goneWords(row, actsOn(board, row))),
          ...counted.flatMap((row) =>
            (row.days_late ?? 0) === 0
              ? []
              : `${lead(row)}trễ ${row.days_late} ngày so với hạn gửi ${vietnameseDate(lastDayBefore(row.due_before))}; số liệu vẫn được tính.`,
          ),
        ];
  return lines.map((line) => <p class="asked">{capital(line)}</p>);
};

const ReceiptFacts: FC<ShownReceipt> = ({ board, receipt }) => {
  const reports = reportNames(board, receipt);
  const agencies = agenciesOf(board, receipt);
  const facts: readonly (readonly [name: string, text: Child])[] = [
    ["Tệp", receipt.file],
    ["Báo cáo", reports.slice(0, 50).join("; ")],
    ["Cơ quan nhận", agencies.join("; ")],
    ["Nhận lúc", momentText(receipt.receivedAt)],
    ["Người gửi", receipt.by === null ? "" : causeText(receipt.by)],
    ["Mã kiểm tra của tệp (SHA-256)", <code>{receipt.sha256}</code>],
  ];
  return (
    <dl>
      {facts
        .filter(([, text]) => text !== "")
        .map(([name, text]) => (
          <>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </>
        ))}
    </dl>
  );
};

const ReceiptProblems: FC<{ receipt: KeptReceipt }> = ({
  receipt: { outcome, problems, isPackage },
}) =>
  problems.length > 0 &&
  (outcome === "refused" || isPackage) && (
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
  );

const PackageActs: FC<ShownReceipt> = ({
  receipt: { receiptNo, problems },
  mayMap,
  mayTakeAgain,
}) => (
  <>
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
  </>
);

const ReceiptLinks: FC<ShownReceipt> = ({
  receipt: { receiptNo, outcome, problems, isVersion },
  standing,
  others,
  hasMarkedCopy,
  isFileKept,
}) => {
  const { role } = useVisitor().account;
  const own = `${DESK}/phieu/${receiptNo}`;
  const isToTrust =
    may(role, "trust keys") && problems.some(({ code }) => code === "version_unknown_key");
  const hasAreas = isFileKept && isVersion && outcome === "accepted" && may(role, "see city pages");
  const rows = standing === null ? [] : [...standing.counted, ...standing.gone].slice(0, 50);
  const links: readonly (readonly [address: string, words: string])[] = [
    ...rows.map(
      (row) =>
        [
          reportAddress(row),
          `Quá trình xử lý báo cáo ${inSentence(row.period_name)} của ${row.unit_name}`,
        ] as const,
    ),
    ...others.map(
      (one) =>
        [
          comparisonAddress(receiptNo, one.receiptNo),
          `So với lần gửi ${momentText(one.receivedAt)}, phiếu số ${one.receiptNo}`,
        ] as const,
    ),
    ...(hasMarkedCopy
      ? [[`${own}/ban-danh-dau`, "Tải bản sao đã đánh dấu các ô (.xlsx)"] as const]
      : []),
    ...(isToTrust ? [[`${DESK}/khoa`, "So mã và tin cậy khóa của cơ quan ấy"] as const] : []),
    ...(hasAreas ? [[`${own}/dia-ban`, "Số của từng địa bàn trong gói"] as const] : []),
    ...(isFileKept ? [[`${own}/tep`, "Tải tệp đã gửi"] as const] : []),
    [`${DESK}/`, "Về trang đầu"],
  ];
  return (
    <ul class="actions">
      {links.map(([address, words]) => (
        <li>
          <a href={address}>{words}</a>
        </li>
      ))}
    </ul>
  );
};

const EraseForm: FC<{ receiptNo: number }> = ({ receiptNo }) => (
  <details>
    <summary>Xóa tệp này vì có dữ liệu cá nhân</summary>
    <p>
      Tệp, mọi ghi chú và nội dung trích từ tệp bị xóa hẳn, không lấy lại được; cả tệp nén hoặc thư
      đã chứa tệp. Số liệu vẫn giữ. Việc xóa, người xóa và lý do được ghi vào nhật ký. Bản sao lưu
      không tự đổi.
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
);

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
