import type { FC } from "hono/jsx";
import type { OfficeUnit } from "../../models/submission-status.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { type Account, MAX_SHOWN_NAME, MIN_PASSWORD } from "../accounts/accounts.ts";
import { ROLE_NAMES, ROLES } from "../accounts/roles.ts";
import type { Trial } from "../accounts/trial.ts";
import type { ActLine } from "../kept/act-log.ts";
import {
  Act,
  DESK,
  Done,
  Fault,
  Field,
  Form,
  momentText,
  Page,
  Select,
  Table,
  useVisitor,
} from "../page/page.tsx";

export const LogInPage: FC<{
  next: string;
  fault?: string | undefined;
  trial: Trial | null;
  /** What log-in through the provider is called; null where there is none. */
  signOnName: string | null;
  /** Blank forms are there for everybody. */
  arePagesOpen: boolean;
}> = ({ next, fault, trial, signOnName, arePagesOpen }) => (
  <Page title="Đăng nhập" isForAnybody>
    <h1>Đăng nhập</h1>
    <Fault>{fault}</Fault>
    {trial !== null && (
      <>
        <p>Đây là bản minh họa: chọn một vai để vào xem, không cần mật khẩu.</p>
        <ul class="trial">
          {trial.accounts.map(({ name, shownName, role }) => (
            <li>
              <form method="post" action={`${DESK}/dung-thu/${name}`}>
                <button type="submit">{ROLES[role]}</button>
                <span class="note">{shownName}</span>
              </form>
            </li>
          ))}
        </ul>
        <h2>Đăng nhập bằng tài khoản khác</h2>
      </>
    )}
    {signOnName !== null && (
      <>
        <p>
          <a class="button" href={`${DESK}/dang-nhap/mot-lan?next=${encodeURIComponent(next)}`}>
            {signOnName}
          </a>
        </p>
        <h2>Đăng nhập bằng mật khẩu</h2>
      </>
    )}
    <form method="post" action={`${DESK}/dang-nhap`} class="narrow">
      <input type="hidden" name="next" value={next} />
      <Field name="name" autocomplete="username" autocapitalize="none" required>
        Tên đăng nhập
      </Field>
      <Field name="password" type="password" autocomplete="current-password" required>
        Mật khẩu
      </Field>
      <button type="submit">Đăng nhập</button>
    </form>
    <p>
      <a href={`${DESK}/quen-mat-khau`}>Quên mật khẩu</a>
    </p>
    <p class="note">Chưa có tài khoản: liên hệ quản trị để nhận liên kết đặt mật khẩu.</p>
    {arePagesOpen && (
      <p>
        <a href={`${DESK}/bieu-trong`}>Tải biểu trống, không cần tài khoản</a>
      </p>
    )}
  </Page>
);

/** For who has forgotten his password; what it answers is the same whether there is such an account. */
export const ForgottenPage: FC<{
  isDone?: boolean;
  fault?: string;
  /** A mail server is named. */
  mayMail: boolean;
}> = ({ isDone, fault, mayMail }) => (
  <Page title="Quên mật khẩu" isForAnybody>
    <h1>Quên mật khẩu</h1>
    <Fault>{fault}</Fault>
    {isDone ? (
      <p class="done" role="status">
        {mayMail
          ? "Đã ghi nhận. Nếu có tài khoản này, liên kết đặt mật khẩu mới được gửi đến thư điện tử của đơn vị, dùng được một lần trong 2 giờ. Không có thư thì yêu cầu hiện ở trang của quản trị; liên hệ quản trị để nhận liên kết."
          : "Đã ghi nhận. Nếu có tài khoản này, yêu cầu hiện ở trang của quản trị; liên hệ quản trị để nhận liên kết đặt mật khẩu mới."}{" "}
        Mật khẩu đang dùng vẫn dùng được đến khi quản trị cấp liên kết hoặc có mật khẩu mới.
      </p>
    ) : (
      <form method="post" action={`${DESK}/quen-mat-khau`} class="narrow">
        <Field name="name" autocomplete="username" autocapitalize="none" required>
          Tên đăng nhập
        </Field>
        <button type="submit">Xin đặt lại mật khẩu</button>
      </form>
    )}
    <p>
      <a href={`${DESK}/dang-nhap`}>Về trang đăng nhập</a>
    </p>
  </Page>
);

export const InvitationPage: FC<{ account: Account | null; fault?: string | undefined }> = ({
  account,
  fault,
}) => (
  <Page title="Đặt mật khẩu" isForAnybody>
    <h1>Đặt mật khẩu</h1>
    {account === null ? (
      <p class="fault" role="alert">
        Liên kết không còn hiệu lực: đã dùng, đã quá hạn hoặc đã có liên kết mới hơn. Liên hệ quản
        trị để nhận liên kết khác.
      </p>
    ) : (
      <>
        <p>
          Tài khoản <strong>{account.name}</strong> của {account.shown_name},{" "}
          {inSentence(ROLES[account.role])}.
        </p>
        <Fault>{fault}</Fault>
        <form method="post" class="narrow">
          <Field value={account.name} autocomplete="username" readonly>
            Tên đăng nhập
          </Field>
          <NewPassword />
          <button type="submit">Đặt mật khẩu và đăng nhập</button>
        </form>
      </>
    )}
  </Page>
);

const NewPassword: FC = () => (
  <>
    <Field
      name="password"
      type="password"
      autocomplete="new-password"
      minlength={MIN_PASSWORD}
      required
    >
      Mật khẩu mới, ít nhất {MIN_PASSWORD} ký tự
    </Field>
    <Field name="again" type="password" autocomplete="new-password" required>
      Nhập lại mật khẩu
    </Field>
  </>
);

/** The own account of who is logged in, with a way to another password. */
export const OwnAccountPage: FC<{ isDone?: boolean; fault?: string }> = ({ isDone, fault }) => {
  const { account } = useVisitor();
  return (
    <Page title="Tài khoản của tôi">
      <h1>Tài khoản của tôi</h1>
      <p>
        Tên đăng nhập <strong>{account.name}</strong>: {account.shown_name},{" "}
        {inSentence(ROLES[account.role])}. Đổi tên do quản trị làm.
      </p>
      <Fault>{fault}</Fault>
      <Done>{isDone && "Đã đổi mật khẩu; các phiên khác của tài khoản đã kết thúc."}</Done>
      {account.identity !== undefined ? (
        <p>Mật khẩu của tài khoản này đổi ở máy chủ đăng nhập của cơ quan.</p>
      ) : (
        <Form action={`${DESK}/tai-khoan-cua-toi`} class="narrow">
          <Field value={account.name} autocomplete="username" readonly>
            Tên đăng nhập
          </Field>
          <Field name="current" type="password" autocomplete="current-password" required>
            Mật khẩu đang dùng
          </Field>
          <NewPassword />
          <button type="submit">Đổi mật khẩu</button>
        </Form>
      )}
    </Page>
  );
};

/** An account with its one-time link. */
export interface InvitedOne {
  readonly name: string;
  readonly link: string;
  /** It was in use before. */
  readonly isAgain: boolean;
}

/** Acts of one month, the latest first. */
export interface ActsOfMonth {
  /** As in `2026-11`; nothing where there is none. */
  readonly month: string;
  readonly months: readonly string[];
  readonly lines: readonly ActLine[];
  /** Earlier ones of the month that are not listed. */
  readonly more: number;
}

const ActTable: FC<{ acts: ActsOfMonth }> = ({ acts: { month, months, lines, more } }) => (
  <>
    <h2 id="nhat-ky">Nhật ký</h2>
    {months.length > 1 && (
      <p>
        Tháng:{" "}
        {months.map((one) => (
          <>
            {one === month ? (
              <strong>{monthText(one)}</strong>
            ) : (
              <a href={`${DESK}/tai-khoan?thang=${one}#nhat-ky`}>{monthText(one)}</a>
            )}{" "}
          </>
        ))}
      </p>
    )}
    <Table
      caption="Các lần đăng nhập và các việc đã làm, gần nhất trước"
      head={["Lúc", "Tài khoản", "Việc", "Về", "Từ địa chỉ"]}
    >
      {lines.map((line) => (
        <tr>
          <td>{momentText(new Date(line.at))}</td>
          <td data-label="Tài khoản">{line.account ?? "–"}</td>
          <td>{line.act}</td>
          <td>{line.about}</td>
          <td data-label="Từ địa chỉ">{line.address}</td>
        </tr>
      ))}
    </Table>
    {more > 0 && (
      <p>
        <a href={`${DESK}/tai-khoan?thang=${month}&ca=1#nhat-ky`}>
          Xem cả tháng, thêm {more} việc trước đó
        </a>
      </p>
    )}
  </>
);

/** `11/2026` */
const monthText = (month: string): string => month.split("-").reverse().join("/");

export const AccountsPage: FC<{
  accounts: readonly Account[];
  units: readonly OfficeUnit[];
  acts: ActsOfMonth;
  /** The one-time link of an account that was just invited: shown once. */
  invited?: InvitedOne | undefined;
  fault?: string | undefined;
  now: Date;
  /** A mail server is named. */
  mayMail: boolean;
}> = ({ accounts, units, acts, invited, fault, now, mayMail }) => {
  const silent = unitsWithout(accounts, units).length;
  const visitor = useVisitor();
  // who waits comes first
  const inOrder = accounts.toSorted(
    (one, other) => +(one.forgot_at === undefined) - +(other.forgot_at === undefined),
  );
  const nameOf = new Map(units.map((unit) => [unit.office_code, unit.unit_short_name]));
  return (
    <Page title="Tài khoản" open="tai-khoan">
      <h1>Tài khoản</h1>
      <Fault>{fault}</Fault>
      <p>
        <a href={`${DESK}/khoa`}>Khóa của cơ quan khác</a> ·{" "}
        <a href={`${DESK}/ma-truy-cap`}>Mã truy cập của hệ thống khác</a>
      </p>
      {invited && (
        <div class="done" role="status">
          <p>
            Gửi liên kết này cho người dùng tài khoản <strong>{invited.name}</strong>. Liên kết chỉ
            hiện một lần, dùng được một lần trong 7 ngày.
            {invited.isAgain && " Mật khẩu cũ không còn dùng được, các phiên đang mở đã kết thúc."}
          </p>
          <p>
            <code>{invited.link}</code>
          </p>
        </div>
      )}
      <Table
        caption="Các tài khoản"
        head={["Tên đăng nhập", "Người, chức danh", "Vai trò", "Đơn vị", "Tình trạng", "Việc"]}
      >
        {inOrder.map((account) => (
          <tr>
            <th scope="row">{account.name}</th>
            <td>
              {account.shown_name}
              {account.identity === undefined && <Renaming account={account} />}
            </td>
            <td>{ROLES[account.role]}</td>
            <td data-label="Đơn vị">
              {account.units.map((code) => nameOf.get(code) ?? code).join("; ") || "–"}
            </td>
            <td>
              {stateText(account, now)}
              {account.forgot_at !== undefined && (
                <small>
                  xin đặt lại mật khẩu lúc {momentText(new Date(account.forgot_at))}: cấp liên kết
                  mới
                </small>
              )}
            </td>
            <td>
              <Form action={`${DESK}/tai-khoan/${account.name}`} class="row">
                {account.identity === undefined && <NewLink account={account} />}
                {mayMail && (
                  <>
                    <label>
                      <span class="unseen">Thư điện tử của {account.name}</span>
                      <input
                        type="email"
                        name="email"
                        value={account.email ?? ""}
                        placeholder="thư điện tử"
                        maxlength={200}
                      />
                    </label>
                    <Act act="email">Ghi địa chỉ</Act>
                  </>
                )}
                {account.name !== visitor.account.name && (
                  <Act act={account.is_disabled ? "enable" : "disable"}>
                    {account.is_disabled ? "Mở lại" : "Khóa"}
                  </Act>
                )}
              </Form>
            </td>
          </tr>
        ))}
      </Table>
      {silent > 0 && (
        <>
          <h2>Mời các đơn vị</h2>
          <Form action={`${DESK}/tai-khoan/moi-don-vi`}>
            <p>
              {silent} đơn vị chưa có tài khoản. Mỗi đơn vị được một tài khoản cán bộ; giấy mời in
              ra hiện một lần.
            </p>
            {mayMail && (
              <label class="tick">
                <input type="checkbox" name="mail" value="1" />
                Gửi cả thư đến đơn vị có địa chỉ thư điện tử
              </label>
            )}
            <button type="submit">Mời mọi đơn vị chưa có tài khoản</button>
          </Form>
        </>
      )}
      <h2>Mời người dùng mới</h2>
      <Form action={`${DESK}/tai-khoan`} class="narrow">
        <Field
          name="name"
          pattern={NAME_PATTERN}
          title="chữ thường không dấu, chữ số, dấu chấm, dấu gạch"
          autocapitalize="none"
          required
        >
          Tên đăng nhập
        </Field>
        <Field name="shown_name" maxlength={MAX_SHOWN_NAME} required>
          Người hoặc chức danh
        </Field>
        <Select name="role" required of={ROLE_NAMES.map((role) => [role, ROLES[role]] as const)}>
          Vai trò
        </Select>
        <Select name="units" multiple size={8} of={units.map(unitChoice)}>
          Đơn vị (chỉ với cán bộ đơn vị; giữ Ctrl để chọn nhiều)
        </Select>
        <button type="submit">Mời</button>
      </Form>
      <ActTable acts={acts} />
    </Page>
  );
};

/** A link by which a password is set; where there is one already, what that ends is said before. */
const NewLink: FC<{ account: Account }> = ({ account: { name, password } }) => (
  <details open={password === null}>
    <summary>
      Cấp liên kết mới<span class="unseen"> cho {name}</span>
    </summary>
    {password !== null && <p>Mật khẩu đang dùng hết hiệu lực ngay, các phiên đang mở kết thúc.</p>}
    <Act act="invite">Cấp liên kết</Act>
  </details>
);

/** Another login or shown name: somebody else has the post, or it was typed wrongly. */
const Renaming: FC<{ account: Account }> = ({ account: { name, shown_name } }) => (
  <details>
    <summary>
      Đổi tên<span class="unseen"> tài khoản {name}</span>
    </summary>
    <p>Đổi tên đăng nhập thì các phiên đang mở kết thúc; mật khẩu giữ nguyên.</p>
    <Form action={`${DESK}/tai-khoan/${name}`} class="row">
      <Field name="shown_name" value={shown_name} maxlength={MAX_SHOWN_NAME} required>
        Người hoặc chức danh
      </Field>
      <Field name="name" value={name} pattern={NAME_PATTERN} autocapitalize="none" required>
        Tên đăng nhập
      </Field>
      <Act act="rename">Đổi tên</Act>
    </Form>
  </details>
);

/** A unit as it is chosen for an account or a key. */
export function unitChoice({ office_code, unit_name }: OfficeUnit): readonly [string, string] {
  return [office_code, unit_name];
}

const NAME_PATTERN = "[a-z0-9][a-z0-9._\\-]{1,40}";

/** The units for which nobody has an account. */
export function unitsWithout(
  accounts: readonly Account[],
  units: readonly OfficeUnit[],
): OfficeUnit[] {
  const known = new Set(accounts.flatMap((one) => one.units));
  return units.filter(({ office_code }) => !known.has(office_code));
}

/** Somebody who was invited, with the link that is shown once. */
export interface Invited {
  readonly unit: OfficeUnit;
  readonly name: string;
  readonly link: string;
  /** What became of the mail; null where none was sent. */
  readonly mailed: string | null;
}

/** Invitations of many at once, to be printed and cut apart. */
export const InvitationsPage: FC<{ invited: readonly Invited[] }> = ({ invited }) => (
  <Page title="Giấy mời" open="tai-khoan">
    <h1>Giấy mời các đơn vị</h1>
    <p class="note">
      In trang này ngay: liên kết chỉ hiện một lần, mỗi liên kết dùng được một lần trong 7 ngày.
    </p>
    {invited.map(({ unit, name, link, mailed }) => (
      <section class="preview">
        <h2>{unit.unit_name}</h2>
        <p>
          Tên đăng nhập: <strong>{name}</strong>. Mở liên kết dưới đây để đặt mật khẩu, rồi gửi báo
          cáo tại Bàn làm việc.
        </p>
        <p>
          <code>{link}</code>
        </p>
        {mailed !== null && <p class="note">{mailed}</p>}
      </section>
    ))}
    <p>
      <a href={`${DESK}/tai-khoan`}>Về trang Tài khoản</a>
    </p>
  </Page>
);

function stateText({ is_disabled, password, invitation, identity }: Account, now: Date): string {
  if (is_disabled) return "Đã khóa";
  if (identity !== undefined) return "Đang dùng, đăng nhập một lần";
  if (invitation !== null && password === null) {
    return now < new Date(invitation.until) ? "Đã mời, chưa đặt mật khẩu" : "Lời mời đã quá hạn";
  }
  return password === null ? "Chưa đặt mật khẩu" : "Đang dùng";
}
