// The rows of a page: by name for rendering, and as the file that its browser fetches.
import { createHash } from "node:crypto";

/** @typedef {import("./types/results.ts").Result} Result */

/** @param {string} text */
export const digestOf = (text) =>
  createHash("sha256").update(text).digest("base64url").slice(0, 22).replaceAll("-", ".");

/** What is asked of any object, whatever it is. */
const COMMON = new Set(["then", "toJSON"]);

/**
 * Rows by the names of their columns. A column that is asked for and is not there would be shown as one
 * without a value: it is an error, and the page is not made.
 * @param {Result & { readonly name: string }} result of a query
 */
export function checkedRecords(result) {
  const prototype = new Proxy(Object.prototype, {
    get(target, name) {
      if (typeof name === "symbol" || name in target || COMMON.has(name)) {
        return Reflect.get(target, name);
      }
      throw new Error(`The query "${result.name}" has no column "${name}", which the page shows.`);
    },
  });
  return records(result).map((record) => Object.setPrototypeOf(record, prototype));
}

/**
 * @param {Result} result
 * @returns {Record<string, unknown>[]}
 */
export function records({ columns, rows }) {
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}
