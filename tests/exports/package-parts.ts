import { unzipSync } from "fflate";
import { SaxesParser } from "saxes";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** Text directly within it. */
  text: string;
}

/** The parts of an office document by their names. */
export function partsOf(document: Uint8Array): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(document)));
}

/** One XML part, read by a parser that accepts nothing but well-formed XML with its namespaces. */
export function elementOf(parts: ReadonlyMap<string, Uint8Array>, name: string): Element {
  const parser = new SaxesParser({ xmlns: true, fileName: name });
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    const attributes = Object.entries(tag.attributes).map(([key, { value }]) => [key, value]);
    const element: Element = {
      name: tag.name,
      attributes: Object.fromEntries(attributes),
      children: [],
      text: "",
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on("closetag", () => {
    open.pop();
  });
  const content = parts.get(name);
  if (content === undefined) throw new Error(`no part ${name}`);
  parser.write(new TextDecoder("utf-8", { fatal: true }).decode(content)).close();
  const [first] = root.children;
  if (first === undefined) throw new Error(`${name} is empty`);
  return first;
}

/** Every element with a name below another, in document order. */
export function below(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...below(child, name),
  ]);
}

/** All text below an element. */
export function textOf(element: Element): string {
  return element.text + element.children.map(textOf).join("");
}

/**
 * What makes Excel or Word offer to repair a package: XML that is not well formed, parts without a
 * content type, relations that lead nowhere, dates or names of its container that vary.
 */
export function packageFaults(document: Uint8Array): string[] {
  const parts = partsOf(document);
  const types = elementOf(parts, "[Content_Types].xml");
  const defaults = below(types, "Default").map(({ attributes }) => attributes.Extension);
  const overrides = below(types, "Override").map(({ attributes }) => attributes.PartName);
  const faults: string[] = [];
  for (const name of parts.keys()) {
    if (/\.(xml|rels)$/.test(name)) elementOf(parts, name);
    const ending = name.slice(name.lastIndexOf(".") + 1);
    if (!defaults.includes(ending) && !overrides.includes(`/${name}`)) {
      faults.push(`${name} has no content type`);
    }
    if (!name.endsWith(".rels")) continue;
    const folder = name.replace(/_rels\/[^/]*$/, "");
    for (const { attributes } of below(elementOf(parts, name), "Relationship")) {
      if (attributes.TargetMode === "External") continue;
      const target = new URL(attributes.Target ?? "", `file:///${folder}`).pathname.slice(1);
      if (!parts.has(decodeURI(target))) faults.push(`${name} leads to ${target}`);
    }
  }
  for (const name of overrides) {
    if (!parts.has(name?.slice(1) ?? ""))
      faults.push(`content type of ${name}, which is not there`);
  }
  return faults;
}
