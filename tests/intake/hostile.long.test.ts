import { execFile } from "node:child_process";
import {
  closeSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { crc32, inflateRawSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { bomb, partsOf, type ZipEntry, zipFile } from "../readers/zip-given.ts";
import { formOf } from "./form-given.ts";
import { newWorld, type World } from "./given.ts";

const MEBIBYTE = 1024 * 1024;
const SCRIPT = fileURLToPath(new URL("hostile-intake.ts", import.meta.url));
const FIXTURES = fileURLToPath(new URL("../fixtures/forms", import.meta.url));

/**
 * Most resident memory of a process that takes it in, with Node and DuckDB: 512 on a machine that
 * does nothing else, where 482 was the most found. A busy one collects its garbage later.
 */
const MAX_MIB = 640;
/** Seconds are for a machine that does nothing else; here it only must not hang. */
const MAX_CPU_SECONDS = 20;

const TYPES: ZipEntry = { name: "[Content_Types].xml", content: "<Types/>" };
const SHEET = "xl/worksheets/sheet1.xml";
const STRINGS = "xl/sharedStrings.xml";
const sheet = (rows: string): ZipEntry => ({
  name: SHEET,
  content: `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`,
});
const ODS = "application/vnd.oasis.opendocument.spreadsheet";
const ods = (body: string, more: readonly ZipEntry[] = []): Buffer => {
  const content = `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>${body}</office:spreadsheet></office:body></office:document-content>`;
  return zipFile([
    ...[
      { name: "mimetype", content: ODS },
      { name: "content.xml", content },
    ],
    ...more,
  ]);
};
const LAUGHS = `<!DOCTYPE x [<!ENTITY a "ha">${"bcdefghij"
  .split("")
  .map((name, index) => `<!ENTITY ${name} "${`&${"abcdefghij"[index]};`.repeat(10)}">`)
  .join("")}]><x>&j;</x>`;
const OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>';

const HEADER = "plan,unit,period,area,measure,value,note";
const line = (value: string, note = ""): string => `thu,UB-02,Q2,,people,${value},${note}`;

type Make = (world: World, path: string) => Promise<Buffer | string> | Buffer | string | undefined;
type Change = (parts: ZipEntry[]) => ZipEntry[];

/** A form of the made-up plan with the parts of its workbook changed. */
const form =
  (change: Change, note = ""): Make =>
  async (world) => {
    const notes = new Map([["people", note]]);
    const bytes = await formOf(world, "UB-02", { people: "5" }, { notes });
    return zipFile(change(partsOf(bytes, (packed) => inflateRawSync(packed))));
  };

const edit = (name: string, change: (text: string) => string | Buffer): Change => {
  const changed = ({ content }: ZipEntry) => change(Buffer.from(content ?? "").toString());
  return (parts) =>
    parts.map((part) => (part.name === name ? { name, content: changed(part) } : part));
};
const formWith = (name: string, content: string | Buffer): Make =>
  form((parts) => [...parts, { name, content }]);
/** Something before the end of an element. */
const before = (name: string, end: string, more: string): Make =>
  form(edit(name, (text) => text.replace(end, `${more}${end}`)));
const rows = (more: string): Make => before(SHEET, "</sheetData>", more);
const texts = (content: string | Buffer): Make => form(edit(STRINGS, () => content));
const archive =
  (...entries: ZipEntry[]): Make =>
  () =>
    zipFile([TYPES, ...entries]);
const table =
  (body: string): Make =>
  () =>
    ods(`<table:table table:name="a">${body}</table:table>`);
const csv =
  (lines: string): Make =>
  () =>
    `${HEADER}\n${lines}\n`;
const old =
  (change: (bytes: Buffer) => void): Make =>
  () => {
    const bytes = readFileSync(join(FIXTURES, "as-sent.xls"));
    change(bytes);
    return bytes;
  };
/** A file that is as long as some mebibytes, of which the first are written. */
const long =
  (mebibytes: number, pieces: Iterable<string | Buffer>): Make =>
  (_, path) => {
    written(path, pieces);
    if (statSync(path).size < mebibytes * MEBIBYTE) truncateSync(path, mebibytes * MEBIBYTE);
    return undefined;
  };

/** A file that is written piece by piece. */
function written(path: string, pieces: Iterable<string | Buffer>): void {
  const file = openSync(path, "w");
  for (const piece of pieces) {
    if (typeof piece === "string") writeSync(file, piece);
    else writeSync(file, piece);
  }
  closeSync(file);
}

function* repeated(piece: string | Buffer, times: number, head = "", tail = "") {
  yield head;
  for (let time = 0; time < times; time += 1) yield piece;
  yield tail;
}

/** Checksum of 10 MiB of spaces. */
const TEN = crc32(Buffer.alloc(10 * MEBIBYTE, " "));
const XS = Buffer.alloc(MEBIBYTE, "x");

const CELL = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>';
const CIRCLE =
  '<row r="900"><c r="A900"><f>B900</f><v>1</v></c><c r="B900"><f>A900</f><v>1</v></c></row>';
const MERGED = '<mergeCells count="1"><mergeCell ref="AA500:XFD1048576"/></mergeCells>';
const COLUMNS =
  '<table:table-row><table:table-cell table:number-columns-repeated="1000000"><text:p>1</text:p></table:table-cell></table:table-row>';
const ROWS =
  '<table:table-row table:number-rows-repeated="1000000000"><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row>';
const DDE = '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>';
const IN_PART = zipFile([{ name: "a", packed: bomb(1024) }]);
const SIXTY = Array.from({ length: 60 }, (_, part) => `xl/${part}.xml`);
const PARTS = Array.from({ length: 2000 }, (_, part) => ({ name: `xl/${part}.xml` }));
const ONES = (columns: number): string => `${line("5")}${",1".repeat(columns)}`;
const UNKNOWN = Array.from({ length: 200_000 }, (_, row) => `thu,U${row},Q2,,people,5,`);

/** What is sent, what comes of it (codes of the problems, or `accepted`), and how it is made. */
const CASES: [name: string, becomes: string, make: Make][] = [
  // zip archives
  [
    "10 MB that inflate to 10 GB.xlsx",
    "file_too_large",
    () => zipFile([TYPES, { name: SHEET, packed: bomb(10 * 1024) }]),
  ],
  [
    "sixty parts of 10 MB.xlsx",
    "file_too_large",
    () => zipFile([TYPES, ...SIXTY.map((name) => ({ name, packed: bomb(10), crc: TEN }))]),
  ],
  ["a bomb within a part.xlsx", "accepted", formWith("xl/embeddings/a.zip", IN_PART)],
  [
    // an expression met so many blanks that its stack overflowed
    "nine million blanks within an element.xlsx",
    "reading_failed|reading_limits|damaged_workbook",
    form(edit(SHEET, (text) => text.replace("<worksheet", `<worksheet${" ".repeat(9_000_000)}`))),
  ],
  ["2001 parts.xlsx", "unsafe_workbook", archive(...PARTS)],
  [
    "parts with paths that lead out.xlsx",
    "accepted",
    formWith("../../../tmp/chitieu-hostile", "x"),
  ],
  ["only a head.xlsx", "damaged_workbook", () => Buffer.from("PK\u0003\u0004", "latin1")],
  // XML
  ["entities of entities.xlsx", "unsafe_workbook", texts(LAUGHS)],
  [
    "entities of entities, UTF-16.xlsx",
    "damaged_workbook",
    texts(Buffer.from(`\uFEFF${LAUGHS}`, "utf16le")),
  ],
  ["a file from outside.xlsx", "unsafe_workbook", form(edit("xl/workbook.xml", () => OUTSIDE))],
  [
    "entities of entities.ods",
    "unsafe_workbook",
    () => ods("", [{ name: "styles.xml", content: LAUGHS }]),
  ],
  [
    "elements a million deep.xlsx",
    "file_too_large",
    archive({ name: SHEET, content: "<a>".repeat(1_000_000) }),
  ],
  ["elements a million deep.ods", "file_too_large", () => ods("<table:table>".repeat(1_000_000))],
  // cells
  [
    "a million and a half shared texts.xlsx",
    "file_too_large",
    before(STRINGS, "</sst>", "<si><t>a</t></si>".repeat(1_500_000)),
  ],
  ["a cell at XFD1048576.xlsx", "sheet_too_large", rows(CELL)],
  [
    "a million columns.xlsx",
    "file_too_large",
    archive(sheet(`<row>${"<c><v>1</v></c>".repeat(1_000_000)}</row>`)),
  ],
  ["a million columns.ods", "sheet_too_large", table(COLUMNS)],
  ["a milliard rows.ods", "sheet_too_large", table(ROWS)],
  [
    "a note of thirty thousand characters.xlsx",
    "accepted",
    form((parts) => parts, "x".repeat(30_000)),
  ],
  ["shared strings that are not there.xlsx", "damaged_workbook", texts("<sst/>")],
  ["formulas in a circle.xlsx", "accepted", rows(CIRCLE)],
  [
    "merged over everything.xlsx",
    "accepted",
    form(edit(SHEET, (text) => text.replace("</sheetData>", `</sheetData>${MERGED}`))),
  ],
  // what runs
  ["macros.xlsm", "macros", formWith("xl/vbaProject.bin", "x")],
  [
    "macros.ods",
    "macros",
    () => ods("", [{ name: "Basic/Standard/Module1.xml", content: "<x/>" }]),
  ],
  [
    "a link into another program.xlsx",
    "outside_link",
    formWith("xl/externalLinks/externalLink1.xml", DDE),
  ],
  // old workbooks
  [
    "an old workbook with bytes changed.xls",
    "damaged_workbook",
    // every sector of the allocation table points at itself
    old((bytes) => bytes.fill(0, 512, 1024)),
  ],
  [
    "an old workbook that is a circle.xls",
    "damaged_workbook",
    old((bytes) => {
      for (let at = 76; at < 512; at += 4) bytes.writeUInt32LE(0, at);
      bytes.writeUInt32LE(0, 48);
    }),
  ],
  // text files
  [
    "a line of 1 GB.csv",
    "text_too_large",
    long(0, repeated(XS, 1024, `${HEADER}\n${line("5")}\nthu,UB-02,Q2,,people,6,`, "\n")),
  ],
  ["a first line of 256 MB.csv", "text_too_large", long(256, repeated(XS, 64))],
  [
    "a quote that is never closed.csv",
    "csv_too_many_lines",
    long(0, repeated(`${line("5")}\n`, 500_000, `${HEADER}\n${line("5", '"')}`)),
  ],
  [
    "twenty lines of eight thousand columns.csv",
    "csv_too_many",
    () => `${HEADER}\n${`${ONES(8000)}\n`.repeat(20)}`,
  ],
  ["a million columns.csv", "csv_line_too_long", csv(ONES(1_000_000))],
  [
    "a header of a million columns.csv",
    "header_unknown|more",
    () => `${HEADER}${",x".repeat(1_000_000)}\n${line("5")}\n`,
  ],
  [
    "ten million empty lines.csv",
    "csv_too_many_lines",
    () => `${HEADER}\n${"\n".repeat(10_000_000)}`,
  ],
  ["NUL in a figure.csv", "not_a_number", csv(line("5\u0000"))],
  ["NUL in a note.csv", "accepted", csv(line("5", "a\u0000b"))],
  ["NUL in a code.csv", "accepted", csv("thu,UB-02\u0000,Q2,,people,5,")],
  ["nothing but NUL.csv", "text_too_large", long(64, [])],
  [
    "two hundred thousand units that nobody knows.csv",
    "csv_too_many_lines",
    csv(UNKNOWN.join("\n")),
  ],
  ["characters that turn text round.csv", "accepted", csv(line("5", "\u202Egnp.exe \u200B\u0007"))],
  [
    "texts that begin like formulas.csv",
    "accepted",
    csv(line("5", '"=HYPERLINK(""http://x"";""y"")"')),
  ],
  ["figures that begin like formulas.csv", "not_a_number", csv(line("=1+1"))],
];

interface Became {
  readonly name: string;
  readonly outcome: string;
  readonly problems: readonly { code: string; text: string }[];
  readonly cpuSeconds: number;
  readonly peakMib: number;
}

const became = new Map<string, Became>();
let world: World;

beforeAll(async () => {
  world = newWorld();
  for (const [name, , make] of CASES) {
    const path = join(world.sources, "inbox", name);
    const content = await make(world, path);
    if (content !== undefined) writeFileSync(path, content);
  }
  const names = CASES.map(([name]) => name);
  // the large ones, and those that become large, have a process to themselves, so that the memory is
  // theirs
  const isLarge = (name: string): boolean =>
    /million|milliard|inflate|parts of 10 MB|deep/.test(name) ||
    (statSync(join(world.sources, "inbox", name)).size > MEBIBYTE && name.endsWith(".csv"));
  const groups = [
    names.filter((name) => !isLarge(name)),
    ...names.filter(isLarge).map((name) => [name]),
  ];
  for (const group of groups) {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", SCRIPT, world.folder, ...group],
      { maxBuffer: 64 * MEBIBYTE, timeout: 200_000, killSignal: "SIGKILL" },
    );
    for (const text of stdout.trim().split("\n")) {
      const one: Became = JSON.parse(text);
      became.set(one.name, one);
    }
  }
});

test.each(CASES)("%s: %s", (name, becomes) => {
  const one = became.get(name);
  const codes = new Set(one?.problems.map(({ code }) => code));
  const found = one?.outcome === "refused" ? [...codes] : [one?.outcome ?? "nothing"];
  for (const code of found) expect(becomes.split("|")).toContain(code);
  for (const { text } of one?.problems ?? []) {
    // words for the sender, with nothing in them that a terminal or an editor would act on
    expect(text).toMatch(/[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]/i);
    expect(text).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
  }
  expect(one?.cpuSeconds).toBeLessThan(MAX_CPU_SECONDS);
  expect(one?.peakMib).toBeLessThan(MAX_MIB);
});
