import { isDeepStrictEqual } from "node:util";
import type { DocumentTexts } from "../contract/document.ts";
import { PARTS } from "../contract/report.ts";
import { TEXT_HEADS, WRITTEN_HEADS, type WrittenHead } from "../contract/text-heads.ts";
import { personalSigns } from "../persons/personal-signs.ts";
import { namesOf } from "../readers/personal-data-wording.ts";
import type { RemarkHead } from "../vocabulary/form-code.ts";
import { type Blocker, blockIf } from "./blocker.ts";
import type { DocumentChoice } from "./document-choice.ts";
import type { Contents, Remark } from "./draft-report.ts";

/** A paragraph for each line, `""` for an empty one. */
export function paragraphsOf(text: string): string[] {
  const lines = text.normalize("NFC").split(/\r\n|\r|\n/);
  return lines.map((line) => line.replace(/\s+/g, " ").trim());
}

/** The city's texts of a draft, derived from figures, by head. */
export function derivedUnderHeads(contents: Contents): Readonly<Record<WrittenHead, string[]>> {
  const rows = contents.text
    .map((row) => PARTS.text.parse(JSON.parse(row)))
    .filter(({ audience }) => audience === "city");
  const under = (head: WrittenHead) => rows.filter((one) => one.head === head);
  return Object.fromEntries(
    WRITTEN_HEADS.map((head) => [head, under(head).map(({ text }) => text)]),
  ) as Record<WrittenHead, string[]>;
}

/**
 * Written texts as of now: what a head was filled with from the figures, and begins with still, is what
 * they say now; only what stands below it is somebody's.
 * @returns with the heads that were rewritten when the figures said something else
 */
export function textsNow(
  { texts = null, filled = {} }: DocumentChoice,
  derived: Readonly<Record<WrittenHead, readonly string[]>>,
): { readonly texts: DocumentTexts | null; readonly outdated: readonly WrittenHead[] } {
  const heads = { ...texts?.heads };
  const outdated: WrittenHead[] = [];
  for (const head of WRITTEN_HEADS) {
    const [then, lines = []] = [filled[head], heads[head]];
    if (then === undefined || lines.length === 0) continue;
    const [begun, own] = [lines.slice(0, then.length), lines.slice(then.length)];
    if (isDeepStrictEqual(begun, then)) heads[head] = [...derived[head], ...own];
    else if (!isDeepStrictEqual(derived[head], then)) outdated.push(head);
  }
  return { texts: texts && { ...texts, heads }, outdated };
}

/** The head of a report for each head of a form. */
const HEAD_OF_REMARK: Readonly<Record<RemarkHead, WrittenHead>> = {
  difficulties: "shortcomings",
  proposals: "proposals",
};

/**
 * Remarks of units on their forms, as paragraphs that name the unit, for somebody to edit or drop.
 */
export function remarksUnderHeads(
  remarks: readonly Remark[],
): Readonly<Partial<Record<WrittenHead, readonly string[]>>> {
  const heads: Partial<Record<WrittenHead, string[]>> = {};
  for (const { head, unit_name, said } of remarks) {
    const text = said.replace(/\s+/g, " ").trim();
    const whose = head === "difficulties" ? `Khó khăn, vướng mắc của ${unit_name}` : unit_name;
    const end = /[.!?…;]$/.test(text) ? "" : ".";
    const under = HEAD_OF_REMARK[head];
    heads[under] = [...(heads[under] ?? []), `${whose}: ${text}${end}`];
  }
  return heads;
}

/** What blocks written texts: data of a person goes into no report. */
export function textBlockers(texts: DocumentTexts | null, acknowledge: boolean): Blocker[] {
  return WRITTEN_HEADS.flatMap((head) =>
    (texts?.heads[head] ?? []).flatMap((text, index) =>
      personBlockers(text, acknowledge, `Mục “${TEXT_HEADS[head]}”, đoạn ${index + 1}`),
    ),
  );
}

/** What blocks the reason of a version, which everybody reads. */
export function reasonBlockers(reason: string, acknowledge: boolean): Blocker[] {
  return personBlockers(reason, acknowledge, "Lý do phát hành");
}

function personBlockers(text: string, acknowledge: boolean, where: string): Blocker[] {
  const signs = personalSigns(text);
  const what = namesOf(signs.map(({ kind }) => kind));
  if (signs.some(({ certainty }) => certainty === "certain")) {
    return blockIf(true, `${where} có dữ liệu cá nhân (${what}): xóa đi.`);
  }
  return blockIf(
    signs.length > 0 && !acknowledge,
    `${where} có thể có dữ liệu cá nhân (${what}): xóa đi, hoặc chọn để nguyên.`,
  );
}
