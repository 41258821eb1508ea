import { decimalText } from "./decimal.ts";
import { CHECK, CHECK_OWN, type FIGURE_RULES, FINDINGS, OF_ANOTHER_VERSION } from "./words.ts";

/** A finding as it is shown. Figures are exact decimals, null where there are none. */
export interface ShownFinding {
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
  readonly effect?: string;
  readonly effect_blank?: string;
}

/** By what something was found: a rule of the models, or a doubt of intake. */
export type FindingRule = (typeof FIGURE_RULES)[number] | keyof typeof FINDINGS;

/** A rule of a model that has no words is an error of types here. */
const RULES: Readonly<Record<FindingRule, RuleWords>> = FINDINGS;

/** Of a code that another version of this program recorded, and this one has no row for, the code itself. */
export function wordsOfRule(rule: string): RuleWords {
  if (Object.hasOwn(RULES, rule)) return RULES[rule as FindingRule];
  return { word: OF_ANOTHER_VERSION.replace("{code}", rule) };
}

/** A finding without its figures: where they stand beside it, or may not be shown. No full stop. */
export function findingWord(rule: string): string {
  return wordsOfRule(rule).word;
}

/** A finding in a sentence with its figures, without a full stop. */
export function findingSentence(finding: ShownFinding): string {
  const { rule, value, compared_with } = finding;
  if (finding.found !== null) return finding.found.replace(/[.\s]+$/, "");
  const words = wordsOfRule(rule);
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
 * @param isOfUnit it is for the unit whose report it is about
 */
export function findingRemedy(rule: string, isOfUnit = false): string {
  return isOfUnit ? CHECK_OWN : (wordsOfRule(rule).remedy ?? CHECK);
}

function figureText(decimal: string | null): string | null {
  return decimal === null ? null : decimalText(decimal);
}
