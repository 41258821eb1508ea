import { deleteCookie, getCookie } from "hono/cookie";
import type { OfficeUnit } from "../../models/submission-status.ts";
import { Failure, resultOrFailure } from "../../vocabulary/failure.ts";
import { type Account, MAX_SHOWN_NAME, passwordFault } from "../accounts/accounts.ts";
import { TOO_MANY_ATTEMPTS } from "../accounts/attempts.ts";
import { isRole, ROLES } from "../accounts/roles.ts";
import { DESK } from "../page/page.tsx";
import {
  addressOf,
  beginSession,
  COOKIE,
  DESK_COOKIE,
  type Desk,
  fieldOf,
  formOf,
  note,
  ownPath,
} from "../page/request.ts";
import type { Answer, Asked, DeskRequest, Route, SentForm } from "../page/routes.ts";
import {
  AccountsPage,
  type ActsOfMonth,
  ForgottenPage,
  InvitationPage,
  InvitationsPage,
  type Invited,
  type InvitedOne,
  OwnAccountPage,
  unitsWithout,
} from "./account-pages.tsx";
import { logInPage, signOffAddress } from "./sign-on-routes.tsx";

const LISTED = 200;

/** Log-in, log-out, invitations, and the page of the administrator. */
export const ACCOUNT_ROUTES: readonly Route[] = [
  ["get", "/dang-nhap", "anybody", openLogIn],
  ["post", "/dung-thu/:name", "anybody", tryOut],
  ["post", "/dang-nhap", "anybody", logIn],
  ["get", "/quen-mat-khau", "anybody", openForgotten],
  ["post", "/quen-mat-khau", "anybody", forget],
  ["post", "/dang-xuat", "any account", logOut],
  ["get", "/loi-moi/:name/:secret", "anybody", openInvitation],
  ["post", "/loi-moi/:name/:secret", "anybody", takeUpInvitation],
  ["get", "/tai-khoan-cua-toi", "any account", openOwnAccount],
  ["post", "/tai-khoan-cua-toi", "any account", changePassword],
  ["get", "/tai-khoan", "manage accounts", (asked: Asked) => accountsPage(asked)],
  ["post", "/tai-khoan", "manage accounts", invite],
  ["post", "/tai-khoan/moi-don-vi", "manage accounts", inviteUnits],
  ["post", "/tai-khoan/:name", "manage accounts", changeAccount],
];

function openLogIn({ c, desk }: DeskRequest): Answer {
  const fault =
    c.req.query("chua-luu") === undefined
      ? undefined
      : "Phiên làm việc đã hết: điều vừa gửi chưa được lưu. Đăng nhập để trở lại trang ấy.";
  return c.render(logInPage(desk, ownPath(c.req.query("next")), fault));
}

async function tryOut({ c, desk }: DeskRequest): Promise<Response> {
  const { accounts, trial } = desk;
  const name = trial?.accounts.find((one) => one.name === c.req.param("name"))?.name;
  const account = name === undefined ? null : await accounts.find(name);
  if (account === null) return c.notFound();
  // none of them is taken back: each makes a session and a line of the log
  if (!accounts.attempts.begin(addressOf(c))) {
    return c.render(logInPage(desk, `${DESK}/`, TOO_MANY_ATTEMPTS), 429);
  }
  await beginSession(desk, c, account);
  await note(desk, c, account.name, "đăng nhập dùng thử");
  return c.redirect(`${DESK}/`, 303);
}

async function logIn({ c, desk }: DeskRequest): Promise<Response> {
  const { accounts } = desk;
  const { attempts } = accounts;
  const form = await formOf(desk, c);
  const next = ownPath(fieldOf(form, "next"));
  const name = fieldOf(form, "name");
  const refuse = (fault: string, status: 401 | 429): Response | Promise<Response> =>
    c.render(logInPage(desk, next, fault), status);
  const address = addressOf(c);
  if (!attempts.begin(address)) return refuse(TOO_MANY_ATTEMPTS, 429);
  const { account, waitSeconds } = await accounts.logIn(
    name,
    fieldOf(form, "password"),
    new Date(),
  );
  if (account === null) {
    // what was typed for a name may be a password
    const known = (await accounts.find(name.trim().toLowerCase()))?.name ?? "tên không có";
    await note(desk, c, null, "đăng nhập không được", known);
    return (waitSeconds ?? 0) > 0
      ? refuse("Có quá nhiều lần thử với tên này. Chờ vài phút rồi thử lại.", 429)
      : refuse("Tên đăng nhập hoặc mật khẩu không đúng.", 401);
  }
  attempts.succeeded(address);
  await beginSession(desk, c, account);
  await note(desk, c, account.name, "đăng nhập");
  return c.redirect(next, 303);
}

function forgottenPage({ mail }: Desk, notice: { isDone?: boolean; fault?: string } = {}) {
  return <ForgottenPage mayMail={mail !== null} {...notice} />;
}

function openForgotten({ c, desk }: DeskRequest): Answer {
  return c.render(forgottenPage(desk));
}

async function forget({ c, desk }: DeskRequest): Promise<Response> {
  const name = fieldOf(await formOf(desk, c), "name")
    .trim()
    .toLowerCase();
  const isHeard = desk.accounts.attempts.begin(addressOf(c));
  // the answer waits for nothing that depends on whether there is such an account
  if (isHeard) void takeForgotten(desk, name).catch(desk.onFailure);
  await note(desk, c, null, "quên mật khẩu");
  return isHeard
    ? c.render(forgottenPage(desk, { isDone: true }))
    : c.render(forgottenPage(desk, { fault: TOO_MANY_ATTEMPTS }), 429);
}

async function logOut({ c, desk, visitor, note: noteOf }: SentForm): Promise<Response> {
  await desk.sessions.end(getCookie(c, COOKIE) ?? "");
  for (const name of [DESK_COOKIE, COOKIE]) deleteCookie(c, name, { path: "/" });
  await noteOf("đăng xuất");
  const isSignedOn = visitor.account.identity !== undefined;
  return c.redirect(await signOffAddress(desk, isSignedOn ? desk.signOn : null), 303);
}

/** A name is mailed to once in so long, so that nobody fills a mailbox. */
const MAILED_AGAIN_MS = 3_600_000;
const mailedAt = new Map<string, number>();

/** Mails a link to who has forgotten his password where that can be done, else has the administrator see it. */
async function takeForgotten(desk: Desk, name: string): Promise<void> {
  const { accounts, mail, office } = desk;
  const account = await accounts.find(name);
  if (account === null || account.is_disabled || account.identity !== undefined) return;
  await office.start();
  const now = new Date();
  const unit = office.board.units.find(
    ({ office_code, email }) => email !== null && account.units.includes(office_code),
  );
  if (mail !== null && unit?.email && account.password !== null) {
    if (now.getTime() - (mailedAt.get(name) ?? 0) < MAILED_AGAIN_MS) return;
    mailedAt.set(name, now.getTime());
    const link = invitationLink(desk, name, await accounts.letChoose(account, now));
    const { isSent } = await mail.send({
      to: { name: unit.unit_name, address: unit.email },
      subject: "Đặt lại mật khẩu",
      text: `Có người xin đặt lại mật khẩu của tài khoản ${name} tại Bàn làm việc.\n\nMở liên kết này để đặt mật khẩu mới, một lần, trong 2 giờ:\n${link}\n\nNếu không xin thì bỏ qua thư này: mật khẩu đang dùng vẫn giữ nguyên.\n`,
    });
    if (isSent) return;
  }
  await accounts.forgot((await accounts.find(name)) ?? account, now);
}

function invitedBy({ c, desk }: DeskRequest): Promise<Account | null> {
  const { name = "", secret = "" } = c.req.param();
  return desk.accounts.invited(name, secret, new Date());
}

async function openInvitation(request: DeskRequest): Promise<Response> {
  const account = await invitedBy(request);
  return request.c.render(<InvitationPage account={account} />, account === null ? 404 : 200);
}

async function takeUpInvitation(request: DeskRequest): Promise<Response> {
  const { c, desk } = request;
  const account = await invitedBy(request);
  const form = await formOf(desk, c);
  const password = fieldOf(form, "password");
  if (account === null) return c.render(<InvitationPage account={account} />, 404);
  const fault = chosenFault(form, account);
  if (fault !== null) return c.render(<InvitationPage {...{ account, fault }} />, 400);
  await choosePassword(request, account, password);
  return c.redirect(`${DESK}/`, 303);
}

/** What is wrong with a password that is typed twice; null where nothing is. */
function chosenFault(form: FormData, account: Account): string | null {
  const password = fieldOf(form, "password");
  return password === fieldOf(form, "again")
    ? passwordFault(password, account)
    : "Hai lần nhập mật khẩu không giống nhau.";
}

/** From then on the account has this password and one session, that of who chose it. */
async function choosePassword({ c, desk }: DeskRequest, account: Account, password: string) {
  await desk.sessions.endAll(account.name);
  await beginSession(desk, c, await desk.accounts.takeUp(account, password));
  await note(desk, c, account.name, "đặt mật khẩu");
}

function openOwnAccount({ c }: Asked): Answer {
  return c.render(<OwnAccountPage isDone={c.req.query("da-doi") !== undefined} />);
}

async function changePassword(form: SentForm): Promise<Response> {
  const { c, desk, fields, field, visitor } = form;
  const { account } = visitor;
  if (account.identity !== undefined) return c.notFound();
  const known = await desk.accounts.logIn(account.name, field("current"), new Date());
  const fault =
    known.account !== null
      ? chosenFault(fields, known.account)
      : (known.waitSeconds ?? 0) > 0
        ? "Có quá nhiều lần thử. Chờ vài phút rồi thử lại."
        : "Mật khẩu đang dùng không đúng.";
  if (fault !== null) return c.render(<OwnAccountPage fault={fault} />, 400);
  await choosePassword(form, account, field("password"));
  return c.redirect(`${DESK}/tai-khoan-cua-toi?da-doi`, 303);
}

async function actsOf({ c, desk: { acts } }: DeskRequest): Promise<ActsOfMonth> {
  await acts.takeLeft();
  const months = await acts.months();
  const month = months.find((one) => one === c.req.query("thang")) ?? months[0] ?? "";
  const all = await acts.of(month);
  const lines = c.req.query("ca") === "1" ? all : all.slice(0, LISTED);
  return { month, months, lines, more: all.length - lines.length };
}

async function accountsPage(
  asked: Asked,
  notice: { invited?: InvitedOne; fault?: string } = {},
): Promise<Response> {
  const { c, desk } = asked;
  return c.render(
    <AccountsPage
      accounts={await desk.accounts.list()}
      units={desk.office.board.units}
      acts={await actsOf(asked)}
      now={new Date()}
      mayMail={desk.mail !== null}
      {...notice}
    />,
    notice.fault === undefined ? 200 : 400,
  );
}

async function invite(form: SentForm): Promise<Response> {
  const { desk } = form;
  const { accounts, office } = desk;
  const name = form.field("name").trim().toLowerCase();
  const shownName = form.text("shown_name");
  const role = form.field("role");
  const known = new Set(office.board.units.map(({ office_code }) => office_code));
  const units = form.fields.getAll("units").filter((one): one is string => known.has(String(one)));
  if (!isRole(role)) return accountsPage(form, { fault: "Chọn vai trò." });
  const fault = await accounts.nameFault(name);
  if (fault !== null) return accountsPage(form, { fault });
  const secret = await resultOrFailure(
    accounts.invite({ name, shownName, role, units }, new Date()),
  );
  if (secret instanceof Failure) return accountsPage(form, { fault: secret.message });
  await form.note("mời tài khoản", `${name}, ${ROLES[role]}`);
  const link = invitationLink(desk, name, secret);
  return accountsPage(form, { invited: { name, link, isAgain: false } });
}

async function inviteUnits(form: SentForm): Promise<Response> {
  const { desk } = form;
  const { accounts, office } = desk;
  const invited: Invited[] = [];
  for (const unit of unitsWithout(await accounts.list(), office.board.units)) {
    const stem = unit.office_code
      .toLowerCase()
      .replace(/^[^a-z0-9]+/, "")
      .slice(0, 36);
    let name = stem.length < 2 ? `don-vi-${stem}` : stem;
    for (let more = 2; (await accounts.find(name)) !== null; more += 1) name = `${stem}-${more}`;
    const shownName = unit.unit_name.slice(0, MAX_SHOWN_NAME);
    const facts = { name, shownName, role: "clerk", units: [unit.office_code] } as const;
    const link = invitationLink(desk, name, await accounts.invite(facts, new Date()));
    const mailed = form.field("mail") === "1" ? await mailInvitation(desk, unit, name, link) : null;
    invited.push({ unit, name, link, mailed });
    await form.note("mời tài khoản", `${name}, ${ROLES.clerk}`);
  }
  return form.c.render(<InvitationsPage invited={invited} />);
}

async function mailInvitation({ mail }: Desk, unit: OfficeUnit, name: string, link: string) {
  if (mail === null) return null;
  if (unit.email === null) return "Đơn vị chưa có địa chỉ thư điện tử.";
  const { isSent, reply } = await mail.send({
    to: { name: unit.unit_name, address: unit.email },
    subject: "Tài khoản gửi báo cáo",
    text: `${unit.unit_name} gửi báo cáo tại Bàn làm việc.\n\nTên đăng nhập: ${name}\nMở liên kết này để đặt mật khẩu, trong 7 ngày:\n${link}\n`,
  });
  return isSent
    ? `Đã gửi thư đến ${unit.email}.`
    : `Không gửi được thư đến ${unit.email}: ${reply}`;
}

async function changeAccount(form: SentForm): Promise<Response> {
  const { c, desk } = form;
  const { accounts, sessions } = desk;
  const account = await accounts.find(c.req.param("name") ?? "");
  if (account === null) return c.notFound();
  const { name, shown_name: shownName, role, units } = account;
  const act = form.field("act");
  if (act === "invite" && account.identity === undefined) {
    const secret = await accounts.invite({ name, shownName, role, units }, new Date());
    await sessions.endAll(name);
    await form.note("cấp liên kết mới", name);
    const link = invitationLink(desk, name, secret);
    const isAgain = account.password !== null;
    return accountsPage(form, { invited: { name, link, isAgain } });
  }
  if (act === "rename" && account.identity === undefined) {
    const given = form.field("name").trim().toLowerCase();
    const fault = await accounts.rename(account, given, form.text("shown_name"));
    if (fault !== null) return accountsPage(form, { fault });
    if (given !== name) await sessions.endAll(name);
    await form.note("đổi tên tài khoản", `${name} thành ${given}`);
  }
  if (act === "email") {
    if (!(await accounts.setEmail(account, form.text("email")))) {
      return accountsPage(form, { fault: "Địa chỉ thư điện tử không đúng." });
    }
    await form.note("ghi địa chỉ thư", name);
  }
  if ((act === "disable" || act === "enable") && name !== form.visitor.account.name) {
    await accounts.setDisabled(account, act === "disable");
    if (act === "disable") await sessions.endAll(name);
    await form.note(act === "disable" ? "khóa tài khoản" : "mở tài khoản", name);
  }
  return c.redirect(`${DESK}/tai-khoan`, 303);
}

/** The one-time link of an invitation. */
export function invitationLink(
  { origin }: Pick<Desk, "origin">,
  name: string,
  secret: string,
): string {
  return `${origin()}${DESK}/loi-moi/${name}/${secret}`;
}
