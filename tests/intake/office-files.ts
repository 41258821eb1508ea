import type { CellValue } from "hucre";
import { writeXlsx } from "hucre/xlsx";
import type { TextEncoding } from "../../pipelines/readers/text-encoding.ts";
import { type Parts, pack, unpack } from "../../pipelines/workbook/zip.ts";
import { randomOf } from "../ledger/kill-loop.ts";
import { hasLibreOffice } from "../libreoffice.ts";
import { encoded } from "../readers/encoded.ts";
import { zipFile } from "../readers/zip-given.ts";
import { besides, formRows, workbookOfRows } from "./form-given.ts";
import { csvOf, type World } from "./given.ts";
import {
  ASKED,
  ENTRY,
  figuresOf,
  HABITS,
  HONEST,
  type Made,
  readByEye,
  savedAs,
  UNITS,
} from "./habits.ts";

/** Files of one kind, and what has to become of each of them, where that is known. */
export interface Kind {
  readonly name: string;
  readonly made: readonly Made[];
  /** `read`: none is refused; `refused`: each is. */
  readonly must: "read" | "refused" | null;
}

/** Every kind: what is typed into cells, what clerks do to forms, other files, other writers, texts. */
export async function officeFiles(world: World): Promise<Kind[]> {
  const forms = await formsOfClerks(world);
  const persons = await hiddenPersons(world);
  // LibreOffice leaves out what stands in parts of a workbook that it does not know
  const kept = persons.filter(({ what }) => /^(?:a name|a list|the name|a footer)/.test(what));
  return [
    { name: "what is typed into cells", made: await typedCells(world), must: null },
    { name: "forms handled by clerks", made: forms, must: null },
    { name: "the same as .ods and .xls", made: await savedForms(world, forms), must: null },
    { name: "other files of offices", made: await otherFiles(), must: "refused" },
    { name: "workbooks of other writers", made: await otherWriters(world), must: "read" },
    { name: "CSV files", made: csvFiles(), must: "read" },
    { name: "notes without a person", made: notes(INNOCENT), must: "read" },
    {
      name: "places where persons hide",
      made: [...persons, ...(await savedForms(world, kept))],
      must: "refused",
    },
  ];
}

// what is typed into cells

/** A text, and the number that a person is sure of; null where nobody can be. */
type Typed = readonly [text: CellValue, number: string | null];

const sure = (number: string, ...texts: readonly CellValue[]): Typed[] =>
  texts.map((text) => [text, number]);
const unsure = (...texts: readonly CellValue[]): Typed[] => texts.map((text) => [text, null]);

/** Into a number of people on a day. */
const STOCK: readonly Typed[] = [
  ...sure("45", 45, "45", " 45 ", "45 người", "45 Người", "45  NGƯỜI", "45.0", "045", "45.", "+45"),
  ...sure("1120", 1120, "1120", "1 120", "1\u00a0120", "1\u202f120", "1.120", "1,120"),
  ...sure("45150", "45150", "45 150", "45\u00a0150", "45.150", "45150 người"),
  ...sure("1120000", "1.120.000", "1,120,000", "1 120 000", "1\u00a0120\u00a0000"),
  ...sure("0", 0, "0", "không", "không có", "KPS", "Không phát sinh"),
  ...unsure("45\n150", "45\t150", "45\r\n150", "45_x000D_150", "45; 150", "45, 150", "45 và 150"),
  ...unsure("45+5", "45/60", "45-60", "45 - 60", "~45", "khoảng 45", "gần 200", "trên 100"),
  ...unsure("dưới 50", "hơn 30", "45 lượt", "45 nghìn người", "45 hộ", "45 nghìn", "4 chục"),
  ...unsure("-", "x", "/", "...", "?", "n/a", "#REF!", "không rõ", "chưa có", "chưa thống kê"),
  ...unsure(
    "-5",
    "5,5",
    "45%",
    "5/6/2024",
    "Quý II",
    "bốn mươi lăm",
    "45 (ước)",
    "45*",
    "45 150 2",
  ),
  ...unsure("45 ng", "45,", "45 150.5.2", "(45)", "45 người (12 nữ)"),
  ...unsure("1 12", "12 34 5", "999999999999999", "1.12", true),
];
/** Into a number of people in a quarter. */
const FLOW: readonly Typed[] = [
  ...sure("0", "KPS", "kps", "K.P.S", "Không", "KHÔNG", "không có", "Không có", "ko", "không ps"),
  ...unsure("-", "0-5", "KPS 5", "không 5"),
];
/** Into millions of đồng, with two decimals. */
const MONEY: readonly Typed[] = [
  ...sure("12.5", 12.5, "12,5", "12.5", "12,50", "12,5 triệu đồng"),
  ...sure("1120.5", "1.120,5", "1,120.5", "1 120,5"),
  ...sure("0.25", 0.25, "0,25"),
  ...unsure("12 tỷ", "1,1,2", "12.5.6", "12,5 nghìn"),
];
/** Into a question that is answered by yes or no. */
const ANSWER: readonly Typed[] = [
  ...sure("1", "Có", "có", "CÓ", "x", "X", "✓", "đạt", 1),
  ...sure("0", "Không", "không", "chưa", "Chưa", 0, "Ko", "ko", "K", "không có"),
  ...unsure("☒", "đang làm", "Có?", "có/không", "2"),
];

async function typedCells(world: World): Promise<Made[]> {
  const base = { people: "900000000", visits: "7", visits_day: "3", visits_night: "4" };
  const made: Made[] = [];
  for (const [measure, typed] of [
    ["people", STOCK],
    ["reached", FLOW],
    ["budget", MONEY],
    ["has_plan", ANSWER],
  ] as const) {
    for (const [text, number] of typed) {
      const rows = await formRows(world.catalogue, "UB-01", base);
      const cells = rows.find(([code]) => code === `measure:${measure}`);
      if (cells === undefined) throw new Error(`no row of ${measure}`);
      cells[ENTRY] = text;
      const seen = number === null ? null : new Map([...Object.entries(base), [measure, number]]);
      const what = `${measure} ${JSON.stringify(text)}`;
      made.push({ what, seen, bytes: await workbookOfRows(rows) });
    }
  }
  return made;
}

// what clerks do to forms

async function formsOfClerks(world: World): Promise<Made[]> {
  const names = Object.keys(HABITS);
  const made: Made[] = [];
  for (const [number, name] of names.entries()) {
    const random = randomOf(598_000 + number);
    const unit = UNITS[number % UNITS.length] ?? "GD";
    const rows = await formRows(world.catalogue, unit, figuresOf(unit, random));
    const own = besides();
    HABITS[name]?.(rows, random, own);
    const bytes = await workbookOfRows(rows, own);
    const seen = name in ASKED ? null : readByEye(rows, unit);
    made.push({ what: `${unit}: ${name}`, seen, isHonest: name in HONEST, bytes });
  }
  return made;
}

async function savedForms(world: World, forms: readonly Made[]): Promise<Made[]> {
  if (!hasLibreOffice) return [];
  const [ods, xls] = [
    await savedAs(world.folder, "ods", forms),
    savedAs(world.folder, "xls", forms),
  ];
  return [...ods, ...(await xls)];
}

// other files

const hex = (start: string): Buffer =>
  Buffer.concat([Buffer.from(start, "hex"), Buffer.alloc(600, 1)]);
const ole = (stream: string): Buffer =>
  Buffer.concat([hex("d0cf11e0a1b11ae1"), Buffer.from(stream, "utf16le"), Buffer.alloc(600)]);
const zip = (...names: string[]): Buffer =>
  zipFile(names.map((name) => ({ name, content: `<x>${name}</x>` })));

async function otherFiles(): Promise<Made[]> {
  const own = await writeXlsx({
    sheets: [{ name: "BC", rows: [["Báo cáo"], ["Số người", 45], ["Số lượt", 60]] }],
  });
  const files: readonly (readonly [what: string, bytes: Uint8Array | string])[] = [
    ["nothing", ""],
    ["blanks", "   \n"],
    ["PDF", "%PDF-1.7\n"],
    ["RAR 4", hex("526172211a0700")],
    ["RAR 5", hex("526172211a070100")],
    ["7z", hex("377abcaf271c")],
    ["GZ", hex("1f8b08")],
    ["JPEG", hex("ffd8ffe0")],
    ["PNG", hex("89504e470d0a1a0a")],
    ["GIF", hex("474946383961")],
    ["TIFF", hex("49492a00")],
    ["TIFF of a Mac", hex("4d4d002a")],
    ["HEIC", hex("0000001866747970686569")],
    ["RTF", "{\\rtf1 Báo cáo}"],
    ["Word 97", ole("WordDocument")],
    ["PowerPoint 97", ole("PowerPoint Document")],
    ["Outlook", ole("__substg1.0_0037001F")],
    ["Excel with a password", ole("EncryptedPackage")],
    ["winmail.dat", hex("789f3e22")],
    ["Word", zip("[Content_Types].xml", "word/document.xml")],
    ["PowerPoint", zip("[Content_Types].xml", "ppt/presentation.xml")],
    ["xlsb", zip("[Content_Types].xml", "xl/workbook.bin")],
    ["OpenDocument text", zip("mimetype", "content.xml")],
    ["OpenDocument with a password", zip("mimetype", "encrypted-package")],
    ["an archive without a form", zip("a.pdf", "b.docx")],
    ["an empty archive", zipFile([])],
    ["a part of an archive", hex("504b0708")],
    ["a page saved as .xls", "<html><table><tr><td>45</td></tr></table></html>"],
    ["XML of Excel 2003", '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><W/>'],
    ["a mail without a form", "From: a\r\nTo: b\r\nSubject: c\r\nMIME-Version: 1.0\r\n\r\n45\r\n"],
    ["a workbook of its own layout", own],
    ["a text", "Báo cáo quý II: 45 người.\n"],
    ["a CSV of its own layout", "Chỉ tiêu;Số liệu\nSố người;45\n"],
  ];
  return files.map(([what, bytes]) => ({ what, seen: null, bytes: Buffer.from(bytes) }));
}

// other writers

const SHEET = /worksheets\/[^/]*\.xml$/;
const STRINGS = /sharedStrings\.xml$/;
const inParts =
  (which: RegExp, change: (xml: string, parts: Parts) => string) =>
  (parts: Parts): void => {
    for (const [name, content] of parts) {
      if (which.test(name)) parts.set(name, Buffer.from(change(content.toString("utf8"), parts)));
    }
  };
const prefixed = (xml: string): string =>
  xml.replace(/<(\/?)(?=[a-zA-Z])/g, "<$1x:").replace(/xmlns="/, 'xmlns:x="');

/** Ways in which other programs write the same workbook. */
const WRITERS: Readonly<Record<string, (parts: Parts) => void>> = {
  "as it is": () => undefined,
  "a mark before the XML": inParts(/\.xml$/, (xml) => `\uFEFF${xml}`),
  "names with a prefix": inParts(/worksheets\/[^/]*\.xml$|sharedStrings\.xml$/, prefixed),
  "texts in pieces": inParts(STRINGS, (xml) =>
    xml.replace(/<t(?: [^>]*)?>([^<]{2})([^<]*)<\/t>/g, (_, one, other) => {
      const run = (text: string): string => `<r><t xml:space="preserve">${text}</t></r>`;
      return /[&;]/.test(`${one}${other}`) ? `<t>${one}${other}</t>` : run(one) + run(other);
    }),
  ),
  "readings of characters beside texts": inParts(STRINGS, (xml) =>
    xml.replaceAll("</si>", '<rPh sb="0" eb="1"><t>99</t></rPh></si>'),
  ),
  "texts as CDATA": inParts(STRINGS, (xml) =>
    xml.replace(/(<t(?: [^>]*)?>)([^<&]*)(<\/t>)/g, "$1<![CDATA[$2]]>$3"),
  ),
  "numbers with exponents": inParts(SHEET, (xml) =>
    xml.replace(/(<c(?![^>]*t="(?!n"))[^>]*>)<v>(\d+)<\/v>/g, (_, cell, number) => {
      return `${cell}<v>${Number(number).toExponential().toUpperCase()}</v>`;
    }),
  ),
  "numbers with a decimal": inParts(SHEET, (xml) =>
    xml.replace(/(<c(?![^>]*t="(?!n"))[^>]*>)<v>(\d+)<\/v>/g, "$1<v>$2.0</v>"),
  ),
  "numbers by formulas": inParts(SHEET, (xml) =>
    xml.replace(/(<c(?![^>]*t="(?!n"))[^>]*>)<v>(\d+)<\/v>/g, "$1<f>$2-0</f><v>$2</v>"),
  ),
  "lines between elements": inParts(SHEET, (xml) =>
    xml.replace(/>(?=<(?:row|\/row|c )\b)/g, ">\n "),
  ),
  "texts in their cells": (parts) => {
    const strings = [...parts].find(([name]) => STRINGS.test(name))?.[1].toString("utf8") ?? "";
    const texts = [...strings.matchAll(/<si>(.*?)<\/si>/gs)].map(([, text]) => text ?? "");
    inParts(SHEET, (xml) =>
      xml.replace(/(<c\b[^>]*) t="s"([^>]*)><v>(\d+)<\/v>/g, (_, before, after, index) => {
        return `${before} t="inlineStr"${after}><is>${texts[Number(index)] ?? ""}</is>`;
      }),
    )(parts);
  },
};

async function otherWriters(world: World): Promise<Made[]> {
  const made: Made[] = [];
  const names = Object.keys(WRITERS);
  for (let number = 0; number < 100; number += 1) {
    const unit = UNITS[number % UNITS.length] ?? "GD";
    const figures = figuresOf(unit, randomOf(5_980_000 + number));
    const rows = await formRows(world.catalogue, unit, figures);
    const parts = unpack(await workbookOfRows(rows));
    if (parts === null) throw new Error("a workbook that was just written cannot be unpacked");
    const name = names[number % names.length] ?? "as it is";
    WRITERS[name]?.(parts);
    const bytes = pack(parts, number % 2 === 0 ? 6 : 0);
    made.push({ what: `${unit}: ${name}`, seen: readByEye(rows, unit), bytes });
  }
  return made;
}

// CSV files

const ENCODINGS: readonly (readonly [name: string, encoding: TextEncoding, mark: string])[] = [
  ["UTF-8", "UTF-8", ""],
  ["UTF-8 with a mark", "UTF-8", "\uFEFF"],
  ["UTF-16LE", "UTF-16LE", ""],
  ["UTF-16BE", "UTF-16BE", ""],
  ["windows-1258", "windows-1258", ""],
  ["TCVN3", "TCVN3", ""],
];
const BEFORE = (separator: string): readonly string[] => [
  "",
  `sep=${separator}\r\n`,
  "BAO CAO QUY II\r\n\r\n",
  "\r\n",
];
const NOTE = "Số ước tính của phường, đã tổ chức hội nghị ở hai thôn";

function csvFiles(): Made[] {
  const made: Made[] = [];
  for (const separator of [",", ";", "\t"]) {
    for (const [name, encoding, mark] of ENCODINGS) {
      for (const before of BEFORE(separator)) {
        const random = randomOf(59_800_000 + made.length);
        const figures = { ...figuresOf("UB-01", random), budget: "5" };
        const lines = Object.entries(figures).map(
          ([measure, value]) => `UB-01,Q2,,${measure},${value},"${NOTE}"`,
        );
        // what is parted by a semicolon or a tab has no comma in its notes
        const text = csvOf(lines).replaceAll('"', "").replaceAll("phường, đã", "phường đã");
        const parted = text.replaceAll(",", separator).replaceAll("\n", "\r\n");
        const bytes = encoded(`${mark}${before}${parted}`, encoding);
        const seen = new Map(
          Object.entries(figures).map(([measure, value]) => [
            measure,
            { Có: "1", Không: "0" }[value] ?? value,
          ]),
        );
        made.push({ what: `${name}, ${JSON.stringify([separator, before])}`, seen, bytes });
      }
    }
  }
  return made;
}

// texts

/** Ordinary notes of reports, which tell of no person. */
const INNOCENT: readonly string[] = [
  "Không phát sinh năm 2024",
  "Số vụ phát sinh năm 2023 chuyển sang",
  "Số học sinh năm học 2023-2024",
  "450 học sinh dự ngày 12/5/2024",
  "Tổng vệ sinh ngày 5/6 tại 12 tổ dân phố",
  "Lao động tạm trú: 45 người; thường trú: 75 người",
  "Đăng tại địa chỉ: https://langson.gov.vn",
  "Theo Công văn số 0912345678/UBND",
  "Kế hoạch số 217/KH-UBND ngày 10/4/2024",
  "Đã khai báo tạm trú 100%",
  "Số liệu đến ngày 15/6/2024",
  "Tăng 12 người so với quý I",
  "Ước tính, chưa chốt",
  "Có 3 cơ sở ngừng hoạt động",
  "Phối hợp với Công an thành phố",
  "Tuyên truyền tại 5/8 phường, xã",
  "Lồng ghép trong hội nghị tháng 5",
  "Chưa có kinh phí",
  "Kinh phí 12,5 triệu đồng từ ngân sách",
  "Gồm 2 khách sạn, 11 nhà nghỉ",
  "Số quyết định 1234/QĐ-UBND",
  "Tổ chức 2 buổi, 120 lượt người",
  "Đạt 96% kế hoạch",
  "Không có trường hợp vi phạm",
  "Báo cáo của 21 đơn vị",
  "Thực hiện từ 01/4 đến 30/6/2024",
  "Cấp phát 1.200 tờ rơi",
  "Số điện thoại đường dây nóng: 113",
  "Học sinh khối 8, khối 9",
  "Đã bàn giao cho phòng chuyên môn",
];

function notes(texts: readonly string[]): Made[] {
  return texts.map((text) => {
    const lines = ["people,900", "reached,", "visits,", "visits_day,", "visits_night,", "budget,"];
    const all = [...lines, "has_plan,"].map(
      (line, index) => `UB-01,Q2,,${line},${index === 0 ? `"${text}"` : ""}`,
    );
    return { what: text, seen: new Map([["people", "900"]]), bytes: Buffer.from(csvOf(all)) };
  });
}

const PERSON = "Liên hệ Nguyễn Văn An, 0912 345 678";
const COMMENT = `<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><commentList><comment ref="A1"><text><t>${PERSON}</t></text></comment></commentList></comments>`;

/** Places beside the cells in which the data of a person can stand; a property refuses no file. */
const PLACES: Readonly<Record<string, (parts: Parts) => void>> = {
  "a comment": (parts) => void parts.set("xl/comments1.xml", Buffer.from(COMMENT)),
  "a comment at another path": (parts) =>
    void parts.set("xl/comments/comment1.xml", Buffer.from(COMMENT)),
  "a footer": inParts(SHEET, (xml) =>
    xml.replace(
      "</worksheet>",
      `<headerFooter><oddFooter>&amp;L${PERSON}</oddFooter></headerFooter></worksheet>`,
    ),
  ),
  "a drawn text": (parts) =>
    void parts.set(
      "xl/drawings/drawing9.xml",
      Buffer.from(`<d xmlns:a="a"><a:p><a:r><a:t>${PERSON}</a:t></a:r></a:p></d>`),
    ),
  "a name given to a cell": inParts(/xl\/workbook\.xml$/, (xml) =>
    xml.replace(
      "</workbook>",
      '<definedNames><definedName name="Lo_Thi_May_0912345678">S!$A$1</definedName></definedNames></workbook>',
    ),
  ),
  "a list to choose from": inParts(SHEET, (xml) =>
    xml.replace(
      "</worksheet>",
      `<dataValidations><dataValidation type="list" sqref="Z9"><formula1>"${PERSON},Khác"</formula1></dataValidation></dataValidations></worksheet>`,
    ),
  ),
  "the name of a sheet": inParts(/xl\/workbook\.xml$/, (xml) =>
    xml.replace(/<sheet name="[^"]*"/, '<sheet name="An 0912345678"'),
  ),
};

async function hiddenPersons(world: World): Promise<Made[]> {
  const form = await workbookOfRows(await formRows(world.catalogue, "UB-01", { people: "45" }));
  return Object.entries(PLACES).map(([what, hide]) => {
    const parts = unpack(form);
    if (parts === null) throw new Error("a workbook that was just written cannot be unpacked");
    hide(parts);
    return { what, seen: null, bytes: pack(parts, 6) };
  });
}
