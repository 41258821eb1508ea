import { checkCode, keyCode } from "../contract/check-code.ts";
import type {
  Change,
  Doubt,
  Item,
  PublishedReport,
  Shortfall,
  ShownSubmission,
  Unit,
} from "../contract/report.ts";
import { causeSentence, openOn } from "../sentences/cause.ts";
import * as wording from "../sentences/report-words.ts";
import { provisional } from "../sentences/standing.ts";
import { vietnameseDate } from "../vocabulary/date.ts";
import { capital, capitals } from "../vocabulary/letter-case.ts";
import { periodNameOf } from "../vocabulary/period-code.ts";
import { ANSWERS, CLASSES, STATUSES, TIMELINESS } from "../vocabulary/words.ts";
import { type CellColumn, cellsOf, center, left, right } from "./cell-column.ts";
import {
  figure,
  moment,
  type SheetCell,
  type SheetColumn,
  type SheetRow,
  type SheetTable,
  tableOf,
  text,
  whole,
} from "./sheet-table.ts";

/**
 * The tables behind the results: changes, coverage, doubts, definitions, provenance, and codes and
 * digests, which are in no other table.
 */
export function accountTables(report: PublishedReport): SheetTable[] {
  return [
    ...(report.shortfalls.length === 0 ? [] : [shortfallTable(report)]),
    changeTable(report),
    unitTable(report),
    doubtTable(report),
    definitionTable(report),
    provenanceTable(report),
    submissionTable(report),
    codeTable(report),
  ];
}

/** The number of a row. */
const NUMBER = center("TT", 5, (_row, index) => whole(index + 1));

function shortfallTable({ head, items, shortfalls }: PublishedReport): SheetTable {
  const columns: CellColumn<Shortfall, SheetCell>[] = [
    NUMBER,
    left("Chỉ tiêu", 36, (one) => text(wording.shortfallItem(items, one))),
    left("Địa bàn, đơn vị", 30, ({ unit_name }) => text(unit_name ?? wording.wholeArea(head))),
    left("Nguyên nhân", 50, ({ cause }) => text(cause)),
    left("Giải pháp", 50, ({ remedy }) => text(remedy)),
  ];
  return {
    name: "Nguyên nhân, giải pháp",
    title: `NGUYÊN NHÂN, GIẢI PHÁP ${capitals(head.period_name)}`,
    ...tableOf(columns, shortfalls),
    hasFilter: true,
  };
}

function changeTable(report: PublishedReport): SheetTable {
  const { head, publication, changes, items } = report;
  const { version } = publication;
  const before = version - 1;
  const isOpen = openOn(changes, report.lines);
  const value = (change: Change, side: "old_value" | "new_value"): SheetCell => {
    const item = wording.changedItem(items, change);
    const of = change[side];
    const is_provisional = of !== null && change.field === "status" && isOpen(change, side);
    return figure(
      wording.changedFigure(change, of, item),
      `${wording.changedText(change, of, item)}${provisional({ is_provisional })}`,
    );
  };
  const columns: CellColumn<Change, SheetCell>[] = [
    NUMBER,
    left("Chỉ tiêu, số liệu, đơn vị", 44, (change) => text(wording.changedName(change))),
    left(capital(wording.areaNoun(head)), 22, (change) =>
      text(wording.isOfNoArea(change) ? "" : (change.area_name ?? wording.wholeArea(head))),
    ),
    left("Nội dung thay đổi", 22, (change) => text(wording.fieldText(change.field))),
    right(`Phiên bản ${before}`, 16, (change) => value(change, "old_value")),
    right(`Phiên bản ${version}`, 16, (change) => value(change, "new_value")),
    center("Nguyên nhân", 12, (change) => text(change.causes)),
  ];
  return {
    name: "Thay đổi",
    title: `SỐ LIỆU THAY ĐỔI SO VỚI PHIÊN BẢN ${before}`,
    ...tableOf(columns, changes),
    notes: [
      ...report.causes.map(
        (cause) =>
          `Nguyên nhân ${cause.cause_no}: ${causeSentence(cause, wording.areaNoun(head), changes)}`,
      ),
      wording.legendText(report),
    ],
    hasFilter: true,
  };
}

function unitTable({ head, units }: PublishedReport): SheetTable {
  const columns: CellColumn<Unit, SheetCell>[] = [
    center("TT", 5, (unit) => whole(unit.unit_no)),
    left("Đơn vị báo cáo", 46, (unit) => text(unit.unit_name)),
    center("Tình hình", 14, (unit) => text(TIMELINESS[unit.timeliness].word)),
    center("Nhận lần đầu", 17, (unit) => moment(unit.first_received_at)),
    center("Nhận sau cùng", 17, (unit) => moment(unit.last_received_at)),
    right("Số lần gửi", 8, (unit) => whole(unit.submissions)),
    right("Số ngày trễ", 8, (unit) => whole(unit.days_late)),
    left("Ghi chú", 18, (unit) => text(unit.is_nil_return ? STATUSES.not_arising.word : null)),
  ];
  return {
    name: "Tình hình báo cáo",
    title: `TÌNH HÌNH GỬI BÁO CÁO ${capitals(head.period_name)} (hạn gửi trước ngày ${vietnameseDate(head.due_before)})`,
    ...tableOf(columns, units),
    hasFilter: true,
  };
}

/** The name of a period, or its code where that names none. */
function periodText({ head }: PublishedReport, period: string): string {
  return period === head.period ? head.period_name : periodNameOf(period);
}

function doubtTable(report: PublishedReport): SheetTable {
  const placeOf = ({ sheet, cell, line }: Doubt): string =>
    [sheet, cell, line === null ? null : `dòng ${line}`].filter((part) => part !== null).join(", ");
  const columns: CellColumn<Doubt, SheetCell>[] = [
    NUMBER,
    center("Kỳ", 16, (doubt) => text(doubt.period_name ?? periodText(report, doubt.period))),
    left("Đơn vị", 26, (doubt) => text(doubt.unit_name)),
    left("Địa bàn", 20, (doubt) => text(doubt.area_name)),
    left("Số liệu", 36, (doubt) => text(doubt.measure_name)),
    left("Điểm cần lưu ý", 30, (doubt) => text(capital(wording.doubtWord(doubt)))),
    right("Số đã báo cáo", 12, (doubt) => figure(doubt.value)),
    right("Số đối chiếu", 12, (doubt) => figure(doubt.compared_with)),
    left("Vị trí trong báo cáo", 16, (doubt) => text(placeOf(doubt))),
    left("Đã xem xét", 26, (doubt) =>
      text(doubt.is_acknowledged ? (doubt.acknowledged_reason ?? ANSWERS.yes.word) : null),
    ),
  ];
  return {
    name: "Điểm cần lưu ý",
    title: "NHỮNG ĐIỂM CẦN LƯU Ý VỀ SỐ LIỆU",
    ...tableOf(columns, report.doubts),
    notes: [wording.legendText(report)],
    frozenColumns: 1,
  };
}

function definitionTable({ items }: PublishedReport): SheetTable {
  const columns: CellColumn<Item, SheetCell>[] = [
    center("TT", 7, (item) =>
      item.section === "indicator" ? text(item.code) : whole(item.item_no),
    ),
    left("Tên", 30, (item) => text(item.name)),
    center("Đơn vị tính", 9, (item) => text(item.unit_of_measure)),
    left("Nội dung quy định tại kế hoạch", 42, (item) => text(item.quote)),
    left("Cách tính", 34, (item) =>
      text(item.section === "indicator" ? item.formula : wording.aggregationText(item)),
    ),
    left("Mức chỉ tiêu; đơn vị báo cáo", 18, (item) =>
      text(item.section === "indicator" ? item.target_text : item.reported_by),
    ),
    left("Tiến độ", 15, (item) => text(wording.paceText(item.pace))),
    left("Quy ước bổ sung, giải thích", 38, ({ added_rules, explanation }) =>
      text([...added_rules, explanation].filter((rule) => rule !== null).join("\n")),
    ),
  ];
  const part = (section: Item["section"], heading: string): SheetRow[] =>
    headed(
      heading,
      cellsOf(
        columns,
        items.filter((item) => item.section === section),
      ),
    );
  return {
    name: "Định nghĩa",
    title: "ĐỊNH NGHĨA CHỈ TIÊU VÀ SỐ LIỆU",
    columns,
    rows: [...part("indicator", "Chỉ tiêu"), ...part("measure", "Số liệu báo cáo")],
    isForWork: true,
    notes: ["Quy ước bổ sung là quy ước mà kế hoạch không nêu nhưng cần có để tính được chỉ tiêu."],
  };
}

/** Rows below a heading; none where there are none. */
function headed(heading: string, rows: readonly SheetRow[]): SheetRow[] {
  return rows.length === 0 ? [] : [{ heading }, ...rows];
}

function provenanceTable(report: PublishedReport): SheetTable {
  const { head, publication, units } = report;
  const missing = units.filter(({ timeliness }) => timeliness === "missing");
  const facts: [string, SheetCell][] = [
    ["Kế hoạch", text(`${head.plan_title} (số ${head.plan_number})`)],
    ["Nguồn văn bản", text(head.source)],
    ["Triển khai", text(head.carries_out)],
    ["Kỳ báo cáo", text(head.period_name)],
    ["Số liệu từ ngày", moment(head.data_from)],
    ["Số liệu đến hết ngày", moment(head.data_to)],
    ["Phiên bản", { whole: publication.version }],
    ["Loại", text(CLASSES[publication.class])],
    ["Lý do", text(publication.reason)],
    ["Tính chất số liệu", text(publication.is_final ? "Chính thức" : "Sơ bộ")],
    ["Số liệu tính đến", moment(publication.as_of)],
    ["Thời điểm phát hành", moment(publication.recorded_at)],
    ["Đối tượng", text(wording.readerText(report))],
    ["Đơn vị phải báo cáo", { whole: head.units_expected }],
    ["Đơn vị đã báo cáo", { whole: head.units_reported }],
    [
      "Đơn vị chưa báo cáo",
      text(
        missing.length === 0 ? "Không có" : missing.map(({ unit_name }) => unit_name).join("; "),
      ),
    ],
    ["Mã kiểm tra", text(publication.check_code)],
    [
      "Niêm phong trước",
      text(publication.previous_seal === null ? "Không có" : checkCode(publication.previous_seal)),
    ],
    [
      "Khóa ký niêm phong",
      text(publication.signed_by === null ? "Không ký" : keyCode(publication.signed_by)),
    ],
    ["Phiên bản phần mềm", text(publication.software_version)],
  ];
  const columns: CellColumn<[string, SheetCell], SheetCell>[] = [
    left("Nội dung", 34, ([name]) => text(name)),
    left("Giá trị", 84, ([, value]) => value),
  ];
  return {
    name: "Nguồn gốc",
    title: "NGUỒN GỐC SỐ LIỆU",
    ...tableOf(columns, facts),
    frozenColumns: 1,
  };
}

const SUBMISSION_NOTE =
  "Số tiếp nhận là số thứ tự trong sổ tiếp nhận báo cáo của cơ quan tổng hợp. Mã băm của từng tệp ghi tại trang “Mã” (trang ẩn).";

function submissionTable(report: PublishedReport): SheetTable {
  const columns: CellColumn<ShownSubmission, SheetCell>[] = [
    NUMBER,
    left("Đơn vị báo cáo", 40, (submission) => text(submission.unit_name)),
    center("Kỳ", 16, (submission) => text(periodText(report, submission.period))),
    left("Tệp", 34, (submission) => text(submission.file_name ?? wording.MARK.withheld)),
    center("Nhận lúc", 17, (submission) => moment(submission.received_at)),
    right("Số tiếp nhận", 9, (submission) => figure(submission.receipt_no)),
  ];
  return {
    name: "Báo cáo nguồn",
    title: "BÁO CÁO CỦA CÁC ĐƠN VỊ DÙNG ĐỂ LẬP SỐ LIỆU",
    ...tableOf(columns, report.submissions),
    isForWork: true,
    notes: [SUBMISSION_NOTE],
    hasFilter: true,
  };
}

const CODE_COLUMNS: readonly SheetColumn[] = [
  { header: "TT", width: 5, align: "center" },
  { header: "Nội dung", width: 60, align: "left" },
  { header: "Mã", width: 70, align: "left" },
];

/** Codes for programs, and digests that prove that nothing changed. */
function codeTable(report: PublishedReport): SheetTable {
  const { head, publication, items, lines, units, submissions } = report;
  const areas = new Map(lines.map((line) => [line.area_no, line]));
  const row = (no: number | null, name: string, code: string | null): SheetRow => [
    whole(no),
    text(name),
    text(code),
  ];
  return {
    name: "Mã",
    title: "MÃ DÙNG CHO PHẦN MỀM VÀ MÃ BĂM DÙNG ĐỂ ĐỐI CHIẾU",
    columns: CODE_COLUMNS,
    isForWork: true,
    isHidden: true,
    rows: [
      ...headed("Kế hoạch, kỳ báo cáo", [
        row(null, head.plan_title, publication.plan_id),
        row(null, head.period_name, publication.period),
      ]),
      ...headed(
        "Số liệu báo cáo",
        items
          .filter(({ section }) => section === "measure")
          .map(({ item_no, name, code }) => row(item_no, name, code)),
      ),
      ...headed(
        capital(wording.areaNoun(head)),
        [...areas.values()]
          .filter(({ area_code }) => area_code !== null)
          .sort((a, b) => a.area_no - b.area_no)
          .map((area) => row(area.area_no, wording.areaName(head, area), area.area_code)),
      ),
      ...headed(
        "Đơn vị báo cáo",
        units.map(({ unit_no, unit_name, unit_code }) => row(unit_no, unit_name, unit_code)),
      ),
      ...headed("Mã băm SHA-256 của phiên bản", [
        row(null, "Toàn bộ phiên bản", publication.sha256),
        row(null, "Số liệu", publication.lines_sha256),
        row(null, "Tệp kế hoạch", publication.plan_sha256),
        row(null, "Danh mục kế hoạch, địa bàn, đơn vị", publication.inputs_sha256),
        row(null, "Cách tính", publication.models_sha256),
      ]),
      ...headed(
        "Mã băm SHA-256 của từng báo cáo nguồn",
        submissions
          .filter(({ sha256 }) => sha256 !== null)
          .map((one) => row(null, `${one.unit_name}, số tiếp nhận ${one.receipt_no}`, one.sha256)),
      ),
    ],
    notes: report.audience === "city" ? [] : ["Mã băm của báo cáo nguồn chỉ ghi trong bản nội bộ."],
  };
}
