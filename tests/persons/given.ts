import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PersonalSign } from "../../pipelines/persons/personal-kind.ts";
import { personalSigns } from "../../pipelines/persons/personal-signs.ts";
import { personalPlaces, type TableCell } from "../../pipelines/persons/personal-table.ts";

/** What becomes of a text: the file is refused, the text is held, or neither. */
export type Verdict = "!" | "?" | "-";

interface Line {
  readonly sign: string;
  readonly text: string;
  /** The comment that stands above it. */
  readonly kind: string;
}

/** The lines of a file of texts, each with the sign that it begins with. */
export function linesOf(path: string): Line[] {
  let kind = "";
  return readFileSync(join(import.meta.dirname, path), "utf8")
    .split("\n")
    .flatMap((line) => {
      if (line.startsWith("#")) kind = line.slice(2);
      if (line === "" || line.startsWith("#")) return [];
      const unescaped = line.replace(/\\u([\dA-F]{4})/g, (_, code) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      );
      return [{ sign: unescaped[0] ?? "", text: unescaped.slice(2), kind }];
    });
}

export function verdictOf(signs: readonly PersonalSign[]): Verdict {
  if (signs.length === 0) return "-";
  return signs.some(({ certainty }) => certainty === "certain") ? "!" : "?";
}

export function verdictOnText(text: string): Verdict {
  return verdictOf(personalSigns(text));
}

/** Rows parted by `//`, cells by `|`; a whole number is a number of the sheet. */
export function rowsOf(text: string): TableCell[][] {
  return text.split("//").map((row) =>
    row.split("|").map((cell) => {
      const trimmed = cell.trim();
      if (trimmed === "") return null;
      return /^(?:0|[1-9]\d*)$/.test(trimmed) ? Number(trimmed) : trimmed;
    }),
  );
}

export function verdictOnRows(rows: readonly TableCell[][]): Verdict {
  return verdictOf(personalPlaces(rows, { without: (text) => text }).flatMap(({ signs }) => signs));
}
