import { createHash } from "node:crypto";

/** A table as exact text; null is SQL's null. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** In any order: it says nothing, and of several threads it is another each time. */
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface Column {
  readonly name: string;
  readonly type: string;
}

/** What is committed of a table or a file: enough to tell that it differs, and where. */
export interface Fingerprint {
  readonly name: string;
  /** `12 rows`, `5120 bytes`. */
  readonly size: string;
  /** Hexadecimal sha256 of all of it. */
  readonly digest: string;
  /** The columns of a table; the files within a file. */
  readonly parts: readonly FingerprintPart[];
}

export interface FingerprintPart {
  readonly name: string;
  /** Type of a column, size of a file. */
  readonly about: string;
  /** The first 16 digits of a sha256; of a column, over its values in their own order. */
  readonly digest: string;
}

/** A fingerprint of what is there now. */
export interface Found extends Fingerprint {
  /** The digest of some columns alone: what it would be if there were no others. */
  digestOf?(columns: readonly string[]): string;
}

const PART_DIGITS = 16;

export function digestOfBytes(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

export function partDigestOf(content: string | Uint8Array): string {
  return digestOfBytes(content).slice(0, PART_DIGITS);
}

/** The fingerprint of a table: of its rows in the order of their text, columns by name. */
export function fingerprintOf(table: Table): Found {
  const digestOf = (columns: readonly string[]): string =>
    digestOfBytes(sortedText(table, columns));
  return {
    name: table.name,
    size: `${table.rows.length} rows`,
    digest: digestOf(table.columns.map(({ name }) => name)),
    parts: table.columns.map(({ name, type }) => ({
      name,
      about: type,
      digest: partDigestOf(sortedText(table, [name])),
    })),
    digestOf,
  };
}

/** The rows of some columns, one a line, in an order that only their text decides. */
function sortedText(table: Table, columns: readonly string[]): string {
  const places = [...columns]
    .sort()
    .map((wanted) => table.columns.findIndex(({ name }) => name === wanted));
  return table.rows
    .map((row) => JSON.stringify(places.map((place) => row[place] ?? null)))
    .sort()
    .join("\n");
}

/** One line for each table or file, and an indented one for each of its parts. */
export function fingerprintText(fingerprints: readonly Fingerprint[]): string {
  const lines = fingerprints.flatMap(({ name, size, digest, parts }) => [
    `${name} ${size} ${digest}`,
    ...parts.map((part) => `    ${part.name} ${part.about} ${part.digest}`),
  ]);
  return `${lines.join("\n")}\n`;
}

/** Reads what `fingerprintText` wrote. */
export function readFingerprints(text: string): Fingerprint[] {
  const fingerprints: (Fingerprint & { parts: FingerprintPart[] })[] = [];
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const [, indent, name, about, digest] = /^( {4})?(\S+) (.+) ([0-9a-f]+)$/.exec(line) ?? [];
    if (name === undefined || about === undefined || digest === undefined) {
      throw new Error(`not a line of a fingerprint: ${line}`);
    }
    if (indent === undefined) fingerprints.push({ name, size: about, digest, parts: [] });
    else fingerprints.at(-1)?.parts.push({ name, about, digest });
  }
  return fingerprints;
}

/** What differs, one sentence each, by table and column or by file and the file within; none if nothing. */
export function differences(expected: readonly Fingerprint[], found: readonly Found[]): string[] {
  const before = byName(expected);
  const after = byName(found);
  const gone = expected.filter(({ name }) => !after.has(name));
  const added = found.filter(({ name }) => !before.has(name));
  return [
    ...gone.map(({ name, size }) => `${name}: is gone (${size})`),
    ...added.map((one) => {
      const same = gone.find(({ digest, size }) => digest === one.digest && size === one.size);
      return `${one.name}: is new (${one.size})${same === undefined ? "" : `, the same as ${same.name}`}`;
    }),
    ...found.flatMap((one) => {
      const was = before.get(one.name);
      return was === undefined ? [] : differencesWithin(was, one);
    }),
  ];
}

function differencesWithin(was: Fingerprint, is: Found): string[] {
  const parts = partDifferences(was, is);
  if (was.size !== is.size) return [`${is.name}: has ${is.size}, had ${was.size}`, ...parts];
  if (is.digestOf === undefined) {
    return was.digest === is.digest || parts.length > 0 ? parts : [`${is.name}: differs`];
  }
  const names = was.parts.map(({ name }) => name);
  const found = byName(is.parts);
  // Only what was committed can be compared: with a column gone, no rows without it were.
  if (names.some((name) => !found.has(name))) return parts;
  // With a column more, the rows of the others still can.
  if (is.digestOf(names) !== was.digest) {
    const isMoved = was.parts.every(({ name, digest }) => found.get(name)?.digest === digest);
    return isMoved ? [...parts, `${is.name}: the same values stand in other rows`] : parts;
  }
  const hasMore = is.parts.length > was.parts.length;
  return hasMore ? [...parts, `${is.name}: its other columns are as they were`] : parts;
}

function partDifferences(was: Fingerprint, is: Fingerprint): string[] {
  const before = byName(was.parts);
  const after = byName(is.parts);
  const gone = was.parts.filter(({ name }) => !after.has(name));
  const common = (
    parts: readonly FingerprintPart[],
    others: ReadonlyMap<string, FingerprintPart>,
  ): string => parts.flatMap(({ name }) => (others.has(name) ? [name] : [])).join("\n");
  return [
    ...gone.map(({ name }) => `${is.name}.${name}: is gone`),
    ...is.parts.flatMap((part) => {
      const place = `${is.name}.${part.name}`;
      const old = before.get(part.name);
      if (old === undefined) {
        const same = gone.find(({ digest }) => digest === part.digest);
        return [`${place}: is new${same === undefined ? "" : `, with the values of ${same.name}`}`];
      }
      if (old.about !== part.about) return [`${place}: is ${part.about}, was ${old.about}`];
      return old.digest === part.digest ? [] : [`${place}: differs`];
    }),
    ...(common(was.parts, after) === common(is.parts, before)
      ? []
      : [`${is.name}: its parts stand in another order`]),
  ];
}

function byName<T extends { readonly name: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.name, item]));
}
