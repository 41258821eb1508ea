import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newFolder } from "../folders.ts";
import { convert, hasLibreOffice } from "../libreoffice.ts";
import { mergedForm, readEntry, shownForm } from "./shown-given.ts";

const FORMATS = [
  "General",
  "#,##0",
  "0.00",
  '0" nghìn"',
  '">"0',
  '0"/25"',
  '0"00"',
  '"-"0',
  "0,",
  ";;;",
];

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
});
