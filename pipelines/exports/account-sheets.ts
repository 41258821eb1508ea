import { checkCode, keyCode } from "../contract/check-code.ts";
import type { Item, PublishedReport } from "../contract/report.ts";
import { capital, capitals } from "../vocabulary/letter-case.ts";
import { ANSWERS, CLASSES, STATUSES, TIMELINESS } from "../vocabulary/words.ts";
import * as wording from "./export-wording.ts";
import type { SheetCell, SheetRow, SheetTable } from "./sheet-table.ts";

/**
 * The tables behind the results: changes, coverage, doubts, definitions, provenance, and codes and
 * digests, which are in no other table.
 */
export function accountTables(report: PublishedReport): SheetTable[] {
  return [
    changeTable(report),
    unitTable(report),
    doubtTable(report),
    definitionTable(report),
    provenanceTable(report),
    submissionTable(report),
    codeTable(report),
  ];
}

const text = (words: string | null): SheetCell => (words === null ? null : { text: words });
const moment = (at: string | null): SheetCell => (at === null ? null : { moment: at });

function changeTable(report: PublishedReport): SheetTable {
  const { head, publication, changes, items } = report;
  const { version } = publication;
  const before = version - 1;
  return {
    name: "Thay đổi",
    title: version > 1 ? `SỐ LIỆU THAY ĐỔI SO VỚI PHIÊN BẢN ${before}` : "SỐ LIỆU THAY ĐỔI",
    columns: [
      { header: "TT", width: 5, align: "center" },
      { header: "Chỉ tiêu, số liệu, đơn vị", width: 44, align: "left" },
      { header: capital(wording.areaNoun(head)), width: 22, align: "left" },
      { header: "Nội dung thay đổi", width: 22, align: "left" },
      {
        header: version > 1 ? `Phiên bản ${before}` : "Phiên bản trước",
        width: 16,
        align: "right",
      },
      { header: `Phiên bản ${version}`, width: 16, align: "right" },
    ],
    rows: changes.map((change, index): SheetCell[] => {
      const item = items.find(
        ({ section, code }) => section === change.section && code === change.code,
      );
      const value = (of: string | null): SheetCell => {
        const figure = wording.changedFigure(change, of, item);
        return figure === null ? { text: wording.changedText(change, of, item) } : { figure };
      };
      return [
        { whole: index + 1 },
        text(wording.changedName(change)),
        text(wording.isOfNoArea(change) ? "" : (change.area_name ?? wording.wholeArea(head))),
        text(wording.fieldText(change.field)),
        value(change.old_value),
        value(change.new_value),
      ];
    }),
    ifEmpty:
      version > 1
        ? `Không có số liệu nào thay đổi so với phiên bản ${before}.`
        : "Đây là phiên bản đầu tiên.",
    notes: [wording.legendText(report)],
    hasFilter: true,
  };
}

function unitTable({ head, units }: PublishedReport): SheetTable {
  return {
    name: "Tình hình báo cáo",
    title: `TÌNH HÌNH GỬI BÁO CÁO ${capitals(head.period_name)} (hạn gửi trước ngày ${wording.dayText(head.due_before)})`,
    columns: [
      { header: "TT", width: 5, align: "center" },
      { header: "Đơn vị báo cáo", width: 46, align: "left" },
      { header: "Tình hình", width: 14, align: "center" },
      { header: "Nhận lần đầu", width: 17, align: "center" },
      { header: "Nhận sau cùng", width: 17, align: "center" },
      { header: "Số lần gửi", width: 8, align: "right" },
      { header: "Số ngày trễ", width: 8, align: "right" },
      { header: "Ghi chú", width: 18, align: "left" },
    ],
    rows: units.map((unit): SheetCell[] => [
      { whole: unit.unit_no },
      text(unit.unit_name),
      text(TIMELINESS[unit.timeliness].word),
      moment(unit.first_received_at),
      moment(unit.last_received_at),
      { whole: unit.submissions },
      unit.days_late === null ? null : { whole: unit.days_late },
      unit.is_nil_return ? text(STATUSES.not_arising.word) : null,
    ]),
    ifEmpty: "Không có đơn vị nào phải báo cáo.",
    hasFilter: true,
  };
}

/** The name of a period, or its code where the version has no name. */
function periodText({ head, doubts }: PublishedReport, period: string): string {
  const doubt = doubts.find((one) => one.period === period);
  if (period === head.period) return head.period_name;
  if (period === head.previous_period) return head.previous_period_name ?? period;
  return doubt?.period_name ?? period;
}

function doubtTable(report: PublishedReport): SheetTable {
  const { doubts } = report;
  return {
    name: "Điểm cần lưu ý",
    title: "NHỮNG ĐIỂM CẦN LƯU Ý VỀ SỐ LIỆU",
    columns: [
      { header: "TT", width: 5, align: "center" },
      { header: "Kỳ", width: 16, align: "center" },
      { header: "Đơn vị", width: 26, align: "left" },
      { header: "Địa bàn", width: 20, align: "left" },
      { header: "Số liệu", width: 36, align: "left" },
      { header: "Điểm cần lưu ý", width: 30, align: "left" },
      { header: "Số đã báo cáo", width: 12, align: "right" },
      { header: "Số đối chiếu", width: 12, align: "right" },
      { header: "Vị trí trong báo cáo", width: 16, align: "left" },
      { header: "Đã xem xét", width: 26, align: "left" },
    ],
    rows: doubts.map((doubt, index): SheetCell[] => {
      const value = (figure: string | null): SheetCell => (figure === null ? null : { figure });
      const place = [doubt.sheet, doubt.cell, doubt.line === null ? null : `dòng ${doubt.line}`];
      return [
        { whole: index + 1 },
        text(periodText(report, doubt.period)),
        text(doubt.unit_name),
        text(doubt.area_name),
        text(doubt.measure_name),
        text(capital(wording.doubtWord(doubt))),
        value(doubt.value),
        value(doubt.compared_with),
        text(place.filter((part) => part !== null).join(", ")),
        text(doubt.is_acknowledged ? (doubt.acknowledged_reason ?? ANSWERS.yes.word) : null),
      ];
    }),
    ifEmpty: "Không có điểm nào cần lưu ý.",
    notes: [wording.legendText(report)],
    frozenColumns: 1,
  };
}

function definitionTable({ items }: PublishedReport): SheetTable {
  const rowOf = (item: Item): SheetCell[] => [
    item.section === "indicator" ? text(item.code) : { whole: item.item_no },
    text(item.name),
    text(item.unit_of_measure),
    text(item.quote),
    text(item.section === "indicator" ? item.formula : wording.aggregationText(item)),
    text(item.section === "indicator" ? item.target_text : item.reported_by),
    text(wording.paceText(item.pace)),
    text([...item.added_rules, item.explanation].filter((rule) => rule !== null).join("\n")),
  ];
  const part = (section: Item["section"], heading: string): SheetRow[] => {
    const listed = items.filter((item) => item.section === section);
    return listed.length === 0 ? [] : [{ heading }, ...listed.map(rowOf)];
  };
  return {
    name: "Định nghĩa",
    title: "ĐỊNH NGHĨA CHỈ TIÊU VÀ SỐ LIỆU",
    columns: [
      { header: "TT", width: 7, align: "center" },
      { header: "Tên", width: 30, align: "left" },
      { header: "Đơn vị tính", width: 9, align: "center" },
      { header: "Nội dung quy định tại kế hoạch", width: 42, align: "left" },
      { header: "Cách tính", width: 34, align: "left" },
      { header: "Mức chỉ tiêu; đơn vị báo cáo", width: 18, align: "left" },
      { header: "Tiến độ", width: 15, align: "left" },
      { header: "Quy ước bổ sung, giải thích", width: 38, align: "left" },
    ],
    rows: [...part("indicator", "Chỉ tiêu"), ...part("measure", "Số liệu báo cáo")],
    ifEmpty: "Không có định nghĩa.",
    notes: ["Quy ước bổ sung là quy ước mà kế hoạch không nêu nhưng cần có để tính được chỉ tiêu."],
  };
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
  return {
    name: "Nguồn gốc",
    title: "NGUỒN GỐC SỐ LIỆU",
    columns: [
      { header: "Nội dung", width: 34, align: "left" },
      { header: "Giá trị", width: 84, align: "left" },
    ],
    rows: facts.map(([name, value]): SheetCell[] => [{ text: name }, value]),
    frozenColumns: 1,
  };
}

const SUBMISSION_NOTE =
  "Số tiếp nhận là số thứ tự trong sổ tiếp nhận báo cáo của cơ quan tổng hợp. Mã băm của từng tệp ghi tại trang “Mã”.";

function submissionTable(report: PublishedReport): SheetTable {
  const { submissions } = report;
  return {
    name: "Báo cáo nguồn",
    title: "BÁO CÁO CỦA CÁC ĐƠN VỊ DÙNG ĐỂ LẬP SỐ LIỆU",
    columns: [
      { header: "TT", width: 5, align: "center" },
      { header: "Đơn vị báo cáo", width: 40, align: "left" },
      { header: "Kỳ", width: 16, align: "center" },
      { header: "Tệp", width: 34, align: "left" },
      { header: "Nhận lúc", width: 17, align: "center" },
      { header: "Số tiếp nhận", width: 9, align: "right" },
    ],
    rows: submissions.map((submission, index): SheetCell[] => [
      { whole: index + 1 },
      text(submission.unit_name),
      text(periodText(report, submission.period)),
      text(submission.file_name ?? wording.MARK.withheld),
      moment(submission.received_at),
      { figure: submission.receipt_no },
    ]),
    ifEmpty: "Không có báo cáo nào.",
    notes: [SUBMISSION_NOTE],
    hasFilter: true,
  };
}

/** Codes for programs, and digests that prove that nothing changed. */
function codeTable(report: PublishedReport): SheetTable {
  const { head, publication, items, lines, units, submissions } = report;
  const areas = new Map(lines.map((line) => [line.area_no, line]));
  const part = (heading: string, rows: readonly SheetRow[]): SheetRow[] =>
    rows.length === 0 ? [] : [{ heading }, ...rows];
  const row = (no: number | null, name: string, code: string | null): SheetRow => [
    no === null ? null : { whole: no },
    text(name),
    text(code),
  ];
  return {
    name: "Mã",
    title: "MÃ DÙNG CHO PHẦN MỀM VÀ MÃ BĂM DÙNG ĐỂ ĐỐI CHIẾU",
    columns: [
      { header: "TT", width: 5, align: "center" },
      { header: "Nội dung", width: 60, align: "left" },
      { header: "Mã", width: 70, align: "left" },
    ],
    rows: [
      ...part("Kế hoạch, kỳ báo cáo", [
        row(null, head.plan_title, publication.plan_id),
        row(null, head.period_name, publication.period),
      ]),
      ...part(
        "Số liệu báo cáo",
        items
          .filter(({ section }) => section === "measure")
          .map(({ item_no, name, code }) => row(item_no, name, code)),
      ),
      ...part(
        capital(wording.areaNoun(head)),
        [...areas.values()]
          .filter(({ area_code }) => area_code !== null)
          .sort((a, b) => a.area_no - b.area_no)
          .map((area) => row(area.area_no, wording.areaName(head, area), area.area_code)),
      ),
      ...part(
        "Đơn vị báo cáo",
        units.map(({ unit_no, unit_name, unit_code }) => row(unit_no, unit_name, unit_code)),
      ),
      ...part("Mã băm SHA-256 của phiên bản", [
        row(null, "Toàn bộ phiên bản", publication.sha256),
        row(null, "Số liệu", publication.lines_sha256),
        row(null, "Tệp kế hoạch", publication.plan_sha256),
        row(null, "Danh mục kế hoạch, địa bàn, đơn vị", publication.inputs_sha256),
        row(null, "Cách tính", publication.models_sha256),
      ]),
      ...part(
        "Mã băm SHA-256 của từng báo cáo nguồn",
        submissions
          .filter(({ sha256 }) => sha256 !== null)
          .map((one) => row(null, `${one.unit_name}, số tiếp nhận ${one.receipt_no}`, one.sha256)),
      ),
    ],
    notes: report.audience === "city" ? [] : ["Mã băm của báo cáo nguồn chỉ ghi trong bản nội bộ."],
  };
}
