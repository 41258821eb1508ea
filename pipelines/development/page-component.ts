import { type Partials, partialText, replacePartials } from "../site/partials.ts";
import { queriesOf } from "./page-queries.ts";

/** What a page is besides its text. */
export interface PageParts {
  /** The page within `reports/pages`: `[plan]/index.md`. */
  readonly page: string;
  /** Where the row types of pages are, as the component imports them. */
  readonly types: string;
  /** The project's own components by their names, as the component imports them. */
  readonly components: ReadonlyMap<string, string>;
  readonly partials: Partials;
}

/** A fenced block, a query or not, up to the end of its last line. */
const FENCE = /^```[\s\S]*?^```[ \t]*$/gm;
const FRONT_MATTER = /^---\n[\s\S]*?^---[ \t]*$/m;
const INLINE_CODE = /`[^`\n]*`/g;
const OWN_SCRIPT = /<script\b(?![^>]*\bmodule\b)[^>]*>/;

/**
 * A page as a Svelte component, for a type checker to read: its queries are typed by their rows, its
 * parameters are texts, and every line stands where it stands in the page, what a partial says on the
 * line that takes it in. It is never rendered.
 * @throws Failure for a partial that is not there
 */
export function pageComponent(text: string, parts: PageParts): string {
  const { page, types, components, partials } = parts;
  const markup = replacePartials(markupOf(text), (name) =>
    markupOf(partialText(partials, name)).replaceAll("\n", " "),
  );
  const isUsed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(markup);
  const tags = new Set([...markup.matchAll(/<([A-Z]\w*)/g)].map(([, name = ""]) => name));
  const queries = queriesOf(text, partials).flatMap(({ name }) => (isUsed(name) ? [name] : []));
  const evidence = JSON.stringify(types.replace(/pages\.ts$/, "evidence-components.ts"));
  const key = JSON.stringify(page.replace(/\.md$/, ""));
  const script = [
    ...[...tags].map((name) => {
      const path = components.get(name);
      // Evidence's own components have no types but those that are said there.
      return path === undefined
        ? `import { ${name} } from ${evidence};`
        : `import ${name} from ${JSON.stringify(path)};`;
    }),
    ...(queries.length > 0 ? [`import type { PageData } from ${JSON.stringify(types)};`] : []),
    ...queries.map((name) => `export let ${name}: PageData<${key}>["${name}"];`),
    ...(isUsed("params") ? [`export let params: Readonly<{ ${parametersOf(page)} }>;`] : []),
    ...(isUsed("inputs")
      ? [`export let inputs: Readonly<Record<${inputsOf(markup)}, import(${evidence}).Choice>>;`]
      : []),
    // A call: the components have a property of that name.
    ...(/\bfmt\(/.test(markup)
      ? ["export let fmt: (value: unknown, format?: string) => string;"]
      : []),
  ].join(" ");
  const own = OWN_SCRIPT.exec(markup);
  if (own === null) return `<script lang="ts">${script}</script>${markup}`;
  const before = markup.slice(0, own.index);
  return `${before}<script lang="ts">${script}${markup.slice(own.index + own[0].length)}`;
}

/** What is shown of a text, without its queries, on the lines where it stands. */
function markupOf(text: string): string {
  return text
    .replace(FENCE, blank)
    .replace(FRONT_MATTER, blank)
    .replace(INLINE_CODE, (code) => code.replace(/[{}<>]/g, " "));
}

/** Nothing, on as many lines. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, "");
}

/** `"ky" | "noi"`: the names of a page's inputs. */
function inputsOf(markup: string): string {
  const names = [...markup.matchAll(/<[A-Z]\w*\s[^>]*?\bname=["']?(\w+)/g)];
  return names.length === 0 ? "never" : names.map(([, name]) => `"${name}"`).join(" | ");
}

/** `plan: string; period: string` of `[plan]/ky/[period].md`. */
function parametersOf(page: string): string {
  return [...page.matchAll(/\[(\w+)\]/g)].map(([, name]) => `${name}: string`).join("; ");
}
