import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FC } from "hono/jsx";
import { keyCode } from "../../contract/check-code.ts";
import { publicKeyIn, publicKeyPem } from "../../contract/sealing.ts";
import { areaMeant } from "../../sources/areas/area-files.ts";
import {
  keysFile,
  type OfficeKey,
  readOfficeKeys,
  withKeyLine,
} from "../../sources/office/office-keys.ts";
import { isCalendarDate, officeTime, vietnameseDate } from "../../vocabulary/date.ts";
import { placeFiles } from "../../warehouse/place-files.ts";
import { DESK, Fault, Field, Form, Page, Table } from "../page/page.tsx";
import type { Desk } from "../page/request.ts";
import type { Answer, Asked, Route, SentForm } from "../page/routes.ts";
import { textFault } from "../page/text-fault.ts";

/** Keys of other offices: trusted here by name, after their codes were compared, and ended here. */
export const KEY_ROUTES: readonly Route[] = [
  ["get", "/khoa", "trust keys", (asked: Asked) => show(asked)],
  ["post", "/khoa", "trust keys", trustKey],
  ["post", "/khoa/thoi", "trust keys", endKey],
];

function show({ c, desk }: Asked, fault?: string): Answer {
  const page = <KeysPage keys={keysOf(desk)} fault={fault} />;
  return c.render(page, fault === undefined ? 200 : 400);
}

/** The keys of other offices, as they are listed now. */
function keysOf({ office }: Desk): readonly OfficeKey[] {
  return readOfficeKeys(office.sources).keys;
}

/** Lists a key of another office, or changes its line. */
async function keepKey(
  desk: Desk,
  { key, ...line }: Pick<OfficeKey, "key" | "area" | "name" | "from" | "until" | "by">,
): Promise<void> {
  await desk.office.write(async ({ sources }) => {
    const list = keysFile(sources);
    const known = keysOf(desk).find((one) => one.key === key)?.file;
    const file = known ?? `${keyCode(key)}.pub`;
    const text = existsSync(list) ? readFileSync(list, "utf8") : "";
    const written = withKeyLine(text, { ...line, file, until: line.until ?? "" });
    const pem = { file: join(dirname(list), file), bytes: Buffer.from(publicKeyPem(key)) };
    await placeFiles(
      [...(known === undefined ? [pem] : []), { file: list, bytes: Buffer.from(written) }],
      () => true,
    );
  });
}

const today = (): string => officeTime(new Date()).slice(0, 10);

async function trustKey(form: SentForm): Promise<Response> {
  const { office } = form.desk;
  const file = form.fields.get("file");
  const key = file instanceof File ? publicKeyIn(await file.text()) : null;
  if (key === null) return show(form, "Chọn tệp khóa công khai (.pub) mà chitieu seal-key đã lập.");
  const name = form.text("name");
  const area = areaMeant(form.text("area"), office.board.catalogue);
  const known = keysOf(form.desk).find((one) => one.key === key);
  const typed = form
    .field("code")
    .toUpperCase()
    .replace(/[^0-9A-F]/g, "");
  const fault =
    typed !== keyCode(key).replaceAll("-", "")
      ? `Mã đã ghi không phải mã kiểm tra của khóa trong tệp (${keyCode(key)}). Hỏi lại cơ quan ấy bằng đường khác; nếu vẫn khác thì không dùng tệp này.`
      : known !== undefined
        ? `Khóa này đã ghi cho “${known.name}”.`
        : textFault(name, "Tên cơ quan");
  if (fault !== null) return show(form, fault);
  if (typeof area === "string") return show(form, area);
  await keepKey(form.desk, {
    key,
    area: area.code,
    name,
    from: today(),
    until: null,
    by: handOf(form),
  });
  await form.note("tin cậy khóa", `${name} ${keyCode(key)}`);
  return form.c.redirect(`${DESK}/khoa`, 303);
}

async function endKey(form: SentForm): Promise<Response> {
  const key = keysOf(form.desk).find((one) => lineOf(one) === form.field("line"));
  const until = form.field("until");
  if (key === undefined) return form.c.notFound();
  if (!isCalendarDate(until)) return show(form, "Ghi ngày cuối cùng còn tin cậy.");
  const by = [key.by, `${handOf(form)} cho thôi ngày ${vietnameseDate(today())}`];
  await keepKey(form.desk, { ...key, until, by: by.filter((one) => one !== "").join("; ") });
  await form.note("thôi tin cậy khóa", `${key.name} ${keyCode(key.key)}`);
  return form.c.redirect(`${DESK}/khoa`, 303);
}

/** By which a line of `keys.csv` is known. */
function lineOf({ key, area, from }: Pick<OfficeKey, "key" | "area" | "from">): string {
  return [key, area, from].join(" ");
}

function handOf({ visitor }: SentForm): string {
  return visitor.account.shown_name;
}

const KeysPage: FC<{ keys: readonly OfficeKey[]; fault?: string | undefined }> = ({
  keys,
  fault,
}) => (
  <Page title="Khóa của cơ quan khác" open="ke-hoach" script="tha-tep.js">
    <h1>Khóa của cơ quan khác</h1>
    <Fault>{fault}</Fault>
    <p>
      Gói báo cáo và kế hoạch của cơ quan khác được nhận là của cơ quan ấy khi ký bằng khóa ghi ở
      đây.
    </p>
    {keys.length === 0 ? (
      <p>Chưa tin cậy khóa nào.</p>
    ) : (
      <Table caption="Khóa đã ghi" head={["Cơ quan", "Mã kiểm tra", "Tin cậy", "Việc"]}>
        {keys.map(({ key, name, area, from, until, by }) => (
          <tr>
            <th scope="row">
              {name}
              <small>địa bàn {area}</small>
            </th>
            <td data-label="Mã kiểm tra">
              <code>{keyCode(key)}</code>
            </td>
            <td data-label="Tin cậy">
              từ {vietnameseDate(from)}
              {until !== null && ` đến hết ${vietnameseDate(until)}`}
              <small>{by === "" ? "ghi thẳng vào keys.csv" : by}</small>
            </td>
            <td>
              <Form action={`${DESK}/khoa/thoi`} class="row">
                <input type="hidden" name="line" value={lineOf({ key, area, from })} />
                <Field type="date" name="until" value={until ?? ""} required>
                  Ngày cuối còn tin cậy
                </Field>
                <button type="submit" class="plain">
                  Thôi tin cậy<span class="unseen"> khóa của {name}</span>
                </button>
              </Form>
            </td>
          </tr>
        ))}
      </Table>
    )}
    <h2>Tin cậy một khóa</h2>
    <Form action={`${DESK}/khoa`} enctype="multipart/form-data" class="narrow">
      <Field type="file" name="file" accept=".pub" required>
        Tệp khóa công khai (.pub) mà cơ quan ấy gửi
      </Field>
      <Field name="code" maxlength={40} autocomplete="off" spellcheck={false} required>
        Mã kiểm tra của khóa, nghe qua điện thoại hoặc đọc ở văn bản giấy
      </Field>
      <Field name="name" maxlength={200} required>
        Tên cơ quan
      </Field>
      <Field name="area" maxlength={200} autocomplete="off" required>
        Tên hoặc mã địa bàn của cơ quan
      </Field>
      <button type="submit">Tin cậy khóa này</button>
    </Form>
  </Page>
);
