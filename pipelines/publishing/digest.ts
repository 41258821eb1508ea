import { z } from "zod";
import { type Part, PublicationClass, partsOf } from "../contract/report.ts";
import { partDigest } from "../contract/sealing.ts";
import { sha256Of } from "../warehouse/files.ts";
import type { Contents } from "./draft-report.ts";

/** What the digest of a version covers besides its parts. Moments are ISO 8601 in UTC. */
export const SealedFacts = z.object({
  plan_id: z.string(),
  period: z.string(),
  version: z.number().int(),
  class: PublicationClass,
  reason: z.string(),
  is_final: z.boolean(),
  as_of: z.string(),
  recorded_at: z.string(),
  software_version: z.string(),
  plan_sha256: z.string(),
  inputs_sha256: z.string(),
  models_sha256: z.string(),
  lines_sha256: z.string(),
  /**
   * Random text in the digest of each part; empty in the oldest versions. Digests are published: without
   * it, withheld figures could be guessed until the digest fits.
   */
  nonce: z.string(),
  /** `CONTRACT_VERSION` of its parts; null of versions from before contracts had numbers. */
  contract_version: z.number().int().nullable(),
  /** sha256 of the seal before this version's; null for the first, and where there is no seal. */
  previous_seal: z.string().nullable(),
  /** The public key that the seal is signed with, in base64; null where it is not. */
  signed_by: z.string().nullable(),
  /** `DocumentFacts` as JSON; null where the document has none. */
  document: z.string().nullable(),
});
export type SealedFacts = z.infer<typeof SealedFacts>;

/**
 * The digest of a version: over its facts, the digests of its parts and the digest of the version
 * before it, so that a change to one version shows in all later ones.
 */
export function publicationDigest(
  facts: SealedFacts,
  contents: Readonly<Partial<Record<Part, readonly string[]>>>,
  previousSha256: string | null,
): string {
  const sealed = [
    facts.plan_id,
    facts.period,
    facts.version,
    facts.class,
    facts.reason,
    facts.is_final,
    facts.as_of,
    facts.recorded_at,
    facts.software_version,
    facts.plan_sha256,
    facts.inputs_sha256,
    facts.models_sha256,
    facts.lines_sha256,
    partsOf(facts.contract_version).map((part) => [
      part,
      partDigest(contents[part] ?? [], facts.nonce),
    ]),
    previousSha256,
    // facts that earlier versions lack must not change their digest
    ...(facts.contract_version === null
      ? []
      : [facts.contract_version, facts.previous_seal, facts.signed_by]),
    ...(facts.document === null ? [] : [facts.document]),
  ];
  return sha256Of(JSON.stringify(sealed));
}

/**
 * Digest of the content of a report: equal for versions with the same content, whoever may see it.
 */
export function substanceDigest(contents: Contents): string {
  const lines = contents.line.filter((text) => AudienceOf.parse(JSON.parse(text)) === "city");
  const parts = [contents.head, contents.item, lines, contents.unit, contents.shortfall];
  return sha256Of(JSON.stringify(parts.map((rows) => partDigest(rows, ""))));
}

const AudienceOf = z.object({ audience: z.string() }).transform(({ audience }) => audience);
