import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Catalogue } from "../pipelines/sources/catalogue.ts";
import { type WarehousePaths, warehousePaths } from "../pipelines/warehouse/paths.ts";
import { newFolder } from "./folders.ts";
import { writeSources } from "./models/world.ts";
import { planHead, planMeasure, planPeriod } from "./plan-parts.ts";

/** An office with three plans and an empty warehouse. */
export interface SeveralPlans {
  readonly sources: string;
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  /** The two options by which the command line finds it. */
  readonly folders: readonly string[];
}

const quarter = (position: number, from: string, to: string, due: string) => {
  const name = `Quý ${["I", "II", "III", "IV"][position - 1]} năm 2024`;
  const days = [`2024-${from}`, `2024-${to}`, due] as const;
  return planPeriod("quarter", [`2024-Q${position}`, name], position, days);
};

const month = (position: number, last: string, due: string) => {
  const called = [`2024-T0${position}`, `Tháng ${position} năm 2024`] as const;
  return planPeriod("month", called, position, [`2024-0${position}-01`, last, due]);
};

const POLICE = { item: 1, name: "Công an thành phố", short_name: "Công an" };
const FINANCE = { item: 2, name: "Phòng Tài chính", short_name: "Tài chính" };
const WARDS = { item: 3, name: "UBND {area}", short_name: "UBND {area}", each_area: true };

const plan = (id: string, number: string, title: string, parts: object) => ({
  ...planHead(id, number, title, "2024-01-10"),
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
      planMeasure("people", "Số người", "UB", "last"),
      planMeasure("told", "Số người biết", "UB", "sum"),
      planMeasure("cases", "Số vụ", "CATP", "sum"),
      planMeasure("money", "Kinh phí", "TC", "sum"),
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
      planMeasure("homes", "Số hộ", "UB", "last"),
      planMeasure("water", "Số hộ có nước", "UB", "last"),
      planMeasure("checks", "Số lần kiểm tra", "CA", "sum"),
    ],
    indicators: [reach("Hộ có nước sạch", "water", "homes")],
  }),
  "giao-thong.yaml": plan("giao-thong-2024", "13/KH-UBND", "Kế hoạch giao thông", {
    reporting_areas: "none",
    units: [{ code: "CATP", ...POLICE }],
    periods: [month(5, "2024-05-31", "2024-06-03"), month(6, "2024-06-30", "2024-07-03")],
    measures: [planMeasure("crashes", "Số vụ tai nạn", "CATP", "sum")],
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
