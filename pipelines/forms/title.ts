import type { FontStyle } from "hucre";
import { type Draft, putAcross, putRuns, type Span, setHeight } from "../workbook/sheet-draft.ts";
import { FONT_NAME, SIZE, textStyle, top } from "../workbook/style.ts";
import { textHeight } from "../workbook/text-size.ts";
import * as wording from "./form-wording.ts";
import { type Grid, pointsAcross } from "./grid.ts";
import { type FactLine, headTexts } from "./labels.ts";
import type { FormLayout } from "./layout.ts";

/** Draws all that stands above the first entry cell. @returns the next free row. */
export function drawHead(draft: Draft, grid: Grid, layout: FormLayout, start: number): number {
  let row = drawTitle(draft, grid, layout, start);
  row = drawFacts(draft, grid, layout, row);
  return drawInstructions(draft, grid, layout, row);
}

function drawTitle(draft: Draft, grid: Grid, layout: FormLayout, start: number): number {
  const texts = headTexts(layout);
  const left = grid.leftHalf;
  const right = grid.rightHalf;
  const bold = { bold: true };
  const unitName = texts.name;
  const unitFont = { size: SIZE.text, bold: true };
  const unitText = { name: FONT_NAME, ...unitFont };
  const unitRuns = [
    { text: `${unitName}\n`, font: unitText },
    { text: "────────", font: { name: FONT_NAME, size: 7 } },
  ];
  const unitStyle = top(textStyle(SIZE.text, "center", bold));
  putRuns(draft, start, left, unitRuns, unitStyle, start + 1);
  putAcross(draft, start, right, wording.NATIONAL_TITLE, textStyle(SIZE.text, "center", bold));
  const motto = textStyle(SIZE.title, "center", { bold: true, underline: true });
  putAcross(draft, start + 1, right, wording.NATIONAL_MOTTO, top(motto));
  const unitHeight = textHeight(unitName, unitFont, pointsAcross(grid, left)) + 9;
  setHeight(draft, start, 17);
  setHeight(draft, start + 1, Math.max(20, unitHeight - 17));
  setHeight(draft, start + 2, 4);
  let row = start + 3;
  const lines: [string, number, FontStyle][] = [
    [texts.heading, SIZE.title + 1, bold],
    [texts.title, SIZE.title, bold],
    [texts.plan, SIZE.text, { italic: true }],
  ];
  for (const [text, size, font] of lines) {
    putAcross(draft, row, grid.whole, text, textStyle(size, "center", font));
    setHeight(draft, row, textHeight(text, { size, ...font }, pointsAcross(grid, grid.whole)));
    row += 1;
  }
  setHeight(draft, row, 4);
  return row + 1;
}

/** Whose form it is, until when, for when and for whom. */
function drawFacts(draft: Draft, grid: Grid, layout: FormLayout, start: number): number {
  const texts = headTexts(layout);
  const lines: readonly FactLine[] = ["unit", "due", "period", "receiver"];
  const facts = lines.map((line): [string, string] => [wording.LABEL[line], texts[line]]);
  const font = { name: FONT_NAME, size: SIZE.text };
  const draw = (row: number, span: Span, [label, text]: [string, string]): void => {
    const runs = [
      { text: label, font },
      { text, font: { ...font, bold: true } },
    ];
    putRuns(draft, row, span, runs, textStyle(SIZE.text, "left"));
    const height = textHeight(label + text, { size: SIZE.text }, pointsAcross(grid, span));
    setHeight(draft, row, Math.max(height, draft.rows.get(row)?.height ?? 0));
  };
  // A wide page is a low one: there two facts share a line.
  const shared = grid.landscape ? facts.splice(2, 2) : [];
  facts.forEach((fact, index) => {
    draw(start + index, grid.landscape ? grid.leftHalf : grid.whole, fact);
  });
  shared.forEach((fact, index) => {
    draw(start + index, grid.rightHalf, fact);
  });
  return start + facts.length;
}

function drawInstructions(draft: Draft, grid: Grid, layout: FormLayout, start: number): number {
  let row = start;
  setHeight(draft, row, 2);
  row += 1;
  for (const text of wording.instructions(layout.period, layout.unit.area)) {
    const line = `- ${text}`;
    putAcross(draft, row, grid.whole, line, textStyle(SIZE.small, "left", { italic: true }));
    const width = pointsAcross(grid, grid.whole);
    setHeight(draft, row, textHeight(line, { size: SIZE.small }, width) - 1);
    row += 1;
  }
  return row;
}
