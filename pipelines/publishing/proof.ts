import { z } from "zod";
import { keyCode } from "../contract/check-code.ts";
import type { Reader } from "../contract/report.ts";
import { ExportedSeal, isSigned } from "../contract/sealing.ts";
import { readLedger } from "../ledger/ledger.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { readRows } from "../warehouse/connection.ts";
import { sha256Of } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import {
  type PublishedFile,
  readPublications,
  readPublishedFiles,
  type StoredPublication,
} from "./stored-publication.ts";

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
  /** A sentence in Vietnamese. */
  readonly finding: string;
  /** Whether the warehouse has the same. */
  readonly holds: boolean;
}

/** For whom a file of a version is. */
export const READER_NAMES: Readonly<Record<Reader, string>> = {
  shared: "bản cho mọi người xem",
  city: "bản lưu hành nội bộ",
  superior: "bản gửi cấp trên",
};

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
 * @param what a code, a receipt as it is typed, or what a file is called and holds
 * @returns null where it is neither a code nor a receipt nor a file
 */
export async function proveAgainst(
  paths: WarehousePaths,
  what: string | { readonly name: string; readonly bytes: Uint8Array },
): Promise<Proof | null> {
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
  if (typeof what === "string") {
    if (CODE.test(what.trim())) return proofOfCode(what.trim(), publications);
    const typed = TYPED_RECEIPT.exec(what.trim());
    return typed === null ? null : proofOfReceipt(typed, receipts);
  }
  const { name, bytes } = what;
  const text = new TextDecoder().decode(bytes);
  const seal = sealIn(text);
  if (seal !== null) return proofOfSeal(name, seal, publications);
  const saved = SAVED_RECEIPT.exec(text.normalize("NFC"));
  if (saved !== null) return proofOfReceipt(saved, receipts);
  const sha256 = sha256Of(bytes);
  const sent = receipts.findLast((one) => one.sha256 === sha256);
  return sent === undefined
    ? proofOfFile(name, sha256, { publications, files })
    : proofOfReceipt(["", sent.receipt_no, sha256], receipts);
}

function proofOfReceipt(
  [, number = "", sha256 = ""]: readonly string[],
  receipts: readonly z.infer<typeof ReceiptRow>[],
): Proof {
  const name = `Phiếu số ${Number(number)} của tệp có SHA-256 ${sha256.toLowerCase()}`;
  const holds = receipts.some(
    (one) => one.receipt_no === String(Number(number)) && one.sha256 === sha256.toLowerCase(),
  );
  return {
    finding: holds
      ? `${name} có trong kho dữ liệu này.`
      : `${name} không có trong kho dữ liệu này: phiếu là của kho khác, hoặc nhật ký đã bị cắt bớt hay viết lại sau đó.`,
    holds,
  };
}

function proofOfCode(code: string, publications: readonly StoredPublication[]): Proof {
  const found = publications.find(({ check_code }) => check_code === code.toUpperCase());
  return found === undefined
    ? { finding: `${code} không phải mã của phiên bản nào trong kho dữ liệu này.`, holds: false }
    : { finding: `${code} là mã của ${nameOf(found)}.`, holds: true };
}

function proofOfFile(
  name: string,
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
        finding: `${name} (SHA-256 ${sha256}) không phải tệp của phiên bản đã phát hành, cũng không phải tệp đã nhận: tệp đã bị sửa, do bản phần mềm trước phát hành, hoặc nhật ký đã bị cắt bớt sau đó.`,
        holds: false,
      }
    : {
        finding: `${name} là ${file.name} của ${nameOf(of)}, ${READER_NAMES[file.audience]}, giống từng byte.`,
        holds: true,
      };
}

function sealIn(text: string): z.infer<typeof ExportedSeal> | null {
  try {
    return ExportedSeal.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function proofOfSeal(
  name: string,
  { seal, signed_by, signature }: z.infer<typeof ExportedSeal>,
  publications: readonly StoredPublication[],
): Proof {
  if (signed_by !== null && !isSigned(seal, signature ?? "", signed_by)) {
    return {
      finding: `Niêm phong trong ${name} đã bị sửa: chữ ký không khớp.`,
      holds: false,
    };
  }
  const found = publications.find((one) => one.seal === seal);
  if (found === undefined) {
    return {
      finding: `Niêm phong trong ${name} không có trong kho dữ liệu này: niêm phong là của kho khác, hoặc phần đã phát hành bị cắt bỏ hay viết lại sau đó.`,
      holds: false,
    };
  }
  const by = signed_by === null ? "không ký" : `ký bằng khóa ${keyCode(signed_by)}`;
  return { finding: `Niêm phong trong ${name} là của ${nameOf(found)}, ${by}.`, holds: true };
}

function nameOf({ plan_id, period, version }: StoredPublication): string {
  return `phiên bản ${version} của báo cáo ${period}, kế hoạch ${plan_id}`;
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
  throw wrongUsage("Bản phần mềm trước phát hành phiên bản này: không có niêm phong.");
}
