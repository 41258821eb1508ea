import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { HEALTH_PATH, healthOf, METRICS_PATH, metricsText } from "../../doctor/health.ts";
import { boundConnections, CONNECTION_OPTIONS } from "../../site/connections.ts";
import type { Site } from "../../site/served-pages.ts";
import {
  isForUs,
  listen,
  namesOf,
  type Reply,
  siteAnswers,
  waitingReply,
} from "../../site/server.ts";
import { may } from "../accounts/roles.ts";
import { apiApp, keyTextOf } from "../api/api-app.ts";
import { API } from "../api/api-route.ts";
import { DESK } from "../page/page.tsx";
import { COOKIE, DESK_COOKIE, type Desk, logInAddress, visitorOf } from "../page/request.ts";
import { deskApp, MAX_FORM_BYTES, MAX_SENT_BYTES } from "./app.tsx";

/** A running desk. */
export interface DeskServer {
  /** Where it is reached from this machine. */
  readonly url: string;
  close(): Promise<void>;
}

export interface DeskServing {
  readonly host: string;
  /** The first that is tried. */
  readonly port: number;
  readonly portsTried: number;
  /** The report pages for everybody; null while they are prepared. */
  readonly site: () => Promise<Site | null>;
  /** Those for the city, which staff and leaders see; null while they are prepared. */
  readonly citySite: () => Promise<Site | null>;
  /** Pages for everybody are shown without log-in. */
  readonly arePagesOpen: boolean;
  /** Where backups are made, for whoever asks how the office is; null where nobody has said. */
  readonly backups: string | null;
  /** Names under which the server is reached besides this machine's own. */
  readonly names: readonly string[];
}

/** What a slow or silent peer may take. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 120_000;

const MIB = 1024 * 1024;

/** Bytes that are sent with requests, each held in memory until it is answered. */
const BODY_BOUNDS = {
  /** Of whoever is not logged in: the form of the log-in takes a few hundred bytes. */
  ofStrangers: MAX_FORM_BYTES,
  /** Of one session at a time: one sending of the largest, and a second of as many forms as a unit has. */
  ofSession: MAX_SENT_BYTES + 16 * MIB,
  /** Of all: four of the largest, or some thousand sendings of a form. */
  ofAll: 4 * MAX_SENT_BYTES,
};

/**
 * Serves the desk and, to whoever may see them, the report pages.
 * @param desk of which `origin` is asked once the server listens
 * @throws Failure when no port is free
 */
export async function serveDesk(desk: Desk, serving: DeskServing): Promise<DeskServer> {
  const pages = getRequestListener(deskApp(desk).fetch);
  const api = getRequestListener(apiApp(desk).fetch);
  const names = namesOf(serving.host, serving.names);
  const answerPages = siteAnswers(names);
  const server = createServer(
    {
      ...{ headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, maxHeaderSize: 16 * 1024 },
      ...CONNECTION_OPTIONS,
    },
    (request, response) => {
      void answer(request, response).catch(() => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  );
  boundConnections(server);
  const bodies = new Bodies();
  const health = healthOf({
    ...{ paths: desk.paths, backups: serving.backups, office: desk.office },
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isForUs(request, names)) {
      refuse(response, 421, "Tên máy chủ không đúng.");
      return;
    }
    const path = (request.url ?? "/").split(/[?#]/, 1)[0] ?? "/";
    const cookie = cookieOf(request);
    const isApi = path === API || path.startsWith(`${API}/`);
    /** Not what was asked for, in the way of who asks. */
    const refuseAs = (status: number, code: string, words: string): void => {
      if (isApi) refuse(response, status, JSON.stringify({ status, code, message: words }));
      else refuse(response, status, words);
    };
    // browsers say how much they send, and so does nginx
    if (request.headers["transfer-encoding"] !== undefined) {
      response.setHeader("connection", "close");
      refuseAs(411, "length_required", UNMEASURED);
      return;
    }
    if (path === HEALTH_PATH || path === METRICS_PATH) {
      const found = await health();
      const [status, type, body] =
        path === METRICS_PATH
          ? [200, "text/plain; version=0.0.4; charset=utf-8", metricsText(found)]
          : [found.state === "ok" ? 200 : 503, "application/json", JSON.stringify(found)];
      response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
      return;
    }
    if (isApi || path === DESK || path.startsWith(`${DESK}/`)) {
      const bytes = Number(request.headers["content-length"] ?? 0);
      const isLong = bytes > BODY_BOUNDS.ofStrangers;
      const session = isApi ? keyTextOf(request.headers.authorization) : (cookie ?? "");
      // what nobody may send is not read
      if (isLong && isApi && (await desk.keys.known(session)) === null) {
        response.setHeader("connection", "close");
        refuseAs(401, "wrong_key", "Mã truy cập không đúng.");
      } else if (isLong && !isApi && (await visitorOf(desk, cookie)) === null) {
        const { method, headers } = request;
        response.setHeader("location", logInAddress(method, path, headers.referer));
        refuse(response, 303, "");
      } else if (!bodies.add(bytes, session, response)) {
        refuseAs(503, "busy", BUSY);
      } else await (isApi ? api : pages)(request, response);
      return;
    }
    const visitor = await visitorOf(desk, cookie);
    if (visitor === null && !serving.arePagesOpen) {
      response.writeHead(303, { location: logInAddress("GET", request.url ?? path) }).end();
      return;
    }
    if (visitor === null)
      response.setHeader("set-cookie", `${DESK_COOKIE}=0; Path=/; SameSite=Lax`);
    const city = visitor !== null && may(visitor.account.role, "see city pages");
    const site = await (city ? serving.citySite() : serving.site());
    if (site === null) {
      const words = "Các trang báo cáo đang được chuẩn bị; trang sẽ tự tải lại";
      return send(response, waitingReply(words));
    }
    answerPages(site, request, response);
  };

  const port = await listen(server, serving.host, serving.port, serving.portsTried);
  const host = serving.host.includes(":") ? `[${serving.host}]` : serving.host;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 2000).unref();
      }),
  };
}

/** What is being sent, until it is answered. */
class Bodies {
  readonly #ofSession = new Map<string, number>();
  #ofAll = 0;

  /** @returns false where it is too much */
  add(bytes: number, session: string, response: ServerResponse): boolean {
    // what is too large by itself is told so, unread; of what is small connections are the bound
    if (bytes <= BODY_BOUNDS.ofStrangers || bytes > MAX_SENT_BYTES) return true;
    const own = (this.#ofSession.get(session) ?? 0) + bytes;
    if (own > BODY_BOUNDS.ofSession || this.#ofAll + bytes > BODY_BOUNDS.ofAll) return false;
    this.#count(bytes, session);
    response.once("close", () => this.#count(-bytes, session));
    return true;
  }

  #count(bytes: number, session: string): void {
    this.#ofAll += bytes;
    const own = (this.#ofSession.get(session) ?? 0) + bytes;
    if (own > 0) this.#ofSession.set(session, own);
    else this.#ofSession.delete(session);
  }
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(headers.cookie ?? "")?.[1];
}

const UNMEASURED =
  "Không nhận được: yêu cầu không ghi độ dài. Gửi cả nội dung một lần, có Content-Length (curl: --data-binary), không gửi từng đoạn (Transfer-Encoding).";
const BUSY = "Máy chủ đang nhận nhiều tệp lớn; chưa nhận được, hãy gửi lại sau ít phút.";

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, headers).end(body);
}

function refuse(response: ServerResponse, status: number, words: string): void {
  const type = words.startsWith("{") ? "application/json" : "text/plain; charset=utf-8";
  response.writeHead(status, { "content-type": type }).end(words);
}
