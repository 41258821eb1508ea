/** What every response may do: nothing that leaves this host. `svelte.config.js` says it of pages, too. */
const DIRECTIVES = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** What cannot be said within a page. */
const OF_HEADERS = "frame-ancestors 'none'";

const SCRIPTS = "script-src 'self'";

/** What SvelteKit writes before anything that a plan or a sender says. */
const OF_PAGE = /<meta http-equiv="content-security-policy" content="([^"]*)">/;

/** The content security policy of a response that is no page of the bundle. */
export function contentSecurityPolicy(): string {
  return [...DIRECTIVES, OF_HEADERS, SCRIPTS].join("; ");
}

/** The policy that stands in a page, with what it cannot say itself. */
export function policyOfPage(html: Buffer): string {
  const policy = OF_PAGE.exec(html.toString("latin1"))?.[1];
  return policy === undefined ? contentSecurityPolicy() : `${policy}; ${OF_HEADERS}`;
}

/** The policy of the worker that computes filters: a WebAssembly module, of this host, and no more. */
export function enginePolicy(): string {
  return [...DIRECTIVES, OF_HEADERS, `${SCRIPTS} 'wasm-unsafe-eval'`].join("; ");
}
