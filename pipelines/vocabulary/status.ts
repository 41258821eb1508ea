import { inSentence } from "./letter-case.ts";
import { STATUSES } from "./words.ts";

// What statuses mean is in words.yaml; here are the questions that several places ask of it.

export type Status = keyof typeof STATUSES;

/** In the order in which they are counted. */
export const STATUS_NAMES = Object.keys(STATUSES) as readonly Status[];

/** In the order of attention, the most urgent first. */
export const BY_ATTENTION: readonly Status[] = STATUS_NAMES.toSorted(
  (one, other) =>
    (STATUSES[one].attention ?? Infinity) - (STATUSES[other].attention ?? Infinity) || 0,
);

/** The statuses in which somebody has to act, the most urgent first: what "needs attention" means. */
export const LACKING: readonly Status[] = BY_ATTENTION.filter(isLacking);

/** What a verdict is that something owed could still change. */
export const PROVISIONAL = "tạm tính";

/** `không đạt hoặc chậm tiến độ` */
export const LACKING_TEXT = LACKING.map(wordWithin).join(" hoặc ");

/** Whether it stands in the place of a status that an audience is not shown. */
export function isHidden(status: Status): boolean {
  return STATUSES[status].hidden;
}

/** `chậm tiến độ`: its word within a sentence. */
export function wordWithin(status: Status): string {
  return inSentence(STATUSES[status].word);
}

/** A status behind a number in running text: `chưa đạt, chưa đến hạn`. */
export function countedAs(status: Status): string {
  return STATUSES[status].counted ?? wordWithin(status);
}

/** Whether somebody has to act. */
export function isLacking(status: Status): boolean {
  return STATUSES[status].lacking;
}

/** Whether the value is held against the pace of its target. */
export function isPaced(status: Status): boolean {
  return STATUSES[status].paced;
}

/** Whether nothing is asked, so that nothing is concluded. */
export function isUnasked(status: Status): boolean {
  return STATUSES[status].unasked;
}

/** Whether the target is reached; null where nothing is concluded. */
export function attainedBy(status: Status): boolean | null {
  return STATUSES[status].attained;
}

/** Whether a place only has it or not: of a share that need not be of all of them. */
export function isAnswer(valueKind: string | null, statusOfPlace: string | null): boolean {
  return (
    (valueKind === "share_of_areas" || valueKind === "share_of_units") &&
    statusOfPlace === "no_target"
  );
}
