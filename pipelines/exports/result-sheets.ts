import type { Item, Line, PublishedReport } from "../contract/report.ts";
import { capital, capitals, inSentence } from "../vocabulary/letter-case.ts";
import { STATUSES, TERMS } from "../vocabulary/words.ts";
import * as wording from "./export-wording.ts";
import { type FigureRow, figureRows } from "./figure-row.ts";
import { groups } from "./narrative.ts";
import type { SheetCell, SheetColumn, SheetTable } from "./sheet-table.ts";

/** The tables of results: the indicators of the whole, by area in four ways, the measures. */
export function resultTables(report: PublishedReport): SheetTable[] {
  const rows = figureRows(report);
  const indicators = rows.filter(({ line }) => line.section === "indicator");
  const ofWhole = indicators.filter(({ line }) => line.area_id === null);
  return [
    summaryTable(report, ofWhole),
    indicatorTable(report, ofWhole),
    matrix(report, indicators, "Theo địa bàn", "GIÁ TRỊ LŨY KẾ", ({ line }) =>
      valueCell(line, line.value_shown),
    ),
    matrix(report, indicators, "Đánh giá", "ĐÁNH GIÁ", ({ line }) => ({
      text: wording.statusText(line.status),
    })),
    tallyTable(report),
    detailTable(
      report,
      indicators.filter(({ line }) => line.area_id !== null),
    ),
    measureTable(
      report,
      rows.filter(({ line }) => line.section === "measure"),
    ),
  ];
}

/** What is printed and handed round: the indicators of the whole on one page. */
function summaryTable(report: PublishedReport, rows: readonly FigureRow[]): SheetTable {
  const { head } = report;
  const previous = head.previous_period_name;
  return {
    name: "Bảng tổng hợp",
    title: `BẢNG TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU ${capitals(head.period_name)}`,
    columns: [
      { header: "TT", width: 6, align: "center" },
      { header: "Chỉ tiêu", width: 44, align: "left" },
      { header: "Đơn vị tính", width: 8, align: "center" },
      { header: TERMS.target.word, width: 11, align: "right" },
      { header: "Mức cần đạt tại kỳ", width: 9, align: "right" },
      { header: "Thực hiện trong kỳ", width: 10, align: "right" },
      { header: "Thực hiện lũy kế", width: 10, align: "right" },
      ...(previous === null ? [] : comparisonColumns(previous)),
      { header: TERMS.status.word, width: 15, align: "center" },
    ],
    rows: groups(rows).flatMap(({ name, rows: inGroup }) => [
      ...(name === null ? [] : [{ heading: name }]),
      ...inGroup.map(({ item, line }): SheetCell[] => [
        { text: item.code },
        { text: item.name },
        { text: item.unit_of_measure },
        { text: wording.targetInTable(item) },
        optional(line.pace_shown ?? line.pace_value),
        valueCell(line, line.value_in_period_shown ?? line.value_in_period),
        valueCell(line, line.value_shown),
        ...(previous === null ? [] : previousCells(line)),
        { text: wording.verdictText(line) },
      ]),
    ]),
    ifEmpty: "Kế hoạch không có chỉ tiêu.",
    notes: [wording.legendText(report)],
    isOnePage: true,
  };
}

function indicatorTable(report: PublishedReport, rows: readonly FigureRow[]): SheetTable {
  const { head } = report;
  const hasLastYear = head.last_year_period_name !== null;
  // A period that covers others may take its figures from their reports.
  const isCovering = rows.some(({ line }) => wording.basisClause(line.basis) !== null);
  const columns: SheetColumn[] = [
    { header: "TT", width: 6, align: "center" },
    { header: "Chỉ tiêu", width: 36, align: "left" },
    { header: "Đơn vị tính", width: 8, align: "center" },
    { header: TERMS.target.word, width: 9, align: "right" },
    { header: "Mức cần đạt tại kỳ", width: 9, align: "right" },
    ...figureColumns("trong kỳ"),
    ...figureColumns("lũy kế"),
    { header: TERMS.status.word, width: 13, align: "center" },
    ...comparisonColumns(head.previous_period_name ?? "Kỳ trước"),
    ...(hasLastYear ? comparisonColumns(head.last_year_period_name ?? "") : []),
    { header: "Đã có số liệu", width: 7, align: "right" },
    { header: "Phải có số liệu", width: 7, align: "right" },
    { header: "Lấy số kỳ trước", width: 7, align: "right" },
    { header: TERMS.missing.word, width: 8, align: "right" },
    ...(isCovering ? [{ header: "Nguồn số liệu", width: 14, align: "left" } as const] : []),
  ];
  return {
    name: "Chỉ tiêu",
    title: `KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU ${capitals(head.period_name)}`,
    columns,
    rows: groups(rows).flatMap(({ name, rows: inGroup }) => [
      ...(name === null ? [] : [{ heading: name }]),
      ...inGroup.map(({ item, line }): SheetCell[] => [
        { text: item.code },
        { text: item.name },
        { text: item.unit_of_measure },
        targetCell(item, line),
        optional(line.pace_shown ?? line.pace_value),
        ...figureCells(line),
        { text: wording.verdictText(line) },
        ...previousCells(line),
        ...(hasLastYear
          ? [optional(line.last_year_value), optional(line.change_from_last_year)]
          : []),
        wholeCell(line.areas_reported),
        wholeCell(line.areas_expected),
        wholeCell(line.areas_carried),
        wholeCell(line.periods_missing_before),
        ...(isCovering ? [{ text: wording.basisText(line.basis) }] : []),
      ]),
    ]),
    ifEmpty: "Kế hoạch không có chỉ tiêu.",
    notes: [wording.legendText(report)],
  };
}

function figureColumns(when: string): SheetColumn[] {
  return [
    { header: `Tử số ${when}`, width: 9, align: "right" },
    { header: `Mẫu số ${when}`, width: 9, align: "right" },
    { header: `Giá trị ${when}`, width: 9, align: "right" },
  ];
}

function comparisonColumns(period: string): SheetColumn[] {
  return [
    { header: period, width: 9, align: "right" },
    { header: `Tăng, giảm so với ${inSentence(period)}`, width: 10, align: "right" },
  ];
}

function figureCells(line: Line): SheetCell[] {
  return [
    valueCell(line, line.numerator_in_period),
    valueCell(line, line.denominator_in_period),
    valueCell(line, line.value_in_period_shown ?? line.value_in_period),
    valueCell(line, line.numerator),
    valueCell(line, line.denominator),
    valueCell(line, line.value_shown),
  ];
}

/** A row an area, the whole first; a column an indicator. */
function matrix(
  report: PublishedReport,
  rows: readonly FigureRow[],
  name: string,
  what: string,
  cellOf: (row: FigureRow) => SheetCell,
): SheetTable {
  const { head } = report;
  const items = [...new Map(rows.map(({ item }) => [item.code, item])).values()];
  const areas = areasOf(rows);
  const cells = new Map(rows.map((row) => [`${row.line.area_no} ${row.item.code}`, row]));
  const noun = wording.areaNoun(head);
  return {
    name,
    title: `${what} CÁC CHỈ TIÊU ${capitals(head.period_name)} THEO ${capitals(noun)}`,
    columns: [
      { header: "TT", width: 5, align: "center" },
      { header: capital(noun), width: 24, align: "left" },
      ...items.map(
        (item): SheetColumn => ({
          header: `${item.code} ${item.short_name} (${item.unit_of_measure})`,
          width: 11,
          align: what === "ĐÁNH GIÁ" ? "center" : "right",
        }),
      ),
    ],
    rows: areas.map((area) => [
      area.area_no === 0 ? null : { whole: area.area_no },
      { text: wording.areaName(head, area) },
      ...items.map((item): SheetCell => {
        const row = cells.get(`${area.area_no} ${item.code}`);
        return row === undefined ? { text: wording.MARK.not_applicable } : cellOf(row);
      }),
    ]),
    ifEmpty: "Không có số liệu.",
    notes: [wording.legendText(report)],
  };
}

function tallyTable({ head, tallies }: PublishedReport): SheetTable {
  const noun = wording.areaNoun(head);
  return {
    name: "Tổng hợp địa bàn",
    title: `SỐ CHỈ TIÊU THEO MỨC ĐÁNH GIÁ VÀ ${capitals(noun)}`,
    columns: [
      { header: "TT", width: 5, align: "center" },
      { header: capital(noun), width: 26, align: "left" },
      { header: "Số chỉ tiêu", width: 9, align: "right" },
      ...wording.STATUS_ORDER.map(
        (status): SheetColumn => ({ header: STATUSES[status].word, width: 10, align: "right" }),
      ),
      { header: "Thứ tự cần chú ý", width: 10, align: "right" },
    ],
    rows: tallies.map((tally): SheetCell[] => [
      tally.area_no === 0 ? null : { whole: tally.area_no },
      { text: wording.areaName(head, tally) },
      { whole: tally.indicators },
      ...wording.STATUS_ORDER.map((status): SheetCell => ({ whole: tally[status] })),
      wholeCell(tally.attention_rank),
    ]),
    ifEmpty: "Không có số liệu.",
    notes: [
      "Thứ tự cần chú ý: 1 là địa bàn có nhiều chỉ tiêu không đạt hoặc chậm tiến độ nhất; bằng nhau thì cùng thứ tự; địa bàn chưa gửi báo cáo xếp sau; để trống là không có chỉ tiêu nào như vậy.",
    ],
  };
}

function detailTable(report: PublishedReport, rows: readonly FigureRow[]): SheetTable {
  const { head } = report;
  const hasLastYear = head.last_year_period_name !== null;
  const noun = wording.areaNoun(head);
  return {
    name: "Chi tiết địa bàn",
    title: `CHI TIẾT CÁC CHỈ TIÊU ${capitals(head.period_name)} THEO ${capitals(noun)}`,
    columns: [
      { header: "TT", width: 7, align: "center" },
      { header: "Chỉ tiêu", width: 28, align: "left" },
      { header: "Đơn vị tính", width: 8, align: "center" },
      { header: capital(noun), width: 22, align: "left" },
      { header: TERMS.target.word, width: 8, align: "right" },
      { header: "Mức cần đạt tại kỳ", width: 9, align: "right" },
      ...figureColumns("trong kỳ"),
      ...figureColumns("lũy kế"),
      { header: "Giá trị lũy kế, chính xác", width: 12, align: "right" },
      { header: TERMS.status.word, width: 13, align: "center" },
      ...comparisonColumns(head.previous_period_name ?? "Kỳ trước"),
      ...(hasLastYear ? comparisonColumns(head.last_year_period_name ?? "") : []),
    ],
    rows: rows.map(({ item, line }): SheetCell[] => [
      { text: item.code },
      { text: item.short_name },
      { text: item.unit_of_measure },
      { text: wording.areaName(head, line) },
      targetCell(item, line),
      optional(line.pace_shown ?? line.pace_value),
      ...figureCells(line),
      valueCell(line, line.value),
      { text: wording.verdictText(line) },
      ...previousCells(line),
      ...(hasLastYear
        ? [optional(line.last_year_value), optional(line.change_from_last_year)]
        : []),
    ]),
    ifEmpty: `Kế hoạch không có số liệu theo ${noun}.`,
    notes: [wording.legendText(report)],
    hasFilter: true,
  };
}

function measureTable(report: PublishedReport, rows: readonly FigureRow[]): SheetTable {
  const { head } = report;
  return {
    name: "Số liệu báo cáo",
    title: `SỐ LIỆU BÁO CÁO ${capitals(head.period_name)}`,
    columns: [
      { header: "TT", width: 5, align: "center" },
      { header: "Số liệu", width: 44, align: "left" },
      { header: "Đơn vị tính", width: 10, align: "center" },
      { header: capital(wording.areaNoun(head)), width: 24, align: "left" },
      { header: "Trong kỳ", width: 11, align: "right" },
      { header: "Lũy kế", width: 11, align: "right" },
      { header: "Ghi chú", width: 18, align: "left" },
      { header: "Đã có số liệu", width: 8, align: "right" },
      { header: "Phải có số liệu", width: 8, align: "right" },
      { header: "Lấy số kỳ trước", width: 8, align: "right" },
      { header: TERMS.missing.word, width: 8, align: "right" },
    ],
    rows: rows.map(({ item, line }): SheetCell[] => {
      const isAnswer = item.kind === "yes_no" && line.area_id !== null;
      const value = (figure: string | null): SheetCell =>
        figure === null ? { text: wording.markOf(line) ?? "" } : { figure, isAnswer };
      return [
        { whole: item.item_no },
        { text: item.name },
        { text: item.unit_of_measure },
        { text: wording.areaName(head, line) },
        value(line.value_in_period),
        value(line.value),
        line.is_nil === true ? { text: STATUSES.not_arising.word } : null,
        wholeCell(line.areas_reported),
        wholeCell(line.areas_expected),
        wholeCell(line.areas_carried),
        wholeCell(line.periods_missing_before),
      ];
    }),
    ifEmpty: "Không có số liệu báo cáo.",
    notes: [
      "Lũy kế tính theo cách gộp của từng số liệu (xem trang “Định nghĩa”): có số liệu cộng dồn, có số liệu lấy số gần nhất, lớn nhất hoặc nhỏ nhất trong các kỳ.",
      "Tử số, mẫu số của tỷ lệ ở các trang chỉ tiêu chỉ gồm địa bàn, đơn vị có đủ cả hai số liệu, nên có thể nhỏ hơn số liệu ở trang này.",
      "Lấy số kỳ trước: chưa báo cáo cho kỳ này, số đã báo cáo ở kỳ trước vẫn được tính. Lượt thiếu số liệu chỉ tính các kỳ trước đã khóa trong năm.",
      wording.legendText(report),
    ],
    hasFilter: true,
  };
}

/** A figure, or the mark that says why there is none. */
function valueCell(line: Line, figure: string | null): SheetCell {
  return figure === null ? { text: wording.markOf(line) ?? "" } : { figure };
}

function previousCells(line: Line): SheetCell[] {
  return [
    optional(line.previous_value, wording.previousMark(line)),
    optional(line.change_from_previous, wording.changeMark(line)),
  ];
}

function optional(figure: string | null, mark: string | null = null): SheetCell {
  if (figure !== null) return { figure };
  return mark === null ? null : { text: mark };
}

function wholeCell(whole: number | null): SheetCell {
  return whole === null ? null : { whole };
}

function targetCell(item: Item, line: Line): SheetCell {
  if (line.target_value === null) return null;
  return line.target_to === null
    ? { figure: line.target_value, sign: wording.comparatorSign(item.target_comparator) }
    : { text: wording.targetPhrase({ ...item, unit_of_measure: "" }, line) ?? "" };
}

/** What tells areas apart, in their order. */
function areasOf(rows: readonly FigureRow[]): Line[] {
  const areas = new Map(rows.map(({ line }) => [line.area_no, line]));
  return [...areas.values()].sort((a, b) => a.area_no - b.area_no);
}
