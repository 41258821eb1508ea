// Choices that a reader keeps under names, in his own browser.

/** A name, and what the address asks for, without its question mark. */
export interface KeptView {
  readonly name: string;
  readonly query: string;
}

/** The views in a kept text; empty if it is anything else. */
export function viewsIn(text: string | null): readonly KeptView[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
  return Array.isArray(parsed) ? parsed.filter(isView) : [];
}

function isView(one: unknown): one is KeptView {
  return (
    typeof one === "object" &&
    one !== null &&
    "name" in one &&
    typeof one.name === "string" &&
    "query" in one &&
    typeof one.query === "string"
  );
}
