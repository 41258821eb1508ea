import type { Publication, PublishedReport, Reader } from "../contract/report.ts";
import { readLedger } from "../ledger/ledger.ts";
import { Failure, wrongUsage } from "../vocabulary/failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { publicationOf, releasedReasons, reportFor } from "./audience-report.ts";
import {
  readPublications,
  readStoredContents,
  type StoredPublication,
  sealedFacts,
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
    readonly audience: Reader;
  },
): Promise<PublishedReport> {
  return readLedger(paths, async (connection) => {
    const versions = await readPublications(connection, choice);
    const latest = versions.at(-1);
    if (latest === undefined) {
      throw new Failure(
        `Chưa phát hành báo cáo kỳ ${choice.period} của kế hoạch ${choice.planId}. Phát hành: chitieu publish ${choice.period}.`,
      );
    }
    const wanted = versions.find(({ version }) => version === (choice.version ?? latest.version));
    if (wanted === undefined) {
      const known = versions.map(({ version }) => version).join(", ");
      throw wrongUsage(
        `Báo cáo kỳ ${choice.period} của kế hoạch ${choice.planId} không có phiên bản ${choice.version}. Hiện có: ${known}.`,
      );
    }
    const contents = await readStoredContents(connection, wanted.publication_no);
    return reportFor(publicationFrom(wanted), contents, {
      latestVersion: latest.version,
      audience: choice.audience,
      released: await releasedReasons(connection),
    });
  });
}

/** What is recorded of every published version, in the order of publication. */
export async function readPublicationRecords(paths: WarehousePaths): Promise<Publication[]> {
  return readLedger(paths, async (connection) => {
    const versions = await readPublications(connection);
    return versions.map(publicationFrom);
  });
}

/**
 * Every version that has been published, for one audience, in the order of publication.
 * @param choice which of them; all when left out
 */
export async function readPublishedReports(
  paths: WarehousePaths,
  audience: Reader,
  choice: (publication: Publication) => boolean = () => true,
): Promise<PublishedReport[]> {
  return readLedger(paths, async (connection) => {
    const versions = await readPublications(connection);
    const released = await releasedReasons(connection);
    const reports: PublishedReport[] = [];
    for (const stored of versions) {
      if (!choice(publicationFrom(stored))) continue;
      const contents = await readStoredContents(connection, stored.publication_no);
      const latestVersion = Math.max(
        ...versions
          .filter(({ plan_id, period }) => plan_id === stored.plan_id && period === stored.period)
          .map(({ version }) => version),
      );
      reports.push(
        reportFor(publicationFrom(stored), contents, { latestVersion, audience, released }),
      );
    }
    return reports;
  });
}

function publicationFrom(stored: StoredPublication): Publication {
  return publicationOf(sealedFacts(stored), stored.publication_no, stored.sha256);
}
