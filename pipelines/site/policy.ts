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
 * The content security policy of a response. The few inline scripts of a page are allowed by their
 * hash, no others are.
 * @param html text of the page; empty for other files
 */
export function contentSecurityPolicy(html: string): string {
  const hashes = new Set<string>();
  for (const [, attributes, script] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
    if (/\bsrc=/.test(attributes ?? "") || /type="application\/json"/.test(attributes ?? ""))
      continue;
    hashes.add(
      `'sha256-${createHash("sha256")
        .update(script ?? "")
        .digest("base64")}'`,
    );
  }
  return [...DIRECTIVES, [SCRIPTS, ...hashes].join(" ")].join("; ");
}

/** The policy of the worker that computes filters: a WebAssembly module, of this host, and no more. */
export function enginePolicy(): string {
  return [...DIRECTIVES, `${SCRIPTS} 'wasm-unsafe-eval'`].join("; ");
}
