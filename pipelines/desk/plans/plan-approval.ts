import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Recording, recordPlan } from "../../ledger/recorded-acts.ts";
import { type Catalogue, readCatalogue } from "../../sources/catalogue.ts";
import { checkPlanFile, errorsOf } from "../../sources/check/plan-check.ts";
import { unsettledLines } from "../../sources/unsettled-plan.ts";
import { Failure } from "../../vocabulary/failure.ts";
import { sha256Of } from "../../warehouse/files.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";
import { placeFiles } from "../../warehouse/place-files.ts";
import {
  approvedText,
  dataOf,
  fileNameOf,
  fileState,
  filesOf,
  type PlanDraft,
  withDraftIn,
} from "./plan-drafts.ts";

/** Where a plan is put into use, by whom and when. */
interface Approval extends Required<Recording> {
  readonly paths: WarehousePaths;
  readonly sources: string;
  readonly catalogue: Catalogue;
}

/**
 * Writes the file of a plan that was written at the desk, with what goes with it, among the sources.
 * @returns what stands against it; nothing is written then. Null where it is in use now
 * @throws Failure when the ledger or the sources cannot be written
 */
export async function approvePlan(
  draft: PlanDraft,
  { paths, sources, catalogue, ...recording }: Approval,
): Promise<string | null> {
  const against = await writeObstacle(draft, sources, paths, catalogue);
  if (against !== null) return against;
  const files = [...filesOf(draft, sources)].map(([name, text]) => ({
    file: join(sources, name),
    bytes: Buffer.from(text),
  }));
  const before = files.map(({ file }) => (existsSync(file) ? readFileSync(file) : null));
  await placeFiles(files, () => true);
  try {
    await recordPlan(paths, {
      ...recording,
      planId: String(dataOf(draft).id),
      fileName: fileNameOf(draft),
      sha256: sha256Of(approvedText(draft)),
      preparedBy: draft.saved.name,
    });
  } catch (error) {
    // what the journal does not know was not approved
    for (const [index, { file }] of files.entries()) {
      const bytes = before[index];
      if (bytes) await placeFiles([{ file, bytes }], () => true);
      else await rm(file, { force: true });
    }
    throw error;
  }
  return null;
}

/** Why the file of a draft cannot be written; null where nothing stands against it. */
async function writeObstacle(
  draft: PlanDraft,
  sources: string,
  paths: WarehousePaths,
  { unsettled }: Catalogue,
): Promise<string | null> {
  const name = fileNameOf(draft);
  if (fileState(join(sources, "plans", name)) !== draft.base) {
    return draft.base === null
      ? `Đã có tệp kế hoạch ${name}: đặt mã kế hoạch khác ở bước Căn cứ.`
      : `Tệp ${name} đã được sửa sau khi bản này được mở. Mở lại kế hoạch từ tệp rồi sửa tiếp.`;
  }
  return withDraftIn(sources, draft, (folder) => {
    const wrong = errorsOf(checkPlanFile(join(folder, "plans", name), folder)).length;
    if (wrong > 0) return `Còn ${wrong} điểm phải sửa hoặc chưa đối chiếu với văn bản.`;
    try {
      // the areas and units of all may have changed with it
      const known = new Set(unsettled.map((one) => basename(one.file)));
      const worse = readCatalogue(folder, { plans: paths.plans }).unsettled.filter(
        (one) => !known.has(basename(one.file)),
      );
      return worse.length === 0
        ? null
        : `Kế hoạch khác không còn đúng: ${worse.flatMap(unsettledLines).join(" ")}`;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return error.message.replaceAll(folder, "");
    }
  });
}
