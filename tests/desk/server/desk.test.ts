import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TIMELINESS } from "../../../pipelines/vocabulary/words.ts";
import { pack } from "../../../pipelines/workbook/zip.ts";
import { runIn } from "../../cli/run.ts";
import { formOf } from "../../intake/form-given.ts";
import { causesOf, wholeCsvOf } from "../../intake/given.ts";
import {
  actsAt,
  Browser,
  csvFile,
  expectSaid,
  type GivenDesk,
  invited,
  PASSWORD,
  runDesk,
  stopDesk,
  wordsOf,
} from "../given.ts";

// All that follows happens at one desk, in this order.
let desk: GivenDesk;
let staff: Browser;
beforeAll(async () => {
  desk = await runDesk();
});
afterAll(() => stopDesk(desk));

test("a link holds once, for a password that is not easily guessed", async () => {
  const path = new URL(desk.firstLink).pathname;
  const browser = new Browser(desk.url);
  const WEAK: [string, string, RegExp][] = [
    ["ngắn", "ngắn", /ít nhất 10 ký tự/],
    ["Password123", "Password123", /quá phổ biến/],
    ["matkhau123456", "matkhau123456", /quá phổ biến/],
    ["Mật khẩu 2027!", "Mật khẩu 2027!", /quá phổ biến/],
    ["0912345678", "0912345678", /quá phổ biến/],
    ["quan-tri-2026", "quan-tri-2026", /không được chứa tên đăng nhập/],
    ["aaaaaaaaaaaa", "aaaaaaaaaaaa", /quá ít ký tự khác nhau/],
    [PASSWORD, `${PASSWORD}.`, /không giống nhau/],
  ];
  for (const [password, again, fault] of WEAK) {
    const answer = await browser.post(path, { password, again });
    expectSaid(answer, 400, fault);
  }
  expect((await browser.post(`${path}x`, { password: PASSWORD, again: PASSWORD })).status).toBe(
    404,
  );
  expect((await browser.post(path, { password: PASSWORD, again: PASSWORD })).status).toBe(303);
  expect((await browser.post(path, { password: PASSWORD, again: PASSWORD })).status).toBe(404);
  expect((await new Browser(desk.url).logIn("quan-tri")).location).toBe("/ban-lam-viec/");
});

test("a unit sends a form with mistakes, mends it, and staff let a doubt stand", async () => {
  const { world } = desk;
  const admin = new Browser(desk.url);
  await admin.logIn("quan-tri");
  await admin.get("/ban-lam-viec/tai-khoan");
  const clerk = await invited(admin, "clerk", "phuong.hai", {
    shown_name: "Văn phòng UBND phường Hai",
    units: ["UB-02"],
  });
  staff = await invited(admin, "staff", "chuyenvien", { shown_name: "Chuyên viên Phòng LĐ" });

  // what the unit owes, and the blank form as the command writes it
  const work = await clerk.get("/ban-lam-viec/viec");
  expect(wordsOf(work)).toContain("UBND phường Hai");
  expect(wordsOf(work)).toMatch(
    /Quý 2 1\/KH-UBND, Thử 29\/6\/2024 quá hạn \d+ ngày Quá hạn, chưa gửi/,
  );
  const form = await clerk.get("/ban-lam-viec/bieu-mau/thu/Q2/UB-02");
  expect(form.headers.get("content-disposition")).toContain('filename="thu_Q2_UB-02.xlsx"');
  expect(Buffer.from(form.bytes).equals(await formOf(world, "UB-02", {}))).toBe(true);

  // sent back, with what to mend and where
  const wrong = await clerk.post("/ban-lam-viec/gui", {
    file: csvFile("quý 2.csv", ["UB-02,Q2,,people,gần 200,"]),
  });
  expect([wrong.status, wrong.location]).toEqual([303, "/ban-lam-viec/phieu/1"]);
  const back = wordsOf(await clerk.follow(wrong));
  expect(back).toContain("Phiếu trả lại số 1");
  expect(back).toContain("Tệp chưa được tiếp nhận: có 1 điểm phải sửa.");
  expect(back).toContain("Dòng 2:");
  await expect
    .poll(async () => await clerk.words("/ban-lam-viec/viec"))
    .toMatch(
      /Quý 2 1\/KH-UBND, Thử 29\/6\/2024( quá hạn \d+ ngày)? Đã trả lại Xem phiếu trả lại số 1 /,
    );
  // each count is that of the list below it: a report that was sent back is not overdue as well
  const asked = await staff.get("/ban-lam-viec/theo-doi");
  const counted = [...asked.text.matchAll(/#(\w+)"><strong>(\d+)<\/strong>/g)].map(
    ([, kind, count]) => [kind, Number(count)],
  );
  const inLists = counted.map(([kind]) => {
    const list = new RegExp(`data-wanted="${kind}">(.*?)</ul>`, "s").exec(asked.text)?.[1] ?? "";
    return [kind, list.match(/<li>/g)?.length ?? 0];
  });
  expect(counted).toEqual(inLists);
  expect(Object.fromEntries(counted)).toEqual({ overdue: 11, returned: 1 });
  const home = await staff.follow(await staff.get("/ban-lam-viec/"));
  expect(wordsOf(home)).toMatch(
    /^.*Việc chờ anh\/chị .*1 báo cáo đã trả lại, chưa gửi lại .*Mới từ 00 giờ hôm qua .*Số 1 UBND phường Hai, quý 2, kế hoạch 1\/KH-UBND quý 2\.csv/,
  );

  // what staff have to do about it is for staff
  const own = await clerk.get("/ban-lam-viec/viec");
  expect(own.text).toContain('href="/ban-lam-viec/phieu/1"');
  expect(wordsOf(own)).not.toMatch(/Đôn đốc|Điểm cần giải trình/);

  // accepted, with a doubt
  await clerk.post("/ban-lam-viec/gui", { file: csvFile("q2.csv", ["UB-02,Q2,,people,40,"]) });
  const sent = await clerk.post("/ban-lam-viec/gui", {
    file: csvFile("q3.csv", ["UB-02,Q3,,people,200,"]),
  });
  expect(wordsOf(await clerk.follow(sent))).toContain("Phiếu tiếp nhận số 3");
  await expect
    .poll(async () => await clerk.words("/ban-lam-viec/viec"))
    .toContain("Điểm cần giải trình UBND phường Hai, quý 3: Số người");

  // explained by the unit, in no more than what may be kept
  const doubtful = await clerk.get("/ban-lam-viec/viec");
  const [, doubt = ""] = /name="finding" value="(\w+)"/.exec(doubtful.text) ?? [];
  const SAID: [string, RegExp][] = [
    ["  ", /Giải trình còn để trống/],
    ["ông An, CCCD 020085001234", /Giải trình có thông tin cá nhân/],
  ];
  for (const [said, fault] of SAID) {
    const answer = await clerk.post("/ban-lam-viec/giai-trinh", { finding: doubt, said });
    expectSaid(answer, 400, fault);
  }
  const said = "Ba tổ dân phố mới nhập về phường";
  const explained = await clerk.post("/ban-lam-viec/giai-trinh", { finding: doubt, said });
  expect(explained.status).toBe(303);
  expect(wordsOf(await clerk.follow(explained))).toMatch(
    /Đã giải trình, chờ xác nhận .*Đơn vị giải trình: Ba tổ dân phố mới nhập về phường \(Văn phòng UBND phường Hai, \d\d:\d\d ngày/,
  );

  // seen by staff, who let it stand
  const board = await staff.get("/ban-lam-viec/theo-doi");
  expect(wordsOf(board)).toContain("1 điểm cần kiểm tra Đơn vị cũng thấy các điểm này");
  expect(wordsOf(board)).toContain("Đơn vị giải trình: Ba tổ dân phố mới nhập về phường");
  const finding = /name="finding" value="(\w+)"/.exec(board.text)?.[1] ?? "";
  const empty = await staff.post("/ban-lam-viec/xac-nhan", { finding, reason: " " });
  expectSaid(empty, 400, "Lý do xác nhận còn để trống.");
  const done = await staff.post("/ban-lam-viec/xac-nhan", { finding, reason: "Sáp nhập ba tổ" });
  expect(done.status).toBe(303);
  expect(wordsOf(await staff.follow(done))).toContain("Không có điểm nào cần kiểm tra.");

  // on behalf of a unit, with the moment at which it came
  await staff.post("/ban-lam-viec/gui", {
    file: csvFile("giay.csv", ["UB-01,Q2,,people,7,"]),
    received: "2024-06-08T10:00",
  });
  const status = await runIn(world, "status", "Q2");
  expect(status.out.replace(/ +/g, " ")).toContain(
    `UBND phường Một ${TIMELINESS.on_time.word} 10:00 08/6/2024`,
  );

  // a plan file in error is told to staff, and what is done meanwhile
  const planFile = join(world.sources, "plans", "thu.yaml");
  const planText = readFileSync(planFile, "utf8");
  writeFileSync(planFile, planText.replace("periods:", "periods :x"));
  await expect
    .poll(async () => await staff.words("/ban-lam-viec/theo-doi"))
    .toMatch(
      /Tệp kế hoạch cần xem .*thu\.yaml:\d+: “periods :x”: .* vẫn theo bản không có lỗi gần nhất/,
    );
  writeFileSync(planFile, planText);

  const by = (account: string, name: string, role: string) => ({
    way: "desk",
    account,
    name,
    role,
  });
  const byClerk = by("phuong.hai", "Văn phòng UBND phường Hai", "Cán bộ đơn vị");
  const byStaff = by("chuyenvien", "Chuyên viên Phòng LĐ", "Chuyên viên tổng hợp");
  expect(causesOf(world)).toEqual([byClerk, byClerk, byClerk, byClerk, byStaff, byStaff]);
});

test("several files at once, and a zip of them", async () => {
  const linesOf = (ward: number, people: number) => [`UB-0${ward},Q2,,people,${people},`];
  const two = await staff.post("/ban-lam-viec/gui", {
    file: [csvFile("1.csv", linesOf(1, 1)), csvFile("2.csv", linesOf(2, 2))],
  });
  expect(wordsOf(two)).toMatch(
    /Kết quả gửi 2 tệp .* 1\.csv Đã tiếp nhận Phiếu số 5 2\.csv Đã tiếp nhận Phiếu số 6/,
  );
  const packed = pack(
    [1, 2].map((ward) => [`p${ward}.csv`, Buffer.from(wholeCsvOf(linesOf(ward, 10)))] as const),
    6,
  );
  const zip = await staff.post("/ban-lam-viec/gui", {
    file: new File([Buffer.from(packed)], "cac phuong.zip"),
  });
  expect(wordsOf(zip)).toMatch(
    /cac phuong\.zip Đã mở; .* Phiếu số 9 cac phuong\.zip › p1\.csv Đã tiếp nhận Phiếu số 7 .*p2\.csv Đã tiếp nhận Phiếu số 8/,
  );
  expect(await staff.words("/ban-lam-viec/phieu/9")).toContain(
    "Tệp đã được mở; từng biểu trong đó có phiếu riêng.",
  );
});

test("whoever has not logged in is sent to the log-in, whatever page it is", async () => {
  const nobody = new Browser(desk.url);
  const turned = await nobody.get("/");
  expect([turned.status, turned.location]).toEqual([303, "/ban-lam-viec/dang-nhap?next=%2F"]);
  const asked = await nobody.get("/ban-lam-viec/theo-doi?ky=2024-Q2");
  expect(asked.location).toBe(
    `/ban-lam-viec/dang-nhap?next=${encodeURIComponent("/ban-lam-viec/theo-doi?ky=2024-Q2")}`,
  );
  // a session that ended while somebody typed leads back to that page, however much was typed
  const page = "/ban-lam-viec/ke-hoach?x=1";
  const referer = new URL(page, desk.url).href;
  for (const text of ["", "a".repeat(70_000)]) {
    const sent = await nobody.post("/ban-lam-viec/ke-hoach", { text }, { referer });
    expect(sent.location).toBe(
      `/ban-lam-viec/dang-nhap?next=${encodeURIComponent(page)}&chua-luu=1`,
    );
    expect(await nobody.words(sent.location)).toContain("điều vừa gửi chưa được lưu");
  }
  // and one that another has followed, too
  const late = await staff.post("/ban-lam-viec/gui", { _token: "khac" }, { referer });
  expectSaid(late, 403, "Điều vừa gửi chưa được lưu");
  expect(late.text).toContain(`<a href="${page}">`);
});

test("staff erase a file that holds what must not be kept, and the receipt says nothing of it", async () => {
  const { paths } = desk.world;
  const erasures = (): string[] =>
    readdirSync(paths.entries).filter((name) => name.endsWith("-erasure.json"));
  const said = "bà Hoa ở tổ 3 kể lại";
  await staff.post("/ban-lam-viec/gui", {
    file: csvFile("q2.csv", [`UB-02,Q2,,people,40,${said}`, "UB-02,Q2,,reached,gần 5,"]),
  });
  await staff.post("/ban-lam-viec/gui", {
    file: csvFile("q2.csv", [`UB-02,Q2,,people,40,${said}`]),
  });
  const shown = await staff.get("/ban-lam-viec/phieu/11");
  expect(wordsOf(shown)).toContain("Xóa tệp này vì có dữ liệu cá nhân");
  const erase = (number: string, reason: string) =>
    staff.post("/ban-lam-viec/phieu/11/xoa", { number, reason });
  expect(wordsOf(await erase("1", "theo yêu cầu"))).toContain("ghi đúng số phiếu");
  expect(wordsOf(await erase("11", " "))).toContain("Lý do xóa còn để trống.");
  expect((await erase("11", "anh An 0912345678 yêu cầu")).status).toBe(400);
  expect(erasures()).toEqual([]);

  const done = await erase("11", "theo yêu cầu của đương sự");
  expect([done.status, done.location]).toEqual([303, "/ban-lam-viec/phieu/11"]);
  const after = await staff.follow(done);
  expect(wordsOf(after)).not.toMatch(/Tải tệp đã gửi|Xóa tệp này/);
  expect((await staff.get("/ban-lam-viec/phieu/11/tep")).status).toBe(404);
  const entry = JSON.parse(readFileSync(join(paths.entries, erasures()[0] ?? ""), "utf8"));
  expect(entry).toMatchObject({ by: { way: "desk", account: "chuyenvien" } });
  // the other file still has it: it is another file
  expect((await staff.get("/ban-lam-viec/phieu/10/tep")).status).toBe(200);

  // by words, single texts: only those that are chosen go
  await staff.post("/ban-lam-viec/gui", {
    file: csvFile("q3.csv", ["UB-02,Q3,,people,41,BÀ HOA nói lại"]),
  });
  const page = await staff.get("/ban-lam-viec/xoa-noi-dung");
  const [held = ""] = /(?<=BÀ HOA nói lại.*name="decided" value=")\w+/s.exec(page.text) ?? [];
  const decide = (act: string) => staff.post("/ban-lam-viec/cho-doc", { decided: held, act });
  expectSaid(await decide("city"), 200, /Người được xem: nội bộ\. .*Không có nội dung nào tạm giữ/);
  // whoever may read one that is not held, or was decided on, is decided alike
  expectSaid(
    await decide("shared"),
    200,
    /Quý 3, Ghi chú của đơn vị, Số người\. Người được xem: mọi người xem trang “BÀ HOA nói lại” Nội bộ Không ai/,
  );
  const look = () => staff.post("/ban-lam-viec/xoa-noi-dung/tim", { words: "bà hoa" });
  const found = await look();
  expect(wordsOf(found)).toMatch(
    /1 nội dung có từ ngữ này Ghi chú của đơn vị: “BÀ HOA nói lại” .*tệp đã nhận của phiếu số 12 /,
  );
  const [text = ""] = found.text.match(/(?<=name="text" value=")[0-9a-f]+/g) ?? [];
  const choose = (texts: readonly string[], number: string, why: string) =>
    staff.post("/ban-lam-viec/xoa-noi-dung", { words: "bà hoa", text: texts, number, reason: why });
  expect(wordsOf(await choose([], "0", "theo yêu cầu"))).toContain("Chưa chọn nội dung nào.");
  expect(wordsOf(await choose([text], "2", "theo yêu cầu"))).toContain("ghi đúng số nội dung");
  expect(wordsOf(await choose([text], "1", " "))).toContain("Lý do xóa còn để trống.");
  expect(wordsOf(await choose(["0".repeat(32)], "1", "theo yêu cầu"))).toContain("không còn ở đây");
  const chosen = await choose([text], "1", "theo yêu cầu của đương sự");
  expect([chosen.status, chosen.location]).toEqual([303, "/ban-lam-viec/xoa-noi-dung?da-xoa"]);
  expect(wordsOf(await look())).toContain("Không có nội dung nào có từ ngữ này.");
  expect((await staff.get("/ban-lam-viec/phieu/12/tep")).status).toBe(404);
  const acts = await actsAt(paths.desk);
  expect(acts).toContain("xóa nội dung");
  expect(acts.toLowerCase()).not.toContain("hoa");
});

test("a corrected report is held against the one before, cell by cell", async () => {
  for (const lines of [
    ["UB-02,Q4,,people,1200,", "UB-02,Q4,,reached,30,"],
    ["UB-02,Q4,,people,1250,rà soát lại", "UB-02,Q4,,reached,30,", "UB-02,Q4,,budget,7,"],
  ]) {
    await staff.post("/ban-lam-viec/gui", { file: csvFile("so-sanh.csv", lines) });
  }
  const receipts = await staff.get("/ban-lam-viec/phieu?tim=so-sanh");
  const [after = "", before = ""] = receipts.text.match(/(?<=\/phieu\/)\d+(?=")/g) ?? [];
  const page = await staff.get(`/ban-lam-viec/phieu/${after}/so-voi/${before}`);
  expect(wordsOf(page)).toMatch(
    /UBND phường Hai, quý 4, kế hoạch 1\/KH-UBND .*2 ô khác nhau .*Kinh phí triệu đồng để trống 7 khác Số người người 1\.200 1\.250 ghi chú: rà soát lại \+50 /,
  );
  for (const no of [after, before]) {
    expect((await staff.get(`/ban-lam-viec/phieu/${no}`)).text).toContain(
      `href="/ban-lam-viec/phieu/${after}/so-voi/${before}"`,
    );
  }
  expect((await staff.get(`/ban-lam-viec/phieu/${after}/so-voi/1`)).status).toBe(404);
});

test("whoever has an account chooses another password; an administrator renames it", async () => {
  const admin = new Browser(desk.url);
  await admin.logIn("quan-tri");
  await admin.get("/ban-lam-viec/tai-khoan");
  const own = await invited(admin, "staff", "cu");
  const elsewhere = new Browser(desk.url);
  await elsewhere.logIn("cu");
  const path = "/ban-lam-viec/tai-khoan-cua-toi";
  await own.get(path);
  const next = "gốc gạo đầu làng";
  const ROWS: [current: string, password: string, again: string, says: RegExp][] = [
    ["không phải", next, next, /400 .*Mật khẩu đang dùng không đúng/],
    [PASSWORD, "ngắn", "ngắn", /400 .*ít nhất 10 ký tự/],
    [PASSWORD, next, `${next}!`, /400 .*không giống nhau/],
    [PASSWORD, next, next, /303/],
  ];
  for (const [current, password, again, says] of ROWS) {
    const answer = await own.post(path, { current, password, again });
    expect(`${answer.status} ${wordsOf(answer)}`).toMatch(says);
  }
  expect(await own.words(`${path}?da-doi`)).toContain("Đã đổi mật khẩu");
  expect((await elsewhere.get(path)).status).toBe(303);

  await own.post("/ban-lam-viec/gui", { file: csvFile("cu.csv", ["UB-01,Q4,,people,9,"]) });
  const rename = (name: string, to: string, shown_name: string) =>
    admin.post(`/ban-lam-viec/tai-khoan/${name}`, { act: "rename", name: to, shown_name });
  expectSaid(await rename("cu", "quan-tri", "Bà Lan"), 400, "Đã có tài khoản quan-tri.");
  expectSaid(await rename("cu", "Tên mới", "Bà Lan"), 400, "không dùng được làm tên đăng nhập");
  expect((await rename("cu", "moi", "Chuyên viên Lan")).status).toBe(303);
  expectSaid(
    await rename("quan-tri", "cu", "Quản trị"),
    400,
    "Tên cu là tên cũ của tài khoản moi.",
  );
  expect((await own.get(path)).status).toBe(303);
  expect((await own.logIn("cu", next)).status).toBe(401);
  await own.logIn("moi", next);
  expect(await own.words(path)).toContain("moi : Chuyên viên Lan");
  expect(await actsAt(desk.world.paths.desk)).toMatch(/"đổi tên tài khoản","about":"cu thành moi"/);
});
