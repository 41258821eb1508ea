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
import { warehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";
import { copyDemonstrationSources } from "./demonstration-sources.ts";
import { demonstratedPlans, makeDemonstration, SEED } from "./make-demonstration.ts";
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
    .action(async (options) => {
      const paths = warehousePaths(join(options.warehouse, "demo"));
      const sources = await copyDemonstrationSources(options.sources, paths);
      let isBundled = false;
      const bundled = readyBundle(findWorkspace(paths.folder), "own")
        // should it fail, whoever needs the bundle says so
        .catch(() => undefined)
        .then(() => {
          isBundled = true;
        });
      if (!options.serve) {
        // whoever runs this beside shows what there is
        const onFirstFigures = process.connected
          ? () => process.send?.("first figures")
          : undefined;
        process.once("disconnect", () => process.exit(1));
        process.channel?.unref();
        const pageOf = publishedPages(paths, context);
        await makeDemonstration(
          { sources, paths, pageOf, ...defined({ onFirstFigures }) },
          context,
        );
        return await bundled;
      }
      let now = "";
      const folders = ["--sources", options.sources, "--warehouse", options.warehouse];
      const story = runBeside(["demo", "--no-serve", ...folders], {
        out: context.out,
        warn: (line) => {
          now = line;
          context.warn(line);
        },
      });
      const told = story.ended.then((code) => {
        if (code !== 0) throw new Failure(stopped(code));
        return false;
      });
      const interrupted = interruption().then(() => "interrupted" as const);
      const first = { pages: null as ServedPages | null, server: null as SiteServer | null };
      const { host = HOST } = options;
      const show = async (): Promise<"told"> => {
        const isBegun = await Promise.race([story.signalled.then(() => true), told]);
        if (!isBundled) context.progress("đang đóng gói các trang, chỉ một lần");
        await bundled;
        if (isBegun) {
          const workspace = await preparePages(paths, context);
          first.pages = openPages(workspace, paths, "shared", context);
          const site = withNotice(first.pages, () => `${now}. ${AFTERWARDS}`, DESK);
          first.server = await serveSite(site, {
            ...defined({ host, port: options.port }),
            exact: options.port !== undefined,
          });
          context.out(`${first.server.url}/  (trang báo cáo)`);
        }
        await told;
        return "told";
      };
      const closeFirst = async (): Promise<void> => {
        await first.server?.close();
        first.pages?.close();
      };
      const ended = await Promise.race([show(), interrupted])
        .catch(async (error: unknown) => {
          await closeFirst();
          throw error;
        })
        .finally(() => story.end());
      if (ended === "interrupted") return await closeFirst();
      context.progress("đang mở bàn làm việc");
      if (!isLoopback(host)) {
        await closeFirst();
        return serveUntilInterrupted(paths, { ...options, audience: "shared" }, context);
      }
      const { plans } = demonstratedPlans(readCatalogue(sources));
      const port = first.server === null ? options.port : Number(new URL(first.server.url).port);
      return serveDeskUntilInterrupted(
        {
          ...{ paths, host, port: port ?? PORT, portsTried: port === undefined ? PORTS_TRIED : 1 },
          ...{ sources, first },
          stated: null,
          arePagesOpen: true,
          withWatch: true,
          trial: trialOf(plans),
          inBrowser: false,
          backups: null,
          sealKey: null,
          mail: null,
          signOn: null,
        },
        context,
      );
    });
}

const stopped = (code: number | string): string =>
  `Chưa lập xong số liệu minh họa (${typeof code === "number" ? "lý do ở trên" : code}). Chạy lại lệnh này để làm tiếp từ chỗ dừng.`;

/** What is there when the story is told. */
const AFTERWARDS = "Các báo cáo đã phát hành và bàn làm việc có sau khi lập xong";

/** Who may be tried at the desk of the demonstration, and with what; what has been done there already. */
export function trialOf(plans: readonly ResolvedPlan[]): Trial {
  const accounts: AccountFacts[] = [
    { name: "chuyen-vien", shownName: "Chuyên viên tổng hợp", role: "staff", units: [] },
    { name: "lanh-dao", shownName: "Lãnh đạo UBND", role: "leader", units: [] },
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
