import { expect, test } from "vitest";
import type { TextEncoding } from "../../pipelines/readers/text-encoding.ts";
import { encoded } from "../readers/encoded.ts";
import { zipFile } from "../readers/zip-given.ts";
import { loadCsv } from "./csv-given.ts";
import { csvOf, newWorld, send, sendOne } from "./given.ts";

const zip = (...names: string[]): Uint8Array =>
  zipFile(names.map((name) => ({ name, content: "x" })));
const bytes = (hex: string): Uint8Array =>
  Buffer.concat([Buffer.from(hex, "hex"), Buffer.alloc(600, 1)]);
const ole = (stream: string): Uint8Array =>
  Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(600),
    Buffer.from(stream, "utf16le"),
    Buffer.alloc(600),
  ]);

const UNPACK = "Giải nén rồi gửi riêng từng biểu bên trong.";
const FORM = "Điền số liệu vào biểu mẫu đã được cấp (tệp .xlsx) rồi gửi biểu đó.";
const SAVE = "Mở tệp, chọn “Lưu thành” (Save As), loại tệp “Excel Workbook (*.xlsx)”, rồi gửi lại.";
const MAIL = "Lưu biểu đính kèm trong thư thành tệp riêng rồi gửi tệp đó.";

const KINDS: [file: string, content: string | Uint8Array, what: string, remedy: string][] = [
  ["khong co.zip", zip().subarray(0, 22), "tệp nén ZIP không có tệp nào bên trong", UNPACK],
  ["phan 1.z01", bytes("504b0708"), "một phần của tệp nén ZIP nhiều phần", UNPACK],
  ["bieu.rar", bytes("526172211a0701"), "tệp nén RAR", UNPACK],
  ["bieu.7z", bytes("377abcaf271c"), "tệp nén 7z", UNPACK],
  ["bieu.doc", ole("WordDocument"), "văn bản Word (.doc)", FORM],
  ["bieu.docx", zip("[Content_Types].xml", "word/document.xml"), "văn bản Word (.docx)", FORM],
  [
    "bieu.numbers",
    zip("Index/Document.iwa", "Index/Tables/DataList.iwa", "Metadata/Properties.plist"),
    "tệp Numbers, Pages hoặc Keynote của Apple",
    "Mở tệp bằng Numbers, chọn Tệp > Xuất sang > Excel (.xlsx), rồi gửi tệp vừa xuất.",
  ],
  ["bieu.pdf", Buffer.from("%PDF-1.7\n%\u00e2\n"), "tệp PDF", FORM],
  ["bieu.jpg", bytes("ffd8ffe0"), "ảnh chụp (JPEG)", FORM],
  ["bieu.heic", bytes("0000001866747970686569"), "ảnh chụp (HEIC)", FORM],
  [
    "bieu.xlsb",
    zip("[Content_Types].xml", "xl/workbook.bin"),
    "bảng tính dạng nhị phân (.xlsb)",
    SAVE,
  ],
  [
    "bieu.xls",
    "<html><body><table><tr><td>1</td></tr></table></body></html>",
    "trang web (HTML), dù tên tệp có đuôi .xls",
    SAVE,
  ],
  ["thu.msg", ole("__substg1.0_0037001F"), "thư của Outlook (.msg)", MAIL],
  ["winmail.dat", bytes("789f3e22"), "thư của Outlook (winmail.dat)", MAIL],
];

test("a file of another kind is named for what it is", async () => {
  const outcomes = await send(newWorld(), ...KINDS.map(([file, content]) => ({ file, content })));
  expect(
    outcomes.map(({ file, outcome, is_kept, problems }) => [
      file,
      ...[outcome, is_kept],
      ...problems.flatMap(({ found, remedy }) => [found, remedy]),
    ]),
  ).toEqual(
    KINDS.map(([file, , what, remedy]) => [
      file,
      ...["refused", true],
      `Đây là ${what}, không phải biểu mẫu bảng tính hoặc tệp CSV theo mẫu quy định.`,
      remedy,
    ]),
  );
});

test("a workbook with a password says so, in the newer form of LibreOffice as well", async () => {
  const content = zipFile([
    { name: "mimetype", content: "application/vnd.oasis.opendocument.spreadsheet" },
    { name: "encrypted-package", content: "x" },
    { name: "META-INF/manifest.xml", content: "<manifest/>" },
  ]);
  const outcome = await sendOne(newWorld(), { file: "bieu.ods", content });
  expect(outcome.problems.map(({ code }) => code)).toEqual(["password_protected"]);
});

const LINES = csvOf(["UB-01,Q2,,people,5,", "UB-01,Q2,,reached,-5,"]);

const INDEXED = LINES.trim()
  .split("\n")
  .map((line, index) => `${index === 0 ? "" : index - 1},${line}`)
  .join("\n");

const READ: [what: string, content: string, line: number][] = [
  ["sep= before the names", `sep=,\n${LINES}`, 4],
  ["sep= with semicolons", `sep=;\r\n${LINES.replaceAll(",", ";").replaceAll("\n", "\r\n")}`, 4],
  ["a title before the names", `Báo cáo quý II\n\n${LINES}`, 5],
  ["a blank line first", `\n${LINES}`, 4],
  ["a byte order mark and a title", `\uFEFFBáo cáo, quý II\n${LINES}`, 4],
  [
    "a title and a blank line that end as Windows has them",
    `Báo cáo quý II\r\n\r\n${LINES.replaceAll("\n", "\r\n")}`,
    5,
  ],
  ["the numbers of pandas", INDEXED, 3],
  ["the numbers of R, in quotes", INDEXED.replace(/[^,\n]+/g, '"$&"').replace(/^,/, '"",'), 3],
  ["carriage returns alone", LINES.replaceAll("\n", "\r"), 3],
  ["carriage returns alone and a title", `Báo cáo\r${LINES.replaceAll("\n", "\r")}`, 4],
];

test("a CSV is read whatever stands before the names, its lines counted as in an editor", async () => {
  const files = READ.flatMap(([what, text, line]) => [
    { what, line, encoding: "UTF-8", content: text },
    ...(["UTF-16LE", "UTF-16BE"] as const).map((encoding) => ({
      ...{ what, line, encoding },
      content: encoded(text.replace(/^\uFEFF/, ""), encoding),
    })),
  ]);
  const found = await loadCsv(files.map(({ content }) => content));
  expect(
    found.map(({ form, problems, rows }, index) => [
      files[index]?.what,
      form,
      problems,
      rows.map(({ measure, value, line }) => [measure, value, line]),
    ]),
  ).toEqual(
    files.map(({ what, line, encoding }) => [
      what,
      expect.objectContaining({ encoding }),
      [],
      [
        ["people", "5", line - 1],
        ["reached", "-5", line],
      ],
    ]),
  );
});

const ABOVE: [what: string, above: string, fault: string[], encoding?: TextEncoding][] = [
  ["a figure", "thu,UB-01,Q2,,visits,7,", ["1 csv_above_names"]],
  ["a multiple of the unit", "ĐVT: nghìn người,,,,,,", ["1 csv_multiple"]],
  ["a multiple in an old encoding", "ĐVT: nghìn người,,,,,,", ["1 csv_multiple"], "VNI"],
  ["the unit", "Đơn vị tính: người,,,,,,", []],
  ["a figure below a title", "Báo cáo,,,,,,\nthu,UB-01,Q2,,visits,7,", ["2 csv_above_names"]],
  // nothing is lost with it
  ["a line without a figure", "thu,UB-01,Q2,,visits,,", []],
  ["a title in cells", "Đơn vị:,UB-01,Quý II năm 2030,,,,", []],
];

test("of figures above the names of a CSV nothing is lost", async () => {
  const found = await loadCsv(
    ABOVE.map(([, above, , encoding = "UTF-8"]) => encoded(`${above}\n${LINES}`, encoding)),
  );
  expect(ABOVE.map(([what], index) => [what, found[index]?.problems])).toEqual(
    ABOVE.map(([what, , fault]) => [what, fault]),
  );
});
