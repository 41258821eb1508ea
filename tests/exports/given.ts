import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { NO_DOCUMENT } from "../../pipelines/contract/document.ts";
import {
  Cause,
  Change,
  COLUMNS,
  Doubt,
  Head,
  Item,
  Line,
  Publication,
  type PublishedReport,
  Submission,
  Tally,
  Unit,
} from "../../pipelines/contract/report.ts";
import { readCatalogue, unitsIn } from "../../pipelines/sources/catalogue.ts";
import { formulaOf, wholeTargetText } from "../../pipelines/sources/targets/formula.ts";

const CATALOGUE = readCatalogue(join(import.meta.dirname, "../../sources"));

/** The wards of the city, in the order of the plan. */
export const AREAS = [
  ["05971", "Phường Hoàng Văn Thụ"],
  ["05974", "Phường Tam Thanh"],
  ["05977", "Phường Vĩnh Trại"],
  ["05980", "Phường Đông Kinh"],
  ["05983", "Phường Chi Lăng"],
  ["05986", "Xã Hoàng Đồng"],
  ["05989", "Xã Quảng Lạc"],
  ["05992", "Xã Mai Pha"],
].map(([code = "", name = ""], index) => ({ id: index + 3, no: index + 1, code, name }));

const RECIPIENTS = [
  "UBND tỉnh Lạng Sơn",
  "Sở Lao động - Thương binh và Xã hội tỉnh Lạng Sơn",
  "Thường trực Thành ủy, Thường trực HĐND thành phố",
  "Chủ tịch, các Phó Chủ tịch UBND thành phố",
  "Các đơn vị thực hiện Kế hoạch",
  "UBND các phường, xã",
];

/**
 * Met, on track, behind, not yet, not arising, in doubt, not reported, not applicable, withheld; the
 * rank.
 */
const TALLIES: [number, ...(number | null)[]][] = [
  [0, 3, 4, 1, 3, 1, 0, 0, 0, 0, null],
  [1, 8, 1, 0, 0, 1, 0, 0, 1, 1, null],
  [2, 6, 2, 1, 0, 1, 0, 0, 1, 1, 3],
  [3, 2, 0, 6, 1, 1, 0, 0, 1, 1, 1],
  [4, 8, 1, 0, 0, 1, 0, 0, 1, 1, null],
  [5, 5, 4, 0, 0, 1, 0, 0, 1, 1, null],
  [6, 7, 0, 1, 0, 1, 1, 0, 1, 1, 3],
  [7, 1, 1, 0, 0, 1, 0, 7, 1, 1, null],
  [8, 4, 2, 3, 0, 1, 0, 0, 1, 1, 2],
];

/**
 * Version 2 of the report of plan 217 for the second quarter of 2024, as the shared audience sees it:
 * eight wards, twelve indicators, nine measures with figures. The figures are made up and stand in
 * `lines.txt`; `-` is null. Xã Quảng Lạc has not reported, 3.1 is withheld, 3.2a has not arisen. Of
 * 3.2b, xã Mai Pha has said nothing since the first quarter, and xã Hoàng Đồng has checked 2 of 0.
 */
export function givenReport(change: Partial<PublishedReport> = {}): PublishedReport {
  given ??= {
    publication: givenPublication(),
    latestVersion: 2,
    audience: "shared",
    head: givenHead(),
    items: givenItems(),
    lines: givenLines(),
    tallies: givenTallies(),
    units: givenUnits(),
    submissions: givenSubmissions(),
    doubts: givenDoubts(),
    changes: givenChanges(),
    causes: givenCauses(),
    texts: GIVEN_TEXTS,
    shortfalls: [],
    withheld: [],
  };
  return { ...given, ...change };
}

/** Read once: a property over sentences asks for it a thousand times. */
let given: PublishedReport | undefined;

const GIVEN_TEXTS: PublishedReport["texts"] = [
  {
    head: "summary",
    text: "Lũy kế từ đầu năm đến hết quý II năm 2024, trong 12 chỉ tiêu của Kế hoạch có 03 chỉ tiêu đạt, 04 chỉ tiêu đúng tiến độ, 01 chỉ tiêu chậm tiến độ, 03 chỉ tiêu chưa đạt và 01 chỉ tiêu không phát sinh; 20/21 đơn vị đã gửi báo cáo.",
  },
  { head: "achieved", text: "Chỉ tiêu đạt: 1.1; 1.2; 3.1." },
  { head: "shortcomings", text: "Chỉ tiêu chậm tiến độ: 4.1." },
  { head: "tasks", text: "Đôn đốc gửi báo cáo quý II năm 2024: Ủy ban nhân dân xã Quảng Lạc." },
];

/** What the office and a ward say of an indicator. */
export const GIVEN_SHORTFALLS: PublishedReport["shortfalls"] = [
  ["Lớp mở muộn.", "Mở thêm 02 lớp.", null],
  ["Mưa lũ; đường sạt.", null, "UBND xã Mai Pha"],
].map(([cause = null, remedy = null, unit_name = null], index) => ({
  ...{ audience: "shared", code: "1.3a", item_no: 3, unit_no: index * 8, area_id: null },
  ...{ unit_id: unit_name && "UB@6", unit_name, cause, remedy, is_released: true },
}));

export function givenPublication(change: Partial<Publication> = {}): Publication {
  return Publication.parse({
    publication_no: "2",
    plan_id: "217-kh-ubnd-2024",
    period: "2024-Q2",
    version: 2,
    class: "correction",
    reason: "UBND phường Vĩnh Trại đính chính số người lao động được tuyên truyền",
    is_final: false,
    as_of: "2024-06-20 17:00:00",
    recorded_at: "2024-06-20 17:05:09",
    software_version: "0.1.0",
    plan_sha256: "1".repeat(64),
    inputs_sha256: "2".repeat(64),
    models_sha256: "3".repeat(64),
    lines_sha256: "4".repeat(64),
    contract_version: 1,
    check_code: "55555-55555-55555-55555",
    previous_seal: "6".repeat(64),
    signed_by: null,
    document: NO_DOCUMENT,
    sha256: "5".repeat(64),
    ...change,
  });
}

export function givenHead(change: Partial<Head> = {}): Head {
  return Head.parse({
    plan_id: "217-kh-ubnd-2024",
    plan_number: "217/KH-UBND",
    plan_title: "Kế hoạch thực hiện công tác phòng, chống mại dâm năm 2024",
    plan_short_title: "Phòng, chống mại dâm năm 2024",
    issuer: "Ủy ban nhân dân thành phố Lạng Sơn",
    carries_out: "Kế hoạch số 76/KH-UBND ngày 29/3/2024 của Ủy ban nhân dân tỉnh Lạng Sơn",
    issued_on: "2024-05-06",
    in_force_from: "2024-05-06",
    source: "Văn bản số 217/KH-UBND ngày 06/5/2024 của UBND thành phố Lạng Sơn (bản ký)",
    reports_to: "UBND thành phố (qua phòng Lao động - Thương binh và Xã hội)",
    area_name: "Thành phố Lạng Sơn",
    area_noun: "thành phố",
    reporting_area_noun: "phường, xã",
    period: "2024-Q2",
    period_name: "Quý II năm 2024",
    period_kind: "quarter",
    year: 2024,
    data_from: "2024-03-15",
    data_to: "2024-06-14",
    due_before: "2024-06-10",
    is_estimate: true,
    previous_period: "2024-Q1",
    previous_period_name: "Quý I năm 2024",
    last_year_period: null,
    last_year_period_name: null,
    areas: 8,
    units_expected: 21,
    units_reported: 20,
    is_demonstration: false,
    document_superior: null,
    document_agency: "Ủy ban nhân dân thành phố Lạng Sơn",
    document_abbreviation: "UBND",
    document_place: "Lạng Sơn",
    document_authority: "TM. Ủy ban nhân dân",
    document_signatory_title: "Chủ tịch",
    document_recipients: RECIPIENTS,
    document_filed_at: "VT, LĐTBXH",
    ...change,
  });
}

function givenItems(): Item[] {
  const plan = CATALOGUE.plans.find((one) => one.plan.id === "217-kh-ubnd-2024")?.plan;
  if (plan === undefined) throw new Error("no plan");
  const blank = {
    ...Object.fromEntries(Object.keys(COLUMNS.item).map((name) => [name, null])),
    added_rules: [],
    has_indicator: false,
  };
  const indicators = plan.indicators.map(({ code, group, target, value, ...words }, index) => ({
    ...blank,
    ...words,
    section: "indicator",
    code,
    item_no: index + 1,
    group_code: group,
    group_name: plan.groups.find((one) => one.code === group)?.name,
    formula: formulaOf(plan, value),
    value_kind: value.kind,
    target_comparator: target.comparator,
    target_value: target.statements[0]?.value?.value ?? null,
    target_text: wholeTargetText(plan, { code, group, target, value, ...words }, []),
    pace: target.pace,
    is_sensitive: code === "3.1" || code === "3.2a",
  }));
  const measures = plan.measures.map((measure, index) => ({
    ...blank,
    section: "measure",
    code: measure.code,
    item_no: index + 1,
    name: measure.name,
    short_name: measure.name,
    unit_of_measure: measure.unit_of_measure,
    kind: measure.kind,
    over_time: measure.over_time,
    over_areas: measure.over_areas,
    reported_by: measure.reported_by
      .map((code) => plan.units.find((unit) => unit.code === code)?.short_name)
      .join(", "),
    explanation: measure.explanation ?? null,
    is_sensitive: measure.sensitive,
  }));
  return z.array(Item).parse([...indicators, ...measures]);
}

function givenLines(): Line[] {
  const text = readFileSync(join(import.meta.dirname, "lines.txt"), "utf8");
  const [header = [], ...rows] = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/\s+/));
  return rows.map((row) => {
    const cells = Object.fromEntries(
      header.map((name, index) => [name, row[index] === "-" ? null : row[index]]),
    );
    const area = AREAS.find(({ no }) => no === Number(cells.area_no));
    const typed = Object.entries(cells).map(([name, text]) => {
      const { sql } = COLUMNS.line[name] ?? { sql: "" };
      if (text === null || text === undefined) return [name, null];
      if (sql === "boolean") return [name, text === "true"];
      return [name, sql === "integer" ? Number(text) : text];
    });
    return Line.parse({
      ...Object.fromEntries(typed),
      audience: "shared",
      area_id: area?.id ?? null,
      area_code: area?.code ?? null,
      area_name: area?.name ?? null,
    });
  });
}

function givenTallies(): Tally[] {
  return TALLIES.map(([no, met, on_track, behind, not_yet, ...rest]) => {
    const [not_arising, in_doubt, not_reported, not_applicable, withheld, attention_rank] = rest;
    const area = AREAS.find((one) => one.no === no);
    return Tally.parse({
      audience: "shared",
      area_id: area?.id ?? null,
      area_code: area?.code ?? null,
      area_name: area?.name ?? null,
      area_no: no,
      indicators: 12,
      met,
      within: 0,
      on_track,
      behind,
      not_yet,
      not_met: 0,
      not_arising,
      in_doubt,
      not_reported,
      not_applicable,
      withheld,
      attention_rank,
    });
  });
}

const MISSING_BEFORE: Readonly<Record<string, string>> = {
  "UBND-05989": "Quý I năm 2024",
  NHCSXH: "Quý I năm 2024: Số người được hỗ trợ tín dụng theo quy định",
};

function givenUnits(): Unit[] {
  const plan = CATALOGUE.plans.find((one) => one.plan.id === "217-kh-ubnd-2024");
  const period = plan?.plan.periods.find(({ code }) => code === "2024-Q2");
  if (plan === undefined || period === undefined) throw new Error("no plan");
  return unitsIn(plan, period).map((unit, index) => {
    const standing =
      unit.code === "UBND-05989"
        ? { timeliness: "missing", first: null, last: null, submissions: 0, days: null }
        : unit.code === "UBND-05977"
          ? {
              timeliness: "late",
              first: "2024-06-12 08:30:00",
              last: "2024-06-20 16:10:00",
              submissions: 2,
              days: 3,
            }
          : {
              timeliness: "on_time",
              first: "2024-06-08 10:00:00",
              last: "2024-06-08 10:00:00",
              submissions: 1,
              days: null,
            };
    return Unit.parse({
      unit_no: index + 1,
      unit_id: `${unit.code}`,
      unit_code: unit.code,
      unit_name: unit.name,
      unit_short_name: unit.short_name,
      area_id: AREAS.find(({ code }) => unit.code === `UBND-${code}`)?.id ?? null,
      timeliness: standing.timeliness,
      first_received_at: standing.first,
      last_received_at: standing.last,
      submissions: standing.submissions,
      is_nil_return: unit.code === "NHCSXH",
      days_late: standing.days,
      missing_before: MISSING_BEFORE[unit.code] ?? null,
    });
  });
}

function givenSubmissions(): Submission[] {
  return givenUnits()
    .filter(({ submissions }) => submissions > 0)
    .map((unit, index) =>
      Submission.parse({
        submission_no: String(index + 1),
        receipt_no: String(index + 1),
        unit_id: unit.unit_id,
        unit_name: unit.unit_name,
        period: "2024-Q2",
        file_name: `2024-Q2_${unit.unit_code}.xlsx`,
        sha256: (index + 10).toString(16).padStart(64, "a"),
        medium: "form",
        received_at: unit.last_received_at,
      }),
    );
}

function givenDoubts(): Doubt[] {
  const doubt = {
    audience: "shared",
    period: "2024-Q2",
    measure: "workers_total",
    measure_name: "Số người lao động tại các cơ sở kinh doanh dịch vụ dễ phát sinh tệ nạn mại dâm",
    unit_name: "Ủy ban nhân dân phường Tam Thanh",
    area_name: "Phường Tam Thanh",
    value: "96.0000",
    compared_with: "16.0000",
    found: null,
    sheet: "Biểu số liệu",
    cell: "F21",
    line: null,
    is_acknowledged: true,
    acknowledged_reason: "UBND phường đã xác nhận: rà soát lại toàn bộ cơ sở",
    is_withheld: false,
  };
  return z.array(Doubt).parse([
    { ...doubt, finding_id: "a1", rule: "jump" },
    {
      ...doubt,
      finding_id: "a2",
      rule: "above_bound",
      measure: "denunciations_handled",
      measure_name: "Số tố giác, tin báo, khiếu nại đã xác minh, phân loại, xử lý kịp thời",
      unit_name: "Công an thành phố",
      area_name: "Phường Đông Kinh",
      value: null,
      compared_with: null,
      found: null,
      sheet: null,
      cell: null,
      is_acknowledged: false,
      acknowledged_reason: null,
      is_withheld: true,
    },
  ]);
}

function givenChanges(): Change[] {
  const change = {
    audience: "shared",
    section: "indicator",
    code: "1.3a",
    item_no: 3,
    name: "Người lao động tại các cơ sở kinh doanh dịch vụ dễ phát sinh tệ nạn được tuyên truyền",
    area_id: null,
    area_name: null,
    area_no: 0,
    is_withheld: false,
    causes: "1",
  };
  const ward = { area_id: 5, area_name: "Phường Vĩnh Trại", area_no: 3 };
  return z.array(Change).parse([
    { ...change, field: "numerator", old_value: "149.0000", new_value: "138.0000" },
    { ...change, field: "value_shown", old_value: "19.6600", new_value: "18.2100" },
    { ...change, ...ward, field: "value_shown", old_value: "13.3300", new_value: "6.0000" },
    { ...change, ...ward, field: "status", old_value: "on_track", new_value: "behind" },
    {
      ...change,
      code: "3.1",
      item_no: 8,
      name: "Tố giác, tin báo, khiếu nại được tiếp nhận, xác minh, phân loại, xử lý kịp thời",
      field: "value_shown",
      old_value: null,
      new_value: null,
      is_withheld: true,
      causes: "2",
    },
    {
      ...change,
      ...ward,
      section: "unit",
      code: "UBND-05977",
      item_no: 16,
      name: "Ủy ban nhân dân phường Vĩnh Trại",
      field: "last_received_at",
      old_value: "2024-06-12 08:30:00",
      new_value: "2024-06-20 16:10:00",
    },
  ]);
}

/** Ward Vĩnh Trại has sent another report, and nobody knows why 3.1 changed. */
function givenCauses(): Cause[] {
  const none = {
    audience: "shared",
    unit_name: null,
    period: null,
    period_name: null,
    receipt_no: null,
    received_at: null,
    replaced_at: null,
    version: null,
    reason: null,
    due_before: null,
    measures: 0,
    area_verdicts: 0,
  };
  return z.array(Cause).parse([
    {
      ...none,
      cause_no: 1,
      kind: "again",
      unit_name: "Ủy ban nhân dân phường Vĩnh Trại",
      period: "2024-Q2",
      period_name: "Quý II năm 2024",
      receipt_no: "23",
      received_at: "2024-06-20 16:10:00",
      replaced_at: "2024-06-12 08:30:00",
      changes: 5,
      area_verdicts: 1,
    },
    { ...none, cause_no: 2, kind: "unknown", changes: 1 },
  ]);
}

/**
 * The report with targets of other kinds: 1.2 is a range that 23 cases have left and that may not be
 * left, 2.2 a ceiling that 60 cases are under while the year is not over.
 */
export function reportOfOtherTargets(): PublishedReport {
  const report = givenReport();
  const changed: Readonly<Record<string, { item: Partial<Item>; line: Partial<Line> }>> = {
    "1.2": {
      item: { unit_of_measure: "vụ", target_comparator: "between", value_kind: "count" },
      line: {
        target_value: "18.0000",
        target_to: "22.0000",
        value: "23.000000",
        value_shown: "23.0000",
        status: "not_met",
        is_provisional: false,
      },
    },
    "2.2": {
      item: { unit_of_measure: "vụ", target_comparator: "<=", value_kind: "count" },
      line: {
        target_value: "114.0000",
        value: "60.000000",
        value_shown: "60.0000",
        status: "within",
        attained: true,
        is_provisional: true,
      },
    },
  };
  const none = {
    numerator: null,
    denominator: null,
    numerator_in_period: null,
    denominator_in_period: null,
    value_in_period: null,
    value_in_period_shown: null,
    previous_value: null,
    previous_status: null,
    change_from_previous: null,
  };
  return {
    ...report,
    items: report.items.map((item) => ({ ...item, ...changed[item.code]?.item })),
    lines: report.lines.map((line) =>
      line.area_no === 0 && changed[line.code] !== undefined
        ? { ...line, ...none, ...changed[line.code]?.line }
        : line,
    ),
  };
}

/** Texts that a spreadsheet could take for a formula, in every place where text comes from outside. */
export const HOSTILE = {
  reason: '=HYPERLINK("http://example.invalid","x")',
  areaName: "@SUM(1;1)",
  itemName: "+1+1",
  unitName: "-2+3",
  fileName: "=cmd|' /C calc'!A0.xlsx",
  found: "\t=1+1",
  control: "a\u0001b\uFFFE_x0041_<&>\"'",
} as const;

/** The report with hostile texts in it. */
export function hostileReport(): PublishedReport {
  const report = givenReport();
  const named = <T extends { readonly area_name: string | null }>(row: T): T =>
    row.area_name === "Phường Tam Thanh" ? { ...row, area_name: HOSTILE.areaName } : row;
  return {
    ...report,
    publication: givenPublication({ reason: HOSTILE.reason }),
    items: report.items.map((item) =>
      item.code === "1.3a"
        ? { ...item, name: HOSTILE.itemName, short_name: "#REF!", explanation: HOSTILE.control }
        : item,
    ),
    lines: report.lines.map(named),
    tallies: report.tallies.map(named),
    units: report.units.map((unit, index) =>
      index === 0 ? { ...unit, unit_name: HOSTILE.unitName } : unit,
    ),
    submissions: report.submissions.map((submission, index) =>
      index === 0 ? { ...submission, file_name: HOSTILE.fileName } : submission,
    ),
    shortfalls: GIVEN_SHORTFALLS.map((one) => ({ ...one, cause: HOSTILE.control })),
    doubts: report.doubts.map((doubt) => ({ ...doubt, found: HOSTILE.found, rule: "unknown" })),
  };
}

/** The report with so many wards that its tables run over several pages. */
export function longReport(wards: number): PublishedReport {
  const report = givenReport();
  const copies = <T extends { readonly area_no: number }>(rows: readonly T[]): T[] => {
    const [model] = AREAS;
    const made = Array.from({ length: wards }, (_, index) =>
      rows
        .filter(({ area_no }) => area_no === model?.no)
        .map((row) => ({
          ...row,
          area_no: index + 1,
          area_id: index + 100,
          area_code: String(index + 10_000),
          area_name: `Phường số ${index + 1}`,
        })),
    );
    return [...rows.filter(({ area_no }) => area_no === 0), ...made.flat()];
  };
  return { ...report, lines: copies(report.lines), tallies: copies(report.tallies) };
}
