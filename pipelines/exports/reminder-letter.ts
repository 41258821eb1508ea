import { momentText } from "../sentences/report-words.ts";
import type { Plan } from "../sources/plan/plan.ts";
import { officeTime, vietnameseDate } from "../vocabulary/date.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import { signatureLines } from "../vocabulary/signature.ts";
import { ANSWERS } from "../vocabulary/words.ts";
import {
  type Block,
  centred,
  millimetres,
  paragraph,
  roomOf,
  SIZE,
  type TableLine,
  UPRIGHT,
} from "./document-block.ts";
import { bodyText, officialHead, signatureBlock } from "./official-block.ts";
import { wordBytes } from "./word-document.ts";

/** A report that a unit owes. */
export interface OwedReport {
  readonly unit: string;
  readonly period: string;
  /** The last day of the deadline, `YYYY-MM-DD`. */
  readonly due: string;
  /** Days since then; 0 or less: not past due. */
  readonly daysOver: number;
  /** More time was granted; the days are counted from its end. */
  readonly isExtended: boolean;
  /** When it was returned, in office time; null where it was not or was sent again. */
  readonly returnedAt: string | null;
}

/** Reports owed under a plan, at least one. */
export interface OwedUnderPlan {
  readonly plan: Plan;
  readonly owed: readonly OwedReport[];
}

const TIGHT = { before: 0, after: 0 };

/** `Quá hạn 12 ngày`, `Trả lại ngày 06/5/2024, chưa gửi lại`, `Đến hạn ngày 06/5/2024`. */
export function owedState({ due, daysOver, isExtended, returnedAt }: OwedReport): string {
  if (returnedAt !== null) return `Trả lại ngày ${vietnameseDate(returnedAt)}, chưa gửi lại`;
  const state = daysOver > 0 ? `Quá hạn ${daysOver} ngày` : `Đến hạn ngày ${vietnameseDate(due)}`;
  return isExtended ? `${state} (hạn đã gia hạn)` : state;
}

/** `chưa nhận được`, `đã trả lại và chưa nhận lại`, or both. */
function lackText(owed: readonly OwedReport[]): string {
  const returned = owed.filter(({ returnedAt }) => returnedAt !== null).length;
  if (returned === 0) return "chưa nhận được";
  return returned === owed.length
    ? "đã trả lại để sửa và chưa nhận lại"
    : "chưa nhận được, hoặc đã trả lại để sửa và chưa nhận lại,";
}

/** The office that takes reports in under a plan and answers for them. */
export function agencyOf({ document, issuer }: Plan): string {
  return document?.agency ?? issuer;
}

function planText({ number, issued_on, issuer, short_title }: Plan): string {
  return `Kế hoạch số ${number} ngày ${vietnameseDate(issued_on)} của ${issuer} (${short_title})`;
}

/**
 * The reminder to one unit as a short text, for a mail or a message.
 * @param address where blank forms are and reports are sent
 */
export function reminderText(
  unit: string,
  plans: readonly OwedUnderPlan[],
  at: Date,
  address: string,
): string {
  const [first] = plans;
  if (first === undefined) throw new Error("nothing is owed");
  const owed = plans.flatMap((one) => one.owed);
  return [
    `Kính gửi ${unit}: đến ${momentText(officeTime(at))}, ${agencyOf(first.plan)} ${lackText(owed)} báo cáo của đơn vị:`,
    ...plans.flatMap(({ plan, owed: reports }) =>
      reports.map(
        (one) =>
          `- ${one.period}, Kế hoạch ${plan.number}: hạn gửi ${vietnameseDate(one.due)}; ${inSentence(owedState(one))}.`,
      ),
    ),
    `Đề nghị đơn vị gửi sớm về ${first.plan.reports_to}. Biểu mẫu và nơi gửi: ${address}`,
    "Nếu đơn vị đã gửi, đề nghị báo lại để đối chiếu.",
  ].join("\n");
}

/**
 * The letter that reminds units of owed reports («công văn đôn đốc»), after decree 30/2020/NĐ-CP, with
 * number and date to fill in. Head and signature are those of the first plan's reports.
 * @param plans at least one
 * @param at the moment as of which the reports are owed
 */
export async function reminderLetter(
  plans: readonly OwedUnderPlan[],
  at: Date,
): Promise<Uint8Array<ArrayBuffer>> {
  const [first] = plans;
  if (first === undefined) throw new Error("nothing is owed");
  return wordBytes(
    {
      title: "Công văn đôn đốc gửi báo cáo",
      agency: agencyOf(first.plan),
      written: at,
      marks: [],
    },
    [
      {
        paper: UPRIGHT,
        blocks: [...heading(first.plan), ...body(plans, at), ...signature(first.plan)],
      },
    ],
  );
}

/** `/UBND-LĐTBXH`: who issues a letter, and who drafted it: where a copy of the plan's documents is filed. */
function letterSign({ document }: Plan): string {
  if (document === null || document === undefined) return "/………";
  const drafter = document.filed_at.split(",").at(-1)?.trim() ?? "";
  return `/${document.abbreviation}${drafter === "" || drafter === "VT" ? "" : `-${drafter}`}`;
}

function heading(plan: Plan): Block[] {
  const { document } = plan;
  return [
    officialHead({
      superior: document?.superior ?? null,
      agency: agencyOf(plan),
      number: `Số:         ${letterSign(plan)}`,
      subject: "V/v đôn đốc gửi báo cáo",
      dated: `${document?.place ?? "…………"}, ngày …… tháng …… năm ………`,
    }),
  ];
}

function body(plans: readonly OwedUnderPlan[], at: Date): Block[] {
  const owed = plans.flatMap((one) => one.owed);
  const units = [...new Set(owed.map(({ unit }) => unit))];
  const [first] = plans;
  const receiver = first?.plan.reports_to ?? "";
  const lines = plans.flatMap(({ plan, owed: reports }): TableLine[] => [
    ...(plans.length === 1 ? [] : [{ heading: `Kế hoạch ${plan.number}: ${plan.short_title}` }]),
    ...reports.map((one, index) => [
      [String(index + 1)],
      [one.unit],
      [one.period],
      [vietnameseDate(one.due)],
      [owedState(one)],
    ]),
  ]);
  return [
    ...(units.length === 1
      ? [centred(`Kính gửi: ${units[0]}.`, {}, { before: 300, after: 240 })]
      : [
          centred("Kính gửi:", {}, { before: 300, after: 0 }),
          ...units.map((unit, index) =>
            paragraph(
              `- ${unit}${index === units.length - 1 ? "." : ";"}`,
              {},
              {
                indent: millimetres(50),
                before: 0,
                after: index === units.length - 1 ? 240 : 0,
              },
            ),
          ),
        ]),
    bodyText(
      `Thực hiện ${plans.map(({ plan }) => planText(plan)).join("; ")}, đến ${momentText(officeTime(at))}, ${first === undefined ? "" : agencyOf(first.plan)} ${lackText(owed)} các báo cáo sau đây:`,
    ),
    {
      kind: "table",
      columns: [
        { header: "TT", width: 6, align: "center" },
        { header: "Đơn vị", width: 38, align: "left" },
        { header: "Báo cáo", width: 24, align: "left" },
        { header: "Hạn gửi", width: 15, align: "center" },
        { header: "Tình trạng", width: 22, align: "left" },
      ],
      lines,
      room: roomOf(UPRIGHT),
      size: SIZE.table,
    },
    paragraph("", { size: SIZE.small }, TIGHT),
    bodyText(
      `Đề nghị ${units.length === 1 ? "đơn vị" : "các đơn vị"} gửi báo cáo về ${receiver} trước ngày ……/……/………. Đơn vị không có việc phát sinh trong kỳ vẫn gửi biểu và ghi “${ANSWERS.nil.word}”.`,
    ),
    bodyText(
      `Đơn vị đã gửi báo cáo có tên trong danh sách trên thì liên hệ ${receiver} để đối chiếu./.`,
    ),
  ];
}

function signature({ document }: Plan): Block[] {
  return [
    signatureBlock({
      recipients: ["Như trên"],
      filedAt: document?.filed_at ?? "VT",
      titles: [document?.authority, document?.signatory_title].flatMap((lines) =>
        signatureLines(lines ?? ""),
      ),
      signatory: document?.signatory ?? null,
    }),
  ];
}
