import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type ReportOfUnit, reportKey } from "../intake/allowed-reports.ts";
import { REMARK_HEADS } from "../vocabulary/form-code.ts";
import { readAllKept, readKept, writeKept } from "./kept-file.ts";

const Draft = z.object({
  plan: z.string(),
  period: z.string(),
  unit: z.string(),
  /** ISO text; also by what one knows that somebody else has saved since. */
  saved_at: z.string(),
  account: z.string(),
  /** What the account was called. */
  saved_by: z.string(),
  is_nil_return: z.boolean(),
  /** As typed, by `entryKey`. */
  values: z.record(z.string(), z.string()),
  /** By code of the measure. */
  notes: z.record(z.string(), z.string()),
  /** By head; earlier drafts have none. */
  remarks: z.partialRecord(z.enum(REMARK_HEADS), z.string()).default({}),
});

/** A report that a unit is filling in at the desk and has not sent yet; it counts for nothing. */
export type Draft = z.infer<typeof Draft>;

/** Drafts, one file each; those of a unit belong to all of its accounts. */
export class Drafts {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, "drafts");
  }

  /** @throws Failure when its file is not as the desk wrote it */
  async find(report: ReportOfUnit): Promise<Draft | null> {
    return readKept(this.#path(report), Draft);
  }

  async list(): Promise<Draft[]> {
    return readAllKept(this.#folder, Draft);
  }

  async save(draft: Draft): Promise<void> {
    await writeKept(this.#path(draft), draft);
  }

  async remove(report: ReportOfUnit): Promise<void> {
    await rm(this.#path(report), { force: true });
  }

  #path(report: ReportOfUnit): string {
    const name = createHash("sha256").update(reportKey(report)).digest("hex").slice(0, 32);
    return join(this.#folder, `${name}.json`);
  }
}
