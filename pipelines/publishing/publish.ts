import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { checkCode } from "../contract/check-code.ts";
import { type DocumentFacts, NO_DOCUMENT, signedBy } from "../contract/document.ts";
import {
  CONTRACT_VERSION,
  type Head,
  PARTS,
  type PublishedReport,
  READERS,
} from "../contract/report.ts";
import { partDigest } from "../contract/sealing.ts";
import type { WrittenHead } from "../contract/text-heads.ts";
import { beginDrawing } from "../exports/drawing.ts";
import type { PageWriter } from "../exports/exported-files.ts";
import { FORMATS, type Format } from "../exports/format.ts";
import { keepAllBytes } from "../ledger/archive.ts";
import type { Actor } from "../ledger/journal.ts";
import { readLedger, withLedger } from "../ledger/ledger.ts";
import { type ModelSet, readModels } from "../models/model.ts";
import type { Catalogue, ResolvedPlan } from "../sources/catalogue.ts";
import { modelTablesOf, type Tables } from "../sources/catalogue-tables.ts";
import type { PlanPeriod } from "../sources/plan/plan.ts";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { sha256Of } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { drawnBytes } from "../warehouse/random.ts";
import { documentOf, publicationOf, releasedReasons, reportFor } from "./audience-report.ts";
import type { Blocker } from "./blocker.ts";
import { publicationDigest, type SealedFacts, substanceDigest } from "./digest.ts";
import type { DocumentChoice } from "./document-choice.ts";
import { derivedUnderHeads, remarksUnderHeads, textsNow } from "./document-texts.ts";
import { type Draft, draftReport } from "./draft-report.ts";
import {
  type PublishingChoice,
  PublishingRefused,
  planBlockers,
  publishBlockers,
} from "./publish-blockers.ts";
import { appendPublication, type LedgerState, readLedgerState } from "./record.ts";
import { sealBefore, sealText } from "./seal.ts";
import type { SealKey } from "./seal-key.ts";
import {
  readPublications,
  readStoredContents,
  type StoredContents,
  type StoredPublication,
} from "./stored-publication.ts";
import { type FrozenFile, freezeFiles } from "./version-files.ts";

/** A report to be published, and how. */
export interface PublishRequest extends PublishingChoice {
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  readonly plan: ResolvedPlan;
  readonly period: PlanPeriod;
  /** Its figures are those known at this moment; at `publishedAt` when null. */
  readonly asOf: Date | null;
  readonly publishedAt: Date;
  readonly softwareVersion: string;
  /** Signs the seal; without it the seal is not signed. */
  readonly sealKey?: SealKey | null;
  /** Who publishes it, if known. */
  readonly by?: Actor;
  readonly set?: ModelSet;
  /** Formats of the files that are made for its readers; all by default. */
  readonly formats?: readonly Format[];
  /** As it was seen beforehand, so that it is not drawn up again where nothing has changed since. */
  readonly drawn?: Drawn;
  /** The substance of what whoever approves it has seen: nothing else is published. */
  readonly seen?: string;
  /** Renders the page of the version; without it the version is published without a page of its own. */
  readonly pageOf?: VersionPages | undefined;
}

/** Makes what renders the pages of a version. @param periods those of its plan, to be named */
export type VersionPages = (periods: readonly PlanPeriod[]) => PageWriter;

/** What would be published is not what was seen. */
export class SeenChanged extends Failure {}

/** What was published. */
export interface PublishedVersion {
  readonly publication_no: string;
  readonly plan_id: string;
  readonly period: string;
  readonly version: number;
  readonly is_final: boolean;
  readonly as_of: string;
  readonly sha256: string;
  readonly lines_sha256: string;
  readonly units_expected: number;
  readonly units_reported: number;
  /** Names of the units that have not sent a report. */
  readonly units_missing: readonly string[];
  /** Figures, statuses and unit reports of the city's tables that differ from the version before. */
  readonly changes: number;
  /** Doubts that were acknowledged with this publication. */
  readonly acknowledged: number;
  /** Files that were frozen, of all audiences. */
  readonly files: number;
  /** The digest as people compare it. */
  readonly check_code: string;
  /** The public key that its seal is signed with, in base64; null where it is not. */
  readonly signed_by: string | null;
}

/**
 * Freezes the report of a plan and period as a new version: drafts it from the ledger as of the
 * moment, archives plan file, inputs, models and every file for readers, and appends the version to
 * the ledger.
 * @throws Failure with all blockers, or where it is not what was seen; then nothing is published.
 */
export async function publishReport(request: PublishRequest): Promise<PublishedVersion> {
  const { formats = FORMATS } = request;
  if (formats.includes("pdf") || formats.includes("docx")) beginDrawing();
  const materials = await materialsOf(request);
  // again when a file arrives meanwhile
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const published = await attemptToPublish(request, materials);
    if (published !== null) return published;
  }
  throw new Failure("Có tệp mới được nhận trong khi lập báo cáo. Thử lại khi tiếp nhận xong.");
}

/** A report as it would be published now, and what blocks it. */
export interface Preview {
  /** As the city would read it. */
  readonly report: PublishedReport;
  readonly blockers: readonly Blocker[];
  readonly drawn: Drawn;
  /** Texts derived from figures, by head. */
  readonly derived: Readonly<Record<WrittenHead, readonly string[]>>;
  /** Remarks of units on their forms, by head; not part of the report. */
  readonly remarks: Readonly<Partial<Record<WrittenHead, readonly string[]>>>;
  /** Heads that were rewritten when the figures said something else. */
  readonly outdated: readonly WrittenHead[];
  /** A digest that changes with any figure, any doubt that it would let stand, and the version. */
  readonly substance: string;
}

/**
 * A report as it would be published. Writes nothing.
 * @throws Failure when it cannot be drawn up
 */
export async function previewReport(request: PublishRequest): Promise<Preview> {
  const drawn = await drawUp(request, await materialsOf(request));
  const { draft, before } = drawn;
  const facts = factsOf(request, drawn);
  const sha256 = publicationDigest(facts, draft.contents, before.previous?.sha256 ?? null);
  const publication = publicationOf(facts, before.state.nextPublication, sha256);
  const derived = derivedUnderHeads(draft.contents);
  return {
    report: reportFor(publication, draft.contents, {
      latestVersion: facts.version,
      audience: "city",
      released: before.released,
    }),
    blockers: drawn.blockers,
    drawn,
    derived,
    outdated: textsNow(request.document ?? {}, derived).outdated,
    remarks: remarksUnderHeads(draft.remarks),
    substance: substanceOf(drawn),
  };
}

function substanceOf({ draft: { contents, doubts }, before: { previous } }: Drawn): string {
  const let_stand = doubts.map(({ finding_id }) => finding_id).sort();
  return sha256Of(JSON.stringify([substanceDigest(contents), let_stand, previous?.version]));
}

const ATTEMPTS = 3;

interface Materials {
  readonly set: ModelSet;
  readonly inputs: Tables;
  /** Plan file, inputs and models, as archived with a version. */
  readonly kept: readonly [planFile: Uint8Array, inputs: Uint8Array, models: Uint8Array];
}

async function materialsOf(request: PublishRequest): Promise<Materials> {
  const { plan, set = readModels() } = request;
  const planFile = await readFile(plan.file);
  if (sha256Of(planFile) !== plan.sha256) {
    throw new Failure(`${plan.file} vừa thay đổi. Thử lại.`);
  }
  const inputs = modelTablesOf(catalogueOf(request));
  const texts = [Buffer.from(JSON.stringify(inputs)), Buffer.from(set.text)] as const;
  return { set, inputs, kept: [planFile, ...texts] };
}

/** A draft and what it would be published against. */
export interface Drawn {
  readonly before: Standing;
  readonly materials: Materials;
  /** The moment at which it would be published, in milliseconds since 1970. */
  readonly now: number;
  /** The reason with which its doubts are confirmed by it; null: they are not. */
  readonly confirmed: string | null;
  readonly asOf: Date;
  readonly draft: Draft;
  readonly blockers: readonly Blocker[];
}

async function drawUp(request: PublishRequest, materials: Materials): Promise<Drawn> {
  const { paths, plan, period } = request;
  const { set, inputs } = materials;
  const before = await readStanding(request);
  // after everything recorded, even if the clock was set back
  const now = Math.max(request.publishedAt.getTime(), before.state.lastRecorded);
  const confirmed = request.acknowledge ? request.reason : null;
  const seen = stillSeen(request.drawn, { before, now, confirmed, materials });
  const asOf = seen?.asOf ?? request.asOf ?? new Date(now);
  const draft =
    seen?.draft ??
    (await draftReport({
      paths,
      inputs,
      set,
      asOf,
      beforePublication: before.state.nextPublication,
      planId: plan.plan.id,
      period: period.code,
      confirmed,
    }));
  const blockers = planBlockers(request.catalogue.unsettled, plan.plan.id).concat(
    publishBlockers(draft, request, {
      today: officeTime(request.publishedAt).slice(0, 10),
      period,
      within: plan.plan.periods.flatMap(({ code, data_from, data_to }) =>
        data_from >= period.data_from && data_to <= period.data_to ? [code] : [],
      ),
      previous: before.previous,
      isUnchanged:
        before.contents !== null &&
        substanceDigest(before.contents) === substanceDigest(draft.contents),
    }),
  );
  return { before, materials, now, confirmed, asOf, draft, blockers };
}

/** What was seen beforehand, on the same day, of the same ledger, doubts, plan, inputs and models. */
function stillSeen(drawn: Drawn | undefined, now: Omit<Drawn, "asOf" | "draft" | "blockers">) {
  const of = ({ now: at, before: { state }, confirmed, materials: { kept } }: typeof now) => {
    return [officeTime(new Date(at)).slice(0, 10), state, confirmed, kept];
  };
  return drawn !== undefined && isDeepStrictEqual(of(drawn), of(now)) ? drawn : undefined;
}

/** The facts under the seal; its files are not archived yet. */
function factsOf(
  request: PublishRequest,
  { before, now, asOf, draft, materials: { kept } }: Drawn,
): SealedFacts {
  const { plan, period } = request;
  const nonce = drawnBytes("nonce", 32).toString("hex");
  const [planFile, inputs, models] = kept;
  return {
    plan_id: plan.plan.id,
    period: period.code,
    version: (before.previous?.version ?? 0) + 1,
    class: request.class,
    reason: request.reason,
    is_final: request.isFinal,
    as_of: asOf.toISOString(),
    // after its own moment, so that the version does not see what is recorded with it
    recorded_at: new Date(Math.max(now, asOf.getTime() + 1)).toISOString(),
    software_version: request.softwareVersion,
    plan_sha256: sha256Of(planFile),
    inputs_sha256: sha256Of(inputs),
    models_sha256: sha256Of(models),
    lines_sha256: partDigest(draft.contents.line, nonce),
    nonce,
    contract_version: CONTRACT_VERSION,
    previous_seal: sealBefore(before.versions).previous_seal,
    signed_by: request.sealKey?.publicKey ?? null,
    document: documentFacts(request.document ?? {}, before, draft),
  };
}

async function attemptToPublish(
  request: PublishRequest,
  materials: Materials,
): Promise<PublishedVersion | null> {
  const { paths, plan, period } = request;
  const drawn = await drawUp(request, materials);
  const { before, draft, blockers } = drawn;
  // something may have come since it was seen, and again before it is recorded
  if (request.seen !== undefined && request.seen !== substanceOf(drawn)) {
    throw new SeenChanged("Số liệu đã thay đổi sau khi xem. Xem lại rồi duyệt lần nữa.");
  }
  if (blockers.length > 0) throw new PublishingRefused(plan.plan.id, period.code, blockers);
  const facts = factsOf(request, drawn);
  await keepAllBytes(paths, materials.kept);
  const { unsealed } = sealBefore(before.versions);
  const sha256 = publicationDigest(facts, draft.contents, before.previous?.sha256 ?? null);
  const files = await freezeVersion(request, { facts, sha256, draft, before });
  const { nextPublication: publication_no } = before.state;
  const seal = sealText({ publication_no, facts, sha256, files, unsealed });
  const acknowledged = request.acknowledge ? draft.doubts.map(({ finding_id }) => finding_id) : [];
  const publicationNo = await withLedger(paths, async (connection) => {
    if (!isDeepStrictEqual(await readLedgerState(connection), before.state)) return null;
    return appendPublication(connection, paths, {
      facts,
      sha256,
      seal,
      signature: request.sealKey?.sign(seal) ?? null,
      files,
      contents: draft.contents,
      acknowledged,
      by: request.by,
      clock: request.publishedAt,
    });
  });
  if (publicationNo === null) return null;
  return outcomeOf(draft, facts, {
    publication_no: publicationNo,
    sha256,
    files: files.length,
    acknowledged: acknowledged.length,
  });
}

/** `DocumentFacts` as JSON; null where there are none. */
function documentFacts(
  { filled, ...choice }: DocumentChoice,
  { previous, contents }: Standing,
  { head, contents: now }: Draft,
): string | null {
  const last = documentOf(previous?.document ?? null);
  const { number, dated, replaces } = last;
  const facts: DocumentFacts = {
    ...NO_DOCUMENT,
    ...choice,
    texts: textsNow({ ...choice, filled }, derivedUnderHeads(now)).texts,
    // a version without a number is the same document as the version before
    replaces: number === null || dated === null ? replaces : { number, dated },
  };
  const [headThen] = (contents?.head ?? []).map((text) => PARTS.head.parse(JSON.parse(text)));
  if (headThen !== undefined) {
    facts.changed = changedFacts({ document: last, head: headThen }, { document: facts, head });
  }
  return isDeepStrictEqual(facts, NO_DOCUMENT) ? null : JSON.stringify(facts);
}

interface Signed {
  readonly document: DocumentFacts;
  readonly head: Head;
}

/** Changes of number, date and signature since the version before. */
function changedFacts(before: Signed, now: Signed): DocumentFacts["changed"] {
  const [then, facts] = [before, now].map(({ document, head }) => ({
    number: document.number,
    dated: document.dated,
    signature: signedBy(document, head).lines.join("; "),
    signatory: signedBy(document, head).signatory,
  })) as [Record<ChangedFact, string | null>, Record<ChangedFact, string | null>];
  return CHANGED_FACTS.flatMap((field) => {
    const [old_value, new_value] = [then[field], facts[field]];
    return new_value === null || new_value === "" || new_value === old_value
      ? []
      : [{ field, old_value, new_value }];
  });
}

const CHANGED_FACTS = ["number", "dated", "signature", "signatory"] as const;
type ChangedFact = (typeof CHANGED_FACTS)[number];

/** Makes and archives the files of a version for every reader. */
async function freezeVersion(
  { paths, plan, formats = FORMATS, pageOf }: PublishRequest,
  version: {
    readonly facts: SealedFacts;
    readonly sha256: string;
    readonly draft: Draft;
    readonly before: Standing;
  },
): Promise<FrozenFile[]> {
  const { facts, sha256, draft, before } = version;
  const publication = publicationOf(facts, before.state.nextPublication, sha256);
  const isAddressed = (draft.head.document_addressed_to ?? null) !== null;
  const reports = READERS.filter((one) => one !== "superior" || isAddressed).map((audience) =>
    reportFor(publication, draft.contents, {
      ...{ latestVersion: facts.version, audience, released: before.released },
    }),
  );
  return freezeFiles(paths, reports, formats, pageOf?.(plan.plan.periods) ?? null);
}

function outcomeOf(
  draft: Draft,
  facts: SealedFacts,
  result: Pick<PublishedVersion, "publication_no" | "sha256" | "files" | "acknowledged">,
): PublishedVersion {
  return {
    ...result,
    plan_id: facts.plan_id,
    period: facts.period,
    version: facts.version,
    is_final: facts.is_final,
    as_of: officeTime(new Date(facts.as_of)),
    lines_sha256: facts.lines_sha256,
    units_expected: draft.head.units_expected,
    units_reported: draft.head.units_reported,
    units_missing: draft.units
      .filter(({ timeliness }) => timeliness === "missing" || timeliness === "not_due")
      .map(({ unit_name }) => unit_name),
    changes: draft.contents.change
      .map((text) => PARTS.change.parse(JSON.parse(text)))
      .filter(({ audience }) => audience === "city").length,
    check_code: checkCode(result.sha256),
    signed_by: facts.signed_by,
  };
}

/**
 * Only the plan and those that it continues, which last year's figures come from: what is archived
 * does not depend on other plans.
 */
function catalogueOf({ catalogue, plan }: Pick<PublishRequest, "catalogue" | "plan">): Catalogue {
  const needed = new Set([plan]);
  for (const { plan: one } of needed) {
    const earlier = catalogue.plans.find((other) => other.plan.id === one.continues?.plan);
    if (earlier !== undefined) needed.add(earlier);
  }
  return { ...catalogue, plans: catalogue.plans.filter((one) => needed.has(one)) };
}

interface Standing {
  readonly state: LedgerState;
  readonly previous: {
    readonly version: number;
    readonly is_final: boolean;
    readonly sha256: string;
    readonly document: string | null;
  } | null;
  readonly contents: StoredContents | null;
  /** Of every report, in the order of publication. */
  readonly versions: readonly StoredPublication[];
  /** Reasons of operators that the shared audience may read. */
  readonly released: ReadonlySet<string>;
}

async function readStanding({ paths, plan, period }: PublishRequest): Promise<Standing> {
  return readLedger(paths, async (connection) => {
    const state = await readLedgerState(connection);
    const versions = await readPublications(connection);
    const previous =
      versions.findLast((one) => one.plan_id === plan.plan.id && one.period === period.code) ??
      null;
    return {
      state,
      versions,
      released: await releasedReasons(connection),
      previous,
      contents:
        previous === null ? null : await readStoredContents(connection, previous.publication_no),
    };
  });
}
