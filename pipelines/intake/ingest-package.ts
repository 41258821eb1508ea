import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { PACKAGE } from "../readers/file-kind.ts";
import { WITHIN } from "../readers/package-reader.ts";
import { NO_TEXT } from "../readers/received-file.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import type { Delivery, OpenSettings, Outcome, Outcomes, Taken } from "./delivery.ts";
import type { EarlierAcceptance } from "./earlier-receipts.ts";
import { NO_ROWS } from "./intake-tables.ts";
import { type JudgedFile, keptName, type ReadFile, unreadWords } from "./judge.ts";
import { type PackedOutcome, packageProblems } from "./package-problems.ts";
import { word } from "./problem-wording.ts";
import { isFileKept, putOneDown } from "./record-receipt.ts";

/**
 * Takes each file of an archive or a mail by itself, as if it had come at the same moment, and then
 * puts down the package itself: what has a receipt has been opened to its end.
 * @param ingestAll takes files in one after another, like any others
 */
export async function ingestPackage(
  connection: DuckDBConnection,
  settings: OpenSettings,
  ingestAll: (within: readonly Delivery[]) => AsyncIterable<Taken | Failure>,
  {
    delivery,
    read,
    earlier,
  }: { delivery: Delivery; read: ReadFile; earlier: EarlierAcceptance | null },
): Promise<Outcomes> {
  const { file } = read;
  const folder = `${file.path}-files`;
  try {
    await mkdir(folder);
    const reading = await settings.reading.unpack(file, folder);
    const named = read.problems.filter(({ code }) => code !== PACKAGE);
    const outcomes: Outcome[] = [];
    const judge = (problems: readonly Problem[]): JudgedFile => ({
      ...{ file, medium: "package", text: NO_TEXT, hasClaims: false, rows: NO_ROWS, held: [] },
      problems: [...named, ...problems],
    });
    const refuse = (code: string, { found, remedy }: ReturnType<typeof word>): JudgedFile =>
      judge([{ severity: "error", code, file: file.name, found, remedy }]);
    let judged: JudgedFile;
    if ("unread" in reading) {
      const [code, values] = unreadWords(reading);
      judged = refuse(code, word(code, values));
    } else if (reading.ok) {
      const packed: PackedOutcome[] = [];
      const within = reading.files.map((one): Delivery => {
        const content = { path: join(folder, one.file) };
        return { ...delivery, file: `${file.name}${WITHIN}${one.name}`, content, isPacked: true };
      });
      for await (const taken of ingestAll(within)) {
        // what is missing of a package is told by all of it: it stays where it is
        if (taken instanceof Failure) throw taken;
        if ("noReport" in taken) {
          const { file: other, problems } = taken.noReport;
          packed.push({ file: other.name, problems, isReport: false });
        } else {
          for (const one of taken) packed.push({ ...one, isReport: true });
          outcomes.push(...taken);
        }
      }
      const shut = reading.shut.map((one) => ({
        ...one,
        name: keptName(one.name, settings.printed),
      }));
      judged = judge(packageProblems(file, { ...reading, shut }, packed));
    } else {
      judged = refuse(reading.refusal.code, reading.refusal);
    }
    const isRepeated =
      outcomes.length > 0 &&
      outcomes.every(({ outcome }) => outcome === "duplicate") &&
      isFileKept(judged);
    if (delivery.again !== true && isRepeated && earlier !== null) {
      const repeated = { delivery, duplicate: earlier, judged: judge([]) };
      return [await putOneDown(connection, settings, repeated), ...outcomes];
    }
    const judgement = { delivery, duplicate: null, judged };
    return [await putOneDown(connection, settings, judgement), ...outcomes];
  } catch (error) {
    throw fileFailure(error, `${shownText(file.name)} could not be opened`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
