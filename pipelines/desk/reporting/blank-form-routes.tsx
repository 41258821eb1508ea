import type { FC } from "hono/jsx";
import { formFileName } from "../../forms/form-files.ts";
import { formWorkbook } from "../../forms/form-workbook.ts";
import { reportKey } from "../../intake/judge.ts";
import type { OfficeUnit, StatusRow } from "../../models/submission-status.ts";
import { lastDayBefore, vietnameseDate } from "../../vocabulary/date.ts";
import { pack } from "../../workbook/zip.ts";
import { may } from "../accounts/roles.ts";
import { formsOf, reportsOf } from "../page/access.ts";
import { DESK, Page, Select, Table } from "../page/page.tsx";
import { saved, visitorWho } from "../page/request.ts";
import type { Answer, Asked, DeskRequest, Route } from "../page/routes.ts";
import { ReportName } from "./report-parts.tsx";

/** Where who has no account finds the blank forms of a unit. */
const PATH = "/bieu-trong";

/** Blank forms: of a unit also for who is not logged in, where the pages are open to everybody. */
export const BLANK_FORM_ROUTES: readonly Route[] = [
  ["get", PATH, "anybody", listForms],
  ["get", "/bieu-mau/:plan/:period/:unit", "anybody", blankForm],
  ["get", "/bieu-mau/:plan", "see every unit", packedForms],
];

/** Where the blank form of a report is. */
export function formAddress({
  plan_id,
  period,
  unit_code,
}: Pick<StatusRow, "plan_id" | "period" | "unit_code">): string {
  return `${DESK}/bieu-mau/${[plan_id, period, unit_code].map(encodeURIComponent).join("/")}`;
}

function listForms({ c, desk }: DeskRequest): Answer {
  if (!desk.arePagesOpen) visitorWho(c);
  const { rows, units } = desk.office.board;
  const unit = units.find(({ office_code }) => office_code === c.req.query("don-vi"));
  const owed = rows.filter(
    (row) => row.office_code === unit?.office_code && row.timeliness !== "not_applicable",
  );
  return c.render(<BlankFormsPage {...{ units, unit, owed }} />);
}

const BlankFormsPage: FC<{
  units: readonly OfficeUnit[];
  /** Whose forms are asked for. */
  unit: OfficeUnit | undefined;
  owed: readonly StatusRow[];
}> = ({ units, unit, owed }) => (
  <Page title="Biểu trống" isForAnybody>
    <h1>Biểu trống của một đơn vị</h1>
    <form method="get" action={`${DESK}${PATH}`} class="row">
      <Select
        name="don-vi"
        required
        of={[["", "Chọn đơn vị"], ...units.map((one) => [one.office_code, one.unit_name] as const)]}
        chosen={unit?.office_code}
      >
        Đơn vị
      </Select>
      <button type="submit">Xem biểu</button>
    </form>
    {unit && (
      <Table caption={`Biểu của ${unit.unit_name}`} head={["Báo cáo", "Hạn gửi", "Biểu trống"]}>
        {owed.map((row) => (
          <tr>
            <th scope="row">
              <ReportName row={row} />
            </th>
            <td data-label="Hạn gửi">{vietnameseDate(lastDayBefore(row.due_before))}</td>
            <td>
              <a href={formAddress(row)} download>
                Tải biểu (.xlsx)
              </a>
            </td>
          </tr>
        ))}
      </Table>
    )}
    <p>
      Điền xong thì <a href={`${DESK}/dang-nhap`}>đăng nhập</a> để gửi; chưa có tài khoản thì gửi
      cho cơ quan tổng hợp như vẫn gửi.
    </p>
  </Page>
);

async function blankForm({ c, desk }: DeskRequest): Promise<Response> {
  const { board } = desk.office;
  const { plan = "", period = "", unit = "" } = c.req.param();
  const mayHave = (): boolean => {
    if (desk.arePagesOpen) return true;
    const { account } = visitorWho(c);
    const isOwn = reportsOf(board, account).has(reportKey({ plan, unit, period }));
    return isOwn || may(account.role, "see every unit");
  };
  const form = mayHave()
    ? formsOf(board, plan, period).find(({ unit: { code } }) => code === unit)
    : undefined;
  if (form === undefined) return c.notFound();
  const bytes = await formWorkbook(form.plan, form.unit, form.period);
  return saved(c, Buffer.from(bytes), formFileName(form));
}

/** The forms of all units for the periods that are asked for; a folder each where there are several. */
async function packedForms({ c, desk }: Asked): Promise<Response> {
  const { plan = "" } = c.req.param();
  const periods = [...new Set(c.req.queries("ky") ?? [])];
  const parts: [string, Uint8Array][] = [];
  for (const period of periods) {
    for (const form of formsOf(desk.office.board, plan, period)) {
      const folder = periods.length > 1 ? `${period}/` : "";
      const bytes = await formWorkbook(form.plan, form.unit, form.period);
      parts.push([`${folder}${formFileName(form)}`, bytes]);
    }
  }
  if (parts.length === 0) return c.notFound();
  return saved(c, Buffer.from(pack(parts, 0)), `bieu-mau_${[plan, ...periods].join("_")}.zip`);
}
