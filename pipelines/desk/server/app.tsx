import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie } from "hono/cookie";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { ClockAsked } from "../../ledger/clock.ts";
import { isDiskFull } from "../../warehouse/file-failure.ts";
import { ACCOUNT_ROUTES } from "../administration/account-routes.tsx";
import { CLOCK_ROUTES } from "../administration/clock-routes.tsx";
import { ERASURE_ROUTES } from "../administration/erasure-routes.tsx";
import { KEY_ROUTES } from "../administration/key-routes.tsx";
import { SIGN_ON_ROUTES } from "../administration/sign-on-routes.tsx";
import { isAtStart, START_ROUTES } from "../administration/start-routes.tsx";
import { SYSTEM_KEY_ROUTES } from "../administration/system-key-routes.tsx";
import { BOARD_ROUTES } from "../collecting/board-routes.tsx";
import { REMINDER_ROUTES } from "../collecting/reminder-routes.tsx";
import { Around, DESK, LETTERS, SCRIPTS, WordsPage } from "../page/page.tsx";
import {
  addressIn,
  type C,
  COOKIE,
  type Desk,
  type DeskApp,
  type Env,
  ownPath,
  refuseForeign,
  visitorOf,
} from "../page/request.ts";
import { type Asked, addRoutes, type Route } from "../page/routes.ts";
import { PLAN_ROUTES } from "../planning/plan-routes.tsx";
import { PUBLISHING_ROUTES } from "../publishing/publishing-routes.tsx";
import { CHECK_PATH, TEMPLATE_PATH, VERSION_ROUTES } from "../publishing/version-routes.tsx";
import { BLANK_FORM_ROUTES } from "../reporting/blank-form-routes.tsx";
import { ONLINE_FORM_ROUTES } from "../reporting/online-form-routes.tsx";
import { OWN_WORK_ROUTES } from "../reporting/own-work-routes.tsx";
import { RECEIPT_ROUTES } from "../reporting/receipt-routes.tsx";
import { REPORT_ACT_ROUTES } from "../reporting/report-act-routes.tsx";
import { SHORTFALL_ROUTES } from "../reporting/shortfall-routes.tsx";

const MIB = 1024 * 1024;
/** All files of one sending together. */
export const MAX_SENT_BYTES = 64 * MIB;
export const MAX_FORM_BYTES = 64 * 1024;

/** Every page and form of the desk, with who may take it; the first that an address fits is meant. */
export const ROUTES: readonly Route[] = [
  ["get", "/", "any account", home],
  ...ACCOUNT_ROUTES,
  ...SIGN_ON_ROUTES,
  ...OWN_WORK_ROUTES,
  ...RECEIPT_ROUTES,
  ...BOARD_ROUTES,
  ...BLANK_FORM_ROUTES,
  ...ONLINE_FORM_ROUTES,
  ...ERASURE_ROUTES,
  ...REMINDER_ROUTES,
  ...REPORT_ACT_ROUTES,
  ...PUBLISHING_ROUTES,
  ...VERSION_ROUTES,
  ...SHORTFALL_ROUTES,
  ...PLAN_ROUTES,
  ...KEY_ROUTES,
  ...SYSTEM_KEY_ROUTES,
  ...CLOCK_ROUTES,
  ...START_ROUTES,
];

async function home({ c, desk, visitor: { account } }: Asked): Promise<Response> {
  if (account.role === "admin" && (await isAtStart(desk)))
    return c.redirect(`${DESK}/bat-dau`, 303);
  const follows = desk.office.board.catalogue.plans.length === 0 ? "ke-hoach" : "viec-cho";
  const pages = { clerk: "viec", staff: follows, leader: follows, admin: "tai-khoan" };
  return c.redirect(`${DESK}/${pages[account.role]}`, 303);
}

/** The pages of the desk. Whether somebody may take a route is asked of `roles.ts`. */
export function deskApp(desk: Desk): DeskApp {
  const app: DeskApp = new Hono<Env>({ strict: false }).basePath(DESK);

  app.use(async (c, next) => {
    c.setRenderer((page, status) => {
      const around = {
        visitor: c.get("visitor") ?? null,
        isDemonstration: desk.office.isDemonstration,
        isClockAsked: desk.office.clockDoubt !== null,
      };
      return c.html(<Around.Provider value={around}>{page}</Around.Provider>, status);
    });
    await next();
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        // who logs out of the provider, too, is led there by the answer to a form
        formAction: [
          "'self'",
          ...(desk.signOn === null ? [] : [desk.signOn.settings.issuer.origin]),
        ],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: "same-origin",
      xFrameOptions: "DENY",
      strictTransportSecurity: false,
    }),
  );
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  });
  app.post("*", async (c, next) => {
    refuseForeign(c);
    await next();
  });
  // reports, forms of a superior, what is to be checked, and a plan with its document, are files; causes and
  // remedies of a long plan are long
  const takesFiles = (path: string): boolean =>
    path === `${DESK}/gui` ||
    path === `${DESK}${CHECK_PATH}` ||
    path.endsWith(TEMPLATE_PATH) ||
    /\/(ke-hoach|nguyen-nhan)/.test(path);
  app.use(async (c, next) => {
    const maxSize = takesFiles(c.req.path) ? MAX_SENT_BYTES : MAX_FORM_BYTES;
    return bodyLimit({ maxSize, onError: () => tooLarge(c) })(c, next);
  });
  app.use(async (c, next) => {
    c.set("visitor", await visitorOf(desk, getCookie(c, COOKIE)));
    await next();
  });

  const answer = (c: C, title: string, words: string, status: 404 | 413 | 500 | 503 | 507) =>
    c.render(<WordsPage {...{ title, words }} isForAnybody />, status);
  const tooLarge = (c: C): Response | Promise<Response> =>
    answer(
      c,
      "Tệp quá lớn",
      `Các tệp gửi một lần không được vượt ${MAX_SENT_BYTES / MIB} MB. Chia thành nhiều lần gửi.`,
      413,
    );
  app.onError((error, c) => {
    if (error instanceof HTTPException) {
      const { res, status, message } = error;
      if (res !== undefined) return res;
      const isForAnybody = !c.get("visitor");
      const from = c.req.method === "POST" ? addressIn(c.req.header("referer")) : "";
      const back = from === "" ? undefined : ownPath(from);
      return c.render(
        <WordsPage title="Chưa làm được" words={message} {...{ isForAnybody, back }} />,
        status,
      );
    }
    if (error instanceof ClockAsked) {
      const words =
        "Chưa ghi gì: đồng hồ máy chủ cần được kiểm tra trước. Quay lại trang vừa rồi thì còn nguyên những gì đã nhập; làm lại khi trang không còn báo.";
      return answer(c, "Chưa làm được", words, 503);
    }
    desk.onFailure(error);
    if (isDiskFull(error)) {
      const words =
        "Ổ đĩa của máy chủ đã đầy, việc này có thể chưa được ghi. Báo quản trị; khi đã có chỗ, xem lại kết quả rồi mới làm lại.";
      return answer(c, "Ổ đĩa đã đầy", words, 507);
    }
    const words =
      "Máy chủ gặp trở ngại. Xem lại đã có phiếu hoặc kết quả chưa rồi mới làm lại; nếu vẫn không được thì báo quản trị.";
    return answer(c, "Chưa làm được", words, 500);
  });
  app.notFound((c) =>
    answer(
      c,
      "Không tìm thấy trang",
      "Địa chỉ này không có trang nào, hoặc tài khoản không được xem.",
      404,
    ),
  );

  app.get("/giao-dien.css", (c) => {
    c.header("cache-control", "max-age=600");
    return c.body(desk.css, 200, { "content-type": "text/css; charset=utf-8" });
  });
  for (const name of LETTERS) {
    app.get(`/chu/${name}.woff2`, (c) => {
      c.header("cache-control", "max-age=86400");
      return c.body(desk.letters[name], 200, { "content-type": "font/woff2" });
    });
  }
  for (const name of SCRIPTS) {
    app.get(`/${name}`, (c) => {
      c.header("cache-control", "max-age=600");
      const type = { "content-type": "text/javascript; charset=utf-8" };
      return c.body(desk.scripts[name], 200, type);
    });
  }

  addRoutes(app, desk, ROUTES);
  return app;
}
