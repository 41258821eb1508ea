import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { readRow, readRows, WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import { ERASED } from "./erasure.ts";
import type { Entry, Row } from "./journal.ts";

/** What people write that an entry can hold. */
export const TEXT_KINDS = [
  "note",
  "remark",
  "finding",
  "file name",
  "reason",
  "explanation",
  "reminder",
  "reason of a version",
  "paragraph",
] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** A text that somebody wrote, or that quotes one. */
export interface WrittenText {
  readonly kind: TextKind;
  readonly said: string;
}

/** The columns of a submission in which a unit says something in words. */
const REMARKS = ["difficulties", "proposals"] as const;

/** Where texts stand in rows, but for the paragraphs of a version's document. */
const COLUMNS = [
  { table: "reading", column: "note", kind: "note" },
  ...REMARKS.map((column) => ({ table: "submission", column, kind: "remark" }) as const),
  { table: "held_text", column: "said", kind: "note" },
  { table: "problem", column: "found", kind: "finding" },
  { table: "problem", column: "remedy", kind: "finding" },
  { table: "receipt", column: "file_name", kind: "file name" },
  { table: "acknowledgement", column: "reason", kind: "reason" },
  { table: "explanation", column: "said", kind: "explanation" },
  { table: "reminder", column: "sent_to", kind: "reminder" },
  { table: "reminder", column: "said", kind: "reminder" },
  { table: "reminder", column: "server_answer", kind: "reminder" },
  { table: "publication", column: "reason", kind: "reason of a version" },
] as const;

/** What somebody wrote under the heads of a report, in the JSON of `publication.document`. */
const Document = z.looseObject({
  texts: z
    .looseObject({ is_shared: z.boolean(), heads: z.record(z.string(), z.array(z.string())) })
    .nullish(),
});

function paragraphsOf(document: unknown): string[] {
  if (typeof document !== "string") return [];
  return Object.values(Document.parse(JSON.parse(document)).texts?.heads ?? {}).flat();
}

/** Every text of an entry, those in its Parquet files too, as often as it stands there. */
export async function textsOf(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  { rows, parts }: Entry,
): Promise<WrittenText[]> {
  const found: WrittenText[] = COLUMNS.flatMap(({ table, column, kind }) =>
    (rows[table] ?? []).flatMap((row) => {
      const said = row[column];
      return typeof said === "string" && said !== ERASED ? [{ kind, said }] : [];
    }),
  );
  for (const { document } of rows.publication ?? []) {
    const said = paragraphsOf(document).filter((one) => one !== ERASED);
    found.push(...said.map((one) => ({ kind: "paragraph" as const, said: one })));
  }
  for (const { table, file } of parts) {
    for (const { column, kind } of COLUMNS.filter((one) => one.table === table)) {
      const texts = await readRows(
        connection,
        z.object({ said: z.string() }),
        `select ${column} as said
        from read_parquet(${quoteLiteral(join(paths.entries, file))}, union_by_name = true)
        where ${column} is not null`,
      );
      found.push(...texts.map(({ said }) => ({ kind, said })));
    }
  }
  return found;
}

/** What is to be taken out of entries. */
export interface Looked {
  /** Letter by letter, wherever they stand. */
  readonly texts: ReadonlySet<string>;
  /** Receipts and submissions all of whose texts go. */
  readonly receipts: ReadonlySet<number>;
  readonly submissions: ReadonlySet<number>;
  /** Receipts whose files go: what was told of them may quote a text. */
  readonly withFiles: ReadonlySet<number>;
  /** What their problems said, which versions may say too. */
  readonly found: ReadonlySet<string>;
}

/** For whom the files of a version may hold what is taken out of it. */
const EVERYBODY = ["shared", "city", "superior"];
const NOT_EVERYBODY = ["city", "superior"];

/**
 * The rows of an entry without the texts.
 * @param touched takes up which versions had one, and for which audiences
 * @returns how many texts were taken out
 */
export function withoutTexts(
  { rows }: Entry,
  looked: Looked,
  touched: Map<string, Set<string>>,
): { rows: Entry["rows"]; count: number } {
  const { texts, receipts, submissions, withFiles } = looked;
  let count = 0;
  const blank = (row: Row, column: string, by: string | null): Row => {
    count += 1;
    return { ...row, [column]: by };
  };
  const isText = (value: unknown): boolean => typeof value === "string" && texts.has(value);
  const quotes = (value: unknown): boolean =>
    typeof value === "string" && [...texts].some((text) => value.includes(text));
  const made: Entry["rows"] = { ...rows };
  if (rows.reading) {
    made.reading = rows.reading.map((row) =>
      row.note && (submissions.has(Number(row.submission_no)) || isText(row.note))
        ? blank(row, "note", null)
        : row,
    );
  }
  if (rows.submission) {
    made.submission = rows.submission.map((row) =>
      REMARKS.reduce(
        (one, column) =>
          one[column] && (submissions.has(Number(row.submission_no)) || isText(one[column]))
            ? blank(one, column, null)
            : one,
        row,
      ),
    );
  }
  if (rows.held_text) {
    made.held_text = rows.held_text.filter(
      (row) => !(receipts.has(Number(row.receipt_no)) || isText(row.said)),
    );
    count += rows.held_text.length - made.held_text.length;
  }
  if (rows.problem) {
    made.problem = rows.problem.map((row) => {
      const isMeant = receipts.has(Number(row.receipt_no));
      const mayQuote = withFiles.has(Number(row.receipt_no));
      return ["found", "remedy"].reduce(
        (one, column) =>
          one[column] !== ERASED &&
          (isMeant || isText(one[column]) || (mayQuote && quotes(one[column])))
            ? blank(one, column, ERASED)
            : one,
        row,
      );
    });
  }
  if (rows.receipt) {
    made.receipt = rows.receipt.map((row) =>
      isText(row.file_name) ? blank(row, "file_name", ERASED) : row,
    );
  }
  if (rows.acknowledgement) {
    made.acknowledgement = rows.acknowledgement.map((row) =>
      isText(row.reason) ? blank(row, "reason", ERASED) : row,
    );
  }
  if (rows.explanation) {
    made.explanation = rows.explanation.map((row) =>
      isText(row.said) ? blank(row, "said", ERASED) : row,
    );
  }
  if (rows.reminder) {
    made.reminder = rows.reminder.map((row) =>
      ["sent_to", "said", "server_answer"].reduce(
        (one, column) => (isText(one[column]) ? blank(one, column, ERASED) : one),
        row,
      ),
    );
  }
  const touch = (row: Row, audiences: readonly string[]): void => {
    const key = String(row.publication_no);
    touched.set(key, new Set([...(touched.get(key) ?? []), ...audiences]));
  };
  if (rows.publication) {
    made.publication = rows.publication.map((row) => {
      let one = row;
      if (isText(row.reason)) {
        touch(row, EVERYBODY);
        one = blank(one, "reason", ERASED);
      }
      if (paragraphsOf(row.document).some(isText)) {
        const { document, isShared } = documentWithout(String(row.document), texts);
        touch(row, isShared ? EVERYBODY : NOT_EVERYBODY);
        one = blank(one, "document", document);
      }
      return one;
    });
  }
  if (rows.publication_row) {
    made.publication_row = rows.publication_row.map((row) => {
      const said = String(row.content);
      const isShared = said.includes('"audience":"shared"');
      const content = contentWithout(said, looked, isShared);
      if (content === said) return row;
      touch(row, isShared ? EVERYBODY : NOT_EVERYBODY);
      return blank(row, "content", content);
    });
  }
  return { rows: made, count };
}

/** What is recorded of a document, with what was written under its heads but for the texts. */
function documentWithout(
  document: string,
  texts: ReadonlySet<string>,
): { document: string; isShared: boolean } {
  const facts = Document.parse(JSON.parse(document));
  if (!facts.texts) return { document, isShared: false };
  const heads = Object.fromEntries(
    Object.entries(facts.texts.heads).map(([head, said]) => [
      head,
      said.map((one) => (texts.has(one) ? ERASED : one)),
    ]),
  );
  return {
    document: JSON.stringify({ ...facts, texts: { ...facts.texts, heads } }),
    isShared: facts.texts.is_shared,
  };
}

/** The JSON of a version's row without the texts; what is no text stays letter by letter. */
function contentWithout(content: string, { texts, found }: Looked, isShared: boolean): string {
  const pairs: [column: string, said: Iterable<string>, by: string | null][] = [
    // of a reason that is not released the row derived again has none for everybody
    ["acknowledged_reason", texts, isShared ? null : ERASED],
    ["file_name", texts, ERASED],
    ["found", [...found, ...texts], ERASED],
  ];
  let made = content;
  for (const [column, said, by] of pairs) {
    for (const text of said) {
      made = made.replaceAll(
        `"${column}":${JSON.stringify(text)}`,
        () => `"${column}":${JSON.stringify(by)}`,
      );
    }
  }
  return made;
}

/** The Parquet files of an entry that hold texts, each by the query that yields it without them. */
export async function partsWithout(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  entry: Entry,
  { texts, submissions }: Looked,
): Promise<{ queries: Map<string, string>; count: number }> {
  const queries = new Map<string, string>();
  let count = 0;
  for (const { table, file } of entry.parts.filter((part) => part.table === "reading")) {
    const from = `read_parquet(${quoteLiteral(join(paths.entries, file))})`;
    const isMeant = `note is not null and (
        submission_no in (select unnest(${listOf([...submissions].map(String))}::bigint[]))
        or note in (select unnest(${listOf([...texts].map(quoteLiteral))}::varchar[]))
    )`;
    const { rows } = await readRow(
      connection,
      z.object({ rows: WholeNumber }),
      `select count(*) as rows from ${from} where ${isMeant}`,
    );
    if (rows === 0) continue;
    count += rows;
    queries.set(
      file,
      `select * replace (if(${isMeant}, null, note) as note) from ${from} -- ${table}`,
    );
  }
  return { queries, count };
}

function listOf(values: readonly string[]): string {
  return `[${values.join(", ")}]`;
}
