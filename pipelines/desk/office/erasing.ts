import { join } from "node:path";
import { removeTakenCopies } from "../../intake/processed-files.ts";
import type { WrittenText } from "../../ledger/entry-texts.ts";
import {
  type Erasure,
  type ErasureRequest,
  erase,
  meaning,
  plannedErasure,
  writtenTexts,
} from "../../ledger/erase.ts";
import type { Actor } from "../../ledger/journal.ts";
import { sha256Of } from "../../warehouse/files.ts";
import type { Office, Turn } from "./office.ts";
import { type Unsent, unsentWith } from "./unsent.ts";

/** What would go with some texts, and where they stand besides. */
export interface FoundTexts extends Erasure {
  readonly unsent: readonly Unsent[];
}

/** Opaque id of a text in forms of the desk; never in URLs or logs. */
export function idOfText({ text }: Pick<WrittenText, "text">): string {
  return sha256Of(text).slice(0, 32);
}

/**
 * What would go if every text went in which some words stand.
 * @throws Failure when the journal is not whole
 */
export async function lookForTexts(office: Office, words: string): Promise<FoundTexts> {
  const wanted = { receipts: [], texts: [], phrases: [words] };
  return office.read(async ({ paths }) => ({
    ...(await plannedErasure(paths, wanted)),
    unsent: await unsentWith(paths.desk, meaning(wanted)),
  }));
}

/**
 * Erases the file of a receipt, with every text that was in it, for good.
 * @throws Failure when the ledger cannot be written
 */
export function eraseFile(
  office: Office,
  receiptNo: number,
  reason: string,
  by: Actor,
): Promise<void> {
  return office.write((turn) => eraseNow(turn, { receipts: [receiptNo], texts: [], reason, by }));
}

/**
 * Erases texts wherever they stand, with the files that they came in, for good.
 * @param ids as `idOfText` has them
 * @returns false, and nothing is erased, when one of them is not there any more
 * @throws Failure when the ledger cannot be written
 */
export function eraseTexts(
  office: Office,
  ids: readonly string[],
  reason: string,
  by: Actor,
): Promise<boolean> {
  return office.write(async (turn) => {
    const wanted = new Set(ids);
    const found = await writtenTexts(turn.paths, (text) => wanted.has(idOfText({ text })));
    const texts = [...new Set(found.map(({ text }) => text))];
    if (texts.length === 0 || texts.length < wanted.size) return false;
    await eraseNow(turn, { receipts: [], texts, reason, by });
    return true;
  });
}

async function eraseNow(
  { paths, sources, now }: Turn,
  wanted: Pick<ErasureRequest, "receipts" | "texts" | "reason"> & { readonly by: Actor },
): Promise<void> {
  const erasedBy = wanted.by.name ?? wanted.by.account;
  const { files } = await erase({ ...wanted, ...now, phrases: [], paths, erasedBy });
  const digests = new Set(files.map(({ sha256 }) => sha256));
  await removeTakenCopies(join(sources, "inbox"), digests);
}
