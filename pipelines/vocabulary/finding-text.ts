import { decimalText } from "./decimal.ts";
import { CHECK, CHECK_OWN, FINDINGS } from "./words.ts";

/** What is told of a finding. Figures are exact decimals, null where there are none. */
export interface ToldFinding {
  readonly rule: string;
  readonly value: string | null;
  readonly compared_with: string | null;
  /** The words that it has from intake; null where its rule alone says all. */
  readonly found: string | null;
  readonly file_name?: string | null;
}

interface RuleWords {
  readonly word: string;
  readonly found?: string;
  readonly found_blank?: string;
  readonly remedy?: string;
}

const RULES: Readonly<Record<string, RuleWords>> = FINDINGS;

/** What stands for a rule that has no words, as one of an earlier program may not. */
const UNKNOWN: RuleWords = { word: "Số liệu cần kiểm tra lại" };

/** A finding without its figures: where they stand beside it, or may not be shown. No full stop. */
export function findingWord(rule: string): string {
  return (RULES[rule] ?? UNKNOWN).word;
}

/** A finding in a sentence with its figures, without a full stop. */
export function findingSentence(finding: ToldFinding): string {
  const { rule, value, compared_with } = finding;
  if (finding.found !== null) return finding.found.replace(/[.\s]+$/, "");
  const words = RULES[rule] ?? UNKNOWN;
  const sentence = (value === null ? words.found_blank : undefined) ?? words.found ?? words.word;
  const values: Readonly<Record<string, string | null | undefined>> = {
    value: figureText(value),
    compared_with: figureText(compared_with),
    file_name: finding.file_name,
  };
  const names = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  // a sentence with a gap in it would say less than the one without figures
  if (names.some((name) => typeof values[name] !== "string")) return words.word;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}

/**
 * What is to be done about a finding: whole sentences.
 * @param isOfUnit it is told to the unit whose report it is about
 */
export function findingRemedy(rule: string, isOfUnit = false): string {
  return isOfUnit ? CHECK_OWN : (RULES[rule]?.remedy ?? CHECK);
}

function figureText(decimal: string | null): string | null {
  return decimal === null ? null : decimalText(decimal);
}
