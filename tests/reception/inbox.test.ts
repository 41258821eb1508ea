import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { ingestInbox } from "../../pipelines/reception/inbox.ts";
import { archivedFiles, csvOf, ledgerRows, newWorld, open, type World } from "./given.ts";

// the files lie in the inbox now, long before the made-up periods, so only their outcomes count
const WRONG = csvOf(["UB-01,Q2,,people,5,"]);

const inboxOf = (world: World): string => join(world.sources, "inbox");

const put = (world: World, name: string, content: string = WRONG): void =>
  writeFileSync(join(inboxOf(world), name), content);

test("files are taken in by name and removed; each leaves a receipt, a reply and itself in the archive", async () => {
  const world = newWorld();
  put(world, "b.csv");
  put(world, "a.csv", `${WRONG}\n`);
  await sleep(1100);
  const seen: string[] = [];
  const result = await open(world, (intake) =>
    ingestInbox(inboxOf(world), intake, ({ file }) => seen.push(file)),
  );
  expect(seen).toEqual(["a.csv", "b.csv"]);
  expect(result.outcomes.map(({ outcome }) => outcome)).toEqual(["refused", "refused"]);
  expect(readdirSync(inboxOf(world))).toEqual([]);
  expect(archivedFiles(world)).toHaveLength(2);
  expect(readdirSync(world.paths.replies)).toHaveLength(2);
  expect(await ledgerRows(world, "select file_name from receipt order by receipt_no")).toEqual([
    { file_name: "a.csv" },
    { file_name: "b.csv" },
  ]);
});

test("what is not finished or not a file stays, and the rest goes on", async () => {
  const world = newWorld();
  put(world, "c.csv");
  await sleep(1100);
  for (const name of [".hidden", "~$c.xlsx", "d.csv.part", "e.tmp"]) put(world, name);
  mkdirSync(join(inboxOf(world), "folder"));
  symlinkSync("/etc/hostname", join(inboxOf(world), "link.csv"));
  const { outcomes, left } = await open(world, (intake) => {
    // once the ledger is open, which may take longer than a file is fresh
    put(world, "fresh.csv");
    return ingestInbox(inboxOf(world), intake);
  });
  expect(outcomes.map(({ file }) => file)).toEqual(["c.csv"]);
  expect(left).toEqual([
    { file: "folder", reason: "is not a file; put the files themselves into the inbox." },
    {
      file: "fresh.csv",
      reason: "has just changed and may still be being copied; it is left for the next run.",
    },
    { file: "link.csv", reason: "is not a file; put the files themselves into the inbox." },
  ]);
});

test("a time stamp from the sender's machine does not decide when a file was received", async () => {
  const world = newWorld();
  put(world, "old.csv");
  utimesSync(join(inboxOf(world), "old.csv"), new Date("2020-01-01"), new Date("2020-01-01"));
  await sleep(1100);
  await open(world, (intake) => ingestInbox(inboxOf(world), intake));
  expect(
    await ledgerRows(
      world,
      "select received_at > now() - interval 1 minute as is_now from receipt",
    ),
  ).toEqual([{ is_now: true }]);
});

test("an inbox that is not there is empty", async () => {
  const world = newWorld();
  const result = await open(world, (intake) => ingestInbox(join(world.folder, "none"), intake));
  expect(result).toEqual({ outcomes: [], left: [] });
});

/** What a sender does to a file after it has been staged and before it is removed. */
const REPLACED: [name: string, replace: (file: string) => void][] = [
  ["written over in place", (file) => writeFileSync(file, csvOf(["UB-01,Q2,,people,6666,"]))],
  ["written over with as many bytes", (file) => writeFileSync(file, WRONG.replace("5", "6"))],
  [
    "written over with as many bytes and the old time stamp",
    (file) => {
      const { atime, mtime } = statSync(file);
      writeFileSync(file, WRONG.replace("5", "6"));
      utimesSync(file, atime, mtime);
    },
  ],
  [
    "replaced by another file",
    (file) => {
      writeFileSync(`${file}.new`, WRONG.replace("5", "6"));
      renameSync(`${file}.new`, file);
    },
  ],
];

test.each(REPLACED)("a file %s while it is taken in stays for the next run", async (_, replace) => {
  const world = newWorld();
  const file = join(inboxOf(world), "a.csv");
  put(world, "a.csv");
  await sleep(1100);
  const seen: string[] = [];
  const { outcomes, left } = await open(world, (intake) =>
    ingestInbox(
      inboxOf(world),
      {
        ...intake,
        async *ingestAll(deliveries) {
          for await (const outcome of intake.ingestAll(deliveries)) {
            replace(file);
            yield outcome;
          }
        },
      },
      (outcome) => seen.push(outcome.file),
    ),
  );
  expect([outcomes.length, seen]).toEqual([1, ["a.csv"]]);
  expect(left).toEqual([
    {
      file: "a.csv",
      reason:
        "was ingested, and was then replaced by its sender; the new content is left for the next run.",
    },
  ]);
  const now = readFileSync(file, "utf8");
  expect(now).not.toBe(WRONG);

  await sleep(1100);
  const next = await open(world, (intake) => ingestInbox(inboxOf(world), intake));
  expect([next.outcomes.length, next.left]).toEqual([1, []]);
  const sha256 = next.outcomes[0]?.sha256 ?? "";
  expect(readFileSync(join(world.paths.archive, sha256), "utf8")).toBe(now);
  expect(readdirSync(inboxOf(world))).toEqual([]);
});
