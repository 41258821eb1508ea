import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Site } from "../site/served-pages.ts";
import { isForUs, listen, namesOf, siteAnswers } from "../site/server.ts";
import { deskApp } from "./app.tsx";
import { DESK } from "./page.tsx";
import { COOKIE, type Desk, visitorOf } from "./request.ts";
import { may } from "./roles.ts";

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
  /** Names under which the server is reached besides this machine's own. */
  readonly names: readonly string[];
}

/** What a slow or silent peer may take. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 120_000;
const MAX_CONNECTIONS = 1000;

/**
 * Serves the desk and, to whoever may see them, the report pages.
 * @param desk of which `origin` is asked once the server listens
 * @throws Failure when no port is free
 */
export async function serveDesk(desk: Desk, serving: DeskServing): Promise<DeskServer> {
  const app = deskApp(desk);
  const names = namesOf(serving.host, serving.names);
  const answerPages = siteAnswers(names);
  const listener = getRequestListener(app.fetch);
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, maxHeaderSize: 16 * 1024 },
    (request, response) => {
      void answer(request, response).catch(() => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isForUs(request, names)) {
      refuse(response, 421, "Tên máy chủ không đúng.");
      return;
    }
    const path = (request.url ?? "/").split(/[?#]/, 1)[0] ?? "/";
    if (path === DESK || path.startsWith(`${DESK}/`)) {
      await listener(request, response);
      return;
    }
    const visitor = await visitorOf(desk, cookieOf(request));
    if (visitor === null && !serving.arePagesOpen) {
      response
        .writeHead(303, { location: `${DESK}/dang-nhap?next=${encodeURIComponent(path)}` })
        .end();
      return;
    }
    const city = visitor !== null && may(visitor.account.role, "see city pages");
    const site = await (city ? serving.citySite() : serving.site());
    if (site === null) {
      refuse(response, 503, "Các trang báo cáo đang được lập; tải lại sau ít phút.");
      return;
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

function cookieOf({ headers }: IncomingMessage): string | undefined {
  return new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(headers.cookie ?? "")?.[1];
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(words);
}
