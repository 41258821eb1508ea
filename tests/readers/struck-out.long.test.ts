import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "vitest";
import { newFolder } from "../folders.ts";
import { convert, hasLibreOffice } from "../libreoffice.ts";
import { expectStruckOut, struckForm } from "./struck-out-given.ts";

describe.skipIf(!hasLibreOffice)("with LibreOffice (skipped where it is not installed)", () => {
  test.each(["ods", "xls"])("what is struck out is no figure: .%s", async (format) => {
    const folder = newFolder();
    writeFileSync(join(folder, "bieu.xlsx"), await struckForm());
    convert(folder, format, ["bieu.xlsx"]);
    await expectStruckOut(readFileSync(join(folder, `bieu.${format}`)));
  });
});
