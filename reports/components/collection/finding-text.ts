import { numberText } from "../number-text.ts";
import { FINDINGS } from "../words.ts";

interface Finding {
  readonly rule: string;
  readonly value: number | null;
  readonly compared_with: number | null;
  readonly sheet?: string | null;
  readonly cell?: string | null;
  readonly line?: number | null;
}

interface RuleWords {
  readonly word: string;
  readonly found?: string;
  readonly found_blank?: string;
  readonly effect?: string;
  readonly effect_blank?: string;
}

const RULES: Readonly<Record<string, RuleWords>> = FINDINGS;

/** For a rule without words, as earlier releases may have. */
const UNKNOWN = "Số liệu cần kiểm tra lại";

/**
 * What a finding says, and what it means for the figures shown: whole sentences. The names of files
 * are not there.
 */
export function findingText(row: Finding): string {
  const words = RULES[row.rule];
  if (words === undefined) return `${UNKNOWN}${placeText(row)}.`;
  const isBlank = row.value === null && words.found_blank !== undefined;
  const effect = isBlank ? words.effect_blank : words.effect;
  return `${sentenceOf(row, words, isBlank)}.${effect === undefined ? "" : ` ${effect}`}`;
}

function sentenceOf(row: Finding, words: RuleWords, isBlank: boolean): string {
  const sentence = isBlank ? words.found_blank : words.found;
  if (sentence === undefined || sentence.includes("{file_name}")) {
    return words.word;
  }
  return sentence
    .replace("{value}", numberText(row.value))
    .replace("{compared_with}", numberText(row.compared_with));
}

function placeText({ sheet, cell, line }: Finding): string {
  if (cell) return `, trang tính “${sheet}”, ô ${cell}`;
  return line ? `, dòng ${line}` : "";
}
