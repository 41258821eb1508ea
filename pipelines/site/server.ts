import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { readFile, realpath, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { extname, join, relative, resolve, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../vocabulary/failure.ts";
import { FILE_FORMATS } from "../vocabulary/file-formats.ts";
import { contentSecurityPolicy, enginePolicy } from "./policy.ts";
import { scriptsOf } from "./script-list.ts";

/** A running server. */
export interface SiteServer {
  /** `http://127.0.0.1:4170` */
  readonly url: string;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
const PORT = 4170;
/** How many ports are tried after a taken one. */
const PORTS_TRIED = 20;

/** For how long a missing folder may be a build that is just being swapped in. */
const SWAP_MS = 500;

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** Files of published versions: they are saved, not shown, and are what their ending says. */
const DOWNLOAD = /^.+\/bao-cao\/[^/]+\/v\d+\/tai-ve\/([^/]+)$/;
const DOWNLOAD_TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(FILE_FORMATS).map(([ending, { mediaType }]) => [`.${ending}`, mediaType]),
  ),
  ...TYPES,
};

/** Names that hold a digest of their content: a browser never needs to ask again. */
const IMMUTABLE = /^_app\/immutable\//;

/**
 * The worker in which a page's filters are computed. What it may do is said with it, and not with the
 * page.
 */
const ENGINE = /\/_app\/immutable\/workers\/[^/]+\.js$/;

/** What is said where the site has no page of its own for it. */
const WORDS: Readonly<Record<number, string>> = {
  400: "Địa chỉ không hợp lệ",
  404: "Không tìm thấy trang",
  405: "Máy chủ chỉ cho xem trang, không nhận dữ liệu",
  413: "Máy chủ chỉ cho xem trang, không nhận dữ liệu",
  421: "Máy chủ không có trang nào ở tên này",
  500: "Máy chủ gặp lỗi khi mở trang; hãy tải lại trang",
  503: "Máy chủ đang bận; hãy tải lại trang sau ít giây",
};

/** What one server may hold for readers who do not fetch what they have asked for. */
const LIMITS = {
  /** Answers that wait on one connection: a browser asks for one at a time. */
  answersPerConnection: 4,
  /** Bytes of answers that wait on all of them. */
  waitingBytes: 64 * 1024 * 1024,
  connections: 1000,
  /** Without a byte moving. */
  idleMs: 30_000,
  requestMs: 20_000,
  /** Bytes of replies that are kept to be sent again, of all together and of one. */
  keptBytes: 32 * 1024 * 1024,
  keptReply: 1024 * 1024,
};

/** Names by which a machine calls itself. */
const OWN_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/** Whether an address is one of this machine that no other can reach. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Serves a built site. A site that is built again while it is served is seen at the next request.
 * Whoever asks for a host that it is not known by gets nothing of it: a page elsewhere could have had its
 * own name lead here.
 * @param options.port tried first; when it is taken the next free one, unless `exact`
 * @param options.names host names by which readers ask for it, besides the machine's own and `host`
 * @throws Failure when there is no site in `dir`, or no port is free
 */
export async function serveSite(options: {
  dir: string;
  host?: string;
  port?: number;
  exact?: boolean;
  names?: readonly string[];
}): Promise<SiteServer> {
  const dir = resolve(options.dir);
  if (!existsSync(join(dir, "index.html"))) {
    throw new Failure(
      `There is no site in ${dir}. Build it first: chitieu site, with the same options.`,
    );
  }
  const host = options.host ?? HOST;
  const own = host.includes(":") ? `[${host}]` : host;
  const answerOf = siteAnswers(namesOf(host, options.names ?? []));
  const server = createServer(
    { headersTimeout: LIMITS.requestMs, requestTimeout: LIMITS.requestMs },
    (request, response) => answerOf(dir, request, response),
  );
  server.maxConnections = LIMITS.connections;
  server.setTimeout(LIMITS.idleMs);
  const port = await listen(server, host, options.port ?? PORT, options.exact ? 1 : PORTS_TRIED);
  return {
    url: `http://${own}:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Listens on the first free port from `first` on. @throws Failure when there is none */
export async function listen(
  server: Server,
  host: string,
  first: number,
  tries: number,
): Promise<number> {
  for (let port = first; port < first + tries; port++) {
    try {
      await new Promise<void>((done, fail) => {
        server.once("error", fail);
        server.listen(port, host, () => {
          server.removeListener("error", fail);
          done();
        });
      });
      const address = server.address();
      return typeof address === "object" && address !== null ? address.port : port;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EADDRINUSE" || code === "EACCES") continue;
      throw new Failure(
        `Cannot listen on ${host}: ${error instanceof Error ? error.message : error}`,
        {
          cause: error,
        },
      );
    }
  }
  const ports = tries === 1 ? `Port ${first} is` : `Ports ${first} to ${first + tries - 1} are`;
  throw new Failure(`${ports} in use on ${host}. Choose another one with --port.`);
}

/** What readers have asked for and not fetched yet. */
class Waiting {
  private readonly answers = new WeakMap<Socket, number>();
  private bytes = 0;

  /** Counts an answer until it is sent. @returns false where one connection has too many: it is cut. */
  begin({ socket }: IncomingMessage, response: ServerResponse): boolean {
    const open = (this.answers.get(socket) ?? 0) + 1;
    if (open > LIMITS.answersPerConnection) {
      socket.destroy();
      return false;
    }
    this.answers.set(socket, open);
    response.once("close", () => this.answers.set(socket, (this.answers.get(socket) ?? 1) - 1));
    return true;
  }

  /** Counts what is sent until it has gone. @returns false where too much waits already */
  add(bytes: number, response: ServerResponse): boolean {
    if (this.bytes > 0 && this.bytes + bytes > LIMITS.waitingBytes) return false;
    this.bytes += bytes;
    response.once("close", () => {
      this.bytes -= bytes;
    });
    return true;
  }
}

/** The names that a server answers to: the machine's own, the address that it listens on, and others. */
export function namesOf(host: string, others: readonly string[]): ReadonlySet<string> {
  const own = host.includes(":") ? `[${host}]` : host;
  return new Set([...OWN_NAMES, own, ...others].map((one) => one.toLowerCase()));
}

/** Whether a request is for one of the names that a server answers to. */
export function isForUs(request: IncomingMessage, names: ReadonlySet<string>): boolean {
  return names.has(hostOf(request));
}

/** Answers of one server for the pages and files of sites, by their folder. */
export function siteAnswers(
  names: ReadonlySet<string>,
): (dir: string, request: IncomingMessage, response: ServerResponse) => void {
  const waiting = new Waiting();
  const kept = new KeptReplies();
  return (dir, request, response) => {
    if (!waiting.begin(request, response)) return;
    answer({ dir, names, kept }, waiting, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else send(plainReply(500), waiting, request, response);
    });
  };
}

/** A site, the names that it is asked for by, and what has been sent of it. */
interface Served {
  readonly dir: string;
  readonly names: ReadonlySet<string>;
  readonly kept: KeptReplies;
}

async function answer(
  served: Served,
  waiting: Waiting,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  send(await replyTo(served, request), waiting, request, response);
}

async function replyTo({ dir, names, kept }: Served, request: IncomingMessage): Promise<Reply> {
  if (!isForUs(request, names)) return ended(plainReply(421));
  if (request.method !== "GET" && request.method !== "HEAD") {
    const { headers: all, ...reply } = plainReply(405);
    return ended({ ...reply, headers: { ...all, allow: "GET, HEAD" } });
  }
  // nothing is to be sent with a question, and whatever is, is not read
  const { "content-length": length = "0", "transfer-encoding": coding } = request.headers;
  if (coding !== undefined || Number(length) > 0) return ended(plainReply(413));
  const path = requestedPath(request.url ?? "/");
  if (path === undefined) return plainReply(400);
  const encodings = acceptedEncodings(request);
  const key = [dir, path, ...encodings.map(({ name }) => name)].join("\0");
  const before = identity(dir);
  const reply =
    kept.find(key, before) ?? (await readOneBuild(dir, () => prepare(dir, path, encodings)));
  kept.keep(key, before, reply);
  return sinceLast(reply, request);
}

/** A reply, or that what the browser has of it is still the same. */
function sinceLast(reply: Reply, request: IncomingMessage): Reply {
  const { etag } = reply.headers;
  if (reply.status !== 200 || etag === undefined) return reply;
  if (!matches(request.headers["if-none-match"], etag)) return reply;
  const { "content-encoding": _, "content-length": __, ...headers } = reply.headers;
  return { status: 304, headers };
}

/** The host that is asked for, without its port. */
function hostOf({ headers: { host = "" } }: IncomingMessage): string {
  return host.toLowerCase().replace(/:\d*$/, "");
}

/** A reply after which the connection is at an end. */
function ended(reply: Reply): Reply {
  return { ...reply, headers: { ...reply.headers, connection: "close" } };
}

function send(
  reply: Reply,
  waiting: Waiting,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const body = request.method === "HEAD" ? undefined : reply.body;
  if (!waiting.add(Buffer.byteLength(body ?? ""), response)) {
    const busy = ended(plainReply(503));
    response.writeHead(busy.status, { ...busy.headers, "retry-after": "5" }).end(busy.body);
    return;
  }
  response.writeHead(reply.status, reply.headers);
  response.end(body);
}

/** A response before it is sent. */
interface Reply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: Buffer | string;
  /** The file that it is of, as it was when it was read; only of files of a site. */
  readonly file?: FileState;
}

/** A file that is sent, and what changes when another one takes its place or it is written over. */
interface FileState {
  readonly path: string;
  readonly state: string;
}

/**
 * Asked at once, and not by way of a queue: that would take several times as long as the answer.
 * @returns empty where there is no such file
 */
function stateOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return "";
  const { dev, ino, size, mtimeNs, ctimeNs } = found;
  return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}

/**
 * Replies of the builds that are served, so that a page that many ask for is read, hashed and given its
 * policy once: the least asked for goes first when they are too many.
 */
class KeptReplies {
  private readonly replies = new Map<string, { readonly build: string; readonly reply: Reply }>();
  private bytes = 0;

  /** The reply that was kept of this build, when its file is still as it was. */
  find(key: string, build: string): Reply | undefined {
    const known = this.replies.get(key);
    const file = known?.reply.file;
    if (known === undefined || file === undefined || build === "") return undefined;
    if (known.build === build && stateOf(file.path) === file.state) return known.reply;
    this.forget(key);
    return undefined;
  }

  keep(key: string, build: string, reply: Reply): void {
    const size = Buffer.byteLength(reply.body ?? "");
    // what is not there is not kept: there is no end to such addresses
    if (build === "" || reply.status !== 200 || reply.file === undefined) return;
    if (size > LIMITS.keptReply) return;
    this.forget(key);
    this.replies.set(key, { build, reply });
    this.bytes += size;
    for (const oldest of this.replies.keys()) {
      if (this.bytes <= LIMITS.keptBytes) break;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    this.bytes -= Buffer.byteLength(this.replies.get(key)?.reply.body ?? "");
    this.replies.delete(key);
  }
}

/**
 * Does what reads the site, once more when a new build was swapped in meanwhile, so that no reply is made
 * from two builds and none falls into the instant between them.
 */
async function readOneBuild(dir: string, work: () => Promise<Reply>): Promise<Reply> {
  const deadline = Date.now() + SWAP_MS;
  for (;;) {
    const before = identity(dir);
    const reply = await work().catch((error: unknown) => {
      if (Date.now() > deadline) throw error;
      return undefined;
    });
    const after = identity(dir);
    if (Date.now() > deadline || (before !== "" && before === after && reply !== undefined)) {
      return reply ?? plainReply(500);
    }
    await sleep(5);
  }
}

/** Tells the folder of one build from that of the next; empty while there is none. */
function identity(dir: string): string {
  try {
    const found = statSync(dir, { throwIfNoEntry: false });
    return found === undefined ? "" : `${found.dev} ${found.ino} ${found.birthtimeMs}`;
  } catch {
    return "";
  }
}

async function prepare(dir: string, path: string, encodings: readonly Encoding[]): Promise<Reply> {
  const root = await realpath(dir).catch(() => undefined);
  const found = root === undefined ? undefined : await findFile(root, path);
  if (root === undefined || found === undefined) return await notFound(root, encodings);
  if (found.redirect !== undefined) {
    return { status: 308, headers: { location: encodeURI(found.redirect) } };
  }
  const reply = await readReply(root, found.file, 200, IMMUTABLE.test(path.slice(1)), encodings);
  return { ...reply, headers: { ...reply.headers, ...downloadHeaders(path) } };
}

/** The path of a request, decoded and without `..`; undefined when it is no path of a site. */
function requestedPath(url: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? "");
  } catch {
    return undefined;
  }
  if (!path.startsWith("/") || path.includes("\0") || path.includes("\\")) return undefined;
  // no file of a site is hidden
  if (path.split("/").some((part) => part.startsWith("."))) return undefined;
  return path.replace(/\/{2,}/g, "/");
}

type Found = { file: string; redirect?: undefined } | { redirect: string };

/** The file for a path: itself, or the page of a folder, to which a slash belongs. */
async function findFile(root: string, path: string): Promise<Found | undefined> {
  const file = join(root, path);
  const kind = await inside(root, file);
  if (kind === "file") return path.endsWith("/") || isCopy(root, path) ? undefined : { file };
  if (kind !== "folder") return undefined;
  const page = join(file, "index.html");
  if ((await inside(root, page)) !== "file") return undefined;
  return path.endsWith("/") ? { file: page } : { redirect: `${path}/` };
}

/** `a.html.br` is a way to send `a.html`, not a file of the site. */
function isCopy(root: string, path: string): boolean {
  return /\.(br|gz)$/.test(path) && existsSync(join(root, path.replace(/\.(br|gz)$/, "")));
}

/** What lies at a path, undefined when nothing does or a link leads out of the site. */
async function inside(root: string, path: string): Promise<"file" | "folder" | undefined> {
  try {
    const real = await realpath(path);
    if (real !== root && !real.startsWith(root + sep)) return undefined;
    const entry = await stat(real);
    return entry.isFile() ? "file" : entry.isDirectory() ? "folder" : undefined;
  } catch {
    return undefined;
  }
}

async function notFound(root: string | undefined, encodings: readonly Encoding[]): Promise<Reply> {
  const page = root === undefined ? undefined : join(root, "404.html");
  if (root === undefined || page === undefined || !existsSync(page)) return plainReply(404);
  return await readReply(root, page, 404, false, encodings);
}

function isEngine(file: string): boolean {
  return ENGINE.test(file.split(sep).join("/"));
}

/** A page of a few words, which needs no file of the site. */
function plainReply(status: number): Reply {
  const words = WORDS[status] ?? "";
  const body =
    `<!doctype html><html lang="vi"><meta charset="utf-8"><title>${words}</title>` +
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" ' +
    `content="light dark"><main><h1>${words}</h1><p><a href="/">Về trang chủ</a></p></main>`;
  return { status, headers: headers(".html", contentSecurityPolicy([])), body };
}

async function readReply(
  root: string,
  file: string,
  status: number,
  immutable: boolean,
  encodings: readonly Encoding[],
): Promise<Reply> {
  const type = extname(file);
  const encoding = encodings.find((name) => existsSync(`${file}.${name.suffix}`));
  const sent = encoding === undefined ? file : `${file}.${encoding.suffix}`;
  const state = stateOf(sent);
  const body = await readFile(sent);
  const policy = isEngine(file)
    ? enginePolicy()
    : contentSecurityPolicy(type === ".html" ? await scriptsOf(root, relative(root, file)) : []);
  const all = headers(type, policy);
  if (existsSync(`${file}.gz`)) all.vary = "accept-encoding";
  if (immutable) {
    all["cache-control"] = "public, max-age=31536000, immutable";
  } else {
    all["cache-control"] = "no-cache";
    all.etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  }
  if (encoding !== undefined) all["content-encoding"] = encoding.name;
  all["content-length"] = String(body.length);
  return { status, headers: all, body, file: { path: sent, state } };
}

/** Pages need nothing of the machine that shows them. */
const NO_DEVICES = ["camera", "geolocation", "microphone", "payment", "usb"]
  .map((one) => `${one}=()`)
  .join(", ");

function headers(type: string, policy: string): Record<string, string> {
  return {
    "content-type": TYPES[type] ?? "application/octet-stream",
    "content-security-policy": policy,
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": NO_DEVICES,
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-permitted-cross-domain-policies": "none",
  };
}

/** What tells a browser to save a file of a published version under its name; nothing for others. */
function downloadHeaders(path: string): Record<string, string> {
  const name = DOWNLOAD.exec(path)?.[1];
  if (name === undefined) return {};
  const plain = name.replace(/[^\w.-]/g, "_");
  return {
    "content-type": DOWNLOAD_TYPES[extname(name)] ?? "application/octet-stream",
    "content-disposition": `attachment; filename="${plain}"`,
  };
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(",").some((part) => {
    const value = part.trim().replace(/^W\//, "");
    return value === "*" || value === etag;
  });
}

/** A way to send a file compressed, and how its copy is named. */
interface Encoding {
  readonly name: string;
  readonly suffix: string;
}

/** The encodings that a browser takes, the smaller first. */
function acceptedEncodings(request: IncomingMessage): Encoding[] {
  const header = String(request.headers["accept-encoding"] ?? "");
  const taken = new Set(
    header
      .split(",")
      .map((part) => part.trim().toLowerCase())
      .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
      .map((part) => part.split(";", 1)[0]?.trim()),
  );
  return [
    { name: "br", suffix: "br" },
    { name: "gzip", suffix: "gz" },
  ].filter(({ name }) => taken.has(name) || taken.has("*"));
}
