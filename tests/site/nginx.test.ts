import { writeFileSync } from "node:fs";
import { request as plainRequest } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SiteServer, serveSite } from "../../pipelines/site/server.ts";
import { newFolder } from "../folders.ts";
import { madeSite } from "./made-site.ts";
import { freePort, isNginxInstalled, openssl, startNginx } from "./nginx-given.ts";

interface Reply {
  readonly status: number | undefined;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

let folder: string;
let plainPort: number;
let securePort: number;
let shared: SiteServer;
let city: SiteServer;
let end: () => Promise<void> = async () => undefined;

async function site(name: string): Promise<SiteServer> {
  const policy = "default-src 'self'; script-src 'self' 'sha256-abc='";
  const meta = `<meta http-equiv="content-security-policy" content="${policy}">`;
  const page = `<!doctype html><html><head>${meta}</head>${name}`;
  return serveSite(madeSite({ "/": page }), { port: await freePort(), exact: true });
}

beforeAll(async () => {
  if (!isNginxInstalled) return;
  folder = newFolder("chitieu-nginx-");
  shared = await site("shared pages");
  city = await site("city pages");
  for (const user of ["shared", "city"]) {
    const password = openssl(folder, "passwd", "-6", "secret");
    writeFileSync(join(folder, `${user}.htpasswd`), `${user}:${password}`);
  }
  const port = (server: SiteServer) => new URL(server.url).port;
  const nginx = await startNginx(folder, "nginx.conf", { 4170: port(shared), 4171: port(city) });
  ({ plainPort, securePort, end } = nginx);
});

afterAll(async () => {
  if (!isNginxInstalled) return;
  await end();
  await shared.close();
  await city.close().catch(() => undefined);
});

function get(
  host: string,
  options: {
    user?: string;
    password?: string;
    method?: string;
    headers?: object;
    ciphers?: string;
  } = {},
): Promise<Reply> {
  const { user, password = "secret", method = "GET", ciphers } = options;
  return new Promise((done, fail) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port: securePort,
        method,
        path: "/",
        rejectUnauthorized: false,
        agent: false,
        ...(ciphers === undefined ? {} : { ciphers, maxVersion: "TLSv1.2" }),
        headers: { host, ...options.headers },
        ...(user === undefined ? {} : { auth: `${user}:${password}` }),
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => {
          body += text;
        });
        response.on("end", () =>
          done({ status: response.statusCode, headers: response.headers, body }),
        );
      },
    );
    sent.on("error", fail);
    sent.end();
  });
}

const SHARED = "chi-tieu.example.vn";
const CITY = "noi-bo.chi-tieu.example.vn";

describe.runIf(isNginxInstalled)("behind nginx", () => {
  test("each audience sees its own pages, and only with its own log-in", async () => {
    const seen = async (host: string, user?: string, password?: string) => {
      const { status, body } = await get(host, {
        ...(user === undefined ? {} : { user }),
        ...(password === undefined ? {} : { password }),
      });
      return status === 200 ? body.replace(/^.*<\/head>/, "") : status;
    };
    expect({
      shared: await seen(SHARED, "shared"),
      city: await seen(CITY, "city"),
      nobody: [await seen(SHARED), await seen(CITY)],
      other: [await seen(CITY, "shared"), await seen(SHARED, "city")],
      wrong: await seen(CITY, "city", "guess"),
    }).toEqual({
      shared: "shared pages",
      city: "city pages",
      nobody: [401, 401],
      other: [401, 401],
      wrong: 401,
    });
  });

  test("headers of the pages pass, TLS is to stay, and internal pages leave no copies", async () => {
    const { headers } = await get(SHARED, { user: "shared" });
    expect(headers).toMatchObject({
      "strict-transport-security": "max-age=31536000",
      "content-security-policy": expect.stringMatching(/script-src 'self' .*'sha256-/),
      "x-content-type-options": "nosniff",
      "cache-control": "no-cache",
      server: "nginx",
    });
    expect((await get(CITY, { user: "city" })).headers["cache-control"]).toBe("no-store");
    const { etag } = headers;
    const again = await get(SHARED, { user: "shared", headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
  });

  test("whoever asks for another name, or for old ciphers, gets no answer at all", async () => {
    const plain = new Promise<void>((done, fail) => {
      plainRequest(
        { host: "127.0.0.1", port: plainPort, path: "/", headers: { host: "evil.example" } },
        () => done(),
      )
        .on("error", fail)
        .end();
    });
    await expect(plain).rejects.toThrow(/socket hang up/);
    await expect(get("evil.example", { user: "shared" })).rejects.toThrow(/unrecognized name/i);
    for (const ciphers of ["AES128-SHA", "ECDHE-RSA-AES128-SHA", "AES128-GCM-SHA256"]) {
      await expect(get(SHARED, { user: "shared", ciphers })).rejects.toThrow(/handshake failure/i);
    }
    const modern = await get(SHARED, { user: "shared", ciphers: "ECDHE-RSA-AES128-GCM-SHA256" });
    expect(modern.status).toBe(200);
  });

  test("guesses of a password end after a few, and whoever is known is not held up by them", async () => {
    expect((await get(CITY, { user: "city" })).status).toBe(200);
    const guesses: (number | undefined)[] = [];
    for (let guess = 0; guess < 40; guess += 1) {
      guesses.push((await get(CITY, { user: "city", password: `guess${guess}` })).status);
    }
    expect(guesses.filter((status) => status === 401).length).toBeLessThanOrEqual(6);
    expect(guesses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(34);
    // the right one is not found either, while there are so many
    expect((await get(SHARED, { user: "shared", password: "secret " })).status).toBe(429);
    expect((await get(CITY, { user: "city" })).status).toBe(200);
  });

  test("the clear port only leads to the other one, and nothing can be sent", async () => {
    const moved = await new Promise<Reply>((done, fail) => {
      plainRequest(
        { host: "127.0.0.1", port: plainPort, path: "/a?b=1", headers: { host: SHARED } },
        (response) => {
          response.resume();
          done({ status: response.statusCode, headers: response.headers, body: "" });
        },
      )
        .on("error", fail)
        .end();
    });
    expect([moved.status, moved.headers.location]).toEqual([308, `https://${SHARED}/a?b=1`]);
    expect((await get(SHARED, { user: "shared", method: "POST" })).status).toBe(403);
    expect((await get(SHARED, { user: "shared", method: "HEAD" })).status).toBe(200);
  });
});
