import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { invitationLink } from "../desk/account-routes.tsx";
import { Accounts } from "../desk/accounts.ts";
import { ActLog } from "../desk/act-log.ts";
import { serveDesk } from "../desk/desk-server.ts";
import { Drafts } from "../desk/drafts.ts";
import { deskFolder, Office } from "../desk/office.ts";
import { Receipts } from "../desk/receipts.ts";
import type { Desk } from "../desk/request.ts";
import { ROLES, type Role } from "../desk/roles.ts";
import { Sessions } from "../desk/sessions.ts";
import { type OfficeUnit, readStatus } from "../models/submission-status.ts";
import { isLoopback } from "../site/server.ts";
import { readCatalogue } from "../sources/catalogue.ts";
import { Failure } from "../vocabulary/failure.ts";
import { type WarehousePaths, warehousePaths } from "../warehouse/paths.ts";
import { chooseUnit } from "./choice.ts";
import type { Context } from "./context.ts";
import { type FolderOptions, newCommand, portArgument } from "./options.ts";
import { plainFailure } from "./plain-failure.ts";
import { interruption } from "./serve-until-interrupted.ts";
import { softwareVersion } from "./version.ts";

interface DeskOptions extends FolderOptions {
  readonly host?: string;
  readonly port?: number;
  readonly url?: string;
  readonly openPages?: true;
  readonly watch: boolean;
}

interface InviteOptions extends FolderOptions {
  readonly as: string;
  readonly role: string;
  readonly unit?: readonly string[];
  readonly url?: string;
}

const HOST = "127.0.0.1";
const PORT = 4180;
const PORTS_TRIED = 20;
/** The account that the first start invites. */
const FIRST_ADMIN = "quan-tri";

/** `desk`: the web door, where units send their reports and the office follows them. */
export function define(command: Command, context: Context): void {
  command
    .option("--host <host>", `address to listen on (default: ${HOST})`)
    .option("--port <port>", "port to listen on", portArgument)
    .option(
      "--url <url>",
      "under which people reach it, such as https://chitieu.langson.gov.vn behind nginx",
    )
    .option("--open-pages", "show the report pages without log-in; never those for the city")
    .option("--no-watch", "neither watch the inbox nor keep marts and pages up to date")
    .enablePositionalOptions()
    .action(async (options: DeskOptions) => runDesk(options, context))
    .addCommand(inviteCommand(context));
}

function inviteCommand(context: Context): Command {
  return newCommand("invite", "invite somebody to an account, by a one-time link that is printed")
    .argument("<name>", "with which the account logs in: small letters, figures, dots, dashes")
    .requiredOption("--as <name>", "how the person or the post is called on pages")
    .requiredOption("--role <role>", `one of ${Object.keys(ROLES).join(", ")}`)
    .option(
      "--unit <code...>",
      "of a clerk: codes of the units, as chitieu status --unit knows them",
    )
    .option("--url <url>", "under which people reach the desk")
    .action(async (name: string, options: InviteOptions) => {
      if (!isRole(options.role)) {
        throw new Failure(`"${options.role}" is none of ${Object.keys(ROLES).join(", ")}.`, {
          exitCode: 2,
        });
      }
      const paths = warehousePaths(options.warehouse);
      const units = await knownUnits(options, paths);
      const codes = (options.unit ?? []).map((code) => chooseUnit(units, code).office_code);
      const accounts = new Accounts(deskFolder(paths));
      const secret = await accounts.invite(
        { name, shownName: options.as, role: options.role, units: codes },
        new Date(),
      );
      const origin = originOf(options.url) ?? `http://${HOST}:${PORT}`;
      context.out(invitationLink({ origin: () => origin }, name, secret));
    });
}

/** The units that the office knows; none are asked for where none are named. */
async function knownUnits(
  { sources, unit }: InviteOptions,
  paths: WarehousePaths,
): Promise<readonly OfficeUnit[]> {
  if (unit === undefined) return [];
  await mkdir(paths.archive, { recursive: true });
  const catalogue = readCatalogue(sources);
  return (await readStatus({ paths, catalogue, plan: null, period: null })).units;
}

function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

async function runDesk(options: DeskOptions, context: Context): Promise<void> {
  const paths = warehousePaths(options.warehouse);
  const stated = originOf(options.url);
  const host = options.host ?? HOST;
  if (stated === null && !isLoopback(host)) {
    throw new Failure(
      `On ${host} others reach the desk, and passwords with it. Say with --url under which address, best https behind nginx (docs/operating.md).`,
      { exitCode: 2 },
    );
  }
  await mkdir(paths.archive, { recursive: true });
  const receipts = new Receipts(paths);
  const isDemonstration = await receipts.isDemonstration();
  const onFailure = (error: unknown): void => void say(context, paths, error);
  const office = new Office(
    { sources: options.sources, paths, softwareVersion: softwareVersion(), isDemonstration },
    onFailure,
  );
  await office.start();
  const folder = deskFolder(paths);
  let origin = stated ?? "";
  const desk: Desk = {
    office,
    accounts: new Accounts(folder),
    sessions: new Sessions(folder),
    acts: new ActLog(folder),
    receipts,
    drafts: new Drafts(folder),
    paths,
    css: await styleOfDesk(),
    script: await readFile(servedFile("desk.js"), "utf8"),
    isDemonstration,
    onFailure,
    origin: () => origin,
  };
  await desk.sessions.clear(new Date());
  const server = await serveDesk(desk, {
    host,
    port: options.port ?? PORT,
    portsTried: options.port === undefined ? PORTS_TRIED : 1,
    site: paths.site,
    citySite: () => (existsSync(paths.citySite) ? paths.citySite : null),
    arePagesOpen: options.openPages === true,
    names: stated === null ? [] : [new URL(stated).hostname],
  });
  if (stated === null) origin = server.url;
  const watch = options.watch ? startWatch(options, context) : null;
  if ((await desk.accounts.list()).length === 0) {
    const facts = { name: FIRST_ADMIN, shownName: "Quản trị", role: "admin", units: [] } as const;
    const secret = await desk.accounts.invite(facts, new Date());
    context.out(
      `There is no account yet. The administrator chooses a password here, within seven days:\n${invitationLink(desk, FIRST_ADMIN, secret)}`,
    );
  }
  context.out(`${stated ?? server.url}/ban-lam-viec/  (Ctrl-C ends it)`);
  await interruption();
  await server.close();
  await office.close();
  await watch?.end();
}

/** What `--url` says, without a slash at the end; null where it says nothing. */
function originOf(url: string | undefined): string | null {
  if (url === undefined) return null;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.pathname !== "/") {
    throw new Failure(`"${url}" is no address such as https://chitieu.langson.gov.vn.`, {
      exitCode: 2,
    });
  }
  return parsed.origin;
}

async function say(context: Context, paths: WarehousePaths, error: unknown): Promise<void> {
  const plain = await plainFailure(error, paths).catch(() => error);
  context.warn(plain instanceof Error ? plain.message : String(plain));
}

/**
 * Keeps marts and pages up to date in a process of its own: it reads the ledger while this one writes
 * it, which two connections within one process must not.
 */
function startWatch(
  { sources, warehouse }: FolderOptions,
  context: Context,
): { end(): Promise<void> } {
  const args = ["watch", "--sources", sources, "--warehouse", warehouse];
  const child = spawn(process.execPath, [process.argv[1] ?? "", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  createInterface({ input: child.stdout }).on("line", (line) => context.out(`watch: ${line}`));
  createInterface({ input: child.stderr }).on("line", (line) => context.warn(`watch: ${line}`));
  const ended = new Promise<void>((resolve) => {
    child.on("close", (code) => {
      if (code !== 0 && code !== null) {
        context.warn(`the watch ended with ${code}; marts and pages stay as they are`);
      }
      resolve();
    });
  });
  return {
    end: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** The colours and distances of the report pages, and what the desk makes of them. */
async function styleOfDesk(): Promise<string> {
  // a release has them beside its code
  const packed = new URL("../tokens.css", import.meta.url);
  const tokens = existsSync(packed)
    ? packed
    : new URL("../../reports/pages/look/tokens.css", import.meta.url);
  const files = [tokens, servedFile("desk.css")];
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.join("\n");
}

function servedFile(name: string): URL {
  return new URL(`../../reports/serving/${name}`, import.meta.url);
}
