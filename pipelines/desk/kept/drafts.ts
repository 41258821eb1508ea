import { join } from "node:path";
import { z } from "zod";
import { reportKey } from "../../intake/judge.ts";
import { REMARK_HEADS } from "../../vocabulary/form-code.ts";
import type { ReportOfUnit } from "../../vocabulary/problem.ts";
import { KeptFiles } from "./kept-file.ts";

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

/** Drafts; those of a unit belong to all of its accounts. */
export class Drafts extends KeptFiles<typeof Draft, ReportOfUnit> {
  constructor(deskFolder: string) {
    super(join(deskFolder, "drafts"), Draft, reportKey);
  }
}
