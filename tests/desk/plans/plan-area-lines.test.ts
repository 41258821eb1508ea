import { expect, test } from "vitest";
import { areaLines } from "../../../pipelines/desk/plans/plan-area-lines.ts";
import type { Catalogue, ResolvedPlan } from "../../../pipelines/sources/catalogue.ts";

/** An area by its key, code and name, with the days between which it reports. */
function area(area_id: number, code: string, name: string, from: string | null, to: string | null) {
  return { area_id, code, name, valid_from: from, valid_to: to };
}

test("who signs a merger reads which areas end, and who succeeds them", () => {
  const areas = [
    area(1, "04136", "Xã Nà Pó", null, "2025-06-30"),
    area(2, "04165", "Xã Tà Hộc", null, "2025-06-30"),
    area(3, "04168", "Xã Sông Mã", null, "2025-06-30"),
    area(4, "04136", "Xã Tà Hộc", "2025-07-01", null),
    area(5, "04204", "Xã Chiềng Khoong", null, null),
  ];
  const plan = { in_force_from: "2025-01-15", periods: [{ data_to: "2025-12-14" }] };
  const resolved = { plan, areas } as unknown as ResolvedPlan;
  const away = area(6, "04198", "Xã Nà Nghịu", null, null);
  const catalogue = {
    areas: [away],
    successors: [{ area_id: 3, successor_id: 6, on: "2025-07-01", exact: false, source: "x" }],
  } as unknown as Catalogue;
  const declared = (area_id: string, exact: string) => ({
    ...{ area_id, successor_id: "4", on: "2025-07-01", exact, source: "x" },
  });
  const draft = { successors: [declared("1", "yes"), declared("2", "yes")] };
  expect(areaLines(resolved, draft, catalogue)).toEqual([
    "04136 Xã Nà Pó: báo cáo đến hết ngày 30/6/2025, sau đó là 04136 Xã Tà Hộc, số liệu nối tiếp",
    "04165 Xã Tà Hộc: báo cáo đến hết ngày 30/6/2025, sau đó là 04136 Xã Tà Hộc, số liệu nối tiếp",
    "04168 Xã Sông Mã: báo cáo đến hết ngày 30/6/2025, sau đó là 04198 Xã Nà Nghịu, số liệu tính riêng, không báo cáo kế hoạch này",
    "04136 Xã Tà Hộc: báo cáo từ ngày 01/7/2025",
  ]);
});
