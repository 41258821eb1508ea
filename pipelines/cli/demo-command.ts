import { join } from "node:path";
import { readProfile } from "../demo/profile.ts";
import { type SampleKind, samplesOf } from "../demo/samples.ts";
import type { AccountFacts } from "../desk/accounts/accounts.ts";
import type { Trial, TrialForm } from "../desk/accounts/trial.ts";
import { DESK } from "../desk/page/page.tsx";
import { readyBundle } from "../site/bundle.ts";
import { withNotice } from "../site/notice.ts";
import type { ServedPages } from "../site/served-pages.ts";
import { isLoopback, type SiteServer, serveSite } from "../site/server.ts";
import { findWorkspace } from "../site/workspace.ts";
import { type ResolvedPlan, readCatalogue } from "../sources/catalogue.ts";
import { defined } from "../vocabulary/defined.ts";
import { Failure } from "../vocabulary/failure.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import { type WarehousePaths, warehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";
import { copyDemonstrationSources } from "./demonstration-sources.ts";
import {
  beginDemonstrationClock,
  demonstratedPlans,
  LEADER,
  makeDemonstration,
  SEED,
  STAFF,
} from "./make-demonstration.ts";
import { type FolderCommand, portArgument } from "./options.ts";
import { runBeside } from "./run-beside.ts";
import { serveDeskUntilInterrupted } from "./serve-desk.ts";
import { interruption, serveUntilInterrupted } from "./serve-until-interrupted.ts";
import { openPages, preparePages, publishedPages } from "./shown-pages.ts";

const HOST = "127.0.0.1";
const PORT = 4170;
const PORTS_TRIED = 20;

/** `demo`: made-up forms through the same door as real ones, then models and the desk. */
export function define(command: FolderCommand, context: Context): void {
  command
    .option(
      "--host <host>",
      "địa chỉ phục vụ (mặc định: 127.0.0.1); bàn làm việc chỉ mở ở địa chỉ này",
    )
    .option("--port <port>", "cổng phục vụ", portArgument)
    .option("--no-serve", "dừng khi đã có số liệu")
    .action(async ({ serve, ...options }) => {
      const { host = HOST, port } = options;
      const paths = warehousePaths(join(options.warehouse, "demo"));
      const sources = await copyDemonstrationSources(options.sources, paths);
      await beginDemonstrationClock(sources, paths);
      const bundle = beginBundle(paths);
      if (!serve) {
        await runStory(sources, paths, context);
        return await bundle.made;
      }
      const first = await showWhileRunning({ ...options, host, port }, paths, bundle, context);
      if (first === null) return;
      // a story that was told anew has a time of its own
      await beginDemonstrationClock(sources, paths);
      context.progress("đang mở bàn làm việc");
      if (isLoopback(host)) return openDesk({ host, port }, sources, paths, first, context);
      await closeFirst(first);
      return serveUntilInterrupted(paths, { ...options, audience: "shared" }, context);
    });
}

/** Pages that are bundled beside the story. */
interface Bundle {
  readonly made: Promise<void>;
  isMade: boolean;
}

function beginBundle({ folder }: WarehousePaths): Bundle {
  const made = readyBundle(findWorkspace(folder), "own")
    // should it fail, whoever needs the bundle says so
    .catch(() => undefined)
    .then(() => {
      bundle.isMade = true;
    });
  const bundle: Bundle = { made, isMade: false };
  return bundle;
}

/** Takes in and publishes what is made up; whoever runs this beside shows what there is. */
async function runStory(sources: string, paths: WarehousePaths, context: Context): Promise<void> {
  const onFirstFigures = process.connected ? () => process.send?.("first figures") : undefined;
  process.once("disconnect", () => process.exit(1));
  process.channel?.unref();
  const pageOf = publishedPages(paths, context);
  await makeDemonstration({ sources, paths, pageOf, ...defined({ onFirstFigures }) }, context);
}

/** Where the pages are served before the desk is. */
interface First {
  pages: ServedPages | null;
  server: SiteServer | null;
}

async function closeFirst({ pages, server }: First): Promise<void> {
  await server?.close();
  pages?.close();
}

/**
 * Has the story told beside, and shows its pages from its first figures on.
 * @returns once it is told; null where it was interrupted
 * @throws Failure when the story ends otherwise
 */
async function showWhileRunning(
  options: { sources: string; warehouse: string; host: string; port: number | undefined },
  paths: WarehousePaths,
  bundle: Bundle,
  context: Context,
): Promise<First | null> {
  const { host, port } = options;
  let now = "";
  const folders = ["--sources", options.sources, "--warehouse", options.warehouse];
  const story = runBeside(["demo", "--no-serve", ...folders], {
    out: context.out,
    warn: (line) => {
      now = line;
      context.warn(line);
    },
  });
  const ended = story.ended.then((code) => {
    if (code !== 0) throw new Failure(stopped(code));
    return false;
  });
  const first: First = { pages: null, server: null };
  const show = async (): Promise<First> => {
    const isBegun = await Promise.race([story.signalled.then(() => true), ended]);
    if (!bundle.isMade) context.progress("đang đóng gói các trang, chỉ một lần");
    await bundle.made;
    if (isBegun) {
      first.pages = openPages(await preparePages(paths, context), paths, "shared", context);
      const site = withNotice(first.pages, () => `${now}. ${AFTERWARDS}`, DESK);
      first.server = await serveSite(site, {
        ...defined({ host, port }),
        exact: port !== undefined,
      });
      context.out(`${first.server.url}/  (trang báo cáo)`);
    }
    await ended;
    return first;
  };
  try {
    const shown = await Promise.race([show(), interruption().then(() => null)]);
    if (shown === null) await closeFirst(first);
    return shown;
  } catch (error) {
    await closeFirst(first);
    throw error;
  } finally {
    await story.end();
  }
}

async function openDesk(
  { host, port: asked }: { host: string; port: number | undefined },
  sources: string,
  paths: WarehousePaths,
  first: First,
  context: Context,
): Promise<void> {
  const { plans } = demonstratedPlans(readCatalogue(sources));
  const port = first.server === null ? asked : Number(new URL(first.server.url).port);
  await serveDeskUntilInterrupted(
    {
      ...{ paths, host, port: port ?? PORT, portsTried: port === undefined ? PORTS_TRIED : 1 },
      ...{ sources, first, stated: null, arePagesOpen: true, withWatch: true },
      ...{ trial: trialOf(plans), inBrowser: false, backups: null },
      ...{ sealKey: null, mail: null, signOn: null },
    },
    context,
  );
}

const stopped = (code: number | string): string =>
  `Chưa lập xong số liệu minh họa (${typeof code === "number" ? "lý do ở trên" : code}). Chạy lại lệnh này để làm tiếp từ chỗ dừng.`;

/** What is there when the story is told. */
const AFTERWARDS = "Các báo cáo đã phát hành và bàn làm việc có sau khi lập xong";

/** Who may be tried at the desk of the demonstration, and with what; what has been done there already. */
export function trialOf(plans: readonly ResolvedPlan[]): Trial {
  const accounts: AccountFacts[] = [
    { name: "chuyen-vien", shownName: STAFF, role: "staff", units: [] },
    { name: "lanh-dao", shownName: LEADER, role: "leader", units: [] },
    { name: "quan-tri", shownName: "Quản trị", role: "admin", units: [] },
  ];
  const submitted = submittedBy("chuyen-vien", plans);
  for (const plan of plans) {
    const samples = samplesOf(plan, SEED);
    if (samples === null) continue;
    const { unit, period } = samples;
    const what = `${inSentence(period.name)} của ${unit.short_name}`;
    const form = (kind: SampleKind, name: string, words: string): TrialForm => ({
      ...{ id: kind, words, fileName: `${name}_${period.code}.xlsx` },
      bytes: () => samples.form(kind),
    });
    return {
      accounts: [
        {
          name: "can-bo",
          shownName: unit.name,
          role: "clerk",
          units: [unit.office_code ?? unit.code],
        },
        ...accounts,
      ],
      forms: [
        form("right", "dien-dung", `Báo cáo ${what}, điền đúng`),
        form("doubtful", "can-giai-trinh", `Báo cáo ${what}, có một số cần giải trình`),
        form("wrong", "phai-sua", `Báo cáo ${what}, có một ô phải sửa`),
      ],
      sentBack: {
        account: "can-bo",
        form: form("sent_back", "bao-cao", `Báo cáo ${what}`),
      },
      submitted,
    };
  }
  return { accounts, forms: [], sentBack: null, submitted };
}

/** The report that waits for approval in the first plan that tells of one. */
function submittedBy(account: string, plans: readonly ResolvedPlan[]): Trial["submitted"] {
  for (const plan of plans) {
    const { proposal, publications } = readProfile(plan);
    if (proposal === undefined) continue;
    const before = publications.filter(({ period }) => period === proposal.period).length;
    return { ...proposal, account, plan: plan.plan.id, version: before + 1 };
  }
  return null;
}
