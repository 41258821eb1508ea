import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Json } from "@duckdb/node-api";
import { stringify } from "yaml";
import type { Delivery, Outcome } from "../../pipelines/intake/delivery.ts";
import { type InboxResult, ingestInbox, lookAtRest } from "../../pipelines/intake/inbox.ts";
import { type Intake, withIntake } from "../../pipelines/intake/ingest.ts";
import { type ProblemCode, word } from "../../pipelines/intake/problem-wording.ts";
import { withLedger } from "../../pipelines/ledger/ledger.ts";
import { type Catalogue, readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import type { Problem } from "../../pipelines/vocabulary/problem.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { newFolder } from "../folders.ts";
import { planHead, planMeasure, planPeriod } from "../plan-parts.ts";

const quarter = (position: number, from: string, to: string) =>
  planPeriod("quarter", [`Q${position}`, `Quý ${position}`], position, [from, to, to]);

/** A made-up plan with every kind of measure, and an area code that is used again from July. */
export const PLAN = {
  ...planHead("thu", "1/KH-UBND", "Kế hoạch thử", "2030-04-10"),
  ...{ short_title: "Thử", groups: [], indicators: [] },
  units: [
    { code: "GD", item: 1, name: "Phòng Giáo dục", short_name: "GD" },
    { code: "UB", item: 2, name: "UBND {area}", short_name: "UB {area}", each_area: true },
  ],
  periods: [
    quarter(1, "2030-01-01", "2030-03-31"),
    quarter(2, "2030-04-01", "2030-06-30"),
    quarter(3, "2030-07-01", "2030-09-30"),
    quarter(4, "2030-10-01", "2030-12-31"),
    {
      ...planPeriod("year", ["Y", "Năm 2030"], 1, ["2030-01-01", "2030-12-31", "2031-01-15"]),
      covers: ["Q1", "Q2", "Q3", "Q4"],
    },
  ],
  measures: [
    planMeasure("people", "Số người", "UB", "last"),
    planMeasure("reached", "Số người được tuyên truyền", "UB", "sum", { at_most: "people" }),
    planMeasure("visits", "Số lượt", "UB", "sum", { parts: ["visits_day", "visits_night"] }),
    planMeasure("visits_day", "Số lượt ngày", "UB", "sum"),
    planMeasure("visits_night", "Số lượt đêm", "UB", "sum"),
    planMeasure("budget", "Kinh phí", "UB GD", "sum", {
      ...{ unit_of_measure: "triệu đồng", decimals: 2 },
    }),
    planMeasure("has_plan", "Đã có kế hoạch", "UB", "max", {
      ...{ unit_of_measure: "có/không", kind: "yes_no" },
    }),
    planMeasure("grade", "Xếp loại", "UB", "last", {
      ...{ unit_of_measure: "loại", kind: "level", levels: ["C", "B", "A"] },
      ...{ over_areas: "none", from: "Q4" },
    }),
    planMeasure("pupils", "Số học sinh", "GD", "last", { by_area: true }),
    planMeasure("pupils_reached", "Số học sinh được tuyên truyền", "GD", "sum", {
      ...{ by_area: true, at_most: "pupils" },
    }),
    planMeasure("rate", "Hệ số", "GD", "last", { unit_of_measure: "lần", decimals: 4 }),
    planMeasure("share", "Tỷ lệ", "GD", "last", { unit_of_measure: "%", decimals: 2 }),
  ],
};

const AREAS = [
  "area_id,code,name,kind,parent_id,valid_from,valid_to,source",
  "1,C,Thành phố,city,,,,made up",
  "2,01,Phường Một,ward,1,,2030-06-30,made up",
  "3,02,Phường Hai,ward,1,,,made up",
  "4,01,Phường Một mới,ward,1,2030-07-01,,made up",
  "5,03,Phường Ba,ward,1,2030-07-01,,made up",
  "6,04,Phường Bốn,ward,1,2030-10-01,,made up",
];

const HEADER = "plan,unit,period,area,measure,value,note";

/** What is read from the sources of the made-up plan, by year and areas: the same in every folder. */
const catalogues = new Map<string, Catalogue>();

export interface World {
  readonly folder: string;
  readonly sources: string;
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  /** Rows of its ledger. */
  rows(sql: string): Promise<Record<string, Json>[]>;
}

/** A world whose warehouse is in a folder. */
export function worldIn(folder: string, sources: string, catalogue: Catalogue): World {
  const paths = warehousePaths(join(folder, "warehouse"));
  return { folder, sources, paths, catalogue, rows: (sql) => ledgerRows(paths, sql) };
}

/**
 * A temporary folder with the sources of the made-up plan and an empty warehouse.
 * @param year in place of 2030: one that is over, for programs that go by the clock
 * @param areas lines of the file of areas
 */
export function newWorld(year = "2030", areas: readonly string[] = AREAS): World {
  const folder = newFolder();
  const sources = join(folder, "sources");
  for (const name of ["plans", "areas", "inbox"])
    mkdirSync(join(sources, name), { recursive: true });
  writeFileSync(join(sources, "plans", "thu.yaml"), stringify(PLAN).replaceAll("2030", year));
  const lines = `${areas.join("\n").replaceAll("2030-", `${year}-`)}\n`;
  writeFileSync(join(sources, "areas", "areas.csv"), lines);
  const catalogue = catalogues.get(year + lines) ?? readCatalogue(sources);
  catalogues.set(year + lines, catalogue);
  return worldIn(folder, sources, catalogue);
}

/** The same world with other plans, by the names of their files; `thu` is the made-up one. */
export function withPlans(world: World, plans: Readonly<Record<string, object | string>>): World {
  for (const [name, plan] of Object.entries(plans)) {
    const text =
      typeof plan === "string" ? plan : stringify(plan, { aliasDuplicateObjects: false });
    writeFileSync(join(world.sources, "plans", `${name}.yaml`), text);
  }
  return { ...world, catalogue: readCatalogue(world.sources) };
}

/** A long CSV file of the made-up plan: lines without the plan, such as `UB-01,Q2,,people,5,`. */
export function csvOf(lines: readonly string[], header = HEADER): string {
  return `${[header, ...lines.map((line) => `thu,${line}`)].join("\n")}\n`;
}

export interface Sent {
  readonly file?: string;
  readonly content: string | Uint8Array;
  /** Default: 2030-12-20 10:00. */
  readonly received?: string;
  /** Default: when it was received. A program asks about its clock where that is long ago. */
  readonly recordedAt?: Date;
  readonly again?: boolean;
  readonly isMomentStated?: boolean;
  readonly mayReport?: ReadonlySet<string>;
}

const isOfContent = ({ code }: Problem): boolean => code !== "measures_left_out";

function deliveryOf({ file = "bao-cao.csv", content, received, ...options }: Sent): Delivery {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const moment = parseMoment(received ?? "2030-12-20T10:00");
  return { file, content: { bytes }, receivedAt: moment, recordedAt: moment, ...options };
}

/**
 * Takes in files one after another, in one opening of the ledger. Most files of tests hold a few
 * figures only; that they leave others out is reported by `sendWhole` alone.
 */
export async function send(world: World, ...sent: readonly Sent[]): Promise<Outcome[]> {
  const outcomes = await sendWhole(world, ...sent);
  return outcomes.map((one) => ({ ...one, problems: one.problems.filter(isOfContent) }));
}

/** The same with every problem. */
export async function sendWhole(world: World, ...sent: readonly Sent[]): Promise<Outcome[]> {
  return open(world, async (intake) => {
    const outcomes: Outcome[] = [];
    for (const one of sent) outcomes.push(await intake.ingest(deliveryOf(one)));
    return outcomes;
  });
}

/** The problems that files would have if each were sent alone, in one opening of the ledger. */
export async function examine(world: World, ...sent: readonly Sent[]): Promise<Problem[][]> {
  const found = await examineWhole(world, ...sent);
  return found.map((problems) => problems.filter(isOfContent));
}

/** The same with every problem. */
export async function examineWhole(world: World, ...sent: readonly Sent[]): Promise<Problem[][]> {
  return open(world, async (intake) => {
    const found: Problem[][] = [];
    for (const one of sent) {
      const examined = await intake.examine(deliveryOf(one));
      if (examined instanceof Error) throw examined;
      found.push([...examined.problems]);
    }
    return found;
  });
}

/** Takes in one file: what became of it and, where it packs others, of those that are reports. */
export async function sendPackage(world: World, sent: Sent): Promise<Outcome[]> {
  return open(world, async (intake) => {
    for await (const taken of intake.ingestAll([deliveryOf({ file: "a.zip", ...sent })])) {
      if (taken instanceof Error) throw taken;
      return taken.map((one) => ({ ...one, problems: one.problems.filter(isOfContent) }));
    }
    throw new Error("no outcome");
  });
}

export async function sendOne(world: World, sent: Sent): Promise<Outcome> {
  const [outcome] = await send(world, sent);
  if (outcome === undefined) throw new Error("no outcome");
  return outcome;
}

export async function open<T>(world: World, work: (intake: Intake) => Promise<T>): Promise<T> {
  const { paths, catalogue } = world;
  return withIntake({ paths, catalogue, isDemonstration: false, softwareVersion: "test" }, work);
}

/** Takes in what lies in the inbox, once it is at rest. */
export async function takeInbox(
  world: World,
  onOutcome: (outcome: Outcome) => void = () => undefined,
): Promise<InboxResult> {
  const look = await lookAtRest(join(world.sources, "inbox"));
  return open(world, (intake) => ingestInbox(look, intake, { onOutcome }));
}

/** Who has caused each entry of the journal, in its order. */
export function causesOf({ paths }: World): unknown[] {
  return readdirSync(paths.entries)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(paths.entries, name), "utf8")).by);
}

/** Who causes an entry of the journal by a command, or by a file in the watched folder. */
export function systemUser(way: "command" | "folder"): unknown {
  return { way, account: userInfo().username, name: null, role: null };
}

/** Names in the inbox, without the folder of what was taken in. */
export function inboxNames({ sources }: World): string[] {
  return readdirSync(join(sources, "inbox")).filter((name) => name !== ".da-nhan");
}

/** With a blank line for each measure that a ward's lines leave out, so that nothing is asked about. */
export function wholeCsvOf(lines: readonly string[]): string {
  const units = new Set(lines.map((line) => line.split(",").slice(0, 2).join(",")));
  const blank = [...units].flatMap((unit) =>
    PLAN.measures
      .filter(
        ({ reported_by: [by], code }) =>
          by === "UB" && !lines.some((line) => line.startsWith(`${unit},,${code},`)),
      )
      .map(({ code }) => `${unit},,${code},,`),
  );
  return csvOf([...lines, ...blank]);
}

function ledgerRows(paths: WarehousePaths, sql: string): Promise<Record<string, Json>[]> {
  return withLedger(paths, async (connection) => {
    await connection.run("use ledger");
    return selectRows(connection, sql);
  });
}

/** Names in the archive beside the journal: of the files as they came. */
export function archivedFiles(world: World): string[] {
  return readdirSync(world.paths.archive)
    .filter((name) => name !== "entries" && name !== "plans")
    .sort();
}

/** The place of a problem: its line, its cell, `-` where it is about the file. */
const placeOfProblem = ({ line, cell, sheet }: Problem): string =>
  String(line ?? (sheet === undefined ? "-" : `${sheet}!${cell ?? ""}`));

/** `3 not_a_number`: what is held about a problem where nothing else matters. */
export const problemCode = (one: Problem): string => `${placeOfProblem(one)} ${one.code}`;

/**
 * `3 not_a_number: Số người | xx`: place and code of a problem, and what its words say, without the
 * words themselves, which `snapshots/problems.txt` holds.
 */
export function problemText(one: Problem): string {
  const values = valuesIn(one.code as ProblemCode, one);
  return values.length === 0 ? problemCode(one) : `${problemCode(one)}: ${values.join(" | ")}`;
}

/**
 * The values with which the words of a problem were filled, each once, in their order.
 * @param text its words; those of the finding alone where there are no others
 * @throws Error where these are not the words of that problem
 */
export function valuesIn(
  code: ProblemCode,
  { found, remedy }: { readonly found: string; readonly remedy?: string },
): string[] {
  const words = word(code, TEMPLATE);
  const template = remedy === undefined ? words.found : `${words.found} ${words.remedy}`;
  const text = remedy === undefined ? found : `${found} ${remedy}`;
  const names: string[] = [];
  const pattern = template
    .split(/\{(\w+)\}/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      if (names.includes(part)) return `\\k<${part}>`;
      names.push(part);
      return `(?<${part}>.*?)`;
    })
    .join("");
  const match = new RegExp(`^${pattern}$`, "s").exec(text);
  if (match === null) throw new Error(`${code} has other words: ${text}`);
  return names.map((name) => match.groups?.[name] ?? "");
}

/** Fills words with the names of their values. */
const TEMPLATE = new Proxy({}, { get: (_, name) => `{${String(name)}}` });
