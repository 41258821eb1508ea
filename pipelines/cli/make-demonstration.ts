import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type DemonstrationFile, demonstrationForms } from "../demo/demonstration.ts";
import {
  clockFile,
  followDemonstrationClock,
  STAMP,
  setDemonstrationClock,
} from "../demo/demonstration-clock.ts";
import {
  demonstrationFolder,
  type Publishing,
  periodsInForce,
  readProfile,
  type ShortfallEvent,
} from "../demo/profile.ts";
import { workingDaysAfter } from "../demo/reception.ts";
import { tablesOfYearBefore } from "../demo/year-before.ts";
import { FORMATS, type Format } from "../exports/format.ts";
import { withIntake } from "../intake/ingest.ts";
import { appendEntries } from "../ledger/entry.ts";
import { listEntries, readEntry } from "../ledger/journal.ts";
import { readLedger, withLedger } from "../ledger/ledger.ts";
import { LEDGER_TABLES } from "../ledger/ledger-tables.ts";
import { decideOnTexts, recordShortfalls, shortfallTextId } from "../ledger/recorded-acts.ts";
import { buildMarts } from "../models/build-marts.ts";
import { readModels } from "../models/model.ts";
import { publishReport, type VersionPages } from "../publishing/publish.ts";
import { withLock } from "../site/lock.ts";
import { type Catalogue, type ResolvedPlan, readCatalogue } from "../sources/catalogue.ts";
import { officeTime, parseMoment } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { readRow, WholeNumber } from "../warehouse/connection.ts";
import { moveFile } from "../warehouse/files.ts";
import { type WarehousePaths, warehousePaths } from "../warehouse/paths.ts";
import { removeMarts, shownMarts } from "../warehouse/shown-marts.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import { choosePeriod } from "./choice.ts";
import { type Context, modelSteps } from "./context.ts";
import { outcomeText } from "./outcome-text.ts";
import { softwareVersion } from "./version.ts";

/** The same figures on every machine. */
export const SEED = 1;

/** Digests of what each step was made from, so that a second run does only what has changed. */
const Stamp = z.object({
  forms: z.string().nullable(),
  models: z.string().nullable(),
  /** Of a story that is being told: who stops in its midst goes on there. */
  begun: z.string().nullable().default(null),
});
type Stamp = z.infer<typeof Stamp>;

const NOTHING: Stamp = { forms: null, models: null, begun: null };

/** Where a demonstration is made, and of what. */
interface Making {
  readonly sources: string;
  readonly paths: WarehousePaths;
  /** Renders the pages of the versions; without it they have none. */
  readonly pageOf?: VersionPages;
  /** Of the files of the versions; all by default. */
  readonly formats?: readonly Format[];
  /**
   * Called where the story takes a while, once there are marts of all its forms, as if no report of them
   * had been published.
   */
  readonly onFirstFigures?: () => void;
}

/**
 * Fills a warehouse of its own with the demonstration of every plan that has one: forms, ledger and
 * marts. What stands from an earlier run and has not changed is kept, and one that was stopped goes on.
 * @throws Failure when the folder holds something else, or a form is refused.
 */
export async function makeDemonstration(making: Making, context: Context): Promise<void> {
  const { paths } = making;
  const { catalogue, stamp } = await makeDemonstrationLedger(making, context);
  const models = readModels().sha256;
  if (stamp.models !== models || shownMarts(paths.marts) === null) {
    await buildMarts({
      paths,
      catalogue,
      asOf: null,
      // those that are shown may be of the forms alone
      whole: stamp.models === null,
      onProgress: modelSteps(context),
    });
    await writeStamp(paths, { ...stamp, models });
  }
  context.out(`số liệu trong ${paths.marts}`);
}

/** Takes the forms in and publishes the reports. @returns the plans that have a demonstration */
export async function makeDemonstrationLedger(
  { sources, ...place }: Making,
  context: Context,
): Promise<{ readonly catalogue: Catalogue; readonly stamp: Stamp }> {
  const { paths } = place;
  const all = readCatalogue(sources);
  const { plans } = demonstratedPlans(all);
  const earlier = plans.flatMap((later): [ResolvedPlan, ResolvedPlan][] => {
    const plan = all.plans.find((one) => one.plan.id === later.plan.continues?.plan);
    return plan === undefined || plans.includes(plan) ? [] : [[plan, later]];
  });
  const catalogue = { ...all, plans: [...earlier.map(([plan]) => plan), ...plans] };
  context.progress("đang điền các biểu minh họa");
  const forms: DemonstrationFile[] = [];
  for (const [plan, later] of earlier) {
    forms.push(...tablesOfYearBefore(plan, readProfile(later), SEED));
  }
  for (const plan of plans) forms.push(...(await demonstrationForms(plan, SEED)));
  forms.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());

  let stamp = await readStamp(paths);
  const publications = plans
    .flatMap((plan) =>
      readProfile(plan).publications.map((one): DemonstrationReport => ({ plan, ...one })),
    )
    .sort((a, b) => a.published_at.getTime() - b.published_at.getTime());
  const tellings = plans.flatMap((plan) =>
    readProfile(plan).shortfalls.map((one): DemonstrationTelling => ({ plan, ...one })),
  );
  const formsDigest = digestOf(forms, publications, tellings, catalogue);
  const hasForms = (): boolean => stamp.forms === formsDigest && existsSync(paths.ledger);
  const publishStory = async (): Promise<void> => {
    // another process may have told it meanwhile
    stamp = await readStamp(paths);
    if (hasForms()) return;
    if (stamp.begun !== formsDigest) {
      await clearFolder(paths);
      await writeStamp(paths, { ...NOTHING, begun: formsDigest });
    }
    const whole: Place = { catalogue, ...place };
    await takeInOnce(forms, publications, whole, context);
    if (place.onFirstFigures !== undefined) {
      if (shownMarts(paths.marts) === null) {
        const from = { ...onceTaken(paths), marts: paths.marts };
        const onProgress = modelSteps(context);
        await buildMarts({ paths: from, catalogue, asOf: null, onProgress });
      }
      place.onFirstFigures();
    }
    await replayDemo(forms.length, publications, tellings, whole, context);
    await rm(onceTaken(paths).folder, { recursive: true, force: true });
    stamp = { ...NOTHING, forms: formsDigest };
    await writeStamp(paths, stamp);
  };
  if (!hasForms()) {
    await claimFolder(paths);
    await withLock(join(paths.folder, "demonstration.lock"), publishStory, (holder) =>
      context.progress(`Chờ một lần lập số liệu minh họa khác (${holder})`),
    );
  }
  context.out(
    `${forms.length} tệp minh họa và ${publications.length} phiên bản đã phát hành trong ${paths.ledger}`,
  );
  return { catalogue, stamp };
}

/**
 * Lets a demonstration begin where its story ends, so that what is owed is owed since days and not since
 * years: at eight on the first working day after all its periods. From then on its clock runs.
 * @throws Failure when no plan of the sources has a demonstration
 */
export async function beginDemonstrationClock(
  sources: string,
  { folder }: WarehousePaths,
): Promise<void> {
  if (!existsSync(clockFile(folder))) {
    const { plans } = demonstratedPlans(readCatalogue(sources));
    const days = plans.flatMap((plan) => [
      ...periodsInForce(plan).flatMap(({ data_to, due_before }) => [data_to, due_before]),
      ...readProfile(plan).publications.map(({ published_at }) => officeTime(published_at)),
    ]);
    const last = days.sort().at(-1)?.slice(0, 10) ?? "";
    await setDemonstrationClock(folder, workingDaysAfter(parseMoment(`${last}T08:00`), 1));
  }
  followDemonstrationClock(folder);
}

/** The catalogue with the plans that have a demonstration. @throws Failure when none has. */
export function demonstratedPlans(catalogue: Catalogue): Catalogue {
  const plans = catalogue.plans.filter((plan) =>
    existsSync(join(demonstrationFolder(plan), `${plan.plan.id}.yaml`)),
  );
  if (plans.length === 0) {
    throw new Failure("Không kế hoạch nào trong thư mục nguồn này có số liệu minh họa.");
  }
  return { ...catalogue, plans };
}

/** A report of the story, to be published at its moment. */
interface DemonstrationReport extends Publishing {
  readonly plan: ResolvedPlan;
}

/** A cause and a remedy of the story. */
interface DemonstrationTelling extends ShortfallEvent {
  readonly plan: ResolvedPlan;
}

function digestOf(
  forms: readonly DemonstrationFile[],
  publications: readonly DemonstrationReport[],
  tellings: readonly DemonstrationTelling[],
  catalogue: Catalogue,
): string {
  const digest = createHash("sha256").update(softwareVersion()).update(LEDGER_TABLES);
  // what is published is made with the models, in these formats
  digest.update(readModels().sha256).update(FORMATS.join(" "));
  digest.update(JSON.stringify(publications.map(({ plan, ...one }) => [plan.sha256, one])));
  digest.update(JSON.stringify(tellings.map(({ plan, ...one }) => [plan.sha256, one])));
  digest.update(JSON.stringify(catalogue.areas));
  for (const { sha256 } of catalogue.plans) digest.update(sha256);
  for (const { bytes, receivedAt } of forms) digest.update(bytes).update(receivedAt.toISOString());
  return digest.digest("hex");
}

interface Place extends Omit<Making, "sources"> {
  readonly catalogue: Catalogue;
}

/** Where all forms are taken in, of which the story's own journal is told between the reports. */
function onceTaken({ folder, archive, replies }: WarehousePaths): WarehousePaths {
  return { ...warehousePaths(join(folder, "first")), archive, replies };
}

/** Takes the forms in, as if no report of them had been published, unless that was done. */
async function takeInOnce(
  forms: readonly DemonstrationFile[],
  publications: readonly DemonstrationReport[],
  place: Place,
  context: Context,
): Promise<void> {
  const paths = onceTaken(place.paths);
  if ((await recordedSoFar({ paths })).forms === forms.length) return;
  await rm(paths.folder, { recursive: true, force: true });
  const ends = publications.map(
    ({ published_at }) => forms.filter(({ receivedAt }) => receivedAt <= published_at).length,
  );
  // no entry holds forms of before and after a report
  const parts = [...ends, forms.length].map((end, index) => forms.slice(ends[index - 1] ?? 0, end));
  const known = { catalogue: place.catalogue, paths, softwareVersion: softwareVersion() };
  await withIntake({ ...known, isDemonstration: true }, async (intake) => {
    let done = 0;
    for (const part of parts) {
      const deliveries = part.map(({ fileName: file, bytes, receivedAt }) => ({
        ...{ file, content: { bytes }, receivedAt, recordedAt: receivedAt },
      }));
      for await (const taken of intake.ingestAll(deliveries)) {
        if (taken instanceof Failure) throw taken;
        const other = taken.find(({ outcome }) => outcome !== "accepted");
        if (other !== undefined) {
          throw new Failure(`Một tệp minh họa không được nhận.\n${outcomeText(other)}`);
        }
        done += 1;
        context.step(done, forms.length, `tệp ${done}/${forms.length}`);
      }
    }
  });
}

/** How far a story was told. */
async function recordedSoFar({ paths }: Pick<Place, "paths">): Promise<Recorded> {
  return await readLedger(paths, (connection) =>
    readRow(
      connection,
      Recorded,
      `select
        (select count(*) from ledger.main.receipt) as forms,
        (select count(*) from ledger.main.publication) as reports,
        (select count(*) from ledger.main.shortfall) as texts,
        (select count(*) from ledger.main.text_decision) as decisions`,
    ),
  );
}

const Recorded = z.object({
  forms: WholeNumber,
  reports: WholeNumber,
  texts: WholeNumber,
  decisions: WholeNumber,
});
type Recorded = z.infer<typeof Recorded>;

/** Records the forms and publishes the reports, each at its moment; what was done before is not done again. */
async function replayDemo(
  forms: number,
  publications: readonly DemonstrationReport[],
  tellings: readonly DemonstrationTelling[],
  place: Place,
  context: Context,
): Promise<void> {
  const moments = [...publications.map(({ published_at }) => published_at), null];
  const recorded = await recordedSoFar(place);
  for (const [index, until] of moments.entries()) {
    if (index < recorded.reports) continue;
    await recordForms(place.paths, recorded, until, () =>
      context.step(recorded.forms, forms, `tệp ${recorded.forms}/${forms}`),
    );
    const due = tellings.filter(({ said_at }) => until === null || said_at <= until);
    await recordTexts(due, recorded, place);
    const report = publications[index];
    if (report === undefined) continue;
    const at = report.published_at.toISOString();
    context.progress(`đang lập báo cáo ${index + 1}/${publications.length}: ${report.period}`);
    await publishReport({
      ...place,
      plan: report.plan,
      period: choosePeriod(report.plan, report.period),
      class: report.class,
      reason: report.reason,
      isFinal: report.final,
      acknowledge: true,
      force: false,
      asOf: null,
      publishedAt: report.published_at,
      document: { prepared: { name: STAFF, at }, approved: { name: LEADER, at } },
      softwareVersion: softwareVersion(),
    });
  }
}

/** Who works on the reports of the story; the desk lets whoever tries it in by these names. */
export const STAFF = "Chuyên viên tổng hợp";
export const LEADER = "Lãnh đạo UBND";

/** Records the forms that came until a moment and are not yet, as they were once taken in. */
async function recordForms(
  paths: WarehousePaths,
  recorded: Recorded,
  until: Date | null,
  onRecorded: () => void,
): Promise<void> {
  const once = onceTaken(paths);
  await withLedger(paths, async (connection) => {
    for (const { file } of await listEntries(once)) {
      const { entry } = await readEntry(once, file);
      const { kind, rows, parts } = entry;
      const receipts = rows.receipt ?? [];
      const clock = new Date(String(receipts[0]?.recorded_at));
      if (until !== null && clock > until) return;
      if (Number(receipts[0]?.receipt_no) <= recorded.forms) continue;
      const large = parts.map(({ table, file: part }) => {
        const query = `from read_parquet(${quoteLiteral(join(once.entries, part))})`;
        return [table, { query }];
      });
      const all = { ...rows, ...Object.fromEntries(large) };
      await appendEntries(connection, paths, kind, [{ rows: all, clock }]);
      for (const _ of receipts) {
        recorded.forms += 1;
        onRecorded();
      }
    }
  });
}

/** Records texts on shortfalls that are not yet, for everybody to read. */
async function recordTexts(
  due: readonly DemonstrationTelling[],
  recorded: Recorded,
  { paths }: Place,
): Promise<void> {
  for (const [index, { plan, said_at: recordedAt, ...one }] of due.entries()) {
    const unit = plan.units.find(({ code }) => code === one.unit);
    const name = unit?.name ?? plan.plan.document?.agency ?? plan.plan.issuer;
    const by = { way: "desk", account: name, name, role: null } as const;
    const recording = { recordedAt, softwareVersion: softwareVersion(), by };
    const texts = SIDES.map((side) => ({
      ...{ plan_id: plan.plan.id, period: one.period, indicator_code: one.indicator },
      ...{ unit_id: unit?.unit_id ?? null, side, said: one[side], is_held: false },
    }));
    const before = SIDES.length * index;
    if (recorded.texts <= before) {
      await recordShortfalls(paths, { texts, ...recording });
      recorded.texts += texts.length;
    }
    if (recorded.decisions > before) continue;
    const textIds = texts.map((_, no) => shortfallTextId(before + no + 1));
    await decideOnTexts(paths, { textIds, decision: "shared", decidedBy: name, ...recording });
    recorded.decisions += texts.length;
  }
}

const SIDES = ["cause", "remedy"] as const;

async function readStamp(paths: WarehousePaths): Promise<Stamp> {
  try {
    return Stamp.parse(JSON.parse(await readFile(join(paths.folder, STAMP), "utf8")));
  } catch {
    return NOTHING;
  }
}

async function writeStamp(paths: WarehousePaths, stamp: Stamp): Promise<void> {
  const file = join(paths.folder, STAMP);
  await writeFile(`${file}.part`, JSON.stringify(stamp));
  await moveFile(`${file}.part`, file);
}

/**
 * Marks an empty folder as a demonstration's.
 * @throws Failure when it holds something else
 */
export async function claimFolder(paths: WarehousePaths): Promise<void> {
  const names = await readdir(paths.folder).catch((): string[] => []);
  if (names.includes(STAMP)) return;
  if (names.length > 0) {
    throw new Failure(
      `${paths.folder} chứa thứ không phải số liệu minh họa. Chuyển đi nơi khác, hoặc nêu --warehouse khác.`,
    );
  }
  await mkdir(paths.folder, { recursive: true });
  await writeStamp(paths, NOTHING);
}

/** Empties the folder of a demonstration before anything comes in. */
async function clearFolder(paths: WarehousePaths): Promise<void> {
  await claimFolder(paths);
  const { ledger, archive, replies } = paths;
  for (const path of [ledger, `${ledger}.wal`, archive, replies, onceTaken(paths).folder]) {
    await rm(path, { recursive: true, force: true });
  }
  await removeMarts(paths.marts);
  // its time begins anew with it
  await rm(clockFile(paths.folder), { force: true });
  await writeStamp(paths, NOTHING);
}
