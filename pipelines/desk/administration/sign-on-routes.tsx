import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { shownText } from "../../vocabulary/shown-text.ts";
import { drawnBytes } from "../../warehouse/random.ts";
import { TOO_MANY_ATTEMPTS } from "../accounts/attempts.ts";
import { ROLES } from "../accounts/roles.ts";
import { SignOnRefused, type SingleSignOn } from "../accounts/single-sign-on.ts";
import { DESK } from "../page/page.tsx";
import { addressOf, beginSession, type Desk, note, ownPath } from "../page/request.ts";
import type { Answer, DeskRequest, Route } from "../page/routes.ts";
import { LogInPage } from "./account-pages.tsx";

const COOKIE = "chitieu_sso";
/** Where the log-in through the provider begins. */
export const SIGN_ON = `${DESK}/dang-nhap/mot-lan`;
/** Where the provider leads a browser back to. */
const BACK = `${SIGN_ON}/ve`;

/** Log-in through the provider of the office, where it has named one. */
export const SIGN_ON_ROUTES: readonly Route[] = [
  ["get", SIGN_ON.slice(DESK.length), "anybody", begin],
  ["get", BACK.slice(DESK.length), "anybody", finish],
];

/** The page of the log-in, by password and otherwise. */
export function logInPage({ trial, signOn, arePagesOpen }: Desk, next: string, fault?: string) {
  const signOnName = signOn?.settings.name ?? null;
  return <LogInPage {...{ next, fault, trial, signOnName, arePagesOpen }} />;
}

function refuse({ c, desk }: DeskRequest, error: unknown, next: string): Answer {
  if (!(error instanceof SignOnRefused)) throw error;
  if (error.cause !== undefined) desk.onFailure(error.cause);
  return c.render(logInPage(desk, next, error.message), 401);
}

async function begin(request: DeskRequest): Promise<Response> {
  const { c, desk } = request;
  if (desk.signOn === null) return c.notFound();
  const next = ownPath(c.req.query("next"));
  const key = drawnBytes("secret", 24).toString("base64url");
  try {
    const goes = await desk.signOn.begin(key, `${desk.origin()}${BACK}`, next);
    setCookie(c, COOKIE, key, {
      path: BACK,
      httpOnly: true,
      sameSite: "Lax",
      secure: desk.origin().startsWith("https:"),
      maxAge: 600,
    });
    return c.redirect(goes.href, 303);
  } catch (error) {
    return refuse(request, error, next);
  }
}

async function finish(request: DeskRequest): Promise<Response> {
  const { c, desk } = request;
  const { accounts, sessions, signOn } = desk;
  const { attempts } = accounts;
  if (signOn === null) return c.notFound();
  const address = addressOf(c);
  if (!attempts.begin(address)) {
    return c.render(logInPage(desk, `${DESK}/`, TOO_MANY_ATTEMPTS), 429);
  }
  const key = getCookie(c, COOKIE);
  deleteCookie(c, COOKIE, { path: BACK });
  const { search } = new URL(c.req.url);
  let about = "";
  try {
    const { next, ...person } = await signOn.finish(
      key,
      new URL(`${desk.origin()}${BACK}${search}`),
    );
    const taken = await accounts.signOn(
      { ...person, shownName: shownText(person.shownName) },
      new Date(),
    );
    if (taken.account === null) {
      about = taken.about;
      throw new SignOnRefused(taken.fault);
    }
    attempts.succeeded(address);
    const { account, isNew, isChanged } = taken;
    // who may do something else now does not go on with what he might before
    if (isChanged) await sessions.endAll(account.name);
    await beginSession(desk, c, account);
    await note(
      desk,
      c,
      account.name,
      isNew ? "đăng nhập một lần, lần đầu" : "đăng nhập một lần",
      isNew || isChanged ? [ROLES[account.role], ...account.units].join(", ") : "",
    );
    return c.redirect(next, 303);
  } catch (error) {
    await note(desk, c, null, "đăng nhập một lần không được", about);
    return refuse(request, error, `${DESK}/`);
  }
}

/** Where whoever logs out goes on to, so that the session with the provider ends, too. */
export async function signOffAddress(
  { origin }: Pick<Desk, "origin">,
  signOn: SingleSignOn | null,
): Promise<string> {
  const own = `${DESK}/dang-nhap`;
  const address = await signOn?.endAddress(`${origin()}${own}`);
  return address?.href ?? own;
}
