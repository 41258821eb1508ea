import type { Cause, Change, Line } from "../contract/report.ts";
import { vietnameseDate } from "../vocabulary/date.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import type { Status } from "../vocabulary/status.ts";
import { joined } from "./name-list.ts";
import { changedName, count, momentText } from "./report-words.ts";
import { judgedText } from "./standing.ts";

// Why a version differs from the one before, and what of the whole area became another.

/** A cause as documents and pages have it. */
export type ShownCause = Omit<Cause, "audience" | "period" | "receipt_no"> & {
  readonly receipt_no: string | number | null;
};

/** A difference as documents and pages have it. */
export type ShownChange = Pick<
  Change,
  "section" | "code" | "name" | "area_no" | "field" | "old_value" | "new_value" | "is_withheld"
> & { readonly causes: string | null };

/** Names that stand with what nothing is known to be the cause of. */
const MAX_NAMED = 10;

/** Of a report that another office published: which version of it, and why. */
function handedText({ version, reason }: ShownCause): string {
  if (version === null) return "";
  return `; bản phát hành ${version}${reason === null ? "" : `, lý do: ${inSentence(reason.replace(/[.;]+$/, ""))}`}`;
}

/** What happened, as the beginning of a sentence. */
function happenedText(cause: ShownCause): string {
  const { kind, unit_name, period_name, receipt_no, received_at, replaced_at, due_before } = cause;
  const period = inSentence(period_name ?? "");
  const received = `nhận lúc ${momentText(received_at ?? "")} (số tiếp nhận ${receipt_no}${handedText(cause)})`;
  switch (kind) {
    case "received":
      return `${unit_name} gửi báo cáo ${period}, ${received}`;
    case "again":
      return `${unit_name} gửi lại báo cáo ${period}, ${received}, thay báo cáo nhận lúc ${momentText(replaced_at ?? "")}`;
    case "withdrawn":
      return `Báo cáo ${period} của ${unit_name}, ${received}, được trả lại để bổ sung hoặc đơn vị rút lại`;
    case "version":
      return `Báo cáo ${period} đã phát hành phiên bản ${cause.version}`;
    case "plan":
      return "Tệp kế hoạch thay đổi";
    case "baseline":
      return "Số gốc dùng để so sánh thay đổi";
    case "closed":
      return due_before === null
        ? `Các đơn vị đã gửi đủ báo cáo ${period}`
        : `Hết hạn gửi báo cáo ${period} (trước ngày ${vietnameseDate(due_before)})`;
    case "settled":
      return "Điểm cần kiểm tra đã được xem xét, để nguyên";
    case "doubted":
      return "Có điểm cần kiểm tra chưa được xem xét";
    case "shortfall":
      return "Nguyên nhân, giải pháp của chỉ tiêu được viết hoặc sửa lại";
    case "unknown":
      return "Chưa xác định được nguyên nhân từ báo cáo của đơn vị, kế hoạch và hạn gửi";
  }
}

/** What happened, and of what nothing is known to be the cause of, its name. */
export function causeText(cause: ShownCause, changes: readonly ShownChange[]): string {
  const { kind, cause_no } = cause;
  const names = [
    ...new Set(
      changes
        .filter(({ causes }) => kind === "unknown" && causes?.split(", ").includes(`${cause_no}`))
        .map(namedText),
    ),
  ];
  const more = names.length - MAX_NAMED;
  const named = [
    ...names.slice(0, MAX_NAMED),
    ...(more > 0 ? [`${count(more)} chỉ tiêu, số liệu khác`] : []),
  ].join("; ");
  return joined([happenedText(cause), named !== "" && named], ": ");
}

/**
 * `Phường Tam Thanh gửi báo cáo quý III năm 2024, nhận lúc … (số tiếp nhận 31); 216 nội dung thay đổi,
 * gồm 12 số liệu báo cáo, 04 đánh giá của phường, xã.`
 * @param changes of the version, of which those without a known cause are named
 */
export function causeSentence(
  cause: ShownCause,
  areaNoun: string,
  changes: readonly ShownChange[],
): string {
  const { measures, area_verdicts } = cause;
  const among = joined([
    measures > 0 && `${count(measures)} số liệu báo cáo`,
    area_verdicts > 0 && `${count(area_verdicts)} đánh giá của ${areaNoun}`,
  ]);
  const what = joined([
    `${count(cause.changes)} nội dung thay đổi`,
    among !== "" && `gồm ${among}`,
  ]);
  return `${causeText(cause, changes)}; ${what}.`;
}

const namedText = (change: ShownChange): string =>
  change.section === "indicator" ? `${change.code} - ${change.name}` : changedName(change);

/** Which of the two versions. */
type Side = "old_value" | "new_value";
type IsOpen = (change: ShownChange, side: Side) => boolean;

/**
 * Whether the verdict on what has changed was provisional, and is.
 * @param lines of this version, or of its indicators
 */
export function openOn(
  changes: readonly ShownChange[],
  lines: readonly (Pick<Line, "code" | "area_no" | "is_provisional"> & { section?: string })[],
): IsOpen {
  const keyOf = ({ code, area_no }: Pick<Line, "code" | "area_no">): string => `${code} ${area_no}`;
  const open = new Set(
    lines.filter((line) => line.section !== "measure" && line.is_provisional === true).map(keyOf),
  );
  const turned = new Map(
    changes
      .filter(({ section, field }) => section === "indicator" && field === "is_provisional")
      .map((change) => [keyOf(change), change]),
  );
  return (change, side) => {
    const value = turned.get(keyOf(change))?.[side];
    return value === undefined ? open.has(keyOf(change)) : value === "true";
  };
}

/** How the whole area's indicators changed: whose verdict is another, and of whom only the value is. */
export function wholeChanges(
  changes: readonly ShownChange[],
  isOpen: IsOpen,
  amount: (value: string, code: string) => string,
): { readonly verdicts: string[]; readonly values: string[] } {
  const whole = changes.filter(
    ({ section, area_no, is_withheld }) => section === "indicator" && area_no === 0 && !is_withheld,
  );
  const of = (wanted: string): Map<string, ShownChange> =>
    new Map(whole.filter(({ field }) => field === wanted).map((one) => [one.code, one]));
  const [values, judged] = [of("value_shown"), of("status")];
  const valueText = (value: string | null, code: string): string =>
    value === null ? "chưa có số" : amount(value, code);
  return {
    verdicts: [...judged.values()].map((change) => {
      const { code, name } = change;
      const standing = (side: Side): string => {
        const value = values.get(code)?.[side] ?? null;
        const shown = value === null ? null : amount(value, code);
        return judgedText(change[side] as Status, shown, {
          is_provisional: isOpen(change, side),
        });
      };
      return `Chỉ tiêu ${code} - ${name}: từ ${standing("old_value")} thành ${standing("new_value")}`;
    }),
    values: [...values.values()]
      .filter(({ code }) => !judged.has(code))
      .map(
        ({ code, name, old_value, new_value }) =>
          `${code} - ${name} từ ${valueText(old_value, code)} thành ${valueText(new_value, code)}`,
      ),
  };
}
