import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Outcome } from "../../pipelines/intake/delivery.ts";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { handedUp } from "../../pipelines/publishing/hand-up.ts";
import { makeSealKey, readSealKey, type SealKey } from "../../pipelines/publishing/seal-key.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import type { World } from "../models/world.ts";
import { HEAD, type Office, officeIn } from "./given.ts";

const TO = { recipients: ["UBND tỉnh P"], addressed_to: "Ủy ban nhân dân tỉnh P" };

/** A city of four wards, whose plan begins with the second quarter. */
export function city(): World {
  const world = smallPlan([indicator(REACH)], { in_force_from: "2030-04-01" });
  return { ...world, plan: { ...world.plan, document: { ...HEAD, ...TO } } };
}

/** A province of two cities, C and E, that takes both figures of the ratio from a city's plan. */
export function province(changes: object = {}): World {
  const world = smallPlan([indicator(REACH)], { in_force_from: "2030-04-01" });
  if (!("measures" in world.plan && Array.isArray(world.plan.measures))) throw new Error();
  const measures = world.plan.measures.filter(({ code }) => ["people", "reached"].includes(code));
  return {
    plan: {
      ...world.plan,
      id: "above",
      area: { code: "P", noun: "tỉnh" },
      units: [{ code: "T", item: 1, name: "City {area}", short_name: "{area}", each_area: true }],
      measures: measures.map((one) => ({
        ...one,
        reported_by: ["T"],
        taken_from: { plan: "small", measure: one.code },
      })),
      ...changes,
    },
    areas: [
      "1,P,Province,province,,,,made up",
      "2,C,City C,city,1,,,made up",
      "3,E,City E,city,1,,,made up",
    ],
  };
}

/** A world as it is in another year. */
export function inYear(world: World, year: string): World {
  return JSON.parse(JSON.stringify(world).replaceAll("2030", year));
}

/** Keys of offices below, with the folder where their files are. */
export type Keys = Readonly<Record<"own" | "other" | "ended" | "strange", SealKey>> & {
  readonly folder: string;
};

export async function makeKeys(): Promise<Keys> {
  const folder = newFolder();
  const make = async (name: string): Promise<SealKey> => {
    await makeSealKey(join(folder, name));
    return readSealKey(join(folder, name));
  };
  const [own, other] = [await make("own"), await make("other")];
  return { folder, own, other, ended: await make("ended"), strange: await make("strange") };
}

/** The province, which knows the keys of its cities but for the strange one. */
export function officeTaking(keys: Keys, changes?: object): Office {
  const folder = newFolder();
  mkdirSync(join(folder, "keys"), { recursive: true });
  const line = (area: string, key: string, until = "") => {
    copyFileSync(join(keys.folder, `${key}.pub`), join(folder, "keys", `${key}.pub`));
    return `${area},${key}.pub,Văn phòng ${area},2030-01-01,${until}`;
  };
  const lines = [line("C", "own"), line("E", "other"), line("C", "ended", "2030-03-31")];
  writeFileSync(
    join(folder, "keys", "keys.csv"),
    ["area,file,name,from,until", ...lines, ""].join("\n"),
  );
  return officeIn(folder, province(changes));
}

/** What an office hands up of a period. */
export async function packageOf(office: Office, period: string, version?: number): Promise<Buffer> {
  const report = await office.read(period, version, "superior");
  return Buffer.from((await handedUp(office.paths, report)).bytes);
}

/** Packages one after the other, by an office whose ledger is opened once. */
export async function takeAll(
  { paths, catalogue }: Office,
  all: readonly Uint8Array[],
  moment = "2030-06-11T08:00",
): Promise<Outcome[]> {
  const settings = { paths, catalogue, isDemonstration: false, softwareVersion: "test" };
  const at = parseMoment(moment);
  return withIntake(settings, async ({ ingest }) => {
    const taken: Outcome[] = [];
    for (const bytes of all) {
      const content = { bytes };
      taken.push(await ingest({ file: "goi.zip", content, receivedAt: at, recordedAt: at }));
    }
    return taken;
  });
}

export async function takeIn(office: Office, bytes: Uint8Array, moment?: string): Promise<Outcome> {
  const [taken] = await takeAll(office, [bytes], moment);
  if (taken === undefined) throw new Error("nothing was taken in");
  return taken;
}
