import { isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, stringify } from "yaml";
import type { Plan, PlanIndicator } from "./plan.ts";
import { type PlacedScalar, rangeOf, scalarsIn } from "./plan-yaml.ts";
import { TextEdits } from "./text-edits.ts";

/** Marks a place where a person must decide. */
export const TO_DECIDE = "# CẦN XEM LẠI:";

/** Beside `state: draft` in a file that nobody has read yet. */
export const DRAFT_MARK = `${TO_DECIDE} bản dự thảo: chưa ai phải báo cáo, cho đến khi đọc và sửa xong cả tệp rồi xóa dòng state.`;

/** A plan file for a later year, made from one of an earlier year. */
export interface NextPlan {
  readonly id: string;
  readonly text: string;
  /** CSV files beside it, by name. */
  readonly tables: ReadonlyMap<string, string>;
}

const DATES = new Set(["data_from", "data_to", "due_before"]);

/**
 * Writes the plan of a later year from the text of one: dates, codes, periods and milestones move on
 * by as many years as lie between, the new plan continues the old one, and what only a person can
 * decide is marked with a comment. Everything else stays as it is written, comments too.
 * @param text of a plan file that has no errors
 * @param plan what the text says
 * @param year the first year of the new plan
 * @param tableOf the text of a CSV file beside the plan
 */
export function nextPlan(
  text: string,
  plan: Plan,
  year: number,
  tableOf: (name: string) => string,
): NextPlan {
  const years = plan.periods.map((period) => period.year);
  const shift = year - Math.min(...years);
  const id = nextId(plan, shift);
  const moving = new Moving(text, plan, shift, id);
  moving.head();
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
    ? `${plan.id}-${Math.min(...plan.periods.map((one) => one.year)) + shift}`
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
    if (period >= 0) cells[period] = code(cells[period]?.trim() ?? "");
    if (from >= 0) cells[from] = "";
    const key = columns
      .map((name, index) => (name === "value" ? "" : cells[index]?.trim()))
      .join(separator);
    kept.set(key, cells.join(separator));
  }
  return `${[head, ...kept.values()].join("\n")}\n`;
}

/** The text of a plan file while it is moved to another year. */
class Moving {
  /** Names of CSV files of targets, and what they are called now. */
  readonly tables: [string, string][] = [];
  private readonly edits: TextEdits;
  private readonly document;
  private readonly source: string;
  private readonly plan: Plan;
  private readonly shift: number;
  private readonly id: string;

  constructor(text: string, plan: Plan, shift: number, id: string) {
    this.source = text;
    this.plan = plan;
    this.shift = shift;
    this.id = id;
    this.edits = new TextEdits(text);
    this.document = parseDocument(text);
  }

  text(): string {
    return this.edits.toString();
  }

  /** The code in the new plan of a period of the old one; other codes stay. */
  code(code: string): string {
    return this.plan.periods.some((period) => period.code === code)
      ? movedYears(code, this.plan, this.shift)
      : code;
  }

  head(): void {
    const { plan } = this;
    this.mark(
      ["schema"],
      `tệp này viết từ kế hoạch ${plan.id}; đọc lại mọi chỗ ghi CẦN XEM LẠI, xong thì xóa dòng ghi ấy.`,
    );
    this.put(["id"], this.id);
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
    if (target.statements.length > 1) this.lastStatement(at("target"), target.statements.length);
    const said = new Set<string>();
    for (const { path, node } of this.scalarsAt(at("target"))) {
      const typed = String(node.value);
      if (path.at(-1) === "table" && typed !== "table") {
        const renamed = this.tableName(typed);
        if (!this.tables.some(([name]) => name === typed)) this.tables.push([typed, renamed]);
        this.putNode(node, renamed);
        said.add("mức giao từng địa bàn của năm mới.");
      } else if (this.code(typed) !== typed) {
        this.putNode(node, this.code(typed));
        if (!path.includes("baseline") && !path.includes("from")) said.add("mức ở từng mốc.");
      }
      if (path.includes("baseline")) said.add("số gốc của tiến độ.");
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

  private continues(): void {
    const pair = this.pairAt(["continues"]);
    if (pair === null) {
      const area = this.startOf(["area"]);
      if (area !== null) this.edits.lineBefore(area, `continues: ${this.plan.id}`);
      return;
    }
    const start = rangeOf(pair.key)?.[0];
    const end = rangeOf(pair.value)?.[1];
    if (start === undefined || end === undefined) return;
    this.edits.replace(start, end, `continues: ${this.plan.id}`);
  }

  /** Of an amended target the last statement, which applies from the first day of the new plan. */
  private lastStatement(path: readonly (string | number)[], count: number): void {
    const list = this.document.getIn(path, true);
    const range = rangeOf(list);
    if (range === null || !isSeq(list)) return;
    const { from: _, ...words } = list.toJS(this.document)[count - 1] as Record<string, unknown>;
    const written = stringify(words, { collectionStyle: "flow", lineWidth: 0 }).trim();
    // what stands after the list on its last line, as the end of that line, stays behind it
    const end = this.source.slice(0, range[1]).trimEnd().length;
    this.edits.replace(range[0], end, this.withMovedCodes(written));
    this.mark(path, "mức sau điều chỉnh của năm trước được lấy làm mức đầu.");
  }

  private withMovedCodes(words: string): string {
    return words.replaceAll(/[A-Za-z0-9][A-Za-z0-9._-]*/g, (word) => this.code(word));
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
    if (start !== null) this.edits.lineBefore(start, `${TO_DECIDE} ${words}`);
  }

  private drop(path: readonly (string | number)[]): void {
    const pair = this.pairAt(path);
    const start = pair === null ? null : rangeOf(pair.key);
    const end = pair === null ? null : rangeOf(pair.value);
    if (start === null || end === null) return;
    const before = /,\s*$/.exec(this.source.slice(0, start[0]))?.[0].length ?? 0;
    if (before > 0) this.edits.replace(start[0] - before, end[1], "");
    else this.edits.withoutLines(start[0], end[1]);
  }

  private put(path: readonly (string | number)[], text: string): void {
    this.change(path, () => text);
  }

  private change(path: readonly (string | number)[], to: (text: string) => string): void {
    const node = this.document.getIn(path, true);
    if (isScalar(node)) this.putNode(node, to(String(node.value)));
  }

  private putNode(node: Scalar, text: string): void {
    const range = rangeOf(node);
    if (range === null || String(node.value) === text) return;
    const [start, end] = range;
    const typed = this.source.slice(start, end);
    // a text over several lines keeps its lines
    const isBlock = /^[>|]/.test(typed);
    const quote = isBlock ? "" : (/^["']/.exec(typed)?.[0] ?? "");
    const made = isBlock ? movedYears(typed, this.plan, this.shift) : `${quote}${text}${quote}`;
    this.edits.replace(start, end, made);
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
