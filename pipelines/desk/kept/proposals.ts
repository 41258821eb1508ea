import { join } from "node:path";
import { z } from "zod";
import { DocumentTexts, Hand } from "../../contract/document.ts";
import { PublicationClass } from "../../contract/report.ts";
import { KeptFiles } from "./kept-file.ts";

const Proposal = z.object({
  plan: z.string(),
  period: z.string(),
  class: PublicationClass,
  reason: z.string(),
  is_final: z.boolean(),
  /** Open doubts and what has changed of earlier periods may stand. */
  lets_stand: z.boolean(),
  number: z.string().nullable(),
  dated: z.string().nullable(),
  signature: z.array(z.string()),
  signatory: z.string().nullable(),
  texts: DocumentTexts.nullable(),
  /** What the boxes of the written heads were filled with from the figures. */
  filled: DocumentTexts.shape.heads.optional(),
  prepared: Hand,
  /** Name of the account that prepared it. */
  account: z.string(),
  state: z.enum(["draft", "submitted", "returned"]),
  returned: Hand.extend({ reason: z.string() }).nullable(),
});

/** How a report is to be published: drawn up by staff, for a leader to approve. */
export type Proposal = z.infer<typeof Proposal>;

/** A proposal of which nothing is known yet but the report. */
export const EMPTY_PROPOSAL = {
  is_final: false,
  lets_stand: false,
  number: null,
  dated: null,
  signature: [],
  signatory: null,
  texts: null,
  state: "draft",
  returned: null,
} satisfies Partial<Proposal>;

/** The proposal for each report, until it is published. */
export class Proposals extends KeptFiles<typeof Proposal, Pick<Proposal, "plan" | "period">> {
  constructor(deskFolder: string) {
    super(join(deskFolder, "proposals"), Proposal, ({ plan, period }) =>
      JSON.stringify([plan, period]),
    );
  }
}
