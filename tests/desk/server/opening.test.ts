import { mkdirSync } from "node:fs";
import { request } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { Accounts } from "../../../pipelines/desk/accounts/accounts.ts";
import { Sessions } from "../../../pipelines/desk/accounts/sessions.ts";
import { SystemKeys } from "../../../pipelines/desk/accounts/system-keys.ts";
import { serveDesk } from "../../../pipelines/desk/server/desk-server.ts";
import { newWorld } from "../../intake/given.ts";

/** What is asked of a desk that has not read its ledger yet; what it answers. */
const ASKED: [method: string, path: string, headers: Record<string, string>, said: unknown[]][] = [
  [
    "GET",
    "/ban-lam-viec/viec",
    {},
    [200, undefined, /http-equiv="refresh".*Bàn làm việc đang mở: .* tự tải lại/],
  ],
  ["POST", "/ban-lam-viec/gui", {}, [503, "5", /chưa nhận được gì. Gửi lại sau ít phút/]],
  ["POST", "/api/reports", {}, [503, "5", /^\{"status":503,"code":"opening","message":"Bàn/]],
  ["GET", "/api/figures", {}, [503, "5", /^\{"status":503,"code":"opening"/]],
  ["GET", "/", {}, [200, undefined, /Các trang báo cáo đang được chuẩn bị/]],
  ["GET", "/suc-khoe", {}, [200, undefined, /"what":"ledger","state":"note"/]],
  ["GET", "/metrics", {}, [200, undefined, /chitieu_problem\{check="ledger"\} 0/]],
  // how much is sent is not said
  [
    "POST",
    "/api/reports",
    { "transfer-encoding": "chunked" },
    [411, undefined, /^\{"status":411,"code":"length_required","message":".*--data-binary/],
  ],
  ["POST", "/ban-lam-viec/gui", { "transfer-encoding": "chunked" }, [411, undefined, /^Không/]],
];

test("a desk that is being opened answers at once, and says so to each in his own way", async () => {
  const { paths } = newWorld();
  mkdirSync(paths.archive, { recursive: true });
  const closed = {
    ...{ paths, accounts: new Accounts(paths.desk), keys: new SystemKeys(paths.desk) },
    sessions: new Sessions(paths.desk),
  };
  const server = await serveDesk(closed, new Promise(() => undefined), {
    ...{ host: "127.0.0.1", port: 0, portsTried: 1, arePagesOpen: true, names: [], backups: null },
    ...{ site: async () => null, citySite: async () => null },
  });
  onTestFinished(() => server.close());
  for (const [method, path, headers, [status, again, words]] of ASKED) {
    const [found, retry, body] = await new Promise<[unknown, unknown, string]>((done, fail) => {
      const sent = request(`${server.url}${path}`, { method, headers }, (answer) => {
        let text = "";
        answer.on("data", (part) => {
          text += part;
        });
        answer.on("end", () => done([answer.statusCode, answer.headers["retry-after"], text]));
      });
      sent.on("error", fail).end();
    });
    expect([method, path, found, retry]).toEqual([method, path, status, again]);
    expect(body).toMatch(words as RegExp);
  }
});
