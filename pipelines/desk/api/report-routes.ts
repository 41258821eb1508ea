import { z } from "zod";
import type { Outcome } from "../../intake/delivery.ts";
import { isKept } from "../../ledger/archive.ts";
import { DataValueSet, JsonReports } from "../../readers/json-shapes.ts";
import { officeTime } from "../../vocabulary/date.ts";
import { Failure } from "../../vocabulary/failure.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import { isDiskFull } from "../../warehouse/file-failure.ts";
import { sha256Of } from "../../warehouse/files.ts";
import { actorOfKey } from "../accounts/system-keys.ts";
import type { KeptReceipt, ListedReceipt } from "../kept/receipts.ts";
import type { Board } from "../office/board.ts";
import { FileHeld } from "../office/office.ts";
import { problemOfDoubt } from "../office/online-form.ts";
import { isOfUnits, reportsOf, rowsOf, standingOf } from "../page/access.ts";
import { addressOf, type Desk } from "../page/request.ts";
import { ApiRefused, type ApiRequest, apiRoute } from "./api-route.ts";

const ProblemBody = z.strictObject({
  severity: z.enum(["error", "doubt"]).describe("error: phải sửa; doubt: cần giải trình hoặc sửa."),
  code: z.string(),
  sheet: z.string().nullable(),
  cell: z.string().nullable().describe("Ô của bảng tính, hoặc mục của tệp JSON."),
  line: z.int().nullable(),
  found: z.string(),
  remedy: z.string(),
});

const ReceiptBody = z.strictObject({
  result: z
    .enum(["accepted", "asked", "duplicate", "refused"])
    .describe(
      "accepted: đã tiếp nhận; asked: đã tiếp nhận, có điểm cần giải trình hoặc sửa; duplicate: giống hệt tệp đã tiếp nhận; refused: trả lại, không số nào được tính.",
    ),
  receipt: z.int().describe("Số phiếu."),
  file: z.string(),
  sha256: z.string(),
  received_at: z.string().describe("Giờ Việt Nam."),
  reports: z.array(z.strictObject({ plan: z.string(), unit: z.string(), period: z.string() })),
  problems: z.array(ProblemBody),
  is_kept: z.boolean().describe("false: tệp có dữ liệu cá nhân nên không được lưu lại."),
});
type ReceiptBody = z.infer<typeof ReceiptBody>;

const Held = z.strictObject({ result: z.literal("held"), message: z.string() });

function problemBody(one: Omit<Problem, "file">) {
  const { severity, code, sheet, cell, line, found, remedy } = one;
  return {
    ...{ severity, code, sheet: sheet ?? null, cell: cell ?? null, line: line ?? null },
    ...{ found, remedy },
  };
}

type Result = ReceiptBody["result"];

function resultOf(outcome: Outcome["outcome"], problems: readonly unknown[]): Result {
  return outcome === "accepted" && problems.length > 0 ? "asked" : outcome;
}

interface Claimed {
  readonly plan_id: string;
  readonly unit_id: string;
  readonly period: string;
}

/** Reports by the codes of units, which the office may have changed since. */
function reportBodies({ rows }: Board, claims: readonly Claimed[]) {
  return claims.map(({ plan_id, unit_id, period }) => ({
    plan: plan_id,
    unit:
      rows.find((row) => row.plan_id === plan_id && row.unit_id === unit_id)?.unit_code ?? unit_id,
    period,
  }));
}

/** What is told of a receipt. */
type Told = Pick<ListedReceipt, "outcome" | "receiptNo" | "file" | "sha256" | "receivedAt"> & {
  readonly claims: readonly Claimed[];
  readonly problems: readonly Omit<Problem, "file">[];
};

function receiptBody(
  board: Board,
  { outcome, receiptNo, file, sha256, receivedAt, claims, problems }: Told,
  doubts: readonly unknown[] = [],
): ReceiptBody {
  return {
    result: resultOf(outcome, [...problems, ...doubts]),
    ...{ receipt: receiptNo, file, sha256, received_at: officeTime(receivedAt) },
    reports: reportBodies(board, claims),
    problems: problems.map(problemBody),
    is_kept: isKept(problems.map(({ code }) => code)),
  };
}

/** The header by which a system names a request, so that it is done once however often it is sent. */
const REQUEST = "Idempotency-Key";
const RequestName = z
  .string()
  .regex(/^"?[\w.:+/=-]{1,200}"?$/)
  .describe(
    "Tên riêng của lần gửi, như một UUID. Gửi lại cùng tên, cùng nội dung thì nhận lại đúng phiếu đã có; khác nội dung thì 422.",
  );

/** @throws ApiRefused where it is none */
function requestNameOf({ c }: ApiRequest): string | null {
  const text = c.req.header(REQUEST);
  if (text === undefined) return null;
  if (RequestName.safeParse(text).success) return text.replaceAll('"', "");
  const words = `${REQUEST} gồm 1 đến 200 chữ cái không dấu, chữ số và các dấu . _ : + / = -`;
  throw new ApiRefused(400, "wrong_request_name", words);
}

const NAMES = {
  "application/json": "json",
  "text/csv": "csv",
} as const;

function typeOf({ c }: ApiRequest): keyof typeof NAMES {
  const type = (c.req.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (Object.hasOwn(NAMES, type)) return type as keyof typeof NAMES;
  const types = Object.keys(NAMES).join(" hoặc ");
  throw new ApiRefused(415, "other_type", `Ghi Content-Type là ${types}.`);
}

const SEND = apiRoute({
  method: "post",
  path: "/reports",
  summary:
    "Gửi báo cáo: JSON, dataValueSets của DHIS2, hoặc tệp CSV dài. Báo cáo mới thay trọn báo cáo trước của đơn vị cho kỳ; gửi lại đúng các byte ấy thì không có gì thay đổi",
  who: "sends",
  query: z.strictObject({
    name: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe("Tên tệp, để tìm lại ở bàn làm việc; mặc định theo mã truy cập."),
  }),
  body: [
    { type: "application/json", shape: z.union([JsonReports, DataValueSet]) },
    { type: "text/csv", shape: null },
  ],
  answers: {
    200: { type: "application/json", shape: ReceiptBody, meaning: "Đã tiếp nhận." },
    202: {
      type: "application/json",
      shape: Held,
      meaning: "Đã giữ lại, tự tiếp nhận khi đồng hồ máy chủ được kiểm tra xong.",
    },
    422: {
      type: "application/json",
      shape: ReceiptBody,
      meaning: "Trả lại, với mọi điểm phải sửa.",
    },
  },
  headers: { [REQUEST]: RequestName },
  faults: [409, 413, 415],
  run: async (request, { name }) => {
    const { c, desk, key, now } = request;
    const ending = NAMES[typeOf(request)];
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const by = actorOfKey(key, requestNameOf(request));
    const note = (about: string) =>
      desk.keyUses.did(key, now, "gửi báo cáo bằng mã truy cập", about, addressOf(c));
    const earlier = by.request === undefined ? null : await once(desk, by.request, bytes);
    if (earlier !== null) {
      await note(`phiếu số ${earlier.receiptNo}, gửi lại`);
      return receiptAnswer(desk.office.board, earlier);
    }
    try {
      const taken = await desk.office.receive({
        file: name ?? `${key.id}.${ending}`,
        ...{ content: { bytes }, receivedAt: now, recordedAt: now, by },
        mayReport: reportsOf(desk.office.board, key),
      });
      if (taken instanceof Failure) {
        await note("chưa tiếp nhận được");
        if (taken instanceof FileHeld)
          return Response.json({ result: "held", message: `${taken.message}.` }, { status: 202 });
        if (isDiskFull(taken)) throw taken;
        desk.onFailure(taken);
        const again = "Chưa nhận được vì máy chủ gặp trở ngại; hãy gửi lại sau ít phút.";
        throw new ApiRefused(503, "not_received", again, { "retry-after": "60" });
      }
      const [{ outcome, receipt_no: receiptNo, file, sha256 }] = taken;
      await note(taken.map((one) => `phiếu số ${one.receipt_no}`).join(", "));
      return receiptAnswer(desk.office.board, {
        ...{ outcome, receiptNo, file, sha256, receivedAt: now },
        claims: taken.flatMap((one) => one.submissions),
        // an archive has one reply for all that is in it
        problems: taken.flatMap((one) => one.problems),
      });
    } finally {
      if (by.request !== undefined) underWay.delete(by.request);
    }
  },
});

/** Requests with a name of their own whose answer is not known yet. */
const underWay = new Set<string>();

/**
 * What a system that calls its request by a name was answered before; null where it is new, and is under
 * way from then on.
 * @throws ApiRefused where it is under way, or something else was sent by that name
 */
async function once(desk: Desk, request: string, bytes: Uint8Array): Promise<KeptReceipt | null> {
  if (underWay.has(request)) {
    const words = `Yêu cầu mang ${REQUEST} này đang được xử lý. Gửi lại sau ít giây.`;
    throw new ApiRefused(409, "request_under_way", words, { "retry-after": "5" });
  }
  underWay.add(request);
  const earlier = await desk.receipts.ofRequest(request, sha256Of(bytes)).catch((error) => {
    underWay.delete(request);
    throw error;
  });
  if (earlier === null) return null;
  underWay.delete(request);
  if (earlier !== "other") return earlier;
  const words = `${REQUEST} này đã dùng cho nội dung khác. Mỗi nội dung mới dùng một giá trị mới.`;
  throw new ApiRefused(422, "request_name_reused", words);
}

/** What became of a file, as its sender is answered each time that he asks. */
function receiptAnswer(board: Board, receipt: Told): Response {
  const { outcome, claims } = receipt;
  const own = { ...receipt, claims: outcome === "accepted" ? claims : [] };
  return Response.json(receiptBody(board, own), { status: outcome === "refused" ? 422 : 200 });
}

const OwnReceipt = ReceiptBody.extend({
  doubts: z
    .array(ProblemBody)
    .describe("Điểm cần giải trình hoặc sửa sau khi đối chiếu với kỳ trước và báo cáo khác."),
  counts: z.int().describe("Số báo cáo trong tệp đang được tính."),
  is_compared: z.boolean().describe("Đã đối chiếu xong; false: hỏi lại sau ít giây."),
});

const RECEIPT = apiRoute({
  method: "get",
  path: "/receipts/{receipt}",
  summary: "Phiếu của một tệp đã gửi, và các điểm phải giải trình đến nay",
  who: "sends",
  query: z.strictObject({}),
  names: { receipt: z.string().regex(/^\d{1,9}$/) },
  answers: { 200: { type: "application/json", shape: OwnReceipt, meaning: "Phiếu." } },
  faults: [404],
  run: async ({ c, desk: { office, receipts }, key }) => {
    const receipt = await receipts.find(Number(c.req.param("receipt")));
    const isSent = receipt?.by?.way === "key" && receipt.by.account === key.id;
    if (receipt === null || !(isSent || isOfUnits(office.board, key)(receipt))) {
      throw new ApiRefused(
        404,
        "no_such_receipt",
        "Không có phiếu nào mang số này của mã truy cập.",
      );
    }
    const isCompared = await office.isKnown(receipt);
    const { doubts, counted } = standingOf(office.board, receipt, key);
    const body: z.infer<typeof OwnReceipt> = {
      ...receiptBody(office.board, receipt, doubts),
      doubts: doubts.map((one) => problemBody(problemOfDoubt(one, one.period))),
      ...{ counts: counted.length, is_compared: isCompared },
    };
    return Response.json(body);
  },
});

const OwedReport = z.strictObject({
  plan: z.string(),
  unit: z.string(),
  unit_name: z.string(),
  period: z.string(),
  period_name: z.string(),
  due_before: z.string().describe("Gửi trước ngày này là đúng hạn."),
  timeliness: z.string(),
  submissions: z.int(),
  last_received_at: z.string().nullable(),
  doubts: z.int().describe("Số điểm chưa giải trình."),
});

const OWED = apiRoute({
  method: "get",
  path: "/reports",
  summary: "Các báo cáo mà đơn vị của mã truy cập phải gửi, hạn gửi và tình trạng",
  who: "sends",
  query: z.strictObject({}),
  answers: {
    200: { type: "application/json", shape: z.array(OwedReport), meaning: "Các báo cáo." },
  },
  run: async ({ desk: { office }, key }) => {
    const owed = rowsOf(office.board, key)
      .filter(({ timeliness }) => timeliness !== "not_applicable")
      .map(
        (row): z.infer<typeof OwedReport> => ({
          ...{ plan: row.plan_id, unit: row.unit_code, unit_name: row.unit_name },
          ...{ period: row.period, period_name: row.period_name, due_before: row.due_before },
          ...{ timeliness: row.timeliness, submissions: row.submissions },
          ...{ last_received_at: row.last_received_at, doubts: row.doubts },
        }),
      );
    return Response.json(owed);
  },
});

/** Reports that come in, what became of them, and which are owed. */
export const REPORT_ROUTES = [SEND, RECEIPT, OWED];
