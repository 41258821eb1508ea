import { expect, test } from "vitest";
import { exportFiles } from "../../pipelines/exports/exported-files.ts";
import { FORMATS } from "../../pipelines/exports/format.ts";
import { queryModels } from "../../pipelines/models/build-marts.ts";
import { readModels } from "../../pipelines/models/model.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { indicator, smallPlan } from "../models/small-plan.ts";
import { newOffice, type Office, type SentReport } from "./given.ts";

const COUNT = {
  unit_of_measure: "người",
  kind: "count",
  reported_by: ["W"],
  over_time: "sum",
  over_areas: "sum",
};

/** People who were fined and, of these, helped: sensitive, and each with an indicator of its own. */
const WORLD = smallPlan(
  [
    { ...indicator({ kind: "count", measures: ["fined"] }, "<=", 100), code: "F" },
    {
      ...indicator({ kind: "ratio", numerator: ["helped"], denominator: ["fined"] }, ">=", 50),
      code: "H",
    },
    {
      ...indicator(
        {
          kind: "share_of_areas",
          conditions: [{ measure: "fined", comparator: ">=", value: 3 }],
        },
        ">=",
        100,
      ),
      code: "S",
    },
    { ...indicator({ kind: "count", measures: ["meetings"] }, ">=", 4), code: "M" },
  ],
  {
    measures: [
      { ...COUNT, code: "fined", name: "Fined", sensitive: true },
      { ...COUNT, code: "helped", name: "Helped", sensitive: false },
      { ...COUNT, code: "meetings", name: "Meetings", sensitive: false },
    ],
  },
);

/** Reports of the four wards in a period, one an hour: what each has fined. */
function reports(day: string, period: string, fined: readonly (number | null)[]): SentReport[] {
  return fined.flatMap((count, index) =>
    count === null
      ? []
      : [
          [
            `${day}T0${index}:00`,
            `W-A${index + 1}`,
            period,
            `fined ${count}\nhelped ${count}\nmeetings 2`,
          ] as const,
        ],
  );
}

/** Views of the marts for everybody; of the lineage nothing changes with what is received. */
const VIEWS = readModels().models.flatMap(({ layer, name }) =>
  layer === "audience" && name !== "lineage" ? [name] : [],
);

/** Every row that everybody may see at a moment, by view; of few views in half the time. */
async function seen(
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

/** What everybody sees of the fined in the first quarter: each figure of the whole, of the wards. */
async function fined(office: Office, moment: string) {
  const rows = await seen(office, moment, [
    "measure_by_plan_period",
    "measure_by_ward_period",
    "reading",
    "attainment_by_plan_period",
    "attainment_by_ward_period",
  ]);
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

const NOTHING = {
  measure: [[null, true]],
  wards: [null, null, null, null],
  readings: [null, null, null, null],
  indicator: [[null, "untold", true]],
  statuses: ["untold", "untold", "untold", "untold"],
};

const ALL = {
  measure: [["38.0000", false]],
  wards: ["10.0000", "12.0000", "7.0000", "9.0000"],
  readings: ["10.0000", "12.0000", "7.0000", "9.0000"],
  indicator: [["100.0000", "met", false]],
  statuses: ["met", "met", "met", "met"],
};

test("what a guarded measure is, everybody learns from published versions, and not from reports in between", async () => {
  const office = newOffice(WORLD);
  await office.sendAll(reports("2030-03-08", "Q1", [10, 12, 7, 9]));
  const before = await fined(office, "2030-03-09T08:00");
  expect(before).toEqual(NOTHING);

  await office.publish("2030-03-10T08:00", "Q1");
  expect(await fined(office, "2030-03-10T09:00")).toEqual(ALL);

  // 38 less 34 would tell that there are 4 fewer, and that those are of ward 1: it has 6
  await office.sendAll(reports("2030-03-11", "Q1", [6]));
  expect(await fined(office, "2030-03-12T08:00")).toEqual({
    ...ALL,
    // its reading counts no longer, and the new one is in no version
    readings: ["10.0000", "12.0000", "7.0000", "9.0000", null],
  });
});

test("what is not published yet is told apart from what a version withholds, also in tallies", async () => {
  const office = newOffice(WORLD);
  await office.sendAll(reports("2030-03-08", "Q1", [10, 2, 7, 9]));
  const measures = async (moment: string) =>
    ((await seen(office, moment, ["measure_by_ward_period"])).get("measure_by_ward_period") ?? [])
      .map((row) => new Map(Object.entries(row)))
      .filter((row) => row.get("period") === "Q1" && row.get("measure") === "fined")
      .map((row) => [row.get("is_withheld"), row.get("is_untold")]);
  const tallies = async (moment: string) =>
    ((await seen(office, moment, ["status_by_place"])).get("status_by_place") ?? [])
      .map((row) => new Map(Object.entries(row)))
      .filter((row) => row.get("period") === "Q1")
      .map((row) => [row.get("withheld"), row.get("untold"), row.get("lacking")]);
  // the three indicators of the fined, of which one is for the whole area alone
  expect(await tallies("2030-03-09T08:00")).toEqual([
    ...Array.from({ length: 4 }, () => [0, expect.any(Number), 0]),
    [0, 3, 0],
  ]);
  expect(await measures("2030-03-09T08:00")).toEqual(Array.from({ length: 4 }, () => [true, true]));
  await office.publish("2030-03-10T08:00", "Q1");
  expect(await measures("2030-03-10T09:00")).toEqual(
    Array.from({ length: 4 }, () => [true, false]),
  );
  const after = await tallies("2030-03-10T09:00");
  expect(after.map(([, untold]) => untold)).toEqual([0, 0, 0, 0, 0]);
  expect(after.every(([withheld]) => Number(withheld) > 0)).toBe(true);
});

test("that nothing at all arose in a ward is told to nobody: it tells that its counts are 0", async () => {
  const office = newOffice(WORLD);
  await office.sendAll(reports("2030-03-08", "Q1", [0, 3, 4, 0]));
  await office.publish("2030-03-10T08:00", "Q1");
  const before = await seen(office, "2030-03-11T08:00");
  const written = await office.read("Q1", 1, "shared");
  await office.tamper("update submission set is_nil_return = true where submission_no in (1, 4)");
  await office.tamper(
    `update publication_row set content = replace(content, '"is_nil_return":false', '"is_nil_return":true')
    where part = 'unit'`,
  );
  expect(await seen(office, "2030-03-11T08:00")).toEqual(before);
  expect((await office.read("Q1", 1, "shared")).units).toEqual(written.units);
  expect((await office.read("Q1", 1, "city")).units.map((one) => one.is_nil_return)).toContain(
    true,
  );
});

/** Counts of three states that a reader compared, page by page, and what they told exactly. */
const STATES = [
  { because: "six becomes two", first: [10, 12, 7, 6], later: [null, null, null, 2] },
  {
    because: "the fourth ward's report comes",
    first: [10, 12, 7, null],
    later: [null, null, null, 3],
  },
  { because: "a small count grows", first: [10, 12, 7, 3], later: [null, null, null, 8] },
] as const;

test.each(STATES)(
  "$because: the pages of before and of after say the same",
  async ({ first, later }) => {
    const office = newOffice(WORLD);
    await office.sendAll(reports("2030-03-08", "Q1", first));
    const figures = async (moment: string) => {
      const { readings: _, ...rest } = await fined(office, moment);
      return rest;
    };
    const before = await figures("2030-03-09T08:00");
    await office.sendAll(
      reports("2030-03-09", "Q1", later).map(([, ...rest]) => ["2030-03-09T10:00", ...rest]),
    );
    const after = await figures("2030-03-09T20:00");
    const { statuses: _, ...told } = after;
    const { statuses: __, ...toldBefore } = before;
    expect(told).toEqual(toldBefore);
    // that a ward had not reported may be known
    expect(new Set([...before.statuses, ...after.statuses])).toEqual(
      new Set(first[3] === null ? ["untold", "not_reported"] : ["untold"]),
    );
  },
);

test("of a withheld whole the status is withheld for every kind of indicator, and counted so", async () => {
  const office = newOffice(WORLD);
  // three in every ward: the share of wards with three or more would tell every count with the total
  await office.sendAll(reports("2030-03-08", "Q1", [3, 3, 3, 3]));
  await office.publish("2030-03-10T08:00", "Q1");
  const { lines, tallies } = await office.read("Q1", 1, "shared");
  expect(
    lines
      .filter(({ section, area_id }) => section === "indicator" && area_id === null)
      .map(({ code, status, value_shown, attained }) => [code, status, value_shown, attained]),
  ).toEqual([
    ["F", "withheld", null, null],
    ["H", "withheld", null, null],
    ["S", "withheld", null, null],
    ["M", "met", "8.0000", true],
  ]);
  expect(tallies.find(({ area_id }) => area_id === null)).toMatchObject({ withheld: 3, met: 1 });
  const rows = await seen(office, "2030-03-11T08:00", ["status_by_place"]);
  expect(rows.get("status_by_place")).toContainEqual(
    expect.objectContaining({ period: "Q1", area_id: null, withheld: 3, met: 1 }),
  );
});

test("whether doubts or changes of guarded measures stand in the way of publishing is not told", async () => {
  const readiness = async (office: Office, moment: string) =>
    ((await seen(office, moment, ["report_readiness"])).get("report_readiness") ?? []).filter(
      (row) => "period" in row && row.period === "Q2",
    );
  const [calm, jumping] = [newOffice(WORLD), newOffice(WORLD)];
  for (const [office, count] of [
    [calm, 10],
    [jumping, 1],
  ] as const) {
    await office.sendAll(reports("2030-03-08", "Q1", [count, 12, 7, 9]));
    await office.sendAll(reports("2030-06-08", "Q2", [40, 12, 7, 9]));
  }
  const told = await readiness(calm, "2030-06-09T08:00");
  expect(told).toMatchObject([{ verdict: "in_review", doubts: null, may_be_final: false }]);
  expect(await readiness(jumping, "2030-06-09T08:00")).toEqual(told);
});

/** Two worlds that differ in hidden counts alone: what the wards have fined in two quarters. */
const PAIRS = [
  {
    because: "small counts of two wards are the other way round",
    one: [
      [2, 3, 20, 30],
      [9, 9, 9, 9],
    ],
    other: [
      [3, 2, 20, 30],
      [9, 9, 9, 9],
    ],
  },
  {
    because: "the whole is small, and another one",
    one: [
      [2, 0, 0, 0],
      [9, 9, 9, 9],
    ],
    other: [
      [3, 0, 0, 0],
      [9, 9, 9, 9],
    ],
  },
  {
    // 21 is a jump from 1, but not from 4
    because: "in one of them there is a jump",
    one: [
      [1, 4, 20, 30],
      [21, 4, 20, 30],
    ],
    other: [
      [4, 1, 20, 30],
      [21, 4, 20, 30],
    ],
  },
] as const;

/** Digests of a version, which hold a random number beside the figures. */
const RANDOM = ["sha256", "lines_sha256", "check_code"];

/** The plan of both worlds: a measure, and an indicator on it, for each pair. */
const PAIRED = smallPlan(
  PAIRS.map((_, index) => ({
    ...indicator({ kind: "count", measures: [`fined_${index}`] }, "<=", 100),
    code: `F${index}`,
  })),
  {
    measures: PAIRS.map(({ because }, index) => ({
      ...COUNT,
      code: `fined_${index}`,
      name: because,
      sensitive: true,
    })),
  },
);

/** Everything that everybody sees of a world: rows of all views at two moments, files of a version. */
async function statesOf(world: "one" | "other"): Promise<string[]> {
  const office = newOffice(PAIRED);
  const states: string[] = [];
  const look = async (moment: string) => {
    for (const [view, rows] of await seen(office, moment)) {
      for (const row of rows) {
        const shown = Object.entries(row).filter(
          ([name]) => !(view === "report" && RANDOM.includes(name)),
        );
        states.push(`${moment} ${view} ${JSON.stringify(shown)}`);
      }
    }
  };
  const sent = (day: string, quarter: 0 | 1): SentReport[] =>
    [0, 1, 2, 3].map((ward) => {
      const figures = PAIRS.map((pair, index) => `fined_${index} ${pair[world][quarter][ward]}`);
      return [`${day}T0${ward}:00`, `W-A${ward + 1}`, `Q${quarter + 1}`, figures.join("\n")];
    });
  await office.sendAll(sent("2030-03-08", 0));
  await office.publish("2030-03-10T08:00", "Q1", { acknowledge: true });
  await office.sendAll(sent("2030-06-08", 1));
  await look("2030-06-09T08:00");
  await office.publish("2030-06-10T08:00", "Q2", { acknowledge: true });
  await look("2030-06-10T09:00");
  const report = await office.read("Q2", 1, "shared");
  const digests = Object.fromEntries([...RANDOM, "previous_seal"].map((name) => [name, ""]));
  const told = { ...report, publication: { ...report.publication, ...digests } };
  for (const { name, sha256 } of await exportFiles(told, FORMATS)) states.push(`${name} ${sha256}`);
  return states;
}

test("of two worlds that differ in hidden counts everybody sees the same, to the last row and byte", async () => {
  const [here, there] = [await statesOf("one"), await statesOf("other")];
  expect(here.length).toBeGreaterThan(500);
  expect(there.filter((row, index) => row !== here[index])).toEqual([]);
  expect(there).toHaveLength(here.length);
});
