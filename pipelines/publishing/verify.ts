import { checkCode } from "../contract/check-code.ts";
import { PARTS } from "../contract/report.ts";
import { isSigned, partDigest } from "../contract/sealing.ts";
import { checkJournal } from "../ledger/journal-check.ts";
import { readLedger, withLedger } from "../ledger/ledger.ts";
import { doubtOf, lastProven, type Proven, toBeProven } from "../ledger/proven.ts";
import { queryModels } from "../models/build-marts.ts";
import { type ModelSet, parseModels } from "../models/model.ts";
import { Tables } from "../sources/catalogue-tables.ts";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { faultOf, readKept } from "./archived-file.ts";
import { type Difference, findDifferences } from "./difference.ts";
import { publicationDigest } from "./digest.ts";
import { readContents } from "./draft-report.ts";
import { missingVersions } from "./missing-versions.ts";
import { sealBefore, sealText } from "./seal.ts";
import {
  countStrayRows,
  type ErasedFrom,
  jsonOf,
  type PublishedFile,
  type ReportChoice,
  readErased,
  readPublications,
  readPublishedFiles,
  readStoredContents,
  type StoredContents,
  type StoredPublication,
  sealedFacts,
} from "./stored-publication.ts";

/** The check of one version. */
export interface VersionCheck {
  readonly plan_id: string;
  readonly period: string;
  readonly version: number;
  /** Rows compared with those derived again. */
  readonly rows: number;
  /** By when it was derived again before, ISO text; null where it was not, or is now. */
  readonly proven_at: string | null;
  /** Published files whose bytes were compared; null where none were archived. */
  readonly files: number | null;
  /** Its digest as people compare it; null where no files were archived. */
  readonly check_code: string | null;
  /** The public key of its signature, in base64; null without one. */
  readonly signed_by: string | null;
  /**
   * What was erased from it, one sentence each. Without its texts neither its digest nor its doubts
   * can be derived again.
   */
  readonly erased: readonly string[];
  /** Faults beside differing rows, one sentence each; empty for an intact version. */
  readonly faults: readonly string[];
  readonly differences: readonly Difference[];
}

/** What was found before, which need not be derived again. */
export interface Before {
  readonly proven: Proven | null;
  /** The program of now. */
  readonly software: string;
}

export interface Verification {
  readonly versions: readonly VersionCheck[];
  /** Faults that belong to no version. */
  readonly faults: readonly string[];
  /** What stands as it was proven before; null where all was derived again. */
  readonly since: Proven | null;
  /** Why nothing does that was proven, as a part of a sentence; null where nothing was, or it stands. */
  readonly doubt: string | null;
  /** What is proven if no fault is found. */
  readonly toBeProven: Omit<Proven, "whole" | "marts">;
}

/** Whether no fault was found. */
export function isSound({ versions, faults }: Pick<Verification, "versions" | "faults">): boolean {
  return (
    faults.length === 0 &&
    versions.every((one) => one.faults.length === 0 && one.differences.length === 0)
  );
}

/**
 * Recomputes the digests and seals of the chosen versions, compares the bytes of their files, checks
 * the archive for their sources, and derives each again from the ledger as of its moment, with its own
 * inputs and models. Compares the whole journal with the ledger: an edited or lost entry, or a version
 * that only the journal has, is a fault. Waits for a publication under way.
 * @param isDerived whether versions are derived again, which takes most of the time
 * @param before where it still stands, versions of then are not derived again, and of entries only the
 * bytes are compared
 */
export async function verifyReports(
  paths: WarehousePaths,
  choice: ReportChoice,
  onVersion: (check: VersionCheck) => void = () => undefined,
  isDerived = true,
  before: Before = { proven: null, software: "" },
): Promise<Verification> {
  const read = await readAll(paths, choice, before);
  const { chosen, all, files, stray, journal, erased, since, doubt, toBeProven } = read;
  const versions: VersionCheck[] = [];
  for (const { publication, stored } of chosen) {
    const isProven = Number(publication.publication_no) <= lastProven(since, "publication");
    const check = await verifyVersion(paths, {
      publication,
      stored,
      files: files.filter(({ publication_no }) => publication_no === publication.publication_no),
      previous: previousOf(publication, all),
      erased,
      earlier: all.slice(
        0,
        all.findIndex(({ publication_no }) => publication_no === publication.publication_no),
      ),
      isDerived: isDerived && !isProven,
      provenAt: isProven ? (since?.at ?? null) : null,
    });
    versions.push(check);
    onVersion(check);
  }
  const faults = [
    ...journal,
    ...(stray === 0
      ? []
      : [`${stray} hàng trong publication_row hoặc publication_file không thuộc phiên bản nào.`]),
  ];
  return { versions, faults, since, doubt, toBeProven };
}

function previousOf(
  one: StoredPublication,
  all: readonly StoredPublication[],
): StoredPublication | null {
  return (
    all.find(
      (other) =>
        other.plan_id === one.plan_id &&
        other.period === one.period &&
        other.version === one.version - 1,
    ) ?? null
  );
}

async function readAll(paths: WarehousePaths, choice: ReportChoice, before: Before) {
  const first = await readOnce(paths, choice, before);
  if (first.pending === 0) return first;
  // add what a kill kept from the ledger, as any writing command does
  const added = await withLedger(paths, async () => null).catch((error: unknown) => {
    if (error instanceof Failure) return error.message;
    throw error;
  });
  if (added === null) return readOnce(paths, choice, before);
  const pending = `${first.pending} mục nhật ký chưa vào sổ tiếp nhận do chương trình bị dừng, và không ghi thêm được: ${added}`;
  return { ...first, journal: [...first.journal, pending] };
}

/** Nobody publishes while the ledger is attached: it and the journal are of one moment. */
async function readOnce(paths: WarehousePaths, choice: ReportChoice, before: Before) {
  return readLedger(paths, async (connection) => {
    const { proven, software } = before;
    const doubt = proven && (await doubtOf(connection, proven, software));
    const since = doubt === null ? proven : null;
    const entries = since?.entry_no ?? 0;
    const { faults, pending } = await checkJournal(connection, paths, entries);
    const all = await readPublications(connection);
    const publications = await readPublications(connection, choice);
    const chosen: { publication: StoredPublication; stored: StoredContents }[] = [];
    for (const publication of publications) {
      const stored = await readStoredContents(connection, publication.publication_no);
      chosen.push({ publication, stored });
    }
    const journal = [
      ...faults,
      ...(pending === 0 ? await missingVersions(paths, choice, publications, entries) : []),
    ];
    return {
      chosen,
      all,
      files: await readPublishedFiles(connection),
      erased: await readErased(connection),
      stray: await countStrayRows(connection),
      journal,
      pending,
      ...{ since, doubt, toBeProven: await toBeProven(connection, software) },
    };
  });
}

interface Version {
  readonly publication: StoredPublication;
  readonly stored: StoredContents;
  readonly files: readonly PublishedFile[];
  /** The version before it of the same report. */
  readonly previous: StoredPublication | null;
  /** The versions of all reports published before it, in their order. */
  readonly earlier: readonly StoredPublication[];
  /** All erasures. */
  readonly erased: readonly ErasedFrom[];
  /** Whether it is derived again. */
  readonly isDerived: boolean;
  readonly provenAt: string | null;
}

async function verifyVersion(paths: WarehousePaths, version: Version): Promise<VersionCheck> {
  const { publication, stored, files } = version;
  const faults = [
    ...digestFaults(version),
    ...sealFaults(version),
    ...(await fileFaults(paths, files)),
    ...(await archiveFaults(paths, version)),
  ];
  const { plan_id, period } = publication;
  const rows = version.isDerived
    ? Object.values(stored).reduce((sum, part) => sum + part.length, 0)
    : 0;
  const check = {
    plan_id,
    period,
    version: publication.version,
    rows,
    proven_at: version.provenAt,
    files: publication.seal === null ? null : files.filter((one) => !one.is_erased).length,
    erased: erasedFrom(version),
    check_code: publication.check_code,
    signed_by: publication.signed_by,
  };
  if (!version.isDerived) return { ...check, faults, differences: [] };
  const derived = await deriveAgain(paths, publication);
  return "fault" in derived
    ? { ...check, faults: [...faults, derived.fault], differences: [] }
    : { ...check, faults, differences: differencesOf(stored, derived.contents, check.erased) };
}

/** A doubt's id depends on its text: after an erasure other doubts are derived. */
function differencesOf(
  stored: StoredContents,
  derived: StoredContents,
  erased: readonly string[],
): Difference[] {
  const found = findDifferences(stored, derived);
  return erased.length === 0 ? found : found.filter(({ part }) => part !== "doubt");
}

/** What was erased of a version or of its sources. */
function erasedFrom({ publication, files, stored, erased }: Version): string[] {
  const received = new Set(submissionsOf(stored).map(({ sha256 }) => sha256));
  return erased.flatMap((one) => {
    const isOwn = one.publication_no === publication.publication_no;
    const file = files.find(({ sha256 }) => sha256 === one.sha256);
    const what =
      one.what === "version" && isOwn
        ? "nội dung chữ trong các hàng"
        : one.what === "file" && isOwn && file !== undefined
          ? `tệp ${file.name} dành cho ${file.audience}`
          : one.what === "file" && one.sha256 !== null && received.has(one.sha256)
            ? `tệp đã nhận ${one.sha256}`
            : null;
    if (what === null) return [];
    return [
      `${what}: ${one.erased_by} xóa lúc ${officeTime(new Date(one.recorded_at))}, lý do: ${one.reason}`,
    ];
  });
}

function digestFaults({ publication, stored, previous, erased }: Version): string[] {
  const faults: string[] = [];
  if (publication.version > 1 && previous === null) {
    faults.push(`Không có phiên bản ${publication.version - 1} trước đó.`);
  }
  if (partDigest(stored.line, publication.nonce) !== publication.lines_sha256) {
    faults.push("Các dòng của phiên bản không khớp mã băm khi phát hành.");
  }
  const isWhole = erased.every(
    (one) => one.what !== "version" || one.publication_no !== publication.publication_no,
  );
  // the chain of the journal shows when its texts were erased
  if (!isWhole) return faults;
  const digest = publicationDigest(sealedFacts(publication), stored, previous?.sha256 ?? null);
  if (digest !== publication.sha256) {
    faults.push(
      "Nội dung đã lưu không khớp mã băm khi phát hành (một hàng, lý do, thời điểm hoặc phiên bản trước đã bị sửa).",
    );
  }
  return faults;
}

/** Makes the seal again from what is recorded now and compares the two. */
function sealFaults({ publication, files, earlier }: Version): string[] {
  const { publication_no, sha256, seal, signature, signed_by } = publication;
  if (seal === null) return files.length === 0 ? [] : ["Có tệp mà không có niêm phong."];
  const faults: string[] = [];
  const { previous_seal, unsealed } = sealBefore(earlier);
  if (publication.previous_seal !== previous_seal) {
    faults.push("Niêm phong không nối tiếp niêm phong nay đứng trước.");
  }
  const facts = sealedFacts(publication);
  const rule = seal.startsWith('{\n "seal": 1,') ? { rule: 1 } : {};
  if (sealText({ publication_no, facts, sha256, files, unsealed, ...rule }) !== seal) {
    faults.push(
      "Niêm phong không còn như khi đóng (một tệp bị bớt, thêm, đổi tên, mã băm bị sửa, hoặc phiên bản trước bị sửa).",
    );
  }
  if (publication.check_code !== checkCode(sha256)) {
    faults.push("Mã kiểm tra không phải của mã băm.");
  }
  if (signed_by === null ? signature !== null : !isSigned(seal, signature ?? "", signed_by)) {
    faults.push("Niêm phong không được ký bằng khóa đã nêu.");
  }
  return faults;
}

async function fileFaults(
  paths: WarehousePaths,
  files: readonly PublishedFile[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, sha256, is_erased } of files) {
    if (is_erased) continue;
    const fault = await faultOf(paths, sha256);
    if (fault !== null) faults.push(`archive/${sha256} ${fault}: ${name}, như khi phát hành.`);
  }
  return faults;
}

async function archiveFaults(
  paths: WarehousePaths,
  { publication, stored, erased, isDerived }: Version,
): Promise<string[]> {
  const gone = new Set(erased.map(({ sha256 }) => sha256));
  const submissions = submissionsOf(stored).filter(({ sha256 }) => !gone.has(sha256));
  const kept = new Map<string, string>([
    [publication.plan_sha256, "tệp kế hoạch"],
    // of one that is derived again these are read then
    ...(isDerived ? [] : digestsOf(publication)),
    ...submissions.map(({ sha256, file_name }): [string, string] => [sha256, file_name]),
  ]);
  const faults: string[] = [];
  for (const [sha256, what] of kept) {
    const fault = await faultOf(paths, sha256);
    if (fault !== null) faults.push(`archive/${sha256} ${fault}: ${what}.`);
  }
  return faults;
}

function digestsOf(publication: StoredPublication): [string, string][] {
  return [
    [publication.inputs_sha256, "dữ liệu đầu vào"],
    [publication.models_sha256, "cách tính"],
  ];
}

function submissionsOf(stored: StoredContents): { sha256: string; file_name: string }[] {
  return stored.submission.flatMap((text) => {
    const parsed = PARTS.submission.safeParse(jsonOf(text));
    return parsed.success ? [parsed.data] : [];
  });
}

async function deriveAgain(
  paths: WarehousePaths,
  publication: StoredPublication,
): Promise<{ readonly contents: StoredContents } | { readonly fault: string }> {
  const inputs = await readKept(paths, publication.inputs_sha256);
  if (inputs.fault !== null) {
    return { fault: `archive/${publication.inputs_sha256} ${inputs.fault}: dữ liệu đầu vào.` };
  }
  const models = await readKept(paths, publication.models_sha256);
  if (models.fault !== null) {
    return { fault: `archive/${publication.models_sha256} ${models.fault}: cách tính.` };
  }
  const set: ModelSet = parseModels(models.text, `archive/${publication.models_sha256}`);
  try {
    const contents = await queryModels({
      paths,
      inputs: Tables.parse(JSON.parse(inputs.text)),
      set,
      asOf: new Date(publication.as_of),
      beforePublication: publication.publication_no,
      // none is published with open doubts but by confirming them
      drafted: {
        ...{ planId: publication.plan_id, period: publication.period },
        confirmed: publication.reason,
      },
      models: set.models.filter(({ layer }) => layer === "report").map(({ id }) => id),
      read: (connection) =>
        readContents(
          connection,
          publication.plan_id,
          publication.period,
          publication.contract_version,
        ),
    });
    return { contents };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { fault: `Không tính lại được: ${message}` };
  }
}
