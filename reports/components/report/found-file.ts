import type { PageRow } from "../../types/pages.ts";
import { sha256 } from "./file-digest.ts";

export type PublishedFile = PageRow<"ma-kiem-tra/index", "files">;

/** What a file is that somebody wants to know about. */
export interface Found {
  readonly name: string;
  /** The published file of the same bytes, or of those that it begins with; null for none. */
  readonly file: PublishedFile | null;
  /** More follows the published bytes, as a signature does. */
  readonly hasMore: boolean;
}

/** A PDF that was signed begins with the one that was published. */
const IS_PDF = /\.pdf$/i;

/** Compares a file with those of all published versions, by their digests. */
export async function findFile(
  name: string,
  bytes: ArrayBuffer,
  files: readonly PublishedFile[],
): Promise<Found> {
  const digest = await sha256(bytes);
  const same = files.find((one) => one.sha256 === digest);
  if (same !== undefined) return { name, file: same, hasMore: false };
  const begins = files.filter((one) => IS_PDF.test(one.file_name) && one.bytes < bytes.byteLength);
  for (const one of begins) {
    if ((await sha256(bytes.slice(0, one.bytes))) === one.sha256) {
      return { name, file: one, hasMore: true };
    }
  }
  return { name, file: null, hasMore: false };
}

/** The version whose code somebody has typed from a paper, however it is typed. */
export function findCode(typed: string, files: readonly PublishedFile[]): PublishedFile | null {
  const plain = (code: string): string => code.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const wanted = plain(typed);
  if (wanted.length < 20) return null;
  return (
    files.find(({ check_code }) => check_code !== null && plain(check_code) === wanted) ?? null
  );
}
