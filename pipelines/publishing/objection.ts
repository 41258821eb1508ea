import type { PublicationClass } from "../contract/report.ts";
import type { PlanPeriod } from "../sources/plan.ts";
import { type DocumentChoice, objectionsToDocument } from "./document-choice.ts";
import { objectionsToTexts } from "./document-texts.ts";
import type { Draft, OpenFinding } from "./draft-report.ts";

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

/** Everything that stands against publishing a draft, each with what to do; empty when nothing does. */
export function objectionsTo(
  draft: Draft,
  choice: PublishingChoice,
  { today, period, previous, isUnchanged }: Circumstances,
): string[] {
  if (!draft.isApplicable) {
    return [`The plan came into force after ${period.data_to}, the last day of ${period.code}.`];
  }
  if (today < period.data_from) {
    return [`${period.code} begins only on ${period.data_from}.`];
  }
  const basis = [period.code, ...period.covers];
  if (!draft.submissions.some((submission) => basis.includes(submission.period))) {
    return [
      `No unit has reported for ${period.code} yet${period.covers.length > 0 ? `, nor for ${period.covers.join(", ")}` : ""}.`,
    ];
  }
  return [
    ...objectionsToClass(choice, previous),
    ...objectionsToFinal(draft, choice, previous),
    ...objectionsToDocument(choice.document ?? {}, draft.head, today),
    ...objectionsToTexts(choice.document?.texts ?? null, choice.acknowledge),
    ...draft.errors.slice(0, MAX_LISTED).map((error) => `Open error: ${findingText(error)}`),
    ...more(draft.errors),
    ...objectionsToDoubts(draft, choice),
    ...objectionsToEarlier(draft, choice),
    ...(isUnchanged && !choice.force
      ? [
          `It says the same as version ${previous?.version}. Add --force if it is to be published once more.`,
        ]
      : []),
  ];
}

function objectionsToClass(
  choice: PublishingChoice,
  previous: Circumstances["previous"],
): string[] {
  if (choice.reason.trim() === "") return ["The reason is empty: say why, with --reason."];
  if (previous === null && choice.class !== "first") {
    return [`There is no version yet: its class is first, not ${choice.class}.`];
  }
  if (previous !== null && choice.class === "first") {
    return [
      `Version ${previous.version} is there: the class of the next one is late, correction or method.`,
    ];
  }
  return [];
}

function objectionsToFinal(
  draft: Draft,
  choice: PublishingChoice,
  previous: Circumstances["previous"],
): string[] {
  if (!choice.isFinal) {
    return previous?.is_final === true
      ? [`Version ${previous.version} is final, so what replaces it must be: add --final.`]
      : [];
  }
  const due = draft.units.filter(({ timeliness }) => timeliness === "not_due");
  if (due.length > 0) {
    return [
      `It cannot be final before ${draft.head.due_before}, the deadline: ${due.length} unit(s) may still report in time.`,
    ];
  }
  const missing = draft.units.filter(({ timeliness }) => timeliness === "missing");
  if (missing.length === 0 || choice.acknowledge) return [];
  const names = missing.map(({ unit_name }) => unit_name).join("; ");
  return [
    `It would be final without the report of: ${names}. Wait for them, or add --acknowledge.`,
  ];
}

function objectionsToDoubts({ doubts }: Draft, choice: PublishingChoice): string[] {
  if (choice.acknowledge || doubts.length === 0) return [];
  return [
    ...doubts.slice(0, MAX_LISTED).map((doubt) => `Open doubt: ${findingText(doubt)}`),
    ...more(doubts),
    "Have the doubts corrected, acknowledge them one by one with chitieu findings acknowledge, or all with --acknowledge.",
  ];
}

function objectionsToEarlier({ changedBefore }: Draft, choice: PublishingChoice): string[] {
  if (choice.acknowledge) return [];
  return changedBefore.map(
    ({ period, version, figures }) =>
      `It stands beside version ${version} of ${period}, of which ${figures} figure(s) are others now. Publish ${period} again first, or add --acknowledge to compare with that version.`,
  );
}

function more(findings: readonly OpenFinding[]): string[] {
  const rest = findings.length - MAX_LISTED;
  return rest > 0 ? [`and ${rest} more, see chitieu findings.`] : [];
}

function findingText(finding: OpenFinding): string {
  const where = [finding.period, finding.unit_name, finding.area_name, finding.measure_name];
  const told = finding.found === null ? finding.rule : `${finding.rule} (${finding.found})`;
  return `${finding.finding_id.slice(0, 8)} ${told}: ${where.filter((one) => one !== null).join(", ")}`;
}
