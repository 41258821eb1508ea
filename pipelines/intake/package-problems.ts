import { NEVER_KEPT } from "../ledger/archive.ts";
import { type PackageReading, WITHIN } from "../readers/package-reader.ts";
import { isPersonal, PERSONAL_DATA } from "../readers/personal-data.ts";
import { namesOf } from "../readers/personal-data-wording.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { word } from "./problem-wording.ts";

/** What became of a file in a package. */
export interface PackedOutcome {
  /** `a.zip › Phường A.xlsx` */
  readonly file: string;
  readonly problems: readonly Problem[];
  /** It is a report, whatever became of it, and has a receipt of its own. */
  readonly isReport: boolean;
}

/** So many files that are no reports are named. */
const MAX_NAMED = 20;

/**
 * The problems of a package that was opened: which of its files are no reports, which packages in it
 * could not be opened, and why it is not kept. It is refused where no report was in it.
 */
export function packageProblems(
  file: string,
  { shut, personal }: Extract<PackageReading, { ok: true }>,
  packed: readonly PackedOutcome[],
): Problem[] {
  const hasReports = packed.some(({ isReport }) => isReport);
  const severity = hasReports ? "doubt" : "error";
  const tell = (code: string, words: ReturnType<typeof word>): Problem => ({
    severity,
    code,
    file,
    ...words,
  });
  const notReports = packed.filter(({ isReport }) => !isReport);
  const named = notReports.slice(0, MAX_NAMED).flatMap((one): Problem[] => {
    const [problem] = one.problems;
    // nothing is quoted of what must not be kept
    if (problem === undefined || isPersonal(one.problems)) return [];
    const values = { name: nameWithin(one.file), found: problem.found };
    return [tell("packed_no_report", word("packed_no_report", values))];
  });
  const more = notReports.length - MAX_NAMED;
  return [
    ...(hasReports ? [] : [tell("package_without_reports", word("package_without_reports"))]),
    ...notKept(packed, tell),
    ...(personal.length === 0
      ? []
      : [tell(PERSONAL_DATA, word("letter_personal", { kinds: namesOf(personal) }))]),
    ...shut.map(({ code, name, found, remedy }) =>
      tell(code, word("packed_shut", { name, found, remedy })),
    ),
    ...named,
    ...(more > 0 ? [tell("packed_more", word("packed_more", { count: String(more) }))] : []),
  ];
}

/** Of files that must not be kept, for which the package that holds them is not kept either. */
function notKept(
  packed: readonly PackedOutcome[],
  tell: (code: string, words: ReturnType<typeof word>) => Problem,
): Problem[] {
  const without = packed.flatMap(({ file, problems }) => {
    const codes = problems.map(({ code }) => code).filter((code) => NEVER_KEPT.includes(code));
    const [code] = codes.includes(PERSONAL_DATA) ? [PERSONAL_DATA] : codes;
    return code === undefined ? [] : [{ code, name: nameWithin(file) }];
  });
  return [...new Set(without.map(({ code }) => code))].map((code) => {
    const names = without.filter((one) => one.code === code).map(({ name }) => `“${name}”`);
    const listed = names.slice(0, MAX_NAMED).join(", ");
    const words = code === PERSONAL_DATA ? "packed_personal" : "packed_too_large";
    return tell(code, word(words, { names: listed }));
  });
}

/** The name of a file without that of the package that came. */
function nameWithin(file: string): string {
  const [, ...within] = file.split(WITHIN);
  return within.length === 0 ? file : within.join(WITHIN);
}
