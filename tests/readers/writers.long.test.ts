import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as sheetjs from "@e965/xlsx";
import exceljs from "exceljs";
import { openXlsx, saveXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { newFolder } from "../folders.ts";
import { convert, isInstalled } from "../libreoffice.ts";
import { formOf, sheetOf } from "./form-given.ts";

const FORM = Buffer.from(
  await formOf(
    "O",
    {
      staff: "1120",
      trained: "Không phát sinh",
      "found 901": "3",
      "found 903": "0",
      "handled 901": "2",
    },
    { notes: new Map([["found", "ước tính, chưa chốt"]]), nilReturn: false },
  ),
);

/** It has no types of its own. */
const populate: { fromDataAsync(form: Buffer): Promise<{ outputAsync(): Promise<Buffer> }> } =
  createRequire(import.meta.url)("xlsx-populate");

/** What is read of it: figures with their cells, notes, and what is asked about. */
async function readOf(bytes: Uint8Array): Promise<string[]> {
  const reading = await readForm(bytes, "bieu");
  if (!reading.ok) return reading.problems.map(({ code, cell }) => `${code} ${cell}`);
  const { readings, seen } = reading.document;
  return [
    ...readings.map((one) => `${one.measure} ${one.area}=${one.value} ${one.note} ${one.cell}`),
    ...seen.flatMap((one) => one.unlike.map(({ cell, why }) => `${why} ${cell}`)),
    ...seen.flatMap((one) => one.struck.map(({ cell }) => `struck ${cell}`)),
  ];
}
const READ = await readOf(FORM);

/** Opens the form and saves it, or writes its cells anew where a program only writes. */
type Save = (form: Buffer) => Uint8Array | Promise<Uint8Array>;

/** Opened by a program of this machine in a folder of its own. @param command with `IN` and `OUT` */
const by =
  (format: string, ...command: readonly string[]): Save =>
  (form) => {
    const folder = newFolder();
    const [from, to] = [join(folder, "in.xlsx"), join(folder, `out.${format}`)];
    writeFileSync(from, form);
    const [program = "", ...options] = command.map((one) =>
      one.replaceAll("IN", from).replaceAll("OUT", to),
    );
    execFileSync(program, options, { timeout: 90_000, stdio: "ignore" });
    return readFileSync(to);
  };

const libreOffice =
  (format: string): Save =>
  (form) => {
    const folder = newFolder();
    writeFileSync(join(folder, "in.xlsx"), form);
    convert(folder, format, ["in.xlsx"], "out");
    return readFileSync(join(folder, "out", `in.${format}`));
  };

/** Cells that a program only writes, as lines of row, column, kind and text, parted by tabs. */
const writtenBy =
  (format: string, ...command: readonly string[]): Save =>
  async (form) => {
    const folder = newFolder();
    const { rows } = await sheetOf(form);
    const lines = rows.flatMap((cells, row) =>
      cells.flatMap((value, column) =>
        value === null || value instanceof Date
          ? []
          : [`${row}\t${column}\t${typeof value}\t${String(value).replaceAll("\n", " ")}`],
      ),
    );
    const [cells, to] = [join(folder, "cells.tsv"), join(folder, `out.${format}`)];
    writeFileSync(cells, lines.join("\n"));
    const [program = "", ...options] = command;
    execFileSync(program, [...options, cells, to], { timeout: 90_000, stdio: "ignore" });
    return readFileSync(to);
  };

const PERL = `my ($class, $cells, $to) = @ARGV; eval "require $class" or die; my $book = $class->new($to);
my $sheet = $book->add_worksheet(); open(my $in, "<:encoding(UTF-8)", $cells);
while (<$in>) { chomp; my ($row, $column, $kind, $text) = split /\\t/; $kind eq "number" ? $sheet->write_number($row, $column, $text) : $sheet->write_string($row, $column, $text) } $book->close();`;
const WRITER = `import sys, xlsxwriter
book = xlsxwriter.Workbook(sys.argv[2]); sheet = book.add_worksheet()
for line in open(sys.argv[1], encoding="utf-8"):
    row, column, kind, text = line.rstrip("\\n").split("\\t")
    sheet.write(int(row), int(column), float(text) if kind == "number" else text)
book.close()`;
const OPENPYXL = "import openpyxl,sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])";
const python = "/usr/bin/python3";

const has = (...command: readonly [string, ...string[]]): boolean => {
  try {
    execFileSync(command[0], command.slice(1), { timeout: 30_000, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};
const perl = (library: string): boolean => has("perl", `-M${library}`, "-e1");

const sheetJs =
  (bookType: "xlsx" | "xls" | "biff8" | "ods"): Save =>
  (form) =>
    sheetjs.write(sheetjs.read(form, { cellStyles: true }), { bookType, type: "buffer" });

/** Programs that write workbooks, and whether they are here; those of Debian need not be. */
const WRITERS: readonly (readonly [name: string, save: Save, isHere?: boolean])[] = [
  ["hucre, .xlsx", async (form) => saveXlsx(await openXlsx(form))],
  [
    "exceljs, .xlsx",
    async (form) => {
      const book = new exceljs.Workbook();
      await book.xlsx.load(form as unknown as ArrayBuffer);
      return Buffer.from(await book.xlsx.writeBuffer());
    },
  ],
  ["xlsx-populate, .xlsx", async (form) => (await populate.fromDataAsync(form)).outputAsync()],
  ["SheetJS, .xlsx", sheetJs("xlsx")],
  ["SheetJS, .xls", sheetJs("biff8")],
  ["SheetJS, .ods", sheetJs("ods")],
  [
    "openpyxl, .xlsx",
    by("xlsx", python, "-c", OPENPYXL, "IN", "OUT"),
    has(python, "-c", "import openpyxl"),
  ],
  [
    "XlsxWriter, .xlsx",
    writtenBy("xlsx", python, "-c", WRITER),
    has(python, "-c", "import xlsxwriter"),
  ],
  [
    "Excel::Writer::XLSX, .xlsx",
    writtenBy("xlsx", "perl", "-e", PERL, "Excel::Writer::XLSX"),
    perl("Excel::Writer::XLSX"),
  ],
  [
    "Spreadsheet::WriteExcel, .xls",
    writtenBy("xls", "perl", "-e", PERL, "Spreadsheet::WriteExcel"),
    perl("Spreadsheet::WriteExcel"),
  ],
  ...["xlsx", "xls", "ods"].map(
    (format) => [`LibreOffice, .${format}`, libreOffice(format), isInstalled("soffice")] as const,
  ),
  ...["xlsx", "xls", "ods"].map(
    (format) =>
      [
        `Gnumeric, .${format}`,
        by(format, "ssconvert", "IN", "OUT"),
        isInstalled("ssconvert"),
      ] as const,
  ),
];

describe("a form as a program saves it", () => {
  test("as it was given out", () => expect(READ).toContain("staff =1120  F23"));
  for (const [name, save, isHere = true] of WRITERS) {
    test.skipIf(!isHere)(`${name}${isHere ? "" : " (skipped: not installed)"}`, async () => {
      expect(await readOf(await save(FORM))).toEqual(READ);
    });
  }
});
