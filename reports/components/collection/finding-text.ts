import { findingSentence, wordsOfRule } from "../../../pipelines/vocabulary/finding-text.ts";

interface Finding {
  readonly rule: string;
  readonly value: number | null;
  readonly compared_with: number | null;
}

/**
 * What was found, and what it means for the figures shown: whole sentences. The names of files are
 * not there.
 */
export function findingText({ rule, value, compared_with }: Finding): string {
  const { found_blank, effect, effect_blank } = wordsOfRule(rule);
  const isBlank = value === null && found_blank !== undefined;
  const sentence = findingSentence({
    rule,
    value: decimal(value),
    compared_with: decimal(compared_with),
    found: null,
  });
  const meaning = isBlank ? effect_blank : effect;
  return `${sentence}.${meaning === undefined ? "" : ` ${meaning}`}`;
}

function decimal(value: number | null): string | null {
  return value === null ? null : String(value);
}
