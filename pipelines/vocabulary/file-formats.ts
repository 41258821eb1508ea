/** What a file of a published version is, by the ending of its name. */
export const FILE_FORMATS = {
  xlsx: {
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    isData: false,
  },
  docx: {
    mediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    isData: false,
  },
  pdf: { mediaType: "application/pdf", isData: false },
  html: { mediaType: "text/html; charset=utf-8", isData: false },
  // data: figures alone, and no text that anybody wrote
  csv: { mediaType: "text/csv; charset=utf-8", isData: true },
  arrow: { mediaType: "application/vnd.apache.arrow.file", isData: true },
  parquet: { mediaType: "application/vnd.apache.parquet", isData: true },
} as const;
export type Format = keyof typeof FILE_FORMATS;
export const FORMATS = Object.keys(FILE_FORMATS) as readonly Format[];
export const DATA_FORMATS = FORMATS.filter((format) => FILE_FORMATS[format].isData);

/** What is in a file, by the end of its name. */
const CONTENTS: readonly (readonly [ending: string, words: string])[] = [
  [".xlsx", "Bảng tổng hợp để in, các bảng số liệu, định nghĩa và nguồn gốc (Excel)"],
  [".docx", "Báo cáo theo thể thức văn bản hành chính, có phụ lục (Word)"],
  [".pdf", "Báo cáo để in, để ký số (PDF/A)"],
  [".html", "Trang báo cáo như đã phát hành, mở bằng trình duyệt, không cần mạng (HTML)"],
  ["_dai.csv", "Số liệu cho phần mềm, mỗi dòng một số (CSV: cột theo mã, dấu chấm thập phân)"],
  ["_bang.csv", "Bảng chỉ tiêu theo địa bàn, mở thẳng bằng Excel (CSV: dấu phẩy thập phân)"],
  // of versions that earlier releases published
  [
    "_rong.csv",
    "Số liệu cho phần mềm, mỗi dòng một địa bàn (CSV: cột theo mã, dấu chấm thập phân)",
  ],
  ["_dinh-nghia.csv", "Định nghĩa chỉ tiêu và số liệu cho phần mềm (CSV)"],
  ["_nghi-van.csv", "Số liệu cần kiểm tra lại khi phát hành, cho phần mềm của cấp trên (CSV)"],
  [".arrow", "Số liệu, mỗi dòng một số (Arrow)"],
  [".parquet", "Số liệu, mỗi dòng một số (Parquet)"],
  [".json", "Mô tả các tệp dữ liệu: cột, đơn vị tính, nguồn, mã kiểm tra"],
];

/** What is in a file of a published version, by its name; empty where that is not known. */
export function fileContents(name: string): string {
  return CONTENTS.find(([ending]) => name.endsWith(ending))?.[1] ?? "";
}
