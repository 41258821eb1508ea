import type { LeftFile } from "../ledger/inbox.ts";
import type { Outcome } from "../ledger/ingest.ts";
import { placeInWords } from "../ledger/reply.ts";

/** What became of a file, for the operator: a line, and a line for each submission or problem. */
export function outcomeText(outcome: Outcome): string {
  const head = `${outcome.outcome.padEnd(9)} ${outcome.file}`;
  if (outcome.outcome === "duplicate") {
    return `${head}: the same file was accepted before (received ${outcome.first_received_at}); nothing changes`;
  }
  if (outcome.outcome === "accepted") {
    const lines = outcome.submissions.map((one) => {
      const content = one.is_nil_return ? "nil return" : `${one.readings} readings`;
      const replaced = one.replaces_earlier ? ", replaces an earlier one" : "";
      return `          ${one.unit_name}, ${one.period_name} (${one.period}): ${content}${replaced}`;
    });
    return [head, ...lines].join("\n");
  }
  const problems = outcome.problems.map((problem, index) => {
    const place = placeInWords(problem);
    const lead = place === "" ? "" : `${place}: `;
    return `  ${index + 1}. ${lead}${problem.found} ${problem.remedy}`;
  });
  const reply = outcome.reply === null ? [] : [`  reply: ${outcome.reply}`];
  return [head, ...problems, ...reply].join("\n");
}

export function leftText({ file, reason }: LeftFile): string {
  return `left      ${file}: ${reason}`;
}

/** `2 accepted, 1 refused` */
export function countText(outcomes: readonly Outcome[], left: readonly LeftFile[]): string {
  const kinds = ["accepted", "refused", "duplicate"] as const;
  const counts = [
    ...kinds.map(
      (kind) => [outcomes.filter(({ outcome }) => outcome === kind).length, kind] as const,
    ),
    [left.length, "left"] as const,
  ].filter(([count]) => count > 0);
  return counts.length === 0 ? "nothing to take in" : counts.map((one) => one.join(" ")).join(", ");
}
