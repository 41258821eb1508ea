import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { PERSONAL_DATA } from "../readers/personal-data.ts";
import { MAX_LINE, MAX_READ_BYTES, type ReceivedFile } from "../readers/received-file.ts";
import { Failure } from "../vocabulary/failure.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { moveFile, syncPath } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { isRunning } from "../warehouse/process-identity.ts";
import { uniqueName } from "../warehouse/random.ts";

const MIB = 1024 * 1024;
/** The largest file that is accepted at all. */
const MAX_FILE_BYTES = 4096 * MIB;
const HEAD = 64 * 1024;
const STAGED = ".staged-";

/** Where the content of a file to be ingested comes from. */
export type FileContent = { readonly path: string | Buffer } | { readonly bytes: Uint8Array };

/**
 * Copies a file next to the archive under a private name, so that it cannot change while it is
 * judged, and takes its digest on the way.
 * @throws Failure when it cannot be read or written, or is larger than 4 GiB.
 */
export async function stageFile(
  paths: WarehousePaths,
  name: string,
  content: FileContent,
): Promise<ReceivedFile> {
  const staged = join(paths.archive, `${STAGED}${process.pid}-${uniqueName()}`);
  stagedNow.add(basename(staged));
  try {
    const target = await openNew(staged);
    try {
      const copied = await copyContent(name, content, target);
      await target.sync();
      return { name: basename(name), path: staged, ...copied };
    } finally {
      await target.close();
    }
  } catch (error) {
    await discardFile({ path: staged }).catch(() => undefined);
    throw fileFailure(error, `Không tiếp nhận được ${shownText(name)}`);
  }
}

/** Opens a new file for writing; its folder is made only where there is none yet. */
async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    await mkdir(dirname(path), { recursive: true });
    return open(path, "wx");
  }
}

async function copyContent(
  name: string,
  content: FileContent,
  target: FileHandle,
): Promise<Pick<ReceivedFile, "byteSize" | "sha256" | "head" | "lineCount" | "longLine">> {
  const digest = createHash("sha256");
  const head: Buffer[] = [];
  let byteSize = 0;
  const lines: LineCount = { breaks: 0, length: 0, longLine: null };
  for await (const chunk of chunksOf(name, content)) {
    if (byteSize + chunk.length > MAX_FILE_BYTES) {
      throw new Failure(`${shownText(name)} lớn hơn 4 GiB, mức tối đa được nhận. Chia nhỏ tệp.`);
    }
    if (byteSize < HEAD) head.push(Buffer.from(chunk.subarray(0, HEAD - byteSize)));
    byteSize += chunk.length;
    digest.update(chunk);
    countLines(lines, chunk);
    // a larger one is refused without being read
    if (byteSize <= MAX_READ_BYTES) await target.writeFile(chunk);
  }
  return {
    byteSize,
    sha256: digest.digest("hex"),
    head: Buffer.concat(head),
    lineCount: lines.breaks + (lines.length > 0 ? 1 : 0),
    longLine: lines.longLine,
  };
}

async function* chunksOf(name: string, content: FileContent): AsyncGenerator<Buffer> {
  if ("bytes" in content) {
    yield Buffer.from(content.bytes.buffer, content.bytes.byteOffset, content.bytes.byteLength);
    return;
  }
  // a pipe or a device would never end, and a link could point anywhere
  const source = await open(content.path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const before = await source.stat();
    if (!before.isFile()) throw new Failure(`${shownText(name)} không phải tệp.`);
    // of many small files a large buffer each would be what the memory is cleaned for
    const buffer = Buffer.allocUnsafe(Math.min(before.size + 1, MIB));
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, buffer.length);
      if (bytesRead === 0) break;
      yield buffer.subarray(0, bytesRead);
    }
    const after = await source.stat();
    if (after.mtimeMs !== before.mtimeMs || after.size !== before.size) {
      throw new Failure(`${shownText(name)} thay đổi trong khi đọc; thử lại khi tệp đã đủ.`);
    }
  } finally {
    await source.close();
  }
}

interface LineCount {
  breaks: number;
  /** Bytes of the line that has begun. */
  length: number;
  longLine: number | null;
}

function countLines(lines: LineCount, chunk: Buffer): void {
  let start = 0;
  for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, start)) {
    noteLength(lines, lines.length + at - start);
    lines.breaks += 1;
    lines.length = 0;
    start = at + 1;
  }
  lines.length += chunk.length - start;
  noteLength(lines, lines.length);
}

function noteLength(lines: LineCount, length: number): void {
  if (length > MAX_LINE) lines.longLine ??= lines.breaks + 1;
}

/** Where the archive keeps the file with a digest. */
export function archivedPath(paths: WarehousePaths, sha256: string): string {
  return join(paths.archive, sha256);
}

/**
 * Keeps staged files for good as `archive/<sha256>`. Done again after a crash it changes nothing.
 * @throws Failure when the archive cannot be written.
 */
export async function keepFiles(
  paths: WarehousePaths,
  files: readonly ReceivedFile[],
): Promise<void> {
  try {
    for (const file of files) await moveFile(file.path, archivedPath(paths, file.sha256));
    await syncPath(paths.archive);
  } catch (error) {
    const names = files.map(({ name }) => shownText(name)).join(", ");
    throw fileFailure(error, `Không lưu được ${names} vào kho lưu trữ`);
  }
}

/**
 * A file refused for one of these is not kept: it contains what must not be stored or was erased
 * before, or is too large to be examined, or is another unit's, of which may be said none of that.
 */
export const NEVER_KEPT: readonly string[] = [
  PERSONAL_DATA,
  "file_erased",
  "not_own_unit",
  "file_too_large",
  "text_too_large",
  "csv_too_many_lines",
];

/** Whether a file is kept in the archive, by the codes of its problems. */
export function isKept(problemCodes: readonly string[]): boolean {
  return !problemCodes.some((code) => NEVER_KEPT.includes(code));
}

/** What this process has staged, by name. */
const stagedNow = new Set<string>();

/** Removes a staged file that was not kept. */
export async function discardFile(file: Pick<ReceivedFile, "path">): Promise<void> {
  stagedNow.delete(basename(file.path));
  await rm(file.path, { force: true });
}

/** Removes what killed processes left staged, and what they made of it. */
export async function clearStaged(paths: WarehousePaths): Promise<void> {
  for (const name of await readdir(paths.archive).catch(() => [])) {
    if (name.startsWith(STAGED) && !isStagedNow(name)) {
      await rm(join(paths.archive, name), { recursive: true, force: true });
    }
  }
}

/** Whether a process that runs has staged a file: what is read may be while others hold the ledger. */
function isStagedNow(name: string): boolean {
  const processId = Number(name.slice(STAGED.length).split("-")[0]);
  if (processId !== process.pid) return Number.isInteger(processId) && isRunning(processId);
  return [...stagedNow].some((one) => name.startsWith(one));
}

/**
 * Keeps bytes that are no received files, such as the plan file of a report, as `archive/<sha256>`, with
 * one writing of the folder. Repeating it changes nothing.
 * @throws Failure when the archive cannot be written.
 */
export async function keepAllBytes(
  paths: WarehousePaths,
  all: readonly Uint8Array[],
): Promise<void> {
  const staged: ReceivedFile[] = [];
  try {
    for (const bytes of all) staged.push(await stageFile(paths, "kept", { bytes }));
    await keepFiles(paths, staged);
  } finally {
    for (const file of staged) await discardFile(file);
  }
}
