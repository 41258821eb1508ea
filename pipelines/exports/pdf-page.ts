import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { create, type Font, type GlyphRun } from "fontkit";
import PDFDocument from "pdfkit";
import { remembering } from "../vocabulary/remembering.ts";
import { type Letters, type Paper, type Side, UPRIGHT } from "./document-block.ts";

/** Metric-compatible with Times New Roman, free, with every letter of Vietnamese. */
const FONT_FILES = {
  plain: "400Regular/Tinos_400Regular.ttf",
  italics: "400Regular_Italic/Tinos_400Regular_Italic.ttf",
  bold: "700Bold/Tinos_700Bold.ttf",
  both: "700Bold_Italic/Tinos_700Bold_Italic.ttf",
} as const;
type Face = keyof typeof FONT_FILES;
const FACES = Object.keys(FONT_FILES) as readonly Face[];

const FONT_PACKAGE = "@expo-google-fonts/tinos";
/** What a line of Times New Roman takes, in its size. */
const LINE = 1.15;
const POINTS_PER_TWIP = 1 / 20;
const POINTS_PER_MILLIMETRE = 72 / 25.4;
const BODY = 28;

export const points = (twips: number): number => twips * POINTS_PER_TWIP;

let fonts: Promise<ReadonlyMap<Face, Font>> | undefined;

/** Ligatures such as `ﬁ`, which are written as single letters. */
const isLigature = (code: number): boolean => code >= 0xfb00 && code <= 0xfb4f;

/**
 * Fonts, opened once for all documents, since that takes longer than writing one. The library maps each
 * glyph to the text that first asked for it, and files use that map: an `a` first needed as a part of
 * `á` would be unreadable in later documents. So each glyph is first asked for by its own letter.
 */
export function readFonts(): Promise<ReadonlyMap<Face, Font>> {
  const { resolve } = createRequire(import.meta.url);
  fonts ??= Promise.all(
    FACES.map(async (face) => {
      const font = create(await readFile(resolve(`${FONT_PACKAGE}/${FONT_FILES[face]}`)));
      if (!("layout" in font)) throw new Error(`${FONT_FILES[face]} holds several fonts`);
      for (const code of font.characterSet) if (!isLigature(code)) font.glyphForCodePoint(code);
      rememberWords(font);
      return [face, font] as const;
    }),
  ).then((read) => new Map(read));
  return fonts;
}

/** Has a font lay out each word once for all documents, which is half of what writing one costs. */
function rememberWords(font: Font): void {
  const layOut = font.layout.bind(font);
  const remembered = remembering((text): GlyphRun => layOut(text));
  font.layout = (text, ...options) => {
    if (options.some((option) => option !== undefined)) return layOut(text, ...options);
    const run = remembered(text);
    // whoever asks scales the positions in place
    const positions = run.positions.map((position) => ({ ...position }));
    return Object.assign(Object.create(Object.getPrototypeOf(run)), run, { positions });
  };
}

/** Metadata of a file. */
export interface PdfFacts {
  readonly title: string;
  readonly subject: string;
  readonly author: string;
  readonly written: Date;
}

/** A text set in lines that fit a width, not placed yet. */
export interface SetText {
  readonly lines: readonly { readonly words: readonly string[]; readonly width: number }[];
  readonly letters: Letters;
  /** Of one line, in points. */
  readonly lineHeight: number;
  readonly height: number;
}

export type Element = ReturnType<PDFKit.PDFDocument["struct"]>;
type ElementType = Parameters<PDFKit.PDFDocument["struct"]>[0];
/** The library does not say that an element has its entry in the file. */
type WithEntry = Element & { readonly dictionary: { readonly data: object } };

/**
 * Pages of a tagged PDF/A-2a with embedded fonts. Coordinates are in points; elements come in reading
 * order. The same calls always give the same bytes.
 */
export class PdfPages {
  private readonly document: PDFKit.PDFDocument;
  private readonly done: Promise<Uint8Array<ArrayBuffer>>;
  private readonly root: Element;
  private readonly widths = new Map<string, number>();
  private paper: Paper = UPRIGHT;

  private constructor(facts: PdfFacts, faces: ReadonlyMap<Face, Font>) {
    this.document = new PDFDocument({
      autoFirstPage: false,
      bufferPages: false,
      pdfVersion: "1.7",
      subset: "PDF/A-2a",
      tagged: true,
      lang: "vi-VN",
      displayTitle: true,
      // no default font: the standard ones cannot be embedded
      font: "",
      info: {
        Title: facts.title,
        Subject: facts.subject,
        Author: facts.author,
        Creator: "chitieu",
        Producer: "chitieu",
        CreationDate: facts.written,
        ModDate: facts.written,
      },
    });
    // the types allow only files
    for (const [face, font] of faces) this.document.registerFont(face, font as unknown as string);
    const chunks: Uint8Array[] = [];
    this.document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    this.done = new Promise((resolve, reject) => {
      this.document.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
      this.document.on("error", reject);
    });
    this.root = this.document.struct("Document");
    this.document.addStructure(this.root);
  }

  static async begin(facts: PdfFacts): Promise<PdfPages> {
    return new PdfPages(facts, await readFonts());
  }

  /** Ends the last page. */
  async end(): Promise<Uint8Array<ArrayBuffer>> {
    this.root.end();
    this.document.end();
    return this.done;
  }

  newPage(paper: Paper): void {
    this.paper = paper;
    this.document.addPage({
      size: [paper.width * POINTS_PER_MILLIMETRE, paper.height * POINTS_PER_MILLIMETRE],
      margin: 0,
    });
  }

  /** The printed area, in points. */
  get frame(): { left: number; right: number; top: number; bottom: number } {
    const { width, height, left, right, top, bottom } = this.paper;
    const of = (length: number): number => length * POINTS_PER_MILLIMETRE;
    return { left: of(left), right: of(width - right), top: of(top), bottom: of(height - bottom) };
  }

  /** Breaks a text into lines. @param first how much less room the first line has */
  set(text: string, letters: Letters, width: number, { first = 0, line = 240 } = {}): SetText {
    const size = (letters.size ?? BODY) / 2;
    const widthOf = (word: string): number => this.widthOf(word, letters) * size;
    const space = widthOf(" ");
    const lines: { words: string[]; width: number }[] = [];
    let words: string[] = [];
    let used = 0;
    const room = (): number => width - (lines.length === 0 ? first : 0);
    const close = (): void => {
      lines.push({ words, width: used });
      [words, used] = [[], 0];
    };
    // runs of blanks are room to fill in by hand
    for (const word of text.split(/ (?! )/).flatMap((one) => broken(one, width, widthOf))) {
      const wide = widthOf(word);
      if (words.length > 0 && used + space + wide > room()) close();
      used += (words.length > 0 ? space : 0) + wide;
      words.push(word);
    }
    close();
    const lineHeight = size * LINE * (line / 240);
    return { lines, letters, lineHeight, height: lines.length * lineHeight };
  }

  /** In letters of one point. */
  private widthOf(word: string, letters: Letters): number {
    const face = faceOf(letters);
    const known = this.widths.get(`${face} ${word}`);
    if (known !== undefined) return known;
    const width = this.document.font(face).fontSize(100).widthOfString(word) / 100;
    this.widths.set(`${face} ${word}`, width);
    return width;
  }

  /**
   * Places lines of a set text.
   * @param within the element that they belong to; null for untagged ones, within `aside`
   * @returns their lower end
   */
  place(
    within: Element | null,
    set: SetText,
    at: { x: number; y: number; width: number; align: Side; first?: number },
    range: { from: number; to: number } = { from: 0, to: set.lines.length },
  ): number {
    let { y } = at;
    for (let index = range.from; index < range.to; index += 1) {
      const line = set.lines[index];
      if (line === undefined) break;
      const text = line.words.join(" ");
      const isLast = index === set.lines.length - 1;
      const draw = (words: string, ends: boolean): void =>
        this.draw(words, line.width, set, { ...at, y }, index, ends);
      if (text.trim() !== "") {
        if (within === null) draw(text, true);
        else {
          const span = () => draw(isLast ? text : `${text} `, isLast);
          within.add(this.document.struct("Span", {}, span));
        }
      }
      y += set.lineHeight;
    }
    return y;
  }

  private draw(
    text: string,
    wide: number,
    { letters, lineHeight, lines }: SetText,
    { x, y, width, align, first = 0 }: Parameters<PdfPages["place"]>[2],
    index: number,
    isLast: boolean,
  ): void {
    this.choose(letters);
    const indent = index === 0 ? first : 0;
    const spare = width - indent - wide;
    const gaps = (lines[index]?.words.length ?? 1) - 1;
    const shift = align === "center" ? spare / 2 : align === "right" ? spare : 0;
    const size = (letters.size ?? BODY) / 2;
    const from = x + indent + shift;
    const above = y + (lineHeight - size * LINE);
    // keep the room to fill in by hand
    if (align !== "both" || isLast || gaps === 0 || text.includes("  ")) {
      this.document.text(text, from, above, { lineBreak: false });
      return;
    }
    // word by word: the library's own way loses the blanks of copied text
    const gap = spare / gaps + this.widthOf(" ", letters) * size;
    let at = from;
    for (const word of lines[index]?.words ?? []) {
      this.choose(letters);
      this.document.text(`${word} `, at, above, { lineBreak: false });
      at += this.widthOf(word, letters) * size + gap;
    }
  }

  /** A structure element, in reading order. */
  element(
    type: ElementType,
    within: Element = this.root,
    attributes: object | null = null,
  ): Element {
    const element = this.document.struct(type);
    if (attributes !== null)
      Object.assign((element as WithEntry).dictionary.data, { A: attributes });
    within.add(element);
    return element;
  }

  /** Draws untagged content: page numbers, marks, lines. */
  aside(type: "Pagination" | "Layout", drawIt: () => void): void {
    this.document.markContent("Artifact", { type });
    drawIt();
    this.document.endMarkedContent();
  }

  /** An untagged text. */
  asideText(text: string, letters: Letters, y: number, align: Side): void {
    const { left, right } = this.frame;
    const set = this.set(text, letters, right - left);
    this.aside("Pagination", () => {
      const { lines } = set;
      this.draw(
        text,
        lines[0]?.width ?? 0,
        set,
        { x: left, y, width: right - left, align },
        0,
        true,
      );
    });
  }

  line(from: [number, number], to: [number, number], width = 0.5): void {
    this.aside("Layout", () => {
      this.document.lineWidth(width).strokeColor("#000000");
      this.document
        .moveTo(...from)
        .lineTo(...to)
        .stroke();
    });
  }

  fill(x: number, y: number, width: number, height: number, color: string): void {
    this.aside("Layout", () => {
      this.document.rect(x, y, width, height).fill(color);
    });
  }

  private choose(letters: Letters): void {
    const { size = BODY, color = "000000" } = letters;
    this.document
      .font(faceOf(letters))
      .fontSize(size / 2)
      .fillColor(`#${color}`);
  }
}

function faceOf({ bold = false, italics = false }: Letters): Face {
  return bold ? (italics ? "both" : "bold") : italics ? "italics" : "plain";
}

/** A word that is wider than a column is broken between letters. */
function broken(word: string, width: number, widthOf: (word: string) => number): string[] {
  if (widthOf(word) <= width) return [word];
  const parts: string[] = [];
  let part = "";
  for (const letter of word) {
    if (part !== "" && widthOf(part + letter) > width) {
      parts.push(part);
      part = "";
    }
    part += letter;
  }
  return [...parts, part];
}
