import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sheet } from "hucre";
import { describe, expect, test } from "vitest";
import { entryKey, type FormFilling } from "../../pipelines/forms/filling.ts";
import { filledForm, formWorkbook } from "../../pipelines/forms/form-workbook.ts";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { readCatalogue, unitsIn } from "../../pipelines/sources/catalogue.ts";
import { newFolder } from "../folders.ts";
import { convert, hasLibreOffice, isInstalled } from "../libreoffice.ts";
import { sheetOf } from "../readers/form-given.ts";
import { periodOf, smallPlan, unitOf } from "./given.ts";

const hasPdfText = isInstalled("pdftotext");

describe.skipIf(!hasLibreOffice)(
  "forms in LibreOffice (skipped where soffice is not installed)",
  () => {
    const folder = newFolder("office-");

    test("saved as .ods and again as .xlsx, a form reads the same and stays protected", async () => {
      const plan = smallPlan();
      const filling: FormFilling = {
        nilReturn: true,
        values: new Map([
          [entryKey("staff"), "1120"],
          [entryKey("trained"), "0"],
          [entryKey("found", "901"), "Không phát sinh"],
          [entryKey("found", "902"), "0.1"],
          [entryKey("handled", "903"), "=1+1"],
        ]),
        notes: new Map([["found", "Số ước"]]),
      };
      const bytes = await filledForm(plan, unitOf(plan, "O"), periodOf(plan), filling);
      writeFileSync(join(folder, "form.xlsx"), bytes);
      convert(folder, "ods", ["form.xlsx"]);
      convert(folder, "xlsx", ["form.ods"]);
      const saved = readFileSync(join(folder, "form.xlsx"));
      expect(saved.equals(Buffer.from(bytes))).toBe(false);
      expect(await readForm(saved, "f")).toEqual(await readForm(bytes, "f"));
      const styles = { readStyles: true };
      const [before, after] = [await sheetOf(bytes, styles), await sheetOf(saved, styles)];
      expect(after.protection?.sheet).toBe(true);
      expect(unlocked(after)).toEqual(unlocked(before));
      const rules = (sheet: Sheet) => sheet.dataValidations?.map(({ type }) => type).sort();
      expect(new Set(rules(after))).toEqual(new Set(rules(before)));
      expect(after.columns?.[0]?.hidden).toBe(true);
    });

    test.skipIf(!hasPdfText)("every plan's forms print whole on A4", async () => {
      const { plans } = readCatalogue(join(import.meta.dirname, "../../sources"));
      for (const plan of plans) {
        const period = plan.plan.periods.at(-1);
        if (period === undefined) continue;
        const units = unitsIn(plan, period);
        const names = units.map((_, index) => `unit-${index}`);
        for (const [index, unit] of units.entries()) {
          const bytes = await formWorkbook(plan, unit, period);
          writeFileSync(join(folder, `${names[index]}.xlsx`), bytes);
        }
        convert(
          folder,
          "pdf",
          names.map((name) => `${name}.xlsx`),
        );
        for (const name of names) {
          const pdf = join(folder, `${name}.pdf`);
          const text = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
          const pages = text.split("\f").slice(0, -1);
          expect(pages.length).toBeLessThanOrEqual(4);
          expect(text).not.toContain("###");
          const signed = pages.findIndex((page) => page.includes("THỦ TRƯỞNG ĐƠN VỊ"));
          // The signatures never stand alone on a page, and the guide follows them.
          expect(pages[signed]).toContain("Chỉ tiêu, số liệu");
          expect(pages[signed + 1]).toContain("HƯỚNG DẪN GHI BIỂU");
        }
      }
    });
  },
);

/** Entry cells: unlocked, in a row with a code. */
function unlocked(sheet: Sheet): string[] {
  return [...(sheet.cells ?? [])]
    .filter(([place, cell]) => {
      const code = sheet.rows[Number(place.split(",")[0])]?.[0];
      return cell.style?.protection?.locked === false && typeof code === "string";
    })
    .map(([place]) => place)
    .sort();
}
