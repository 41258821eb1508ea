import { successorsOf } from "../../sources/areas/area-files.ts";
import type { Catalogue, ResolvedPlan } from "../../sources/catalogue.ts";
import { vietnameseDate } from "../../vocabulary/date.ts";
import type { PlanDraft } from "./plan-drafts.ts";

/**
 * Areas that report for a part of the time of a draft alone, each in a line: `05971 Xã A: báo cáo đến hết
 * ngày 30/6/2025, sau đó nhập vào 05974 Xã B; …`. Who signs a merger is to read it.
 */
export function areaLines(
  { plan, areas }: ResolvedPlan,
  draft: Pick<PlanDraft, "successors">,
  { areas: office, successors }: Catalogue,
): string[] {
  const declared = draft.successors.map(
    ({ area_id, successor_id, on = "", exact, source = "" }) => ({
      ...{ area_id: Number(area_id), successor_id: Number(successor_id), on, source },
      exact: exact === "yes",
    }),
  );
  const files = { areas: [...office, ...areas], successors: [...declared, ...successors] };
  const end =
    plan.periods
      .map(({ data_to }) => data_to)
      .sort()
      .at(-1) ?? "";
  const gone = areas.flatMap((area) => {
    if (area.valid_to === null || area.valid_to >= end) return [];
    const heirs = successorsOf(area, files).map((heir) => {
      const link = files.successors.find(
        (one) => one.area_id === area.area_id && one.successor_id === heir.area_id,
      );
      const isHere = areas.some(({ area_id }) => area_id === heir.area_id);
      return [
        `${heir.code} ${heir.name}`,
        ...(link === undefined ? [] : [link.exact ? "số liệu nối tiếp" : "số liệu tính riêng"]),
        ...(isHere ? [] : ["không báo cáo kế hoạch này"]),
      ].join(", ");
    });
    const after = heirs.length === 0 ? "không nơi nào kế tục" : `sau đó là ${heirs.join("; ")}`;
    return [
      `${area.code} ${area.name}: báo cáo đến hết ngày ${vietnameseDate(area.valid_to)}, ${after}`,
    ];
  });
  const come = areas.flatMap(({ code, name, valid_from }) =>
    valid_from === null || valid_from <= plan.in_force_from
      ? []
      : [`${code} ${name}: báo cáo từ ngày ${vietnameseDate(valid_from)}`],
  );
  return [...gone, ...come];
}
