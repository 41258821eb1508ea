import { createHash } from "node:crypto";
import { figureRows } from "../contract/figure-row.ts";
import type { PublishedReport } from "../contract/report.ts";
import { FILE_FORMATS } from "../vocabulary/file-formats.ts";
import { areaCsvBytes } from "./area-csv.ts";
import { csvBytes } from "./column-csv.ts";
import { inCurrentTerms } from "./current-terms.ts";
import { dataPackage, type PackagedFile } from "./data-package.ts";
import { DEFINITION_COLUMNS, SHORTFALL_COLUMNS } from "./definition-columns.ts";
import { DOUBT_COLUMNS } from "./doubt-columns.ts";
import { FIGURE_COLUMNS } from "./figure-columns.ts";
import { baseName, DATA_ENDINGS, packageName } from "./file-name.ts";
import { DATA_FORMATS, type ExportedFile, FORMATS, type Format } from "./format.ts";

/** What a writer makes; `ending` is added to the name of the version. */
interface Written {
  readonly resource: string;
  readonly title: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly columns?: PackagedFile["columns"];
  readonly ending?: string;
}

/** Makes the page of a version, for one reader, as an HTML file that needs nothing else. */
export type PageWriter = (report: PublishedReport) => Promise<Uint8Array<ArrayBuffer>>;

type Writer = (report: PublishedReport, page: PageWriter | null) => Promise<Written[]>;

/** The contract of the first versions of which files have figures without zeros that say nothing. */
const PLAIN_FIGURES_SINCE = 8;

/** How each format is made, with the name and the title of its resources in the data package. */
const WRITERS: Readonly<Record<Format, Writer>> = {
  xlsx: async (report) => {
    const { workbookBytes } = await import("./report-workbook.ts");
    return [
      {
        resource: "workbook",
        title: "Bảng số liệu",
        bytes: await workbookBytes(inCurrentTerms(report)),
      },
    ];
  },
  docx: async (report) => {
    const { documentBytes } = await import("./word-document.ts");
    return [
      { resource: "report", title: "Báo cáo", bytes: await documentBytes(inCurrentTerms(report)) },
    ];
  },
  pdf: async (report) => {
    const { pdfBytes } = await import("./pdf-document.ts");
    const title = "Báo cáo để ký số, PDF/A";
    return [{ resource: "report-pdf", title, bytes: await pdfBytes(inCurrentTerms(report)) }];
  },
  html: async (report, page) =>
    page === null ? [] : [{ resource: "page", title: "Trang báo cáo", bytes: await page(report) }],
  csv: async (report) => {
    const [long, across, definitions, shortfalls, doubts] = DATA_ENDINGS;
    return [
      {
        resource: "figures",
        title:
          "Số liệu, mỗi dòng một số; cho phần mềm: cột theo mã, dấu phẩy ngăn cột, dấu chấm thập phân",
        bytes: csvBytes(
          FIGURE_COLUMNS,
          figureRows(report),
          report.publication.contract_version < PLAIN_FIGURES_SINCE,
        ),
        columns: FIGURE_COLUMNS,
        ending: long,
      },
      {
        resource: "areas",
        title:
          "Bảng chỉ tiêu theo địa bàn, mở thẳng bằng Excel: dấu chấm phẩy ngăn cột, dấu phẩy thập phân",
        bytes: areaCsvBytes(inCurrentTerms(report)),
        ending: across,
      },
      {
        resource: "definitions",
        title:
          "Định nghĩa chỉ tiêu và số liệu; cho phần mềm: cột theo mã, dấu phẩy ngăn cột, dấu chấm thập phân",
        bytes: csvBytes(DEFINITION_COLUMNS, report.items),
        columns: DEFINITION_COLUMNS,
        ending: definitions,
      },
      ...(report.shortfalls.length === 0
        ? []
        : [
            {
              resource: "shortfalls",
              title: "Nguyên nhân, giải pháp theo chỉ tiêu và đơn vị; cho phần mềm",
              bytes: csvBytes(SHORTFALL_COLUMNS, report.shortfalls),
              columns: SHORTFALL_COLUMNS,
              ending: shortfalls,
            },
          ]),
      ...(report.audience === "superior"
        ? [
            {
              resource: "doubts",
              title:
                "Số liệu cần kiểm tra lại khi phát hành, và lý do giữ nguyên; cho phần mềm: cột theo mã, dấu phẩy ngăn cột",
              bytes: csvBytes(DOUBT_COLUMNS, report.doubts),
              columns: DOUBT_COLUMNS,
              ending: doubts,
            },
          ]
        : []),
    ];
  },
  arrow: async (report) => {
    const { arrowBytes } = await import("./arrow.ts");
    const bytes = arrowBytes(FIGURE_COLUMNS, figureRows(report), notesOf(report));
    const title = "Số liệu, Arrow IPC";
    return [{ resource: "figures-arrow", title, bytes, columns: FIGURE_COLUMNS }];
  },
  parquet: async (report) => {
    const { parquetBytes } = await import("./parquet.ts");
    const bytes = await parquetBytes(FIGURE_COLUMNS, figureRows(report), notesOf(report));
    const title = "Số liệu, Parquet";
    return [{ resource: "figures-parquet", title, bytes, columns: FIGURE_COLUMNS }];
  },
};

/**
 * The files of a published version in the chosen formats, in the order of `FORMATS`, followed by
 * `datapackage.json` where one of them is a data format. The report already holds only what its reader
 * may see. The same report and formats give the same bytes on every machine, also when a newer version
 * exists.
 * @param page without it there is no page among the files: what it looks like is not for this room
 */
export async function exportFiles(
  report: PublishedReport,
  formats: readonly Format[],
  page: PageWriter | null = null,
): Promise<ExportedFile[]> {
  const made: PackagedFile[] = [];
  for (const format of FORMATS) {
    if (formats.includes(format)) made.push(...(await filesOf(report, format, page)));
  }
  const files = made.map(({ file }) => file);
  if (!formats.some((format) => DATA_FORMATS.includes(format))) return files;
  const descriptor = dataPackage(report, baseName(report), made);
  return [...files, fileOf(packageName(report), "application/json", descriptor)];
}

async function filesOf(
  report: PublishedReport,
  format: Format,
  page: PageWriter | null,
): Promise<PackagedFile[]> {
  const written = await WRITERS[format](report, page);
  return written.map(({ resource, title, bytes, columns = null, ending = "" }) => ({
    file: fileOf(`${baseName(report)}${ending}.${format}`, FILE_FORMATS[format].mediaType, bytes),
    resource,
    title,
    format,
    columns,
  }));
}

/** Notes in the metadata of a data file. */
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

function fileOf(name: string, mediaType: string, bytes: Uint8Array<ArrayBuffer>): ExportedFile {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name, bytes, mediaType, sha256 };
}
