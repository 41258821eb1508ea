import { decideOnTexts } from "../../ledger/recorded-acts.ts";
import { type FreeText, readFreeTexts } from "../../models/free-text.ts";
import { wordsIn } from "../../persons/spoken-text.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { eraseTexts, type FoundTexts, lookForTexts } from "../office/erasing.ts";
import { DESK } from "../page/page.tsx";
import type { Answer, Asked, Route, SentForm } from "../page/routes.ts";
import { textFault } from "../page/text-fault.ts";
import { isReaders, READERS } from "../page/text-readers.ts";
import { ErasurePage } from "./erasure-page.tsx";

/**
 * Who may read a text is decided. Single texts are looked for by words that stand in them, and
 * erased. The words come in a form, never in an address, and nothing keeps them.
 */
export const ERASURE_ROUTES: readonly Route[] = [
  ["get", "/xoa-noi-dung", "erase", beginErasure],
  ["post", "/xoa-noi-dung/tim", "erase", findTexts],
  ["post", "/xoa-noi-dung", "erase", eraseChosen],
  ["post", "/cho-doc", "erase", decide],
];

function textsOf({ desk }: Asked): Promise<FreeText[]> {
  const { catalogue } = desk.office.board;
  return desk.office.read(({ paths }) => readFreeTexts({ paths, catalogue }));
}

async function decide(form: SentForm): Promise<Response> {
  const decision = form.field("act");
  const one = (await textsOf(form)).find(({ text_id }) => text_id === form.field("decided"));
  if (one === undefined || !isReaders(decision, one.is_guarded)) {
    return shown(form, {
      fault: "Nội dung này không còn ở đây, hoặc không cho mọi người đọc được.",
    });
  }
  const { by } = form;
  const decided = { textIds: [one.text_id], decision, decidedBy: by.name ?? by.account, by };
  await form.desk.office.write(({ paths, now }) => decideOnTexts(paths, { ...now, ...decided }));
  await form.note("quyết định ai được đọc nội dung", `${decision} ${one.text_id}`);
  return shown(form, { done: `Người được xem: ${inSentence(READERS[decision])}.` });
}

async function shown(
  asked: Asked,
  page: { words?: string; found?: FoundTexts; fault?: string; done?: string },
): Promise<Response> {
  const { words = "", found = null, fault, done } = page;
  const { board } = asked.desk.office;
  const shownPage = asked.c.req.query("trang");
  const texts = await textsOf(asked);
  return asked.c.render(
    <ErasurePage {...{ board, texts, asked: shownPage, words, found, fault, done }} />,
    fault === undefined ? 200 : 400,
  );
}

function beginErasure(asked: Asked): Answer {
  const isDone = asked.c.req.query("da-xoa") !== undefined;
  return shown(asked, isDone ? { done: "Đã xóa hẳn." } : {});
}

async function findTexts(form: SentForm): Promise<Response> {
  const words = form.text("words");
  if (wordsIn(words) === 0) return shown(form, { fault: "Chưa ghi từ ngữ cần tìm." });
  return shown(form, { words, found: await lookForTexts(form.desk.office, words) });
}

async function eraseChosen(form: SentForm): Promise<Response> {
  const { office } = form.desk;
  const words = form.text("words");
  const ids = [...new Set(form.fields.getAll("text"))].filter((one) => typeof one === "string");
  const reason = form.text("reason");
  const again = async (fault: string) =>
    wordsIn(words) === 0
      ? shown(form, { fault })
      : shown(form, { words, found: await lookForTexts(office, words), fault });
  if (ids.length === 0) return again("Chưa chọn nội dung nào.");
  if (form.field("number").trim() !== String(ids.length)) {
    return again(`Chưa xóa: ghi đúng số nội dung đã chọn (${ids.length}) để xác nhận.`);
  }
  const fault = textFault(reason, "Lý do xóa");
  if (fault !== null) return again(fault);
  if (!(await eraseTexts(office, ids, reason, form.by))) {
    return again("Chưa xóa: có nội dung đã chọn không còn ở đây.");
  }
  await form.note("xóa nội dung", String(ids.length));
  return form.c.redirect(`${DESK}/xoa-noi-dung?da-xoa`, 303);
}
