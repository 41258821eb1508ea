import { createReadStream } from "node:fs";
import { MOMENTS, MOMENTS_OF_NAME } from "../persons/number-shapes.ts";
import type { PersonalSign } from "../persons/personal-kind.ts";
import { personalSigns } from "../persons/personal-signs.ts";
import { personalPlaces } from "../persons/personal-table.ts";
import { PrintedTexts } from "../persons/printed-texts.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { cellName } from "../workbook/cell-name.ts";
import { unpack } from "../workbook/zip.ts";
import { type BesideText, textsOfArchive } from "./beside-cells.ts";
import {
  mayBePersonalWords,
  morePersonalDataWords,
  type PersonalPlace,
  personalDataWords,
} from "./personal-data-wording.ts";
import {
  freeTextsOf,
  type RawDocument,
  type RawReading,
  type RawSubmission,
} from "./raw-document.ts";
import { type ReceivedFile, WITHIN } from "./received-file.ts";
import type { FormSheet } from "./sheet-content.ts";
import { detectUtf16 } from "./text-encoding.ts";

/** The code of the problem for which a file is refused without being kept. */
export const PERSONAL_DATA = "personal_data";
/** The code of the doubt for which a text is held until somebody has read it. */
export const MAY_BE_PERSONAL = "may_be_personal";

/** Places that are listed one by one. */
const MAX_LISTED = 50;

/** Something that looks like the data of a person, and where. */
interface Found extends Pick<Problem, "sheet" | "cell" | "line"> {
  readonly place: PersonalPlace;
  readonly signs: readonly PersonalSign[];
}

/**
 * Problems for what was found, without quoting it: errors alone where anything is
 * surely the data of a person, else doubts.
 */
function problemsOf(file: string, found: readonly Found[]): Problem[] {
  const certain = found.filter(({ signs }) => signs.some(isCertain));
  const isRefused = certain.length > 0;
  const listed = isRefused ? certain : found;
  const problems = listed.slice(0, MAX_LISTED).map(({ place, signs, ...where }): Problem => {
    const own = isRefused ? signs.filter(isCertain) : signs;
    const kinds = own.map(({ kind }) => kind);
    return {
      severity: isRefused ? "error" : "doubt",
      code: isRefused ? PERSONAL_DATA : MAY_BE_PERSONAL,
      file,
      ...where,
      ...(isRefused ? personalDataWords(kinds, place) : mayBePersonalWords(kinds, place)),
    };
  });
  const more = listed.length - MAX_LISTED;
  if (more > 0 && isRefused) {
    problems.push({
      severity: "error",
      code: PERSONAL_DATA,
      file,
      ...morePersonalDataWords(more),
    });
  }
  return problems;
}

export function isCertain({ certainty }: PersonalSign): boolean {
  return certainty === "certain";
}

/** Whether problems refuse a file for data of persons. */
export function isPersonal(problems: readonly Problem[]): boolean {
  return problems.some(({ code }) => code === PERSONAL_DATA);
}

/** Signs of persons in a text, besides what the office itself prints. */
export function signsIn(text: string, printed: PrintedTexts): readonly PersonalSign[] {
  const signs = personalSigns(text);
  return signs.length === 0 ? signs : personalSigns(printed.without(text));
}

/** Signs of persons in the name of a file, read as words without its ending. */
export function signsInName(file: string, printed: PrintedTexts): readonly PersonalSign[] {
  const words = file
    .replace(/\.[a-z]{2,4}$/i, "")
    .replace(/([\p{L}])[-_.]+(?=[\p{L}])/gu, "$1 ")
    .replaceAll("_", " ")
    .replace(MOMENTS, "#")
    .replace(MOMENTS_OF_NAME, "#");
  return signsIn(words, printed);
}

/** Replaces the name of a file that is or may be about a person. */
const UNNAMED = "ten-tep-khong-luu";

/**
 * The name of a file as it is kept and told, within its packages: each part that is not about a person.
 * @param signs whether a sign of a person is enough not to keep a name
 */
export function keptName(
  name: string,
  printed = new PrintedTexts(),
  signs: (sign: PersonalSign) => boolean = () => true,
): string {
  const parts = name.split(WITHIN).map((part) => {
    if (!signsInName(part, printed).some(signs)) return part;
    return `${UNNAMED}${/\.[a-z]{2,4}$/i.exec(part)?.[0] ?? ""}`;
  });
  return parts.join(WITHIN);
}

/** The doubt about a name that is not kept; it refuses nothing. */
export function personalDataInName(name: string, file: string, printed: PrintedTexts): Problem[] {
  const signs = name.split(WITHIN).flatMap((part) => signsInName(part, printed));
  return problemsOf(file, asLikely("file_name", signs));
}

/** What is no content of a file: a sign in it refuses nothing. */
function asLikely(place: PersonalPlace, signs: readonly PersonalSign[]): Found[] {
  const likely = signs.map(({ kind }): PersonalSign => ({ kind, certainty: "likely" }));
  return likely.length === 0 ? [] : [{ place, signs: likely }];
}

function nameFound(place: PersonalPlace, name: string, printed: PrintedTexts): Found[] {
  const signs = signsIn(name, printed);
  return signs.length === 0 ? [] : [{ place, signs }];
}

/** Sheets under their own names, unless one is or may be about a person. */
export function keptSheetNames(
  sheets: readonly FormSheet[],
  printed: PrintedTexts,
): readonly FormSheet[] {
  return sheets.map((sheet, index) =>
    signsIn(sheet.name, printed).length === 0 ? sheet : { ...sheet, name: `Trang ${index + 1}` },
  );
}

/** A workbook as it was read, to be searched for data of persons. */
export interface ReadSheets {
  readonly sheets: readonly FormSheet[];
  /** What its sheets are called in the file. */
  readonly names: readonly string[];
  /** Its texts beside the cells. */
  readonly beside: readonly BesideText[];
}

/**
 * Looks through a workbook: cells, comments, margins, properties, names of sheets.
 * @param taken what was read of the forms in it, of whose texts nothing may be about a person
 */
export function personalDataInWorkbook(
  file: string,
  { sheets, names, beside }: ReadSheets,
  taken: RawDocument,
  printed: PrintedTexts,
): Problem[] {
  const texts = new Set(freeTextsOf(taken).map((text) => text.trim()));
  const isTaken = (text: string): boolean => texts.has(text.normalize("NFC").trim());
  const inCells = sheets.flatMap((sheet, index) => [
    ...nameFound("sheet_name", names[index] ?? "", printed),
    ...[...sheet.marks].flatMap(([at, { whole }]): Found[] => {
      if (whole === undefined) return [];
      const [row = 0, column = 0] = at.split(",").map(Number);
      const place = { sheet: sheet.name, cell: cellName(row, column) };
      return nameFound("cell", whole, printed).map((one) => ({ ...one, ...place }));
    }),
    ...personalPlaces(sheet.rows, printed, isTaken).map(
      ({ row, column, signs, isColumn }): Found => ({
        sheet: sheet.name,
        cell: cellName(row, column),
        place: isColumn ? "column" : "cell",
        signs,
      }),
    ),
  ]);
  return problemsOf(file, [
    ...inCells,
    ...besideFound(beside, printed),
    ...unseenFound(taken, sheets, printed),
  ]);
}

/**
 * Personal data in readings and remarks that no cell showed, such as a note in an old encoding; and
 * words about persons in place of a figure, which would be quoted as an error.
 */
function unseenFound(
  { readings, submissions }: RawDocument,
  sheets: readonly FormSheet[],
  printed: PrintedTexts,
): Found[] {
  let cells: ReadonlySet<string> | null = null;
  const unseen = (text: string): readonly PersonalSign[] => {
    const signs = signsIn(text, printed);
    if (signs.length === 0) return [];
    cells ??= textsOfCells(sheets);
    return cells.has(text.trim()) ? [] : signs;
  };
  const notes = new Set<string>();
  const found = (
    { sheet, cell }: RawReading | RawSubmission,
    ...all: (readonly PersonalSign[])[]
  ): Found[] =>
    all.flatMap((signs) =>
      signs.length === 0
        ? []
        : [{ sheet: sheet ?? undefined, cell: cell ?? undefined, place: "cell", signs }],
    );
  return [
    ...readings.flatMap((one) => {
      const inNote = notes.has(one.note) ? [] : unseen(one.note);
      notes.add(one.note);
      return found(one, signsInFigure(one.value, printed), inNote);
    }),
    ...submissions.flatMap((one) => found(one, ...Object.values(one.remarks).map(unseen))),
  ];
}

function textsOfCells(sheets: readonly FormSheet[]): ReadonlySet<string> {
  return new Set(
    sheets.flatMap(({ rows }) =>
      rows.flatMap((row) =>
        (row ?? []).flatMap((content) =>
          typeof content === "string" ? [content.normalize("NFC").trim()] : [],
        ),
      ),
    ),
  );
}

/** Words about a person in place of a figure or a code: they would be quoted as an error. */
export function signsInFigure(value: string, printed: PrintedTexts): readonly PersonalSign[] {
  const signs = signsIn(value, printed);
  return /\p{L}/u.test(value)
    ? signs.map(({ kind }) => ({ kind, certainty: "certain" }))
    : signs.filter(isCertain);
}

function besideFound(texts: readonly BesideText[], printed: PrintedTexts): Found[] {
  return texts.flatMap(({ kind, text }): Found[] => {
    const signs = signsIn(text, printed);
    // nearly every file has its author in its properties
    if (kind === "property")
      return asLikely(
        kind,
        signs.filter((one) => isCertain(one) && one.kind !== "name"),
      );
    return signs.length === 0 ? [] : [{ place: kind, signs }];
  });
}

/**
 * Looks through the texts of an archive of XML parts, such as a document of Word or a workbook that
 * could not be read as one. Only what is certain is reported: the file is refused anyway.
 */
export function personalDataInArchive(
  bytes: Uint8Array,
  file: string,
  printed: PrintedTexts,
): Problem[] {
  const parts = unpack(bytes);
  if (parts === null) return [];
  return problemsOf(file, besideFound(textsOfArchive(parts), printed)).filter(
    ({ code }) => code === PERSONAL_DATA,
  );
}

/** A problem for each line of a text, without quoting it. */
export function personalDataAtLines(
  file: string,
  places: readonly { readonly line: number | null; readonly signs: readonly PersonalSign[] }[],
): Problem[] {
  return problemsOf(
    file,
    places.map(({ line, signs }) => ({ line: line ?? undefined, place: "cell" as const, signs })),
  );
}

/** A text of a file that has no cells. */
export interface WrittenText {
  readonly text: string;
  readonly line: number;
  /** Somebody's words; a figure or a code, which would be quoted as an error; what is passed over. */
  readonly is: "note" | "figure" | "other";
}

/** A problem for each text that is or may be about a person. */
export function personalDataInTexts(
  file: string,
  texts: readonly WrittenText[],
  printed: PrintedTexts,
): Problem[] {
  const places = texts.flatMap(({ text, line, is }) => {
    const found = is === "figure" ? signsInFigure(text, printed) : signsIn(text, printed);
    const signs = is === "other" ? found.filter(isCertain) : found;
    return signs.length === 0 ? [] : [{ line, signs }];
  });
  return personalDataAtLines(file, places);
}

/** How much of a text is looked at at a time. */
const CHUNK_BYTES = 8 * 1024 * 1024;
/** A longer text was not written by a person. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Looks through a text file of any layout, with cells as in a table or not. Digits
 * and signs are the same in every encoding that units send; words are read where it is Unicode. Only
 * what is certain is reported: the file is refused anyway.
 */
export async function personalDataInText(
  { path, name: file, head, byteSize, longLine }: ReceivedFile,
  printed: PrintedTexts,
): Promise<Problem[]> {
  const utf16 = detectUtf16(head);
  // a picture or a program
  if (utf16 === null && head.includes(0)) return [];
  if (byteSize > MOST_BYTES || (longLine !== null && utf16 === null)) return [];
  const isMarkup = /^\s*(?:\uFEFF)?<(?:!doctype|html|\?xml)/i.test(head.toString("utf8"));
  const found = new Map<number, PersonalSign[]>();
  const look = (lines: readonly string[], before: number): void => {
    const rows = lines.map((line) => cellsOf(isMarkup ? line.replace(/<[^<>]*>/g, " ") : line));
    for (const { row, signs } of personalPlaces(rows, printed)) {
      const line = before + row + 1;
      found.set(line, [...(found.get(line) ?? []), ...signs]);
    }
  };
  let lines = 0;
  let rest = "";
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const text = rest + new TextDecoder(utf16 ?? "utf-8").decode(chunk as Buffer);
    const rows = text.split("\n");
    // a line that never ends is looked at in pieces
    rest = text.length > 2 * CHUNK_BYTES ? "" : (rows.pop() ?? "");
    look(rows, lines);
    lines += rows.length;
  }
  look([rest], lines);
  const places = [...found]
    .sort(([one], [other]) => one - other)
    .map(([line, signs]) => ({ line, signs }));
  return personalDataAtLines(file, places).filter(({ code }) => code === PERSONAL_DATA);
}

const SEPARATORS = ["\t", ";", ","] as const;

/** The cells of a line, by the first of the separators that it has. */
function cellsOf(line: string): string[] {
  const separator = SEPARATORS.find((one) => line.includes(one));
  const cells = separator === undefined ? [line] : line.split(separator);
  return cells.map((cell) => cell.trim().replace(/^"|"$/g, ""));
}
