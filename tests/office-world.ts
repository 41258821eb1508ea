import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Catalogue } from "../pipelines/sources/catalogue.ts";
import { attach, withConnection } from "../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../pipelines/warehouse/paths.ts";
import { newFolder } from "./folders.ts";
import { writeLedger } from "./models/typed-ledger.ts";
import { writeSources } from "./models/world.ts";
import { AREAS, PLANS } from "./several-plans.ts";

/** The police as the list of units has them. */
export const POLICE = "CATP,,Công an thành phố,Công an TP,Đội trưởng,0205 3812 345,";
/** `units.csv` with these lines. */
const UNITS = (lines: readonly string[]) => ({
  "units.csv": ["code,area,name,short_name,contact,phone,email", ...lines, ""].join("\n"),
});

/** In the second plan the police have another code, but are the same unit. */
export const KNOWN = {
  ...PLANS,
  "nuoc-sach.yaml": {
    ...PLANS["nuoc-sach.yaml"],
    units: [
      { code: "CA", item: 1, name: "Công an", short_name: "CA", is: "CATP" },
      { code: "TC", item: 2, name: "Phòng Tài chính", short_name: "Tài chính" },
      { code: "UB", item: 3, name: "UBND {area}", short_name: "UBND {area}", each_area: true },
    ],
  },
};

const AN_TOAN = `
  received          unit   period   people  told  cases  money
  2024-03-05T08:00  UB-01  2024-Q1  100     10    .      .
  2024-03-12T08:00  CATP   2024-Q1  .       .     3      .
  2024-06-01T08:00  UB-01  2024-Q2  100     60    .      .
  2024-06-01T08:00  CATP   2024-Q2  .       .     4      .
`;
/** Of the second ward the file of the second quarter is refused, of the first one after it was accepted. */
const REFUSED = [
  ["an-toan-2024", "UB@12", "2024-Q2"],
  ["nuoc-sach-2024", "UB@11", "2024-Q1"],
] as const;
const NUOC_SACH = `
  received          unit   period   homes  water
  2024-03-14T08:00  UB-01  2024-Q1  50     5
`;

export interface Office {
  readonly plans?: Readonly<Record<string, object>>;
  readonly units?: readonly string[];
  readonly areas?: readonly string[];
}

/** The sources of an office with three plans, and a ledger in which some of what is owed has come. */
export async function officeWorld({
  plans = KNOWN,
  units = [POLICE],
  areas = AREAS.areas,
}: Office): Promise<{
  readonly folder: string;
  readonly catalogue: Catalogue;
  readonly paths: WarehousePaths;
}> {
  const folder = newFolder("office-");
  const catalogue = writeSources(folder, { areas }, plans, units.length > 0 ? UNITS(units) : {});
  const paths = warehousePaths(join(folder, "warehouse"));
  mkdirSync(paths.folder);
  const given: Readonly<Record<string, string>> = {
    "an-toan-2024": AN_TOAN,
    "nuoc-sach-2024": NUOC_SACH,
  };
  await writeLedger(
    paths,
    catalogue.plans.flatMap((plan) => {
      const table = given[plan.plan.id];
      return table === undefined ? [] : [[plan, table] as const];
    }),
  );
  await withConnection(async (connection) => {
    await attach(connection, paths.ledger, "ledger");
    for (const [index, keys] of REFUSED.entries()) {
      const at = "'2024-06-02 08:00:00+07'";
      await connection.run(`insert into ledger.receipt values
        (${100 + index}, 'bad${index}', 'x.xlsx', 1, 'form', 'refused', ${at}, ${at}, false, false, 'test', null, null, null, null);
        insert into ledger.refusal values (${100 + index}, ${keys.map((key) => `'${key}'`).join(", ")})`);
    }
  });
  return { folder, catalogue, paths };
}
