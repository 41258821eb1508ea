import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { compressSite, swapSite } from "../../pipelines/site/publication.ts";
import { listScripts } from "../../pipelines/site/script-list.ts";
import { type SiteServer, serveSite } from "../../pipelines/site/server.ts";

const PAGE = `<!doctype html>
<html lang="vi"><head><meta charset="utf-8" /><script>start()</script></head>
<body>${"<p>Chỉ tiêu</p>".repeat(200)}</body></html>`;

let folder = "";
let server: SiteServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chitieu-serve-"));
  await makeSite(join(folder, "site"), PAGE);
  await writeFile(join(folder, "secret.txt"), "secret");
  server = await serveSite({ dir: join(folder, "site"), port: 4300 });
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function makeSite(site: string, page: string): Promise<void> {
  await mkdir(join(site, "kế hoạch"), { recursive: true });
  await mkdir(join(site, "_app/immutable"), { recursive: true });
  await writeFile(join(site, "index.html"), page);
  await writeFile(join(site, "kế hoạch/index.html"), page);
  await writeFile(join(site, "404.html"), '<html lang="vi">Không tìm thấy trang</html>');
  await writeFile(join(site, "_app/immutable/a.js"), "x".repeat(2000));
  await compressSite(site, join(folder, "cache"));
  await listScripts(site);
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** Asks for a path exactly as it is written: `fetch` would tidy it up first. */
async function ask(
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  return await new Promise((done, fail) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    });
    sent.on("error", fail);
    sent.end();
  });
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

test("what is named by its content is kept by the browser", async () => {
  const { headers } = await ask("/_app/immutable/a.js");
  expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
});

test.each([
  ["kế hoạch/bao-cao/2024-Q2/v1/tai-ve/a.parquet", "application/vnd.apache.parquet", true],
  ["kế hoạch/bao-cao/2024-Q2/v1/tai-ve/a.csv", "text/csv; charset=utf-8", true],
  ["kế hoạch/bao-cao/2024-Q2/v1/tai-ve/datapackage.json", "application/json; charset=utf-8", true],
  ["kế hoạch/du-lieu.json", "application/json; charset=utf-8", false],
])("%s is served as %s", async (path, type, isSaved) => {
  const file = join(folder, "site", path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, "x");
  const { headers } = await ask(encodeURI(`/${path}`));
  expect(headers["content-type"]).toBe(type);
  expect(headers["content-disposition"]).toBe(
    isSaved ? `attachment; filename="${basename(path)}"` : undefined,
  );
});

test("inline scripts are allowed by their hash only, and nothing from elsewhere", async () => {
  const policy = String((await ask("/")).headers["content-security-policy"]);
  expect(policy).toMatch(/script-src 'self' 'sha256-[^']+'(;|$)/);
  expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/);
  expect(policy).not.toMatch(/https?:/);
});

const sha256 = (script: string) =>
  `'sha256-${createHash("sha256").update(script).digest("base64")}'`;

test("of the scripts in a page only those are run that the bundle puts there", async () => {
  const last = "{ __sveltekit_1a2b = { base: '' }; Promise.all([]) }";
  const page = (text: string) =>
    PAGE.replace("</body>", `${text}<div><script>${last}</script></div></body>`);
  const allowed = async (html: string) => {
    await makeSite(join(folder, "site"), html);
    expect((await ask("/.scripts.json")).status).toBe(400);
    const policy = String((await ask("/")).headers["content-security-policy"]);
    return policy.match(/'sha256-[^']+'/g);
  };
  const own = [sha256("start()"), sha256(last)];
  expect(await allowed(page(""))).toEqual(own);
  for (const injected of [
    "<script>steal()</script>",
    "<script>{ __sveltekit_9 = steal() }</script>",
    "<!doctype html><html><head><script>steal()</script>",
    "<script type=module>steal()</script>",
  ]) {
    expect(await allowed(page(injected))).toEqual(own);
    // above the first paint nothing else stands
    expect(await allowed(PAGE.replace("<body>", `<body>${injected}`))).toEqual([own[0]]);
  }
});

test("a page that was changed after it was built runs no script that the build did not list", async () => {
  const policy = async () => String((await ask("/")).headers["content-security-policy"]);
  const built = await policy();
  await writeFile(
    join(folder, "site/index.html"),
    PAGE.replace("start()", "steal()").replace("</body>", "<script>steal()</script></body>"),
  );
  expect(await policy()).toBe(built);
  await writeFile(join(folder, "site/later.html"), PAGE);
  const later = await ask("/later.html");
  expect(later.headers["content-security-policy"]).toMatch(/script-src 'self'(;|$)/);
  // a site of an earlier version has no list
  await rm(join(folder, "site/.scripts.json"));
  await writeFile(join(folder, "site/index.html"), `${PAGE} `);
  expect(await policy()).toMatch(/script-src 'self'(;|$)/);
});

test("a build whose pages begin with different scripts is not published", async () => {
  const site = join(folder, "other");
  await makeSite(site, PAGE);
  await writeFile(join(site, "kế hoạch/index.html"), PAGE.replace("start()", "steal()"));
  await expect(listScripts(site)).rejects.toThrow(/begin with different scripts/);
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
  const named = await serveSite({
    dir: join(folder, "site"),
    port: 4400,
    names: ["Chi-tieu.example.vn"],
  });
  const mine = server;
  server = named;
  expect(await of("chi-tieu.example.vn")).toBe(200);
  expect(await of("example.vn")).toBe(421);
  server = mine;
  await named.close();
});

test("one connection that asks without end is cut, and takes little memory", async () => {
  await writeFile(join(folder, "site/large.json"), Buffer.alloc(4 * 1024 * 1024, "x"));
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
  await writeFile(join(folder, "site/large.json"), Buffer.alloc(20 * 1024 * 1024, "x"));
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
  await vi.waitFor(() => expect(first).toHaveLength(12), 10_000);
  expect([...first].sort()).toEqual([...Array(3).fill("200"), ...Array(9).fill("503")]);
  for (const socket of sockets) socket.destroy();
  await vi.waitFor(async () => expect((await ask("/large.json")).status).toBe(200), 5000);
});

test("a question that brings something along is refused, and the connection ends", async () => {
  const { port } = new URL(server.url);
  const answered = (text: string) =>
    new Promise<string>((done) => {
      const socket = connect(Number(port), "127.0.0.1");
      let said = "";
      socket.on("data", (data) => {
        said += data.toString("latin1");
      });
      socket.on("error", () => undefined);
      socket.on("close", () => done(said));
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
  await writeFile(join(folder, "site/.htpasswd"), "secret");
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
  expect((await ask(encodeURI("/kế hoạch/"))).status).toBe(200);
});

test.each([
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/..%5csecret.txt",
  "/kế hoạch/../../secret.txt",
  "/a%00b",
  "/%",
  "//etc/passwd",
  "/link.txt",
])("%s leads to nothing outside of the site", async (path) => {
  await symlink(join(folder, "secret.txt"), join(folder, "site/link.txt"));
  const answer = await ask(
    path.replace("ế", "%E1%BA%BF").replace("ạ", "%E1%BA%A1").replace(" ", "%20"),
  );
  expect([400, 404]).toContain(answer.status);
  expect(answer.body.toString()).not.toContain("secret");
});

test("an unknown address is answered in Vietnamese, other methods are refused", async () => {
  const { status, body } = await ask("/xa/");
  expect(status).toBe(404);
  expect(body.toString()).toContain("Không tìm thấy trang");
  expect((await ask("/", {}, "POST")).status).toBe(405);
  const head = await ask("/", {}, "HEAD");
  expect([head.status, head.body.length]).toEqual([200, 0]);
});

test("a new build is seen at once, and no request falls between the two", async () => {
  const statuses = new Set<number>();
  let stop = false;
  const asking = (async () => {
    while (!stop) {
      for (const path of ["/", encodeURI("/kế hoạch/")]) statuses.add((await ask(path)).status);
    }
  })();
  for (let i = 0; i < 10; i++) {
    await makeSite(join(folder, "next"), `${PAGE}<!-- ${i} -->`);
    // every other build has a folder of the one before
    const folders = i % 2 === 0 ? ["kế hoạch"] : [];
    for (const name of folders) await rm(join(folder, "next", name), { recursive: true });
    await swapSite(join(folder, "next"), join(folder, "site"), folders);
    expect((await ask("/")).body.toString()).toContain(`<!-- ${i} -->`);
  }
  stop = true;
  await asking;
  expect([...statuses]).toEqual([200]);
});

test("what is kept to be sent again goes with its build, its file, its encoding and its moment", async () => {
  const first = await ask("/", { "accept-encoding": "br" });
  const etag = String(first.headers.etag);
  const again = await ask("/", { "accept-encoding": "br" });
  expect([again.status, again.headers.etag, again.body.equals(first.body)]).toEqual([
    200,
    etag,
    true,
  ]);
  expect((await ask("/")).body.toString()).toBe(PAGE);
  const known = await ask("/", { "accept-encoding": "br", "if-none-match": etag });
  expect([known.status, known.headers["content-encoding"], known.headers.etag]).toEqual([
    304,
    undefined,
    etag,
  ]);

  // written over in place, with as many bytes
  await writeFile(join(folder, "site/index.html"), PAGE.replaceAll("Chỉ", "CHỈ"));
  expect((await ask("/")).body.toString()).toContain("CHỈ tiêu");
  await rm(join(folder, "site/index.html"));
  expect((await ask("/")).status).toBe(404);
});

test("what is kept to be sent again is bounded, and what is not there is not kept", async () => {
  const large = "x".repeat(1000 * 1024);
  for (let no = 0; no < 60; no += 1) await writeFile(join(folder, `site/${no}.txt`), large);
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  const before = process.memoryUsage().arrayBuffers;
  for (let no = 0; no < 60; no += 1) {
    expect((await ask(`/${no}.txt`)).body).toHaveLength(large.length);
    expect((await ask(`/nowhere-${no}`)).status).toBe(404);
  }
  expect((await ask("/0.txt")).body).toHaveLength(large.length);
  // what has been answered is let go of a little later
  const kept = () => {
    collect();
    return process.memoryUsage().arrayBuffers - before;
  };
  await expect.poll(kept).toBeLessThan(45 * 1024 * 1024);
});

test("the next port is taken when one is in use, and a missing site is refused", async () => {
  const second = await serveSite({
    dir: join(folder, "site"),
    port: Number(new URL(server.url).port),
  });
  expect(second.url).not.toBe(server.url);
  await second.close();
  await rename(join(folder, "site"), join(folder, "moved"));
  await expect(serveSite({ dir: join(folder, "site") })).rejects.toThrow(/no site in/);
});
