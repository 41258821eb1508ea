import { expect, test } from "vitest";
import { periodKey } from "../../pipelines/intake/name-key.ts";
import { nameFinder } from "../../pipelines/intake/name-match.ts";

const KNOWN = [
  { code: "1", names: ["Phường Tam Thanh"] },
  { code: "2", names: ["Phường Đông Kinh"] },
  { code: "3", names: ["Xã Hòa Bình"] },
  { code: "4", names: ["Xã Hoa Binh"] },
  { code: "5", names: ["Phường 1"] },
  { code: "6", names: ["Thị trấn Cao Lộc"] },
  {
    code: "7",
    names: ["Ủy ban nhân dân phường Vĩnh Trại", "UBND phường Vĩnh Trại", "Phường Vĩnh Trại"],
  },
  { code: "8", names: ["Phòng Lao động - Thương binh và Xã hội thành phố", "Phòng LĐ-TB&XH"] },
  { code: "9", names: ["Xã Đồng Tâm"] },
  { code: "10", names: ["Xã Đông Tâm"] },
];

const find = nameFinder(KNOWN);

test.each<[string, string[]]>([
  ["Phường Tam Thanh", ["1"]],
  ["  TAM   THANH ", ["1"]],
  ["P. Tam Thanh", ["1"]],
  ["P.Tam Thanh", ["1"]],
  ["p tam thanh", ["1"]],
  ["phuong tam thanh", ["1"]],
  // another kind than its own
  ["Xã Tam Thanh", []],
  ["ĐÔNG KINH", ["2"]],
  ["Đông Kinh".normalize("NFD"), ["2"]],
  // the letter eth that old keyboards give for đ
  ["Ðông Kinh", ["2"]],
  ["dong kinh", ["2"]],
  ["P. Dong Kinh", ["2"]],
  // some diacritics are there, others wrong
  ["Đong Kinh", []],
  ["Hòa Bình", ["3"]],
  ["Hoà Bình", ["3"]],
  ["xã hoà bình".toUpperCase(), ["3"]],
  // a name without diacritics of its own is meant as it is written
  ["Hoa Binh", ["4"]],
  ["P1", ["5"]],
  ["P. 1", ["5"]],
  ["TT Cao Lộc", ["6"]],
  ["TT. cao loc", ["6"]],
  ["UBND phường Vĩnh Trại", ["7"]],
  ["Uỷ ban nhân dân P. Vĩnh Trại", ["7"]],
  ["Vĩnh Trại", ["7"]],
  ["phong lao dong thuong binh va xa hoi thanh pho", ["8"]],
  ["Phòng LĐTBXH", []],
  ["Phòng LĐ - TB & XH", ["8"]],
  // two that differ in nothing else
  ["Dong Tam", ["9", "10"]],
  ["Đồng Tâm", ["9"]],
  ["", []],
  ["Phường", []],
  ["Tam", []],
])("%s means %j", (text, codes) => {
  expect(find(text).map(({ code }) => code)).toEqual(codes);
});

test.each([
  ["Quý II năm 2024", "Quý 2/2024", true],
  ["QUÝ IV/2024", "quý 4 năm 2024", true],
  ["6 tháng đầu năm 2024", "6 tháng đầu 2024", true],
  ["Quý II năm 2024", "Quý III năm 2024", false],
])("%s and %s are the same period: %s", (one, other, same) => {
  expect(periodKey(one) === periodKey(other)).toBe(same);
});
