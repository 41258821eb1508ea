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
  /** How many levels a number shows: 2 of «1.2». */
  readonly shown: number;
}

/** The numbered levels of the lists of a part, by style and level. */
function listStylesOf(xml: string): [key: string, style: ListStyle][] {
  let name = "";
  return [...xmlEvents(xml)].flatMap((event): [string, ListStyle][] => {
    if (event.kind !== "open") return [];
    const attribute = (key: string): string | undefined => attributeOf(event.attributes, key);
    if (event.name === "text:list-style") name = attribute("style:name") ?? "";
    const format = attribute("style:num-format");
    if (event.name !== "text:list-level-style-number" || !format) return [];
    const style = {
      format,
      prefix: attribute("style:num-prefix") ?? "",
      suffix: attribute("style:num-suffix") ?? "",
      shown: Number(attribute("text:display-levels") ?? 1),
    };
    return [[`${name} ${attribute("text:level")}`, style]];
  });
}

/**
 * The paragraphs and tables of an OpenDocument text, with the numbers of its lists.
 * @throws SyntaxError where it is not XML
 */
export function odtBlocks(content: string, common: string | null): Block[] {
  const draft = new DocumentDraft();
  const styles = new Map([common ?? "", content].flatMap(listStylesOf));
  const counts = new Map<string, number>();
  const lists: { style: string; isNew: boolean }[] = [];
  const open: { text: string; level: number | null }[] = [];
  const spans: number[] = [];
  const notes: Block[] = [];
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
    const numbers = Array.from({ length: style.shown }, (_, no) => {
      const level = `${list.style} ${lists.length - style.shown + 1 + no}`;
      return listNumber(counts.get(level) ?? 1, styles.get(level)?.format ?? style.format);
    });
    return `${style.prefix}${numbers.join(".")}${style.suffix} `;
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
            isNote,
          });
          continue;
        }
        draft.paragraph(last.text.trim() === "" ? "" : `${labelOf()}${last.text}`, last.level);
      } else if (name === "text:list") lists.pop();
      else if (/^table:(?:covered-)?table-cell$/.test(name)) draft.closeCell(spans.pop() ?? 1);
      else if (name === "table:table") draft.closeTable();
      continue;
    }
    const attribute = (key: string): string | undefined => attributeOf(event.attributes, key);
    if (name === "text:p" || name === "text:h") {
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
    } else if (last !== undefined && (name === "text:tab" || name === "text:s"))
      last.text += name === "text:s" ? " " : "\t";
    else if (last !== undefined && name === "text:line-break") last.text += "\n";
    else if (name === "table:table") draft.openTable();
    else if (name === "table:table-row") draft.openRow();
    else if (/^table:(?:covered-)?table-cell$/.test(name)) {
      // what a wide or a high cell covers has cells of its own
      spans.push(Number(attribute("table:number-columns-repeated") ?? 1));
      draft.openCell();
    }
  }
  return [...draft.blocks, ...notes];
}
