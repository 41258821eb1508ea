import { expect, onTestFinished, test } from "vitest";
import { newFolder } from "../../folders.ts";
import { newWorld } from "../../intake/given.ts";
import { askHttp } from "../../site/http-given.ts";
import { freePort, isNginxInstalled, startNginx } from "../../site/nginx-given.ts";
import { PASSWORD, startDesk, wordsOf } from "../given.ts";

const NAME = "chi-tieu.example.vn";
const OTHER = "dong-kinh.example.gov.vn";

/** With another office, put in as docs/operating.md says it. */
function withOther(conf: string): string {
  const part = (form: RegExp): string => form.exec(conf)?.[0] ?? "";
  const upstream = part(/^upstream chitieu_desk \{[^}]*\}\n/m);
  const server = part(/^server \{\n {4}listen 443 ssl;[\s\S]*?^\}\n/m);
  const ofOther = `${upstream}${server}`
    .replaceAll("chitieu_desk", "dong_kinh_desk")
    .replace("4180", "4181")
    .replace(NAME, OTHER);
  return `${conf.replace(`server_name ${NAME};`, `server_name ${NAME} ${OTHER};`)}${ofOther}`;
}

test.runIf(isNginxInstalled)(
  "two offices behind nginx as its example has it: each its own, log-in over TLS alone, and the reader's own address in the log",
  async () => {
    const [port, otherPort] = [await freePort(), await freePort()];
    const open = (at: number, name: string) =>
      startDesk(newWorld("2024"), `--port=${at}`, "--url", `https://${name}`);
    const [desk, other] = [await open(port, NAME), await open(otherPort, OTHER)];
    const ports = { 4180: String(port), 4181: String(otherPort) };
    const nginx = await startNginx(newFolder(), "nginx-desk.conf", ports, withOther);
    onTestFinished(() => nginx.end());
    const ask = async (
      path: string,
      body?: string,
      headers: Record<string, string> = {},
      name = NAME,
    ) => {
      const form =
        body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" };
      const answer = await askHttp({
        ...{ isSecure: true, port: nginx.securePort, path, servername: name, body },
        method: body === undefined ? "GET" : "POST",
        headers: { host: name, ...form, ...headers },
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
    // of the other office neither the account nor the session is any
    expect(other.firstLink).toMatch(new RegExp(`^https://${OTHER}/ban-lam-viec/loi-moi/quan-tri/`));
    const right = new URLSearchParams({ name: "quan-tri", password: PASSWORD }).toString();
    const LOG_IN = "/ban-lam-viec/dang-nhap";
    expect((await ask(LOG_IN, right)).status).toBe(303);
    expect((await ask(LOG_IN, right, {}, OTHER)).status).toBe(401);
    const { headers } = await askHttp({
      ...{ port: nginx.plainPort, path: LOG_IN, headers: { host: OTHER } },
    });
    expect(headers.location).toBe(`https://${OTHER}${LOG_IN}`);

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
