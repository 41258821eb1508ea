import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { pack, unpack } from "../../pipelines/workbook/zip.ts";
import { bookOf, oleOf, record, u16, u32, wide } from "./xls-given.ts";

const FORMS = join(import.meta.dirname, "../fixtures/forms");

/** A form as it was sent, with one of its parts, named or matched, written anew. */
function altered(
  form: "as-sent.xlsx" | "as-sent.ods",
  part: string | RegExp,
  written: (before: string) => string,
): Uint8Array {
  const parts = unpack(readFileSync(join(FORMS, form)));
  if (parts === null) throw new Error(`${form} cannot be unpacked`);
  const name =
    typeof part === "string" ? part : ([...parts.keys()].find((one) => part.test(one)) ?? "");
  const before = parts.get(name)?.toString("utf8") ?? "";
  const after = written(before);
  if (after === before) throw new Error(`nothing replaced in ${name}`);
  parts.set(name, Buffer.from(after));
  return pack(parts, 6);
}

const comment = (text: string): string =>
  `<comments xmlns="x"><authors><author>Nguyễn Văn An</author></authors><commentList><comment ref="A1" authorId="0"><text><r><t>${text.slice(0, 6)}</t></r><r><t>${text.slice(6)}</t></r></text></comment></commentList></comments>`;
const withComment = (path: string, text: string) =>
  altered("as-sent.xlsx", path, () => comment(text));
const withMargin = (text: string) =>
  altered("as-sent.xlsx", /worksheets\/[^/]*\.xml$/, (sheet) =>
    sheet.replace(
      "</worksheet>",
      `<headerFooter><oddFooter>&amp;L&amp;"Arial"&amp;10${text}</oddFooter></headerFooter></worksheet>`,
    ),
  );
const withProperty = (text: string) =>
  altered(
    "as-sent.xlsx",
    "docProps/core.xml",
    () => `<cp:coreProperties><dc:creator>${text}</dc:creator></cp:coreProperties>`,
  );
const annotation = (text: string) =>
  altered("as-sent.ods", "content.xml", (content) =>
    content.replace(
      /(<table:table-cell\b[^>]*[^/]>)/,
      `$1<office:annotation><dc:creator>Nguyễn Văn An</dc:creator><text:p>${text}</text:p></office:annotation>`,
    ),
  );
const odsMeta = (text: string) =>
  altered(
    "as-sent.ods",
    "meta.xml",
    () => `<office:meta><dc:creator>${text}</dc:creator></office:meta>`,
  );
const odsMargin = (text: string) =>
  altered(
    "as-sent.ods",
    "styles.xml",
    () => `<s><style:footer-first><text:p>${text}</text:p></style:footer-first></s>`,
  );

/** A sheet of an .xls with an object of text, or a margin. */
const xls = (...records: readonly Buffer[]): Uint8Array =>
  oleOf(bookOf([], [{ name: "Bieu", records }]));
const xlsComment = (text: string): Uint8Array =>
  xls(
    record(0x01b6, u16(0x212, 0, 0, 0, 0, text.length, 16), u32(0)),
    record(0x003c, [1], Buffer.from(text, "utf16le")),
    record(0x003c, u16(0, 0, 0, 0)),
  );
const xlsMargin = (text: string): Uint8Array => xls(record(0x0015, wide(`&L${text}`)));
/** On even pages and on the first one: the heads and feet of each, of which two are left blank. */
const xlsOther = (even: string, first: string): Uint8Array =>
  xls(
    record(
      0x089c,
      Buffer.alloc(30),
      u16(even.length, 0, 0, first.length),
      ...[even, first].map(wide),
    ),
  );
const xlsSheet = (name: string): Uint8Array => oleOf(bookOf([], [{ name, records: [] }]));

const PHONE = "Liên hệ Nguyễn Văn An 0912 345 678";
const SAID = "anh Tuấn báo lại sau";

/** Where a text stands beside the cells, and what becomes of a file with it. */
const PLACES: [place: string, file: Uint8Array, code: string | null][] = [
  ["a comment of Excel", withComment("xl/comments1.xml", PHONE), "personal_data"],
  ["a comment of openpyxl", withComment("xl/comments/comment1.xml", PHONE), "personal_data"],
  ["a comment anywhere", withComment("xl/anything/x.xml", PHONE), "personal_data"],
  ["a comment of the work", withComment("xl/comments1.xml", "không phát sinh năm 2024"), null],
  ["a comment that may be", withComment("xl/comments1.xml", SAID), "may_be_personal"],
  ["a footer", withMargin(PHONE), "personal_data"],
  ["a footer of the work", withMargin("Trang &amp;P/&amp;N"), null],
  ["a property", withProperty("0912345678"), "may_be_personal"],
  ["who wrote it", withProperty("Nguyễn Văn An"), null],
  ["a comment in .ods", annotation(PHONE), "personal_data"],
  ["a comment in .ods that may be", annotation(SAID), "may_be_personal"],
  ["a comment of the work in .ods", annotation("tăng 2 vụ"), null],
  ["a property of .ods", odsMeta("an.nguyen@gmail.com"), "may_be_personal"],
  ["a footer of .ods", odsMargin(PHONE), "personal_data"],
  ["a comment in .xls", xlsComment(PHONE), "personal_data"],
  ["a footer in .xls", xlsMargin(PHONE), "personal_data"],
  ["a head of even pages in .xls", xlsOther(PHONE, "&P"), "personal_data"],
  ["a foot of the first page in .xls", xlsOther("&P", PHONE), "personal_data"],
  ["the name of a sheet", xlsSheet("An 0912345678"), "personal_data"],
  ["a sheet of the work", xlsSheet("Biểu 01"), "no_form"],
  ["a comment of the work in .xls", xlsComment("tăng 2 vụ"), "no_form"],
];

test.each(PLACES)("%s", async (_, file, code) => {
  const reading = await readForm(file, "f");
  const problems = reading.ok ? reading.doubts : reading.problems;
  expect(problems.map((one) => one.code)).toEqual(code === null ? [] : [code]);
  expect(JSON.stringify(problems)).not.toMatch(/Nguyễn|0912|Tuấn|gmail/);
});

test("a form tells where, and in which words of which kind", async () => {
  const reading = await readForm(withComment("xl/comments1.xml", PHONE), "f");
  expect(reading).toMatchObject({
    ok: false,
    problems: [
      {
        found:
          "Nhận xét hoặc hình vẽ trong tệp giống dữ liệu cá nhân (số điện thoại). Tệp không được tiếp nhận và không được lưu lại.",
      },
    ],
  });
});
