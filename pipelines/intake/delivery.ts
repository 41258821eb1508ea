import type { FileContent } from "../ledger/archive.ts";
import type { Actor } from "../ledger/journal.ts";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import type { ReadingPool } from "../readers/reading-pool.ts";
import type { Medium, TextForm } from "../readers/received-file.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import type { Problem } from "../vocabulary/problem.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import type { AcceptedSubmission } from "./append-receipt.ts";
import type { JudgedFile } from "./judge.ts";
import type { Renamings } from "./resolve-names.ts";

/** A file to be ingested. */
export interface Delivery {
  /** The name the sender gave it; only shown, never used as a path. */
  readonly file: string;
  readonly content: FileContent;
  /** When it reached the office: decides on time or late, and which of two is the later one. */
  readonly receivedAt: Date;
  /** When the ledger learns of it. */
  readonly recordedAt: Date;
  /** An operator has said when it was received; otherwise the moment is the file's own. */
  readonly isMomentStated?: boolean;
  /** To be judged and put down once more even if that changes no figure. */
  readonly again?: boolean;
  /** It was packed in another file: when it is no report, nothing is put down about it. */
  readonly isPacked?: boolean;
  /** It lies where it came to lie at `receivedAt`: with a receipt of that moment it is that file. */
  readonly isInPlace?: boolean;
  /** Who handed it in, and by which way; the journal keeps it. */
  readonly by?: Actor;
  /** The only reports that whoever hands it in may send, as `reportKey` writes them; default: any. */
  readonly mayReport?: ReadonlySet<string>;
}

/** What became of a file. */
export interface Outcome extends TextForm {
  readonly file: string;
  readonly outcome: "accepted" | "refused" | "duplicate";
  readonly receipt_no: number;
  readonly sha256: string;
  readonly medium: Medium;
  /** It was put down before; nothing was added to the ledger. */
  readonly is_known: boolean;
  /** The archive has the file; else its sender has to take it away, since it holds personal data. */
  readonly is_kept: boolean;
  /** Every problem, in Vietnamese; of an accepted file the doubts. */
  readonly problems: readonly Problem[];
  /** What was accepted, the first 1000 of them. */
  readonly submissions: readonly AcceptedSubmission[];
  /** Of a duplicate: when the same bytes were accepted first, `YYYY-MM-DD HH:MM:SS` in office time. */
  readonly first_received_at: string | null;
  /** Of a duplicate: an operator has stated a moment with which these bytes are not in the ledger. */
  readonly moment_differs: boolean;
  /** Of a file that is refused or doubtful: where the reply to its sender lies. */
  readonly reply: string | null;
  /** Of such a workbook: where the copy of it lies in which the cells are marked. */
  readonly marked_workbook: string | null;
}

export interface IntakeSettings {
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  /** The figures are made up and must never be taken for real ones. */
  readonly isDemonstration: boolean;
  readonly softwareVersion: string;
}

/** Settings of an intake that is open, with what is made of them once. */
export interface OpenSettings extends IntakeSettings {
  readonly printed: PrintedTexts;
  readonly reading: ReadingPool;
  /** Asked of the tables of the intake once. */
  readonly renamings: () => Promise<Renamings>;
}

/**
 * What became of a file and, where it is an archive or a mail, after it of each file in it that is a
 * report.
 */
export type Outcomes = readonly [Outcome, ...Outcome[]];

/** What became of a delivery; of one that was packed and is no report, what it is. */
export type Taken = Outcomes | { readonly noReport: JudgedFile };
