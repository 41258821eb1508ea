import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runHere } from "../../cli/run.ts";
import { newWorld } from "../../intake/given.ts";
import { Browser, PASSWORD, startDesk } from "../given.ts";

const WRONG: [args: string[], says: RegExp][] = [
  [["Tam Thanh", "--role", "staff"], /"Tam Thanh" không dùng được làm tên đăng nhập/],
  [["hai", "--role", "boss"], /"boss" không thuộc các giá trị: clerk, staff, leader, admin/],
  [["hai", "--role", "clerk"], /cần ít nhất một đơn vị/],
  [
    ["hai", "--role", "clerk", "--unit", "UB-20"],
    /Không kế hoạch nào có đơn vị "UB-20". Có phải UB-02/,
  ],
];

test("an account is invited by a command while the desk runs, and a slip of it is named", async () => {
  const world = newWorld("2024");
  const desk = await startDesk(world);
  const folders = ["--sources", world.sources, "--warehouse", world.paths.folder];
  const invite = (...args: string[]) =>
    runHere(["desk", "invite", ...args, "--as", "Văn phòng phường Hai", ...folders]);
  for (const [args, says] of WRONG) {
    expect([args, await invite(...args)]).toMatchObject([
      args,
      { code: 2, out: "", err: expect.stringMatching(says) },
    ]);
  }
  const { code, out } = await invite("hai", "--role", "clerk", "--unit", "UBND phường Hai");
  expect([code, out]).toEqual([
    0,
    // where the desk is open, whatever its port
    expect.stringMatching(new RegExp(`^${desk.url}/ban-lam-viec/loi-moi/hai/[\\w-]{32}\\n$`)),
  ]);
  // who invited whom is an act, of a command too; the first start invites the administrator
  const left = join(world.paths.desk, "acts", "left");
  const acts = readdirSync(left).map((name) => JSON.parse(readFileSync(join(left, name), "utf8")));
  expect(acts.map(({ account, act, about }) => `${account}: ${act}, ${about}`).sort()).toEqual([
    expect.stringMatching(/^dòng lệnh \(.+\): mời tài khoản, hai, Cán bộ đơn vị$/),
    expect.stringMatching(/^dòng lệnh \(.+\): mời tài khoản, quan-tri, Quản trị/),
  ]);
  const clerk = new Browser(desk.url);
  await clerk.post(new URL(out.trim()).pathname, { password: PASSWORD, again: PASSWORD });
  expect((await clerk.get("/ban-lam-viec/viec")).text).toContain("UBND phường Hai");
});
