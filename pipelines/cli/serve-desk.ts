import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Audience } from "../contract/report.ts";
import { Accounts } from "../desk/accounts/accounts.ts";
import { KeyUses } from "../desk/accounts/key-uses.ts";
import { ROLES } from "../desk/accounts/roles.ts";
import { Sessions } from "../desk/accounts/sessions.ts";
import {
  type SignOnSettings,
  SingleSignOn,
  strangeUnits,
} from "../desk/accounts/single-sign-on.ts";
import { SystemKeys } from "../desk/accounts/system-keys.ts";
import { makeTrialAccounts, type Trial } from "../desk/accounts/trial.ts";
import { invitationLink } from "../desk/administration/account-routes.tsx";
import { ActLog } from "../desk/kept/act-log.ts";
import { Drafts } from "../desk/kept/drafts.ts";
import { readKept, writeKept } from "../desk/kept/kept-file.ts";
import { Proposals } from "../desk/kept/proposals.ts";
import { Receipts } from "../desk/kept/receipts.ts";
import { MailServer, type MailSettings } from "../desk/office/mail.ts";
import { Office } from "../desk/office/office.ts";
import { DESK, type Letters } from "../desk/page/page.tsx";
import type { Desk } from "../desk/page/request.ts";
import { PlanDrafts } from "../desk/plans/plan-drafts.ts";
import { serveDesk } from "../desk/server/desk-server.ts";
import { doTrialWork } from "../desk/server/trial-work.ts";
import type { SealKey } from "../publishing/seal-key.ts";
import type { PlanReading } from "../reading-plans/read-plan.ts";
import type { ServedPages, Site } from "../site/served-pages.ts";
import type { SiteServer } from "../site/server.ts";
import type { Workspace } from "../site/workspace.ts";
import { officeTime } from "../vocabulary/date.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { withNewFolder } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { leaveAct } from "./actor.ts";
import type { Context } from "./context.ts";
import { plainFailure } from "./plain-failure.ts";
import { readPlanDocument } from "./plan-read-command.ts";
import { runBeside } from "./run-beside.ts";
import { interruption } from "./serve-until-interrupted.ts";
import { openPages, preparePages, publishedPages } from "./shown-pages.ts";
import { softwareVersion } from "./version.ts";

/** The account that the first start invites. */
const FIRST_ADMIN = "quan-tri";

export interface DeskSettings {
  readonly sources: string;
  readonly paths: WarehousePaths;
  readonly host: string;
  readonly port: number;
  readonly portsTried: number;
  /** Under which people reach it; null where that is this machine. */
  readonly stated: string | null;
  readonly arePagesOpen: boolean;
  /** Marts and pages are kept up to date, and the inbox is watched. */
  readonly withWatch: boolean;
  readonly trial: Trial | null;
  /** The pages for everybody where they are shown already, and who serves them until the desk does. */
  readonly first?: { readonly pages: ServedPages | null; readonly server: SiteServer | null };
  /** What published versions are signed with; null where they are not. */
  readonly sealKey: SealKey | null;
  /** Whether it is opened in the browser of whoever starts it. */
  readonly inBrowser: boolean;
  /** Where backups are made; null where nobody has said. */
  readonly backups: string | null;
  /** The mail server of the office; null where none is named. */
  readonly mail: MailSettings | null;
  /** The provider through which people log in; null where none is named. */
  readonly signOn: SignOnSettings | null;
}

/**
 * Serves the desk and the report pages, prints their addresses, and ends on Ctrl-C or when it is asked
 * to terminate.
 * @throws Failure when no port is free, or sources or ledger do not allow it
 */
export async function serveDeskUntilInterrupted(
  settings: DeskSettings,
  context: Context,
): Promise<void> {
  const { sources, paths, host, stated, trial } = settings;
  if (settings.inBrowser) {
    const running = await runningDesk(paths);
    if (running !== null) {
      openBrowser(running);
      return context.out(`Bàn làm việc đang chạy ở cửa sổ khác; đã mở ở trình duyệt: ${running}`);
    }
  }
  await mkdir(paths.archive, { recursive: true });
  const pages = deskPages(paths, context, settings.first?.pages ?? null);
  let origin = stated ?? "";
  const desk = await openDesk(settings, () => origin, context);
  await settings.first?.server?.close();
  const { office } = desk;
  const server = await serveDesk(desk, {
    ...{ host, port: settings.port, portsTried: settings.portsTried },
    site: () => pages.of("shared"),
    citySite: () => pages.of("city"),
    ...{ arePagesOpen: settings.arePagesOpen, backups: settings.backups },
    names: stated === null ? [] : [new URL(stated).hostname],
  }).catch((error: unknown) => {
    pages.close();
    throw error;
  });
  if (stated === null) origin = server.url;
  await writeKept(addressFile(paths), OpenAddress, { url: origin });
  const address = stated ?? server.url;
  const patience = setTimeout(() => context.out(`${address}${DESK}/  (${OPENING})`), OPENING_MS);
  await beginWork(desk, settings)
    .finally(() => clearTimeout(patience))
    .catch(async (error) => {
      await server.close();
      pages.close();
      await office.close();
      throw error;
    });
  const watch = settings.withWatch ? watchOnce(office, { sources, paths }, context) : null;
  let entrance = `${address}${DESK}/`;
  if ((await desk.accounts.list()).length === 0) {
    const facts = { name: FIRST_ADMIN, shownName: "Quản trị", role: "admin", units: [] } as const;
    const secret = await desk.accounts.invite(facts, new Date());
    await leaveAct(paths.desk, "mời tài khoản", `${FIRST_ADMIN}, ${ROLES.admin}`);
    entrance = invitationLink(desk, FIRST_ADMIN, secret);
    context.out(
      `Chưa có tài khoản nào. Quản trị đặt mật khẩu ở liên kết này, trong bảy ngày:\n${entrance}`,
    );
  }
  if (trial !== null) context.out(`${address}/  (trang báo cáo)`);
  context.out(`${address}${DESK}/  (Ctrl-C để dừng)`);
  if (settings.inBrowser) {
    context.out(IN_BROWSER);
    openBrowser(entrance);
  }
  await interruption();
  await rm(addressFile(paths), { force: true });
  await server.close();
  await desk.keyUses.close();
  pages.close();
  await office.close();
  await watch?.end();
  if (settings.inBrowser) context.out("Bàn làm việc đã dừng.");
}

/** What is only told where it lasts. */
const OPENING = "đang mở, đăng nhập được: đang đọc sổ tiếp nhận và tính tình hình báo cáo";
const OPENING_MS = 2000;

/** What people log in to; how the office stands it is yet to find out. */
async function openDesk(
  { sources, paths, trial, sealKey, ...settings }: DeskSettings,
  origin: Desk["origin"],
  context: Context,
): Promise<Desk> {
  const reportedAt = new Map<string, number>();
  const onFailure = (error: unknown): void => {
    // whoever makes the same happen again and again fills no log by it
    const what = error instanceof Error ? error.message : String(error);
    if (Date.now() - (reportedAt.get(what) ?? 0) < REPORTED_AGAIN_MS) return;
    if (reportedAt.size >= MAX_REMEMBERED) reportedAt.clear();
    reportedAt.set(what, Date.now());
    void report(context, paths, error);
  };
  const office = new Office(
    {
      ...{ sources, paths, softwareVersion: softwareVersion(), sealKey },
      isWatched: settings.withWatch,
      pageOf: publishedPages(paths, context),
    },
    onFailure,
  );
  const folder = paths.desk;
  const [acts, keys, sessions] = [
    new ActLog(folder, onFailure),
    new SystemKeys(folder),
    new Sessions(folder),
  ];
  await sessions.clear(new Date());
  const desk: Desk = {
    ...{ paths, origin, office, acts, keys, keyUses: new KeyUses(acts, keys), sessions },
    accounts: new Accounts(folder),
    receipts: new Receipts(paths, (work) => office.read(work)),
    drafts: new Drafts(folder),
    proposals: new Proposals(folder),
    plans: new PlanDrafts(folder),
    readDocument: (bytes) => documentOf(bytes, office),
    css: await styleOfDesk(),
    letters: { vietnamese: await lettersOf("vietnamese"), latin: await lettersOf("latin") },
    scripts: {
      "sang-toi.js": await readFile(servedFile("desk-theme.js"), "utf8"),
      "nhap.js": await readFile(servedFile("desk-form.js"), "utf8"),
      "ke-hoach.js": await readFile(servedFile("desk-plan.js"), "utf8"),
      "tha-tep.js": await readFile(servedFile("desk-files.js"), "utf8"),
    },
    arePagesOpen: settings.arePagesOpen,
    trial,
    mail: settings.mail === null ? null : new MailServer(settings.mail),
    signOn: settings.signOn === null ? null : new SingleSignOn(settings.signOn),
    onFailure,
  };
  if (trial !== null) await makeTrialAccounts(desk.accounts, trial);
  return desk;
}

/** Finds out how the office stands. @throws Failure when sources, ledger or the provider do not allow it */
async function beginWork(desk: Desk, { signOn, trial }: DeskSettings): Promise<void> {
  const { office } = desk;
  await office.start();
  const known = new Set(office.board.units.map(({ office_code }) => office_code));
  const strange = signOn === null ? [] : strangeUnits(signOn, known);
  if (strange.length > 0) {
    throw wrongUsage(
      `--oidc nêu các đơn vị không có trong cơ quan: ${strange.join(", ")}. Dùng mã như ở chitieu status --unit.`,
    );
  }
  if (trial !== null) await doTrialWork(desk, trial);
}

const IN_BROWSER =
  "Bàn làm việc chạy trong cửa sổ này và đã mở ở trình duyệt; nếu không thấy thì mở địa chỉ trên. Để nguyên cửa sổ khi đang dùng; đóng cửa sổ là dừng.";

/** Where a desk of this warehouse answers. */
async function runningDesk(paths: WarehousePaths): Promise<string | null> {
  const open = await readKept(addressFile(paths), OpenAddress);
  if (open === null) return null;
  const address = `${open.url}${DESK}/`;
  return await fetch(address, { redirect: "manual" }).then(
    () => address,
    () => null,
  );
}

/** Opens an address as the system does when somebody clicks on it; where it does not, the address stands above. */
function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === "win32" ? ["rundll32", "url.dll,FileProtocolHandler"] : ["xdg-open"];
  const child = spawn(program ?? "", [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}

/** Where the desk is reached while it is open, for invitations by the command line. */
export const OpenAddress = z.object({ url: z.string() });

/** The file that says so. */
export function addressFile(paths: WarehousePaths): string {
  return join(paths.desk, "address.json");
}

/** The same failure is reported again after so long; so many are remembered. */
const REPORTED_AGAIN_MS = 60_000;
const MAX_REMEMBERED = 100;

/** How long a page that is asked for waits for the bundle. */
const BUNDLE_PATIENCE_MS = 2000;

/** The pages of both audiences, each from when it is first asked for: most who log in see only one. */
function deskPages(
  paths: WarehousePaths,
  context: Context,
  shared: ServedPages | null,
): { of(audience: Audience): Promise<Site | null>; close(): void } {
  const opened = new Map<Audience, ServedPages>(shared === null ? [] : [["shared", shared]]);
  let isClosed = false;
  let prepared: Promise<Workspace | null> | null = null;
  const prepare = async (): Promise<Workspace | null> => {
    try {
      return await preparePages(paths, context);
    } catch (error) {
      prepared = null;
      await report(context, paths, error);
      return null;
    }
  };
  return {
    of: async (audience) => {
      prepared ??= prepare();
      const patience = sleep(BUNDLE_PATIENCE_MS, null, { ref: false });
      const workspace = await Promise.race([prepared, patience]);
      if (workspace === null || isClosed) return null;
      const pages = opened.get(audience) ?? openPages(workspace, paths, audience, context);
      opened.set(audience, pages);
      return pages;
    },
    close: () => {
      isClosed = true;
      for (const pages of opened.values()) pages.close();
    },
  };
}

async function report(context: Context, paths: WarehousePaths, error: unknown): Promise<void> {
  const plain = await plainFailure(error, paths).catch(() => error);
  const words = plain instanceof Error ? plain.message : String(plain);
  context.warn(`${officeTime(new Date())} ${words}`);
}

/** Reads a document that was sent in. @throws Failure like `readPlanDocument` */
function documentOf(bytes: Uint8Array, { board }: Office): Promise<PlanReading> {
  return withNewFolder(join(tmpdir(), "chitieu-document-"), async (folder) => {
    const path = join(folder, "document");
    await writeFile(path, bytes);
    return readPlanDocument(path, board.catalogue.officeUnits);
  });
}

/** Starts the watch once there is a plan: where nothing is yet, the first is written at the desk. */
function watchOnce(
  office: Office,
  folders: Pick<DeskSettings, "sources" | "paths">,
  context: Context,
): { end(): Promise<void> } {
  let watch: { end(): Promise<void> } | null = null;
  const look = (): void => {
    if (watch !== null || office.board.catalogue.plans.length === 0) return;
    clearInterval(timer);
    watch = startWatch(folders, context);
  };
  const timer = setInterval(look, 2000);
  look();
  return {
    end: async () => {
      clearInterval(timer);
      await watch?.end();
    },
  };
}

/**
 * Keeps marts and pages up to date in a process of its own: it reads the ledger while this one writes
 * it, which two connections within one process must not.
 */
function startWatch(
  { sources, paths }: Pick<DeskSettings, "sources" | "paths">,
  context: Context,
): { end(): Promise<void> } {
  const named = (out: (text: string) => void) => (line: string) =>
    out(`tiếp nhận tự động: ${line}`);
  const watch = runBeside(["watch", "--sources", sources, "--warehouse", paths.folder], {
    out: named(context.out),
    warn: named(context.warn),
  });
  void watch.ended.then((code) => {
    if (typeof code === "number" && code !== 0) {
      context.warn(`tiếp nhận tự động đã dừng với mã ${code}; số liệu và trang giữ nguyên`);
    }
  });
  return watch;
}

/** The colours and distances of the report pages, and what the desk makes of them. */
async function styleOfDesk(): Promise<string> {
  const files = [ofPages("tokens.css", "reports/pages/look"), servedFile("desk.css")];
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.join("\n");
}

async function lettersOf(subset: Letters): Promise<Uint8Array<ArrayBuffer>> {
  const name = `inter-${subset}-wght-normal.woff2`;
  const file = ofPages(name, "node_modules/@fontsource-variable/inter/files");
  return new Uint8Array(await readFile(file));
}

/** A file that desk and report pages have in common: a release has it beside its code. */
function ofPages(name: string, folder: string): URL {
  const own = new URL(`../../${folder}/${name}`, import.meta.url);
  return existsSync(own) ? own : new URL(`../${name}`, import.meta.url);
}

function servedFile(name: string): URL {
  return new URL(`../../reports/serving/${name}`, import.meta.url);
}
