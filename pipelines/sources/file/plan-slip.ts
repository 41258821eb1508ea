import type { z } from "zod";
import { comparisonBeside } from "../../reading-plans/number-roles.ts";
import { withoutMarks } from "../../vocabulary/letter-case.ts";
import { choiceText, levelKey } from "../../vocabulary/level.ts";
import { nearest, nearestCode } from "../../vocabulary/nearest.ts";
import { kindMeant } from "../areas/area.ts";
import { dateMeant, numberMeant } from "../plan/plan-fields.ts";
import { keysAt, objectsAt } from "../plan/plan-keys.ts";
import { levelsAt } from "../plan/plan-levels.ts";
import { valueAt } from "../plan/plan-path.ts";
import { TargetComparator } from "../plan/plan-target.ts";

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

/** What is written in another place, or otherwise, for a key that there is not. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  baseline:
    "Số gốc của tiến độ ghi trong target, bằng baseline: { period, value, source }; số liệu của các năm trước ghi ở tệp baselines.csv.",
  areas:
    "Địa bàn khai trong areas/areas.csv; tệp kế hoạch chỉ ghi area và reporting_areas; mức riêng từng địa bàn ghi trong target bằng for.",
  by: "Mốc ghi trong target bằng at: { mã kỳ: mức }.",
};

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
  if (issue.code === "invalid_key") return wrongKey(path);
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
  const special = otherForm(path, value, data);
  if (special !== null) return { path, found, ...special };
  const asText = isNumber && issue.code === "invalid_type" && issue.expected === "string";
  const meant = asText ? typed : meantBy(issue, value);
  if (meant === null) return { path, found, remedy: "", mend: null };
  return { path, found, remedy: `Có phải là ${asWritten(meant, value)}?`, mend: put(meant) };
}

/** A key that is to be a code: of a period, a kind of area or an area. */
function wrongKey(path: readonly PropertyKey[]): Slip {
  const key = String(path.at(-1));
  const to = kindMeant(key);
  return {
    path,
    found: `“${key}” không phải là mã.`,
    remedy:
      to === null
        ? "Ghi mã kỳ; ở for ghi loại địa bàn (ward, commune) hoặc mã địa bàn."
        : `Có phải là “${to}”?`,
    mend: { kind: "rename", path: path.slice(0, -1), key, to },
  };
}

/** What was meant where a target or a number is written in another form; null elsewhere. */
function otherForm(
  path: readonly PropertyKey[],
  value: unknown,
  data: unknown,
): Pick<Slip, "remedy" | "mend"> | null {
  const [key, owner] = [path.at(-1), path.slice(0, -1)];
  const typed = String(value).trim();
  if (typeof key === "number" && typeof value !== "object" && /\w[\s;,]+\w/.test(typed))
    return { remedy: "Các mã trong danh sách cách nhau bằng dấu phẩy.", mend: null };
  const exactOf = (one: string): string => (/^\d+$/.test(one) ? one : (numberMeant(one) ?? one));
  const bounds = /^(\d[\d.,]*)\s*%?\s*[-–−]\s*(\d[\d.,]*)\s*%?$/.exec(typed)?.slice(1) ?? [];
  if (bounds.length > 0 && (key === "value" || key === "between"))
    return { remedy: `Khoảng ghi between: [${bounds.map(exactOf).join(", ")}].`, mend: null };
  const [, sign = "", number] = /^([<>=≥≤]*)\s*(-?\d[\d.,]*)\s*%?$/.exec(typed) ?? [];
  if (number === undefined || (key !== "target" && key !== "value")) return null;
  const comparator = sign === "" ? null : wordMeant(sign, COMPARATORS);
  const exact = exactOf(number);
  const stated = key === "value" ? valueAt(data, owner) : {};
  if (comparator === null || valueAt(stated, ["comparator"]) !== undefined)
    return key === "value"
      ? null
      : { remedy: `Ghi như: target: { comparator: ">=", value: ${exact} }.`, mend: null };
  const target = { ...(stated as object), comparator, value: exact };
  return {
    remedy: `Ghi comparator: "${comparator}", value: ${exact}.`,
    mend: { kind: "put", path: key === "value" ? owner : path, value: target },
  };
}

const COMPARATORS: readonly string[] = TargetComparator.options;

/** A text as a code may be: without marks, with something else for what stands between words. */
function slug(text: string, between: string): string {
  return withoutMarks(text)
    .trim()
    .replaceAll(/[^A-Za-z0-9._-]+/g, between);
}

/** One of several words: the nearest one, or the sign of words that compare, as the grammar of plans reads them. */
function wordMeant(typed: string, words: readonly string[]): string | null {
  const turned = typed.replace(/^=([<>=])$/, (_, sign) => (sign === "=" ? sign : `${sign}=`));
  const sign = comparisonBeside(turned, "") ?? turned;
  return words.find((word) => word === sign) ?? nearest(typed, words);
}

function unknownKey(path: readonly PropertyKey[], key: string, data: unknown): Slip {
  const keys = keysAt(data, path);
  const names = Object.keys(keys);
  const owner = valueAt(data, path);
  const isFree = (name: string): boolean => valueAt(owner, [name]) === undefined;
  const found = `không có khóa “${key}” ở đây.`;
  const mend = (to: string | null): Mend => ({ kind: "rename", path, key, to });
  if (/^\d{1,3}$/.test(key)) {
    return {
      path: [...path, key],
      found: `không có khóa “${key}”: dấu phẩy trong ngoặc ngăn cách các mục.`,
      remedy: "Số thập phân ghi bằng dấu chấm, như 20.5; hàng nghìn ghi liền nhau.",
      mend: mend(null),
    };
  }
  // what is missing here stands under this name
  const [missing, ...more] = objectsAt(data, path)
    .flatMap(({ required }) => required ?? [])
    .filter(isFree);
  const to = nearest(key, names.filter(isFree)) ?? (more.length > 0 ? null : (missing ?? null));
  const remedy =
    ELSEWHERE[key] ??
    (to === null
      ? `Ở đây có: ${names.join(", ")}.`
      : `Có phải là “${to}”? ${firstSentence(keys[to]?.description ?? "")}`.trim());
  return {
    path: [...path, key],
    found,
    remedy,
    mend: mend(ELSEWHERE[key] === undefined ? to : null),
  };
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
    const word = wordMeant(typed, issue.values.map(String));
    return issue.values.find((one) => String(one) === word) ?? word;
  }
  if (issue.code === "invalid_union") {
    if (typed === "") return null;
    return issue.path.at(-1) === "kind" ? nearest(typed, KINDS) : wordMeant(typed, wordsIn(issue));
  }
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
  if (typeof meant === "number" && typeof value === "string") return `${text} (không trong ngoặc)`;
  return typeof value === "number" || /^[<>=]/.test(text) ? `"${text}"` : `“${text}”`;
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}
