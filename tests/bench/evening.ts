import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Accounts } from "../../pipelines/desk/accounts/accounts.ts";
import { entryKey } from "../../pipelines/forms/filling.ts";
import { filledForm } from "../../pipelines/forms/form-workbook.ts";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { readyBundle } from "../../pipelines/site/bundle.ts";
import { BUNDLES, findWorkspace } from "../../pipelines/site/workspace.ts";
import { pack } from "../../pipelines/workbook/zip.ts";
import { type Running, start } from "../cli/run.ts";
import { Browser } from "../desk/given.ts";
import { newWorld, type World } from "../intake/given.ts";
import { peakMemory } from "./memory.ts";

/**
 * The evening of the deadline at the desk: as many accounts as wards, each of which logs in, looks at
 * what it owes, opens its form to type and sends it as a file; a sixth send a wrong one first, a few a
 * file that is meant to hurt, and others read pages meanwhile. The desk is killed in between and started
 * again. What it has acknowledged must be in the ledger, once. Afterwards the same accounts send more and
 * more forms a second until a queue grows, and as many are taken in by one batch in another office.
 * Arguments: accounts, 300 without them; minutes, 5; kills, 3; processes that keep a core busy, 2.
 */
export async function run(args: readonly string[]): Promise<boolean> {
  const [accounts = 300, minutes = 5, kills = 3, busy = 2] = args.map(Number);
  const VIEWS_A_MINUTE = 1000;
  const WRONG = Math.round(accounts / 6);
  const HOSTILE = 5;
  const PASSWORD = "cây đa bến nước";
  /** So long each rate is held, and a queue of what comes in so many seconds grows. */
  const [STEP_SECONDS, WAITING_SECONDS] = [10, 2];
  /** Within so many milliseconds 95 of 100 are answered. */
  const ASKED_MS: Readonly<Record<string, number>> = { "form to type": 1000, "send a form": 5000 };

  const took: Record<string, number[]> = {};
  let repeated = 0;
  /** In MiB, the most that a desk's own process had. */
  let desksMemory = 0;
  const logged: Browser[] = [];
  /** Report pages by the status of their answers; 0: none came, as while the desk is killed. */
  const pages = new Map<number, number>();

  async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const result = await work();
    took[what] = [...(took[what] ?? []), performance.now() - begun];
    return result;
  }

  /** Does something until the desk answers, as a person would who reads that it was not received. */
  async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch {
        repeated += 1;
        await sleep(1000);
      }
    }
  }

  function world(): World {
    const wards = Array.from(
      { length: accounts },
      (_, index) => `${index + 2},${code(index)},Phường ${index + 1},ward,1,,,made up`,
    );
    const head = "area_id,code,name,kind,parent_id,valid_from,valid_to,source";
    return newWorld("2024", [head, "1,C,Thành phố,city,,,,made up", ...wards]);
  }

  function code(index: number): string {
    return String(index + 1).padStart(3, "0");
  }

  /** A desk of its own process, with the watch that keeps its pages, on the same port after each kill. */
  async function open({ sources, paths }: World, port: number): Promise<[Running, string]> {
    const folders = ["--sources", sources, "--warehouse", paths.folder];
    const running = start(["desk", "--open-pages", "--port", String(port), ...folders]);
    const url = await new Promise<string>((resolve, reject) => {
      let output = "";
      running.child.stdout?.on("data", (text: string) => {
        output += text;
        const found = /(http:\/\/[\w.:]+)\/ban-lam-viec\/ {2}\(Ctrl-C/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
      void running.ended.then(({ err }) => reject(new Error(`the desk ended: ${err}`)));
    });
    return [running, url];
  }

  /** A workbook that unpacks to a hundred times the size of anything a form holds. */
  function bomb(index: number): Uint8Array {
    return pack([["xl/worksheets/sheet1.xml", new Uint8Array(300_000_000 + index)]], 6);
  }

  const office = world();
  const [plan] = office.catalogue.plans;
  const period = plan?.plan.periods.find((one) => one.code === "Q2");
  if (plan === undefined || period === undefined) throw new Error("no plan");
  console.log(`${accounts} accounts are made`);
  const kept = new Accounts(office.paths.desk);
  const first = { name: "mau", shownName: "mau", role: "clerk", units: ["UB-001"] } as const;
  const invited = await kept.invited("mau", await kept.invite(first, new Date()), new Date());
  if (invited === null) throw new Error("no account");
  // to digest a password takes as long as a form
  const account = await kept.takeUp(invited, PASSWORD);
  for (let index = 0; index < accounts; index += 1) {
    const name = `phuong-${code(index)}`;
    const own = { ...account, name, shown_name: name, units: [`UB-${code(index)}`] };
    writeFileSync(join(office.paths.desk, "accounts", `${name}.json`), JSON.stringify(own));
  }
  for (const bundle of BUNDLES) await readyBundle(findWorkspace(office.paths.folder), bundle);
  let [desk, url] = await open(office, 0);
  const port = Number(new URL(url).port);
  const spinning = Array.from({ length: busy }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
  );
  const end = Date.now() + minutes * 60_000;

  /** sha256 of what was acknowledged, and with which outcome the receipt says. */
  const acknowledged = new Map<string, number>();
  const hostile = Array.from({ length: HOSTILE }, (_, index) => bomb(index));

  async function formOf(index: number, people: string): Promise<Uint8Array> {
    const unit = plan?.units.find((one) => one.code === `UB-${code(index)}`);
    if (plan === undefined || period === undefined || unit === undefined)
      throw new Error("no unit");
    const values = new Map([[entryKey("people"), people]]);
    return filledForm(plan, unit, period, { nilReturn: false, values, notes: new Map() });
  }

  async function clerk(index: number): Promise<void> {
    await sleep(Math.random() * minutes * 60_000 * 0.9);
    const browser = new Browser(url);
    logged[index] = browser;
    await timed("log in", () =>
      untilAnswered(() => browser.logIn(`phuong-${code(index)}`, PASSWORD)),
    );
    await timed("what is owed", () => untilAnswered(() => browser.get("/ban-lam-viec/viec")));
    const toType = `/ban-lam-viec/nhap/${plan?.plan.id}/Q2/UB-${code(index)}`;
    const typed = await timed("form to type", () => untilAnswered(() => browser.get(toType)));
    if (typed.status !== 200) throw new Error(`${toType} is ${typed.status}`);
    const files = [
      ...(index < WRONG ? [await formOf(index, "khoảng 40")] : []),
      ...hostile.slice(index, index + 1),
      await formOf(index, String(index + 1)),
    ];
    for (const bytes of files) {
      await untilAnswered(async () => {
        const file = new File([Buffer.from(bytes)], "bieu.xlsx");
        const answer = await timed(
          hostile.includes(bytes) ? "send what hurts" : "send a form",
          () => browser.post("/ban-lam-viec/gui", { file }),
        );
        if (answer.status === 503) throw new Error("not received");
        if (answer.status !== 303)
          throw new Error(`${answer.status}: ${answer.text.slice(0, 200)}`);
        const receipt = await browser.follow(answer);
        if (receipt.status !== 200) throw new Error("no receipt");
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        acknowledged.set(sha256, (acknowledged.get(sha256) ?? 0) + 1);
      });
    }
  }

  /** Asks for a page and lets it go by: to unpack and read it is the work of another machine. */
  async function look(): Promise<number> {
    const headers = { "accept-encoding": "gzip" };
    const [answer] = (await once(request(url, { headers }).end(), "response")) as [IncomingMessage];
    for await (const _ of answer);
    return answer.statusCode ?? 0;
  }

  async function views(): Promise<void> {
    while (Date.now() < end) {
      void timed("view a page", async () => {
        const status = await look();
        pages.set(status, (pages.get(status) ?? 0) + 1);
      }).catch(() => pages.set(0, (pages.get(0) ?? 0) + 1));
      await sleep(60_000 / VIEWS_A_MINUTE);
    }
  }

  async function killer(): Promise<void> {
    for (let count = 0; count < kills; count += 1) {
      await sleep((minutes * 60_000 * 0.9) / (kills + 1));
      desksMemory = Math.max(desksMemory, peakMemory(desk.child.pid));
      desk.child.kill("SIGKILL");
      await desk.ended;
      [desk] = await open(office, port);
    }
  }

  /** @returns how many forms a second are more than the desk answers */
  async function risingRate(): Promise<number> {
    for (let rate = 2; ; rate *= 2) {
      const forms = await Promise.all(
        Array.from({ length: rate * STEP_SECONDS }, (_, index) =>
          formOf(index % accounts, String(rate * 1000 + index)),
        ),
      );
      let waiting = 0;
      const sent = forms.map(async (bytes, index) => {
        await sleep((index * 1000) / rate);
        waiting += 1;
        const file = new File([Buffer.from(bytes)], "bieu.xlsx");
        await logged[index % accounts]?.post("/ban-lam-viec/gui", { file });
        waiting -= 1;
      });
      await sleep(STEP_SECONDS * 1000);
      const left = waiting;
      await Promise.all(sent);
      if (left > rate * WAITING_SECONDS) return rate;
    }
  }

  /** @returns how many forms a second go through every check into a ledger, taken in together */
  async function batch(): Promise<number> {
    const { paths, catalogue } = world();
    const now = new Date();
    const deliveries = await Promise.all(
      Array.from({ length: accounts }, async (_, index) => ({
        file: `${index}.xlsx`,
        content: { bytes: await formOf(index, String(index + 1)) },
        receivedAt: now,
        recordedAt: now,
      })),
    );
    const settings = { paths, catalogue, isDemonstration: false, softwareVersion: "bench" };
    const begun = performance.now();
    await withIntake(settings, async (intake) => {
      for await (const taken of intake.ingestAll(deliveries)) {
        if (taken instanceof Error) throw taken;
        for (const { outcome } of taken) if (outcome !== "accepted") throw new Error(outcome);
      }
    });
    return Math.round(accounts / ((performance.now() - begun) / 1000));
  }

  await Promise.all([
    views(),
    killer(),
    ...Array.from({ length: accounts }, (_, index) => clerk(index)),
  ]);
  const evening = peakMemory(desk.child.pid);
  const grows = await risingRate();
  desksMemory = Math.max(desksMemory, peakMemory(desk.child.pid));
  desk.child.kill("SIGTERM");
  await desk.ended;
  for (const one of spinning) one.kill();
  console.log(
    `the desk's process: ${evening} MiB at most, with the rising rate ${desksMemory} MiB`,
  );
  console.log(`a queue begins to grow at ${grows} forms a second; a batch takes ${await batch()}`);

  for (const [what, times] of Object.entries(took)) {
    const sorted = times.sort((one, other) => one - other);
    const at = (share: number): string =>
      (
        (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) / 1000
      ).toFixed(2);
    const asked = what in ASKED_MS ? ` (asked: ${(ASKED_MS[what] ?? 0) / 1000} s)` : "";
    console.log(
      `${what}: ${sorted.length} times, half within ${at(0.5)} s, 95 % within ${at(0.95)} s${asked}, slowest ${at(1)} s`,
    );
  }
  console.log(`report pages by status: ${JSON.stringify([...pages])} (asked: never 503)`);
  // one that was refused, and sent again since its answer was lost, is refused again
  const rows = await office.rows(
    "select sha256, count(*) filter (where outcome = 'accepted')::integer as n from receipt group by all",
  );
  const received = new Map(rows.map(({ sha256, n }) => [String(sha256), Number(n)]));
  const lost = [...acknowledged.keys()].filter((sha256) => !received.has(sha256));
  const twice = [...received].filter(([, n]) => n > 1);
  console.log(`${kills} kills; ${repeated} requests were not answered, and made again`);
  console.log(
    `acknowledged: ${acknowledged.size}; of these not in the ledger: ${lost.length} (asked: 0); accepted twice: ${twice.length} (asked: 0)`,
  );
  const wards = await office.rows("select count(distinct unit_id)::integer as n from submission");
  console.log(`wards whose form counts: ${wards[0]?.n} of ${accounts}`);
  return lost.length + twice.length === 0 && Number(wards[0]?.n) === accounts;
}
