import type { FormReading } from "../readers/form-reader.ts";
import type { HandedReading } from "../readers/handed-reader.ts";
import type { JsonReading } from "../readers/json-reader.ts";
import type { PackageReading } from "../readers/package-reader.ts";
import type { ReceivedFile } from "../readers/received-file.ts";
import type { Refusal } from "../readers/workbook-guard.ts";
import type { PlanReading } from "../reading-plans/read-plan.ts";
import type { KnownUnit } from "../reading-plans/units.ts";
import type { Problem } from "../vocabulary/problem.ts";
import type { TextQuestion, TextReading } from "./text-reading.ts";

/** What the reading process is asked. */
export type ReadingQuestion =
  /** From now on these are the texts that the office itself prints. */
  | { readonly kind: "printed"; readonly texts: readonly string[] }
  | { readonly kind: "form"; readonly path: string; readonly name: string }
  | { readonly kind: "text"; readonly file: ReceivedFile }
  | { readonly kind: "handed"; readonly path: string }
  | { readonly kind: "json"; readonly path: string; readonly name: string }
  /** A plan as a document; the units are those that the office knows. */
  | { readonly kind: "plan"; readonly path: string; readonly units: readonly KnownUnit[] }
  /** A long CSV file, with what it is judged by. */
  | { readonly kind: "csv"; readonly asked: TextQuestion }
  /** The files of a package are written into an empty folder. */
  | { readonly kind: "package"; readonly path: string; readonly folder: string };

/** What it makes of a file, by the kind of question. */
export interface Readings {
  readonly form: FormReading;
  readonly text: Problem[];
  readonly handed: HandedReading;
  readonly json: JsonReading;
  readonly csv: TextReading | null;
  readonly package: PackageReading;
  readonly plan: PlanReading | Refusal;
}

/** What it answers. */
export type ReadingAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "read"; readonly reading: Readings[keyof Readings] }
  /** What was unpacked could not be written; the code is one of the system's. */
  | { readonly kind: "unwritten"; readonly code: string; readonly message: string }
  /** An exception of a reader: it is about the file. */
  | { readonly kind: "failed"; readonly message: string };
