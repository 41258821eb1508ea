import { expect, onTestFinished, test } from "vitest";
import { newFolder } from "../../folders.ts";
import { newWorld } from "../../intake/given.ts";
import { askHttp } from "../../site/http-given.ts";
import { freePort, isNginxInstalled, startNginx } from "../../site/nginx-given.ts";
import { PASSWORD, startDesk, wordsOf } from "../given.ts";

const NAME = "chi-tieu.example.vn";

test.runIf(isNginxInstalled)(
  "behind nginx as its example has it: log-in over TLS alone, and the reader's own address in the log",
  async () => {
    const port = await freePort();
    const desk = await startDesk(newWorld("2024"), `--port=${port}`, "--url", `https://${NAME}`);
    const nginx = await startNginx(newFolder(), "nginx-desk.conf", { 4180: String(port) });
    onTestFinished(() => nginx.end());
    const ask = async (path: string, body?: string, headers: Record<string, string> = {}) => {
      const form =
        body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" };
      const answer = await askHttp({
        ...{ isSecure: true, port: nginx.securePort, path, servername: NAME, body },
        method: body === undefined ? "GET" : "POST",
        headers: { host: NAME, ...form, ...headers },
      });
      return { ...answer, text: String(answer.body) };
    };

    expect(desk.firstLink).toMatch(new RegExp(`^https://${NAME}/ban-lam-viec/loi-moi/quan-tri/`));
    const chosen = new URLSearchParams({ password: PASSWORD, again: PASSWORD }).toString();
    const taken = await ask(new URL(desk.firstLink).pathname, chosen);
    const cookies = [taken.headers["set-cookie"] ?? []].flat();
    const cookie = cookies.find((one) => one.startsWith("chitieu_phien=")) ?? "";
    expect([taken.status, cookie]).toEqual([
      303,
      expect.stringMatching(/^chitieu_phien=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    const wrong = new URLSearchParams({ name: "quan-tri", password: "sai mật khẩu" }).toString();
    // what a reader says of where it comes from counts for nothing
    const lie = { "x-forwarded-for": "10.9.8.7" };
    expect((await ask("/ban-lam-viec/dang-nhap", wrong, lie)).status).toBe(401);
    const [session = ""] = cookie.split(";", 1);
    const log = wordsOf(await ask("/ban-lam-viec/tai-khoan", undefined, { cookie: session }));
    expect(log).toContain("đăng nhập không được quan-tri 127.0.0.1");
    expect(log).not.toContain("10.9.8.7");
  },
);
