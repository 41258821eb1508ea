/**
 * What is met on the way through an XML text. An element without content is opened and closed.
 * Attributes and text are as they are written, see `attributeOf` and `unescaped`.
 */
export type XmlEvent =
  | { readonly kind: "open"; readonly name: string; readonly attributes: string }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "text"; readonly text: string };

/** Attributes end at the next `<` at the latest, so that no text makes this look further and further. */
const TOKEN =
  /<(?:!--[\s\S]*?-->|!\[CDATA\[([\s\S]*?)\]\]>|\?[^>]*>|(\/?)([\w:.-]+)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>)|([^<]+)/y;

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
      if (open.length === 0) roots += 1;
      open.push(event.name);
    }
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
  return open.length === 0 && roots === 1;
}

/** The value of an attribute; undefined where the element has none of that name. */
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
