import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { blankForms, formFileName } from "../forms/form-files.ts";
import { formWorkbook } from "../forms/form-workbook.ts";
import { archivedPath } from "../ledger/archive.ts";
import type { Actor } from "../ledger/journal.ts";
import { personalSigns } from "../persons/personal-signs.ts";
import type { Outcome } from "../reception/ingest.ts";
import { reportKey } from "../reception/own-reports.ts";
import { findReply } from "../replies/reply.ts";
import { parseMoment } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { pack } from "../workbook/zip.ts";
import { AccountsPage, InvitationPage, LogInPage } from "./account-pages.tsx";
import { type Account, type Accounts, passwordFault } from "./accounts.ts";
import type { ActLog } from "./act-log.ts";
import type { Board, Office } from "./office.ts";
import { DESK, type Visitor } from "./page.tsx";
import type { KeptReceipt, Receipts } from "./receipts.ts";
import {
  BoardPage,
  OwnWorkPage,
  ReceiptPage,
  ReceiptsPage,
  SentPage,
  TakeInPage,
  WordsPage,
} from "./report-pages.tsx";
import { type Act, may, ROLES, type Role } from "./roles.ts";
import { isOwnForm, type Sessions } from "./sessions.ts";

/** What the desk works with. */
export interface Desk {
  readonly office: Office;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly acts: ActLog;
  readonly receipts: Receipts;
  readonly paths: WarehousePaths;
  /** The style of its pages. */
  readonly css: string;
  readonly isDemonstration: boolean;
  /** Where the desk is reached, as in `https://chitieu.langson.gov.vn`; for links and the cookie. */
  readonly origin: () => string;
}

interface Env {
  Variables: { visitor: Visitor | null };
}
type C = Context<Env>;

const MIB = 1024 * 1024;
/** All files of one sending together. */
const MAX_SENT_BYTES = 64 * MIB;
const MAX_FORM_BYTES = 64 * 1024;
const MAX_FILES = 100;
const LISTED = 200;

/** Attempts to log in from one address within the time below. */
const MAX_ATTEMPTS = 60;
const ATTEMPTS_MS = 5 * 60_000;

export const COOKIE = "chitieu_phien";

/** The pages of the desk. Whether somebody may do something is asked here, and of `roles.ts`. */
export function deskApp(desk: Desk): Hono<Env> {
  const { office, accounts, sessions, acts, receipts, paths, isDemonstration } = desk;
  const app = new Hono<Env>({ strict: false }).basePath(DESK);
  const attempts = new Map<string, { count: number; until: number }>();

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'self'"],
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
  app.use(`/gui`, bodyLimit({ maxSize: MAX_SENT_BYTES, onError: (c) => tooLarge(c as C) }));
  app.use(async (c, next) =>
    c.req.path === `${DESK}/gui`
      ? next()
      : bodyLimit({ maxSize: MAX_FORM_BYTES, onError: () => tooLarge(c) })(c, next),
  );
  app.use(async (c, next) => {
    c.set("visitor", await visitorOf(desk, getCookie(c, COOKIE)));
    await next();
  });

  const tooLarge = (c: C): Response | Promise<Response> =>
    c.html(
      <WordsPage
        title="Tệp quá lớn"
        words={`Các tệp gửi một lần không được vượt ${MAX_SENT_BYTES / MIB} MB. Chia thành nhiều lần gửi.`}
        isDemonstration={isDemonstration}
      />,
      413,
    );

  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    const words =
      error instanceof Failure
        ? `Chưa làm được việc này: ${error.message}`
        : "Máy chủ gặp lỗi; chưa có gì được ghi nhận. Hãy thử lại, nếu vẫn lỗi thì báo quản trị.";
    return c.html(
      <WordsPage title="Chưa làm được" words={words} isDemonstration={isDemonstration} />,
      500,
    );
  });
  app.notFound((c) =>
    c.html(
      <WordsPage
        title="Không tìm thấy trang"
        words="Địa chỉ này không có trang nào, hoặc tài khoản không được xem."
        isDemonstration={isDemonstration}
      />,
      404,
    ),
  );

  /** Whoever is logged in and may do something; nobody else comes past. */
  const visitorWho = (c: C, act?: Act): Visitor => {
    const visitor = c.get("visitor");
    if (visitor === null) {
      const next = c.req.method === "GET" ? `?next=${encodeURIComponent(c.req.path)}` : "";
      throw new HTTPException(303, { res: c.redirect(`${DESK}/dang-nhap${next}`, 303) });
    }
    if (act !== undefined && !may(visitor.account.role, act)) {
      throw new HTTPException(403, {
        res: new Response("Tài khoản không được làm việc này.", {
          status: 403,
          headers: { "content-type": "text/plain; charset=utf-8" },
        }),
      });
    }
    return visitor;
  };
  /** The fields of a form that a page of this very session sent. */
  const ownForm = async (c: C): Promise<FormData> => {
    const form = await c.req.formData();
    const session = await sessions.find(getCookie(c, COOKIE) ?? "", new Date());
    if (session === null || !isOwnForm(session, form.get("_token"))) {
      throw new HTTPException(403, {
        res: new Response("Biểu này không còn hiệu lực. Mở lại trang rồi gửi lại.", {
          status: 403,
          headers: { "content-type": "text/plain; charset=utf-8" },
        }),
      });
    }
    return form;
  };
  const note = (c: C, account: string | null, act: string, about = ""): Promise<void> =>
    acts.add({ at: new Date().toISOString(), account, act, about, address: addressOf(c) });
  const begin = async (c: C, account: Account): Promise<void> => {
    const before = getCookie(c, COOKIE);
    if (before !== undefined) await sessions.end(before);
    setCookie(c, COOKIE, await sessions.begin(account.name, new Date()), {
      path: "/",
      httpOnly: true,
      sameSite: "Lax",
      secure: desk.origin().startsWith("https:"),
    });
  };

  app.get("/giao-dien.css", (c) => {
    c.header("cache-control", "max-age=600");
    return c.body(desk.css, 200, { "content-type": "text/css; charset=utf-8" });
  });

  app.get("/", (c) => {
    const { role } = visitorWho(c).account;
    const home = { clerk: "viec", staff: "theo-doi", leader: "theo-doi", admin: "tai-khoan" };
    return c.redirect(`${DESK}/${home[role]}`, 303);
  });

  app.get("/dang-nhap", (c) =>
    c.html(<LogInPage next={ownPath(c.req.query("next"))} isDemonstration={isDemonstration} />),
  );
  app.post("/dang-nhap", async (c) => {
    const form = await c.req.formData();
    const next = ownPath(fieldOf(form, "next"));
    const name = fieldOf(form, "name");
    const refuse = (fault: string, status: 401 | 429): Response | Promise<Response> =>
      c.html(<LogInPage next={next} fault={fault} isDemonstration={isDemonstration} />, status);
    if (!mayAttempt(attempts, addressOf(c))) {
      return refuse("Có quá nhiều lần thử từ máy này. Chờ vài phút rồi thử lại.", 429);
    }
    const { account, waitSeconds } = await accounts.logIn(
      name,
      fieldOf(form, "password"),
      new Date(),
    );
    if (account === null) {
      await note(c, null, "đăng nhập không được", shownText(name).slice(0, 60));
      return (waitSeconds ?? 0) > 0
        ? refuse("Có quá nhiều lần thử với tên này. Chờ vài phút rồi thử lại.", 429)
        : refuse("Tên đăng nhập hoặc mật khẩu không đúng.", 401);
    }
    await begin(c, account);
    await note(c, account.name, "đăng nhập");
    return c.redirect(next, 303);
  });
  app.post("/dang-xuat", async (c) => {
    const { account } = visitorWho(c);
    await ownForm(c);
    await sessions.end(getCookie(c, COOKIE) ?? "");
    deleteCookie(c, COOKIE, { path: "/" });
    await note(c, account.name, "đăng xuất");
    return c.redirect(`${DESK}/dang-nhap`, 303);
  });

  app.get("/loi-moi/:name/:secret", async (c) => {
    const { name, secret } = c.req.param();
    const account = await accounts.invited(name, secret, new Date());
    return c.html(
      <InvitationPage account={account} isDemonstration={isDemonstration} />,
      account === null ? 404 : 200,
    );
  });
  app.post("/loi-moi/:name/:secret", async (c) => {
    const { name, secret } = c.req.param();
    const account = await accounts.invited(name, secret, new Date());
    const form = await c.req.formData();
    const password = fieldOf(form, "password");
    const fault =
      account === null
        ? undefined
        : password === fieldOf(form, "again")
          ? passwordFault(password, account)
          : "Hai lần nhập mật khẩu không giống nhau.";
    if (account === null || fault) {
      return c.html(
        <InvitationPage
          account={account}
          fault={fault ?? undefined}
          isDemonstration={isDemonstration}
        />,
        account === null ? 404 : 400,
      );
    }
    await sessions.endAll(account.name);
    await begin(c, await accounts.takeUp(account, password));
    await note(c, account.name, "đặt mật khẩu");
    return c.redirect(`${DESK}/`, 303);
  });

  app.get("/viec", (c) => {
    const visitor = visitorWho(c, "send for own units");
    const { board } = office;
    const units = board.units.filter(({ office_code }) =>
      visitor.account.units.includes(office_code),
    );
    return c.html(<OwnWorkPage {...{ visitor, board, units, isDemonstration }} />);
  });

  app.get("/gui-thay", (c) => {
    const visitor = visitorWho(c, "send for any unit");
    return c.html(<TakeInPage {...{ visitor, board: office.board, isDemonstration }} />);
  });
  app.post("/gui", async (c) => {
    const visitor = visitorWho(c);
    const { account } = visitor;
    const isForAny = may(account.role, "send for any unit");
    if (!isForAny) visitorWho(c, "send for own units");
    const form = await ownForm(c);
    const files = form
      .getAll("file")
      .filter((one): one is File => typeof one !== "string" && one.size + one.name.length > 0);
    const stated = isForAny ? statedMoment(fieldOf(form, "received")) : null;
    if (stated instanceof Failure || files.length === 0 || files.length > MAX_FILES) {
      const words =
        stated instanceof Failure
          ? stated.message
          : files.length === 0
            ? "Chưa chọn tệp nào."
            : `Mỗi lần gửi nhiều nhất ${MAX_FILES} tệp; nén các tệp thành một tệp .zip hoặc chia thành nhiều lần gửi.`;
      return c.html(
        <WordsPage title="Chưa gửi được" {...{ words, visitor, isDemonstration }} />,
        400,
      );
    }
    const results = [];
    for (const file of files) {
      const now = new Date();
      const taken = await office.receive({
        file: file.name,
        content: { bytes: new Uint8Array(await file.arrayBuffer()) },
        receivedAt: stated ?? now,
        recordedAt: now,
        isMomentStated: stated !== null,
        by: actorOf(account),
        ...(isForAny ? {} : { mayReport: reportsOf(office.board, account) }),
      });
      if (taken instanceof Failure) {
        results.push({ file: shownText(file.name), receiptNo: null, words: taken.message });
        continue;
      }
      for (const one of taken) {
        results.push({ file: one.file, receiptNo: one.receipt_no, words: outcomeWords(one) });
      }
    }
    await note(
      c,
      account.name,
      "gửi tệp",
      results.map(({ receiptNo }) => receiptNo ?? "–").join(", "),
    );
    const [only] = results;
    if (results.length === 1 && only !== undefined && only.receiptNo !== null) {
      return c.redirect(`${DESK}/phieu/${only.receiptNo}`, 303);
    }
    const isLost = results.some(({ receiptNo }) => receiptNo === null);
    return c.html(
      <SentPage {...{ visitor, files: results, isDemonstration }} />,
      isLost ? 503 : 200,
    );
  });

  app.get("/phieu", async (c) => {
    const visitor = visitorWho(c);
    const { board } = office;
    const found = await receipts.list((one) => maySee(visitor, board, one), LISTED);
    return c.html(<ReceiptsPage {...{ visitor, board, receipts: found, isDemonstration }} />);
  });
  const receiptOf = async (c: C): Promise<{ visitor: Visitor; receipt: KeptReceipt } | null> => {
    const visitor = visitorWho(c);
    const number = /^\d{1,9}$/.exec(c.req.param("no") ?? "")?.[0];
    const receipt = number === undefined ? null : await receipts.find(Number(number));
    return receipt !== null && maySee(visitor, office.board, receipt) ? { visitor, receipt } : null;
  };
  app.get("/phieu/:no", async (c) => {
    const found = await receiptOf(c);
    if (found === null) return c.notFound();
    const { receipt } = found;
    return c.html(
      <ReceiptPage
        {...found}
        board={office.board}
        hasMarkedCopy={markedCopyOf(paths, receipt) !== null}
        isFileKept={existsSync(archivedPath(paths, receipt.sha256))}
        isDemonstration={isDemonstration}
      />,
    );
  });
  app.get("/phieu/:no/ban-danh-dau", async (c) => {
    const found = await receiptOf(c);
    const copy = found === null ? null : markedCopyOf(paths, found.receipt);
    if (copy === null) return c.notFound();
    return saved(c, await readFile(copy), `phieu-${found?.receipt.receiptNo}-danh-dau.xlsx`);
  });
  app.get("/phieu/:no/tep", async (c) => {
    const found = await receiptOf(c);
    const path = found === null ? "" : archivedPath(paths, found.receipt.sha256);
    if (found === null || !existsSync(path)) return c.notFound();
    return saved(c, await readFile(path), found.receipt.file);
  });

  app.get("/bieu-mau/:plan/:period/:unit", async (c) => {
    const visitor = visitorWho(c);
    const { plan, period, unit } = c.req.param();
    const form = formsOf(office.board, plan, period).find(({ unit: { code } }) => code === unit);
    const isOwn = reportsOf(office.board, visitor.account).has(reportKey({ plan, unit, period }));
    if (form === undefined || !(isOwn || may(visitor.account.role, "see every unit"))) {
      return c.notFound();
    }
    const bytes = await formWorkbook(form.plan, form.unit, form.period);
    return saved(c, Buffer.from(bytes), formFileName(form));
  });
  app.get("/bieu-mau/:plan/:period", async (c) => {
    visitorWho(c, "see every unit");
    const { plan, period } = c.req.param();
    const forms = formsOf(office.board, plan, period);
    if (forms.length === 0) return c.notFound();
    const parts: [string, Uint8Array][] = [];
    for (const form of forms) {
      parts.push([formFileName(form), await formWorkbook(form.plan, form.unit, form.period)]);
    }
    return saved(c, Buffer.from(pack(parts, 0)), `bieu-mau_${plan}_${period}.zip`);
  });

  app.get("/theo-doi", async (c) => {
    const visitor = visitorWho(c, "see every unit");
    return c.html(await boardPage(visitor));
  });
  const boardPage = async (visitor: Visitor, fault?: string) => (
    <BoardPage
      visitor={visitor}
      board={office.board}
      receipts={await receipts.list(() => true, 30)}
      mayAct={may(visitor.account.role, "let doubts stand")}
      fault={fault}
      isDemonstration={isDemonstration}
    />
  );
  app.post("/xac-nhan", async (c) => {
    const visitor = visitorWho(c, "let doubts stand");
    const form = await ownForm(c);
    const id = fieldOf(form, "finding");
    const reason = shownText(fieldOf(form, "reason").normalize("NFC")).trim();
    const isOpen = office.board.findings.some(
      (one) => one.finding_id === id && !one.is_acknowledged && one.severity === "doubt",
    );
    const fault = !isOpen
      ? "Điểm này không còn: đã được xác nhận hoặc đã được sửa."
      : reason === ""
        ? "Phải ghi lý do xác nhận."
        : personalSigns(reason).some(({ certainty }) => certainty === "certain")
          ? "Lý do có thông tin cá nhân (số giấy tờ, địa chỉ, ngày sinh). Lý do được lưu lâu dài: ghi lại, không nêu thông tin ấy."
          : null;
    if (fault !== null) return c.html(await boardPage(visitor, fault), 400);
    await office.acknowledge([id], reason, actorOf(visitor.account));
    await note(c, visitor.account.name, "xác nhận điểm cần kiểm tra", id);
    return c.redirect(`${DESK}/theo-doi#can-kiem-tra`, 303);
  });

  const accountsPage = async (
    visitor: Visitor,
    said: { invited?: { name: string; link: string }; fault?: string } = {},
  ) => (
    <AccountsPage
      visitor={visitor}
      accounts={await accounts.list()}
      units={office.board.units}
      acts={await acts.last(LISTED)}
      now={new Date()}
      isDemonstration={isDemonstration}
      {...said}
    />
  );
  app.get("/tai-khoan", async (c) => c.html(await accountsPage(visitorWho(c, "manage accounts"))));
  app.post("/tai-khoan", async (c) => {
    const visitor = visitorWho(c, "manage accounts");
    const form = await ownForm(c);
    const name = fieldOf(form, "name").trim().toLowerCase();
    const shownName = shownText(fieldOf(form, "shown_name")).trim();
    const role = fieldOf(form, "role");
    const known = new Set(office.board.units.map(({ office_code }) => office_code));
    const units = form.getAll("units").filter((one): one is string => known.has(String(one)));
    const fault =
      (await accounts.find(name)) !== null
        ? `Đã có tài khoản ${name}.`
        : !isRole(role) || shownName === ""
          ? "Chọn vai trò và ghi người hoặc chức danh."
          : role === "clerk" && units.length === 0
            ? "Tài khoản của cán bộ đơn vị phải có ít nhất một đơn vị."
            : /^[a-z0-9][a-z0-9._-]{1,40}$/.test(name)
              ? null
              : "Tên đăng nhập gồm 2 đến 41 chữ thường không dấu, chữ số, dấu chấm, dấu gạch.";
    if (fault !== null || !isRole(role)) {
      return c.html(await accountsPage(visitor, { fault: fault ?? "" }), 400);
    }
    const secret = await accounts.invite({ name, shownName, role, units }, new Date());
    await note(c, visitor.account.name, "mời tài khoản", `${name}, ${ROLES[role]}`);
    return c.html(
      await accountsPage(visitor, { invited: { name, link: invitationLink(desk, name, secret) } }),
    );
  });
  app.post("/tai-khoan/:name", async (c) => {
    const visitor = visitorWho(c, "manage accounts");
    const form = await ownForm(c);
    const account = await accounts.find(c.req.param("name"));
    if (account === null) return c.notFound();
    const { name, shown_name: shownName, role, units } = account;
    const act = fieldOf(form, "act");
    if (act === "invite") {
      const secret = await accounts.invite({ name, shownName, role, units }, new Date());
      await sessions.endAll(name);
      await note(c, visitor.account.name, "cấp liên kết mới", name);
      const link = invitationLink(desk, name, secret);
      return c.html(await accountsPage(visitor, { invited: { name, link } }));
    }
    if ((act === "disable" || act === "enable") && name !== visitor.account.name) {
      await accounts.setDisabled(account, act === "disable");
      if (act === "disable") await sessions.endAll(name);
      await note(
        c,
        visitor.account.name,
        act === "disable" ? "khóa tài khoản" : "mở tài khoản",
        name,
      );
    }
    return c.redirect(`${DESK}/tai-khoan`, 303);
  });

  return app;
}

/** Whoever a secret of a session belongs to; null when nobody is logged in with it. */
export async function visitorOf(
  { accounts, sessions }: Pick<Desk, "accounts" | "sessions">,
  secret: string | undefined,
): Promise<Visitor | null> {
  const session = secret === undefined ? null : await sessions.find(secret, new Date());
  if (session === null) return null;
  const account = await accounts.find(session.account);
  if (account === null || account.is_disabled || account.password === null) return null;
  return { account, token: session.token };
}

export function invitationLink(
  { origin }: Pick<Desk, "origin">,
  name: string,
  secret: string,
): string {
  return `${origin()}${DESK}/loi-moi/${name}/${secret}`;
}

/** Receipts of what an account sent itself, and of what reports for its units. */
function maySee({ account }: Visitor, board: Board, receipt: KeptReceipt): boolean {
  if (may(account.role, "see every unit")) return true;
  if (!may(account.role, "send for own units")) return false;
  if (receipt.by?.way === "desk" && receipt.by.account === account.name) return true;
  const own = new Set(
    board.catalogue.plans.flatMap(({ plan, units }) =>
      units
        .filter(({ code }) =>
          board.rows.some(
            (row) =>
              row.plan_id === plan.id &&
              row.unit_code === code &&
              account.units.includes(row.office_code ?? ""),
          ),
        )
        .map(({ unit_id }) => `${plan.id} ${unit_id}`),
    ),
  );
  return (
    receipt.claims.length > 0 &&
    receipt.claims.every(({ plan_id, unit_id }) => own.has(`${plan_id} ${unit_id}`))
  );
}

/** The reports that an account's units owe, as `reportKey` writes them. */
function reportsOf({ rows }: Board, { units }: Account): ReadonlySet<string> {
  return new Set(
    rows
      .filter(({ office_code }) => units.includes(office_code ?? ""))
      .map((row) => reportKey({ plan: row.plan_id, unit: row.unit_code, period: row.period })),
  );
}

function formsOf({ catalogue }: Board, planId: string, code: string) {
  const plan = catalogue.plans.find(({ plan: { id } }) => id === planId);
  const period = plan?.plan.periods.find((one) => one.code === code);
  return plan === undefined || period === undefined ? [] : blankForms(plan, period);
}

function actorOf({ name, shown_name, role }: Account): Actor {
  return { way: "desk", account: name, name: shown_name, role: ROLES[role] };
}

function markedCopyOf(paths: WarehousePaths, receipt: KeptReceipt): string | null {
  return findReply(paths, receipt)?.workbook ?? null;
}

function outcomeWords({ outcome, problems, medium }: Outcome): string {
  switch (outcome) {
    case "refused":
      return `Trả lại: ${problems.filter(({ severity }) => severity === "error").length} điểm phải sửa`;
    case "duplicate":
      return "Trùng tệp đã tiếp nhận";
    case "accepted":
      if (medium === "package") return "Đã mở; từng biểu trong tệp có phiếu riêng";
      return problems.length > 0
        ? `Đã tiếp nhận; ${problems.length} điểm cần giải trình hoặc sửa`
        : "Đã tiếp nhận";
  }
}

function statedMoment(text: string): Date | Failure | null {
  if (text === "") return null;
  try {
    const moment = parseMoment(text);
    return moment > new Date() ? new Failure("Thời điểm nhận ở trong tương lai.") : moment;
  } catch {
    return new Failure("Thời điểm nhận không đọc được.");
  }
}

function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** An address of this server, whatever somebody put into a link; else the desk. */
export function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : `${DESK}/`;
}

function saved(c: C, bytes: Buffer, name: string): Response {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\w.-]/g, "_");
  return c.body(new Uint8Array(bytes), 200, {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
}

function addressOf(c: C): string {
  return getConnInfo(c).remote.address ?? "";
}

function mayAttempt(
  attempts: Map<string, { count: number; until: number }>,
  address: string,
): boolean {
  const now = Date.now();
  for (const [key, { until }] of attempts) if (until < now) attempts.delete(key);
  const known = attempts.get(address) ?? { count: 0, until: now + ATTEMPTS_MS };
  attempts.set(address, { ...known, count: known.count + 1 });
  return known.count < MAX_ATTEMPTS;
}
