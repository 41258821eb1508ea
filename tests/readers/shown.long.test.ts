import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Cell, writeXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { isShownAsPercentage, shownOtherwise } from "../../pipelines/readers/shown-number.ts";
import { newFolder } from "../folders.ts";
import { convert, hasLibreOffice, isInstalled } from "../libreoffice.ts";
import {
  CELLS,
  CONDITIONS,
  formOfCell,
  formOfCondition,
  mergedForm,
  readEntry,
  readShort,
  shownForm,
} from "./shown-given.ts";

const FORMATS = [
  ...["General", "#,##0", "0.00", '0" nghìn"', '">"0', '0"/25"', '0"00"', '"-"0', "0,", ";;;"],
];

/** LibreOffice writes no such condition into an .xls; in an .ods what it shows is not worked out. */
const OF_NUMBERS = ["thousands where it is above 5", "hidden always"];

describe.skipIf(!hasLibreOffice)("with LibreOffice (skipped where it is not installed)", () => {
  test.each(["ods", "xls"])("what is shown is what is read: .%s", async (format) => {
    const folder = newFolder();
    const forms = [...(await Promise.all(FORMATS.map(shownForm))), await mergedForm()];
    const names = forms.map((bytes, index) => {
      writeFileSync(join(folder, `bieu${index}.xlsx`), bytes);
      return `bieu${index}.xlsx`;
    });
    convert(folder, format, names);
    for (const [index, form] of forms.entries()) {
      const saved = readFileSync(join(folder, `bieu${index}.${format}`));
      const number = (text: string): string => text.replace("0.0", "0");
      expect([FORMATS[index], number(await readEntry(saved))]).toEqual([
        FORMATS[index],
        number(await readEntry(form)),
      ]);
    }
  });
  test.each(["ods", "xls"])("as it is formatted: .%s", async (format) => {
    const folder = newFolder();
    const of =
      format === "xls" ? CONDITIONS.filter(([what]) => !OF_NUMBERS.includes(what)) : CONDITIONS;
    const made = [
      ...CELLS.map(([what, cell, read]) => ({ what, bytes: formOfCell(cell), read })),
      ...of.map(([what, rule, read]) => ({
        ...{ what, bytes: formOfCondition(rule) },
        read: OF_NUMBERS.includes(what) ? "20, form_uncertain" : read,
      })),
    ];
    const names = made.map((_, index) => `bieu${index}.xlsx`);
    for (const [index, { bytes }] of made.entries()) {
      writeFileSync(join(folder, names[index] ?? ""), await bytes);
    }
    convert(folder, format, names);
    const found: string[][] = [];
    for (const [index, { what }] of made.entries()) {
      found.push([what, await readShort(readFileSync(join(folder, `bieu${index}.${format}`)))]);
    }
    expect(found).toEqual(made.map(({ what, read }) => [what, read]));
  });
});

const BEFORE = ["", '"~"', "\\ ", "_-* ", "[>10]", "[$-42A]"];
const DIGITS = [
  ...["0", "#,##0", "00000", "#", "General", "0,000", "#,###", "??0", "# ##0", "0.0#", "#.##0"],
  ...["0,0", "#,##0,", "# ?/?", "0E+0", "0-0", "[h]", '00"/"00', "0*0"],
];
const DECIMALS = ["", ".0", ".000", ",", '".0"', "\\.0", '","0'];
const BEHIND = ["", ' "người"', '"/25"', "%", " %", "\\%", "‰", "_)", "\\ [$đ-42A]", "x", "/100"];
const VALUES = [8, 43, 1234, 0.5, 0, 1_234_567];

/** A number as a person reads it on paper, with the sign of a percentage; null where nobody is sure. */
function onPaper(text: string): string | null {
  const [, number = "", sign = ""] = /^(.*?)\s*(%?)$/.exec(text.trim()) ?? [];
  const plain = number.replace(/(?<=\d) +(?=\d)/g, "").replace(/^(?=[.,]\d)/, "0");
  const [, mark] = /^[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/.exec(plain) ?? [];
  const ungrouped = mark === undefined ? plain : plain.replaceAll(mark, "");
  return /^\d+(?:[.,]\d+)?$/.test(ungrouped) ? `${ungrouped.replace(",", ".")}${sign}` : null;
}

/** What is taken of a cell without a question; null where nothing is. */
function taken(value: number, format: string): string | null {
  const shown = shownOtherwise(value, format);
  if (shown !== null) return /[^\d\s.,]/.test(shown) ? onPaper(shown) : null;
  return isShownAsPercentage(value, format) ? `${value * 100}%` : String(value);
}

/** Whether a number on paper is another one, rounded to the decimals that it has there or not. */
function isRounded(printed: string, exact: string): boolean {
  const decimals = /\.(\d*)/.exec(printed)?.[1]?.length ?? 0;
  const isNear = Math.abs(parseFloat(printed) - parseFloat(exact)) <= 0.5 * 10 ** -decimals + 1e-9;
  return isNear && (printed.endsWith("%") === exact.endsWith("%") || parseFloat(exact) === 0);
}

test.skipIf(!hasLibreOffice || !isInstalled("pdftotext"))(
  "what a format makes of a number is what is printed of it, or nothing is taken (skipped without LibreOffice and pdftotext)",
  async () => {
    const formats = BEFORE.flatMap((before) =>
      DIGITS.flatMap((digits) =>
        DECIMALS.flatMap((decimals) =>
          BEHIND.map((behind) => `${before}${digits}${decimals}${behind}`),
        ),
      ),
    );
    // LibreOffice shows the number alone of what is beyond some ten thousand formats
    const found: string[] = [];
    for (const half of [formats.slice(0, 4500), formats.slice(4500)]) {
      const folder = newFolder();
      const all = half.flatMap((format) => VALUES.map((value) => ({ format, value })));
      const cells = new Map<string, Partial<Cell>>(
        all.map(({ format }, row) => [`${row},1`, { style: { numFmt: format } }]),
      );
      const rows = all.map(({ value }, row) => [`Q${row}Z`, value]);
      const columns = [{ width: 12 }, { width: 40 }];
      const bytes = await writeXlsx({ sheets: [{ name: "a", rows, cells, columns }] });
      writeFileSync(join(folder, "a.xlsx"), bytes);
      convert(folder, "pdf", ["a.xlsx"]);
      const pages = execFileSync("pdftotext", ["-layout", join(folder, "a.pdf"), "-"], {
        encoding: "utf8",
        maxBuffer: 1e9,
      });
      const printed = new Map(
        [...pages.matchAll(/Q(\d+)Z(.*)/g)].map(([, row, text = ""]) => [Number(row), text]),
      );
      expect(printed.size).toBe(all.length);
      for (const [row, { format, value }] of all.entries()) {
        const own = taken(value, format);
        const text = printed.get(row) ?? "";
        const seen = onPaper(text);
        // a power of ten is read as such
        if (own === null || /E[+-]/.test(text) || (seen !== null && isRounded(seen, own))) continue;
        found.push(`${value} as ${format}: printed ${text.trim()}, taken ${own}`);
      }
    }
    expect(found).toEqual([]);
  },
);
