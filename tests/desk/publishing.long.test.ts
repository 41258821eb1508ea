import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { remarkField, valueField } from "../../pipelines/desk/online-form.ts";
import { entryKey } from "../../pipelines/forms/filling.ts";
import { unpack } from "../../pipelines/workbook/zip.ts";
import { runHere } from "../cli/run.ts";
import { ledgerRows, newWorld } from "../intake/given.ts";
import { type Answer, administrator, csvFile, invited, startDesk, wordsOf } from "./given.ts";

const REPORT = "/ban-lam-viec/bao-cao/thu/Q2";

/** What a page says that whoever approves has seen. */
const approvalOf = ({ text }: Answer): Record<string, string> =>
  Object.fromEntries(
    ["substance", "proposal"].map((name) => [
      name,
      new RegExp(`name="${name}" value="(\\w+)"`).exec(text)?.[1] ?? "",
    ]),
  );

const objectionsOf = ({ text }: Answer): string[] =>
  [...text.matchAll(/<ul class="problems">(.*?)<\/ul>/gs)].flatMap(([, list = ""]) =>
    [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, said = ""]) => said),
  );

test("staff draw a report up, a leader returns it, then approves what he has seen", async () => {
  const desk = await startDesk();
  const { world } = desk;
  const admin = await administrator(desk);
  const staff = await invited(desk, admin, {
    name: "tonghop",
    shown_name: "Bà Tổng",
    role: "staff",
  });
  const leader = await invited(desk, admin, {
    name: "lanhdao",
    shown_name: "Ông Trưởng",
    role: "leader",
  });

  // nothing has come yet
  const empty = await staff.get(REPORT);
  expect(objectionsOf(empty)).toEqual(["Chưa đơn vị nào gửi báo cáo của kỳ này."]);
  for (const [ward, people] of [
    ["01", 40],
    ["02", 60],
  ] as const) {
    const file = csvFile(`${ward}.csv`, [`UB-${ward},Q2,,people,${people},`]);
    await staff.post("/ban-lam-viec/gui", { file });
  }

  // what a unit wrote on its form waits under its head, for staff to edit
  await staff.post("/ban-lam-viec/nhap/thu/Q2/UB-02", {
    ...{ act: "gui", saved_at: "", seen: "" },
    [valueField(entryKey("people"))]: "60",
    [remarkField("proposals")]: "Bổ sung kinh phí",
    [remarkField("difficulties")]: "Thiếu người",
  });
  const prefilled = await staff.get(REPORT);
  const writtenFor = (head: string) =>
    new RegExp(`name="noi-dung:${head}"[^>]*>([^<]*)<`).exec(prefilled.text)?.[1]?.trim();
  expect(writtenFor("proposals")).toBe("UBND phường Hai: Bổ sung kinh phí.");
  expect(writtenFor("shortcomings")).toMatch(
    /\nKhó khăn, vướng mắc của UBND phường Hai: Thiếu người\.$/,
  );

  // a first one is a first one; without a reason it is not submitted
  const typed = { class: "first", reason: "", number: "05/BC-UBND", dated: "", act: "trinh" };
  const wrong = await staff.post(REPORT, typed);
  expect([wrong.status, objectionsOf(wrong)]).toEqual([
    400,
    [
      "Lý do phát hành còn để trống.",
      "Số và ngày văn bản đi cùng nhau: ghi cả hai, hoặc để trống cả hai.",
    ],
  ]);
  const right = {
    ...typed,
    reason: "Báo cáo quý II",
    number: "",
    "noi-dung:tasks": "Tiếp tục rà soát địa bàn.\nBáo cáo quý III đúng hạn.",
  };
  const submitted = await staff.post(REPORT, right);
  expect(submitted.status).toBe(303);
  expect(wordsOf(await staff.follow(submitted))).toMatch(/Chờ duyệt Bà Tổng lập lúc/);
  // who prepares does not approve
  expect((await staff.post(`${REPORT}/duyet`, {})).status).toBe(403);
  expect((await leader.post(REPORT, right)).status).toBe(403);

  // the leader reads it as it will look, and returns it with a reason
  const seen = await leader.get(REPORT);
  expect(wordsOf(seen)).toContain("Tiếp tục rà soát địa bàn.");
  expect(wordsOf(await leader.get("/ban-lam-viec/bao-cao"))).toMatch(
    /Quý 2 .* 2\/\d+ chưa Chờ duyệt/,
  );
  const draft = await leader.get(`${REPORT}/du-thao.docx`);
  expect(new TextDecoder().decode(unpack(draft.bytes)?.get("word/document.xml"))).toContain(
    "Tiếp tục rà soát địa bàn.",
  );
  const returned = await leader.post(`${REPORT}/tra-lai`, { reason: "Bổ sung kiến nghị" });
  expect(returned.status).toBe(303);
  expect((await leader.post(`${REPORT}/duyet`, {})).status).toBe(409);
  expect(wordsOf(await staff.get(REPORT))).toMatch(/Ông Trưởng trả lại lúc .*: Bổ sung kiến nghị/);
  await staff.post(REPORT, { ...right, "noi-dung:proposals": "Đề nghị tỉnh hỗ trợ kinh phí." });

  // what was drawn up anew after he opened the page is looked at first
  const first = approvalOf(await leader.get(REPORT));
  await staff.post(REPORT, {
    ...right,
    "noi-dung:proposals": "Đề nghị tỉnh hỗ trợ kinh phí năm sau.",
  });
  const redrawn = await leader.post(`${REPORT}/duyet`, first);
  expect([redrawn.status, wordsOf(redrawn)]).toEqual([
    409,
    expect.stringContaining("Dự thảo đã được sửa sau khi trang này được mở."),
  ]);

  // so are figures that came in meanwhile
  const seenNow = approvalOf(redrawn);
  await staff.post("/ban-lam-viec/gui", { file: csvFile("1.csv", ["UB-01,Q2,,people,41,"]) });
  const changed = await leader.post(`${REPORT}/duyet`, seenNow);
  expect([changed.status, wordsOf(changed)]).toEqual([
    409,
    expect.stringContaining("Số liệu đã thay đổi sau khi trang này được mở."),
  ]);
  expect(await ledgerRows(world, "from publication")).toEqual([]);
  const now = approvalOf(changed);
  const approved = await leader.post(`${REPORT}/duyet`, now);
  expect(wordsOf(approved)).toMatch(/Đã phát hành phiên bản 1, mã kiểm tra [0-9A-F-]{23}\./);
  expect(wordsOf(approved)).toMatch(/Quý 2 .* 2\/\d+ Phiên bản 1 /);

  // the version carries both names, the entry who published it
  const [version] = await ledgerRows(world, "select document, reason from publication");
  expect(version?.reason).toBe("Báo cáo quý II");
  const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
  expect(JSON.parse(String(version?.document))).toMatchObject({
    prepared: { name: "Bà Tổng", at: moment },
    approved: { name: "Ông Trưởng", at: moment },
    texts: {
      is_shared: false,
      heads: {
        tasks: ["Tiếp tục rà soát địa bàn.", "Báo cáo quý III đúng hạn."],
        proposals: ["Đề nghị tỉnh hỗ trợ kinh phí năm sau."],
      },
    },
  });
  const entry = readdirSync(world.paths.entries).find((name) => name.endsWith("-publication.json"));
  expect(JSON.parse(readFileSync(join(world.paths.entries, entry ?? ""), "utf8")).by).toEqual({
    way: "desk",
    account: "lanhdao",
    name: "Ông Trưởng",
    role: "Lãnh đạo",
  });
  // once more needs a new proposal, which is no first one
  expect((await leader.post(`${REPORT}/duyet`, now)).status).toBe(409);
  const verified = await runHere([
    "verify",
    "--warehouse",
    world.paths.folder,
    "--sources",
    world.sources,
  ]);
  expect([verified.code, verified.err]).toEqual([0, ""]);
});

test("where the plan says so, who has prepared a report approves it himself, and nobody else's", async () => {
  const world = newWorld("2024");
  const plan = world.catalogue.plans[0]?.file ?? "";
  writeFileSync(plan, `approval: one_person\n${readFileSync(plan, "utf8")}`);
  const desk = await startDesk(world);
  const admin = await administrator(desk);
  const staff = await invited(desk, admin, { name: "tonghop", role: "staff" });
  const other = await invited(desk, admin, { name: "vanthu", role: "staff" });
  await staff.post("/ban-lam-viec/gui", { file: csvFile("1.csv", ["UB-01,Q2,,people,40,"]) });
  const submitted = await staff.post(REPORT, { class: "first", reason: "Định kỳ", act: "trinh" });
  const seen = await staff.follow(submitted);
  expect(wordsOf(seen)).toMatch(/một người vừa lập vừa duyệt báo cáo\. Duyệt và phát hành/);
  expect(wordsOf(seen)).not.toContain("Lý do trả lại");
  const others = await other.get(REPORT);
  expect(wordsOf(others)).not.toContain("Duyệt và phát hành");
  expect((await other.post(`${REPORT}/duyet`, approvalOf(seen))).status).toBe(403);
  expect((await staff.post(`${REPORT}/tra-lai`, { reason: "x" })).status).toBe(403);
  expect(wordsOf(await staff.post(`${REPORT}/duyet`, approvalOf(seen)))).toMatch(
    /Đã phát hành phiên bản 1, mã kiểm tra/,
  );
  const [version] = await ledgerRows(world, "select document from publication");
  expect(JSON.parse(String(version?.document))).toMatchObject({
    prepared: { name: "tonghop" },
    approved: { name: "tonghop" },
  });
});
