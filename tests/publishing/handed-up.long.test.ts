import { beforeAll, expect, test } from "vitest";
import { recordReportActs } from "../../pipelines/ledger/recorded-acts.ts";
import { queryModels } from "../../pipelines/models/build-marts.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { newFolder } from "../folders.ts";
import type { World } from "../models/world.ts";
import { type Office, officeIn } from "./given.ts";
import {
  city,
  type Keys,
  makeKeys,
  officeTaking,
  packageOf,
  province,
  sensitive,
  takeIn,
} from "./handed-given.ts";

let keys: Keys;
beforeAll(async () => {
  keys = await makeKeys();
});

/** Sums of the year that an office below had otherwise, as of 12 September. */
const doubtsOf = (above: Office) =>
  queryModels({
    ...{ paths: above.paths, catalogue: above.catalogue, asOf: parseMoment("2030-09-12T08:00") },
    models: ["core.doubt"],
    read: async (connection) =>
      (
        await selectRows(
          connection,
          `select period, measure, value, compared_with from core.doubt
          join raw.period using (period_key) where rule = 'version_before_changed'`,
        )
      ).map((row) => Object.values(row).map(String)),
  });

test("where an earlier period has changed below and has not come again, the total to date is in doubt", async () => {
  const below = officeIn(newFolder(), city());
  const all = (moment: string, period: string, reached: number) =>
    below.sendAll(
      ["W-A1", "W-A2", "W-A3", "W-A4"].map((ward) => [
        ...([moment, ward, period] as const),
        `people 100\nreached ${reached}`,
      ]),
    );
  const publish = (moment: string, period: string, choice = {}) =>
    below.publish(moment, period, { sealKey: keys.own, force: true, ...choice });
  await all("2030-06-08T08:00", "Q2", 10);
  await publish("2030-06-20T08:00", "Q2");
  const above = officeTaking(keys);
  await takeIn(above, await packageOf(below, "Q2"), "2030-06-21T08:00");
  await all("2030-06-25T08:00", "Q2", 12);
  await publish("2030-06-26T08:00", "Q2", { class: "correction", reason: "Thiếu một lớp" });
  await all("2030-09-08T08:00", "Q3", 20);
  await publish("2030-09-10T08:00", "Q3", { acknowledge: true });
  await takeIn(above, await packageOf(below, "Q3"), "2030-09-11T08:00");
  // 4 x 10 and 4 x 20 here; 4 x 12 and 4 x 20 there
  expect(await doubtsOf(above)).toEqual([["Q3", "reached", "120.0000", "128.0000"]]);
  await takeIn(above, await packageOf(below, "Q2"), "2030-09-11T09:00");
  expect(await doubtsOf(above)).toEqual([]);
});

test("what a ward had that is no more is in the total below, and in doubt nowhere", async () => {
  const world = city();
  const areas = world.areas.map((line) =>
    line.replace(/^11,A1,(.*),1,,,/, "11,A1,$1,1,,2030-06-30,"),
  );
  expect(areas).not.toEqual(world.areas);
  const below = officeIn(newFolder(), { ...world, areas });
  const send = (moment: string, period: string, wards: readonly string[]) =>
    below.sendAll(wards.map((ward) => [moment, ward, period, "people 100\nreached 10"] as const));
  const choice = { sealKey: keys.own, force: true, acknowledge: true };
  const above = officeTaking(keys);
  await send("2030-06-08T08:00", "Q2", ["W-A1", "W-A2", "W-A3", "W-A4"]);
  await below.publish("2030-06-10T08:00", "Q2", choice);
  await takeIn(above, await packageOf(below, "Q2"), "2030-06-11T08:00");
  await send("2030-09-08T08:00", "Q3", ["W-A2", "W-A3", "W-A4"]);
  await below.publish("2030-09-10T08:00", "Q3", choice);
  await takeIn(above, await packageOf(below, "Q3"), "2030-09-11T08:00");
  // 70 on both sides, of which the wards that there are have 60
  expect(await doubtsOf(above)).toEqual([]);
});

/** A city in which a department reports, and nothing is of wards. */
function withoutWards(world: World): World {
  const { measures } = world.plan as { measures: object[] };
  const own = measures.map((one) => ({ ...one, reported_by: ["D1"], by_area: false }));
  return { ...world, plan: { ...world.plan, measures: own } };
}

test.each<[string, number, boolean, of?: typeof withoutWards]>([
  ["one city's is small: less what the other has published, the total would tell it", 3, true],
  ["none is small", 30, false],
  ["one city's is small, and the other has none of wards", 3, true, withoutWards],
])("of figures that offices below publish themselves, %s", async (_, reached, isWithheld, of) => {
  const below = officeIn(newFolder(), sensitive(of?.(city()) ?? city()));
  const choice = { sealKey: keys.own, force: true, acknowledge: true };
  const units = of === undefined ? ["W-A1", "W-A2", "W-A3", "W-A4"] : ["D1"];
  await below.sendAll(
    units.map((ward) => ["2030-06-08T08:00", ward, "Q2", "people 100\nreached 20"] as const),
  );
  await below.publish("2030-06-10T08:00", "Q2", choice);
  const above = officeTaking(keys, sensitive(province()).plan);
  await takeIn(above, await packageOf(below, "Q2"));
  await above.send("2030-06-12T08:00", "T-E", "Q2", `people 400\nreached ${reached}`);
  await above.publish("2030-06-20T08:00", "Q2", choice);
  const { lines } = await above.read("Q2", undefined, "shared");
  const shown = lines.filter(({ section, code }) => section === "measure" && code === "reached");
  expect(shown.map(({ value_shown }) => value_shown === null)).toEqual(shown.map(() => isWithheld));
});

test("versions that cross, one that is sent back, and two plans of one area", async () => {
  const world = city();
  const of = async (plan: object, reached: number) => {
    const below = officeIn(newFolder(), { ...world, plan: { ...world.plan, ...plan } });
    const publish = (day: number, choice = {}) =>
      below.publish(`2030-06-${day}T08:00`, "Q2", { sealKey: keys.own, force: true, ...choice });
    const send = (day: string, count: number) =>
      below.sendAll(
        ["W-A1", "W-A2", "W-A3", "W-A4"].map(
          (ward) => [`2030-06-${day}T08:00`, ward, "Q2", `people 100\nreached ${count}`] as const,
        ),
      );
    await send("08", reached);
    await publish(10);
    const first = await packageOf(below, "Q2");
    await send("11", reached + 1);
    await publish(12, { class: "correction", reason: "Đếm lại", acknowledge: true });
    return [first, await packageOf(below, "Q2")] as const;
  };
  const [first, second] = await of({}, 10);
  const [otherPlan] = await of({ id: "other" }, 20);
  const { measures } = province().plan as { measures: { taken_from: object }[] };
  const fromBoth = measures.map((one) => ({
    ...one,
    taken_from: { ...one.taken_from, plan: ["small", "other"] },
  }));
  const above = officeTaking(keys, { measures: fromBoth });
  const came = async (bytes: Uint8Array, day: number): Promise<string> => {
    const { outcome, problems } = await takeIn(above, bytes, `2030-06-${day}T08:00`);
    const codes = problems.map(({ code }) => code).filter((code) => code.startsWith("version"));
    return [outcome, ...codes].join(" ");
  };
  const counts = () =>
    queryModels({
      ...{ paths: above.paths, catalogue: above.catalogue, asOf: parseMoment("2030-06-30T08:00") },
      models: ["core.reading_current"],
      read: async (connection) =>
        (
          await selectRows(
            connection,
            `select reading.value::integer as value from core.reading_current as reading
            join raw.measure using (measure_key) where measure = 'reached'`,
          )
        ).map(({ value }) => value),
    });
  expect(await came(second, 13)).toBe("accepted");
  expect(await came(first, 14)).toBe("refused version_older");
  expect(await counts()).toEqual([44]);
  await recordReportActs(above.paths, {
    acts: [
      {
        ...{ plan_id: "above", period: "Q2", act: "returned", text: "Xem lại" },
        unit_id: above.plan.units.find(({ code }) => code === "T-C")?.unit_id ?? "",
      },
    ],
    ...{ recordedAt: parseMoment("2030-06-15T08:00"), softwareVersion: "test" },
    by: { way: "desk", account: "tonghop", name: null, role: null },
  });
  expect(await counts()).toEqual([]);
  // what was sent back is no reason to take what it had replaced
  expect(await came(first, 16)).toBe("refused version_older");
  expect(await came(second, 17)).toBe("accepted");
  expect(await counts()).toEqual([44]);
  expect(await came(otherPlan, 18)).toBe("accepted version_of_another");
  expect(await counts()).toEqual([80]);
});
