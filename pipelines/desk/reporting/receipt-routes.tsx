import { readFile } from "node:fs/promises";
import { areasBelowOf, quotableVersion } from "../../intake/handed-up.ts";
import { findReply } from "../../intake/reply.ts";
import { readComparedReports } from "../../models/compared-reports.ts";
import { PrintedTexts } from "../../persons/printed-texts.ts";
import { textsOfCatalogue } from "../../sources/printed.ts";
import { Failure } from "../../vocabulary/failure.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";
import { may } from "../accounts/roles.ts";
import { type KeptReceipt, keptFileOf, type ListedReceipt, versionOf } from "../kept/receipts.ts";
import { eraseFile as eraseReceivedFile } from "../office/erasing.ts";
import { FileHeld } from "../office/office.ts";
import { isSameReport, receiptsSeenBy, standingOf } from "../page/access.ts";
import { DESK } from "../page/page.tsx";
import { saved } from "../page/request.ts";
import { type Asked, about, type Route, type SentForm } from "../page/routes.ts";
import { textFault } from "../page/text-fault.ts";
import { ComparedPage } from "./compared-page.tsx";
import { AreasBelowPage, isAskedFor, ReceiptPage, ReceiptsPage } from "./receipt-pages.tsx";

/** What became of each file: its receipt, its marked copy, the file itself. */
export const RECEIPT_ROUTES: readonly Route[] = [
  ["get", "/phieu", "any account", listReceipts],
  ["get", "/phieu/:no", "any account", about(receiptOf, openReceipt)],
  ["post", "/phieu/:no/xoa", "erase", about(receiptOf, eraseFile)],
  ["post", "/phieu/:no/nhan-lai", "send for any unit", about(receiptOf, takeAgain)],
  ["get", "/phieu/:no/ban-danh-dau", "any account", about(receiptOf, markedCopy)],
  ["get", "/phieu/:no/dia-ban", "see city pages", about(receiptOf, areasBelow)],
  ["get", "/phieu/:no/tep", "any account", about(receiptOf, keptFile)],
  ["get", "/phieu/:no/so-voi/:other", "any account", about(twoReceipts, compare)],
];

/** What two receipts have to be of one report for. */
interface Compared {
  readonly before: KeptReceipt;
  readonly after: KeptReceipt;
}

async function twoReceipts(asked: Asked): Promise<Compared | null> {
  const after = await receiptOf(asked);
  const before = await receiptOf(asked, "other");
  const areOfOne = after !== null && before !== null && isOfSameReport(after)(before);
  return areOfOne && before.receiptNo < after.receiptNo ? { before, after } : null;
}

/** Whether another file was accepted for a report of one that was. */
function isOfSameReport(one: ListedReceipt): (other: ListedReceipt) => boolean {
  const isMeant = ({ outcome, isVersion }: ListedReceipt): boolean =>
    outcome === "accepted" && !isVersion;
  return (other) =>
    isMeant(one) &&
    isMeant(other) &&
    other.receiptNo !== one.receiptNo &&
    other.claims.some((claim) => one.claims.some((own) => isSameReport(own, claim)));
}

async function compare(
  { c, desk: { office } }: Asked,
  { before, after }: Compared,
): Promise<Response> {
  const figures = await office.read(({ paths }) =>
    readComparedReports(paths, { old: before.receiptNo, new: after.receiptNo }),
  );
  return c.render(<ComparedPage {...{ board: office.board, before, after, figures }} />);
}

/** Files of the same report to which a receipt leads. */
const COMPARED = 10;

async function listReceipts({ c, desk, visitor }: Asked): Promise<Response> {
  const { board } = desk.office;
  const asked = {
    words: c.req.query("tim") ?? "",
    outcome: c.req.query("kq") ?? "",
    page: c.req.query("trang"),
  };
  const [isSeen, isMeant] = [receiptsSeenBy(visitor, board), isAskedFor(board, asked)];
  const found = await desk.receipts.list((one) => isSeen(one) && isMeant(one), Infinity);
  return c.render(<ReceiptsPage {...{ receipts: found, board, asked }} />);
}

async function receiptOf(
  { c, desk, visitor }: Asked,
  name: "no" | "other" = "no",
): Promise<KeptReceipt | null> {
  const number = /^\d{1,9}$/.exec(c.req.param(name) ?? "")?.[0];
  const receipt = number === undefined ? null : await desk.receipts.find(Number(number));
  return receipt !== null && receiptsSeenBy(visitor, desk.office.board)(receipt) ? receipt : null;
}

async function openReceipt(asked: Asked, receipt: KeptReceipt): Promise<Response> {
  const { c, desk } = asked;
  if (receipt.outcome === "refused") await desk.office.catchUp();
  const isKnown = await desk.office.isKnown(receipt);
  if (!isKnown) c.header("refresh", "10");
  return c.render(await receiptPage(asked, receipt, { isKnown }));
}

async function receiptPage(
  { desk: { office, paths, receipts }, visitor }: Asked,
  receipt: KeptReceipt,
  { isKnown = true, fault }: { readonly isKnown?: boolean; readonly fault?: string },
) {
  const isFileKept = keptFileOf(paths, receipt) !== null;
  const [isSeen, isOther] = [receiptsSeenBy(visitor, office.board), isOfSameReport(receipt)];
  const others = await receipts.list((one) => isSeen(one) && isOther(one), COMPARED);
  return (
    <ReceiptPage
      {...{ board: office.board, receipt, fault, isFileKept, others }}
      standing={isKnown ? standingOf(office.board, receipt, visitor.account) : null}
      hasMarkedCopy={markedCopyOf(paths, receipt) !== null}
      mayMap={isFileKept && may(visitor.account.role, "prepare reports")}
      mayTakeAgain={
        isFileKept && isRefusedForNow(receipt) && may(visitor.account.role, "send for any unit")
      }
      mayErase={isFileKept && may(visitor.account.role, "erase")}
    />
  );
}

async function eraseFile(form: SentForm, receipt: KeptReceipt): Promise<Response> {
  const { c, desk } = form;
  const { receiptNo } = receipt;
  const reason = form.text("reason");
  const isMeant = form.field("number").trim() === String(receiptNo);
  const fault =
    keptFileOf(desk.paths, receipt) === null
      ? "Tệp này không còn được lưu."
      : !isMeant
        ? "Chưa xóa: ghi đúng số phiếu để xác nhận."
        : textFault(reason, "Lý do xóa");
  if (fault !== null) return c.render(await receiptPage(form, receipt, { fault }), 400);
  await eraseReceivedFile(desk.office, receiptNo, reason, form.by);
  await form.note("xóa tệp", String(receiptNo));
  return c.redirect(`${DESK}/phieu/${receiptNo}`, 303);
}

async function takeAgain(form: SentForm, receipt: KeptReceipt): Promise<Response> {
  const { c, desk } = form;
  const path = keptFileOf(desk.paths, receipt);
  if (path === null || !isRefusedForNow(receipt)) return c.notFound();
  const { file, receivedAt, problems } = receipt;
  const now = new Date();
  // its office sent it in time; a key is trusted from the day on which somebody compared it
  const isOfKey = problems.some(({ code }) => code === "version_unknown_key");
  const taken = await desk.office.receive({
    ...{ file, content: { bytes: new Uint8Array(await readFile(path)) }, recordedAt: now },
    ...{ receivedAt: isOfKey ? now : receivedAt, isMomentStated: !isOfKey, by: form.by },
  });
  if (taken instanceof Failure) {
    if (!(taken instanceof FileHeld)) desk.onFailure(taken);
    return c.render(await receiptPage(form, receipt, { fault: `${taken.message}.` }), 503);
  }
  const numbers = taken.map(({ receipt_no }) => receipt_no);
  await form.note("nhận lại gói", numbers.join(", "));
  return c.redirect(`${DESK}/phieu/${numbers[0] ?? receipt.receiptNo}`, 303);
}

async function markedCopy({ c, desk }: Asked, receipt: KeptReceipt): Promise<Response> {
  const copy = markedCopyOf(desk.paths, receipt);
  if (copy === null) return c.notFound();
  return saved(c, await readFile(copy), `phieu-${receipt.receiptNo}-danh-dau.xlsx`);
}

async function areasBelow({ c, desk }: Asked, receipt: KeptReceipt): Promise<Response> {
  const whole = await versionOf(desk.paths, receipt);
  if (whole === null || receipt.outcome !== "accepted") return c.notFound();
  const { catalogue } = desk.office.board;
  const printed = new PrintedTexts(() => textsOfCatalogue(catalogue));
  const version = quotableVersion(whole, { ...catalogue, printed });
  const plans = areasBelowOf(catalogue.plans, version);
  return c.render(<AreasBelowPage {...{ version, plans, receiptNo: receipt.receiptNo }} />);
}

async function keptFile({ c, desk }: Asked, receipt: KeptReceipt): Promise<Response> {
  const path = keptFileOf(desk.paths, receipt);
  return path === null ? c.notFound() : saved(c, await readFile(path), receipt.file);
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
