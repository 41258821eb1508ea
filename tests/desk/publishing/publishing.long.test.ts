import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NIL_FIELD, remarkField, valueField } from "../../../pipelines/desk/office/online-form.ts";
import { entryKey } from "../../../pipelines/forms/filling.ts";
import { pack, unpack } from "../../../pipelines/workbook/zip.ts";
import { runIn } from "../../cli/run.ts";
import { newWorld } from "../../intake/given.ts";
import {
  type Answer,
  administrator,
  approvalOf,
  csvFile,
  expectSaid,
  fieldsOf,
  invited,
  startDesk,
  wordsOf,
} from "../given.ts";

const REPORT = "/ban-lam-viec/bao-cao/thu/Q2";

const SENT = { act: "gui", saved_at: "", seen: "" };

const objectionsOf = ({ text }: Answer): string[] =>
  [...text.matchAll(/<ul class="problems">(.*?)<\/ul>/gs)].flatMap(([, list = ""]) =>
    [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, item = ""]) => item),
  );

test("staff draw a report up, a leader returns it, then approves what he has seen", async () => {
  const desk = await startDesk();
  const { world } = desk;
  const admin = await administrator(desk);
  const staff = await invited(admin, "staff", "tonghop", { shown_name: "Bà Tổng" });
  const leader = await invited(admin, "leader", "lanhdao", { shown_name: "Ông Trưởng" });

  // nothing has come yet
  const empty = await staff.get(REPORT);
  expect(objectionsOf(empty)).toEqual(["Chưa đơn vị nào gửi báo cáo của kỳ này."]);
  for (const line of ["UB-01,Q2,,people,40,", "UB-02,Q2,,people,60,"]) {
    await staff.post("/ban-lam-viec/gui", { file: csvFile("1.csv", [line]) });
  }

  // what a unit wrote on its form waits under its head, for staff to edit
  await staff.post("/ban-lam-viec/nhap/thu/Q2/UB-02", {
    ...SENT,
    [valueField(entryKey("people"))]: "60",
    [remarkField("proposals")]: "Bổ sung kinh phí",
    [remarkField("difficulties")]: "Thiếu người",
  });
  const boxesOf = (page: Answer) =>
    ["tasks", "proposals", "shortcomings"].map(
      (head) => fieldsOf(page, "wide")[`noi-dung:${head}`]?.[0],
    );
  const prefilled = await staff.get(REPORT);
  const [nudge, ...remarks] = boxesOf(prefilled);
  expect([nudge, ...remarks]).toEqual([
    "Đôn đốc gửi báo cáo quý 2: Phòng Giáo dục.",
    "UBND phường Hai: Bổ sung kinh phí.",
    "Khó khăn, vướng mắc của UBND phường Hai: Thiếu người.",
  ]);
  // untouched, it follows the figures; rewritten, it is held against them
  const { basis: _, ...draft }: Record<string, string[]> = {
    ...fieldsOf(prefilled, "wide"),
    act: ["luu"],
  };
  await staff.post(REPORT, draft);
  await staff.post("/ban-lam-viec/nhap/thu/Q2/GD", { ...SENT, [NIL_FIELD]: "1" });
  expect(boxesOf(await staff.get(REPORT))).toEqual(["", ...remarks]);
  const rewritten = await staff.post(REPORT, { ...draft, "noi-dung:tasks": "Đôn đốc." });
  expect(wordsOf(rewritten)).toContain("Mục “Nhiệm vụ thời gian tới” được viết lại khi");
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
  expect(wordsOf(await staff.follow(submitted))).toMatch(
    /Đã trình lãnh đạo duyệt\. .*Chờ duyệt Bà Tổng lập lúc/,
  );
  // who prepares does not approve
  expect((await staff.post(`${REPORT}/duyet`, {})).status).toBe(403);
  expect((await leader.post(REPORT, right)).status).toBe(403);

  // the leader reads it as it will look, and returns it with a reason
  const seen = await leader.get(REPORT);
  expect(wordsOf(seen)).toContain("Tiếp tục rà soát địa bàn.");
  expect(await leader.words("/ban-lam-viec/bao-cao")).toMatch(/Quý 2 .* 3\/\d+ chưa .*Chờ duyệt$/);
  const { bytes } = await leader.get(`${REPORT}/du-thao.docx`);
  const document = unpack(bytes)?.get("word/document.xml")?.toString();
  expect(document).toContain("Tiếp tục rà soát địa bàn.");
  const returned = await leader.post(`${REPORT}/tra-lai`, { reason: "Bổ sung kiến nghị" });
  expect(returned.status).toBe(303);
  expect((await leader.post(`${REPORT}/duyet`, {})).status).toBe(409);
  expect(await staff.words(REPORT)).toMatch(/Ông Trưởng trả lại lúc .*: Bổ sung kiến nghị/);
  const proposals = "noi-dung:proposals";
  await staff.post(REPORT, { ...right, [proposals]: "Đề nghị tỉnh hỗ trợ kinh phí." });

  // what was drawn up anew after he opened the page is looked at first
  const first = approvalOf(await leader.get(REPORT));
  await staff.post(REPORT, { ...right, [proposals]: "Đề nghị tỉnh hỗ trợ kinh phí năm sau." });
  const redrawn = await leader.post(`${REPORT}/duyet`, first);
  expectSaid(redrawn, 409, "Dự thảo đã thay đổi sau khi trang này được mở.");

  // so are figures that came in meanwhile
  const seenNow = approvalOf(redrawn);
  await staff.post("/ban-lam-viec/gui", { file: csvFile("1.csv", ["UB-01,Q2,,people,41,"]) });
  const changed = await leader.post(`${REPORT}/duyet`, seenNow);
  expectSaid(changed, 409, "Số liệu đã thay đổi sau khi trang này được mở.");
  expect(await world.rows("from publication")).toEqual([]);
  const now = approvalOf(changed);
  // it waits at home, and is asked about once more by its name
  expect(await leader.words("/ban-lam-viec/viec-cho")).toMatch(
    /Chờ anh\/chị duyệt Báo cáo quý 2, phiên bản 1 1\/KH-UBND\. Bà Tổng, .* Chờ duyệt/,
  );
  const asked = await leader.post(`${REPORT}/duyet`, now);
  expect(wordsOf(asked)).toMatch(
    /Phát hành phiên bản 1 của báo cáo quý 2\? .*Phát hành là số liệu sơ bộ\..* Phát hành phiên bản 1 Xem lại$/,
  );
  expect(await world.rows("from publication")).toEqual([]);
  const approved = await leader.post(`${REPORT}/duyet`, { ...now, version: "1" });
  expect([approved.status, approved.location]).toEqual([303, `${REPORT}/v1?da-phat-hanh`]);
  const version1 = await leader.follow(approved);
  expect(wordsOf(version1)).toMatch(/Đã phát hành phiên bản 1, mã kiểm tra [0-9A-F-]{23}\./);
  expect(wordsOf(version1)).toMatch(
    /Người lập: Bà Tổng, lúc [^.]+\. Người duyệt: Ông Trưởng, lúc [^.]+\./,
  );
  expect(version1.text).toContain('href="/thu/bao-cao/Q2/v1/"');
  // who does not prepare reports is not led to it
  expect(wordsOf(version1)).not.toContain("Lập phiên bản tiếp theo");
  expect(await leader.words("/ban-lam-viec/bao-cao")).toMatch(/Quý 2 .* 3\/\d+ Phiên bản 1 /);

  // its files for each reader, the superior's form filled, and what a printed code is of
  const [file = ""] = /\/ban-lam-viec\/\S+\/tep\/city\/[^"]+\.docx/.exec(version1.text) ?? [];
  const got = await staff.get(file);
  expect([got.status, unpack(got.bytes)?.has("word/document.xml")]).toEqual([200, true]);
  expect((await staff.get(file.replace("/city/", "/shared/"))).status).toBe(404);
  const fill = async (mark: string) => {
    const text = Buffer.from(`<w:p><w:r><w:t>{{${mark}}}</w:t></w:r></w:p>`);
    const template = Buffer.from(pack([["word/document.xml", text]], 0));
    return staff.post(`${REPORT}/v1/bieu-cap-tren`, { file: new File([template], "biểu.docx") });
  };
  await staff.get(`${REPORT}/v1`);
  const filled = await fill("ky");
  expect([filled.status, filled.headers.get("content-disposition")]).toEqual([
    200,
    expect.stringContaining(`filename*=UTF-8''${encodeURIComponent("biểu_Q2_v1.docx")}`),
  ]);
  expect(unpack(filled.bytes)?.get("word/document.xml")?.toString()).toContain("Quý 2");
  const unknown = "Không rõ dấu {{9.9}} (document, đoạn 1). Các dấu dùng được: ky, ";
  expectSaid(await fill("9.9"), 400, unknown);
  const [code = ""] = /[0-9A-F]{5}(-[0-9A-F]{5}){3}/.exec(version1.text) ?? [];
  const check = async (text: string) =>
    wordsOf(await staff.post("/ban-lam-viec/kiem-tra", { code: text }));
  expect(await check(code)).toContain(
    `${code} là mã của phiên bản 1 của báo cáo Q2, kế hoạch thu.`,
  );
  expect(await check("1234")).toContain("không phải mã như 1A2B3-C4D5E-F6071-8293A");

  // the version carries both names, the entry who published it
  const [version] = await world.rows("select document, reason from publication");
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
  expect((await leader.post(`${REPORT}/duyet`, { ...now, version: "1" })).status).toBe(409);
  const verified = await runIn(world, "verify");
  expect([verified.code, verified.err]).toEqual([0, ""]);
});

test("where the plan says so, who has prepared a report approves it himself, and nobody else's", async () => {
  const world = newWorld("2024");
  const plan = join(world.sources, "plans", "thu.yaml");
  writeFileSync(plan, `approval: one_person\n${readFileSync(plan, "utf8")}`);
  const desk = await startDesk(world);
  const admin = await administrator(desk);
  const staff = await invited(admin, "staff", "tonghop");
  const other = await invited(admin, "staff", "vanthu");
  await staff.post("/ban-lam-viec/gui", { file: csvFile("1.csv", ["UB-01,Q2,,people,40,"]) });
  const submitted = await staff.post(REPORT, { class: "first", reason: "Định kỳ", act: "trinh" });
  const seen = await staff.follow(submitted);
  expect(wordsOf(seen)).toMatch(/một người vừa lập vừa duyệt báo cáo\. Duyệt phiên bản 1/);
  expect(wordsOf(seen)).not.toContain("Lý do trả lại");
  expect(await other.words(REPORT)).not.toContain("Duyệt phiên bản");
  expect((await other.post(`${REPORT}/duyet`, approvalOf(seen))).status).toBe(403);
  expect((await staff.post(`${REPORT}/tra-lai`, { reason: "x" })).status).toBe(403);
  const done = await staff.post(`${REPORT}/duyet`, { ...approvalOf(seen), version: "1" });
  expect(done.location).toBe(`${REPORT}/v1?da-phat-hanh`);
  const [version] = await world.rows("select document from publication");
  expect(JSON.parse(String(version?.document))).toMatchObject({
    prepared: { name: "tonghop" },
    approved: { name: "tonghop" },
  });
});
