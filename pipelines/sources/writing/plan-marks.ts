import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isNode, isScalar, type Node, parseDocument } from "yaml";
import { codeAt, SECTION_NAMES, valueAt } from "../plan/plan-path.ts";
import { rangeOf } from "../text/plan-yaml.ts";
import { TextEdits } from "../text/text-edits.ts";
import type { PlanData } from "./plan-writing.ts";

/** Marks a place of a plan file where a person must decide. */
const TO_DECIDE = "# CẦN XEM LẠI:";

/** The mark of a line, with its words. */
export const MARK = /# CẦN XEM LẠI:(.*)/;

/** Of `state: draft` in a file that nobody has read yet. */
export const DRAFT_MARK =
  "bản dự thảo: chưa ai phải báo cáo, cho đến khi đọc và sửa xong cả tệp rồi xóa dòng state.";

/** What is to be looked at, and where that stands in the plan. */
export type PlanMark = readonly [path: readonly (string | number)[], words: string];

/** Marks by the code of the entry, or by the key with a colon, before which they stand. */
export function marksBy(data: PlanData, marks: ReadonlyMap<string, readonly string[]>): PlanMark[] {
  const places = SECTION_NAMES.flatMap((section) => {
    const entries = data[section];
    return (Array.isArray(entries) ? entries : []).map((entry: unknown, index) => {
      const at = valueAt(entry, ["target"]) === undefined ? [] : ["target"];
      return { code: codeAt(data, section, index), path: [section, index, ...at] };
    });
  });
  return [...marks].flatMap(([at, all]) => {
    const found = places.findLast(({ code }) => code === at)?.path ?? [at.replace(/:$/, "")];
    return all.map((words): PlanMark => [found, words]);
  });
}

/** The text of a plan file with a line before each place that somebody must look at. */
export function withMarks(text: string, marks: readonly PlanMark[]): string {
  if (marks.length === 0) return text;
  const document = parseDocument(text);
  const edits = new TextEdits(text);
  const placed = marks.flatMap(([path, words]) => {
    const node = placeOf(document, path);
    return node === null ? [] : [{ node, comment: `${TO_DECIDE} ${words}` }];
  });
  for (const { node, comment } of placed) edits.lineBefore(rangeOf(node)?.[0] ?? 0, comment);
  const marked = edits.toString();
  const read = parseDocument(marked);
  if (read.errors.length === 0 && isDeepStrictEqual(read.toJS(), document.toJS())) return marked;
  // within a text of several lines there is no line for it
  for (const { node, comment } of placed) {
    const there = node.commentBefore;
    node.commentBefore = (there ? `${there}\n` : "") + comment.slice(1);
  }
  return document.toString({ lineWidth: 0 });
}

/** The key, or the entry of a list, that stands at a path; null where none does. */
function placeOf(document: Document, path: readonly (string | number)[]): Node | null {
  const owner = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const found = isMap(owner)
    ? owner.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))?.key
    : document.getIn(path, true);
  return isNode(found) ? found : null;
}

/** A text without the line of a mark: somebody has looked. */
export function withoutMark(text: string, words: string): string {
  const lines = text.split("\n");
  const at = lines.findIndex((one) => MARK.exec(one)?.[1]?.trim() === words.trim());
  return lines.filter((_, index) => index !== at).join("\n");
}
