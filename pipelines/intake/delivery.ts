import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { FileContent } from "../ledger/archive.ts";
import type { Actor } from "../ledger/journal.ts";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import type { HandedVersion } from "../readers/handed-reader.ts";
import type { RawDocument } from "../readers/raw-document.ts";
import {
  type Medium,
  NO_TEXT,
  type ReceivedFile,
  type TextForm,
} from "../readers/received-file.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import type { EarlierAcceptance } from "./earlier-receipts.ts";
import { NO_ROWS, type RowRange } from "./intake-tables.ts";
import type { ReadingPool } from "./reading-pool.ts";
import type { Renamings } from "./resolve-names.ts";
import type { JudgedText } from "./text-reading.ts";

/** A file to be ingested. */
export interface Delivery {
  /** The name the sender gave it; only shown, never used as a path. */
  readonly file: string;
  readonly content: FileContent;
  /** When it reached the office: decides on time or late, and which of two reports counts. */
  readonly receivedAt: Date;
  /** When the ledger learns of it. */
  readonly recordedAt: Date;
  /** The moment was given by an operator; otherwise it is the time of the file. */
  readonly isMomentStated?: boolean;
  /** Ingest again even if nothing would change. */
  readonly again?: boolean;
  /** Filled in on a page, where what comes back to an earlier report is meant. */
  readonly isTyped?: boolean;
  /** Part of a package: gets no receipt unless it is a report. */
  readonly isPacked?: boolean;
  /** What is wrong with it beside the other files of its package. */
  readonly beside?: readonly Problem[];
  /** Still in place since `receivedAt`; a receipt with that time is this file. */
  readonly isInPlace?: boolean;
  /** Who handed it in, and how, for the journal. */
  readonly by?: Actor;
  /** The only reports that the sender may send, as `reportKey` writes them; default: any. */
  readonly mayReport?: ReadonlySet<string>;
}

export const AcceptedSubmission = z.object({
  plan_id: z.string(),
  unit_id: z.string(),
  unit_name: z.string(),
  period: z.string(),
  period_name: z.string(),
  is_nil_return: z.boolean(),
  /** Readings with a value or a nil. */
  readings: WholeNumber,
  /** Replaces an earlier report of the unit for the period. */
  replaces_earlier: z.boolean(),
  /** Figures of the replaced report that are blank or missing in this one. */
  left_out: WholeNumber,
  /** Office time of a report received later, which counts instead; null where there is none. */
  newer_received_at: z.string().nullable(),
});

/** One unit's report for one period that was accepted. */
export type AcceptedSubmission = Readonly<z.infer<typeof AcceptedSubmission>>;

/** What became of a file. */
export interface Outcome extends TextForm {
  readonly file: string;
  readonly outcome: "accepted" | "refused" | "duplicate";
  readonly receipt_no: number;
  readonly sha256: string;
  readonly medium: Medium;
  /** Recorded before; nothing was added to the ledger. */
  readonly is_known: boolean;
  /** The file is in the archive; otherwise its sender must remove it, since it has personal data. */
  readonly is_kept: boolean;
  /** Every problem, in Vietnamese; of an accepted file the doubts. */
  readonly problems: readonly Problem[];
  /** Names words in it that became neither figure nor note; empty where there are none. */
  readonly unread: string;
  /** What was accepted, the first 1000 of them. */
  readonly submissions: readonly AcceptedSubmission[];
  /** Of a duplicate: when the same bytes were accepted first, `YYYY-MM-DD HH:MM:SS` in office time. */
  readonly first_received_at: string | null;
  /** Of a duplicate: these bytes are not in the ledger with the moment given by an operator. */
  readonly moment_differs: boolean;
  /** Path of the reply to the sender of a refused or doubtful file. */
  readonly reply: string | null;
  /** Path of the copy of such a workbook in which the cells are marked. */
  readonly marked_workbook: string | null;
}

/** The outcome of a file; for a package followed by those of the reports in it. */
export type Outcomes = readonly [Outcome, ...Outcome[]];

/** The outcomes of a delivery; for a part of a package that is no report, the judged file. */
export type Taken = Outcomes | { readonly noReport: JudgedFile };

export interface IntakeSettings {
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  /** The figures are made up and must never be taken for real ones. */
  readonly isDemonstration: boolean;
  readonly softwareVersion: string;
}

/** An intake that is open: settings, the ledger's connection, and values computed once. */
export interface OpenIntake extends IntakeSettings {
  readonly connection: DuckDBConnection;
  /** Texts that the office prints on its forms, which are never personal data. */
  readonly printed: PrintedTexts;
  /** Reads files in a process of its own. */
  readonly reading: ReadingPool;
  /** Waits for what is read; others have the ledger while it takes long. */
  readonly apart: <T>(reading: Promise<T>) => Promise<T>;
  /** Areas that were renamed. */
  readonly renamings: () => Promise<Renamings>;
}

/** A file that was read; each further step of intake adds what it found. */
export interface ReadFile {
  readonly delivery: Delivery;
  /** The private copy; its name is not about a person. */
  readonly file: ReceivedFile;
  readonly medium: Medium;
  readonly text: TextForm;
  /** Content of a form, or only its identity where it could not be read; null for other files. */
  readonly document: RawDocument | null;
  /** What another office handed up; null of other files. */
  readonly version: HandedVersion | null;
  /** Lines above the names of the columns of a text file. */
  readonly above?: readonly string[];
  /** A text file as it was judged; null of other files. */
  readonly judged: JudgedText | null;
  /** There are readings to be checked. */
  readonly isReadable: boolean;
  /** Its unit and period are known, even if nothing else is. */
  readonly hasClaims: boolean;
  readonly problems: readonly Problem[];
}

/** The same file, judged. */
export interface JudgedFile extends ReadFile {
  /** Its rows in `intake.claim` and `intake.judged`. */
  readonly rows: RowRange;
  /** Names words in it that went nowhere; empty where there are none. */
  readonly unread: string;
  /** Its notes that may be about a person. */
  readonly held: readonly string[];
  /** The earlier acceptance of the same bytes, where ingesting them again changes nothing. */
  readonly repeats: EarlierAcceptance | null;
}

/** A file that was not read, and why. */
export function unreadFile(
  { delivery, file }: Pick<ReadFile, "delivery" | "file">,
  medium: Medium,
  problems: readonly Problem[],
): JudgedFile {
  return {
    ...{ delivery, file, medium, problems },
    ...{
      text: NO_TEXT,
      document: null,
      version: null,
      judged: null,
      isReadable: false,
      hasClaims: false,
    },
    ...{ rows: NO_ROWS, unread: "", held: [], repeats: null },
  };
}
