import {
  type OwedReport,
  type OwedUnderPlan,
  reminderLetter,
  reminderText,
} from "../../exports/reminder-letter.ts";
import {
  type RecordedAct,
  type RemindedReport,
  type ReminderWay,
  remindUnits,
} from "../../ledger/recorded-acts.ts";
import type { StatusRow } from "../../models/submission-status.ts";
import { lastDayBefore } from "../../vocabulary/date.ts";
import type { Board } from "../office/board.ts";
import type { MailServer } from "../office/mail.ts";
import { actsOn } from "../page/access.ts";
import { changedSince, DESK } from "../page/page.tsx";
import { type Desk, saved } from "../page/request.ts";
import { type Answer, type Asked, about, type Route, type SentForm } from "../page/routes.ts";
import {
  isOverdue,
  MAIL_SUBJECT,
  type MailedUnit,
  type OwingUnit,
  owedBy,
  RemindersPage,
  RemindPage,
} from "./reminder-page.tsx";

const NOBODY = "Chưa chọn đơn vị nào, hoặc đơn vị đã chọn không còn nợ báo cáo.";

const LETTER_FILE = "cong-van-don-doc.docx";

const NOT_TRIED = "chưa gửi, vì máy chủ thư không nhận thư trước đó";

/** Units that owe reports are asked for them: a letter, a text for each, and the ledger remembers. */
export const REMINDER_ROUTES: readonly Route[] = [
  ["get", "/don-doc", "remind units", ({ c, desk }: Asked) => c.render(choicePage(desk))],
  ["post", "/don-doc", "remind units", ofChosen(showTexts)],
  ["post", "/don-doc/gui-thu", "remind units", about(mailServer, mailChosen)],
  ["post", "/don-doc/cong-van", "remind units", asShown(writeLetter)],
  ["post", "/don-doc/ghi-nhan", "remind units", asShown(noteReminded)],
];

/** Does something about whoever was chosen, of those who owe reports now. */
function ofChosen(answer: (form: SentForm, owing: readonly OwingUnit[]) => Answer) {
  return (form: SentForm): Answer => {
    const codes = new Set(form.fields.getAll("unit"));
    const owing = owingUnits(form.desk.office.board).filter(({ unit }) =>
      codes.has(unit.office_code),
    );
    return owing.length === 0
      ? form.c.render(choicePage(form.desk, NOBODY), 400)
      : answer(form, owing);
  };
}

/** The same of what was shown that they owe: of other reports it shows the texts first. */
function asShown(answer: (form: SentForm, owing: readonly OwingUnit[]) => Answer) {
  const ofThese = ofChosen((form, owing) =>
    form.isAsShown(owedBy(owing))
      ? answer(form, owing)
      : showTexts(form, owing, { fault: changedSince("Báo cáo còn nợ", "gửi hoặc ghi nhận") }),
  );
  return async (form: SentForm): Promise<Response> => {
    await form.desk.office.catchUp();
    return ofThese(form);
  };
}

function choicePage({ office: { board } }: Desk, fault?: string) {
  return <RemindPage {...{ board, owing: owingUnits(board), fault }} />;
}

function showTexts(
  { c, desk }: Asked,
  owing: readonly OwingUnit[],
  more: { readonly mails?: MailedUnit[]; readonly fault?: string } = {},
): Answer {
  const texts = owing.map((one) => ({ ...one, text: textFor(desk, one) }));
  const page = <RemindersPage {...{ texts, from: desk.mail?.from ?? null, ...more }} />;
  return c.render(page, more.fault === undefined ? 200 : 409);
}

function mailServer({ desk }: Asked): MailServer | null {
  return desk.mail;
}

function mailChosen(chosen: SentForm, mail: MailServer): Answer {
  return asShown((form, owing) => sendMails(form, owing, mail))(chosen);
}

async function sendMails(
  form: SentForm,
  owing: readonly OwingUnit[],
  mail: MailServer,
): Promise<Response> {
  const { desk } = form;
  const { board } = desk.office;
  const mails: MailedUnit[] = [];
  for (const one of owing) {
    const to = one.unit.email;
    if (to === null) continue;
    const last = mails.at(-1)?.answer;
    if (last?.isHopeless === true) {
      mails.push({ unit: one.unit, to, answer: { ...last, reply: NOT_TRIED } });
      continue;
    }
    const text = textFor(desk, one);
    const letter = await reminderLetter(underPlans(board, [one]), board.at);
    const answer = await mail.send({
      to: { name: one.unit.unit_name, address: to },
      subject: MAIL_SUBJECT,
      text,
      attachment: { name: LETTER_FILE, bytes: letter },
    });
    mails.push({ unit: one.unit, to, answer });
    // at once, so that no mail that has gone out is forgotten
    if (answer.isSent) {
      const how = { way: "mail", sentTo: to, text, serverAnswer: answer.reply } as const;
      await record(form, one.rows, how);
    }
    const act = answer.isSent ? "gửi thư đôn đốc" : "không gửi được thư đôn đốc";
    await form.note(act, `${one.unit.office_code}, ${to}: ${answer.reply}`);
  }
  return showTexts(form, owing, { mails });
}

async function writeLetter({ c, desk }: Asked, owing: readonly OwingUnit[]): Promise<Response> {
  const { board } = desk.office;
  const letter = await reminderLetter(underPlans(board, owing), board.at);
  return saved(c, Buffer.from(letter), LETTER_FILE);
}

async function noteReminded(form: SentForm, owing: readonly OwingUnit[]): Promise<Response> {
  const number = form.text("letter_number").slice(0, 60);
  const reports = owing.flatMap(({ rows }) => rows);
  const how: ReminderWay =
    form.field("way") === "letter"
      ? { way: "letter", letterNumber: number === "" ? null : number }
      : { way: "message" };
  await record(form, reports, how);
  const codes = owing.map(({ unit }) => unit.office_code).join(", ");
  await form.note("ghi nhận đã đôn đốc", codes);
  return form.c.redirect(`${DESK}/don-doc`, 303);
}

function record(
  { desk, by }: SentForm,
  reports: readonly RemindedReport[],
  how: ReminderWay,
): Promise<unknown> {
  return desk.office.write(({ paths, now }) => remindUnits(paths, { ...now, reports, how, by }));
}

/** Units with what is past due, was sent back, or is due soon; whoever is most behind first. */
function owingUnits({ rows, units }: Board): OwingUnit[] {
  const owed = rows.filter((row) => isOverdue(row) || row.wanted === "due_soon");
  const latest = (some: readonly StatusRow[]): number =>
    some.filter(isOverdue).reduce((most, { days_left }) => Math.max(most, 1 - days_left), 0);
  return units
    .map((unit) => ({
      unit,
      rows: owed
        .filter(({ office_code }) => office_code === unit.office_code)
        .sort((one, other) => one.due_before.localeCompare(other.due_before)),
    }))
    .filter((one) => one.rows.length > 0)
    .sort((one, other) => latest(other.rows) - latest(one.rows));
}

/** The text of the reminder of a unit. */
function textFor({ office: { board }, origin }: Desk, one: OwingUnit): string {
  const address = `${origin()}${DESK}/`;
  return reminderText(one.unit.unit_name, underPlans(board, [one]), board.at, address);
}

/** What units owe, by plan in the order of the catalogue. */
function underPlans(board: Board, owing: readonly OwingUnit[]): OwedUnderPlan[] {
  const rows = owing.flatMap((one) => one.rows);
  return board.catalogue.plans
    .map(({ plan }) => ({
      plan,
      owed: rows
        .filter(({ plan_id }) => plan_id === plan.id)
        .map((row) => owedReport(row, actsOn(board, row))),
    }))
    .filter(({ owed }) => owed.length > 0);
}

function owedReport(row: StatusRow, acts: readonly RecordedAct[]): OwedReport {
  // a file is sent back when it comes, a report that was taken in when somebody does so
  const byHand = acts.findLast(({ act }) => act === "returned")?.at ?? "";
  const returnedAt = [row.returned_at ?? "", byHand].sort().at(-1) ?? null;
  return {
    unit: row.unit_name,
    period: row.period_name,
    due: lastDayBefore(row.due_before),
    daysOver: 1 - row.days_left,
    isExtended: row.is_extended,
    returnedAt: row.state === "returned" ? returnedAt : null,
  };
}
