import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isValidOn } from "../../../pipelines/sources/areas/area.ts";
import { readAreaFiles } from "../../../pipelines/sources/areas/area-files.ts";
import { readCatalogue } from "../../../pipelines/sources/catalogue.ts";
import {
  formulaOf,
  targetText,
  wholeTargetText,
} from "../../../pipelines/sources/targets/formula.ts";
import { casesIn } from "../../case-lines.ts";
import { newFolder } from "../../folders.ts";

const SOURCES = join(import.meta.dirname, "../../../sources");
const folder = newFolder("chitieu-areas-");

const HEAD = "area_id,code,name,kind,parent_id,valid_from,valid_to,source";

function problemsOf(lines: string, successors = "", tiles = "", head = HEAD): string[] {
  writeFileSync(join(folder, "areas.csv"), `${head}\n${lines}\n`);
  writeFileSync(
    join(folder, "successors.csv"),
    `area_id,successor_id,on,exact,source\n${successors}\n`,
  );
  writeFileSync(join(folder, "map.csv"), `area_id,column,row,source\n${tiles}\n`);
  const { problems, doubts } = readAreaFiles(folder);
  return [...problems, ...doubts].map(
    ({ file, line, field, found }) =>
      `${file.replace(`${folder}/`, "")}:${line}: ${field}: ${found}`,
  );
}

test.each(
  casesIn(`
  "15000" ⇒
  "" ⇒
  "0" ⇒ areas.csv:2: population: ghi “0”: phải từ 1 trở lên.
  "15.000,5" ⇒ areas.csv:2: population: ghi “15.000,5”: phải là số nguyên từ 1 trở lên, chỉ gồm chữ số.
`),
)("a population of %s", (population, expected) => {
  const line = `1,C,City,city,,,,x,${population}`;
  expect(problemsOf(line, "", "", `${HEAD},population`).join()).toBe(expected);
});

const CITY = "1,C,City,city,,,,x";

// lines of areas, with `/` between them, lines of successors, what is said
test.each(
  casesIn(`
  in order ⇒ ${CITY} / 2,A,Ward,ward,1,,,x ⇒ ⇒
  a key twice ⇒ ${CITY} / 1,A,Ward,ward,1,,,x ⇒ ⇒ areas.csv:3: area_id: 1 được ghi hai lần.
  no number for a key ⇒ one,C,City,city,,,,x ⇒ ⇒ areas.csv:2: area_id: ghi “one”: phải là số nguyên.
  no name ⇒ 1,C,,city,,,,x ⇒ ⇒ areas.csv:2: name: không được để trống.
  a day that is none ⇒ 1,C,City,city,,2023-02-29,,x ⇒
    ⇒ areas.csv:2: valid_from: ghi “2023-02-29”: không có ngày này trong lịch.
  ends before it begins ⇒ 1,C,City,city,,2024-01-02,2024-01-01,x ⇒
    ⇒ areas.csv:2: valid_to: trước ngày valid_from.
  a parent that is not there ⇒ 1,C,City,city,9,,,x ⇒ ⇒ areas.csv:2: parent_id: 9 không có trong tệp.
  one code for two areas at once
    ⇒ ${CITY} / 2,A,Ward,ward,1,,2025-06-30,x / 3,A,Other,ward,1,2025-06-30,,x ⇒
    ⇒ areas.csv:4: code: mã A là của hai địa bàn cùng lúc.
  one code for two areas in turn
    ⇒ ${CITY} / 2,A,Ward,ward,1,,2025-06-30,x / 3,A,Other,ward,1,2025-07-01,,x ⇒ ⇒
  a code that has lost its zero, of an island too
    ⇒ ${CITY} / 2,99998,A,ward,1,,,x / 3,1234,B,special_zone,1,,,x ⇒
    ⇒ areas.csv:4: code: mã “1234” có bốn chữ số, mã của phường, xã, đặc khu có năm.
  a successor that is not there ⇒ ${CITY} ⇒ 1,9,2025-07-01,yes,x
    ⇒ successors.csv:2: successor_id: 9 không có trong areas.csv.
  neither yes nor no ⇒ ${CITY} ⇒ 1,1,2025-07-01,perhaps,x
    ⇒ successors.csv:2: exact: ghi “perhaps”: phải là yes hoặc no.
`),
)("area files: %s", (_, lines = "", successors, expected) => {
  expect(problemsOf(lines.replaceAll(" / ", "\n"), successors).join()).toBe(expected);
});

const TWO_WARDS = `${CITY}\n2,A,One,ward,1,,,x\n3,B,Other,ward,1,,,x`;

test.each(
  casesIn(`
  a tile each ⇒ 2,1,1,x / 3,2,1,x ⇒
  no tile for one of them ⇒ 2,1,1,x ⇒
  an area that is not there ⇒ 9,1,1,x ⇒ map.csv:2: area_id: 9 không có trong areas.csv.
  an area twice ⇒ 2,1,1,x / 2,2,1,x ⇒ map.csv:3: area_id: 2 được ghi hai lần.
  two areas on one tile ⇒ 2,1,1,x / 3,1,1,x ⇒ map.csv:3: column: cùng lúc đã có địa bàn khác ở ô này.
  no number ⇒ 2,west,1,x ⇒ map.csv:2: column: ghi “west”: phải là số nguyên.
`),
)("the map: %s", (_, tiles = "", expected) => {
  expect(problemsOf(TWO_WARDS, "", tiles.replaceAll(" / ", "\n")).join()).toBe(expected);
});

test("areas that follow one another may lie on one tile", () => {
  const lines = "1,C,City,city,,,,x\n2,A,Old,ward,1,,2025-06-30,x\n3,B,New,ward,1,2025-07-01,,x";
  expect(problemsOf(lines, "", "2,1,1,x\n3,1,1,x")).toEqual([]);
});

test.each(
  casesIn(`
  says more of an official unit ⇒ 6,05980,,,,,,x ⇒ 6 05980 Phường Đông Kinh ward 2 - 2025-06-30
  by its number alone ⇒ 100000781,,,,,,,x ⇒ 100000781 00001 Phường Phúc Xá ward
  corrects it ⇒ 6,05980,Phường Kinh Đông,,,,2025-05-31,x ⇒ Phường Kinh Đông ward 2 - 2025-05-31
  adds to it ⇒ 1,V1,Thôn Một,village,100010824,,,x ⇒ 1 V1 Thôn Một village 100010824 - -
  is of another one ⇒ 6,05977,,,,,,x ⇒ code: ghi “05977”, mà 6 là số của 05980 Phường Đông Kinh.
  is of none ⇒ 77,05977,,,,,,x ⇒ kind: không được để trống.
  is in a unit by its code ⇒ 1,V1,Một,village,05986,,,x ⇒ 05986 là mã của Xã Hoàng Đồng: ghi 8
`),
)("a line of an office that %s", (_, line, expected) => {
  writeFileSync(join(folder, "areas.csv"), `${HEAD}\n${line}\n`);
  const { areas, problems } = readAreaFiles(folder);
  const reported = [
    ...areas.map(({ area_id, code, name, kind, parent_id, valid_from, valid_to }) =>
      [area_id, code, name, kind, parent_id, valid_from ?? "-", valid_to ?? "-"].join(" "),
    ),
    ...problems.map(({ field, found, remedy }) => `${field}: ${found} ${remedy}`),
  ];
  expect(reported.join("\n")).toContain(expected);
});

test("an office without files of areas has the official units alone", () => {
  expect(readAreaFiles(join(folder, "nowhere"))).toMatchObject({ areas: [], problems: [] });
});

describe("the areas of Lạng Sơn", () => {
  const { areas, successors, plans, tiles } = readCatalogue(SOURCES);

  test("eight wards until 30 June 2025, which became four", () => {
    const plan = plans[0];
    expect(plan?.areas.map(({ code, name }) => `${code} ${name}`)).toEqual([
      "05971 Phường Hoàng Văn Thụ",
      "05974 Phường Tam Thanh",
      "05977 Phường Vĩnh Trại",
      "05980 Phường Đông Kinh",
      "05983 Phường Chi Lăng",
      "05986 Xã Hoàng Đồng",
      "05989 Xã Quảng Lạc",
      "05992 Xã Mai Pha",
    ]);
    expect(plan?.areas.every((area) => isValidOn(area, "2025-06-30"))).toBe(true);
    expect(plan?.areas.some((area) => isValidOn(area, "2025-07-01"))).toBe(false);
  });

  test("each of the eight has its tile on the map", () => {
    expect(tiles.map(({ area_id }) => area_id).sort((a, b) => a - b)).toEqual(
      plans[0]?.areas.map(({ area_id }) => area_id),
    );
  });

  test("the four are in the warehouse with all that each is made of, and nothing else", () => {
    expect(areas.map(({ area_id }) => area_id)).toEqual([
      2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 11, 12, 13,
    ]);
    const parts = (id: number) =>
      successors.filter(({ successor_id }) => successor_id === id).length;
    expect([11, 12, 13, 14].map(parts)).toEqual([5, 2, 4, 2]);
  });
});

describe("what plan 217 says", () => {
  const plan = readCatalogue(SOURCES).plans[0]?.plan;

  test("twelve indicators with their targets", () => {
    expect(
      plan?.indicators.map(
        (indicator) =>
          `${indicator.code} ${wholeTargetText(plan, indicator, [])} ${indicator.target.pace}`,
      ),
    ).toEqual([
      "1.1 ≥ 25% none",
      "1.2 ≥ 100% none",
      "1.3a ≥ 20% linear",
      "1.3b ≥ 100% linear",
      "1.3c ≥ 20% linear",
      "2.1 ≥ 100% none",
      "2.2 ≥ 100% none",
      "3.1 ≥ 100% none",
      "3.2a ≥ 100% none",
      "3.2b ≥ 30% linear",
      "4.1 ≥ 100% linear",
      "5.1 ≥ 30% linear",
    ]);
  });

  test("fourteen items report, in six periods, each due before its day", () => {
    expect(plan?.units.map(({ item }) => item)).toEqual(
      Array.from({ length: 14 }, (_, i) => i + 1),
    );
    expect(plan?.periods.map(({ code, due_before }) => `${code} ${due_before}`)).toEqual([
      "2024-Q1 2024-03-10",
      "2024-Q2 2024-06-10",
      "2024-H1 2024-06-05",
      "2024-Q3 2024-09-10",
      "2024-Q4 2024-12-10",
      "2024-Y 2024-11-15",
    ]);
  });

  test("formulas are written from the names of the measures", () => {
    const formula = (code: string) => {
      const value = plan?.indicators.find((indicator) => indicator.code === code)?.value;
      return plan === undefined || value === undefined ? "" : formulaOf(plan, value);
    };
    expect(formula("3.2b")).toBe(
      "Số cơ sở được kiểm tra lần đầu trong năm ÷ Số cơ sở kinh doanh dịch vụ dễ phát sinh tệ nạn mại dâm × 100",
    );
    expect(formula("1.1")).toBe(
      "Số phường, xã đáp ứng điều kiện (Số hình thức tuyên truyền về phòng ngừa mại dâm đã tổ chức: từ 1 trở lên) ÷ tổng số phường, xã × 100",
    );
  });
});

test.each([
  [">=", "30", "%", "≥ 30%"],
  [">", "1234567.5", "hộ", "> 1.234.567,5 hộ"],
  ["<=", "0.25", "%", "≤ 0,25%"],
  ["<", "590", "xã", "< 590 xã"],
] as const)("target %s %s %s", (comparator, value, unit, expected) => {
  expect(targetText(comparator, value, unit)).toBe(expected);
});
