import { expect, test } from "vitest";
import { officeTime } from "../../../pipelines/vocabulary/date.ts";
import { runIn } from "../../cli/run.ts";
import { shiftedClock } from "../../cli/shifted-clock.ts";
import {
  administrator,
  type Browser,
  csvFile,
  type GivenDesk,
  invited,
  startDesk,
  wordsOf,
} from "../given.ts";

const DAY = 24;
const DESK = "/ban-lam-viec";
/** Local, as a browser sends it. */
const moment = (hours: number): string =>
  officeTime(new Date(Date.now() + hours * 3_600_000))
    .slice(0, 16)
    .replace(" ", "T");

const clock = async ({ world }: GivenDesk): Promise<string> => {
  const { code, out } = await runIn(world, "clock");
  return `${code} ${out}`;
};

test("what is sent to the desk under a wrong clock waits, and comes in once somebody has looked", async () => {
  const shifted = shiftedClock();
  const desk = await startDesk();
  const admin = await administrator(desk);
  const clerk = await invited(admin, "clerk", "hai", { units: ["UB-02"] });
  const staff = await invited(admin, "staff", "tonghop");
  const send = async (people: number): Promise<string> => {
    await clerk.logIn("hai");
    await clerk.get(`${DESK}/viec`);
    const file = csvFile("q2.csv", [`UB-02,Q2,,people,${people},`]);
    const answer = await clerk.post(`${DESK}/gui`, { file });
    return answer.status === 303 ? "303" : `${answer.status} ${wordsOf(answer)}`;
  };
  const receipts = async (): Promise<number> => {
    const page = await staff.get(`${DESK}/phieu`);
    return new Set([...page.text.matchAll(/\/phieu\/(\d+)/g)].map(([, no]) => no)).size;
  };
  const questionIn = async (browser: Browser): Promise<string> => {
    await browser.logIn(browser === staff ? "tonghop" : "hai");
    return wordsOf(await browser.get(`${DESK}/`).then((one) => browser.follow(one)));
  };
  const health = async (): Promise<string> => {
    const answer = await fetch(new URL("/suc-khoe", desk.url));
    const { checks } = (await answer.json()) as { checks: { what: string; state: string }[] };
    return `${answer.status} ${checks.find(({ what }) => what === "clock")?.state}`;
  };
  const asked = () => expect.poll(() => questionIn(staff)).toContain("Kiểm tra đồng hồ");
  expect(await send(10)).toBe("303");
  await expect.poll(health, { timeout: 60_000 }).toMatch(/ ok$/);

  // two days ahead, while the desk runs
  shifted.set(2 * DAY);
  await asked();
  expect(await send(20)).toMatch(/^200 .*Tệp đã được giữ lại .*không phải gửi lại/);
  expect(await questionIn(clerk)).toContain("tệp gửi lên được giữ lại");
  expect((await clerk.get(`${DESK}/dong-ho`)).status).toBe(403);
  expect(await staff.words(`${DESK}/dong-ho`)).toMatch(/2 ngày sau lần ghi cuối/);
  expect(await receipts()).toBe(1);
  await expect.poll(health).toBe("503 problem");
  // the machine's clock is set right: it comes in by itself, at once
  shifted.set(0);
  await expect.poll(receipts).toBe(2);
  expect(await clock(desk)).toMatch(/^0 .*khớp với nhật ký/s);

  // it had stood still for three days, and is right now: somebody says so
  shifted.set(3 * DAY);
  await asked();
  expect(await send(30)).toMatch(/^200 .*giữ lại/);
  await questionIn(staff);
  await staff.get(`${DESK}/dong-ho`);
  expect((await staff.post(`${DESK}/dong-ho/dung`, { reason: " " })).status).toBe(400);
  expect((await staff.post(`${DESK}/dong-ho/dung`, { reason: "Máy tắt ba ngày" })).status).toBe(
    303,
  );
  await expect.poll(receipts).toBe(3);
  expect(await send(40)).toBe("303");

  // that was wrong after all: what was recorded since lies ahead
  shifted.set(0);
  await asked();
  expect(await send(50)).toMatch(/^200 .*giữ lại/);
  expect(await clock(desk)).toMatch(/^1 .*trước lần ghi cuối .*các mục 3–5 của nhật ký/s);
  await questionIn(staff);
  const page = await staff.get(`${DESK}/dong-ho`);
  expect(page.text).toMatch(/name="first"[^>]*value="3"/);
  const fields = { first: "3", last: "5", reason: "Đồng hồ chạy nhanh ba ngày" };
  const wrong = await staff.post(`${DESK}/dong-ho/sua`, { ...fields, at: moment(1) });
  expect(`${wrong.status} ${wordsOf(wrong)}`).toMatch(/^400 .*nằm sau/);
  const at = /name="at"[^>]*value="([^"]+)"/.exec(page.text)?.[1] ?? moment(0);
  expect((await staff.post(`${DESK}/dong-ho/sua`, { ...fields, at })).status).toBe(303);
  await expect.poll(receipts).toBe(5);
  expect(await clock(desk)).toMatch(/^0 .*đồng hồ lúc ấy: .*khớp với nhật ký/s);
  // the last that was sent counts
  await expect
    .poll(async () => await clerk.words(`${DESK}/bao-cao-don-vi/thu/Q2/UB-02`))
    .toMatch(/Số 5 .*Đã tiếp nhận/);
});
