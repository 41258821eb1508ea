import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import type { BlankSchema } from "hono/types";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Actor } from "../../ledger/journal.ts";
import { isLoopback } from "../../site/server.ts";
import { Failure } from "../../vocabulary/failure.ts";
import { shownText } from "../../vocabulary/shown-text.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";
import type { Account, Accounts } from "../accounts/accounts.ts";
import type { KeyUses } from "../accounts/key-uses.ts";
import { type Act, may, ROLES } from "../accounts/roles.ts";
import type { Sessions } from "../accounts/sessions.ts";
import type { SingleSignOn } from "../accounts/single-sign-on.ts";
import type { SystemKeys } from "../accounts/system-keys.ts";
import type { Trial } from "../accounts/trial.ts";
import type { ActLog } from "../kept/act-log.ts";
import type { Drafts } from "../kept/drafts.ts";
import type { Proposals } from "../kept/proposals.ts";
import type { Receipts } from "../kept/receipts.ts";
import type { MailServer } from "../office/mail.ts";
import type { Office } from "../office/office.ts";
import type { DocumentReader } from "../plans/plan-begin.ts";
import type { PlanDrafts } from "../plans/plan-drafts.ts";
import { DESK, type Letters, type Script, type Visitor } from "./page.tsx";

/** What the desk works with. */
export interface Desk {
  readonly office: Office;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  /** Keys by which other systems come in, and how often they are used. */
  readonly keys: SystemKeys;
  readonly keyUses: KeyUses;
  readonly acts: ActLog;
  readonly receipts: Receipts;
  readonly drafts: Drafts;
  readonly proposals: Proposals;
  readonly plans: PlanDrafts;
  /** Reads the document of a plan; null where nothing can. */
  readonly readDocument: DocumentReader | null;
  readonly paths: WarehousePaths;
  /** The style of its pages. */
  readonly css: string;
  /** The letters of its pages, by the name under which its style asks for them. */
  readonly letters: Readonly<Record<Letters, Uint8Array<ArrayBuffer>>>;
  /** What makes its pages pleasanter, by the name under which they ask for it. */
  readonly scripts: Readonly<Record<Script, string>>;
  /** Pages for everybody are shown without log-in. */
  readonly arePagesOpen: boolean;
  /** What a demonstration offers; null on a desk of real figures. */
  readonly trial: Trial | null;
  /** Through what reminders are sent; null where the office has named no mail server. */
  readonly mail: MailServer | null;
  /** Through what people may log in besides passwords; null where the office has named no provider. */
  readonly signOn: SingleSignOn | null;
  /** What went wrong, for whoever keeps the machine. */
  readonly onFailure: (error: unknown) => void;
  /** Where the desk is reached, as in `https://chitieu.langson.gov.vn`; for links and the cookie. */
  readonly origin: () => string;
}

export interface Env {
  Variables: { visitor: Visitor | null };
}
declare module "hono" {
  /** How a page becomes an answer; set in `app.tsx`. */
  interface ContextRenderer {
    // biome-ignore lint/style/useShorthandFunctionType: it adds to an interface of hono
    (page: string | Promise<string>, status?: ContentfulStatusCode): Response | Promise<Response>;
  }
}
/** The routes of the desk. */
export type DeskApp = Hono<Env, BlankSchema, string>;
/** A request and its answer. */
export type C = Context<Env>;

export const COOKIE = "chitieu_phien";
/**
 * By this the scripts of report pages know that there is a desk to lead to, and whether somebody has
 * logged in there (1).
 */
export const DESK_COOKIE = "chitieu_ban";

/** An answer of a few words, in place of what was asked for; `app.tsx` makes a page of it. */
export function refusal(status: 400 | 403 | 503, words: string): HTTPException {
  return new HTTPException(status, { message: words });
}

/** Of what address a page is within its server, with what it was asked; nothing where it is none. */
export function addressIn(url = ""): string {
  if (!URL.canParse(url)) return "";
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/**
 * Where somebody logs in, to be led back: to what was asked for, or to the page from which something was
 * sent, which keeps what was typed. There it is said that it was not saved.
 */
export function logInAddress(method = "", asked: string, referer?: string): string {
  const isSent = method === "POST";
  const next = isSent ? addressIn(referer) : asked;
  return `${DESK}/dang-nhap?next=${encodeURIComponent(next)}${isSent ? "&chua-luu=1" : ""}`;
}

/**
 * Whoever is logged in and may do one of some things.
 * @throws HTTPException that leads to the log-in, or says that it is not theirs to do
 */
export function visitorWho(c: C, ...acts: readonly Act[]): Visitor {
  const visitor = c.get("visitor");
  if (visitor === null) {
    const address = logInAddress(c.req.method, addressIn(c.req.url), c.req.header("referer"));
    throw new HTTPException(303, { res: c.redirect(address, 303) });
  }
  if (acts.length > 0 && !acts.some((act) => may(visitor.account.role, act))) {
    throw refusal(403, "Tài khoản không được làm việc này.");
  }
  return visitor;
}

/**
 * Refuses what a page of another site has a browser post, before anything else looks at it: a log-in
 * has no session yet whose mark it could bear. What is no browser says nothing of where it comes from.
 * @throws HTTPException
 */
export function refuseForeign(c: C): void {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  const isOwn =
    site === undefined
      ? origin === undefined || origin.replace(/^https?:\/\//, "") === c.req.header("host")
      : site === "same-origin" || site === "none";
  if (!isOwn) throw refusal(403, "Biểu được gửi từ trang khác. Mở trang này rồi gửi lại.");
}

/** Tells that a sender broke off, by the route: what an address names may be a secret. */
export function tellCutOff({ onFailure }: Pick<Desk, "onFailure">, c: C): void {
  const what = `${c.req.method} ${routePath(c)}, ${c.req.header("content-length")} byte`;
  onFailure(new Failure(`${addressOf(c)} ngắt giữa chừng khi gửi (${what}); chưa nhận gì.`));
}

/** What a form holds. @throws HTTPException when it is none */
export async function formOf(desk: Pick<Desk, "onFailure">, c: C): Promise<FormData> {
  try {
    return await c.req.formData();
  } catch {
    if (c.req.raw.signal.aborted) tellCutOff(desk, c);
    throw refusal(400, "Không đọc được biểu. Mở lại trang rồi gửi lại.");
  }
}

/** Notes who did what. */
export async function note(
  { acts }: Desk,
  c: C,
  account: string | null,
  act: string,
  about = "",
): Promise<void> {
  await acts.add({ at: new Date().toISOString(), account, act, about, address: addressOf(c) });
}

/** Begins a session, in place of the one that the browser may have had. */
export async function beginSession(desk: Desk, c: C, account: Account): Promise<void> {
  const before = getCookie(c, COOKIE);
  if (before !== undefined) await desk.sessions.end(before);
  const where = {
    path: "/",
    sameSite: "Lax",
    secure: desk.origin().startsWith("https:"),
  } as const;
  setCookie(c, DESK_COOKIE, "1", where);
  const session = await desk.sessions.begin(account.name, new Date());
  setCookie(c, COOKIE, session, { ...where, httpOnly: true });
}

/** Whoever a secret of a session belongs to; null when nobody is logged in with it. */
export async function visitorOf(
  { accounts, sessions }: Pick<Desk, "accounts" | "sessions">,
  secret: string | undefined,
): Promise<Visitor | null> {
  const session = secret === undefined ? null : await sessions.find(secret, new Date());
  if (session === null) return null;
  const account = await accounts.find(session.account);
  if (account === null || account.is_disabled) return null;
  if (account.password === null && account.identity === undefined) return null;
  return { account, token: session.token };
}

/** An account as the journal names who caused something. */
export function actorOf({ name, shown_name, role }: Account): Actor {
  return { way: "desk", account: name, name: shown_name, role: ROLES[role] };
}

/** What a field of a form says; nothing where it is a file or not there. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** An address of this server, whatever somebody put into a link; else the desk. */
export function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : `${DESK}/`;
}

/** A file to be saved under its name. */
export function saved(c: C, bytes: Buffer, name: string): Response {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\w.-]/g, "_");
  return c.body(new Uint8Array(bytes), 200, {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
}

/** Where a request came from: of one that a server on this machine passes on, what that says. */
export function addressOf(c: C): string {
  const peer = getConnInfo(c).remote.address ?? "";
  const passedOn = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  const isFromHere = isLoopback(peer.replace(/^::ffff:/, ""));
  return isFromHere && passedOn ? shownText(passedOn).slice(0, 45) : peer;
}
