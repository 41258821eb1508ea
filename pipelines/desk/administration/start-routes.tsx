import { join } from "node:path";
import { z } from "zod";
import { MAX_SHOWN_NAME } from "../accounts/accounts.ts";
import { ROLES } from "../accounts/roles.ts";
import { readKept, writeKept } from "../kept/kept-file.ts";
import { deskFolder } from "../office/office.ts";
import { DESK, Fault, Mark, Page } from "../page/page.tsx";
import { type C, type Desk, type DeskApp, sentForm, visitorWho } from "../page/request.ts";
import { invitationLink } from "./account-routes.tsx";

const OfficeFacts = z.object({ name: z.string(), place: z.string() });
/** What the first start is told of the office: what plans begin with. */
type OfficeFacts = z.infer<typeof OfficeFacts>;

const fileOf = ({ paths }: Pick<Desk, "paths">): string => join(deskFolder(paths), "office.json");

/** What is known of the office; null where nobody has said it. */
export function readOfficeFacts(desk: Pick<Desk, "paths">): Promise<OfficeFacts | null> {
  return readKept(fileOf(desk), OfficeFacts);
}

/** Who writes the first plan, and who approves it. */
const HANDS = ["staff", "leader"] as const;

/** Whether the desk is in a place where nothing is yet. */
export async function isAtStart({ office, accounts }: Desk): Promise<boolean> {
  const { plans, unsettled } = office.board.catalogue;
  return (
    plans.length + unsettled.length === 0 &&
    (await accounts.list()).every(({ role }) => role === "admin")
  );
}

/** The first start: the office, whoever writes plans and approves them, then the first plan. */
export function addStartRoutes(app: DeskApp, desk: Desk): void {
  const show = (
    c: C,
    said: Readonly<Record<string, string>>,
    more: { readonly fault?: string; readonly links?: readonly (readonly [string, string])[] } = {},
    status: 200 | 400 = 200,
  ) =>
    c.render(
      <Page title="Bắt đầu" open="tai-khoan">
        <h1>Bắt đầu</h1>
        <Fault>{more.fault}</Fault>
        {more.links === undefined ? (
          <form method="post" action={`${DESK}/bat-dau`} class="narrow">
            <Mark />
            <label>
              Tên cơ quan
              <input
                name="name"
                value={said.name ?? ""}
                maxlength={200}
                required
                placeholder="Ủy ban nhân dân phường Tam Thanh"
              />
            </label>
            <label>
              Địa bàn
              <input
                name="place"
                value={said.place ?? ""}
                maxlength={100}
                required
                placeholder="Phường Tam Thanh"
              />
            </label>
            {HANDS.map((role) => (
              <label>
                {ROLES[role]}: người hoặc chức danh
                {role === "leader" && " (để trống nếu một người vừa lập vừa duyệt)"}
                <input
                  name={role}
                  value={said[role] ?? ""}
                  maxlength={MAX_SHOWN_NAME}
                  required={role === "staff"}
                />
              </label>
            ))}
            <button type="submit">Tiếp tục</button>
          </form>
        ) : (
          <>
            <p class="told" role="status">
              Gửi cho từng người liên kết của mình; liên kết chỉ hiện một lần, dùng được một lần
              trong 7 ngày.
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

  app.get("/bat-dau", async (c) => {
    visitorWho(c, "manage accounts");
    return (await isAtStart(desk)) ? show(c, {}) : c.redirect(`${DESK}/tai-khoan`, 303);
  });
  app.post("/bat-dau", async (c) => {
    const form = await sentForm(desk, c, "manage accounts");
    if (!(await isAtStart(desk))) return c.redirect(`${DESK}/tai-khoan`, 303);
    const said = Object.fromEntries(
      ["name", "place", ...HANDS].map((one) => [one, form.text(one)]),
    );
    const { name = "", place = "" } = said;
    if (name === "" || place === "" || (said.staff ?? "") === "") {
      return show(c, said, { fault: "Ghi tên cơ quan, địa bàn và người lập kế hoạch." }, 400);
    }
    await writeKept(fileOf(desk), OfficeFacts, { name, place });
    const links: [string, string][] = [];
    for (const role of HANDS) {
      const shownName = (said[role] ?? "").slice(0, MAX_SHOWN_NAME);
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
    return show(c, said, { links });
  });
}
