import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import type { SystemKey } from "../accounts/system-keys.ts";
import type { Desk, Env } from "../page/request.ts";
import type { MartsSeen } from "./marts-seen.ts";

/** Where other systems come in, beside the desk. */
export const API = "/api";

/** A request of a system whose key holds. */
export interface ApiRequest {
  readonly c: Context<Env>;
  readonly desk: Desk;
  readonly marts: MartsSeen;
  readonly key: SystemKey;
  readonly now: Date;
}

/** Why a request is not done: told as JSON. */
export const ApiFault = z.strictObject({
  /** The same as the status of the answer. */
  status: z.int(),
  code: z.string(),
  /** What was found and what to do, in Vietnamese. */
  message: z.string(),
});

export class ApiRefused extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  get response(): Response {
    return Response.json(
      { status: this.status, code: this.code, message: this.message },
      { status: this.status, headers: this.headers },
    );
  }
}

/** What is asked beside the address. */
type Query = z.ZodObject;

/** A parameter that is a whole number, in digits alone. */
export const wholeIn = (from: number, to: number) =>
  z
    .string()
    .regex(/^(0|[1-9]\d{0,9})$/)
    .transform(Number)
    .pipe(z.int().min(from).max(to));

/** A kind of content. */
export interface Content {
  readonly type: string;
  /** Null of bytes. */
  readonly shape: z.ZodType | null;
}

/** An address of the API: what it takes, what it answers, and what does it. */
export interface ApiRoute {
  readonly method: "get" | "post";
  /** Below `API`, with `{name}` where something is named. */
  readonly path: string;
  readonly summary: string;
  /** Which keys may: those that send, those that read, or all. */
  readonly who: "sends" | "reads" | "any key";
  readonly query: Query;
  /** Names in the path, with what they look like. */
  readonly names: Readonly<Record<string, z.ZodString>>;
  /** Headers that it takes besides, which may be left out. */
  readonly headers: Readonly<Record<string, z.ZodString>>;
  readonly body: readonly Content[];
  /** What it answers, by status, besides faults. */
  readonly answers: Readonly<Record<number, Content & { readonly meaning: string }>>;
  /** Statuses of faults besides those that every address has. */
  readonly faults: readonly number[];
  readonly run: (
    request: ApiRequest,
    query: Readonly<Record<string, unknown>>,
  ) => Promise<Response>;
}

/** A route whose query is typed by its shape. */
export function apiRoute<Q extends z.ZodObject>(
  route: Pick<ApiRoute, "method" | "path" | "summary" | "who" | "answers"> &
    Partial<Pick<ApiRoute, "names" | "headers" | "body" | "faults">> & {
      readonly query: Q;
      readonly run: (request: ApiRequest, query: z.infer<Q>) => Promise<Response>;
    },
): ApiRoute {
  const { query: shape, run, names = {}, headers = {}, body = [], faults = [] } = route;
  return {
    ...{ ...route, names, headers, body, faults, query: shape },
    run: (request, query) => run(request, shape.parse(query)),
  };
}

/** An answer that a client keeps until it is another one. */
export function keptAnswer({ c }: ApiRequest, text: string, etag: string): Response {
  const headers = { etag, "cache-control": "private, no-cache" };
  const known = (c.req.header("if-none-match") ?? "").split(",").map((one) => one.trim());
  if (known.includes(etag)) return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, "content-type": "application/json" } });
}
