import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compressSite, swapSite } from "../../pipelines/site/publication.ts";
import { type SiteServer, serveSite } from "../../pipelines/site/server.ts";

const PAGE = `<html lang="vi"><script>start()</script>${"<p>Chỉ tiêu</p>".repeat(200)}</html>`;

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
    while (!stop) statuses.add((await ask("/")).status);
  })();
  for (let i = 0; i < 10; i++) {
    await makeSite(join(folder, "next"), `${PAGE}<!-- ${i} -->`);
    await swapSite(join(folder, "next"), join(folder, "site"));
    expect((await ask("/")).body.toString()).toContain(`<!-- ${i} -->`);
  }
  stop = true;
  await asking;
  expect([...statuses]).toEqual([200]);
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
