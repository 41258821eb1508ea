import type { PublishedReport } from "../contract/report.ts";

/** What the names of the three CSV files end in: figures, areas in a table for people, definitions. */
export const DATA_ENDINGS = ["_dai", "_bang", "_dinh-nghia"] as const;

/** Stands in the name of every file that may not leave the office. */
export const INTERNAL_MARK = "_noi-bo";

/** Of those that go to the superior. */
const SUPERIOR_MARK = "_gui-cap-tren";

/**
 * `217-kh-ubnd-2024_2024-Q2_v2`, with a mark where it is not for everybody: plain letters, so that mail
 * and old systems leave the name alone and no program takes it for a formula or a folder.
 */
export function baseName({ publication, audience }: PublishedReport): string {
  const { plan_id, period, version } = publication;
  return `${plain(plan_id)}_${plain(period)}_v${version}${markOf(audience)}`;
}

/** Where the files of one version go: `217-kh-ubnd-2024/2024-Q2/v2`, apart for each audience. */
export function folderName({ publication, audience }: PublishedReport): string[] {
  const { plan_id, period, version } = publication;
  return [plain(plan_id), plain(period), `v${version}${markOf(audience)}`];
}

/** The data package's name is fixed by its standard, but for the mark. */
export function packageName({ audience }: PublishedReport): string {
  return `datapackage${markOf(audience)}.json`;
}

function markOf(audience: PublishedReport["audience"]): string {
  return { shared: "", city: INTERNAL_MARK, superior: SUPERIOR_MARK }[audience];
}

/** Ids come from a file and may hold anything. */
function plain(id: string): string {
  return id.replace(/[^A-Za-z0-9.-]/g, "-").replace(/^[^A-Za-z0-9]+/, "x");
}
