import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { Failure } from "../../pipelines/vocabulary/failure.ts";
import { formOf } from "./form-given.ts";
import {
  archivedFiles,
  csvOf,
  newWorld,
  problemText,
  type Sent,
  send,
  sendOne,
  type World,
  wholeCsvOf,
} from "./given.ts";

const states = (world: World) =>
  world.rows(`select measure, state || coalesce(' ' || value, '') as state
    from reading order by submission_no, measure, area_id`);

test("a form is taken in with its blanks, and kept in the archive as it came", async () => {
  const world = newWorld();
  const content = await formOf(world, "UB-01", { people: "120", reached: "0", has_plan: "Có" });
  const outcome = await sendOne(world, { file: "biểu.xlsx", content });
  expect(outcome).toMatchObject({ outcome: "accepted", medium: "form", problems: [] });
  expect(outcome.submissions).toEqual([
    {
      plan_id: "thu",
      unit_id: "UB@2",
      unit_name: "UBND phường Một",
      period: "Q2",
      period_name: "Quý 2",
      is_nil_return: false,
      readings: 3,
      replaces_earlier: false,
      left_out: 0,
      newer_received_at: null,
    },
  ]);
  expect(await world.rows("select unit_id, unit_code from submission")).toEqual([
    { unit_id: "UB@2", unit_code: "UB-01" },
  ]);
  expect(await states(world)).toEqual([
    { measure: "budget", state: "blank" },
    { measure: "has_plan", state: "reported 1.0000" },
    { measure: "people", state: "reported 120.0000" },
    { measure: "reached", state: "reported 0.0000" },
    { measure: "visits", state: "blank" },
    { measure: "visits_day", state: "blank" },
    { measure: "visits_night", state: "blank" },
  ]);
  const sha256 = createHash("sha256").update(content).digest("hex");
  expect(archivedFiles(world)).toEqual([sha256]);
  expect(readFileSync(join(world.paths.archive, sha256)).equals(Buffer.from(content))).toBe(true);
});

const NIL = Object.fromEntries(
  ["budget", "has_plan", "reached", "visits", "visits_day", "visits_night"].map((measure) => [
    measure,
    "nil 0.0000",
  ]),
);

/** Forms, and what becomes of them: the states of their readings, or their problems. */
const FORMS: [
  what: string,
  unit: string,
  figures: Record<string, string>,
  nilReturn: boolean,
  becomes: Record<string, string> | string[],
][] = [
  [
    "a nil return makes blank flows nil and leaves stocks",
    ...(["UB-01", { people: "12" }, true] as const),
    { ...NIL, people: "reported 12.0000" },
  ],
  [
    "a nil return with nothing else is a report, in which stocks stay blank",
    ...(["UB-02", {}, true] as const),
    { ...NIL, people: "blank" },
  ],
  [
    "a nil return with a figure is refused, and the cell is named",
    ...(["UB-01", { reached: "3" }, true] as const),
    ["Biểu số liệu!F24 nil_return_with_figure: UBND phường Một | Số người được tuyên truyền | 3"],
  ],
  [
    "a form of a department by area",
    ...(["GD", { "pupils 01": "10", "pupils 02": "20", rate: "1.125" }, false] as const),
    { "pupils 2": "reported 10.0000", "pupils 3": "reported 20.0000", rate: "reported 1.1250" },
  ],
  [
    "an empty form without a nil return is refused",
    ...(["UB-01", {}, false] as const),
    ["Biểu số liệu!A1 submission_empty: UBND phường Một | Quý 2"],
  ],
];

test("what is blank on a form is nil or blank, as the form says", async () => {
  const world = newWorld();
  const sent: Sent[] = [];
  for (const [, unit, figures, nilReturn] of FORMS) {
    sent.push({ content: await formOf(world, unit, figures, { nilReturn }) });
  }
  const outcomes = await send(world, ...sent);
  const rows =
    await world.rows(`select receipt_no, measure || if(unit_id = 'GD', coalesce(' ' || area_id, ''), '') as place,
      state || coalesce(' ' || value, '') as state
    from reading join submission using (submission_no) where unit_id <> 'GD' or state <> 'blank'`);
  const states = (receipt: number): Record<string, unknown> =>
    Object.fromEntries(
      rows.flatMap(({ receipt_no, place, state }) =>
        Number(receipt_no) === receipt ? [[String(place), state]] : [],
      ),
    );
  expect(
    outcomes.map(({ outcome, receipt_no, problems }) =>
      outcome === "refused" ? problems.map(problemText) : states(receipt_no),
    ),
  ).toEqual(FORMS.map(([, , , , becomes]) => becomes));
  const nil = outcomes.slice(0, 2).map(({ submissions: [one] }) => one);
  expect(nil).toMatchObject([
    { is_nil_return: true, readings: 7 },
    { is_nil_return: true, readings: 6 },
  ]);
});

test("the same file again changes nothing, under whatever name, and says when it came first", async () => {
  const world = newWorld();
  const content = csvOf(["UB-01,Q2,,people,5,"]);
  const outcomes = await send(
    world,
    { content, received: "2030-06-01T08:00" },
    { content, file: "khac.txt", received: "2030-06-02T08:00" },
  );
  expect(outcomes.map(({ outcome, first_received_at }) => [outcome, first_received_at])).toEqual([
    ["accepted", null],
    ["duplicate", "2030-06-01 08:00:00"],
  ]);
  expect(
    await world.rows(`select
        (select count(*) from receipt)::integer as receipts,
        (select count(*) from submission)::integer as submissions,
        (select count(*) from reading)::integer as readings`),
  ).toEqual([{ receipts: 2, submissions: 1, readings: 1 }]);
});

test("a refused file leaves its problems in the ledger, the file in the archive, a reply, no figures", async () => {
  const world = newWorld();
  const content = csvOf(["UB-01,Q2,,people,5,", "UB-01,Q2,,reached,trên 100,"]);
  const outcome = await sendOne(world, {
    file: "../../báo cáo\u202e.csv",
    content,
    received: "2030-06-08T14:05",
  });
  expect(existsSync(join(world.paths.archive, outcome.sha256))).toBe(true);
  expect(await world.rows("select problem_no, code, line::integer as line from problem")).toEqual([
    { problem_no: 1, code: "not_a_number", line: 3 },
  ]);
  expect(await world.rows("select count(*)::integer as readings from reading")).toEqual([
    { readings: 0 },
  ]);
  expect(basename(outcome.reply ?? "")).toBe("2030-06-08-1-báo-cáo-.txt");
  // its words are those of snapshots/reply.txt
  expect(readFileSync(outcome.reply ?? "", "utf8")).toMatch(
    /^\uFEFF.+\n\n.+: báo cáo⟨U\+202E⟩\.csv\n.+: 14:05 08\/6\/2030\n.+: 1\n\n.+\n\n1\. .+ 3: .+“trên 100”/,
  );
});

test("a refused file is judged again, a file of many units makes a submission of each, a correction a second", async () => {
  const world = newWorld();
  const refused = csvOf(["UB-01,Q2,,people,x,"]);
  const outcomes = await send(
    world,
    { content: refused },
    { content: refused },
    { content: csvOf(["UB-01,Q2,,people,5,", "UB-02,Q2,,people,6,", "UB-02,Q3,,people,7,"]) },
    { content: csvOf(["UB-01,Q2,,people,8,"]), received: "2030-12-21T10:00" },
  );
  expect(
    outcomes.map(({ outcome, submissions }) => [
      outcome,
      ...submissions.map((one) => `${one.unit_id} ${one.period} ${one.replaces_earlier}`),
    ]),
  ).toEqual([
    ["refused"],
    ["refused"],
    ["accepted", "UB@2 Q2 false", "UB@3 Q2 false", "UB@3 Q3 false"],
    ["accepted", "UB@2 Q2 true"],
  ]);
  // the first one stays as it was
  expect(await world.rows("select value from reading order by submission_no")).toEqual(
    ["5.0000", "6.0000", "7.0000", "8.0000"].map((value) => ({ value })),
  );
});

test("a file from the future is wrong usage, and nothing is put down", async () => {
  const world = newWorld();
  const { paths, catalogue } = world;
  const attempt = withIntake(
    {
      paths,
      catalogue,
      isDemonstration: false,
      softwareVersion: "test",
    },
    ({ ingest }) =>
      ingest({
        file: "x.csv",
        content: { bytes: Buffer.from(csvOf([])) },
        receivedAt: new Date("2030-01-02"),
        recordedAt: new Date("2030-01-01"),
      }),
  );
  await expect(attempt).rejects.toThrow(/không thể được nhận ở một thời điểm chưa đến/);
  expect(await world.rows("select * from receipt")).toEqual([]);
});

test.each(["archive", "ledger"] as const)(
  "a warehouse whose %s cannot be written is a clear failure",
  async (part) => {
    const world = newWorld();
    mkdirSync(world.paths.folder, { recursive: true });
    if (part === "archive") writeFileSync(world.paths.archive, "in the way");
    else mkdirSync(world.paths.ledger);
    const attempt = sendOne(world, { content: csvOf(["UB-01,Q2,,people,5,"]) });
    await expect(attempt).rejects.toThrow(Failure);
  },
);

test("what a killed intake left staged is cleared away, and never counted", async () => {
  const world = newWorld();
  mkdirSync(world.paths.archive, { recursive: true });
  writeFileSync(join(world.paths.archive, ".staged-left"), "half");
  const { sha256 } = await sendOne(world, { content: csvOf(["UB-01,Q2,,people,5,"]) });
  expect(archivedFiles(world)).toEqual([sha256]);
});

test("what a killed intake left of a ledger that it was making is cleared away", async () => {
  const world = newWorld();
  mkdirSync(world.paths.folder, { recursive: true });
  writeFileSync(join(world.paths.folder, ".ledger-left"), "half");
  const outcome = await sendOne(world, { content: wholeCsvOf(["UB-01,Q2,,people,5,"]) });
  expect(outcome.outcome).toBe("accepted");
  expect(readdirSync(world.paths.folder).sort()).toEqual(["archive", "ledger.duckdb"]);
});
