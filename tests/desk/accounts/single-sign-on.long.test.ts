import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import Provider from "oidc-provider";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  readSignOn,
  SignOnRefused,
  SingleSignOn,
} from "../../../pipelines/desk/accounts/single-sign-on.ts";
import { newFolder } from "../../folders.ts";
import { causesOf, newWorld } from "../../intake/given.ts";
import {
  type Answer,
  actsAt,
  administrator,
  Browser,
  csvFile,
  expectSaid,
  type GivenDesk,
  runDesk,
  stopDesk,
  wordsOf,
} from "../given.ts";

const BEGIN = "/ban-lam-viec/dang-nhap/mot-lan";
const SETTINGS = {
  client_id: "chitieu",
  client_secret_file: "secret",
  name: "Đăng nhập bằng tài khoản của tỉnh",
  groups: {
    "tong-hop": { role: "staff" },
    "lanh-dao": { role: "leader" },
    "phuong-hai": { role: "clerk", units: ["UB-02"] },
    "giao-duc": { role: "clerk", units: ["GD"] },
  },
};

/** Whom the provider knows, with their groups. */
const PEOPLE: Record<string, { name: string; preferred_username: string; groups: string[] }> = {
  s1: { name: "Bà Lan", preferred_username: "Lan", groups: ["khac", "tong-hop"] },
  s2: { name: "Ông Hùng", preferred_username: "hung", groups: ["phuong-hai", "giao-duc"] },
  s3: { name: "Khách", preferred_username: "khach", groups: ["khac"] },
  s4: { name: "Bà Mai", preferred_username: "mai", groups: ["tong-hop", "lanh-dao"] },
  s5: { name: "Quản trị giả", preferred_username: "quan-tri", groups: ["lanh-dao"] },
  s6: { name: "Tên lạ", preferred_username: "Nguyễn Lan", groups: ["tong-hop"] },
  s7: { name: "Lan khác", preferred_username: "lan", groups: ["lanh-dao"] },
};

let provider: RequestListener;
let server: Server;
let issuer: string;
let desk: GivenDesk;
let admin: Browser;
beforeAll(async () => {
  server = createServer((request, response) => provider(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = newFolder();
  writeFileSync(join(folder, "secret"), "bi-mat-cua-phan-mem\n");
  writeFileSync(join(folder, "oidc.yaml"), JSON.stringify({ issuer, ...SETTINGS }));
  desk = await runDesk(newWorld("2024"), "--oidc", join(folder, "oidc.yaml"));
  // what it says of its runtime and of its own keys is no concern of ours
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  provider = new Provider(issuer, {
    clients: [
      {
        client_id: "chitieu",
        client_secret: "bi-mat-cua-phan-mem",
        redirect_uris: [`${desk.url}${BEGIN}/ve`],
        post_logout_redirect_uris: [`${desk.url}/ban-lam-viec/dang-nhap`],
      },
    ],
    pkce: { required: () => true },
    scopes: ["openid", "profile", "groups"],
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], groups: ["groups"] },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...PEOPLE[id] }),
    }),
  }).callback();
  admin = await administrator(desk);
});
afterAll(async () => {
  await stopDesk(desk);
  server.closeAllConnections();
  server.close();
});

/** Goes through the provider's own pages. @returns the address to which it leads back */
async function atProvider(address: string, login: string | null): Promise<string> {
  const jar = new Map<string, string>();
  let [url, body] = [address, null as URLSearchParams | null];
  for (let step = 0; step < 12; step += 1) {
    if (!url.startsWith(issuer)) return url;
    const answer = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(body === null ? {} : { method: "POST", body }),
    });
    for (const one of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      jar.set(name, value);
    }
    const page = await answer.text();
    const location = answer.headers.get("location");
    body = null;
    if (location !== null) url = new URL(location, url).href;
    else if (login === null) url = new URL(/href="([^"]+\/abort)"/.exec(page)?.[1] ?? "", url).href;
    else {
      const [, action = ""] = /action="([^"]+)"/.exec(page) ?? [];
      const [, prompt = ""] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
      url = new URL(action, url).href;
      body = new URLSearchParams({ prompt, login, password: "x" });
    }
  }
  throw new Error(`the provider does not lead back from ${address}`);
}

async function begun(browser: Browser, next = "/ban-lam-viec/"): Promise<string> {
  const answer = await browser.get(`${BEGIN}?next=${encodeURIComponent(next)}`);
  return answer.location;
}

/** Somebody who logs in through the provider. */
async function signedOn(login: string | null): Promise<{ browser: Browser; answer: Answer }> {
  const browser = new Browser(desk.url);
  const back = await atProvider(await begun(browser, "/ban-lam-viec/phieu"), login);
  return { browser, answer: await browser.get(back.slice(desk.url.length)) };
}

test("groups give role and units, an account is made, and the journal names who it was", async () => {
  const page = await new Browser(desk.url).get("/ban-lam-viec/dang-nhap");
  expect(wordsOf(page)).toContain("Đăng nhập bằng tài khoản của tỉnh");
  const { browser: lan, answer } = await signedOn("s1");
  expect([answer.status, answer.location]).toEqual([303, "/ban-lam-viec/phieu"]);
  expect((await lan.get("/ban-lam-viec/theo-doi")).status).toBe(200);
  const file = csvFile("q2.csv", ["UB-02,Q2,,people,5,"]);
  await lan.follow(await lan.post("/ban-lam-viec/gui", { file }));
  expect(causesOf(desk.world)).toEqual([
    { way: "desk", account: "lan", name: "Bà Lan", role: "Chuyên viên tổng hợp" },
  ]);
  const { browser: hung } = await signedOn("s2");
  expect((await hung.get("/ban-lam-viec/viec")).status).toBe(200);
  for (const [unit, status] of Object.entries({ "UB-02": 200, GD: 200, "UB-01": 404 })) {
    expect([unit, (await hung.get(`/ban-lam-viec/bieu-mau/thu/Q2/${unit}`)).status]).toEqual([
      unit,
      status,
    ]);
  }
  const accounts = await admin.words("/ban-lam-viec/tai-khoan");
  expect(accounts).toMatch(/lan Bà Lan Chuyên viên tổng hợp – Đang dùng, đăng nhập một lần Khóa/);
  expect(accounts).toContain("lan đăng nhập một lần, lần đầu");
});

test.each([
  ["s3", /chưa thuộc nhóm nào/],
  ["s4", /vai trò khác nhau \(Chuyên viên tổng hợp, Lãnh đạo\)/],
  // whoever calls himself what somebody with a password is called, or somebody else of the provider
  ["s5", /quan-tri đã có/],
  ["s6", /không dùng được/],
  ["s7", /lan đã có ở Bàn làm việc và là của người khác/],
  [null, /không cho vào, hoặc người dùng đã thôi/],
])("stays out, and is told why: %s", async (login, words) => {
  const { browser, answer } = await signedOn(login);
  expectSaid(answer, 401, words);
  expect((await browser.get("/ban-lam-viec/phieu")).status).toBe(303);
});

test("what comes back is taken once, by the browser that began, and as it was sent", async () => {
  const browser = new Browser(desk.url);
  const address = await begun(browser);
  const asked = new URL(address).searchParams;
  expect(asked.get("code_challenge_method")).toBe("S256");
  for (const name of ["state", "nonce", "code_challenge"]) {
    expect(asked.get(name)?.length).toBeGreaterThan(40);
  }
  const back = (await atProvider(address, "s1")).slice(desk.url.length);
  expect((await new Browser(desk.url).get(back)).status).toBe(401);
  const cookie = browser.cookie;
  expect((await browser.get(back)).status).toBe(303);
  browser.cookie = cookie;
  const again = await browser.get(back);
  expectSaid(again, 401, "đã dùng rồi");

  const other = new Browser(desk.url);
  const altered = new URL(await atProvider(await begun(other), "s1"));
  altered.searchParams.set("state", "x".repeat(43));
  const refused = await other.get(altered.href.slice(desk.url.length));
  expectSaid(refused, 401, "trả lời không hợp lệ");
});

test("strangers at the address of return fill no log: what fails there counts as a wrong password does", async () => {
  const from = (address: string) => ({ "x-forwarded-for": address });
  // whoever comes in is not counted
  const lan = new Browser(desk.url);
  const back = (await atProvider(await begun(lan), "s1")).slice(desk.url.length);
  expect((await lan.get(back, from("10.0.0.7"))).status).toBe(303);
  const answers = await Promise.all(
    Array.from({ length: 70 }, () =>
      new Browser(desk.url).get(`${BEGIN}/ve?code=x&state=x`, from("10.0.0.7")),
    ),
  );
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(60);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(10);
  expect(wordsOf(refused[0] as Answer)).toContain("Có quá nhiều lần thử từ máy này");
  const log = await actsAt(desk.world.paths.desk);
  expect(log.match(/không được.*10\.0\.0\.7/g)).toHaveLength(60);
  // one limit for both ways in, and none for who is elsewhere
  const hung = new Browser(desk.url);
  const goes = (await atProvider(await begun(hung), "s2")).slice(desk.url.length);
  expect((await hung.get(goes, from("10.0.0.7"))).status).toBe(429);
  expect((await hung.logIn("quan-tri", undefined, from("10.0.0.7"))).status).toBe(429);
  expect((await hung.get(goes, from("10.0.0.6"))).status).toBe(303);
});

test("groups hold from the next log-in on, a locked account stays out, log-out goes through", async () => {
  const { browser: hung } = await signedOn("s2");
  await hung.get("/ban-lam-viec/viec");
  const out = await hung.post("/ban-lam-viec/dang-xuat", {});
  const end = new URL(out.location);
  expect([end.origin, end.searchParams.get("post_logout_redirect_uri")]).toEqual([
    issuer,
    `${desk.url}/ban-lam-viec/dang-nhap`,
  ]);
  expect(out.headers.get("content-security-policy")).toContain(`form-action 'self' ${issuer}`);
  expect((await hung.get("/ban-lam-viec/viec")).status).toBe(303);

  const { browser: before } = await signedOn("s1");
  Object.assign(PEOPLE.s1 ?? {}, { groups: ["lanh-dao"] });
  const { browser: after } = await signedOn("s1");
  expect((await before.get("/ban-lam-viec/gui-thay")).status).toBe(303);
  expect((await after.get("/ban-lam-viec/gui-thay")).status).toBe(403);
  await admin.get("/ban-lam-viec/tai-khoan");
  await admin.post("/ban-lam-viec/tai-khoan/lan", { act: "disable" });
  expect((await after.get("/ban-lam-viec/theo-doi")).status).toBe(303);
  const { answer } = await signedOn("s1");
  expectSaid(answer, 401, "đã bị khóa");
  // such an account has no password that could be asked for
  await admin.get("/ban-lam-viec/tai-khoan");
  await admin.post("/ban-lam-viec/tai-khoan/hung", { act: "invite" });
  const kept = readFileSync(join(desk.world.paths.folder, "desk/accounts/hung.json"), "utf8");
  expect(JSON.parse(kept)).toMatchObject({ invitation: null, identity: { subject: "s2" } });
});

test.each([
  [{ issuer: "http://sso.example.gov.vn" }, /issuer: "http:\/\/sso.*" không phải địa chỉ https/],
  [{ scope: "profile" }, /scope: không có "openid"/],
  [{ groups: {} }, /groups: để trống/],
  [{ groups: { a: { role: "clerk" } } }, /groups\.a: cán bộ đơn vị cần mã/],
  [{ groups: { a: { role: "leader", units: ["GD"] } } }, /groups\.a: chỉ cán bộ đơn vị/],
  [{ groups: { a: { role: "boss" } } }, /groups\.a\.role/],
  [{ client: "x" }, /[Uu]nrecognized key/],
  [{ client_secret_file: "nowhere" }, /Không đọc được \S*nowhere/],
])("a file that says %j is refused", (change, says) => {
  const file = join(newFolder(), "oidc.yaml");
  const right = { issuer: "https://sso.example.gov.vn", client_id: "x", groups: SETTINGS.groups };
  writeFileSync(file, JSON.stringify(right));
  expect(readSignOn(file).secret).toBeNull();
  writeFileSync(file, JSON.stringify({ ...right, ...change }));
  expect(() => readSignOn(file)).toThrow(says);
  writeFileSync(file, "# nothing yet\n");
  expect(() => readSignOn(file)).toThrow(/chưa có đủ khai báo: cần issuer/);
});

test("a provider that cannot be reached is told, and asked again", async () => {
  const file = join(newFolder(), "oidc.yaml");
  const settings = { issuer: "http://127.0.0.1:1", client_id: "x", groups: SETTINGS.groups };
  writeFileSync(file, JSON.stringify(settings));
  const signOn = new SingleSignOn(readSignOn(file));
  for (let time = 0; time < 2; time += 1) {
    const error = await signOn.begin("k", "http://127.0.0.1:2/", "/").catch((one: unknown) => one);
    expect(error).toBeInstanceOf(SignOnRefused);
    expect(String(error)).toContain("Chưa liên lạc được với máy chủ đăng nhập");
  }
});
