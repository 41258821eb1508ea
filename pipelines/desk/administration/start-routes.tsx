import { join } from "node:path";
import { z } from "zod";
import { MAX_SHOWN_NAME } from "../accounts/accounts.ts";
import { ROLES } from "../accounts/roles.ts";
import { readKept, writeKept } from "../kept/kept-file.ts";
import { DESK, Fault, Field, Form, Page } from "../page/page.tsx";
import type { Desk } from "../page/request.ts";
import type { Answer, Asked, Route, SentForm } from "../page/routes.ts";
import { invitationLink } from "./account-routes.tsx";

const OfficeFacts = z.object({ name: z.string(), place: z.string() });
/** What the first start asks about the office: what plans begin with. */
type OfficeFacts = z.infer<typeof OfficeFacts>;

const fileOf = ({ paths }: Pick<Desk, "paths">): string => join(paths.desk, "office.json");

/** What is known of the office; null where nobody has answered yet. */
export function readOfficeFacts(desk: Pick<Desk, "paths">): Promise<OfficeFacts | null> {
  return readKept(fileOf(desk), OfficeFacts);
}

/** Who writes the first plan, and who approves it. */
const HANDS = ["staff", "leader"] as const;

const OFFICE = [
  ["name", "Tên cơ quan", 200, "Ủy ban nhân dân phường …"],
  ["place", "Địa bàn", 100, "Phường …"],
] as const;

/** Whether the desk is in a place where nothing is yet. */
export async function isAtStart({ office, accounts }: Desk): Promise<boolean> {
  const { plans, unsettled } = office.board.catalogue;
  return (
    plans.length + unsettled.length === 0 &&
    (await accounts.list()).every(({ role }) => role === "admin")
  );
}

/** The first start: the office, whoever writes plans and approves them, then the first plan. */
export const START_ROUTES: readonly Route[] = [
  ["get", "/bat-dau", "manage accounts", atStart((asked: Asked) => show(asked, {}))],
  ["post", "/bat-dau", "manage accounts", atStart(start)],
];

function atStart<A extends Asked>(answer: (asked: A) => Answer) {
  return async (asked: A): Promise<Response> =>
    (await isAtStart(asked.desk)) ? answer(asked) : asked.c.redirect(`${DESK}/tai-khoan`, 303);
}

function show(
  { c }: Asked,
  typed: Readonly<Record<string, string>>,
  more: { readonly fault?: string; readonly links?: readonly (readonly [string, string])[] } = {},
  status: 200 | 400 = 200,
): Answer {
  return c.render(
    <Page title="Bắt đầu" open="tai-khoan">
      <h1>Bắt đầu</h1>
      <Fault>{more.fault}</Fault>
      {more.links === undefined ? (
        <Form action={`${DESK}/bat-dau`} class="narrow">
          {OFFICE.map(([name, words, maxlength, placeholder]) => (
            <Field {...{ name, maxlength, placeholder }} value={typed[name] ?? ""} required>
              {words}
            </Field>
          ))}
          {HANDS.map((role) => (
            <Field
              name={role}
              value={typed[role] ?? ""}
              maxlength={MAX_SHOWN_NAME}
              required={role === "staff"}
            >
              {ROLES[role]}: người hoặc chức danh
              {role === "leader" && " (để trống nếu một người vừa lập vừa duyệt)"}
            </Field>
          ))}
          <button type="submit">Tiếp tục</button>
        </Form>
      ) : (
        <>
          <p class="done" role="status">
            Gửi cho từng người liên kết của mình; liên kết chỉ hiện một lần, dùng được một lần trong
            7 ngày.
          </p>
          <dl>
            {more.links.map(([name, link]) => (
              <>
                <dt>{name}</dt>
                <dd>
                  <code>{link}</code>
                </dd>
              </>
            ))}
          </dl>
          <p>Mở liên kết, đặt mật khẩu, rồi vào mục “Kế hoạch” để lập kế hoạch đầu tiên.</p>
          <p>
            <a href={`${DESK}/tai-khoan`}>Đến trang Tài khoản</a>
          </p>
        </>
      )}
    </Page>,
    status,
  );
}

async function start(form: SentForm): Promise<Response> {
  const { desk } = form;
  const typed = Object.fromEntries(["name", "place", ...HANDS].map((one) => [one, form.text(one)]));
  const { name = "", place = "" } = typed;
  if (name === "" || place === "" || (typed.staff ?? "") === "") {
    return show(form, typed, { fault: "Ghi tên cơ quan, địa bàn và người lập kế hoạch." }, 400);
  }
  await writeKept(fileOf(desk), OfficeFacts, { name, place });
  const links: [string, string][] = [];
  for (const role of HANDS) {
    const shownName = (typed[role] ?? "").slice(0, MAX_SHOWN_NAME);
    if (shownName === "") continue;
    const account = { staff: "chuyen-vien", leader: "lanh-dao" }[role];
    const secret = await desk.accounts.invite(
      { name: account, shownName, role, units: [] },
      new Date(),
    );
    links.push([
      `${ROLES[role]}, ${shownName} (tên đăng nhập ${account})`,
      invitationLink(desk, account, secret),
    ]);
    await form.note("mời tài khoản", `${account}, ${ROLES[role]}`);
  }
  return show(form, typed, { links });
}
