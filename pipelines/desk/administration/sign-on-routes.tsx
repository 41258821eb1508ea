import { randomBytes } from "node:crypto";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { shownText } from "../../vocabulary/shown-text.ts";
import { type Attempts, TOO_MANY_ATTEMPTS } from "../accounts/attempts.ts";
import { ROLES } from "../accounts/roles.ts";
import { SignOnRefused, type SingleSignOn } from "../accounts/single-sign-on.ts";
import { DESK } from "../page/page.tsx";
import {
  addressOf,
  beginSession,
  type C,
  type Desk,
  type DeskApp,
  note,
  ownPath,
} from "../page/request.ts";
import { LogInPage } from "./account-pages.tsx";

const COOKIE = "chitieu_sso";
/** Where the log-in through the provider begins. */
export const SIGN_ON = `${DESK}/dang-nhap/mot-lan`;
/** Where the provider leads a browser back to. */
const BACK = `${SIGN_ON}/ve`;

/**
 * Log-in through the provider of the office.
 * @param attempts those that failed, by a password or here: one limit holds for both
 */
export function addSignOnRoutes(
  app: DeskApp,
  desk: Desk,
  signOn: SingleSignOn,
  attempts: Attempts,
): void {
  const { accounts, sessions, trial } = desk;
  const { name: signOnName } = signOn.settings;
  const path = (address: string): string => address.slice(DESK.length);

  const logInPage = (c: C, fault: string, next: string, status: 401 | 429) =>
    c.render(<LogInPage {...{ next, fault, trial, signOnName }} />, status);
  const refuse = (c: C, error: unknown, next: string) => {
    if (!(error instanceof SignOnRefused)) throw error;
    if (error.cause !== undefined) desk.onFailure(error.cause);
    return logInPage(c, error.message, next, 401);
  };

  app.get(path(SIGN_ON), async (c) => {
    const next = ownPath(c.req.query("next"));
    const key = randomBytes(24).toString("base64url");
    try {
      const goes = await signOn.begin(key, `${desk.origin()}${BACK}`, next);
      setCookie(c, COOKIE, key, {
        path: BACK,
        httpOnly: true,
        sameSite: "Lax",
        secure: desk.origin().startsWith("https:"),
        maxAge: 600,
      });
      return c.redirect(goes.href, 303);
    } catch (error) {
      return refuse(c, error, next);
    }
  });

  app.get(path(BACK), async (c) => {
    const address = addressOf(c);
    if (!attempts.begin(address)) return logInPage(c, TOO_MANY_ATTEMPTS, `${DESK}/`, 429);
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
      return refuse(c, error, `${DESK}/`);
    }
  });
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
