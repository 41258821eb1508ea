import type { AcceptedSubmission, Outcome } from "../intake/delivery.ts";
import type { LeftFile } from "../intake/inbox-files.ts";
import { placeInWords } from "../intake/reply.ts";

/** Vietnamese, since the operator asks the unit about it. */
const LEFT_OUT = (count: number): string =>
  `bản sau để trống ${count} số liệu mà bản trước đã báo cáo`;

/** What became of a file, for the operator: a line, and a line for each submission or problem. */
export function outcomeText(outcome: Outcome): string {
  const read = [outcome.encoding, outcome.delimiter].filter((part) => part !== null).join(", ");
  const head = `${OUTCOMES[outcome.outcome].padEnd(9)} ${outcome.file}${read === "" ? "" : ` (${read})`}`;
  if (outcome.outcome === "duplicate") {
    const known = `${head}: đã nhận tệp giống hệt (nhận lúc ${outcome.first_received_at}); không có gì thay đổi`;
    return outcome.moment_differs
      ? `${known}. Muốn ghi nhận lại với thời điểm đã nêu, chạy lại với --again`
      : known;
  }
  const opened = outcome.medium === "package" && outcome.outcome === "accepted" ? [OPENED] : [];
  const isOfOnePlan = new Set(outcome.submissions.map(({ plan_id }) => plan_id)).size === 1;
  const taken = outcome.submissions.flatMap((one) =>
    submissionLines(one, isOfOnePlan ? "" : `, kế hoạch ${one.plan_id}`),
  );
  const problems = outcome.problems.map((problem, index) => {
    const place = placeInWords(problem);
    const lead = place === "" ? "" : `${place}: `;
    return `  ${index + 1}. ${lead}${problem.found} ${problem.remedy}`;
  });
  const unread = outcome.unread === "" ? [] : [`  ${outcome.unread}`];
  const reply = outcome.reply === null ? [] : [`  phiếu trả lời: ${outcome.reply}`];
  const marked =
    outcome.marked_workbook === null ? [] : [`  bản đánh dấu: ${outcome.marked_workbook}`];
  return [head, ...opened, ...taken, ...problems, ...unread, ...reply, ...marked].join("\n");
}

const INDENT = " ".repeat(10);

const OPENED = `${INDENT}đã mở; từng biểu trong đó được tiếp nhận riêng`;

/** @param ofPlan of which plan it is, where the file is of several */
function submissionLines(one: AcceptedSubmission, ofPlan: string): string[] {
  const content = one.is_nil_return ? "báo cáo không phát sinh" : `${one.readings} số liệu`;
  const standing =
    one.newer_received_at !== null
      ? `, được lưu; báo cáo nhận sau đó, lúc ${one.newer_received_at}, vẫn được dùng`
      : one.replaces_earlier
        ? ", thay báo cáo trước"
        : "";
  const line = `${INDENT}${one.unit_name}, ${one.period_name} (${one.period})${ofPlan}: ${content}${standing}`;
  return one.left_out === 0 ? [line] : [line, `${INDENT}  ${LEFT_OUT(one.left_out)}`];
}

export function leftText({ file, reason }: LeftFile): string {
  return `để lại   ${file}: ${reason}`;
}

/** What becomes of a file. */
const OUTCOMES: Readonly<Record<Outcome["outcome"], string>> = {
  accepted: "đã nhận",
  refused: "trả lại",
  duplicate: "đã có",
};

/** `2 đã nhận, 1 trả lại` */
export function countText(outcomes: readonly Outcome[], left: readonly LeftFile[]): string {
  const kinds = ["accepted", "refused", "duplicate"] as const;
  // an archive or a mail is reported by what is in it
  const counted = outcomes.filter(
    ({ medium, outcome }) => medium !== "package" || outcome === "refused",
  );
  const counts = [
    ...kinds.map(
      (kind) => [counted.filter(({ outcome }) => outcome === kind).length, OUTCOMES[kind]] as const,
    ),
    [left.length, "để lại"] as const,
  ].filter(([count]) => count > 0);
  return counts.length === 0
    ? "không có tệp nào để tiếp nhận"
    : counts.map((one) => one.join(" ")).join(", ");
}
