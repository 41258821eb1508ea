import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readOfficeUnits } from "../../../pipelines/sources/office/office-unit.ts";
import { casesIn } from "../../case-lines.ts";
import { newFolder } from "../../folders.ts";
import { smallPlan } from "../../models/small-plan.ts";
import { writeSources } from "../../models/world.ts";

const HEAD = "code,area,name,short_name,contact,phone,email";
const POLICE = "CATP,,Công an thành phố,Công an,Đội trưởng Đội tổng hợp,0205 3812 345,catp@a.vn";

const areas = [{ code: "05986" }].map((area) => ({
  ...area,
  area_id: 1,
  name: "Xã Mai Pha",
  kind: "ward",
  parent_id: null,
  named_after: null,
  valid_from: null,
  valid_to: null,
  population: null,
  source: "made up",
  is_official: false,
}));
const AREAS = { areas, successors: [] };

function read(text: string) {
  const folder = newFolder("units");
  writeFileSync(join(folder, "units.csv"), text);
  const { units, problems } = readOfficeUnits(folder, AREAS);
  return {
    units,
    problems: problems.map(({ line, field, found }) => `${line} ${field}: ${found}`),
  };
}

test("a line is a unit, with whom to ask there", () => {
  expect(read(`${HEAD}\n${POLICE}\nUBND,05986,UBND xã Mai Pha,Mai Pha,,,\n`)).toEqual({
    problems: [],
    units: [
      {
        code: "CATP",
        area: "",
        name: "Công an thành phố",
        short_name: "Công an",
        contact: "Đội trưởng Đội tổng hợp",
        phone: "0205 3812 345",
        email: "catp@a.vn",
      },
      {
        code: "UBND",
        area: "05986",
        name: "UBND xã Mai Pha",
        short_name: "Mai Pha",
        contact: "",
        phone: "",
        email: "",
      },
    ],
  });
});

test("no file is no units", () => {
  expect(readOfficeUnits(newFolder("none"), AREAS)).toEqual({ units: [], problems: [] });
});

test("as a spreadsheet in Vietnamese saves it: a mark at the beginning, semicolons", () => {
  const text = `\uFEFF${HEAD}\n${POLICE}\n`.replaceAll(",", ";").replaceAll("\n", "\r\n");
  expect(read(text).units).toEqual(read(`${HEAD}\n${POLICE}\n`).units);
});

describe("what is wrong is said with line and column", () => {
  test.each(
    casesIn(`
    no code ⇒ ,,Công an,CA,,, ⇒ 2 code: không được để trống.
    a code with marks ⇒ CÔNG AN,,Công an,CA,,,
      ⇒ 2 code: ghi “CÔNG AN”: chỉ gồm chữ cái không dấu, chữ số, dấu chấm, dấu gạch.
    no short name ⇒ CA,,Công an,,,, ⇒ 2 short_name: không được để trống.
    a person ⇒ CA,,Công an,CA,Ông Trần Văn A,,
      ⇒ 2 contact: ghi “Ông Trần Văn A”: chỉ ghi chức vụ, không ghi tên người.
    a post that begins like a title ⇒ CA,,Công an,CA,Bàn một cửa,,
    no telephone ⇒ CA,,Công an,CA,,gọi văn phòng,
      ⇒ 2 phone: ghi “gọi văn phòng”: phải là số điện thoại, ví dụ 0205 3812 345 máy lẻ 12.
    an extension ⇒ CA,,Công an,CA,,+84 205 3812 345 máy lẻ 12,
    no address ⇒ CA,,Công an,CA,,,catp ⇒ 2 email: ghi “catp”: phải là địa chỉ thư điện tử.
    an area that is not there ⇒ UB,9,UBND,UB,,,
      ⇒ 2 area: địa bàn “9” không có trong danh mục và areas/areas.csv.
    twice ⇒ ${POLICE} / catp,,Khác,K,,, ⇒ 3 code: “catp” đã có ở dòng 2.
    twice for an area ⇒ UB,05986,UBND,UB,,, / UB,05986,UBND,UB,,,
      ⇒ 3 code: “UB” của địa bàn 05986 đã có ở dòng 2.
    once for all areas and once for one ⇒ UB,,UBND {area},UB,,, / UB,05986,UBND,UB,,,
    two faults in one line, and one in the next ⇒ CA,,,CA,,,catp / ,,Công an,CA,,,
      ⇒ 2 name: không được để trống.
      ⇒ 2 email: ghi “catp”: phải là địa chỉ thư điện tử.
      ⇒ 3 code: không được để trống.
    too few cells ⇒ CA,,Công an,CA ⇒ 2 : số ô không bằng số cột của dòng tiêu đề.
    an open quote ⇒ CA,,"Công an,CA,,, ⇒ 2 : dấu " không khép hoặc đặt sai chỗ.
  `),
  )("%s", (_, lines = "", ...expected) => {
    expect(read(`${HEAD}\n${lines.replaceAll(" / ", "\n")}\n`).problems).toEqual(expected);
  });

  test("a column that is missing, and one that is not known, once", () => {
    expect(read("code,name,fax\nCA,Công an,1\nTC,Tài chính,2\n").problems).toEqual([
      "1 : dòng tiêu đề thiếu cột short_name, contact, phone, email; có cột không dùng: fax.",
    ]);
  });
});

describe("units of a plan and those of the office", () => {
  const world = smallPlan({});
  const check = (lines: readonly string[], change: (text: string) => string = (text) => text) => {
    const folder = newFolder("office");
    mkdirSync(folder, { recursive: true });
    writeSources(
      folder,
      world,
      { "plan.yaml": JSON.parse(change(JSON.stringify(world.plan))) as object },
      { "units.csv": [HEAD, ...lines, ""].join("\n") },
    );
  };
  const is = (code: string) => (text: string) =>
    text.replace('"code":"D1"', `"code":"D1","is":"${code}"`);

  test("one that `is` names", () => {
    expect(() => check(["CATP,,Công an thành phố,CA,,,"], is("CATP"))).not.toThrow();
  });
  test("one that it does not, with what may have been meant", () => {
    expect(() => check(["CATP,,Công an thành phố,CA,,,"], is("CAPT"))).toThrow(
      /plan\.yaml:\d+: đơn vị "D1" › is: “CAPT” không có trong units\.csv\. Có phải là “CATP”\? Sửa mã/,
    );
    expect(() => check(["TC,,Phòng Tài chính,TC,,,"], is("CAPT"))).toThrow(
      /“CAPT” không có trong units\.csv\. Sửa mã/,
    );
  });
  test("the same code and name are one unit, the same code alone is asked about", () => {
    expect(() => check(["D1,,department  1,D1,,,"])).not.toThrow();
    expect(() => check(["D1,,Phòng Tài chính,D1,,,"])).toThrow(
      /đơn vị "D1" › code: “D1” ở đây là Department 1, trong units\.csv là Phòng Tài chính\. Nếu là một đơn vị thì ghi thêm is: D1/,
    );
    expect(() => check(["D1,,Phòng Tài chính,D1,,,"], is("D1"))).not.toThrow();
  });
});
