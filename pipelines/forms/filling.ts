/** What a unit enters on its form. */
export interface FormFilling {
  /** The choice that nothing arose at all. */
  readonly nilReturn: boolean;
  /** Entry by `entryKey`; what is not there stays blank. Plain decimals become numbers. */
  readonly values: ReadonlyMap<string, string>;
  /** Note by measure code. */
  readonly notes: ReadonlyMap<string, string>;
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

/** The number that a text is to be entered as; null where it has to stay text. */
export function enteredNumber(text: string): number | null {
  const digits = text.replace(/[-.]/g, "").replace(/^0+/, "");
  if (!NUMBER.test(text) || text === "-0" || digits.length > SIGNIFICANT_DIGITS) return null;
  return Number(text);
}
