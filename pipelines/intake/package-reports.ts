import { createHash } from "node:crypto";
import { discardFile } from "../ledger/archive.ts";
import { keptName } from "../readers/personal-data.ts";
import { WITHIN } from "../readers/received-file.ts";
import type { Delivery, OpenIntake, ReadFile } from "./delivery.ts";
import { reportKey } from "./judge.ts";
import { problemOf } from "./problem-wording.ts";
import type { ReadAhead } from "./read-ahead.ts";
import { readReceived, receive } from "./read-received.ts";

/**
 * The files of a package, those that report otherwise than another one for the same unit and period
 * with that problem: nobody can say which of them is meant.
 * @param ahead keeps the forms that were read for it
 */
export async function withDiffering(
  intake: OpenIntake,
  files: readonly Delivery[],
  ahead: ReadAhead,
): Promise<Delivery[]> {
  if (files.length < 2) return [...files];
  const reports = new Map<string, { file: Delivery; content: string }[]>();
  for (const file of files) {
    for (const [key, content] of await reportsOf(intake, file, ahead)) {
      reports.set(key, [...(reports.get(key) ?? []), { file, content: content }]);
    }
  }
  return files.map((file) => {
    for (const same of reports.values()) {
      const own = same.find((one) => one.file === file);
      const other = own && same.find(({ content }) => content !== own.content);
      if (other === undefined) continue;
      const kept = (name: string): string => keptName(name, intake.printed);
      const values = { other: kept(nameWithin(other.file.file)) };
      return { ...file, beside: [problemOf("packed_differing", kept(file.file), values)] };
    }
    return file;
  });
}

/** The name of a file without that of the package that came. */
export function nameWithin(file: string): string {
  const [, ...within] = file.split(WITHIN);
  return within.length === 0 ? file : within.join(WITHIN);
}

/** What a file reports, by unit and period; nothing of what it leaves blank. */
async function reportsOf(
  intake: OpenIntake,
  delivery: Delivery,
  ahead: ReadAhead,
): Promise<ReadonlyMap<string, string>> {
  if (await ahead.isForm(delivery)) {
    ahead.begin(delivery);
    const read = await ahead.take(delivery);
    if (read !== null) return reportsOfForm(read);
  }
  const file = await receive(intake, delivery);
  try {
    const read = await readReceived(intake, delivery, file);
    return read.judged?.reports ?? reportsOfForm(read);
  } finally {
    await discardFile(file);
  }
}

function reportsOfForm({ medium, isReadable, document }: ReadFile): Map<string, string> {
  if (document === null || (medium !== "form" && medium !== "json")) return new Map();
  const { submissions, readings } = document;
  return new Map(
    submissions.flatMap((one): [string, string][] => {
      const own = readings.filter((reading) => reportKey(reading) === reportKey(one));
      const filled = own.filter(({ value }) => value !== "");
      if (isReadable && filled.length === 0 && !one.nilReturn) return [];
      // of one that cannot be read nobody can say that it is the same
      const content = isReadable ? filled.map(figureKey) : ["?"];
      return [[reportKey(one), md5([...content, ...(one.nilReturn ? ["nil"] : [])].sort().join())]];
    }),
  );
}

/** As `csv_report` has it. */
const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

function figureKey({
  area,
  measure,
  value,
}: Readonly<Record<"area" | "measure" | "value", string>>) {
  return JSON.stringify([area, measure, value.trim().replace(/\.0+$/, "")]);
}
