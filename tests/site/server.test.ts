import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Content, KeptContents } from "../../pipelines/site/content.ts";
import { withNotice } from "../../pipelines/site/notice.ts";
import { PageFailed, PageNotReady } from "../../pipelines/site/served-pages.ts";
import { type SiteServer, serveSite } from "../../pipelines/site/server.ts";
import { Failure } from "../../pipelines/vocabulary/failure.ts";
import { askHttp, type HttpAnswer } from "./http-given.ts";
import { type MadeSite, madeSite } from "./made-site.ts";

const POLICY = "default-src 'self'; script-src 'self' 'sha256-abc='";
const PAGE = `<!doctype html>
<html lang="vi"><head><meta http-equiv="content-security-policy" content="${POLICY}"></head>
<body>${"<p>Chỉ tiêu</p>".repeat(200)}</body></html>`;

let site: MadeSite;
let server: SiteServer;

beforeEach(async () => {
  site = madeSite({ "/": PAGE, "/kế hoạch/": PAGE, "/chi-tieu/1.3a/": PAGE });
  server = await serveSite(site, { port: 4300 });
});

afterEach(() => server.close());

/** Puts a file at an address. */
function given(
  path: string,
  content: string | Buffer,
  options: ConstructorParameters<typeof Content>[2] = {},
): void {
  site.contents.set(path, new Content(path, Buffer.from(content), options));
}

/** Asks for a path exactly as it is written. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<HttpAnswer> {
  return askHttp({ port: new URL(server.url).port, path, method, headers });
}

test("a page comes compressed as the browser takes it, and is asked for again", async () => {
  const plain = await ask("/");
  expect(plain.body.toString()).toBe(PAGE);
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect(plain.headers["cache-control"]).toBe("no-cache");

  const br = await ask("/", { "accept-encoding": "gzip, br" });
  expect(br.headers["content-encoding"]).toBe("br");
  expect(br.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(br.headers.vary).toBe("accept-encoding");
  const gzip = await ask("/", { "accept-encoding": "br;q=0, gzip" });
  expect(gzip.headers["content-encoding"]).toBe("gzip");
  expect(br.body.length).toBeLessThan(plain.body.length / 4);

  const etag = String(br.headers.etag);
  const again = await ask("/", { "accept-encoding": "br", "if-none-match": etag });
  expect(again.status).toBe(304);
  expect(again.body).toHaveLength(0);
});

test("what is still being made stands on each page, and what is not there yet loads itself again", async () => {
  const noticed = await serveSite(
    withNotice(site, () => "lập báo cáo <3/7>", "/ban"),
    { port: 4300 },
  );
  const bodyOf = async (path: string): Promise<string> =>
    await (await fetch(noticed.url + path)).text();
  given("/a.js", "<body>");
  expect(await bodyOf("/")).toBe(
    PAGE.replace(
      "<body>",
      '<body><div class="ct-site"><p class="ct-demo" role="status">lập báo cáo &lt;3/7&gt;</p></div>',
    ),
  );
  expect(await bodyOf("/a.js")).toBe("<body>");
  expect(await bodyOf("/ban/viec")).toMatch(/http-equiv="refresh".*<h1>lập báo cáo/);
  await noticed.close();
});

test("what is named by its content is kept by the browser", async () => {
  given("/_app/immutable/a.js", "x".repeat(2000), { isImmutable: true });
  const { headers } = await ask("/_app/immutable/a.js");
  expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
});

test.each([
  ["a.parquet", "application/vnd.apache.parquet", true],
  ["a.csv", "text/csv; charset=utf-8", true],
  ["datapackage.json", "application/json; charset=utf-8", true],
  ["du-lieu.json", "application/json; charset=utf-8", false],
])("%s is served as %s", async (name, type, isSaved) => {
  given(`/${name}`, "x", { download: isSaved ? name : null });
  const { headers } = await ask(`/${name}`);
  expect(headers["content-type"]).toBe(type);
  expect(headers["content-disposition"]).toBe(
    isSaved ? `attachment; filename="${name}"` : undefined,
  );
});

test("a page may do what it says itself, and be in no frame; anything else may run no inline script", async () => {
  const policyOf = async (path: string) =>
    String((await ask(path)).headers["content-security-policy"]);
  expect(await policyOf("/")).toBe(`${POLICY}; frame-ancestors 'none'`);
  // what stands in a text of the page comes later
  const forged = `<meta http-equiv="content-security-policy" content="script-src *">`;
  site.contents.clear();
  Object.assign(
    site,
    madeSite({
      "/": PAGE.replace("<body>", `<body>${forged}`),
      "/bare/": forged.replace("meta", "b"),
    }),
  );
  expect(await policyOf("/")).toBe(`${POLICY}; frame-ancestors 'none'`);
  for (const path of ["/bare/", "/none/"]) {
    expect(await policyOf(path)).toMatch(/script-src 'self'$/);
    expect(await policyOf(path)).not.toMatch(/script-src[^;]*'unsafe-inline'|https?:/);
  }
});

test("a host that the site is not known by gets nothing of it", async () => {
  const port = new URL(server.url).port;
  const of = async (host: string) => (await ask("/", { host })).status;
  for (const host of ["evil.example", "rebind.attacker.test:4340", "127.0.0.1.evil.example"]) {
    expect([host, await of(host)]).toEqual([host, 421]);
  }
  for (const host of [`127.0.0.1:${port}`, "localhost", "LOCALHOST:1", `[::1]:${port}`]) {
    expect([host, await of(host)]).toEqual([host, 200]);
  }
  const named = await serveSite(site, { port: 4400, names: ["Chi-tieu.example.vn"] });
  const mine = server;
  server = named;
  expect(await of("chi-tieu.example.vn")).toBe(200);
  expect(await of("example.vn")).toBe(421);
  server = mine;
  await named.close();
});

test("one connection that asks without end is cut, and takes little memory", async () => {
  given("/large.json", Buffer.alloc(4 * 1024 * 1024, "x"));
  const { port } = new URL(server.url);
  const before = process.memoryUsage().arrayBuffers;
  const socket = connect(Number(port), "127.0.0.1");
  const cut = new Promise((done) => socket.once("close", done));
  socket.on("error", () => undefined);
  socket.pause();
  for (let asked = 0; asked < 2000; asked += 1) {
    socket.write("GET /large.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  await sleep(1000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  socket.resume();
  await cut;
  expect((await ask("/")).status).toBe(200);
});

test("what readers do not fetch is bounded for all of them together", async () => {
  given("/large.json", Buffer.alloc(20 * 1024 * 1024, "x"));
  const { port } = new URL(server.url);
  const first: string[] = [];
  const sockets = Array.from({ length: 12 }, () => {
    const socket = connect(Number(port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.once("data", (data) => {
      first.push(data.toString("latin1").slice(9, 12));
      socket.pause();
    });
    socket.write("GET /large.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return socket;
  });
  await expect.poll(() => first).toHaveLength(12);
  expect([...first].sort()).toEqual([...Array(3).fill("200"), ...Array(9).fill("503")]);
  for (const socket of sockets) socket.destroy();
  await expect.poll(async () => (await ask("/large.json")).status).toBe(200);
});

test("a question that brings something along is refused, and the connection ends", async () => {
  const { port } = new URL(server.url);
  const answered = (text: string) =>
    new Promise<string>((done) => {
      const socket = connect(Number(port), "127.0.0.1");
      let answer = "";
      socket.on("data", (data) => {
        answer += data.toString("latin1");
      });
      socket.on("error", () => undefined);
      socket.on("close", () => done(answer));
      socket.write(text);
    });
  const large = `GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n${"x".repeat(1000)}`;
  const chunked = "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n";
  const head = `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`;
  expect(await answered(large)).toMatch(/^HTTP\/1.1 413 [\s\S]*connection: close/);
  expect(await answered(chunked)).toMatch(/^HTTP\/1.1 413 /);
  expect(await answered(head)).toMatch(/^HTTP\/1.1 431 /);
});

test("every answer has the headers of the OWASP list, and hidden files are no files", async () => {
  given("/.htpasswd", "secret");
  expect((await ask("/.htpasswd")).status).toBe(400);
  for (const answer of [await ask("/"), await ask("/xa/"), await ask("/", {}, "POST")]) {
    expect(answer.headers).toMatchObject({
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "x-permitted-cross-domain-policies": "none",
    });
  }
});

test("a folder is shown at its address with a slash, Vietnamese names included", async () => {
  const { status, headers } = await ask(encodeURI("/kế hoạch"));
  expect([status, headers.location]).toEqual([308, encodeURI("/kế hoạch/")]);
  for (const path of [encodeURI("/kế hoạch/"), "/chi-tieu/1.3a/"]) {
    const page = await ask(path);
    expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  }
});

test.each([
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/..%5csecret.txt",
  "/k%E1%BA%BF/../../secret.txt",
  "/a%00b",
  "/%",
])("%s is no address", async (path) => {
  const { status, body } = await ask(path);
  expect([status, body.toString()]).toEqual([400, expect.stringContaining("Địa chỉ không hợp lệ")]);
  expect(site.asked).toEqual([]);
});

test("an unknown address is answered in Vietnamese, other methods are refused", async () => {
  const { status, body } = await ask("/xa/");
  expect(status).toBe(404);
  expect(body.toString()).toContain("Không tìm thấy trang");
  const posted = await ask("/", {}, "POST");
  expect(posted.status).toBe(405);
  expect(posted.body.toString()).toMatch(/lang="vi".*Máy chủ chỉ cho xem trang/);
  const head = await ask("/", {}, "HEAD");
  expect([head.status, head.body.length]).toEqual([200, 0]);
});

test("what cannot be had now is asked for again, and a page that failed says so", async () => {
  const fails = async (error: Error) => {
    site.find = async () => {
      throw error;
    };
    const { status, headers, body } = await ask("/");
    return [status, headers["retry-after"], /<h1>(.*)<\/h1>/.exec(body.toString())?.[1]];
  };
  expect(await fails(new Failure("not yet"))).toEqual([
    503,
    "5",
    "Máy chủ đang bận; hãy tải lại trang sau ít giây",
  ]);
  expect(await fails(new PageNotReady("đang được tính"))).toEqual([
    200,
    undefined,
    "đang được tính",
  ]);
  expect((await ask("/")).body.toString()).toContain('<meta http-equiv="refresh" content="5">');
  expect(await fails(new PageFailed("query"))).toEqual([
    500,
    undefined,
    "Máy chủ gặp lỗi khi mở trang; hãy tải lại trang",
  ]);
});

test("the next port is taken when one is in use", async () => {
  const second = await serveSite(site, { port: Number(new URL(server.url).port) });
  expect(second.url).not.toBe(server.url);
  await second.close();
});

describe("what is kept", () => {
  test("is bounded with its compressed copies, and what was asked for longest ago goes", async () => {
    const kept = new KeptContents(100_000);
    const page = (no: number) => new Content(`/${no}/`, Buffer.from(`${no}`.repeat(30_000)));
    for (const no of [1, 2, 3]) kept.keep(`${no}`, page(no));
    expect(kept.find("1")).toBeDefined();
    kept.keep("4", page(4));
    expect(["1", "2", "3", "4"].filter((key) => kept.find(key))).toEqual(["1", "3", "4"]);
    // copies count, the same content under two keys once
    const random = new Content("/r/", Buffer.from(crypto.getRandomValues(new Uint8Array(45_000))));
    await random.encoded(["br"]);
    expect(random.bytes).toBeGreaterThan(85_000);
    kept.keep("5", random);
    kept.keep("6", random);
    expect(["1", "3", "4", "5", "6"].filter((key) => kept.find(key))).toEqual(["5", "6"]);
  });

  test("is compressed once", async () => {
    const content = new Content("/", Buffer.from(PAGE));
    const [one, other] = await Promise.all([content.encoded(["br"]), content.encoded(["br"])]);
    expect(one.body).toBe(other.body);
    expect((await content.encoded([])).body).toBe(content.body);
    expect((await content.encoded(["gzip"])).etag).not.toBe(one.etag);
  });
});
