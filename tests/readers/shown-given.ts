import type { ConditionalRule, FontStyle, WriteSheet } from "hucre";
import { writeXlsx } from "hucre/xlsx";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { cellName } from "../../pipelines/workbook/cell-name.ts";
import { entryPlace, formOf, sheetOf } from "./form-given.ts";

const HIDDEN = "shown_otherwise";
type Cells = NonNullable<WriteSheet["cells"]>;

/** A ward's form with three entries of 20, of which formats show something else, or that are merged. */
export async function shownForm(format: string, value: number | string = 20): Promise<Uint8Array> {
  const { rows } = await sheetOf(await formOf("W-901"));
  const at = (code: string): string => entryPlace(rows, code).join();
  const cells: Cells = new Map([
    [at("measure:trained"), { value, style: { numFmt: format } }],
    [at("measure:spent"), { value: 12, style: { numFmt: "#,##0.00" } }],
  ]);
  return writeXlsx({ sheets: [{ name: "S", rows, cells }] });
}

/** A run of a text: its letters, and a font that is not the cell's. */
type Run = readonly [text: string, font?: FontStyle];

/** A footnote's mark, or digits that nobody sees, beside 20 in an entry; what is read of it. */
export const RUNS: readonly (readonly [what: string, runs: readonly Run[], read: string])[] = [
  ["superscript", [["20"], ["1", { vertAlign: "superscript" }]], "20"],
  ["subscript", [["20"], ["2", { vertAlign: "subscript" }]], "20"],
  ["a raised star", [["20"], ["*", { vertAlign: "superscript" }]], "20"],
  ["a million", [["10"], ["6", { vertAlign: "superscript" }]], "10⁶"],
  ["all of it raised", [["20", { vertAlign: "superscript" }]], "20"],
  ["a square metre", [["20 m"], ["2", { vertAlign: "superscript" }]], "20 m²"],
  ["one point", [["20"], ["1", { size: 1 }]], "20"],
  ["white", [["20"], ["1", { color: { rgb: "FFFFFF" } }]], "20"],
  ["white before it", [["1", { color: { rgb: "FFFFFF" } }], ["20"]], "20"],
  ["before a word", [["1", { vertAlign: "superscript" }], ["Không"]], "Không"],
  ["a star before a word", [["*", { vertAlign: "subscript" }], [" Có"]], "Có"],
  ["red", [["20"], ["1", { color: { rgb: "FF0000" } }]], "201"],
  ["nothing that is seen", [["20", { color: { rgb: "FFFFFF" } }]], "shown_otherwise"],
];

/** A ward's form with such an entry. */
export async function formOfRuns(runs: readonly Run[]): Promise<Uint8Array> {
  const { rows } = await sheetOf(await formOf("W-901"));
  const richText = runs.map(([text, font]) => (font === undefined ? { text } : { text, font }));
  const cells: Cells = new Map([[entryPlace(rows, "measure:trained").join(), { richText }]]);
  return writeXlsx({ sheets: [{ name: "S", rows, cells }] });
}

type Rule = Omit<ConditionalRule, "range" | "priority">;
const STRIKE = { font: { strikethrough: true } };
const WHITE_LETTERS = { font: { color: { rgb: "FFFFFF" } } };

/** A condition over an entry of 20, and what is read of it. */
export const CONDITIONS: readonly (readonly [what: string, rule: Rule, read: string])[] = [
  [
    "thousands where it is above 5",
    { type: "cellIs", operator: "greaterThan", formula: "5", style: { numFmt: '0" nghìn"' } },
    "20 nghìn",
  ],
  ["hidden always", { type: "expression", formula: "TRUE", style: { numFmt: ";;;" } }, HIDDEN],
  ["struck out", { type: "expression", formula: "TRUE", style: STRIKE }, "struck_out"],
  ["white", { type: "cellIs", operator: "equal", formula: "20", style: WHITE_LETTERS }, HIDDEN],
  // as many offices hide what is nothing
  ["white zeros", { type: "cellIs", operator: "equal", formula: "0", style: WHITE_LETTERS }, "20"],
  [
    "red",
    { type: "expression", formula: "TRUE", style: { font: { color: { rgb: "FF0000" } } } },
    "20",
  ],
  ["who knows", { type: "expression", formula: "A1=B1", style: STRIKE }, "20, form_uncertain"],
];

/** A ward's form with such a condition over its entries. */
export async function formOfCondition(rule: Rule): Promise<Uint8Array> {
  const { rows } = await sheetOf(await formOf("W-901", { trained: "20" }));
  const [row, column] = entryPlace(rows, "measure:trained");
  const range = `${cellName(row, column)}:${cellName(row + 1, column)}`;
  const conditionalRules = [{ ...rule, range, priority: 1 }];
  return writeXlsx({ sheets: [{ name: "S", rows, conditionalRules }] });
}

/** The same with the entries of two rows merged, the first of which has a figure. */
export async function mergedForm(): Promise<Uint8Array> {
  const { rows } = await sheetOf(await formOf("W-901"));
  const [row, column] = entryPlace(rows, "measure:trained");
  const cells: Cells = new Map([[`${row},${column}`, { value: 20 }]]);
  const merges = [{ startRow: row, endRow: row + 1, startCol: column, endCol: column }];
  return writeXlsx({ sheets: [{ name: "S", rows, cells, merges }] });
}

/** What is read of the entry: its text, or why it is refused. */
export async function readEntry(bytes: Uint8Array): Promise<string> {
  const reading = await readForm(bytes, "bieu");
  if (!reading.ok) return reading.problems.map(({ code, found }) => `${code}: ${found}`).join(" ");
  const read = new Map(reading.document.readings.map(({ measure, value }) => [measure, value]));
  const beside = read.get("spent") ?? "";
  if (beside !== "" && beside !== "12") throw new Error(`12 is read as ${beside}`);
  const isUncertain = reading.document.seen.some(({ unlike }) => unlike.length > 0);
  return `${read.get("trained") ?? ""}${isUncertain ? ", form_uncertain" : ""}`;
}

/** The same of a refused one by its code alone. */
export async function readShort(bytes: Uint8Array): Promise<string> {
  return (await readEntry(bytes)).split(": ", 1)[0] ?? "";
}
