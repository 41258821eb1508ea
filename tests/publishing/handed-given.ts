import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { filesDigest } from "../../pipelines/contract/sealing.ts";
import type { Outcome } from "../../pipelines/intake/delivery.ts";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { handedUp } from "../../pipelines/publishing/hand-up.ts";
import { makeSealKey, readSealKey, type SealKey } from "../../pipelines/publishing/seal-key.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { sha256Of } from "../../pipelines/warehouse/files.ts";
import { pack, unpack } from "../../pipelines/workbook/zip.ts";
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

/** A world in which both figures of the ratio are sensitive. */
export function sensitive(world: World): World {
  const { measures } = world.plan as { measures: { code: string }[] };
  const guarded = measures.map((one) =>
    ["people", "reached"].includes(one.code) ? { ...one, sensitive: true } : one,
  );
  return { ...world, plan: { ...world.plan, measures: guarded } };
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

/** Files of the first version of city C for who is above. */
export const FIGURES = "small_Q2_v1_gui-cap-tren_dai.csv";
export const DESCRIPTOR = "datapackage_gui-cap-tren.json";

export type Parts = Map<string, Buffer>;

export interface Sealing {
  /** Who signs it; null: nobody. */
  readonly by?: SealKey | null;
  /** What else the seal says. */
  readonly says?: object;
  readonly nonce?: string;
  readonly rule?: number;
  /** The files that its digest is of; those of the package. */
  readonly of?: Parts;
}

/** A package as another program would seal it, or somebody who has no key of the office. */
export function sealedBy(
  by: SealKey | null,
  bytes: Buffer,
  change: (parts: Parts) => void,
  { says = {}, rule = 2, ...how }: Omit<Sealing, "by"> = {},
): Buffer {
  const parts: Parts = new Map(unpack(bytes) ?? []);
  change(parts);
  const handed = JSON.parse(String(parts.get("seal.json")));
  const { nonce = handed.nonce, of = parts } = how;
  const sealed = { ...JSON.parse(handed.seal), seal: rule, ...says };
  sealed.signed_by = by?.publicKey ?? null;
  sealed.files_of_others.superior = filesDigest(digestsOf(of), nonce, rule);
  const seal = JSON.stringify(sealed);
  const signed = { seal, signed_by: sealed.signed_by, signature: by?.sign(seal) ?? null, nonce };
  parts.set("seal.json", Buffer.from(JSON.stringify(signed)));
  return Buffer.from(pack(parts, 6));
}

export function digestsOf(parts: Parts): { name: string; sha256: string }[] {
  return [...parts]
    .filter(([name]) => !["seal.json", "plan.yaml"].includes(name))
    .map(([name, content]) => ({ name, sha256: sha256Of(content) }));
}

export function edit(parts: Parts, name: string, change: (text: string) => string): void {
  parts.set(name, Buffer.from(change(String(parts.get(name)))));
}

/** Makes of 80 another figure, in its file and in what the package says of that file. */
export function alter(parts: Parts): void {
  const before = sha256Of(parts.get(FIGURES) ?? Buffer.alloc(0));
  edit(parts, FIGURES, (text) => text.replace(/(?<=,)80(?=[.,])/, "95"));
  const after = sha256Of(parts.get(FIGURES) ?? Buffer.alloc(0));
  expect(after).not.toBe(before);
  edit(parts, DESCRIPTOR, (text) => text.replaceAll(before, after));
}
