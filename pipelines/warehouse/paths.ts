import { join } from "node:path";

/** Where the generated state of one warehouse lies. */
export interface WarehousePaths {
  readonly folder: string;
  /** What the journal says, as tables; made again from it where it is lost or of an earlier layout. */
  readonly ledger: string;
  /** Every received file as it came, named by its sha256. */
  readonly archive: string;
  /** The journal, the only truth: one file per transaction, in their order. */
  readonly entries: string;
  /** Plan files as they last were without a fault, each with its tables. */
  readonly plans: string;
  /** Derived and disposable; the only file that readers open. */
  readonly marts: string;
  /** Answers to the senders of refused or doubtful files. */
  readonly replies: string;
  /** What the watch waits for, while one runs. */
  readonly watch: string;
  /** What the desk keeps for itself: accounts, sessions, drafts, the log of acts. */
  readonly desk: string;
  /** Plans as they were last read and checked; may be deleted, and is written again. */
  readonly checkedPlans: string;
}

/** The layout of a warehouse folder; nothing is created. */
export function warehousePaths(folder: string): WarehousePaths {
  return {
    folder,
    ledger: join(folder, "ledger.duckdb"),
    archive: join(folder, "archive"),
    entries: join(folder, "archive", "entries"),
    plans: join(folder, "archive", "plans"),
    marts: join(folder, "marts.duckdb"),
    replies: join(folder, "replies"),
    watch: join(folder, "watch.json"),
    desk: join(folder, "desk"),
    checkedPlans: join(folder, "checked-plans"),
  };
}
