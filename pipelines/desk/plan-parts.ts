import { valueAt } from "../sources/plan-path.ts";
import type { PlanData } from "../sources/plan-writing.ts";
import { withoutMarks } from "../vocabulary/letter-case.ts";
import { AREA_KINDS } from "../vocabulary/words.ts";
import { type Field, type Option, saidAt, withSaid } from "./plan-fields.ts";

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
    ({ name, entry }): Option => [name, textAt(entry, "name") || name],
  ),
];

/** Step 1: what the document says of itself. */
export function headFields(data: PlanData): Field[] {
  return [
    { at: "number", label: "Số, ký hiệu", input: "text", example: "12/KH-UBND" },
    { at: "title", label: "Tên kế hoạch", input: "text" },
    { at: "short_title", label: "Tên gọn, cho tiêu đề trang", input: "text" },
    { at: "issuer", label: "Cơ quan ban hành", input: "text" },
    { at: "issued_on", label: "Ngày ký", input: "date", example: "15/01/2026" },
    {
      at: "in_force_from",
      label: "Có hiệu lực từ ngày",
      input: "date",
      hint: "Kỳ kết thúc trước ngày này không phải báo cáo.",
    },
    { at: "carries_out", label: "Thực hiện văn bản nào của cấp trên", input: "text" },
    { at: "reports_to", label: "Báo cáo gửi về đâu, theo lời kế hoạch", input: "text" },
    {
      at: "source",
      label: "Đọc kế hoạch ở đâu",
      input: "text",
      example: "Văn bản số 12/KH-UBND ngày 15/01/2026",
    },
    {
      at: "id",
      label: "Mã kế hoạch",
      input: "text",
      hint: "Có trong địa chỉ trang và tên biểu mẫu; để trống thì lập từ số, ký hiệu.",
    },
    ...(typeof data.continues === "object"
      ? []
      : [
          {
            at: "continues",
            label: "Tiếp tục kế hoạch nào",
            input: "text",
            hint: "Mã của kế hoạch trước, để so với cùng kỳ năm trước.",
          } as const,
        ]),
    {
      at: "added_rules",
      label: "Quy ước chung phải thêm vì kế hoạch không nêu",
      input: "lines",
      hint: "Mỗi dòng một quy ước.",
    },
  ];
}

/** How reports that are sent on are laid out; all of it or none. */
export function documentFields(): Field[] {
  const one = (key: string, label: string, input: Field["input"] = "text"): Field => ({
    ...{ at: `document/${key}`, label, input },
  });
  return [
    one("superior", "Cơ quan chủ quản (UBND thì không có)"),
    one("agency", "Cơ quan ban hành báo cáo"),
    one("abbreviation", "Chữ viết tắt cơ quan trong số văn bản"),
    one("place", "Địa danh đứng trước ngày tháng"),
    one("authority", "Thẩm quyền ký"),
    one("signatory_title", "Chức vụ người ký"),
    one("signatory", "Họ tên người ký"),
    one("recipients", "Nơi nhận, mỗi dòng một nơi", "lines"),
    one("filed_at", "Lưu"),
    one("addressed_to", "Kính gửi, của bản gửi cấp trên"),
    {
      at: "approval",
      label: "Ai duyệt báo cáo",
      input: "choice",
      options: [
        ["", "Người lập không tự duyệt"],
        ["two_persons", "Người lập không tự duyệt (ghi rõ)"],
        ["one_person", "Một người vừa lập vừa duyệt"],
      ],
    },
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

const CONDITIONS = ["conditions", "Mỗi nơi phải có"] as const;

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
    picture: "■ ■ ■ ■ ■ ■ □ □ 6/8",
    words: "Bao nhiêu phường, xã có …",
    roles: [CONDITIONS],
  },
  {
    id: "count",
    picture: "5.312 người",
    words: "Đếm được bao nhiêu",
    roles: [["measures", "Đếm số nào"]],
  },
  {
    id: "change:count",
    picture: "120 ↘ 111 = −7,5%",
    words: "Một số tăng, giảm so với trước",
    roles: [["measures", "So số nào"]],
  },
  {
    id: "change:ratio",
    picture: "12% ↘ 10,5%",
    words: "Một tỷ lệ tăng, giảm so với trước",
    roles: [
      ["numerator", "Tử số của tỷ lệ"],
      ["denominator", "Mẫu số của tỷ lệ"],
    ],
  },
  {
    id: "all_of:indicators",
    picture: "✓ ✓ ✓",
    words: "Đủ cả các chỉ tiêu sau",
    roles: [["indicators", "Các chỉ tiêu đều phải đạt"]],
  },
  {
    id: "all_of:conditions",
    picture: "✓ có ✓ có",
    words: "Đủ cả các điều sau, chung toàn địa bàn",
    roles: [["conditions", "Các điều phải có"]],
  },
  {
    id: "share_of_units",
    picture: "■ ■ ■ □ 3/4 đơn vị",
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
  return [
    { at: at("quote"), label: "Câu của kế hoạch, đúng từng chữ", input: "long" },
    { at: at("code"), label: "Mã chỉ tiêu", input: "text", example: "1.1" },
    {
      at: at("group"),
      label: "Thuộc nhóm",
      input: "choice",
      options: wordsOf(data, "groups", "– chọn –"),
    },
    { at: at("name"), label: "Tên chỉ tiêu", input: "text" },
    { at: at("short_name"), label: "Tên gọn", input: "text" },
    { at: at("unit_of_measure"), label: "Đơn vị tính", input: "text", example: "%" },
    ...(kind?.id.startsWith("change:") === true ? changeFields(data, code) : []),
    ...(kind?.id === "ratio"
      ? [
          {
            at: at("value/factor"),
            label: "Nhân với",
            input: "number",
            hint: "Để trống là 100 (phần trăm); trên 100.000 dân thì ghi 100.000.",
          } as const,
        ]
      : []),
    ...(kind?.roles[0]?.[0] === "conditions" ? conditionFields(data, code) : []),
    ...statementsOf(data, code).flatMap((statement) => targetFields(data, statement)),
    {
      at: at("added_rules"),
      label: "Quy ước phải thêm để tính được",
      input: "lines",
      hint: "Điều kế hoạch không nêu; mỗi dòng một quy ước.",
    },
    {
      at: at("from"),
      label: "Đánh giá từ kỳ",
      input: "choice",
      options: wordsOf(data, "periods", "từ đầu kế hoạch"),
    },
  ];
}

function changeFields(data: PlanData, code: string): Field[] {
  const at = (key: string): string => `indicators/${code}/value/${key}`;
  const years: Option[] = [
    ["last_year", "cùng kỳ năm trước"],
    ["previous", "kỳ liền trước"],
  ];
  const from = saidAt(data, at("from"));
  const own: Option[] =
    typeof from === "string" && from !== "last_year" && from !== "previous" ? [[from, from]] : [];
  return [
    {
      at: at("from"),
      label: "So với",
      input: "choice",
      options: [...years, ...wordsOf(data, "periods"), ...own],
    },
    {
      at: at("as"),
      label: "Tính bằng",
      input: "choice",
      options: [
        ["percent", "tăng, giảm bao nhiêu phần trăm"],
        ["points", "tăng, giảm bao nhiêu đơn vị, điểm phần trăm"],
        ["times", "gấp bao nhiêu lần"],
        ["ranks", "lên, xuống bao nhiêu bậc"],
      ],
    },
    {
      at: at("better"),
      label: "Thứ hạng",
      input: "choice",
      options: [
        ["", "–"],
        ["lower", "càng nhỏ càng tốt"],
      ],
    },
  ];
}

const CONDITION_COMPARATORS: readonly Option[] = [
  ["", "có, hoặc ít nhất một"],
  [">=", "ít nhất"],
  [">", "trên"],
  ["<=", "không quá"],
  ["<", "dưới"],
];

function conditionFields(data: PlanData, code: string): Field[] {
  return namedIn(data, `indicators/${code}/value`, "conditions").flatMap(
    (measure, index): Field[] => {
      const at = `indicators/${code}/value/conditions/#${index}`;
      const name = textAt(saidAt(data, `measures/${measure}`), "name") || measure;
      return [
        {
          at: `${at}/comparator`,
          label: `${name}: phải`,
          input: "choice",
          options: CONDITION_COMPARATORS,
        },
        { at: `${at}/value`, label: `${name}: số để so`, input: "number", hint: "Để trống là 1." },
      ];
    },
  );
}

/** The places of the statements of a target: one, or one for each amendment. */
export function statementsOf(data: PlanData, code: string): string[] {
  const target = saidAt(data, `indicators/${code}/target`);
  const at = `indicators/${code}/target`;
  return Array.isArray(target) ? target.map((_, index) => `${at}/#${index}`) : [at];
}

export const COMPARATORS: readonly Option[] = [
  [">=", "ít nhất, từ … trở lên"],
  [">", "trên"],
  ["<=", "không quá"],
  ["<", "dưới"],
  ["=", "đúng bằng"],
  ["", "trong khoảng từ … đến …"],
];

function targetFields(data: PlanData, place: string): Field[] {
  const at = (key: string): string => `${place}/${key}`;
  const places = saidAt(data, at("for"));
  const isByGroup = typeof places === "object" && places !== null && !("table" in places);
  const groups = isByGroup ? Object.keys(places) : [];
  const isPlain = (group: string): boolean => typeof saidAt(data, at(`for/${group}`)) !== "object";
  const kinds = isByGroup
    ? [...new Set([...groups, "ward", "commune", "township", "special_zone"])]
    : [];
  const periods = entriesOf(data, "periods");
  return [
    ...(/#[1-9]/.test(place)
      ? [
          {
            at: at("from"),
            label: "Áp dụng từ kỳ",
            input: "choice",
            options: wordsOf(data, "periods", "– chọn –"),
          } as const,
        ]
      : []),
    { at: at("comparator"), label: "So với mức", input: "choice", options: COMPARATORS },
    {
      at: at("value"),
      label: "Mức",
      input: "number",
      hint: "Giảm là số âm: giảm ít nhất 5% là “không quá” −5.",
    },
    { at: at("between"), label: "Khoảng", input: "range", example: "18 - 22" },
    {
      at: at("due"),
      label: "Phải đạt khi nào",
      input: "choice",
      options: [
        ["", "hết năm"],
        ["year_end", "hết năm (ghi rõ)"],
        ["each_period", "ở mọi kỳ (thường xuyên, hằng tháng)"],
      ],
    },
    {
      at: at("pace"),
      label: "Tiến độ trong năm",
      input: "choice",
      options: [
        ["", "không xét"],
        ["none", "không xét (ghi rõ)"],
        ["linear", "chia đều theo kỳ"],
      ],
    },
    {
      at: at("for"),
      label: "Xét ở đâu",
      input: "places",
      options: [
        ["", "toàn địa bàn; tỷ lệ thì cả từng phường, xã"],
        ["each", "từng phường, xã, kể cả số lượng"],
        ["whole", "chỉ toàn địa bàn"],
        ["groups", "mức riêng theo loại địa bàn"],
        ["table", "mức giao riêng từng nơi (bảng ở dưới)"],
      ],
    },
    ...kinds.filter(isPlain).map((group): Field => {
      const noun = AREA_KINDS[group as keyof typeof AREA_KINDS] ?? group;
      return { at: at(`for/${group}`), label: `Mức của ${noun}`, input: "number" };
    }),
    ...periods.map(
      ({ name, entry }): Field => ({
        ...{
          at: at(`at/${name}`),
          label: `Mốc: hết ${periodName(entry, name)}`,
          input: "number",
          only: "milestone",
        },
      }),
    ),
    {
      at: at("baseline/period"),
      label: "Số gốc: kỳ",
      input: "text",
      example: "2025-Y",
      only: "baseline",
    },
    { at: at("baseline/value"), label: "Số gốc", input: "number", only: "baseline" },
    { at: at("baseline/source"), label: "Văn bản nêu số gốc", input: "text", only: "baseline" },
  ];
}

function periodName(entry: Entry, code: string): string {
  const name = textAt(entry, "name");
  return name === "" ? code : name.charAt(0).toLocaleLowerCase("vi") + name.slice(1);
}

/** What a measure says. */
export function measureFields(data: PlanData, code: string): Field[] {
  const at = (key: string): string => `measures/${code}/${key}`;
  const others = wordsOf(data, "measures", "–").filter(([one]) => one !== code);
  return [
    { at: at("name"), label: "Tên dòng trong biểu mẫu", input: "text" },
    { at: at("unit_of_measure"), label: "Đơn vị tính", input: "text" },
    {
      at: at("kind"),
      label: "Đơn vị ghi",
      input: "choice",
      options: [
        ["count", "một số"],
        ["yes_no", "có hoặc không"],
      ],
    },
    {
      at: at("reported_by"),
      label: "Ai báo cáo",
      input: "several",
      options: wordsOf(data, "units"),
    },
    {
      at: at("over_time"),
      label: "Số của năm lấy từ các kỳ thế nào",
      input: "choice",
      options: [
        ["sum", "cộng các kỳ (việc phát sinh trong kỳ)"],
        ["last", "số gần nhất (số có mặt ngày chốt)"],
        ["max", "số lớn nhất (đã từng có)"],
        ["min", "số nhỏ nhất (kỳ nào cũng phải có)"],
        ["average", "bình quân các kỳ"],
      ],
    },
    { at: at("at_most"), label: "Không bao giờ lớn hơn", input: "choice", options: others },
    {
      at: at("sensitive"),
      label: "Số nhỏ có thể làm lộ thông tin cá nhân (người vi phạm, người bệnh)",
      input: "yesNo",
    },
    { at: at("by_area"), label: "Phòng, ban ghi cho từng phường, xã", input: "tick" },
    { at: at("explanation"), label: "Hướng dẫn cách ghi, in trong biểu mẫu", input: "text" },
    {
      at: at("over_areas"),
      label: "Số của toàn địa bàn",
      input: "choice",
      options: [
        ["sum", "cộng các nơi"],
        ["average", "bình quân"],
        ["max", "lớn nhất"],
        ["min", "nhỏ nhất"],
      ],
      only: "rare",
    },
    { at: at("decimals"), label: "Số chữ số thập phân", input: "number", only: "rare" },
    {
      at: at("due_in"),
      label: "Chỉ báo cáo ở các loại kỳ",
      input: "several",
      options: Object.entries(PERIOD_KINDS),
      only: "rare",
    },
    {
      at: at("from"),
      label: "Báo cáo từ kỳ",
      input: "choice",
      options: wordsOf(data, "periods", "từ đầu"),
      only: "rare",
    },
    {
      at: at("sums_over"),
      label: "Cộng dồn",
      input: "choice",
      options: [
        ["", "trong năm"],
        ["year", "trong năm (ghi rõ)"],
        ["plan", "cả thời gian của kế hoạch"],
        ["period", "mỗi kỳ xét riêng"],
      ],
      only: "rare",
    },
  ];
}

const PERIOD_KINDS = {
  month: "tháng",
  quarter: "quý",
  half_year: "6 tháng",
  nine_months: "9 tháng",
  year: "năm",
  other: "kỳ khác",
} as const;

export function groupFields(data: PlanData): Field[] {
  return entriesOf(data, "groups").map(({ name }) => ({
    ...{ at: `groups/${name}/name`, label: `Tên nhóm ${name}`, input: "text" as const },
  }));
}

/** Step 3: the area, and which areas report. */
export function areaFields(data: PlanData): Field[] {
  const list = Array.isArray(data.reporting_areas) ? data.reporting_areas : [];
  return [
    { at: "area/code", label: "Mã địa bàn của kế hoạch", input: "text" },
    { at: "area/noun", label: "Gọi chung là", input: "text", example: "thành phố" },
    {
      at: "reporting_areas",
      label: "Nơi nào có số liệu riêng",
      input: "reporting",
      options: [
        ["", "– chọn –"],
        ["children", "mọi địa bàn nằm ngay dưới"],
        ["none", "không nơi nào: chỉ có số chung"],
        ["list", "danh sách ghi rõ"],
      ],
    },
    {
      at: "reporting_area_noun",
      label: "Các nơi ấy gọi chung là",
      input: "text",
      example: "phường, xã",
    },
    ...list.flatMap((_, index): Field[] => [
      {
        at: `reporting_areas/#${index}/children_of`,
        label: `Danh sách ${index + 1}: mọi địa bàn dưới mã`,
        input: "text",
      },
      {
        at: `reporting_areas/#${index}/codes`,
        label: `Danh sách ${index + 1}: các mã`,
        input: "codes",
      },
      {
        at: `reporting_areas/#${index}/from`,
        label: `Danh sách ${index + 1}: từ ngày`,
        input: "date",
      },
      {
        at: `reporting_areas/#${index}/until`,
        label: `Danh sách ${index + 1}: đến hết ngày`,
        input: "date",
      },
    ]),
  ];
}

/** The columns of the table of units. */
export function unitFields(name: string): Field[] {
  const at = (key: string): string => `units/${name}/${key}`;
  return [
    { at: at("item"), label: "Mục", input: "number" },
    { at: at("code"), label: "Mã", input: "text" },
    { at: at("name"), label: "Tên đầy đủ", input: "text" },
    { at: at("short_name"), label: "Tên gọn", input: "text" },
    { at: at("each_area"), label: "Mỗi phường, xã một đơn vị", input: "tick" },
  ];
}

/** Step 3: who reports what. */
export function reporterFields(data: PlanData): Field[] {
  return entriesOf(data, "measures").map(({ name, entry }) => ({
    at: `measures/${name}/reported_by`,
    label: textAt(entry, "name") || name,
    input: "several" as const,
    options: wordsOf(data, "units"),
  }));
}

/** Step 4: the columns of the table of periods. */
export function periodFields(name: string): Field[] {
  const at = (key: string): string => `periods/${name}/${key}`;
  return [
    { at: at("name"), label: "Tên kỳ", input: "text" },
    { at: at("data_from"), label: "Số liệu từ ngày", input: "date" },
    { at: at("data_to"), label: "đến hết ngày", input: "date" },
    { at: at("due_before"), label: "Phải nhận trước ngày", input: "date" },
    { at: at("estimate"), label: "Có ước thực hiện", input: "yesNo" },
  ];
}

/** A code from words, that no entry of a section has. */
export function newCode(data: PlanData, section: string, words: string, between = "_"): string {
  const plain = withoutMarks(words)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, between)
    .replaceAll(/^[_.-]+|[_.-]+$/g, "")
    // whole words of it
    .replace(/^(.{12,32})[_.-].*$/, "$1")
    .slice(0, 48);
  const taken = new Set(entriesOf(data, section).map(({ name }) => name));
  const stem = plain === "" ? section.slice(0, 1) : plain;
  for (let index = 1; ; index += 1) {
    const code = index === 1 ? stem : `${stem}${between}${index}`;
    if (!taken.has(code)) return code;
  }
}

/** A measure that an indicator needs, called as somebody called it; the rest is what is usual. */
export function newMeasure(data: PlanData, name: string, list: string, indicator: Entry): Entry {
  const units = entriesOf(data, "units");
  const unit = units.find(({ entry }) => entry.each_area === true) ?? units[0];
  const isYesNo = list === "conditions" && !/^(Tổng )?[Ss]ố /.test(name);
  const own = textAt(indicator, "unit_of_measure");
  const counted = /^(?:Tổng )?[Ss]ố (\p{L}+)/u.exec(name)?.[1] ?? "";
  return {
    code: newCode(data, "measures", name),
    name,
    unit_of_measure: isYesNo
      ? "có/không"
      : own === "" || own.startsWith("%") || list === "conditions"
        ? counted || "số"
        : own,
    kind: isYesNo ? "yes_no" : "count",
    reported_by: unit === undefined ? [] : [unit.name],
    over_time: list === "denominator" ? "last" : isYesNo ? "max" : "sum",
    over_areas: "sum",
    sensitive: false,
  };
}

/** What numerator and denominator of a percentage are called, by the sentence that asks for it. */
export function suggestedNames(quote: string): Readonly<Record<string, string>> {
  const said = quote.replace(/[.;]+$/, "").replace(/\s+/g, " ");
  const [, after = ""] = /\d\s*%\s*(?:số |các |tổng số )?(.*)$/i.exec(said) ?? [];
  const [, whole = "", part = ""] =
    /^(.+?)\s((?:được|có|đã|đạt|thực hiện|tham gia|bảo đảm|đảm bảo|ban hành|tổ chức|ký|hoàn thành)\s.+)$/i.exec(
      after,
    ) ?? [];
  if (whole === "") return {};
  return { numerator: `Số ${whole} ${part}`, denominator: `Tổng số ${whole}` };
}
