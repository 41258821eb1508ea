import { getCookie } from "hono/cookie";
import type { Actor } from "../../ledger/journal.ts";
import { waitingReply } from "../../site/server.ts";
import { writtenText } from "../../vocabulary/shown-text.ts";
import type { Act } from "../accounts/roles.ts";
import { isOwnForm } from "../accounts/sessions.ts";
import { basisOf, type Visitor } from "./page.tsx";
import {
  actorOf,
  type C,
  COOKIE,
  type Desk,
  type DeskApp,
  fieldOf,
  formOf,
  note,
  refusal,
  visitorWho,
} from "./request.ts";

/** A request, with the desk that it came to. */
export interface DeskRequest {
  readonly c: C;
  readonly desk: Desk;
}

/** A request of somebody who is logged in. */
export interface Asked extends DeskRequest {
  readonly visitor: Visitor;
}

/** A form that a page of a visitor's own session sent. */
export interface SentForm extends Asked {
  readonly fields: FormData;
  /** The visitor as the journal names who caused something. */
  readonly by: Actor;
  /** What a field says; nothing where it is a file or not there. */
  field(name: string): string;
  /** What somebody has written into a field, to be kept for good. */
  text(name: string): string;
  /** Whether something is as the page showed it whose form this is, see `Basis`. */
  isAsShown(of: unknown): boolean;
  /** Notes that the visitor has done something. */
  note(act: string, about?: string): Promise<void>;
}

/**
 * A form that a page of this very session sent.
 * @throws HTTPException when it is none, or another page sent it
 */
async function sentForm({ c, desk, visitor }: Asked): Promise<SentForm> {
  const fields = await formOf(desk, c);
  const session = await desk.sessions.find(getCookie(c, COOKIE) ?? "", new Date());
  if (session === null || !isOwnForm(session, fields.get("_token"))) {
    throw refusal(
      403,
      "Điều vừa gửi chưa được lưu: biểu ấy không còn hiệu lực. Mở lại trang rồi gửi lại.",
    );
  }
  return {
    ...{ c, desk, visitor, fields },
    by: actorOf(visitor.account),
    field: (name) => fieldOf(fields, name),
    text: (name) => writtenText(fieldOf(fields, name)),
    isAsShown: (of) => fieldOf(fields, "basis") === basisOf(of),
    note: (what, about) => note(desk, c, visitor.account.name, what, about),
  };
}

export type Answer = Response | Promise<Response>;

/** Who may take a route: whoever may do the act, or one of them; whoever is logged in; or anybody. */
type Who = Act | readonly Act[] | "any account";

/** A method, an address, who may, and what answers. A form comes from a page of the visitor's session. */
export type Route =
  | readonly ["get" | "post", path: string, "anybody", (request: DeskRequest) => Answer]
  | readonly ["get", path: string, Who, (asked: Asked) => Answer]
  | readonly ["post", path: string, Who, (form: SentForm) => Answer];

export function addRoutes(app: DeskApp, desk: Desk, routes: readonly Route[]): void {
  for (const route of routes) {
    app[route[0]](route[1], async (c) => {
      if (route[2] === "anybody") return route[3]({ c, desk });
      const acts = route[2] === "any account" ? [] : [route[2]].flat();
      const asked = { c, desk, visitor: visitorWho(c, ...acts) };
      if (!(await isOpenTo(desk, route[0]))) {
        if (route[0] === "post") throw refusal(503, NOT_YET);
        const { status, headers, body } = waitingReply(OPENING);
        return new Response(String(body), { status, headers });
      }
      return route[0] === "get" ? route[3](asked) : route[3](await sentForm(asked));
    });
  }
}

/** What a page says that is asked for before the desk has read the ledger. */
const OPENING =
  "Bàn làm việc đang mở: đang đọc sổ tiếp nhận và tính tình hình báo cáo; trang sẽ tự tải lại";
const NOT_YET = "Bàn làm việc chưa mở xong, chưa nhận được gì. Gửi lại sau ít phút.";
/** So long a page waits for that itself; and what is sent, as long as a server in between waits for the desk. */
const PATIENCE_MS = 2000;
const SENDING_PATIENCE_MS = 110_000;

/** Whether what is asked for can be answered by how the office stands, which a desk does not know at first. */
export function isOpenTo({ office }: Desk, method: Route[0]): Promise<boolean> {
  return office.hasBoard(method === "get" ? PATIENCE_MS : SENDING_PATIENCE_MS);
}

/** Answers about what an address names; where that is not there, nothing is. */
export function about<A extends Asked, T>(
  find: (asked: A) => T | null | Promise<T | null>,
  answer: (asked: A, found: T) => Answer,
): (asked: A) => Promise<Response> {
  return async (asked) => {
    const found = await find(asked);
    return found === null ? asked.c.notFound() : answer(asked, found);
  };
}
