import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { formFileName } from "../forms/form-files.ts";
import { formWorkbook } from "../forms/form-workbook.ts";
import { reportKey } from "../intake/allowed-reports.ts";
import type { Outcome } from "../intake/delivery.ts";
import { findReply } from "../intake/reply.ts";
import { archivedPath } from "../ledger/archive.ts";
import { parseMoment } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { pack } from "../workbook/zip.ts";
import { doubtsOf, formsOf, receiptsSeenBy, reportsOf, sentBackOf } from "./access.ts";
import { BoardPage } from "./board-page.tsx";
import { DESK, type Visitor } from "./page.tsx";
import type { KeptReceipt } from "./receipts.ts";
import {
  OwnWorkPage,
  ReceiptPage,
  ReceiptsPage,
  SentPage,
  TakeInPage,
  WordsPage,
} from "./report-pages.tsx";
import { type C, type Desk, type DeskApp, saved, sentForm, visitorWho } from "./request.ts";
import { may } from "./roles.ts";
import { textFault } from "./text-fault.ts";

const MAX_FILES = 100;
const LISTED = 200;

/** What a sender reads whose file is not in the journal. */
const NOT_RECEIVED = "Chưa nhận được vì máy chủ gặp trở ngại; hãy gửi lại sau ít phút";

/** What units send and what becomes of it, blank forms, and the board of the office. */
export function addReportRoutes(app: DeskApp, desk: Desk): void {
  const { office, receipts, paths, trial } = desk;

  app.get("/viec", async (c) => c.render(await ownWork(visitorWho(c, "send for own units"))));
  const ownWork = async (visitor: Visitor, fault?: string) => {
    const { board } = office;
    const { account } = visitor;
    const units = board.units.filter(({ office_code }) => account.units.includes(office_code));
    const doubts = doubtsOf(board, account);
    const isSeen = receiptsSeenBy(visitor, board);
    const sentBack = sentBackOf(
      await receipts.list((one) => one.outcome === "refused" && isSeen(one), LISTED),
    );
    const trialForms = trial?.forms ?? [];
    return <OwnWorkPage {...{ board, units, doubts, sentBack, fault, trialForms }} />;
  };
  app.get("/dung-thu/bieu/:id", async (c) => {
    visitorWho(c);
    const form = trial?.forms.find(({ id }) => id === c.req.param("id"));
    if (form === undefined) return c.notFound();
    return saved(c, Buffer.from(await form.bytes()), form.fileName);
  });
  app.post("/giai-trinh", async (c) => {
    const form = await sentForm(desk, c, "send for own units");
    const id = form.field("finding");
    const said = form.text("said");
    const doubts = doubtsOf(office.board, form.visitor.account);
    const isOwn = doubts.some(({ finding_id }) => finding_id === id);
    const fault = !isOwn
      ? "Điểm này không còn: đã được xác nhận hoặc đã được sửa."
      : textFault(said, "Giải trình");
    if (fault !== null) return c.render(await ownWork(form.visitor, fault), 400);
    await office.explain(id, said, form.by);
    await form.note("giải trình", id);
    return c.redirect(`${DESK}/viec#giai-trinh`, 303);
  });

  app.get("/gui-thay", (c) => {
    visitorWho(c, "send for any unit");
    return c.render(<TakeInPage />);
  });
  app.post("/gui", async (c) => {
    const { account } = visitorWho(c);
    const isForAny = may(account.role, "send for any unit");
    const form = await sentForm(desk, c, isForAny ? "send for any unit" : "send for own units");
    const files = form.fields
      .getAll("file")
      .filter(
        (one): one is Exclude<typeof one, string> =>
          typeof one !== "string" && one.size + one.name.length > 0,
      );
    const stated = isForAny ? statedMoment(form.field("received")) : null;
    if (stated instanceof Failure || files.length === 0 || files.length > MAX_FILES) {
      const words =
        stated instanceof Failure
          ? stated.message
          : files.length === 0
            ? "Chưa chọn tệp nào."
            : `Mỗi lần gửi nhiều nhất ${MAX_FILES} tệp; nén các tệp thành một tệp .zip hoặc chia thành nhiều lần gửi.`;
      return c.render(<WordsPage title="Chưa gửi được" words={words} />, 400);
    }
    const results = [];
    for (const file of files) {
      const now = new Date();
      const taken = await office.receive({
        file: file.name,
        content: { bytes: new Uint8Array(await file.arrayBuffer()) },
        receivedAt: stated ?? now,
        recordedAt: now,
        isMomentStated: stated !== null,
        by: form.by,
        ...(isForAny ? {} : { mayReport: reportsOf(office.board, account) }),
      });
      if (taken instanceof Failure) {
        desk.onFailure(taken);
        results.push({ file: shownText(file.name), receiptNo: null, words: NOT_RECEIVED });
        continue;
      }
      for (const one of taken) {
        results.push({ file: one.file, receiptNo: one.receipt_no, words: outcomeWords(one) });
      }
    }
    await form.note("gửi tệp", results.map(({ receiptNo }) => receiptNo ?? "–").join(", "));
    const [only] = results;
    if (results.length === 1 && only !== undefined && only.receiptNo !== null) {
      return c.redirect(`${DESK}/phieu/${only.receiptNo}`, 303);
    }
    const isLost = results.some(({ receiptNo }) => receiptNo === null);
    return c.render(<SentPage files={results} />, isLost ? 503 : 200);
  });

  app.get("/phieu", async (c) => {
    const visitor = visitorWho(c);
    const { board } = office;
    const found = await receipts.list(receiptsSeenBy(visitor, board), LISTED);
    return c.render(<ReceiptsPage receipts={found} />);
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
    return found === null ? c.notFound() : c.render(receiptPage(found));
  });
  const receiptPage = (
    { visitor, receipt }: { visitor: Visitor; receipt: KeptReceipt },
    fault?: string,
  ) => {
    const isFileKept = existsSync(archivedPath(paths, receipt.sha256));
    return (
      <ReceiptPage
        {...{ board: office.board, receipt, fault, isFileKept }}
        hasMarkedCopy={markedCopyOf(paths, receipt) !== null}
        mayErase={isFileKept && may(visitor.account.role, "erase")}
      />
    );
  };
  app.post("/phieu/:no/xoa", async (c) => {
    const form = await sentForm(desk, c, "erase");
    const found = await receiptOf(c);
    if (found === null) return c.notFound();
    const { receiptNo, sha256 } = found.receipt;
    const reason = form.text("reason");
    const isMeant = form.field("number").trim() === String(receiptNo);
    const fault = !existsSync(archivedPath(paths, sha256))
      ? "Tệp này không còn được lưu."
      : !isMeant
        ? "Chưa xóa: ghi đúng số phiếu để xác nhận."
        : textFault(reason, "Lý do xóa");
    if (fault !== null) return c.render(receiptPage(found, fault), 400);
    await office.eraseFile(receiptNo, reason, form.by);
    await form.note("xóa tệp", String(receiptNo));
    return c.redirect(`${DESK}/phieu/${receiptNo}`, 303);
  });
  app.get("/phieu/:no/ban-danh-dau", async (c) => {
    const found = await receiptOf(c);
    const copy = found === null ? null : markedCopyOf(paths, found.receipt);
    if (copy === null) return c.notFound();
    return saved(c, await readFile(copy), `phieu-${found?.receipt.receiptNo}-danh-dau.xlsx`);
  });
  app.get("/phieu/:no/tep", async (c) => {
    const found = await receiptOf(c);
    const path = found === null ? "" : archivedPath(paths, found.receipt.sha256);
    if (found === null || !existsSync(path)) return c.notFound();
    return saved(c, await readFile(path), found.receipt.file);
  });

  app.get("/bieu-mau/:plan/:period/:unit", async (c) => {
    const visitor = visitorWho(c);
    const { plan, period, unit } = c.req.param();
    const form = formsOf(office.board, plan, period).find(({ unit: { code } }) => code === unit);
    const isOwn = reportsOf(office.board, visitor.account).has(reportKey({ plan, unit, period }));
    if (form === undefined || !(isOwn || may(visitor.account.role, "see every unit"))) {
      return c.notFound();
    }
    const bytes = await formWorkbook(form.plan, form.unit, form.period);
    return saved(c, Buffer.from(bytes), formFileName(form));
  });
  app.get("/bieu-mau/:plan/:period", async (c) => {
    visitorWho(c, "see every unit");
    const { plan, period } = c.req.param();
    const forms = formsOf(office.board, plan, period);
    if (forms.length === 0) return c.notFound();
    const parts: [string, Uint8Array][] = [];
    for (const form of forms) {
      parts.push([formFileName(form), await formWorkbook(form.plan, form.unit, form.period)]);
    }
    return saved(c, Buffer.from(pack(parts, 0)), `bieu-mau_${plan}_${period}.zip`);
  });

  app.get("/theo-doi", async (c) => {
    return c.render(await boardPage(visitorWho(c, "see every unit")));
  });
  const boardPage = async (visitor: Visitor, fault?: string) => (
    <BoardPage
      board={office.board}
      receipts={await receipts.list(() => true, 30)}
      mayAct={may(visitor.account.role, "let doubts stand")}
      fault={fault}
    />
  );
  app.post("/xac-nhan", async (c) => {
    const form = await sentForm(desk, c, "let doubts stand");
    const id = form.field("finding");
    const reason = form.text("reason");
    const isOpen = office.board.findings.some(
      (one) => one.finding_id === id && !one.is_acknowledged && one.severity === "doubt",
    );
    const fault = !isOpen
      ? "Điểm này không còn: đã được xác nhận hoặc đã được sửa."
      : textFault(reason, "Lý do xác nhận");
    if (fault !== null) return c.render(await boardPage(form.visitor, fault), 400);
    await office.acknowledge([id], reason, form.by);
    await form.note("xác nhận điểm cần kiểm tra", id);
    return c.redirect(`${DESK}/theo-doi#can-kiem-tra`, 303);
  });
}

function markedCopyOf(paths: WarehousePaths, receipt: KeptReceipt): string | null {
  return findReply(paths, receipt)?.workbook ?? null;
}

function outcomeWords({ outcome, problems, medium }: Outcome): string {
  switch (outcome) {
    case "refused":
      return `Trả lại: ${problems.filter(({ severity }) => severity === "error").length} điểm phải sửa`;
    case "duplicate":
      return "Trùng tệp đã tiếp nhận";
    case "accepted":
      if (medium === "package") return "Đã mở; từng biểu trong tệp có phiếu riêng";
      return problems.length > 0
        ? `Đã tiếp nhận; ${problems.length} điểm cần giải trình hoặc sửa`
        : "Đã tiếp nhận";
  }
}

function statedMoment(text: string): Date | Failure | null {
  if (text === "") return null;
  try {
    const moment = parseMoment(text);
    return moment > new Date() ? new Failure("Thời điểm nhận ở trong tương lai.") : moment;
  } catch {
    return new Failure("Thời điểm nhận không đọc được.");
  }
}
