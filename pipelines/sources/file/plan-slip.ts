import type { z } from "zod";
import { withoutMarks } from "../../vocabulary/letter-case.ts";
import { choiceText, levelKey } from "../../vocabulary/level.ts";
import { nearest, nearestCode } from "../../vocabulary/nearest.ts";
import { kindMeant } from "../areas/area.ts";
import { dateMeant, numberMeant } from "../plan/plan-fields.ts";
import { keysAt } from "../plan/plan-keys.ts";
import { levelsAt } from "../plan/plan-levels.ts";
import { valueAt } from "../plan/plan-path.ts";

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

/** What people write for a word of the plan file: small letters without marks. */
const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  ">=": ["≥", "=>", "it nhat", "toi thieu", "khong duoi", "tu", "dat"],
  ">": ["tren", "vuot"],
  "<=": ["≤", "=<", "khong qua", "khong vuot qua", "toi da", "nhieu nhat"],
  "<": ["duoi"],
  "=": ["==", "bang", "dung bang"],
  month: ["thang"],
  quarter: ["quy"],
  half_year: ["6 thang", "nua nam"],
  nine_months: ["9 thang"],
  year: ["nam"],
  count: ["so", "so luong", "so dem", "number", "sum", "total"],
  yes_no: ["co/khong", "boolean", "co khong"],
  level: ["xep loai", "phan loai", "hang", "rank", "rating", "grade", "levels", "muc"],
  sum: ["cong don", "cong", "tong", "total"],
  last: ["latest", "gan nhat", "so gan nhat"],
  max: ["maximum", "lon nhat"],
  min: ["minimum", "nho nhat"],
  average: ["mean", "avg", "binh quan", "trung binh"],
  ratio: ["percentage", "percent", "rate", "ty le", "ti le", "phan tram"],
  change: ["tang giam", "tang", "giam"],
  all_of: ["tat ca"],
  linear: ["deu", "tang deu"],
  each_period: ["moi ky", "tung ky"],
  year_end: ["cuoi nam", "het nam"],
  each: ["tung dia ban", "moi dia ban"],
  whole: ["toan dia ban", "chung"],
};

/** What people write for a key: small letters without marks, `_` and `-` as spaces. */
const OTHER_KEYS: Readonly<Record<string, readonly string[]>> = {
  number: ["so", "so hieu", "so ky hieu"],
  title: ["ten ke hoach", "tieu de"],
  issuer: ["co quan ban hanh"],
  issued_on: ["ngay ky", "ngay ban hanh"],
  in_force_from: ["ngay hieu luc", "ngay co hieu luc", "hieu luc tu"],
  area: ["dia ban"],
  reporting_areas: ["dia ban bao cao", "areas"],
  groups: ["nhom", "cac nhom"],
  units: ["don vi", "cac don vi", "don vi bao cao"],
  periods: ["ky", "cac ky", "ky bao cao"],
  measures: ["so lieu", "cac so lieu"],
  indicators: ["chi tieu", "cac chi tieu"],
  code: ["ma", "id"],
  name: ["ten"],
  short_name: ["ten gon", "ten ngan"],
  each_area: ["tung dia ban", "moi dia ban"],
  kind: ["loai", "type"],
  year: ["nam"],
  data_from: ["from", "start", "tu ngay", "ngay dau"],
  data_to: ["to", "end", "den ngay", "ngay chot"],
  due_before: ["han", "han gui", "han nop", "deadline", "due", "due date"],
  covers: ["gom", "bao gom"],
  unit_of_measure: ["don vi tinh", "dvt", "unit"],
  reported_by: ["don vi bao cao", "don vi", "unit", "units"],
  due_in: ["frequency", "tan suat"],
  explanation: ["giai thich", "huong dan", "description", "note", "notes", "ghi chu"],
  at_most: ["khong qua", "toi da"],
  levels: ["cac muc", "muc xep loai", "cac loai", "xep loai"],
  group: ["nhom"],
  quote: ["trich dan", "trich", "cau", "noi dung", "description"],
  value: ["muc", "gia tri", "cach tinh", "formula", "calculation", "min", "max"],
  target: ["muc", "muc tieu", "muc chi tieu"],
  added_rules: ["quy uoc", "note", "notes", "ghi chu"],
  numerator: ["tu so", "tu"],
  denominator: ["mau so", "mau"],
  factor: ["he so"],
  comparator: ["so sanh", "cach so", "dau", "operator"],
  at: ["milestones", "milestone", "moc"],
  between: ["khoang", "range"],
  pace: ["tien do"],
};

/** What is written in another place, or otherwise, for a key that there is not. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  baseline:
    "Số gốc của tiến độ ghi trong target, bằng baseline: { period, value, source }; số liệu của các năm trước ghi ở tệp baselines.csv.",
  baselines: "Số liệu của các năm trước ghi ở tệp baselines.csv, không ghi trong tệp kế hoạch.",
  min: 'Mức ít nhất ghi comparator: ">=" và value; khoảng ghi between: [nhỏ, lớn].',
  max: 'Mức không quá ghi comparator: "<=" và value; khoảng ghi between: [nhỏ, lớn].',
  areas:
    "Địa bàn khai trong areas/areas.csv; tệp kế hoạch chỉ ghi area và reporting_areas; mức riêng từng địa bàn ghi trong target bằng for.",
  "target value": 'Mức chỉ tiêu ghi target: { comparator: ">=", value: … }.',
  by: "Mốc ghi trong target bằng at: { mã kỳ: mức }.",
  quota: "Mức giao từng địa bàn ghi trong target bằng for: { table: tên tệp .csv }.",
  quotas: "Mức giao từng địa bàn ghi trong target bằng for: { table: tên tệp .csv }.",
  table: "Mức giao từng địa bàn ghi trong target bằng for: { table: tên tệp .csv }.",
  levels:
    "Các mức xếp loại ghi ở số liệu (measures): kind: level, levels: [C, B, A]; target chỉ ghi tên mức, như value: A.",
  successors: "Địa bàn sáp nhập ghi ở areas/successors.csv.",
};

/** `so sanh` for `So_sánh`: words as the tables above have them. */
function plain(word: string): string {
  return withoutMarks(word).toLowerCase().replace(/[_-]+/g, " ").trim();
}

/** Characters that come along from a text program, and are not seen. */
const UNSEEN = /[\u00a0\u200b-\u200d\u2060\ufeff\u3000]/;

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
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => withUnseen(unknownKey(issue.path, key, data), key));
  }
  const value = valueAt(data, issue.path);
  if (value === undefined) return [missing(issue.path, data)];
  return [withUnseen(wrongValue(issue, data, value, typed), value)];
}

function withUnseen(slip: Slip, text: unknown): Slip {
  if (typeof text !== "string" || !UNSEEN.test(text)) return slip;
  const remedy = `${slip.remedy} Ở đây có dấu cách đặc biệt, thường do chép từ Word: xóa rồi gõ lại.`;
  return { ...slip, remedy: remedy.trim() };
}

function wrongValue(
  issue: z.core.$ZodIssue,
  data: unknown,
  value: unknown,
  typed: string | undefined,
): Slip {
  const { path } = issue;
  const put = (meant: unknown): Mend => ({ kind: "put", path, value: meant });
  if (issue.code === "invalid_key") return wrongKey(path, data);
  if (value === null) {
    const meaning = keysAt(data, path.slice(0, -1))[String(path.at(-1))]?.description ?? "";
    const remedy = `Ghi sau dấu hai chấm: ${meaning} Chữ bắt đầu bằng # để trong ngoặc kép.`;
    return { path, found: "để trống.", remedy, mend: null };
  }
  const isNumber = typeof value === "number" && typed !== undefined;
  const levels = levelsAt(data, path);
  if (levels !== null) {
    const keys = levels.map((level) => levelKey(level, levels));
    const key = nearestCode(levelKey(String(value), levels), keys);
    const meant = key === null ? null : (levels[keys.indexOf(key)] ?? null);
    return {
      path,
      found: `${shown(value)}chỉ nhận ${choiceText(levels)}, là các mức (levels) của số liệu.`,
      remedy: meant === null ? "Ghi đúng tên mức." : `Có phải là “${meant}”?`,
      mend: meant === null ? null : put(meant),
    };
  }
  const found = `${shown(isNumber ? typed : value)}${messageOf(issue)}.`;
  const inner = withinCurlyQuotes(value);
  if (inner !== null) {
    return { path, found, remedy: `Dùng dấu nháy thẳng: "${inner}".`, mend: put(inner) };
  }
  const special = otherForm(path, value, data);
  if (special !== null) return { path, found, ...special };
  const asText = isNumber && issue.code === "invalid_type" && issue.expected === "string";
  const meant = asText ? typed : meantBy(issue, value);
  if (meant === null) return { path, found, remedy: "", mend: null };
  return { path, found, remedy: `Có phải là ${asWritten(meant, value)}?`, mend: put(meant) };
}

/** A key that is to be a code: of a period, a kind of area or an area. */
function wrongKey(path: readonly PropertyKey[], data: unknown): Slip {
  const [key, owner] = [String(path.at(-1)), path.slice(0, -1)];
  const periods = valueAt(data, ["periods"]);
  const isNamed = (one: unknown): boolean =>
    plain(String(valueAt(one, ["name"]))).startsWith(plain(key));
  const period: unknown = Array.isArray(periods) ? periods.find(isNamed) : undefined;
  const to = kindMeant(key) ?? valueAt(period, ["code"]);
  const found = `“${key}” không phải là mã.`;
  if (typeof to !== "string") {
    const remedy = "Ghi mã kỳ; ở for ghi loại địa bàn (ward, commune) hoặc mã địa bàn.";
    return { path, found, remedy, mend: { kind: "rename", path: owner, key, to: null } };
  }
  return {
    path,
    found,
    remedy: `Có phải là “${to}”?`,
    mend: { kind: "rename", path: owner, key, to },
  };
}

/** What was meant where a target, a range or a table is written in another form; null elsewhere. */
function otherForm(
  path: readonly PropertyKey[],
  value: unknown,
  data: unknown,
): Pick<Slip, "remedy" | "mend"> | null {
  const [key, owner] = [path.at(-1), path.slice(0, -1)];
  const typed = String(Array.isArray(value) && value.length === 1 ? value[0] : value).trim();
  const put = (meant: unknown, at = path): Mend => ({ kind: "put", path: at, value: meant });
  const [, sign = "", number = ""] = /^([<>=≥≤]*)\s*(-?\d[\d.,]*)\s*%?$/.exec(typed) ?? [];
  const exactOf = (one: string): string | null => (/^\d+$/.test(one) ? one : numberMeant(one));
  const exact = exactOf(number);
  const comparator = wordMeant(sign, [">=", ">", "<=", "<", "="]);
  const bounds = /^(\d[\d.,]*)\s*%?\s*[-–−]\s*(\d[\d.,]*)\s*%?$/.exec(typed) ?? [];
  const range = bounds.slice(1).map((one) => exactOf(one) ?? one);
  const shownRange = `[${range.join(", ")}]`;
  const around: unknown = valueAt(data, owner);
  switch (key) {
    case "target":
      if (exact === null || typeof value === "object") return null;
      return comparator === null
        ? { remedy: `Ghi như: target: { comparator: ">=", value: ${exact} }.`, mend: null }
        : {
            remedy: `Ghi target: { comparator: "${comparator}", value: ${exact} }.`,
            mend: put({ comparator, value: exact }),
          };
    case "value":
      if (range.length > 0) {
        const remedy = `Khoảng ghi between: ${shownRange}, không ghi comparator và value.`;
        return { remedy, mend: null };
      }
      if (exact === null || comparator === null || valueAt(around, ["comparator"]) !== undefined) {
        return null;
      }
      return {
        remedy: `Ghi comparator: "${comparator}", value: ${exact}.`,
        mend: put({ ...(around as object), comparator, value: exact }, owner),
      };
    case "reporting_areas":
      return Array.isArray(value) || typeof value !== "object"
        ? null
        : {
            remedy: "Ghi thành danh sách: [{ children_of: … }] hoặc [{ codes: […] }].",
            mend: put([value]),
          };
    case "between":
      return range.length === 0 ? null : { remedy: `Ghi ${shownRange}.`, mend: put(range) };
    case "for":
      return /\.csv$/i.test(typed)
        ? { remedy: `Ghi for: { table: ${typed} }.`, mend: put({ table: typed }) }
        : null;
    case "table": {
      const file = `${slug(typed.replace(/\.\w+$/, ""), "-")}.csv`;
      if (/\.xlsx?$/i.test(typed)) {
        return { remedy: `Lưu bảng thành CSV UTF-8, rồi ghi ${file}.`, mend: null };
      }
      const isOnlyShort = `${typed}.csv` === file;
      const remedy = `Đặt tên tệp không dấu, không có dấu cách, như ${file}.`;
      return { remedy: isOnlyShort ? `Có phải là ${file}?` : remedy, mend: null };
    }
    case "due": {
      const periods = valueAt(data, ["periods"]);
      const isPeriod =
        Array.isArray(periods) && periods.some((one) => valueAt(one, ["code"]) === typed);
      return isPeriod
        ? { remedy: `Ghi at: { ${typed}: mức } thay cho value và due.`, mend: null }
        : null;
    }
    default:
      return typeof key === "number" && /\w[\s;,]+\w/.test(typed)
        ? { remedy: "Các mã trong danh sách cách nhau bằng dấu phẩy.", mend: null }
        : null;
  }
}

/** A text as a code may be: without marks, with something else for what stands between words. */
function slug(text: string, between: string): string {
  return withoutMarks(text)
    .trim()
    .replaceAll(/[^A-Za-z0-9._-]+/g, between);
}

/** One of several words, by what people write for it. */
function wordMeant(typed: string, words: readonly string[]): string | null {
  if (words.includes(typed)) return typed;
  return words.find((word) => OTHER_WORDS[word]?.includes(plain(typed)) === true) ?? null;
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
  if (path.length === 0 && /\s/.test(key) && valueAt(owner, [key]) === null) {
    const remedy = "Xóa dòng này, nếu nó không phải là của kế hoạch.";
    return {
      path: [...path, key],
      found: "dòng này không phải là một khóa.",
      remedy,
      mend: mend(null),
    };
  }
  const isOther = (name: string): boolean => OTHER_KEYS[name]?.includes(plain(key)) === true;
  const to = names.filter(isFree).find(isOther) ?? nearest(key, names.filter(isFree));
  const remedy =
    ELSEWHERE[plain(key)] ??
    (to === null
      ? `Ở đây có: ${names.join(", ")}.`
      : `Có phải là “${to}”? ${firstSentence(keys[to]?.description ?? "")}`.trim());
  const isSame = to !== null && (ELSEWHERE[plain(key)] === undefined || isOther(to));
  return { path: [...path, key], found, remedy, mend: mend(isSame ? to : null) };
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
    return wordMeant(typed, words) ?? nearest(typed, words);
  }
  if (issue.code === "invalid_union") return unionMeant(issue, value);
  if (issue.code === "invalid_type") {
    switch (issue.expected) {
      case "string":
        return typeof value === "number" ? String(value) : null;
      case "array":
        return typed === "" && typeof value !== "number"
          ? null
          : String(value)
              .trim()
              .split(/[\s,;]+/);
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
  if (issue.code === "invalid_format") {
    const [key] = issue.path.slice(-1);
    const meant = key === "id" ? slug(typed, "-").toLowerCase() : slug(typed, "_");
    return meant === typed || (key !== "id" && key !== "code") ? null : meant;
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
  if (issue.path.at(-1) !== "kind") {
    const words = wordsIn(issue);
    return wordMeant(value, words) ?? nearest(value, words);
  }
  return wordMeant(value, KINDS) ?? nearest(value, KINDS);
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (/[À-ỹ]/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_value":
      return `chỉ nhận ${issue.values.map(String).join(", ")}`;
    case "invalid_union": {
      if (issue.path.at(-1) === "kind") return `không có cách tính này, chỉ có ${KINDS.join(", ")}`;
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
