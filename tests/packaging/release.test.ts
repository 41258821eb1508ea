import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

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
      folder = mkdtempSync(join(tmpdir(), "chitieu-installed-"));
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
    const run = (...args: string[]): { out: string; code: number | null } => {
      const [head, rest] = command(...args, "--sources", join(program, "sources"));
      const options = {
        ...inOffice,
        cwd: join(folder, "office"),
        env: { ...inOffice.env, HOME: join(folder, "home") },
        encoding: "utf8",
      } as const;
      const { stdout, stderr, status } = spawnSync(head, rest, options);
      return { out: stdout + stderr, code: status };
    };

    test("doctor finds nothing wrong", () => {
      const { out, code } = run("doctor");
      expect(out).toMatch(/^No problem found\./);
      expect(out).toContain("pages: their bundle lies in ");
      expect(code).toBe(0);
    });

    test("demo makes the demonstration, and its pages are served", async () => {
      const { out, code } = run("demo", "--no-serve");
      expect(out).toContain("104 demonstration forms and 7 published versions");
      expect(code).toBe(0);
      const site = join(folder, "office", "warehouse", "demo", "site");
      const page = readFileSync(join(site, "217-kh-ubnd-2024", "index.html"), "utf8");
      expect(page).toContain("Số liệu minh họa");
      const files = readdirSync(site, { recursive: true, encoding: "utf8" });
      expect(files.filter((file) => file.endsWith("index.html")).length).toBeGreaterThan(100);
      expect(files.some((file) => file.endsWith(".docx"))).toBe(true);
    });

    test("refresh renders again what has come in, and backup copies it", () => {
      const warehouse = ["--warehouse", join("warehouse", "demo")];
      expect(run("refresh", ...warehouse)).toMatchObject({
        out: expect.stringMatching(/models: \d+ built[\s\S]*site: \d+ pages/),
        code: 0,
      });
      expect(run("doctor", ...warehouse)).toMatchObject({
        out: expect.stringMatching(/^No problem found\./),
        code: 0,
      });
      expect(run("backup", join(folder, "backups"), ...warehouse).code).toBe(0);
    });

    test("nothing but the office's folder was written", () => {
      expect(readdirSync(join(folder, "home"))).toEqual([]);
      expect(readdirSync(folder).sort()).toEqual(
        ["backups", "home", "office", program.slice(folder.length + 1)].sort(),
      );
    });

    test("a page is served to a browser", async () => {
      const [head, rest] = command(
        "serve",
        "--warehouse",
        join("warehouse", "demo"),
        "--port",
        "0",
      );
      // the host of the namespace is in it alone: what is asked there is asked from within
      const ask = `fetch(process.argv[1]).then(async (r) => console.log(r.status, (await r.text()).includes("Số liệu minh họa")))`;
      const line = `"${[head, ...rest].slice(canIsolate ? ISOLATED.length : 0).join('" "')}" > out & pid=$!
      for i in $(seq 100); do grep -q http out && break; sleep 0.1; done
      "${join(program, "node")}" -e '${ask}' "$(grep -o 'http[^ ]*' out)/217-kh-ubnd-2024/"
      kill $pid; wait $pid`;
      const up = canIsolate ? "ip link set lo up\n" : "";
      const shell = canIsolate ? [...ISOLATED, "sh", "-c", up + line] : ["sh", "-c", line];
      const [first = "", ...others] = shell;
      const child = spawn(first, others, { cwd: join(folder, "office") });
      let out = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        out += text;
      });
      await new Promise((done) => child.once("close", done));
      expect(out).toContain("200 true");
    });
  },
);

describe.skipIf(RELEASE === undefined)(
  "the archive for Windows, which cannot be tried here",
  () => {
    const entries = (): Record<string, Uint8Array> => {
      const wanted = /^[^/]+\/(chitieu\.cmd|package\.json|bin\/.*)$/;
      return unzipSync(readFileSync(archive("-windows-x64.zip")), {
        filter: ({ name }) => wanted.test(name),
      });
    };
    const names = (): string[] => {
      const all: string[] = [];
      unzipSync(readFileSync(archive("-windows-x64.zip")), {
        filter: ({ name }) => {
          all.push(name.split("/").slice(1).join("/"));
          return false;
        },
      });
      return all;
    };

    test("has Node and DuckDB for Windows, and nothing for another system", () => {
      const all = names();
      expect(all).toEqual(
        expect.arrayContaining([
          "chitieu.cmd",
          "node.exe",
          "dist/cli/main.js",
          "reports/bundle/server/index.js",
          "node_modules/@duckdb/node-bindings-win32-x64/duckdb.dll",
          "node_modules/@duckdb/node-bindings-win32-x64/duckdb.node",
        ]),
      );
      expect(all.filter((name) => /\.so$|linux|darwin/.test(name))).toEqual([]);
    });

    test("has names that Windows can write", () => {
      const all = names();
      expect(all.filter((name) => /[<>:"\\|?*]|[. ]$/.test(name))).toEqual([]);
      // with the folder that it is unpacked into, Windows takes 260 characters
      expect(Math.max(...all.map(({ length }) => length))).toBeLessThan(160);
      expect(new Set(all.map((name) => name.toLowerCase())).size).toBe(all.length);
    });

    test("has a start script as Windows reads it, which passes on how the program ended", () => {
      const found = Object.entries(entries()).find(([name]) => name.endsWith("/chitieu.cmd"));
      const script = new TextDecoder().decode(found?.[1]);
      expect(script.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      expect(script).toContain(
        '"%~dp0node.exe" "%~dp0bin\\chitieu.mjs" %*\r\nexit /b %ERRORLEVEL%',
      );
    });
  },
);

describe.skipIf(RELEASE === undefined)("both archives", () => {
  test("have no dependency of development and no source", () => {
    const listed = execFileSync("tar", ["tzf", archive("-linux-x64.tar.gz")], { encoding: "utf8" });
    const packages = new Set(
      [...listed.matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/gm)].map(
        ([, name]) => name,
      ),
    );
    expect(packages.size).toBeLessThan(60);
    expect(packages).toContain("@duckdb/node-api");
    for (const name of ["vite", "svelte", "tsx", "typescript", "@evidence-dev/evidence"]) {
      expect(packages).not.toContain(name);
    }
    expect(listed).not.toMatch(/\/(pipelines|tests|reports\/(pages|components))\//);
    expect(existsSync(join(RELEASE ?? "", "SHA256SUMS"))).toBe(true);
  });
});
