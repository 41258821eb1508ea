import { readFile } from "node:fs/promises";
import { areasBelowOf } from "../../intake/handed-up.ts";
import { findReply } from "../../intake/reply.ts";
import { Failure } from "../../vocabulary/failure.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";
import { may } from "../accounts/roles.ts";
import { type KeptReceipt, keptFileOf, versionOf } from "../kept/receipts.ts";
import { receiptsSeenBy, standingOf } from "../page/access.ts";
import { DESK, type Visitor } from "../page/page.tsx";
import { type C, type Desk, type DeskApp, saved, sentForm, visitorWho } from "../page/request.ts";
import { textFault } from "../page/text-fault.ts";
import { AreasBelowPage, isAskedFor, ReceiptPage, ReceiptsPage } from "./receipt-pages.tsx";

/** What became of each file: its receipt, its marked copy, the file itself. */
export function addReceiptRoutes(app: DeskApp, desk: Desk): void {
  const { office, receipts, paths } = desk;

  app.get("/phieu", async (c) => {
    const visitor = visitorWho(c);
    const { board } = office;
    const asked = {
      words: c.req.query("tim") ?? "",
      outcome: c.req.query("kq") ?? "",
      page: Math.max(1, Number.parseInt(c.req.query("trang") ?? "1", 10) || 1),
    };
    const [isSeen, isMeant] = [receiptsSeenBy(visitor, board), isAskedFor(board, asked)];
    const found = await receipts.list((one) => isSeen(one) && isMeant(one), Infinity);
    return c.render(<ReceiptsPage {...{ receipts: found, board, asked }} />);
  });
  const receiptOf = async (c: C): Promise<{ visitor: Visitor; receipt: KeptReceipt } | null> => {
    const visitor = visitorWho(c);
    const number = /^\d{1,9}$/.exec(c.req.param("no") ?? "")?.[0];
    const receipt = number === undefined ? null : await receipts.find(Number(number));
    return receipt !== null && receiptsSeenBy(visitor, office.board)(receipt)
      ? { visitor, receipt }
      : null;
  };
  app.get("/phieu/:no", async (c) => {
    const found = await receiptOf(c);
    if (found === null) return c.notFound();
    const { receipt } = found;
    const isKnown =
      receipt.outcome !== "accepted" ||
      (await office.isKnown(
        receipt.claims.map((one) => ({ ...one, plan: one.plan_id, unitId: one.unit_id })),
      ));
    if (!isKnown) c.header("refresh", "10");
    return c.render(receiptPage({ ...found, isKnown }));
  });
  const receiptPage = (
    {
      visitor,
      receipt,
      isKnown = true,
    }: { visitor: Visitor; receipt: KeptReceipt; isKnown?: boolean },
    fault?: string,
  ) => {
    const isFileKept = keptFileOf(paths, receipt) !== null;
    return (
      <ReceiptPage
        {...{ board: office.board, receipt, fault, isFileKept }}
        standing={isKnown ? standingOf(office.board, receipt) : null}
        hasMarkedCopy={markedCopyOf(paths, receipt) !== null}
        mayMap={isFileKept && may(visitor.account.role, "prepare reports")}
        mayTakeAgain={
          isFileKept && isRefusedForNow(receipt) && may(visitor.account.role, "send for any unit")
        }
        mayErase={isFileKept && may(visitor.account.role, "erase")}
      />
    );
  };
  app.post("/phieu/:no/xoa", async (c) => {
    const form = await sentForm(desk, c, "erase");
    const found = await receiptOf(c);
    if (found === null) return c.notFound();
    const { receiptNo } = found.receipt;
    const reason = form.text("reason");
    const isMeant = form.field("number").trim() === String(receiptNo);
    const fault =
      keptFileOf(paths, found.receipt) === null
        ? "Tệp này không còn được lưu."
        : !isMeant
          ? "Chưa xóa: ghi đúng số phiếu để xác nhận."
          : textFault(reason, "Lý do xóa");
    if (fault !== null) return c.render(receiptPage(found, fault), 400);
    await office.eraseFile(receiptNo, reason, form.by);
    await form.note("xóa tệp", String(receiptNo));
    return c.redirect(`${DESK}/phieu/${receiptNo}`, 303);
  });
  app.post("/phieu/:no/nhan-lai", async (c) => {
    const form = await sentForm(desk, c, "send for any unit");
    const found = await receiptOf(c);
    const path = found === null ? null : keptFileOf(paths, found.receipt);
    if (found === null || path === null || !isRefusedForNow(found.receipt)) return c.notFound();
    const { file, receivedAt, problems } = found.receipt;
    const now = new Date();
    // its office sent it in time; a key is trusted from the day on which somebody compared it
    const isOfKey = problems.some(({ code }) => code === "version_unknown_key");
    const taken = await office.receive({
      ...{ file, content: { bytes: new Uint8Array(await readFile(path)) }, recordedAt: now },
      ...{ receivedAt: isOfKey ? now : receivedAt, isMomentStated: !isOfKey, by: form.by },
    });
    if (taken instanceof Failure) {
      desk.onFailure(taken);
      return c.render(receiptPage(found, taken.message), 503);
    }
    const numbers = taken.map(({ receipt_no }) => receipt_no);
    await form.note("nhận lại gói", numbers.join(", "));
    return c.redirect(`${DESK}/phieu/${numbers[0] ?? found.receipt.receiptNo}`, 303);
  });
  app.get("/phieu/:no/ban-danh-dau", async (c) => {
    const found = await receiptOf(c);
    const copy = found === null ? null : markedCopyOf(paths, found.receipt);
    if (copy === null) return c.notFound();
    return saved(c, await readFile(copy), `phieu-${found?.receipt.receiptNo}-danh-dau.xlsx`);
  });
  app.get("/phieu/:no/dia-ban", async (c) => {
    visitorWho(c, "see city pages");
    const found = await receiptOf(c);
    const version = found === null ? null : await versionOf(paths, found.receipt);
    if (found === null || version === null || found.receipt.outcome !== "accepted")
      return c.notFound();
    const plans = areasBelowOf(office.board.catalogue.plans, version);
    return c.render(<AreasBelowPage {...{ version, plans, receiptNo: found.receipt.receiptNo }} />);
  });
  app.get("/phieu/:no/tep", async (c) => {
    const found = await receiptOf(c);
    const path = found === null ? null : keptFileOf(paths, found.receipt);
    if (found === null || path === null) return c.notFound();
    return saved(c, await readFile(path), found.receipt.file);
  });
}

/** What this office has to do itself before it can take a version of another one. */
const OWN_WORK = new Set(["version_other_plan", "version_unknown_key"]);

/** Whether a version was refused only for what this office may have done since. */
function isRefusedForNow({ isVersion, outcome, problems }: KeptReceipt): boolean {
  const errors = problems.filter(({ severity }) => severity === "error");
  return isVersion && outcome === "refused" && errors.every(({ code }) => OWN_WORK.has(code));
}

function markedCopyOf(paths: WarehousePaths, receipt: KeptReceipt): string | null {
  return findReply(paths, receipt)?.workbook ?? null;
}
