import type { PublicationClass } from "../contract/report.ts";
import type { PlanPeriod } from "../sources/plan/plan.ts";
import { isWrong, type UnsettledPlan, unsettledLines } from "../sources/unsettled-plan.ts";
import { vietnameseDate } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { findingWord } from "../vocabulary/finding-text.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import { PROVISIONAL } from "../vocabulary/status.ts";
import { CLASSES } from "../vocabulary/words.ts";
import { type Blocker, blockIf } from "./blocker.ts";
import { type DocumentChoice, documentBlockers } from "./document-choice.ts";
import { reasonBlockers, textBlockers } from "./document-texts.ts";
import type { Draft, OpenFinding } from "./draft-report.ts";

/** How an operator wants a report published. */
export interface PublishingChoice {
  readonly class: PublicationClass;
  /** Shown on the report, in Vietnamese. */
  readonly reason: string;
  /** Otherwise it is provisional. */
  readonly isFinal: boolean;
  /** Let open doubts, and changes of earlier periods, stand. */
  readonly acknowledge: boolean;
  /** Publish even if nothing changed since the version before. */
  readonly force: boolean;
  /** Number, date and signature of the document. */
  readonly document?: DocumentChoice;
}

/** What a new version is checked against. */
export interface Circumstances {
  /** In office time. */
  readonly today: string;
  readonly period: PlanPeriod;
  /** Codes of it and of the periods in it. */
  readonly within: readonly string[];
  readonly previous: { readonly version: number } | null;
  readonly isUnchanged: boolean;
}

/** Findings that a message lists; the desk lists all. */
const MAX_LISTED = 20;

/** What the desk has boxes for, at the command line. */
const CHOICES =
  "Tùy chọn của lệnh: --final (số liệu chính thức), --acknowledge (để nguyên), --force (phát hành dù không khác). Mọi điểm: mục “Theo dõi” của bàn làm việc.";

/** A report is not published, with everything that blocks it. */
export class PublishingRefused extends Failure {
  readonly blockers: readonly Blocker[];

  constructor(planId: string, period: string, blockers: readonly Blocker[]) {
    const lines = blockers.map((blocker) => `  - ${blocker}`);
    super(
      [`Chưa phát hành báo cáo kỳ ${period}, kế hoạch ${planId}:`, ...lines, CHOICES].join("\n"),
    );
    this.blockers = blockers;
  }
}

/** A version is for ever: none is made of a plan whose files say something else that cannot be read. */
export function planBlockers(unsettled: readonly UnsettledPlan[], planId: string): Blocker[] {
  const wrong = unsettled.filter(
    (one) =>
      one.state === "shared_as_it_was" ||
      (one.plan_id === planId && one.state !== "draft" && isWrong(one)),
  );
  return wrong.map((one) => unsettledLines(one).join(" "));
}

/** Everything that blocks publishing a draft; empty when nothing does. */
export function publishBlockers(
  draft: Draft,
  choice: PublishingChoice,
  { today, period, within, previous, isUnchanged }: Circumstances,
): Blocker[] {
  const beforeAll = [
    ...blockIf(
      !draft.isApplicable,
      `Kế hoạch có hiệu lực sau ngày ${vietnameseDate(period.data_to)}, ngày cuối của kỳ.`,
    ),
    ...blockIf(
      today < period.data_from,
      `Kỳ báo cáo chỉ bắt đầu từ ngày ${vietnameseDate(period.data_from)}.`,
    ),
    ...blockIf(
      !draft.submissions.some((submission) => within.includes(submission.period)),
      "Chưa đơn vị nào gửi báo cáo của kỳ này.",
    ),
  ];
  if (beforeAll.length > 0) return beforeAll.slice(0, 1);
  return [
    ...draft.lost,
    ...classBlockers(choice, previous),
    ...reasonBlockers(choice.reason, choice.acknowledge),
    ...(choice.isFinal ? finalBlockers(draft) : []),
    ...documentBlockers(choice.document ?? {}, draft.head, today),
    ...textBlockers(choice.document?.texts ?? null, choice.acknowledge),
    ...findingBlockers(draft.errors, "Còn lỗi chưa xử lý"),
    ...(choice.acknowledge ? [] : [...doubtBlockers(draft), ...earlierBlockers(draft)]),
    ...blockIf(
      isUnchanged && !choice.force,
      `Nội dung giống hệt phiên bản ${previous?.version} đã phát hành.`,
    ),
  ];
}

function classBlockers(choice: PublishingChoice, previous: Circumstances["previous"]): Blocker[] {
  if (choice.reason.trim() === "") {
    return blockIf(true, "Lý do phát hành còn để trống.");
  }
  if (previous === null) {
    return blockIf(
      choice.class !== "first",
      `Báo cáo chưa phát hành lần nào: chọn “${CLASSES.first}”.`,
    );
  }
  return blockIf(
    choice.class === "first",
    `Đã có phiên bản ${previous.version}: chọn “${CLASSES.late}”, “${CLASSES.correction}” hoặc “${CLASSES.method}”.`,
  );
}

/** The word «chính thức» is earned: nothing of the year so far is owed, and nothing is provisional. */
function finalBlockers(draft: Draft): Blocker[] {
  const due = draft.units.filter(({ timeliness }) => timeliness === "not_due");
  if (due.length > 0) {
    return [
      `Chưa hết hạn gửi (trước ngày ${vietnameseDate(draft.head.due_before)}) nên chưa thể là số liệu chính thức: còn ${due.length} đơn vị có thể gửi đúng hạn.`,
    ];
  }
  const missing = draft.units.filter(({ timeliness }) => timeliness === "missing");
  const names = missing.map(({ unit_name }) => unit_name).join("; ");
  if (missing.length > 0) {
    return [
      `Là số liệu chính thức mà chưa có báo cáo của: ${names}. Chờ các đơn vị gửi, hoặc phát hành là số liệu sơ bộ.`,
    ];
  }
  const { owed, provisional } = draft.open;
  return [
    ...blockIf(
      owed !== null,
      `Chưa thể là số liệu chính thức: còn thiếu báo cáo của kỳ trước (${inSentence(owed ?? "")}). Chờ các đơn vị gửi, hoặc phát hành là số liệu sơ bộ.`,
    ),
    ...blockIf(
      provisional !== null,
      `Chưa thể là số liệu chính thức: chỉ tiêu ${provisional} còn ${PROVISIONAL}.`,
    ),
  ];
}

/** The findings, as many as a message lists, and how many more there are. */
function findingBlockers(findings: readonly OpenFinding[], what: string): Blocker[] {
  const rest = findings.length - MAX_LISTED;
  return [
    ...findings.slice(0, MAX_LISTED).map((finding) => `${what}: ${findingWords(finding)}`),
    ...blockIf(rest > 0, `và ${rest} điểm khác.`),
  ];
}

function doubtBlockers({ doubts }: Draft): Blocker[] {
  return [
    ...findingBlockers(doubts, "Còn điểm cần kiểm tra"),
    ...blockIf(
      doubts.length > 0,
      "Đề nghị đơn vị sửa, xác nhận từng điểm ở mục “Theo dõi”, hoặc chọn để nguyên tất cả.",
    ),
  ];
}

function earlierBlockers({ changedBefore, head }: Draft): Blocker[] {
  return changedBefore.map(({ plan_id, plan_number, period_name, version, figures }) => {
    const of = plan_id === head.plan_id ? "" : ` của kế hoạch ${plan_number}`;
    return `Báo cáo được so với phiên bản ${version} của báo cáo ${inSentence(period_name)}${of}, mà ${figures} số liệu, đánh giá của kỳ ấy nay đã khác. Phát hành lại kỳ ấy trước, hoặc chọn để nguyên: khi đó báo cáo không nêu tăng, giảm so với kỳ ấy.`;
  });
}

function findingWords(finding: OpenFinding): string {
  const { rule, period_name, unit_name, area_name, measure_name, found } = finding;
  const where = [unit_name, area_name, measure_name, inSentence(period_name)];
  const place = where.filter((one) => one !== null).join(", ");
  return `${place} (${found ?? findingWord(rule)})`;
}
