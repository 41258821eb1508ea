import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { World } from "./world.ts";

/**
 * The first plan in the year in which its eight wards became four (resolution 1672/NQ-UBTVQH15).
 * Three of the four go on with the code of an old one.
 */
const OLD = ["05971", "05974", "05977", "05980", "05983", "05986", "05989", "05992"];
/** How many of the old ones each is made of, counting that of which only a part came to it. */
const NEW = { "06187": 1, "05986": 2, "05977": 3, "05983": 2 };

/** Province, city, the eight and the four, as an office writes them itself that does without the list. */
const OWN_AREAS = [
  "1,20,Tỉnh Lạng Sơn,province,,,,x",
  "2,178,Thành phố Lạng Sơn,city,1,,2025-06-30,x",
  "3,05971,Phường Hoàng Văn Thụ,ward,2,,2025-06-30,x",
  "4,05974,Phường Tam Thanh,ward,2,,2025-06-30,x",
  "5,05977,Phường Vĩnh Trại,ward,2,,2025-06-30,x",
  "6,05980,Phường Đông Kinh,ward,2,,2025-06-30,x",
  "7,05983,Phường Chi Lăng,ward,2,,2025-06-30,x",
  "8,05986,Xã Hoàng Đồng,commune,2,,2025-06-30,x",
  "9,05989,Xã Quảng Lạc,commune,2,,2025-06-30,x",
  "10,05992,Xã Mai Pha,commune,2,,2025-06-30,x",
  "11,06187,Phường Kỳ Lừa,ward,1,2025-07-01,,x",
  "12,05986,Phường Tam Thanh,ward,1,2025-07-01,,x",
  "13,05977,Phường Đông Kinh,ward,1,2025-07-01,,x",
  "14,05983,Phường Lương Văn Tri,ward,1,2025-07-01,,x",
];
const OWN_SUCCESSORS = [
  ...["3,11,2025-07-01,no,x", "4,12,2025-07-01,yes,x", "5,13,2025-07-01,no,x"],
  ...["6,13,2025-07-01,no,x", "7,14,2025-07-01,yes,x", "8,12,2025-07-01,yes,x"],
  ...["9,14,2025-07-01,yes,x", "10,13,2025-07-01,no,x"],
];

const plan = parse(
  readFileSync("sources/plans/217-kh-ubnd-2024.yaml", "utf8").replaceAll("2024", "2025"),
) as object;

export const REFORM: World = {
  plan: {
    ...plan,
    schema: 2,
    in_force_from: "2025-01-01",
    reporting_areas: [{ children_of: "178" }, { codes: Object.keys(NEW), from: "2025-07-01" }],
  },
  areas: OWN_AREAS,
  successors: OWN_SUCCESSORS,
};

/** Of the 100 workers of every old ward 7 are informed in each quarter. */
export const REFORM_GIVEN = [
  "received  unit  period  workers_total  workers_informed  persons_sanctioned",
  ...["03", "06", "09", "12"].flatMap((month, index) =>
    (index < 2 ? OLD.map((code) => [code, 1] as const) : Object.entries(NEW)).map(
      ([code, count]) =>
        `2025-${month}-05T08:00  UBND-${code}  2025-Q${index + 1}  ${100 * count}  ${7 * count}  ${7 * count}`,
    ),
  ),
].join("\n");
