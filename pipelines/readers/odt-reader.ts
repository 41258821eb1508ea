import type { Block } from "../reading-plans/outline.ts";
import { attributeOf, unescaped, xmlEvents } from "../workbook/xml.ts";
import { DocumentDraft, listNumber } from "./document-draft.ts";

const SKIPPED = new Set([
  "text:tracked-changes",
  "office:annotation",
  "text:note-citation",
  "text:sequence-decls",
]);

interface ListStyle {
  readonly format: string;
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * The paragraphs and tables of an OpenDocument text, with the numbers of its lists.
 * @throws SyntaxError where it is not XML
 */
export function odtBlocks(content: string): Block[] {
  const draft = new DocumentDraft();
  const styles = new Map<string, ListStyle>();
  const counts = new Map<string, number>();
  const lists: { style: string; isNew: boolean }[] = [];
  const open: { text: string; level: number | null }[] = [];
  const spans: number[] = [];
  const notes: Block[] = [];
  let listStyle = "";
  let skipped = 0;
  let isNote = false;
  const labelOf = (): string => {
    const list = lists.at(-1);
    if (list === undefined || !list.isNew) return "";
    list.isNew = false;
    const key = `${list.style} ${lists.length}`;
    const style = styles.get(key);
    if (style === undefined) return "- ";
    counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const deeper of counts.keys()) {
      if (
        deeper.startsWith(`${list.style} `) &&
        Number(deeper.slice(list.style.length + 1)) > lists.length
      )
        counts.delete(deeper);
    }
    return `${style.prefix}${listNumber(counts.get(key) ?? 1, style.format)}${style.suffix} `;
  };
  for (const event of xmlEvents(content)) {
    const last = open.at(-1);
    if (event.kind === "text") {
      if (skipped === 0 && last !== undefined)
        last.text += unescaped(event.text).replace(/\s+/gu, " ");
      continue;
    }
    const { name } = event;
    if (SKIPPED.has(name)) skipped += event.kind === "open" ? 1 : -1;
    if (skipped > 0) continue;
    if (name === "text:note") isNote = event.kind === "open";
    if (event.kind === "close") {
      if ((name === "text:p" || name === "text:h") && last !== undefined) {
        open.pop();
        if (isNote) {
          notes.push({
            kind: "paragraph",
            text: last.text.trim(),
            level: null,
            page: null,
            isNote,
          });
          continue;
        }
        draft.paragraph(last.text.trim() === "" ? "" : `${labelOf()}${last.text}`, last.level);
      } else if (name === "text:list") lists.pop();
      else if (name === "table:table-cell") draft.closeCell(spans.pop() ?? 1);
      else if (name === "table:table") draft.closeTable();
      continue;
    }
    const attribute = (key: string): string | undefined => attributeOf(event.attributes, key);
    if (name === "text:list-style") listStyle = attribute("style:name") ?? "";
    else if (name === "text:list-level-style-number" && attribute("style:num-format")) {
      styles.set(`${listStyle} ${attribute("text:level")}`, {
        format: attribute("style:num-format") ?? "1",
        prefix: attribute("style:num-prefix") ?? "",
        suffix: attribute("style:num-suffix") ?? "",
      });
    } else if (name === "text:p" || name === "text:h") {
      open.push({
        text: "",
        level: name === "text:h" ? Number(attribute("text:outline-level") ?? 1) : null,
      });
    } else if (name === "text:list") {
      const style = attribute("text:style-name") ?? lists.at(-1)?.style ?? "";
      const goesOn =
        attribute("text:continue-numbering") === "true" ||
        attribute("text:continue-list") !== undefined;
      if (lists.length === 0 && !goesOn)
        for (const key of counts.keys()) if (key.startsWith(`${style} `)) counts.delete(key);
      lists.push({ style, isNew: false });
    } else if (name === "text:list-item") {
      const list = lists.at(-1);
      if (list !== undefined) list.isNew = true;
    } else if (last !== undefined && (name === "text:tab" || name === "text:s")) last.text += " ";
    else if (last !== undefined && name === "text:line-break") last.text += "\n";
    else if (name === "table:table") draft.openTable();
    else if (name === "table:table-row") draft.openRow();
    else if (name === "table:table-cell") {
      spans.push(Number(attribute("table:number-columns-spanned") ?? 1));
      draft.openCell();
    }
  }
  return [...draft.blocks, ...notes];
}
