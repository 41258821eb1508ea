// Views that a reader keeps under a name, in his own browser.

import { writable } from "svelte/store";

/** A name, and what the address asks for. */
export interface KeptView {
  readonly name: string;
  readonly query: string;
}

/** What is kept of a plan, the last one first; where the browser keeps nothing, until the page goes. */
export function keptViews(planId: string) {
  const key = `chitieu kham-pha ${planId}`;
  const { subscribe, set } = writable<readonly KeptView[]>([]);
  let views: readonly KeptView[] = [];
  const put = (now: readonly KeptView[]): void => {
    views = now;
    set(views);
    try {
      localStorage.setItem(key, JSON.stringify(views));
    } catch {
      // the browser keeps nothing: the list holds as long as the page does
    }
  };
  return {
    subscribe,
    /** To be called in the browser. */
    read(): void {
      try {
        views = viewsIn(localStorage.getItem(key));
      } catch {
        views = [];
      }
      set(views);
    },
    /** Keeps a view; another one of the same name goes. */
    keep(view: KeptView): void {
      put([view, ...views.filter(({ name }) => name !== view.name)]);
    },
    drop(name: string): void {
      put(views.filter((view) => view.name !== name));
    },
  };
}

/** The views in a text that was kept; none in one that is something else. */
export function viewsIn(text: string | null): readonly KeptView[] {
  if (text === null) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((one: unknown) =>
    typeof one === "object" &&
    one !== null &&
    "name" in one &&
    "query" in one &&
    typeof one.name === "string" &&
    typeof one.query === "string" &&
    one.query.startsWith("?")
      ? [{ name: one.name, query: one.query }]
      : [],
  );
}
