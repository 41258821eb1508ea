import { relationsOf, textOf } from "./package-parts.ts";
import { attributeOf, type Element, elementsOf, replaceElements } from "./xml.ts";
import type { Parts } from "./zip.ts";

export type Severity = "error" | "doubt";

/** Light red and orange, which no cell of a form has. */
const COLOURS: Readonly<Record<Severity, string>> = { error: "FFFFC7CE", doubt: "FFFFD27F" };

/** The cell styles of a workbook, with those added that marked cells need. */
export class MarkedStyles {
  private readonly parts: Parts;
  private readonly part: string | undefined;
  private readonly prefix: string;
  private readonly styles: Element[];
  private readonly fills: Map<Severity, number>;
  private readonly fillCount: number;
  private readonly added: string[] = [];
  /** Of each added style the one that it was made from. */
  private readonly bases: number[] = [];
  private readonly known = new Map<string, number>();

  constructor(parts: Parts) {
    this.parts = parts;
    const workbook = relationsOf(parts, "", "officeDocument")[0]?.target ?? "";
    this.part = relationsOf(parts, workbook, "styles")[0]?.target;
    const xml = this.part === undefined ? "" : textOf(parts, this.part);
    const [list] = elementsOf(xml, "cellXfs");
    this.prefix = list?.prefix ?? "";
    this.styles = list === undefined ? [] : elementsOf(list.content, "xf");
    const fills = elementsOf(elementsOf(xml, "fills")[0]?.content ?? "", "fill");
    this.fillCount = fills.length;
    const known = (severity: Severity): number =>
      fills.findIndex(({ content }) => content.toUpperCase().includes(COLOURS[severity]));
    this.fills = new Map(
      (["error", "doubt"] as const).map((severity, index) => [
        severity,
        known(severity) >= 0 ? known(severity) : fills.length + index,
      ]),
    );
  }

  /** Whether the workbook has styles to which others can be added. */
  get isUsable(): boolean {
    return this.styles.length > 0 && this.fillCount > 0;
  }

  /** The number of the style that is the given one with the colour of a mark. */
  marked(style: number, severity: Severity): number {
    return this.withFill(this.unmarked(style), this.fills.get(severity) ?? 0);
  }

  /**
   * The style that a cell had before it was marked in an earlier copy: the one that differs in its
   * fill only; the given one where it is no mark.
   */
  unmarked(style: number): number {
    const own = this.styles[style];
    if (own === undefined) return style;
    const fill = Number(attributeOf(own.attributes, "fillId") ?? 0);
    const isMark = fill < this.fillCount && [...this.fills.values()].includes(fill);
    if (!isMark) return style;
    const twin = this.styles.findIndex(
      (other, index) =>
        index !== style &&
        ![...this.fills.values()].includes(Number(attributeOf(other.attributes, "fillId") ?? 0)) &&
        withoutFill(other) === withoutFill(own),
    );
    return twin >= 0 ? twin : this.withFill(style, 0);
  }

  private withFill(style: number, fill: number): number {
    const key = `${style} ${fill}`;
    const before = this.known.get(key);
    if (before !== undefined) return before;
    const base = style < this.styles.length ? style : (this.bases[style - this.styles.length] ?? 0);
    const own = this.styles[base] ?? this.styles[0];
    const others = (own?.attributes ?? "").replace(
      /\s(?:fillId|applyFill)\s*=\s*(?:"[^"]*"|'[^']*')/g,
      "",
    );
    const { prefix } = this;
    this.added.push(
      `<${prefix}xf${others} fillId="${fill}" applyFill="1">${own?.content ?? ""}</${prefix}xf>`,
    );
    this.bases.push(base);
    const number = this.styles.length + this.added.length - 1;
    this.known.set(key, number);
    return number;
  }

  /** Puts the added styles into the workbook. */
  write(): void {
    if (this.part === undefined || this.added.length === 0) return;
    const { prefix: p } = this;
    const fills = [...this.fills]
      .filter(([, fill]) => fill >= this.fillCount)
      .map(
        ([severity]) =>
          `<${p}fill><${p}patternFill patternType="solid"><${p}fgColor rgb="${COLOURS[severity]}"/><${p}bgColor indexed="64"/></${p}patternFill></${p}fill>`,
      );
    const xml = appended(
      appended(textOf(this.parts, this.part), "fills", fills),
      "cellXfs",
      this.added,
    );
    this.parts.set(this.part, Buffer.from(xml));
  }
}

function withoutFill({ attributes, content }: Element): string {
  const others = [...attributes.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
    .filter(([, name]) => name !== "fillId" && name !== "applyFill")
    .map(([, name, value, other]) => `${name}=${value ?? other}`);
  return [...others.sort(), content].join(" ");
}

/** Appends elements to a list, and counts them where the list says how many it has. */
function appended(xml: string, list: string, elements: readonly string[]): string {
  if (elements.length === 0) return xml;
  return replaceElements(xml, list, ({ prefix, attributes, content }) => {
    const counted = attributes.replace(
      /(\scount\s*=\s*["'])(\d+)/,
      (_, before: string, count: string) => before + (Number(count) + elements.length),
    );
    return `<${prefix}${list}${counted}>${content}${elements.join("")}</${prefix}${list}>`;
  });
}
