import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { csvOf, newWorld, send } from "../../intake/given.ts";
import {
  type Answer,
  administrator,
  Browser,
  emptyWorld,
  fieldsOf,
  invited,
  PASSWORD,
  startDesk,
  wordsOf,
} from "../given.ts";

const PLANS = "/ban-lam-viec/ke-hoach";

/** Sends the form of a page, with some of its fields changed, and goes on to where that leads. */
async function save(
  browser: Browser,
  path: string,
  fields: Record<string, string | string[]>,
  act = "luu",
): Promise<Answer & { readonly path: string }> {
  const page = await browser.get(path);
  const answer = await browser.post(path, { ...fieldsOf(page), ...fields, act });
  if (answer.status !== 303) return { ...answer, path };
  const next = answer.headers.get("location") ?? "";
  return { ...(await browser.get(next)), path: next };
}

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
  const begun = await staff.post(PLANS, { from: "trong" });
  const draft = (begun.headers.get("location") ?? "").replace(/\/can-cu$/, "");
  expect(draft).toMatch(/^\/ban-lam-viec\/ke-hoach\/[0-9a-f]{12}$/);

  // a date that is none is kept and told at its field
  const head = await save(staff, `${draft}/can-cu`, {
    number: "12/KH-UBND",
    title: "Kế hoạch phòng, chống tệ nạn xã hội năm 2026",
    issued_on: "31/02/2026",
  });
  expect(head.text).toMatch(/<input type="text" value="31\/02\/2026"[^>]+aria-invalid="true"/);
  expect(wordsOf(head)).toContain(
    "Ngày ký ghi “31/02/2026”: phải là ngày có trong lịch, ghi ngày/tháng/năm.",
  );
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
      kind: "ratio",
    },
    "them",
  );
  expect(target.path).toBe(`${draft}/chi-tieu/1.1`);
  expect(fieldsOf(target)).toMatchObject({
    "indicators/1.1/target/value": ["20"],
    "moi:numerator": ["Số người lao động tại các cơ sở kinh doanh dịch vụ được tuyên truyền"],
    "moi:denominator": ["Tổng số người lao động tại các cơ sở kinh doanh dịch vụ"],
  });
  await save(staff, target.path, {
    "indicators/1.1/short_name": "Người lao động được tuyên truyền",
    "indicators/1.1/target/comparator": ">=",
    "indicators/1.1/target/value": "20",
    "indicators/1.1/target/pace": "linear",
  });

  const units = await save(staff, `${draft}/don-vi`, {
    areas:
      "900\tThành phố Bình Yên\tthành phố\n90001\tPhường An Hòa\tphường\n90002\tXã Bình Minh\txã\nsai",
    units:
      "Phòng Văn hóa - Xã hội\tPhòng VH-XH\tTrưởng phòng\t0205 3812 345\tvhxh@binhyen.gov.vn\nỦy ban nhân dân {area}\tUBND {area}",
  });
  expect([units.status, wordsOf(units)]).toEqual([
    400,
    expect.stringContaining("Có dòng địa bàn chưa hiểu"),
  ]);
  expect(units.text).toMatch(/<textarea name="areas"[^>]*>\nsai</);
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
    "1.1 ≥ 20%, tiến độ đều theo kỳ, hạn hết năm 2026 → quý I năm 2026: 5%; quý II năm 2026: 10%; quý III năm 2026: 15%; quý IV năm 2026: 20%",
  );
  expect(wordsOf(preview)).toContain("Cần xem lại: mức này đọc từ câu của kế hoạch.");
  // 10 and 12 of 31 and 30
  const example = wordsOf(await staff.get(`${draft}/bao-cao-vi-du`));
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
  const version = (page: Answer) => ({
    version: /name="version" value="(\d+)"/.exec(page.text)?.[1] ?? "",
  });
  await staff.post(`${draft}/xem-truoc`, { act: "trinh" });
  const own = await staff.post(`${draft}/duyet`, version(await staff.get(`${draft}/xem-truoc`)));
  expect([own.status, wordsOf(own)]).toEqual([
    403,
    expect.stringContaining("Người soạn kế hoạch không tự duyệt"),
  ]);
  // nor by writing into it that one person does both
  await save(staff, `${draft}/can-cu`, { approval: "one_person" });
  await staff.post(`${draft}/xem-truoc`, { act: "trinh" });
  expect(wordsOf(await staff.get(`${draft}/xem-truoc`))).not.toContain("Duyệt: ghi tệp kế hoạch");
  await save(staff, `${draft}/can-cu`, { approval: "" });
  await staff.post(`${draft}/xem-truoc`, { act: "trinh" });
  const seen = version(await leader.get(`${draft}/xem-truoc`));
  await save(staff, `${draft}/can-cu`, { short_title: "Phòng, chống tệ nạn 2026" });
  await staff.post(`${draft}/xem-truoc`, { act: "trinh" });
  expect((await leader.post(`${draft}/duyet`, seen)).status).toBe(409);
  expect(readdirSync(world.sources)).toEqual([]);
  const approved = await leader.post(
    `${draft}/duyet`,
    version(await leader.get(`${draft}/xem-truoc`)),
  );
  expect(wordsOf(approved)).toContain("Đã duyệt 12/KH-UBND, Phòng, chống tệ nạn 2026.");

  // the forms are there at once, and the file is a plan file
  const forms = await staff.get("/ban-lam-viec/bieu-mau/12-kh-ubnd-2026/2026-Q1");
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

test("the document of a signed plan becomes a draft with its targets, units and periods", async () => {
  const desk = await startDesk(emptyWorld());
  const admin = await administrator(desk);
  await admin.follow(await admin.get("/ban-lam-viec/"));
  const office = { name: "Ủy ban nhân dân thành phố Lạng Sơn", place: "Thành phố Lạng Sơn" };
  await admin.post("/ban-lam-viec/bat-dau", { ...office, staff: "Phòng Lao động", leader: "" });
  const staff = await invited(desk, admin, { name: "mot", role: "staff" });
  await staff.get(PLANS);
  const scan = new File(["%PDF-1.4 no text"], "quet.pdf");
  const refused = await staff.post(PLANS, { from: "van-ban", document: scan });
  expect([refused.status, wordsOf(refused)]).toEqual([400, expect.stringMatching(/tệp|văn bản/i)]);

  const signed = readFileSync("tests/fixtures/plan-texts/ke-hoach-217.txt");
  const document = new File([signed], "Kế hoạch 217.txt");
  const begun = await staff.post(PLANS, { from: "van-ban", document });
  const draft = (begun.headers.get("location") ?? "").replace(/\/can-cu$/, "");
  const text = fieldsOf(await staff.get(`${draft}/tep`)).text?.[0] ?? "";
  const plan = parse(text);
  const shipped = parse(readFileSync("sources/plans/217-kh-ubnd-2024.yaml", "utf8"));
  expect([plan.number, plan.issued_on, plan.issuer]).toEqual([
    "217/KH-UBND",
    "2024-05-06",
    "Ủy ban nhân dân thành phố Lạng Sơn",
  ]);
  expect([plan.area, plan.reporting_areas, plan.reporting_area_noun]).toEqual([
    { code: "178", noun: "thành phố" },
    "children",
    "phường, xã",
  ]);
  // under the five heads of the document, measured as in the plan that ships; what is no number is open
  type Indicator = { group: string; target: object; value?: { kind: string } };
  const asked = ({ indicators }: { indicators: Indicator[] }) =>
    indicators.map(({ group, target, value }) => ({ group, kind: value?.kind, ...target }));
  expect(asked(plan)).toEqual(
    shipped.indicators.map(({ group, target, value: { kind } }: Required<Indicator>) => ({
      group,
      kind: kind === "all_of" ? undefined : kind,
      comparator: ">=",
      ...("value" in target && { value: Number(target.value) }),
    })),
  );
  expect(plan.units).toHaveLength(14);
  type Period = { code: string; due_before: string };
  const dues = ({ periods }: { periods: Period[] }) =>
    periods.map(({ code, due_before }) => `${code} ${due_before}`).sort();
  expect(dues(plan)).toEqual(dues(shipped));
  // told in the words of the pages, and not of the file
  const told = wordsOf(await staff.get(`${draft}/xem-truoc`));
  expect(told).toContain('Chỉ tiêu "1.2" › đo bằng gì: còn để trống.');
  expect(told).toContain('Chỉ tiêu "1.3" › tử số: phải nêu ít nhất một số liệu.');
  expect(told).toContain("Số liệu: phải có ít nhất một số liệu.");
  expect(text).toContain("CẦN XEM LẠI: câu không có con số: hiểu là phải thực hiện đủ");
  expect(text).toContain("CẦN XEM LẠI: câu còn nêu: ít nhất một hình thức.");
});

test("a plan written by hand opens, two people change it, and what would change is told before it is approved", async () => {
  const world = newWorld("2024");
  const file = join(world.sources, "plans", "thu.yaml");
  const text = readFileSync(file, "utf8").replace(
    "title: Kế hoạch thử\n",
    "# tên đầy đủ\ntitle: Kế hoạch   thử # như văn bản\n",
  );
  writeFileSync(file, text);
  // another plan with the same areas
  const another = text.replace("id: thu", "id: khac").replace("1/KH-UBND", "9/KH-UBND");
  writeFileSync(join(world.sources, "plans", "khac.yaml"), another);
  const reached = ["UB-02,Q2,,reached,10,", "UB-02,Q3,,reached,5,"];
  await send(world, { content: csvOf(reached), received: "2024-10-05T10:00" });
  const desk = await startDesk(world);
  const admin = await administrator(desk);
  const one = await invited(desk, admin, { name: "mot", role: "staff" });
  const other = await invited(desk, admin, { name: "hai", role: "staff" });
  const leader = await invited(desk, admin, { name: "lanh.dao", role: "leader" });
  const clerk = await invited(desk, admin, { name: "ubnd", role: "clerk", units: ["UB-02"] });
  await one.get(PLANS);
  const begun = await one.post(PLANS, { from: "sua", plan: "thu" });
  const draft = (begun.headers.get("location") ?? "").replace(/\/can-cu$/, "");
  // the same draft for whoever opens the plan, and none for a clerk
  await other.get(PLANS);
  const deadline = { from: "sua", plan: "thu", page: "ky#cac-ky" };
  expect((await other.post(PLANS, deadline)).headers.get("location")).toBe(`${draft}/ky#cac-ky`);
  expect((await clerk.get(`${draft}/can-cu`)).status).toBe(403);
  const textOf = async () => fieldsOf(await one.get(`${draft}/tep`)).text?.[0];
  await save(one, `${draft}/can-cu`, {});
  expect(await textOf()).toBe(text);

  // a slip is mended by one button
  const slip = await save(one, `${draft}/don-vi`, { "area/code": "1" });
  expect(slip.text).toContain('value="dung area/code 01"');
  const mended = await save(one, `${draft}/don-vi`, {}, "dung area/code 01");
  expect(fieldsOf(mended)).toMatchObject({ "area/code": ["01"] });
  await save(one, `${draft}/don-vi`, { "area/code": "C" });
  expect(await textOf()).toBe(text);

  // what each of two has changed is kept; where both have changed the same, the later sees both
  const [mine, theirs] = [
    fieldsOf(await one.get(`${draft}/can-cu`)),
    fieldsOf(await other.get(`${draft}/can-cu`)),
  ];
  await other.post(`${draft}/can-cu`, {
    ...theirs,
    short_title: "Thử hai",
    issuer: "UBND thành phố B",
  });
  const met = await one.post(`${draft}/can-cu`, {
    ...mine,
    short_title: "Thử một",
    number: "2/KH-UBND",
  });
  expect([met.status, wordsOf(met)]).toEqual([
    409,
    expect.stringContaining("hai đã ghi: “Thử hai”. Ô trên giữ điều vừa nhập ở đây"),
  ]);
  expect(fieldsOf(met)).toMatchObject({
    short_title: ["Thử một"],
    issuer: ["UBND thành phố B"],
    number: ["2/KH-UBND"],
  });
  await one.post(`${draft}/can-cu`, { ...fieldsOf(met), act: "luu" });
  expect(await textOf()).toBe(
    text
      .replace("short_title: Thử\n", "short_title: Thử một\n")
      .replace("issuer: UBND thành phố\n", "issuer: UBND thành phố B\n")
      .replace("number: 1/KH-UBND\n", "number: 2/KH-UBND\n"),
  );

  // 10 and 5 are 15 together, and 10 at most
  const preview = await save(
    one,
    `${draft}/so-lieu/reached`,
    { "measures/reached/over_time": "max" },
    "tiep xem-truoc",
  );
  expect(wordsOf(preview)).toContain(
    "Số người được tuyên truyền, Quý 3, Phường Hai: 15 người → 10 người",
  );
  const areas = "09\tPhường Chín\tphường\tC";
  const wider = await save(one, `${draft}/don-vi`, { areas }, "tiep xem-truoc");
  expect(wordsOf(wider)).toContain(
    "9/KH-UBND: Số người được tuyên truyền, Quý 3, Phường Chín: không có → chưa có số",
  );
  await one.post(`${draft}/xem-truoc`, { act: "trinh" });
  const version =
    /name="version" value="(\d+)"/.exec((await leader.get(`${draft}/xem-truoc`)).text)?.[1] ?? "";
  writeFileSync(file, `${text}# sửa tay\n`);
  const late = await leader.post(`${draft}/duyet`, { version });
  expect([late.status, wordsOf(late)]).toEqual([
    409,
    expect.stringContaining("Tệp thu.yaml đã được sửa sau khi bản này được mở."),
  ]);
  expect(readFileSync(file, "utf8")).toBe(`${text}# sửa tay\n`);

  // next year's plan bears marks, which go when somebody has looked
  await one.get(PLANS);
  const begun25 = await one.post(PLANS, { from: "nam-sau", plan: "thu" });
  const next = (begun25.headers.get("location") ?? "").replace(/\/can-cu$/, "");
  const marked = await one.get(`${next}/can-cu`);
  const marks = marked.text.match(/value="xem [^"]+"/g) ?? [];
  expect(marks.length).toBeGreaterThan(2);
  const mark = (marks[0] ?? "").slice('value="'.length, -1);
  await save(one, `${next}/can-cu`, {}, mark);
  expect((await one.get(`${next}/can-cu`)).text.match(/value="xem [^"]+"/g)).toEqual(
    marks.slice(1),
  );
});
