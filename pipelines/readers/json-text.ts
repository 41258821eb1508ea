/** A value of a JSON text, with the line on which it begins, from 1. */
export type JsonValue = { readonly line: number } & (
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, JsonValue> }
  | { readonly kind: "array"; readonly items: readonly JsonValue[] }
  | { readonly kind: "string"; readonly text: string }
  /** As it is written: `20.000`, `1e3`. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "word"; readonly value: boolean | null }
);

/** Why a text is no JSON that is read. */
export class JsonFault extends Error {
  readonly what: "syntax" | "twice" | "deep";
  readonly line: number;
  /** The name that stands twice; nothing of other faults. */
  readonly key: string;
  constructor(what: JsonFault["what"], line: number, key = "") {
    super(what);
    this.what = what;
    this.line = line;
    this.key = key;
  }
}

/** A report has five. */
const MAX_DEPTH = 32;

const TOKEN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\]:,]/y;
const SPACE = /[ \t\r\n]*/y;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/**
 * Reads a JSON text as RFC 8259 has it. Numbers stay as they are written, since a float would change
 * some; a name that stands twice in an object is a fault, since one of the two would be lost.
 * @throws JsonFault
 */
export function parseJson(text: string): JsonValue {
  let at = 0;
  let line = 1;
  let token = "";

  /** Goes to the next token; none at the end. */
  const next = (): void => {
    SPACE.lastIndex = at;
    const space = SPACE.exec(text)?.[0] ?? "";
    at += space.length;
    for (const one of space) if (one === "\n") line += 1;
    TOKEN.lastIndex = at;
    token = text[at] === '"' ? quotedAt(text, at) : (TOKEN.exec(text)?.[0] ?? "");
    if (token === "" && at < text.length) throw new JsonFault("syntax", line);
    at += token.length;
  };
  const expect = (sign: string): void => {
    if (token !== sign) throw new JsonFault("syntax", line);
    next();
  };
  /** What stands between two signs, with commas between. */
  const listed = (end: string, one: () => void): void => {
    next();
    while (token !== end) {
      one();
      if (token !== end) {
        expect(",");
        if (token === end) throw new JsonFault("syntax", line);
      }
    }
    next();
  };
  const valueAt = (depth: number): JsonValue => {
    const begins = line;
    if (depth > MAX_DEPTH) throw new JsonFault("deep", begins);
    if (token === "{") {
      const members = new Map<string, JsonValue>();
      listed("}", () => {
        if (!token.startsWith('"')) throw new JsonFault("syntax", line);
        const key = stringOf(token, line);
        if (members.has(key)) throw new JsonFault("twice", line, key);
        next();
        expect(":");
        members.set(key, valueAt(depth + 1));
      });
      return { kind: "object", line: begins, members };
    }
    if (token === "[") {
      const items: JsonValue[] = [];
      listed("]", () => items.push(valueAt(depth + 1)));
      return { kind: "array", line: begins, items };
    }
    const own = token;
    const word = WORDS.get(own);
    if (!/^["\-\dtfn]/.test(own)) throw new JsonFault("syntax", begins);
    next();
    if (word !== undefined) return { kind: "word", line: begins, value: word };
    return own.startsWith('"')
      ? { kind: "string", line: begins, text: stringOf(own, begins) }
      : { kind: "number", line: begins, text: own };
  };

  next();
  const value = valueAt(0);
  if (token !== "") throw new JsonFault("syntax", line);
  return value;
}

/** A string with its quotes; nothing where it has no end. */
function quotedAt(text: string, begin: number): string {
  for (let end = text.indexOf('"', begin + 1); end > 0; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text[first - 1] === "\\") first -= 1;
    if ((end - first) % 2 === 0) return text.slice(begin, end + 1);
  }
  return "";
}

function stringOf(token: string, line: number): string {
  try {
    return String(JSON.parse(token));
  } catch {
    throw new JsonFault("syntax", line);
  }
}

/** The same as values of JavaScript, for a check of its shape; its numbers are not exact. */
export function plainValue(value: JsonValue): unknown {
  switch (value.kind) {
    case "object":
      return Object.fromEntries([...value.members].map(([key, one]) => [key, plainValue(one)]));
    case "array":
      return value.items.map(plainValue);
    case "string":
      return value.text;
    case "number":
      return Number(value.text);
    case "word":
      return value.value;
  }
}

/** What lies at a path within a value, or the nearest around it. */
export function valueAtPath(value: JsonValue, path: readonly PropertyKey[]): JsonValue {
  const [key, ...rest] = path;
  const within =
    value.kind === "object"
      ? value.members.get(String(key))
      : value.kind === "array" && typeof key === "number"
        ? value.items[key]
        : undefined;
  return within === undefined ? value : valueAtPath(within, rest);
}
