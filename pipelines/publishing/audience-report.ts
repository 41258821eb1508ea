import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { checkCode } from "../contract/check-code.ts";
import { DocumentFacts, type DocumentTexts, NO_DOCUMENT } from "../contract/document.ts";
import {
  type Audience,
  type Change,
  type DocumentText,
  type Doubt,
  type Line,
  PARTS,
  type Part,
  Publication,
  type PublishedReport,
  type Reader,
  rowsFor,
  TextHead,
} from "../contract/report.ts";
import { MAY_BE_PERSONAL } from "../readers/personal-data.ts";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { readRows } from "../warehouse/connection.ts";
import type { SealedFacts } from "./digest.ts";
import { jsonOf, type StoredContents } from "./stored-publication.ts";

/** What a reader sees of a version, beside the version itself. */
export interface Seen {
  readonly latestVersion: number;
  readonly audience: Reader;
  /** Reasons of operators that the shared audience may read. */
  readonly released: ReadonlySet<string>;
}

/**
 * A version as one audience may see it.
 * @throws Failure when its rows have no head
 */
export function reportFor(
  publication: Publication,
  contents: StoredContents,
  { latestVersion, audience, released }: Seen,
): PublishedReport {
  const rows = <Row>(part: Part, schema: z.ZodType<Row>): Row[] =>
    contents[part].map((text, index) => rowOf(schema, text, { publication, part, index }));
  const [head] = rows("head", PARTS.head);
  if (head === undefined) {
    throw new Failure(
      `Phiên bản ${publication.version} của báo cáo ${publication.period}, kế hoạch ${publication.plan_id}, đã mất phần đầu. Kiểm tra bằng chitieu verify.`,
    );
  }
  const seen = rowsFor(audience);
  const isFor = (row: { readonly audience: string }): boolean => row.audience === seen;
  const { document } = publication;
  const isForAll = document.texts?.is_shared ?? true;
  const known =
    audience === "shared" && !isForAll
      ? { ...publication, document: { ...document, texts: null } }
      : publication;
  return {
    publication: known,
    latestVersion,
    audience,
    head,
    items: rows("item", PARTS.item),
    lines: rows("line", PARTS.line).filter(isFor),
    tallies: rows("tally", PARTS.tally).filter(isFor),
    // a nil return reveals a count of 0, and narrows the others
    units: rows("unit", PARTS.unit).map((one) =>
      audience === "city" ? one : { ...one, is_nil_return: false },
    ),
    submissions: rows("submission", PARTS.submission).map((one) =>
      audience === "city" ? one : { ...one, sha256: null, file_name: null },
    ),
    doubts: doubtsFor(audience, rows("doubt", PARTS.doubt).filter(isFor), released),
    changes: [
      ...changesOfDocument(known.document, seen),
      ...rows("change", PARTS.change).filter(isFor),
    ],
    causes: rows("cause", PARTS.cause).filter(isFor),
    // the superior gets no working papers: of units, only what everybody may read
    shortfalls: rows("shortfall", PARTS.shortfall).filter(
      (one) => isFor(one) && (audience !== "superior" || one.unit_id === null || one.is_released),
    ),
    withheld: audience === "superior" ? withheldOf(rows("line", PARTS.line)) : [],
    texts: textsOf(rows("text", PARTS.text).filter(isFor), known.document.texts?.heads ?? {}),
  };
}

/** Codes of the measures of which the shared audience is not told the whole area's figures. */
function withheldOf(lines: readonly Line[]): string[] {
  return lines.flatMap(({ audience, section, area_id, is_withheld, code }) =>
    audience === "shared" && section === "measure" && area_id === null && is_withheld ? [code] : [],
  );
}

/** Changed facts of the document, like those of marts.report_change. */
function changesOfDocument({ changed }: DocumentFacts, audience: Audience): Change[] {
  return changed.map((fact) => ({
    audience,
    section: "document",
    code: "",
    item_no: 0,
    name: "",
    area_id: null,
    area_name: null,
    area_no: 0,
    ...fact,
    is_withheld: false,
    causes: null,
  }));
}

/** The written text of each head, else the one derived from figures. */
function textsOf(
  derived: readonly DocumentText[],
  written: DocumentTexts["heads"],
): PublishedReport["texts"] {
  return TextHead.options.flatMap((head) => {
    const own = head === "summary" ? undefined : written[head];
    const texts = own ?? derived.filter((one) => one.head === head).map(({ text }) => text);
    return texts.map((text) => ({ head, text }));
  });
}

/** A row of a part, possibly of an earlier contract. */
function rowOf<Row>(
  schema: z.ZodType<Row>,
  text: string,
  place: { readonly publication: Publication; readonly part: Part; readonly index: number },
): Row {
  const { publication, part, index } = place;
  const { success, data, error } = schema.safeParse(jsonOf(text));
  if (success) return data;
  const fields = error.issues.map(({ path }) => path.join(".")).filter((path) => path !== "");
  throw new Failure(
    `Không đọc được phiên bản ${publication.version} của báo cáo ${publication.period}, kế hoạch ${publication.plan_id}: hàng ${index + 1} của phần ${part} không đúng quy ước ${publication.contract_version}${fields.length > 0 ? ` (${fields.join(", ")})` : ""}. Kiểm tra bằng chitieu verify.`,
  );
}

/**
 * Doubts as a reader may see them. Earlier versions hold for the shared audience doubts about
 * guarded measures, in the order of digests, and reasons that nobody had released.
 */
function doubtsFor(
  audience: Reader,
  doubts: readonly Doubt[],
  released: ReadonlySet<string>,
): Doubt[] {
  if (audience === "city") return [...doubts];
  const placeOf = ({ period, rule, measure, unit_name, area_name, sheet, cell, line }: Doubt) =>
    JSON.stringify([period, rule, measure, unit_name, area_name, sheet, cell, line]);
  return doubts
    .filter(({ is_withheld, rule }) => !is_withheld && rule !== MAY_BE_PERSONAL)
    .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
    .map((one) => ({
      ...one,
      acknowledged_reason: released.has(one.acknowledged_reason ?? "")
        ? one.acknowledged_reason
        : null,
    }));
}

/** The reasons of operators that somebody has released for the shared audience. */
export async function releasedReasons(connection: DuckDBConnection): Promise<Set<string>> {
  const rows = await readRows(
    connection,
    z.object({ reason: z.string() }),
    `with decided as (
        select text_id, arg_max(decision, decision_no) as decision
        from ledger.text_decision
        group by text_id
    )
    select distinct reason
    from ledger.acknowledgement
    semi join decided
        on md5(json_array('reason', reason)::varchar) = decided.text_id
        and decided.decision = 'shared'`,
  );
  return new Set(rows.map(({ reason }) => reason));
}

/** The public facts of a version; moments in office time. */
export function publicationOf(
  facts: SealedFacts,
  publicationNo: string,
  sha256: string,
): Publication {
  return Publication.parse({
    ...facts,
    contract_version: facts.contract_version ?? 1,
    publication_no: publicationNo,
    as_of: officeTime(new Date(facts.as_of)),
    recorded_at: officeTime(new Date(facts.recorded_at)),
    sha256,
    check_code: checkCode(sha256),
    document: documentOf(facts.document),
  });
}

/** The document facts of a version. */
export function documentOf(stored: string | null): DocumentFacts {
  return stored === null ? NO_DOCUMENT : DocumentFacts.parse(JSON.parse(stored));
}
