import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newFolder } from "../folders.ts";

/** Folder with the archives that `npm run release` made; these tests are of them and of nothing else. */
const RELEASE = process.env.CHITIEU_RELEASE;
if (RELEASE === undefined) console.warn("Not tested: archives. npm run release:check does.");

/** A machine without a network has a namespace of its own, in which there is none. */
const ISOLATED = ["unshare", "--net", "--map-root-user"];
const canIsolate = spawnSync("unshare", [...ISOLATED.slice(1), "true"]).status === 0;
if (RELEASE !== undefined && !canIsolate) {
  console.warn("This user may make no network namespace: the release is tried with a network.");
}

function archive(end: string): string {
  const [name] = readdirSync(RELEASE ?? "").filter((one) => one.endsWith(end));
  if (name === undefined) throw new Error(`There is no ${end} in ${RELEASE}.`);
  return join(RELEASE ?? "", name);
}

describe.skipIf(RELEASE === undefined)(
  "the archive for Linux, on a machine with nothing else",
  () => {
    let folder = "";
    let program = "";

    beforeAll(() => {
      folder = newFolder("chitieu-installed-");
      mkdirSync(join(folder, "home"));
      mkdirSync(join(folder, "office"));
      execFileSync("tar", ["xzf", archive("-linux-x64.tar.gz"), "-C", folder]);
      const [name = ""] = readdirSync(folder).filter((one) => one.startsWith("chitieu-"));
      program = join(folder, name);
      // what is installed belongs to somebody else
      execFileSync("chmod", ["-R", "a-w", program]);
    });

    afterAll(() => {
      execFileSync("chmod", ["-R", "u+w", folder]);
      rmSync(folder, { recursive: true, force: true });
    });

    const inOffice = {
      cwd: "",
      // nothing of this machine's: no Node on the PATH, no npm, an empty home
      env: { HOME: "", PATH: "/usr/bin:/bin" },
    };
    const command = (...args: string[]): [string, string[]] => {
      const [head = "", ...rest] = [
        ...(canIsolate ? ISOLATED : []),
        join(program, "chitieu"),
        ...args,
      ];
      return [head, rest];
    };
    const ran = (...args: string[]): { out: string; code: number | null } => {
      const [head, rest] = command(...args);
      const options = {
        ...inOffice,
        cwd: join(folder, "office"),
        env: { ...inOffice.env, HOME: join(folder, "home") },
        encoding: "utf8",
      } as const;
      const { stdout, stderr, status } = spawnSync(head, rest, options);
      return { out: stdout + stderr, code: status };
    };
    const run = (...args: string[]) => ran(...args, "--sources", join(program, "sources"));
    /** Of the demonstration, whose warehouse has its own sources. */
    const runThere = (...args: string[]) => ran(...args, "--warehouse", join("warehouse", "demo"));

    test("doctor finds nothing wrong", () => {
      const { out, code } = run("doctor");
      expect(out).toMatch(/^Không có vấn đề nào\./);
      expect(out).toContain("trang báo cáo: đã đóng gói ở ");
      expect(code).toBe(0);
    });

    test("demo makes the demonstration, and site writes its pages", async () => {
      const { out, code } = run("demo", "--no-serve");
      expect(out).toContain("109 tệp minh họa và 7 phiên bản đã phát hành");
      expect(code).toBe(0);
      const site = join(folder, "office", "pages");
      expect(runThere("site", "--out", site).code).toBe(0);
      const page = readFileSync(join(site, "217-kh-ubnd-2024", "index.html"), "utf8");
      expect(page).toContain("Số liệu minh họa");
      const files = readdirSync(site, { recursive: true, encoding: "utf8" });
      expect(files.filter((file) => file.endsWith("index.html")).length).toBeGreaterThan(100);
      expect(files.some((file) => file.endsWith(".docx"))).toBe(true);
    });

    test("refresh computes what has come in, and backup copies it", () => {
      expect(runThere("refresh")).toMatchObject({
        out: expect.stringMatching(/số liệu: (đã tính \d+|không có gì mới)/),
        code: 0,
      });
      expect(runThere("doctor")).toMatchObject({
        out: expect.stringMatching(/^Không có vấn đề nào\./),
        code: 0,
      });
      expect(runThere("backup", join(folder, "backups")).code).toBe(0);
    });

    test("nothing but the office's folder was written", () => {
      expect(readdirSync(join(folder, "home"))).toEqual([]);
      expect(readdirSync(folder).sort()).toEqual(
        ["backups", "home", "office", program.slice(folder.length + 1)].sort(),
      );
    });

    describe("its services, started as their units say, where systemd itself is not running", () => {
      let state = "";

      beforeAll(() => {
        // what docs/operating.md has one put into /var/lib/chitieu
        state = join(folder, "office", "lib");
        mkdirSync(join(state, "sources", "inbox"), { recursive: true });
        const example = join(program, "sources", "examples", "lang-son-2023");
        for (const name of ["plans", "areas"]) {
          cpSync(join(example, name), join(state, "sources", name), { recursive: true });
        }
        execFileSync("chmod", ["-R", "u+w", state]);
      });

      /** The command of a unit, with this machine's folders. */
      const started = (unit: string): string[] => {
        const text = readFileSync(join(program, "packaging", "systemd", unit), "utf8");
        const line = /^ExecStart=(.+)$/m.exec(text)?.[1] ?? "";
        return line
          .replace("/opt/chitieu/chitieu", join(program, "chitieu"))
          .replace("/var/backups/chitieu", join(folder, "backups"))
          .split(" ");
      };
      const service = (unit: string): { child: ChildProcess; output: () => string } => {
        const [head = "", ...rest] = [...(canIsolate ? ISOLATED : []), ...started(unit)];
        const env = { HOME: join(folder, "home"), PATH: "/usr/bin:/bin" };
        const child = spawn(head, rest, { cwd: state, env });
        let output = "";
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding("utf8").on("data", (text: string) => {
            output += text;
          });
        }
        return { child, output: () => output };
      };
      /** Ends as systemd ends a service, and says with what code. */
      const stop = async (child: ChildProcess): Promise<number | null> => {
        const ended = new Promise<number | null>((done) => child.once("close", done));
        child.kill("SIGTERM");
        return ended;
      };

      test("watch takes in what comes, and ends when it is told to", async () => {
        const { child, output } = service("chitieu-watch.service");
        await expect.poll(output, { timeout: 120_000 }).toContain("đang theo dõi sources");
        copyFileSync(
          join(program, "sources", "examples", "lang-son-2023", "so-lieu-cong-bo.csv"),
          join(state, "sources", "inbox", "so-lieu-cong-bo.csv"),
        );
        await expect
          .poll(() => /đã nhận +so-lieu-cong-bo\.csv[\s\S]*số liệu: đã tính \d+/.test(output()), {
            timeout: 120_000,
          })
          .toBe(true);
        expect(existsSync(join(state, "warehouse", "marts.duckdb"))).toBe(true);
        expect(await stop(child)).toBe(0);
      });

      /** Starts a service, runs a script of Node when it has said something, and ends it. */
      const asked = (unit: string, expected: string, script: string): string => {
        // the host of a network namespace is in it alone: what is asked there is asked from within
        const line = `${canIsolate ? "ip link set lo up\n" : ""}"${started(unit).join('" "')}" > out & pid=$!
          for i in $(seq 1200); do grep -q '${expected}' out && break; sleep 0.1; done
          "${join(program, "node")}" --input-type=module -e '${script}' "$(grep -o 'http[^ ]*' out | head -1)"
          kill $pid; wait $pid; echo "ended with $?"`;
        const [head = "", ...rest] = [...(canIsolate ? ISOLATED : []), "sh", "-c", line];
        return spawnSync(head, rest, { cwd: state, encoding: "utf8" }).stdout;
      };

      test("serve shows the pages to this machine", () => {
        const stdout = asked(
          "chitieu-serve.service",
          "http",
          "const r = await fetch(process.argv[1]); console.log(r.status, (await r.text()).length > 1000)",
        );
        expect(stdout).toContain("200 true");
        expect(stdout).toContain("ended with 0");
      });

      test("the desk invites its administrator, who logs in, and has the colours of the pages", () => {
        const script = `
          const link = process.argv[1].replace(/^https:..[^/]+/, "http://127.0.0.1:4180");
          const ask = (path, init) => fetch(new URL(path, link), { redirect: "manual", ...init });
          const password = "cây đa bến nước";
          const body = new URLSearchParams({ password, again: password });
          const taken = await ask(link, { method: "POST", body });
          const style = await (await ask("/ban-lam-viec/giao-dien.css")).text();
          const cookie = taken.headers.getSetCookie().find((one) => one.startsWith("chitieu_phien=")).split(";")[0];
          const page = await ask("/ban-lam-viec/tai-khoan", { headers: { cookie } });
          console.log(taken.status, style.includes("--brand:"), page.status);`;
        const stdout = asked("chitieu-desk.service", "Ctrl-C", script.replaceAll("\n", " "));
        expect(stdout).toContain("303 true 200");
        expect(stdout).toContain("ended with 0");
      });

      test("backup leaves a copy that is checked", async () => {
        const { child, output } = service("chitieu-backup.service");
        const code = await new Promise((done) => child.once("close", done));
        expect(output()).toMatch(/dựng lại được sổ tiếp nhận từ bản này: [1-9]\d* mục/);
        expect(code).toBe(0);
      });
    });
  },
);

// it is used in windows-day.long.test.ts
test.skipIf(RELEASE === undefined)("the archive for Windows has what Windows can write", () => {
  const all: string[] = [];
  unzipSync(readFileSync(archive("-windows-x64.zip")), {
    filter: ({ name }) => {
      all.push(name.split("/").slice(1).join("/"));
      return false;
    },
  });
  expect(all.filter((name) => /\.so$|linux|darwin/.test(name))).toEqual([]);
  expect(all.filter((name) => /[<>:"\\|?*]|[. ]$/.test(name))).toEqual([]);
  // with the folder that it is unpacked into, Windows takes 260 characters
  expect(Math.max(...all.map(({ length }) => length))).toBeLessThan(160);
  expect(new Set(all.map((name) => name.toLowerCase())).size).toBe(all.length);
});

describe.skipIf(RELEASE === undefined)("both archives", () => {
  test("have no dependency of development and no source", () => {
    const listed = execFileSync("tar", ["tzf", archive("-linux-x64.tar.gz")], { encoding: "utf8" });
    const packages = new Set(
      [...listed.matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/gm)].map(
        ([, name]) => name,
      ),
    );
    expect(packages.size).toBeLessThan(70);
    expect(packages).toContain("@duckdb/node-api");
    for (const name of ["vite", "svelte", "tsx", "typescript", "@evidence-dev/evidence"]) {
      expect(packages).not.toContain(name);
    }
    const own = listed.split("\n").filter((path) => !path.includes("/node_modules/"));
    const ofSources = /^[^/]+\/(pipelines|tests|reports\/(pages|components|template))\//;
    expect(own.filter((path) => ofSources.test(path))).toEqual([]);
    expect(existsSync(join(RELEASE ?? "", "SHA256SUMS"))).toBe(true);
    expect(own).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^[^/]+\/sbom\.cdx\.json$/),
        expect.stringMatching(/^[^/]+\/THIRD-PARTY-NOTICES\.txt$/),
      ]),
    );
  });
});
