import { beforeAll, expect, test } from "vitest";
import { recordReportActs } from "../../pipelines/ledger/recorded-acts.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { indicator, ofYear, PERIODS, REACH, smallPlan } from "../models/small-plan.ts";
import { parseTable } from "../models/text-table.ts";
import type { World } from "../models/world.ts";
import {
  copyOffice,
  expectRows,
  newOffice,
  type Office,
  officeIn,
  type SentReport,
  shownRows,
} from "./given.ts";
import { sensitive } from "./handed-given.ts";

const PLAN = { kind: "share_of_areas", conditions: [{ measure: "plan" }] };
const DRILLS = {
  ...{ code: "drills", name: "Drills", unit_of_measure: "buổi", kind: "count", sensitive: false },
  ...{ reported_by: ["D2"], over_time: "sum", over_areas: "sum", due_in: ["half_year"] },
};
const S = { ...indicator(PLAN, ">=", 50), code: "S" };
const MORE_PEOPLE = {
  kind: "change",
  of: { kind: "count", measures: ["people"] },
  from: "last_year",
  as: "percent",
};
const C = { ...indicator(MORE_PEOPLE, "<=", 20), code: "C" };
const worldOf = (floor: number): World => ({
  ...smallPlan([indicator(REACH, ">=", floor), S, C], {
    measures: [DRILLS],
    periods: PERIODS.map((one) => ofYear(2030, one)),
  }),
  baselines: ["people,A1,2029-Q1,80,made up"],
});
const [WORLD, STRICTER] = [worldOf(30), worldOf(40)];

/** In the first quarter ward 3 and department 2 are silent. */
const FIRST: readonly SentReport[] = [
  ["2030-03-01T08:00", "W-A1", "2030-Q1", "people 100\nreached 40\nplan 1"],
  ["2030-03-01T08:00", "W-A2", "2030-Q1", "people 100\nreached 20\nplan 0"],
  ["2030-03-01T08:00", "W-A4", "2030-Q1", "people 100\nreached 30\nplan 1"],
  ["2030-03-01T08:00", "D1", "2030-Q1", "posts 1"],
];
const WARD_3 = "people 100\nreached 10\nplan 1";

interface Case {
  readonly name: string;
  /** The moment of the first version and that of the second, of Q1 unless another is named. */
  readonly first: string;
  readonly second: string;
  readonly period?: string;
  /** Before the first version, with those of the first quarter. */
  readonly before?: readonly SentReport[];
  readonly since?: readonly SentReport[];
  /** Which is recalled then. */
  readonly back?: readonly [moment: string, unit: string, period: string];
  readonly world?: World;
  /** Units that owe something of the periods before the second version's. */
  readonly owed?: string;
  readonly causes: string;
  /** `code area field old new causes` of some of the differences. */
  readonly changes: string;
}

const CASES: readonly Case[] = [
  {
    name: "a ward that came late, of which a share says yes or no",
    first: "2030-03-12T08:00",
    second: "2030-03-14T08:00",
    since: [["2030-03-13T08:00", "W-A3", "2030-Q1", WARD_3]],
    causes: `
      cause_no  kind      unit_name    period   measures  area_verdicts
      1         received  Ward Ward 3  2030-Q1  3         1
    `,
    changes: `
      code  area_name  field        old_value     new_value  causes
      I     -          value_shown  30            25         1
      I     -          status       met           not_yet    1
      I     Ward 3     status       not_reported  not_yet    1
      S     -          value_shown  50            75         1
      S     Ward 3     status       not_reported  true       1
    `,
  },
  {
    name: "a report of an earlier period that was sent again, in one figure",
    first: "2030-06-12T08:00",
    second: "2030-06-14T08:00",
    period: "2030-Q2",
    before: [["2030-06-01T08:00", "W-A1", "2030-Q2", "people 100\nreached 5\nplan 1"]],
    since: [["2030-06-13T08:00", "W-A2", "2030-Q1", "people 100\nreached 50\nplan 0"]],
    // ward 3 and department 2 sent nothing; the others left 5 of their figures blank
    owed: `
      unit_name     missing_before
      Department 1  Quarter 1 2030: 05 số liệu
      Department 2  Quarter 1 2030
      Ward Ward 1   Quarter 1 2030: 05 số liệu
      Ward Ward 2   Quarter 1 2030: 05 số liệu
      Ward Ward 3   Quarter 1 2030
      Ward Ward 4   Quarter 1 2030: 05 số liệu
    `,
    causes: `
      cause_no  kind   unit_name    period   measures  area_verdicts
      1         again  Ward Ward 2  2030-Q1  1         1
    `,
    // 40 + 20 + 30 + 5 of 300, then 50 in the place of 20; what stood before Q2 is not published
    changes: `
      code  area_name  field           old_value  new_value  causes
      I     -          value_shown     31.67      41.67      1
      I     -          previous_value  30         40         1
      I     Ward 2     value_shown     20         50         1
      I     Ward 2     status          not_yet    met        1
    `,
  },
  {
    name: "a report of the year, of a half-year by which a figure is asked that was sent again",
    first: "2030-12-20T08:00",
    second: "2030-12-22T08:00",
    period: "2030-Y",
    before: [["2030-06-01T08:00", "D2", "2030-H1", "drills 4"]],
    since: [["2030-12-21T08:00", "D2", "2030-H1", "drills 9"]],
    // all four quarters, the last one too
    owed: `
      unit_name     missing_before
      Department 2  Quarter 1 2030, Quarter 2 2030, Quarter 3 2030, Quarter 4 2030
    `,
    causes: `
      cause_no  kind   unit_name     period   measures  area_verdicts
      1         again  Department 2  2030-H1  1         0
    `,
    changes: `
      code    area_name  field        old_value  new_value  causes
      drills  -          value_shown  4          9          1
    `,
  },
  {
    name: "a report that was recalled",
    first: "2030-03-12T08:00",
    second: "2030-03-14T08:00",
    back: ["2030-03-13T08:00", "W-A2", "2030-Q1"],
    causes: `
      cause_no  kind       unit_name    period   measures  area_verdicts
      1         withdrawn  Ward Ward 2  2030-Q1  3         1
    `,
    // 40 + 30 of 200, in place of 90 of 300
    changes: `
      code  area_name  field        old_value  new_value     causes
      I     -          value_shown  30         35            1
      I     Ward 2     status       not_yet    not_reported  1
      S     Ward 2     status       false      not_reported  1
    `,
  },
  {
    name: "the last report that was owed closed the period, which no figure of it did",
    first: "2030-03-02T08:00",
    second: "2030-03-04T08:00",
    before: [["2030-03-01T09:00", "W-A3", "2030-Q1", WARD_3]],
    since: [["2030-03-03T08:00", "D2", "2030-Q1", "pages 3"]],
    causes: `
      cause_no  kind      unit_name     period   measures  area_verdicts
      1         received  Department 2  2030-Q1  1         0
      2         closed    -             2030-Q1  0         0
    `,
    changes: `
      code   area_name  field           old_value  new_value  causes
      I      -          is_provisional  true       false      2
      pages  -          value_shown     -          3          1
    `,
  },
  {
    // 45 in between; no figure is another, and the one it is compared with least of all
    name: "a file that came again over its own correction, which is asked about",
    first: "2030-03-12T08:00",
    second: "2030-03-14T08:00",
    since: [
      ["2030-03-13T08:00", "W-A1", "2030-Q1", "people 100\nreached 45\nplan 1"],
      ["2030-03-13T09:00", "W-A1", "2030-Q1", "people 100\nreached 40\nplan 1"],
    ],
    causes: `
      cause_no  kind   unit_name    period   measures  area_verdicts
      1         again  Ward Ward 1  2030-Q1  0         0
    `,
    // what is asked about is confirmed by the version that goes out with it
    changes: `
      code  area_name  field             old_value            new_value            causes
      W-A1  -          last_received_at  2030-03-01 08:00:00  2030-03-13 09:00:00  1
    `,
  },
  {
    name: "another plan file, in which more is asked",
    first: "2030-03-12T08:00",
    second: "2030-03-14T08:00",
    world: STRICTER,
    causes: `
      cause_no  kind  unit_name  period   measures  area_verdicts
      1         plan  -          -        0         1
    `,
    changes: `
      code  area_name  field         old_value  new_value  causes
      I     -          target_value  30         40         1
      I     -          status        met        not_yet    1
      I     Ward 4     status        met        not_yet    1
    `,
  },
];

async function officeWithFirst({ first, period = "2030-Q1", before = [] }: Case): Promise<Office> {
  const office = newOffice(WORLD);
  await office.sendAll([...FIRST, ...before]);
  await office.publish(first, period, { acknowledge: true });
  return office;
}

/** The first versions of the cases: one of all those before which nothing else was sent. */
const OFFICES = new Map<string, Office>();
const firstOf = ({ first, period, before }: Case) => JSON.stringify([first, period, before]);
beforeAll(async () => {
  for (const one of CASES) {
    if (!OFFICES.has(firstOf(one))) OFFICES.set(firstOf(one), await officeWithFirst(one));
  }
});

test.each(CASES)("$name", async (one) => {
  const { second, period = "2030-Q1", ...given } = one;
  const kept = OFFICES.get(firstOf(one));
  if (kept === undefined) throw new Error("no first version");
  const office = copyOffice(kept, WORLD);
  await office.sendAll(given.since ?? []);
  if (given.back !== undefined) {
    const [moment, code, of] = given.back;
    const unit_id = office.plan.units.find((one) => one.code === code)?.unit_id ?? "";
    await recordReportActs(office.paths, {
      acts: [{ plan_id: office.plan.plan.id, unit_id, period: of, act: "recalled", text: "Nhầm" }],
      recordedAt: parseMoment(moment),
      softwareVersion: "test",
      by: { way: "desk", account: "tonghop", name: null, role: null },
    });
  }
  const later = given.world === undefined ? office : officeIn(office.folder, given.world);
  await later.publish(second, period, { class: "late", reason: "Đã đổi", acknowledge: true });
  const { causes, changes, units } = await later.read(period);
  const columns = "code area_name field old_value new_value causes";
  expectRows(causes, given.causes);
  if (given.owed !== undefined) {
    const owing = units.flatMap(({ unit_name, missing_before }) =>
      missing_before === null
        ? []
        : [{ unit_name, missing_before: missing_before.replaceAll("\n", ", ") }],
    );
    expect(owing).toEqual(expect.arrayContaining(parseTable(given.owed)));
  }
  const wanted = parseTable(given.changes);
  expect(shownRows(changes, columns)).toEqual(expect.arrayContaining(wanted));
  // what follows from each is what names it, and nothing follows from nothing
  expect(changes.every((one) => one.causes !== null)).toBe(true);
  for (const { cause_no, changes: count } of causes) {
    const its = changes.filter((one) => one.causes?.split(", ").includes(`${cause_no}`));
    expect(its).toHaveLength(count);
  }
});

test("what everybody may not see any more follows from the report that came, as does what it is compared with", async () => {
  const office = newOffice(sensitive(WORLD));
  const sent = (day: string, ...counts: number[]) =>
    counts.map((count, index): SentReport => {
      const period = day < "04" ? "2030-Q1" : "2030-Q2";
      return [
        `2030-${day}T08:00`,
        `W-A${index + 1}`,
        period,
        `people ${count}\nreached 40\nplan 1`,
      ];
    });
  await office.sendAll(sent("03-01", 100, 100, 100, 100));
  await office.publish("2030-03-12T08:00", "2030-Q1", { acknowledge: true });
  await office.sendAll(sent("06-01", 100, 100, 100, 100));
  await office.publish("2030-06-12T08:00", "2030-Q2", { acknowledge: true });
  // less the version before that is a small count
  await office.sendAll(sent("06-13", 98));
  await office.publish("2030-06-14T08:00", "2030-Q2", { class: "late", acknowledge: true });
  const { causes, changes } = await office.read("2030-Q2", 2, "shared");
  expect(causes.map(({ kind }) => kind)).toEqual(["again"]);
  expectRows(
    changes.filter(({ code, area_name, field }) =>
      ["people null previous_value", "people Ward 2 value_shown"].includes(
        `${code} ${area_name} ${field}`,
      ),
    ),
    `
      code    area_name  field           old_value  new_value  causes
      people  -          previous_value  400        -          1
      people  Ward 2     value_shown     100        -          1
    `,
  );
});
