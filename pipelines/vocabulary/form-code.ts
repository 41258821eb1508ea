/**
 * The codes by which a form is read again. They stand in hidden cells of the form itself, so a form
 * can be read wherever its rows, columns and sheets have been moved to:
 *
 * - one cell a form says which form it is (`FormIdentity`);
 * - a row that starts with `COLUMNS_CODE` names the columns below it (`ColumnCode`);
 * - each row below it names in that same column what it holds (`RowCode`).
 */

/**
 * Version of this layout. A reader refuses the versions that it does not know. Since version 2 the
 * identity carries a digest of each label that was written, so that a form of an earlier state of its
 * plan is told from one that somebody has changed; since version 3 a unit writes below its figures what
 * is difficult and what it asks for.
 */
export const FORM_VERSION = "3";
export const READ_VERSIONS: readonly string[] = ["1", "2", FORM_VERSION];

/** The heads under which a unit writes in words: what is difficult, what it asks for. */
export const REMARK_HEADS = ["difficulties", "proposals"] as const;
export type RemarkHead = (typeof REMARK_HEADS)[number];

/** Begins the key column's cell in a row of column codes. */
export const COLUMNS_CODE = "chitieu:columns";

const IDENTITY_PREFIX = "chitieu:form?";
const MEASURE_PREFIX = "measure:";
const AREA_PREFIX = "area:";
const OWN = "own";
const NOTE = "note";
const NIL = "nil";
const REMARK = "remark";
const REMARK_PREFIX = "remark:";

/** Whose report for what a form is, and the version of the form. */
export interface FormIdentity {
  readonly version: string;
  readonly plan: string;
  readonly unit: string;
  readonly period: string;
  /** Digests of the labels as they were written, by what they are of; see `labelDigest`. */
  readonly labels: ReadonlyMap<string, string>;
}

/** What a label is of: a line of the head, the row of a measure, the column of an area. */
export const labelOfLine = (line: string): string => `line.${line}`;
export const labelOfMeasure = (measure: string): string => `measure.${measure}`;
export const labelOfArea = (area: string): string => `area.${area}`;

/** Begins the names of what the digests are of, among the fields of an identity. */
const LABELLED = /^(?:line|measure|area)\./;
/** What a cell may hold; the identity of a form with more labels goes without their digests. */
const MAX_IDENTITY = 30_000;

/** What a column holds: values of an area (`""`: the unit's own, or not by area), notes, or remarks. */
export type ColumnCode =
  | { readonly kind: "value"; readonly area: string }
  | { readonly kind: "note" }
  | { readonly kind: "remark" };

/** What a row holds: a measure, the declaration that nothing arose, or what a unit says under a head. */
export type RowCode =
  | { readonly kind: "measure"; readonly measure: string }
  | { readonly kind: "nil" }
  | { readonly kind: "remark"; readonly head: RemarkHead };

export function writeIdentity(identity: FormIdentity): string {
  const { version, plan, unit, period, labels } = identity;
  const bare = new URLSearchParams({ version, plan, unit, period }).toString();
  const whole = `${bare}&${new URLSearchParams([...labels]).toString()}`;
  return IDENTITY_PREFIX + (labels.size === 0 || whole.length > MAX_IDENTITY ? bare : whole);
}

/** @returns null where the text is not the identity of a form. */
export function parseIdentity(text: string): FormIdentity | null {
  if (!text.startsWith(IDENTITY_PREFIX)) return null;
  const fields = new URLSearchParams(text.slice(IDENTITY_PREFIX.length));
  const field = (name: string): string => fields.get(name) ?? "";
  return {
    version: field("version"),
    plan: field("plan"),
    unit: field("unit"),
    period: field("period"),
    labels: new Map([...fields].filter(([name]) => LABELLED.test(name))),
  };
}

export function writeColumnCode(code: ColumnCode): string {
  if (code.kind === "note") return NOTE;
  if (code.kind === "remark") return REMARK;
  return code.area === "" ? OWN : AREA_PREFIX + code.area;
}

/** @returns null where the text is not the code of a column. */
export function parseColumnCode(text: string): ColumnCode | null {
  if (text === NOTE) return { kind: "note" };
  if (text === REMARK) return { kind: "remark" };
  if (text === OWN) return { kind: "value", area: "" };
  const area = text.startsWith(AREA_PREFIX) ? text.slice(AREA_PREFIX.length) : "";
  return area === "" ? null : { kind: "value", area };
}

export function writeRowCode(code: RowCode): string {
  if (code.kind === "nil") return NIL;
  return code.kind === "remark" ? REMARK_PREFIX + code.head : MEASURE_PREFIX + code.measure;
}

/** @returns null where the text is not the code of a row. */
export function parseRowCode(text: string): RowCode | null {
  if (text === NIL) return { kind: "nil" };
  const head = REMARK_HEADS.find((one) => text === REMARK_PREFIX + one);
  if (head !== undefined) return { kind: "remark", head };
  const measure = text.startsWith(MEASURE_PREFIX) ? text.slice(MEASURE_PREFIX.length) : "";
  return measure === "" ? null : { kind: "measure", measure };
}
