import { cellName } from "./cell-name.ts";
import { addContentType, addRelation, freeName, relationsOf, textOf } from "./package-parts.ts";
import { attributeOf, elementsOf, escapeXml, replaceElements, unescaped } from "./xml.ts";
import type { Parts } from "./zip.ts";

/** What stands in a comment to a cell; rows and columns count from 0. */
export interface CellComment {
  readonly cell: string;
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/** Elements of a sheet that come after the reference to the drawing of its comments. */
const AFTER =
  /<(?:\w+:)?(?:legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)[\s/>]|<\/(?:\w+:)?worksheet\s*>/;

/**
 * Adds comments to a sheet. A comment that somebody else has put there stays, before ours in the same
 * cell; those of an earlier marked copy, which begin with one of `leads`, go.
 * @param sheet the XML of the sheet. @returns the XML with the reference to the comments.
 */
export function addComments(
  parts: Parts,
  sheetPart: string,
  sheet: string,
  comments: readonly CellComment[],
  leads: readonly string[],
): string {
  const known = relationsOf(parts, sheetPart, "comments")[0]?.target;
  const { kept, dropped } = earlierComments(known === undefined ? "" : textOf(parts, known), leads);
  if (comments.length === 0 && dropped.length === 0) return sheet;
  const folder = sheetPart.includes("/") ? (sheetPart.split("/")[0] ?? "xl") : "xl";
  const commentsPart = known ?? freeName(parts, `${folder}/comments`, ".xml");
  parts.set(commentsPart, Buffer.from(commentsXml(kept, comments)));
  if (known === undefined) {
    addRelation(parts, sheetPart, "comments", commentsPart);
    addContentType(parts, { part: commentsPart }, COMMENTS_TYPE);
  }
  const gone = new Set([...dropped, ...comments.map(({ cell }) => cell)]);
  return addShapes(parts, sheetPart, sheet, comments, gone);
}

interface Earlier {
  readonly cell: string;
  readonly author: string;
  /** The XML of the text. */
  readonly text: string;
}

function earlierComments(
  xml: string,
  leads: readonly string[],
): { kept: Earlier[]; dropped: string[] } {
  const authors = elementsOf(xml, "author").map(({ content }) => unescaped(content));
  const kept: Earlier[] = [];
  const dropped: string[] = [];
  for (const { attributes, content } of elementsOf(xml, "comment")) {
    const cell = attributeOf(attributes, "ref") ?? "";
    const text = elementsOf(content, "text")[0]?.content ?? "";
    const words = elementsOf(text, "t")
      .map((one) => unescaped(one.content))
      .join("")
      .trim();
    // an author's name in front of the text is a habit of Excel
    if (leads.some((lead) => words.startsWith(lead))) dropped.push(cell);
    else {
      const author = authors[Number(attributeOf(attributes, "authorId") ?? 0)] ?? "";
      kept.push({ cell, author, text: text.replace(/<(\/?)\w+:/g, "<$1") });
    }
  }
  return { kept, dropped };
}

function commentsXml(kept: readonly Earlier[], added: readonly CellComment[]): string {
  const authors = [...new Set(["chitieu", ...kept.map(({ author }) => author)])];
  const ours = new Map(added.map(({ cell, text }) => [cell, runXml(text)]));
  const comments = kept.map(({ cell, author, text }) => {
    const own = ours.get(cell);
    ours.delete(cell);
    const joined = own === undefined ? text : `${asRuns(text)}${runXml("\n\n")}${own}`;
    return commentXml(cell, authors.indexOf(author), joined);
  });
  for (const [cell, own] of ours) comments.push(commentXml(cell, 0, own));
  const names = authors.map((author) => `<author>${escapeXml(author)}</author>`).join("");
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><comments xmlns="${MAIN}"><authors>${names}</authors><commentList>${comments.join("")}</commentList></comments>`;
}

function commentXml(cell: string, author: number, text: string): string {
  return `<comment ref="${escapeXml(cell)}" authorId="${author}"><text>${text}</text></comment>`;
}

function runXml(text: string): string {
  return `<r><rPr><sz val="10"/><rFont val="Tahoma"/></rPr><t xml:space="preserve">${escapeXml(text)}</t></r>`;
}

/** A plain text and runs do not go together in one comment. */
function asRuns(text: string): string {
  return elementsOf(text, "r").length > 0 ? text : `<r>${text}</r>`;
}

/** Every comment needs a shape, or Excel does not show it. */
function addShapes(
  parts: Parts,
  sheetPart: string,
  sheet: string,
  comments: readonly CellComment[],
  gone: ReadonlySet<string>,
): string {
  const reference = elementsOf(sheet, "legacyDrawing")[0];
  const id = reference === undefined ? null : attributeOf(reference.attributes, "\\w+:id");
  const known = relationsOf(parts, sheetPart, "vmlDrawing").find((one) => one.id === id)?.target;
  const shapes = comments.map((comment, index) => shapeXml(comment, index)).join("");
  if (known !== undefined && parts.has(known)) {
    const others = replaceElements(textOf(parts, known), "shape", ({ whole }) =>
      gone.has(noteCell(whole)) ? "" : whole,
    );
    parts.set(known, Buffer.from(others.replace(/<\/xml>\s*$/, `${shapes}</xml>`)));
    return sheet;
  }
  const part = freeName(parts, "xl/drawings/chitieu", ".vml");
  parts.set(part, Buffer.from(drawingXml(shapes)));
  addContentType(parts, { extension: "vml" }, VML_TYPE);
  const relation = addRelation(parts, sheetPart, "vmlDrawing", part);
  const prefix = /<(\w+:)?worksheet[\s>]/.exec(sheet)?.[1] ?? "";
  const element = `<${prefix}legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="${relation}"/>`;
  const place = AFTER.exec(sheet)?.index ?? sheet.length;
  return sheet.slice(0, place) + element + sheet.slice(place);
}

/** The cell of the note that a shape shows, `B7`; empty for other shapes. */
function noteCell(shape: string): string {
  const row = /<x:Row>\s*(\d+)\s*<\/x:Row>/.exec(shape)?.[1];
  const column = /<x:Column>\s*(\d+)\s*<\/x:Column>/.exec(shape)?.[1];
  return row === undefined || column === undefined ? "" : cellName(Number(row), Number(column));
}

function drawingXml(shapes: string): string {
  return `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="9"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${shapes}</xml>`;
}

const LETTERS_A_LINE = 45;

function shapeXml({ row, column, text }: CellComment, index: number): string {
  const lines = text
    .split("\n")
    .reduce((count, line) => count + 1 + Math.floor(line.length / LETTERS_A_LINE), 1);
  const height = Math.max(4, lines);
  const anchor = [column + 1, 15, Math.max(0, row - 1), 10, column + 5, 15, row + height, 4];
  return `<v:shape id="_x0000_s${9217 + index}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;width:280pt;height:${height * 14}pt;z-index:${index + 1};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor.join(", ")}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`;
}
