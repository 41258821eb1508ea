import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { attachLedgerForReading } from "../ledger/read-only.ts";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { readRows, withConnection } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import {
  type Audience,
  type Doubt,
  PARTS,
  type Publication,
  type PublishedReport,
} from "./report.ts";
import {
  readPublications,
  readStoredContents,
  type StoredContents,
  type StoredPublication,
} from "./stored-publication.ts";

/**
 * A published version as one audience may see it.
 * @param choice `version` null: the newest
 * @throws Failure (wrong usage) when there is no such version; it lists those that there are.
 */
export async function readPublishedReport(
  paths: WarehousePaths,
  choice: {
    readonly planId: string;
    readonly period: string;
    readonly version: number | null;
    readonly audience: Audience;
  },
): Promise<PublishedReport> {
  return withConnection(async (connection) => {
    await attachLedgerForReading(connection, paths);
    const versions = await readPublications(connection, choice);
    const latest = versions.at(-1);
    if (latest === undefined) {
      throw new Failure(
        `No report of ${choice.period} has been published for ${choice.planId}. Publish it: chitieu publish ${choice.period}.`,
      );
    }
    const wanted = versions.find(({ version }) => version === (choice.version ?? latest.version));
    if (wanted === undefined) {
      const known = versions.map(({ version }) => version).join(", ");
      throw new Failure(
        `The report of ${choice.period} for ${choice.planId} has no version ${choice.version}. There are: ${known}.`,
        { exitCode: 2 },
      );
    }
    const contents = await readStoredContents(connection, wanted.publication_no);
    return publishedReport(wanted, contents, {
      latestVersion: latest.version,
      audience: choice.audience,
      released: await releasedReasons(connection),
    });
  });
}

/** What is recorded of every published version, in the order of publication. */
export async function readPublicationRecords(paths: WarehousePaths): Promise<Publication[]> {
  return withConnection(async (connection) => {
    await attachLedgerForReading(connection, paths);
    const versions = await readPublications(connection, { planId: null, period: null });
    return versions.map(publicationOf);
  });
}

/**
 * Every version that has been published, for one audience, in the order of publication.
 * @param choice which of them; all when left out
 */
export async function readPublishedReports(
  paths: WarehousePaths,
  audience: Audience,
  choice: (publication: Publication) => boolean = () => true,
): Promise<PublishedReport[]> {
  return withConnection(async (connection) => {
    await attachLedgerForReading(connection, paths);
    const versions = await readPublications(connection, { planId: null, period: null });
    const released = await releasedReasons(connection);
    const reports: PublishedReport[] = [];
    for (const stored of versions) {
      if (!choice(publicationOf(stored))) continue;
      const contents = await readStoredContents(connection, stored.publication_no);
      const latestVersion = Math.max(
        ...versions
          .filter(({ plan_id, period }) => plan_id === stored.plan_id && period === stored.period)
          .map(({ version }) => version),
      );
      reports.push(publishedReport(stored, contents, { latestVersion, audience, released }));
    }
    return reports;
  });
}

function publishedReport(
  stored: StoredPublication,
  contents: StoredContents,
  seen: {
    readonly latestVersion: number;
    readonly audience: Audience;
    /** Reasons of operators that the shared audience may read. */
    readonly released: ReadonlySet<string>;
  },
): PublishedReport {
  const { latestVersion, audience, released } = seen;
  const [head] = contents.head.map((text) => PARTS.head.parse(JSON.parse(text)));
  if (head === undefined) {
    throw new Failure(
      `Version ${stored.version} of ${stored.period} for ${stored.plan_id} has lost its head. Look into it with chitieu verify.`,
    );
  }
  const isFor = (row: { readonly audience: Audience }): boolean => row.audience === audience;
  return {
    publication: publicationOf(stored),
    latestVersion,
    audience,
    head,
    items: contents.item.map((text) => PARTS.item.parse(JSON.parse(text))),
    lines: contents.line.map((text) => PARTS.line.parse(JSON.parse(text))).filter(isFor),
    tallies: contents.tally.map((text) => PARTS.tally.parse(JSON.parse(text))).filter(isFor),
    units: contents.unit.map((text) => PARTS.unit.parse(JSON.parse(text))),
    submissions: contents.submission
      .map((text) => PARTS.submission.parse(JSON.parse(text)))
      .map((one) => (audience === "city" ? one : { ...one, sha256: null, file_name: null })),
    doubts: doubtsFor(
      audience,
      contents.doubt.map((text) => PARTS.doubt.parse(JSON.parse(text))).filter(isFor),
      released,
    ),
    changes: contents.change.map((text) => PARTS.change.parse(JSON.parse(text))).filter(isFor),
  };
}

/**
 * Doubts as an audience may see them. Earlier versions hold for the shared audience doubts about
 * guarded measures, in the order of digests, and reasons that nobody had released.
 */
function doubtsFor(
  audience: Audience,
  doubts: readonly Doubt[],
  released: ReadonlySet<string>,
): Doubt[] {
  if (audience === "city") return [...doubts];
  const placeOf = ({ period, rule, measure, unit_name, area_name, sheet, cell, line }: Doubt) =>
    JSON.stringify([period, rule, measure, unit_name, area_name, sheet, cell, line]);
  return doubts
    .filter(({ is_withheld }) => !is_withheld)
    .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
    .map((one) => ({
      ...one,
      acknowledged_reason: released.has(one.acknowledged_reason ?? "")
        ? one.acknowledged_reason
        : null,
    }));
}

/** The reasons of operators that somebody has released for the shared audience. */
async function releasedReasons(connection: DuckDBConnection): Promise<Set<string>> {
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

function publicationOf({ nonce: _, ...stored }: StoredPublication): Publication {
  return {
    ...stored,
    as_of: officeTime(new Date(stored.as_of)),
    recorded_at: officeTime(new Date(stored.recorded_at)),
  };
}
