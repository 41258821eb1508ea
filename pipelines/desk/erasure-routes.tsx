import { wordsIn } from "../persons/spoken-text.ts";
import { ErasurePage } from "./erasure-page.tsx";
import { DESK } from "./page.tsx";
import {
  actorOf,
  type C,
  type Desk,
  type DeskApp,
  fieldOf,
  note,
  ownForm,
  visitorWho,
} from "./request.ts";
import { faultOfSaid, saidIn } from "./said.ts";

/**
 * Single texts are looked for by words that stand in them, and erased. The words come in a form, never in
 * an address, and nothing puts them down.
 */
export function addErasureRoutes(app: DeskApp, desk: Desk): void {
  const { office, isDemonstration } = desk;

  const found = async (c: C, words: string, fault?: string) => {
    const visitor = visitorWho(c, "erase");
    const { board } = office;
    const texts = await office.lookForTexts(words);
    return c.html(
      <ErasurePage {...{ visitor, board, words, found: texts, fault, isDemonstration }} />,
      fault === undefined ? 200 : 400,
    );
  };
  const asked = (c: C, fault?: string, told?: string) => {
    const visitor = visitorWho(c, "erase");
    const { board } = office;
    return c.html(
      <ErasurePage {...{ visitor, board, words: "", found: null, fault, told, isDemonstration }} />,
      fault === undefined ? 200 : 400,
    );
  };

  app.get("/xoa-noi-dung", (c) =>
    asked(c, undefined, c.req.query("da-xoa") === undefined ? undefined : "Đã xóa hẳn."),
  );
  app.post("/xoa-noi-dung/tim", async (c) => {
    visitorWho(c, "erase");
    const words = saidIn(await ownForm(desk, c), "words");
    return wordsIn(words) === 0 ? asked(c, "Chưa ghi từ ngữ cần tìm.") : found(c, words);
  });
  app.post("/xoa-noi-dung", async (c) => {
    const visitor = visitorWho(c, "erase");
    const form = await ownForm(desk, c);
    const words = saidIn(form, "words");
    const ids = [...new Set(form.getAll("text"))].filter((one) => typeof one === "string");
    const reason = saidIn(form, "reason");
    const again = (fault: string) =>
      wordsIn(words) === 0 ? asked(c, fault) : found(c, words, fault);
    if (ids.length === 0) return again("Chưa chọn nội dung nào.");
    if (fieldOf(form, "number").trim() !== String(ids.length)) {
      return again(`Chưa xóa: ghi đúng số nội dung đã chọn (${ids.length}) để xác nhận.`);
    }
    const fault = faultOfSaid(reason, "Lý do xóa");
    if (fault !== null) return again(fault);
    const by = actorOf(visitor.account);
    if (!(await office.eraseTexts(ids, reason, by))) {
      return again("Chưa xóa: có nội dung đã chọn không còn ở đây.");
    }
    await note(desk, c, visitor.account.name, "xóa nội dung", String(ids.length));
    return c.redirect(`${DESK}/xoa-noi-dung?da-xoa`, 303);
  });
}
