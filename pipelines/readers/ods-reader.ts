import { attributeOf, unescaped, type XmlEvent, xmlEvents } from "../workbook/xml.ts";
import {
  type CellContent,
  type CellMark,
  type FormSheet,
  SheetDraft,
  WorkbookRoom,
} from "./sheet-content.ts";
import { textOfOtherNumber } from "./shown-number.ts";

const TEXT_OF_CELL = "text:p";
/** Signs of an entity such as `&#x1EC7;`. */
const MAX_SIGN = 8;
const ERROR_NAME = /^(#[A-Z0-9/]+[!?]?|Err:\d+)$/;

/**
 * Reads the sheets of an OpenDocument spreadsheet from its `content.xml`, rows in groups and among
 * the repeated headers too. Sheets that only cache another file's cells are left out.
 * @throws SyntaxError where it is not XML, WorkbookTooLarge
 */
export function readOdsContent(content: Buffer): FormSheet[] {
  const styles: OdsStyles = { hidden: new Set(), struck: new Set() };
  const sheets: FormSheet[] = [];
  const room = new WorkbookRoom();
  let tableStyle = "";
  const events = counted(xmlEvents(content.toString("utf8")), room);
  for (const event of events) {
    if (event.kind !== "open") continue;
    if (event.name === "style:style") {
      tableStyle = attributeOf(event.attributes, "style:name") ?? "";
    } else if (event.name === "style:table-properties") {
      if (attributeOf(event.attributes, "table:display") === "false") styles.hidden.add(tableStyle);
    } else if (event.name === "style:text-properties") {
      if (isStruck(event.attributes)) styles.struck.add(tableStyle);
    } else if (event.name === "table:table") {
      const sheet = readTable(events, new SheetDraft(room), event.attributes, styles);
      if (sheet !== null) sheets.push(sheet);
    }
  }
  return sheets;
}

/** Names of styles that hide a sheet, and of those that strike a text out. */
interface OdsStyles {
  readonly hidden: Set<string>;
  readonly struck: Set<string>;
}

function isStruck(attributes: string): boolean {
  return ["style", "type"].some((one) => {
    const line = attributeOf(attributes, `style:text-line-through-${one}`);
    return line !== undefined && line !== "none";
  });
}

interface Events extends IterableIterator<XmlEvent> {
  readonly room: WorkbookRoom;
}

/** The events, each element counted. */
function counted(events: Iterable<XmlEvent>, room: WorkbookRoom): Events {
  const each = function* (): Generator<XmlEvent> {
    for (const event of events) {
      if (event.kind === "open") room.meet();
      yield event;
    }
  };
  return Object.assign(each(), { room });
}

/** Reads on to the end of a table. @returns null for the cells of another file. */
function readTable(
  events: Events,
  draft: SheetDraft,
  attributes: string,
  styles: OdsStyles,
): FormSheet | null {
  const name = attributeOf(attributes, "table:name") ?? "";
  const isHidden = styles.hidden.has(attributeOf(attributes, "table:style-name") ?? "");
  let isCache = false;
  let row = 0;
  for (const event of until(events, "table:table")) {
    if (event.kind !== "open") continue;
    if (event.name === "table:table-source") isCache = true;
    // figures are in rows only; shapes may hold tables and texts of their own
    if (event.name === "table:shapes") draft.lay(0, 0, textWithin(events, event.name));
    if (event.name === "table:table-row") {
      row = readRow(events, draft, event.attributes, row, styles.struck);
    }
  }
  return isCache ? null : draft.finish(name, isHidden);
}

interface OdsCell {
  readonly value: CellContent;
  readonly mark: CellMark | undefined;
  readonly column: number;
  readonly times: number;
}

/** Reads on to the end of a row. @returns the number of the next row. */
function readRow(
  events: Events,
  draft: SheetDraft,
  attributes: string,
  row: number,
  struck: ReadonlySet<string>,
): number {
  const cells: OdsCell[] = [];
  let column = 0;
  for (const event of until(events, "table:table-row")) {
    if (event.kind !== "open") continue;
    if (event.name !== "table:table-cell" && event.name !== "table:covered-table-cell") continue;
    const times = repeated(event.attributes, "table:number-columns-repeated");
    const { text, isStruck: isPartStruck, over } = readText(events, event.name, struck);
    for (const one of over) draft.lay(row, column, one);
    const { value, mark: own } = cellOf(event.attributes, text);
    const [rows, columns] = ["rows", "columns"].map((what) =>
      repeated(event.attributes, `table:number-${what}-spanned`),
    );
    if ((rows ?? 1) > 1 || (columns ?? 1) > 1) {
      const [endRow, endCol] = [row + (rows ?? 1) - 1, column + (columns ?? 1) - 1];
      draft.merge({ startRow: row, endRow, startCol: column, endCol });
    }
    const style = attributeOf(event.attributes, "table:style-name") ?? "";
    const mark = isPartStruck || struck.has(style) ? { ...own, isStruck: true } : own;
    if (value !== null || own !== undefined) cells.push({ value, mark, column, times });
    column += times;
  }
  const rows = repeated(attributes, "table:number-rows-repeated");
  // a blank row may be repeated a million times
  for (let copy = 0; cells.length > 0 && copy < rows; copy += 1) {
    for (const { value, mark, column: first, times } of cells) {
      for (let index = 0; index < times; index += 1) {
        draft.put(row + copy, first + index, value, mark);
      }
    }
  }
  return row + rows;
}

function repeated(attributes: string, name: string): number {
  const times = Number(attributeOf(attributes, name) ?? "1");
  return Number.isSafeInteger(times) && times >= 1 ? times : 1;
}

/** The events up to the end of an element that has been opened, those of its kind within it too. */
function* until(events: Events, name: string): Generator<XmlEvent> {
  let depth = 1;
  for (let next = events.next(); next.done !== true; next = events.next()) {
    const event = next.value;
    if (event.kind !== "text" && event.name === name) depth += event.kind === "open" ? 1 : -1;
    if (depth === 0) return;
    yield event;
  }
}

function skip(events: Events, name: string): void {
  for (const _ of until(events, name));
}

/**
 * Reads on to the end of a cell.
 * @returns its paragraphs, null where it has none at all; whether a part of them is struck out; and
 * the texts of comments and drawings that are kept in it
 */
function readText(
  events: Events,
  cell: string,
  struck: ReadonlySet<string>,
): { readonly text: string | null; readonly isStruck: boolean; readonly over: readonly string[] } {
  const paragraphs: string[] = [];
  const over: string[] = [];
  let isStruck = false;
  const strike = (): void => {
    isStruck = true;
  };
  for (const event of until(events, cell)) {
    if (event.kind !== "open") continue;
    // comments, pictures and rings around a cell are no text of it
    if (event.name === TEXT_OF_CELL) {
      paragraphs.push(readParagraph(events, struck, strike));
    } else over.push(textWithin(events, event.name));
  }
  return { text: paragraphs.length === 0 ? null : paragraphs.join("\n"), isStruck, over };
}

/** Reads on to the end of a comment or a drawing. @returns its paragraphs */
function textWithin(events: Events, name: string): string {
  let text = "";
  for (const event of until(events, name)) {
    if (event.kind !== "open") continue;
    if (event.name === TEXT_OF_CELL)
      text += `${readParagraph(events, new Set(), () => undefined)}\n`;
    else if (/^(?:dc|meta):/.test(event.name)) skip(events, event.name);
  }
  return text.trim();
}

function readParagraph(events: Events, struck: ReadonlySet<string>, strike: () => void): string {
  let text = "";
  for (const event of until(events, TEXT_OF_CELL)) {
    if (event.kind === "text") {
      events.room.fit(event.text.length / MAX_SIGN);
      text += unescaped(event.text);
    }
    events.room.fit(text.length);
    if (event.kind !== "open") continue;
    if (struck.has(attributeOf(event.attributes, "text:style-name") ?? "")) strike();
    if (event.name === "text:s") text += " ";
    else if (event.name === "text:tab") text += "\t";
    else if (event.name === "text:line-break") text += "\n";
    else if (event.name !== "text:span" && event.name !== "text:a") skip(events, event.name);
  }
  return text;
}

function cellOf(attributes: string, text: string | null): { value: CellContent; mark?: CellMark } {
  const formula = attributeOf(attributes, "table:formula");
  const isFormula = formula !== undefined;
  const own: CellMark | undefined = isFormula ? { isFormula, formula } : undefined;
  const marked = (value: CellContent, mark = own) =>
    mark === undefined ? { value } : { value, mark };
  if (
    attributeOf(attributes, "calcext:value-type") === "error" ||
    (isFormula && ERROR_NAME.test(text ?? ""))
  ) {
    return { value: text ?? "", mark: { isError: true, isFormula } };
  }
  switch (attributeOf(attributes, "office:value-type")) {
    case "float":
    case "currency":
    case "percentage": {
      const value = numberOf(attributes);
      const isPercentage = attributeOf(attributes, "office:value-type") === "percentage";
      // the program has written down what it shows; one that has not shows the number
      const shown =
        typeof value === "number" && text !== null ? textOfOtherNumber(text, value) : null;
      if (shown === null && !isPercentage) return marked(value);
      return marked(value, { ...own, isPercentage, ...(shown === null ? {} : { shown }) });
    }
    case "boolean":
      return marked(attributeOf(attributes, "office:boolean-value") === "true");
    case "date":
      return marked(dateOf(attributeOf(attributes, "office:date-value") ?? ""));
    default: {
      const value = attributeOf(attributes, "office:string-value") ?? text;
      // a formula that gives an empty text has an empty paragraph; one never reckoned has none
      return marked(value === "" && !isFormula ? null : value);
    }
  }
}

function numberOf(attributes: string): CellContent {
  const text = attributeOf(attributes, "office:value") ?? "";
  const value = Number(text);
  return text === "" || !Number.isFinite(value) ? text : value;
}

/** `2024-06-05` or `2024-06-05T10:00:00`, read as UTC. A text that is no date stays a text. */
function dateOf(text: string): CellContent {
  const date = new Date(text.length > 10 ? `${text}Z` : text);
  return Number.isNaN(date.getTime()) ? text : date;
}
