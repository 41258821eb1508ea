import { AREA_NOUN } from "../../reading-plans/comparing-words.ts";
import { comparisonBeside } from "../../reading-plans/number-roles.ts";
import { sentencesOf } from "../../reading-plans/sentence.ts";
import { type ReadTarget, readSentence, UNSAID, wordsAsking } from "../../reading-plans/targets.ts";
import { decimalText } from "../../vocabulary/decimal.ts";
import { levelsOf } from "../../vocabulary/level.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import type { Inconsistency } from "../file/plan-consistency.ts";
import { measuresOf, type Plan, type PlanIndicator } from "../plan/plan.ts";
import { numbersOf, type PlanTargetStatement } from "../plan/plan-target.ts";
import { numbersOrLevelsIn } from "./quoted-number.ts";
import { isOf, type Otherwise, otherTimes } from "./quoted-time.ts";

const NOWHERE = { paragraph: 1, headings: [] } as const;

/**
 * Targets that ask for something else than the plan's own words, as the grammar of plans reads them:
 * «dưới 20 %» written `>=`, «giảm 20 %» as a rise, «vào năm 2026» as due each year. A rule that was
 * added about the words settles them.
 */
export function unquotedComparisons(plan: Plan): Inconsistency[] {
  return plan.indicators.flatMap((indicator, index) => {
    const { statements } = indicator.target;
    const read = sentencesOf(indicator.quote).flatMap(
      (sentence) => readSentence(sentence, NOWHERE, "targets").targets,
    );
    const reported = new Set<string>();
    return statements.flatMap((statement, position): Inconsistency[] => {
      const inList = statements.length > 1 ? [position] : [];
      return [
        ...otherNumbers(plan, indicator, statement, read),
        ...otherTimes(plan, indicator, statement, read),
      ]
        .filter(({ quoted, but }) => {
          const isNew = !reported.has(`${quoted} ${but}`);
          reported.add(`${quoted} ${but}`);
          return isNew && !indicator.added_rules.some((rule) => isAbout(rule, quoted));
        })
        .map(({ quoted, but, write, field }) => ({
          path: ["indicators", index, "target", ...inList, field],
          message: `câu của kế hoạch là “${quoted}”, mà ${but}`,
          remedy: `${write}; nếu hiểu khác thì nêu “${quoted}” ở added_rules.`,
        }));
    });
  });
}

/** Whether a rule names words of a quote, or in quotation marks a part of them with its number. */
function isAbout(rule: string, quoted: string): boolean {
  const parts = [...rule.matchAll(/“([^”]*\d[^”]*)”/g)].map(([, part = ""]) => plain(part));
  return plain(rule).includes(plain(quoted)) || parts.some((one) => plain(quoted).includes(one));
}

function plain(text: string): string {
  return text.normalize("NFC").toLocaleLowerCase("vi").replace(/\s+/g, " ");
}

/** What is wrong with a number by all readings of it in the quote: one that agrees is enough. */
function otherNumbers(
  plan: Plan,
  indicator: PlanIndicator,
  statement: PlanTargetStatement,
  read: readonly ReadTarget[],
): Otherwise[] {
  return numbersOf(statement).flatMap(({ number: { value, to } }): Otherwise[] => {
    // that a 0 always holds is an oddity
    if (to !== null || Number(value) === 0) return [];
    const found =
      levelsOf(indicator.unit_of_measure) === null
        ? read
            .filter((one) => isOf(one, value))
            .map((one) => disagreement(plan, indicator, statement, value, one, read))
        : otherLevels(indicator, value);
    return found.includes(null) ? [] : found.flatMap((one) => one ?? []).slice(0, 1);
  });
}

/** The comparison of a level that the quote names: «loại B trở lên». */
function otherLevels(
  { quote, unit_of_measure, target: { comparator } }: PlanIndicator,
  value: string,
): (Otherwise | null)[] {
  return numbersOrLevelsIn(quote, unit_of_measure)
    .filter((one) => one.value === value)
    .map(({ at, typed }) => {
      const beside = [quote.slice(0, at), quote.slice(at + typed.length)] as const;
      const asked = comparisonBeside(...beside);
      if (asked === null || asked === comparator) return null;
      return compared(wordsAsking(beside[0], typed, beside[1]) ?? typed, comparator, asked);
    });
}

const compared = (quoted: string, comparator: string, asked: string): Otherwise => ({
  ...{ quoted, but: `mức ghi ${comparator}` },
  ...{ write: `Ghi comparator: "${asked}"`, field: "comparator" },
});

/** What a reading of the number asks for instead; null where it agrees, or leaves it open. */
function disagreement(
  { measures }: Plan,
  { value: of, target: { comparator } }: PlanIndicator,
  { for: places }: PlanTargetStatement,
  value: string,
  asked: ReadTarget,
  all: readonly ReadTarget[],
): Otherwise | null {
  const { asked: quoted, change, to } = asked;
  const isFloor = comparator.startsWith(">");
  const isFall = change?.direction === "giảm";
  if (of.kind === "change") {
    // of how many times as much nothing is the same
    if (of.as === "times" || change === null) return null;
    const isSame =
      isFall === Number(value) < 0 &&
      (comparator === "=" || asked.comparator.startsWith(">") === isFloor);
    if (!isSame) {
      const size = value.replace(/^-/, "");
      return {
        ...{ quoted, but: `mức ghi ${comparator} ${decimalText(value)}` },
        write: `Ghi comparator: "${asked.comparator}", value: ${isFall ? "-" : ""}${size}`,
        field: "comparator",
      };
    }
  } else if (isFall) {
    // what is counted may itself be what has gone
    const counted = measures.filter(({ code }) => measuresOf(of).includes(code));
    if (isFloor && !counted.some(({ name }) => /giảm|thoát|bớt|hạ|ra khỏi/iu.test(name)))
      return {
        ...{ quoted, but: "giá trị không phải là mức giảm" },
        ...{ write: "Ghi value: { kind: change, … } và số âm", field: "comparator" },
      };
  } else if (change?.direction === "tăng" && change.against !== null && change.as === "percent") {
    const counted = measures.filter(({ code }) => measuresOf(of).includes(code));
    if (!counted.some(({ name }) => /tăng|thêm/iu.test(name)))
      return {
        ...{ quoted, but: "giá trị không phải là mức tăng" },
        ...{ write: "Ghi value: { kind: change, … }", field: "comparator" },
      };
  } else if (to === null && !asked.marks.includes(UNSAID) && !isAlike(asked, comparator)) {
    return compared(quoted, comparator, asked.comparator);
  }
  if (to !== null && comparator !== "between" && comparator !== "=") {
    const takesLess = isFloor !== (of.kind === "change" && Number(value) < 0);
    const wrong = takesLess ? to : asked.value;
    if (Math.abs(Number(wrong)) === Math.abs(Number(value)))
      return {
        ...{ quoted, but: `mức chỉ lấy ${decimalText(wrong.replace(/^-/, ""))}`, field: "value" },
        write: `Ghi khoảng bằng between, hoặc lấy số ${takesLess ? "nhỏ" : "lớn"} hơn`,
      };
  }
  const isOfEach = new RegExp(AREA_NOUN, "iu").test(asked.each ?? "");
  const isOfSum =
    typeof places === "object" &&
    places !== null &&
    "groups" in places &&
    Object.keys(places.groups).some((one) => one in AREA_KINDS);
  if (of.kind === "count" && isOfEach && (places === null || places === "whole" || isOfSum))
    return {
      quoted,
      but: isOfSum ? "mức xét tổng của các địa bàn cùng loại" : "mức chỉ xét ở toàn địa bàn",
      write: isOfSum
        ? `Ghi value: ${decimalText(value)}, for: each (số liệu chỉ hỏi một loại địa bàn thì ghi asked_of)`
        : "Ghi for: each",
      field: isOfSum ? "for" : "value",
    };
  const groups = all.flatMap((one) => {
    const kind = Object.entries(AREA_KINDS).find(([, noun]) => noun === one.group)?.[0];
    return kind === undefined ? [] : [[kind, one.value] as const];
  });
  const isOfKinds = asked.group !== null && new Map(groups).size > 1;
  if (!isOfKinds || (typeof places === "object" && places !== null)) return null;
  return {
    ...{ quoted, but: "mức ấy ghi cho mọi địa bàn", field: "value" },
    write: `Ghi for: { ${groups.map((one) => one.join(": ")).join(", ")} } thay cho value`,
  };
}

/** «xuống còn 25%» may be `<=`, `<` or `=`. */
function isAlike({ comparator, asked }: ReadTarget, written: string): boolean {
  if (comparator === written) return true;
  return comparator === "<=" && /(?<!\p{L})còn\s+\d/iu.test(asked) && ["<", "="].includes(written);
}
