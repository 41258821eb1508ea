import type { Change, Head, Item, Line, PublishedReport } from "../contract/report.ts";
import { rounded } from "../vocabulary/decimal.ts";
import { capital, capitals } from "../vocabulary/letter-case.ts";
import { TERMS } from "../vocabulary/words.ts";
import { type Annex, annexNumber } from "./annex-number.ts";
import {
  type Block,
  centred,
  type ParagraphBlock,
  paragraph,
  SIZE,
  type TableBlock,
  type TableColumn,
  type TableLine,
} from "./document-block.ts";
import * as wording from "./export-wording.ts";
import { type FigureRow, figureRows, otherMeasures } from "./figure-row.ts";
import { groups } from "./narrative.ts";

/** Indicators side by side on one page. */
const MAX_COLUMNS = 12;

/**
 * The annexes of a report, each on its own pages: indicators, areas, measures without an indicator,
 * changes since the version before. Empty annexes are left out.
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
      blocks: () => [indicatorTable(report, whole, room), ...notes(report)],
    },
    {
      annex: "areas",
      title: `KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU ${period} THEO ${capitals(noun)}`,
      blocks: () => [...areaTables(report, rows, room), legend(report)],
    },
    {
      annex: "measures",
      title: `CÁC SỐ LIỆU KHÁC ${period}`,
      blocks: () => [measureTable(report, others, room), ...notes(report)],
    },
    {
      annex: "changes",
      title: "NỘI DUNG THAY ĐỔI SO VỚI BÁO CÁO TRƯỚC",
      blocks: () => [changeTable(report, room), legend(report)],
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

function indicatorTable(
  { head }: PublishedReport,
  rows: readonly FigureRow[],
  room: number,
): TableBlock {
  const hasPrevious = head.previous_period_name !== null;
  const hasLastYear = head.last_year_period_name !== null;
  const columns: TableColumn[] = [
    { header: "TT", width: 11, align: "center" },
    { header: "Chỉ tiêu", width: 86, align: "left" },
    { header: TERMS.target.word, width: 19, align: "center" },
    { header: "Mức cần đạt tại kỳ", width: 18, align: "right" },
    { header: "Thực hiện trong kỳ", width: 20, align: "right" },
    { header: "Tử số lũy kế", width: 16, align: "right" },
    { header: "Mẫu số lũy kế", width: 16, align: "right" },
    { header: "Thực hiện lũy kế", width: 21, align: "right" },
    ...(hasPrevious ? comparisonColumns(head.previous_period_name ?? "", rows) : []),
    ...(hasLastYear ? comparisonColumns(head.last_year_period_name ?? "", rows) : []),
    { header: TERMS.status.word, width: 26, align: "center" },
  ];
  const lines = groups(rows).flatMap(({ name, rows: inGroup }): TableLine[] => [
    ...(name === null ? [] : [{ heading: name }]),
    ...inGroup.map(({ item, line }) => {
      const unit = item.unit_of_measure;
      const shown = (value: string | null): string[] => [
        value === null ? (wording.markOf(line) ?? "") : wording.amount(value, unit),
      ];
      const part = (value: string | null): string[] => [
        value === null ? (wording.markOf(line) ?? "") : wording.amount(value, ""),
      ];
      const compared = (value: string | null, mark: string | null): string[] => [
        value === null ? (mark ?? "") : wording.amount(value, unit),
      ];
      const pace = line.pace_shown ?? line.pace_value;
      const change = (value: string | null, mark: string | null): string[] => [
        value === null ? (mark ?? "") : wording.signedText(value),
      ];
      return [
        [item.code],
        [unit === "%" ? item.name : `${item.name} (${unit})`],
        [wording.targetInTable(item)],
        [pace === null ? "" : wording.amount(pace, unit)],
        shown(line.value_in_period_shown ?? line.value_in_period),
        part(line.numerator),
        part(line.denominator),
        [valueText(line, unit)],
        ...(hasPrevious
          ? [
              compared(line.previous_value, wording.previousMark(line)),
              change(line.change_from_previous, wording.changeMark(line)),
            ]
          : []),
        ...(hasLastYear
          ? [compared(line.last_year_value, null), change(line.change_from_last_year, null)]
          : []),
        [wording.verdictText(line)],
      ];
    }),
  ]);
  return { kind: "table", columns, lines, room, size: SIZE.table };
}

function measureTable(
  { head }: PublishedReport,
  rows: readonly FigureRow[],
  room: number,
): TableBlock {
  const hasPrevious = head.previous_period_name !== null;
  const columns: TableColumn[] = [
    { header: "TT", width: 11, align: "center" },
    { header: "Số liệu", width: 106, align: "left" },
    { header: "Đơn vị tính", width: 24, align: "center" },
    { header: "Trong kỳ", width: 24, align: "right" },
    { header: "Lũy kế", width: 24, align: "right" },
    ...(hasPrevious
      ? [
          { header: head.previous_period_name ?? "", width: 24, align: "right" as const },
          { header: "Tăng, giảm", width: 24, align: "right" as const },
        ]
      : []),
    { header: TERMS.coverage.word, width: 22, align: "center" as const },
  ];
  const lines = rows.map(({ item, line }, index): TableLine => {
    const value = (figure: string | null): string =>
      figure === null ? (wording.markOf(line) ?? "") : wording.measureText(item, line, figure);
    const compared = (figure: string | null): string =>
      figure === null ? "" : wording.measureText(item, line, figure);
    const change = line.change_from_previous;
    return [
      [String(index + 1)],
      [item.name],
      [item.unit_of_measure],
      [value(line.value_in_period)],
      [value(line.value)],
      ...(hasPrevious
        ? [[compared(line.previous_value)], [change === null ? "" : wording.signedText(change)]]
        : []),
      [`${line.areas_reported ?? 0}/${line.areas_expected ?? 0}`],
    ];
  });
  return { kind: "table", columns, lines, room, size: SIZE.table };
}

function comparisonColumns(period: string, rows: readonly FigureRow[]): TableColumn[] {
  const unit = rows.every(({ item }) => item.unit_of_measure === "%")
    ? "điểm %"
    : "điểm % hoặc đơn vị tính";
  return [
    { header: period, width: 18, align: "right" },
    {
      header: `Tăng, giảm (${unit})`,
      width: 24,
      align: "right",
    },
  ];
}

function valueText(line: Line, unit: string): string {
  return line.value_shown === null
    ? (wording.markOf(line) ?? "")
    : wording.amount(line.value_shown, unit);
}

/** One table for every twelve indicators, with one row per area, the whole first. */
function areaTables({ head }: PublishedReport, rows: readonly FigureRow[], room: number): Block[] {
  const indicators = [...new Map(rows.map(({ item }) => [item.code, item])).values()];
  // an area that does not exist in the period has no value in any column
  const there = rows.filter(({ line }) => line.area_no === 0 || !isApart(line));
  const areas = [...new Map(there.map(({ line }) => [line.area_no, line])).values()].sort(
    (a, b) => a.area_no - b.area_no,
  );
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
  const columns: TableColumn[] = [
    { header: "TT", width: 9, align: "center" },
    { header: capital(wording.areaNoun(head)), width: 34, align: "left" },
    ...indicators.map(({ code, short_name }) => ({
      header: `${code} ${short_name}`,
      width: 18,
      align: "center" as const,
    })),
  ];
  const lines = areas.map((area) => [
    [area.area_no === 0 ? "" : String(area.area_no)],
    [area.area_no === 0 ? wording.wholeArea(head) : (area.area_name ?? "")],
    ...indicators.map(({ code, unit_of_measure }) => {
      const line = cells.get(`${area.area_no} ${code}`);
      if (line === undefined) return [wording.MARK.not_applicable];
      const value = valueText(line, unit_of_measure);
      const isBare = line.status === "not_applicable" || line.value_shown === null;
      return isBare && area.area_no !== 0 ? [value] : [value, wording.verdictText(line)];
    }),
  ]);
  return { kind: "table", columns, lines, room, size: SIZE.table - 2 };
}

function changeTable({ head, changes, items }: PublishedReport, room: number): TableBlock {
  const columns: TableColumn[] = [
    { header: "TT", width: 10, align: "center" },
    { header: "Chỉ tiêu, số liệu, đơn vị", width: 90, align: "left" },
    { header: capital(wording.areaNoun(head)), width: 40, align: "left" },
    { header: "Nội dung thay đổi", width: 40, align: "left" },
    { header: "Báo cáo trước", width: 40, align: "right" },
    { header: "Báo cáo này", width: 40, align: "right" },
  ];
  const lines = changes.map((change, index) => {
    const item = items.find(
      ({ section, code }) => section === change.section && code === change.code,
    );
    const value = (text: string | null): string => wording.changedText(change, text, item);
    const name =
      change.section === "indicator"
        ? `${change.code} - ${change.name}`
        : wording.changedName(change);
    const area = wording.isOfNoArea(change) ? "" : (change.area_name ?? wording.wholeArea(head));
    const [before, after] = shortened(change);
    return [
      [String(index + 1)],
      [name],
      [area],
      [wording.fieldText(change.field)],
      [value(before)],
      [value(after)],
    ];
  });
  return { kind: "table", columns, lines, room, size: SIZE.table };
}

/** A value in the period with two decimals, unless that hides the difference. */
function shortened({ field, old_value, new_value }: Change): [string | null, string | null] {
  if (field !== "value_in_period") return [old_value, new_value];
  const [before, after] = [old_value, new_value].map((value) =>
    value === null ? null : rounded(value, 2),
  );
  return before === after ? [old_value, new_value] : [before ?? null, after ?? null];
}

function notes(report: PublishedReport): Block[] {
  const { publication } = report;
  return [
    legend(report),
    note(
      `${wording.versionText(report)}; tổng hợp đến ${wording.momentText(publication.as_of)}. ` +
        `${wording.checkText(publication)}.`,
    ),
  ];
}

function legend(report: PublishedReport): ParagraphBlock {
  return note(wording.legendText(report));
}

function note(text: string): ParagraphBlock {
  return paragraph(text, { italics: true, size: SIZE.table }, { before: 60, after: 0 });
}
