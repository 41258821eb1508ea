import { queryModels } from "../../pipelines/models/build-marts.ts";
import { readModels } from "../../pipelines/models/model.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { smallPlan } from "../models/small-plan.ts";
import type { World } from "../models/world.ts";
import { planMeasure } from "../plan-parts.ts";
import type { Office, SentReport } from "./given.ts";

/**
 * People who were fined and, of these, helped: sensitive, and each with an indicator of its own.
 * @param kinds of fines, which nothing ties to each other: the ends of codes
 */
export const worldOf = (kinds: readonly string[]): World =>
  smallPlan(
    Object.fromEntries([
      ...kinds.flatMap((kind) => [
        [`F${kind}`, `fined${kind} <= 100`],
        [`H${kind}`, `helped${kind}/fined${kind} >= 50`],
        [`S${kind}`, { value: sharesOf(`fined${kind}`), target: { comparator: ">=", value: 100 } }],
      ]),
      ["M", "meetings >= 4"],
    ]),
    {
      measures: [
        ...kinds.flatMap((kind) => [
          planMeasure(`fined${kind}`, `Fined${kind}`, "W", "sum", { sensitive: true }),
          planMeasure(`helped${kind}`, `Helped${kind}`, "W", "sum"),
        ]),
        planMeasure("meetings", "Meetings", "W", "sum"),
      ],
    },
  );

/** The share of wards with three or more. */
function sharesOf(measure: string): object {
  return { kind: "share_of_areas", conditions: [{ measure, comparator: ">=", value: 3 }] };
}

export const WORLD = worldOf([""]);

/** Reports of the four wards in a period, one an hour: what each has fined, of each kind. */
export function reports(
  day: string,
  period: string,
  fined: readonly (number | null)[],
  others: Readonly<Record<string, readonly number[]>> = {},
): SentReport[] {
  const kinds = Object.entries({ "": fined, ...others });
  return fined.flatMap((count, index) => {
    if (count === null) return [];
    const figures = kinds.map(
      ([kind, counts]) => `fined${kind} ${counts[index]}\nhelped${kind} ${counts[index]}\n`,
    );
    const figuresOf = `${figures.join("")}meetings 2`;
    return [[`${day}T0${index}:00`, `W-A${index + 1}`, period, figuresOf] as const];
  });
}

/** Views of the marts for everybody; of the lineage nothing changes with what is received. */
const VIEWS = readModels().models.flatMap(({ layer, name }) =>
  layer === "audience" && name !== "lineage" ? [name] : [],
);

/** Every row that everybody may see at a moment, by view; of few views in half the time. */
export async function seen(
  office: Office,
  moment: string,
  views: readonly string[] = VIEWS,
): Promise<Map<string, readonly object[]>> {
  return queryModels({
    ...office,
    asOf: parseMoment(moment),
    models: views.map((name) => `audience.${name}`),
    read: async (connection) => {
      const rows = new Map<string, readonly object[]>();
      for (const name of views) {
        rows.set(name, await selectRows(connection, `from in_memory.shared.${name} order by all`));
      }
      return rows;
    },
  });
}

export const VIEWS_OF_FINED = [
  ...["measure_by_plan_period", "measure_by_ward_period", "reading"],
  ...["attainment_by_plan_period", "attainment_by_ward_period"],
];

/** What everybody sees of the fined in the first quarter: each figure of the whole, of the wards. */
export async function fined(office: Office, moment: string) {
  return finedIn(await seen(office, moment, VIEWS_OF_FINED));
}

export function finedIn(rows: ReadonlyMap<string, readonly object[]>) {
  const rowsOf = (view: string): readonly object[] => {
    const found = rows.get(view);
    if (found === undefined) throw new Error(`${view} was not asked for`);
    return found;
  };
  const of = (view: string, columns: readonly string[]) =>
    rowsOf(view)
      .map((row) => new Map(Object.entries(row)))
      .filter((row) => row.get("period") === "Q1")
      .filter((row) =>
        [row.get("measure"), row.get("indicator_code")].some(
          (one) => one === "fined" || one === "H",
        ),
      )
      .map((row) => columns.map((column) => row.get(column)));
  return {
    measure: of("measure_by_plan_period", ["value_to_date", "is_withheld"]),
    wards: of("measure_by_ward_period", ["value_to_date"]).flat(),
    readings: of("reading", ["value"]).flat(),
    indicator: of("attainment_by_plan_period", ["value_shown", "status", "is_withheld"]),
    statuses: of("attainment_by_ward_period", ["status"]).flat(),
  };
}
