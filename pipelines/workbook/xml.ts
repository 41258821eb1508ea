/**
 * What is met on the way through an XML text. An element without content is opened and closed.
 * Attributes and text are as they are written, see `attributeOf` and `unescaped`.
 */
export type XmlEvent =
  | { readonly kind: "open"; readonly name: string; readonly attributes: string }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "text"; readonly text: string };

/** Quoted values hold no `<`, so that no text makes an expression look further and further. */
const ATTRIBUTES = `(?:[^<>"']|"[^"<]*"|'[^'<]*')*`;

const TOKEN = new RegExp(
  `<(?:!--[\\s\\S]*?-->|!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|\\?[^>]*>|(/?)([\\w:.-]+)(${ATTRIBUTES}?)(/?)>)|([^<]+)`,
  "y",
);

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/**
 * Goes through an XML text from its beginning to its end, in time that its length bounds. Names keep
 * their prefix.
 * @throws SyntaxError where it is not XML
 */
export function* xmlEvents(text: string): Generator<XmlEvent> {
  TOKEN.lastIndex = 0;
  const token = new RegExp(TOKEN);
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new SyntaxError(`no XML at ${at}`);
    const [, data, slash, name, attributes = "", closed, plain] = match;
    if (plain !== undefined) yield { kind: "text", text: plain };
    else if (data !== undefined) yield { kind: "text", text: data.replaceAll("&", "&amp;") };
    else if (name !== undefined) {
      if (slash === "") yield { kind: "open", name, attributes };
      if (slash !== "" || closed !== "") yield { kind: "close", name };
    }
  }
}

/**
 * Whether a text is one element of XML in which every element is closed in its turn.
 * @param onEvent is shown everything on the way
 */
export function isWholeXml(
  text: string,
  onEvent: (event: XmlEvent) => void = () => undefined,
): boolean {
  const open: string[] = [];
  let roots = 0;
  try {
    for (const event of xmlEvents(text)) {
      onEvent(event);
      if (event.kind === "close" && open.pop() !== event.name) return false;
      if (event.kind === "text" && /&(?!#\d+;|#x[\da-f]+;|\w+;)/i.test(event.text)) return false;
      if (event.kind !== "open") continue;
      if (!areWholeAttributes(event.attributes)) return false;
      if (open.length === 0) roots += 1;
      open.push(event.name);
    }
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
  return open.length === 0 && roots === 1;
}

const ATTRIBUTE = /\s+([^\s=<>"'/]+)\s*=\s*(?:"[^"<]*"|'[^'<]*')/y;

/**
 * Whether attributes are parted by blanks and each is there once: where two cells have become one, the
 * figure of one of them would be lost.
 */
function areWholeAttributes(attributes: string): boolean {
  const text = attributes.trimEnd();
  if (text === "") return true;
  const names = new Set<string>();
  ATTRIBUTE.lastIndex = 0;
  let end = 0;
  for (let found = ATTRIBUTE.exec(text); found !== null; found = ATTRIBUTE.exec(text)) {
    const [, name = ""] = found;
    if (names.has(name)) return false;
    names.add(name);
    end = ATTRIBUTE.lastIndex;
  }
  return end === text.length;
}

/** The value of an attribute, with its prefix if it has one; undefined where the element has none of that name. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = match?.[1] ?? match?.[2];
  return value === undefined ? undefined : unescaped(value);
}

/** Text with its entities put into characters: the five of XML itself, and numbers. */
export function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,4}));/g,
    (whole, decimal, hexadecimal, name) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Text as the content of an element or in a quoted attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Text in which every character that an XML document cannot hold is replaced by U+FFFD. */
export function printable(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
}

/** An element of an XML text: where it stands, and what it is made of. */
export interface Element {
  readonly whole: string;
  readonly start: number;
  readonly prefix: string;
  readonly attributes: string;
  /** Empty where the element is. */
  readonly content: string;
}

/** The elements with a local name that do not lie within one another, in their order. */
export function elementsOf(xml: string, name: string): Element[] {
  const open = new RegExp(`<(\\w+:)?${name}(\\s${ATTRIBUTES}|/)?>`, "g");
  const close = new RegExp(`</(?:\\w+:)?${name}\\s*>`, "g");
  const found: Element[] = [];
  for (let head = open.exec(xml); head !== null; head = open.exec(xml)) {
    const { 0: tag, index, 1: prefix = "", 2: attributes = "" } = head;
    const isEmpty = tag.endsWith("/>");
    let end = index + tag.length;
    let content = "";
    if (!isEmpty) {
      close.lastIndex = end;
      const tail = close.exec(xml);
      // what is not closed is no element, nor is anything of this name after it
      if (tail === null) break;
      content = xml.slice(end, tail.index);
      end = tail.index + tail[0].length;
    }
    const whole = xml.slice(index, end);
    const own = isEmpty ? attributes.replace(/\/$/, "") : attributes;
    found.push({ whole, start: index, prefix, attributes: own, content });
    open.lastIndex = end;
  }
  return found;
}

/** The text with elements replaced, each by what `change` makes of it. */
export function replaceElements(
  xml: string,
  name: string,
  change: (element: Element) => string,
): string {
  let end = 0;
  let changed = "";
  for (const element of elementsOf(xml, name)) {
    changed += xml.slice(end, element.start) + change(element);
    end = element.start + element.whole.length;
  }
  return changed + xml.slice(end);
}
