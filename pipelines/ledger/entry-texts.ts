import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { readValue, readValues, WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import { ERASED } from "./erasure.ts";
import type { Entry, JournaledTable, Row } from "./journal.ts";

/** What people write that an entry can hold, and what each kind is called. */
export const TEXT_NAMES = {
  note: "Ghi chú của đơn vị",
  remark: "Khó khăn, kiến nghị của đơn vị",
  finding: "Nội dung trích từ tệp",
  "file name": "Tên tệp",
  reason: "Lý do xác nhận",
  explanation: "Giải trình",
  shortfall: "Nguyên nhân, giải pháp",
  reminder: "Thư đôn đốc",
  "act on a report": "Lý do, ý kiến về một báo cáo",
  "act on the clock": "Lý do xác nhận đồng hồ, sửa thời điểm",
  "reason of a version": "Lý do phát hành",
  paragraph: "Đoạn viết trong báo cáo",
} as const;
export type TextKind = keyof typeof TEXT_NAMES;

/** A text that somebody wrote, or that quotes one. */
export interface WrittenText {
  readonly kind: TextKind;
  readonly text: string;
}

/**
 * The columns that hold texts, except the paragraphs of a version's document, and what replaces a text
 * that is removed; without `by` its row is removed.
 */
const COLUMNS: readonly {
  readonly table: JournaledTable;
  readonly column: string;
  readonly kind: TextKind;
  readonly by?: string | null;
}[] = [
  { table: "reading", column: "note", kind: "note", by: null },
  { table: "submission", column: "difficulties", kind: "remark", by: null },
  { table: "submission", column: "proposals", kind: "remark", by: null },
  { table: "held_text", column: "said", kind: "note" },
  { table: "problem", column: "found", kind: "finding", by: ERASED },
  { table: "problem", column: "remedy", kind: "finding", by: ERASED },
  { table: "receipt", column: "file_name", kind: "file name", by: ERASED },
  { table: "receipt", column: "unread", kind: "finding", by: null },
  { table: "acknowledgement", column: "reason", kind: "reason", by: ERASED },
  { table: "explanation", column: "said", kind: "explanation", by: ERASED },
  { table: "shortfall", column: "said", kind: "shortfall", by: ERASED },
  { table: "reminder", column: "sent_to", kind: "reminder", by: ERASED },
  { table: "reminder", column: "said", kind: "reminder", by: ERASED },
  { table: "reminder", column: "server_answer", kind: "reminder", by: ERASED },
  { table: "report_act", column: "said", kind: "act on a report", by: ERASED },
  { table: "clock_act", column: "said", kind: "act on the clock", by: ERASED },
  { table: "publication", column: "reason", kind: "reason of a version", by: ERASED },
  { table: "handed_up", column: "reason", kind: "reason of a version", by: ERASED },
];

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

/** Every text of an entry, including its Parquet files, with repetitions. */
export async function textsOf(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  { rows, parts }: Entry,
): Promise<WrittenText[]> {
  const found: WrittenText[] = COLUMNS.flatMap(({ table, column, kind }) =>
    (rows[table] ?? []).flatMap((row) => {
      const value = row[column];
      return typeof value === "string" && value !== ERASED ? [{ kind, text: value }] : [];
    }),
  );
  for (const { document } of rows.publication ?? []) {
    const paragraphs = paragraphsOf(document).filter((one) => one !== ERASED);
    found.push(...paragraphs.map((one) => ({ kind: "paragraph" as const, text: one })));
  }
  for (const { table, file } of parts) {
    for (const { column, kind } of COLUMNS.filter((one) => one.table === table)) {
      const texts = await readValues(
        connection,
        z.string(),
        `select ${column}
        from read_parquet(${quoteLiteral(join(paths.entries, file))}, union_by_name = true)
        where ${column} is not null`,
      );
      found.push(...texts.map((text) => ({ kind, text })));
    }
  }
  return found;
}

/** What is to be removed from entries. */
export interface Looked {
  /** Exact texts, wherever they occur. */
  readonly texts: ReadonlySet<string>;
  /** Receipts and submissions that lose all their texts. */
  readonly receipts: ReadonlySet<number>;
  readonly submissions: ReadonlySet<number>;
  /** Receipts whose files are removed: their problems may quote a text. */
  readonly withFiles: ReadonlySet<number>;
  /** The words of their problems, which published versions may contain too. */
  readonly found: ReadonlySet<string>;
}

/** Audiences whose files of a version may contain what is removed. */
const EVERYBODY = ["shared", "city", "superior"];
const NOT_EVERYBODY = ["city", "superior"];

/**
 * The rows of an entry without the texts.
 * @param touched collects the versions that had one, with their audiences
 * @returns how many texts were removed
 */
export function withoutTexts(
  { rows }: Entry,
  looked: Looked,
  touched: Map<string, Set<string>>,
): { rows: Entry["rows"]; count: number } {
  const { texts } = looked;
  const made: Entry["rows"] = { ...rows };
  let count = 0;
  const blank = (row: Row, column: string, by: string | null): Row => {
    count += 1;
    return { ...row, [column]: by };
  };
  const touch = (row: Row, audiences: readonly string[]): void => {
    const key = String(row.publication_no);
    touched.set(key, new Set([...(touched.get(key) ?? []), ...audiences]));
  };
  for (const { table, column, by } of COLUMNS) {
    made[table] &&= made[table].flatMap((row) => {
      if (!isGone(table, row, column, looked)) return [row];
      if (table === "publication") touch(row, EVERYBODY);
      const without = blank(row, column, by ?? null);
      return by === undefined ? [] : [without];
    });
  }
  made.publication &&= made.publication.map((row) => {
    if (!paragraphsOf(row.document).some((paragraph) => texts.has(paragraph))) return row;
    const { document, isShared } = documentWithout(String(row.document), texts);
    touch(row, isShared ? EVERYBODY : NOT_EVERYBODY);
    return blank(row, "document", document);
  });
  made.publication_row &&= made.publication_row.map((row) => {
    const before = String(row.content);
    const isShared = before.includes('"audience":"shared"');
    const content = contentWithout(before, looked, isShared);
    if (content === before) return row;
    touch(row, isShared ? EVERYBODY : NOT_EVERYBODY);
    return blank(row, "content", content);
  });
  return { rows: made, count };
}

/** Whether the text in a column of a row is removed: by itself, or with its file or report. */
function isGone(
  table: JournaledTable,
  row: Row,
  column: string,
  { texts, receipts, submissions, withFiles }: Looked,
): boolean {
  const value = row[column];
  if (typeof value !== "string" || value === "") return false;
  if (texts.has(value)) return true;
  const receipt = Number(row.receipt_no);
  switch (table) {
    case "reading":
    case "submission":
      return submissions.has(Number(row.submission_no));
    case "held_text":
      return receipts.has(receipt);
    case "receipt":
      if (column !== "unread") return false;
      return receipts.has(receipt) || [...texts].some((text) => value.includes(text));
    case "problem":
      if (value === ERASED) return false;
      if (receipts.has(receipt)) return true;
      return withFiles.has(receipt) && [...texts].some((text) => value.includes(text));
    default:
      return false;
  }
}

/** What is recorded of a document, with what was written under its heads but for the texts. */
function documentWithout(
  document: string,
  texts: ReadonlySet<string>,
): { document: string; isShared: boolean } {
  const facts = Document.parse(JSON.parse(document));
  if (!facts.texts) return { document, isShared: false };
  const heads = Object.fromEntries(
    Object.entries(facts.texts.heads).map(([head, paragraphs]) => [
      head,
      paragraphs.map((one) => (texts.has(one) ? ERASED : one)),
    ]),
  );
  return {
    document: JSON.stringify({ ...facts, texts: { ...facts.texts, heads } }),
    isShared: facts.texts.is_shared,
  };
}

/** The JSON of a version's row without the texts; the rest is unchanged. */
function contentWithout(content: string, { texts, found }: Looked, isShared: boolean): string {
  const pairs: [column: string, said: Iterable<string>, by: string | null][] = [
    // of a reason that is not released the row derived again has none for everybody
    ["acknowledged_reason", texts, isShared ? null : ERASED],
    ["file_name", texts, ERASED],
    ["found", [...found, ...texts], ERASED],
    ["cause", texts, ERASED],
    ["remedy", texts, ERASED],
    ["old_value", texts, ERASED],
    ["new_value", texts, ERASED],
  ];
  let made = content;
  for (const [column, removed, by] of pairs) {
    for (const text of removed) {
      made = made.replaceAll(
        `"${column}":${JSON.stringify(text)}`,
        () => `"${column}":${JSON.stringify(by)}`,
      );
    }
  }
  // in a paragraph its indicator stands before it
  for (const text of texts) {
    made = made.replaceAll(`): ${JSON.stringify(text).slice(1)}`, () => `): ${ERASED}"`);
  }
  return made;
}

/** The Parquet files of an entry that lose texts, each with the query that reads it without them. */
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
    const rows = await readValue(
      connection,
      WholeNumber,
      `select count(*) from ${from} where ${isMeant}`,
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
