import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { draw, drawWhole } from "../../pipelines/demo/draw.ts";
import { type Figures, makeFigures } from "../../pipelines/demo/figures.ts";
import { basePeriods, demonstrationFolder, readProfile } from "../../pipelines/demo/profile.ts";
import {
  type MeasurePlace,
  type ResolvedPlan,
  readCatalogue,
} from "../../pipelines/sources/catalogue.ts";
import { periodOf } from "../forms/given.ts";
import { demonstrationPlans, PROFILE } from "./given.ts";

const demonstrationPlan = demonstrationPlans();

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const SOURCES = join(import.meta.dirname, "../../sources");

function figuresOf(plan: ResolvedPlan, seed: number): Figures {
  return makeFigures(plan, readProfile(plan), seed);
}

/** Where another measure is reported for the same area, or by the same unit. */
function besides(plan: ResolvedPlan, place: MeasurePlace, measure: string): MeasurePlace[] {
  return plan.places.filter(
    (other) =>
      other.measure === measure &&
      other.area_id === place.area_id &&
      (place.area_id !== null || other.unit_id === place.unit_id),
  );
}

/** Every figure that exceeds what it may not exceed. */
function excesses(plan: ResolvedPlan, figures: Figures): string[] {
  const found: string[] = [];
  for (const measure of plan.plan.measures) {
    for (const place of plan.places.filter((one) => one.measure === measure.code)) {
      let sum = 0;
      for (const period of basePeriods(plan)) {
        const value = figures.at(place, period);
        sum += value;
        if (value < 0) found.push(`${measure.code} ${period.code} ${value} < 0`);
        for (const limitPlace of besides(plan, place, measure.at_most ?? "")) {
          const limit = plan.plan.measures.find(({ code }) => code === measure.at_most);
          const most = figures.at(limitPlace, period);
          const compared = limit?.over_time === "sum" ? value : sum;
          if (compared > most) found.push(`${measure.code} ${period.code} ${compared} > ${most}`);
        }
      }
    }
  }
  return found;
}

describe("figures agree with each other", () => {
  const plans = readCatalogue(SOURCES).plans.filter((plan) =>
    existsSync(join(demonstrationFolder(plan), `${plan.plan.id}.yaml`)),
  );
  test("there is one to look at", () => expect(plans.length).toBeGreaterThan(0));
  test.each(SEEDS)("in every plan that has a demonstration, with seed %d", (seed) => {
    for (const plan of plans) expect(excesses(plan, figuresOf(plan, seed))).toEqual([]);
  });

  test.each(SEEDS)(
    "even where the profile asks for more than there can be, with seed %d",
    (seed) => {
      const measures = {
        ...PROFILE.measures,
        trained: { between: [5, 30] },
        handled: { per_1000: 9, spread: 1 },
      };
      const plan = demonstrationPlan({ ...PROFILE, measures });
      expect(excesses(plan, figuresOf(plan, seed))).toEqual([]);
    },
  );

  test("parts add up to their whole", () => {
    const rules = { over_areas: "sum", over_time: "sum", sensitive: false, kind: "count" };
    const measure = { unit_of_measure: "vụ", reported_by: ["W"], ...rules };
    const plan = demonstrationPlan(
      {
        ...PROFILE,
        measures: { all: { between: [0, 1] }, a: { between: [1, 9] }, b: { between: [1, 9] } },
      },
      {
        measures: [
          { ...measure, code: "all", name: "Cả hai", parts: ["a", "b"] },
          { ...measure, code: "a", name: "A" },
          { ...measure, code: "b", name: "B" },
        ],
      },
    );
    const figures = figuresOf(plan, 1);
    for (const place of plan.places.filter(({ measure }) => measure === "all")) {
      for (const period of basePeriods(plan)) {
        const [a, b] = ["a", "b"].map((code) => figures.at({ ...place, measure: code }, period));
        expect(figures.at(place, period)).toBe((a ?? 0) + (b ?? 0));
      }
    }
  });
});

describe("figures follow the profile", () => {
  const plan = demonstrationPlan(PROFILE);
  const figures = figuresOf(plan, 3);
  const at = (measure: string, code: string) =>
    plan.places
      .filter((place) => place.measure === measure)
      .map((place) => figures.at(place, periodOf(plan, code)));

  test("a stock keeps near itself", () => {
    expect(at("staff", "Q2")).toEqual(at("staff", "Q3"));
    for (const staff of at("staff", "Q2")) {
      expect(staff).toBeGreaterThanOrEqual(8);
      expect(staff).toBeLessThanOrEqual(20);
    }
  });

  test("who has said yes goes on saying it, in the share asked for", () => {
    expect(at("planned", "Q2").filter((yes) => yes === 1)).toHaveLength(2);
    expect(at("planned", "Q3")).toEqual([1, 1, 1]);
  });

  test("what is reached of a stock builds up over the year", () => {
    const staff = at("staff", "Q3");
    const second = at("trained", "Q2");
    at("trained", "Q3").forEach((third, index) => {
      const reached = (second[index] ?? 0) + third;
      expect(reached / (staff[index] ?? 1)).toBeGreaterThan(0.75);
    });
  });

  test("sizes go with the inhabitants", () => {
    const [small = 0, , large = 0] = at("found", "Q2").map((found, index) => found / (index + 2));
    expect(Math.max(small, large) / Math.min(small, large)).toBeLessThan(4);
  });

  test("a half-year sums up the quarters in force", () => {
    expect(at("trained", "H1")).toEqual(at("trained", "Q2"));
    expect(at("staff", "H1")).toEqual(at("staff", "Q2"));
  });

  test("decimals are those of the measure", () => {
    for (const spent of at("spent", "Q2")) expect(String(spent)).toMatch(/^\d+(\.\d{1,2})?$/);
  });
});

describe("drawing", () => {
  test("depends on the seed and what is drawn for, and on nothing else", () => {
    expect(draw(1, "a", 2)).toBe(draw(1, "a", 2));
    expect(new Set([draw(1, "a"), draw(2, "a"), draw(1, "b"), draw(1, "a", "b")]).size).toBe(4);
  });

  test("is spread evenly", () => {
    const drawn = Array.from({ length: 3000 }, (_, index) => drawWhole(1, 6, 7, index));
    for (const face of [1, 2, 3, 4, 5, 6]) {
      const count = drawn.filter((one) => one === face).length;
      expect(count).toBeGreaterThan(420);
      expect(count).toBeLessThan(580);
    }
  });
});
