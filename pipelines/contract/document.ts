import { z } from "zod";
import { signatureLines } from "../vocabulary/signature.ts";

/** What somebody wrote under the heads of a report, in the place of what its figures say. */
export const DocumentTexts = z.object({
  /** Also for everybody: somebody has said that they tell nothing which is not for all. */
  is_shared: z.boolean(),
  /** By head; a head with no paragraph is left out of the document. */
  heads: z.partialRecord(
    z.enum(["achieved", "shortcomings", "causes", "tasks", "proposals"]),
    z.array(z.string()),
  ),
});
export type DocumentTexts = z.infer<typeof DocumentTexts>;

/** Who did something at the desk, as he was called then, and when (ISO text). */
export const Hand = z.object({ name: z.string(), at: z.string() });
export type Hand = z.infer<typeof Hand>;

/** How the document of a version goes out: what was known of it when it was published. */
export const DocumentFacts = z.object({
  /** `05/BC-UBND`, with its date `YYYY-MM-DD`; null where they are left to be filled in by hand. */
  number: z.string().nullable(),
  dated: z.string().nullable(),
  /** Lines above the signature, `TM. Ủy ban nhân dân`, `KT. Chủ tịch`, `Phó Chủ tịch`; none: the plan's. */
  signature: z.array(z.string()),
  /** Who signs; null where the name is left out. */
  signatory: z.string().nullable(),
  /** The document that this one takes the place of. */
  replaces: z.object({ number: z.string(), dated: z.string() }).nullable(),
  /** Null where the figures alone speak. */
  texts: DocumentTexts.nullable().default(null),
  /** Who drew it up and who approved it; null of one that a command published. */
  prepared: Hand.nullable().default(null),
  approved: Hand.nullable().default(null),
  /** What of number, date and signature is another than of the version before. */
  changed: z
    .array(
      z.object({
        field: z.enum(["number", "dated", "signature", "signatory"]),
        /** Null where nothing was known of it. */
        old_value: z.string().nullable(),
        new_value: z.string(),
      }),
    )
    .default([]),
});
export type DocumentFacts = z.infer<typeof DocumentFacts>;

/** The lines above a signature and the name below it: those of a version, else of the plan. */
export function signedBy(
  { signature, signatory }: DocumentFacts,
  plan: {
    readonly document_authority: string | null;
    readonly document_signatory_title: string | null;
    readonly document_signatory: string | null;
  },
): { readonly lines: readonly string[]; readonly signatory: string | null } {
  if (signature.length > 0) return { lines: signature, signatory };
  const lines = [plan.document_authority, plan.document_signatory_title].flatMap((text) =>
    signatureLines(text ?? ""),
  );
  // the plan's name goes with the plan's office
  return { lines, signatory: signatory ?? plan.document_signatory };
}

/** Nothing known: number, date and name are filled in by hand, and the plan says who signs. */
export const NO_DOCUMENT: DocumentFacts = {
  number: null,
  dated: null,
  signature: [],
  signatory: null,
  replaces: null,
  texts: null,
  prepared: null,
  approved: null,
  changed: [],
};
