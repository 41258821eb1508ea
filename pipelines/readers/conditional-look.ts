import { placeOf } from "../workbook/cell-name.ts";
import type { Look } from "./cell-look.ts";
import {
  type CellContent,
  type CellMark,
  type MergedCells,
  WorkbookTooLarge,
} from "./sheet-content.ts";
import { shownOtherwise } from "./shown-number.ts";

/** A format that cells have while a condition holds, where it changes what is seen of them. */
export interface ConditionalLook {
  readonly ranges: readonly MergedCells[];
  /** What is compared with the cell's content, as in `>5`, `between 1 2`, `always`; anything else is not known. */
  readonly condition: string;
  /** Its format of numbers, where it has one. */
  readonly format?: string;
  readonly isStruck?: boolean;
  /** It shows nothing of the content. */
  readonly isUnseen?: boolean;
  /** It shows numbers in a way that is not worked out. */
  readonly isOther?: boolean;
}

/** What letters that look so change of what is seen. */
export function changeOf(look: Look): Pick<ConditionalLook, "isStruck" | "isUnseen"> {
  return look === "struck" ? { isStruck: true } : look === "unseen" ? { isUnseen: true } : {};
}

/** No form has more of them. */
const MOST = 200;

/** Marks the cells of a sheet that a condition may show otherwise. @throws WorkbookTooLarge */
export function markByCondition(
  rows: readonly (readonly CellContent[] | undefined)[],
  marks: Map<string, CellMark>,
  looks: readonly ConditionalLook[],
): void {
  if (looks.length > MOST) throw new WorkbookTooLarge("more conditions than a form has");
  for (const { ranges, condition, format, isStruck, isUnseen, isOther } of looks) {
    for (const { startRow, endRow, startCol, endCol } of ranges) {
      for (let row = startRow; row <= endRow && row < rows.length; row += 1) {
        for (const [offset, value] of (rows[row] ?? []).slice(startCol, endCol + 1).entries()) {
          const place = `${row},${startCol + offset}`;
          const holds = isBlank(value) ? false : holdsFor(value, condition);
          if (holds === false) continue;
          const shown = isUnseen === true ? "" : shownOtherwise(value, format ?? "");
          if (isStruck !== true && isOther !== true && shown === null) continue;
          const own: CellMark =
            holds === null || isOther === true
              ? { isUncertain: true }
              : {
                  ...(isStruck === true ? { isStruck } : {}),
                  ...(shown === null ? {} : { shown }),
                };
          marks.set(place, { ...marks.get(place), ...own });
        }
      }
    }
  }
}

function isBlank(value: CellContent | undefined): value is null | undefined | "" {
  return value === null || value === undefined || value === "";
}

const NUMBER = "-?\\d+(?:\\.\\d+)?";
const COMPARED = new RegExp(`^(=|<>|!=|<=|>=|<|>)\\s*(${NUMBER}|"[^"]*")$`);
const BETWEEN = new RegExp(`^(not )?between (${NUMBER}) (${NUMBER})$`);

/** Whether a condition holds for the content of a cell; null where that is not known. */
function holdsFor(value: CellContent, condition: string): boolean | null {
  if (condition === "always") return true;
  if (condition === "never") return false;
  const [, not, low, high] = BETWEEN.exec(condition) ?? [];
  if (low !== undefined && high !== undefined && typeof value === "number") {
    return (value >= Number(low) && value <= Number(high)) !== (not !== undefined);
  }
  const [, operator, other = ""] = COMPARED.exec(condition) ?? [];
  const isText = other.startsWith('"');
  if (operator === undefined || typeof value !== (isText ? "string" : "number")) return null;
  const compared = isText
    ? Math.sign(String(value).localeCompare(other.slice(1, -1), "vi", { sensitivity: "accent" }))
    : Math.sign(Number(value) - Number(other));
  const signs = { "=": [0], "<>": [-1, 1], "!=": [-1, 1], "<": [-1], ">": [1], "<=": [-1, 0] };
  return ((signs as Record<string, number[]>)[operator] ?? [0, 1]).includes(compared);
}

/** The ranges that a list such as `F24:F45 H3` names, whatever sheet it is on. */
export function rangesIn(list: string): MergedCells[] {
  return list
    .replace(/\$|'(?:[^']|'')*'\./g, "")
    .trim()
    .split(/\s+/)
    .map((range) => {
      const [from = "", to = from] = range.replace(/[^:.]*\./g, "").split(":");
      const [first, last] = [placeOf(from), placeOf(to)];
      return {
        ...{ startRow: first.row, endRow: last.row },
        ...{ startCol: first.column, endCol: last.column },
      };
    });
}
