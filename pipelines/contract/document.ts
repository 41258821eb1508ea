import { z } from "zod";
import { signatureLines } from "../vocabulary/signature.ts";
import { WRITTEN_HEADS } from "./text-heads.ts";

/** Written texts of a report, in place of those derived from figures. */
export const DocumentTexts = z.object({
  /** Somebody released them for everybody. */
  is_shared: z.boolean(),
  /** By head; a head with no paragraph is left out of the document. */
  heads: z.partialRecord(z.enum(WRITTEN_HEADS), z.array(z.string())),
});
export type DocumentTexts = z.infer<typeof DocumentTexts>;

/** Who did something at the desk, by the name at that time, and when (ISO text). */
export const Hand = z.object({ name: z.string(), at: z.string() });
export type Hand = z.infer<typeof Hand>;

/** The facts of a version's document when it was published. */
export const DocumentFacts = z.object({
  /** `05/BC-UBND`, with its date `YYYY-MM-DD`; null where they are filled in by hand. */
  number: z.string().nullable(),
  dated: z.string().nullable(),
  /** Lines above the signature, `TM. Ủy ban nhân dân`, `KT. Chủ tịch`, `Phó Chủ tịch`; none: the plan's. */
  signature: z.array(z.string()),
  /** Name of the signatory; null where left out. */
  signatory: z.string().nullable(),
  /** The document that this one replaces. */
  replaces: z.object({ number: z.string(), dated: z.string() }).nullable(),
  /** Null where all texts are derived from figures. */
  texts: DocumentTexts.nullable().default(null),
  /** Who prepared and who approved it; null when published by a command. */
  prepared: Hand.nullable().default(null),
  approved: Hand.nullable().default(null),
  /** Changes of number, date and signature since the version before. */
  changed: z
    .array(
      z.object({
        field: z.enum(["number", "dated", "signature", "signatory"]),
        /** Null where it was unknown. */
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

/** No facts: number, date and name are filled in by hand, the plan says who signs. */
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
