import type { Sheet } from "hucre";
import { readXlsx } from "hucre/xlsx";
import { type Element, elementOf, partsOf, textOf } from "../exports/package-parts.ts";
import { alignedTable, withoutChance } from "./table.ts";

/** What a Word document says: paragraphs and tables one below the other, then what heads its pages. */
export function readableWord(bytes: Uint8Array): string {
  const parts = partsOf(bytes);
  const linesIn = (name: string): string[] => elementOf(parts, name).children.flatMap(linesOf);
  const body = elementOf(parts, "word/document.xml").children[0];
  const edges = [...parts.keys()].filter((name) => /^word\/(header|footer)\d*\.xml$/.test(name));
  const lines = [
    ...(body?.children ?? []).flatMap(linesOf),
    "",
    "[headers and footers]",
    ...new Set(edges.sort().flatMap(linesIn)),
  ];
  return withoutChance(
    `${lines
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim()}\n`,
  );
}

function linesOf(element: Element): string[] {
  if (element.name === "w:p") return [textOf(element).replace(/\s+/g, " ").trim()];
  if (element.name !== "w:tbl") return [];
  const cells = (row: Element) =>
    named(row, "w:tc").map((cell) =>
      cell.children
        .flatMap(linesOf)
        .filter((text) => text !== "")
        .join(" · "),
    );
  return ["", ...alignedTable(named(element, "w:tr").map(cells)), ""];
}

function named(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name);
}

/** A row with fewer cells than this is a line of its own, not part of a table. */
const LEAST_CELLS = 3;

/** What the first sheets of a workbook say, without rows and columns that are empty or hidden. */
export async function readableWorkbook(
  bytes: Uint8Array,
  most = Number.POSITIVE_INFINITY,
): Promise<string> {
  const { sheets } = await readXlsx(bytes);
  const lines = sheets
    .filter(({ hidden, veryHidden }) => hidden !== true && veryHidden !== true)
    .slice(0, most)
    .flatMap((sheet) => [`# ${sheet.name}`, "", ...sheetLines(sheet), ""]);
  return withoutChance(
    `${lines
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim()}\n`,
  );
}

function sheetLines({ rows, columns, rowDefs }: Sheet): string[] {
  const cells = rows
    .filter((_, row) => rowDefs?.get(row)?.hidden !== true)
    .map((row) => row.map(cellText).filter((_, column) => columns?.[column]?.hidden !== true))
    .filter((row) => row.some((text) => text !== ""));
  const lines: string[] = [];
  let table: string[][] = [];
  const endTable = (): void => {
    const width = Math.max(0, ...table.map(({ length }) => length));
    const used = Array.from({ length: width }, (_, column) => column).filter((column) =>
      table.some((row) => (row[column] ?? "") !== ""),
    );
    const shown = table.map((row) => used.map((column) => row[column] ?? ""));
    if (shown.length > 0) lines.push("", ...alignedTable(shown), "");
    table = [];
  };
  const filledIn = (row: readonly string[] = []) => row.filter((text) => text !== "");
  const isWide = (row?: readonly string[]) => filledIn(row).length >= LEAST_CELLS;
  for (const [index, row] of cells.entries()) {
    // a heading of the rows below it is within their table
    if (isWide(row) || (table.length > 0 && isWide(cells[index + 1]))) {
      table.push(row);
    } else {
      endTable();
      lines.push(filledIn(row).join("   "));
    }
  }
  endTable();
  return lines;
}

function cellText(value: unknown): string {
  return value === null || value === undefined ? "" : String(value).replace(/\s+/g, " ").trim();
}
