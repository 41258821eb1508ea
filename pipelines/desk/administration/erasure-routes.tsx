import { wordsIn } from "../../persons/spoken-text.ts";
import { eraseTexts, type FoundTexts, lookForTexts } from "../office/erasing.ts";
import { DESK } from "../page/page.tsx";
import type { Answer, Asked, Route, SentForm } from "../page/routes.ts";
import { textFault } from "../page/text-fault.ts";
import { ErasurePage } from "./erasure-page.tsx";

/**
 * Single texts are looked for by words that stand in them, and erased. The words come in a form, never in
 * an address, and nothing keeps them.
 */
export const ERASURE_ROUTES: readonly Route[] = [
  ["get", "/xoa-noi-dung", "erase", beginErasure],
  ["post", "/xoa-noi-dung/tim", "erase", findTexts],
  ["post", "/xoa-noi-dung", "erase", eraseChosen],
];

function shown(
  { c, desk }: Asked,
  page: { words?: string; found?: FoundTexts; fault?: string; done?: string },
): Answer {
  const { words = "", found = null, fault, done } = page;
  return c.render(
    <ErasurePage {...{ board: desk.office.board, words, found, fault, done }} />,
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
