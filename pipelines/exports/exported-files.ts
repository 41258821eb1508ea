import { createHash } from "node:crypto";
import type { PublishedReport } from "../contract/report.ts";
import { areaCsvBytes } from "./area-csv.ts";
import { csvBytes } from "./column-csv.ts";
import { dataPackage, type PackagedFile } from "./data-package.ts";
import { DEFINITION_COLUMNS } from "./definition-columns.ts";
import { FIGURE_COLUMNS } from "./figure-columns.ts";
import { figureRows } from "./figure-row.ts";
import { baseName, DATA_ENDINGS, packageName } from "./file-name.ts";
import { type ExportedFile, FORMATS, type Format } from "./format.ts";

const MEDIA_TYPE = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
  csv: "text/csv; charset=utf-8",
  arrow: "application/vnd.apache.arrow.file",
  parquet: "application/vnd.apache.parquet",
  json: "application/json",
} as const;
const DATA_FORMATS: readonly Format[] = ["csv", "arrow", "parquet"];

/**
 * The files of a published version in the formats asked for, each once and in the order of `FORMATS`,
 * followed by `datapackage.json` where one of them is a data format. Nothing is decided here about
 * what an audience may see: the report holds only that. The same report and formats give the same
 * bytes on every machine, also once it is no longer the newest.
 */
export async function exportFiles(
  report: PublishedReport,
  formats: readonly Format[],
): Promise<ExportedFile[]> {
  const made: PackagedFile[] = [];
  for (const format of FORMATS) {
    if (formats.includes(format)) made.push(...(await filesOf(report, format)));
  }
  const files = made.map(({ file }) => file);
  if (!formats.some((format) => DATA_FORMATS.includes(format))) return files;
  const descriptor = dataPackage(report, baseName(report), made);
  return [...files, fileOf(packageName(report), "json", descriptor)];
}

async function filesOf(report: PublishedReport, format: Format): Promise<PackagedFile[]> {
  const base = baseName(report);
  const packaged = (
    resource: string,
    title: string,
    bytes: Uint8Array<ArrayBuffer>,
    columns: PackagedFile["columns"],
    ending = "",
  ): PackagedFile => ({
    file: fileOf(`${base}${ending}.${format}`, format, bytes),
    resource,
    title,
    format,
    columns,
  });
  switch (format) {
    case "xlsx": {
      const { workbookBytes } = await import("./report-workbook.ts");
      return [packaged("workbook", "Bảng số liệu", await workbookBytes(report), null)];
    }
    case "docx": {
      const { documentBytes } = await import("./word-document.ts");
      return [packaged("report", "Báo cáo", await documentBytes(report), null)];
    }
    case "pdf": {
      const { pdfBytes } = await import("./pdf-document.ts");
      return [packaged("report-pdf", "Báo cáo để ký số, PDF/A", await pdfBytes(report), null)];
    }
    case "csv": {
      const [long, across, definitions] = DATA_ENDINGS;
      return [
        packaged(
          "figures",
          "Số liệu, mỗi dòng một số; cho phần mềm: cột theo mã, dấu phẩy ngăn cột, dấu chấm thập phân",
          csvBytes(FIGURE_COLUMNS, figureRows(report)),
          FIGURE_COLUMNS,
          long,
        ),
        packaged(
          "areas",
          "Bảng chỉ tiêu theo địa bàn, mở thẳng bằng Excel: dấu chấm phẩy ngăn cột, dấu phẩy thập phân",
          areaCsvBytes(report),
          null,
          across,
        ),
        packaged(
          "definitions",
          "Định nghĩa chỉ tiêu và số liệu; cho phần mềm: cột theo mã, dấu phẩy ngăn cột, dấu chấm thập phân",
          csvBytes(DEFINITION_COLUMNS, report.items),
          DEFINITION_COLUMNS,
          definitions,
        ),
      ];
    }
    case "arrow": {
      const { arrowBytes } = await import("./arrow.ts");
      const bytes = arrowBytes(FIGURE_COLUMNS, figureRows(report), notesOf(report));
      return [packaged("figures-arrow", "Số liệu, Arrow IPC", bytes, FIGURE_COLUMNS)];
    }
    case "parquet": {
      const { parquetBytes } = await import("./parquet.ts");
      const bytes = await parquetBytes(FIGURE_COLUMNS, figureRows(report), notesOf(report));
      return [packaged("figures-parquet", "Số liệu, Parquet", bytes, FIGURE_COLUMNS)];
    }
  }
}

/** What a data file says about itself where it has no other room for it. */
function notesOf({ publication, head, audience }: PublishedReport): Map<string, string> {
  return new Map([
    ["plan_id", publication.plan_id],
    ["period", publication.period],
    ["version", String(publication.version)],
    ["audience", audience],
    ["as_of", publication.as_of],
    ["recorded_at", publication.recorded_at],
    ["lines_sha256", publication.lines_sha256],
    ["sha256", publication.sha256],
    ["is_final", String(publication.is_final)],
    ["is_demonstration", String(head.is_demonstration)],
    ["source", head.source],
  ]);
}

function fileOf(
  name: string,
  format: keyof typeof MEDIA_TYPE,
  bytes: Uint8Array<ArrayBuffer>,
): ExportedFile {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name, bytes, mediaType: MEDIA_TYPE[format], sha256 };
}
