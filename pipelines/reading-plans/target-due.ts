import type { Role } from "./number-roles.ts";
import type { Place } from "./outline.ts";
import { type Due, duesIn, type QuotedDue } from "./times.ts";

/** Before a date that goes for the whole sentence stand no more words: «Kiềm chế, phấn đấu đến năm 2030 …». */
const OPENING_WORDS = 4;
/** More than a span of years, or «trong năm». */
const OF_ITS_OWN = 2;

/**
 * When a target is due: by its own words, those before the first number of its clause, a time with a
 * colon behind it, those that open the sentence, or those of its heading. Where only a number behind it
 * has a time, that is taken, and marked; what is a part of another («trong đó») is due with it.
 */
export function dueOf(
  sentence: string,
  role: Role,
  roles: readonly Role[],
  dues: readonly QuotedDue[],
  place: Place,
): { readonly due: Due | null; readonly mark: string | null } {
  const { amount, clause } = role;
  const owned = dues.map((due) => {
    const asked = roles.filter((one) => !isNoteBefore(due.at, one, sentence));
    return { due, owner: ownerOf(due, asked) };
  });
  const of = (test: (due: QuotedDue, owner: Role | undefined) => boolean): QuotedDue[] =>
    owned.filter(({ due, owner }) => test(due, owner)).map(({ due }) => due);
  const targets = roles.filter((one) => one.role === "target");
  const listed = dues.find(({ at, years }) => years !== undefined && at > amount.at);
  const series = targets.filter(({ amount: { at } }) => at < (listed?.at ?? 0));
  const year = listed?.years?.at(series.indexOf(role) - series.length);
  if (listed !== undefined && year !== undefined && series.length >= (listed.years?.length ?? 0))
    return {
      due: { words: `năm ${year}`, until: year, from: null, every: null },
      mark: /các\s+năm/iu.test(listed.words)
        ? null
        : `“${listed.words}”: mỗi mức lấy một năm, theo thứ tự`,
    };
  const own = of((_, owner) => owner === role);
  const isBeforeFirst = ({ at }: QuotedDue, from: number): boolean =>
    at >= from && !roles.some((one) => one.amount.at >= from && one.amount.at < at);
  const nearer = of((due) => due.at < amount.at && isBeforeFirst(due, clause.start));
  const headed = of(
    ({ at, end }) =>
      end <= amount.at &&
      /(?:^|[;.])[\s\p{L}]{0,12}$/u.test(sentence.slice(0, at)) &&
      /^\s*:/u.test(sentence.slice(end)),
  );
  const leading = of(
    (due) => isBeforeFirst(due, 0) && wordsIn(sentence.slice(0, due.at)) <= OPENING_WORDS,
  );
  const heading = [...place.headings]
    .reverse()
    .flatMap((text) => duesIn(text).filter(({ weight }) => weight > 1));
  // «làm việc ít nhất 2 ngày/tuần» says how long, and not when it is looked at
  const ofConditions = of(
    ({ until }, owner) => until !== null && owner?.role === "condition" && owner.previous === role,
  );
  const isSpan = ({ weight }: QuotedDue): boolean => weight === OF_ITS_OWN;
  // «hết quý I có 30%, …, hết năm có 100%»: its own time is none that opens the sentence
  const isByYearEnd =
    own.some(({ words, until }) => until === null && /hết|cuối|cả/iu.test(words)) &&
    !nearer.some((one) => own.includes(one));
  const [early, opening] = isByYearEnd ? [[], []] : [nearer, leading];
  const strong = (some: readonly QuotedDue[]): QuotedDue[] =>
    some.filter(({ weight }) => weight > OF_ITS_OWN);
  const part = sentence.toLocaleLowerCase("vi").lastIndexOf("trong đó", amount.at);
  const isOpen = part >= clause.start || /^.{8}\s*:/u.test(sentence.slice(Math.max(part, 0)));
  const whole = part < 0 || !isOpen ? undefined : targets.findLast((one) => one.amount.at < part);
  const chosen = [
    ...[strong(own), strong(early), strong(headed).slice(-1)],
    ...[clause.start > 0 ? early : [], strong(opening)],
    // one that ends otherwise than its heading says
    own.filter((one) => isSpan(one) && heading.every(({ until }) => until !== one.until)),
    ...[strong(heading.slice(0, 1)), own.filter(isSpan)],
  ].find((some) => some.length > 0);
  if (whole !== undefined && !own.some(({ weight }) => weight >= OF_ITS_OWN))
    return dueOf(sentence, whole, roles, dues, place);
  const found =
    chosen ??
    [heading.slice(0, 1), own, nearer, leading, ofConditions].find((some) => some.length > 0);
  const due = best(found ?? []);
  const behind = strong(of(({ at }, owner) => at > amount.at && at < clause.end && owner !== role));
  const isAbove = found?.every((one) => !dues.includes(one) || one.at < clause.start) ?? false;
  const isRival = ({ words, every, at }: QuotedDue): boolean =>
    words !== due?.words && every !== due?.every && at >= role.start && !words.startsWith("/");
  const first = targets.find((one) => one.clause === clause);
  const isBorrowed =
    first !== role &&
    role.lead.trim() !== "" &&
    (found?.every((one) => nearer.includes(one)) ?? false) &&
    !own.some((one) => found?.includes(one));
  // «Hằng năm giảm 3% …; không còn …», «Mỗi tháng tuần tra 60 ca; sửa chữa 85 km đường»
  const isOfAnother =
    clause.start > 0 &&
    (found?.every((one) => leading.includes(one) && !/^\s*[,:]/u.test(sentence.slice(one.end))) ??
      false);
  const other = isAbove ? behind[0] : strong(found ?? []).find(isRival);
  if (due !== null) {
    // «được hưởng trợ cấp hằng tháng», «ít nhất 02 lần trong năm học», «04 hội nghị, mỗi quý 01 hội nghị»
    const here = found?.find(
      (one) => dues.includes(one) && one.words === due.words && one.at >= amount.end,
    )?.at;
    const isAcross = roles.some(({ amount: { at } }) => at > amount.at && at < (here ?? 0));
    const isOfThing =
      due.every !== null &&
      !due.words.startsWith("/") &&
      /\p{L}[^,(/]*$/u.test(sentence.slice(amount.end, here ?? amount.end));
    if (isAcross || isOfThing || found === ofConditions)
      return { due, mark: `“${due.words}” có thể là lời tả, hoặc hạn của số khác` };
    if (other !== undefined)
      return { due, mark: `hạn “${due.words}” được chọn, trong khi câu còn “${other.words}”` };
    const isTaken = isOfAnother || (isBorrowed && due.every !== null);
    return { due, mark: isTaken ? `thời hạn “${due.words}” lấy của mức trước trong câu` : null };
  }
  const shared = best(
    of(
      ({ at, words }, owner) =>
        at > amount.at && at < clause.end && owner?.role === "target" && !words.startsWith("/"),
    ),
  );
  return {
    due: shared,
    mark: shared === null ? null : `thời hạn “${shared.words}” lấy chung của cả câu`,
  };
}

/** The most precise of several times. */
export function best(dues: readonly QuotedDue[]): Due | null {
  const [first] = [...dues].sort((one, other) => other.weight - one.weight);
  if (first === undefined) return null;
  const { words, until, from, every } = first;
  return { words, until, from, every };
}

function wordsIn(text: string): number {
  return text.match(/\p{L}+/gu)?.length ?? 0;
}

/** It stands in brackets that end before a date. */
function isNoteBefore(at: number, { amount }: Role, sentence: string): boolean {
  const end = sentence.indexOf(")", amount.at);
  return end >= 0 && end < at && /\([^()]*$/u.test(sentence.slice(0, amount.at));
}

/** The number that a date is about: the one before it, unless a sign parts them and none parts it from the next. */
function ownerOf(due: QuotedDue, roles: readonly Role[]): Role | undefined {
  const isIn = ({ clause }: Role): boolean => due.at >= clause.start && due.at < clause.end;
  const before = roles.filter((one) => isIn(one) && one.amount.at < due.at).at(-1);
  const after = roles.find((one) => one.clause.start <= due.at && one.amount.at >= due.end);
  if (before === undefined || after?.clause !== before.clause) return before ?? after;
  return after.start > before.amount.end && after.start <= due.at ? after : before;
}
