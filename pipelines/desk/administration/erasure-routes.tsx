import { wordsIn } from "../../persons/spoken-text.ts";
import type { FoundTexts } from "../office/office.ts";
import { DESK } from "../page/page.tsx";
import { type C, type Desk, type DeskApp, sentForm, visitorWho } from "../page/request.ts";
import { textFault } from "../page/text-fault.ts";
import { ErasurePage } from "./erasure-page.tsx";

/**
 * Single texts are looked for by words that stand in them, and erased. The words come in a form, never in
 * an address, and nothing keeps them.
 */
export function addErasureRoutes(app: DeskApp, desk: Desk): void {
  const { office } = desk;

  const shown = (
    c: C,
    page: { words?: string; found?: FoundTexts; fault?: string; told?: string },
  ) => {
    const { words = "", found = null, fault, told } = page;
    return c.render(
      <ErasurePage {...{ board: office.board, words, found, fault, told }} />,
      fault === undefined ? 200 : 400,
    );
  };

  app.get("/xoa-noi-dung", (c) => {
    visitorWho(c, "erase");
    return shown(c, c.req.query("da-xoa") === undefined ? {} : { told: "Đã xóa hẳn." });
  });
  app.post("/xoa-noi-dung/tim", async (c) => {
    const words = (await sentForm(desk, c, "erase")).text("words");
    if (wordsIn(words) === 0) return shown(c, { fault: "Chưa ghi từ ngữ cần tìm." });
    return shown(c, { words, found: await office.lookForTexts(words) });
  });
  app.post("/xoa-noi-dung", async (c) => {
    const form = await sentForm(desk, c, "erase");
    const words = form.text("words");
    const ids = [...new Set(form.fields.getAll("text"))].filter((one) => typeof one === "string");
    const reason = form.text("reason");
    const again = async (fault: string) =>
      wordsIn(words) === 0
        ? shown(c, { fault })
        : shown(c, { words, found: await office.lookForTexts(words), fault });
    if (ids.length === 0) return again("Chưa chọn nội dung nào.");
    if (form.field("number").trim() !== String(ids.length)) {
      return again(`Chưa xóa: ghi đúng số nội dung đã chọn (${ids.length}) để xác nhận.`);
    }
    const fault = textFault(reason, "Lý do xóa");
    if (fault !== null) return again(fault);
    if (!(await office.eraseTexts(ids, reason, form.by))) {
      return again("Chưa xóa: có nội dung đã chọn không còn ở đây.");
    }
    await form.note("xóa nội dung", String(ids.length));
    return c.redirect(`${DESK}/xoa-noi-dung?da-xoa`, 303);
  });
}
