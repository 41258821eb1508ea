import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ActLog } from "../../../pipelines/desk/kept/act-log.ts";
import { runIn } from "../../cli/run.ts";
import { causesOf, csvOf } from "../../intake/given.ts";
import {
  actsAt,
  administrator,
  type Browser,
  type GivenDesk,
  runDesk,
  stopDesk,
} from "../given.ts";
import { apiWorld, reportOf, systemAt } from "./given.ts";

// All that follows happens at one desk, in this order.
let desk: GivenDesk;
let admin: Browser;
let sender: ReturnType<typeof systemAt>;
let shared: ReturnType<typeof systemAt>;
let city: ReturnType<typeof systemAt>;
const secrets: string[] = [];

/** A key that the administrator gives at the desk. */
async function given(fields: Record<string, string>): Promise<string> {
  const limits = { per_minute: "500", mib: "1" };
  const answer = await admin.post("/ban-lam-viec/ma-truy-cap", {
    ...{ name: "Trục tích hợp", ...limits, ...fields },
  });
  const secret = /chitieu_[a-z0-9]{10}_[\w-]{43}/.exec(answer.text)?.[0] ?? "";
  secrets.push(secret);
  return secret;
}

beforeAll(async () => {
  desk = await runDesk(apiWorld());
  admin = await administrator(desk);
  sender = systemAt(desk.url, await given({ units: "UB-02" }));
  shared = systemAt(desk.url, await given({ audience: "shared" }));
  const added = await runIn(desk.world, "desk", "key", "add", "Kho dữ liệu", "--reads", "city");
  secrets.push(added.out.trim());
  city = systemAt(desk.url, added.out.trim());
});
afterAll(() => stopDesk(desk));

/** What is behind the name of a key: 43 letters, which may be underscores. */
function hiddenPart(secret: string): string {
  const [, part] = /^chitieu_[a-z0-9]{10}_([\w-]{43})$/.exec(secret) ?? [];
  if (part === undefined) throw new Error(`no key: ${secret.length} letters`);
  return part;
}

test("a key is shown once, and what is kept of it opens nothing", async () => {
  const listed = await admin.get("/ban-lam-viec/ma-truy-cap");
  const kept = readdirSync(join(desk.world.paths.desk, "keys")).map((name) =>
    readFileSync(join(desk.world.paths.desk, "keys", name), "utf8"),
  );
  const byCommand = await runIn(desk.world, "desk", "key", "list", "--json");
  expect(JSON.parse(byCommand.out)).toMatchObject([
    { name: "Kho dữ liệu", audience: "city", per_minute: 60 },
    { audience: "shared", per_minute: 500 },
    { units: ["UB-02"], audience: null },
  ]);
  for (const secret of secrets) {
    const part = hiddenPart(secret);
    for (const text of [listed.text, byCommand.out, ...kept]) expect(text).not.toContain(part);
  }
  const FAULTS: [Record<string, string>, RegExp][] = [
    [{ name: "" }, /Tên hệ thống dài/],
    [{ units: "UB-02", audience: "city" }, /làm một việc/],
    [{}, /làm một việc/],
    [{ audience: "city", per_minute: "0" }, /Số yêu cầu mỗi phút/],
    [{ audience: "city", mib: "1000" }, /Dung lượng/],
    [{ audience: "everything" }, /làm một việc/],
  ];
  for (const [fields, fault] of FAULTS) {
    const answer = await admin.post("/ban-lam-viec/ma-truy-cap", {
      ...{ name: "Trục", per_minute: "60", mib: "8", ...fields },
    });
    expect([answer.status, answer.text]).toEqual([400, expect.stringMatching(fault)]);
  }
});

test("a report comes in as JSON or CSV, with the reply that everybody gets", async () => {
  const report = reportOf("UB-02", "Q2", { people: 40, reached: 20, cases: 3, visits: null });
  const sent = await sender.send(report);
  expect([sent.status, sent.body]).toMatchObject([
    200,
    {
      result: "asked",
      receipt: 1,
      reports: [{ plan: "thu", unit: "UB-02", period: "Q2" }],
      problems: [{ severity: "doubt", code: "measures_left_out", sheet: null }],
      is_kept: true,
    },
  ]);
  expect((await sender.send(report)).body).toMatchObject({ result: "duplicate", receipt: 2 });
  const csv = await sender.send(csvOf(["UB-02,Q3,,people,gần 200,"]), "text/csv; charset=utf-8");
  expect([csv.status, csv.body]).toMatchObject([
    422,
    {
      result: "refused",
      problems: [{ severity: "error", code: "not_a_number", line: 2, cell: null }],
    },
  ]);
  const wrong = await sender.send(
    reportOf("UB-02", "Q3", { reached: -5 }),
    undefined,
    "?name=q3.json",
  );
  expect([wrong.status, wrong.body]).toMatchObject([
    422,
    {
      file: "q3.json",
      problems: [{ code: "negative", line: 1, cell: "reports[0].readings[0]" }],
    },
  ]);
  const values = { dataSet: "thu", period: "2024Q3", orgUnit: "02" };
  const dhis2 = await sender.send({
    ...values,
    dataValues: [{ dataElement: "people", value: "41" }],
  });
  expect(dhis2.body).toMatchObject({ result: "asked", reports: [{ unit: "UB-02", period: "Q3" }] });

  // what became of it, once it was compared with the others
  await expect.poll(async () => (await sender.ask("/api/receipts/5")).body.is_compared).toBe(true);
  expect((await sender.ask("/api/receipts/1")).body).toMatchObject({ result: "asked", counts: 1 });
  const owed = (await sender.ask("/api/reports")).body as Record<string, unknown>[];
  expect(owed.map(({ unit, period, submissions }) => [unit, period, submissions])).toEqual([
    ["UB-02", "Q2", 1],
    ["UB-02", "Q3", 1],
    ["UB-02", "Q4", 0],
    ["UB-02", "Y", 0],
  ]);
  const [cause] = causesOf(desk.world) as Record<string, unknown>[];
  expect(cause).toMatchObject({ way: "key", name: "Trục tích hợp", role: "Hệ thống" });
});

test("figures are those of the views of the key's audience", async () => {
  expect((await shared.ask("/api/figures")).body).toMatchObject({ code: "not_computed" });
  await runIn(desk.world, "build");
  const figures = await shared.ask("/api/figures?plan=thu&period=Q2&indicator=1.1");
  expect(figures.status).toBe(200);
  const wholes = figures.body.rows.filter((row: { area_code: string }) => row.area_code !== "01");
  expect(wholes.slice(0, 2)).toMatchObject([
    { area_code: null, numerator: "20", denominator: "40", value: "50", is_provisional: true },
    { area_code: "02", value: "50", target_value: "30", status: "met", is_withheld: false },
  ]);
  expect(figures.body.rows[0].as_of).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d/);

  const CASES = "/api/measure-figures?plan=thu&period=Q2&measure=cases";
  const valuesOf = async (system: typeof city) =>
    (await system.ask(`${CASES}&area=02`)).body.rows.map((row: Record<string, unknown>) => [
      row.area_code,
      row.value_in_period,
      row.is_withheld,
    ]);
  expect(await valuesOf(city)).toEqual([["02", "3", false]]);
  expect(await valuesOf(shared)).toEqual([["02", null, true]]);

  // a page after another
  const pages: string[][] = [];
  let next: string | null = "/api/measure-figures?plan=thu&period=Q2&limit=7";
  while (next !== null) {
    const page = await city.ask(next);
    pages.push(page.body.rows.map((row: object) => JSON.stringify(row)));
    next = page.body.next;
  }
  const whole = await city.ask("/api/measure-figures?plan=thu&period=Q2");
  expect(pages.flat()).toEqual(whole.body.rows.map((row: object) => JSON.stringify(row)));
  expect([pages.length > 2, pages.flat().length]).toEqual([true, whole.body.total]);
  expect((await city.ask("/api/figures?build=00000000")).status).toBe(409);

  // known already: nothing is sent again
  const etag = whole.headers.get("etag") ?? "";
  const again = await city.ask("/api/measure-figures?plan=thu&period=Q2", {
    headers: { "if-none-match": etag },
  });
  expect([again.status, again.text]).toEqual([304, ""]);

  for (const name of [
    "plans",
    "periods",
    "areas",
    "measures",
    "indicators",
    "status",
    "versions",
  ]) {
    const answer = await city.ask(`/api/${name}`);
    expect([name, answer.status, typeof answer.body.total]).toEqual([name, 200, "number"]);
  }
  expect((await city.ask("/api/version-figures")).body.total).toBe(0);
  expect((await city.ask("/api/version-files")).body).toEqual([]);
  const status = await shared.ask("/api/status?period=Q2&timeliness=late");
  expect(status.body.rows).toMatchObject([{ unit_code: "UB-02", submissions: 1 }]);
});

test("what units reported goes out as DHIS2 has it, without what is withheld", async () => {
  const inCity = await city.ask("/api/dataValueSets?dataSet=thu&period=2024Q2");
  const item = (orgUnit: string, dataElement: string, value: string) => ({
    ...{ dataElement, period: "2024Q2", orgUnit, value },
  });
  const own = [item("02", "people", "40"), item("02", "reached", "20")];
  expect(inCity.body).toEqual({ dataSet: "thu", dataValues: [...own, item("02", "cases", "3")] });
  const inShared = await shared.ask("/api/dataValueSets?dataSet=thu&period=Q2&orgUnit=02");
  expect(inShared.body.dataValues).toEqual(own);
});

test("a thief gets nothing, and is told why", async () => {
  const [own = ""] = secrets;
  const none = systemAt(desk.url, "");
  const report = reportOf("UB-02", "Q2", { people: 1 });
  const other = reportOf("UB-01", "Q2", { people: 1 });
  const big = `{"reports": ["${"x".repeat(1024 * 1024)}"]}`;
  const bad = own.slice(0, -1) + (own.endsWith("A") ? "B" : "A");
  const CASES: [
    what: string,
    ask: () => ReturnType<typeof none.ask>,
    status: number,
    code: string,
  ][] = [
    ["no key", () => none.send(report), 401, "no_key"],
    ["no key, a large body", () => none.send(big), 401, "wrong_key"],
    ["a wrong key", () => systemAt(desk.url, bad).send(report), 401, "wrong_key"],
    [
      "no shape of a key",
      () => systemAt(desk.url, "../../accounts/quan-tri").ask("/api/plans"),
      401,
      "wrong_key",
    ],
    ["a key in the query", () => none.ask(`/api/plans?key=${own}`), 401, "key_in_address"],
    [
      "a key in the query, escaped",
      () => none.ask(`/api/plans?key=${own.replace("_", "%5f")}`),
      401,
      "key_in_address",
    ],
    ["a key in the path", () => none.ask(`/api/${own}/plans`), 401, "key_in_address"],
    [
      "a session in place of a key",
      () => none.ask("/api/plans", { headers: { cookie: admin.cookie } }),
      401,
      "no_key",
    ],
    ["figures for a key that sends", () => sender.ask("/api/figures"), 403, "not_allowed"],
    ["a report of a key that reads", () => shared.send(report), 403, "not_allowed"],
    ["receipts for a key that reads", () => city.ask("/api/receipts/1"), 403, "not_allowed"],
    ["a receipt of nobody", () => sender.ask("/api/receipts/999"), 404, "no_such_receipt"],
    ["a receipt that is no number", () => sender.ask("/api/receipts/1'--"), 404, "no_such_address"],
    ["another audience", () => shared.ask("/api/figures?audience=city"), 400, "wrong_query"],
    ["a parameter twice", () => shared.ask("/api/figures?plan=a&plan=b"), 400, "wrong_query"],
    ...["0x10", "1e3", "%205", "05", "+5", "5.0", ""].map((limit): (typeof CASES)[number] => [
      `as many rows as ${limit}`,
      () => shared.ask(`/api/figures?limit=${limit}`),
      ...([400, "wrong_query"] as const),
    ]),
    [
      "a name of a request with a blank",
      () => sender.send(report, undefined, "", { "idempotency-key": "a b" }),
      ...([400, "wrong_request_name"] as const),
    ],
    ["too many rows", () => shared.ask("/api/figures?limit=100000"), 400, "wrong_query"],
    ["a prototype asked for", () => shared.ask("/api/figures?__proto__=1"), 400, "wrong_query"],
    ["no such address", () => shared.ask("/api/constructor"), 404, "no_such_address"],
    [
      "a file by another digest",
      () => city.ask(`/api/version-files/${"0".repeat(64)}`),
      404,
      "no_such_file",
    ],
    ["too large", () => sender.send(big), 413, "too_large"],
    ["another type", () => sender.send("a", "text/html"), 415, "other_type"],
  ];
  for (const [what, ask, status, code] of CASES) {
    const { status: got, body, headers } = await ask();
    expect([what, got, body]).toMatchObject([what, status, { status, code }]);
    if (status === 401 && code !== "wrong_key")
      expect(headers.get("www-authenticate")).toContain("Bearer");
  }
  // another unit's report is refused in the words of every other way, and tells nothing of that unit
  const refused = await sender.send(other);
  expect([refused.status, refused.body.problems]).toMatchObject([422, [{ code: "not_own_unit" }]]);
  expect((await sender.ask(`/api/figures?plan=thu' or '1'='1`)).status).toBe(403);
  expect((await shared.ask(`/api/figures?plan=thu' or '1'='1`)).body).toMatchObject({ total: 0 });
});

test("too fast waits, a revoked key ends at once, and all of it is in the log of acts", async () => {
  const slow = systemAt(desk.url, await given({ audience: "shared", per_minute: "3" }));
  const statuses = [];
  for (let asked = 0; asked < 4; asked += 1) statuses.push((await slow.ask("/api/plans")).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const sent = await slow.ask("/api/plans");
  expect([sent.body.code, Number(sent.headers.get("retry-after")) > 0]).toEqual(["too_fast", true]);

  const [, id = ""] = /chitieu_(\w{10})_/.exec(secrets.at(-1) ?? "") ?? [];
  await admin.post(`/ban-lam-viec/ma-truy-cap/${id}/thu-hoi`, {});
  expect((await slow.ask("/api/plans")).body.code).toBe("key_revoked");
  const [, ofCity = ""] = /chitieu_(\w{10})_/.exec(secrets[2] ?? "") ?? [];
  expect((await runIn(desk.world, "desk", "key", "revoke", ofCity)).code).toBe(0);
  expect((await city.ask("/api/plans")).body.code).toBe("key_revoked");
  expect((await runIn(desk.world, "desk", "key", "revoke", "nobody")).code).toBe(2);
  const listed = await runIn(desk.world, "desk", "key", "list");
  expect(listed.out).toMatch(/đọc số liệu của bản nội bộ .*\d{4}-\d\d-\d\d \d\d:\d\d/);

  await admin.get("/ban-lam-viec/tai-khoan");
  const acts = await actsAt(desk.world.paths.desk);
  for (const act of [
    /"account":"quan-tri","act":"cấp mã truy cập","about":"\w{10} Trục tích hợp: gửi báo cáo của UB-02"/,
    /"account":"dòng lệnh \(.+\)","act":"cấp mã truy cập","about":"\w{10} Kho dữ liệu: đọc số liệu của bản nội bộ"/,
    /"act":"gửi báo cáo bằng mã truy cập","about":"phiếu số 1"/,
    /"act":"đọc bằng mã truy cập"/,
    /"act":"mã truy cập không được nhận","about":"mã không có"/,
    /"act":"mã truy cập không được nhận","about":"mã \w{10} đã thu hồi"/,
    /"act":"thu hồi mã truy cập"/,
  ]) {
    expect(acts).toMatch(act);
  }
  for (const secret of secrets) expect(acts).not.toContain(hiddenPart(secret));
  expect((await new ActLog(desk.world.paths.desk).check()).faults).toEqual([]);
});

test("a report is not taken whose key is revoked while it is sent, or whose sender breaks off", async () => {
  const secret = await given({ units: "UB-02" });
  const body = JSON.stringify(reportOf("UB-02", "Q4", { people: 3 }));
  /** Sends the first half, and after something else the rest, or nothing. */
  const halves = async (between: () => Promise<unknown>, hasRest = true): Promise<string> => {
    const socket = connect(Number(new URL(desk.url).port), "127.0.0.1");
    const answer = once(socket, "data").then(String, String);
    socket.write(
      `POST /api/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${secret}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 9)}`,
    );
    await between();
    if (hasRest) socket.write(body.slice(9));
    else socket.destroy();
    return hasRest ? answer : "";
  };
  let said = "";
  desk.running.child.stderr?.on("data", (text) => {
    said += text;
  });
  const told = /^\S+ \S+ 127\.0\.0\.1 ngắt giữa chừng khi gửi \(POST \/api\/reports, \d+ byte\)/m;
  // again, where it was broken off before the desk had begun to read
  const broken = async (): Promise<string> => {
    await halves(() => sender.ask("/api/plans"), false);
    return said;
  };
  await expect.poll(broken, { interval: 500 }).toMatch(told);
  const [, id = ""] = /chitieu_(\w{10})_/.exec(secret) ?? [];
  const answer = await halves(() => admin.post(`/ban-lam-viec/ma-truy-cap/${id}/thu-hoi`, {}));
  expect(answer).toMatch(/^HTTP\/1\.1 401 [\s\S]*"key_revoked"/);
  const owed = (await sender.ask("/api/reports")).body as Record<string, unknown>[];
  expect(owed.find(({ period }) => period === "Q4")).toMatchObject({ submissions: 0 });
});

test("whoever guesses fills no log, and shuts out no right key", async () => {
  const guess = systemAt(desk.url, `chitieu_${"a".repeat(10)}_${"b".repeat(43)}`);
  const statuses = new Set<number>();
  for (let tries = 0; tries < 70; tries += 1) statuses.add((await guess.ask("/api/plans")).status);
  expect([...statuses]).toEqual([401, 429]);
  // all behind one gateway, more at once than failures are heard
  const right = await Promise.all(Array.from({ length: 200 }, () => shared.ask("/api/plans")));
  expect(new Set(right.map(({ status }) => status))).toEqual(new Set([200]));
});

test("a request that has a name is done once, and is answered as the first time, after a kill too", async () => {
  const named = (content: object, name: string, system = sender) =>
    system.send(content, undefined, "", { "idempotency-key": name });
  const report = reportOf("UB-02", "Q4", { people: 7 });
  const wrong = reportOf("UB-02", "Q4", { people: -1 });
  const first = await named(report, "8e03978e-40d5");
  const refused = await named(wrong, "lan-2");
  expect([first.body.result, refused.status]).toEqual(["asked", 422]);
  expect((await sender.send(reportOf("UB-02", "Q4", { people: 8 }))).body.result).toBe("asked");
  const answers = async () => {
    for (const [content, name, before] of [
      [report, '"8e03978e-40d5"', first],
      [wrong, "lan-2", refused],
    ] as const) {
      const { status, text } = await named(content, name);
      expect([status, text]).toEqual([before.status, before.text]);
    }
    const other = await named(wrong, "8e03978e-40d5");
    expect([other.status, other.body.code]).toEqual([422, "request_name_reused"]);
  };
  await answers();
  // a name is of its key
  const second = systemAt(desk.url, await given({ units: "UB-02" }));
  const own = await named(wrong, "8e03978e-40d5", second);
  expect([own.status, own.body.result]).toEqual([422, "refused"]);
  // two at a time: one is done, the other is told to wait or what became of it
  const twice = reportOf("UB-02", "Q4", { people: 9 });
  const both = await Promise.all([named(twice, "lan-3"), named(twice, "lan-3")]);
  const done = both.filter(({ status }) => status === 200);
  expect(new Set(done.map(({ text }) => text)).size).toBe(1);
  for (const { status } of both) expect([200, 409]).toContain(status);

  desk.running.child.kill("SIGKILL");
  await desk.running.ended;
  desk = await runDesk(desk.world);
  sender = systemAt(desk.url, secrets[0] ?? "");
  await answers();
  expect((await named(twice, "lan-3")).text).toBe(done[0]?.text);
  const counted = await desk.world.rows(`select outcome, count(*)::integer as n from receipt
    where receipt_no >= ${first.body.receipt} group by all order by all`);
  expect(counted).toEqual([
    { outcome: "accepted", n: 3 },
    { outcome: "refused", n: 2 },
  ]);
});
