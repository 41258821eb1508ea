import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { askHttp } from "../../site/http-given.ts";
import {
  administrator,
  Browser,
  csvFile,
  expectSaid,
  type GivenDesk,
  invited,
  runDesk,
  stopDesk,
  wordsOf,
} from "../given.ts";

// All that follows happens at one desk, in this order: what nobody may leave behind is looked at while
// nothing is there, and what locks accounts and addresses comes last.
let desk: GivenDesk;
let admin: Browser;
let staff: Browser;
beforeAll(async () => {
  desk = await runDesk();
  admin = await administrator(desk);
  staff = await invited(admin, "staff", "staff");
});
afterAll(() => stopDesk(desk));

const SEND = "/ban-lam-viec/gui";
const RECEIPTS = "/ban-lam-viec/phieu";

test("a clerk who sends the report of another unit changes nothing of that unit", async () => {
  const clerk = await invited(admin, "clerk", "ward2", { units: ["UB-02"] });
  for (const lines of [
    ["UB-01,Q2,,people,5,"],
    ["UB-02,Q2,,people,5,", "UB-01,Q2,,people,5,"],
    ["UB-01,Q2,,people,gần 5,"],
  ]) {
    const answer = await clerk.follow(await clerk.post(SEND, { file: csvFile("q2.csv", lines) }));
    expect(wordsOf(answer)).toContain(
      "Tệp là báo cáo quý 2 của UBND phường Một; tài khoản gửi tệp không được gửi báo cáo này.",
    );
  }
  const board = await staff.words("/ban-lam-viec/theo-doi");
  expect(board).toContain("0 báo cáo đã trả lại");
  expect(board).not.toMatch(/Đã nhận|Đã trả lại/);
});

/** What each role may do: the status of the answer, or where it leads. */
const DOORS: [method: "get" | "post", path: string, may: Record<string, number>][] = [
  ["get", "/viec", { clerk: 200, staff: 403, leader: 403, admin: 403 }],
  ["get", "/theo-doi", { clerk: 403, staff: 200, leader: 200, admin: 403 }],
  ["get", "/viec-cho", { clerk: 403, staff: 200, leader: 200, admin: 403 }],
  ["get", "/kiem-tra", { clerk: 403, staff: 200, leader: 200, admin: 403 }],
  ["post", "/kiem-tra", { clerk: 403, staff: 400, leader: 400, admin: 403 }],
  ["get", "/bieu-mau/thu?ky=Q2&ky=Q3", { clerk: 403, staff: 200, leader: 200, admin: 403 }],
  ["get", "/bieu-mau/thu", { clerk: 403, staff: 404, leader: 404, admin: 403 }],
  ["get", "/gui-thay", { clerk: 403, staff: 200, leader: 403, admin: 403 }],
  ["get", "/don-doc", { clerk: 403, staff: 200, leader: 403, admin: 403 }],
  ["get", "/bao-cao", { clerk: 403, staff: 200, leader: 200, admin: 403 }],
  ["get", "/bao-cao/thu/Q2", { clerk: 403, staff: 200, leader: 200, admin: 403 }],
  ["get", "/bao-cao/thu/Q2/du-thao.docx", { clerk: 403, staff: 200, leader: 200, admin: 403 }],
  ["get", "/bao-cao/thu/Q2/du-thao.pdf", { clerk: 403, staff: 200, leader: 200, admin: 403 }],
  ["get", "/bao-cao/thu/Q2/v1", { clerk: 403, staff: 404, leader: 404, admin: 403 }],
  ["get", "/bao-cao/thu/Q2/v1/tep/city/x", { clerk: 403, staff: 404, leader: 404, admin: 403 }],
  ["post", "/bao-cao/thu/Q2/v1/bieu-cap-tren", { clerk: 403, staff: 404, leader: 403, admin: 403 }],
  ["post", "/bao-cao/thu/Q2", { clerk: 403, staff: 200, leader: 403, admin: 403 }],
  ["post", "/bao-cao/thu/Q2/tra-lai", { clerk: 403, staff: 403, leader: 409, admin: 403 }],
  ["post", "/bao-cao/thu/Q2/duyet", { clerk: 403, staff: 403, leader: 409, admin: 403 }],
  ["get", "/tai-khoan", { clerk: 403, staff: 403, leader: 403, admin: 200 }],
  ["get", "/phieu", { clerk: 200, staff: 200, leader: 200, admin: 200 }],
  // the receipt of a file of another unit: as if there were none
  ["get", "/phieu/RECEIPT", { clerk: 404, staff: 200, leader: 200, admin: 404 }],
  ["get", "/phieu/RECEIPT/tep", { clerk: 404, staff: 200, leader: 200, admin: 404 }],
  ["get", "/phieu/RECEIPT/ban-danh-dau", { clerk: 404, staff: 404, leader: 404, admin: 404 }],
  ["get", "/phieu/99", { clerk: 404, staff: 404, leader: 404, admin: 404 }],
  ["get", "/bieu-mau/thu/Q2/UB-02", { clerk: 200, staff: 200, leader: 200, admin: 404 }],
  ["get", "/bieu-mau/thu/Q2/UB-01", { clerk: 404, staff: 200, leader: 200, admin: 404 }],
  ["post", "/cho-doc", { clerk: 403, staff: 400, leader: 403, admin: 403 }],
  // the form to be filled in on the page: of an own report, or on behalf of any
  ["get", "/nhap/thu/Q2/UB-02", { clerk: 200, staff: 200, leader: 403, admin: 403 }],
  ["get", "/nhap/thu/Q2/UB-01", { clerk: 404, staff: 200, leader: 403, admin: 403 }],
  ["get", "/nhap/thu/Q2/UB-01/bieu", { clerk: 404, staff: 404, leader: 403, admin: 403 }],
  ["get", "/nhap/thu/Q9/UB-02", { clerk: 404, staff: 404, leader: 403, admin: 403 }],
  ["post", "/nhap/thu/Q2/UB-01", { clerk: 404, staff: 303, leader: 403, admin: 403 }],
  // without a file, a finding or a name nothing can be done, by whom it may be
  ["post", "/gui", { clerk: 400, staff: 400, leader: 403, admin: 403 }],
  ["post", "/giai-trinh", { clerk: 400, staff: 403, leader: 403, admin: 403 }],
  ["post", "/don-doc", { clerk: 403, staff: 400, leader: 403, admin: 403 }],
  ["post", "/don-doc/cong-van", { clerk: 403, staff: 400, leader: 403, admin: 403 }],
  // no mail server is named
  ["post", "/don-doc/gui-thu", { clerk: 403, staff: 404, leader: 403, admin: 403 }],
  ["post", "/don-doc/ghi-nhan", { clerk: 403, staff: 400, leader: 403, admin: 403 }],
  ["post", "/xac-nhan", { clerk: 403, staff: 400, leader: 403, admin: 403 }],
  ["post", "/phieu/RECEIPT/xoa", { clerk: 403, staff: 400, leader: 403, admin: 403 }],
  ["post", "/phieu/99/xoa", { clerk: 403, staff: 404, leader: 403, admin: 403 }],
  ["get", "/xoa-noi-dung", { clerk: 403, staff: 200, leader: 403, admin: 403 }],
  ["post", "/xoa-noi-dung/tim", { clerk: 403, staff: 400, leader: 403, admin: 403 }],
  ["post", "/xoa-noi-dung", { clerk: 403, staff: 400, leader: 403, admin: 403 }],
  ["post", "/tai-khoan", { clerk: 403, staff: 403, leader: 403, admin: 400 }],
  ["get", "/ke-hoach", { clerk: 403, staff: 200, leader: 200, admin: 403 }],
  ["post", "/ke-hoach", { clerk: 403, staff: 400, leader: 403, admin: 403 }],
  ["get", "/ke-hoach/none/can-cu", { clerk: 403, staff: 404, leader: 404, admin: 403 }],
  ["get", "/ke-hoach/none/bieu/UB-02", { clerk: 403, staff: 404, leader: 404, admin: 403 }],
  ["post", "/ke-hoach/none/can-cu", { clerk: 403, staff: 404, leader: 403, admin: 403 }],
  ["post", "/ke-hoach/none/duyet", { clerk: 403, staff: 404, leader: 404, admin: 403 }],
  ["post", "/ke-hoach/none/tra-lai", { clerk: 403, staff: 403, leader: 404, admin: 403 }],
  // there is a plan, so this is no first start
  ["get", "/bat-dau", { clerk: 403, staff: 403, leader: 403, admin: 303 }],
  ["post", "/bat-dau", { clerk: 403, staff: 403, leader: 403, admin: 303 }],
  ["post", "/tai-khoan/quan-tri", { clerk: 403, staff: 403, leader: 403, admin: 303 }],
];

test("each role comes through its own doors and no others", async () => {
  const browsers: Record<string, Browser> = {
    clerk: await invited(admin, "clerk", "ward2.c", { units: ["UB-02"] }),
    staff,
    leader: await invited(admin, "leader", "leader"),
    admin,
  };
  const other = await invited(admin, "clerk", "ward1", { units: ["UB-01-2"] });
  const sent = await other.post(SEND, {
    file: csvFile("q2.csv", ["UB-01,Q2,,people,5,"]),
  });
  expect(wordsOf(await other.follow(sent))).toContain("Phiếu tiếp nhận số");
  const receipt = sent.location?.split("/").at(-1) ?? "";
  const nobody = new Browser(desk.url);
  const found: unknown[] = [];
  for (const [method, door] of DOORS) {
    const path = door.replace("RECEIPT", receipt);
    const statuses: Record<string, number> = {};
    for (const [role, browser] of Object.entries(browsers)) {
      const answer =
        method === "get"
          ? await browser.get(`/ban-lam-viec${path}`)
          : await browser.post(`/ban-lam-viec${path}`, { act: "bo" });
      statuses[role] = answer.status;
    }
    found.push([method, door, statuses]);
    const turned =
      method === "get"
        ? await nobody.get(`/ban-lam-viec${path}`)
        : await nobody.post(`/ban-lam-viec${path}`, {});
    expect([path, turned.status, turned.location]).toEqual([
      path,
      303,
      expect.stringContaining("/ban-lam-viec/dang-nhap"),
    ]);
  }
  expect(found).toEqual(DOORS);
});

test("a file that is not kept gives each sender a receipt of his own", async () => {
  const lines = ['UB-02,Q2,,people,5,"ông Nguyễn Văn An, CCCD 020085001234"'];
  for (const [name, unit] of [
    ["ward2.a", "UB-02"],
    ["gd", "GD"],
    ["ward2.b", "UB-02"],
  ] as const) {
    const clerk = await invited(admin, "clerk", name, { units: [unit] });
    const sent = await clerk.post(SEND, { file: csvFile("q2.csv", lines) });
    const receipt = await clerk.follow(sent);
    expect([name, receipt.status, wordsOf(receipt)]).toEqual([
      name,
      200,
      expect.stringMatching(/Phiếu trả lại số \d+ Tệp chưa được tiếp nhận/),
    ]);
  }
});

test("nobody finds out by sending the same what another unit has sent, or what was erased", async () => {
  const sent = ["UB-01,Q2,,people,6,"];
  const [one, two] = [
    await invited(admin, "clerk", "knows", { units: ["UB-01-2"] }),
    await invited(admin, "clerk", "guesses", { units: ["UB-02"] }),
  ];
  const answers: string[] = [];
  const receipts: string[] = [];
  const send = async (by: Browser, lines: readonly string[]): Promise<void> => {
    const answer = await by.post(SEND, { file: csvFile("q2.csv", lines) });
    receipts.push(answer.location);
    answers.push(wordsOf(await by.follow(answer)).replaceAll(/[\da-f]{64}|\d+/g, "#"));
  };
  await send(one, sent);
  await send(one, sent);
  await send(two, sent);
  await send(two, ["UB-01,Q2,,people,9,"]);
  await staff.get(receipts[0] ?? "");
  const number = receipts[0]?.split("/").at(-1) ?? "";
  const erasing = { number, reason: "theo yêu cầu của đương sự" };
  expect((await staff.post(`${receipts[0]}/xoa`, erasing)).status).toBe(303);
  await send(one, sent);
  await send(two, sent);
  expect(answers[1]).toContain("Tệp giống hệt tệp đã tiếp nhận trước đây");
  expect(answers[2]).toContain("tài khoản gửi tệp không được gửi báo cáo này.");
  expect(answers[4]).toContain("Tệp này đã bị xóa khỏi hồ sơ ngày");
  expect(answers[4]).not.toContain(erasing.reason);
  for (const other of [answers[3], answers[5]]) expect(other).toBe(answers[2]);
});

test("no other site logs anybody in, and what is no form is refused", async () => {
  const anybody = new Browser(desk.url);
  const fields = { name: "staff", password: "whatever it is" };
  for (const [headers, status] of [
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site", origin: desk.url }, 403],
    [{ origin: "https://elsewhere.example" }, 403],
    [{ origin: "null" }, 403],
    [{ "sec-fetch-site": "same-origin" }, 401],
    [{ origin: new URL(desk.url).origin }, 401],
    [{}, 401],
  ] as const) {
    const answer = await anybody.post("/ban-lam-viec/dang-nhap", fields, headers);
    expect([headers, answer.status]).toEqual([headers, status]);
  }
  const address = new URL("/ban-lam-viec/dang-nhap", desk.url);
  for (const type of ["text/plain", "application/json", "multipart/form-data"]) {
    const sent = { method: "POST", body: "{}", headers: { "content-type": type } };
    expect([type, (await fetch(address, sent)).status]).toEqual([type, 400]);
  }
});

test("an account that is locked stays so with a new link, and its name is one that can be read", async () => {
  await invited(admin, "staff", "locked");
  const page = "/ban-lam-viec/tai-khoan";
  await admin.post(`${page}/locked`, { act: "disable" });
  const again = await admin.post(`${page}/locked`, { act: "invite" });
  const link = /\/ban-lam-viec\/loi-moi\/[\w./-]+/.exec(again.text)?.[0] ?? "";
  expect((await new Browser(desk.url).get(link)).status).toBe(404);
  await admin.post(`${page}/locked`, { act: "enable" });
  expect((await new Browser(desk.url).get(link)).status).toBe(200);
  const long = { name: "long", shown_name: "Ạ".repeat(121), role: "staff" };
  expect((await admin.post(page, long)).status).toBe(400);
  expect((await admin.get(page)).status).toBe(200);
});

test("a form of another page, of another session or of none is refused", async () => {
  const file = csvFile("q2.csv", ["UB-01,Q2,,people,5,"]);
  const before = await staff.words(RECEIPTS);
  for (const token of ["", "x".repeat(admin.token.length), admin.token]) {
    const answer = await staff.post(SEND, { file, _token: token });
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("hiệu lực")]);
  }
  expect(await staff.words(RECEIPTS)).toBe(before);
});

test("a session begins anew with each log-in, and ends with log-out, lock and new invitation", async () => {
  const staff = await invited(admin, "staff", "staff.b");
  const before = staff.cookie;
  await staff.logIn("staff.b");
  expect(staff.cookie).not.toBe(before);
  const stolen = new Browser(desk.url);
  stolen.cookie = before;
  expect((await stolen.get("/ban-lam-viec/theo-doi")).status).toBe(303);
  expect((await staff.get("/ban-lam-viec/theo-doi")).status).toBe(200);

  await admin.post("/ban-lam-viec/tai-khoan/staff.b", { act: "disable" });
  expect((await staff.get("/ban-lam-viec/theo-doi")).status).toBe(303);
  expect((await new Browser(desk.url).logIn("staff.b")).status).toBe(401);
  await admin.get("/ban-lam-viec/tai-khoan");
  await admin.post("/ban-lam-viec/tai-khoan/staff.b", { act: "enable" });
  expect((await staff.logIn("staff.b")).status).toBe(303);
  await staff.get("/ban-lam-viec/theo-doi");
  const kept = staff.cookie;
  await staff.post("/ban-lam-viec/dang-xuat", {});
  staff.cookie = kept;
  expect((await staff.get("/ban-lam-viec/theo-doi")).status).toBe(303);

  await staff.logIn("staff.b");
  await admin.post("/ban-lam-viec/tai-khoan/staff.b", { act: "invite" });
  expect((await staff.get("/ban-lam-viec/theo-doi")).status).toBe(303);
  expect((await new Browser(desk.url).logIn("staff.b")).status).toBe(401);
});

test("a ward before a merger and the one after it that bears its code do not see each other's files", async () => {
  const before = await invited(admin, "clerk", "mot", { units: ["UB-01-2"] });
  const after = await invited(admin, "clerk", "moi", { units: ["UB-01-4"] });
  const own = await before.post(SEND, { file: csvFile("q2.csv", ["UB-01,Q2,,people,7,"]) });
  const receipt = own.location;
  expect((await before.get(receipt)).status).toBe(200);
  expect((await after.get(receipt)).status).toBe(404);
  const sent = await after.post(SEND, {
    file: csvFile("q2.csv", ["UB-01,Q2,,people,6,"]),
  });
  expect(wordsOf(await after.follow(sent))).toContain("không được gửi báo cáo này");
});

const LINKS: [next: string, goes: string][] = [
  ["/217-kh-ubnd-2024/", "/217-kh-ubnd-2024/"],
  ["https://example.com/", "/ban-lam-viec/"],
  ["//example.com/", "/ban-lam-viec/"],
  ["/\\example.com/", "/ban-lam-viec/"],
  ["javascript:alert(1)", "/ban-lam-viec/"],
  ["/a\r\nset-cookie: x=1", "/ban-lam-viec/"],
];

test("after log-in nobody is led away, names of files stay names, and other hosts are not served", async () => {
  for (const [next, goes] of LINKS) {
    const answer = await new Browser(desk.url).post("/ban-lam-viec/dang-nhap", {
      name: "staff",
      password: "cây đa bến nước",
      next,
    });
    expect([next, answer.location]).toEqual([next, goes]);
  }

  const name = '../../x"\r\nset-cookie: a=1; <script>alert(1)</script>.csv';
  const sent = await staff.post(SEND, { file: csvFile(name, ["UB-01,Q2,,people,8,"]) });
  const receipt = sent.location;
  const shown = await staff.follow(sent);
  expect(shown.text).toContain("Phiếu tiếp nhận số");
  expect(shown.text).not.toContain("<script>");
  const file = await staff.get(`${receipt}/tep`);
  expect(file.status).toBe(200);
  expect(file.headers.get("set-cookie")).toBeNull();
  expect(file.headers.get("content-disposition")).toMatch(
    /^attachment; filename="[\w.-]+"; filename\*=/,
  );
  expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");

  const { port } = new URL(desk.url);
  const { status } = await askHttp({ port, headers: { host: "chitieu.example" } });
  expect(status).toBe(421);
});

test("who says nothing, or sends much before he is known, takes nothing from others", async () => {
  const { hostname, port } = new URL(desk.url);
  const silent = Array.from({ length: 700 }, () => connect(Number(port), hostname));
  onTestFinished(() => {
    for (const one of silent) one.destroy();
  });
  let cut = 0;
  await new Promise<void>((done) => {
    for (const one of silent) {
      one.on("error", () => undefined).once("close", () => (++cut === 200 ? done() : undefined));
    }
  });
  expect((await new Browser(desk.url).get("/ban-lam-viec/dang-nhap")).status).toBe(200);

  const ask = (headers: Record<string, string | number>, body: Buffer) =>
    new Promise<number | undefined>((resolve) => {
      const path = "/ban-lam-viec/gui";
      request({ hostname, port, path, method: "POST", headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on("error", () => resolve(undefined))
        .end(body);
    });
  const type = { "content-type": "multipart/form-data; boundary=x" };
  const much = Buffer.alloc(65 * 1024);
  expect(await ask({ ...type, "transfer-encoding": "chunked" }, Buffer.alloc(9))).toBe(411);
  expect(await ask({ ...type, "content-length": much.length }, much)).toBe(303);
});

test("one address that fails again and again is told to wait, and those beside it behind nginx are not", async () => {
  const from = (address: string, name: string, password?: string) =>
    new Browser(desk.url).logIn(name, password, { "x-forwarded-for": address });
  // side by side, too
  const answers = await Promise.all(
    Array.from({ length: 62 }, (_, index) => from("10.0.0.9", `name${index}`, "sai")),
  );
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(60);
  expect((await from("10.0.0.9", "staff")).status).toBe(429);
  expect((await from("10.0.0.8", "staff")).status).toBe(303);
  expect(await admin.words("/ban-lam-viec/tai-khoan")).toContain("10.0.0.9");
});

test("without a provider there is one way in", async () => {
  const nobody = new Browser(desk.url);
  const page = await nobody.get("/ban-lam-viec/dang-nhap");
  expect(page.text).not.toContain("mot-lan");
  expect(page.headers.get("content-security-policy")).toMatch(/form-action 'self'(?:;|$)/);
  expect((await nobody.get("/ban-lam-viec/dang-nhap/mot-lan")).status).toBe(404);
});

test("guessing is slowed down, and a name that does not exist looks like one that does", async () => {
  const guess = async (name: string): Promise<string> => {
    const answer = await new Browser(desk.url).logIn(name, "sai mật khẩu này");
    return `${answer.status} ${wordsOf(answer).replace(/.*Đăng nhập Đăng nhập /, "")}`;
  };
  const [known, unknown] = [await guess("staff"), await guess("nobody-here")];
  expect(known).toBe(unknown);
  expect(known).toMatch(/^401 .*Tên đăng nhập hoặc mật khẩu không đúng/);
  // side by side, too
  for (const name of ["staff", "nobody-here"]) {
    await Promise.all(Array.from({ length: 4 }, () => guess(name)));
    expect(await guess(name)).toMatch(/^429 .*Chờ vài phút/);
  }
  // even the right password waits now
  const right = await new Browser(desk.url).logIn("staff");
  expectSaid(right, 429, "Chờ vài phút");
  // what was typed for a name may be a password
  await new Browser(desk.url).logIn("mật khẩu gõ nhầm chỗ");
  const log = await admin.words("/ban-lam-viec/tai-khoan");
  expect(log).toContain("đăng nhập không được staff");
  expect(log).toContain("đăng nhập không được tên không có");
  expect(log).not.toMatch(/nobody-here|gõ nhầm chỗ/);
});
