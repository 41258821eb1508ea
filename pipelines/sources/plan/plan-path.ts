import { pathText } from "../../vocabulary/problem.ts";

/** The sections of a plan file that are lists of entries with codes, and what an entry is called. */
export const SECTIONS = {
  groups: "nhóm",
  units: "đơn vị",
  periods: "kỳ",
  measures: "số liệu",
  indicators: "chỉ tiêu",
} as const;
export type Section = keyof typeof SECTIONS;

export const SECTION_NAMES = Object.keys(SECTIONS) as readonly Section[];

const OTHER_ENTRIES: Readonly<Record<string, string>> = {
  glossary: "thuật ngữ",
  reporting_areas: "mục địa bàn",
};

export function isSection(name: unknown): name is Section {
  return typeof name === "string" && Object.hasOwn(SECTIONS, name);
}

/** The code of an entry of a section, in the data of a plan file as far as it can be read. */
export function codeAt(data: unknown, section: string, index: number): string | null {
  const code = valueAt(data, [section, index, "code"]);
  return typeof code === "string" || typeof code === "number" ? String(code) : null;
}

/** The value at a path of the data. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

/** `chỉ tiêu "1.1" › target.value` for a path of a plan file: entries by their codes, not by their numbers. */
export function pathWords(data: unknown, path: readonly PropertyKey[]): string {
  const [section, index, ...rest] = path;
  if (typeof section !== "string" || typeof index !== "number") return pathText(path);
  const noun = isSection(section) ? SECTIONS[section] : (OTHER_ENTRIES[section] ?? section);
  const code = codeAt(data, section, index);
  const entry = code === null ? `${noun} thứ ${index + 1}` : `${noun} "${code}"`;
  return rest.length === 0 ? entry : `${entry} › ${pathText(rest)}`;
}
