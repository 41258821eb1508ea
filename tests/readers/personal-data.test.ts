import { expect, test } from "vitest";
import { kindsInText, personalDataInSheets } from "../../pipelines/readers/personal-data.ts";
import type { CellContent } from "../../pipelines/readers/sheet-content.ts";

/** A text, and what it tells about a person; nothing where it is left out. */
const TEXTS: [text: string, kinds?: string][] = [
  ["Đối tượng có số căn cước 020190001234", "id_card"],
  ["020 190 001 234", "id_card"],
  ["CMND: 082 123 456", "id_card"],
  ["cmnd số 082123456 cấp năm 2010", "id_card"],
  ["Nguyễn Văn An - 082123456", "name id_card"],
  ["liên hệ 0912345678", "phone"],
  ["0912.345.678", "phone"],
  ["(+84) 912 345 678", "phone"],
  ["+84912345678", "phone"],
  ["ĐT 091 234 5678", "phone"],
  ["sinh ngày 12/3/1990", "birth_date"],
  ["chị H, sinh năm 1990", "birth_date"],
  ["Địa chỉ: 12 Trần Đăng Ninh", "address"],
  ["số nhà 12, khối 3", "address"],
  ["Địa chỉ: x".normalize("NFD"), "address"],
  // figures, amounts, dates, offices and the form's own words
  ["1120"],
  ["150000000"],
  ["1.120.000.000"],
  ["100200300400"],
  ["Kinh phí 150000000 đồng"],
  ["Phường Hoàng Văn Thụ: 150000000"],
  ["Văn phòng 0205.3812345"],
  ["02053812345"],
  ["10/6/2024"],
  ["Kế hoạch số 217/KH-UBND ngày 6/5/2024"],
  ["Tuyên truyền cho học sinh lớp 12"],
  ["Học sinh: 120"],
  ["Nguyễn Văn An"],
  ["Không ghi họ tên, ngày sinh, địa chỉ, số điện thoại, số định danh của cá nhân ở bất kỳ ô nào."],
  ["(Ký, đóng dấu, ghi rõ họ tên)"],
];

test.each(TEXTS)("%s → %s", (text, kinds = "") => {
  expect(kindsInText(text).join(" ")).toBe(kinds);
});

const NONE = null;

/** The rows of a sheet, and where it shows a person: cell, and what. */
const SHEETS: [name: string, rows: CellContent[][], places: string[]][] = [
  [
    "a list of persons",
    [
      ["STT", "Họ và tên", "Số CCCD", "Ngày sinh", "Địa chỉ", "Hình thức"],
      [1, "Nguyễn Văn An", 20190001234, "1990", "Khối 3", "Phạt tiền"],
      [2, "Lý Thị Bình", 20190001235, "1991", "Khối 4", "Phạt tiền"],
    ],
    [
      "B1 Cột họ tên",
      "C1 Cột số căn cước hoặc chứng minh nhân dân",
      "D1 Cột ngày sinh",
      "E1 Cột địa chỉ",
      "B2 Nội dung họ tên, số căn cước hoặc chứng minh nhân dân",
      "B3 Nội dung họ tên, số căn cước hoặc chứng minh nhân dân",
    ],
  ],
  [
    "heads in capitals below a merged one",
    [["DANH SÁCH"], ["SĐT"], [NONE], [912345678]],
    ["A2 Cột số điện thoại"],
  ],
  ["names alone, in a column", [["Họ tên"], ["Nguyễn Văn An"], ["Lý Thị Bình"]], ["A1 Cột họ tên"]],
  [
    "names beside numbers, without heads",
    [["Lý Thị Bình", "082123456"]],
    ["A1 Nội dung họ tên, số căn cước hoặc chứng minh nhân dân"],
  ],
  // and what is none
  [
    "heads with nothing below",
    [
      ["Họ và tên", "Số CCCD"],
      [NONE, NONE],
    ],
    [],
  ],
  ["a signature", [["Người lập biểu"], ["(Ký, ghi rõ họ tên)"], [NONE], ["Nguyễn Văn An"]], []],
  ["a label", [["Địa chỉ:"], ["x"], ["y"]], []],
  [
    "wards that bear a person's name",
    [
      ["Hoàng Văn Thụ", 150000000],
      ["Lương Văn Tri", 25],
    ],
    [],
  ],
];

test.each(SHEETS)("%s", (_, rows, places) => {
  const sheet = { name: "S", isHidden: false, rows, marks: new Map() };
  const problems = personalDataInSheets([sheet], "a.xlsx");
  expect(
    problems.map(
      ({ cell, found }) => `${cell} ${found.replace(/^(\S+(?: dung)?) .*\((.*)\).*/, "$1 $2")}`,
    ),
  ).toEqual(places);
});

test("what a person is called is in no problem", () => {
  const rows = [
    ["Họ tên", "SĐT"],
    ["Nguyễn Văn An", "0912345678"],
    ["Lý Thị Bình", "0912345679"],
  ];
  const problems = personalDataInSheets(
    [{ name: "S", isHidden: false, rows, marks: new Map() }],
    "a",
  );
  expect(problems.length).toBeGreaterThan(2);
  expect(JSON.stringify(problems)).not.toMatch(/Nguyễn|Bình|0912/);
});
