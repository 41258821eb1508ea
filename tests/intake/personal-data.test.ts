import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeXlsx } from "hucre/xlsx";
import { expect, test } from "vitest";
import { pack, unpack } from "../../pipelines/workbook/zip.ts";
import { zipOf } from "../readers/zip-given.ts";
import { formOf } from "./form-given.ts";
import {
  archivedFiles,
  csvOf,
  newWorld,
  problemText,
  send,
  sendOne,
  sendPackage,
  takeInbox,
  type World,
} from "./given.ts";
import { mailOf } from "./mail-given.ts";

const formWithNote = (world: World, note: string, proposal = ""): Promise<Uint8Array> =>
  formOf(
    world,
    "UB-01",
    { people: "12" },
    { notes: new Map([["people", note]]), remarks: { proposals: proposal } },
  );

const PERSONS = {
  name: "Danh sách",
  rows: [
    ["Họ và tên", "Số điện thoại"],
    ["Nguyễn Văn An", "0912345678"],
  ],
};

/** Files that hold personal data, and where they are said to. */
const FILES: [
  name: string,
  content: (world: World) => Promise<string | Uint8Array>,
  places: string[],
][] = [
  [
    "a note in a form",
    (world) => formWithNote(world, "gọi Nguyễn Văn An 0912345678"),
    ["Biểu số liệu!G23"],
  ],
  [
    "what a unit asks for",
    (world) => formWithNote(world, "", "hỗ trợ Nguyễn Văn An, 0912345678"),
    ["Biểu số liệu!D33"],
  ],
  [
    "a workbook without a form",
    async () => writeXlsx({ sheets: [PERSONS] }),
    ["Danh sách!A1", "Danh sách!A2", "Danh sách!B1", "Danh sách!B2"],
  ],
  [
    "a CSV file",
    async () =>
      csvOf(["UB-01,Q2,,people,x,", "UB-01,Q2,,visits,5,Nguyễn Văn An CCCD 020190001234"]),
    ["3"],
  ],
  ["a telephone in place of a figure", async () => csvOf(["UB-01,Q2,,people,0912345678,"]), ["2"]],
  [
    "a text of another layout",
    async () => "stt;ho_ten;cccd\n1;Nguyễn Văn An;020190001234\n",
    ["1", "2"],
  ],
  [
    "a text in UTF-16",
    async () => Buffer.from("\uFEFFstt\tSĐT\n1\t0912345678\n", "utf16le"),
    ["2", "1"],
  ],
];

test.each(FILES)("refused and kept nowhere: %s", async (_, make, places) => {
  const world = newWorld();
  const outcome = await sendOne(world, { file: "gui.xlsx", content: await make(world) });
  expect(outcome).toMatchObject({ outcome: "refused", is_kept: false });
  expect(new Set(outcome.problems.map(({ code }) => code))).toEqual(new Set(["personal_data"]));
  const found = outcome.problems.map(({ sheet, cell, line }) => String(line ?? `${sheet}!${cell}`));
  expect(found.sort()).toEqual([...places].sort());

  expect(archivedFiles(world)).toEqual([]);
  const [receipt] = await world.rows("select outcome, sha256 from receipt");
  expect(receipt).toEqual({ outcome: "refused", sha256: outcome.sha256 });
  const written = [world.paths.archive, world.paths.replies].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), "utf8")),
  );
  expect(written.length).toBeGreaterThan(0);
  expect(written.join("\n") + JSON.stringify(outcome)).not.toMatch(
    /Nguyễn|0912345678|020190001234/,
  );
});

/** All that is kept of what came, names of files included: journal, archive, ledger, replies. */
async function keptOf(world: World): Promise<string> {
  const written = [world.paths.archive, world.paths.replies].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).map((one) =>
      one.isFile() ? one.name + readFileSync(join(one.parentPath, one.name), "utf8") : one.name,
    ),
  );
  return written.join("\n") + JSON.stringify(await world.rows("from receipt"));
}

const ABOUT_SOMEBODY = /Zebra|Nguyễn|0912345678|1990/;
const ONE = csvOf(["UB-01,Q2,,people,5,"]);

/** Names of somebody, wherever a file may bear one, and what becomes of what came. */
const NAMED: [what: string, file: string, content: string | Uint8Array, becomes: string[]][] = [
  ["a file", "Zebraname-0912345678.csv", ONE, ["ten-tep-khong-luu.csv accepted kept"]],
  ["a list", "danh sach Nguyễn Văn An SN 1990.csv", ONE, ["ten-tep-khong-luu.csv accepted kept"]],
  [
    "an archive",
    "Zebra_0912345678.zip",
    zipOf({ "a.csv": ONE }),
    ["ten-tep-khong-luu.zip accepted kept", "ten-tep-khong-luu.zip › a.csv accepted kept"],
  ],
  [
    "a file of an archive",
    "a.zip",
    zipOf({ "Zebra 0912345678/b.csv": ONE }),
    ["a.zip accepted not kept", "a.zip › ten-tep-khong-luu › b.csv accepted kept"],
  ],
  [
    "an attachment",
    "a.eml",
    mailOf([{ name: "Zebra 0912345678.csv", content: ONE }], { letter: "" }),
    ["a.eml accepted not kept", "a.eml › ten-tep-khong-luu.csv accepted kept"],
  ],
  [
    "what a mail is about",
    "a.eml",
    mailOf([{ name: "a.csv", content: ONE }], { letter: "", subject: "gui Zebra 0912345678" }),
    ["a.eml accepted not kept", "a.eml › a.csv accepted kept"],
  ],
];

test.each(NAMED)(
  "a name refuses nothing, and is kept nowhere: %s",
  async (_, file, content, all) => {
    const world = newWorld();
    const outcomes = await sendPackage(world, { file, content });
    const becomes = outcomes.map(
      (one) => `${one.file} ${one.outcome} ${one.is_kept ? "kept" : "not kept"}`,
    );
    expect(becomes).toEqual(all);
    const problems = outcomes.flatMap((one) => one.problems);
    expect(problems.map(({ severity }) => severity)).not.toContain("error");
    expect(problems.map(({ found }) => found).join()).toContain("không được lưu");
    expect((await keptOf(world)) + JSON.stringify(outcomes)).not.toMatch(ABOUT_SOMEBODY);
  },
);

test("nor does a property: the file is kept as it came, and asked about without a quote", async () => {
  const world = newWorld();
  const parts = unpack(Buffer.from(await formOf(world, "UB-01", { people: "12" }))) ?? new Map();
  const core = "<cp:coreProperties><dc:title>Zebra 0912345678</dc:title></cp:coreProperties>";
  parts.set("docProps/core.xml", Buffer.from(core));
  const outcome = await sendOne(world, { file: "a.xlsx", content: pack(parts, 6) });
  expect(outcome).toMatchObject({ outcome: "accepted", is_kept: true });
  expect(outcome.problems.map(({ found }) => found)).toEqual([
    expect.stringMatching(/^Thuộc tính của tệp có thể là dữ liệu cá nhân \(số điện thoại\)/),
  ]);
  expect(JSON.stringify(outcome) + readFileSync(outcome.reply ?? "", "utf8")).not.toMatch(
    ABOUT_SOMEBODY,
  );
  expect(await world.rows("select said from held_text")).toEqual([]);
});

test("what stays in the inbox is told by no such name", async () => {
  const world = newWorld();
  const inbox = join(world.sources, "inbox");
  writeFileSync(join(inbox, "Zebra 0912345678.csv"), csvOf(["UB-01,Q2,,people,5,gọi 0912345678"]));
  const { outcomes, left } = await takeInbox(world);
  expect(left.map(({ file }) => file)).toEqual(["ten-tep-khong-luu.csv"]);
  expect((await keptOf(world)) + JSON.stringify([outcomes, left])).not.toMatch(ABOUT_SOMEBODY);
});

test("what may be about a person lets the file in, with a doubt that does not quote it", async () => {
  const world = newWorld();
  const note = "anh Tuấn báo lại sau";
  const form = await sendOne(world, { file: "a.xlsx", content: await formWithNote(world, note) });
  const asked = await sendOne(world, {
    file: "b.xlsx",
    content: await formWithNote(world, "", note),
  });
  expect(await world.rows("select receipt_no::integer as no, said from held_text")).toEqual([
    { no: 1, said: note },
    { no: 2, said: note },
  ]);
  const csv = await sendOne(world, { content: csvOf([`UB-01,Q2,,people,5,${note}`]) });
  // a telephone that a sheet took for a number
  const number = await sendOne(world, { content: csvOf(["UB-01,Q2,,people,5,912345678"]) });
  for (const { outcome, is_kept, problems } of [form, asked, csv, number]) {
    expect([outcome, is_kept]).toEqual(["accepted", true]);
    expect(problems.map(({ severity, code }) => [severity, code])).toEqual([
      ["doubt", "may_be_personal"],
    ]);
    expect(JSON.stringify(problems)).not.toContain("Tuấn");
  }
});

test("words of the work are neither", async () => {
  const world = newWorld();
  const words = [
    "Không phát sinh năm 2024",
    "Số học sinh năm học 2023-2024 giảm",
    "Đăng tại địa chỉ: langson.gov.vn",
    // a note about the figure, beside a signature
    "tăng do sáp nhập tổ 3 vào tổ 5 ngày 10/6/2030",
  ];
  const codes = ["people", "reached", "visits", "budget"];
  const form = await formOf(world, "UB-01", Object.fromEntries(codes.map((code) => [code, "5"])), {
    notes: new Map(codes.map((code, index) => [code, words[index] ?? ""])),
    remarks: { proposals: words.join(". ") },
  });
  const csv = csvOf(words.map((note, index) => `UB-02,Q2,,${codes[index]},5,${note}`));
  const outcomes = await send(world, { content: form }, { content: csv });
  expect(outcomes.map(({ outcome, problems }) => [outcome, problems.map(problemText)])).toEqual([
    ["accepted", []],
    ["accepted", []],
  ]);
});

test("the name of a person in place of a figure refuses the file without being quoted", async () => {
  const world = newWorld();
  const outcome = await sendOne(world, { content: csvOf(["UB-01,Q2,,people,Nguyễn Văn An,"]) });
  expect(outcome).toMatchObject({ outcome: "refused", is_kept: false });
  expect(JSON.stringify(outcome)).not.toContain("Nguyễn");
});

test("the unit is known to have sent something for the period", async () => {
  const world = newWorld();
  await sendOne(world, { file: "a.xlsx", content: await formWithNote(world, "0912345678") });
  expect(await world.rows("select unit_id, period from refusal")).toEqual([
    { unit_id: "UB@2", period: "Q2" },
  ]);
});

test("it is left in the inbox and named each time, with one receipt and one reply", async () => {
  const world = newWorld();
  const inbox = join(world.sources, "inbox");
  writeFileSync(join(inbox, "a.csv"), csvOf(["UB-01,Q2,,people,5,gọi 0912345678"]));
  utimesSync(join(inbox, "a.csv"), new Date(), new Date());
  const runs = [];
  for (let run = 0; run < 2; run += 1) runs.push(await takeInbox(world));
  for (const [run, { outcomes, left }] of runs.entries()) {
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(run === 0 ? ["refused"] : []);
    expect(left.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("có dữ liệu cá nhân"),
    ]);
  }
  expect(existsSync(join(inbox, "a.csv"))).toBe(true);
  expect(await world.rows("select receipt_no from receipt")).toHaveLength(1);
  expect(readdirSync(world.paths.replies)).toHaveLength(1);
});

test("cleaned and sent again it is taken in", async () => {
  const world = newWorld();
  const outcomes = await send(
    world,
    { content: csvOf(["UB-01,Q2,,people,5,gọi 0912345678"]), received: "2030-12-19T10:00" },
    { content: csvOf(["UB-01,Q2,,people,5,"]) },
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["refused", "accepted"]);
});
