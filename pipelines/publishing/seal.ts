import { READERS } from "../contract/report.ts";
import { filesDigest, inSealOrder, SEAL_RULE } from "../contract/sealing.ts";
import { sha256Of } from "../warehouse/files.ts";
import type { SealedFacts } from "./digest.ts";
import type { PublishedFile, StoredPublication } from "./stored-publication.ts";

/** What a seal covers. */
export interface Sealed {
  readonly publication_no: string;
  readonly facts: SealedFacts;
  /** The version's digest. */
  readonly sha256: string;
  readonly files: readonly Pick<PublishedFile, "audience" | "name" | "sha256">[];
  /** The rule by which the seal is made, see `SEAL_RULE`. */
  readonly rule?: number;
  /** Digests of unsealed versions of earlier programs since the seal before. */
  readonly unsealed: readonly string[];
}

/**
 * The seal of a version: a text with its digest, the digest of every public file, one digest of all
 * files of each other reader, and the sha256 of the seal before it in the warehouse, so that a change
 * under one seal shows in all later ones. The seal is public. The digest of a single file of the city
 * would let withheld figures be guessed, so theirs is taken with the version's random text.
 */
export function sealText({
  publication_no,
  facts,
  sha256,
  files,
  unsealed,
  rule = SEAL_RULE,
}: Sealed): string {
  const { plan_id, period, version, recorded_at, contract_version, signed_by } = facts;
  const filesFor = (audience: string) =>
    inSealOrder(files.filter((one) => one.audience === audience));
  // without a superior in the plan there is no digest for it
  const others = READERS.filter(
    (reader) => reader === "city" || (reader !== "shared" && filesFor(reader).length > 0),
  ).map((reader) => [reader, filesDigest(filesFor(reader), facts.nonce, rule)]);
  const seal = {
    seal: rule,
    publication_no,
    plan_id,
    period,
    version,
    recorded_at,
    contract_version,
    sha256,
    files: filesFor("shared"),
    files_of_others: Object.fromEntries(others),
    unsealed,
    previous: facts.previous_seal,
    signed_by,
  };
  return `${JSON.stringify(seal, null, 1)}\n`;
}

/** What comes before a seal. */
export interface Before {
  /** sha256 of the seal before; null for the first. */
  readonly previous_seal: string | null;
  readonly unsealed: readonly string[];
}

/** @param earlier every version that was published before, in that order */
export function sealBefore(earlier: readonly Pick<StoredPublication, "seal" | "sha256">[]): Before {
  const last = earlier.findLastIndex(({ seal }) => seal !== null);
  const seal = earlier[last]?.seal ?? null;
  return {
    previous_seal: seal === null ? null : sha256Of(seal),
    unsealed: earlier.slice(last + 1).map(({ sha256 }) => sha256),
  };
}
