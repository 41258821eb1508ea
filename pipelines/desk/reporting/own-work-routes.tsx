import type { Outcome } from "../../intake/delivery.ts";
import { explainFinding } from "../../ledger/recorded-acts.ts";
import { parseMoment } from "../../vocabulary/date.ts";
import { Failure } from "../../vocabulary/failure.ts";
import { shownText } from "../../vocabulary/shown-text.ts";
import { may } from "../accounts/roles.ts";
import { FileHeld } from "../office/office.ts";
import { doubtsOf, receiptsSeenBy, reportsOf, sentBackOf } from "../page/access.ts";
import { DESK, WordsPage } from "../page/page.tsx";
import { saved } from "../page/request.ts";
import type { Asked, Route, SentForm } from "../page/routes.ts";
import { textFault } from "../page/text-fault.ts";
import { ASKED_WORK, type AskedWork, OwnWorkPage, SentPage, TakeInPage } from "./own-work-page.tsx";

const MAX_FILES = 100;
/** Receipts that are looked through for what was sent back. */
const LISTED = 200;

/** What a sender reads whose file is not in the journal. */
const NOT_RECEIVED = "Chưa nhận được vì máy chủ gặp trở ngại; hãy gửi lại sau ít phút";

/** What a unit owes, and the door for what units send, or staff on their behalf. */
export const OWN_WORK_ROUTES: readonly Route[] = [
  ["get", "/viec", "send for own units", (asked: Asked) => ownWork(asked)],
  ["get", "/dung-thu/bieu/:id", "any account", trialForm],
  ["post", "/giai-trinh", "send for own units", explain],
  ["get", "/gui-thay", "send for any unit", ({ c }: Asked) => c.render(<TakeInPage />)],
  ["post", "/gui", ["send for any unit", "send for own units"], takeFiles],
];

async function ownWork({ c, desk, visitor }: Asked, fault?: string): Promise<Response> {
  const { board } = desk.office;
  const { account } = visitor;
  const units = board.units.filter(({ office_code }) => account.units.includes(office_code));
  const doubts = doubtsOf(board, account);
  const isSeen = receiptsSeenBy(visitor, board);
  const sentBack = sentBackOf(
    await desk.receipts.list((one) => one.outcome === "refused" && isSeen(one), LISTED),
  );
  const trialForms = desk.trial?.forms ?? [];
  const page = (
    <OwnWorkPage
      {...{ board, units, doubts, sentBack, fault, trialForms }}
      asked={askedWork(c.req.query())}
      receiptOfComing={(row) => desk.office.receiptOfComing(row)}
    />
  );
  return c.render(page, fault === undefined ? 200 : 400);
}

function askedWork(query: Readonly<Record<string, string>>): AskedWork {
  return Object.fromEntries(
    ASKED_WORK.flatMap((name) => (query[name] ? [[name, query[name]]] : [])),
  );
}

async function trialForm({ c, desk }: Asked): Promise<Response> {
  const form = desk.trial?.forms.find(({ id }) => id === c.req.param("id"));
  if (form === undefined) return c.notFound();
  return saved(c, Buffer.from(await form.bytes()), form.fileName);
}

async function explain(form: SentForm): Promise<Response> {
  const { office } = form.desk;
  const id = form.field("finding");
  const text = form.text("said");
  const doubts = doubtsOf(office.board, form.visitor.account);
  const isOwn = doubts.some(({ finding_id }) => finding_id === id);
  const fault = !isOwn
    ? "Điểm này không còn: đã được xác nhận hoặc đã được sửa."
    : textFault(text, "Giải trình");
  if (fault !== null) return ownWork(form, fault);
  await office.write(({ paths, now }) =>
    explainFinding(paths, { ...now, findingId: id, text, by: form.by }),
  );
  await form.note("giải trình", id);
  return form.c.redirect(`${DESK}/viec#giai-trinh`, 303);
}

async function takeFiles(form: SentForm): Promise<Response> {
  const {
    c,
    desk,
    visitor: { account },
  } = form;
  const isForAny = may(account.role, "send for any unit");
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
    const taken = await desk.office.receive({
      file: file.name,
      content: { bytes: new Uint8Array(await file.arrayBuffer()) },
      receivedAt: stated ?? now,
      recordedAt: now,
      isMomentStated: stated !== null,
      by: form.by,
      ...(isForAny ? {} : { mayReport: reportsOf(desk.office.board, account) }),
    });
    if (taken instanceof Failure) {
      const isHeld = taken instanceof FileHeld;
      if (!isHeld) desk.onFailure(taken);
      const words = isHeld ? taken.message : NOT_RECEIVED;
      results.push({ file: shownText(file.name), receiptNo: null, isHeld, words });
      continue;
    }
    for (const one of taken) {
      const words = outcomeWords(one);
      results.push({ file: one.file, receiptNo: one.receipt_no, isHeld: false, words });
    }
  }
  await form.note("gửi tệp", results.map(({ receiptNo }) => receiptNo ?? "–").join(", "));
  const [only] = results;
  if (results.length === 1 && only !== undefined && only.receiptNo !== null) {
    return c.redirect(`${DESK}/phieu/${only.receiptNo}`, 303);
  }
  const isLost = results.some(({ receiptNo, isHeld }) => receiptNo === null && !isHeld);
  return c.render(<SentPage files={results} />, isLost ? 503 : 200);
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
