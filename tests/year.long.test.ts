import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test, vi } from "vitest";
import { withIntake } from "../pipelines/intake/ingest.ts";
import { makeBackup } from "../pipelines/ledger/backup.ts";
import { erase } from "../pipelines/ledger/erase.ts";
import { rebuildLedger } from "../pipelines/ledger/rebuild.ts";
import { restoreBackup } from "../pipelines/ledger/restore.ts";
import { buildMarts } from "../pipelines/models/build-marts.ts";
import { isSound, verifyReports } from "../pipelines/publishing/verify.ts";
import { readCatalogue } from "../pipelines/sources/catalogue.ts";
import { parseMoment } from "../pipelines/vocabulary/date.ts";
import { pack, unpack } from "../pipelines/workbook/zip.ts";
import { tableIn } from "./asked.ts";
import { run, start } from "./cli/run.ts";
import { shiftedClock } from "./cli/shifted-clock.ts";
import { newFolder } from "./folders.ts";
import { smallPlan } from "./models/small-plan.ts";
import type { World } from "./models/world.ts";
import { type Office, officeIn } from "./publishing/given.ts";
import {
  city,
  type Keys,
  makeKeys,
  officeTaking,
  packageOf,
  takeIn,
} from "./publishing/handed-given.ts";

/*
 * A year of two offices and the one above them. City C asks its wards by the quarter, and two of them
 * become one on 1 July; city E asks by the month, and what it does goes through the program under a
 * clock that is set. Beside them stands a ledger of this test, in plain sums.
 */

interface Kept {
  readonly unit: string;
  readonly period: string;
  readonly people: number;
  readonly reached: number;
  readonly at: string;
}

/** What a test keeps of an office: who was to report what, and what came when it really came. */
class OwnLedger {
  readonly kept: Kept[] = [];
  readonly #periods: readonly string[];
  readonly #units: (period: string) => readonly string[];
  readonly #madeOf: Readonly<Record<string, readonly string[]>>;

  constructor(
    periods: readonly string[],
    units: (period: string) => readonly string[],
    madeOf: Readonly<Record<string, readonly string[]>> = {},
  ) {
    this.#periods = periods;
    this.#units = units;
    this.#madeOf = madeOf;
  }

  keep(...reports: readonly Kept[]): void {
    this.kept.push(...reports);
  }

  #last(unit: string, period: string, until: string): Kept | undefined {
    const come = this.kept.filter(
      (one) => one.unit === unit && one.period === period && one.at <= until,
    );
    return come.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
  }

  /** Reached to date and people of those places of which both are known. */
  ratio(period: string, until: string): [numerator: number, denominator: number] {
    const upTo = this.#periods.slice(0, this.#periods.indexOf(period) + 1);
    let [numerator, denominator] = [0, 0];
    for (const unit of this.#units(period)) {
      const people = (one: string): number | undefined =>
        upTo.map((each) => this.#last(one, each, until)?.people).findLast((n) => n !== undefined);
      const family = [unit, ...(this.#madeOf[unit] ?? [])];
      const before = (this.#madeOf[unit] ?? []).map(people);
      const own = people(unit) ?? (before.length > 0 ? sum(before) : undefined);
      if (own === undefined) continue;
      denominator += own;
      numerator += sum(
        family.flatMap((one) => upTo.map((each) => this.#last(one, each, until)?.reached)),
      );
    }
    return [numerator, denominator];
  }

  /** How each unit stands: on time, days late, missing or not due yet. */
  standing(period: string, due: string, until: string): string[] {
    return this.#units(period).map((unit) => {
      const first = this.kept
        .filter((one) => one.unit === unit && one.period === period && one.at <= until)
        .map(({ at }) => at.slice(0, 10))
        .sort()[0];
      if (first === undefined)
        return `${unit} ${until.slice(0, 10) < due ? "not_due" : "missing"} -`;
      const days = Math.round((Date.parse(first) - Date.parse(due)) / 86_400_000) + 1;
      return days > 0 ? `${unit} late ${days}` : `${unit} on_time -`;
    });
  }
}

const sum = (numbers: readonly (number | undefined)[]): number =>
  numbers.reduce<number>((total, one) => total + (one ?? 0), 0);

/** 30 % are to be reached, at the end of the year. */
const TARGET = 30;

/** The figures of the program for a period, as of a moment, beside those of the ledger of the test. */
async function compare(office: Office, own: OwnLedger, period: string, at: string, isLast = false) {
  const { file } = await buildMarts({ ...office, asOf: parseMoment(at) });
  const due = office.plan.plan.periods.find(({ code }) => code === period)?.due_before ?? "";
  const figures = await tableIn(
    file,
    `select numerator::integer as numerator, denominator::integer as denominator, status
    from marts.attainment_by_plan_period
    where plan_id = 'small' and indicator_code = 'I' and period = '${period}'`,
  );
  const units = await tableIn(
    file,
    `select unit_code || ' ' || timeliness || ' ' || coalesce(days_late::varchar, '-') as said
    from marts.submission_timeliness
    where plan_id = 'small' and period = '${period}' and timeliness <> 'not_applicable'
    order by unit_code`,
  );
  rmSync(file);
  const [numerator, denominator] = own.ratio(period, at);
  const isMet = numerator * 100 >= TARGET * denominator;
  const status = isMet ? "met" : isLast ? "not_met" : "not_yet";
  const expected = { numerator: String(numerator), denominator: String(denominator), status };
  expect([period, at, figures]).toEqual([period, at, [expected]]);
  expect(units.map(({ said }) => said)).toEqual(own.standing(period, due, at).sort());
}

interface Planned {
  readonly plan: {
    readonly measures: readonly { readonly code: string }[];
    readonly periods: readonly Period[];
  };
}
interface Period {
  readonly code: string;
  readonly kind: string;
}

/** What wards are asked in both cities. */
function withPeople(world: World): World & Planned {
  const { plan } = smallPlan([]) as Planned;
  const measures = plan.measures.filter(({ code }) => ["people", "reached"].includes(code));
  const changed = { measures, in_force_from: "2030-01-01", reporting_areas: "children" };
  return {
    ...world,
    plan: { ...plan, ...world.plan, ...changed, periods: plan.periods },
  } as World & Planned;
}

function cityC(): World {
  const world = withPeople(city());
  const areas = world.areas.map((line) =>
    line.replace(/,1,,,/, /A[34]/.test(line) ? ",1,,2030-06-30," : ",1,,,"),
  );
  return {
    ...world,
    areas: [...areas, "15,A5,Ward 5,ward,1,2030-07-01,,made up"],
    successors: ["13,15,2030-07-01,yes,made up", "14,15,2030-07-01,yes,made up"],
  };
}

const MONTHS = Array.from({ length: 12 }, (_, index) => `M${String(index + 1).padStart(2, "0")}`);
const dayOf = (month: number, day: number): string =>
  new Date(Date.UTC(2030, month, day)).toISOString().slice(0, 10);

function cityE(): World {
  const world = withPeople(city());
  const { periods } = world.plan;
  const of = (code: string): readonly string[] =>
    code === "Y" ? MONTHS : MONTHS.slice(3 * Number(code[1]) - 3, 3 * Number(code[1]));
  const months = MONTHS.map((code, index) => ({
    ...periods[0],
    ...{ code, name: `Month ${index + 1}`, kind: "month", position: index + 1, positions: 12 },
    data_from: dayOf(index, 1),
    data_to: dayOf(index + 1, 0),
    due_before: dayOf(index + 1, 10),
  }));
  const covering = periods.filter(({ code }) => code !== "H1");
  const plan = {
    ...world.plan,
    area: { code: "E", noun: "thành phố" },
    periods: [...months, ...covering.map((one) => ({ ...one, covers: of(one.code) }))],
  };
  return {
    ...world,
    plan,
    areas: ["1,E,City,city,,,,x", "11,E1,Ward E1,ward,1,,,x", "12,E2,Ward E2,ward,1,,,x"],
  };
}

let keys: Keys;
beforeAll(async () => {
  keys = await makeKeys();
});

const QUARTERS = ["Q1", "Q2", "Q3", "Q4"];
const ALL = { planId: null, period: null };
const pattern = (words: string): RegExp => new RegExp(words, "s");

/** Sends reports at their moments and keeps them. */
async function report(office: Office, own: OwnLedger, ...reports: readonly Kept[]): Promise<void> {
  await office.sendAll(
    reports.map(({ unit, period, people, reached, at }) => [
      at,
      unit,
      period,
      `people ${people}\nreached ${reached}`,
    ]),
  );
  own.keep(...reports);
}

async function expectSound(office: Office): Promise<void> {
  const checked = await verifyReports(office.paths, ALL);
  expect(
    checked.versions.flatMap(({ faults, differences }) => [...faults, ...differences]),
  ).toEqual([]);
  expect(isSound(checked)).toBe(true);
  expect((await rebuildLedger(office.paths, { replace: false })).result).toBe("equal");
}

// a year is long on a busy machine
vi.setConfig({ testTimeout: 900_000 });

test("city C by the quarter: corrected, merged, restored, handed up, and a plan put away", async () => {
  const other = { ...smallPlan([]).plan, ...withPeople(city()).plan, id: "other", number: "2/KH" };
  let office = officeIn(newFolder(), cityC(), { beside: { "other.yaml": other } });
  const above = officeTaking(keys, { in_force_from: "2030-01-01" });
  const own = new OwnLedger(
    QUARTERS,
    (period) => (period > "Q2" ? ["W-A1", "W-A2", "W-A5"] : ["W-A1", "W-A2", "W-A3", "W-A4"]),
    { "W-A5": ["W-A3", "W-A4"] },
  );
  const at = (
    unit: string,
    period: string,
    people: number,
    reached: number,
    moment: string,
  ): Kept => ({
    ...{ unit, period, people, reached, at: moment },
  });
  const sealed = { sealKey: keys.own, acknowledge: true, force: true };

  await report(
    office,
    own,
    at("W-A1", "Q1", 100, 40, "2030-03-07T08:00"),
    at("W-A3", "Q1", 80, 10, "2030-03-08T08:00"),
    at("W-A4", "Q1", 60, 9, "2030-03-08T09:00"),
  );
  await compare(office, own, "Q1", "2030-03-09T08:00");
  await office.publish("2030-03-11T08:00", "Q1", sealed);
  const first = await packageOf(office, "Q1");
  expect((await takeIn(above, first, "2030-03-11T09:00")).outcome).toBe("accepted");
  // late, and one again after the publication
  await report(
    office,
    own,
    at("W-A2", "Q1", 200, 20, "2030-03-12T08:00"),
    at("W-A1", "Q1", 100, 44, "2030-03-12T09:00"),
  );
  await compare(office, own, "Q1", "2030-03-13T07:00");
  await office.publish("2030-03-13T08:00", "Q1", {
    ...sealed,
    class: "correction",
    reason: "Đính chính",
  });
  const second = await packageOf(office, "Q1");
  const parts = unpack(second) ?? new Map<string, Buffer>();
  const altered = [...parts].map(([name, bytes]): [string, Uint8Array] => [
    name,
    name.endsWith("_dai.csv") ? Buffer.from(String(bytes).replaceAll("44", "45")) : bytes,
  ]);
  expect((await takeIn(above, pack(altered, 0), "2030-03-13T09:00")).outcome).toBe("refused");
  expect((await takeIn(above, second, "2030-03-13T10:00")).outcome).toBe("accepted");
  expect((await takeIn(above, first, "2030-03-13T11:00")).outcome).toBe("refused");
  const { file } = await buildMarts({ ...above, asOf: parseMoment("2030-03-14T08:00") });
  const taken = await tableIn(
    file,
    `select numerator::integer as numerator, denominator::integer as denominator
    from marts.attainment_by_plan_period where period = 'Q1'`,
  );
  const [numerator, denominator] = own.ratio("Q1", "2030-03-14").map(String);
  expect(taken[0]).toEqual({ numerator, denominator });

  await report(
    office,
    own,
    ...["A1", "A2", "A3", "A4"].map((ward, index) =>
      at(`W-${ward}`, "Q2", 100 + index, 12 + index, `2030-06-0${index + 4}T08:00`),
    ),
  );
  // a note with a name, and the same figures once more
  const noted = ["people,101,Theo lời bà Hoa ở tổ 5", "reached,13,"].map(
    (one) => `small,W-A2,Q2,,${one}`,
  );
  const received = parseMoment("2030-06-08T08:00");
  await withIntake({ ...office, isDemonstration: false, softwareVersion: "test" }, ({ ingest }) =>
    ingest({
      file: "a2.csv",
      content: {
        bytes: Buffer.from(["plan,unit,period,area,measure,value,note", ...noted, ""].join("\n")),
      },
      receivedAt: received,
      recordedAt: received,
    }),
  );
  own.keep(at("W-A2", "Q2", 101, 13, "2030-06-08T08:00"));
  await erase({
    ...{ paths: office.paths, receipts: [], texts: [], phrases: ["bà Hoa"] },
    ...{ erasedBy: "Cán bộ", reason: "Theo yêu cầu", softwareVersion: "test" },
    recordedAt: parseMoment("2030-06-09T08:00"),
  });
  expect(
    readdirSync(office.paths.entries).some((one) =>
      readFileSync(join(office.paths.entries, one), "utf8").includes("bà Hoa"),
    ),
  ).toBe(false);
  await office.publish("2030-06-11T08:00", "Q2", sealed);
  await compare(office, own, "Q2", "2030-06-12T08:00");

  // in August the machine is lost
  const backups = newFolder();
  const backup = await makeBackup({
    ...{ paths: office.paths, sources: office.folder, to: backups, keep: null },
    ...{ now: parseMoment("2030-08-15T08:00"), softwareVersion: "test" },
  });
  const restored = officeIn(newFolder(), cityC(), { beside: { "other.yaml": other } });
  await restoreBackup({
    ...{ from: backup.folder, paths: restored.paths, sources: restored.folder, replace: false },
    now: parseMoment("2030-08-16T08:00"),
  });
  office = restored;
  await expect(
    office.send("2030-09-03T08:00", "W-A3", "Q3", "people 1\nreached 1"),
  ).rejects.toThrow();
  await report(
    office,
    own,
    at("W-A1", "Q3", 105, 7, "2030-09-04T08:00"),
    at("W-A5", "Q3", 190, 8, "2030-09-12T08:00"),
  );
  await compare(office, own, "Q3", "2030-09-15T08:00");

  // a plan of which nothing is to come is put away
  rmSync(join(office.folder, "plans", "other.yaml"));
  const plans = readCatalogue(office.folder).plans.map(({ plan }) => plan.id);
  expect(plans).toEqual(["small"]);
  office = officeIn(office.folder, cityC());
  await report(
    office,
    own,
    at("W-A1", "Q4", 105, 30, "2030-12-05T08:00"),
    at("W-A2", "Q4", 210, 40, "2030-12-05T08:00"),
    at("W-A5", "Q4", 190, 2, "2030-12-06T08:00"),
  );
  await compare(office, own, "Q4", "2030-12-20T08:00", true);
  await expectSound(office);
});

test("city E by the month, under a clock that is set, wrong, and asked about", async () => {
  const clock = shiftedClock();
  const office = officeIn(newFolder(), cityE());
  const own = new OwnLedger(MONTHS, () => ["W-E1", "W-E2"]);
  const folders = ["--sources", office.folder, "--warehouse", office.paths.folder];
  const set = (moment: string): void =>
    clock.set((parseMoment(moment).getTime() - Date.now()) / 3_600_000);
  const chitieu = async (...args: readonly string[]): Promise<string> => {
    const { code, out, err } = await run([...args, ...folders]);
    return `${code} ${out}${err}`;
  };
  const fileOf = ({ unit, period, people, reached }: Omit<Kept, "at">): string => {
    const file = join(office.folder, `${unit}-${period}-${reached}.csv`);
    const lines = [`people,${people}`, `reached,${reached}`].map(
      (one) => `small,${unit},${period},,${one},`,
    );
    writeFileSync(file, ["plan,unit,period,area,measure,value,note", ...lines, ""].join("\n"));
    return file;
  };
  const one = (unit: string, period: string, people: number, reached: number) => ({
    ...{ unit, period, people, reached },
  });
  const because = (kind: string) => ["--class", kind, "--reason", "Theo số liệu", "--acknowledge"];

  set("2030-02-04T08:00");
  expect(await chitieu("ingest", fileOf(one("W-E1", "M01", 100, 10)))).toMatch(/^0 /);
  own.keep({ ...one("W-E1", "M01", 100, 10), at: "2030-02-04T08:00" });

  // a year ahead: asked, and confirmed wrongly
  set("2031-02-06T09:00");
  expect(await chitieu("publish", "M01", ...because("first"))).toMatch(
    pattern("^1 .*Chưa ghi gì.*chitieu clock"),
  );
  expect(await chitieu("clock", "confirm", "--reason", "Đã xem")).toMatch(/^0 /);
  expect(await chitieu("publish", "M01", ...because("first"))).toMatch(
    pattern("^0 .*tính đến 2031-02-06 09"),
  );
  set("2031-02-06T10:00");
  expect(await chitieu("ingest", fileOf(one("W-E2", "M01", 50, 9)))).toMatch(/^0 /);

  // right again: nothing is recorded until what was is dated anew
  set("2030-02-05T15:00");
  const again = fileOf(one("W-E2", "M01", 50, 5));
  expect(await chitieu("ingest", again)).toMatch(pattern("^1 .*trước lần ghi cuối.*các mục 2–4"));
  expect(await chitieu("clock")).toMatch(/^1 /);
  expect(await chitieu("doctor")).toMatch(pattern("^1 .*đồng hồ: Đồng hồ máy chỉ"));
  const correct = ["clock", "correct", "2", "4", "--reason", "Đồng hồ chạy nhanh một năm"];
  expect(await chitieu(...correct, "--at", "2030-02-05T09:00")).toMatch(/^0 /);
  own.keep({ ...one("W-E2", "M01", 50, 9), at: "2030-02-05T10:00" });
  expect(await chitieu("ingest", again)).not.toMatch(/vẫn được dùng/);
  own.keep({ ...one("W-E2", "M01", 50, 5), at: "2030-02-05T15:00" });
  expect(await chitieu("publish", "M01", ...because("late"))).toMatch(
    pattern("^0 .*tính đến 2030-02-05 15"),
  );
  await compare(office, own, "M01", "2030-02-11T08:00");

  await report(
    office,
    own,
    { ...one("W-E1", "M02", 100, 20), at: "2030-03-04T08:00" },
    { ...one("W-E2", "M02", 55, 4), at: "2030-03-12T08:00" },
    { ...one("W-E1", "M03", 100, 11), at: "2030-04-04T08:00" },
    { ...one("W-E2", "M03", 55, 6), at: "2030-04-05T08:00" },
  );
  await compare(office, own, "M02", "2030-03-13T08:00");
  // two at once: one version
  set("2030-04-05T09:00");
  const both = await Promise.all([1, 2].map(() => chitieu("publish", "M03", ...because("first"))));
  expect(both.map((words) => words[0]).sort()).toEqual(["0", "1"]);
  await office.publish("2030-04-11T08:00", "Q1", { sealKey: keys.other, acknowledge: true });
  const above = officeTaking(keys, { in_force_from: "2030-01-01" });
  const taken = await takeIn(above, await packageOf(office, "Q1"), "2030-04-11T09:00");
  expect([taken.outcome, taken.submissions[0]?.unit_name]).toEqual(["accepted", "City City E"]);

  // killed, once more, and two days ahead while it waits
  set("2030-05-06T08:00");
  const file = fileOf(one("W-E1", "M04", 101, 3));
  const { child, ended } = start(["ingest", file, ...folders]);
  await sleep(900);
  child.kill("SIGKILL");
  await ended;
  expect(await chitieu("ingest", file)).toMatch(/^0 /);
  own.keep({ ...one("W-E1", "M04", 101, 3), at: "2030-05-06T08:00" });
  const waiting = fileOf(one("W-E2", "M04", 56, 2));
  const inbox = join(office.folder, "inbox", "e2.csv");
  mkdirSync(join(office.folder, "inbox"), { recursive: true });
  copyFileSync(waiting, inbox);
  set("2030-05-08T09:00");
  expect(await chitieu("refresh")).toMatch(pattern("^1 .*e2.csv.*chờ trong thư mục nhận"));
  // times of files are those of the true clock, so it is handed in by its name
  rmSync(inbox);
  set("2030-05-06T09:00");
  expect(await chitieu("ingest", waiting)).toMatch(/^0 /);
  own.keep({ ...one("W-E2", "M04", 56, 2), at: "2030-05-06T09:00" });
  await compare(office, own, "M04", "2030-05-11T08:00");

  // the machine was suspended for a month and is not asked
  set("2030-06-04T08:00");
  expect(await chitieu("ingest", fileOf(one("W-E1", "M05", 101, 4)))).toMatch(/^0 /);
  own.keep({ ...one("W-E1", "M05", 101, 4), at: "2030-06-04T08:00" });
  await report(
    office,
    own,
    ...[6, 7, 8, 9, 10, 11, 12].flatMap((month) => {
      const at = `${dayOf(month, 4)}T08:00`;
      const period = `M${String(month).padStart(2, "0")}`;
      // of E2 nothing came in July
      const wards = month === 7 ? ["W-E1"] : ["W-E1", "W-E2"];
      return wards.map((unit, index) => ({
        ...one(unit, period, 102 - 50 * index, month + index),
        at,
      }));
    }),
  );
  for (const [month, moment] of [
    ["M05", "2030-06-12"],
    ["M07", "2030-08-11"],
    ["M12", "2031-01-11"],
  ] as const) {
    await compare(office, own, month, `${moment}T08:00`, month === "M12");
  }
  expect((await office.read("M01", 1)).publication.as_of).toMatch(/^2031-02-06/);
  await expectSound(office);
});
