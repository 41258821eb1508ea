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

/** Hexadecimal sha256. */
export function digestOfBytes(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The line of a table or a file, and an indented one for each of its columns or files within. */
export function fingerprintLines(
  name: string,
  size: string,
  content: string | Uint8Array,
  parts: readonly { name: string; about: string; content: string | Uint8Array }[],
): string[] {
  return [
    `${name} ${size} ${digestOfBytes(content)}`,
    ...parts.map((part) => {
      return `    ${part.name} ${part.about} ${digestOfBytes(part.content).slice(0, 16)}`;
    }),
  ];
}

/** The fingerprint of a table: of its rows in the order of their text, columns by name. */
export function tableFingerprint(table: Table): string[] {
  const names = table.columns.map(({ name }) => name);
  return fingerprintLines(
    table.name,
    `${table.rows.length} rows`,
    sortedText(table, names),
    table.columns.map(({ name, type }) => ({
      name,
      about: type,
      content: sortedText(table, [name]),
    })),
  );
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
