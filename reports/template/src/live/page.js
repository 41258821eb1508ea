import "$evidence/classes.css";
import "./look.css";
import { CUSTOM_FORMATTING_SETTINGS_CONTEXT_KEY } from "@evidence-dev/component-utilities/globalContexts";
import { Query, setTrackProxy } from "@evidence-dev/sdk/usql";
import { ensureInputContext } from "@evidence-dev/sdk/utils/svelte";
import { onMount, setContext } from "svelte";
import { writable } from "svelte/store";
import { startAnew } from "./ids.js";
import { query, showPage } from "./query.js";
import { followTheme } from "./theme.js";

export { fmt } from "@evidence-dev/component-utilities/formatting";
export { hasUnsetValues } from "@evidence-dev/sdk/usql";

/** What stands in SQL for a choice that has not been made. */
const NO_CHOICE = { label: "", value: "(select null where false)" };

/**
 * Prepares a page for Evidence's components: to be called where it is made.
 * @param {import("../../../types/results.ts").Rows} results what `results.js` found for the page
 * @param {string} path of the page
 */
export function openLivePage(results, path) {
  // The same query may have had other rows on a page before.
  Query.emptyCache();
  if (import.meta.env.SSR) startAnew();
  const page = showPage(results, path);
  const inputs = ensureInputContext(writable(setTrackProxy(NO_CHOICE)));
  inputs.update((chosen) => Object.assign(chosen, page.inputs));
  if (import.meta.env.SSR) inputs.subscribe((chosen) => page.keepInputs(JSON.stringify(chosen)));
  setContext(CUSTOM_FORMATTING_SETTINGS_CONTEXT_KEY, { getCustomFormats: () => [] });
  const unfollow = followTheme();
  onMount(() => unfollow);
  return {
    inputs,
    /** The page's queries that no input changes, as what Evidence's components expect. */
    rows: Object.fromEntries(
      page.names.map((name) => [
        name,
        Query.create(`select * from ${page.table(name)}`, query, name, {
          initialData: results[name],
        }),
      ]),
    ),
    /** Where SQL finds the rows of such a query. */
    table: page.table,
    /**
     * A query that an input changes. While its rows come, those before stay for a quarter of a second.
     * @param {string} name
     * @param {(found: unknown) => void} found is given the rows, each time that they are others
     * @returns {(isUnset: boolean, sql: string) => void} to be called when an input has changed
     */
    query(name, found) {
      const update = Query.createReactive({ callback: found, execFn: query }, { id: name });
      return (isUnset, sql) => update(sql, { noResolve: isUnset });
    },
    /**
     * The rows and choices of one plan must not stay when the page of another is gone to.
     * @param {string} now
     */
    stayAt(now) {
      if (!import.meta.env.SSR && now !== path) location.reload();
    },
  };
}
