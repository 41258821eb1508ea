import type { FC } from "hono/jsx";
import type { OfficeUnit } from "../../models/submission-status.ts";
import { AUDIENCES } from "../../vocabulary/audiences.ts";
import { MAX_SHOWN_NAME } from "../accounts/accounts.ts";
import {
  DEFAULT_LIMITS,
  keyFault,
  keyPurpose,
  MOST_LIMITS,
  type SystemKey,
} from "../accounts/system-keys.ts";
import { DESK, Fault, Field, Form, momentText, Page, Select, Table } from "../page/page.tsx";
import type { Asked, Route, SentForm } from "../page/routes.ts";
import { unitChoice } from "./account-pages.tsx";

/** Keys by which other systems send reports or read figures: given, listed, revoked. */
export const SYSTEM_KEY_ROUTES: readonly Route[] = [
  ["get", "/ma-truy-cap", "manage accounts", (asked: Asked) => show(asked)],
  ["post", "/ma-truy-cap", "manage accounts", give],
  ["post", "/ma-truy-cap/:id/thu-hoi", "manage accounts", revoke],
];

const LIMITS = [
  ["per_minute", "Số yêu cầu mỗi phút", MOST_LIMITS.perMinute, DEFAULT_LIMITS.perMinute],
  ["mib", "Dung lượng mỗi lần gửi (MB)", MOST_LIMITS.mib, DEFAULT_LIMITS.mib],
] as const;

interface Notice {
  readonly fault?: string;
  /** A key that was just made, with its secret: shown once. */
  readonly made?: { readonly key: SystemKey; readonly secret: string };
}

async function show({ c, desk }: Asked, notice: Notice = {}): Promise<Response> {
  const keys = await Promise.all(
    (await desk.keys.list()).map(async (key) => ({ key, used: await desk.keys.lastUse(key) })),
  );
  const page = <SystemKeysPage {...{ keys, units: desk.office.board.units, ...notice }} />;
  return c.render(page, notice.fault === undefined ? 200 : 400);
}

async function give(form: SentForm): Promise<Response> {
  const { desk, visitor } = form;
  const known = new Set(desk.office.board.units.map(({ office_code }) => office_code));
  const facts = {
    name: form.text("name"),
    units: form.fields.getAll("units").filter((one): one is string => known.has(String(one))),
    audience: AUDIENCES.find((one) => one === form.field("audience")) ?? null,
    perMinute: Number(form.field("per_minute")),
    mib: Number(form.field("mib")),
    by: visitor.account.name,
  };
  const fault = keyFault(facts);
  if (fault !== null) return show(form, { fault });
  const made = await desk.keys.make(facts, new Date());
  await form.note("cấp mã truy cập", `${made.key.id} ${made.key.name}: ${keyPurpose(made.key)}`);
  return show(form, { made });
}

async function revoke(form: SentForm): Promise<Response> {
  const { c, desk, visitor } = form;
  const key = await desk.keys.find(c.req.param("id") ?? "");
  if (key === null) return c.notFound();
  if (key.revoked === null) {
    await desk.keys.revoke(key, visitor.account.name, new Date());
    await form.note("thu hồi mã truy cập", `${key.id} ${key.name}`);
  }
  return c.redirect(`${DESK}/ma-truy-cap`, 303);
}

const SystemKeysPage: FC<
  Notice & {
    keys: readonly { readonly key: SystemKey; readonly used: string | null }[];
    units: readonly OfficeUnit[];
  }
> = ({ keys, units, fault, made }) => (
  <Page title="Mã truy cập của hệ thống khác" open="tai-khoan">
    <h1>Mã truy cập của hệ thống khác</h1>
    <Fault>{fault}</Fault>
    <p>
      Hệ thống khác gửi báo cáo hoặc đọc số liệu qua <code>/api/</code> bằng một mã. Mỗi lần cấp,
      thu hồi, gửi báo cáo đều ghi vào nhật ký.
    </p>
    {made && (
      <div class="done" role="status">
        <p>
          Đưa mã này cho người quản lý <strong>{made.key.name}</strong>. Mã chỉ hiện một lần và
          không được lưu; mất thì thu hồi và cấp mã khác.
        </p>
        <p>
          <code>{made.secret}</code>
        </p>
      </div>
    )}
    {keys.length === 0 ? (
      <p>Chưa cấp mã nào.</p>
    ) : (
      <Table
        caption="Các mã đã cấp"
        head={["Hệ thống", "Được làm", "Giới hạn", "Cấp lúc", "Dùng lần cuối", "Việc"]}
      >
        {keys.map(({ key, used }) => (
          <tr>
            <th scope="row">
              {key.name}
              <small>mã {key.id}</small>
            </th>
            <td data-label="Được làm">{keyPurpose(key)}</td>
            <td data-label="Giới hạn">
              {key.per_minute} yêu cầu mỗi phút, {key.max_bytes / 1024 / 1024} MB mỗi lần
            </td>
            <td data-label="Cấp lúc">
              {momentText(new Date(key.made_at))}
              <small>{key.made_by}</small>
            </td>
            <td data-label="Dùng lần cuối">
              {used === null ? "chưa dùng" : momentText(new Date(used))}
            </td>
            <td>
              {key.revoked === null ? (
                <Form action={`${DESK}/ma-truy-cap/${key.id}/thu-hoi`} class="row">
                  <button type="submit" class="plain">
                    Thu hồi<span class="unseen"> mã của {key.name}</span>
                  </button>
                </Form>
              ) : (
                <>
                  đã thu hồi {momentText(new Date(key.revoked.at))}
                  <small>{key.revoked.by}</small>
                </>
              )}
            </td>
          </tr>
        ))}
      </Table>
    )}
    <h2>Cấp mã</h2>
    <Form action={`${DESK}/ma-truy-cap`} class="narrow">
      <Field name="name" maxlength={MAX_SHOWN_NAME} autocomplete="off" required>
        Tên hệ thống
      </Field>
      <Select name="units" multiple size={8} of={units.map(unitChoice)}>
        Gửi báo cáo của đơn vị (giữ Ctrl để chọn nhiều)
      </Select>
      <label>
        hoặc đọc số liệu
        <select name="audience">
          <option value="">không</option>
          <option value="shared">bản chung: như mọi người được xem</option>
          <option value="city">bản nội bộ: gồm cả số nhỏ không công bố</option>
        </select>
      </label>
      {LIMITS.map(([name, words, most, usual]) => (
        <Field type="number" name={name} min={1} max={most} value={usual} required>
          {words}
        </Field>
      ))}
      <button type="submit">Cấp mã</button>
    </Form>
  </Page>
);
