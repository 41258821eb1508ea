import type { RemarkHead } from "../vocabulary/form-code.ts";

/** What a unit enters on its form. */
export interface FormFilling {
  /** The choice that nothing arose at all. */
  readonly nilReturn: boolean;
  /** Entry by `entryKey`; what is not there stays blank. Plain decimals become numbers. */
  readonly values: ReadonlyMap<string, string>;
  /** Note by measure code. */
  readonly notes: ReadonlyMap<string, string>;
  /** What the unit says under each head; a head that is not there stays blank. */
  readonly remarks?: Readonly<Partial<Record<RemarkHead, string>>>;
  /**
   * The values are as a person typed them: with a dot or a comma they stay text, which the reading
   * judges or asks about.
   */
  readonly isTyped?: boolean;
}

export const NOTHING_FILLED: FormFilling = {
  nilReturn: false,
  values: new Map(),
  notes: new Map(),
};

/** Key of an entry: a measure, and the area's code where a department reports it by area. */
export function entryKey(measure: string, area = ""): string {
  return JSON.stringify([measure, area]);
}

/** More digits than a spreadsheet keeps would change as a number, so they stay text. */
const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d{0,9}[1-9])?$/;
const SIGNIFICANT_DIGITS = 15;

/** What is entered into a cell: a number where the text is one, else the text; null of a blank one. */
export function enteredValue(
  { values, isTyped }: FormFilling,
  key: string,
): string | number | null {
  const text = values.get(key) ?? "";
  if (text === "") return null;
  if (isTyped === true && /[.,]/.test(text)) return text;
  return enteredNumber(text) ?? text;
}

/** The number that a text is to be entered as; null where it has to stay text. */
function enteredNumber(text: string): number | null {
  const digits = text.replace(/[-.]/g, "").replace(/^0+/, "");
  if (!NUMBER.test(text) || text === "-0" || digits.length > SIGNIFICANT_DIGITS) return null;
  return Number(text);
}
