import type { NamedRange, SheetProtection, WriteSheet } from "hucre";
import { FONT_NAME, SIZE } from "./style.ts";

const MILLIMETRES_PER_INCH = 25.4;

/** Without a password: it guards against slips, and an office may still open it up. */
export const FORM_PROTECTION: SheetProtection = {
  sheet: true,
  objects: true,
  scenarios: true,
  selectLockedCells: true,
  selectUnlockedCells: true,
  formatCells: true,
  formatColumns: true,
  formatRows: true,
};

/** Page setup after decree 30/2020/NĐ-CP, annex I: A4, margins, page number at the top from page 2. */
export function formPage(page: {
  readonly orientation: "portrait" | "landscape";
  readonly footer: string;
}): Pick<WriteSheet, "pageSetup" | "headerFooter"> {
  // The size stands before the font: a text that begins with a digit would run into it.
  const footer = `&L&${SIZE.small}&"${FONT_NAME},Italic"${page.footer.replaceAll("&", "&&")}`;
  return {
    pageSetup: {
      paperSize: "a4",
      orientation: page.orientation,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: {
        top: 20 / MILLIMETRES_PER_INCH,
        bottom: 20 / MILLIMETRES_PER_INCH,
        left: 30 / MILLIMETRES_PER_INCH,
        right: 15 / MILLIMETRES_PER_INCH,
        header: 10 / MILLIMETRES_PER_INCH,
        footer: 10 / MILLIMETRES_PER_INCH,
      },
    },
    headerFooter: {
      differentFirst: true,
      oddHeader: `&C&${SIZE.title}&"${FONT_NAME},Regular"&P`,
      oddFooter: footer,
      firstFooter: footer,
    },
  };
}

/**
 * The names by which a workbook keeps what of a sheet is printed. Given to the library as names and
 * not as page setup, since it leaves sheet names with spaces unquoted there, which Excel refuses.
 * @param area such as `$A$1:$G$51`.
 * @param repeat rows printed on every page, such as `$23:$24`.
 */
export function printNames(sheet: string, area: string, repeat: string | null): NamedRange[] {
  const quoted = `'${sheet.replaceAll("'", "''")}'`;
  const names = [{ name: "_xlnm.Print_Area", range: `${quoted}!${area}`, scope: sheet }];
  if (repeat === null) return names;
  return [...names, { name: "_xlnm.Print_Titles", range: `${quoted}!${repeat}`, scope: sheet }];
}

/** Height in points that rows may take on an A4 page. */
export function pageHeight(orientation: "portrait" | "landscape"): number {
  const paper = orientation === "portrait" ? 297 : 210;
  return ((paper - 2 * 20) / MILLIMETRES_PER_INCH) * 72;
}
