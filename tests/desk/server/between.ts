import { expect, onTestFinished } from "vitest";
import { Office } from "../../../pipelines/desk/office/office.ts";
import { buildMarts } from "../../../pipelines/models/build-marts.ts";
import { publishReport } from "../../../pipelines/publishing/publish.ts";
import { csvOf, newWorld, open, type World, withPlans } from "../../intake/given.ts";
import { planHead, planMeasure, planPeriod } from "../../plan-parts.ts";
import { systemAt } from "../api/given.ts";
import { type Answer, approvalOf, Browser, fieldsOf, wordsOf } from "../given.ts";
import { serveOffice } from "./served.ts";

/** Wards that are all alike, so that each case has one of its own in one office. */
const WARDS = Array.from({ length: 40 }, (_, at) => String(at + 1).padStart(2, "0"));
const quarter = (position: number, from: string, to: string) =>
  planPeriod("quarter", [`Q${position}`, `Quý ${position}`], position, [from, to, to]);

/** A plan in which a department reports a sensitive count of each ward. */
const PLAN = {
  ...planHead("thu", "1/KH-UBND", "Kế hoạch thử", "2024-01-01"),
  units: [
    { code: "CA", item: 1, name: "Công an", short_name: "CA" },
    { code: "UB", item: 2, name: "UBND {area}", short_name: "UB {area}", each_area: true },
  ],
  periods: [quarter(1, "2024-01-01", "2024-03-31"), quarter(2, "2024-04-01", "2024-06-30")],
  measures: [
    planMeasure("people", "Số người", "UB", "last"),
    planMeasure("reached", "Số người được tuyên truyền", "UB", "sum", { at_most: "people" }),
    planMeasure("cases", "Số vụ", "CA", "sum", { by_area: true, sensitive: true }),
  ],
  indicators: [
    {
      ...{ code: "1.1", group: "1", name: "Được tuyên truyền", short_name: "Tuyên truyền" },
      ...{ quote: "Ít nhất 30% người được tuyên truyền", unit_of_measure: "%" },
      value: { kind: "ratio", numerator: ["reached"], denominator: ["people"] },
      target: { comparator: ">=", value: 30, pace: "none" },
    },
  ],
};

/** What a ward reports: the people leap from 100 to 900, which is asked about. */
const OF_WARD = { Q1: { people: "100", reached: "20" }, Q2: { people: "900", reached: "40" } };
type Period = keyof typeof OF_WARD;

export const linesOf = (ward: string, period: Period, more = 0): string[] =>
  Object.entries(OF_WARD[period]).map(
    ([measure, value]) => `UB-${ward},${period},,${measure},${Number(value) + more},`,
  );
/** What the department reports: another small count of each ward each time, and never the same file. */
const casesOf = (period: Period, time: number): string[] =>
  WARDS.map((ward, at) => {
    const cases = at === 0 ? 100 + time : 1 + ((at + time) % 4);
    return `CA,${period},${ward},cases,${cases},`;
  });

export async function takeIn(world: World, lines: readonly string[]): Promise<void> {
  const now = new Date();
  await open(world, async (intake) => {
    const content = { bytes: Buffer.from(csvOf(lines)) };
    const taken = await intake.ingest({ file: "a.csv", content, receivedAt: now, recordedAt: now });
    if (taken instanceof Error || taken.outcome !== "accepted") throw new Error("not taken in");
  });
}

/** So that everything that comes is another. */
let times = 0;
const next = (): number => {
  times += 1;
  return times;
};

const isPublished = new WeakSet<World>();

/** What comes between, by others: of another unit, of the same ward, and what is made of it. */
export const BETWEEN = {
  intake: ({ world }) => takeIn(world, casesOf("Q2", next())),
  build: ({ world }) => buildMarts({ ...world, asOf: null }).then(() => undefined),
  publication: async ({ world }) => {
    await takeIn(world, casesOf("Q1", next()));
    const [plan] = world.catalogue.plans;
    const period = plan?.plan.periods[0];
    if (plan === undefined || period === undefined) throw new Error("no plan");
    await publishReport({
      ...{ ...world, plan, period, asOf: null, publishedAt: new Date(), softwareVersion: "test" },
      ...{ class: isPublished.has(world) ? "late" : "first", reason: "–", isFinal: false },
      ...{ acknowledge: true, force: true, formats: ["csv"] },
    });
    isPublished.add(world);
  },
  correction: ({ world }) => takeIn(world, casesOf("Q1", next())),
  "correction of the same ward": ({ world, ward }) => takeIn(world, linesOf(ward, "Q2", next())),
} satisfies Record<string, (one: { world: World; ward: string }) => Promise<void>>;
export type Between = keyof typeof BETWEEN;

/** Somebody at the desk, and what of it comes between two turns. */
export interface Visit {
  readonly world: World;
  readonly ward: string;
  readonly clerk: Browser;
  readonly staff: Browser;
  readonly leader: Browser;
  readonly key: ReturnType<typeof systemAt>;
  /** Lets happen what comes between, where it does. */
  pause(): Promise<void>;
}

/** Wards of an office in which each has reported for the first quarter. */
export async function wardWorld(wards = WARDS.length) {
  const left = WARDS.slice(0, wards);
  const areas = left.map((code, at) => `${at + 2},${code},Phường ${code},ward,1,,,x`);
  const head = "area_id,code,name,kind,parent_id,valid_from,valid_to,source";
  const made = newWorld("2024", [head, "1,C,Thành phố,city,,,,x", ...areas]);
  const world = withPlans(made, { thu: PLAN });
  await takeIn(
    world,
    left.flatMap((ward) => linesOf(ward, "Q1")),
  );
  await takeIn(world, casesOf("Q1", 0).slice(0, wards));
  return { world, left };
}

/** A desk over them, at which each visit is about a ward of its own. */
export async function wardDesk({
  world,
  left,
}: Awaited<ReturnType<typeof wardWorld>>): Promise<(between: Between | null) => Promise<Visit>> {
  let act: () => Promise<void> = async () => undefined;
  const settings = { ...world, softwareVersion: "test", sealKey: null };
  const office = new Office(settings, (error) => expect.fail(String(error)));
  if (left.length === WARDS.length) await buildMarts({ ...world, asOf: null });
  await office.start();
  onTestFinished(() => office.close());
  const pause = (): Promise<void> => office.read(() => act());
  const desk = await serveOffice(world.paths, isBusy(office, pause));
  return async (between) => {
    const ward = left.shift() ?? "";
    act = between === null ? async () => undefined : () => BETWEEN[between]({ world, ward });
    const somebody = async (role: "clerk" | "staff" | "leader", units: string[] = []) => {
      const name = `${role}.${ward}`;
      const facts = { name, shownName: role, role, units };
      await desk.accounts.signOn(
        { ...facts, identity: { issuer: "x", subject: name } },
        new Date(),
      );
      const browser = new Browser(desk.url);
      browser.cookie = `chitieu_phien=${await desk.sessions.begin(name, new Date())}`;
      return browser;
    };
    const facts = { name: "Trục", audience: null, perMinute: 500, mib: 1, by: "test" };
    const { secret } = await desk.keys.make({ ...facts, units: [`UB-${ward}`] }, new Date());
    return {
      ...{ world, ward, pause, key: systemAt(desk.url, secret) },
      clerk: await somebody("clerk", [`UB-${ward}`]),
      ...{ staff: await somebody("staff"), leader: await somebody("leader") },
    };
  };
}

/** The same office, in which after everything that is asked of it something else has its turn. */
function isBusy(office: Office, pause: () => Promise<void>): Office {
  const asked = new Set(["examine", "receive", "preview"]);
  return new Proxy(office, {
    get: (of, name) => {
      const value: unknown = Reflect.get(of, name, of);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        const answer: unknown = value.apply(of, given);
        // it waits until then for a turn, also between two turns of what was asked
        if (typeof name === "string" && asked.has(name))
          void pause().catch((error: unknown) => expect.fail(String(error)));
        return answer;
      };
    },
  });
}

/** What a page says, without what each ward and each moment has of its own. */
export function shownOf(answer: Pick<Answer, "text" | "status">, { ward }: Visit): string {
  const words = wordsOf(answer)
    .replaceAll(new RegExp(`(phường |Phường |UB-)${ward}\\b`, "g"), "$1#")
    .replace(/\d\d:\d\d ngày \d\d\/\d{1,2}\/\d{4}/g, "[lúc]")
    .replace(/[0-9a-f]{64}/g, "[mã]")
    .replace(/([Pp]hiếu (?:tiếp nhận )?số|số phiếu|Người gửi Số) \d+/g, "$1 #");
  return `${answer.status} ${words}`;
}

const pageOf = (ward: string): string => `/ban-lam-viec/nhap/thu/Q2/UB-${ward}`;
const typed = Object.fromEntries(
  Object.entries(OF_WARD.Q2).map(([measure, value]) => [`so:["${measure}",""]`, value]),
);
const hidden = ({ text }: Answer) =>
  Object.fromEntries(
    ["basis", "saved_at", "seen"].map((name) => [
      name,
      new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "",
    ]),
  );

/** Opens a page once what was sent is compared with the rest. */
async function whenKnown(browser: Browser, path: string): Promise<Answer> {
  for (;;) {
    const page = await browser.get(path);
    if (!page.headers.has("refresh")) return page;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Turns of somebody at the desk, and what he is shown by each. */
export const TURNS = {
  "a clerk checks a form": async (visit) => {
    const { clerk, ward, pause } = visit;
    const page = await clerk.get(pageOf(ward));
    await pause();
    const checked = await clerk.post(pageOf(ward), { ...hidden(page), act: "kiem-tra", ...typed });
    await pause();
    return [page, checked, await clerk.get(pageOf(ward))];
  },
  "a clerk sends a form": async (visit) => {
    const { clerk, ward, pause } = visit;
    const page = await clerk.get(pageOf(ward));
    await pause();
    const asked = await clerk.post(pageOf(ward), { ...hidden(page), act: "gui", ...typed });
    await pause();
    const sent = await clerk.post(pageOf(ward), { ...hidden(asked), act: "gui", ...typed });
    await pause();
    if (sent.location === "") return [page, asked, sent];
    const receipt = await whenKnown(clerk, sent.location);
    return [page, asked, receipt, await clerk.get("/ban-lam-viec/viec")];
  },
  "a clerk sends a file": async ({ clerk, ward, pause }) => {
    await clerk.get("/ban-lam-viec/viec");
    await pause();
    const file = new File([csvOf(linesOf(ward, "Q2"))], "q2.csv");
    const sent = await clerk.post("/ban-lam-viec/gui", { file });
    await pause();
    return [await whenKnown(clerk, sent.location), await clerk.get("/ban-lam-viec/viec")];
  },
  "staff send a file of a ward, and a leader reads its receipt": async (visit) => {
    const { staff, leader, ward, pause } = visit;
    await staff.get("/ban-lam-viec/theo-doi");
    const file = new File([csvOf(linesOf(ward, "Q2"))], "q2.csv");
    const { location } = await staff.post("/ban-lam-viec/gui", { file });
    await pause();
    const receipt = await whenKnown(staff, location);
    await pause();
    return [receipt, await leader.get(location), await staff.get(ofWard(visit))];
  },
  "staff draft a plan, and drop it": async (visit) => {
    const { staff, pause } = visit;
    const at = await begunDraft(visit);
    await pause();
    const page = await staff.get(at);
    await pause();
    const shown = [page, await staff.get(at), await staff.post(at, { ...hidden(page), act: "bo" })];
    return shown.map((one) => ({ ...one, text: one.text.replace(/Phường \d\d;/g, "") }));
  },
  "a system sends a report": async ({ key, ward, pause }) => {
    const readings = Object.entries(OF_WARD.Q2).map(([measure, value]) => ({ measure, value }));
    const reports = [{ plan: "thu", unit: `UB-${ward}`, period: "Q2", readings }];
    const sent = await key.send({ reports });
    await pause();
    for (;;) {
      const receipt = await key.ask(`/api/receipts/${sent.body.receipt}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (!receipt.body.is_compared) continue;
      const told = [sent.body, receipt.body].map((one) => ({
        ...one,
        receipt: 0,
        received_at: "",
      }));
      const text = JSON.stringify([told, (await key.ask("/api/reports")).body]);
      return [{ text: text.replace(/chitieu_\w+|\w{10}\.json|"\d{4}-[^"]*"/g, "#"), status: 200 }];
    }
  },
} satisfies Record<string, (visit: Visit) => Promise<readonly Pick<Answer, "text" | "status">[]>>;
export type Turn = keyof typeof TURNS;

const REPORT = "/ban-lam-viec/bao-cao/thu/Q2";
const TEXTS = "/ban-lam-viec/nguyen-nhan/thu/Q2";
const OVERDUE = "/ban-lam-viec/don-doc";
const SUBMITTED = { act: "trinh", class: "first", reason: "Định kỳ", lets_stand: "1" };
const ofWard = ({ ward }: Visit): string => `/ban-lam-viec/bao-cao-don-vi/thu/Q2/UB-${ward}`;
const sameWard = (visit: Visit): Promise<void> => BETWEEN["correction of the same ward"](visit);

/** A draft of a change of the plan: where its preview is. */
async function begunDraft({ staff }: Visit): Promise<string> {
  await staff.get("/ban-lam-viec/ke-hoach");
  const fields = { from: "sua", plan: "thu", page: "xem-truoc" };
  return (await staff.post("/ban-lam-viec/ke-hoach", fields)).location;
}

/**
 * What somebody decides on a page: how he comes to it, what another does meanwhile, and what he sends then.
 */
export const DECISIONS: Readonly<
  Record<
    string,
    {
      readonly open: (visit: Visit) => Promise<Answer>;
      readonly meanwhile: (visit: Visit) => Promise<unknown>;
      readonly send: (visit: Visit, page: Answer) => Promise<Answer>;
    }
  >
> = {
  "a clerk sends a form, and a colleague has sent a file": {
    open: ({ clerk, ward }) => clerk.get(pageOf(ward)),
    meanwhile: sameWard,
    send: ({ clerk, ward }, page) =>
      clerk.post(pageOf(ward), { ...hidden(page), act: "luu", ...typed }),
  },
  "staff submit a report, and a colleague has saved another draft": {
    open: ({ staff }) => staff.get(REPORT),
    meanwhile: async (visit) => {
      await visit.leader.get(REPORT);
      const { staff } = visit;
      await staff.post(REPORT, { ...SUBMITTED, act: "luu", reason: `Lần ${next()}` });
    },
    send: ({ staff }, page) => staff.post(REPORT, { ...SUBMITTED, ...hidden(page) }),
  },
  "a leader approves a report, and a file has come": {
    open: async ({ staff, leader }) => {
      await staff.get(REPORT);
      await staff.post(REPORT, SUBMITTED);
      return leader.get(REPORT);
    },
    meanwhile: sameWard,
    send: ({ leader }, page) =>
      leader.post(`${REPORT}/duyet`, { ...approvalOf(page), version: "1" }),
  },
  "staff send a report back, and another has come": {
    open: async (visit) => {
      await TURNS["a clerk sends a file"](visit);
      return visit.staff.get(ofWard(visit));
    },
    meanwhile: sameWard,
    send: (visit, page) => {
      const fields = { ...hidden(page), said: "Bổ sung", day: "" };
      return visit.staff.post(`${ofWard(visit)}/tra-lai`, fields);
    },
  },
  "staff submit a plan, and a colleague has saved it": {
    open: async (visit) => visit.staff.get(await begunDraft(visit)),
    meanwhile: async (visit) => {
      const at = await begunDraft(visit);
      await visit.staff.post(at.replace("xem-truoc", "can-cu"), {
        ...fieldsOf(await visit.staff.get(at.replace("xem-truoc", "can-cu"))),
        ...{ title: `Kế hoạch ${next()}`, act: "luu" },
      });
    },
    send: async (visit, page) =>
      visit.staff.post(await begunDraft(visit), { ...hidden(page), act: "bo" }),
  },
  "staff write causes, and a colleague has": {
    open: ({ staff }) => staff.get(TEXTS),
    meanwhile: async ({ staff }) => {
      await staff.get(TEXTS);
      await staff.post(TEXTS, { "cause:1.1": `Do mưa ${next()}.` });
    },
    send: ({ staff }, page) => staff.post(TEXTS, { ...hidden(page), "cause:1.1": "Thiếu người." }),
  },
  "staff note that a unit was reminded, and its report has come": {
    open: async ({ staff, ward }) => {
      await staff.get(OVERDUE);
      return staff.post(OVERDUE, { unit: [`UB-${ward}`, "UB-40"] });
    },
    meanwhile: sameWard,
    send: ({ staff, ward }, page) =>
      staff.post(`${OVERDUE}/ghi-nhan`, { ...hidden(page), unit: [`UB-${ward}`, "UB-40"] }),
  },
};
