import type { PublishedReport } from "../contract/report.ts";

/**
 * Endings of the CSV files: figures, areas for people, definitions, causes and remedies where there are
 * any; for the superior, doubts.
 */
export const DATA_ENDINGS = ["_dai", "_bang", "_dinh-nghia", "_nguyen-nhan", "_nghi-van"] as const;

/** In the name of every file that may not leave the office. */
export const INTERNAL_MARK = "_noi-bo";

/** In the name of files for the superior. */
const SUPERIOR_MARK = "_gui-cap-tren";

/**
 * `217-kh-ubnd-2024_2024-Q2_v2`, with a mark where it is not public. Plain letters only: mail and old
 * systems keep them, and no program takes them for a formula or a folder.
 */
export function baseName({ publication, audience }: PublishedReport): string {
  const { plan_id, period, version } = publication;
  return `${plain(plan_id)}_${plain(period)}_v${version}${markOf(audience)}`;
}

/** The folder of a version's files for one reader: `217-kh-ubnd-2024/2024-Q2/v2`. */
export function folderName({ publication, audience }: PublishedReport): string[] {
  const { plan_id, period, version } = publication;
  return [plain(plan_id), plain(period), `v${version}${markOf(audience)}`];
}

/** The standard fixes the name of the data package, but for the mark. */
export function packageName({ audience }: Pick<PublishedReport, "audience">): string {
  return `datapackage${markOf(audience)}.json`;
}

function markOf(audience: PublishedReport["audience"]): string {
  return { shared: "", city: INTERNAL_MARK, superior: SUPERIOR_MARK }[audience];
}

/** Ids come from a file and may hold anything. */
function plain(id: string): string {
  return id.replace(/[^A-Za-z0-9.-]/g, "-").replace(/^[^A-Za-z0-9]+/, "x");
}
