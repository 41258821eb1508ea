import type { z } from "zod";
import { nearest } from "../vocabulary/nearest.ts";
import { dateMeant, numberMeant } from "./plan-fields.ts";
import { keysAt } from "./plan-keys.ts";
import { valueAt } from "./plan-path.ts";

/** What is wrong with the shape of a plan file at one place, and what was most likely meant. */
export interface Slip {
  readonly path: readonly PropertyKey[];
  readonly found: string;
  readonly remedy: string;
  /** What was meant, where that is beyond doubt enough to go on checking with it. */
  readonly mend: Mend | null;
}

/** A change of the data of a plan file: a value put in place of another, a key by another name. */
export type Mend =
  | { readonly kind: "put"; readonly path: readonly PropertyKey[]; readonly value: unknown }
  | {
      readonly kind: "rename";
      readonly path: readonly PropertyKey[];
      readonly key: string;
      readonly to: string | null;
    };

/** What people write for a word of the plan file. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  "≥": ">=",
  "=>": ">=",
  "≤": "<=",
  "=<": "<=",
  "==": "=",
  tháng: "month",
  quý: "quarter",
  "6 tháng": "half_year",
  "9 tháng": "nine_months",
  năm: "year",
  số: "count",
  number: "count",
  "có/không": "yes_no",
  boolean: "yes_no",
  "cộng dồn": "sum",
  total: "sum",
  latest: "last",
  maximum: "max",
  minimum: "min",
  mean: "average",
  avg: "average",
  percentage: "ratio",
  rate: "ratio",
};

/** What there is in place of a key that there is not; `to` where it is the same under another name. */
const OTHER_KEYS: Readonly<Record<string, { readonly says: string; readonly to?: string }>> = {
  milestones: { says: "Mốc ghi trong target bằng at: { mã kỳ: mức }.", to: "at" },
  milestone: { says: "Mốc ghi trong target bằng at: { mã kỳ: mức }.", to: "at" },
  baseline: {
    says: "Số gốc của tiến độ ghi trong target, bằng baseline: { period, value, source }; số liệu của các năm trước ghi ở tệp baselines.csv.",
  },
  baselines: {
    says: "Số liệu của các năm trước ghi ở tệp baselines.csv, không ghi trong tệp kế hoạch.",
  },
  min: {
    says: 'Mức ít nhất ghi comparator: ">=" và value; khoảng ghi between: [nhỏ, lớn].',
    to: "value",
  },
  max: {
    says: 'Mức không quá ghi comparator: "<=" và value; khoảng ghi between: [nhỏ, lớn].',
    to: "value",
  },
  areas: {
    says: "Địa bàn khai trong areas/areas.csv; tệp kế hoạch chỉ ghi area và reporting_areas; mức riêng từng địa bàn ghi trong target bằng for.",
  },
  deadline: { says: "Hạn gửi ghi due_before: nhận được trước ngày đó.", to: "due_before" },
  due_date: { says: "Hạn gửi ghi due_before: nhận được trước ngày đó.", to: "due_before" },
  target_value: { says: 'Mức chỉ tiêu ghi target: { comparator: ">=", value: … }.' },
  formula: { says: "Cách tính ghi value: { kind: … }." },
  calculation: { says: "Cách tính ghi value: { kind: … }." },
  description: {
    says: "Ở số liệu ghi explanation; ở chỉ tiêu ghi quote (câu của kế hoạch) và added_rules.",
  },
  note: { says: "Ở số liệu ghi explanation; ở chỉ tiêu ghi added_rules." },
  notes: { says: "Ở số liệu ghi explanation; ở chỉ tiêu ghi added_rules." },
  operator: { says: "Cách so ghi comparator.", to: "comparator" },
  unit: {
    says: "Đơn vị tính ghi unit_of_measure; đơn vị báo cáo ghi reported_by.",
    to: "unit_of_measure",
  },
  frequency: { says: "Loại kỳ phải báo cáo ghi due_in." },
  quota: { says: "Mức giao từng địa bàn ghi trong target bằng for: { table: tên tệp .csv }." },
  quotas: { says: "Mức giao từng địa bàn ghi trong target bằng for: { table: tên tệp .csv }." },
  successors: { says: "Địa bàn sáp nhập ghi ở areas/successors.csv." },
  kỳ: { says: "Các kỳ báo cáo ghi periods.", to: "periods" },
  "đơn vị": { says: "Các đơn vị báo cáo ghi units.", to: "units" },
  nhóm: { says: "Các nhóm chỉ tiêu ghi groups.", to: "groups" },
  "số liệu": { says: "Các số liệu ghi measures.", to: "measures" },
  "chỉ tiêu": { says: "Các chỉ tiêu ghi indicators.", to: "indicators" },
};

/** Fields that can be filled with anything when the rest of their entry is to be checked. */
const FILLINGS: Readonly<Record<string, unknown>> = {
  name: "?",
  short_name: "?",
  unit_of_measure: "?",
  quote: "?",
  item: 1,
  sensitive: false,
  estimate: false,
  over_areas: "sum",
};

/**
 * The slips behind a problem of zod; usually one.
 * @param typed the number that stands there as it was typed
 */
export function slipsOf(issue: z.core.$ZodIssue, data: unknown, typed?: string): Slip[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey(path, key, data));
  }
  const value = valueAt(data, path);
  if (value === undefined) return [missing(path, data)];
  if (issue.code === "invalid_key") {
    return [{ path, found: `${messageOf(issue)}.`, remedy: "", mend: null }];
  }
  const isNumber = typeof value === "number" && typed !== undefined;
  const found = `${shown(isNumber ? typed : value)}${messageOf(issue)}.`;
  const inner = withinCurlyQuotes(value);
  if (inner !== null) {
    const remedy = `Dùng dấu nháy thẳng: "${inner}".`;
    return [{ path, found, remedy, mend: { kind: "put", path, value: inner } }];
  }
  const asText = isNumber && issue.code === "invalid_type" && issue.expected === "string";
  const meant = asText ? typed : meantBy(issue, value);
  return meant === null
    ? [{ path, found, remedy: "", mend: null }]
    : [
        {
          path,
          found,
          remedy: `Có phải là ${asWritten(meant, value)}?`,
          mend: { kind: "put", path, value: meant },
        },
      ];
}

/** What stands within quotation marks of a text program, which are none of YAML; null of all else. */
function withinCurlyQuotes(value: unknown): string | null {
  if (typeof value !== "string") return null;
  return /^[“”„‘’](.*)[“”’]$/.exec(value.trim())?.[1] ?? null;
}

function unknownKey(path: readonly PropertyKey[], key: string, data: unknown): Slip {
  const keys = keysAt(data, path);
  const names = Object.keys(keys);
  const owner = valueAt(data, path);
  const isFree = (name: string): boolean => valueAt(owner, [name]) === undefined;
  const meant = nearest(key, names.filter(isFree));
  const found = `không có khóa “${key}” ở đây.`;
  const mend = (to: string | null): Mend => ({ kind: "rename", path, key, to });
  if (/^\d{3}$/.test(key)) {
    return {
      path: [...path, key],
      found: `không có khóa “${key}”: dấu phẩy trong ngoặc ngăn cách các mục, không ngăn cách hàng nghìn.`,
      remedy: "Ghi số liền nhau, không có dấu phẩy và dấu chấm hàng nghìn.",
      mend: mend(null),
    };
  }
  if (/^\d{1,2}$/.test(key)) {
    return {
      path: [...path, key],
      found: `không có khóa “${key}”: dấu phẩy trong ngoặc ngăn cách các mục, không phải dấu thập phân.`,
      remedy: "Số thập phân ghi bằng dấu chấm, như 20.5.",
      mend: mend(null),
    };
  }
  const other = OTHER_KEYS[key.normalize("NFC").toLowerCase()];
  const remedy =
    other?.says ??
    (meant === null
      ? `Ở đây có: ${names.join(", ")}.`
      : `Có phải là “${meant}”? ${firstSentence(keys[meant]?.description ?? "")}`.trim());
  const renamed = other === undefined ? meant : (other.to ?? null);
  const to = renamed !== null && names.includes(renamed) && isFree(renamed) ? renamed : null;
  return { path: [...path, key], found, remedy, mend: mend(to) };
}

function missing(path: readonly PropertyKey[], data: unknown): Slip {
  const key = String(path.at(-1));
  const meaning = keysAt(data, path.slice(0, -1))[key]?.description ?? "";
  if (key === "kind" && meaning === "") {
    const kinds = KINDS.join(", ");
    return { path, found: "thiếu “kind”.", remedy: `Ghi thêm cách tính: ${kinds}.`, mend: null };
  }
  return {
    path,
    found: `thiếu “${key}”.`,
    remedy: meaning === "" ? "Ghi thêm." : `Ghi thêm: ${meaning}`,
    mend: Object.hasOwn(FILLINGS, key) ? { kind: "put", path, value: FILLINGS[key] } : null,
  };
}

/** What was meant where something else is written; null where nobody knows. */
function meantBy(issue: z.core.$ZodIssue, value: unknown): unknown {
  const typed = typeof value === "string" ? value.trim() : "";
  const isDate = /_on$|_from$|_to$|_before$|^from$|^until$/.test(String(issue.path.at(-1)));
  if (isDate && typed !== "") return dateMeant(typed);
  if (issue.code === "invalid_value") {
    const words = issue.values.map(String);
    const other = OTHER_WORDS[typed.toLowerCase()];
    return other !== undefined && words.includes(other) ? other : nearest(typed, words);
  }
  if (issue.code === "invalid_union") return unionMeant(issue, value);
  if (issue.code === "invalid_type") {
    switch (issue.expected) {
      case "string":
        return typeof value === "number" ? String(value) : null;
      case "array":
        return typeof value === "string" || typeof value === "number" ? [String(value)] : null;
      case "boolean":
        if (/^(yes|có|đúng|true)$/i.test(typed)) return true;
        return /^(no|không|sai|false)$/i.test(typed) ? false : null;
      case "number":
      case "int":
        return /^\d+$/.test(typed) ? Number(typed) : null;
      default:
        return null;
    }
  }
  return issue.code === "custom" ? numberMeant(typed) : null;
}

const KINDS = ["ratio", "count", "share_of_areas", "share_of_units", "all_of", "change"];

/** The words that may stand where something may be written in several ways. */
function wordsIn(issue: z.core.$ZodIssueInvalidUnion): string[] {
  return issue.errors
    .flat()
    .flatMap((one) => (one.code === "invalid_value" ? one.values.map(String) : []));
}

/** A `kind` that there is not, or a word: the one that was meant. */
function unionMeant(issue: z.core.$ZodIssueInvalidUnion, value: unknown): unknown {
  if (typeof value !== "string") return null;
  if (issue.path.at(-1) !== "kind") return nearest(value, wordsIn(issue));
  return OTHER_WORDS[value.toLowerCase()] ?? nearest(value, KINDS);
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (/[À-ỹ]/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_value":
      return `chỉ nhận ${issue.values.map(String).join(", ")}`;
    case "invalid_union": {
      if (issue.path.at(-1) === "kind") return "không có cách tính này";
      const words = wordsIn(issue);
      return words.length === 0
        ? "không đúng cách ghi nào được nhận ở đây"
        : `chỉ nhận ${words.join(", ")}, hoặc cách ghi khác nêu trong hướng dẫn`;
    }
    case "invalid_type":
      return TYPES[issue.expected] ?? "không đúng kiểu";
    case "invalid_key":
      return "mã này không đúng cách ghi mã";
    default:
      return issue.message;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: "phải là một danh sách, mỗi mục một dòng bắt đầu bằng “- ” hoặc để trong ngoặc vuông",
  object: "phải là một mục có các khóa bên trong",
  record: "phải là một mục có các khóa bên trong",
  boolean: "phải là true hoặc false",
  number: "phải là số",
  string: "phải là chữ",
};

/** A value as written in the file, shortened; empty for an object. */
function shown(value: unknown): string {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `ghi “${text.length > 60 ? `${text.slice(0, 60)}…` : text}”: `;
}

/** What was meant, as it is to be written. */
function asWritten(meant: unknown, value: unknown): string {
  if (Array.isArray(meant)) return `[${meant.join(", ")}]`;
  const text = String(meant);
  return typeof value === "number" || /^[<>=]/.test(text) ? `"${text}"` : `“${text}”`;
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}
