import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { extname } from "node:path";
import { Failure } from "../vocabulary/failure.ts";
import { FILE_FORMATS } from "../vocabulary/file-formats.ts";
import { boundConnections, CONNECTION_OPTIONS } from "./connections.ts";
import { Content, ENCODINGS, type Encoding } from "./content.ts";
import { contentSecurityPolicy } from "./policy.ts";
import { PageNotReady, type Site } from "./served-pages.ts";

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
const DOWNLOAD_TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(FILE_FORMATS).map(([ending, { mediaType }]) => [`.${ending}`, mediaType]),
  ),
  ...TYPES,
};

/** Text of a response for which the site has no page of its own. */
const WORDS: Readonly<Record<number, string>> = {
  400: "Địa chỉ không hợp lệ",
  404: "Không tìm thấy trang",
  405: "Máy chủ chỉ cho xem trang, không nhận dữ liệu",
  413: "Máy chủ chỉ cho xem trang, không nhận dữ liệu",
  421: "Máy chủ không có trang nào ở tên này",
  500: "Máy chủ gặp lỗi khi mở trang; hãy tải lại trang",
  503: "Máy chủ đang bận; hãy tải lại trang sau ít giây",
};

/** What is not ready yet is loaded again by itself after so many seconds. */
const READY_S = 5;

/** What one server may hold for readers who do not fetch what they have asked for. */
const LIMITS = {
  /** Answers that wait on one connection: a browser asks for one at a time. */
  answersPerConnection: 4,
  /** Bytes of answers that wait on all of them. */
  waitingBytes: 64 * 1024 * 1024,
  /** Without a byte moving, but for the time in which an answer is made. */
  idleMs: 30_000,
  requestMs: 20_000,
};

/** Names by which a machine calls itself. */
const OWN_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/** Whether an address is one of this machine that no other can reach. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Serves a site. Whoever asks for a host that it is not known by gets nothing of it: a page elsewhere could
 * have had its own name lead here.
 * @param options.port tried first; when it is taken the next free one, unless `exact`
 * @param options.names host names by which readers ask for it, besides the machine's own and `host`
 * @throws Failure when no port is free
 */
export async function serveSite(
  site: Site,
  options: {
    readonly host?: string;
    readonly port?: number;
    readonly exact?: boolean;
    readonly names?: readonly string[];
  } = {},
): Promise<SiteServer> {
  const host = options.host ?? HOST;
  const own = host.includes(":") ? `[${host}]` : host;
  const answerOf = siteAnswers(namesOf(host, options.names ?? []));
  const server = createServer(
    {
      ...{ headersTimeout: LIMITS.requestMs, requestTimeout: LIMITS.requestMs },
      ...CONNECTION_OPTIONS,
    },
    (request, response) => answerOf(site, request, response),
  );
  boundConnections(server);
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
        `Không phục vụ được ở ${host}: ${error instanceof Error ? error.message : error}`,
        {
          cause: error,
        },
      );
    }
  }
  const ports = tries === 1 ? `Cổng ${first}` : `Các cổng từ ${first} đến ${first + tries - 1}`;
  throw new Failure(`${ports} đang được dùng ở ${host}. Chọn cổng khác bằng --port.`);
}

/** What readers have asked for and not fetched yet. */
class Waiting {
  private readonly answers = new WeakMap<Socket, number>();
  private readonly inMaking = new WeakMap<Socket, number>();
  private bytes = 0;

  /** Counts an answer until it is sent. @returns false where one connection has too many: it is cut. */
  begin({ socket }: IncomingMessage, response: ServerResponse): boolean {
    const open = (this.answers.get(socket) ?? 0) + 1;
    if (open > LIMITS.answersPerConnection) {
      socket.destroy();
      return false;
    }
    this.answers.set(socket, open);
    // a reader who waits for a page is not idle
    this.inMaking.set(socket, (this.inMaking.get(socket) ?? 0) + 1);
    socket.setTimeout(0);
    response.once("close", () => this.answers.set(socket, (this.answers.get(socket) ?? 1) - 1));
    return true;
  }

  /** From now on the reader is waited for. */
  made({ socket }: IncomingMessage): void {
    const left = (this.inMaking.get(socket) ?? 1) - 1;
    this.inMaking.set(socket, left);
    if (left === 0) socket.setTimeout(LIMITS.idleMs);
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

/** Answers of one server for the pages and files of sites. */
export function siteAnswers(
  names: ReadonlySet<string>,
): (site: Site, request: IncomingMessage, response: ServerResponse) => void {
  const waiting = new Waiting();
  return (site, request, response) => {
    if (!waiting.begin(request, response)) return;
    replyTo(site, names, request)
      // what fails here has been reported where it failed
      .catch((error: unknown) => {
        if (error instanceof PageNotReady) return waitingReply(error.message);
        return plainReply(error instanceof Failure ? 503 : 500);
      })
      .then((reply) => {
        waiting.made(request);
        send(reply, waiting, request, response);
      })
      .catch(() => response.destroy());
  };
}

async function replyTo(
  site: Site,
  names: ReadonlySet<string>,
  request: IncomingMessage,
): Promise<Reply> {
  if (!isForUs(request, names)) return ended(plainReply(421));
  if (request.method !== "GET" && request.method !== "HEAD") {
    const { headers: all, ...reply } = plainReply(405);
    return ended({ ...reply, headers: { ...all, allow: "GET, HEAD" } });
  }
  // nothing is to be sent with a question, and whatever is, is not read
  const { "content-length": length = "0", "transfer-encoding": coding } = request.headers;
  if (coding !== undefined || Number(length) > 0) return ended(plainReply(413));
  const { path, version } = requestedPath(request.url ?? "/");
  if (path === undefined) return plainReply(400);
  const found = (await site.find(path, version)) ?? (await site.notFound());
  if (found === undefined) return plainReply(404);
  if (found instanceof Content) return await replyWith(found, request);
  return { status: 308, headers: { location: encodeURI(found.location) } };
}

/** A reply, or that what the browser has of it is still the same. */
async function replyWith(content: Content, request: IncomingMessage): Promise<Reply> {
  const { encoding, body, etag } = await content.encoded(acceptedEncodings(request));
  const all = headersOf(content);
  if (!content.isImmutable) all.etag = etag;
  if (content.status === 200 && !content.isImmutable) {
    if (matches(request.headers["if-none-match"], etag)) return { status: 304, headers: all };
  }
  if (encoding !== null) all["content-encoding"] = encoding;
  all["content-length"] = String(body.length);
  return { status: content.status, headers: all, body };
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
    response.writeHead(busy.status, busy.headers).end(busy.body);
    return;
  }
  response.writeHead(reply.status, reply.headers);
  response.end(body);
}

/** A response before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: Buffer | string;
}

/**
 * The path of a request, decoded and without `..`, undefined when it is no path of a site; and of which
 * version rows are asked for.
 */
function requestedPath(url: string): { path: string | undefined; version: string | null } {
  const [before = "", query = ""] = url.split("#", 1).join("").split("?", 2);
  const version = /(?:^|&)v=([\w.]+)/.exec(query)?.[1] ?? null;
  return { path: decodedPath(before), version };
}

function decodedPath(encoded: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
  if (!path.startsWith("/") || path.includes("\0") || path.includes("\\")) return undefined;
  // no file of a site is hidden
  if (path.split("/").some((part) => part.startsWith("."))) return undefined;
  return path.replace(/\/{2,}/g, "/");
}

/**
 * A page of a few words, which needs no file of the site.
 * @param again seconds after which it is loaded again by itself
 */
function plainReply(status: number, words = WORDS[status] ?? "", again?: number): Reply {
  const body =
    `<!doctype html><html lang="vi"><meta charset="utf-8"><title>${words}</title>` +
    (again === undefined ? "" : `<meta http-equiv="refresh" content="${again}">`) +
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" ' +
    `content="light dark"><main><h1>${words}</h1><p><a href="/">Về trang chủ</a></p></main>`;
  const retry: Record<string, string> = status === 503 ? { "retry-after": "5" } : {};
  return { status, headers: { ...headers(".html", contentSecurityPolicy()), ...retry }, body };
}

/**
 * A page that says that something is made just now. No fault: a program in between might show its own
 * page of one, which does not load itself again.
 */
export function waitingReply(words: string): Reply {
  const { headers: all, ...reply } = plainReply(200, words, READY_S);
  return { ...reply, headers: { ...all, "cache-control": "no-store" } };
}

function headersOf(content: Content): Record<string, string> {
  const all = headers(content.type, content.policy ?? contentSecurityPolicy());
  if (content.isShrinking) all.vary = "accept-encoding";
  all["cache-control"] = content.isImmutable ? "public, max-age=31536000, immutable" : "no-cache";
  return content.download === null ? all : { ...all, ...downloadHeaders(content.download) };
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

/** What tells a browser to save a file of a published version under its name. */
function downloadHeaders(name: string): Record<string, string> {
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
  return ENCODINGS.filter((name) => taken.has(name) || taken.has("*"));
}
