import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { PACKAGE } from "../readers/file-kind.ts";
import { WITHIN } from "../readers/package-reader.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
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
import type { EarlierAcceptance } from "./earlier-receipts.ts";
import { type PackedOutcome, packageProblems } from "./package-problems.ts";
import { word } from "./problem-wording.ts";
import { keptName, unreadWords } from "./read-received.ts";
import { isFileKept, recordOne } from "./record-receipt.ts";

interface Within {
  readonly earlier: EarlierAcceptance | null;
  /** Ingests files one after another, like any others. */
  readonly ingestWithin: (within: readonly Delivery[]) => AsyncIterable<Taken | Failure>;
}

/**
 * Ingests each file of an archive or a mail by itself, as if it had come at the same moment, and then
 * records the package itself: what has a receipt has been opened to its end.
 */
export async function ingestPackage(
  intake: OpenIntake,
  read: ReadFile,
  { earlier, ingestWithin }: Within,
): Promise<Outcomes> {
  const { file, delivery } = read;
  const folder = `${file.path}-files`;
  try {
    await mkdir(folder);
    const outcomes: Outcome[] = [];
    const judged = await openPackage(intake, read, folder, async (within) => {
      const packed: PackedOutcome[] = [];
      for await (const taken of ingestWithin(within)) {
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
    });
    const isRepeated =
      delivery.again !== true &&
      earlier !== null &&
      outcomes.length > 0 &&
      outcomes.every(({ outcome }) => outcome === "duplicate") &&
      isFileKept(judged);
    const own = isRepeated
      ? { ...judged, problems: problemsBeside(read), repeats: earlier }
      : judged;
    return [await recordOne(intake, own), ...outcomes];
  } catch (error) {
    throw fileFailure(error, `${shownText(file.name)} could not be opened`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The problems of a package besides that it is one: those of its name. */
function problemsBeside({ problems }: ReadFile): Problem[] {
  return problems.filter(({ code }) => code !== PACKAGE);
}

/** Unpacks a package into an empty folder and ingests what is in it. @returns the package, judged */
async function openPackage(
  { reading, printed }: OpenIntake,
  read: ReadFile,
  folder: string,
  ingestPacked: (within: readonly Delivery[]) => Promise<PackedOutcome[]>,
): Promise<JudgedFile> {
  const { file, delivery } = read;
  const judge = (problems: readonly Problem[]): JudgedFile =>
    unreadFile(read, "package", [...problemsBeside(read), ...problems]);
  const refuse = (code: string, { found, remedy }: ReturnType<typeof word>): JudgedFile =>
    judge([{ severity: "error", code, file: file.name, found, remedy }]);
  const opened = await reading.unpack(file, folder);
  if ("unread" in opened) {
    const [code, values] = unreadWords(opened);
    return refuse(code, word(code, values));
  }
  if (!opened.ok) return refuse(opened.refusal.code, opened.refusal);
  const packed = await ingestPacked(
    opened.files.map((one): Delivery => {
      const content = { path: join(folder, one.file) };
      return { ...delivery, file: `${file.name}${WITHIN}${one.name}`, content, isPacked: true };
    }),
  );
  const shut = opened.shut.map((one) => ({ ...one, name: keptName(one.name, printed) }));
  return judge(packageProblems(file.name, { ...opened, shut }, packed));
}
