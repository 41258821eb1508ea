import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { keyCode } from "../contract/check-code.ts";
import { readLedger } from "../ledger/ledger.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { readRows } from "../warehouse/connection.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { sha256Of } from "./digest.ts";
import { isSigned } from "./seal-key.ts";
import {
  type PublishedFile,
  readPublications,
  readPublishedFiles,
  type StoredPublication,
} from "./stored-publication.ts";

const ExportedSeal = z.strictObject({
  seal: z.string(),
  signed_by: z.string().nullable(),
  signature: z.string().nullable(),
});

/** The seal of a version as a file, to prove the version later; null where it has none. */
export function exportedSeal({
  seal,
  signed_by,
  signature,
}: Pick<StoredPublication, "seal" | "signed_by" | "signature">): string | null {
  return seal === null ? null : `${JSON.stringify({ seal, signed_by, signature }, null, 1)}\n`;
}

/** The result of checking a seal, a file or a printed code. */
export interface Proof {
  /** A sentence in English. */
  readonly finding: string;
  /** Whether the warehouse has the same. */
  readonly holds: boolean;
}

/** A printed code, as it is written or typed. */
const CODE = /^[0-9A-F]{5}(-[0-9A-F]{5}){3}$/i;

/** What a receipt says: its number and the digest of the file; typed as `12:SHA-256`. */
const TYPED_RECEIPT = /^(\d{1,9}):([0-9a-f]{64})$/i;
const SAVED_RECEIPT =
  /Phiếu (?:tiếp nhận|trả lại) số (\d{1,9})[\s\S]*\bSHA-256\b[\s\S]*?\b([0-9a-f]{64})\b/;

const ReceiptRow = z.object({ receipt_no: z.string(), sha256: z.string() });

/**
 * Checks something that left the office against journal and versions: an exported seal, a file of a
 * version, a printed code, a receipt as it was saved or typed, or a file that was sent. One from after
 * the place where a journal was cut is not there any more.
 * @throws Failure when it is neither a file that can be read nor a code
 */
export async function proveAgainst(paths: WarehousePaths, what: string): Promise<Proof> {
  const { publications, files, receipts } = await readLedger(paths, async (connection) => {
    return {
      publications: await readPublications(connection),
      files: await readPublishedFiles(connection),
      receipts: await readRows(
        connection,
        ReceiptRow,
        "select receipt_no::varchar as receipt_no, sha256 from ledger.main.receipt order by receipt_no",
      ),
    };
  });
  const isFile = existsSync(what);
  if (!isFile && CODE.test(what.trim())) return proofOfCode(what.trim(), publications);
  const typed = isFile ? null : TYPED_RECEIPT.exec(what.trim());
  if (typed !== null) return proofOfReceipt(typed, receipts);
  const bytes = await readFile(what).catch((error: unknown) => {
    const kinds = "no code such as 1A2B3-C4D5E-F6071-8293A, no receipt such as 12:SHA-256";
    throw fileFailure(error, `${what} is ${kinds}, and as a file`);
  });
  const seal = sealIn(bytes);
  if (seal !== null) return proofOfSeal(what, seal, publications);
  const saved = SAVED_RECEIPT.exec(bytes.toString("utf8").normalize("NFC"));
  if (saved !== null) return proofOfReceipt(saved, receipts);
  const sha256 = sha256Of(bytes);
  const sent = receipts.findLast((one) => one.sha256 === sha256);
  return sent === undefined
    ? proofOfFile(what, sha256, { publications, files })
    : proofOfReceipt(["", sent.receipt_no, sha256], receipts);
}

function proofOfReceipt(
  [, number = "", sha256 = ""]: readonly string[],
  receipts: readonly z.infer<typeof ReceiptRow>[],
): Proof {
  const name = `Receipt ${Number(number)} of the file with the sha256 ${sha256.toLowerCase()}`;
  const holds = receipts.some(
    (one) => one.receipt_no === String(Number(number)) && one.sha256 === sha256.toLowerCase(),
  );
  return {
    finding: holds
      ? `${name} is in this warehouse.`
      : `${name} is not in this warehouse: it is of another one, or the journal was cut or rewritten since.`,
    holds,
  };
}

function proofOfCode(code: string, publications: readonly StoredPublication[]): Proof {
  const found = publications.find(({ check_code }) => check_code === code.toUpperCase());
  return found === undefined
    ? { finding: `${code} is the code of no version in this warehouse.`, holds: false }
    : { finding: `${code} is the code of ${nameOf(found)}.`, holds: true };
}

function proofOfFile(
  what: string,
  sha256: string,
  known: {
    readonly publications: readonly StoredPublication[];
    readonly files: readonly PublishedFile[];
  },
): Proof {
  const file = known.files.find((one) => one.sha256 === sha256);
  const of = known.publications.find((one) => one.publication_no === file?.publication_no);
  return file === undefined || of === undefined
    ? {
        finding: `${basename(what)} (sha256 ${sha256}) is no file of a published version, and none that was received: it was altered, an earlier program published it, or the journal was cut since.`,
        holds: false,
      }
    : {
        finding: `${basename(what)} is ${file.name} of ${nameOf(of)}, for the ${file.audience} audience, byte by byte.`,
        holds: true,
      };
}

function sealIn(bytes: Buffer): z.infer<typeof ExportedSeal> | null {
  try {
    return ExportedSeal.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    return null;
  }
}

function proofOfSeal(
  what: string,
  { seal, signed_by, signature }: z.infer<typeof ExportedSeal>,
  publications: readonly StoredPublication[],
): Proof {
  const name = basename(what);
  if (signed_by !== null && !isSigned(seal, signature ?? "", signed_by)) {
    return {
      finding: `The seal in ${name} was altered: its signature does not fit.`,
      holds: false,
    };
  }
  const found = publications.find((one) => one.seal === seal);
  if (found === undefined) {
    return {
      finding: `The seal in ${name} is not in this warehouse: it is of another one, or what was published has been cut off or rewritten since.`,
      holds: false,
    };
  }
  const by = signed_by === null ? "not signed" : `signed with the key ${keyCode(signed_by)}`;
  return { finding: `The seal in ${name} is that of ${nameOf(found)}, ${by}.`, holds: true };
}

function nameOf({ plan_id, period, version }: StoredPublication): string {
  return `version ${version} of ${period} for ${plan_id}`;
}

/** The exported seal of a version by its number. @throws Failure when it has none */
export async function readExportedSeal(
  paths: WarehousePaths,
  publicationNo: string,
): Promise<string> {
  const found = await readLedger(paths, async (connection) => {
    const all = await readPublications(connection);
    return all.find(({ publication_no }) => publication_no === publicationNo);
  });
  const text = found === undefined ? null : exportedSeal(found);
  if (text !== null) return text;
  throw wrongUsage("An earlier program published this version: it has no seal.");
}
