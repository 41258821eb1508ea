import { AREA_NOUN } from "../../reading-plans/comparing-words.ts";
import type { ReportingUnit } from "../../sources/catalogue.ts";
import { OVER_PLAN } from "../../sources/check/quoted-time.ts";
import { valueAt } from "../../sources/plan/plan-path.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { capital, inSentence, withoutMarks } from "../../vocabulary/letter-case.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import { type Field, type Option, saidAt, withSaid } from "./plan-places.ts";

/** An entry of a section of a plan, as far as it is one. */
export type Entry = Readonly<Record<string, unknown>>;

/** The entries of a section, each with what it is found by. */
export function entriesOf(
  data: PlanData,
  section: string,
): { readonly name: string; readonly entry: Entry }[] {
  const entries = data[section];
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: unknown, index) => ({
    name: textAt(entry, "code") || `#${index}`,
    entry: (typeof entry === "object" && entry !== null ? entry : {}) as Entry,
  }));
}

/** A text of an entry; empty where there is none. */
export function textAt(entry: unknown, ...path: string[]): string {
  const said = valueAt(entry, path);
  return typeof said === "string" || typeof said === "number" ? String(said) : "";
}

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

/** A way in which a target is measured, told by the answer that it gives. */
export interface Kind {
  readonly id: string;
  /** The answer as it looks. */
  readonly picture: string;
  readonly words: string;
  /** The lists of the value that name measures or indicators, with what each is called. */
  readonly roles: readonly (readonly [list: string, words: string])[];
}

/** Every way, the usual ones first. */
export const KINDS: readonly Kind[] = [
  {
    id: "ratio",
    picture: "37 / 120 = 30,8%",
    words: "Bao nhiêu phần trăm của …",
    roles: [
      ["numerator", "Tử số: đếm những gì đạt"],
      ["denominator", "Mẫu số: trong tổng số nào"],
    ],
  },
  {
    id: "share_of_areas",
    picture: "6/8 phường, xã",
    words: "Bao nhiêu phường, xã có …",
    roles: [["conditions", "Mỗi nơi phải có"]],
  },
  {
    id: "count",
    picture: "5.312 người",
    words: "Đếm được bao nhiêu",
    roles: [["measures", "Đếm số nào"]],
  },
  {
    id: "change:count",
    picture: "từ 120 còn 111: −7,5%",
    words: "Một số tăng, giảm so với trước",
    roles: [["measures", "So số nào"]],
  },
  {
    id: "change:ratio",
    picture: "từ 12% còn 10,5%",
    words: "Một tỷ lệ tăng, giảm so với trước",
    roles: [
      ["numerator", "Tử số của tỷ lệ"],
      ["denominator", "Mẫu số của tỷ lệ"],
    ],
  },
  {
    id: "all_of:indicators",
    picture: "đạt, đạt, đạt",
    words: "Đủ cả các chỉ tiêu sau",
    roles: [["indicators", "Các chỉ tiêu đều phải đạt"]],
  },
  {
    id: "all_of:conditions",
    picture: "có, có, có",
    words: "Đủ cả các điều sau, chung toàn địa bàn",
    roles: [["conditions", "Các điều phải có"]],
  },
  {
    id: "share_of_units",
    picture: "3/4 đơn vị",
    words: "Bao nhiêu phòng, ban, đơn vị có …",
    roles: [["conditions", "Mỗi đơn vị phải có"]],
  },
];

/** In which way an indicator is measured; null where nobody has chosen. */
export function kindOf({ value }: Entry): Kind | null {
  const kind = textAt(value, "kind");
  const of = textAt(value, "of", "kind");
  const list = valueAt(value, ["indicators"]) === undefined ? "conditions" : "indicators";
  const id = kind === "change" ? `change:${of}` : kind === "all_of" ? `all_of:${list}` : kind;
  return KINDS.find((one) => one.id === id) ?? null;
}

/** Whether it is said of an indicator how it is measured, and everything that counts is named. */
export function isMeasured(entry: Entry): boolean {
  const value =
    textAt(entry, "value", "of", "kind") === "" ? entry.value : valueAt(entry.value, ["of"]);
  return (
    kindOf(entry)?.roles.every(([list]) => {
      const named = valueAt(value, [list]);
      return Array.isArray(named) && named.length > 0;
    }) === true
  );
}

/** Where in an indicator the lists of its kind stand. */
export function listPlace(code: string, kind: Kind): string {
  return `indicators/${code}/value${kind.id.startsWith("change:") ? "/of" : ""}`;
}

/** What a list of a kind holds: codes of measures or indicators. */
export function namedIn(data: PlanData, place: string, list: string): string[] {
  const said = saidAt(data, `${place}/${list}`);
  if (!Array.isArray(said)) return [];
  return said.map((one: unknown) => (list === "conditions" ? textAt(one, "measure") : String(one)));
}

/** An indicator measured in another way; what it counts stays, as far as that has a place for it. */
export function withKind(data: PlanData, code: string, kind: Kind): PlanData {
  const at = `indicators/${code}`;
  const entry = (saidAt(data, at) ?? {}) as Entry;
  const before = kindOf(entry);
  if (before === kind) return data;
  const named =
    before === null
      ? []
      : before.roles.map(([list]) => namedIn(data, listPlace(code, before), list));
  const lists = Object.fromEntries(
    kind.roles.map(([list], index) => {
      const kept =
        list === "indicators" || before?.id === "all_of:indicators" ? [] : (named[index] ?? []);
      return [list, list === "conditions" ? kept.map((measure) => ({ measure })) : kept];
    }),
  );
  const [whole = "", part] = kind.id.split(":");
  const value =
    whole === "change"
      ? {
          kind: whole,
          of: { kind: part, ...lists },
          from: "last_year",
          as: part === "ratio" ? "points" : "percent",
        }
      : { kind: whole, ...lists };
  return withSaid(data, `${at}/value`, value);
}

/** Step 2: what an indicator says, without how it is measured. */
export function indicatorFields(data: PlanData, code: string): Field[] {
  const at = (key: string): string => `indicators/${code}/${key}`;
  const kind = kindOf((saidAt(data, `indicators/${code}`) ?? {}) as Entry);
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
    const name = textAt(saidAt(data, `measures/${measure}`), "name") || measure;
    return [
      choice(`${at}/comparator`, `${name}: phải`, [["", "có, hoặc ít nhất"], ...COMPARATORS]),
      field(`${at}/value`, `${name}: số để so`, "number", { hint: "Để trống là 1." }),
    ];
  });
}

/** The places of the statements of a target: one, or one for each amendment. */
export function statementsOf(data: PlanData, code: string): string[] {
  const at = `indicators/${code}/target`;
  const target = saidAt(data, at);
  return Array.isArray(target) ? target.map((_, index) => `${at}/#${index}`) : [at];
}

function targetFields(data: PlanData, place: string): Field[] {
  const at = (key: string): string => `${place}/${key}`;
  const places = saidAt(data, at("for"));
  const isByGroup = typeof places === "object" && places !== null && !("table" in places);
  const lowest = ["ward", "commune", "township", "special_zone"];
  const groups = isByGroup ? [...new Set([...Object.keys(places), ...lowest])] : [];
  const isPlain = (group: string): boolean => typeof saidAt(data, at(`for/${group}`)) !== "object";
  const negative = "Giảm là số âm: giảm ít nhất 5% là “không quá” −5.";
  return [
    ...(/#[1-9]/.test(place)
      ? [choice(at("from"), "Áp dụng từ kỳ", wordsOf(data, "periods", "– chọn –"))]
      : []),
    choice(at("comparator"), "So với mức", [
      ...COMPARATORS,
      ["=", "đúng bằng"],
      ["", "trong khoảng từ … đến …"],
    ]),
    field(at("value"), "Mức", "number", { hint: negative }),
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
  ];
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
      ["sum", "cộng các kỳ (việc phát sinh trong kỳ)"],
      ["last", "số gần nhất (số có mặt ngày chốt)"],
      ["max", "số lớn nhất (đã từng có)"],
      ["min", "số nhỏ nhất (kỳ nào cũng phải có)"],
      ["average", "bình quân các kỳ"],
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

/** Units by what their contacts are found by: areas that follow one another have one code. */
export function unitsAsked(units: readonly ReportingUnit[]): Map<string, ReportingUnit> {
  return new Map(
    units.map((unit) => [contactKey(unit.office_code ?? unit.entry, unit.area?.code), unit]),
  );
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

/** Beside the sections of a plan, whom to ask at its units. */
export const CONTACTS = "contacts";

/** By what a contact is found: the unit in `units.csv`, and its area where it is of one alone. */
export function contactKey(code: string, area = ""): string {
  return `${code} ${area}`;
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

/** Which area reports no longer, and until when it did. */
export function goneFields(areas: readonly { code: string; called: string }[]): Field[] {
  return [
    choice(
      "gone",
      "Địa bàn",
      areas.map(({ code, called }) => [code, called]),
    ),
    field("gone-until", "Ngày cuối cùng báo cáo", "text", { example: "ngày/tháng/năm" }),
  ];
}

/** A code from words, that no entry of a section has. */
export function newCode(data: PlanData, section: string, words: string, between = "_"): string {
  const plain = withoutMarks(words)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, between)
    .replaceAll(/^[_.-]+|[_.-]+$/g, "");
  // whole words of a long name
  const short = plain.length > 32 ? plain.replace(/^(.{12,32})[_.-].*$/, "$1") : plain;
  const taken = new Set(entriesOf(data, section).map(({ name }) => name));
  const stem = short === "" ? section.slice(0, 1) : short.slice(0, 48);
  for (let index = 1; ; index += 1) {
    const code = index === 1 ? stem : `${stem}${between}${index}`;
    if (!taken.has(code)) return code;
  }
}

/** What a number counts, by its name; half a word counts nothing. */
const COUNTED =
  /^(?:Tổng )?số (người|hộ|trẻ em|học sinh|giáo viên|cán bộ|cơ sở|doanh nghiệp|tổ chức|hợp tác xã|trường|mô hình|hội nghị|hình thức|hoạt động|văn bản|hồ sơ|vụ|cuộc|lượt|lớp|đội|tổ|thôn|km|ha)(?![\p{L}])/iu;
/** What arises day by day: of it there are more in a year than in a quarter. */
const ARISING =
  /^(?:Tổng )?số (?:tố giác|tin|khiếu nại|đơn|hồ sơ|vụ|cuộc|lượt|kiến nghị|sự cố|trường hợp)(?![\p{L}])/iu;

/** A measure that an indicator needs, called as somebody called it; the rest is what is usual. */
export function newMeasure(data: PlanData, name: string, list: string, indicator: Entry): Entry {
  const units = entriesOf(data, "units");
  const unit = units.find(({ entry }) => entry.each_area === true) ?? units[0];
  const isYesNo = list === "conditions" && !/^(Tổng )?[Ss]ố /.test(name);
  const own = textAt(indicator, "unit_of_measure");
  const counted = COUNTED.exec(name)?.[1] ?? "";
  // «mỗi tháng ít nhất một lần» holds in each month alone, «trong giai đoạn» adds up over all years
  const isEvery =
    textAt(indicator, "target", "due") === "each_period" && /measures|conditions/.test(list);
  const isRank = textAt(indicator, "value", "as") === "ranks";
  const isOverPlan =
    list !== "denominator" &&
    OVER_PLAN.test(textAt(indicator, "quote")) &&
    new Set(entriesOf(data, "periods").map(({ entry }) => entry.year)).size > 1;
  return {
    code: newCode(data, "measures", name),
    name,
    unit_of_measure: isYesNo
      ? "có/không"
      : own === "" || own.startsWith("%") || list === "conditions"
        ? counted || "số"
        : own,
    kind: isYesNo ? "yes_no" : "count",
    reported_by:
      kindOf(indicator)?.id === "share_of_units"
        ? units.map(({ name: one }) => one)
        : unit === undefined
          ? []
          : [unit.name],
    over_time:
      (list === "denominator" && !ARISING.test(name)) || isRank
        ? "last"
        : isEvery
          ? "min"
          : isYesNo
            ? "max"
            : "sum",
    ...(isEvery ? { sums_over: "period" } : isOverPlan ? { sums_over: "plan" } : {}),
    over_areas: isRank ? "average" : "sum",
    sensitive: false,
  };
}

/** Where what is said of a thing begins: with «đạt» or «được», else with the first verb. */
const PARTED = [
  "đạt|được",
  "đến trường|đi học|ra lớp|bỏ học|tốt nghiệp|mắc|bị|có|đã|thực hiện|tham gia|bảo đảm|đảm bảo|ban hành|tổ chức|ký|hoàn thành|sử dụng|xây dựng|triển khai|áp dụng|lồng ghép|nộp|qua|biết|hài lòng|không|là|duy trì|tiếp cận|đáp ứng|hiểu|suy dinh dưỡng",
].map((verbs) => new RegExp(`^(.+?(?<!,|tổ chức))\\s((?:${verbs})(?!\\p{L}).*)$`, "iu"));
/** Of places it begins behind their names. */
const OF_PLACES = new RegExp(`^((?:${AREA_NOUN}(?:, | và )?)+)\\s(\\p{Ll}.+)$`, "u");
const partsOf = (words: string): RegExpExecArray | null =>
  [OF_PLACES, ...PARTED].map((one) => one.exec(words)).find((one) => one !== null) ?? null;
/** What stands behind the words about a thing: against what, when, and what else. */
const BEHIND =
  /\s*(?:[;(]|,\s+(?=mỗi|trong|đồng|bảo|đảm|không)|so với|trong năm|trong quý|(?:vào|đến|hằng|hàng|mỗi)\s+(?:hết |cuối )?năm|(?:trong )?giai đoạn|\/|trở (?:lên|xuống)).*$/iu;
/** What leads from a thing to its number. */
const LEADING =
  /\s+(?:(?:hằng|hàng) năm\s+)?(?:đạt|là|chiếm|còn|xuống|giảm|tăng|lên|(?:trên|dưới|từ)(?! \d+ (?:tuổi|tháng))|không quá|ít nhất|tối thiểu|bình quân|khoảng|hơn|thêm)(?=\s|$).*$/iu;
/** What is done to things, before their number: «kiểm tra ít nhất 30% cơ sở». */
const DONE =
  /(?<!\p{L})((?:kiểm tra|thanh tra|tuyên truyền|tập huấn|bồi dưỡng|đào tạo|hỗ trợ|tư vấn|rà soát|giải quyết|xử lý|vận động|khám|tiếp nhận|kiên cố hóa|số hóa|nâng cấp|trang bị|lắp đặt)(?:\s+(?!ít|tối|trên|từ|đạt|được|cho)\p{L}+){0,4}?)(?:\s+cho)?(?:\s+(?:ít nhất|tối thiểu|trên|từ|đạt|được))*$/iu;

/** What is before a number, the number, its unit, and what is behind; a share is looked for first. */
const NUMBERED = [
  /^(.*?)(?<![\d.,/])\d([\d.,/]*)(?:\s*[-–]\s*[\d.,]+)?\s*(%|‰)\s*(.*)$/u,
  /^(.*?)\d(\/\d+|[\d.,/]*)(?:\s*[-–]\s*[\d.,]+)?\s*(%|‰)?\s*(.*)$/u,
];
/** What must not happen at all. */
const NEVER = /không để (?:xảy ra|phát sinh|tái phát)\s+(.+?)(?: trên địa bàn.*)?$/iu;

/** What the lists of a value are to hold, as the words of a sentence call it. */
export function suggestedNames({ quote, name }: Entry): Readonly<Record<string, string>> {
  const plain = (text: unknown): string =>
    String(text ?? "")
      .replace(/\s+/g, " ")
      .replace(/[.;]+$/, "");
  const [whole, own] = [plain(quote), plain(name)];
  const at = own === "" ? -1 : whole.indexOf(own);
  const said = at < 0 ? whole : own;
  const [, lead = "", out, unit, after = ""] =
    NUMBERED.map((one) => one.exec(said)).find((one) => one !== null) ?? [];
  const thing = (text: string): string =>
    text
      .replace(/^(?:(?:tổng\s+)?(?:số|các)\s+|đội\s+ngũ\s+)+/iu, "")
      .replace(BEHIND, "")
      .trim();
  const never = thing(NEVER.exec(said)?.[1] ?? "");
  if (never !== "")
    return {
      measures: /^(?:vụ|ca|trường hợp|ổ)(?!\p{L})/u.test(never) ? `Số ${never}` : `Số vụ ${never}`,
    };
  const isShare = unit !== undefined || out?.includes("/") === true;
  // «Tỷ lệ hồ sơ giải quyết đúng hạn đạt 95%», «Số vụ cháy giảm 5%»
  const [, rate = "", counted = ""] =
    /^(?:\p{L}+\s+){0,3}?(tỷ lệ|tỉ lệ|số)\s+(.+)$/iu.exec(lead.trim()) ?? [];
  const before = thing(` ${counted.replace(/:$/, "")}`.replace(LEADING, ""));
  const done = DONE.exec(lead.trim())?.[1]?.replace(/^./u, (one) => one.toLocaleLowerCase("vi"));
  if (!isShare) {
    const what = thing(after);
    const isDone = done !== undefined && !/^(?:lớp|cuộc|buổi|đợt|lần|lượt|hội nghị)/u.test(what);
    const counts = rate !== "" && before !== "" ? before : isDone ? `${what} được ${done}` : what;
    return what === "" ? {} : { measures: `Số ${counts}` };
  }
  const words = before === "" ? thing(after) : before;
  const measures = words === "" || /^(?:tỷ|tỉ) lệ/iu.test(words) ? {} : { measures: `Số ${words}` };
  // «Tỷ lệ suy dinh dưỡng ở trẻ em dưới 5 tuổi»
  const [, state, people] =
    /^(.+?)\s+(?:ở|của)\s+(trẻ(?!\p{L}).*|người .*|học sinh.*|phụ nữ.*)$/u.exec(words) ?? [];
  if (people !== undefined)
    return { numerator: `Số ${people} ${state}`, denominator: `Tổng số ${people}`, ...measures };
  const parts = partsOf(words);
  // what is said of several things at the end of the sentence
  const shared = at < 0 ? null : partsOf(thing(whole.slice(whole.lastIndexOf("%") + 1).trim()));
  const predicate = parts?.[2] ?? (done === undefined ? shared?.[2] : `được ${done}`);
  if (predicate !== undefined && words !== "") {
    const [things, part] = [
      parts?.[1] ?? words,
      predicate.replace(/^(được\s\S+\s.*?(?<!phòng)),\s.*$/iu, "$1"),
    ];
    return {
      ...{ numerator: `Số ${things} ${part}`, denominator: `Tổng số ${things}` },
      ...{ conditions: capital(part), ...measures },
    };
  }
  const noun = COUNTED.exec(`Số ${words}`)?.[1];
  return !/lệ$/iu.test(rate) || noun === undefined || noun === words
    ? measures
    : { numerator: `Số ${words}`, denominator: `Tổng số ${noun}` };
}

/** How a target is most likely measured, by its sentence: a suggestion, which somebody saves. */
export function suggestedKind(entry: Entry): Kind | null {
  const quote = textAt(entry, "quote");
  const { denominator = "" } = suggestedNames(entry);
  const isOf = (nouns: string): boolean =>
    new RegExp(`^Tổng số (?:${nouns})(?!\\p{L})`, "iu").test(denominator);
  const id = /(?:giảm|tăng)[^.;]* so với/iu.test(quote)
    ? "change:count"
    : isOf(AREA_NOUN)
      ? "share_of_areas"
      : isOf("phòng(?! (?:học|khám|bệnh|máy))|cơ quan|đơn vị|sở|ban")
        ? "share_of_units"
        : /%|\d\/\d/.test(quote)
          ? "ratio"
          : /\d/.test(quote) || NEVER.test(quote)
            ? "count"
            : "all_of:conditions";
  return KINDS.find((one) => one.id === id) ?? null;
}
