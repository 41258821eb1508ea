import type { PublicationClass } from "../contract/report.ts";
import type { PlanPeriod } from "../sources/plan.ts";
import { vietnameseDate } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { CLASSES } from "../vocabulary/words.ts";
import { type DocumentChoice, objectionsToDocument } from "./document-choice.ts";
import { objectionsToReason, objectionsToTexts } from "./document-texts.ts";
import type { Draft, OpenFinding } from "./draft-report.ts";
import type { Objection } from "./objection-text.ts";

/** How an operator wants a report published. */
export interface PublishingChoice {
  readonly class: PublicationClass;
  /** Shown on the report, in Vietnamese. */
  readonly reason: string;
  /** Otherwise it is provisional. */
  readonly isFinal: boolean;
  /** Open doubts, and what has changed since of earlier periods, have been looked into and may stand. */
  readonly acknowledge: boolean;
  /** Publish even what the version before says word for word. */
  readonly force: boolean;
  /** What is known of the document; nothing where it is left out. */
  readonly document?: DocumentChoice;
}

/** What a new version is held against. */
export interface Circumstances {
  /** In office time. */
  readonly today: string;
  readonly period: PlanPeriod;
  readonly previous: { readonly version: number; readonly is_final: boolean } | null;
  readonly isUnchanged: boolean;
}

/** Findings that a message lists; `chitieu findings` lists all. */
const MAX_LISTED = 20;

/** What is not published, and everything that stands against it. */
export class PublishingRefused extends Failure {
  readonly objections: readonly Objection[];

  constructor(planId: string, period: string, objections: readonly Objection[]) {
    const lines = objections.map(({ said }) => `  - ${said}`);
    super([`The report of ${period} for ${planId} is not published:`, ...lines].join("\n"));
    this.objections = objections;
  }
}

/** Everything that stands against publishing a draft; empty when nothing does. */
export function objectionsTo(
  draft: Draft,
  choice: PublishingChoice,
  { today, period, previous, isUnchanged }: Circumstances,
): Objection[] {
  if (!draft.isApplicable) {
    return [
      {
        said: `The plan came into force after ${period.data_to}, the last day of ${period.code}.`,
        told: `Kế hoạch có hiệu lực sau ngày ${vietnameseDate(period.data_to)}, ngày cuối của kỳ.`,
      },
    ];
  }
  if (today < period.data_from) {
    return [
      {
        said: `${period.code} begins only on ${period.data_from}.`,
        told: `Kỳ báo cáo chỉ bắt đầu từ ngày ${vietnameseDate(period.data_from)}.`,
      },
    ];
  }
  const basis = [period.code, ...period.covers];
  if (!draft.submissions.some((submission) => basis.includes(submission.period))) {
    return [
      {
        said: `No unit has reported for ${period.code} yet${period.covers.length > 0 ? `, nor for ${period.covers.join(", ")}` : ""}.`,
        told: "Chưa đơn vị nào gửi báo cáo của kỳ này.",
      },
    ];
  }
  return [
    ...objectionsToClass(choice, previous),
    ...objectionsToReason(choice.reason, choice.acknowledge),
    ...objectionsToFinal(draft, choice, previous),
    ...objectionsToDocument(choice.document ?? {}, draft.head, today),
    ...objectionsToTexts(choice.document?.texts ?? null, choice.acknowledge),
    ...draft.errors.slice(0, MAX_LISTED).map((error) => ({
      said: `Open error: ${findingText(error)}`,
      told: `Còn lỗi chưa xử lý: ${findingWords(error)}`,
    })),
    ...more(draft.errors),
    ...objectionsToDoubts(draft, choice),
    ...objectionsToEarlier(draft, choice),
    ...(isUnchanged && !choice.force
      ? [
          {
            said: `It says the same as version ${previous?.version}. Add --force if it is to be published once more.`,
            told: `Nội dung giống hệt phiên bản ${previous?.version} đã phát hành.`,
          },
        ]
      : []),
  ];
}

function objectionsToClass(
  choice: PublishingChoice,
  previous: Circumstances["previous"],
): Objection[] {
  if (choice.reason.trim() === "") {
    return [
      {
        said: "The reason is empty: say why, with --reason.",
        told: "Lý do phát hành còn để trống.",
      },
    ];
  }
  if (previous === null && choice.class !== "first") {
    return [
      {
        said: `There is no version yet: its class is first, not ${choice.class}.`,
        told: `Báo cáo chưa phát hành lần nào: chọn “${CLASSES.first}”.`,
      },
    ];
  }
  if (previous !== null && choice.class === "first") {
    return [
      {
        said: `Version ${previous.version} is there: the class of the next one is late, correction or method.`,
        told: `Đã có phiên bản ${previous.version}: chọn “${CLASSES.late}”, “${CLASSES.correction}” hoặc “${CLASSES.method}”.`,
      },
    ];
  }
  return [];
}

function objectionsToFinal(
  draft: Draft,
  choice: PublishingChoice,
  previous: Circumstances["previous"],
): Objection[] {
  if (!choice.isFinal) {
    return previous?.is_final === true
      ? [
          {
            said: `Version ${previous.version} is final, so what replaces it must be: add --final.`,
            told: `Phiên bản ${previous.version} là số liệu chính thức nên bản thay thế cũng phải là chính thức.`,
          },
        ]
      : [];
  }
  const due = draft.units.filter(({ timeliness }) => timeliness === "not_due");
  if (due.length > 0) {
    return [
      {
        said: `It cannot be final before ${draft.head.due_before}, the deadline: ${due.length} unit(s) may still report in time.`,
        told: `Chưa hết hạn gửi (trước ngày ${vietnameseDate(draft.head.due_before)}) nên chưa thể là số liệu chính thức: còn ${due.length} đơn vị có thể gửi đúng hạn.`,
      },
    ];
  }
  const missing = draft.units.filter(({ timeliness }) => timeliness === "missing");
  if (missing.length === 0 || choice.acknowledge) return [];
  const names = missing.map(({ unit_name }) => unit_name).join("; ");
  return [
    {
      said: `It would be final without the report of: ${names}. Wait for them, or add --acknowledge.`,
      told: `Là số liệu chính thức mà chưa có báo cáo của: ${names}. Chờ các đơn vị gửi, hoặc chọn để nguyên.`,
    },
  ];
}

function objectionsToDoubts({ doubts }: Draft, choice: PublishingChoice): Objection[] {
  if (choice.acknowledge || doubts.length === 0) return [];
  return [
    ...doubts.slice(0, MAX_LISTED).map((doubt) => ({
      said: `Open doubt: ${findingText(doubt)}`,
      told: `Còn điểm cần kiểm tra: ${findingWords(doubt)}`,
    })),
    ...more(doubts),
    {
      said: "Have the doubts corrected, acknowledge them one by one with chitieu findings acknowledge, or all with --acknowledge.",
      told: "Đề nghị đơn vị sửa, xác nhận từng điểm ở mục “Theo dõi”, hoặc chọn để nguyên tất cả.",
    },
  ];
}

function objectionsToEarlier({ changedBefore }: Draft, choice: PublishingChoice): Objection[] {
  if (choice.acknowledge) return [];
  return changedBefore.map(({ period, version, figures }) => ({
    said: `It stands beside version ${version} of ${period}, of which ${figures} figure(s) are others now. Publish ${period} again first, or add --acknowledge to compare with that version.`,
    told: `Báo cáo được so với phiên bản ${version} của kỳ ${period}, mà ${figures} số liệu của kỳ ấy nay đã khác. Phát hành lại kỳ ấy trước, hoặc chọn để nguyên.`,
  }));
}

function more(findings: readonly OpenFinding[]): Objection[] {
  const rest = findings.length - MAX_LISTED;
  return rest > 0
    ? [{ said: `and ${rest} more, see chitieu findings.`, told: `và ${rest} điểm khác.` }]
    : [];
}

function findingText(finding: OpenFinding): string {
  const where = [finding.period, finding.unit_name, finding.area_name, finding.measure_name];
  const told = finding.found === null ? finding.rule : `${finding.rule} (${finding.found})`;
  return `${finding.finding_id.slice(0, 8)} ${told}: ${where.filter((one) => one !== null).join(", ")}`;
}

function findingWords({ period, unit_name, area_name, measure_name, found }: OpenFinding): string {
  const where = [unit_name, area_name, measure_name, `kỳ ${period}`];
  const place = where.filter((one) => one !== null).join(", ");
  return found === null ? place : `${place} (${found})`;
}
