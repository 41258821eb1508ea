import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { writeCountry, writeReadings } from "../bench/country.ts";
import { newFolder } from "../folders.ts";
import { zipFile } from "../readers/zip-given.ts";
import { csvOf, newWorld, open, send, sendPackage, type World, worldIn } from "./given.ts";
import { FILES, NOTHING, taken } from "./text-given.ts";

test("large files become what small ones become, and leave nothing behind", async () => {
  const [here, aside] = [newWorld(), newWorld()];
  const [expected, found] = [await taken(here, FILES), await taken(aside, FILES, NOTHING)];
  expect(JSON.stringify(found)).toBe(
    JSON.stringify(expected).replaceAll(here.folder, aside.folder),
  );
  for (const kind of ["accepted", "refused", "TCVN3", "personal_data"]) {
    expect(JSON.stringify(found)).toContain(`"${kind}"`);
  }
  expect(readdirSync(aside.paths.archive).filter((name) => name.startsWith("."))).toEqual([]);
});

test("of a package a large file is compared with the others", async () => {
  const world = newWorld();
  const small = csvOf(["UB-02,Q2,,people,5,"]);
  const other = `${csvOf(["UB-02,Q2,,people,6,"])}${NOTHING}`;
  const same = `${csvOf(["Phường Hai,Q2,,people,5.0,"])}${NOTHING}`;
  for (const [content, isSame] of [
    [other, false],
    [same, true],
  ] as const) {
    const entries = [
      { name: "a.csv", content: small },
      { name: "b.csv", content },
    ];
    const [, ...reports] = await sendPackage(world, { content: zipFile(entries) });
    const codes = reports.flatMap(({ problems }) => problems.map(({ code }) => code));
    expect(codes.includes("packed_differing")).toBe(!isSame);
  }
});

/** A country whose plan asks for so much that a file may have 500.000 lines. */
let world: World;

beforeAll(() => {
  const folder = newFolder();
  const sources = join(folder, "sources");
  mkdirSync(join(sources, "inbox"), { recursive: true });
  world = worldIn(folder, sources, writeCountry(sources));
});

const FILE = "so-lieu.csv";
const inInbox = (name: string): string => join(world.sources, "inbox", name);

const SCRIPT = fileURLToPath(new URL("hostile-intake.ts", import.meta.url));

interface Cost {
  readonly outcome: string;
  readonly problems: readonly { readonly code: string }[];
  /** Of the process that holds the ledger. */
  readonly cpuSeconds: number;
  readonly peakMib: number;
}

/** What becomes of a file that a process of its own takes in, and what that costs it and its reader. */
async function cost(file: string): Promise<Cost & { readonly readerMib: number }> {
  const args = ["--import", "tsx", SCRIPT, world.folder, file];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let [said, readerMib] = ["", 0];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const looks = setInterval(() => {
    readerMib = Math.max(readerMib, ...childrenOf(child.pid ?? 0).map(peakMibOf));
  }, 20);
  await once(child, "close");
  clearInterval(looks);
  return { ...JSON.parse(said), readerMib };
}

function childrenOf(processId: number): string[] {
  try {
    return readFileSync(`/proc/${processId}/task/${processId}/children`, "utf8")
      .split(" ")
      .filter((one) => one !== "");
  } catch {
    return [];
  }
}

function peakMibOf(processId: string): number {
  try {
    const status = readFileSync(`/proc/${processId}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Between two looks at its memory a reader may grow. */
const MAX_READER_MIB = 640;
const MAX_MIB = 512;
/** What a busy machine makes of two. */
const MAX_CPU_SECONDS = 5;

const HEADER = "plan,unit,period,area,measure,value,note\n";
const LINES: Readonly<Record<string, (line: number) => string>> = {
  measure: (line) => `country,X-00002,2015-Q1,,stock_1,${line % 1000},${"x".repeat(44)}\n`,
  units: (line) => `country,XA-${line},2015-Q1,,stock_1,5,\n`,
  codes: (line) => `country,X-00002,2015-Q1,,none_${line},khoảng ${line},ghi chú ${line}\n`,
  tcvn3: (line) => `country,X-00002,2015-Q1,,stock_1,${line},S\u00e8 li\u00d6u ${line}\n`,
  long: () => "x".repeat(1000),
};

/** Writes so many lines, with a beginning. */
function write(path: string, of: string, count: number, head = HEADER): void {
  const line = LINES[of];
  if (line === undefined) throw new Error(`no lines of ${of}`);
  const file = openSync(path, "w");
  const encoding = of === "tcvn3" ? "latin1" : "utf8";
  writeSync(file, Buffer.from(head, encoding));
  for (let first = 0; first < count; first += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, count - first) }, (_, at) =>
      line(first + at),
    );
    writeSync(file, Buffer.from(lines.join(""), encoding));
  }
  closeSync(file);
}

test.each<[what: string, of: string, count: number, head: string, becomes: string]>([
  ["a million lines of one measure", "measure", 1_000_000, HEADER, "csv_too_many_lines"],
  ["a million unknown units", "units", 1_000_000, HEADER, "csv_too_many_lines"],
  [
    "as many lines of one measure as may be",
    "measure",
    490_000,
    HEADER,
    "measure_twice|reading_limits",
  ],
  ["as many unknown units", "units", 490_000, HEADER, "unknown_unit|more|reading_limits"],
  [
    "as many wrong codes and values",
    "codes",
    490_000,
    HEADER,
    "unknown_measure|more|reading_limits",
  ],
  ["a hundred thousand lines in TCVN3", "tcvn3", 100_000, HEADER, "measure_twice|reading_limits"],
  ["one line of 100 MB", "long", 100_000, HEADER, "csv_line_too_long"],
  [
    "a quote left open",
    "measure",
    490_000,
    `${HEADER}country,X-00002,2015-Q1,,stock_1,1,"x\n`,
    "csv_quote",
  ],
])("%s", async (_, of, count, head, becomes) => {
  write(inInbox(FILE), of, count, head);
  const found = await cost(FILE);
  expect(found.outcome).toBe("refused");
  for (const { code } of found.problems) expect(becomes.split("|")).toContain(code);
  expect(found.cpuSeconds).toBeLessThan(MAX_CPU_SECONDS);
  expect(found.peakMib).toBeLessThan(MAX_MIB);
  expect(found.readerMib).toBeLessThan(MAX_READER_MIB);
});

/** What lies there of files that are read; a folder beside them while one is read aside. */
function staged(): string[] {
  if (!existsSync(world.paths.archive)) return [];
  return readdirSync(world.paths.archive).filter((name) => name.startsWith(".staged-"));
}

const isReadAside = (): boolean =>
  staged().some((name) => existsSync(join(world.paths.archive, name, ".")));

test("a year of the country is taken in, and others have the ledger meanwhile", async () => {
  const readings = await writeReadings(inInbox(FILE), undefined, [0, 4]);
  let isDone = false;
  const large = cost(FILE).finally(() => {
    isDone = true;
  });
  // its copy lies there while it is read, and an intake between leaves it alone
  while (!isDone && !isReadAside()) await sleep(5);
  const [small] = await send(world, {
    content: csvOf(["X-00001,2014-Q1,,stock_1,5,"]).replaceAll("thu,", "country,"),
    received: "2025-06-01T09:00",
  });
  expect(small?.outcome).toBe("refused");
  expect(isDone).toBe(false);
  const found = await large;
  expect(found.outcome).toBe("accepted");
  expect(found.cpuSeconds).toBeLessThan(MAX_CPU_SECONDS);
  expect(found.peakMib).toBeLessThan(MAX_MIB);
  expect(await world.rows("select count(*)::integer as readings from ledger.reading")).toEqual([
    { readings },
  ]);
  expect(staged()).toEqual([]);
});

test("what a killed intake has staged is removed by the next, a running one's is not", async () => {
  write(inInbox(FILE), "measure", 490_000);
  const args = ["--import", "tsx", SCRIPT, world.folder, FILE];
  const child = execFile(process.execPath, args);
  while (!isReadAside()) await sleep(5);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(staged()).not.toEqual([]);
  await open(world, async () => undefined);
  expect(staged()).toEqual([]);
});
