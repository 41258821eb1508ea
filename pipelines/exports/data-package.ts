import { Publication, type PublishedReport } from "../contract/report.ts";
import * as wording from "../sentences/report-words.ts";
import { FOR_EXCEL, FOR_PROGRAMS } from "../vocabulary/csv-file.ts";
import { OFFICE_OFFSET } from "../vocabulary/date.ts";
import { defined } from "../vocabulary/defined.ts";
import type { Column } from "./column.ts";
import type { ExportedFile } from "./format.ts";

/** One file of a data package, and its columns where it is a table. */
export interface PackagedFile {
  readonly file: ExportedFile;
  /** Name of the resource, in small letters. */
  readonly resource: string;
  readonly title: string;
  readonly format: string;
  readonly columns: readonly ColumnWords[] | null;
}

export type ColumnWords = Omit<Column<never>, "read">;

const TYPES = {
  word: "string",
  text: "string",
  whole: "integer",
  figure: "number",
  flag: "boolean",
} as const;
const CSV_NOTE =
  "CSV: UTF-8 có dấu BOM, phân cách bằng dấu phẩy, dấu thập phân là dấu chấm, ô trống là không có số; " +
  "riêng bảng theo địa bàn (areas) dành cho người đọc, phân cách bằng dấu chấm phẩy, dấu thập phân là dấu phẩy. " +
  "Ô chữ có thể bị bảng tính hiểu là công thức (bắt đầu bằng = + - @ hoặc dấu tab) hoặc bắt đầu bằng " +
  "dấu nháy đơn thì có thêm một dấu nháy đơn ở đầu; bỏ đúng một dấu nháy đơn đầu ô chữ là được nội dung gốc.";

/**
 * The descriptor of a Frictionless Data Package (version 2): what is in each file, its columns,
 * units, sources, size and sha256.
 */
export function dataPackage(
  report: PublishedReport,
  name: string,
  files: readonly PackagedFile[],
): Uint8Array<ArrayBuffer> {
  const { head, publication } = report;
  const marks = wording.pageMarks(report);
  const descriptor = {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: name.toLowerCase(),
    title: `${wording.summaryText(head)} - ${head.period_name}`,
    description: [
      ...marks.map((mark) => `${mark}.`),
      `${wording.versionText(report)}; tổng hợp đến ${wording.momentText(publication.as_of)}.`,
      "is_withheld là true khi không công bố trong bản này, dù đã báo cáo hay chưa.",
      CSV_NOTE,
    ].join(" "),
    version: String(publication.version),
    created: `${publication.recorded_at.replace(" ", "T")}${OFFICE_OFFSET}`,
    language: "vi",
    contributors: [{ title: head.document_agency, roles: ["publisher"] }],
    sources: [
      { title: head.source },
      ...report.submissions.map(({ receipt_no, unit_name, period, file_name, sha256 }) => ({
        title: `${unit_name}, ${period}${file_name === null ? "" : `: ${file_name}`} (số tiếp nhận ${receipt_no})`,
        ...(sha256 === null ? {} : { hash: `sha256:${sha256}` }),
      })),
    ],
    publication: {
      ...Publication.parse(publication),
      ...{ audience: report.audience },
      ...(report.withheld.length > 0 ? { withheld: report.withheld } : {}),
    },
    is_demonstration: head.is_demonstration,
    resources: files.map(resourceOf),
  };
  return new TextEncoder().encode(`${JSON.stringify(descriptor, null, 2)}\n`);
}

function resourceOf({ file, resource, title, format, columns }: PackagedFile): object {
  return {
    name: resource,
    title,
    path: file.name,
    format,
    mediatype: file.mediaType,
    bytes: file.bytes.length,
    hash: `sha256:${file.sha256}`,
    ...(columns === null ? {} : { type: "table" }),
    ...(format === "csv"
      ? {
          encoding: "utf-8",
          dialect: {
            // a table without columns is for people
            delimiter: (columns === null ? FOR_EXCEL : FOR_PROGRAMS).separator,
            lineTerminator: "\r\n",
            quoteChar: '"',
            doubleQuote: true,
          },
        }
      : {}),
    ...(columns === null
      ? {}
      : {
          schema: {
            $schema: "https://datapackage.org/profiles/2.0/tableschema.json",
            fields: columns.map(fieldOf),
            primaryKey: columns.filter(({ isKey }) => isKey === true).map(({ name }) => name),
            missingValues: [""],
          },
        }),
  };
}

function fieldOf({ name, kind, description, unit, words, isRequired }: ColumnWords): object {
  const constraints = defined({ required: isRequired, enum: words });
  return defined({
    name,
    type: TYPES[kind],
    description,
    unit,
    constraints: Object.keys(constraints).length === 0 ? undefined : constraints,
  });
}
