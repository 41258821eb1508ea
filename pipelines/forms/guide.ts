import { columnName } from "../workbook/cell-name.ts";
import { FORM_PROTECTION, formPage, printNames } from "../workbook/page-setup.ts";
import { type DrawnSheet, newDraft, put, putAcross, setHeight } from "../workbook/sheet-draft.ts";
import { SIZE, textStyle, top } from "../workbook/style.ts";
import { textHeight } from "../workbook/text-size.ts";
import { GUIDE_SHEET_NAME, GUIDE_TITLE, guide, TARGETS_TITLE } from "./form-wording.ts";
import { type FormLayout, targetsOfForm } from "./layout.ts";

const WIDTHS = [5, 71] as const;
const TEXT_POINTS = 71 * 6 - 4;

/** Draws the sheet that explains how the form is filled in, and which targets its figures are for. */
export function guideSheet(layout: FormLayout): DrawnSheet {
  const { plan, unit, period, tables } = layout;
  const draft = newDraft();
  const last = WIDTHS.length - 1;
  const title = textStyle(SIZE.title, "center", { bold: true });
  putAcross(draft, 0, { from: 0, to: last }, GUIDE_TITLE, title);
  setHeight(draft, 0, 28);
  const lines = guide(
    plan,
    period,
    tables.some(({ areas }) => areas !== null),
  );
  let row = 1;
  const write = (text: string, size: number, bold = false): void => {
    put(draft, row, 1, text, top(textStyle(size, "left", { bold })));
    setHeight(draft, row, textHeight(text, { size, bold }, TEXT_POINTS) + 4);
    row += 1;
  };
  lines.forEach((text, index) => {
    put(draft, row, 0, `${index + 1}.`, top(textStyle(SIZE.text, "right")));
    write(text, SIZE.text);
  });
  const targets = targetsOfForm(layout);
  if (targets.length > 0) {
    putAcross(draft, row, { from: 0, to: last }, TARGETS_TITLE, title);
    setHeight(draft, row, 32);
    row += 1;
  }
  for (const [asked = "", ...below] of targets) {
    write(asked, SIZE.table, true);
    for (const text of below) write(text, SIZE.table);
  }
  const sheet = {
    name: GUIDE_SHEET_NAME,
    columns: WIDTHS.map((width) => ({ width })),
    cells: draft.cells,
    merges: draft.merges,
    rowDefs: draft.rows,
    protection: FORM_PROTECTION,
    view: { showGridLines: false },
    ...formPage({ orientation: "portrait", footer: `${unit.name} - ${period.name}` }),
  };
  const area = `$A$1:$${columnName(last)}$${row}`;
  return { sheet, names: printNames(GUIDE_SHEET_NAME, area, null) };
}
