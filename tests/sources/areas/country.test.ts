import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COUNTRY } from "../../../pipelines/development/make-country.ts";
import {
  areaMeant,
  areasBelow,
  areasInUse,
  areasOn,
  factsOf,
  findAreas,
  readAreaFiles,
} from "../../../pipelines/sources/areas/area-files.ts";
import {
  disputeOf,
  isExactSum,
  partsOf,
  unitsCoded,
} from "../../../pipelines/sources/areas/country.ts";
import { withConnection } from "../../../pipelines/warehouse/connection.ts";
import { newFolder } from "../../folders.ts";
import { readTable } from "../../models/text-table.ts";

/** An office that has no files of its own. */
const NOTHING = readAreaFiles(join(newFolder("country"), "areas"));
const BEFORE = "2025-06-30";
const SINCE = "2025-07-01";
const nameOn = (code: string, day: string): string | undefined =>
  areasOn(code, day, NOTHING)[0]?.name;

// resolution 1672/NQ-UBTVQH15: whole units became each of the four
test.each([
  ["06187", "Phường Kỳ Lừa", ["05971", "06187", "06226", "06235", "06244"], true],
  ["05986", "Phường Tam Thanh", ["05974", "05986"], true],
  ["05977", "Phường Đông Kinh", ["05977", "05980", "05992", "06247"], true],
  ["05983", "Phường Lương Văn Tri", ["05983", "05989"], true],
  // of eight of its ten old wards a part came to it
  ["00004", "Phường Ba Đình", expect.arrayContaining(["00004", "00016"]), false],
  // a ward that the list of January does not have
  ["26929", "Phường Bình Thạnh", expect.not.arrayContaining(["26929"]), false],
  ["79", "Thành phố Hồ Chí Minh", ["74", "77", "79"], true],
])("%s %s is made of", (code, name, parts, isExact) => {
  const unit = unitsCoded(code).find(({ area }) => area.valid_from === SINCE);
  if (unit === undefined) throw new Error(`no ${code}`);
  expect(unit.area.name).toBe(name);
  expect(partsOf(unit).map((one) => one.unit.area.code)).toEqual(parts);
  expect(isExactSum(unit)).toBe(isExact);
});

test.each([
  ["05986", "Xã Hoàng Đồng", "Phường Tam Thanh"],
  ["05983", "Phường Chi Lăng", "Phường Lương Văn Tri"],
  ["08", "Tỉnh Tuyên Quang", "Tỉnh Tuyên Quang"],
  ["178", "Thành phố Lạng Sơn", undefined],
  ["755", "Huyện Côn Đảo", undefined],
  ["26732", undefined, "Đặc khu Côn Đảo"],
])("%s is %s until 30 June 2025, %s since", (code, before, since) => {
  expect([nameOn(code, BEFORE), nameOn(code, SINCE)]).toEqual([before, since]);
});

test.each([
  ["178", BEFORE, 8],
  // ten districts and the city, and the communes that came in their place
  ["20", BEFORE, 11 + 65],
  // a province that is put together is another one
  ["08", BEFORE, 7],
  ["08", SINCE, 124],
])("below %s of %s lie", (code, day, count) => {
  const [area] = areasOn(code, day, NOTHING);
  expect(area === undefined ? 0 : areasBelow(area, NOTHING).length).toBe(count);
});

test.each([
  ["26935", BEFORE, "bảng chuyển đổi chính thức không ghi địa bàn này nhập vào đâu"],
  [
    "26929",
    SINCE,
    "bảng chuyển đổi chính thức ghi địa bàn này có phần của 26929 Phường 14, không có trong danh mục trước đó",
  ],
  [
    "03979",
    SINCE,
    "danh mục trước sắp xếp ghi mã 03979 là Thị trấn Mộc Châu, bảng chuyển đổi chính thức ghi là Phường Mộc Sơn; danh mục trước sắp xếp ghi mã 04030 là Xã Đông Sang, bảng chuyển đổi chính thức ghi là Phường Đông Sang",
  ],
  // «Yên Hoà» and «Yên Hòa», «Kan Hồ» and «Can Hồ» are spellings
  ["00172", BEFORE, null],
  ["03469", BEFORE, null],
  ["05986", SINCE, null],
])("what the lists say otherwise of %s on %s", (code, day, expected) => {
  const [area] = areasOn(code, day, NOTHING);
  expect(area === undefined ? "" : disputeOf(area)).toBe(expected);
  // nor do they say of what a plan ends that it went into nothing
  if (day === SINCE && area !== undefined) {
    expect(disputeOf({ ...area, valid_to: "2026-09-14" })).toBe(expected);
  }
});

test.each([
  ["tam thanh, lang son", ["05986", "05974"]],
  ["TAM  THANH, thành phố lạng sơn", ["05974"]],
  ["kỳ lừa", ["06187"]],
  ["178", ["178"]],
  ["", []],
  ["xyz", []],
])("looked for: %s", (words, codes) => {
  expect(findAreas(words, NOTHING).map(({ code }) => code)).toEqual(codes);
});

test.each([
  ["05974", "05974"],
  // the one that there is, of two that are called so
  ["tam thanh, lạng sơn", "05986"],
  ["tam thanh, thành phố lạng sơn", "05974"],
  ["lạng sơn", "20"],
  ["xyz", "Không có địa bàn nào tên hoặc mã như “xyz”."],
  [
    "tam thanh",
    expect.stringMatching(
      /^Có 10 địa bàn tên như “tam thanh”: 05986 Phường Tam Thanh, Tỉnh Lạng Sơn; .*; và 4 nơi khác\. Ghi mã, /,
    ),
  ],
])("the area that is meant: %s", (words, expected) => {
  const area = areaMeant(words, NOTHING);
  expect(typeof area === "string" ? area : area.code).toEqual(expected);
});

test("those that there are and that are called so come first", () => {
  const found = findAreas("hoàng văn thụ", NOTHING).map((area) => factsOf(area, NOTHING));
  const names = found.map(
    ({ area, within }) => `${area.name}, ${within[0]}${area.valid_to === null ? "" : ", ended"}`,
  );
  expect(names[0]).toBe("Xã Hoàng Văn Thụ, Tỉnh Lạng Sơn");
  expect(names).toContain("Phường Hoàng Văn Thụ, Thành phố Lạng Sơn, ended");
});

test("a line of the office stands for itself, with what it has below it alone", () => {
  const own = {
    ...{ code: "178", name: "Thành phố Lạng Sơn", named_after: null, kind: "city" },
    ...{ area_id: 2, parent_id: null, valid_from: null, valid_to: "2025-06-30" },
    ...{ population: null, source: "x", is_official: false },
  };
  const ward = { ...own, area_id: 3, code: "05986", name: "Xã Hoàng Đồng", parent_id: 2 };
  const files = { areas: [own, ward], successors: [] };
  const [area] = areasOn("178", BEFORE, files);
  expect(area).toBe(own);
  expect(areasBelow(own, files)).toEqual([ward]);
  expect(areasOn("05986", BEFORE, files)).toEqual([ward]);
  expect(areasOn("05986", SINCE, files)[0]?.name).toBe("Phường Tam Thanh");
  expect(areasInUse(files, [{ area: own, areas: [ward] }])).toEqual(files);
});

test("the file is what npm run country writes, with the ids that it has", () => {
  expect(COUNTRY).toBe(readFileSync("sources/country/units.csv", "utf8"));
});

/** From the official lists as they are: which new units are sums of old ones, and what each is made of. */
const RAW = "tests/fixtures/country";
const EXACT = `
with old as (from read_csv('${RAW}/communes-before-2025-07-01.csv.gz', all_varchar = true)),
link as (from read_csv('${RAW}/successions-2025-07-01.csv.gz', all_varchar = true)),
named as (
    select
        link.*,
        -- letters without marks, so that a spelling is no other name
        regexp_replace(strip_accents(lower(replace(link.old_name, 'đ', 'd'))), '[^a-z0-9]', '', 'g') as one,
        regexp_replace(strip_accents(lower(replace(old.name, 'đ', 'd'))), '[^a-z0-9]', '', 'g') as other,
        old.code is null and link.old_name is not null as is_strange,
    from link left join old on link.old_code = old.code
)
select
    new_code as code,
    bool_and(share = 'whole') as are_whole,
    bool_or(is_strange) as has_strange,
    coalesce(max(levenshtein(one, other)), 0) as letters,
from named
group by new_code`;

test("every new unit is an exact sum just where the lists say so", async () => {
  const rows = await withConnection((connection) => readTable(connection, EXACT));
  expect(rows).toHaveLength(3321);
  const found = rows.map(({ code, are_whole, has_strange, letters }) => {
    const unit = unitsCoded(String(code)).find(({ area }) => area.valid_from === SINCE);
    const isAgreed = has_strange === "false" && letters === "0";
    return {
      code,
      isWhole: are_whole === "true",
      isAgreed,
      isSum: unit !== undefined && isExactSum(unit),
    };
  });
  const codes = (those: typeof found): unknown[] => those.map(({ code }) => code).sort();
  expect(codes(found.filter(({ isWhole, isSum }) => isSum && !isWhole))).toEqual([]);
  expect(
    codes(found.filter(({ isWhole, isAgreed, isSum }) => isWhole && isAgreed && !isSum)),
  ).toEqual([]);
  // where each gave the whole, and the lists mean another unit by a code
  expect(codes(found.filter(({ isWhole, isSum }) => isWhole && !isSum)).join(" ")).toBe(
    "01648 03244 03703 03721 03910 03979 03980 03982 03997 04000 04033 04075 14698 18007 19789 22258 26710 26929 26956 27367 27373",
  );
  expect(found.filter(({ isSum }) => isSum)).toHaveLength(2888);
});
