import { isDeepStrictEqual } from "node:util";
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  stringify,
  visit,
} from "yaml";
import { type Area, goneText } from "./area.ts";
import { heirsOn } from "./area-files.ts";
import type { Catalogue, ResolvedPlan } from "./catalogue.ts";
import type { Plan, PlanIndicator } from "./plan.ts";
import { type PlacedScalar, rangeOf, scalarsIn } from "./plan-yaml.ts";
import { TextEdits } from "./text-edits.ts";

/** Marks a place where a person must decide. */
export const TO_DECIDE = "# CẦN XEM LẠI:";

/** A plan file for a later year, made from one of an earlier year. */
export interface NextPlan {
  readonly id: string;
  readonly text: string;
  /** CSV files beside it, by name. */
  readonly tables: ReadonlyMap<string, string>;
}

/** Beside `state: draft` in a file that nobody has read yet. */
export const DRAFT_MARK = `${TO_DECIDE} bản dự thảo: chưa ai phải báo cáo, cho đến khi đọc và sửa xong cả tệp rồi xóa dòng state.`;

/** What is no more on a day: the plan's own area, and areas that report under it, in words. */
export interface Gone {
  readonly whole: readonly string[];
  readonly parts: readonly string[];
}

/** The areas of a plan that are no more on a day, and which are in their place. */
export function goneOn(day: string, { area, areas }: ResolvedPlan, catalogue: Catalogue): Gone {
  const told = (some: readonly Area[]): string[] =>
    catalogue.areas
      .filter(({ area_id }) => some.some((one) => one.area_id === area_id))
      .filter(({ valid_to }) => valid_to !== null && valid_to < day)
      .map((one) => goneText(one, heirsOn(one, day, catalogue)));
  return { whole: told([area]), parts: told(areas) };
}

const DATES = new Set(["data_from", "data_to", "due_before"]);

/**
 * Writes the plan of a later year from the text of one: dates, codes, periods and milestones move on
 * by as many years as lie between, the new plan continues the old one, and what only a person can
 * decide is marked with a comment. Everything else stays as it is written, comments too; where the text
 * is written so that this cannot be, it is written anew. Until somebody has read it, it is a draft.
 * @param text of a plan file that has no errors
 * @param plan what the text says
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
  const years = plan.periods.map((period) => period.year);
  const shift = year - Math.min(...years);
  const id = nextId(plan, shift);
  const moving = new Moving(text, plan, shift, id);
  const [first = plan.in_force_from] = plan.periods.map(({ data_to }) => data_to).sort();
  moving.head(goneOn(movedDate(first, shift)));
  moving.periods();
  moving.measures();
  for (const [index, indicator] of plan.indicators.entries()) moving.indicator(indicator, index);
  moving.rules();
  const tables = new Map(
    moving.tables.map(([name, renamed]) => [
      renamed,
      movedTable(tableOf(name), (code) => moving.code(code)),
    ]),
  );
  return { id, text: moving.text(), tables };
}

function nextId(plan: Plan, shift: number): string {
  const moved = movedYears(plan.id, plan, shift);
  return moved === plan.id
    ? `${plan.id.slice(0, 59)}-${Math.min(...plan.periods.map((one) => one.year)) + shift}`
    : moved;
}

/** A text with the years of a plan moved on, and the year before its first, in which data begin. */
function movedYears(text: string, plan: Plan, shift: number): string {
  const years = plan.periods.map((period) => period.year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return text.replaceAll(/(?<!\d)\d{4}(?!\d)/g, (typed) => {
    const year = Number(typed);
    return year >= first - 1 && year <= last + 1 ? String(year + shift) : typed;
  });
}

/** A date so many years later; the end of February stays the end of February. */
function movedDate(date: string, shift: number): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const endOf = (of: number): number => new Date(Date.UTC(of, Number(month), 0)).getUTCDate();
  const next = Number(year) + shift;
  const isEnd = month === "02" && Number(day) === endOf(Number(year));
  return `${next}-${month}-${isEnd ? endOf(next) : day}`;
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

const BASELINE = "số gốc của tiến độ.";

/** The same with whatever is said by a reference to another place said at its own. */
export function withoutAliases(text: string): string {
  const document = parseDocument(text);
  let isOther = false;
  visit(document, {
    Alias(_, alias) {
      isOther = true;
      const node = alias.resolve(document)?.clone() as Node | undefined;
      if (node !== undefined && !isAlias(node)) delete node.anchor;
      return node;
    },
  });
  return isOther ? document.toString({ lineWidth: 0 }) : text;
}

/** The text of a plan file while it is moved to another year. */
class Moving {
  /** Names of CSV files of targets, and what they are called now. */
  readonly tables: [string, string][] = [];
  private readonly edits: TextEdits;
  private readonly document: Document;
  /** The same changes made to what the text says: what the changed text must say. */
  private readonly made: Document;
  /** Of every scalar the same one in `made`. */
  private readonly twins: ReadonlyMap<unknown, Scalar>;
  private readonly source: string;
  private readonly plan: Plan;
  private readonly shift: number;
  private readonly id: string;

  constructor(text: string, plan: Plan, shift: number, id: string) {
    this.source = withoutAliases(text);
    this.plan = plan;
    this.shift = shift;
    this.id = id;
    this.edits = new TextEdits(this.source);
    this.document = parseDocument(this.source);
    this.made = parseDocument(this.source);
    const there = [...scalarsIn(this.made.contents)];
    this.twins = new Map(
      [...scalarsIn(this.document.contents)].flatMap(({ node }, index) => {
        const twin = there[index]?.node;
        return twin === undefined ? [] : [[node, twin]];
      }),
    );
  }

  text(): string {
    const text = this.edits.toString();
    const read = parseDocument(text);
    const isSame = read.errors.length === 0 && isDeepStrictEqual(read.toJS(), this.made.toJS());
    return isSame ? text : this.made.toString({ lineWidth: 0 });
  }

  /** The code in the new plan of a period of the old one; other codes stay. */
  code(code: string): string {
    return this.plan.periods.some((period) => period.code === code)
      ? movedYears(code, this.plan, this.shift)
      : code;
  }

  head({ whole, parts }: Gone): void {
    const { plan } = this;
    this.mark(
      ["schema"],
      `tệp này viết từ kế hoạch ${plan.id}; đọc lại mọi chỗ ghi CẦN XEM LẠI, xong thì xóa dòng ghi ấy.`,
    );
    this.put(["id"], this.id);
    if (plan.state === undefined) this.insert("number", DRAFT_MARK, "state", "draft");
    this.mark(["number"], "số, ký hiệu của kế hoạch mới; id và tên tệp theo đó.");
    for (const key of ["title", "short_title"]) {
      this.change([key], (text) => movedYears(text, plan, this.shift));
    }
    if (plan.carries_out !== undefined) {
      this.mark(["carries_out"], "văn bản cấp trên mà kế hoạch mới thực hiện.");
    }
    for (const key of ["issued_on", "in_force_from"]) {
      this.change([key], (text) => movedDate(text, this.shift));
    }
    this.mark(["issued_on"], "ngày ký và ngày có hiệu lực của kế hoạch mới.");
    this.mark(["source"], "đọc kế hoạch mới ở đâu.");
    this.continues();
    for (const words of whole) this.mark(["area"], `địa bàn của kế hoạch không còn: ${words}.`);
    for (const words of parts) {
      this.mark(["reporting_areas"], `không còn báo cáo, đơn vị ở đó cũng vậy: ${words}.`);
    }
    if (Array.isArray(plan.reporting_areas)) {
      this.mark(["reporting_areas"], "địa bàn báo cáo trong thời gian của kế hoạch mới.");
    }
  }

  periods(): void {
    this.mark(["periods"], "ngày chốt và hạn gửi của từng kỳ theo kế hoạch mới.");
    for (const { path, isKey } of this.scalarsAt(["periods"])) {
      if (isKey) continue;
      const [, , key] = path;
      if (DATES.has(String(key))) this.change(path, (text) => movedDate(text, this.shift));
      else if (key === "year") this.change(path, (text) => String(Number(text) + this.shift));
      else if (key === "code" || key === "name" || key === "covers") {
        this.change(path, (text) => movedYears(text, this.plan, this.shift));
      }
    }
  }

  /** A measure that was added during the old plan is there from the first day of the new one. */
  measures(): void {
    this.plan.measures.forEach(({ from }, index) => {
      if (from !== undefined) this.drop(["measures", index, "from"]);
    });
  }

  indicator({ quote, value, target, from, added_rules }: PlanIndicator, index: number): void {
    const at = (...path: (string | number)[]) => ["indicators", index, ...path];
    if (from !== undefined) this.drop(at("from"));
    const hasYear = [quote, ...added_rules].some((text) => this.hasYear(text));
    if (hasYear) {
      this.mark(at("quote"), "câu này hoặc quy ước của nó nêu năm; chép lại câu của kế hoạch mới.");
    }
    if (value.kind === "change" && this.code(value.from) !== value.from) {
      this.put(at("value", "from"), this.code(value.from));
    }
    const isNamed = value.kind === "change" && !["last_year", "previous"].includes(value.from);
    if (isNamed) {
      const words = "kỳ được so với; số của kỳ ấy ở baselines.csv phải ghi cho kế hoạch mới.";
      this.mark(at("value"), words);
    }
    const said = new Set<string>();
    if (target.statements.length > 1) {
      this.lastStatement(at("target"), target, said);
    } else {
      for (const { path, node } of this.scalarsAt(at("target"))) {
        this.changeNode(node, (typed) => this.moved(typed, path, said));
        if (path.includes("baseline")) said.add(BASELINE);
      }
    }
    for (const words of said) this.mark(at("target"), words);
  }

  /** Rules and meanings that speak of the old plan. */
  rules(): void {
    const { added_rules, glossary, number } = this.plan;
    const isOld = (text: string): boolean => this.hasYear(text) || text.includes(number);
    added_rules.forEach((rule, index) => {
      if (isOld(rule)) {
        this.mark(["added_rules", index], "quy ước này nêu năm hoặc số của kế hoạch cũ.");
      }
    });
    if (glossary.some(({ meaning, source }) => isOld(`${meaning} ${source}`))) {
      this.mark(["glossary"], "nguồn của từ ngữ nêu kế hoạch cũ.");
    }
  }

  /** A word of a target as the new plan has it; what it asks a person is added to `said`. */
  private moved(typed: string, path: readonly unknown[], said: Set<string>): string {
    if (path.at(-1) === "table" && /\.csv$/.test(typed)) {
      const renamed = this.tableName(typed);
      if (!this.tables.some(([name]) => name === typed)) this.tables.push([typed, renamed]);
      said.add("mức giao từng địa bàn của năm mới.");
      return renamed;
    }
    const code = this.code(typed);
    if (code !== typed && !path.includes("baseline") && !path.includes("from")) {
      said.add("mức ở từng mốc.");
    }
    return code;
  }

  private continues(): void {
    const pair = this.pairAt(["continues"]);
    if (pair === null) this.insert("area", null, "continues", this.plan.id);
    else this.replace(["continues"], this.plan.id, this.plan.id);
  }

  /**
   * Of an amended target the last statement, which applies from the first day of the new plan, as it is
   * judged: with what the first one says for all.
   */
  private lastStatement(
    path: readonly (string | number)[],
    { pace, due, statements }: PlanIndicator["target"],
    said: Set<string>,
  ): void {
    const list = (this.document.getIn(path, true) as Node).toJS(this.document) as object[];
    const { from: _, ...last } = list[statements.length - 1] as Record<string, unknown>;
    const words = {
      ...last,
      ...(pace === "none" ? {} : { pace }),
      ...(due === "year_end" ? {} : { due }),
    };
    const moved = this.movedWords(words, [], said);
    this.replace(path, moved, stringify(moved, { collectionStyle: "flow", lineWidth: 0 }).trim());
    said.add("mức sau điều chỉnh của năm trước được lấy làm mức đầu.");
  }

  private movedWords(words: unknown, path: readonly string[], said: Set<string>): unknown {
    if (typeof words === "string") return this.moved(words, path, said);
    if (typeof words !== "object" || words === null || Array.isArray(words)) return words;
    if (path.at(-1) === "baseline") said.add(BASELINE);
    return Object.fromEntries(
      Object.entries(words).map(([key, value]) => [
        this.moved(key, [...path, "key"], said),
        this.movedWords(value, [...path, key], said),
      ]),
    );
  }

  private hasYear(text: string): boolean {
    return movedYears(text, this.plan, this.shift) !== text;
  }

  private tableName(name: string): string {
    const moved = movedYears(name, this.plan, this.shift);
    const year = Math.min(...this.plan.periods.map((period) => period.year)) + this.shift;
    return moved === name ? name.replace(/\.csv$/, `-${year}.csv`) : moved;
  }

  private mark(path: readonly (string | number)[], words: string): void {
    const start = this.startOf(path);
    if (start === null) return;
    const comment = `${TO_DECIDE} ${words}`;
    this.edits.lineBefore(start, comment);
    const twin = this.twins.get(this.pairAt(path)?.key ?? this.document.getIn(path, true));
    if (twin === undefined) return;
    const there = twin.commentBefore;
    twin.commentBefore = (there ? `${there}\n` : "") + comment.slice(1);
  }

  /** A further key of the plan, in front of another one, with a mark. */
  private insert(before: string, mark: string | null, key: string, value: string): void {
    const start = this.startOf([before]);
    const { contents } = this.made;
    if (start === null || !isMap(contents)) return;
    const pair = this.made.createPair(key, value) as Pair<Scalar, Scalar>;
    if (mark !== null) {
      this.edits.lineBefore(start, mark);
      pair.key.commentBefore = mark.slice(1);
    }
    this.edits.lineBefore(start, `${key}: ${value}`);
    const there = contents.items.findIndex(({ key: one }) => isScalar(one) && one.value === before);
    contents.items.splice(there, 0, pair as never);
  }

  private drop(path: readonly (string | number)[]): void {
    const pair = this.pairAt(path);
    const owner = this.document.getIn(path.slice(0, -1), true);
    const [start, end] = [rangeOf(pair?.key)?.[0], rangeOf(pair?.value)?.[1]];
    if (start === undefined || end === undefined || !isMap(owner)) return;
    const index = owner.items.findIndex(({ key }) => key === pair?.key);
    const next = rangeOf(owner.items[index + 1]?.key)?.[0];
    const before = /,\s*$/.exec(this.source.slice(0, start))?.[0].length ?? 0;
    if (before > 0) this.edits.replace(start - before, end, "");
    else if (index === 0 && next !== undefined) this.edits.replace(start, next, "");
    else this.edits.withoutLines(start, end);
    this.made.deleteIn(path);
  }

  private put(path: readonly (string | number)[], text: string): void {
    this.change(path, () => text);
  }

  /** Puts another value in the place of one, with the colon before it. */
  private replace(path: readonly (string | number)[], value: unknown, text: string): void {
    const pair = this.pairAt(path);
    const [key, range] = [rangeOf(pair?.key), rangeOf(pair?.value)];
    if (key === null || range === null) return;
    // what stands after it on its last line, as the end of that line, stays behind it
    const end = this.source.slice(0, range[1]).trimEnd().length;
    this.edits.replace(key[1], end, `: ${text}`);
    this.made.setIn(path, this.made.createNode(value));
  }

  private change(path: readonly (string | number)[], to: (text: string) => string): void {
    const node = this.document.getIn(path, true);
    if (isScalar(node)) this.changeNode(node, to);
  }

  private changeNode(node: Scalar, to: (text: string) => string): void {
    const range = rangeOf(node);
    const twin = this.twins.get(node);
    const text = String(node.value);
    const changed = to(text);
    if (range === null || twin === undefined || changed === text) return;
    twin.value = typeof node.value === "number" ? Number(changed) : changed;
    const typed = this.source.slice(...range);
    // a text over several lines keeps its lines
    const [, before = "", within = "", after = ""] = /^(["']?)(.*)(\1)$/s.exec(typed) ?? [];
    this.edits.replace(...range, before + to(within) + after);
  }

  private scalarsAt(path: readonly (string | number)[]): PlacedScalar[] {
    return [...scalarsIn(this.document.getIn(path, true), path)];
  }

  private startOf(path: readonly (string | number)[]): number | null {
    const pair = this.pairAt(path);
    if (pair !== null) return rangeOf(pair.key)?.[0] ?? null;
    return rangeOf(this.document.getIn(path, true))?.[0] ?? null;
  }

  private pairAt(path: readonly (string | number)[]): Pair | null {
    const owner =
      path.length === 1 ? this.document.contents : this.document.getIn(path.slice(0, -1), true);
    if (!isMap(owner)) return null;
    return owner.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) ?? null;
  }
}
