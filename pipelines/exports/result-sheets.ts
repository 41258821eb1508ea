import { areasOf, type FigureRow, figureRows, groupsOf } from "../contract/figure-row.ts";
import {
  type Item,
  type Line,
  type PublishedReport,
  Status,
  type Tally,
} from "../contract/report.ts";
import * as wording from "../sentences/report-words.ts";
import { capital, capitals, inSentence } from "../vocabulary/letter-case.ts";
import { levelsOf, levelText } from "../vocabulary/level.ts";
import { STATUSES, TERMS } from "../vocabulary/words.ts";
import { type CellColumn, cellsOf, center, left, right } from "./cell-column.ts";
import {
  figure,
  type SheetCell,
  type SheetRow,
  type SheetTable,
  tableOf,
  text,
  whole,
} from "./sheet-table.ts";

type FigureColumn = CellColumn<FigureRow, SheetCell>;

/** The tables of results: the indicators of the whole, by area in four ways, the measures. */
export function resultTables(report: PublishedReport): SheetTable[] {
  const rows = figureRows(report);
  const indicators = rows.filter(({ line }) => line.section === "indicator");
  const ofWhole = indicators.filter(({ line }) => line.area_id === null);
  return [
    summaryTable(report, ofWhole),
    indicatorTable(report, ofWhole),
    matrix(report, indicators, "Theo địa bàn", "GIÁ TRỊ LŨY KẾ", right, (row) =>
      valueCell(row, row.line.value_shown),
    ),
    matrix(report, indicators, "Đánh giá", "ĐÁNH GIÁ", center, ({ line }) =>
      text(wording.verdictText(line)),
    ),
    tallyTable(report),
    detailTable(
      report,
      indicators.filter(({ line }) => line.area_id !== null),
    ),
    measureTable(
      report,
      rows.filter(
        ({ line }) =>
          line.section === "measure" && (report.audience !== "superior" || line.area_id === null),
      ),
    ),
  ];
}

const unitColumn = (width: number): FigureColumn =>
  center("Đơn vị tính", width, ({ item }) => text(item.unit_of_measure));
const targetColumn = (width: number, cell: FigureColumn["cell"]): FigureColumn =>
  right(TERMS.target.word, width, cell);
const PACE: FigureColumn = right("Mức cần đạt tại kỳ", 9, ({ line }) =>
  figure(line.pace_shown ?? line.pace_value),
);
/** The verdict, and what is lacking where anything is: versions of earlier contracts do not say. */
const verdictColumns = (width: number, rows: readonly FigureRow[]): FigureColumn[] => [
  center(TERMS.status.word, width, ({ line }) => text(wording.verdictText(line))),
  ...(rows.some((row) => lackingCell(row) !== null)
    ? [left("Còn thiếu, vượt", 13, lackingCell)]
    : []),
];
const lackingCell = ({ item, line }: FigureRow): SheetCell =>
  text(wording.lackingClause(item, line));

/** What is printed and handed round: the indicators of the whole on one page. */
function summaryTable(report: PublishedReport, rows: readonly FigureRow[]): SheetTable {
  const { head } = report;
  const previous = head.previous_period_name;
  const columns: FigureColumn[] = [
    center("TT", 6, ({ item }) => text(item.code)),
    left("Chỉ tiêu", 44, ({ item }) => text(item.name)),
    unitColumn(8),
    targetColumn(11, ({ item }) => text(wording.targetInTable(item))),
    PACE,
    right("Thực hiện trong kỳ", 10, (row) =>
      valueCell(row, row.line.value_in_period_shown ?? row.line.value_in_period),
    ),
    right("Thực hiện lũy kế", 10, (row) => valueCell(row, row.line.value_shown)),
    ...(previous === null ? [] : previousColumns(previous)),
    ...verdictColumns(15, rows),
  ];
  return {
    name: "Bảng tổng hợp",
    title: `BẢNG TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU ${capitals(head.period_name)}`,
    columns,
    rows: grouped(columns, rows),
    notes: [wording.legendText(report)],
    isOnePage: true,
  };
}

function indicatorTable(report: PublishedReport, rows: readonly FigureRow[]): SheetTable {
  const { head } = report;
  // A period that covers others may take its figures from their reports.
  const isCovering = rows.some(({ line }) => wording.basisClause(line.basis) !== null);
  const columns: FigureColumn[] = [
    center("TT", 6, ({ item }) => text(item.code)),
    left("Chỉ tiêu", 36, ({ item }) => text(item.name)),
    unitColumn(8),
    targetColumn(9, targetCell),
    PACE,
    ...FIGURES,
    ...verdictColumns(13, rows),
    ...comparedColumns(report),
    ...coverageColumns(7),
    ...(isCovering
      ? [
          left<FigureRow, SheetCell>("Nguồn số liệu", 14, ({ line }) =>
            text(wording.basisText(line.basis)),
          ),
        ]
      : []),
  ];
  return {
    name: "Chỉ tiêu",
    title: `KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU ${capitals(head.period_name)}`,
    columns,
    rows: grouped(columns, rows),
    notes: [wording.legendText(report)],
  };
}

/** Rows below the headings of their groups. */
function grouped(columns: readonly FigureColumn[], rows: readonly FigureRow[]): SheetRow[] {
  return [...groupsOf(rows)].flatMap(([name, inGroup]) => [
    ...(name === null ? [] : [{ heading: name }]),
    ...cellsOf(columns, inGroup),
  ]);
}

const FIGURES: readonly FigureColumn[] = [
  right("Tử số trong kỳ", 9, (row) => partCell(row, row.line.numerator_in_period)),
  right("Mẫu số trong kỳ", 9, (row) => partCell(row, row.line.denominator_in_period)),
  right("Giá trị trong kỳ", 9, (row) =>
    valueCell(row, row.line.value_in_period_shown ?? row.line.value_in_period),
  ),
  right("Tử số lũy kế", 9, (row) => partCell(row, row.line.numerator)),
  right("Mẫu số lũy kế", 9, (row) => partCell(row, row.line.denominator)),
  right("Giá trị lũy kế", 9, (row) => valueCell(row, row.line.value_shown)),
];

const coverageColumns = (width: number): FigureColumn[] => [
  right("Đã có số liệu", width, ({ line }) => whole(line.areas_reported)),
  right("Phải có số liệu", width, ({ line }) => whole(line.areas_expected)),
  right("Lấy số kỳ trước", width, ({ line }) => whole(line.areas_carried)),
  right(TERMS.missing.word, 8, ({ line }) => whole(line.periods_missing_before)),
];

const changeHeader = (period: string): string => `Tăng, giảm so với ${inSentence(period)}`;

function previousColumns(period: string): FigureColumn[] {
  return [
    right(period, 9, ({ item, line }) =>
      amountCell(item, line.previous_value, wording.previousMark(line)),
    ),
    right(changeHeader(period), 10, (row) =>
      changeCell(row, row.line.change_from_previous, wording.changeMark(row.line)),
    ),
  ];
}

/** Comparisons with the period before and, where there is one, with last year's. */
function comparedColumns({ head }: PublishedReport): FigureColumn[] {
  const lastYear = head.last_year_period_name;
  return [
    ...previousColumns(head.previous_period_name ?? "Kỳ trước"),
    ...(lastYear === null
      ? []
      : [
          right<FigureRow, SheetCell>(lastYear, 9, ({ item, line }) =>
            amountCell(item, line.last_year_value),
          ),
          right<FigureRow, SheetCell>(changeHeader(lastYear), 10, (row) =>
            changeCell(row, row.line.change_from_last_year),
          ),
        ]),
  ];
}

/** One row per area, the whole first; one column per indicator. */
function matrix(
  report: PublishedReport,
  rows: readonly FigureRow[],
  name: string,
  what: string,
  align: typeof right,
  cellOf: (row: FigureRow) => SheetCell,
): SheetTable {
  const { head } = report;
  const items = [...new Map(rows.map(({ item }) => [item.code, item])).values()];
  const cells = new Map(rows.map((row) => [`${row.line.area_no} ${row.item.code}`, row]));
  const noun = wording.areaNoun(head);
  const columns: CellColumn<Line, SheetCell>[] = [
    center("TT", 5, (area) => whole(area.area_no || null)),
    left(capital(noun), 24, (area) => text(wording.areaName(head, area))),
    ...items.map(({ code, short_name, unit_of_measure }) =>
      align<Line, SheetCell>(`${code} ${short_name} (${unit_of_measure})`, 11, (area) => {
        const row = cells.get(`${area.area_no} ${code}`);
        return row === undefined ? text(wording.MARK.not_applicable) : cellOf(row);
      }),
    ),
  ];
  return {
    name,
    title: `${what} CÁC CHỈ TIÊU ${capitals(head.period_name)} THEO ${capitals(noun)}`,
    ...tableOf(columns, areasOf(rows)),
    notes: [wording.legendText(report)],
  };
}

function tallyTable({ head, tallies }: PublishedReport): SheetTable {
  const noun = wording.areaNoun(head);
  const columns: CellColumn<Tally, SheetCell>[] = [
    center("TT", 5, (tally) => whole(tally.area_no || null)),
    left(capital(noun), 26, (tally) => text(wording.areaName(head, tally))),
    right("Số chỉ tiêu", 9, (tally) => whole(tally.indicators)),
    ...Status.options.map((status) =>
      right<Tally, SheetCell>(STATUSES[status].word, 10, (tally) => whole(tally[status])),
    ),
    right("Thứ tự cần chú ý", 10, (tally) => whole(tally.attention_rank)),
  ];
  return {
    name: "Tổng hợp địa bàn",
    title: `SỐ CHỈ TIÊU THEO MỨC ĐÁNH GIÁ VÀ ${capitals(noun)}`,
    ...tableOf(columns, tallies),
    notes: [
      "Thứ tự cần chú ý: 1 là địa bàn có nhiều chỉ tiêu không đạt hoặc chậm tiến độ nhất; bằng nhau thì cùng thứ tự; địa bàn chưa gửi báo cáo xếp sau; để trống là không có chỉ tiêu nào như vậy.",
    ],
  };
}

function detailTable(report: PublishedReport, rows: readonly FigureRow[]): SheetTable {
  const { head } = report;
  const noun = wording.areaNoun(head);
  const columns: FigureColumn[] = [
    center("TT", 7, ({ item }) => text(item.code)),
    left("Chỉ tiêu", 28, ({ item }) => text(item.short_name)),
    unitColumn(8),
    left(capital(noun), 22, ({ line }) => text(wording.areaName(head, line))),
    targetColumn(8, targetCell),
    PACE,
    ...FIGURES,
    right("Giá trị lũy kế, chính xác", 12, (row) => valueCell(row, row.line.value)),
    ...verdictColumns(13, rows),
    ...comparedColumns(report),
  ];
  return {
    name: "Chi tiết địa bàn",
    title: `CHI TIẾT CÁC CHỈ TIÊU ${capitals(head.period_name)} THEO ${capitals(noun)}`,
    ...tableOf(columns, rows),
    isForWork: true,
    notes: [wording.legendText(report)],
    hasFilter: true,
  };
}

function measureTable(report: PublishedReport, rows: readonly FigureRow[]): SheetTable {
  const { head } = report;
  const value = (row: FigureRow, shown: string | null): SheetCell =>
    shown === null || row.item.kind !== "yes_no"
      ? valueCell(row, shown)
      : { figure: shown, isAnswer: row.line.area_id !== null };
  const columns: FigureColumn[] = [
    center("TT", 5, ({ item }) => whole(item.item_no)),
    left("Số liệu", 44, ({ item }) => text(item.name)),
    unitColumn(10),
    left(capital(wording.areaNoun(head)), 24, ({ line }) => text(wording.areaName(head, line))),
    right("Trong kỳ", 11, (row) => value(row, row.line.value_in_period)),
    right("Lũy kế", 11, (row) => value(row, row.line.value)),
    left("Ghi chú", 18, ({ line }) =>
      text(line.is_nil === true ? STATUSES.not_arising.word : null),
    ),
    ...coverageColumns(8),
  ];
  return {
    name: "Số liệu báo cáo",
    title: `SỐ LIỆU BÁO CÁO ${capitals(head.period_name)}`,
    ...tableOf(columns, rows),
    notes: [
      "Lũy kế tính theo cách gộp của từng số liệu: có số liệu cộng dồn, có số liệu lấy số gần nhất, lớn nhất hoặc nhỏ nhất trong các kỳ.",
      "Tử số, mẫu số của tỷ lệ ở các trang chỉ tiêu chỉ gồm địa bàn, đơn vị có đủ cả hai số liệu, nên có thể nhỏ hơn số liệu ở trang này.",
      "Lấy số kỳ trước: chưa báo cáo cho kỳ này, số đã báo cáo ở kỳ trước vẫn được tính. Còn thiếu kỳ trước: số liệu còn thiếu của các kỳ trước đã hết hạn gửi trong năm, mỗi nơi một kỳ tính là một.",
      wording.legendText(report),
    ],
    hasFilter: true,
  };
}

/** A figure or a level, or the mark that says why there is none. */
function valueCell({ item, line }: FigureRow, value: string | null): SheetCell {
  return amountCell(item, value, wording.markOf(line) ?? "");
}

/** A figure in the unit of an item, else a mark. */
function amountCell(
  { unit_of_measure }: Item,
  value: string | null,
  mark: string | null = null,
): SheetCell {
  const level = value === null ? null : levelText(value, unit_of_measure);
  return level === null ? figure(value, mark) : text(level);
}

/** What a value is divided of; a level is not. */
function partCell(row: FigureRow, value: string | null): SheetCell {
  return levelsOf(row.item.unit_of_measure) === null ? valueCell(row, value) : null;
}

/** A difference, else a mark. */
function changeCell(
  { item }: FigureRow,
  change: string | null,
  mark: string | null = null,
): SheetCell {
  return change === null || levelsOf(item.unit_of_measure) === null
    ? figure(change, mark)
    : text(wording.changeInTable(change, item.unit_of_measure));
}

function targetCell({ item, line }: FigureRow): SheetCell {
  if (line.target_value === null) return null;
  const level = levelText(line.target_value, item.unit_of_measure);
  if (level !== null) return text(`${wording.comparatorSign(item.target_comparator)} ${level}`);
  return line.target_to === null
    ? { figure: line.target_value, sign: wording.comparatorSign(item.target_comparator) }
    : { text: wording.targetPhrase({ ...item, unit_of_measure: "" }, line) ?? "" };
}
