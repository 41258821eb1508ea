import { isDeepStrictEqual } from "node:util";
import type { Place } from "../../reading-plans/outline.ts";
import { readSentence } from "../../reading-plans/targets.ts";
import { type Area, isValidOn, kindMeant } from "../../sources/areas/area.ts";
import {
  areaMeant,
  areasCoded,
  isToBeNamed,
  type Listed,
  successorsOf,
} from "../../sources/areas/area-files.ts";
import type { ReportingUnit } from "../../sources/catalogue.ts";
import type { OfficeUnit } from "../../sources/office/office-unit.ts";
import { dateMeant } from "../../sources/plan/plan-fields.ts";
import { valueAt } from "../../sources/plan/plan-path.ts";
import { recordsOf } from "../../sources/text/csv-lines.ts";
import { periodsOf, RHYTHMS } from "../../sources/writing/plan-draft.ts";
import { marksBy, withMarks, withoutMark } from "../../sources/writing/plan-marks.ts";
import { type PlanData, writtenPlan } from "../../sources/writing/plan-writing.ts";
import { isCalendarDate, vietnameseDate } from "../../vocabulary/date.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import { usualRule } from "./draft-fields.ts";
import { withUnit, withUsual } from "./plan-begin.ts";
import {
  comparedStill,
  confirmedAt,
  isToConfirm,
  noTarget,
  pagesToConfirm,
  readingMark,
  sentencesRead,
  withoutSentence,
} from "./plan-confirming.ts";
import { dataOf, type PlanDraft } from "./plan-drafts.ts";
import { KINDS, kindOf, listPlace, measuresNamed, namedIn, withKind } from "./plan-kinds.ts";
import { CONTACTS, entriesOf, newCode, reportedAs, textAt, unitsAsked } from "./plan-parts.ts";
import { fieldId, getAt, INPUTS, setAt, withTyped } from "./plan-places.ts";
import { isStep, measurePage, withoutAnswered } from "./plan-problems.ts";
import { fieldsOf, filledData, type PageOfDraft, periodsBefore, tableOf } from "./plan-steps.ts";
import { isCalled, WAY_SIGN, withCounted, withMeasure } from "./plan-suggestions.ts";
import { withIndicator, withTargets } from "./plan-targets.ts";

/** A draft with what a form of one of its pages says. */
export interface ChangedDraft {
  readonly draft: PlanDraft;
  readonly against: ReadonlyMap<string, string>;
  /** Why it is not gone on, and the field in which that is mended; what was typed is shown again. */
  readonly fault: string | null;
  readonly faultAt: string;
  readonly typed: Record<string, string>;
  /** The page to go on to. */
  readonly next: string;
  readonly query: string;
}

/** What a page does besides its fields; changes the plan, or the draft around it. */
interface Change {
  data: PlanData;
  draft: PlanDraft;
  next: string;
  query: string;
  fault: string | null;
  faultAt: string;
  /** What of its indicators was taken from their sentences. */
  marks?: ReadonlyMap<string, readonly string[]>;
}

/** What a page is saved beside. */
export interface Known {
  /** The areas of the office, and what became of them. */
  readonly files: Listed;
  /** Areas that report in the draft. */
  readonly areas: readonly Area[];
  /** Units as the draft has them, and those of the office. */
  readonly units: readonly ReportingUnit[];
  readonly office: readonly OfficeUnit[];
  /** Who saves it, and when. */
  readonly by: PlanDraft["saved"];
}

export function changedDraft(
  draft: PlanDraft,
  page: PageOfDraft,
  form: FormData,
  known: Known,
): ChangedDraft {
  const [act = "", ...rest] = String(form.get("act") ?? "").split(" ");
  const here = page.entry === "" ? page.name : `${page.name}/${page.entry}`;
  const typed = Object.fromEntries(
    [...form.entries()].flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value.replaceAll("\r\n", "\n")]] : [],
    ),
  );
  const steps =
    isStep(page.name) && !draft.steps.includes(page.name)
      ? [...draft.steps, page.name]
      : draft.steps;
  if (page.name === "tep") {
    const text = (typed.text ?? draft.text).replace(/^\n/, "");
    const isSame = text === draft.text.replaceAll("\r\n", "\n");
    const kept = isSame ? draft : comparedStill(draft, { ...draft, text }, true);
    const done = { fault: null, faultAt: "", typed, next: here, query: "" };
    return { draft: kept, against: new Map(), ...done };
  }
  const fields = fieldsOf(draft, page, known.units);
  const filled = withTyped(filledData(draft, known.office), fields, form);
  const { [CONTACTS]: contacts, ...data } = filled.data;
  const begun = { ...draft, steps };
  const change: Change = { data, draft: begun, next: here, query: "", fault: null, faultAt: "" };
  if (act === "tiep" || act === "doi-chieu") change.next = rest.join(" ") || here;
  if (act === "dung") {
    const [at = "", ...value] = rest;
    const field = fields.find((one) => one.at === at);
    if (field !== undefined) {
      const meant = INPUTS[field.input].read(value.join(" "), getAt(change.data, at));
      change.data = setAt(change.data, at, meant);
    }
  }
  const sent = { act, rest: rest.join(" "), entry: page.entry, form, typed, known };
  if (page.name === "don-vi") keepContacts(change, contacts as Contacts, known);
  PAGE_CHANGES[page.name]?.(change, sent);
  const marks = marksBy(change.data, change.marks ?? new Map());
  const answered = withoutAnswered(draft, fields, data);
  const text = withMarks(writtenPlan(answered, change.data), marks);
  const changed = {
    ...change.draft,
    text: act === "xem" ? withoutMark(text, rest.join(" ")) : text,
  };
  const kept = comparedStill(draft, changed);
  return {
    draft: act === "doi-chieu" ? confirmed(change, kept, here, sent) : kept,
    ...{ against: filled.against, fault: change.fault, faultAt: change.faultAt, typed },
    ...{ next: change.next, query: change.query },
  };
}

/** What somebody compared is confirmed where it is what the page showed; of what was changed with it that is not. */
function confirmed(change: Change, kept: PlanDraft, here: string, sent: Sent): PlanDraft {
  const { typed, known } = sent;
  if (!here.startsWith("chi-tieu/")) return confirmedAt(kept, here, known.by);
  if (typed.reading !== readingMark(kept, here)) {
    change.next = here;
    change.fault = "Vừa sửa: xem lại mức và cách đo ở dưới rồi bấm “Đúng” lần nữa.";
    return kept;
  }
  const now = confirmedAt(kept, here, known.by);
  change.next = pagesToConfirm(dataOf(now))[0] ?? "don-vi";
  change.query = "#doi-chieu";
  return now;
}

/** What looks for areas or adds one: nothing else that was typed there is done then, and all of it stays. */
export const LOOKS_FOR_AREAS = /^(?:tim|chon|bao-cao|duoi)(?: |$)/;

/** Where a sentence that somebody typed stands: in no document. */
const TYPED: Place = { paragraph: 1, headings: [] };

interface Sent {
  readonly act: string;
  readonly rest: string;
  readonly entry: string;
  readonly form: FormData;
  readonly typed: Record<string, string>;
  readonly known: Known;
}

const linesOf = (text: string | undefined): string[] =>
  (text ?? "")
    .split("\n")
    .map((one) => one.normalize("NFC").trim())
    .filter((one) => one !== "");
/** Cells as Excel copies them, or as people type them. */
const cellsOf = (line: string): string[] => line.split(/\t|\s*;\s*/).map((one) => one.trim());

/** What each page does besides its fields. */
const PAGE_CHANGES: Readonly<Record<string, (change: Change, sent: Sent) => void>> = {
  "can-cu": (change) => {
    change.data = withUsual(change.data);
  },

  "chi-tieu": (change, sent) => {
    if (sent.entry !== "") return changeIndicator(change, sent);
    const { act, rest, typed, known } = sent;
    for (const name of linesOf(typed.groups)) {
      const count = entriesOf(change.data, "groups").length;
      const group = { code: newCode(change.data, "groups", String(count + 1)), name };
      change.data = { ...change.data, groups: [...listIn(change.data, "groups"), group] };
    }
    const named = typed.measure?.trim() ?? "";
    if (named !== "") change.data = withMeasure(change.data, named, "measures", {}).data;
    const left = sentencesRead(change.data, "chi-tieu")[Number(rest)]?.quote;
    const sentence =
      act === "cau"
        ? left
        : act === "them" || (typed.quote ?? "").trim() !== ""
          ? typed.quote
          : undefined;
    if (left !== undefined && (act === "cau" || act === "cau-bo"))
      change.data = withoutSentence(change.data, Number(rest));
    if (left !== undefined && act === "cau-bo")
      change.draft = noTarget(change.draft, left, known.by);
    if (sentence === undefined) return;
    const quote = sentence.normalize("NFC").replace(/\s+/g, " ").trim();
    if (quote === "") {
      change.fault = "Ghi câu của kế hoạch vào ô “Câu của kế hoạch”.";
      change.faultAt = "quote";
      return;
    }
    const before = entriesOf(change.data, "indicators").length;
    const { targets } = readSentence(quote, TYPED, "targets");
    const read = withTargets(change.data, targets);
    change.data = targets.length === 0 ? withIndicator(change.data, quote, null) : read.data;
    change.marks = read.marks;
    const codes = entriesOf(change.data, "indicators").slice(before);
    change.next = `chi-tieu/${codes[0]?.name}`;
  },

  "so-lieu": (change, { act, entry }) => {
    if (act !== "bo") return;
    change.data = setAt(change.data, `measures/${entry}`, undefined);
    change.next = "chi-tieu";
  },

  "don-vi": (change, { act, rest, form, typed, known }) => {
    for (const code of form.getAll("drop-unit")) {
      change.data = setAt(change.data, `units/${String(code)}`, undefined);
    }
    addAreas(change, typed.areas);
    addUnits(change, typed.units, known);
    if (act === "chon") {
      const noun =
        AREA_KINDS[areasCoded(rest, known.files).at(-1)?.kind as keyof typeof AREA_KINDS];
      change.data = {
        ...change.data,
        area: { code: rest, noun: noun ?? textAt(change.data, "area", "noun") },
      };
      if (change.data.reporting_areas === undefined)
        change.data = { ...change.data, reporting_areas: "children" };
    }
    const isGone = `${typed["gone-until"] ?? ""}${typed["gone-into"] ?? ""}`.trim() !== "";
    if (act === "thoi" || (isGone && !LOOKS_FOR_AREAS.test(act)))
      endReporting(change, typed, known);
    if (act === "duoi") {
      const list = listIn(change.data, "reporting_areas");
      change.data = { ...change.data, reporting_areas: [...list, { children_of: rest }] };
    }
    if (act === "bao-cao") {
      const list = Array.isArray(change.data.reporting_areas)
        ? change.data.reporting_areas
        : [{ codes: [] }];
      const at = list.findIndex(
        (one: unknown) => typeof one === "object" && one !== null && "codes" in one,
      );
      const codes = getAt({ list }, `list/#${at}/codes`);
      change.data = { ...change.data, reporting_areas: list };
      change.data = setAt(change.data, `reporting_areas/#${at < 0 ? list.length : at}/codes`, [
        ...new Set([...(Array.isArray(codes) ? codes.map(String) : []), rest]),
      ]);
    }
  },

  ky: (change, { act, form, typed }) => {
    for (const code of form.getAll("drop-period")) {
      change.data = setAt(change.data, `periods/${String(code)}`, undefined);
    }
    // a rule that was typed and saved is meant, whatever button did it
    const isTyped = Object.entries(usualRule(change.data)).some(
      ([name, usual]) => (typed[name] ?? usual) !== usual,
    );
    if (act !== "lap" && !isTyped) return;
    const [, first, last = first] =
      /^(\d{4})(?:\s*[-–]\s*(\d{4}))?$/.exec(typed.year?.trim() ?? "") ?? [];
    const rhythm = RHYTHMS.find((one) => one === typed.rhythm);
    const days = [typed.closed, typed.before].map(Number);
    const [closedOn = 0, dueBefore = 0] = days;
    const isDay = days.every(isDayOfMonth);
    if (
      first === undefined ||
      last === undefined ||
      rhythm === undefined ||
      !isDay ||
      Number(last) - Number(first) > 15
    ) {
      change.fault = "Năm gồm bốn chữ số (nhiều năm: năm đầu - năm cuối), ngày từ 1 đến 31.";
      const isOfYear = isDay && rhythm !== undefined;
      change.faultAt = isOfYear ? "year" : isDayOfMonth(closedOn) ? "before" : "closed";
      return;
    }
    const years = Array.from(
      { length: Math.max(1, Number(last) - Number(first) + 1) },
      (_, index) => Number(first) + index,
    );
    const made = years.flatMap((year) =>
      periodsOf({ rhythm, year, closedOn, dueBefore, dueMonthsLater: typed.later === "1" ? 1 : 0 }),
    );
    const isMade = (code: string): boolean => made.some((one) => one.code === code);
    const kept = listIn(change.data, "periods").filter((one) => !isMade(textAt(one, "code")));
    change.data = { ...change.data, periods: [...kept, ...made] };
  },
};

const isDayOfMonth = (day: number): boolean => Number.isInteger(day) && day >= 1 && day <= 31;

function listIn(data: PlanData, section: string): readonly unknown[] {
  const list = data[section];
  return Array.isArray(list) ? list : [];
}

function changeIndicator(change: Change, sent: Sent): void {
  const { act, rest, entry: before, form, typed, known } = sent;
  if (act === "bo") {
    const page = `chi-tieu/${before}`;
    const isRead = isToConfirm(change.data, page);
    const quote = textAt(getAt(change.data, `indicators/${before}`), "quote");
    const named = measuresNamed(change.data, before);
    change.data = setAt(change.data, `indicators/${before}`, undefined);
    // nor does anybody report what was counted for it alone
    for (const one of isRead ? named : []) {
      if (measurePage(change.data, one) === `so-lieu/${one}`)
        change.data = setAt(change.data, `measures/${one}`, undefined);
    }
    change.next = (isRead ? pagesToConfirm(change.data)[0] : undefined) ?? "chi-tieu";
    if (isRead) change.draft = noTarget(change.draft, quote, known.by);
    return;
  }
  const renamed = typed[`indicators/${before}/code`]?.trim() ?? before;
  const code = getAt(change.data, `indicators/${before}`) === undefined ? renamed : before;
  const at = `indicators/${code}`;
  const now = kindOf((getAt(change.data, at) ?? {}) as PlanData);
  if (change.next === `chi-tieu/${before}`) change.next = `chi-tieu/${code}`;
  if (code !== before && change.draft.confirmed[`chi-tieu/${before}`] !== undefined)
    change.data = setAt(change.data, `${at}/unconfirmed`, true);
  const kind = KINDS.find(({ id }) => id === typed.kind) ?? null;
  const parts: string[] = [];
  if (act === "cach" || (act === "dung" && rest.includes("/over_time ")))
    change.query = "#doi-chieu";
  if (act === "cach" && now !== null)
    change.data = withCounted(change.data, code, now, rest.split(WAY_SIGN));
  for (const [list] of now === null || act === "cach" ? [] : now.roles) {
    if (!form.has(`co:${list}`)) continue;
    const place = `${listPlace(code, now as (typeof KINDS)[number])}/${list}`;
    const had = (typed[`co:${list}`] ?? "").split(" ").filter((one) => one !== "");
    const kept = new Set(form.getAll(`giu:${list}`));
    const dropped = new Set(had.filter((one) => !kept.has(one)));
    const listed = getAt(change.data, place);
    const there: readonly unknown[] = Array.isArray(listed) ? listed : [];
    const nameOf = (one: unknown): string =>
      list === "conditions" ? textAt(one, "measure") : String(one);
    const more = (typed[`them:${list}`] ?? "") === "" ? [] : [typed[`them:${list}`] ?? ""];
    for (const fresh of linesOf(typed[`moi:${list}`])) {
      const made = withMeasure(
        change.data,
        fresh,
        list,
        (getAt(change.data, at) ?? {}) as PlanData,
      );
      change.data = made.data;
      more.push(made.code);
      if (list === "numerator") parts.push(made.code);
    }
    if (dropped.size + more.length === 0) continue;
    const left = there.filter((one) => !dropped.has(nameOf(one)));
    const added = new Set(more.filter((one) => !left.map(nameOf).includes(one)));
    change.data = setAt(change.data, place, [
      ...left,
      ...[...added].map((one) => (list === "conditions" ? { measure: one } : one)),
    ]);
  }
  // of a share, one is part of the other
  const [whole, another] = namedIn(change.data, `${at}/value`, "denominator");
  if (now?.id === "ratio" && whole !== undefined && another === undefined) {
    for (const part of parts) change.data = setAt(change.data, `measures/${part}/at_most`, whole);
  }
  if (kind !== null && kind !== now) change.data = withKind(change.data, code, kind);
  if (act === "dieu-chinh") {
    const amended = withAmendment(change.data, code);
    change.data = amended.data;
    change.query = `#${amended.id}`;
  }
  for (const measure of measuresNamed(change.data, code)) {
    if (typed[`truoc:${measure}`] !== undefined)
      changeBefore(change, measure, textAt(getAt(change.data, at), "value", "from"), sent);
  }
  if (typed.quota !== undefined) changeQuota(change, code, typed.quota.replace(/^\n/, ""));
}

/** A plan with one more statement of a target, and the field of its number. */
export function withAmendment(data: PlanData, code: string): { data: PlanData; id: string } {
  const at = `indicators/${code}/target`;
  const target = getAt(data, at);
  const statements: unknown[] = Array.isArray(target) ? target : [target ?? {}];
  const alike = ["comparator", "for"].map((key) => [key, valueAt(statements[0], [key])] as const);
  const more = Object.fromEntries(alike.filter(([, stated]) => stated !== undefined));
  // one that was begun and has no number yet is gone on with
  const isBegun = statements.length > 1 && isDeepStrictEqual(statements.at(-1), more);
  return {
    data: isBegun ? data : setAt(data, at, [...statements, more]),
    id: fieldId(`${at}/#${statements.length - (isBegun ? 1 : 0)}/value`),
  };
}

/** Takes the figures of the time before a measure is compared with: period, number, source, place. */
function changeBefore(change: Change, measure: string, from: string, { typed }: Sent): void {
  const periods = periodsBefore(change.data, from);
  const lines = linesOf(typed[`truoc:${measure}`]).flatMap((line) => {
    const [named = "", value = "", source = "", area = ""] = cellsOf(line);
    const period = periods.find(([, name]) => isCalled(name, named))?.[0] ?? named;
    const own = source === "" ? "Khai ở bàn làm việc" : source;
    return value === "" ? [] : [{ measure, area, period, value, source: own }];
  });
  const others = change.draft.baselines.filter((one) => one.measure !== measure);
  change.draft = { ...change.draft, baselines: [...others, ...lines] };
}

/** Puts what was pasted into the table of a target; the lines of others stay. */
function changeQuota(change: Change, code: string, pasted: string): void {
  const table = tableOf(change.data, code);
  if (table === null) return;
  const before = recordsOf(change.draft.tables[table] ?? "");
  const lines = linesOf(pasted).map((line) => {
    const [place = "", value = "", period = ""] = cellsOf(
      line.replace(/^(.*\S)\s+([\d.,]+(?:\s*[-–]\s*[\d.,]+)?)$/, "$1\t$2"),
    );
    return { indicator: code, place: /^\S*\d\S*(?=\s|$)/.exec(place)?.[0] ?? place, period, value };
  });
  const own = before.filter(({ indicator }) => indicator === code);
  const key = (one: Record<string, string>): string =>
    [one.place, one.value, one.period ?? ""].join("\t");
  if (own.map(key).join("\n") === lines.map(key).join("\n")) return;
  const rows = [...before.filter(({ indicator }) => indicator !== code), ...lines];
  const columns = [
    ...new Set(["indicator", "place", "period", "value", ...Object.keys(before[0] ?? {})]),
  ];
  const text = [
    columns,
    ...rows.map((one) => columns.map((name) => (one as Record<string, string>)[name] ?? "")),
  ];
  const tables = {
    ...change.draft.tables,
    [table]: `${text.map((cells) => cells.join(";")).join("\n")}\n`,
  };
  change.draft = { ...change.draft, tables };
}

/** One area reports no longer after a day; the others are listed by their codes from then on. */
function endReporting(change: Change, typed: Readonly<Record<string, string>>, known: Known): void {
  const until = dateMeant(typed["gone-until"] ?? "") ?? typed["gone-until"] ?? "";
  if (!isCalendarDate(until)) {
    change.fault = "Ngày cuối cùng báo cáo phải là ngày có trong lịch, ghi ngày/tháng/năm.";
    change.faultAt = "gone-until";
    return;
  }
  const keys = (typed.reporting ?? "").split(" ");
  const day = new Date(Date.parse(until) + 24 * 3_600_000).toISOString().slice(0, 10);
  const into = (typed["gone-into"] ?? "").trim();
  const gone = known.areas.find((area) => reportedAs(area, change.data) === typed.gone);
  const heir = into === "" ? null : heirOf(into, day, gone, known);
  if (typeof heir === "string") {
    change.fault = heir;
    change.faultAt = "gone-into";
    return;
  }
  if (gone === undefined && known.areas.length > 0) {
    change.fault = "Chọn địa bàn thôi báo cáo.";
    change.faultAt = "gone";
    return;
  }
  if (heir !== null && gone !== undefined) {
    const line = {
      ...{ area_id: String(gone.area_id), successor_id: String(heir.area_id), on: day },
      ...{ exact: typed["gone-exact"] === "yes" ? "yes" : "no", source: "Khai ở bàn làm việc" },
    };
    const others = change.draft.successors.filter(({ area_id }) => area_id !== line.area_id);
    const named = [gone, heir]
      .filter(isToBeNamed)
      .map(({ area_id, code }) => ({ area_id: String(area_id), code }));
    const areas = [
      ...change.draft.areas.filter((one) => !named.some(({ area_id }) => area_id === one.area_id)),
      ...named,
    ];
    change.draft = { ...change.draft, areas, successors: [...others, line] };
  }
  // where it keeps the code of one that ends it is another area all the same
  const isNew = heir !== null && !keys.includes(reportedAs(heir, change.data));
  const before = listIn(change.data, "reporting_areas");
  const all = [
    ...keys.map((key) => {
      const [code = "", from = ""] = key.split("@");
      const own = before.find((one) => {
        const codes = valueAt(one, ["codes"]);
        return Array.isArray(codes) && codes.includes(code) && textAt(one, "from") === from;
      });
      return { code, from, until: key === typed.gone ? until : textAt(own, "until") };
    }),
    ...(isNew ? [{ code: heir.code, from: day, until: "" }] : []),
  ];
  const spans = [...new Set(all.map(({ from, until: last }) => `${from} ${last}`))];
  const reporting_areas = spans.map((span) => {
    const [from, last] = span.split(" ");
    return {
      codes: all.filter((one) => `${one.from} ${one.until}` === span).map(({ code }) => code),
      ...(from === "" ? {} : { from }),
      ...(last === "" ? {} : { until: last }),
    };
  });
  change.data = { ...change.data, reporting_areas };
}

/** The area into which another one goes on a day, or why that is not known. */
function heirOf(words: string, day: string, gone: Area | undefined, known: Known): Area | string {
  const { areas, files } = known;
  const became = gone === undefined ? [] : successorsOf(gone, files);
  const own = [...areas, ...became].find(
    (area) => isValidOn(area, day) && (area.code === words || isCalled(area.name, words)),
  );
  const heir = own ?? areaMeant(words, files);
  if (typeof heir === "string" || isValidOn(heir, day)) return heir;
  return `${heir.code} ${heir.name} không còn, hoặc chưa có, vào ngày ${vietnameseDate(day)}.`;
}

/** Areas from a sheet; what cannot be understood stays in the field. */
function addAreas(change: Change, pasted: string | undefined): void {
  const added: Record<string, string>[] = [];
  const left: string[] = [];
  const known = new Set(change.draft.areas.map(({ code }) => code));
  for (const line of linesOf(pasted)) {
    const [code = "", name = "", typedKind = "", parent] = cellsOf(line);
    const kind = kindMeant(typedKind === "" ? (name.split(" ")[0] ?? "") : typedKind);
    if (!/^[A-Za-z0-9._-]+$/.test(code) || name === "" || kind === null) left.push(line);
    else if (!known.has(code)) {
      const above =
        parent ??
        (textAt(change.data, "area", "code") ||
          (added[0]?.code ?? change.draft.areas[0]?.code ?? ""));
      added.push({
        code,
        name,
        kind,
        parent: above === code ? "" : above,
        source: "Khai ở bàn làm việc",
      });
    }
  }
  const { areas: _, ...pastedElsewhere } = change.draft.pasted;
  change.draft = {
    ...change.draft,
    areas: [...change.draft.areas, ...added],
    pasted: left.length === 0 ? pastedElsewhere : { ...pastedElsewhere, areas: left.join("\n") },
  };
  const [first] = added;
  if (first !== undefined && change.data.area === undefined) {
    const noun = AREA_KINDS[first.kind as keyof typeof AREA_KINDS];
    change.data = {
      ...change.data,
      area: { code: first.code ?? "", noun },
      reporting_areas: added.length > 1 ? "children" : "none",
    };
  }
  if (left.length > 0) {
    change.fault = "Có dòng địa bàn chưa hiểu, còn trong ô ở dưới: mỗi dòng gồm mã, tên, loại.";
    change.faultAt = "areas";
  }
}

type Contacts = Readonly<Record<string, Contact>>;
interface Contact {
  readonly contact?: string;
  readonly phone?: string;
  readonly email?: string;
}

/** Keeps what has changed of whom to ask at the units. */
function keepContacts(change: Change, contacts: Contacts, known: Known): void {
  const before = filledData(change.draft, known.office)[CONTACTS] as Contacts;
  for (const [key, unit] of unitsAsked(known.units)) {
    if (JSON.stringify(contacts[key]) !== JSON.stringify(before[key]))
      keepContact(change, unit, contacts[key] ?? {});
  }
}

function keepContact(
  change: Change,
  unit: Pick<ReportingUnit, "entry" | "office_code" | "name" | "short_name" | "area">,
  typed: Contact,
): void {
  const { entry, office_code, name, short_name } = unit;
  const code = office_code ?? entry;
  const area = unit.area?.code ?? "";
  if (office_code === null) change.data = setAt(change.data, `units/${entry}/is`, entry);
  const { contact = "", phone = "", email = "" } = typed;
  const line = { code, area, name, short_name, contact, phone, email };
  const others = change.draft.contacts.filter((one) => one.code !== code || one.area !== area);
  change.draft = { ...change.draft, contacts: [...others, line] };
}

/** Units from a sheet, with whom to ask there; of one that is there already that alone. */
function addUnits(change: Change, pasted: string | undefined, known: Known): void {
  for (const line of linesOf(pasted)) {
    const [name = "", shortName = "", contact = "", phone = "", email = ""] = cellsOf(line);
    const typed = { contact, phone, email };
    const there = known.units.find(
      (one) => isCalled(one.name, name) || isCalled(one.short_name, name),
    );
    if (there !== undefined) {
      keepContact(change, there, typed);
      continue;
    }
    change.data = withUnit(change.data, name, { shortName });
    if (contact + phone + email === "") continue;
    const { name: entry = "", entry: unit } = entriesOf(change.data, "units").at(-1) ?? {};
    const called = { name, short_name: textAt(unit, "short_name") };
    keepContact(change, { ...called, entry, office_code: null, area: null }, typed);
  }
}
