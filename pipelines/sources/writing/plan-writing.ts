import { isDeepStrictEqual } from "node:util";
import {
  Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { keysAt } from "../plan/plan-keys.ts";
import { rangeOf } from "../text/plan-yaml.ts";
import { TextEdits } from "../text/text-edits.ts";

/** A plan file as plain data. */
export type PlanData = Readonly<Record<string, unknown>>;

/** A collection up to this many letters long stands on one line. */
const ONE_LINE = 90;

/**
 * The text of a plan file made to say something else, with everything that stays as it is written:
 * comments, quotes, lines. Where the text is written so that this cannot be, the sections that change
 * are written anew.
 * @param wanted without anything undefined
 */
export function writtenPlan(text: string, wanted: PlanData): string {
  const document = parseDocument(text);
  if (isDeepStrictEqual(document.toJS(), wanted)) return text;
  // a change of what others refer to would be one of theirs
  const plain = withoutAliases(text);
  if (plain !== text) return writtenPlan(plain, wanted);
  const writing = new Writing(text, wanted, document);
  writing.put(document.contents, wanted, []);
  const edited = writing.toString();
  const read = parseDocument(edited);
  if (read.errors.length === 0 && isDeepStrictEqual(read.toJS(), wanted)) return edited;
  return sectionsAnew(document, wanted);
}

/** The same with references (aliases) written out. */
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

const PREFACE = `# yaml-language-server: $schema=../plan.schema.json
# Cách ghi từng khóa: docs/plan-file.md. Kiểm tra: chitieu plan check TỆP.`;

/** A new plan file. */
export function newPlanText(data: PlanData): string {
  const order = Object.keys(keysAt(data, []));
  const place = ([key]: [string, unknown]): number => order.indexOf(key);
  const entries = Object.entries(data).sort((one, other) => place(one) - place(other));
  return `${PREFACE}\n${rendered(Object.fromEntries(entries), false)}\n`;
}

function sectionsAnew(document: Document, wanted: PlanData): string {
  const written = (document.toJS() ?? {}) as PlanData;
  if (!isMap(document.contents)) return newPlanText(wanted);
  for (const key of new Set([...Object.keys(written), ...Object.keys(wanted)])) {
    if (isDeepStrictEqual(written[key], wanted[key])) continue;
    if (wanted[key] === undefined) document.delete(key);
    else document.set(key, document.createNode(wanted[key], { aliasDuplicateObjects: false }));
  }
  const text = document.toString({ lineWidth: 0 });
  return isDeepStrictEqual(parseDocument(text).toJS(), wanted) ? text : newPlanText(wanted);
}

/** A value as YAML, without a line end behind it; what is short stands on one line. */
function rendered(value: unknown, isFlow: boolean): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, (key, node) => {
    if (!isCollection(node) || (key === null && !isFlow)) return;
    const isShort = JSON.stringify(node.toJS(document)).length <= ONE_LINE;
    const isList = isSeq(node) && node.items.some(isCollection);
    if (isFlow || (isShort && !isList)) node.flow = true;
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true }).trimEnd();
}

/** The text of a plan file while it is made to say something else. */
class Writing {
  private readonly edits: TextEdits;
  private readonly text: string;
  private readonly wanted: PlanData;
  private readonly document: Document;

  constructor(text: string, wanted: PlanData, document: Document) {
    this.text = text;
    this.wanted = wanted;
    this.document = document;
    this.edits = new TextEdits(text);
  }

  toString(): string {
    return this.edits.toString();
  }

  /**
   * Makes a node say something.
   * @param owner the pair whose value it is
   * @param isWithin it stands within brackets or braces
   */
  put(
    node: unknown,
    wanted: unknown,
    path: readonly PropertyKey[],
    owner?: Pair,
    isWithin = false,
  ): void {
    if (this.isWritten(node, wanted)) return;
    if (isMap(node) && node.flow && isRecord(wanted) && this.putEach(node, wanted, path)) return;
    if (isMap(node) && !node.flow && isRecord(wanted) && Object.keys(wanted).length > 0) {
      this.putMap(node, wanted, path);
    } else if (isSeq(node) && !node.flow && Array.isArray(wanted) && wanted.length > 0) {
      this.putList(node, wanted, path);
    } else if (owner !== undefined && !isWithin) this.replace(owner, wanted);
    else {
      const [start, end] = rangeOf(node) ?? [0, 0];
      const isBlock = isCollection(node) && !node.flow;
      const column = start - this.lineStart(start);
      // what is a comma of a sentence is none of the list
      const text = isBlock
        ? this.shifted(wanted, column, false)
        : rendered([wanted], true).slice(1, -1).trim();
      this.edits.replace(start, isBlock ? this.endOf(node) : end, text);
    }
  }

  private isWritten(node: unknown, wanted: unknown): boolean {
    return isNode(node) && isDeepStrictEqual(node.toJS(this.document), wanted);
  }

  /** Within braces: each key by itself where all of them stay. */
  private putEach(
    map: YAMLMap,
    wanted: Record<string, unknown>,
    path: readonly PropertyKey[],
  ): boolean {
    const keys = map.items.map(({ key }) => String(isScalar(key) ? key.value : ""));
    if (!isDeepStrictEqual(new Set(keys), new Set(Object.keys(wanted)))) return false;
    for (const [index, pair] of map.items.entries()) {
      const key = keys[index] ?? "";
      this.put(pair.value, wanted[key], [...path, key], pair, true);
    }
    return true;
  }

  private putMap(
    map: YAMLMap,
    wanted: Record<string, unknown>,
    path: readonly PropertyKey[],
  ): void {
    const order = Object.keys(keysAt(this.wanted, path));
    const place = (key: string): number => order.indexOf(key);
    const pairs = map.items.filter((one) => isPair(one) && isScalar(one.key));
    const keyOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : "");
    const [first] = pairs;
    if (first === undefined) return;
    for (const pair of pairs) {
      const key = keyOf(pair);
      if (!Object.hasOwn(wanted, key))
        this.remove(pair.key, pair.value ?? pair.key, pair === first);
      else this.put(pair.value, wanted[key], [...path, key], pair);
    }
    const there = new Set(pairs.map(keyOf));
    const column = this.columnOf(first.key);
    for (const key of Object.keys(wanted).filter((one) => !there.has(one))) {
      const before = pairs.filter((one) => place(keyOf(one)) < place(key)).at(-1) ?? pairs.at(-1);
      const text = this.indented(rendered({ [key]: wanted[key] }, false), column);
      this.after(before?.value ?? before?.key, before?.key, `${" ".repeat(column)}${text}`);
    }
  }

  private putList(list: YAMLSeq, wanted: readonly unknown[], path: readonly PropertyKey[]): void {
    const nameOf = (one: unknown): unknown => (isRecord(one) ? (one.code ?? one) : one);
    const names = list.items.map((one) => nameOf(isNode(one) ? one.toJS(this.document) : one));
    const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one, other);
    // an entry that has another code by now stands where it stood
    const isRenamed = names.length === wanted.length;
    const at = wanted.map((one, index) => {
      const found = names.findIndex((name) => isSame(name, nameOf(one)));
      return found < 0 && isRenamed && !wanted.some((other) => isSame(nameOf(other), names[index]))
        ? index
        : found;
    });
    const kept = at.filter((one) => one >= 0);
    const inOrder = kept.every((one, index) => index === 0 || one > (kept[index - 1] ?? 0));
    const [first] = list.items;
    if (!inOrder || kept.length === 0 || first === undefined) {
      const [start] = rangeOf(list) ?? [0];
      const column = start - this.lineStart(start);
      this.edits.replace(start, this.endOf(list), this.shifted(wanted, column, false));
      return;
    }
    const dash = this.text.slice(this.lineStart(rangeOf(first)?.[0] ?? 0)).indexOf("-");
    for (const [index, item] of list.items.entries()) {
      if (!kept.includes(index)) this.remove(item, item, false);
    }
    let before: unknown = null;
    for (const [index, one] of wanted.entries()) {
      const item = list.items[at[index] ?? -1];
      if (item !== undefined) {
        this.put(item, one, [...path, index]);
        before = item;
        continue;
      }
      const isFlow = isMap(first) && first.flow === true;
      const text = `${" ".repeat(dash)}- ${this.shifted(one, dash + 2, isFlow)}`;
      if (before === null) {
        const line = this.lineStart(rangeOf(first)?.[0] ?? 0);
        this.edits.replace(line, line, `${text}\n`);
      } else this.after(before, before, text);
    }
  }

  /** Puts a value in the place of that of a pair. */
  private replace({ key, value }: Pair, wanted: unknown): void {
    const [start, end] = rangeOf(key) ?? [0, 0];
    const [, last] = rangeOf(value) ?? [0, end];
    const colon = this.text.indexOf(":", end) + 1;
    const isSame = Array.isArray(wanted) ? isSeq(value) : isMap(value);
    const isFlow = isSame && isCollection(value) && value.flow === true && value.items.length > 0;
    const isShort = !Array.isArray(wanted) && !isSame && JSON.stringify(wanted).length <= ONE_LINE;
    const stays = rendered(wanted, isFlow || isShort);
    const isBlock = isRecord(wanted) && !/^[[{]/.test(stays);
    const column = start - this.lineStart(start) + 2;
    const text = isBlock
      ? `\n${" ".repeat(column)}${this.indented(stays, column)}`
      : ` ${this.indented(stays, column)}`;
    this.edits.replace(
      colon,
      Math.max(colon, isCollection(value) ? this.endOf(value) : this.trimmed(last)),
      text,
    );
  }

  private remove(from: unknown, to: unknown, isFirst: boolean): void {
    const [start] = rangeOf(from) ?? [0];
    // the first key of an entry stands behind its dash: the text is written otherwise
    if (isFirst && /-\s+$/.test(this.text.slice(this.lineStart(start), start))) return;
    let line = this.lineStart(start);
    const indent = /^ */.exec(this.text.slice(line))?.[0] ?? "";
    // with the comments in the lines above
    while (line > 0) {
      const above = this.lineStart(line - 1);
      if (!this.text.slice(above, line).startsWith(`${indent}#`)) break;
      line = above;
    }
    this.edits.replace(line, this.nextLine(this.endOf(to)), "");
  }

  private after(node: unknown, otherwise: unknown, text: string): void {
    const end = rangeOf(node) === null ? (rangeOf(otherwise)?.[1] ?? 0) : this.endOf(node);
    const at = this.nextLine(end);
    this.edits.replace(at, at, this.text[at - 1] === "\n" ? `${text}\n` : `\n${text}`);
  }

  /** Where the text of a node ends, without the lines and comments behind it. */
  private endOf(node: unknown): number {
    if (isCollection(node) && !node.flow) {
      const last = node.items.at(-1);
      const inner = isPair(last) ? (rangeOf(last.value) === null ? last.key : last.value) : last;
      if (inner !== undefined) return this.endOf(inner);
    }
    return this.trimmed(rangeOf(node)?.[1] ?? 0);
  }

  private trimmed(end: number): number {
    return this.text.slice(0, end).trimEnd().length;
  }

  private nextLine(offset: number): number {
    const next = this.text.indexOf("\n", offset);
    return next < 0 ? this.text.length : next + 1;
  }

  private lineStart(offset: number): number {
    return this.text.lastIndexOf("\n", offset - 1) + 1;
  }

  private columnOf(node: unknown): number {
    const [start] = rangeOf(node) ?? [0];
    return start - this.lineStart(start);
  }

  private shifted(value: unknown, column: number, isFlow: boolean): string {
    return this.indented(rendered(value, isFlow), column);
  }

  private indented(text: string, column: number): string {
    return text.replaceAll(/\n(?=.)/g, `\n${" ".repeat(column)}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
