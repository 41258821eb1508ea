import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { DocumentTexts, Hand } from "../contract/document.ts";
import { PublicationClass } from "../contract/report.ts";
import { readAllKept, readKept, writeKept } from "./kept-file.ts";

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

/** By what one knows that a proposal is the one that somebody has seen. */
export function proposalDigest(proposal: Proposal): string {
  return createHash("sha256").update(JSON.stringify(proposal)).digest("hex");
}

/** The proposal for each report, one file each, until it is published. */
export class Proposals {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, "proposals");
  }

  async list(): Promise<Proposal[]> {
    return readAllKept(this.#folder, Proposal);
  }

  /** @throws Failure when its file is not as the desk wrote it */
  async find(plan: string, period: string): Promise<Proposal | null> {
    return readKept(this.#path(plan, period), Proposal);
  }

  async save(proposal: Proposal): Promise<void> {
    await writeKept(this.#path(proposal.plan, proposal.period), proposal);
  }

  async remove({ plan, period }: Proposal): Promise<void> {
    await rm(this.#path(plan, period), { force: true });
  }

  #path(plan: string, period: string): string {
    const digest = createHash("sha256")
      .update(JSON.stringify([plan, period]))
      .digest("hex");
    return join(this.#folder, `${digest.slice(0, 32)}.json`);
  }
}
