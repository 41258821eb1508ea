import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Catalogue } from "../pipelines/sources/catalogue.ts";
import { type WarehousePaths, warehousePaths } from "../pipelines/warehouse/paths.ts";
import { newFolder } from "./folders.ts";
import { writeSources } from "./models/world.ts";

/** An office with three plans and an empty warehouse. */
export interface SeveralPlans {
  readonly sources: string;
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  /** The two options by which the command line finds it. */
  readonly folders: readonly string[];
}

const COUNT = { unit_of_measure: "người", kind: "count", over_areas: "sum", sensitive: false };

const quarter = (position: number, from: string, to: string, due: string) => ({
  code: `2024-Q${position}`,
  name: `Quý ${["I", "II", "III", "IV"][position - 1]} năm 2024`,
  kind: "quarter",
  year: 2024,
  position,
  positions: 4,
  data_from: `2024-${from}`,
  data_to: `2024-${to}`,
  due_before: due,
  estimate: false,
});

const month = (position: number, last: string, due: string) => ({
  code: `2024-T0${position}`,
  name: `Tháng ${position} năm 2024`,
  kind: "month",
  year: 2024,
  position,
  positions: 12,
  data_from: `2024-0${position}-01`,
  data_to: last,
  due_before: due,
  estimate: false,
});

const POLICE = { item: 1, name: "Công an thành phố", short_name: "Công an" };
const FINANCE = { item: 2, name: "Phòng Tài chính", short_name: "Tài chính" };
const WARDS = { item: 3, name: "UBND {area}", short_name: "UBND {area}", each_area: true };

const plan = (id: string, number: string, title: string, parts: object) => ({
  schema: 1,
  id,
  number,
  title,
  short_title: title,
  issuer: "UBND thành phố",
  issued_on: "2024-01-10",
  in_force_from: "2024-01-10",
  source: "made up",
  reports_to: "UBND thành phố",
  area: { code: "C", noun: "thành phố" },
  reporting_areas: "children",
  reporting_area_noun: "phường",
  groups: [{ code: "1", name: "Kết quả" }],
  ...parts,
});

const reach = (name: string, part: string, whole: string) => ({
  code: "1.1",
  group: "1",
  name,
  short_name: name,
  quote: `Ít nhất 30% ${name.toLowerCase()}`,
  unit_of_measure: "%",
  value: { kind: "ratio", numerator: [part], denominator: [whole] },
  target: { comparator: ">=", value: 30, pace: "none" },
});

/**
 * A quarterly plan, another one in which the finance department owes nothing and the police have
 * another code, and a monthly one that only the police report for.
 */
export const PLANS = {
  "an-toan.yaml": plan("an-toan-2024", "11/KH-UBND", "Kế hoạch an toàn", {
    units: [
      { code: "CATP", ...POLICE },
      { code: "TC", ...FINANCE },
      { code: "UB", ...WARDS },
    ],
    periods: [
      quarter(1, "01-01", "03-31", "2024-03-10"),
      quarter(2, "04-01", "06-30", "2024-06-10"),
      quarter(4, "10-01", "12-31", "2099-12-10"),
    ],
    measures: [
      { ...COUNT, code: "people", name: "Số người", reported_by: ["UB"], over_time: "last" },
      { ...COUNT, code: "told", name: "Số người biết", reported_by: ["UB"], over_time: "sum" },
      { ...COUNT, code: "cases", name: "Số vụ", reported_by: ["CATP"], over_time: "sum" },
      { ...COUNT, code: "money", name: "Kinh phí", reported_by: ["TC"], over_time: "sum" },
    ],
    indicators: [reach("Người dân biết", "told", "people")],
  }),
  "nuoc-sach.yaml": plan("nuoc-sach-2024", "12/KH-UBND", "Kế hoạch nước sạch", {
    units: [
      { code: "CA", ...POLICE },
      { code: "TC", ...FINANCE },
      { code: "UB", ...WARDS },
    ],
    periods: [
      quarter(1, "01-01", "03-31", "2024-03-15"),
      quarter(2, "04-01", "06-30", "2024-06-15"),
    ],
    measures: [
      { ...COUNT, code: "homes", name: "Số hộ", reported_by: ["UB"], over_time: "last" },
      { ...COUNT, code: "water", name: "Số hộ có nước", reported_by: ["UB"], over_time: "last" },
      { ...COUNT, code: "checks", name: "Số lần kiểm tra", reported_by: ["CA"], over_time: "sum" },
    ],
    indicators: [reach("Hộ có nước sạch", "water", "homes")],
  }),
  "giao-thong.yaml": plan("giao-thong-2024", "13/KH-UBND", "Kế hoạch giao thông", {
    reporting_areas: "none",
    units: [{ code: "CATP", ...POLICE }],
    periods: [month(5, "2024-05-31", "2024-06-03"), month(6, "2024-06-30", "2024-07-03")],
    measures: [
      { ...COUNT, code: "crashes", name: "Số vụ tai nạn", reported_by: ["CATP"], over_time: "sum" },
    ],
    indicators: [],
  }),
} as const;

export const AREAS = {
  areas: [
    "1,C,Thành phố Mẫu,city,,,,made up",
    "11,01,Phường Một,ward,1,,,made up",
    "12,02,Phường Hai,ward,1,,,made up",
  ],
};

/** Writes the three plans below a folder. */
export function severalPlansIn(folder: string): SeveralPlans {
  const sources = join(folder, "sources");
  const paths = warehousePaths(join(folder, "warehouse"));
  mkdirSync(paths.archive, { recursive: true });
  const catalogue = writeSources(sources, AREAS, PLANS);
  const folders = ["--sources", sources, "--warehouse", paths.folder];
  return { sources, paths, catalogue, folders };
}

/** The three plans in a folder that goes with the test. */
export function severalPlans(): SeveralPlans & { readonly folder: string } {
  const folder = newFolder("chitieu-several-");
  return { folder, ...severalPlansIn(folder) };
}
