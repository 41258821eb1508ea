import {
  areasOf,
  type FigureRow,
  figureRows,
  groupsOf,
  otherMeasures,
} from "../contract/figure-row.ts";
import type { Head, Item, Line, PublishedReport, Shortfall } from "../contract/report.ts";
import { type Annex, annexNumber } from "../sentences/annex-number.ts";
import { checkText } from "../sentences/check-text.ts";
import * as wording from "../sentences/report-words.ts";
import { capital, capitals } from "../vocabulary/letter-case.ts";
import { levelsOf } from "../vocabulary/level.ts";
import { isAnswer, PROVISIONAL } from "../vocabulary/status.ts";
import { TERMS } from "../vocabulary/words.ts";
import { type CellColumn, cellsOf, center, left, right } from "./cell-column.ts";
import {
  type Block,
  centred,
  type ParagraphBlock,
  paragraph,
  SIZE,
  type TableBlock,
  type TableLine,
} from "./document-block.ts";

/** Indicators side by side on one page. */
const MAX_COLUMNS = 12;

/**
 * The annexes of a report, each on its own pages: indicators, areas, measures without an indicator.
 * Empty annexes are left out.
 * @param room width of the page, in twips
 */
export function annexes(report: PublishedReport, room: number): Block[][] {
  const rows = figureRows(report).filter(({ line }) => line.section === "indicator");
  const whole = rows.filter(({ line }) => line.area_id === null);
  const others = otherMeasures(report);
  const noun = wording.areaNoun(report.head);
  const period = capitals(report.head.period_name);
  const drawn: { annex: Annex; title: string; blocks: () => Block[] }[] = [
    {
      annex: "indicators",
      title: `KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU ${period}`,
      blocks: () => [indicatorTable(report, whole, room), notes(report)],
    },
    {
      annex: "areas",
      title: `KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU ${period} THEO ${capitals(noun)}`,
      blocks: () => [...areaTables(report, rows, room), note(wording.legendText(report))],
    },
    {
      annex: "measures",
      title: `CÁC SỐ LIỆU KHÁC ${period}`,
      blocks: () => [measureTable(report, others, room), notes(report)],
    },
    {
      annex: "shortfalls",
      title: `NGUYÊN NHÂN, GIẢI PHÁP CỦA CÁC ĐƠN VỊ ${period}`,
      blocks: () => [shortfallTable(report, room)],
    },
  ];
  return drawn.flatMap(({ annex, title, blocks }) => {
    const number = annexNumber(report, annex);
    return number === null ? [] : [[...annexHead(report, number, title), ...blocks()]];
  });
}

function annexHead({ head, publication }: PublishedReport, number: string, title: string): Block[] {
  const tight = { before: 0, after: 0 };
  return [
    centred(`Phụ lục ${number}`, { bold: true, size: SIZE.title }, { ...tight, role: "part" }),
    centred(title, { bold: true, size: SIZE.title }, tight),
    centred(
      `(Kèm theo ${wording.documentText(head, publication.document)} của ${head.document_agency})`,
      { italics: true, size: SIZE.heading },
      { before: 0, after: 160 },
    ),
  ];
}

/** A text, or several below each other. */
type Texts = string | readonly string[];
type TextColumn<Row> = CellColumn<Row, Texts>;

const linesOf = <Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): TableLine[] =>
  cellsOf(columns, rows).map((cells) => cells.map((texts) => [texts].flat()));

function indicatorTable(
  { head }: PublishedReport,
  rows: readonly FigureRow[],
  room: number,
): TableBlock {
  /** A figure in its unit, or the mark that says why there is none. */
  const amount = (value: string | null, unit: string, mark: string | null): string =>
    value === null ? (mark ?? "") : wording.valueInTable(value, unit);
  const change = (value: string | null, unit: string, mark: string | null): string =>
    value === null ? (mark ?? "") : wording.changeInTable(value, unit);
  const part = (value: string | null, { item, line }: FigureRow): string =>
    levelsOf(item.unit_of_measure) === null ? amount(value, "", wording.markOf(line)) : "";
  const inPercent = rows.every(({ item }) => item.unit_of_measure === "%");
  const changeHeader = `Tăng, giảm (${inPercent ? "điểm %" : "điểm % hoặc đơn vị tính"})`;
  const columns: TextColumn<FigureRow>[] = [
    center("TT", 11, ({ item }) => item.code),
    left("Chỉ tiêu", 86, ({ item: { name, unit_of_measure: unit } }) =>
      unit === "%" ? name : `${name} (${unit})`,
    ),
    center(TERMS.target.word, 19, ({ item }) => wording.targetInTable(item)),
    right("Mức cần đạt tại kỳ", 18, ({ item, line }) =>
      amount(line.pace_shown ?? line.pace_value, item.unit_of_measure, null),
    ),
    right("Thực hiện trong kỳ", 20, ({ item, line }) =>
      amount(
        line.value_in_period_shown ?? line.value_in_period,
        item.unit_of_measure,
        wording.markOf(line),
      ),
    ),
    right("Tử số lũy kế", 16, (row) => part(row.line.numerator, row)),
    right("Mẫu số lũy kế", 16, (row) => part(row.line.denominator, row)),
    right("Thực hiện lũy kế", 21, ({ item, line }) => valueText(line, item.unit_of_measure)),
    ...(head.previous_period_name === null
      ? []
      : [
          right<FigureRow, Texts>(head.previous_period_name, 18, ({ item, line }) =>
            amount(line.previous_value, item.unit_of_measure, wording.previousMark(line)),
          ),
          right<FigureRow, Texts>(changeHeader, 24, ({ item, line }) =>
            change(line.change_from_previous, item.unit_of_measure, wording.changeMark(line)),
          ),
        ]),
    ...(head.last_year_period_name === null
      ? []
      : [
          right<FigureRow, Texts>(head.last_year_period_name, 18, ({ item, line }) =>
            amount(line.last_year_value, item.unit_of_measure, null),
          ),
          right<FigureRow, Texts>(changeHeader, 24, ({ item, line }) =>
            change(line.change_from_last_year, item.unit_of_measure, null),
          ),
        ]),
    center(TERMS.status.word, 26, ({ line }) => wording.verdictText(line)),
  ];
  const lines = [...groupsOf(rows)].flatMap(([name, inGroup]): TableLine[] => [
    ...(name === null ? [] : [{ heading: name }]),
    ...linesOf(columns, inGroup),
  ]);
  return { kind: "table", columns, lines, room, size: SIZE.table, keepNext: true };
}

function measureTable(
  { head }: PublishedReport,
  rows: readonly FigureRow[],
  room: number,
): TableBlock {
  const value = ({ item, line }: FigureRow, figure: string | null): string =>
    figure === null ? (wording.markOf(line) ?? "") : wording.measureText(item, line, figure);
  const columns: TextColumn<FigureRow>[] = [
    center("TT", 11, (_row, index) => String(index + 1)),
    left("Số liệu", 106, ({ item }) => item.name),
    center("Đơn vị tính", 24, ({ item }) => item.unit_of_measure),
    right("Trong kỳ", 24, (row) => value(row, row.line.value_in_period)),
    right("Lũy kế", 24, (row) => value(row, row.line.value)),
    ...(head.previous_period_name === null
      ? []
      : [
          right<FigureRow, Texts>(head.previous_period_name, 24, ({ item, line }) =>
            line.previous_value === null
              ? ""
              : wording.measureText(item, line, line.previous_value),
          ),
          right<FigureRow, Texts>("Tăng, giảm", 24, ({ item, line }) =>
            line.change_from_previous === null
              ? ""
              : wording.changeInTable(line.change_from_previous, item.unit_of_measure),
          ),
        ]),
    center(
      TERMS.coverage.word,
      22,
      ({ line }) => `${line.areas_reported ?? 0}/${line.areas_expected ?? 0}`,
    ),
  ];
  const lines = linesOf(columns, rows);
  return { kind: "table", columns, lines, room, size: SIZE.table, keepNext: true };
}

/** Causes and remedies that units gave, by indicator. */
function shortfallTable({ items, shortfalls }: PublishedReport, room: number): TableBlock {
  const ofUnits = shortfalls.filter(({ unit_id }) => unit_id !== null);
  const columns: TextColumn<Shortfall>[] = [
    center("TT", 11, (_row, index) => String(index + 1)),
    left("Chỉ tiêu", 60, (one) => wording.shortfallItem(items, one)),
    left("Đơn vị", 40, ({ unit_name }) => unit_name ?? ""),
    left("Nguyên nhân", 70, ({ cause }) => cause ?? ""),
    left("Giải pháp", 70, ({ remedy }) => remedy ?? ""),
  ];
  return { kind: "table", columns, lines: linesOf(columns, ofUnits), room, size: SIZE.table };
}

function valueText(line: Line, unit: string): string {
  return line.value_shown === null
    ? (wording.markOf(line) ?? "")
    : wording.valueInTable(line.value_shown, unit);
}

/** One table for every twelve indicators, with one row per area, the whole first. */
function areaTables({ head }: PublishedReport, rows: readonly FigureRow[], room: number): Block[] {
  const indicators = [...new Map(rows.map(({ item }) => [item.code, item])).values()];
  // an area that does not exist in the period has no value in any column
  const areas = areasOf(rows.filter(({ line }) => line.area_no === 0 || !isApart(line)));
  const cells = new Map(rows.map(({ line }) => [`${line.area_no} ${line.code}`, line]));
  const tables: Block[] = [];
  for (let first = 0; first < indicators.length; first += MAX_COLUMNS) {
    const shown = indicators.slice(first, first + MAX_COLUMNS);
    if (first > 0) tables.push(paragraph(""));
    tables.push(areaTable(head, shown, areas, cells, room));
  }
  return tables;
}

/** Whether an indicator does not apply to an area. */
function isApart({ status, value_shown, is_withheld }: Line): boolean {
  return status === "not_applicable" && value_shown === null && !is_withheld;
}

function areaTable(
  head: Head,
  indicators: readonly Item[],
  areas: readonly Line[],
  cells: ReadonlyMap<string, Line>,
  room: number,
): TableBlock {
  const columns: TextColumn<Line>[] = [
    center("TT", 9, ({ area_no }) => (area_no === 0 ? "" : String(area_no))),
    left(capital(wording.areaNoun(head)), 34, ({ area_no, area_name }) =>
      area_no === 0 ? wording.wholeArea(head) : (area_name ?? ""),
    ),
    ...indicators.map(({ code, short_name, unit_of_measure, value_kind }) =>
      center<Line, Texts>(`${code} ${short_name}`, 18, ({ area_no }) => {
        const line = cells.get(`${area_no} ${code}`);
        if (line === undefined) return wording.MARK.not_applicable;
        const isBareAnswer = area_no !== 0 && isAnswer(value_kind, line.status);
        const value =
          isBareAnswer && line.value_shown !== null
            ? wording.answerText(line.value_shown, false)
            : valueText(line, unit_of_measure);
        const isBare = line.status === "no_target" || line.value_shown === null;
        if (!isBare || area_no === 0) return [value, wording.verdictText(line)];
        return line.value_shown !== null && line.is_provisional
          ? [value, `(${PROVISIONAL})`]
          : value;
      }),
    ),
  ];
  const lines = linesOf(columns, areas);
  return { kind: "table", columns, lines, room, size: SIZE.table - 2, keepNext: true };
}

/** What marks mean, and of which version the table is. */
function notes(report: PublishedReport): ParagraphBlock {
  const { publication } = report;
  return note(
    `${wording.legendText(report)} ${wording.versionText(report)}; tổng hợp đến ` +
      `${wording.momentText(publication.as_of)}. ${checkText(publication)}.`,
  );
}

function note(text: string): ParagraphBlock {
  return paragraph(text, { italics: true, size: SIZE.small }, { before: 60, after: 0 });
}
