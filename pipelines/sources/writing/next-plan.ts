import { parseDocument } from "yaml";
import { type Area, goneText } from "../areas/area.ts";
import { heirsOn } from "../areas/area-files.ts";
import type { Catalogue, ResolvedPlan } from "../catalogue.ts";
import type { Plan, PlanIndicator } from "../plan/plan.ts";
import { DRAFT_MARK, type PlanMark, withMarks } from "./plan-marks.ts";
import { type PlanData, withoutAliases, writtenPlan } from "./plan-writing.ts";

/** A plan file for a later year, made from one of an earlier year. */
export interface NextPlan {
  readonly id: string;
  readonly text: string;
  /** CSV files beside it, by name. */
  readonly tables: ReadonlyMap<string, string>;
}

/** What is no more on a day: the plan's own area, and areas that report under it, in words. */
export interface Gone {
  readonly whole: readonly string[];
  readonly parts: readonly string[];
}

/** The areas of a plan that are no more on a day, and which are in their place. */
export function goneOn(day: string, { area, areas }: ResolvedPlan, catalogue: Catalogue): Gone {
  const named = (some: readonly Area[]): string[] =>
    catalogue.areas
      .filter(({ area_id }) => some.some((one) => one.area_id === area_id))
      .filter(({ valid_to }) => valid_to !== null && valid_to < day)
      .map((one) => goneText(one, heirsOn(one, day, catalogue)));
  return { whole: named([area]), parts: named(areas) };
}

const DATES = new Set(["data_from", "data_to", "due_before"]);

/**
 * Writes the plan of a later year from the text of one: dates, codes, periods and milestones move on
 * by as many years as lie between, the new plan continues the old one, and what only a person can
 * decide is marked with a comment. Everything else stays as it is written, comments too; where the text
 * is written so that this cannot be, it is written anew. Until somebody has read it, it is a draft.
 * @param text of a plan file that has no errors
 * @param plan the parsed text
 * @param year the first year of the new plan
 * @param tableOf the text of a CSV file beside the plan
 * @param goneOn which areas of the plan are no more on the last day of the first period of the new one
 */
export function nextPlan(
  text: string,
  plan: Plan,
  year: number,
  tableOf: (name: string) => string,
  goneOn: (day: string) => Gone = () => ({ whole: [], parts: [] }),
): NextPlan {
  const moved = new Moving(plan, year);
  const source = withoutAliases(text);
  const [first = plan.in_force_from] = plan.periods.map(({ data_to }) => data_to).sort();
  const written = moved.whole(parseDocument(source).toJS() as PlanData, goneOn(moved.date(first)));
  return {
    id: moved.id,
    text: withMarks(writtenPlan(source, written), moved.marks),
    tables: new Map(
      [...moved.tables].map(([name, renamed]) => [
        renamed,
        movedTable(tableOf(name), (code) => moved.code(code)),
      ]),
    ),
  };
}

/** The CSV file of targets with the periods of the new plan, and of amended numbers the last. */
function movedTable(text: string, code: (code: string) => string): string {
  const [head = "", ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const separator = head.includes(",") ? "," : ";";
  const columns = head
    .replace(/^\uFEFF/, "")
    .split(separator)
    .map((one) => one.trim());
  const [period, from] = [columns.indexOf("period"), columns.indexOf("from")];
  const kept = new Map<string, string>();
  for (const line of lines) {
    const cells = line.split(separator);
    if (period >= 0) cells[period] = (cells[period] ?? "").trim().replace(/[^"]+/, code);
    if (from >= 0) cells[from] = "";
    const key = columns
      .map((name, index) => (name === "value" ? "" : cells[index]?.trim()))
      .join(separator);
    kept.set(key, cells.join(separator));
  }
  return `${[head, ...kept.values()].join("\n")}\n`;
}

type Entry = Readonly<Record<string, unknown>>;

/** A plan while it is moved to another year. */
class Moving {
  readonly id: string;
  readonly marks: PlanMark[] = [];
  /** Names of CSV files of targets, with what they are called now. */
  readonly tables = new Map<string, string>();
  private readonly plan: Plan;
  private readonly year: number;
  private readonly first: number;
  private readonly last: number;

  constructor(plan: Plan, year: number) {
    this.plan = plan;
    this.year = year;
    const years = plan.periods.map((period) => period.year);
    this.first = Math.min(...years);
    this.last = Math.max(...years);
    const id = this.years(plan.id);
    this.id = id === plan.id ? `${id.slice(0, 59)}-${year}` : id;
  }

  /** A text with the years of a plan moved on, and the year before its first, in which data begin. */
  private years(text: string): string {
    return text.replaceAll(/(?<!\d)\d{4}(?!\d)/g, (typed) => {
      const year = Number(typed);
      const isOwn = year >= this.first - 1 && year <= this.last + 1;
      return isOwn ? String(year + this.year - this.first) : typed;
    });
  }

  /** A date so many years later; the end of February stays the end of February. */
  date(date: string): string {
    const [year = "", month = "", day = ""] = date.split("-");
    const endOf = (of: number): number => new Date(Date.UTC(of, Number(month), 0)).getUTCDate();
    const next = Number(year) + this.year - this.first;
    const isEnd = month === "02" && Number(day) === endOf(Number(year));
    return `${next}-${month}-${isEnd ? endOf(next) : day}`;
  }

  /** The code in the new plan of a period of the old one; other codes stay. */
  code(code: string): string {
    return this.plan.periods.some((period) => period.code === code) ? this.years(code) : code;
  }

  /** The data of the new plan. */
  whole(written: PlanData, { whole, parts }: Gone): PlanData {
    const { plan } = this;
    this.mark(
      ["schema"],
      `tệp này viết từ kế hoạch ${plan.id}; đọc lại mọi chỗ ghi CẦN XEM LẠI, xong thì xóa dòng ghi ấy.`,
    );
    if (plan.state === undefined) this.mark(["state"], DRAFT_MARK);
    this.mark(["number"], "số, ký hiệu của kế hoạch mới; id và tên tệp theo đó.");
    this.mark(["carries_out"], "văn bản cấp trên mà kế hoạch mới thực hiện.");
    this.mark(["issued_on"], "ngày ký và ngày có hiệu lực của kế hoạch mới.");
    this.mark(["source"], "đọc kế hoạch mới ở đâu.");
    for (const words of whole) this.mark(["area"], `địa bàn của kế hoạch không còn: ${words}.`);
    for (const words of parts)
      this.mark(["reporting_areas"], `không còn báo cáo, đơn vị ở đó cũng vậy: ${words}.`);
    if (Array.isArray(plan.reporting_areas))
      this.mark(["reporting_areas"], "địa bàn báo cáo trong thời gian của kế hoạch mới.");
    this.mark(["periods"], "ngày chốt và hạn gửi của từng kỳ theo kế hoạch mới.");
    this.rules();
    const of = (key: string): readonly Entry[] => (written[key] ?? []) as readonly Entry[];
    return {
      ...written,
      id: this.id,
      ...(plan.state === undefined ? { state: "draft" } : {}),
      title: this.years(String(written.title)),
      short_title: this.years(String(written.short_title)),
      issued_on: this.date(plan.issued_on),
      in_force_from: this.date(plan.in_force_from),
      continues: plan.id,
      periods: of("periods").map((one) => this.period(one)),
      // what was added during the old plan is there from the first day of the new one
      measures: of("measures").map(({ from: _, ...one }) => one),
      indicators: plan.indicators.map((one, index) =>
        this.indicator(one, of("indicators")[index] ?? {}, ["indicators", index]),
      ),
    };
  }

  private period(written: Entry): Entry {
    return Object.fromEntries(
      Object.entries(written).map(([key, value]) => {
        if (key === "year") return [key, Number(value) + this.year - this.first];
        if (DATES.has(key)) return [key, this.date(String(value))];
        if (key === "covers") return [key, (value as string[]).map((code) => this.years(code))];
        return [key, key === "code" || key === "name" ? this.years(String(value)) : value];
      }),
    );
  }

  private indicator(
    { quote, value, target, added_rules }: PlanIndicator,
    { from: _, ...written }: Entry,
    at: readonly (string | number)[],
  ): Entry {
    if ([quote, ...added_rules].some((text) => this.hasYear(text))) {
      const words = "câu này hoặc quy ước của nó nêu năm; chép lại câu của kế hoạch mới.";
      this.mark([...at, "quote"], words);
    }
    if (value.kind === "change" && !["last_year", "previous"].includes(value.from)) {
      const words = "kỳ được so với; số của kỳ ấy ở baselines.csv phải ghi cho kế hoạch mới.";
      this.mark([...at, "value"], words);
    }
    const open = new Set<string>();
    const { statements } = target;
    const asked = statements.length > 1 ? lastStatement(target, written.target) : written.target;
    const moved = this.words(asked, [], open);
    if (statements.length > 1) open.add("mức sau điều chỉnh của năm trước được lấy làm mức đầu.");
    for (const words of open) this.mark([...at, "target"], words);
    const from = value.kind === "change" ? { from: this.code(value.from) } : {};
    return { ...written, value: { ...(written.value as Entry), ...from }, target: moved };
  }

  /** Words of a target as the new plan has them; what they ask a person is added to `open`. */
  private words(written: unknown, path: readonly string[], open: Set<string>): unknown {
    if (typeof written === "string") return this.word(written, path, open);
    if (Array.isArray(written)) return written.map((one) => this.words(one, path, open));
    if (typeof written !== "object" || written === null) return written;
    if (path.at(-1) === "baseline") open.add("số gốc của tiến độ.");
    return Object.fromEntries(
      Object.entries(written).map(([key, value]) => [
        this.word(key, [...path, "key"], open),
        this.words(value, [...path, key], open),
      ]),
    );
  }

  private word(typed: string, path: readonly string[], open: Set<string>): string {
    if (path.at(-1) === "table" && /\.csv$/.test(typed)) {
      const moved = this.years(typed);
      const renamed = moved === typed ? typed.replace(/\.csv$/, `-${this.year}.csv`) : moved;
      this.tables.set(typed, renamed);
      open.add("mức giao từng địa bàn của năm mới.");
      return renamed;
    }
    const code = this.code(typed);
    if (code !== typed && !path.includes("baseline") && !path.includes("from"))
      open.add("mức ở từng mốc.");
    return code;
  }

  /** Rules and meanings that speak of the old plan. */
  private rules(): void {
    const { added_rules, glossary, number } = this.plan;
    const isOld = (text: string): boolean => this.hasYear(text) || text.includes(number);
    added_rules.forEach((rule, index) => {
      if (isOld(rule))
        this.mark(["added_rules", index], "quy ước này nêu năm hoặc số của kế hoạch cũ.");
    });
    if (glossary.some(({ meaning, source }) => isOld(`${meaning} ${source}`)))
      this.mark(["glossary"], "nguồn của từ ngữ nêu kế hoạch cũ.");
  }

  private hasYear(text: string): boolean {
    return this.years(text) !== text;
  }

  private mark(path: readonly (string | number)[], words: string): void {
    this.marks.push([path, words]);
  }
}

/**
 * Of an amended target the last statement, which applies from the first day of the new plan, as it is
 * judged: with what the first one has for all.
 */
function lastStatement(
  { pace, due, statements }: PlanIndicator["target"],
  written: unknown,
): Entry {
  const { from: _, ...last } = (written as Entry[])[statements.length - 1] ?? {};
  return { ...last, ...(pace === "none" ? {} : { pace }), ...(due === "year_end" ? {} : { due }) };
}
