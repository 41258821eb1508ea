import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordedNow } from "../../pipelines/cli/actor.ts";
import { choosePeriod, choosePlan } from "../../pipelines/cli/choice.ts";
import { processContext } from "../../pipelines/cli/context.ts";
import { publishedPages } from "../../pipelines/cli/shown-pages.ts";
import { acknowledgeFindings } from "../../pipelines/ledger/recorded-acts.ts";
import { readFindings } from "../../pipelines/models/finding.ts";
import { readFreeTexts } from "../../pipelines/models/free-text.ts";
import { publishReport } from "../../pipelines/publishing/publish.ts";
import { readPublishedReport } from "../../pipelines/publishing/published-reports.ts";
import { rowsIn } from "../asked.ts";
import { causesOf, newWorld, systemUser, wholeCsvOf, withPlans } from "../intake/given.ts";
import { runIn } from "./run.ts";

const NOTE = "chị Lan ở tổ 2 báo lại";
const REASON = "đã gọi hỏi chị Lan";
const PARAGRAPH = "Riêng chi Lan (tổ 2) còn gặp khó khăn.";
const WHO = ["--by", "Minh", "--reason", "theo yêu cầu của đương sự"];

test("a text that a version stands on is erased, and verify says so of the version and holds", async () => {
  const world = withPlans(newWorld("2024"), {});
  const chitieu = (...args: string[]) => runIn(world, ...args);
  const take = async (name: string, ...lines: string[]) => {
    const file = join(world.folder, name);
    writeFileSync(file, wholeCsvOf(lines));
    const day = name.startsWith("q2") ? "2024-06-08" : "2024-09-08";
    return chitieu("ingest", file, "--received", `${day}T10:00`);
  };
  await take("q2.csv", `UB-02,Q2,,people,40,${NOTE}`);
  await take("q3.csv", "UB-02,Q3,,people,400,");
  const { paths, catalogue } = world;
  const findings = await readFindings({ paths, catalogue, plan: null, period: "Q3" });
  const findingIds = findings.map(({ finding_id }) => finding_id);
  await acknowledgeFindings(paths, { findingIds, reason: REASON, ...(await recordedNow(paths)) });
  const pageOf = publishedPages(paths, processContext(process.stdout, process.stderr));
  const heads = { achieved: [PARAGRAPH, "Các phường làm tốt."] };
  for (const [code, document] of [
    ["Q2", { texts: { is_shared: false, heads } }],
    ["Q3", {}],
  ] as const) {
    const plan = choosePlan(catalogue, { id: "thu", periodCode: code });
    const { recordedAt: publishedAt, ...recording } = await recordedNow(paths);
    const published = await publishReport({
      ...{ ...recording, publishedAt, paths, catalogue, plan, document, asOf: null },
      ...{ period: choosePeriod(plan, code), class: "first", reason: "Phát hành" },
      ...{ isFinal: false, acknowledge: true, force: false, pageOf },
    });
    expect(published.version).toBe(1);
  }
  const texts = [NOTE, REASON].map((text, index) => {
    const file = join(world.folder, `text-${index}.txt`);
    writeFileSync(file, `${text}\n`);
    return file;
  });

  // nothing goes before somebody has said so twice
  const planned = await chitieu("erase", "text", "--like", ...texts, ...WHO);
  expect(planned).toMatchObject({ code: 0 });
  expect(planned.text).toMatch(/^sẽ xóa tệp của phiếu số 1 \(archive\/[0-9a-f]{64}\)$/m);
  expect(planned.text).toMatch(/^sẽ xóa nội dung của phiên bản 1, báo cáo thu Q3$/m);
  expect(planned.text).toMatch(/Chưa xóa gì: thêm --yes/);
  expect((await chitieu("verify")).text).toMatch(/^thu Q2 phiên bản 1: đúng, /m);

  const done = await chitieu("erase", "text", "--like", ...texts, ...WHO, "--yes");
  expect(done.text).toMatch(
    /^đã xóa nội dung của phiên bản 1, báo cáo thu Q3\n( {2}cùng tệp .*\n)+/m,
  );
  expect(done.text).toMatch(/Chưa tìm trong các bản sao lưu/);
  for (const file of texts) rmSync(file);
  expect(JSON.stringify(await readFreeTexts({ paths, catalogue }))).not.toMatch(/Lan/);
  const verified = await chitieu("verify");
  expect(verified.code).toBe(0);
  expect(verified.text).toMatch(
    /^thu Q2 phiên bản 1: đúng, trừ phần đã xóa, tính lại \d+ hàng, \d+ tệp .*\n {2}tệp đã nhận [0-9a-f]{64}: Minh xóa lúc \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, lý do: theo yêu cầu của đương sự$/m,
  );
  expect(verified.text).toMatch(
    /^thu Q3 phiên bản 1: đúng, trừ phần đã xóa, tính lại \d+ hàng, \d+ tệp .*\n(?:.*\n)? {2}tệp .*\.xlsx dành cho city: Minh xóa lúc /m,
  );
  expect(verified.text).toMatch(/^kho lưu trữ: đúng, đã đọc lại 1 tệp đã nhận$/m);
  expect((await chitieu("rebuild")).code).toBe(0);
  // two files, one finding, two versions, one erasure
  expect(causesOf(world)).toEqual(Array(6).fill(systemUser("command")));
  expect((await chitieu("doctor")).text).toMatch(/kho lưu trữ: đủ tệp của 1 phiếu/);

  // what is left of the version can still be had, and the marts say nothing of it
  await chitieu("build");
  const kept = JSON.stringify(await rowsIn(world.paths.marts, "from city.report_doubt"));
  expect(kept).not.toMatch(/Lan/);
  const out = join(world.folder, "out");
  const exported = await chitieu("export", "Q3", "--audience", "city", "--out", out);
  expect(exported.code).toBe(0);
  expect(exported.text).toMatch(/^thu_Q3_v1_noi-bo\.docx đã bị xóa, không còn nữa/m);

  // her name stands in what was written under a head of the report, too
  const name = join(world.folder, "name.txt");
  writeFileSync(name, "chị lan\n");
  expect((await chitieu("erase", "text", "--naming", name, ...WHO)).text).toContain(
    `sẽ xóa đoạn viết trong báo cáo "${PARAGRAPH}"\nsẽ xóa 1 nội dung trong nhật ký\n`,
  );
  const second = await chitieu("erase", "text", "--naming", name, ...WHO, "--yes");
  expect(second.text).toMatch(
    /^đã xóa 1 nội dung trong nhật ký\nđã xóa nội dung của phiên bản 1, báo cáo thu Q2$/m,
  );
  // everybody had not read it: their files stay
  expect(second.text.match(/(?<=cùng tệp )\S+/g)).toEqual([
    "thu_Q2_v1_noi-bo.xlsx",
    "thu_Q2_v1_noi-bo.docx",
    "thu_Q2_v1_noi-bo.pdf",
    "thu_Q2_v1_noi-bo.html",
    "datapackage_noi-bo.json",
  ]);
  const { city, shared } = await readVersion(world);
  expect(city.texts.map(({ text }) => text)).toEqual(
    expect.arrayContaining(["(đã xóa)", "Các phường làm tốt."]),
  );
  expect(shared.texts.map(({ text }) => text)).not.toContain("Các phường làm tốt.");
  const verifiedAgain = await chitieu("verify");
  expect(verifiedAgain.code).toBe(0);
  expect(verifiedAgain.text).toMatch(/^ {2}tệp \S+\.docx dành cho city: .* xóa lúc /m);
  expect(verifiedAgain.text).not.toMatch(/tệp \S+ dành cho shared/);
  expect((await chitieu("rebuild")).code).toBe(0);
  await chitieu("build");
  const erasuresFor = (audience: string) =>
    rowsIn(
      world.paths.marts,
      `select period, kind, things from ${audience}.report_erasure order by period, erased_at, kind`,
    );
  const erasures = { shared: await erasuresFor("shared"), city: await erasuresFor("city") };
  expect(erasures).toEqual({
    city: [
      { period: "Q2", kind: "received", things: 1 },
      { period: "Q2", kind: "file", things: 5 },
      { period: "Q2", kind: "text", things: null },
      { period: "Q3", kind: "file", things: 5 },
      { period: "Q3", kind: "received", things: 1 },
      { period: "Q3", kind: "text", things: null },
    ],
    // neither the reason nor what was written under heads was for everybody
    shared: [
      { period: "Q2", kind: "received", things: 1 },
      { period: "Q3", kind: "received", things: 1 },
    ],
  });
  for (const name of ["chị Lan", "chi Lan"]) {
    expect(placesWith(world.paths.folder, name)).toEqual([]);
  }
});

async function readVersion({ paths }: ReturnType<typeof newWorld>) {
  const choice = { planId: "thu", period: "Q2", version: 1 };
  return {
    city: await readPublishedReport(paths, { ...choice, audience: "city" }),
    shared: await readPublishedReport(paths, { ...choice, audience: "shared" }),
  };
}

/** Files and folders below a folder that say a word, in their content or their name. */
function placesWith(folder: string, word: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({ path: join(entry.parentPath, entry.name), isFile: entry.isFile() }))
    .filter(
      ({ path, isFile }) => path.includes(word) || (isFile && readFileSync(path).includes(word)),
    )
    .map(({ path }) => path);
}

test.each([
  ["--by để trống", "file", "1", "--by", " ", "--reason", "x"],
  ["không phải số phiếu", "file", "một", ...WHO],
  ["Chưa nêu nội dung nào", "text", ...WHO],
  ["thông tin cá nhân", "file", "1", "--by", "A", "--reason", "anh An 0912345678"],
])("wrong usage: %s", async (says, ...args) => {
  const { code, err } = await runIn(newWorld("2024"), "erase", ...args);
  expect([code, err]).toEqual([2, expect.stringContaining(says)]);
});
