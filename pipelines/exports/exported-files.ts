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

/** A document to be drawn. */
export interface Drawing {
  /** What its reader may see. */
  readonly report: PublishedReport;
  readonly format: "docx" | "pdf";
}

/** Draws a document: its bytes. */
export type Drawer = (drawing: Drawing) => Promise<Uint8Array<ArrayBuffer>>;

/** Draws in this process. */
export const drawDocument: Drawer = async ({ report, format }) => {
  if (format === "pdf") return (await import("./pdf-document.ts")).pdfBytes(report);
  return (await import("./word-document.ts")).documentBytes(report);
};

type Writer = (
  report: PublishedReport,
  page: PageWriter | null,
  draw: Drawer,
) => Promise<Written[]>;

/** The contract of the first versions of which files have figures without zeros that say nothing. */
const PLAIN_FIGURES_SINCE = 8;

const FOR_PROGRAMS = "cột theo mã, dấu phẩy ngăn cột";

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
  docx: async (report, _, draw) => {
    const bytes = await draw({ report: inCurrentTerms(report), format: "docx" });
    return [{ resource: "report", title: "Báo cáo", bytes }];
  },
  pdf: async (report, _, draw) => {
    const bytes = await draw({ report: inCurrentTerms(report), format: "pdf" });
    return [{ resource: "report-pdf", title: "Báo cáo để ký số, PDF/A", bytes }];
  },
  html: async (report, page) =>
    page === null ? [] : [{ resource: "page", title: "Trang báo cáo", bytes: await page(report) }],
  csv: async (report) => {
    const [long, across, definitions, shortfalls, doubts] = DATA_ENDINGS;
    const isPlain = report.publication.contract_version < PLAIN_FIGURES_SINCE;
    const written: Written[] = [
      {
        ...{ resource: "figures", columns: FIGURE_COLUMNS, ending: long },
        title: `Số liệu, mỗi dòng một số; cho phần mềm: ${FOR_PROGRAMS}, dấu chấm thập phân`,
        bytes: csvBytes(FIGURE_COLUMNS, figureRows(report), isPlain),
      },
      {
        ...{ resource: "areas", ending: across },
        title:
          "Bảng chỉ tiêu theo địa bàn, mở thẳng bằng Excel: dấu chấm phẩy ngăn cột, dấu phẩy thập phân",
        bytes: areaCsvBytes(inCurrentTerms(report)),
      },
      {
        ...{ resource: "definitions", columns: DEFINITION_COLUMNS, ending: definitions },
        title: `Định nghĩa chỉ tiêu và số liệu; cho phần mềm: ${FOR_PROGRAMS}, dấu chấm thập phân`,
        bytes: csvBytes(DEFINITION_COLUMNS, report.items),
      },
    ];
    if (report.shortfalls.length > 0) {
      written.push({
        ...{ resource: "shortfalls", columns: SHORTFALL_COLUMNS, ending: shortfalls },
        title: "Nguyên nhân, giải pháp theo chỉ tiêu và đơn vị; cho phần mềm",
        bytes: csvBytes(SHORTFALL_COLUMNS, report.shortfalls),
      });
    }
    if (report.audience === "superior") {
      written.push({
        ...{ resource: "doubts", columns: DOUBT_COLUMNS, ending: doubts },
        title: `Số liệu cần kiểm tra lại khi phát hành, và lý do giữ nguyên; cho phần mềm: ${FOR_PROGRAMS}`,
        bytes: csvBytes(DOUBT_COLUMNS, report.doubts),
      });
    }
    return written;
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
 * @param draw draws the documents: here, or beside
 */
export async function exportFiles(
  report: PublishedReport,
  formats: readonly Format[],
  page: PageWriter | null = null,
  draw: Drawer = drawDocument,
): Promise<ExportedFile[]> {
  const asked = FORMATS.filter((format) => formats.includes(format));
  const made = await Promise.all(
    asked.map(async (format) =>
      (await WRITERS[format](report, page, draw)).map((one) => packaged(report, format, one)),
    ),
  );
  const files = made.flatMap((ofFormat) => ofFormat.map(({ file }) => file));
  if (!formats.some((format) => DATA_FORMATS.includes(format))) return files;
  const descriptor = dataPackage(report, baseName(report), made.flat());
  return [...files, fileOf(packageName(report), "application/json", descriptor)];
}

function packaged(
  report: PublishedReport,
  format: Format,
  { resource, title, bytes, columns = null, ending = "" }: Written,
): PackagedFile {
  const name = `${baseName(report)}${ending}.${format}`;
  const file = fileOf(name, FILE_FORMATS[format].mediaType, bytes);
  return { file, resource, title, format, columns };
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
