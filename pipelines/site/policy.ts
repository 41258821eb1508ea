import { createHash } from "node:crypto";

/** What every response may do: nothing that leaves this host. */
const DIRECTIVES = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

const SCRIPTS = "script-src 'self'";

/**
 * The content security policy of a response. A page has two inline scripts of the bundle, which are
 * allowed by their hash: the first, before anything that a plan or a sender says, and the one that ends
 * it. Whatever else looks like a script came in with a text, and is not run.
 * @param html text of the page; empty for other files
 */
export function contentSecurityPolicy(html: string): string {
  const hashes = [FIRST_SCRIPT, LAST_SCRIPT].flatMap((own) => {
    const script = own.exec(html)?.[1];
    if (script === undefined) return [];
    return [`'sha256-${createHash("sha256").update(script).digest("base64")}'`];
  });
  return [...DIRECTIVES, [SCRIPTS, ...hashes].join(" ")].join("; ");
}

/** `app.html` chooses light or dark before the first paint, above the title and all else that varies. */
const FIRST_SCRIPT =
  /^<!doctype html>\s*<html[^>]*>\s*<head>\s*(?:<(?:meta|link)\b[^>]*>\s*)*<script>([\s\S]*?)<\/script>/i;

/** SvelteKit's, which starts a page of filters: nothing but ends of elements comes after it. */
const LAST_SCRIPT =
  /<script>(\s*\{\s*__sveltekit_\w+ = (?:(?!<\/script>)[\s\S])*)<\/script>(?:\s|<\/div>|<\/body>|<\/html>)*$/;

/** The policy of the worker that computes filters: a WebAssembly module, of this host, and no more. */
export function enginePolicy(): string {
  return [...DIRECTIVES, `${SCRIPTS} 'wasm-unsafe-eval'`].join("; ");
}
