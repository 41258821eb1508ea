/**
 * What is wrong with something that came in, and where. The words in `found` and `remedy` are for
 * the person who has to act on them, in Vietnamese.
 */
export interface Problem {
  /** `error` refuses the file; `doubt` lets it in and stays visible. */
  readonly severity: "error" | "doubt";
  /** A stable lower-case code such as `not_a_number`. */
  readonly code: string;
  readonly file: string;
  readonly sheet?: string | undefined;
  /** A1 reference within `sheet`; without a sheet the path of a JSON text, `reports[0].readings[3]`. */
  readonly cell?: string | undefined;
  /** 1-based line of a text file. */
  readonly line?: number | undefined;
  /** The field of a structured file in words, as in `chỉ tiêu "A" › target.value`, or a column. */
  readonly field?: string | undefined;
  readonly found: string;
  readonly remedy: string;
  /** The report of the file that it is about; absent where it is about the whole file. */
  readonly about?: ReportOfUnit | undefined;
}

/** A report that a file brings: plan, unit and period by their codes. */
export interface ReportOfUnit {
  readonly plan: string;
  readonly unit: string;
  readonly period: string;
}

/** `file:line: field: found. remedy`, the form in which operators read problems of source files. */
export function describeSourceProblem(problem: Problem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  const field = problem.field === undefined || problem.field === "" ? "" : `${problem.field}: `;
  return `${place}: ${field}${problem.found} ${problem.remedy}`.trimEnd();
}

/** `reports[0].readings[3]`: a path as other programs write it. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}
