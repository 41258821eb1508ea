import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";
import type { Catalogue, ResolvedPlan } from "../sources/catalogue.ts";
import { goneOn, nextPlan } from "../sources/next-plan.ts";
import { planIdOf } from "../sources/plan-draft.ts";
import { newPlanText, type PlanData } from "../sources/plan-writing.ts";
import { isCalendarDate } from "../vocabulary/date.ts";
import { sha256Of } from "../warehouse/files.ts";
import { EMPTY_DRAFT, type PlanDraft } from "./plan-drafts.ts";
import { numberTyped } from "./plan-fields.ts";
import { newCode } from "./plan-parts.ts";

/** What was read of the document of a plan; whatever was not found is left out. */
export interface ReadDocument {
  /** Fields of the plan file, as `number`, `title`, `issuer`, `issued_on`. */
  readonly head: PlanData;
  readonly targets: readonly {
    readonly sentence: string;
    /** Where in the document. */
    readonly place: string;
    readonly comparator: string | null;
    /** As a plan file writes numbers. */
    readonly value: string | null;
    readonly to: string | null;
    readonly unit: string | null;
  }[];
  /** Entries of the plan file. */
  readonly periods: readonly PlanData[];
  readonly units: readonly PlanData[];
  readonly notUnderstood: readonly { readonly sentence: string; readonly place: string }[];
}

/**
 * Reads the document of a plan, by the name and the bytes of its file.
 * @throws Failure in Vietnamese for what is no document with text
 */
export type DocumentReader = (name: string, bytes: Uint8Array) => Promise<ReadDocument>;

/** What a draft begins as, before somebody has saved it. */
export type Beginning = Omit<PlanDraft, "key" | "account" | "saved">;

export function newDraftKey(): string {
  return randomBytes(6).toString("hex");
}

/** Every section, with nothing in it. */
const NO_SECTIONS = { groups: [], units: [], periods: [], measures: [], indicators: [] };

/** @param head what is known of the office */
export function fromNothing(head: PlanData): Beginning {
  return { ...EMPTY_DRAFT, text: newPlanText({ schema: 2, ...head, ...NO_SECTIONS }) };
}

/** Every target that was found stands as an indicator of which somebody says how it is measured. */
export function fromDocument({
  head,
  targets,
  periods,
  units,
  notUnderstood,
}: ReadDocument): Beginning {
  let data: PlanData = { schema: 2, ...head, ...NO_SECTIONS, periods, units };
  for (const target of targets)
    data = withIndicator(data, target.sentence, targetOf(target), target.unit);
  return {
    ...EMPTY_DRAFT,
    text: newPlanText(data),
    sentences: notUnderstood.map(({ sentence, place }) => ({ said: sentence, place })),
    steps: ["can-cu"],
  };
}

function targetOf({ comparator, value, to }: ReadDocument["targets"][number]): PlanData | null {
  if (value === null) return null;
  if (to !== null) return { between: [numberTyped(value), numberTyped(to)] };
  return { ...(comparator === null ? {} : { comparator }), value: numberTyped(value) };
}

/** A plan with one more indicator, of which little more than its sentence is known. */
export function withIndicator(
  data: PlanData,
  sentence: string,
  target: PlanData | null,
  unit: string | null,
): PlanData {
  const groups =
    Array.isArray(data.groups) && data.groups.length > 0
      ? data.groups
      : [{ code: "1", name: "Chỉ tiêu" }];
  const group: unknown = groups.at(-1);
  const stem =
    typeof group === "object" && group !== null && "code" in group ? String(group.code) : "1";
  const indicators: readonly unknown[] = Array.isArray(data.indicators) ? data.indicators : [];
  const number = indicators.length + 1;
  const code = newCode(data, "indicators", `${stem}.${number}`, ".");
  const name = sentence.replace(/[.;]+$/, "").slice(0, 160);
  const isShare = /%|\d+\/\d+/.test(sentence);
  const indicator = {
    ...{ code, group: stem, name, short_name: name.slice(0, 60).trim(), quote: sentence },
    unit_of_measure: unit ?? (isShare ? "%" : "số"),
    ...(target === null ? {} : { target }),
  };
  return { ...data, groups, indicators: [...indicators, indicator] };
}

/** A plan file with its tables, to be changed. */
export function fromFile(file: string, isExample = false): Beginning {
  const text = readFileSync(file, "utf8");
  return {
    ...EMPTY_DRAFT,
    text,
    tables: tablesBeside(file, text),
    ...(isExample ? {} : { file: basename(file), base: sha256Of(readFileSync(file)) }),
    steps: ["can-cu", "chi-tieu", "don-vi", "ky"],
  };
}

function tablesBeside(file: string, text: string): Record<string, string> {
  const names = new Set(text.match(/\b[\w.-]+\.csv\b/g) ?? []);
  return Object.fromEntries(
    [...names]
      .map((name) => [name, join(dirname(file), name)] as const)
      .filter(([, path]) => existsSync(path))
      .map(([name, path]) => [name, readFileSync(path, "utf8")]),
  );
}

/** The plan of the year after the last of a plan. */
export function fromNextYear(before: ResolvedPlan, catalogue: Catalogue): Beginning {
  const { plan, file } = before;
  const year = Math.max(...plan.periods.map((period) => period.year)) + 1;
  const { text, tables } = nextPlan(
    readFileSync(file, "utf8"),
    plan,
    year,
    (name) => readFileSync(join(dirname(file), name), "utf8"),
    (day) => goneOn(day, before, catalogue),
  );
  return {
    ...EMPTY_DRAFT,
    text,
    tables: Object.fromEntries(tables),
    steps: ["can-cu", "chi-tieu", "don-vi", "ky"],
  };
}

/** The examples that come with the program, by their codes. */
export function examplePlans(): Map<string, { readonly title: string; readonly file: string }> {
  const folder = fileURLToPath(new URL("../../sources/examples/", import.meta.url));
  const found = new Map<string, { title: string; file: string }>();
  for (const example of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const plans = join(folder, example, "plans");
    for (const name of existsSync(plans)
      ? readdirSync(plans).filter((one) => one.endsWith(".yaml"))
      : []) {
      const file = join(plans, name);
      const title: unknown = parseDocument(readFileSync(file, "utf8")).get("title");
      found.set(name.replace(/\.yaml$/, ""), { title: String(title), file });
    }
  }
  return found;
}

/** What follows from what is said of a plan, where nobody says it otherwise. */
export function withUsual(data: PlanData): PlanData {
  const { number, title, issuer, issued_on } = data;
  const usual: Record<string, unknown> = {};
  if (typeof title === "string")
    usual.short_title = title
      .replace(/^Kế hoạch (?:thực hiện )?/u, "")
      .replace(/^\p{Ll}/u, (one) => one.toLocaleUpperCase("vi"))
      .slice(0, 80);
  if (typeof number === "string") {
    usual.source = `Văn bản số ${number}`;
    const year = /^\d{4}/.exec(String(data.in_force_from ?? issued_on ?? ""))?.[0];
    if (year !== undefined) usual.id = planIdOf(number, Number(year));
  }
  if (typeof issuer === "string") usual.reports_to = issuer;
  if (typeof issued_on === "string" && isCalendarDate(issued_on)) usual.in_force_from = issued_on;
  return { ...usual, ...data };
}
