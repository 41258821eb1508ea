import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "@duckdb/node-api";
import { beforeAll, expect, test } from "vitest";
import { entryKey } from "../../pipelines/forms/filling.ts";
import type { Delivery, Outcome } from "../../pipelines/intake/delivery.ts";
import type { Intake } from "../../pipelines/intake/ingest.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { formOf } from "./form-given.ts";
import { csvOf, newWorld, open, takeInbox, type World } from "./given.ts";

type Content = Uint8Array | string;

const NOTE_OF_A_PERSON = new Map([[entryKey("people"), "Nguyễn Văn An CCCD 020190001234"]]);

/** Files in their order, of which some belong together, some stand in the way, and some are wrong. */
async function filesOf(world: World): Promise<Content[]> {
  const right = await formOf(world, "UB-01", { people: "100", reached: "40" });
  return [
    right,
    await formOf(world, "UB-02", { people: "200" }),
    // refused, between two that are right
    await formOf(world, "UB-02", { people: "10", reached: "11" }, { period: "Q1" }),
    await formOf(world, "UB-02", { people: "300", budget: "12,5" }, { period: "Q3" }),
    // for the same unit and period as the first: counts in its place
    await formOf(world, "UB-01", { people: "101" }),
    // the first once more: corrected back
    right,
    await formOf(world, "UB-03", { people: "400" }, { period: "Q3" }),
    csvOf(["UB-03,Q3,,people,401,"]),
    await formOf(world, "UB-03", { people: "402" }, { period: "Q3" }),
    "no report at all",
    await formOf(world, "UB-03", { people: "1.120" }, { period: "Q4" }),
    await formOf(world, "UB-02", {}, { period: "Q4" }),
    await formOf(world, "GD", { budget: "7" }, { period: "Q4" }),
    await formOf(world, "UB-01", { people: "9" }, { period: "Q4" }),
    await formOf(world, "UB-01", { people: "9" }, { period: "Q4" }),
    // each wrong in its own way, with right ones: not a number twice, of a person and so not kept
    await formOf(world, "UB-01", { people: "khoảng 40", reached: "vài" }, { period: "Q1" }),
    await formOf(world, "UB-02", { people: "5" }, { period: "Q2", notes: NOTE_OF_A_PERSON }),
    await formOf(world, "UB-02", { people: "7" }, { period: "Q1" }),
    await formOf(world, "GD", { budget: "-3" }, { period: "Q1" }),
  ];
}

/** What is in a ledger, without the numbers that depend on which file was put down first. */
async function contentOf(world: World): Promise<Record<string, Json>[][]> {
  const sql = [
    "select sha256, outcome, medium, received_at::varchar, count(*) as times from receipt group by all order by all",
    "select sha256, problem_no, problem.* exclude (receipt_no, problem_no) from problem join receipt using (receipt_no) order by all",
    "select distinct sha256, refusal.* exclude (receipt_no) from refusal join receipt using (receipt_no) order by all",
    `select sha256, submission.* exclude (receipt_no, submission_no), reading.* exclude (submission_no)
    from reading join submission using (submission_no) join receipt using (receipt_no) order by all`,
    // of two for the same unit and period, which was put down later
    `select unit_id, period, list(sha256 order by submission_no) as files
    from submission join receipt using (receipt_no) group by all order by all`,
  ];
  return Promise.all(sql.map((one) => world.rows(one)));
}

/** What becomes of the files: their outcomes, and what the ledger has then. */
async function taken(world: World, ingest: (intake: Intake) => AsyncIterable<Outcome>) {
  const outcomes: string[] = [];
  await open(world, async (intake) => {
    for await (const { file, outcome, problems, submissions } of ingest(intake)) {
      outcomes.push(JSON.stringify([file, outcome, problems, submissions]));
    }
  });
  return { outcomes, content: await contentOf(world) };
}

const MOMENT = parseMoment("2030-12-20T10:00");
const copiesIn = ({ paths }: World) =>
  readdirSync(paths.archive).filter((name) => name.startsWith("."));

let deliveries: Delivery[] = [];
let single: Awaited<ReturnType<typeof taken>>;
beforeAll(async () => {
  const world = newWorld();
  deliveries = (await filesOf(world)).map((content, index) => ({
    file: `${index}.xlsx`,
    content: { bytes: typeof content === "string" ? Buffer.from(content) : content },
    receivedAt: MOMENT,
    recordedAt: MOMENT,
  }));
  single = await taken(world, async function* ({ ingest }) {
    for (const delivery of deliveries) yield ingest(delivery);
  });
  expect(single.outcomes.filter((one) => one.includes('"accepted"'))).toHaveLength(12);
});

test.each([3, undefined])("files at most %j together end as each by itself", async (most) => {
  const world = newWorld();
  const together = await taken(world, async function* ({ ingestAll }) {
    for await (const one of ingestAll(deliveries, most)) {
      if (one instanceof Error) throw one;
      yield one[0];
    }
  });
  expect(together).toEqual(single);
  expect(copiesIn(world)).toEqual([]);
});

test("of forms that were read while others were judged no copy is left where nobody takes them in", async () => {
  const world = newWorld();
  await open(world, async ({ ingestAll }) => {
    for await (const _ of ingestAll(deliveries, 3)) {
      expect(copiesIn(world).length).toBeGreaterThan(0);
      break;
    }
    expect(copiesIn(world)).toEqual([]);
  });
});

test("the forms of an inbox are put down in one entry", async () => {
  const world = newWorld("2024");
  for (const unit of ["UB-01", "UB-02", "GD"]) {
    const form = await formOf(world, unit, unit === "GD" ? { budget: "1" } : { people: "1" });
    writeFileSync(join(world.sources, "inbox", `${unit}.xlsx`), form);
  }
  const { outcomes } = await takeInbox(world);
  expect(outcomes.map(({ outcome, receipt_no }) => `${outcome} ${receipt_no}`)).toEqual([
    "accepted 1",
    "accepted 2",
    "accepted 3",
  ]);
  expect(await world.rows("select count(*) as entries from entry")).toEqual([{ entries: "1" }]);
});

test("forms of several senders are judged together, and each has an entry of its own", async () => {
  const world = newWorld();
  const [plan] = world.catalogue.plans;
  const period = { period: "Q4" };
  const sent = [
    // sender, unit whose form it is, unit that he may report for
    ["a", "UB-01", "UB-01"],
    ["b", "UB-02", "UB-02"],
    ["a", "UB-03", "UB-03"],
    // not his own: refused by itself
    ["c", "GD", "UB-02"],
  ] as const;
  const deliveries: Delivery[] = [];
  for (const [account, unit, own] of sent) {
    deliveries.push({
      file: `${unit}.xlsx`,
      content: {
        bytes: await formOf(world, unit, unit === "GD" ? { budget: "1" } : { people: "1" }, period),
      },
      receivedAt: MOMENT,
      recordedAt: MOMENT,
      by: { way: "desk", account, name: account, role: "clerk" },
      mayReport: new Set([JSON.stringify([plan?.plan.id, own, "Q4"])]),
    });
  }
  const outcomes: string[] = [];
  await open(world, async ({ ingestAll }) => {
    for await (const one of ingestAll(deliveries)) {
      if (one instanceof Error) throw one;
      outcomes.push(`${one[0].file} ${one[0].outcome}`);
    }
  });
  expect(outcomes).toEqual([
    "UB-01.xlsx accepted",
    "UB-02.xlsx accepted",
    "UB-03.xlsx accepted",
    "GD.xlsx refused",
  ]);
  const entries = await world.rows(`select entry_no, content::json ->> '$.by.account' as account,
      list(file_name order by receipt_no) as files from entry, (from receipt) as receipt
    where list_contains(content::json ->> '$.rows.receipt[*].receipt_no', receipt_no::varchar)
    group by all order by all`);
  expect(entries.map(({ account, files }) => [account, files])).toEqual([
    ["a", ["UB-01.xlsx", "UB-03.xlsx"]],
    ["b", ["UB-02.xlsx"]],
    ["c", ["GD.xlsx"]],
  ]);
  const readings = (joined: string) => world.rows(`select count(*) as n from reading ${joined}`);
  expect(await readings("")).toEqual(
    await readings("join submission using (submission_no) join receipt using (receipt_no)"),
  );
});
