import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { remarkField, valueField } from "../../pipelines/desk/office/online-form.ts";
import { entryKey } from "../../pipelines/forms/filling.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { runHere } from "../cli/run.ts";
import { administrator, type Browser, csvFile, invited, wordsOf } from "../desk/given.ts";
import { newFolder } from "../folders.ts";
import { newWorld, type World, wholeCsvOf } from "../intake/given.ts";

// The archive for Windows, used for a day in an office, under Wine. Wine shows how Windows shares, locks,
// renames and removes files, ends processes and spells paths. It does not show an antivirus at work, a
// console and its code page, a browser that opens, PowerShell (by which a process is told from a later one
// with its number), scheduled tasks, rights of NTFS, a network drive, what a power cut leaves, how fast it is.

const RELEASE = process.env.CHITIEU_RELEASE;
const hasWine = spawnSync("wine", ["--version"]).status === 0;
if (RELEASE !== undefined && !hasWine) {
  console.warn("Not tested: a day on Windows. apt-get install wine wine64 does.");
}

/** On a busy machine. */
const PATIENCE = { timeout: 300_000, interval: 200 };

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly output: () => string;
}

describe.skipIf(RELEASE === undefined || !hasWine)("a day in an office on Windows", () => {
  let program = "";
  let office = "";
  let env: NodeJS.ProcessEnv = {};
  let world: World;
  let desk: Started & { readonly url: string; readonly firstLink: string };
  let staff: Browser;
  let runs = 0;

  beforeAll(() => {
    const folder = newFolder("chitieu-windows-");
    const rooms = join(folder, "Phòng Tổng hợp - Thống kê");
    const name = readdirSync(RELEASE ?? "").find((one) => one.endsWith("-windows-x64.zip")) ?? "";
    for (const [path, bytes] of Object.entries(
      unzipSync(readFileSync(join(RELEASE ?? "", name))),
    )) {
      mkdirSync(dirname(join(rooms, path)), { recursive: true });
      if (!path.endsWith("/")) writeFileSync(join(rooms, path), bytes);
    }
    program = join(rooms, name.replace(/\.zip$/, ""));
    office = join(rooms, "số liệu");
    const { HOME, PATH } = process.env;
    env = { HOME, PATH, LANG: "C.UTF-8", WINEDEBUG: "-all", WINEPREFIX: join(folder, "wine") };
    env.XDG_RUNTIME_DIR = folder;
    // it asks for nothing that Windows has beside itself
    env.WINEDLLOVERRIDES = "mscoree,mshtml,winemenubuilder.exe=";
    expect(spawnSync("wineboot", ["--init"], { env }).status).toBe(0);

    const given = newWorld("2024");
    cpSync(given.sources, join(office, "sources"), { recursive: true });
    world = { ...given, folder: office, paths: warehousePaths(join(office, "warehouse")) };
    // as Notepad saves it
    const plan = join(office, "sources/plans/thu.yaml");
    writeFileSync(plan, `\uFEFF${readFileSync(plan, "utf8").replaceAll("\n", "\r\n")}`);
  });

  afterAll(() => {
    spawnSync("wineserver", ["-k"], { env });
  });

  /** Starts something; Node under Wine cannot write to pipes of another system. */
  function begin(command: readonly string[], cwd = office): Started {
    runs += 1;
    const out = join(dirname(env.WINEPREFIX ?? ""), `${runs}.out`);
    const file = openSync(out, "w");
    const child = spawn("wine", command, { cwd, env, stdio: ["ignore", file, file] });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    return { child, ended, output: () => readFileSync(out, "utf8") };
  }
  const chitieu = (...args: string[]): Started =>
    begin([join(program, "node.exe"), join(program, "bin/chitieu.mjs"), ...args]);
  async function run(...args: string[]): Promise<{ code: number | null; out: string }> {
    const { ended, output } = chitieu(...args);
    return { code: await ended, out: output() };
  }

  test("the start script passes on what is asked and how it ended", async () => {
    const script = join(program, "chitieu.cmd").replaceAll("/", "\\");
    const doctor = begin(["cmd", "/c", `Z:${script}`, "doctor"]);
    expect(await doctor.ended, doctor.output()).toBe(0);
    expect(doctor.output()).toMatch(/tốt +máy node: Node [\d.]+, win32-x64/);
    expect(doctor.output()).toContain(String.raw`\Phòng Tổng hợp - Thống kê\số liệu`);
    const wrong = begin(["cmd", "/c", `Z:${script}`, "doctr"]);
    expect(await wrong.ended).toBe(2);
  });

  test("by itself, as on a double click, it opens the desk of the folder beside the program", async () => {
    const opened = begin(["cmd", "/c", `Z:${join(program, "chitieu.cmd").replaceAll("/", "\\")}`]);
    await expect.poll(opened.output, PATIENCE).toContain("Bàn làm việc chạy trong cửa sổ này");
    const [, link = ""] = /(http\S+\/loi-moi\/\S+)/.exec(opened.output()) ?? [];
    expect((await fetch(link)).status).toBe(200);
    expect(existsSync(join(dirname(program), "so-lieu/warehouse/desk"))).toBe(true);
    // Ctrl-C reaches what runs in the window
    const [pid = 0] = pidsOf("chitieu-windows-", "--browser");
    process.kill(pid, "SIGINT");
    await expect.poll(opened.output, PATIENCE).toContain("Bàn làm việc đã dừng.");
    await opened.ended;
  });

  test("the demonstration has the files that Linux makes of the same reports", async () => {
    const sources = join(program, "sources");
    const made = await run("demo", "--no-serve", "--sources", sources);
    expect(made.out).toContain("109 tệp minh họa và 7 phiên bản đã phát hành");
    expect(made.code).toBe(0);
    await holdsOnLinux(join(office, "warehouse/demo"), 7);
  }, 900_000);

  test("at the desk a form is sent, one typed, a report drawn up, approved, and downloaded", async () => {
    await openDesk();
    const admin = await administrator(desk);
    staff = await invited(admin, "staff", "tonghop");
    const leader = await invited(admin, "leader", "lanhdao");
    const clerk = await invited(admin, "clerk", "hai", { units: ["UB-02"] });

    const file = csvFile("báo cáo quý 2.csv", ["UB-01,Q2,,people,40,"]);
    const sent = await staff.follow(await staff.post("/ban-lam-viec/gui", { file }));
    expect(wordsOf(sent)).toContain("Báo cáo đã được tiếp nhận");
    await clerk.post("/ban-lam-viec/nhap/thu/Q2/UB-02", {
      ...{ act: "gui", saved_at: "", seen: "" },
      [valueField(entryKey("people"))]: "60",
      [remarkField("difficulties")]: "Thiếu người",
    });
    const report = "/ban-lam-viec/bao-cao/thu/Q2";
    const typed = { class: "first", reason: "Báo cáo quý II", number: "", dated: "", act: "trinh" };
    expect((await staff.post(report, typed)).status).toBe(303);
    const { text } = await leader.get(report);
    const seen = Object.fromEntries(
      ["substance", "basis"].map((name) => [
        name,
        new RegExp(`name="${name}" value="(\\w+)"`).exec(text)?.[1] ?? "",
      ]),
    );
    const approved = await leader.post(`${report}/duyet`, { ...seen, version: "1" });
    expect([approved.status, wordsOf(approved)]).toEqual([303, expect.any(String)]);
    const version = await leader.follow(approved);
    const files = [...version.text.matchAll(/href="([^"]+\/v1\/tep\/[^"]+)"/g)];
    expect(files.length).toBeGreaterThan(5);
    for (const [, path = ""] of files) {
      const { status, bytes } = await leader.get(path.replaceAll("&amp;", "&"));
      expect([path, status, bytes.length > 0]).toEqual([path, 200, true]);
    }
    // a page from the process that renders
    await expect.poll(async () => (await staff.get("/")).status, PATIENCE).toBe(200);
  });

  test("what comes into the inbox is taken in: whole, renamed into place, and when Excel lets go", async () => {
    const inbox = join(office, "sources/inbox");
    const csv = (people: number) => wholeCsvOf([`UB-02,Q3,,people,${people},`]);
    const held = join(inbox, "excel.csv");
    writeFileSync(join(dirname(inbox), "held"), csv(61));
    renameSync(join(dirname(inbox), "held"), held);
    // a program that shares a file for reading only, as Excel does
    const excel = begin(["cmd", "/c", "ping -n 3600 127.0.0.1 < excel.csv"], inbox);
    await expect.poll(desk.output, PATIENCE).toMatch(/excel\.csv: đang mở ở chương trình khác/);
    writeFileSync(join(inbox, "chép.csv"), csv(62));
    writeFileSync(join(inbox, "đổi tên.csv.part"), csv(63));
    renameSync(join(inbox, "đổi tên.csv.part"), join(inbox, "đổi tên.csv"));
    await expect.poll(desk.output, PATIENCE).toMatch(/đã nhận +chép\.csv/);
    await expect.poll(desk.output, PATIENCE).toMatch(/đã nhận +đổi tên\.csv/);
    expect(desk.output()).not.toMatch(/đã nhận +excel\.csv/);
    for (const pid of pidsOf("ping", "3600")) process.kill(pid, "SIGKILL");
    await excel.ended;
    await expect.poll(desk.output, PATIENCE).toMatch(/đã nhận +excel\.csv/);
    await expect
      .poll(() => readdirSync(inbox).filter((one) => one.endsWith(".csv")), PATIENCE)
      .toEqual([]);
  });

  test("commands work beside the desk, three at one ledger, and while another program reads marts.duckdb", async () => {
    const script = join(office, "hold.mjs");
    const api = join(program, "node_modules/@duckdb/node-api/lib/index.js");
    writeFileSync(
      script,
      `const { DuckDBInstance } = await import(${JSON.stringify(`file:///Z:${encodeURI(api)}`)});
      const instance = await DuckDBInstance.create("warehouse/marts.duckdb", { access_mode: "READ_ONLY" });
      console.log("holds");
      setInterval(() => instance, 1000);`,
    );
    const reader = begin([join(program, "node.exe"), "hold.mjs"]);
    await expect.poll(reader.output, PATIENCE).toContain("holds");
    // several times, since what one sees of the other is a matter of moments
    for (const round of [1, 2, 3, 4]) {
      const files = ["a", "b", "c"].map((one) => `${round}${one}.csv`);
      for (const [at, file] of files.entries()) {
        writeFileSync(join(office, file), wholeCsvOf([`UB-02,Q4,,people,${40 + 3 * round + at},`]));
      }
      const taken = await Promise.all(files.map((file) => run("ingest", file)));
      const received = { code: 0, out: expect.stringContaining("đã nhận") };
      expect(taken).toEqual(files.map(() => received));
    }
    const built = await run("build");
    expect([built.code, built.out]).toEqual([
      0,
      expect.stringMatching(/marts\.duckdb .*chưa thay được/),
    ]);
    reader.child.kill("SIGKILL");
    await reader.ended;
    const again = await run("build");
    expect([again.code, again.out]).toEqual([0, expect.not.stringContaining("chưa thay được")]);
    expect(
      readdirSync(join(office, "warehouse/marts")).filter((one) => one.endsWith(".duckdb")),
    ).toHaveLength(1);
  });

  test("a desk that is killed ends its watch, and loses nothing", async () => {
    desk.child.kill("SIGKILL");
    await desk.ended;
    await expect.poll(() => pidsOf("chitieu-windows-", "chitieu.mjs"), PATIENCE).toEqual([]);
    expect(await run("rebuild")).toMatchObject({ code: 0 });
    const watch = chitieu("watch");
    await expect.poll(watch.output, PATIENCE).toContain("đang theo dõi sources");
    watch.child.kill("SIGINT");
    expect(await watch.ended).toBe(0);
    expect(existsSync(world.paths.watch)).toBe(false);
  });

  test("export, backup, restore, verify, doctor, and pages until Ctrl-C", async () => {
    const done = { code: 0 };
    expect(await run("refresh")).toMatchObject(done);
    expect(await run("export", "Q2", "--out", "Xuất bản\\quý 2")).toMatchObject(done);
    expect(readdirSync(join(office, "Xuất bản/quý 2")).length).toBeGreaterThan(5);
    // the second time in the place of the first
    for (const _ of [1, 2]) expect(await run("export", "--lake", "kho")).toMatchObject(done);
    for (const _ of [1, 2]) expect(await run("site", "--out", "trang")).toMatchObject(done);
    const copies = join(dirname(office), "sao lưu");
    expect(await run("backup", `Z:${copies.replaceAll("/", "\\")}`)).toMatchObject(done);
    const serve = chitieu("serve", "--port", "0");
    await expect.poll(serve.output, PATIENCE).toContain("Ctrl-C");
    const [url = ""] = /http\S+/.exec(serve.output()) ?? [];
    expect((await fetch(url)).status).toBe(200);
    // under a server that reads it
    const copy = join("..", "sao lưu", readdirSync(copies)[0] ?? "");
    expect(await run("restore", copy, "--replace")).toMatchObject(done);
    expect(await run("refresh")).toMatchObject(done);
    await expect.poll(async () => (await fetch(url)).status, PATIENCE).toBe(200);
    serve.child.kill("SIGINT");
    expect(await serve.ended).toBe(0);
    expect(await run("verify")).toMatchObject(done);
    const doctor = await run("doctor");
    expect([doctor.code, doctor.out]).toEqual([0, expect.stringMatching(/Không có vấn đề nào/)]);
    await holdsOnLinux(world.paths.folder, 1);
  }, 900_000);

  async function openDesk(): Promise<void> {
    const started = chitieu("desk", "--port", "0");
    await expect.poll(started.output, PATIENCE).toMatch(/\/ban-lam-viec\/ {2}\(Ctrl-C/);
    const [, url = ""] = /(http\S+)\/ban-lam-viec\/ {2}\(/.exec(started.output()) ?? [];
    const [firstLink = ""] = /http\S+\/loi-moi\/\S+/.exec(started.output()) ?? [];
    desk = { ...started, url, firstLink };
  }

  /** This system derives the versions and their files again from what that one kept, and compares bytes. */
  async function holdsOnLinux(warehouse: string, versions: number): Promise<void> {
    const { code, out } = await runHere([
      ...["verify", "--warehouse", warehouse, "--sources"],
      join(existsSync(join(warehouse, "sources")) ? warehouse : office, "sources"),
    ]);
    expect(out.match(/phiên bản \d+: đúng, .* tệp như khi phát hành/g)).toHaveLength(versions);
    expect([code, out]).toEqual([0, expect.stringMatching(/kho lưu trữ: đúng/)]);
  }

  /** Processes whose command line says all of this. */
  function pidsOf(...parts: string[]): number[] {
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return pids.map(Number).filter((pid) => {
      const file = `/proc/${pid}/cmdline`;
      const line = existsSync(file) ? readFileSync(file, "utf8") : "";
      return pid !== process.pid && parts.every((one) => line.includes(one));
    });
  }
});
