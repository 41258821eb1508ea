// Which pages of the site that is shown are, byte for byte, what they would be now: made by the same
// program from the same rows. They are taken over and not rendered again.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { quote, read, TABLES } from "./page-tables.js";

/** @typedef {import("./page-tables.js").Connection} Connection */
/** @typedef {import("./types/results.ts").KeptEntry} KeptEntry */
/** @typedef {import("./types/results.ts").PageSources} PageSources */
/** @typedef {import("./types/results.ts").KeptList} KeptList */

/**
 * A digest of the rows of each table: of each plan's where it has plans, and of all of them.
 * @param {Connection} connection
 */
export async function readDigests(connection) {
  const { rows: tables } = await read(
    connection,
    `select schema_name || '.' || table_name, bool_or(column_name = 'plan_id')
    from duckdb_columns() where database_name = '${TABLES}' and not internal group by all order by 1`,
  );
  const digest = "count(*) || ' ' || bit_xor(hash(t)) || ' ' || sum(hash(t))";
  /** @type {Map<string, string>} */
  const digests = new Map();
  for (const [table, hasPlans] of tables) {
    const name = String(table).split(".").map(quote).join(".");
    const by = hasPlans ? "plan_id" : "null";
    const { rows } = await read(
      connection,
      `select ${by}, ${digest} from ${name} as t group by all order by all`,
    );
    for (const [plan, found] of rows) digests.set(`${table} ${plan}`, String(found));
    digests.set(String(table), JSON.stringify(rows));
    if (hasPlans) digests.set(`${table} `, "by plan");
  }
  return {
    /**
     * What a page was made from, in one digest.
     * @param {PageSources} page
     */
    of({ plan, tables: names, sources }) {
      const own = names.map((name) =>
        plan !== null && digests.has(`${name} `)
          ? (digests.get(`${name} ${plan}`) ?? "none")
          : (digests.get(name) ?? "no such table"),
      );
      return sha256(JSON.stringify([plan, names, own, sources.map((name) => digests.get(name))]));
    },
    names: tables.map(([table]) => String(table)),
  };
}

/**
 * The pages of a site.
 * @param {string} file in its folder, which says what they were made from; it may not be there
 * @param {string} program digest of all that makes pages of rows
 */
export async function openKept(file, program) {
  const site = dirname(file);
  const list = await readList(file);
  const { addresses, pages } =
    list?.program === program
      ? list
      : { addresses: [], pages: /** @type {KeptList["pages"]} */ ({}) };
  const addressesAt = (/** @type {readonly number[]} */ places) =>
    places.flatMap((place) => addresses[place] ?? []);
  return {
    /**
     * What is known of a page; undefined where the site has none such, or where a file is not the one
     * that was made.
     * @param {string} path
     * @returns {Promise<KeptEntry | undefined>}
     */
    async find(path) {
      const entry = pages[path];
      if (entry === undefined) return undefined;
      const files = await Promise.all(
        ["index.html", "du-lieu.json"].map((name) =>
          readFile(join(site, path, name)).catch(() => Buffer.of()),
        ),
      );
      const [html, rows] = [files[0] ?? Buffer.of(), files[1] ?? Buffer.of()];
      const isWhole = sha256(html) === entry.html && sha256(rows) === entry.rows;
      if (!isWhole) return undefined;
      const [links, assets] = [addressesAt(entry.links), addressesAt(entry.assets)];
      const isKnown = links.length + assets.length === entry.links.length + entry.assets.length;
      return isKnown ? { ...entry, links, assets } : undefined;
    },
  };
}

/**
 * What `openKept` reads.
 * @param {string} program
 * @param {Readonly<Record<string, KeptEntry>>} pages by their paths
 * @returns {KeptList}
 */
export function listKept(program, pages) {
  const entries = Object.entries(pages).sort(([a], [b]) => (a < b ? -1 : 1));
  const all = new Set(entries.flatMap(([, { links, assets }]) => [...links, ...assets]));
  const addresses = [...all].sort();
  const places = new Map(addresses.map((address, place) => [address, place]));
  const placesOf = (/** @type {readonly string[]} */ these) =>
    these.map((address) => places.get(address) ?? -1);
  return {
    program,
    addresses,
    pages: Object.fromEntries(
      entries.map(([path, entry]) => [
        path,
        { ...entry, links: placesOf(entry.links), assets: placesOf(entry.assets) },
      ]),
    ),
  };
}

/**
 * @param {string} file
 * @returns {Promise<KeptList | undefined>} undefined where it says nothing that can be read
 */
async function readList(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {string | Uint8Array} content */
export function sha256(content) {
  return createHash("sha256").update(content).digest("hex");
}
