import { mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { Office } from "../../../pipelines/desk/office/office.ts";
import { newWorld } from "../../intake/given.ts";
import { Browser, expectSaid, PASSWORD } from "../given.ts";
import { serveOffice } from "./served.ts";

/** A desk that has no board, and for what is sent only once there is one. */
async function openingDesk() {
  const { paths } = newWorld();
  mkdirSync(paths.archive, { recursive: true });
  const board = { isThere: Promise.resolve(false) };
  const never = new Promise(() => undefined);
  // a page is patient for seconds, what is sent for minutes
  const hasBoard = async (patience: number) => patience > 10_000 && board.isThere;
  const office = { clockDoubt: null, waiting: 0, hasBoard, read: () => never };
  const desk = await serveOffice(paths, office as unknown as Office);
  return { ...desk, board };
}

/** What is asked of it by whoever does not log in, or sent without saying how much; what it answers. */
const ASKED: [method: string, path: string, status: number, words: RegExp][] = [
  ["GET", "/", 200, /Các trang báo cáo đang được chuẩn bị/],
  ["GET", "/suc-khoe", 200, /"what":"ledger","state":"note"/],
  ["GET", "/metrics", 200, /chitieu_problem\{check="ledger"\} 0/],
  ["POST", "/api/reports", 411, /^\{"status":411,"code":"length_required",.*--data-binary/],
  ["POST", "/ban-lam-viec/gui", 411, /^Không/],
];

test("a desk that is being opened answers at once", async () => {
  const { url } = await openingDesk();
  for (const [method, path, status, words] of ASKED) {
    const body = method === "POST" ? new Blob(["{}"]).stream() : null;
    const answer = await fetch(`${url}${path}`, { method, body, ...{ duplex: "half" } });
    expect([path, answer.status]).toEqual([path, status]);
    expect(await answer.text()).toMatch(words);
  }
});

test("people log in before it is known how the office stands, and what they send waits for that", async () => {
  const { url, accounts, keys, board } = await openingDesk();
  const staff = { name: "tong-hop", shownName: "Tổng hợp", role: "staff", units: [] } as const;
  const link = `/ban-lam-viec/loi-moi/${staff.name}/${await accounts.invite(staff, new Date())}`;
  await new Browser(url).post(link, { password: PASSWORD, again: PASSWORD });
  const browser = new Browser(url);
  expectSaid(await browser.get("/ban-lam-viec/dang-nhap"), 200, "Mật khẩu");
  expect((await browser.logIn(staff.name)).status).toBe(303);
  expect((await browser.get("/ban-lam-viec/viec-cho")).text).toMatch(
    /http-equiv="refresh".*Bàn làm việc đang mở: .* tự tải lại/,
  );
  const facts = { name: "Kho dữ liệu", units: [], perMinute: 60, mib: 1, by: "quan-tri" };
  const { secret } = await keys.make({ ...facts, audience: "shared" }, new Date());
  const asked = await browser.get("/api/figures", { authorization: `Bearer ${secret}` });
  expect([asked.status, asked.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(JSON.parse(asked.text)).toMatchObject({ code: "opening" });

  // a server in between has no more patience
  const gui = "/ban-lam-viec/gui";
  expectSaid(await browser.post(gui, {}), 503, "chưa nhận được gì. Gửi lại sau ít phút");
  let know = (): void => undefined;
  board.isThere = new Promise((done) => {
    know = () => done(true);
  });
  const sending = browser.post(gui, { _token: "of another session" });
  const first = await Promise.race([sending, browser.get("/ban-lam-viec/dang-nhap")]);
  expect(first.status).toBe(200);
  know();
  expect((await sending).status).toBe(403);
});
