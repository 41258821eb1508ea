import { join } from "node:path";
import { NEVER_KEPT } from "../ledger/archive.ts";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import { PACKAGE } from "../readers/file-kind.ts";
import type { PackageReading } from "../readers/package-reader.ts";
import {
  isCertain,
  isPersonal,
  keptName,
  PERSONAL_DATA,
  signsIn,
} from "../readers/personal-data.ts";
import { namesOf } from "../readers/personal-data-wording.ts";
import { WITHIN } from "../readers/received-file.ts";
import { PACKAGE_REFUSALS } from "../readers/workbook-guard.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { withNewFolder } from "../warehouse/files.ts";
import {
  type Delivery,
  type JudgedFile,
  type OpenIntake,
  type Outcome,
  type Outcomes,
  type ReadFile,
  type Taken,
  unreadFile,
} from "./delivery.ts";
import { findAccepted } from "./earlier-receipts.ts";
import { nameWithin, withDiffering } from "./package-reports.ts";
import { NOT_QUOTED, type ProblemCode, problemOf } from "./problem-wording.ts";
import { openReadAhead, type ReadAhead } from "./read-ahead.ts";
import { unreadWords } from "./read-received.ts";
import { isFileKept, recordOne } from "./record-receipt.ts";
import { figuresOfLetter } from "./unread-writing.ts";

/**
 * Files in a package of a sender who reports for single units: it is taken in at one go, while others
 * wait, and a unit owes a form a plan and period.
 */
const MAX_FILES_OF_UNIT = 30;

/** Ingests files one after another, like any others. */
type IngestWithin = (
  within: readonly Delivery[],
  ahead: ReadAhead,
) => AsyncIterable<Taken | Failure>;

/**
 * Ingests each file of an archive or a mail by itself, as if it had come at the same moment, and then
 * records the package itself: what has a receipt has been opened to its end.
 */
export async function ingestPackage(
  intake: OpenIntake,
  read: ReadFile,
  ingestWithin: IngestWithin,
): Promise<Outcomes> {
  const { file, delivery } = read;
  try {
    const outcomes: Outcome[] = [];
    const open = async (within: readonly Delivery[]): Promise<PackedOutcome[]> => {
      const packed: PackedOutcome[] = [];
      const ahead = openReadAhead(intake);
      const files = await withDiffering(intake, within, ahead);
      for await (const taken of ingestWithin(files, ahead)) {
        // a package is taken whole or not at all: it stays where it is
        if (taken instanceof Failure) throw taken;
        if ("noReport" in taken) {
          const { file: other, problems } = taken.noReport;
          packed.push({ file: other.name, problems, isReport: false });
        } else {
          packed.push(...taken.map((one) => ({ ...one, isReport: true })));
          outcomes.push(...taken);
        }
      }
      return packed;
    };
    const judged = await withNewFolder(`${file.path}-`, (folder) =>
      openPackage(intake, read, folder, open),
    );
    const mayRepeat =
      delivery.again !== true &&
      outcomes.length > 0 &&
      outcomes.every(({ outcome }) => outcome === "duplicate") &&
      isFileKept(judged);
    const { connection } = intake;
    const repeats = mayRepeat
      ? await findAccepted(connection, file.sha256, delivery.receivedAt)
      : null;
    const own = repeats === null ? judged : { ...judged, problems: problemsBeside(read), repeats };
    return [await recordOne(intake, own), ...outcomes];
  } catch (error) {
    throw fileFailure(error, `Không mở được ${shownText(file.name)}`);
  }
}

/** The problems of a package besides that it is one: those of its name. */
function problemsBeside({ problems }: ReadFile): Problem[] {
  return problems.filter(({ code }) => code !== PACKAGE);
}

/** Unpacks a package into an empty folder and ingests what is in it. @returns the package, judged */
async function openPackage(
  { reading, apart, printed, catalogue }: OpenIntake,
  read: ReadFile,
  folder: string,
  ingestPacked: (within: readonly Delivery[]) => Promise<PackedOutcome[]>,
): Promise<JudgedFile> {
  const { file, delivery } = read;
  const judge = (problems: readonly Problem[]): JudgedFile =>
    unreadFile(read, "package", [...problemsBeside(read), ...problems]);
  const opened = await apart(reading.unpack(file, folder));
  if ("unread" in opened) {
    const [code, values] = unreadWords(opened);
    return judge([problemOf(code, file.name, values)]);
  }
  const most = delivery.mayReport === undefined ? Number.POSITIVE_INFINITY : MAX_FILES_OF_UNIT;
  if (!opened.ok || opened.files.length > most) {
    const refusal = opened.ok ? PACKAGE_REFUSALS.too_large : opened.refusal;
    return judge([{ severity: "error", file: file.name, ...refusal }]);
  }
  const packed = await ingestPacked(
    opened.files.map((one): Delivery => {
      const content = { path: join(folder, one.file) };
      return { ...delivery, file: `${file.name}${WITHIN}${one.name}`, content, isPacked: true };
    }),
  );
  const shut = opened.shut.map((one) => ({ ...one, name: keptName(one.name, printed) }));
  const ofLetter = letterProblems(opened.letter, catalogue, printed);
  const isNamed = [...opened.files, ...opened.shut].some(
    ({ name }) => keptName(name, printed, isCertain) !== name,
  );
  return judge(packageProblems(file.name, { ...opened, shut }, { packed, ofLetter, isNamed }));
}

/** The problems of a letter: what it corrects and counts is in none of the files, and it may tell of a person. */
function letterProblems(
  letter: readonly string[],
  catalogue: Catalogue,
  printed: PrintedTexts,
): [ProblemCode, Record<string, string>][] {
  const figures = figuresOfLetter(letter, catalogue);
  const isAboutPerson = (line: string): boolean =>
    signsIn(line, printed).some(
      ({ kind, certainty }) => certainty !== "certain" && kind !== "name",
    );
  const quoted = figures.map((line) => (signsIn(line, printed).length > 0 ? NOT_QUOTED : line));
  const problems: [ProblemCode, Record<string, string>][] = [];
  if (quoted.length > 0) {
    problems.push(["letter_figures", { figures: quoted.slice(0, MAX_NAMED).join("; ") }]);
  }
  if (letter.some(isAboutPerson)) problems.push(["letter_may_be_personal", {}]);
  return problems;
}

/** What became of a file in a package. */
interface PackedOutcome {
  /** `a.zip › Phường A.xlsx` */
  readonly file: string;
  readonly problems: readonly Problem[];
  /** It is a report, whatever became of it, and has a receipt of its own. */
  readonly isReport: boolean;
}

/** A problem of the package in its words, which may have another code. */
type ProblemOf = (words: ProblemCode, values?: Record<string, string>, code?: string) => Problem;

/** So many files that are no reports are named. */
const MAX_NAMED = 20;

/**
 * The problems of a package that was opened: which of its files are no reports, which packages in it
 * could not be opened, and why it is not kept. It is refused where no report was in it.
 */
function packageProblems(
  file: string,
  { shut, personal }: Extract<PackageReading, { ok: true }>,
  {
    packed,
    ofLetter,
    isNamed,
  }: {
    readonly packed: readonly PackedOutcome[];
    readonly ofLetter: readonly [ProblemCode, Record<string, string>][];
    /** A name in it is certainly about a person; it stands in the bytes of the package, too. */
    readonly isNamed: boolean;
  },
): Problem[] {
  const hasReports = packed.some(({ isReport }) => isReport);
  const severity = hasReports ? "doubt" : "error";
  const packageProblem: ProblemOf = (words, values, code = words) => ({
    ...problemOf(words, file, values, { severity }),
    code,
  });
  const notReports = packed.filter(({ isReport }) => !isReport);
  const named = notReports.slice(0, MAX_NAMED).flatMap((one): Problem[] => {
    const [problem] = one.problems;
    // nothing is quoted of what must not be kept
    if (problem === undefined || isPersonal(one.problems)) return [];
    const values = { name: nameWithin(one.file), found: problem.found };
    return [packageProblem("packed_no_report", values)];
  });
  const more = notReports.length - MAX_NAMED;
  return [
    ...(hasReports ? [] : [packageProblem("package_without_reports")]),
    ...notKept(packed, packageProblem),
    ...(isNamed ? [packageProblem("packed_named", {}, PERSONAL_DATA)] : []),
    ...(personal.length === 0
      ? []
      : [packageProblem("letter_personal", { kinds: namesOf(personal) }, PERSONAL_DATA)]),
    ...ofLetter.map(([code, values]) => packageProblem(code, values)),
    ...shut.map(({ code, ...values }) => packageProblem("packed_shut", values, code)),
    ...named,
    ...(more > 0 ? [packageProblem("packed_more", { count: String(more) })] : []),
  ];
}

/** Of files that must not be kept, for which the package that holds them is not kept either. */
function notKept(packed: readonly PackedOutcome[], packageProblem: ProblemOf): Problem[] {
  const without = packed.flatMap(({ file, problems }) => {
    const codes = problems.map(({ code }) => code).filter((code) => NEVER_KEPT.includes(code));
    const [code] = codes.includes(PERSONAL_DATA) ? [PERSONAL_DATA] : codes;
    return code === undefined ? [] : [{ code, name: nameWithin(file) }];
  });
  return [...new Set(without.map(({ code }) => code))].map((code) => {
    const names = without.filter((one) => one.code === code).map(({ name }) => `“${name}”`);
    const listed = names.slice(0, MAX_NAMED).join(", ");
    const words = code === PERSONAL_DATA ? "packed_personal" : "packed_too_large";
    return packageProblem(words, { names: listed }, code);
  });
}
