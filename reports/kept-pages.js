// Which pages of the site that is shown are, byte for byte, what they would be now: made by the same
// program from the same rows. They are taken over and not rendered again.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { read, TABLES } from "./page-tables.js";

/** @typedef {import("./page-tables.js").Connection} Connection */
/** @typedef {import("./types/results.ts").KeptEntry} KeptEntry */
/** @typedef {import("./types/results.ts").PageSources} PageSources */
/** @typedef {import("./types/results.ts").KeptHead} KeptHead */
/** @typedef {import("./types/results.ts").KeptList} KeptList */

/**
 * The digests of the rows of each table that its maker has put down: of each plan's where it has plans,
 * and of all of them.
 * @param {Connection} connection
 */
export async function readDigests(connection) {
  const { rows: tables } = await read(
    connection,
    `select schema_name || '.' || table_name, bool_or(column_name = 'plan_id')
    from duckdb_columns()
    where database_name = '${TABLES}' and schema_name <> 'made' and not internal
    group by all order by 1`,
  );
  const { rows: made } = await read(
    connection,
    `select "table", plan_id, digest from made.digest order by all`,
  );
  /** @type {Map<string, string>} */
  const digests = new Map();
  /** @type {Map<string, unknown[]>} */
  const ofAll = new Map(tables.map(([table]) => [String(table), []]));
  for (const [table, plan, digest] of made) {
    digests.set(`${table} ${plan}`, String(digest));
    ofAll.get(String(table))?.push([plan, digest]);
  }
  for (const [table, hasPlans] of tables) {
    digests.set(String(table), sha256(JSON.stringify(ofAll.get(String(table)))));
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
    /** Of these the ones whose rows are each of a plan. */
    byPlan: tables.flatMap(([table, hasPlans]) => (hasPlans ? [String(table)] : [])),
  };
}

/**
 * The pages of a site, or of one plan in it.
 * @param {string} site its folder
 * @param {string} file within it, which says what they were made from; it may not be there
 * @param {string} program digest of all that makes pages of rows
 */
export async function openKept(site, file, program) {
  const [head, rest] = await readLines(join(site, file));
  /** @type {Partial<KeptHead> | undefined} */
  const known = parsed(head);
  const isOurs = known?.program === program;
  /** @type {KeptList | undefined} */
  let read;
  const readPages = () => {
    read ??= /** @type {KeptList} */ (parsed(rest) ?? { addresses: [], pages: {} });
    return read;
  };
  return {
    /** What is known of all pages beside the list together, where that is a plan's. */
    folder: isOurs ? known.folder : undefined,
    /**
     * What is known of a page; undefined where the site has none such, or where a file is not the one
     * that was made.
     * @param {string} path
     * @returns {Promise<KeptEntry | undefined>}
     */
    async find(path) {
      if (!isOurs) return undefined;
      const { addresses, pages } = readPages();
      const addressesAt = (/** @type {readonly number[]} */ places) =>
        places.flatMap((place) => addresses[place] ?? []);
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
 * What `openKept` reads: a line by which all of it is told, and one of the pages, which often need not be
 * read.
 * @param {KeptHead} head
 * @param {Readonly<Record<string, KeptEntry>>} pages by their paths
 */
export function keptLines(head, pages) {
  const entries = Object.entries(pages).sort(([a], [b]) => (a < b ? -1 : 1));
  const all = new Set(entries.flatMap(([, { links, assets }]) => [...links, ...assets]));
  const addresses = [...all].sort();
  const places = new Map(addresses.map((address, place) => [address, place]));
  const placesOf = (/** @type {readonly string[]} */ these) =>
    these.map((address) => places.get(address) ?? -1);
  /** @type {KeptList} */
  const list = {
    addresses,
    pages: Object.fromEntries(
      entries.map(([path, entry]) => [
        path,
        { ...entry, links: placesOf(entry.links), assets: placesOf(entry.assets) },
      ]),
    ),
  };
  return `${JSON.stringify(head)}\n${JSON.stringify(list)}\n`;
}

/** @param {string} file it may not be there */
async function readLines(file) {
  const text = existsSync(file) ? await readFile(file, "utf8") : "";
  const [head = "", rest = ""] = text.split("\n");
  return [head, rest];
}

/**
 * @param {string | undefined} text
 * @returns undefined where it says nothing that can be read
 */
function parsed(text) {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/** @param {string | Uint8Array} content */
export function sha256(content) {
  return createHash("sha256").update(content).digest("hex");
}
