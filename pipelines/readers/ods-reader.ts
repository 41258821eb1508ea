import { attributeOf, unescaped, type XmlEvent, xmlEvents } from "../workbook/xml.ts";
import { type LetterFormat, lookOf, markOf, seenText, type TextRun, WHITE } from "./cell-look.ts";
import { type ConditionalLook, changeOf, markByCondition, rangesIn } from "./conditional-look.ts";
import {
  type CellContent,
  type CellMark,
  type FormSheet,
  type MergedCells,
  type PlacedText,
  SheetDraft,
  WorkbookRoom,
} from "./sheet-content.ts";
import { textOfOtherNumber } from "./shown-number.ts";

const TEXT_OF_CELL = "text:p";
/** Elements of a paragraph whose content is its text; how it is pronounced is not. */
const THROUGH = /^text:(?:a|ruby|ruby-base)$/;
/** Signs of an entity such as `&#x1EC7;`. */
const MAX_SIGN = 8;
const ERROR_NAME = /^(#[A-Z0-9/]+[!?]?|Err:\d+)$/;

/**
 * Reads the sheets of an OpenDocument spreadsheet from its `content.xml`, rows in groups and among
 * the repeated headers too. Sheets that only cache another file's cells are left out.
 * @param common its `styles.xml`, which has the formats that conditions choose
 * @param settings its `settings.xml`, which says whether zeros are shown
 * @throws SyntaxError where it is not XML, WorkbookTooLarge
 */
export function readOdsContent(content: Buffer, common?: Buffer, settings?: Buffer): FormSheet[] {
  const hidesZeros = HIDES_ZEROS.test(settings?.toString("latin1") ?? "");
  const styles: OdsStyles = {
    ...{ hidden: new Set(), letters: new Map(), fonts: new Map(), sizes: new Map() },
  };
  const sheets: FormSheet[] = [];
  const room = new WorkbookRoom();
  if (common !== undefined) {
    const events = counted(xmlEvents(common.toString("utf8")), room);
    for (const event of events) if (event.kind === "open") takeStyle(event, styles);
  }
  styles.current = undefined;
  const events = counted(xmlEvents(content.toString("utf8")), room);
  for (const event of events) {
    if (event.kind !== "open") continue;
    if (event.name === "table:table") {
      const sheet = readTable(events, new SheetDraft(room), event.attributes, styles);
      if (sheet !== null) sheets.push({ ...sheet, hidesZeros });
    } else takeStyle(event, styles);
  }
  return sheets;
}

const HIDES_ZEROS = /config:name="ShowZeroValues"[^<>]*>\s*false/;

interface OdsStyle extends LetterFormat {
  /** The background of a cell; white where it has none. */
  readonly ground: string;
  /** It has a line from corner to corner. */
  readonly isCrossed: boolean;
  /** Formats of the same cells under conditions. */
  readonly maps: readonly { condition: string; style: string; ranges: MergedCells[] }[];
  /** It has a format of numbers. */
  readonly hasFormat: boolean;
}

const PLAIN: OdsStyle = {
  ...{ isStruck: false, isRaised: false, size: null, color: null, font: null },
  ...{ ground: WHITE, isCrossed: false, maps: [], hasFormat: false },
};

interface OdsStyles {
  /** Names of styles that hide a sheet. */
  readonly hidden: Set<string>;
  readonly letters: Map<string, OdsStyle>;
  /** Fonts by the names that styles give them. */
  readonly fonts: Map<string, string>;
  /** In points, of styles of rows and columns. */
  readonly sizes: Map<string, number>;
  /** The name of the style that is being read. */
  current?: string | undefined;
}

function takeStyle({ name, attributes }: Opened, styles: OdsStyles): void {
  const of = (attribute: string): string | undefined => attributeOf(attributes, attribute);
  if (name === "style:style") {
    styles.current = of("style:name") ?? "";
    styles.letters.set(styles.current, {
      ...PLAIN,
      hasFormat: (of("style:data-style-name") ?? "N0") !== "N0",
    });
  }
  if (name === "style:font-face") {
    const family = of("svg:font-family") ?? "";
    styles.fonts.set(of("style:name") ?? "", family.replace(/^['"](.*)['"]$/, "$1"));
  }
  const { current } = styles;
  if (current === undefined) return;
  if (name === "style:table-properties" && of("table:display") === "false") {
    styles.hidden.add(current);
  }
  const [, size, unit = ""] =
    LENGTH.exec(of("style:row-height") ?? of("style:column-width") ?? "") ?? [];
  if (size !== undefined) styles.sizes.set(current, Number(size) * (POINTS[unit] ?? 1));
  const style = styles.letters.get(current) ?? PLAIN;
  const points = /^([\d.]+)pt$/.exec(of("fo:font-size") ?? "")?.[1];
  if (name === "style:text-properties") {
    styles.letters.set(current, {
      ...style,
      isStruck: style.isStruck || isStruck(attributes),
      isRaised: /^(?:super|sub|-?[1-9])/.test(of("style:text-position") ?? ""),
      size: points === undefined ? style.size : Number(points),
      color: of("fo:color")?.slice(1) ?? style.color,
      font: styles.fonts.get(of("style:font-name") ?? "") ?? of("fo:font-family") ?? style.font,
    });
  } else if (name === "style:table-cell-properties") {
    const color = of("fo:background-color") ?? "transparent";
    const lines = ["bl-tr", "tl-br"].flatMap((one) => of(`style:diagonal-${one}`) ?? []);
    styles.letters.set(current, {
      ...style,
      ground: color === "transparent" ? WHITE : color.slice(1),
      // width, style and colour: Gnumeric writes them also of no line
      isCrossed: lines.some((line) => !/(?:^|\s)(?:none|hidden)(?:\s|$)/.test(line)),
    });
  } else if (name === "style:map") {
    const map = {
      condition: of("style:condition") ?? "",
      style: of("style:apply-style-name") ?? "",
      ranges: [],
    };
    styles.letters.set(current, { ...style, maps: [...style.maps, map] });
  }
}

const LENGTH = /^([\d.]+)(pt|in|cm|mm)$/;
const POINTS: Readonly<Record<string, number>> = { in: 72, cm: 72 / 2.54, mm: 72 / 25.4 };

type Opened = Extract<XmlEvent, { kind: "open" }>;

function isStruck(attributes: string): boolean {
  return ["style", "type"].some((one) => {
    const line = attributeOf(attributes, `style:text-line-through-${one}`);
    return line !== undefined && line !== "none";
  });
}

/** What a condition changes of what is seen. */
function conditionalLook(condition: string, name: string, styles: OdsStyles) {
  const style = styles.letters.get(name) ?? PLAIN;
  const look = lookOf(style, style.ground);
  const plain = condition
    .replace(/^(?:formula-is|is-true-formula)\((?:TRUE\(\)|1)\)$/i, "always")
    .replace(/^cell-content\(\)/, "")
    .replace(
      /^(?:cell-content-is-)?(not-)?between\((.*),(.*)\)$/,
      (_, not, low, high) => `${not === undefined ? "" : "not "}between ${low} ${high}`,
    );
  return {
    condition: plain,
    ...changeOf(look),
    ...(look === "plain" && style.hasFormat ? { isOther: true } : {}),
  };
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
  const columns: string[] = [];
  const looks: ConditionalLook[] = [];
  for (const event of until(events, "table:table")) {
    if (event.kind !== "open") continue;
    const of = (attribute: string): string => attributeOf(event.attributes, attribute) ?? "";
    if (event.name === "table:table-source") isCache = true;
    // figures are in rows only; shapes may hold tables and texts of their own
    if (event.name === "table:shapes") draft.lay(0, 0, textWithin(events, event.name));
    if (event.name === "table:table-column") {
      const times = Math.min(
        repeated(event.attributes, "table:number-columns-repeated"),
        MOST_COLUMNS - columns.length,
      );
      for (let index = 0; index < times; index += 1) {
        const size = sizeOf(event.attributes, styles);
        if (size !== undefined) draft.sizes.columns.set(columns.length, size);
        columns.push(of("table:default-cell-style-name"));
      }
    }
    if (event.name === "table:table-row") {
      row = readRow(events, draft, event.attributes, row, { ...styles, columns });
    }
    if (event.name === "calcext:conditional-format") {
      const ranges = rangesIn(of("calcext:target-range-address"));
      for (const inner of until(events, event.name)) {
        if (inner.kind !== "open" || inner.name !== "calcext:condition") continue;
        const [value, style] = ["value", "apply-style-name"].map(
          (one) => attributeOf(inner.attributes, `calcext:${one}`) ?? "",
        );
        looks.push({ ranges, ...conditionalLook(value ?? "", style ?? "", styles) });
      }
    }
  }
  for (const { condition, style, ranges } of [...styles.letters.values()].flatMap(
    ({ maps }) => maps,
  )) {
    if (ranges.length > 0) {
      looks.push({ ranges: ranges.splice(0), ...conditionalLook(condition, style, styles) });
    }
  }
  markByCondition(draft.rows, draft.marks, looks.filter(changesLook));
  return isCache ? null : draft.finish(name, isHidden);
}

/** No form is wider. */
const MOST_COLUMNS = 256;

function changesLook({ isStruck, isUnseen, isOther }: ConditionalLook): boolean {
  return [isStruck, isUnseen, isOther].includes(true);
}

/** How high a row is or how wide a column; 0 where it is hidden, or filtered away. */
function sizeOf(attributes: string, { sizes }: OdsStyles): number | undefined {
  if (/^(?:collapse|filter)$/.test(attributeOf(attributes, "table:visibility") ?? "")) return 0;
  return sizes.get(attributeOf(attributes, "table:style-name") ?? "");
}

interface TableStyles extends OdsStyles {
  /** Names of the styles that cells of a column have where they name none. */
  readonly columns: readonly string[];
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
  styles: TableStyles,
): number {
  const cells: OdsCell[] = [];
  let column = 0;
  const rows = repeated(attributes, "table:number-rows-repeated");
  const size = sizeOf(attributes, styles);
  const ofRow = attributeOf(attributes, "table:default-cell-style-name");
  for (const event of until(events, "table:table-row")) {
    if (event.kind !== "open") continue;
    if (event.name !== "table:table-cell" && event.name !== "table:covered-table-cell") continue;
    const times = repeated(event.attributes, "table:number-columns-repeated");
    const name =
      attributeOf(event.attributes, "table:style-name") ?? ofRow ?? styles.columns[column] ?? "";
    const style = styles.letters.get(name) ?? PLAIN;
    const { seen, over } = readText(events, event.name, style, styles);
    for (const one of over) draft.lay(row, column, one.text, one.end);
    const read = cellOf(event.attributes, seen?.text ?? null);
    const { shown = null, mark: own } = read;
    // what a formula gives stands as its font does not show it
    const isOther = typeof read.value === "string" && seen?.whole !== undefined;
    const value = isOther ? seen.text : read.value;
    const [high, wide] = ["rows", "columns"].map((what) =>
      repeated(event.attributes, `table:number-${what}-spanned`),
    );
    if ((high ?? 1) > 1 || (wide ?? 1) > 1) {
      const [endRow, endCol] = [row + (high ?? 1) - 1, column + (wide ?? 1) - 1];
      draft.merge({ startRow: row, endRow, startCol: column, endCol });
    }
    const look = lookOf(style, style.ground);
    const mark = markOf({ look, isCrossed: style.isCrossed, seen, shown, mark: own });
    for (const map of value === null ? [] : style.maps) {
      map.ranges.push({
        ...{ startRow: row, endRow: row },
        ...{ startCol: column, endCol: column + times - 1 },
      });
    }
    if (value !== null || own !== undefined) cells.push({ value, mark, column, times });
    column += times;
  }
  // a blank row may be repeated a million times
  for (let copy = 0; cells.length > 0 && copy < rows; copy += 1) {
    if (size !== undefined) draft.sizes.rows.set(row + copy, size);
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
 * @returns its paragraphs as they are seen, null where it has none at all; and the comments and
 * drawings that are kept in it
 */
function readText(events: Events, cell: string, style: OdsStyle, { letters }: OdsStyles) {
  const runs: TextRun[] = [];
  const over: Pick<PlacedText, "text" | "end">[] = [];
  let paragraphs = 0;
  for (const event of until(events, cell)) {
    if (event.kind !== "open") continue;
    // comments, pictures and rings around a cell are no text of it
    if (event.name === TEXT_OF_CELL) {
      if (paragraphs > 0) runs.push({ text: "\n", look: "plain" });
      paragraphs += 1;
      const format = (own: LetterFormat) => ({
        ...{ look: lookOf(own, style.ground), font: own.font },
      });
      runs.push(
        ...readParagraph(events, format(style), (name) => {
          const own = letters.get(name);
          return own === undefined ? UNFORMATTED : format({ ...style, ...lettersOf(own) });
        }),
      );
    } else {
      const end = attributeOf(event.attributes, "table:end-cell-address");
      const [range] = rangesIn(end ?? "");
      const text = textWithin(events, event.name);
      const isDrawn = event.name.startsWith("draw:") && end !== undefined && range !== undefined;
      over.push({ text, ...(isDrawn ? { end: { row: range.endRow, column: range.endCol } } : {}) });
    }
  }
  return { seen: paragraphs === 0 ? null : seenText(runs), over };
}

/** What a style of letters says, without what it leaves as it was. */
function lettersOf({ isStruck, isRaised, size, color, font }: OdsStyle): Partial<LetterFormat> {
  return {
    isStruck,
    isRaised,
    ...(size === null ? {} : { size }),
    ...(color === null ? {} : { color }),
    ...(font === null ? {} : { font }),
  };
}

/** Reads on to the end of a comment or a drawing. @returns its paragraphs */
function textWithin(events: Events, name: string): string {
  let text = "";
  for (const event of until(events, name)) {
    if (event.kind !== "open") continue;
    if (event.name === TEXT_OF_CELL)
      text += `${readParagraph(events, UNFORMATTED, () => UNFORMATTED)
        .map((run) => run.text)
        .join("")}\n`;
    else if (/^(?:dc|meta):/.test(event.name)) skip(events, event.name);
  }
  return text.trim();
}

type RunFormat = Omit<TextRun, "text">;
const UNFORMATTED: RunFormat = { look: "plain" };

/** Reads on to the end of a paragraph. @param formatOf how a run looks, by the name of its style */
function readParagraph(
  events: Events,
  format: RunFormat,
  formatOf: (style: string) => RunFormat,
): TextRun[] {
  const runs: TextRun[] = [];
  const within: RunFormat[] = [format];
  let length = 0;
  const add = (text: string): void => {
    runs.push({ ...(within.at(-1) ?? format), text });
    length += text.length;
    events.room.fit(length);
  };
  for (const event of until(events, TEXT_OF_CELL)) {
    if (event.kind === "text") {
      events.room.fit(event.text.length / MAX_SIGN);
      add(unescaped(event.text));
    }
    if (event.kind === "close" && event.name === "text:span") within.pop();
    if (event.kind !== "open") continue;
    const style = attributeOf(event.attributes, "text:style-name");
    if (event.name === "text:s") add(" ");
    else if (event.name === "text:tab") add("\t");
    else if (event.name === "text:line-break") add("\n");
    else if (event.name === "text:span") {
      within.push(style === undefined ? (within.at(-1) ?? format) : formatOf(style));
    } else if (!THROUGH.test(event.name)) skip(events, event.name);
  }
  return runs;
}

/** @returns also what the program has written down as shown of a number, where that says something else */
function cellOf(
  attributes: string,
  text: string | null,
): { value: CellContent; shown?: string | null; mark?: CellMark | undefined } {
  const formula = attributeOf(attributes, "table:formula");
  const isFormula = formula !== undefined;
  const own: CellMark | undefined = isFormula ? { isFormula, formula } : undefined;
  const marked = (value: CellContent) => ({ value, mark: own });
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
      const isOf = attributeOf(attributes, "office:value-type") === "percentage";
      // the program has written down what it shows; one that has not shows the number
      const shown =
        typeof value === "number" && text !== null ? textOfOtherNumber(text, value) : null;
      // one section of a format may show a percentage and another the number, whatever the type says
      const isPercentage = text === null ? isOf : text.includes("%") && (isOf || shown === null);
      return { value, shown, mark: isPercentage ? { ...own, isPercentage } : own };
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
