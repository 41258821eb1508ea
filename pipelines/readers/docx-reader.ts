import type { Block } from "../reading-plans/outline.ts";
import { attributeOf, unescaped, xmlEvents } from "../workbook/xml.ts";
import { DocumentDraft, listNumber } from "./document-draft.ts";

/** What a paragraph's style or its own marks say of it. */
interface Look {
  style: string | null;
  level: number | null;
  list: string | null;
  depth: number;
}

interface Style extends Look {
  basedOn: string | null;
}

interface ListLevel {
  readonly format: string;
  readonly text: string;
  readonly start: number;
}

/** Parts whose text stands elsewhere as well, or is no text of the document. */
const SKIPPED = new Set(["mc:Fallback", "w:del", "w:moveFrom"]);

/**
 * The paragraphs and tables of a Word document, with the numbers of its lists as Word counts them.
 * @throws SyntaxError where it is not XML
 */
export function docxBlocks(
  document: string,
  styles: string | null,
  numbering: string | null,
): readonly Block[] {
  const known = stylesOf(styles ?? "");
  const count = counter(numbering ?? "");
  const draft = new DocumentDraft();
  const open: { text: string; look: Look }[] = [];
  const spans: number[] = [];
  let skipped = 0;
  let isText = false;
  for (const event of xmlEvents(document)) {
    if (event.kind === "text") {
      const last = open.at(-1);
      if (isText && skipped === 0 && last !== undefined) last.text += unescaped(event.text);
      continue;
    }
    const { name } = event;
    if (SKIPPED.has(name)) skipped += event.kind === "open" ? 1 : -1;
    if (skipped > 0) continue;
    const last = open.at(-1);
    if (event.kind === "close") {
      if (name === "w:t") isText = false;
      else if (name === "w:p" && last !== undefined) {
        open.pop();
        const look = inherited(last.look, known);
        const label =
          look.list === null || last.text.trim() === "" ? "" : count(look.list, look.depth);
        draft.paragraph(`${label}${last.text}`, look.level);
      } else if (name === "w:tc") draft.closeCell(spans.pop() ?? 1);
      else if (name === "w:tbl") draft.closeTable();
      continue;
    }
    if (name === "w:t") isText = true;
    else if (name === "w:p")
      open.push({ text: "", look: { style: null, level: null, list: null, depth: 0 } });
    else if (name === "w:tab" && last !== undefined) last.text += "\t";
    else if (name === "w:noBreakHyphen" && last !== undefined) last.text += "-";
    else if ((name === "w:br" || name === "w:cr") && last !== undefined) last.text += "\n";
    else if (name === "w:tbl") draft.openTable();
    else if (name === "w:tr") draft.openRow();
    else if (name === "w:tc") {
      spans.push(1);
      draft.openCell();
    } else if (name === "w:gridSpan")
      spans[spans.length - 1] = Number(attributeOf(event.attributes, "w:val") ?? 1);
    else if (last !== undefined) look(last.look, name, attributeOf(event.attributes, "w:val"));
  }
  return draft.blocks;
}

function look(one: Look, name: string, value: string | undefined): void {
  if (value === undefined) return;
  if (name === "w:pStyle") one.style = value;
  else if (name === "w:outlineLvl" && Number(value) < 9) one.level = Number(value) + 1;
  else if (name === "w:ilvl") one.depth = Number(value);
  else if (name === "w:numId") one.list = value === "0" ? null : value;
}

function stylesOf(xml: string): Map<string, Style> {
  const styles = new Map<string, Style>();
  let style: Style | null = null;
  for (const event of xmlEvents(xml)) {
    if (event.kind !== "open") continue;
    const value = attributeOf(event.attributes, "w:val");
    if (event.name === "w:style") {
      style = { style: null, basedOn: null, level: null, list: null, depth: 0 };
      styles.set(attributeOf(event.attributes, "w:styleId") ?? "", style);
    } else if (style === null) continue;
    else if (event.name === "w:basedOn") style.basedOn = value ?? null;
    else if (event.name === "w:name") {
      const level = /^heading (\d)$/i.exec(value ?? "")?.[1];
      if (level !== undefined) style.level = Number(level);
    } else look(style, event.name, value);
  }
  return styles;
}

/** A paragraph's own marks, and those of its style and of what that is based on. */
function inherited(own: Look, styles: ReadonlyMap<string, Style>): Look {
  const found = { ...own };
  let next = own.style;
  for (let step = 0; step < 8 && next !== null; step += 1) {
    const style = styles.get(next);
    found.level ??= style?.level ?? null;
    if (found.list === null && style?.list != null)
      [found.list, found.depth] = [style.list, style.depth];
    next = style?.basedOn ?? null;
  }
  return found;
}

/** Counts the paragraphs of each list: `II. `, `1.2. `, `- `. */
function counter(xml: string): (list: string, depth: number) => string {
  const levels = new Map<string, ListLevel[]>();
  const lists = new Map<string, string>();
  let abstract = "";
  let list = "";
  let level = { format: "decimal", text: "", start: 1 };
  for (const event of xmlEvents(xml)) {
    if (event.kind !== "open") continue;
    const value = attributeOf(event.attributes, "w:val") ?? "";
    if (event.name === "w:abstractNum") {
      abstract = attributeOf(event.attributes, "w:abstractNumId") ?? "";
      levels.set(abstract, []);
    } else if (event.name === "w:lvl") {
      level = { format: "decimal", text: "", start: 1 };
      const all = levels.get(abstract);
      const at = Number(attributeOf(event.attributes, "w:ilvl") ?? 0);
      if (all !== undefined && at < 10 && list === "") all[at] = level;
    } else if (event.name === "w:numFmt") level.format = value;
    else if (event.name === "w:lvlText") level.text = value;
    else if (event.name === "w:start") level.start = Number(value);
    else if (event.name === "w:num") list = attributeOf(event.attributes, "w:numId") ?? "";
    else if (event.name === "w:abstractNumId") lists.set(list, value);
  }
  const counts = new Map<string, (number | undefined)[]>();
  return (name, depth) => {
    const kind = lists.get(name) ?? "";
    const all = levels.get(kind) ?? [];
    const own = all[depth];
    if (own === undefined || own.format === "none") return "";
    if (own.format === "bullet") return "- ";
    const numbers = counts.get(kind) ?? [];
    numbers[depth] = (numbers[depth] ?? own.start - 1) + 1;
    numbers.length = depth + 1;
    counts.set(kind, numbers);
    const label = own.text.replace(/%(\d)/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      return listNumber(numbers[at] ?? all[at]?.start ?? 1, all[at]?.format ?? "decimal");
    });
    return label === "" ? "" : `${label} `;
  };
}
