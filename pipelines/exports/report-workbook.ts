import { writeXlsx } from "hucre/xlsx";
import type { PublishedReport } from "../contract/report.ts";
import * as wording from "../sentences/report-words.ts";
import { parseMoment } from "../vocabulary/date.ts";
import { FONT_NAME, SIZE } from "../workbook/style.ts";
import { printable } from "../workbook/xml.ts";
import { repacked } from "../workbook/zip.ts";
import { accountTables } from "./account-sheets.ts";
import { tableSheet } from "./report-sheet.ts";
import { resultTables } from "./result-sheets.ts";

/**
 * The report as an .xlsx workbook: one sheet a table that has rows, figures as numbers. A superior gets
 * results and what they stand on, and no working papers. The same report always gives the same bytes.
 */
export async function workbookBytes(report: PublishedReport): Promise<Uint8Array<ArrayBuffer>> {
  const { head, publication } = report;
  const drawn = [...resultTables(report), ...accountTables(report)]
    .filter(({ rows, isForWork }) => {
      const isAsked = report.audience !== "superior" || isForWork !== true;
      return rows.length > 0 && isAsked;
    })
    .map((table) => tableSheet(report, table));
  const written = parseMoment(publication.recorded_at);
  const bytes = await writeXlsx({
    sheets: drawn.map(({ sheet }) => sheet),
    namedRanges: drawn.flatMap(({ names }) => names),
    defaultFont: { name: FONT_NAME, size: SIZE.text },
    properties: {
      title: printable(`${wording.summaryText(head)} - ${head.period_name}`),
      subject: printable(wording.versionText(report)),
      creator: printable(head.document_agency),
      lastModifiedBy: printable(head.document_agency),
      created: written,
      modified: written,
    },
  });
  return new Uint8Array(repacked(bytes));
}
