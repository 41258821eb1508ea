import { readFile } from "node:fs/promises";
import type { PublishedReport } from "../contract/report.ts";
import { PLAN_FILE, SEAL_FILE } from "../contract/sealing.ts";
import { baseName } from "../exports/file-name.ts";
import { archivedPath } from "../ledger/archive.ts";
import { readLedger } from "../ledger/ledger.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { pack } from "../workbook/zip.ts";
import { exportedSeal } from "./proof.ts";
import { readPublications } from "./stored-publication.ts";
import { erasedFilesOf, filesOfVersion } from "./version-files.ts";

/**
 * A version as one file that the office above takes in like a form: every file for the superior as it
 * was published, the plan file, and the seal. The same version gives the same bytes.
 * @param report for the superior
 * @throws Failure when it has no seal or no data, or a file of it was erased, altered or lost
 */
export async function handedUp(
  paths: WarehousePaths,
  report: PublishedReport,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const { publication } = report;
  const files = await filesOfVersion(paths, report);
  const stored = await readLedger(paths, async (connection) =>
    (await readPublications(connection)).find(
      ({ publication_no }) => publication_no === publication.publication_no,
    ),
  );
  const seal = stored === undefined ? null : exportedSeal(stored);
  const isWhole = (await erasedFilesOf(paths, report)).length === 0;
  if (stored === undefined || seal === null || !isWhole || !files.some(isDescriptor)) {
    throw wrongUsage(
      `Không gửi cấp trên được phiên bản ${publication.version} của ${publication.period}: ${isWhole ? "phát hành không có tệp số liệu hoặc niêm phong" : "một tệp của phiên bản đã bị xóa"}. Phát hành phiên bản kế tiếp rồi gửi bản ấy.`,
    );
  }
  const plan = await readFile(archivedPath(paths, publication.plan_sha256));
  const handed = { ...JSON.parse(seal), nonce: stored.nonce };
  const parts: [string, Uint8Array][] = [
    [SEAL_FILE, Buffer.from(`${JSON.stringify(handed, null, 1)}\n`)],
    [PLAN_FILE, plan],
    ...files.map(({ name, bytes }): [string, Uint8Array] => [name, bytes]),
  ];
  return { name: `${baseName(report)}.zip`, bytes: pack(parts, 6) };
}

function isDescriptor({ name }: { readonly name: string }): boolean {
  return name.endsWith(".json");
}
