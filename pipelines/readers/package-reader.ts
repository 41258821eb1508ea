import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PersonalKind } from "../persons/personal-kind.ts";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import { inflatePart, type ZipPart, zipEntries } from "../workbook/zip.ts";
import { kindOfHead, PACKAGE } from "./file-kind.ts";
import { openMail } from "./mail-reader.ts";
import { entryNames } from "./package-names.ts";
import { isDebris, WITHIN } from "./received-file.ts";
import {
  beginsAsWorkbook,
  isZip,
  kindOfParts,
  PACKAGE_REFUSALS,
  type Refusal,
} from "./workbook-guard.ts";

const MIB = 1024 * 1024;
/** The beginning of a file by which it is recognised. */
const HEAD = 64 * 1024;

/** A larger archive or mail is refused unread. */
export const MAX_PACKAGE_BYTES = 64 * MIB;
/** Files in a package, those in packages in it included. */
const MAX_FILES = 500;
/** What they may be together, unpacked. */
const MAX_UNPACKED = 256 * MIB;
/** A file that is longer than this may not be so many times as long as what it was packed to. */
const MAX_RATIO = 200;
const RATIO_FROM = MIB;
/** A mail with an archive in which there is another one. */
const MAX_DEPTH = 3;

/** A file that a package packs. */
export interface PackedFile {
  /** With its folders and packages: `QUY II › Phường A.xlsx`; never used as a path. */
  readonly name: string;
  /** The name under which it was written into the folder for it. */
  readonly file: string;
}

/** A package, opened as far as that goes, or why it is not. */
export type PackageReading =
  | {
      readonly ok: true;
      readonly files: readonly PackedFile[];
      /** Packages in it that cannot be opened. */
      readonly shut: readonly (Refusal & { readonly name: string })[];
      /** Data of persons that a letter certainly holds. */
      readonly personal: readonly PersonalKind[];
      /** Lines of letters. */
      readonly letter: readonly string[];
    }
  | { readonly ok: false; readonly refusal: Refusal };

/** Opens an archive or a mail, and every package in it, into a folder of its own. */
export async function unpackPackage(
  bytes: Buffer,
  folder: string,
  printed: PrintedTexts,
): Promise<PackageReading> {
  const opening = new Opening(folder, printed);
  const refusal = await opening.open(bytes, []);
  if (refusal !== null) return { ok: false, refusal };
  const { files, shut, personal, letter } = opening;
  return { ok: true, files, shut, personal: [...personal], letter };
}

/** Opens packages in packages, and counts what comes out of them. */
class Opening {
  readonly files: PackedFile[] = [];
  readonly shut: (Refusal & { readonly name: string })[] = [];
  readonly personal = new Set<PersonalKind>();
  readonly letter: string[] = [];
  private room = MAX_UNPACKED;
  private written = 0;
  private readonly folder: string;
  private readonly printed: PrintedTexts;

  constructor(folder: string, printed: PrintedTexts) {
    this.folder = folder;
    this.printed = printed;
  }

  /**
   * @param within names of its packages and folders
   * @param depth how many packages are around it
   * @returns why it cannot be opened; null where all that is in it was taken
   */
  async open(bytes: Buffer, within: readonly string[], depth = 0): Promise<Refusal | null> {
    const packed = isZip(bytes) ? this.entriesOf(bytes) : await this.attachmentsOf(bytes);
    if ("code" in packed) return packed;
    for (const { name, read } of packed) {
      const path = shownPath(name);
      if (path === null) continue;
      const content = read();
      if ("code" in content) return content;
      const refusal = await this.take(content, [...within, ...path], depth);
      if (refusal !== null) return refusal;
    }
    return null;
  }

  private entriesOf(bytes: Buffer): PackedContent[] | Refusal {
    const parts = zipEntries(bytes);
    if (typeof parts === "string") return PACKAGE_REFUSALS[parts];
    const names = entryNames(parts);
    return parts.map((part, index) => ({
      name: names[index] ?? part.name,
      read: () => this.inflated(bytes, part),
    }));
  }

  private async attachmentsOf(bytes: Buffer): Promise<PackedContent[] | Refusal> {
    const mail = await openMail(bytes, this.printed);
    if (mail === null) return PACKAGE_REFUSALS.damaged;
    for (const kind of mail.personal) this.personal.add(kind);
    this.letter.push(...mail.letter);
    return mail.files.map(({ name, content }) => ({ name, read: () => content }));
  }

  private inflated(bytes: Buffer, part: ZipPart): Buffer | Refusal {
    const content = inflatePart(bytes, part, this.room);
    if (typeof content === "string") return PACKAGE_REFUSALS[content];
    const isBomb = content.length > RATIO_FROM && content.length > MAX_RATIO * part.size;
    return isBomb ? PACKAGE_REFUSALS.too_large : content;
  }

  private async take(
    content: Buffer,
    path: readonly string[],
    depth: number,
  ): Promise<Refusal | null> {
    this.room -= content.length;
    this.written += 1;
    if (this.room < 0 || this.written > MAX_FILES) return PACKAGE_REFUSALS.too_large;
    const name = path.join(WITHIN);
    if (depth + 1 < MAX_DEPTH && isPackage(content)) {
      const before = this.files.length;
      const refusal = await this.open(content, path, depth + 1);
      if (refusal === PACKAGE_REFUSALS.too_large) return refusal;
      if (refusal === null) return null;
      this.files.length = before;
      this.shut.push({ ...refusal, name });
      return null;
    }
    const file = String(this.written);
    await writeFile(join(this.folder, file), content);
    this.files.push({ name, file });
    return null;
  }
}

/** A file of a package, with its content or why it cannot be had. */
interface PackedContent {
  readonly name: string;
  readonly read: () => Buffer | Refusal;
}

/** Whether bytes are an archive of files, or a mail. */
function isPackage(bytes: Buffer): boolean {
  if (!isZip(bytes)) return kindOfHead(bytes.subarray(0, HEAD))?.code === PACKAGE;
  const parts = zipEntries(bytes);
  return typeof parts === "string"
    ? !beginsAsWorkbook(bytes)
    : kindOfParts(parts)?.code === PACKAGE;
}

/**
 * The folders and the name that an entry is shown by, without anything that would lead elsewhere.
 * @returns null of a folder, and of what systems leave for themselves
 */
function shownPath(name: string): string[] | null {
  if (/[/\\]$/.test(name)) return null;
  const path = name.split(/[/\\]/).filter((part) => !/^\.{0,2}$/.test(part));
  return path.length === 0 || path.some((part) => part === "__MACOSX" || isDebris(part))
    ? null
    : path;
}
