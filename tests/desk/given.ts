import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { ActLog } from "../../pipelines/desk/kept/act-log.ts";
import { type Running, start } from "../cli/run.ts";
import { newFolder } from "../folders.ts";
import { newWorld, type World, wholeCsvOf, worldIn } from "../intake/given.ts";

export const PASSWORD = "cây đa bến nước";

/** A desk that runs in a process of its own, over a made-up plan of 2024. */
export interface GivenDesk {
  readonly world: World;
  readonly running: Running;
  /** `http://127.0.0.1:41880` */
  readonly url: string;
  /** The one-time link that the first start printed. */
  readonly firstLink: string;
}

/** A place where nothing is yet. */
export function emptyWorld(): World {
  const folder = newFolder();
  const sources = join(folder, "sources");
  mkdirSync(sources);
  return worldIn(folder, sources, newWorld().catalogue);
}

export async function startDesk(world = newWorld("2024"), ...more: string[]): Promise<GivenDesk> {
  const desk = await runDesk(world, ...more);
  onTestFinished(() => stopDesk(desk));
  return desk;
}

/** A desk that its tests stop themselves, when the last of them is done. */
export async function runDesk(world = newWorld("2024"), ...more: string[]): Promise<GivenDesk> {
  const folders = ["--sources", world.sources, "--warehouse", world.paths.folder];
  const port = more.some((one) => one.startsWith("--port")) ? [] : ["--port", "0"];
  const running = start(["desk", "--no-watch", ...port, ...folders, ...more]);
  let output = "";
  const isReady = /(https?:\/\/[\w.:-]+)\/ban-lam-viec\/ {2}\(Ctrl-C/;
  await new Promise<void>((resolve, reject) => {
    running.child.stdout?.on("data", (text: string) => {
      output += text;
      if (isReady.test(output)) resolve();
    });
    void running.ended.then(({ err }) => reject(new Error(`the desk ended: ${err}`)));
  });
  return {
    world,
    running,
    url: isReady.exec(output)?.[1] ?? "",
    firstLink: /http\S+\/loi-moi\/\S+/.exec(output)?.[0] ?? "",
  };
}

export async function stopDesk({ running }: GivenDesk): Promise<void> {
  running.child.kill("SIGTERM");
  await running.ended;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Uint8Array;
  /** Where it leads, empty where nowhere. */
  readonly location: string;
}

/** The page of a form that says what it showed: where a test does not say what that was it is opened first. */
const FORM_PAGE =
  /^.*\/(?:(?:nhap|bao-cao-don-vi)\/[^/]+\/[^/]+\/[^/]+|bao-cao\/[^/]+\/[^/]+|nguyen-nhan\/.+|ke-hoach\/[^/]+\/xem-truoc)/;

/** A browser as far as it matters: it keeps a cookie and sends the fields of a page's forms. */
export class Browser {
  /** The address of the desk, without a path. */
  readonly url: string;
  cookie = "";
  /** The mark of the forms of the page that was read last, and what they stand on. */
  token = "";
  basis = "";

  constructor(url: string) {
    this.url = new URL(url).origin;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, { headers });
  }

  async post(
    path: string,
    fields: Record<string, string | File | readonly (string | File)[]>,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const page = FORM_PAGE.exec(path)?.[0];
    if (page !== undefined && !("basis" in fields)) await this.get(page);
    const form = new FormData();
    for (const [name, value] of Object.entries({
      _token: this.token,
      basis: this.basis,
      ...fields,
    })) {
      for (const one of Array.isArray(value) ? value : [value]) form.append(name, one);
    }
    return this.#send(path, { method: "POST", body: form, headers });
  }

  /** What a page says, without its marks. */
  async words(path: string): Promise<string> {
    return wordsOf(await this.get(path));
  }

  /** Goes on to where an answer leads. */
  async follow(answer: Answer): Promise<Answer> {
    return this.get(answer.location === "" ? "nowhere" : answer.location);
  }

  async logIn(
    name: string,
    password = PASSWORD,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const fields = { name, password, next: "/ban-lam-viec/" };
    return this.post("/ban-lam-viec/dang-nhap", fields, headers);
  }

  async #send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(new URL(path, this.url), {
      redirect: "manual",
      ...init,
      headers: { ...(this.cookie === "" ? {} : { cookie: this.cookie }), ...init.headers },
    });
    for (const one of response.headers.getSetCookie()) this.cookie = one.split(";", 1)[0] ?? "";
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    this.token = /name="_token" value="([^"]+)"/.exec(text)?.[1] ?? this.token;
    this.basis = /name="basis" value="([^"]+)"/.exec(text)?.[1] ?? this.basis;
    const { status, headers } = response;
    return { status, headers, text, bytes, location: headers.get("location") ?? "" };
  }
}

/** What a page says, without its marks. */
export function wordsOf({ text }: Pick<Answer, "text">): string {
  return text
    .replace(/<head>[\s\S]*?<\/head>/, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .trim();
}

/** What a page says that whoever approves has seen. */
export function approvalOf({ text }: Answer): Record<string, string> {
  return Object.fromEntries(
    ["substance", "basis"].map((name) => [
      name,
      new RegExp(`name="${name}" value="(\\w+)"`).exec(text)?.[1] ?? "",
    ]),
  );
}

/** An answer has a status, and says something. */
export function expectSaid(answer: Answer, status: number, words: string | RegExp): void {
  const says =
    typeof words === "string" ? expect.stringContaining(words) : expect.stringMatching(words);
  expect([answer.status, wordsOf(answer)]).toEqual([status, says]);
}

/** An administrator who has taken up the first link. */
export async function administrator({
  url,
  firstLink,
}: Pick<GivenDesk, "url" | "firstLink">): Promise<Browser> {
  const browser = new Browser(url);
  await browser.post(new URL(firstLink).pathname, { password: PASSWORD, again: PASSWORD });
  await browser.get("/ban-lam-viec/tai-khoan");
  return browser;
}

/** Somebody whom the administrator has invited, and who has chosen a password. */
export async function invited(
  admin: Browser,
  role: string,
  name: string,
  { shown_name = name, units = [] }: { shown_name?: string; units?: readonly string[] } = {},
): Promise<Browser> {
  const answer = await admin.post("/ban-lam-viec/tai-khoan", { name, role, shown_name, units });
  const link = /\/ban-lam-viec\/loi-moi\/[\w./-]+/.exec(answer.text)?.[0];
  if (link === undefined) throw new Error(`no link: ${wordsOf(answer)}`);
  const browser = new Browser(admin.url);
  await browser.post(link, { password: PASSWORD, again: PASSWORD });
  await browser.follow(await browser.get("/ban-lam-viec/"));
  return browser;
}

/** The log of acts of a desk, a line each, the latest first. */
export async function actsAt(desk: string): Promise<string> {
  const log = new ActLog(desk);
  const lines = await Promise.all((await log.months()).map((month) => log.of(month)));
  return lines.flatMap((month) => month.map((one) => JSON.stringify(one))).join("\n");
}

/** A long CSV file of the made-up plan, for a form to upload. */
export function csvFile(name: string, lines: readonly string[]): File {
  return new File([wholeCsvOf(lines)], name);
}

/**
 * What the fields of a form hold, as a browser would send them.
 * @param look the class of the form; by default that of a plan's
 */
export function fieldsOf(
  { text }: Pick<Answer, "text">,
  look = "plan entry",
): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const unescaped = (html: string): string =>
    html
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
  const add = (name: string, value: string): void => {
    if (name !== "") found[unescaped(name)] = [...(found[unescaped(name)] ?? []), unescaped(value)];
  };
  const form =
    new RegExp(`<form method="post"[^>]*class="${look}".*?</form>`, "s").exec(text)?.[0] ?? "";
  for (const [tag = ""] of form.matchAll(/<input[^>]*>/g)) {
    const attribute = (what: string): string =>
      new RegExp(` ${what}="([^"]*)"`).exec(tag)?.[1] ?? "";
    const isTick = /type="(checkbox|radio)"/.test(tag);
    if (!isTick || / checked/.test(tag)) add(attribute("name"), attribute("value"));
  }
  for (const [, tag = "", value = ""] of form.matchAll(
    /<textarea([^>]*)>\n?([^<]*)<\/textarea>/g,
  )) {
    add(/ name="([^"]*)"/.exec(tag)?.[1] ?? "", value);
  }
  for (const [, tag = "", options = ""] of form.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) {
    const chosen =
      /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
    add(/ name="([^"]*)"/.exec(tag)?.[1] ?? "", chosen?.[1] ?? "");
  }
  return found;
}
