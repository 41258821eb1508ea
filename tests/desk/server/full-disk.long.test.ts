import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { API_ROUTES } from "../../../pipelines/desk/api/api-app.ts";
import { ROUTES } from "../../../pipelines/desk/server/app.tsx";
import { runIn } from "../../cli/run.ts";
import { canMount, mount, unmount } from "../../ledger/small-disk.ts";
import { apiWorld, newKey, reportOf, systemAt } from "../api/given.ts";
import { actsAt, administrator, Browser, csvFile, invited, runDesk, stopDesk } from "../given.ts";

/** What stands for a name in an address. */
const NAMED: Readonly<Record<string, string>> = {
  ...{ plan: "thu", period: "Q2", unit: "UB-02", no: "1", receipt: "1", name: "thu.clerk" },
  ...{ sha256: "0".repeat(64), audience: "city", version: "v1" },
};
const named = (path: string): string =>
  path.replace(
    /:(\w+)(\{[^}]*\})?|\{(\w+)\}/g,
    (_, name, _shape, other) => NAMED[name ?? other] ?? "1",
  );

test.skipIf(!canMount())(
  "with a full disk no address fails: what is read is read, what is sent is told to come again",
  async () => {
    const world = apiWorld();
    mkdirSync(world.paths.folder);
    mount(world.paths.folder, "64m");
    let desk = await runDesk(world, "--open-pages");
    try {
      const admin = await administrator(desk);
      const people: Record<string, Browser> = {
        admin,
        staff: await invited(admin, "staff", "thu.staff"),
        leader: await invited(admin, "leader", "thu.leader"),
        clerk: await invited(admin, "clerk", "thu.clerk", { units: ["UB-02"] }),
        nobody: new Browser(desk.url),
      };
      const keyOf = async (...facts: string[]) => systemAt(desk.url, await newKey(world, ...facts));
      const sender = await keyOf("--sends", "UB-02");
      const reader = await keyOf("--reads", "city");
      const stranger = systemAt(desk.url, `chitieu_${"a".repeat(10)}_${"b".repeat(43)}`);
      const report = (people: number) => reportOf("UB-02", "Q2", { people });
      expect((await sender.send(report(40))).status).toBe(200);
      expect((await runIn(world, "build")).code).toBe(0);
      // what is remembered of what was read is made before
      expect((await reader.ask("/api/plans")).status).toBe(200);

      const { bavail, bsize } = statfsSync(world.paths.folder);
      const ballast = join(world.paths.folder, "ballast");
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));

      const asked: string[] = [];
      const failed: string[] = [];
      const look = (what: string, status: number): void => {
        asked.push(what);
        if (status === 500) failed.push(what);
      };
      for (const [who, browser] of Object.entries(people)) {
        const { token } = browser;
        for (const [method, path] of ROUTES) {
          // these would end what the others are asked with
          if (/dang-xuat/.test(path)) continue;
          const address = `/ban-lam-viec${named(path)}`;
          const fields = { _token: token, reason: "thử", name: "thu.clerk", said: "thử" };
          const answer = await (method === "get"
            ? browser.get(address)
            : browser.post(address, fields));
          look(`${who} ${method} ${path}: ${answer.status}`, answer.status);
        }
        for (const page of [
          "/",
          "/suc-khoe",
          "/metrics",
          "/tu-dien/",
          "/ban-lam-viec/giao-dien.css",
        ]) {
          look(`${who} ${page}`, (await browser.get(page)).status);
        }
      }
      for (const [who, system] of Object.entries({ sender, reader, stranger })) {
        for (const { method, path } of API_ROUTES) {
          const answer = await (method === "get"
            ? system.ask(`/api${named(path)}`)
            : system.send(report(41)));
          look(`${who} ${method} ${path}: ${answer.status}`, answer.status);
        }
      }
      expect(failed).toEqual([]);
      expect(asked.length).toBeGreaterThan(300);

      // reading goes on
      expect((await reader.ask("/api/figures?plan=thu")).status).toBe(200);
      expect((await sender.ask("/api/reports")).body[0]).toMatchObject({ submissions: 1 });
      expect((await people.staff?.get("/ban-lam-viec/theo-doi"))?.status).toBe(200);
      expect((await stranger.ask("/api/plans")).body.code).toBe("wrong_key");
      // nothing is kept of what is sent, and it is said so
      const refused = await sender.send(report(42), undefined, "", { "idempotency-key": "mot" });
      expect([refused.status, refused.body.code, refused.headers.get("retry-after")]).toEqual([
        ...[507, "disk_full", "600"],
      ]);
      const file = csvFile("q2.csv", ["UB-02,Q2,,people,43,"]);
      expect((await people.clerk?.post("/ban-lam-viec/gui", { file }))?.status).toBe(503);

      rmSync(ballast);
      const again = await sender.send(report(42), undefined, "", { "idempotency-key": "mot" });
      expect([again.status, again.body.result]).toEqual([200, "asked"]);
      expect(await actsAt(world.paths.desk)).toMatch(/chưa tiếp nhận được[\s\S]*mã không có/);
      expect((await runIn(world, "verify")).code).toBe(0);
      await stopDesk(desk);
      expect(await world.rows("select count(*)::integer as n from submission")).toEqual([{ n: 2 }]);
      desk = await runDesk(world);
    } finally {
      await stopDesk(desk);
      unmount(world.paths.folder);
    }
  },
  1_200_000,
);
