import type { FC } from "hono/jsx";
import {
  type ClockDoubt,
  clockRemedy,
  clockState,
  clockWords,
  confirmClock,
  correctClock,
  ENTRY_NAMES,
  type EntryMoment,
  likelyMoment,
} from "../../ledger/clock.ts";
import { parseMoment } from "../../vocabulary/date.ts";
import { Failure, resultOrFailure } from "../../vocabulary/failure.ts";
import { DESK, Fault, Field, Form, momentText, Page, Table } from "../page/page.tsx";
import type { Asked, Route, SentForm } from "../page/routes.ts";
import { textFault } from "../page/text-fault.ts";

/** Entries that are listed, the last. */
const LISTED = 30;

/** The clock beside the journal: said to be right, or what was recorded under a wrong one set right. */
export const CLOCK_ROUTES: readonly Route[] = [
  ["get", "/dong-ho", "set the clock right", (asked: Asked) => show(asked)],
  ["post", "/dong-ho/dung", "set the clock right", confirm],
  ["post", "/dong-ho/sua", "set the clock right", correct],
];

async function show({ c, desk }: Asked, fault?: string): Promise<Response> {
  const now = new Date();
  const found = await desk.office.read(({ paths }) =>
    clockState(paths, now, LISTED, desk.office.clock),
  );
  return c.render(<ClockPage {...{ ...found, now, fault }} />, fault === undefined ? 200 : 400);
}

function confirm(form: SentForm): Promise<Response> {
  return act(form, "xác nhận đồng hồ", (recording, { paths }) => confirmClock(paths, recording));
}

function correct(form: SentForm): Promise<Response> {
  const [first, last] = [form.field("first"), form.field("last")].map(Number);
  return act(form, "sửa thời điểm", async (recording, { paths }) => {
    const at = momentIn(form.field("at"));
    if (!Number.isInteger(first) || !Number.isInteger(last) || at === null) {
      throw new Failure("Ghi số của mục đầu, mục cuối và thời điểm đúng của mục đầu.");
    }
    await correctClock(paths, { ...recording, first: first ?? 0, last: last ?? 0, at });
  });
}

async function act(
  form: SentForm,
  what: string,
  record: (
    recording: Parameters<typeof confirmClock>[1],
    turn: { readonly paths: Parameters<typeof confirmClock>[0] },
  ) => Promise<void>,
): Promise<Response> {
  const { office } = form.desk;
  const reason = form.text("reason");
  const fault = textFault(reason, "Lý do");
  if (fault !== null) return show(form, fault);
  const failed = await resultOrFailure(
    office.write((turn) => record({ ...turn.now, reason, by: form.by }, turn), "about the clock"),
  );
  if (failed instanceof Failure) return show(form, failed.message);
  await form.note(what, `${form.field("first")} ${form.field("last")}`.trim());
  return form.c.redirect(`${DESK}/dong-ho`, 303);
}

function momentIn(text: string): Date | null {
  try {
    return parseMoment(text);
  } catch {
    return null;
  }
}

const ClockPage: FC<{
  doubt: ClockDoubt | null;
  entries: readonly EntryMoment[];
  now: Date;
  fault: string | undefined;
}> = ({ doubt, entries, now, fault }) => (
  <Page title="Đồng hồ">
    <h1>Đồng hồ của máy</h1>
    <Fault>{fault}</Fault>
    {doubt === null ? (
      <p>Đồng hồ máy chỉ {momentText(now)}, khớp với nhật ký.</p>
    ) : (
      <p>
        {clockWords(doubt)} Tệp gửi lên đang được giữ lại; phát hành và các việc khác phải chờ.{" "}
        {clockRemedy(doubt)}
      </p>
    )}
    {doubt?.is === "ahead" && (
      <Form action={`${DESK}/dong-ho/dung`} class="narrow">
        <Reason />
        <button type="submit">Đồng hồ đúng</button>
      </Form>
    )}
    <h2>Sửa thời điểm đã ghi theo đồng hồ sai</h2>
    <Form action={`${DESK}/dong-ho/sua`} class="narrow">
      <Field name="first" inputmode="numeric" value={doubt?.after?.first ?? ""} required>
        Từ mục số
      </Field>
      <Field name="last" inputmode="numeric" value={doubt?.after?.last ?? ""} required>
        Đến mục số
      </Field>
      <Field
        type="datetime-local"
        name="at"
        step="1"
        value={(doubt && likelyMoment(doubt, entries)) ?? ""}
        required
      >
        Lúc đúng của mục đầu tiên; các mục sau dời đi cùng một khoảng
      </Field>
      <Reason />
      <button type="submit">Ghi lại thời điểm</button>
    </Form>
    <Table caption="Các mục cuối của nhật ký" head={["Mục", "Loại", "Lúc ghi"]}>
      {entries.toReversed().map(({ entry_no, kind, recorded, moment }) => (
        <tr>
          <th scope="row">{entry_no}</th>
          <td data-label="Loại">{ENTRY_NAMES[kind]}</td>
          <td data-label="Lúc ghi">
            {momentText(moment)}
            {recorded.getTime() !== moment.getTime() && (
              <small>đồng hồ lúc ấy: {momentText(recorded)}</small>
            )}
          </td>
        </tr>
      ))}
    </Table>
  </Page>
);

const Reason: FC = () => (
  <Field name="reason" maxlength={500} required>
    Lý do; được lưu vĩnh viễn, không nêu tên người
  </Field>
);
