import type { z } from "zod";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import { plainDecimal } from "../vocabulary/decimal.ts";
import { type Problem, pathText } from "../vocabulary/problem.ts";
import { DataValueSet, JsonReports } from "./json-shapes.ts";
import { JsonFault, type JsonValue, parseJson, plainValue, valueAtPath } from "./json-text.ts";
import { isPersonal, personalDataInTexts, type WrittenText } from "./personal-data.ts";
import type { RawDocument, RawReading } from "./raw-document.ts";
import { JSON_FAULT, JSON_FORM } from "./reader-wording.ts";

/** A data value as it was written, and where. */
export interface SentValue {
  readonly dataElement: string;
  /** Nothing where it names none. */
  readonly period: string;
  readonly orgUnit: string;
  readonly value: string;
  /** It is a number as DHIS2 writes them. */
  readonly isExact: boolean;
  readonly comment: string;
  /** A part of the figure by a category; nothing where it is the whole. */
  readonly category: string;
  readonly cell: string;
  readonly line: number;
}

/** A data value set of DHIS2. */
export interface SentValues {
  /** Nothing where it names none. */
  readonly dataSet: string;
  readonly values: readonly SentValue[];
}

/** What a JSON text is: reports, data values, neither (null), or wrong. Doubts are about persons. */
export type JsonReading =
  | { readonly is: "reports"; readonly document: RawDocument; readonly problems: Problem[] }
  | { readonly is: "values"; readonly sent: SentValues; readonly problems: Problem[] }
  | { readonly is: "wrong"; readonly problems: Problem[] }
  | null;

/** Faults of shape that are listed one by one. */
const MAX_LISTED = 50;

/** Whether a text is JSON, by how it begins. */
export function looksLikeJson(head: Buffer): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?[ \t\r\n]*\{[ \t\r\n]*["}]/.test(head.toString("latin1"));
}

/** Reads reports or a data value set, see `json-shapes.ts`. */
export function readJson(bytes: Buffer, file: string, printed: PrintedTexts): JsonReading {
  const wrong = (code: string, words: { found: string; remedy: string }, place = {}): Problem => ({
    ...{ severity: "error", code, file },
    ...place,
    ...words,
  });
  let value: JsonValue;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    value = parseJson(text);
  } catch (error) {
    const fault = error instanceof JsonFault ? error : null;
    if (fault === null && !(error instanceof TypeError)) throw error;
    const words = JSON_FAULT(fault?.what ?? "encoding", fault?.key ?? "");
    const place = fault === null ? {} : { line: fault.line };
    return { is: "wrong", problems: [wrong("json_unreadable", words, place)] };
  }
  const members = value.kind === "object" ? value.members : new Map<string, JsonValue>();
  const shape = members.has("reports")
    ? JsonReports
    : members.has("dataValues")
      ? DataValueSet
      : null;
  if (shape === null) return null;
  const personal = personalDataInTexts(file, textsIn(value), printed);
  if (isPersonal(personal)) return { is: "wrong", problems: personal };
  const checked = shape.safeParse(plainValue(value));
  if (!checked.success) {
    const faults = checked.error.issues.flatMap((issue) => faultsOf(issue, value));
    const problems = faults.slice(0, MAX_LISTED).map(({ path, what, key }) => {
      const place = { cell: pathText(path), line: valueAtPath(value, path).line };
      return wrong("json_form", JSON_FORM(what, key), place);
    });
    return { is: "wrong", problems };
  }
  return shape === JsonReports
    ? {
        is: "reports",
        document: documentOf(checked.data as JsonReports, value),
        problems: personal,
      }
    : { is: "values", sent: valuesOf(checked.data as DataValueSet, value), problems: personal };
}

interface ShapeFault {
  readonly path: readonly PropertyKey[];
  readonly what: "missing" | "unknown" | "type" | "size";
  readonly key: string;
}

function faultsOf(issue: z.core.$ZodIssue, value: JsonValue): ShapeFault[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path, what: "unknown", key }));
  }
  const key = String(path.at(-1) ?? "");
  if (issue.code === "too_small" || issue.code === "too_big") return [{ path, what: "size", key }];
  const around = valueAtPath(value, path.slice(0, -1));
  const isGone = around.kind === "object" && !around.members.has(key);
  return [{ path, what: isGone ? "missing" : "type", key }];
}

/** Names under which somebody writes in words, and those of figures and codes. */
const NOTES: ReadonlySet<string> = new Set(["note", "difficulties", "proposals", "comment"]);
const FIGURES: ReadonlySet<string> = new Set(["value", "measure", "area", "unit", "dataElement"]);

/** Everything that is written in a value, with what it is. */
function textsIn(value: JsonValue, key = ""): WrittenText[] {
  switch (value.kind) {
    case "string":
    case "number":
      return [{ text: value.text, line: value.line, is: kindOfText(key) }];
    case "array":
      return value.items.flatMap((one) => textsIn(one, key));
    case "object":
      return [...value.members].flatMap(([name, one]) => [
        { text: name, line: one.line, is: "other" },
        ...textsIn(one, name),
      ]);
    case "word":
      return [];
  }
}

function kindOfText(key: string): WrittenText["is"] {
  return NOTES.has(key) ? "note" : FIGURES.has(key) ? "figure" : "other";
}

/** A value as a sender of a text would have typed it; numbers as they are written, and exact. */
function typedAt(value: JsonValue, path: readonly PropertyKey[]) {
  const at = valueAtPath(value, path);
  if (at.kind === "number") return { value: plainDecimal(at.text), isExact: true };
  if (at.kind === "word" && at.value !== null) {
    return { value: at.value ? "có" : "không", isExact: false };
  }
  return { value: at.kind === "string" ? at.text : "", isExact: false };
}

function documentOf({ sent_at: sentAt, reports }: JsonReports, value: JsonValue): RawDocument {
  return {
    ...{ encoding: null, seen: [], sentAt },
    submissions: reports.map(({ plan, unit, period, ...report }, index) => ({
      ...{ plan, unit, period, nilReturn: report.nil_return ?? false, formVersion: null },
      remarks: {
        difficulties: report.difficulties ?? "",
        proposals: report.proposals ?? "",
      },
      ...{ sheet: null, cell: pathText(["reports", index]) },
    })),
    readings: reports.flatMap(({ plan, unit, period, readings }, report) =>
      readings.map(({ measure, area = "", note = "" }, index): RawReading => {
        const path = ["reports", report, "readings", index];
        return {
          ...{ plan, unit, period, measure, area, note },
          ...typedAt(value, [...path, "value"]),
          ...{ sheet: null, cell: pathText(path), line: valueAtPath(value, path).line },
        };
      }),
    ),
  };
}

/** The only option of DHIS2 where nothing is divided: by its name, and its identifier everywhere. */
const WHOLE = ["", "default", "HllvX50cXC0"];

function valuesOf(set: DataValueSet, value: JsonValue): SentValues {
  const ofSet = set.attributeOptionCombo ?? "";
  return {
    dataSet: set.dataSet ?? "",
    values: set.dataValues.map((one, index): SentValue => {
      const path = ["dataValues", index];
      const typed = one.value === undefined || one.deleted === true ? null : one.value;
      const number = typed === null ? "" : String(typedAt(value, [...path, "value"]).value).trim();
      const isNumber = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(number);
      const divided = [one.categoryOptionCombo ?? "", one.attributeOptionCombo ?? ofSet];
      return {
        dataElement: one.dataElement,
        period: one.period ?? set.period ?? "",
        orgUnit: one.orgUnit ?? set.orgUnit ?? "",
        value: isNumber ? plainDecimal(number) : number,
        isExact: isNumber,
        comment: one.comment ?? "",
        category: divided.find((combo) => !WHOLE.includes(combo)) ?? "",
        cell: pathText(path),
        line: valueAtPath(value, path).line,
      };
    }),
  };
}
