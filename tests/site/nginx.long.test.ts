import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SiteServer, serveSite } from "../../pipelines/site/server.ts";
import { newFolder } from "../folders.ts";
import { type Asked, askHttp, type HttpAnswer } from "./http-given.ts";
import { madeSite } from "./made-site.ts";
import { freePort, isNginxInstalled, openssl, startNginx } from "./nginx-given.ts";

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

/** Asks for the page of a host, as somebody or as nobody. */
function get(
  host: string,
  {
    user,
    password = "secret",
    headers,
    ...more
  }: Asked & { user?: string; password?: string } = {},
): Promise<HttpAnswer> {
  const auth = user === undefined ? {} : { auth: `${user}:${password}` };
  return askHttp({
    isSecure: true,
    port: securePort,
    headers: { host, ...headers },
    ...auth,
    ...more,
  });
}

/** Asks at the port without TLS. */
const getPlain = (host: string, path: string): Promise<HttpAnswer> =>
  askHttp({ port: plainPort, path, headers: { host } });

/** Ciphers of TLS 1.2. */
const withCiphers = (ciphers: string): Promise<HttpAnswer> =>
  get(SHARED, { user: "shared", ciphers, maxVersion: "TLSv1.2" });

const SHARED = "chi-tieu.example.vn";
const CITY = "noi-bo.chi-tieu.example.vn";

describe.runIf(isNginxInstalled)("behind nginx", () => {
  test("each audience sees its own pages, and only with its own log-in", async () => {
    const seen = async (host: string, who: { user?: string; password?: string } = {}) => {
      const { status, body } = await get(host, who);
      return status === 200 ? String(body).replace(/^.*<\/head>/, "") : status;
    };
    expect({
      shared: await seen(SHARED, { user: "shared" }),
      city: await seen(CITY, { user: "city" }),
      nobody: [await seen(SHARED), await seen(CITY)],
      other: [await seen(CITY, { user: "shared" }), await seen(SHARED, { user: "city" })],
      wrong: await seen(CITY, { user: "city", password: "guess" }),
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
    await expect(getPlain("evil.example", "/")).rejects.toThrow(/socket hang up/);
    await expect(get("evil.example", { user: "shared" })).rejects.toThrow(/unrecognized name/i);
    for (const ciphers of ["AES128-SHA", "ECDHE-RSA-AES128-SHA", "AES128-GCM-SHA256"]) {
      await expect(withCiphers(ciphers)).rejects.toThrow(/handshake failure/i);
    }
    expect((await withCiphers("ECDHE-RSA-AES128-GCM-SHA256")).status).toBe(200);
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
    const moved = await getPlain(SHARED, "/a?b=1");
    expect([moved.status, moved.headers.location]).toEqual([308, `https://${SHARED}/a?b=1`]);
    expect((await get(SHARED, { user: "shared", method: "POST" })).status).toBe(403);
    expect((await get(SHARED, { user: "shared", method: "HEAD" })).status).toBe(200);
  });
});
