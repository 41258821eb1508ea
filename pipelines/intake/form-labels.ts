import {
  HEADER,
  LABEL,
  NATIONAL_MOTTO,
  NATIONAL_TITLE,
  REMARK_LABEL,
} from "../forms/form-wording.ts";
import {
  type FactLine,
  type HeadLine,
  headLine,
  headTexts,
  titleOfTable,
} from "../forms/labels.ts";
import { type FormLayout, type FormTable, formLayout } from "../forms/layout.ts";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import { signsIn } from "../readers/personal-data.ts";
import type {
  SeenCell,
  SeenColumn,
  SeenForm,
  SeenRemark,
  SeenRow,
  SeenTable,
} from "../readers/seen-form.ts";
import { type Area, isValidOn } from "../sources/areas/area.ts";
import type { Catalogue, ReportingUnit } from "../sources/catalogue.ts";
import type { PlanMeasure } from "../sources/plan/plan.ts";
import { labelOfArea, labelOfLine, labelOfMeasure } from "../vocabulary/form-code.ts";
import { labelDigest, labelKey } from "../vocabulary/label.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { remembering } from "../vocabulary/remembering.ts";
import { contradictsTime, documentNumbers, isOnlyTime } from "./label-facts.ts";
import { bareKey, nameKey, periodKey, plainKey } from "./name-key.ts";
import { nameFinder } from "./name-match.ts";
import { NOT_QUOTED, problemOf } from "./problem-wording.ts";
import type { Renamings } from "./resolve-names.ts";
import { type NameColumns, type Report, reportUnread, timeOf } from "./unread-writing.ts";

/**
 * Compares what a person sees on a form with what `forms` writes for the codes that it carries. What
 * names another period, unit, plan, ward or measure refuses the form; a changed unit of measure or
 * wording is asked about. A label as it was written belongs to an earlier state of the plan: it is
 * read as that, and asked about only where it says something else than the plan does now.
 * @param receivedOn the day on which it came; where it is not known nothing is signed after it
 * @returns problems with sheet and cell, without the name of a file; none where the plan, the unit or
 * the period is not known, which is reported elsewhere; words that may be about a person are not quoted.
 * `unread`: a sentence that names words which went nowhere, or nothing
 */
export function labelProblems(
  seen: SeenForm,
  catalogue: Catalogue,
  renamings: Renamings,
  printed: PrintedTexts,
  receivedOn = "9999",
): { readonly problems: readonly Problem[]; readonly unread: string } {
  const plan = catalogue.plans.find((one) => one.plan.id === seen.plan);
  const period = plan?.plan.periods.find(({ code }) => code === seen.period);
  const unit = plan?.units.find(
    (one) => one.code === seen.unit && isUnitOn(one, period?.data_to ?? ""),
  );
  if (plan === undefined || period === undefined || unit === undefined) {
    return { problems: [], unread: "" };
  }
  const problems: Problem[] = [];
  // words that may be about a person are not quoted, for a problem is kept and sent
  const quote = (text: string): string => (signsIn(text, printed).length > 0 ? NOT_QUOTED : text);
  const report: Report = (code, cell, values = {}, sheet = seen.sheet) => {
    const quoted = values.seen === undefined ? {} : { seen: quote(values.seen) };
    const words = { cell: cell ?? "", ...values, ...quoted };
    const { plan, unit, period } = seen;
    problems.push(problemOf(code, "", words, { sheet, cell, about: { plan, unit, period } }));
  };
  const layout = formLayout(plan, unit, period);
  const compared = { seen, catalogue, renamings, layout, report };
  const left = compareHead(compared);
  for (const table of seen.tables) {
    if (table.rows.length === 0) continue;
    const names = columnsOfNames(table);
    for (const column of table.columns) compareColumn(compared, table, column);
    for (const row of table.rows) compareRow(compared, row, names);
    compareTitle(compared, table);
  }
  for (const remark of seen.remarks) compareRemark(compared, remark);
  const namesOf = new Map(seen.tables.map((table) => [table, columnsOfNames(table)]));
  const place = (text: string): boolean => isOfAnother(compared, text);
  const form = { seen, layout, report, left, namesOf, isOfAnother: place, quote, receivedOn };
  const unread = reportUnread(form);
  return { problems, unread };
}

function isUnitOn({ area }: ReportingUnit, day: string): boolean {
  return area === null || isValidOn(area, day);
}

interface Compared {
  readonly seen: SeenForm;
  readonly catalogue: Catalogue;
  readonly renamings: Renamings;
  readonly layout: FormLayout;
  readonly report: Report;
}

/** Whether two labels say the same: also with the tone elsewhere, or another sign between words. */
function isSame(one: string, other: string): boolean {
  if (labelKey(one) === labelKey(other)) return true;
  const bounds = (text: string): string => text.replace(/[^%<>≤≥=+]/g, "");
  return nameKey(one) === nameKey(other) && bounds(one) === bounds(other);
}

/** Whether a label is another one reworded: most of its words, and the same numbers. */
function isReworded(seen: string, written: string): boolean {
  const words = (text: string): string[] => plainKey(nameKey(text)).split(" ");
  const numbers = (text: string): string =>
    words(text)
      .filter((one) => /\d/.test(one))
      .join(" ");
  const [found, expected] = [words(seen), words(written)];
  const rest = [...expected];
  let common = 0;
  for (const one of found) {
    const at = rest.indexOf(one);
    if (at < 0) continue;
    rest.splice(at, 1);
    common += 1;
  }
  return (
    numbers(seen) === numbers(written) && (2 * common) / (found.length + expected.length) >= 0.7
  );
}

function hasWords(text: string, words: string): boolean {
  const key = ` ${nameKey(text)} `;
  const wanted = nameKey(words);
  return wanted !== "" && key.includes(` ${wanted} `);
}

// the head

const FACTS: readonly FactLine[] = ["unit", "due", "period"];
const LINES: readonly HeadLine[] = ["heading", "period", "unit", "name", "title", "plan", "due"];

/** @returns cells of the head that are none of its lines */
function compareHead(compared: Compared): SeenCell[] {
  const { seen, layout, report } = compared;
  const top = seen.head.find(({ text }) => isSame(text, NATIONAL_TITLE))?.row;
  const left = seen.head.filter(
    ({ text }) => !isSame(text, NATIONAL_TITLE) && !isSame(text, NATIONAL_MOTTO),
  );
  const take = (which: (cell: SeenCell) => boolean): SeenCell | undefined => {
    const at = left.findIndex(which);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const open: HeadLine[] = [];
  for (const line of LINES) {
    const written = headLine(layout, line);
    if (take(({ text }) => isSame(text, written)) === undefined) open.push(line);
  }
  const found = new Set<HeadLine>(LINES.filter((line) => !open.includes(line)));
  for (const line of open) {
    const written = headLine(layout, line);
    const digest = seen.digests.get(labelOfLine(line));
    const earlier = take(({ text }) => labelDigest(text) === digest);
    if (earlier !== undefined) {
      found.add(line);
      if (line === "period" || line === "heading") askAboutEarlierPeriod(compared, line, earlier);
      continue;
    }
    const cell = take(
      (one) => (line === "name" && one.row === top) || isLine(line, one.text, written),
    );
    if (cell === undefined) continue;
    found.add(line);
    judgeLine(compared, line, cell);
  }
  if (!found.has("heading") && !found.has("period")) {
    report("form_label_missing", seen.cell, { label: headTexts(layout).heading });
  }
  return left;
}

/** Whether a text replaces a line of the head that is not there as written. */
function isLine(line: HeadLine, text: string, written: string): boolean {
  if (FACTS.some((one) => one === line)) {
    return labelKey(text).startsWith(labelKey(LABEL[line as FactLine]));
  }
  if (line === "heading") {
    return isReworded(bareOfTime(text), bareOfTime(written)) || /^\s*biểu\s/iu.test(text);
  }
  if (line === "plan") return documentNumbers(text).length > 0;
  return isReworded(text, written);
}

/** A heading without its numbers, by which it is known in another period. */
function bareOfTime(text: string): string {
  return nameKey(text)
    .split(" ")
    .filter((one) => !/\d/.test(one) && !/^[ivx]+$/.test(one))
    .join(" ");
}

/** Without the words that it begins with. */
function withoutLead(line: HeadLine, text: string): string {
  if (!FACTS.some((one) => one === line)) return text;
  const words = labelKey(LABEL[line as FactLine]).split(" ").length;
  return text
    .trim()
    .split(/\s+/u)
    .slice(words)
    .join(" ")
    .replace(/^[\s:.-]+/, "");
}

function judgeLine(compared: Compared, line: HeadLine, { text, cell }: SeenCell): void {
  const { layout, report } = compared;
  const written = headTexts(layout)[line];
  const content = withoutLead(line, text);
  const change = { seen: text, written: headLine(layout, line) };
  if (content === "") {
    report("form_label_missing", cell, { label: written });
    return;
  }
  switch (line) {
    case "heading":
    case "period": {
      const name = layout.period.name;
      if (isOtherPeriod(layout, content, written)) {
        report("form_period_differs", cell, { seen: text, period_name: name });
      } else if (periodKey(content) !== periodKey(name) && !isOnlyTime(content, name)) {
        report("form_label_differs", cell, change);
      }
      return;
    }
    case "unit":
    case "name": {
      const which = unitSeen(compared, content, line === "unit");
      if (which === "other") {
        const unit_name = layout.unit.name;
        report("form_unit_differs", cell, { seen: text, unit_name });
      } else if (which === "unclear") report("form_label_differs", cell, change);
      return;
    }
    case "title":
    case "plan":
      if (isOtherPlan(compared, content)) {
        const plan_number = layout.plan.plan.number;
        report("form_plan_differs", cell, { seen: text, plan_number });
      } else report("form_label_differs", cell, change);
      return;
    default:
      report("form_label_differs", cell, change);
  }
}

function isOtherPeriod({ plan, period }: FormLayout, seen: string, written: string): boolean {
  if (contradictsTime(seen, `${written} ${timeOf(period)}`)) return true;
  return (
    !hasWords(seen, period.name) &&
    plan.plan.periods.some(({ code, name }) => code !== period.code && hasWords(seen, name))
  );
}

/** A form of an earlier state of the plan, whose period had other days or another name. */
function askAboutEarlierPeriod(
  { layout, report }: Compared,
  line: "heading" | "period",
  { text, cell }: SeenCell,
): void {
  const written = headTexts(layout)[line];
  if (!contradictsTime(withoutLead(line, text), `${written} ${timeOf(layout.period)}`)) return;
  report("form_of_earlier_plan", cell, { seen: text, written });
}

/** Whose form a text says it is. @param isStated the text is the line of the unit */
function unitSeen(
  { layout, catalogue, renamings }: Compared,
  seen: string,
  isStated: boolean,
): "own" | "other" | "unclear" {
  const { plan, unit, period } = layout;
  const { name, short_name, area } = unit;
  const own = [name, short_name];
  if (own.some((one) => hasWords(seen, one))) return "own";
  const same = area === null ? [] : [area.area_id, ...renamings(area.area_id)];
  const areas = catalogue.areas
    .filter(({ area_id }) => same.includes(area_id))
    .map(({ name }) => bareName(name));
  if (areas.includes(bareKey(nameKey(seen).replace(/^ubnd /, "")))) return "own";
  const others = plan.units.filter(
    (one) => one.unit_id !== unit.unit_id && isUnitOn(one, period.data_to),
  );
  const isOther = others.some((one) => {
    const names = [one.name, one.short_name, ...(one.area === null ? [] : [one.area.name])];
    return names.some((other) => (isStated ? hasWords(seen, other) : isSame(seen, other)));
  });
  if (isOther) return "other";
  const isNear =
    areas.some((one) => hasWords(seen, one)) || own.some((one) => isReworded(seen, one));
  return isStated && !isNear ? "other" : "unclear";
}

/** Whether a text is the name of another place that reports on the plan; never for a department. */
function isOfAnother({ layout, renamings }: Compared, text: string): boolean {
  const { plan, unit } = layout;
  if (unit.area === null) return false;
  const own = [unit.area.area_id, ...renamings(unit.area.area_id)];
  const key = bareKey(nameKey(text).replace(/^ubnd /, ""));
  const named = plan.units.flatMap(({ area }) =>
    area !== null && bareName(area.name) === key ? [area.area_id] : [],
  );
  return named.length > 0 && !named.some((one) => own.includes(one));
}

/** The key of an area's name without the word for its kind: with every form those of all are asked for. */
const bareName = remembering((name) => bareKey(nameKey(name)));

function isOtherPlan({ layout, catalogue }: Compared, seen: string): boolean {
  const own = documentNumbers(layout.plan.plan.number);
  const kinds = own.map((number) => number.replace(/^\d+/, ""));
  const others = catalogue.plans.filter((one) => one !== layout.plan).map(({ plan }) => plan);
  const numbers = documentNumbers(seen);
  if (own.some((number) => numbers.includes(number))) return false;
  return (
    numbers.some((number) => kinds.includes(number.replace(/^\d+/, ""))) ||
    others.some(({ title, number }) => isSame(title, seen) || hasWords(seen, number))
  );
}

// the tables

function columnsOfNames({ headers, rows }: SeenTable): NameColumns {
  const under = (title: string): number | null =>
    headers.find(({ text }) => isSame(text, title))?.column ?? null;
  const number = under(HEADER.number);
  const name = under(HEADER.measure) ?? longest(rows);
  const next = name === null ? null : name + 1;
  return { number, name, unitOfMeasure: under(HEADER.unitOfMeasure) ?? next };
}

/** The first column with words in most rows, for a table without headings. */
function longest(rows: readonly SeenRow[]): number | null {
  const counts = new Map<number, number>();
  for (const { cells } of rows) {
    for (const { column, isNumber } of cells) {
      if (!isNumber) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
  }
  const often = [...counts].filter(([, count]) => 2 * count > rows.length);
  return often.length === 0 ? null : Math.min(...often.map(([column]) => column));
}

function compareRow(compared: Compared, row: SeenRow, columns: NameColumns): void {
  const { seen, layout, report } = compared;
  const { plan } = layout.plan;
  const measure = plan.measures.find(({ code }) => code === row.measure);
  if (measure === undefined) return;
  const at = (column: number | null): SeenCell | undefined =>
    row.cells.find((one) => one.column === column);
  const same = row.cells.find(({ text }) => isSame(text, measure.name));
  const name = same ?? at(columns.name);
  const unit = row.cells.find(({ text }) => isSame(text, measure.unit_of_measure));
  const seenUnit = unit ?? at(columns.unitOfMeasure);
  const written = { written: measure.name, measure_name: measure.name };
  const place = name?.cell ?? row.cell;
  const digest = labelDigest(name?.text ?? "", seenUnit?.text ?? "");
  if (seen.digests.get(labelOfMeasure(measure.code)) === digest) {
    const isOther = same === undefined && !isReworded(name?.text ?? "", measure.name);
    if (isOther) report("form_of_earlier_plan", place, { ...written, seen: name?.text ?? "" });
    if (unit === undefined) {
      const values = { seen: seenUnit?.text ?? "", written: measure.unit_of_measure };
      report("form_of_earlier_plan", seenUnit?.cell ?? place, values);
    }
    return;
  }
  if (name === undefined) report("form_label_missing", place, { label: measure.name });
  else if (same === undefined) compareName(compared, measure, name);
  if (unit !== undefined) return;
  if (seenUnit === undefined) {
    if (name !== undefined) {
      report("form_label_missing", place, { label: measure.unit_of_measure });
    }
    return;
  }
  report("form_unit_of_measure_differs", seenUnit.cell, {
    ...written,
    seen: seenUnit.text,
    unit_of_measure: measure.unit_of_measure,
  });
}

function compareName(
  { layout, report }: Compared,
  measure: PlanMeasure,
  { text, cell }: SeenCell,
): void {
  const isOther = layout.plan.plan.measures.some(
    (one) => one.code !== measure.code && isSame(text, one.name),
  );
  const values = { seen: text, written: measure.name, measure_name: measure.name };
  if (isOther || !isReworded(text, measure.name)) {
    report("form_measure_differs", cell, values);
  } else report("form_label_differs", cell, values);
}

function compareColumn(compared: Compared, table: SeenTable, column: SeenColumn): void {
  const { report } = compared;
  if (column.isNote) return;
  const over = table.headers.filter((one) => one.column === column.column && !one.isNumber);
  if (column.area === null) {
    const changed = over.some(({ text }) => isSame(text, HEADER.value)) ? undefined : over.at(-1);
    if (changed === undefined) return;
    const values = { seen: changed.text, written: HEADER.value };
    report("form_label_differs", changed.cell, values);
    return;
  }
  compareArea(compared, column, column.area, over);
}

function compareArea(
  { seen, catalogue, renamings, layout, report }: Compared,
  column: SeenColumn,
  code: string,
  over: readonly SeenCell[],
): void {
  const area = areaOf(layout, code);
  if (area === undefined) return;
  const { area_id, name } = area;
  const own = catalogue.areas.filter(
    (one) => one.area_id === area_id || renamings(area_id).includes(one.area_id),
  );
  const ownNames = [...own, area].map((one) => ({ code: String(one.area_id), names: [one.name] }));
  const isOwn = nameFinder(ownNames);
  if (over.some(({ text }) => isOwn(text).length > 0)) return;
  const heading = over.at(-1);
  if (heading === undefined) {
    report("form_label_missing", column.cell, { label: name });
    return;
  }
  const { text, cell } = heading;
  if (labelDigest(text) === seen.digests.get(labelOfArea(code))) {
    report("form_of_earlier_plan", cell, { seen: text, written: name });
    return;
  }
  const others = layout.tables.flatMap(({ areas }) => areas ?? []);
  const isOther = others.some(
    (one) => one.area_id !== area_id && hasWords(text, bareName(one.name)),
  );
  const isNear = hasWords(text, bareName(area.name)) || isReworded(text, name);
  if (isNear && !isOther) report("form_label_differs", cell, { seen: text, written: name });
  else report("form_area_differs", cell, { seen: text, area_name: name });
}

function areaOf(layout: FormLayout, code: string): Area | undefined {
  return layout.tables.flatMap(({ areas }) => areas ?? []).find((one) => one.code === code);
}

function compareTitle({ layout, report }: Compared, table: SeenTable): void {
  const codes = new Set(table.columns.flatMap(({ area }) => area ?? []));
  const index = layout.tables.findIndex((one) => isTable(one, codes));
  const own = layout.tables[index];
  const written = own === undefined ? null : titleOfTable(layout, index, own);
  if (written === null) return;
  const words = table.above.filter(({ isNumber }) => !isNumber);
  if (words.some(({ text }) => isSame(text, written))) return;
  const changed = words.find(({ text }) => /^[A-Z][.)]/.test(text) || isReworded(text, written));
  if (changed === undefined) return;
  report("form_label_differs", changed.cell, { seen: changed.text, written });
}

function isTable({ areas }: FormTable, codes: ReadonlySet<string>): boolean {
  return areas === null ? codes.size === 0 : areas.some(({ code }) => codes.has(code));
}

/** The label of a remark: two that changed places would change what the unit asks for. */
function compareRemark({ report }: Compared, { head, cell, cells }: SeenRemark): void {
  const written = REMARK_LABEL[head];
  const [label] = cells;
  if (label === undefined) report("form_label_missing", cell, { label: written });
  else if (!cells.some(({ text }) => isSame(text, written))) {
    report("form_label_differs", label.cell, { seen: label.text, written });
  }
}
