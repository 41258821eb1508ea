import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { keyCode } from "../contract/check-code.ts";
import { readLedger } from "../ledger/ledger.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
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

/**
 * Checks something that left the office against the published versions: an exported seal, a file of a
 * version, or a printed code.
 * @throws Failure when it is neither a file that can be read nor a code
 */
export async function proveAgainst(paths: WarehousePaths, what: string): Promise<Proof> {
  const { publications, files } = await readLedger(paths, async (connection) => {
    return {
      publications: await readPublications(connection),
      files: await readPublishedFiles(connection),
    };
  });
  if (!existsSync(what) && CODE.test(what.trim())) return proofOfCode(what.trim(), publications);
  const bytes = await readFile(what).catch((error: unknown) => {
    throw fileFailure(error, `${what} is no code such as 1A2B3-C4D5E-F6071-8293A, and as a file`);
  });
  const seal = sealIn(bytes);
  return seal === null
    ? proofOfFile(what, sha256Of(bytes), { publications, files })
    : proofOfSeal(what, seal, publications);
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
        finding: `${basename(what)} (sha256 ${sha256}) is no file of a published version: it was altered, or an earlier program published it.`,
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
      finding: `The seal in ${name} is not in this warehouse: it is of another one, or what was published has been rewritten since.`,
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
