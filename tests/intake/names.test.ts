import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { csvOf, newWorld, problemText, sendOne, type World } from "./given.ts";

/** The made-up plan, with Phường Một renamed Phường Một mới in July, and a ward like another. */
function namedWorld(): World {
  const world = newWorld();
  const file = join(world.sources, "areas", "areas.csv");
  writeFileSync(
    file,
    [
      "area_id,code,name,kind,parent_id,valid_from,valid_to,source",
      "1,C,Thành phố,city,,,,made up",
      "2,01,Phường Một,ward,1,,2030-06-30,made up",
      "3,02,Phường Hòa Bình,ward,1,,,made up",
      "4,01,Phường Một mới,ward,1,2030-07-01,,made up",
      "5,03,Xã Đồng Tâm,ward,1,2030-07-01,,made up",
      "6,04,Xã Đông Tâm,ward,1,,,made up",
      // out of two wards, so that it is neither of them
      "7,05,Phường Gộp,ward,1,2030-07-01,,made up",
      "8,06,Phường Cũ,ward,1,,2030-06-30,made up",
      "9,07,Phường Xưa,ward,1,,2030-06-30,made up",
      "",
    ].join("\n"),
  );
  writeFileSync(
    join(world.sources, "areas", "successors.csv"),
    "area_id,successor_id,on,exact,source\n2,4,2030-07-01,yes,made up\n8,7,2030-07-01,yes,made up\n9,7,2030-07-01,yes,made up\n",
  );
  return { ...world, catalogue: readCatalogue(world.sources) };
}

/** How it is named, in a line up to its figure, and the area that is meant. */
const KNOWN: readonly [string, string, number][] = [
  ["with the word for its kind", "GD,Q2,Phường Hòa Bình,pupils_reached", 3],
  ["without", "GD,Q2,Hòa Bình,pupils", 3],
  ["with the tone elsewhere, shortened, in capitals", "GD,Q3,P. HOÀ BÌNH,pupils", 3],
  ["in letters and marks of their own", `GD,Q4,${"Hòa Bình".normalize("NFD")},pupils`, 3],
  ["without diacritics", "GD,Y,hoa binh,pupils", 3],
  ["without diacritics while the other is not there yet", "GD,Q2,dong tam,pupils", 6],
  ["with diacritics where both are there", "GD,Q3,Đồng Tâm,pupils", 5],
  ["by its own name before it was renamed", "GD,Q2,Phường Một,pupils_reached", 2],
  ["by its former name", "GD,Q3,Phường Một,pupils", 4],
  ["by its later name", "GD,Q2,Phường Một mới,pupils", 2],
  ["as the unit's own area", "UB-02,Q2,Hòa Bình,people", 3],
  ["as the unit itself", "UBND phường Hoà Bình,Q3,,people", 3],
  ["as the unit itself, by the name of its area", "hoà bình,Quý 4,,people", 3],
  ["in other letters", "UB-02,Q.II,,BUDGET", 3],
  ["in other letters, without diacritics", "UB-02,quy 3,,Budget", 3],
  ["a period with its year, which its name leaves out", "UB-02,Q4/2030,,budget", 3],
  ["a period with its year before it", "UB-02,2030-q3,,visits_day", 3],
  ["as the unit itself, by the code of its area", "02,Q4,,visits_night", 3],
  ["in small letters", "UB-02,y,,people", 3],
  ["with the names of period and measure", "UB-02,Năm 2030,,KINH PHÍ", 3],
];

test("an area is known by its names", async () => {
  const world = namedWorld();
  const content = csvOf(KNOWN.map(([, line], index) => `${line},${10 + index},`));
  expect((await sendOne(world, { content })).problems.map(problemText)).toEqual([]);
  const rows = await world.rows("select area_id from reading order by value");
  expect(KNOWN.map(([how], index) => [how, rows[index]?.area_id])).toEqual(
    KNOWN.map(([how, , areaId]) => [how, areaId]),
  );
});

test("a plan is known by its number", async () => {
  const world = namedWorld();
  const content = csvOf(["GD,Q2,,budget,5,"]).replace("thu,", "1/KH-UBND,");
  expect((await sendOne(world, { content })).problems).toEqual([]);
});

const REFUSED: readonly [string, string, string][] = [
  [
    "without diacritics where two are there",
    "GD,Q3,Dong Tam,pupils,5,",
    "area_name_unclear: Dong Tam | Xã Đồng Tâm (03), Xã Đông Tâm (04)",
  ],
  [
    "that is not there yet",
    "GD,Q2,Phường Gộp,pupils,5,",
    "area_name_not_valid: Phường Gộp | Phường Gộp | từ ngày 01/7/2030 | 30/6/2030 | Quý 2",
  ],
  [
    "that has become part of another",
    "GD,Q3,Phường Cũ,pupils,5,",
    "area_name_not_valid: Phường Cũ | Phường Cũ | đến hết ngày 30/6/2030 (nay là Phường Gộp) | 30/9/2030 | Quý 3",
  ],
  [
    "of a unit that has become part of another, by its code",
    "UB-06,Q3,,people,5,",
    "unit_not_in_period: UBND phường Cũ | UB-06 | 30/9/2030 | Quý 3 | đến hết ngày 30/6/2030 (nay là Phường Gộp)",
  ],
  [
    "of another kind than its own",
    "GD,Q2,Xã Hòa Bình,pupils,5,",
    "area_unknown: Xã Hòa Bình | 1/KH-UBND",
  ],
  [
    "of another unit",
    "UB-02,Q2,Phường Một,people,5,",
    "area_of_another: UBND phường Hòa Bình | 01",
  ],
];

test("an area is refused by a name that is open or of another time", async () => {
  const content = csvOf(REFUSED.map(([, line]) => line));
  const { problems } = await sendOne(namedWorld(), { content });
  const found = new Set(problems.map(problemText));
  expect(found).toEqual(new Set(REFUSED.map(([, , text], index) => `${index + 2} ${text}`)));
});
