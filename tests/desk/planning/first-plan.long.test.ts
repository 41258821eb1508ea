import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  administrator,
  Browser,
  emptyWorld,
  expectSaid,
  fieldsOf,
  PASSWORD,
  startDesk,
  wordsOf,
} from "../given.ts";
import { PLANS, save, versionOn } from "./plan-form.ts";

test("from nothing to the forms of the first period: every step, two hands, the file that plan check reads", async () => {
  const world = emptyWorld();
  const desk = await startDesk(world);
  const admin = await administrator(desk);
  // the first start asks for the office, and who writes and approves plans
  const home = await admin.follow(await admin.get("/ban-lam-viec/"));
  expect(wordsOf(home)).toContain("Bắt đầu Tên cơ quan Địa bàn Chuyên viên tổng hợp");
  const office = { name: "Ủy ban nhân dân thành phố Bình Yên", place: "Thành phố Bình Yên" };
  const hands = { staff: "Phòng Văn hóa", leader: "Chủ tịch" };
  const links = await admin.post("/ban-lam-viec/bat-dau", { ...office, ...hands });
  const takeUp = async (name: string): Promise<Browser> => {
    const browser = new Browser(desk.url);
    const link = new RegExp(`/ban-lam-viec/loi-moi/${name}/[\\w-]+`).exec(links.text)?.[0] ?? "";
    await browser.post(link, { password: PASSWORD, again: PASSWORD });
    await browser.get(PLANS);
    return browser;
  };
  const [staff, leader] = [await takeUp("chuyen-vien"), await takeUp("lanh-dao")];
  const scan = new File(["%PDF-1.4 no text"], "quet.pdf");
  const refused = await staff.post(PLANS, { from: "van-ban", document: scan });
  expectSaid(refused, 400, /tệp|văn bản/i);
  const begun = await staff.post(PLANS, { from: "trong" });
  const draft = begun.location.replace(/\/can-cu$/, "");
  expect(draft).toMatch(/^\/ban-lam-viec\/ke-hoach\/[0-9a-f]{12}$/);

  // a date that is none is kept and told at its field
  const head = await save(staff, `${draft}/can-cu`, {
    number: "12/KH-UBND",
    title: "Kế hoạch phòng, chống tệ nạn xã hội năm 2026",
    issued_on: "31/02/2026",
  });
  expect(head.path).toBe(`${draft}/can-cu#o-issued_on`);
  expect(head.text).toMatch(/<input type="text" value="31\/02\/2026"[^>]+aria-invalid="true"/);
  expect(wordsOf(head)).toContain(
    "Ngày ký ghi “31/02/2026”: phải là ngày có trong lịch, ghi ngày/tháng/năm.",
  );
  // nor is it gone on from one that was typed just now
  const wrong = { issued_on: "15/01/2026", in_force_from: "32/1/2026" };
  const held = await save(staff, `${draft}/can-cu`, wrong, "tiep chi-tieu");
  expect(held.path).toBe(`${draft}/can-cu#o-in_force_from`);
  const mended = await save(
    staff,
    `${draft}/can-cu`,
    { issued_on: "15/01/2026", in_force_from: "15/1/2026" },
    "tiep chi-tieu",
  );
  expect(mended.path).toBe(`${draft}/chi-tieu`);

  const target = await save(
    staff,
    `${draft}/chi-tieu`,
    {
      quote: "Ít nhất 20% người lao động tại các cơ sở kinh doanh dịch vụ được tuyên truyền.",
    },
    "them",
  );
  expect(target.path).toBe(`${draft}/chi-tieu/1.1`);
  expect(fieldsOf(target)).toMatchObject({
    "indicators/1.1/target/value": ["20"],
    "giu:numerator": ["so_nguoi_lao_dong_tai_cac_co_so"],
    "giu:denominator": ["tong_so_nguoi_lao_dong_tai_cac"],
  });
  await save(staff, target.path, {
    "indicators/1.1/short_name": "Người lao động được tuyên truyền",
    "indicators/1.1/target/comparator": ">=",
    "indicators/1.1/target/value": "20",
    "indicators/1.1/target/pace": "linear",
  });
  // somebody told twice is one: nobody answers it for them
  expect(wordsOf(target)).toContain("số của năm lấy từ các kỳ thế nào?");
  const over = "measures/so_nguoi_lao_dong_tai_cac_co_so/over_time";
  await save(staff, target.path, {}, `dung ${over} sum`);
  await save(staff, target.path, {}, "doi-chieu");

  const units = await save(staff, `${draft}/don-vi`, {
    areas:
      "900\tThành phố Bình Yên\tthành phố\n90001\tPhường An Hòa\tphường\n90002\tXã Bình Minh\txã\nsai",
    units:
      "Phòng Văn hóa - Xã hội\tPhòng VH-XH\tTrưởng phòng\t0205 3812 345\tvhxh@binhyen.gov.vn\nỦy ban nhân dân {area}\tUBND {area}",
  });
  expectSaid(units, 400, "Có dòng địa bàn chưa hiểu");
  expect(units.text).toMatch(/<textarea name="areas"[^>]* autofocus[^>]*>\nsai</);
  await save(staff, `${draft}/don-vi`, {
    areas: "",
    reporting_area_noun: "phường, xã",
    ...Object.fromEntries(
      ["so_nguoi_lao_dong_tai_cac_co_so", "tong_so_nguoi_lao_dong_tai_cac"].map((code) => [
        `measures/${code}/reported_by`,
        ["UBND"],
      ]),
    ),
  });

  const calendar = await save(
    staff,
    `${draft}/ky`,
    { rhythm: "quarter", year: "2026", closed: "14", before: "16" },
    "lap",
  );
  expect(fieldsOf(calendar)).toMatchObject({
    "periods/2026-Q1/data_from": ["15/12/2025"],
    "periods/2026-Q1/data_to": ["14/3/2026"],
    "periods/2026-Q1/due_before": ["16/3/2026"],
  });
  // 15 March 2026 is a Sunday
  expect(wordsOf(calendar)).toContain("Quý I năm 2026: ngày cuối để gửi là Chủ nhật, 15/3/2026");
  const preview = await save(
    staff,
    `${draft}/ky`,
    { "periods/2026-Y/due_before": "20/12/2026" },
    "tiep xem-truoc",
  );
  expect(wordsOf(preview)).toContain(
    "Ít nhất 20% người lao động tại các cơ sở kinh doanh dịch vụ được tuyên truyền Mức: 1.1 ≥ 20%, tiến độ đều theo kỳ, hạn hết năm 2026 (quý I năm 2026: 5%; quý II năm 2026: 10%; quý III năm 2026: 15%; quý IV năm 2026: 20%)",
  );
  expect(wordsOf(preview)).toContain("Do Phòng Văn hóa đối chiếu với văn bản lúc");
  // 10 and 12 of 31 and 30
  const example = await staff.words(`${draft}/bao-cao-vi-du`);
  expect(example).toContain("Mọi số liệu và đánh giá ở đây là giả định");
  expect(example).toContain("kết quả 36,07% (22/61); mức chỉ tiêu từ 20% trở lên: đạt.");
  // of one ward alone, and of a unit that is there already
  const who = await save(staff, `${draft}/don-vi`, {
    "contacts/UBND 90001/email": "anhoa@binhyen.gov.vn",
    units: "phòng văn hóa - xã hội\t\tPhó Trưởng phòng\t0205 3812 346",
  });
  expect(wordsOf(who)).toContain("Báo cáo: Phường An Hòa; Xã Bình Minh.");
  const form = await staff.get(`${draft}/bieu/UBND-90001`);
  expect(wordsOf(form)).toContain("Biểu của Ủy ban nhân dân phường An Hòa");
  const blank = await staff.get(`${draft}/bieu/UBND-90001/2026-Q1?tai`);
  expect(blank.headers.get("content-disposition")).toContain(
    "12-kh-ubnd-2026_2026-Q1_UBND-90001.xlsx",
  );

  // nobody approves what he has written, and nothing that has changed since it was seen
  await staff.post(`${draft}/xem-truoc`, { act: "trinh" });
  const own = await staff.post(`${draft}/duyet`, versionOn(await staff.get(`${draft}/xem-truoc`)));
  expectSaid(own, 403, "Người soạn kế hoạch không tự duyệt");
  // nor by writing into it that one person does both
  await save(staff, `${draft}/can-cu`, { approval: "one_person" });
  await staff.post(`${draft}/xem-truoc`, { act: "trinh" });
  expect(await staff.words(`${draft}/xem-truoc`)).not.toContain("Duyệt: ghi tệp kế hoạch");
  await save(staff, `${draft}/can-cu`, { approval: "" });
  await staff.post(`${draft}/xem-truoc`, { act: "trinh" });
  const seen = versionOn(await leader.get(`${draft}/xem-truoc`));
  await save(staff, `${draft}/can-cu`, { short_title: "Phòng, chống tệ nạn 2026" });
  await staff.post(`${draft}/xem-truoc`, { act: "trinh" });
  expect((await leader.post(`${draft}/duyet`, seen)).status).toBe(409);
  expect(readdirSync(world.sources)).toEqual([]);
  const approved = await leader.post(
    `${draft}/duyet`,
    versionOn(await leader.get(`${draft}/xem-truoc`)),
  );
  expect(wordsOf(approved)).toContain("Đã duyệt 12/KH-UBND, Phòng, chống tệ nạn 2026.");

  // what waits leads to the forms, which are there at once, and the file is a plan file
  const waiting = await staff.get("/ban-lam-viec/viec-cho");
  const [, place = ""] =
    /href="\/ban-lam-viec\/theo-doi#(bieu-trong-[^"]+)"/.exec(waiting.text) ?? [];
  expect((await staff.get("/ban-lam-viec/theo-doi")).text).toContain(`id="${place}"`);
  const forms = await staff.get("/ban-lam-viec/bieu-mau/12-kh-ubnd-2026?ky=2026-Q1");
  expect([forms.status, forms.bytes.length > 10_000]).toEqual([200, true]);
  const text = readFileSync(join(world.sources, "plans", "12-kh-ubnd-2026.yaml"), "utf8");
  expect(parse(text)).toMatchObject({
    schema: 2,
    id: "12-kh-ubnd-2026",
    issuer: "Ủy ban nhân dân thành phố Bình Yên",
    issued_on: "2026-01-15",
    area: { code: "900", noun: "thành phố" },
    reporting_areas: "children",
    indicators: [{ code: "1.1", target: { comparator: ">=", value: 20, pace: "linear" } }],
  });
  expect(parse(text)).not.toHaveProperty("state");
  expect(readFileSync(join(world.sources, "units.csv"), "utf8")).toBe(
    `code,area,name,short_name,contact,phone,email
UBND,90001,Ủy ban nhân dân phường An Hòa,UBND phường An Hòa,,,anhoa@binhyen.gov.vn
PVHXH,,Phòng Văn hóa - Xã hội,Phòng VH-XH,Phó Trưởng phòng,0205 3812 346,
`,
  );
  const entries = readdirSync(world.paths.entries).filter((name) => name.endsWith("-plan.json"));
  const entry = JSON.parse(readFileSync(join(world.paths.entries, entries[0] ?? ""), "utf8"));
  expect([entries.length, entry.by.account, entry.rows.plan_change]).toEqual([
    1,
    "lanh-dao",
    [
      expect.objectContaining({
        plan_id: "12-kh-ubnd-2026",
        prepared_by: "Phòng Văn hóa",
        approved_by: "Chủ tịch",
      }),
    ],
  ]);

  // and everybody who reports is invited at once
  expect((await staff.post("/ban-lam-viec/tai-khoan/moi-don-vi", {})).status).toBe(403);
  await admin.get("/ban-lam-viec/tai-khoan");
  const sheet = await admin.post("/ban-lam-viec/tai-khoan/moi-don-vi", {});
  expect(wordsOf(sheet)).toContain("Ủy ban nhân dân phường An Hòa Tên đăng nhập: ubnd-90001 .");
  expect(sheet.text.match(/\/loi-moi\/ubnd-9000[12]\/[\w-]+/g)).toHaveLength(2);
});
