import { existsSync, readFileSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";
import type { z } from "zod";
import type { Problem } from "../vocabulary/problem.ts";

/** A line of a CSV file of the sources, with its number in the file. */
export interface Line<T> {
  readonly value: T;
  readonly line: number;
}

/** What is wrong with a line of such a file. */
export function csvProblem(file: string, line: number, field: string, found: string): Problem {
  return {
    severity: "error",
    code: "area_file",
    file,
    line,
    field,
    found: `${found}.`,
    remedy: "",
  };
}

/** Says what is wrong with a line: `found` as words, or what reading stopped at. */
type ProblemOf = (line: number, field: string, found: string | Error) => Problem;

/**
 * Reads a CSV file with a head line, with commas or, as a spreadsheet in Vietnamese saves it,
 * semicolons. Adds every problem to `problems`; lines with one are left out.
 */
export function readLines<T>(
  file: string,
  schema: z.ZodType<T>,
  problems: Problem[],
  problemOf: ProblemOf = (line, field, found) =>
    csvProblem(file, line, field, typeof found === "string" ? found : fileWords(found)),
): Line<T>[] {
  let records: { record: unknown; info: { lines: number } }[];
  try {
    const text = readFileSync(file, "utf8");
    if (text.startsWith("PK\u0003\u0004")) throw new Error(WORKBOOK);
    const [head = ""] = text.split("\n", 1);
    records = parse(text, {
      bom: true,
      columns: true,
      delimiter: head.includes(",") ? "," : ";",
      info: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const line = error instanceof CsvError && "lines" in error ? Number(error.lines) : 1;
    problems.push(problemOf(line, "", error));
    return [];
  }
  return records.flatMap(({ record, info }) => {
    const parsed = schema.safeParse(record);
    if (parsed.success) return [{ value: parsed.data, line: info.lines }];
    for (const issue of parsed.error.issues) {
      problems.push(problemOf(info.lines, issue.path.join("."), wordsOf(issue, record)));
    }
    return [];
  });
}

function wordsOf(issue: z.core.$ZodIssue, record: unknown): string {
  if (/\p{L}.*[À-ỹ]/u.test(issue.message)) return issue.message;
  if (issue.code === "unrecognized_keys") return `không có cột ${issue.keys.join(", ")}`;
  const [column] = issue.path;
  const isThere = typeof record === "object" && record !== null && (column ?? "") in record;
  return isThere ? "giá trị không đúng cách ghi của cột này" : "thiếu cột này";
}

/** The first bytes of a workbook under another name. */
const WORKBOOK = "đây là tệp Excel; mở bằng Excel rồi lưu thành CSV UTF-8";

function fileWords(error: Error): string {
  if (error.message === WORKBOOK) return WORKBOOK;
  if ("code" in error && /RECORD.*(?:COLUMNS|LENGTH)/.test(String(error.code))) {
    return "dòng này có nhiều hoặc ít ô hơn dòng đầu: số thập phân ghi bằng dấu chấm (7.5), chữ có dấu phẩy để trong ngoặc kép";
  }
  if ("code" in error && error.code === "ENOENT") return "không có tệp này";
  return `không đọc được như một bảng CSV (${error.message.replace(/\.$/, "")})`;
}

/** The same of a file that may be missing: no lines then. */
export function readIfThere<T>(
  file: string,
  schema: z.ZodType<T>,
  problems: Problem[],
  problemOf?: ProblemOf,
): Line<T>[] {
  return existsSync(file) ? readLines(file, schema, problems, problemOf) : [];
}
