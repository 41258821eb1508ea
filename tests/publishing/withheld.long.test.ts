import fc from "fast-check";
import { expect, test } from "vitest";
import { smallPlan } from "../models/small-plan.ts";
import { type Equation, workOut, workOutChanges } from "./attacker.ts";
import { newOffice, type Office } from "./given.ts";
import {
  measures,
  NOTHING,
  officeOf,
  type Report,
  send,
  visible,
  WARDS,
} from "./sensitive-given.ts";

/** `CHITIEU_RUNS=50 npx vitest run tests/publishing/withheld.long.test.ts` tries so many histories. */
const RUNS = Number(process.env.CHITIEU_RUNS ?? 3);

/** Counts as they occur: many zeros, many small ones. */
const count = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 6 }),
  fc.integer({ max: 40, min: 5 }),
);
const MEASURES = 24;
const counts = fc.array(count, { minLength: MEASURES, maxLength: MEASURES });

type Counts = readonly number[];

interface Step {
  readonly ward: number;
  readonly period: "Q1" | "Q2";
  readonly counts: readonly number[];
}

test("no small count can be worked out from all versions of all reports together", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        missing: fc.option(fc.integer({ min: 0, max: 3 })),
        first: fc.array(counts, { minLength: 4, maxLength: 4 }),
        second: fc.array(counts, { minLength: 4, maxLength: 4 }),
        corrections: fc.array(
          fc.record({
            ward: fc.integer({ min: 0, max: 3 }),
            period: fc.constantFrom("Q1" as const, "Q2" as const),
            counts,
          }),
          { minLength: 2, maxLength: 2 },
        ),
      }),
      async ({ missing, first, second, corrections }) => {
        const leaks = await leaksOf(officeOf(MEASURES), missing, first, second, corrections);
        expect(leaks).toEqual([]);
      },
    ),
    { numRuns: RUNS, seed: 20240506, endOnFailure: true },
  );
});

async function leaksOf(
  office: Office,
  missing: number | null,
  first: readonly Counts[],
  second: readonly Counts[],
  corrections: readonly Step[],
): Promise<string[]> {
  // which state of each report stands, and the true count of every state
  const standing = new Map<string, string>();
  const truth = new Map<string, number>();
  const seen: Equation[][] = Array.from({ length: MEASURES }, () => []);
  let clock = 0;
  const moment = (): string => {
    clock += 1;
    return `2030-07-${String(clock).padStart(2, "0")}T08:00`;
  };
  const come = async (period: "Q1" | "Q2", lists: readonly (readonly [number, Counts])[]) => {
    const reports = lists.map(([ward, list]): Report => {
      const code = WARDS[ward] ?? "A1";
      const at = moment();
      standing.set(`${code} ${period}`, at);
      list.forEach((value, index) => {
        truth.set(`s${index} ${code} ${period} ${at}`, value);
      });
      return { ward: code, period, moment: at, counts: list };
    });
    await send(office, ...reports);
  };
  const publish = async (period: "Q1" | "Q2") => {
    const version = await office.publish(moment(), period, {
      acknowledge: true,
      force: true,
      ...(await nextClass(office, period)),
    });
    const { lines } = await office.read(period, version.version, "shared");
    for (const line of lines.filter(({ section }) => section === "measure")) {
      const index = Number(/^s(\d+)$/.exec(line.code)?.[1] ?? Number.NaN);
      const equations = seen[index];
      if (equations === undefined) continue;
      const wards = line.area_code === null ? [...WARDS] : [line.area_code];
      const unknowns = (periods: readonly string[]) =>
        wards.flatMap((ward) =>
          periods.flatMap((one) => {
            const state = standing.get(`${ward} ${one}`);
            return state === undefined ? [] : [`${line.code} ${ward} ${one} ${state}`];
          }),
        );
      const toDate = period === "Q1" ? ["Q1"] : ["Q1", "Q2"];
      if (line.value !== null) {
        equations.push({ unknowns: unknowns(toDate), sum: Number(line.value) });
      }
      if (line.value_in_period !== null) {
        equations.push({ unknowns: unknowns([period]), sum: Number(line.value_in_period) });
      }
    }
  };
  await come(
    "Q1",
    [...first.entries()].filter(([ward]) => ward !== missing),
  );
  await publish("Q1");
  const [one, two] = corrections;
  await come("Q1", [
    ...(missing === null ? [] : [[missing, first[missing] ?? []] as const]),
    ...(one === undefined ? [] : [[one.ward, one.counts] as const]),
  ]);
  await publish("Q1");
  await come("Q2", [...second.entries()]);
  await publish("Q2");
  if (two !== undefined) await come(two.period, [[two.ward, two.counts]]);
  await publish(two?.period ?? "Q1");

  const isSmall = (value: number): boolean => value > 0 && value < 5;
  return seen.flatMap((equations) => [
    ...[...workOut(equations)]
      .filter(([, value]) => isSmall(value))
      .map(([name, value]) => `${name} is ${value}, truly ${truth.get(name)}`),
    ...workOutChanges(equations)
      .filter(({ from, to, change }) => isSameReport(from, to) && isSmall(Math.abs(change)))
      .map(({ from, to, change }) => `${from} to ${to} changes by ${change}`),
  ]);
}

/** `s0 A1 Q1 2030-07-01T08:00`: only the moment may differ. */
function isSameReport(from: string, to: string): boolean {
  const place = (name: string) => name.split(" ").slice(0, 3).join(" ");
  return from < to && place(from) === place(to);
}

async function nextClass(office: Office, period: string) {
  try {
    await office.read(period);
    return { class: "correction", reason: "Đính chính" } as const;
  } catch {
    return {};
  }
}

test("a correction is told neither by what a later report compared with nor by a ward's that comes late", async () => {
  const [stock, flow] = measures(2);
  const world = smallPlan([], { measures: [{ ...stock, over_time: "last" }, flow ?? {}] });
  const office = newOffice(world);
  const sent = (period: "Q1" | "Q2", moment: string, counts: readonly number[]): Report[] =>
    counts.map((count, index) => ({
      ...{ ward: WARDS[index] ?? "A1", period, moment },
      counts: [count, count],
    }));
  await send(
    office,
    ...sent("Q1", "2030-03-08T08:00", [10, 20, 30]),
    ...sent("Q2", "2030-06-08T08:00", [50, 60, 70, 80]),
  );
  await office.publish("2030-06-10T08:00", "Q2", { acknowledge: true });
  // the stock alone
  const counts = [13, 10];
  await send(office, { ward: "A1", period: "Q1", moment: "2030-06-11T08:00", counts });
  await office.publish("2030-06-12T08:00", "Q1", { acknowledge: true });
  expect(await visible(office, "Q1", 1)).toBe(NOTHING);
  expect(await visible(office, "Q1", 1, "s1")).toMatch(/^60 /);
  // by the totals without and with it
  await send(office, { ward: "A4", period: "Q1", moment: "2030-06-13T08:00", counts: [2, 2] });
  await office.publish("2030-06-14T08:00", "Q1", {
    ...{ class: "late", reason: "Gửi muộn", acknowledge: true },
  });
  expect(await visible(office, "Q1", 2, "s1")).toBe(NOTHING);
});
