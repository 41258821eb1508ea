import { isDeepStrictEqual } from "node:util";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { AREA_KINDS, LOWEST_KINDS } from "../../vocabulary/words.ts";
import { kindOf, namedIn } from "./plan-kinds.ts";
import { CONTACTS, type Entry, entriesOf, statementsOf, textAt } from "./plan-parts.ts";
import { type Field, getAt, type Option } from "./plan-places.ts";

const wordsOf = (data: PlanData, section: string, none?: string): Option[] => [
  ...(none === undefined ? [] : [["", none] as const]),
  ...entriesOf(data, section).map(
    ({ name, entry }): Option => [
      name,
      (textAt(entry, "name") || name).replace("{area}", "từng nơi báo cáo"),
    ],
  ),
];

const field = (
  at: string,
  label: string,
  input: Field["input"] = "text",
  more: Pick<Field, "hint" | "example" | "options" | "only"> = {},
): Field => ({ at, label, input, ...more });

const choice = (at: string, label: string, options: readonly Option[], only?: string): Field =>
  field(at, label, "choice", { options, ...(only === undefined ? {} : { only }) });

/** Step 1: what the document says of itself. */
export function headFields(data: PlanData): Field[] {
  const inForce = "Kỳ kết thúc trước ngày này không phải báo cáo.";
  const id = "Có trong địa chỉ trang và tên biểu mẫu; để trống thì lập từ số, ký hiệu.";
  const before = "Mã của kế hoạch trước, để so với cùng kỳ năm trước.";
  return [
    field("number", "Số, ký hiệu", "text", { example: "12/KH-UBND" }),
    field("title", "Tên kế hoạch", "name"),
    field("short_title", "Tên gọn, cho tiêu đề trang", "name"),
    field("issuer", "Cơ quan ban hành", "name"),
    field("issued_on", "Ngày ký", "date", { example: "ngày/tháng/năm" }),
    field("in_force_from", "Có hiệu lực từ ngày", "date", { hint: inForce }),
    field("carries_out", "Thực hiện văn bản nào của cấp trên"),
    field("reports_to", "Báo cáo gửi về đâu, theo lời kế hoạch"),
    field("source", "Đọc kế hoạch ở đâu", "text", { example: "Văn bản số 12/KH-UBND" }),
    field("id", "Mã kế hoạch", "text", { hint: id }),
    // one with codes that have changed is for who writes the file
    ...(typeof data.continues === "object"
      ? []
      : [field("continues", "Tiếp tục kế hoạch nào", "text", { hint: before })]),
    field("added_rules", "Quy ước chung phải thêm vì kế hoạch không nêu", "lines", {
      hint: "Mỗi dòng một quy ước.",
    }),
  ];
}

/** How reports that are sent on are laid out, all of it or none; and who approves them. */
export function documentFields(): Field[] {
  return [
    field("document/superior", "Cơ quan chủ quản (UBND thì không có)"),
    field("document/agency", "Cơ quan ban hành báo cáo"),
    field("document/abbreviation", "Chữ viết tắt cơ quan trong số văn bản"),
    field("document/place", "Địa danh đứng trước ngày tháng"),
    field("document/authority", "Thẩm quyền ký"),
    field("document/signatory_title", "Chức vụ người ký"),
    field("document/signatory", "Họ tên người ký"),
    field("document/recipients", "Nơi nhận, mỗi dòng một nơi", "lines"),
    field("document/filed_at", "Lưu"),
    field("document/addressed_to", "Kính gửi, của bản gửi cấp trên"),
    choice("approval", "Ai duyệt báo cáo", [
      ["", "Người lập không tự duyệt"],
      ["two_persons", "Người lập không tự duyệt (ghi rõ)"],
      ["one_person", "Một người vừa lập vừa duyệt"],
    ]),
  ];
}

/** Step 2: what an indicator says, without how it is measured. */
export function indicatorFields(data: PlanData, code: string): Field[] {
  const at = (key: string): string => `indicators/${code}/${key}`;
  const kind = kindOf((getAt(data, `indicators/${code}`) ?? {}) as Entry);
  const factor = "Để trống là 100 (phần trăm); trên 100.000 dân thì ghi 100.000.";
  const rules = "Điều kế hoạch không nêu; mỗi dòng một quy ước.";
  return [
    field(at("quote"), "Câu của kế hoạch, đúng từng chữ", "long"),
    field(at("code"), "Mã chỉ tiêu", "text", { example: "1a" }),
    choice(at("group"), "Thuộc nhóm", wordsOf(data, "groups", "– chọn –")),
    field(at("name"), "Tên chỉ tiêu", "name"),
    field(at("short_name"), "Tên gọn", "name"),
    field(at("unit_of_measure"), "Đơn vị tính", "text", { example: "%" }),
    ...(kind?.id.startsWith("change:") === true ? changeFields(data, at("value")) : []),
    ...(kind?.id === "ratio"
      ? [field(at("value/factor"), "Nhân với", "number", { hint: factor })]
      : []),
    ...(kind?.roles[0]?.[0] === "conditions" ? conditionFields(data, at("value")) : []),
    ...statementsOf(data, code).flatMap((statement) => targetFields(data, statement)),
    field(at("added_rules"), "Quy ước phải thêm để tính được", "lines", { hint: rules }),
    choice(at("from"), "Đánh giá từ kỳ", wordsOf(data, "periods", "từ đầu kế hoạch")),
  ];
}

function changeFields(data: PlanData, at: string): Field[] {
  const usual = new Map<string, string>([
    ["last_year", "cùng kỳ năm trước"],
    ["previous", "kỳ liền trước"],
    ...wordsOf(data, "periods"),
  ]);
  return [
    choice(`${at}/from`, "So với", [...usual]),
    choice(`${at}/as`, "Tính bằng", [
      ["percent", "tăng, giảm bao nhiêu phần trăm"],
      ["points", "tăng, giảm bao nhiêu đơn vị, điểm phần trăm"],
      ["times", "gấp bao nhiêu lần"],
      ["ranks", "lên, xuống bao nhiêu bậc"],
    ]),
    choice(`${at}/better`, "Thứ hạng", [
      ["", "–"],
      ["lower", "càng nhỏ càng tốt"],
    ]),
  ];
}

const COMPARATORS: readonly Option[] = [
  [">=", "ít nhất, từ … trở lên"],
  [">", "trên"],
  ["<=", "không quá"],
  ["<", "dưới"],
];

function conditionFields(data: PlanData, value: string): Field[] {
  return namedIn(data, value, "conditions").flatMap((measure, index): Field[] => {
    const at = `${value}/conditions/#${index}`;
    const name = textAt(getAt(data, `measures/${measure}`), "name") || measure;
    return [
      choice(`${at}/comparator`, `${name}: phải`, [["", "có, hoặc ít nhất"], ...COMPARATORS]),
      field(`${at}/value`, `${name}: số để so`, "number", { hint: "Để trống là 1." }),
    ];
  });
}

/** What every statement of a target has alike. */
const KEPT = /\/(?:comparator|for|due|pace)$/;

function targetFields(data: PlanData, place: string): Field[] {
  const at = (key: string): string => `${place}/${key}`;
  const isAmended = /#[1-9]/.test(place);
  // an amended number keeps the rest: a field of that is shown where the file says otherwise
  const isKept = ({ at: own }: Field): boolean => {
    const [is, first] = [own, own.replace(/#\d+/, "#0")].map((one) => getAt(data, one));
    return isAmended && KEPT.test(own) && (is === undefined || isDeepStrictEqual(is, first));
  };
  const places = getAt(data, at("for"));
  const isByGroup = typeof places === "object" && places !== null && !("table" in places);
  const groups = isByGroup ? [...new Set([...Object.keys(places), ...LOWEST_KINDS])] : [];
  const isPlain = (group: string): boolean => typeof getAt(data, at(`for/${group}`)) !== "object";
  const negative = "Giảm là số âm: giảm ít nhất 5% là “không quá” −5.";
  return [
    ...(isAmended
      ? [choice(at("from"), "Áp dụng từ kỳ", wordsOf(data, "periods", "– chọn –"))]
      : []),
    choice(at("comparator"), "So với mức", [
      ...COMPARATORS,
      ["=", "đúng bằng"],
      ["", "trong khoảng từ … đến …"],
    ]),
    field(at("value"), isAmended ? "Mức điều chỉnh" : "Mức", "number", { hint: negative }),
    field(at("between"), "Khoảng", "range", { example: "18 - 22" }),
    choice(at("due"), "Phải đạt khi nào", [
      ["", "hết năm"],
      ["year_end", "hết năm (ghi rõ)"],
      ["each_period", "ở mọi kỳ (thường xuyên, hằng tháng)"],
    ]),
    choice(at("pace"), "Tiến độ trong năm", [
      ["", "không xét"],
      ["none", "không xét (ghi rõ)"],
      ["linear", "chia đều theo kỳ"],
    ]),
    field(at("for"), "Xét ở đâu", "places", {
      options: [
        ["", "toàn địa bàn; tỷ lệ thì cả từng phường, xã"],
        ["each", "từng phường, xã, kể cả số lượng"],
        ["whole", "chỉ toàn địa bàn"],
        ["groups", "mức riêng theo loại địa bàn"],
        ["table", "mức giao riêng từng nơi (bảng ở dưới)"],
      ],
    }),
    ...groups
      .filter(isPlain)
      .map((one) =>
        field(at(`for/${one}`), `Mức của ${AREA_KINDS[one as "ward"] ?? one}`, "number"),
      ),
    ...wordsOf(data, "periods").map(([code, name]) =>
      field(at(`at/${code}`), `Mốc: hết ${inSentence(name)}`, "number", { only: "milestone" }),
    ),
    field(at("baseline/period"), "Số gốc: kỳ", "text", { only: "baseline" }),
    field(at("baseline/value"), "Số gốc", "number", { only: "baseline" }),
    field(at("baseline/source"), "Văn bản nêu số gốc", "text", { only: "baseline" }),
  ].filter((one) => !isKept(one));
}

/** What a measure says. */
export function measureFields(data: PlanData, code: string): Field[] {
  const at = (key: string): string => `measures/${code}/${key}`;
  const others = wordsOf(data, "measures", "–").filter(([one]) => one !== code);
  return [
    field(at("name"), "Tên dòng trong biểu mẫu", "name"),
    field(at("unit_of_measure"), "Đơn vị tính"),
    choice(at("kind"), "Đơn vị ghi", [
      ["count", "một số"],
      ["yes_no", "có hoặc không"],
    ]),
    field(at("reported_by"), "Ai báo cáo", "several", { options: wordsOf(data, "units") }),
    choice(at("over_time"), "Số của năm lấy từ các kỳ thế nào", [
      ["sum", "cộng các kỳ: việc phát sinh trong kỳ (quý I 80, quý II thêm 2 thì ghi 2; cộng 82)"],
      ["last", "số gần nhất: số có ở ngày chốt (quý I 80, quý II có 82 thì ghi 82; lấy 82)"],
      ["max", "số lớn nhất: đã từng có (80 rồi 78 thì lấy 80)"],
      ["min", "số nhỏ nhất: kỳ nào cũng phải có (80 rồi 78 thì lấy 78)"],
      ["average", "bình quân các kỳ (80 rồi 82 thì lấy 81)"],
    ]),
    choice(at("at_most"), "Không bao giờ lớn hơn", others),
    field(at("sensitive"), "Số nhỏ có thể làm lộ người vi phạm, người bệnh", "yesNo"),
    field(at("by_area"), "Phòng, ban ghi cho từng phường, xã", "tick"),
    field(at("explanation"), "Hướng dẫn cách ghi, in trong biểu mẫu"),
    choice(
      at("over_areas"),
      "Số của toàn địa bàn",
      [
        ["sum", "cộng các nơi"],
        ["average", "bình quân"],
        ["max", "lớn nhất"],
        ["min", "nhỏ nhất"],
      ],
      "rare",
    ),
    field(at("decimals"), "Số chữ số thập phân", "number", { only: "rare" }),
    field(at("due_in"), "Chỉ báo cáo ở các loại kỳ", "several", {
      options: PERIOD_KINDS,
      only: "rare",
    }),
    choice(at("from"), "Báo cáo từ kỳ", wordsOf(data, "periods", "từ đầu"), "rare"),
    choice(
      at("sums_over"),
      "Cộng dồn",
      [
        ["", "trong năm"],
        ["year", "trong năm (ghi rõ)"],
        ["plan", "cả thời gian của kế hoạch"],
        ["period", "mỗi kỳ xét riêng"],
      ],
      "rare",
    ),
  ];
}

const PERIOD_KINDS: readonly Option[] = [
  ["month", "tháng"],
  ["quarter", "quý"],
  ["half_year", "6 tháng"],
  ["nine_months", "9 tháng"],
  ["year", "năm"],
  ["other", "kỳ khác"],
];

export function groupFields(data: PlanData): Field[] {
  return entriesOf(data, "groups").map(({ name }) =>
    field(`groups/${name}/name`, `Tên nhóm ${name}`, "name"),
  );
}

/** Step 3: the area, and which areas report. */
export function areaFields(data: PlanData): Field[] {
  const list = Array.isArray(data.reporting_areas) ? data.reporting_areas : [];
  return [
    field("area/code", "Mã địa bàn của kế hoạch"),
    field("area/noun", "Gọi chung là", "text", { example: "thành phố" }),
    field("reporting_areas", "Nơi nào có số liệu riêng", "reporting", {
      options: [
        ["", "– chọn –"],
        ["children", "mọi địa bàn nằm ngay dưới"],
        ["none", "không nơi nào: chỉ có số chung"],
        ["list", "danh sách ghi rõ"],
      ],
    }),
    field("reporting_area_noun", "Các nơi ấy gọi chung là", "text", { example: "phường, xã" }),
    ...list.flatMap((_, index): Field[] => {
      const at = `reporting_areas/#${index}`;
      const name = `Danh sách ${index + 1}`;
      return [
        field(`${at}/children_of`, `${name}: mọi địa bàn dưới mã`),
        field(`${at}/codes`, `${name}: các mã`, "codes"),
        field(`${at}/from`, `${name}: từ ngày`, "date"),
        field(`${at}/until`, `${name}: đến hết ngày`, "date"),
      ];
    }),
  ];
}

/** The columns of the table of units. */
export function unitFields(name: string): Field[] {
  const at = `units/${name}`;
  return [
    field(`${at}/item`, "Mục", "number"),
    field(`${at}/code`, "Mã"),
    field(`${at}/name`, "Tên đầy đủ", "name"),
    field(`${at}/short_name`, "Tên gọn", "name"),
    field(`${at}/each_area`, "Mỗi phường, xã một đơn vị", "tick"),
  ];
}

/** Step 3: whom to ask at a unit, which stands in no plan. */
export function contactFields(key: string): Field[] {
  const at = `${CONTACTS}/${key}`;
  return [
    field(`${at}/contact`, "Đầu mối: chức vụ"),
    field(`${at}/phone`, "Điện thoại"),
    field(`${at}/email`, "Thư điện tử"),
  ];
}

/** Step 3: the columns of the table of measures: who reports each, and how. */
export function reporterFields(data: PlanData, code: string): Field[] {
  return measureFields(data, code).filter(({ at }) => ASKED_TOGETHER.has(at.split("/")[2] ?? ""));
}

const ASKED_TOGETHER: ReadonlySet<string> = new Set([
  "reported_by",
  "by_area",
  "over_time",
  "unit_of_measure",
  "sensitive",
]);

/** Step 4: the columns of the table of periods. */
export function periodFields(name: string): Field[] {
  const at = `periods/${name}`;
  return [
    field(`${at}/name`, "Tên kỳ"),
    field(`${at}/data_from`, "Số liệu từ ngày", "date"),
    field(`${at}/data_to`, "đến hết ngày", "date"),
    field(`${at}/due_before`, "Phải nhận trước ngày", "date"),
    field(`${at}/estimate`, "Có ước thực hiện", "yesNo"),
  ];
}

/** What a calendar is made from. */
export const RULE_FIELDS: readonly Field[] = [
  choice("rhythm", "Kỳ ngắn nhất", [
    ["month", "tháng"],
    ["quarter", "quý"],
    ["half_year", "6 tháng"],
    ["year", "năm"],
  ]),
  field("year", "Năm (nhiều năm: năm đầu - năm cuối)"),
  field("closed", "Chốt số liệu ngày", "text", {
    hint: "14 theo Nghị định 09/2019/NĐ-CP; 31 là cuối tháng.",
  }),
  field("before", "Phải nhận trước ngày"),
  choice("later", "của tháng", [
    ["0", "cuối kỳ"],
    ["1", "sau kỳ"],
  ]),
];

/** What those fields hold until somebody types something else. */
export function usualRule(data: PlanData): Readonly<Record<string, string>> {
  const year = (textAt(data, "in_force_from") || textAt(data, "issued_on")).slice(0, 4);
  return { rhythm: "quarter", year, closed: "14", before: "20", later: "0" };
}

/** Which area reports no longer, and until when it did. */
export function goneFields(areas: readonly (readonly [key: string, called: string])[]): Field[] {
  return [
    choice("gone", "Địa bàn", areas),
    field("gone-until", "Ngày cuối cùng báo cáo", "text", { example: "ngày/tháng/năm" }),
    field("gone-into", "Nhập vào địa bàn nào", "text", {
      hint: "Tên hoặc mã trong danh mục cả nước; từ ngày sau, nơi ấy báo cáo. Bỏ trống nếu không có.",
    }),
    choice("gone-exact", "Nơi nhận", [
      ["no", "còn phần khác: số liệu của nơi nhận tính riêng"],
      ["yes", "gồm trọn những nơi nhập vào: số liệu nối tiếp"],
    ]),
  ];
}
