import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
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
import { expect, it } from "vitest";
import { ingestInbox, lookAtRest } from "../../pipelines/intake/inbox.ts";
import { lookIntoInbox } from "../../pipelines/intake/inbox-files.ts";
import {
  archivedFiles,
  csvOf,
  inboxNames,
  newWorld,
  open,
  takeInbox,
  type World,
} from "./given.ts";

// Side by side, since each mostly waits until a file has been at rest.
const test = it.concurrent;

// the files lie in the inbox now, long before the made-up periods, so only their outcomes count
const WRONG = csvOf(["UB-01,Q2,,people,5,"]);

const inboxOf = (world: World): string => join(world.sources, "inbox");

const put = (world: World, name: string, content: string | Uint8Array = WRONG): string => {
  const path = join(inboxOf(world), name);
  writeFileSync(path, content);
  return path;
};

/** Where files lie that were taken in. */
const takenOf = (world: World): string[] => {
  const taken = join(inboxOf(world), ".da-nhan");
  if (!existsSync(taken)) return [];
  return readdirSync(taken).flatMap((one) =>
    readdirSync(join(taken, one)).map((name) => join(taken, one, name)),
  );
};

const receipts = (world: World) =>
  world.rows("select receipt_no::integer as no, file_name, outcome from receipt order by 1");

test("files are taken in by name and moved away; each leaves a receipt, a reply and itself in the archive", async () => {
  const world = newWorld();
  put(world, "b.csv");
  put(world, "a.csv", `${WRONG}\n`);
  const seen: string[] = [];
  const result = await takeInbox(world, ({ file }) => seen.push(file));
  expect(seen).toEqual(["a.csv", "b.csv"]);
  expect(result.outcomes.map(({ outcome }) => outcome)).toEqual(["refused", "refused"]);
  expect(inboxNames(world)).toEqual([]);
  expect(takenOf(world)).toHaveLength(2);
  expect(archivedFiles(world)).toHaveLength(2);
  expect(readdirSync(world.paths.replies)).toHaveLength(2);
  expect(await receipts(world)).toEqual([
    { no: 1, file_name: "a.csv", outcome: "refused" },
    { no: 2, file_name: "b.csv", outcome: "refused" },
  ]);
});

test("what is not finished or not a file stays, and the rest goes on", async () => {
  const world = newWorld();
  put(world, "c.csv");
  for (const name of [".hidden", "~$c.xlsx", "d.csv.part", "e.tmp"]) put(world, name);
  mkdirSync(join(inboxOf(world), "folder"));
  symlinkSync("/etc/hostname", join(inboxOf(world), "link.csv"));
  await lookAtRest(inboxOf(world));
  put(world, "fresh.csv");
  const look = await lookIntoInbox(inboxOf(world));
  const { outcomes, left } = await open(world, (intake) => ingestInbox(look, intake));
  expect(outcomes.map(({ file }) => file)).toEqual(["c.csv"]);
  expect(left.map(({ file, reason }) => `${file} ${reason}`)).toEqual([
    "d.csv.part theo tên tệp thì còn đang ghi.",
    "e.tmp theo tên tệp thì còn đang ghi.",
    "folder không phải tệp; chép thẳng các tệp vào thư mục nhận.",
    "fresh.csv vừa thay đổi, có thể còn đang chép; để lại cho lần sau.",
    "link.csv không phải tệp; chép thẳng các tệp vào thư mục nhận.",
  ]);
});

test("a time stamp from the sender's machine does not decide when a file was received, nor whether", async () => {
  const world = newWorld();
  for (const [name, year] of [
    ["old.csv", "2020"],
    ["to come.csv", "2099"],
  ] as const) {
    utimesSync(put(world, name), new Date(`${year}-01-01`), new Date(`${year}-01-01`));
  }
  const { left } = await takeInbox(world);
  expect(left).toEqual([]);
  const moments = "select received_at > now() - interval 1 minute as is_now from receipt";
  expect(await world.rows(moments)).toEqual([{ is_now: true }, { is_now: true }]);
});

test("an inbox that is not there is empty; one that cannot be read is named, and is all that fails", async () => {
  const world = newWorld();
  expect((await lookIntoInbox(join(world.folder, "none"))).left).toEqual([]);
  const file = join(world.folder, "file");
  writeFileSync(file, "");
  expect((await lookIntoInbox(file)).left).toEqual([
    {
      file,
      reason: expect.stringMatching(/có tệp ở chỗ cần thư mục/),
      again: "later",
    },
  ]);
});

test("a file that stalled half way is taken in again when the rest of it comes", async () => {
  const world = newWorld();
  const [half, rest] = ["thu,UB-01,Q2,,people,5,\n", "thu,UB-01,Q2,,reached,3,\n"];
  const path = put(world, "a.csv", `${csvOf([]).trimEnd()}\n${half}`);
  await takeInbox(world);
  const [taken = ""] = takenOf(world);
  // the writer has the file open still, wherever it lies
  appendFileSync(taken, rest);
  expect(existsSync(path)).toBe(false);

  const { outcomes } = await takeInbox(world);
  expect(outcomes.map(({ file, receipt_no }) => `${file} ${receipt_no}`)).toEqual(["a.csv 2"]);
  const archived = readFileSync(join(world.paths.archive, outcomes[0]?.sha256 ?? ""), "utf8");
  expect(archived.endsWith(half + rest)).toBe(true);
  // and once only
  expect((await takeInbox(world)).outcomes).toEqual([]);
  expect(await receipts(world)).toHaveLength(2);
});

test("what was taken in goes when an hour has shown that it is what was archived; else it is taken in again", async () => {
  const world = newWorld();
  put(world, "same.csv");
  put(world, "other.csv", `${WRONG}\n`);
  await takeInbox(world);
  const hourAgo = Date.now() - 61 * 60 * 1000;
  for (const path of takenOf(world)) {
    // some copies fill in a file whose size stands, and set its time when they end
    if (path.endsWith("other.csv")) {
      execFileSync("cp", ["--preserve", path, join(world.folder, "times")]);
      writeFileSync(path, `${WRONG.replace("5", "6")}\n`);
      execFileSync("touch", ["--reference", join(world.folder, "times"), path]);
    }
    const folder = path.slice(0, path.lastIndexOf("/"));
    renameSync(folder, folder.replace(/\d{13}(\.[0-9a-f]+)$/, `${hourAgo}$1`));
  }
  const { outcomes } = await takeInbox(world);
  expect(outcomes.map(({ file }) => file)).toEqual(["other.csv"]);
  expect(takenOf(world).map((path) => path.slice(path.lastIndexOf("/") + 1))).toEqual([
    "other.csv",
  ]);
});

test("a copy that ends by setting the time of its file is no other file", async () => {
  const world = newWorld();
  put(world, "a.csv");
  await takeInbox(world);
  utimesSync(takenOf(world)[0] ?? "", new Date("2020-01-01"), new Date("2020-01-01"));
  expect((await takeInbox(world)).outcomes).toEqual([]);
  expect([takenOf(world).length, (await receipts(world)).length]).toEqual([1, 1]);
});

const ZIP_BEGUN = Buffer.from("504b0304140000000800", "hex");
const OLE_BEGUN = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(400)]);

/** How a copy that stalled may look, and what does not look like one. */
const BEGUN: [name: string, content: string | Uint8Array, expected: RegExp | null][] = [
  ["within a line.csv", WRONG.slice(0, -4), /dòng cuối chưa trọn/],
  ["without its last line break.csv", WRONG.trimEnd(), /dòng cuối chưa trọn/],
  ["utf-16.csv", Buffer.from(`\uFEFF${WRONG.trimEnd()}`, "utf16le"), /dòng cuối chưa trọn/],
  [
    "filled up with zeros.csv",
    Buffer.concat([Buffer.from(WRONG), Buffer.alloc(100)]),
    /dòng cuối chưa trọn/,
  ],
  ["begun.xlsx", ZIP_BEGUN, /thiếu phần cuối tệp/],
  ["begun.xls", OLE_BEGUN, /thiếu phần cuối tệp/],
  ["nothing.csv", "", /tệp trống/],
  ["whole.csv", WRONG, null],
  ["whole, of an old Mac.csv", WRONG.replaceAll("\n", "\r"), null],
  ["whole, utf-16.csv", Buffer.from(`\uFEFF${WRONG}`, "utf16le"), null],
  ["no table.txt", "a note, to whom it concerns", null],
  ["no text.pdf", Buffer.from("%PDF-1.7 a, b, c"), null],
];

test("what looks like the beginning of a file waits some minutes, and nothing else does", async () => {
  const world = newWorld();
  for (const [name, content] of BEGUN) put(world, name, content);
  const { outcomes, left } = await takeInbox(world);
  const whole = BEGUN.filter(([, , expected]) => expected === null).map(([name]) => name);
  expect(outcomes.map(({ file }) => file)).toEqual(whole.sort());
  for (const [name, , expected] of BEGUN.filter(([, , one]) => one !== null)) {
    const one = left.find(({ file }) => file === name);
    expect(one?.reason, name).toMatch(expected ?? "");
    const wait = Number(one?.again) - Date.now();
    expect([wait > 4 * 60_000, wait < 5 * 60_000], name).toEqual([true, true]);
  }
});

test("a form that is copied slowly is not ready before it is whole, and then without two seconds of rest", async () => {
  const world = newWorld();
  const form = readFileSync(join(import.meta.dirname, "../fixtures/forms/as-sent.xlsx"));
  const path = put(world, "a.xlsx", form.subarray(0, 10));
  const seen = new Map();
  const readyOf = async (): Promise<number> =>
    (await lookIntoInbox(inboxOf(world), seen)).ready.length;
  for (let at = 10; at < form.length; at += 1500) {
    appendFileSync(path, form.subarray(at, at + 1500));
    if (at + 1500 >= form.length) break;
    expect(await readyOf()).toBe(0);
    // longer than a whole file has to be still
    await sleep(300);
    expect(await readyOf()).toBe(0);
  }
  const { ready, left } = await lookIntoInbox(inboxOf(world), seen);
  const wait = Number(left[0]?.again ?? 0) - Date.now();
  expect(ready.length === 1 || wait < 1000).toBe(true);
  await sleep(Math.max(0, wait) + 10);
  expect(await readyOf()).toBe(1);
});

test("a name of 250 bytes and one that is no UTF-8 are names like others", async () => {
  const world = newWorld();
  put(world, `${"ế".repeat(80)}${"a".repeat(5)}.xlsx`, "not a form");
  const old = Buffer.concat([
    Buffer.from(`${inboxOf(world)}/b\xe1o c\xe1o `, "latin1"),
    Buffer.from("quý.csv"),
  ]);
  writeFileSync(old, WRONG);
  const { outcomes, left } = await takeInbox(world);
  expect(outcomes.map(({ file, reply }) => [file.slice(0, 8), existsSync(reply ?? "")])).toEqual([
    ["b⟨E1⟩o c", true],
    ["ế".repeat(8), true],
  ]);
  expect([left, inboxNames(world)]).toEqual([[], []]);
});

/** A folder in which nobody may change anything, as on a share that is for reading only. */
function setReadOnly(folder: string, isReadOnly: boolean): boolean {
  try {
    execFileSync("chattr", [isReadOnly ? "+i" : "-i", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("what cannot be moved away is put down once, and the rest goes on", async (context) => {
  const world = newWorld();
  put(world, "a.csv");
  put(world, "b.csv", `${WRONG}\n`);
  if (!setReadOnly(inboxOf(world), true)) context.skip("needs chattr, as root");
  try {
    for (let run = 1; run <= 3; run += 1) {
      const { outcomes, left } = await takeInbox(world);
      expect(outcomes.map(({ file }) => file)).toEqual(run === 1 ? ["a.csv", "b.csv"] : []);
      expect(left.map(({ file, reason }) => `${file} ${reason}`)).toEqual(
        ["a.csv", "b.csv"].map((name) =>
          expect.stringMatching(
            `^${name} đã tiếp nhận.* nhưng không lấy được ra khỏi thư mục nhận: không có quyền đọc hoặc ghi ở đó`,
          ),
        ),
      );
    }
    expect(await receipts(world)).toHaveLength(2);
    expect(readdirSync(world.paths.replies)).toHaveLength(2);
  } finally {
    setReadOnly(inboxOf(world), false);
  }
  expect((await takeInbox(world)).left).toEqual([]);
  expect([inboxNames(world), (await receipts(world)).length]).toEqual([[], 2]);
});

test("a reply that a kill prevented is written when the file is met again, under its receipt", async () => {
  const world = newWorld();
  const path = put(world, "a.csv");
  const look = await lookAtRest(inboxOf(world));
  const [first] = (await open(world, (intake) => ingestInbox(look, intake))).outcomes;
  const reply = first?.reply ?? "";
  const text = readFileSync(reply, "utf8");
  // as it lay when the program was killed after it had put it down
  renameSync(takenOf(world)[0] ?? "", path);
  const { ctime } = statSync(path, { bigint: true });
  await setReceived(world, ctime);
  renameSync(reply, `${reply}.before`);
  const { outcomes } = await takeInbox(world);
  expect(outcomes).toEqual([]);
  expect(readFileSync(reply, "utf8").replace(/\d\d:\d\d/, "")).toBe(text.replace(/\d\d:\d\d/, ""));
  expect([inboxNames(world), (await receipts(world)).length]).toEqual([[], 1]);
});

/** Moving a file is a change of it: the ledger is made to have known it as it is now. */
async function setReceived(world: World, moment: Date): Promise<void> {
  await world.rows(
    `update receipt set received_at = '${moment.toISOString()}'::timestamptz returning receipt_no`,
  );
}

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
  const look = await lookAtRest(inboxOf(world));
  const seen: string[] = [];
  const { outcomes, left } = await open(world, (intake) =>
    ingestInbox(
      look,
      {
        ...intake,
        async *ingestAll(deliveries) {
          for await (const outcome of intake.ingestAll(deliveries)) {
            replace(file);
            yield outcome;
          }
        },
      },
      { onOutcome: (outcome) => seen.push(outcome.file) },
    ),
  );
  expect([outcomes.length, seen]).toEqual([1, ["a.csv"]]);
  expect(left).toEqual([
    {
      file: "a.csv",
      reason: "đã tiếp nhận, sau đó người gửi thay tệp khác; nội dung mới để lại cho lần sau.",
      again: new Date(0),
    },
  ]);
  const now = readFileSync(file, "utf8");
  expect(now).not.toBe(WRONG);

  const next = await takeInbox(world);
  expect([next.outcomes.length, next.left]).toEqual([1, []]);
  const sha256 = next.outcomes[0]?.sha256 ?? "";
  expect(readFileSync(join(world.paths.archive, sha256), "utf8")).toBe(now);
  expect(inboxNames(world)).toEqual([]);
});
