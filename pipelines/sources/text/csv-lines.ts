import { existsSync, readFileSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";
import type { z } from "zod";
import type { Problem } from "../../vocabulary/problem.ts";
import { dateMeant, numberMeant } from "../plan/plan-fields.ts";
import { wrongBytes } from "./text-bytes.ts";

/** A line of a CSV file of the sources, with its number in the file. */
export interface Line<T> {
  readonly value: T;
  readonly line: number;
}

/** What is wrong with a line of such a file: what was found without a full stop, what to do as a sentence. */
export function csvProblem(
  file: string,
  line: number,
  field: string,
  found: string,
  remedy = "",
): Problem {
  return { severity: "error", code: "csv_file", file, line, field, found: `${found}.`, remedy };
}

/**
 * Reads a CSV file with a head line, with commas or, as a spreadsheet in Vietnamese saves it, semicolons,
 * or with tabs. Adds every problem to `problems`, one that several lines share at the first of them;
 * lines with one are left out.
 */
export function readLines<T extends z.ZodRawShape>(
  file: string,
  schema: z.ZodObject<T, z.core.$strict>,
  problems: Problem[],
): Line<z.infer<z.ZodObject<T>>>[] {
  const refuse = (line: number, found: string, remedy = ""): [] => {
    problems.push(csvProblem(file, line, "", found, remedy));
    return [];
  };
  if (!existsSync(file)) return refuse(1, "không có tệp này");
  const bytes = readFileSync(file);
  const wrong = wrongBytes(bytes);
  if (wrong !== null) return refuse(wrong.line, wrong.found.replace(/\.$/, ""), wrong.remedy);
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  const [first = ""] = text.split("\n", 1);
  const headed = wrongHead(schema, text.trim() === "" ? null : cellsOf(first));
  if (headed !== null) return refuse(1, ...headed);
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(text, {
      columns: cellsOf,
      delimiter: delimiterOf(first),
      info: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refuse("lines" in error ? Number(error.lines) : 1, ...brokenWords(error));
  }
  const wrongCells: WrongCell[] = [];
  const lines = records.flatMap(({ record, info: { lines: line } }) => {
    const parsed = schema.safeParse(record);
    if (parsed.success) return [{ value: parsed.data, line }];
    const reported = new Set<string>();
    for (const { path, message } of parsed.error.issues) {
      const field = path.join(".");
      // of several things about one cell the first
      if (reported.has(field)) continue;
      reported.add(field);
      const [found, remedy] = wordsOf(message, record[field]?.trim() ?? "");
      wrongCells.push({ kind: `${field} ${message}`, line, field, found, remedy });
    }
    return [];
  });
  problems.push(...oncePerKind(file, wrongCells));
  return lines;
}

/** The lines of such a file by column, as they stand there; none where it cannot be read. */
export function recordsOf(text: string): Record<string, string>[] {
  const bare = text.replace(/^\ufeff/, "");
  const [first = ""] = bare.split("\n", 1);
  try {
    return parse(bare, { columns: cellsOf, delimiter: delimiterOf(first), skip_empty_lines: true });
  } catch {
    return [];
  }
}

/** What is wrong with a cell; `kind` is the same where it is the same slip on another line. */
export interface WrongCell {
  readonly kind: string;
  readonly line: number;
  readonly field: string;
  readonly found: string;
  readonly remedy: string;
}

/** Each slip once, at its first line, with the other lines that have it. */
export function oncePerKind(file: string, cells: readonly WrongCell[]): Problem[] {
  return [...new Set(cells.map(({ kind }) => kind))].flatMap((kind) => {
    const [first, ...others] = cells.filter((cell) => cell.kind === kind);
    if (first === undefined) return [];
    const lines = others.map(({ line }) => line);
    const more = lines.length > 8 ? ` và ${lines.length - 8} dòng khác` : "";
    const also = lines.length === 0 ? "" : ` (cũng ở dòng ${lines.slice(0, 8).join(", ")}${more})`;
    return [csvProblem(file, first.line, first.field, `${first.found}${also}`, first.remedy)];
  });
}

function delimiterOf(head: string): string {
  return [",", ";", "\t"].find((one) => head.includes(one)) ?? ",";
}

/** The cells of the head line; in it none has a delimiter of its own. */
function cellsOf(head: string | readonly string[]): string[] {
  const cells = typeof head === "string" ? head.split(delimiterOf(head)) : head;
  return cells.map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

/** What is wrong with the head line, and what it is to be; null where it is right. */
function wrongHead(schema: z.ZodObject, head: readonly string[] | null): [string, string] | null {
  const columns = Object.entries(schema.shape).map(([name, field]) => ({
    name,
    isNeeded: !field.safeParse(undefined).success,
  }));
  const isKnown = (name: string): boolean => columns.some((column) => column.name === name);
  const missing = columns.filter(({ name, isNeeded }) => isNeeded && head?.includes(name) !== true);
  const others = (head ?? []).filter((name) => !isKnown(name));
  if (missing.length + others.length === 0) return null;
  const found = [
    ...(missing.length === 0 ? [] : [`thiếu cột ${missing.map(({ name }) => name).join(", ")}`]),
    ...(others.length === 0 ? [] : [`có cột không dùng: ${others.join(", ")}`]),
  ];
  const optional = columns.filter(({ isNeeded }) => !isNeeded).map(({ name }) => name);
  const needed = columns.filter(({ isNeeded }) => isNeeded).map(({ name }) => name);
  const more = optional.length === 0 ? "" : `; có thể thêm ${optional.join(", ")}`;
  return [
    head === null ? "tệp không có nội dung" : `dòng tiêu đề ${found.join("; ")}`,
    `Dòng tiêu đề ghi: ${needed.join(",")}${more}.`,
  ];
}

function wordsOf(message: string, typed: string): [found: string, remedy: string] {
  if (typed === "") return [/không được để trống/.test(message) ? message : "để trống", ""];
  const meant = dateMeant(typed) ?? numberMeant(typed);
  return [`ghi “${typed}”: ${message}`, meant === null ? "" : `Có phải là ${meant}?`];
}

function brokenWords(error: CsvError): [found: string, remedy: string] {
  if (error.code.includes("QUOTE")) return ['dấu " không khép hoặc đặt sai chỗ', ""];
  if (!/RECORD.*(?:COLUMNS|LENGTH)/.test(error.code)) return ["không đọc được như bảng CSV", ""];
  return [
    "số ô không bằng số cột của dòng tiêu đề",
    "Số ghi liền, phần thập phân sau dấu chấm (1500; 7.5); chữ có dấu phẩy để trong ngoặc kép.",
  ];
}

/** The same of a file that may be missing: no lines then. */
export function readIfThere<T extends z.ZodRawShape>(
  file: string,
  schema: z.ZodObject<T, z.core.$strict>,
  problems: Problem[],
): Line<z.infer<z.ZodObject<T>>>[] {
  return existsSync(file) ? readLines(file, schema, problems) : [];
}
