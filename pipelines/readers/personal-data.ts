import { createReadStream } from "node:fs";
import type { Problem } from "../vocabulary/problem.ts";
import { unescaped } from "../workbook/xml.ts";
import { inflateParts, type Parts, zipParts } from "../workbook/zip.ts";
import { cellName } from "./form-cell.ts";
import {
  morePersonalDataWords,
  type PersonalKind,
  personalDataWords,
} from "./personal-data-wording.ts";
import type { ReceivedFile } from "./received-file.ts";
import type { CellContent, FormSheet } from "./sheet-content.ts";
import { detectUtf16 } from "./text-encoding.ts";

/** The code of the problem for which a file is refused without being kept. */
export const PERSONAL_DATA = "personal_data";

/** Places that are listed one by one. */
const MAX_LISTED = 50;

/** Where something looks like the data of a person; rows and columns count from 0. */
interface Sighting {
  readonly kinds: readonly PersonalKind[];
  readonly row: number;
  readonly column: number;
  readonly isColumn: boolean;
}

type Rows = readonly (readonly CellContent[] | undefined)[];

/** Everything in the sheets of a workbook that looks like the data of a person. */
export function personalDataInSheets(sheets: readonly FormSheet[], file: string): Problem[] {
  return listed(
    file,
    sheets.flatMap((sheet) =>
      sightings(sheet.rows).map(({ row, column, kinds, isColumn }) => ({
        sheet: sheet.name,
        cell: cellName(row, column),
        ...personalDataWords(kinds, isColumn),
      })),
    ),
  );
}

/** A problem for each place, by the lines of a text, without the words that stand there. */
export function personalDataAtLines(
  file: string,
  places: readonly { readonly line: number | null; readonly kinds: readonly PersonalKind[] }[],
): Problem[] {
  return listed(
    file,
    places.map(({ line, kinds }) => ({
      line: line ?? undefined,
      ...personalDataWords(kinds, false),
    })),
  );
}

type Place = Pick<Problem, "sheet" | "cell" | "line" | "found" | "remedy">;

function listed(file: string, places: readonly Place[]): Problem[] {
  const problem = (place: Place): Problem => ({
    severity: "error",
    code: PERSONAL_DATA,
    file,
    ...place,
  });
  const more = places.length - MAX_LISTED;
  return [
    ...places.slice(0, MAX_LISTED).map(problem),
    ...(more > 0 ? [problem(morePersonalDataWords(more))] : []),
  ];
}

/** How much of a text is looked at at a time. */
const CHUNK_BYTES = 8 * 1024 * 1024;

/**
 * Looks through a text file of any layout, whose cells are parted as in a table or not at all. Digits
 * and signs are the same in every encoding that units send; words are read where it is Unicode.
 */
export async function personalDataInText({
  path,
  name: file,
  head,
}: ReceivedFile): Promise<Problem[]> {
  const utf16 = detectUtf16(head);
  // a picture or a program
  if (utf16 === null && head.includes(0)) return [];
  const places = new Map<number, readonly PersonalKind[]>();
  const put = (line: number, kinds: readonly PersonalKind[]): void => {
    places.set(line, [...(places.get(line) ?? []), ...kinds]);
  };
  let lines = 0;
  let rest = "";
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const text = rest + new TextDecoder(utf16 ?? "utf-8").decode(chunk as Buffer);
    const rows = text.split("\n");
    // a line that never ends is looked at in pieces
    rest = text.length > 2 * CHUNK_BYTES ? "" : (rows.pop() ?? "");
    for (const { row, kinds } of sightings(rows.map(cellsOf))) put(lines + row + 1, kinds);
    lines += rows.length;
  }
  for (const { kinds } of sightings([cellsOf(rest)])) put(lines + 1, kinds);
  return personalDataAtLines(
    file,
    [...places].sort(([one], [other]) => one - other).map(([line, kinds]) => ({ line, kinds })),
  );
}

function cellsOf(line: string): string[] {
  return line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, ""));
}

/** Parts of a workbook that no cell shows: comments and texts in drawings. */
const BESIDE_CELLS = /^xl\/(?:comments|threadedComments\/|drawings\/)[^/]*\.xml$/;

/** Looks through what is written in a workbook beside the cells that were read of it. */
export function personalDataBesideCells(parts: Parts, file: string): Problem[] {
  const besides = [...parts].filter(([name]) => BESIDE_CELLS.test(name));
  return personalDataInParts(
    besides.map(([, content]) => content),
    file,
  );
}

/**
 * Looks through the texts of an archive of XML parts, such as a document of Word or a workbook that
 * could not be read as one.
 */
export function personalDataInArchive(bytes: Uint8Array, file: string): Problem[] {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = zipParts(archive);
  if (typeof parts === "string") return [];
  const texts = parts.filter(({ name }) => /\.xml$/.test(name));
  return personalDataInParts(
    [...inflateParts(archive, texts)].flatMap(({ content }) =>
      typeof content === "string" ? [] : [content],
    ),
    file,
  );
}

function personalDataInParts(contents: readonly Buffer[], file: string): Problem[] {
  const kinds = contents.flatMap((content): readonly PersonalKind[] => {
    const lines = content
      .toString("utf8")
      .replace(/<\/(?:\w+:)?(?:p|si|c|tc|t|comment)>/g, "\n")
      .replace(/<[^<>]*>/g, "")
      .split("\n");
    return sightings(lines.map((line) => [unescaped(line).trim()])).flatMap((one) => one.kinds);
  });
  return kinds.length === 0 ? [] : listed(file, [personalDataWords(kinds, false)]);
}

/** Looks through a table: at every text by itself, at columns by their heads, at rows as a whole. */
function sightings(rows: Rows): Sighting[] {
  const found = new Map<string, Sighting>();
  const put = (sighting: Sighting): void => {
    found.set(`${sighting.row},${sighting.column}`, sighting);
  };
  rows.forEach((cells, row) => {
    cells?.forEach((content, column) => {
      if (typeof content !== "string" || content.length < 5) return;
      const kinds = kindsInText(content);
      if (kinds.length > 0) put({ kinds, row, column, isColumn: false });
    });
    const person = kindsInRow(cells ?? []);
    if (person !== null) put({ ...person, row, isColumn: false });
    for (const head of personalColumns(rows, row)) put(head);
  });
  return [...found.values()];
}

/** One of both is in all that is looked for. */
const MANY_DIGITS = /(?:\d[ .()-]*){9}/;
const PERSONAL_WORD = /sinh|địa chỉ|nơi|chỗ ở|trú|số nhà/iu;

const ID_CARD = /(?<![\d.,])0(?:0[1-9]|[1-9]\d)[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}(?![\d.,]*\d)/u;
const ID_WORD =
  /(?:cccd|cmnd|cmt|căn cước|chứng minh|định danh)[^\d\n]{0,30}\d(?:[ .]?\d){8}(?:(?:[ .]?\d){3})?(?!\d)/iu;
const MOBILE = /(?<![\d.,])(?:0|\(?\+ ?84\)?[ .-]?)[35789](?:[ .-]?\d){8}(?!\d)/u;
const BIRTH = /(?:sinh ngày|ngày sinh|sinh năm|năm sinh|n\.?sinh)[^\d\n]{0,12}\d{1,4}/iu;
const ADDRESS =
  /(?:địa chỉ|nơi ở|chỗ ở|thường trú|tạm trú|nơi cư trú)(?: hiện nay| hiện tại| thường trú)? ?: ?\S|số nhà \d/iu;

/** The kinds that a text by itself shows. */
export function kindsInText(text: string): PersonalKind[] {
  const said = text.normalize("NFC");
  const kinds: PersonalKind[] = [];
  if (!MANY_DIGITS.test(said) && !PERSONAL_WORD.test(said)) return kinds;
  if (ID_CARD.test(said) || ID_WORD.test(said)) kinds.push("id_card");
  else if (namesWithNumber(said)) kinds.push("name", "id_card");
  if (MOBILE.test(said)) kinds.push("phone");
  if (BIRTH.test(said)) kinds.push("birth_date");
  if (ADDRESS.test(said)) kinds.push("address");
  return kinds;
}

const CAPITALISED_AND_NUMBER =
  /(?<!\p{L})((?:\p{Lu}\p{L}{0,20} ){1,4}\p{Lu}\p{L}{0,20})[^\d\n]{1,12}(\d{9}|\d{12})(?!\d)/gu;

function namesWithNumber(said: string): boolean {
  return [...said.matchAll(CAPITALISED_AND_NUMBER)].some(
    ([, name = "", number = ""]) =>
      !number.endsWith("000") &&
      name.split(" ").some((word) => FAMILY_NAMES.has(word.toLocaleLowerCase("vi"))),
  );
}

/** Words at the head of a column, without accents and signs. */
const HEADS: readonly (readonly [PersonalKind, RegExp])[] = [
  [
    "name",
    /^(ho (va |dem va |dem )?ten|hoten|full name|ten (doi tuong|nguoi .*|cong dan|hoc vien))$/,
  ],
  [
    "id_card",
    /^((so )?(cccd|cmnd|cmt|cmtnd)( (cccd|cmnd|cmt|cmtnd))*|(so )?(the )?can cuoc( cong dan)?|(so )?chung minh( nhan dan| thu)?|(so )?(ma )?dinh danh( ca nhan)?|so giay to( tuy than)?|id card)$/,
  ],
  ["phone", /^((so )?dien thoai( lien he| di dong)?|sdt|so dt|dt|dtdd|di dong|phone)$/],
  [
    "birth_date",
    /^(ngay sinh|ngay thang nam sinh|ngay,? thang,? nam sinh|nam sinh|date of birth|dob)$/,
  ],
  [
    "address",
    /^(dia chi( .*)?|noi o( .*)?|cho o( .*)?|noi cu tru|noi thuong tru|noi tam tru|ho khau( thuong tru)?|(dia chi )?thuong tru|tam tru|que quan|address)$/,
  ],
];

function headKind(content: CellContent | undefined): PersonalKind | null {
  // a label in front of its content is no head of a column
  if (typeof content !== "string" || content.length > 40 || content.trim().endsWith(":"))
    return null;
  const said = content
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replace(/[^a-z]+/g, " ")
    .trim();
  return HEADS.find(([, pattern]) => pattern.test(said))?.[0] ?? null;
}

/** Rows below a head in which its column may begin. */
const HEAD_ROWS = 4;

/** The columns that begin in a row with a head of this kind and are filled in below it. */
function personalColumns(rows: Rows, row: number): Sighting[] {
  const heads = (rows[row] ?? []).flatMap((content, column): Sighting[] => {
    const kind = headKind(content);
    if (kind === null) return [];
    const filled = rows
      .slice(row + 1, row + 1 + HEAD_ROWS)
      .filter((cells) => isFilled(cells?.[column]));
    return filled.length === 0 ? [] : [{ kinds: [kind], row, column, isColumn: true }];
  });
  // a name alone stands below a signature too
  return heads.every(({ kinds }) => kinds[0] === "name") &&
    heads.every(({ column }) => !isFilled(rows[row + 2]?.[column]))
    ? []
    : heads;
}

function isFilled(content: CellContent | undefined): boolean {
  return content !== undefined && content !== null && String(content).trim() !== "";
}

/** Family names that nearly all people of the country bear. */
const FAMILY_NAMES = new Set(
  "an âu bạch bành bế bùi cao chu chử cù đàm đặng đào đinh đỗ đoàn đồng dư dương giang giáp hà hoàng hồ hứa huỳnh khổng khuất kiều kim la lã lâm lăng lành lê linh lộc lò lữ lục lương lưu lý mã mạc mai ngô nguyễn ninh nông ông phan phạm phí phó phùng phương quách quan tạ tăng thạch thái thân tiêu tô tôn tống trần triệu trịnh trương từ vàng văn vi viên võ vũ vương".split(
    " ",
  ),
);

function looksLikeName(content: CellContent): boolean {
  if (typeof content !== "string" || content.length > 40) return false;
  const words = content.normalize("NFC").trim().split(/\s+/);
  return (
    words.length >= 2 &&
    words.length <= 5 &&
    words.every((word) => /^\p{Lu}\p{L}*$/u.test(word)) &&
    FAMILY_NAMES.has((words[0] ?? "").toLocaleLowerCase("vi"))
  );
}

/** Nine or twelve digits, of which an amount of money would end in zeros. */
const NUMBER_OF_PERSON = /^(?:\d{9}|\d{11,12})$/;

/** A name beside the number of an identity card, or of a telephone whose 0 Excel has dropped. */
function kindsInRow(cells: readonly CellContent[]): Pick<Sighting, "kinds" | "column"> | null {
  const column = cells.findIndex(looksLikeName);
  if (column < 0) return null;
  const hasNumber = cells.some(
    (content) =>
      (typeof content === "number" || typeof content === "string") &&
      NUMBER_OF_PERSON.test(String(content).trim()) &&
      !/000$/.test(String(content).trim()),
  );
  return hasNumber ? { kinds: ["name", "id_card"], column } : null;
}
