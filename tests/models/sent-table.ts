import type { GivenTable } from "./typed-ledger.ts";
import type { World } from "./world.ts";

interface PlanOfPeriods {
  readonly periods: readonly { readonly code: string; readonly due_before: string }[];
}

/**
 * What units sent, as a grid that a person reads: a head line with the measures in the order of a
 * cell and the codes of periods, then a line for units that send the same. `D1:A2` is what D1 sends
 * about A2; `-` is nothing sent, a cell beginning with `03-05T09:00` is sent at that moment of 2030,
 * and otherwise in the morning of the fifth day before it is due; `50(moved)` is a figure with a note.
 */
export function sentTable(world: World, grid: string): GivenTable {
  const { periods } = world.plan as PlanOfPeriods;
  const [[named = "", ...codes] = [], ...lines] = grid
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s{2,}/));
  const measures = named.split(" ");
  const rows = lines.flatMap(([units = "", ...cells]) =>
    units.split(" ").flatMap((sender) =>
      cells.flatMap((cell, index) => {
        if (cell === "-") return [];
        const period = periods.find(({ code }) => code === codes[index]);
        if (period === undefined) throw new Error(`no period ${codes[index]} in: ${named}`);
        const [unit = "", area = "-"] = sender.split(":");
        const [first = "", ...others] = cell.split(" ");
        const values = first.includes("T") ? others : [first, ...others];
        if (values.length !== measures.length) throw new Error(`${sender}: ${cell} of ${named}`);
        const at = first.includes("T") ? momentOf(first) : fiveDaysBefore(period.due_before);
        const cells = values.map((value) => value.replace(/\((.+)\)$/, " $1"));
        return [[at, unit, period.code, area, ...cells].join("  ")];
      }),
    ),
  );
  return [["received", "unit", "period", "area", ...measures].join("  "), ...rows].join("\n");
}

const momentOf = (words: string): string => (/^\d\d-/.test(words) ? `2030-${words}` : words);

function fiveDaysBefore(day: string): string {
  const [year = 0, month = 0, no = 0] = day.split("-").map(Number);
  return `${new Date(Date.UTC(year, month - 1, no - 5)).toISOString().slice(0, 10)}T08:00`;
}
