import { readFile } from "node:fs/promises";
import type { DocumentTexts } from "../contract/document.ts";
import { PARTS } from "../contract/report.ts";
import { TEXT_HEADS, WRITTEN_HEADS, type WrittenHead } from "../contract/text-heads.ts";
import { personalSigns } from "../persons/personal-signs.ts";
import { namesOf } from "../readers/personal-data-wording.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import type { RemarkHead } from "../vocabulary/form-code.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { type Blocker, blockIf } from "./blocker.ts";
import type { Contents, Draft, Remark } from "./draft-report.ts";

/** Beyond these limits somebody chose the wrong file. */
const MAX_PARAGRAPHS = 50;
const MAX_LENGTH = 4000;

const SHOWN = WRITTEN_HEADS.map((head) => `# ${TEXT_HEADS[head]}`).join(", ");

/**
 * Written texts by head: `# Kết quả đạt được` on a line of its own, below it one paragraph a line. A
 * head that is missing gets the text derived from figures; one without paragraphs is left out.
 * @throws Failure (wrong usage) that names the line
 */
export function parseTexts(file: string, text: string): DocumentTexts["heads"] {
  const heads: Partial<Record<WrittenHead, string[]>> = {};
  let open: string[] | null = null;
  const refuse = (line: number, what: string): never => {
    throw wrongUsage(`${file}, dòng ${line}: ${what}`);
  };
  const lines = text
    .normalize("NFC")
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/);
  for (const [index, line] of lines.entries()) {
    const paragraph = line.replace(/\s+/g, " ").trim();
    if (paragraph.startsWith("#")) {
      const name = paragraph.replace(/^#+/, "").trim().toLowerCase();
      const head = WRITTEN_HEADS.find((one) => TEXT_HEADS[one].toLowerCase() === name);
      if (head === undefined)
        return refuse(index + 1, `"${paragraph}" không phải tên mục. Các mục: ${SHOWN}.`);
      if (heads[head] !== undefined) return refuse(index + 1, `"${paragraph}" có hai lần.`);
      open = [];
      heads[head] = open;
    } else if (paragraph !== "") {
      if (open === null) {
        return refuse(
          index + 1,
          `"${paragraph.slice(0, 60)}" không thuộc mục nào. Các mục: ${SHOWN}.`,
        );
      }
      if (paragraph.length > MAX_LENGTH) return refuse(index + 1, `dài quá ${MAX_LENGTH} chữ.`);
      open.push(paragraph);
      if (open.length > MAX_PARAGRAPHS) return refuse(index + 1, "quá nhiều đoạn trong một mục.");
    }
  }
  return heads;
}

/** The same from a file. @throws Failure when it cannot be read or parsed */
export async function readTexts(file: string): Promise<DocumentTexts["heads"]> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw fileFailure(error, `Không đọc được lời viết trong ${file}`);
  });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw wrongUsage(`${file} không phải văn bản UTF-8: lưu lại thành tệp văn bản thuần.`);
  }
  return parseTexts(file, text);
}

/** The city's texts of a draft, derived from figures, by head. */
export function derivedUnderHeads(contents: Contents): Readonly<Record<WrittenHead, string[]>> {
  const heads = Object.fromEntries(WRITTEN_HEADS.map((head) => [head, [] as string[]])) as Record<
    WrittenHead,
    string[]
  >;
  for (const row of contents.text) {
    const { audience, head, text } = PARTS.text.parse(JSON.parse(row));
    if (audience === "city" && head !== "summary") heads[head].push(text);
  }
  return heads;
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
    const own = heads[HEAD_OF_REMARK[head]] ?? [];
    own.push(`${whose}: ${text}${end}`);
    heads[HEAD_OF_REMARK[head]] = own;
  }
  return heads;
}

/** Texts derived from figures and remarks of units, by head, as a file to edit. */
export function draftTexts({ contents, remarks }: Pick<Draft, "contents" | "remarks">): string {
  const derived = derivedUnderHeads(contents);
  const ofUnits = remarksUnderHeads(remarks);
  return WRITTEN_HEADS.map((head) =>
    [`# ${TEXT_HEADS[head]}`, ...derived[head], ...(ofUnits[head] ?? []), ""].join("\n"),
  ).join("\n");
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
