import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { processContext } from "../../pipelines/cli/context.ts";
import { chitieuProgram } from "../../pipelines/cli/program.ts";
import { newFolder } from "../folders.ts";

const UNITS = join(import.meta.dirname, "../../packaging/systemd");
const PROGRAM = "/opt/chitieu/chitieu";
const services = readdirSync(UNITS).filter((name) => name.endsWith(".service"));

/** What the unit files say that the program is to be started with. */
function startLines(): string[] {
  return services.flatMap((name) => {
    const lines = readFileSync(join(UNITS, name), "utf8").matchAll(/^ExecStart=(.+)$/gm);
    return [...lines].map(([, line]) => line ?? "");
  });
}

test("units start commands that there are, with options that they have", async () => {
  const program = await chitieuProgram(processContext(process.stdout, process.stderr));
  expect(startLines()).toHaveLength(4);
  for (const line of startLines()) {
    const [file, name, ...args] = line.split(" ");
    expect(file).toBe(PROGRAM);
    const command = program.commands.find((one) => one.name() === name);
    expect(command?.parseOptions(args).unknown, line).toEqual([]);
  }
});

const systemd = spawnSync("systemd-analyze", ["--version"]).status === 0;
if (!systemd) console.warn("Not tested: systemd units, systemd-analyze is not installed.");

describe.skipIf(!systemd)("systemd", () => {
  let folder = "";

  beforeAll(() => {
    folder = newFolder("chitieu-units-");
    cpSync(UNITS, folder, { recursive: true });
    for (const name of services) {
      const file = join(folder, name);
      // it looks for the program, too, which is not installed here
      writeFileSync(file, readFileSync(file, "utf8").replaceAll(PROGRAM, "/bin/true"));
    }
  });

  test("understands every line", () => {
    const files = readdirSync(folder).map((name) => join(folder, name));
    const checked = spawnSync("systemd-analyze", ["verify", "--man=no", ...files], {
      encoding: "utf8",
    });
    expect(checked.stderr.split("\n").filter((line) => line.includes(folder))).toEqual([]);
    expect(checked.status).toBe(0);
  });

  test.each(services)("finds %s well closed off", (name) => {
    // 0 is all that systemd can take from a service, 10 is nothing; it fails above the threshold
    const args = ["security", "--offline=yes", "--threshold=15", "--no-pager", join(folder, name)];
    execFileSync("systemd-analyze", args, { stdio: "pipe" });
  });
});
