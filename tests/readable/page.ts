import type { Page } from "playwright-core";
import { alignedTable, withoutChance } from "./table.ts";

/** What a page says one below the other. */
type Block = { readonly text: string } | { readonly rows: string[][] };

/**
 * What a page says, as its reader reads it: title, then all that can be seen of its main part from
 * top to bottom. Headings begin with `#`, lists with `-`, what can be pressed or chosen stands in
 * brackets, what is folded is unfolded, of a chart there are its name and its labels.
 */
export async function readablePage(page: Page): Promise<string> {
  const blocks: Block[] = await page.evaluate(blocksOf);
  const lines = blocks.flatMap((block) =>
    "rows" in block
      ? ["", ...alignedTable(block.rows.map((row) => row.map(withoutChance))), ""]
      : [withoutChance(block.text)],
  );
  const text = lines.join("\n").replace(/\n{3,}/g, "\n\n");
  return `title: ${await page.title()}\n\n${text.trim()}\n`;
}

/** Runs in the page, and so uses nothing from outside. */
function blocksOf(): Block[] {
  /** Between parts that stand side by side. */
  const GAP = "¦";
  const blocks: Block[] = [];
  let line = "";

  const tidy = (text: string): string =>
    text
      .replace(/\s+/g, " ")
      .replace(/ ?(?:¦ ?)+/g, " · ")
      .replace(/^ · | · $/g, "")
      .trim();
  const flush = (before = ""): void => {
    const text = tidy(line);
    line = "";
    if (text !== "") blocks.push({ text: before + text });
  };
  /** The text of an element alone, in one line. */
  const within = (element: Element): string => {
    const held = line;
    const from = blocks.length;
    line = "";
    visitChildren(element);
    flush();
    line = held;
    const inner = blocks.splice(from);
    return inner
      .map((block) => ("rows" in block ? block.rows.flat().join(" · ") : block.text))
      .join(" · ");
  };
  const isHidden = (element: Element): boolean => {
    if (!element.checkVisibility({ visibilityProperty: true })) return true;
    const { position, clipPath, clip } = getComputedStyle(element);
    return position === "absolute" && (clipPath.startsWith("inset(50") || clip.startsWith("rect("));
  };
  const made = (element: Element, part: "::before" | "::after"): void => {
    const { content } = getComputedStyle(element, part);
    for (const [, text] of content.matchAll(/"([^"]*)"/g)) line += text;
  };
  const readingLook = (element: Element) => {
    const { display, marginLeft, marginRight, paddingLeft, paddingRight } =
      getComputedStyle(element);
    const isApart = (...lengths: string[]) =>
      lengths.some((length) => Number.parseFloat(length) > 0);
    return {
      display,
      isApartBefore: isApart(marginLeft, paddingLeft),
      isApartAfter: isApart(marginRight, paddingRight),
    };
  };
  const visitChildren = (element: Element): void => {
    made(element, "::before");
    const { display, flexDirection } = getComputedStyle(element);
    const isRow = /grid/.test(display) || (/flex/.test(display) && !/column/.test(flexDirection));
    // a published version has its own page within the page
    for (const child of (element.shadowRoot ?? element).childNodes) {
      if (child.nodeType === Node.TEXT_NODE) line += child.nodeValue;
      if (child.nodeType === Node.ELEMENT_NODE) visit(child as Element, isRow);
    }
    made(element, "::after");
  };
  const visitTable = (table: Element): void => {
    flush();
    const caption = table.querySelector("caption");
    if (caption !== null && !isHidden(caption)) {
      line = within(caption);
      flush();
    }
    const rows = [...table.querySelectorAll("tr")]
      .filter((row) => !isHidden(row) && row.closest("table") === table)
      .map((row) => [...row.children].filter((cell) => !isHidden(cell)).map(within));
    if (rows.length > 0) blocks.push({ rows });
  };
  const visit = (element: Element, isInRow: boolean): void => {
    if (isHidden(element)) return;
    const name = element.tagName.toLowerCase();
    if (["script", "style", "template", "title", "meta"].includes(name)) return;
    if (name === "br") {
      flush();
    } else if (name === "svg") {
      const label = element.getAttribute("aria-label") ?? "";
      const texts = [...element.querySelectorAll("text")].map((one) => tidy(one.textContent ?? ""));
      if (label === "" && texts.length === 0) return;
      flush();
      blocks.push({ text: `[chart: ${tidy([label, ...texts].join(GAP))}]` });
    } else if (name === "table") {
      visitTable(element);
    } else if (element instanceof HTMLSelectElement) {
      line += ` [${element.selectedOptions[0]?.label ?? ""}] `;
    } else if (element instanceof HTMLInputElement) {
      const isBox = ["checkbox", "radio"].includes(element.type);
      const box = element.checked ? "x" : " ";
      line += ` [${isBox ? box : element.value || element.placeholder}] `;
    } else if (name === "button") {
      line += ` [${within(element)}] `;
    } else if (/^h[1-6]$/.test(name)) {
      flush();
      const text = within(element);
      blocks.push({ text: "" }, { text: `${"#".repeat(Number(name[1]))} ${text}` });
    } else if (name === "li" || name === "summary") {
      flush();
      const from = blocks.length;
      visitChildren(element);
      flush();
      const first = blocks[from];
      if (first !== undefined && "text" in first && !first.text.startsWith("- ")) {
        blocks[from] = { text: (name === "li" ? "- " : "▸ ") + first.text };
      }
    } else if (name === "dt") {
      flush();
      line += `${within(element)}: `;
    } else if (name === "dd") {
      visitChildren(element);
      flush();
    } else {
      const { display, ...look } = readingLook(element);
      const isInline = display.startsWith("inline") || display === "contents";
      const isSmall =
        element.querySelector("h1,h2,h3,h4,p,ul,ol,dl,table,section,svg[aria-label]") === null &&
        !/^(p|section|nav|ul|ol|dl)$/.test(name);
      const part = (isApart: boolean): void => {
        if (isInRow && isSmall) line += GAP;
        else if (!isInline) flush();
        else if (isApart) line += " ";
      };
      part(look.isApartBefore);
      visitChildren(element);
      part(look.isApartAfter);
    }
  };

  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const main = document.querySelector("main");
  if (main === null) throw new Error("the page has no main part");
  visitChildren(main);
  flush();
  return blocks;
}
