import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { unzipSync } from "fflate";
import { readXlsx } from "hucre/xlsx";
import { beforeAll, describe, expect, test } from "vitest";
import { exportFiles } from "../../pipelines/exports/exported-files.ts";
import { workbookBytes } from "../../pipelines/exports/report-workbook.ts";
import { documentBytes } from "../../pipelines/exports/word-document.ts";
import { decimalText, rounded, signOf } from "../../pipelines/vocabulary/decimal.ts";
import { newFolder } from "../folders.ts";
import { convert, hasLibreOffice, isInstalled } from "../libreoffice.ts";
import { recipe } from "../recipes.ts";
import { givenReport, HOSTILE, hostileReport, longReport } from "./given.ts";
import { comparedFigures } from "./workbook-figures.ts";

const hasPdfText = isInstalled("pdftotext");
/** Comma, quotes, UTF-8, values and not what is shown, no formulas, every sheet. */
const ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

let folder = "";
beforeAll(() => {
  folder = newFolder("office-");
});

/** The rows of the only sheet of an .ods: a figure as its number says, a text as it stands. */
function odsRows(bytes: Uint8Array): string[][] {
  const content = new TextDecoder().decode(unzipSync(bytes)["content.xml"]);
  return [...content.matchAll(/<table:table-row[^>]*>(.*?)<\/table:table-row>/gs)].map(
    ([, row = ""]) =>
      [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)].flatMap(
        ([, attributes = "", inside = ""]) => {
          const value = /office:value-type="float".* office:value="([^"]*)"/.exec(attributes)?.[1];
          const times = Number(/columns-repeated="(\d+)"/.exec(attributes)?.[1] ?? 1);
          const text = value ?? /<text:p>(.*?)<\/text:p>/s.exec(inside)?.[1] ?? "";
          return Array<string>(Math.min(times, 100)).fill(text);
        },
      ),
  );
}

/** The pages of a PDF as text. */
function pagesOf(file: string): string[] {
  const text = execFileSync("pdftotext", ["-layout", join(folder, file), "-"], {
    encoding: "utf8",
  });
  return text.split("\f").slice(0, -1);
}

describe.skipIf(!hasLibreOffice)(
  "in LibreOffice (skipped where Calc and Writer are not installed)",
  () => {
    test("every figure of the workbook is the published one", async () => {
      const report = givenReport();
      writeFileSync(join(folder, "figures.xlsx"), await workbookBytes(report));
      convert(folder, ALL_SHEETS, ["figures.xlsx"]);
      const sheets = readdirSync(folder).filter((name) => /^figures-.*\.csv$/.test(name));
      expect(sheets).toHaveLength(14);
      const figures = comparedFigures(report, (name) => {
        const file = sheets.find((sheet) => sheet.normalize("NFC") === `figures-${name}.csv`);
        return parse(readFileSync(join(folder, file ?? "")), { relax_column_count: true });
      });
      expect(figures).toHaveLength(12 * 14 + 96 * 11 + 65 * 6 + 9 * 12);
      for (const { what, held, published } of figures) {
        expect([what, held]).toEqual([what, published]);
      }
    });

    test("no text of the workbook or of a CSV becomes a formula", async () => {
      const files = await exportFiles(hostileReport(), ["xlsx", "csv"]);
      const names = files
        .filter(({ name }) => !name.endsWith(".json"))
        .map(({ name, bytes }) => {
          const plain = `hostile-${name}`;
          writeFileSync(join(folder, plain), bytes);
          return plain;
        });
      convert(folder, "ods", names);
      convert(
        folder,
        "xlsx",
        names.map((name) => name.replace(/\.\w+$/, ".ods")),
      );
      for (const name of names) {
        const saved = readFileSync(join(folder, name.replace(/\.\w+$/, ".xlsx")));
        const { sheets } = await readXlsx(saved, { readStyles: true });
        const cells = sheets.flatMap((sheet) => [...(sheet.cells ?? new Map()).values()]);
        expect(cells.filter(({ formula }) => formula !== undefined)).toEqual([]);
      }
      const long = readFileSync(join(folder, "hostile-217-kh-ubnd-2024_2024-Q2_v2_dai.xlsx"));
      const texts = (await readXlsx(long)).sheets.flatMap(({ rows }) => rows.flat());
      expect(texts).toContain(`'${HOSTILE.areaName}`);
    });

    test("the recipe of docs/analysis.md keeps codes and figures of a CSV", async () => {
      const report = givenReport();
      const [long] = await exportFiles(report, ["csv"]);
      writeFileSync(join(folder, "version_dai.csv"), long?.bytes ?? "");
      const [, filter = "", format = "", file = ""] =
        /^soffice --headless --convert-to (\w+) \\\n {2}(--infilter=)"([^"]+)" \\\n {2}\S+_dai\.csv$/.exec(
          recipe("libreoffice"),
        ) ?? [];
      expect([filter, format]).toEqual(["ods", "--infilter="]);
      convert(folder, "ods", [`--infilter=${file}`, "version_dai.csv"]);
      const [heads = [], ...rows] = odsRows(readFileSync(join(folder, "version_dai.ods")));
      const figures = rows.map((row) =>
        Object.fromEntries(heads.map((name, at) => [name, row[at]])),
      );
      expect(figures).toHaveLength(report.lines.length);
      for (const [at, line] of report.lines.entries()) {
        const held = figures[at];
        expect([held?.code, held?.area_code ?? ""]).toEqual([line.code, line.area_code ?? ""]);
        expect(held?.value ?? "").toBe(line.value === null ? "" : String(Number(line.value)));
      }
      expect(figures.map(({ area_code }) => area_code)).toContain("05971");
    });

    test.skipIf(!hasPdfText)("the document prints as an office would sign it", async () => {
      const report = givenReport();
      writeFileSync(join(folder, "report.docx"), await documentBytes(report));
      convert(folder, "pdf", ["report.docx"]);
      const pages = pagesOf("report.pdf");
      const squeezed = pages.map((page) => page.replace(/\s+/g, " ").trim());
      const [first = "", second = ""] = squeezed;
      expect(first).toMatch(
        /^ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM THÀNH PHỐ LẠNG SƠN/,
      );
      expect(first).toMatch(/Số: \/BC-UBND Lạng Sơn, ngày tháng năm BÁO CÁO Kết quả thực hiện/);
      expect(second.startsWith("2 ")).toBe(true);
      const signed = squeezed.filter((page) => page.includes("Nơi nhận:"));
      expect(signed).toHaveLength(1);
      // The signature never stands alone.
      expect(signed[0]).toMatch(/\.\/\. Nơi nhận: TM\. ỦY BAN NHÂN DÂN .*CHỦ TỊCH/);
      expect(signed[0]).toContain("- Lưu: VT, LĐTBXH.");
      const annex = squeezed.filter((page) => page.includes("Phụ lục I "));
      expect(annex).toHaveLength(1);
      const text = annex.join(" ");
      expect(text).toContain("(Kèm theo Báo cáo số /BC-UBND ngày tháng năm của Ủy ban nhân dân");
      const whole = report.lines.filter(
        ({ section, area_id }) => section === "indicator" && area_id === null,
      );
      for (const line of whole) {
        const target = report.items.find(({ code }) => code === line.code)?.target_text ?? "";
        // what cannot be more than all
        const asked = target === "≥ 100%" ? "100%" : target;
        const mark = line.is_withheld ? "(*)" : "-";
        const percent = (value: string | null) =>
          value === null ? mark : `${decimalText(rounded(value, 2))}%`;
        const shown = line.value_shown === null ? mark : `${decimalText(line.value_shown)}%`;
        const change = line.change_from_previous;
        const before = line.previous_value;
        const figures = [
          asked,
          ...(line.pace_value === null ? [] : [percent(line.pace_value)]),
          percent(line.value_in_period),
          line.numerator === null ? mark : decimalText(line.numerator),
          line.denominator === null ? mark : decimalText(line.denominator),
          shown,
          before === null ? mark : `${decimalText(before)}%`,
          ...(change === null
            ? line.is_withheld
              ? [mark]
              : []
            : [`${signOf(change) > 0 ? "+" : ""}${decimalText(change)}`]),
        ];
        expect(text).toContain(` ${figures.join(" ")} `);
      }
    });

    test.skipIf(!hasPdfText)("a long annex repeats its header on every page", async () => {
      writeFileSync(join(folder, "long.docx"), await documentBytes(longReport(60)));
      convert(folder, "pdf", ["long.docx"]);
      const pages = pagesOf("long.pdf");
      const start = pages.findIndex((page) => page.includes("Phụ lục II\n"));
      const annex = pages.slice(start);
      expect(annex.length).toBeGreaterThan(3);
      const wards = annex.flatMap((page) => {
        expect(page).toMatch(/TT +Phường, xã/);
        return [...page.matchAll(/Phường số (\d+)/g)].map(([, number]) => Number(number));
      });
      expect(wards).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
      for (const page of annex) {
        const rows = page.match(/Phường số \d+/g)?.length ?? 0;
        expect(page.match(/35%/g)?.length ?? 0).toBe(rows);
        expect(page.match(/31,67%/g)?.length ?? 0).toBe(rows);
      }
      expect(annex.slice(1).map((page) => page.trim().split(/\s/)[0])).toEqual(
        annex.slice(1).map((_, index) => String(index + 2)),
      );
    });
  },
);
