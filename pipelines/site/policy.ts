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
 * The content security policy of a response.
 * @param hashes of the inline scripts that it may run, as the build listed them: `sha256-…` in base64
 */
export function contentSecurityPolicy(hashes: readonly string[]): string {
  return [...DIRECTIVES, [SCRIPTS, ...hashes.map((hash) => `'${hash}'`)].join(" ")].join("; ");
}

/** The policy of the worker that computes filters: a WebAssembly module, of this host, and no more. */
export function enginePolicy(): string {
  return [...DIRECTIVES, `${SCRIPTS} 'wasm-unsafe-eval'`].join("; ");
}
