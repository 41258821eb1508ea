import type { AcceptedSubmission, Outcome } from "../intake/delivery.ts";
import type { LeftFile } from "../intake/inbox-files.ts";
import { placeInWords } from "../intake/reply.ts";

/** Vietnamese, since the operator asks the unit about it. */
const LEFT_OUT = (count: number): string =>
  `bản sau để trống ${count} số liệu mà bản trước đã báo cáo`;

/** What became of a file, for the operator: a line, and a line for each submission or problem. */
export function outcomeText(outcome: Outcome): string {
  const read = [outcome.encoding, outcome.delimiter].filter((part) => part !== null).join(", ");
  const head = `${outcome.outcome.padEnd(9)} ${outcome.file}${read === "" ? "" : ` (${read})`}`;
  if (outcome.outcome === "duplicate") {
    const known = `${head}: the same file was accepted before (received ${outcome.first_received_at}); nothing changes`;
    return outcome.moment_differs
      ? `${known}. To put it down once more with the moment given, repeat with --again`
      : known;
  }
  const opened = outcome.medium === "package" && outcome.outcome === "accepted" ? [OPENED] : [];
  const taken = outcome.submissions.flatMap(submissionLines);
  const problems = outcome.problems.map((problem, index) => {
    const place = placeInWords(problem);
    const lead = place === "" ? "" : `${place}: `;
    return `  ${index + 1}. ${lead}${problem.found} ${problem.remedy}`;
  });
  const unread = outcome.unread === "" ? [] : [`  ${outcome.unread}`];
  const reply = outcome.reply === null ? [] : [`  reply: ${outcome.reply}`];
  const marked =
    outcome.marked_workbook === null ? [] : [`  marked copy: ${outcome.marked_workbook}`];
  return [head, ...opened, ...taken, ...problems, ...unread, ...reply, ...marked].join("\n");
}

const INDENT = " ".repeat(10);

const OPENED = `${INDENT}opened; each form in it is taken by itself`;

function submissionLines(one: AcceptedSubmission): string[] {
  const content = one.is_nil_return ? "nil return" : `${one.readings} readings`;
  const standing =
    one.newer_received_at !== null
      ? `, kept, but the one received later, on ${one.newer_received_at}, still counts`
      : one.replaces_earlier
        ? ", replaces an earlier one"
        : "";
  const line = `${INDENT}${one.unit_name}, ${one.period_name} (${one.period}): ${content}${standing}`;
  return one.left_out === 0 ? [line] : [line, `${INDENT}  ${LEFT_OUT(one.left_out)}`];
}

export function leftText({ file, reason }: LeftFile): string {
  return `left      ${file}: ${reason}`;
}

/** `2 accepted, 1 refused` */
export function countText(outcomes: readonly Outcome[], left: readonly LeftFile[]): string {
  const kinds = ["accepted", "refused", "duplicate"] as const;
  // an archive or a mail is told by what is in it
  const counted = outcomes.filter(
    ({ medium, outcome }) => medium !== "package" || outcome === "refused",
  );
  const counts = [
    ...kinds.map(
      (kind) => [counted.filter(({ outcome }) => outcome === kind).length, kind] as const,
    ),
    [left.length, "left"] as const,
  ].filter(([count]) => count > 0);
  return counts.length === 0 ? "nothing to ingest" : counts.map((one) => one.join(" ")).join(", ");
}
