import {
  AlignmentType,
  Document,
  HeadingLevel,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from "docx";

/** How a document is written: headings as styles, numbers typed or counted by Word. */
export interface WrittenAs {
  readonly headings: boolean;
  /** Bullets are a list of Word's, and the head and the end stand in tables without lines. */
  readonly lists: boolean;
}

const LEVELS = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
];

/** A Word document of the lines of a Markdown text. */
export async function writtenDocument(
  markdown: string,
  { headings, lists }: WrittenAs,
): Promise<Buffer> {
  const children: (Paragraph | Table)[] = [];
  // a title stands below the word «KẾ HOẠCH»
  const lines = headings ? markdown : markdown.replace("KẾ HOẠCH ", "KẾ HOẠCH\n");
  for (const line of lines.split("\n")) {
    const text = line.replace(/\*\*/g, "").trim();
    if (text === "") continue;
    const [, signs, title] = /^(#+)\s*(.+)$/.exec(text) ?? [];
    const runs = [
      new TextRun({
        text: title ?? text,
        font: "Times New Roman",
        size: 28,
        bold: signs !== undefined,
      }),
    ];
    const level = LEVELS[(signs?.length ?? 0) - 1];
    if (headings && level !== undefined)
      children.push(new Paragraph({ heading: level, children: runs }));
    else if (lists && text.startsWith("- ")) {
      children.push(
        new Paragraph({
          numbering: { reference: "bullets", level: 0 },
          children: [new TextRun({ text: text.slice(2), size: 28 })],
        }),
      );
    } else
      children.push(
        new Paragraph({
          alignment: AlignmentType.JUSTIFIED,
          indent: { firstLine: 567 },
          children: runs,
        }),
      );
  }
  if (lists)
    children.unshift(besides("UBND THÀNH PHỐ LẠNG SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
  const numbering = {
    config: [
      {
        reference: "bullets",
        levels: [
          { level: 0, format: LevelFormat.BULLET, text: "-", alignment: AlignmentType.LEFT },
        ],
      },
    ],
  };
  return Packer.toBuffer(new Document({ numbering, sections: [{ children }] }));
}

function besides(...texts: readonly string[]): Table {
  const cells = texts.map((text) => new TableCell({ children: [new Paragraph(text)] }));
  return new Table({ rows: [new TableRow({ children: cells })] });
}
