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

type FormCell = NonNullable<ReturnType<Cells["get"]>>;

/** A text in several formats, each with a font that is not the cell's. */
const runs = (...all: readonly (readonly [text: string, font?: FontStyle])[]): FormCell => ({
  richText: all.map(([text, font]) => (font === undefined ? { text } : { text, font })),
});
const STRIKE = { font: { strikethrough: true } };
const WHITE_LETTERS = { font: { color: { rgb: "FFFFFF" } } };
const CROSSED = { border: { diagonal: { style: "thin" }, diagonalUp: true } } as const;
const WINGDINGS = { font: { name: "Wingdings" } };
const PICTURES = "ký hiệu của phông chữ Wingdings";
const RAISED = { vertAlign: "superscript" } as const;
const LOWERED = { vertAlign: "subscript" } as const;

/** An entry of 20 with a footnote's mark, with digits that nobody sees, or struck out; what is read of it. */
export const CELLS: readonly (readonly [what: string, cell: FormCell, read: string])[] = [
  ["superscript", runs(["20"], ["1", RAISED]), "20"],
  ["subscript", runs(["20"], ["2", LOWERED]), "20"],
  ["a raised star", runs(["20"], ["*", RAISED]), "20"],
  ["a million", runs(["10"], ["6", RAISED]), "10⁶"],
  ["all of it raised", runs(["20", RAISED]), "20"],
  ["a square metre", runs(["20 m"], ["2", RAISED]), "20 m²"],
  ["before a word", runs(["1", RAISED], ["Không"]), "Không"],
  ["a star before a word", runs(["*", LOWERED], [" Có"]), "Có"],
  ["one point", runs(["20"], ["1", { size: 1 }]), "20"],
  ["white", runs(["20"], ["1", WHITE_LETTERS.font]), "20"],
  ["white before it", runs(["1", WHITE_LETTERS.font], ["20"]), "20"],
  ["red", runs(["20"], ["1", { color: { rgb: "FF0000" } }]), "201"],
  [
    "a mark, white as its cell",
    { ...runs(["20"], ["1", LOWERED]), style: WHITE_LETTERS },
    "shown_otherwise",
  ],
  ["nothing that is seen", runs(["20", WHITE_LETTERS.font]), "shown_otherwise"],
  ["a part struck out", runs(["120", STRIKE.font], [" 135"]), "struck_out"],
  ["struck out", { value: 20, style: STRIKE }, "struck_out"],
  ["a line across it", { value: 20, style: CROSSED }, "struck_out"],
  // signs of a font that shows pictures, as Word and Excel insert them
  ["✓ of Wingdings", { value: "ü", style: WINGDINGS }, "✓"],
  ["☑ of Wingdings", { value: "\uF0FE", style: WINGDINGS }, "☑"],
  ["☐ of Wingdings", { value: "o", style: WINGDINGS }, "☐"],
  ["☒ of Wingdings", { value: "x", style: WINGDINGS }, "☒"],
  ["✓ of Wingdings 2", { value: "P", style: { font: { name: "Wingdings 2" } } }, "✓"],
  ["☒ of Wingdings in a text", runs(["x", WINGDINGS.font], [" đã có"]), "☒ đã có"],
  ["digits of Wingdings", { value: 20, style: WINGDINGS }, PICTURES],
  ["typed digits of Wingdings", { value: "20", style: WINGDINGS }, PICTURES],
  ["ü of another font", { value: "ü", style: { font: { name: "Arial" } } }, "ü"],
  ["blank, what would stand there struck out", { value: null, style: STRIKE }, ""],
];

/** A ward's form with such an entry. */
export async function formOfCell(cell: FormCell): Promise<Uint8Array> {
  const { rows } = await sheetOf(await formOf("W-901"));
  const cells: Cells = new Map([[entryPlace(rows, "measure:trained").join(), cell]]);
  return writeXlsx({ sheets: [{ name: "S", rows, cells }] });
}

type Rule = Omit<ConditionalRule, "range" | "priority">;

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
