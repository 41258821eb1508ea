import type { FC } from "hono/jsx";
import type { Finding } from "../../models/finding.ts";
import type { OfficeUnit, StatusRow } from "../../models/submission-status.ts";
import { lastDayBefore, vietnameseDate } from "../../vocabulary/date.ts";
import type { TrialForm } from "../accounts/trial.ts";
import type { Board } from "../office/board.ts";
import { actsOn, reportId, rowsOf } from "../page/access.ts";
import {
  DESK,
  Fault,
  Field,
  Form,
  LISTED,
  Lines,
  momentText,
  Page,
  Pager,
  partOfList,
  Table,
  useVisitor,
} from "../page/page.tsx";
import { formAddress } from "./blank-form-routes.tsx";
import { onlineAddress } from "./online-form-page.tsx";
import { LastActs, OpenQuestions, reportAddress } from "./report-act-page.tsx";
import {
  FindingItems,
  isExplained,
  ReportName,
  StateBadge,
  WantedCounts,
} from "./report-parts.tsx";
import { shortfallAddress } from "./shortfall-page.tsx";

/** Which of what is owed is shown, and which part of each list; as they stand in the address. */
export type AskedWork = Readonly<Partial<Record<(typeof ASKED_WORK)[number], string>>>;

/** A kind of what is asked, and the page of what is owed, of doubts, of what was sent. */
export const ASKED_WORK = ["loai", "trang", "diem", "gui"] as const;

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
  /** The receipt of what is taken in for a report and not counted yet. */
  receiptOfComing: (row: StatusRow) => number | null;
  asked: AskedWork;
  fault?: string | undefined;
}> = ({ board, units, doubts, sentBack, trialForms, receiptOfComing, asked, fault }) => {
  const { account } = useVisitor();
  const own = rowsOf(board, account).filter(({ timeliness }) => timeliness !== "not_applicable");
  const open = own.filter(({ state }) => state !== "received");
  const isLong = open.length > LISTED;
  const chosen = open
    .filter(({ wanted }) => wanted === asked.loai || asked.loai === undefined)
    .sort(
      (one, other) =>
        (isLong ? +isInTime(other) - +isInTime(one) : 0) ||
        one.due_before.localeCompare(other.due_before),
    );
  const listed = partOfList(chosen, asked.trang, LISTED);
  const explained = partOfList(doubts, asked.diem, LISTED);
  const sent = own
    .filter(({ submissions }) => submissions > 0)
    .sort((one, other) => (other.last_received_at ?? "").localeCompare(one.last_received_at ?? ""));
  const received = partOfList(sent, asked.gui, LISTED);
  const offices = new Set(
    board.catalogue.plans
      .filter(({ plan }) => own.some(({ plan_id }) => plan_id === plan.id))
      .map(({ plan }) => plan.reports_to),
  );
  return (
    <Page title="Việc của đơn vị tôi" open="viec" script="tha-tep.js">
      <h1>{units.map(({ unit_name }) => unit_name).join("; ") || "Việc của đơn vị tôi"}</h1>
      <p class="note">Tính đến {momentText(board.at)}</p>
      <Fault>{fault}</Fault>
      <Lines
        of={units.map(({ office_code, unit_name }) => (
          <a href={`/don-vi/${encodeURIComponent(office_code)}/`}>
            Kết quả, mọi báo cáo của {unit_name} trên các trang báo cáo
          </a>
        ))}
      />
      <OpenQuestions {...{ board, rows: own }} />
      <h2>Phải gửi, gửi lại hoặc giải trình</h2>
      {isLong && (
        <>
          <WantedCounts rows={open} addressOf={(loai) => workAddress({}, { loai })} />
          <p>
            <a href={`${DESK}/viec`}>Tất cả {open.length} báo cáo</a>
          </p>
        </>
      )}
      {open.length === 0 ? (
        <p>Đơn vị đã gửi tất cả báo cáo; không còn điểm nào phải giải trình.</p>
      ) : (
        <Table
          caption={`Báo cáo còn phải gửi, gửi lại hoặc giải trình, ${isLong ? "còn kịp hạn trước, rồi " : ""}hạn sớm nhất trước`}
          head={["Báo cáo", "Hạn gửi", "Tình trạng", "Lập báo cáo"]}
        >
          {listed.shown.map((row) => (
            <tr data-report={`${row.plan_id} ${row.period} ${row.unit_code}`}>
              <th scope="row">
                <ReportName row={row} />
                {units.length > 1 && <small>{row.unit_name}</small>}
              </th>
              <td data-label="Hạn gửi">
                <Due row={row} />
              </td>
              <td>
                <StateBadge
                  row={row}
                  isExplained={isExplained(row, doubts)}
                  coming={receiptOfComing(row)}
                />
                {row.state === "returned" && <SentBack no={sentBack.get(reportId(row))} />}
                <LastActs acts={actsOn(board, row)} row={row} />
              </td>
              <td>
                <a href={onlineAddress(row.plan_id, row.period, row.unit_code)}>Nhập trên trang</a>
                <small>
                  <a href={formAddress(row)} download>
                    Tải biểu trống (.xlsx)
                  </a>
                </small>
                <small>
                  <a href={reportAddress(row)}>
                    {row.submissions === 0 ? "Xin gia hạn, quá trình xử lý" : "Quá trình xử lý"}
                  </a>
                </small>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager
        part={listed}
        noun="báo cáo"
        addressOf={(page) => workAddress(asked, { trang: page })}
      />
      {doubts.length > 0 && (
        <>
          <h2 id="giai-trinh">Điểm cần giải trình</h2>
          <FindingItems findings={explained.shown} isToAnswer />
          <Pager
            part={explained}
            noun="điểm"
            addressOf={(page) => `${workAddress(asked, { diem: page })}#giai-trinh`}
          />
        </>
      )}
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
      <h2 id="da-gui">Đã gửi</h2>
      {sent.length === 0 ? (
        <p>Chưa nhận được báo cáo nào của đơn vị.</p>
      ) : (
        <Table
          caption="Báo cáo đã nhận, gần nhất trước; đúng hạn tính theo lần gửi đầu tiên"
          head={["Báo cáo", "Hạn gửi", "Nhận gần nhất", "Tình trạng", "Số liệu"]}
        >
          {received.shown.map((row) => (
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
                <StateBadge row={row} coming={receiptOfComing(row)} />
              </td>
              <td>
                <a href={onlineAddress(row.plan_id, row.period, row.unit_code)}>Xem, sửa số liệu</a>
                <small>
                  <a href={shortfallAddress(row.plan_id, row.period, row.unit_code)}>
                    Nguyên nhân, giải pháp
                  </a>
                </small>
                <small>
                  <a href={reportAddress(row)}>
                    {row.days_left >= 1 ? "Rút lại, quá trình xử lý" : "Quá trình xử lý"}
                  </a>
                </small>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager
        part={received}
        noun="báo cáo"
        addressOf={(page) => `${workAddress(asked, { gui: page })}#da-gui`}
      />
      {offices.size > 0 && (
        <p class="note">Cần hỏi về báo cáo, liên hệ nơi nhận: {[...offices].join("; ")}.</p>
      )}
    </Page>
  );
};

/** What is asked for now, and the last day has not passed. */
function isInTime({ wanted, days_left }: StatusRow): boolean {
  return wanted !== null && days_left >= 1;
}

function workAddress(
  asked: AskedWork,
  other: Readonly<Partial<Record<keyof AskedWork, string | number>>>,
): string {
  const query = new URLSearchParams();
  for (const [name, one] of Object.entries({ ...asked, ...other })) query.set(name, String(one));
  return `${DESK}/viec?${query}`;
}

/** The door for files that staff take in on behalf of units. */
export const TakeInPage: FC = () => (
  <Page title="Nhận thay" open="gui-thay" script="tha-tep.js">
    <h1>Nhận tệp thay đơn vị</h1>
    <p>Tệp của đơn vị nào, kỳ nào được nhận ra từ nội dung của tệp.</p>
    <SendForm isForAny />
  </Page>
);

/** What became of several files that were sent together. */
export const SentPage: FC<{
  files: readonly {
    readonly file: string;
    readonly receiptNo: number | null;
    readonly isHeld: boolean;
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
            {one.isHeld ? (
              "chưa có: tệp đang được giữ"
            ) : one.receiptNo === null ? (
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

const SendForm: FC<{ isForAny: boolean }> = ({ isForAny }) => (
  <Form action={`${DESK}/gui`} enctype="multipart/form-data" class="send">
    <Field type="file" name="file" multiple required>
      Tệp biểu mẫu đã điền (.xlsx, .xls, .ods), tệp CSV, tệp nén .zip hoặc thư .eml; chọn được nhiều
      tệp
    </Field>
    {isForAny && (
      <Field type="datetime-local" name="received">
        Nhận lúc (để trống nếu nhận bây giờ)
      </Field>
    )}
    <button type="submit">{isForAny ? "Nhận tệp" : "Gửi báo cáo"}</button>
    <p class="note">
      Sau vài giây có phiếu tiếp nhận, hoặc danh sách từng điểm phải sửa kèm vị trí ô.
    </p>
  </Form>
);

/** The way to what has to be mended, and to the marked copy. */
const SentBack: FC<{ no: number | undefined }> = ({ no }) =>
  no === undefined ? null : (
    <small>
      <a href={`${DESK}/phieu/${no}`}>Xem phiếu trả lại số {no}</a>
    </small>
  );

const Due: FC<{ row: StatusRow }> = ({ row }) => (
  <>
    {vietnameseDate(lastDayBefore(row.due_before))}
    {row.submissions === 0 && <small>{waitText(row.days_left)}</small>}
  </>
);

/** `còn 5 ngày`, `hết hạn hôm nay`, `quá hạn 3 ngày`. */
function waitText(left: number): string {
  if (left === 1) return "hết hạn hôm nay";
  return left > 0 ? `còn ${left} ngày` : `quá hạn ${1 - left} ngày`;
}
