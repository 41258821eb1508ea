import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { networkInterfaces } from "node:os";
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

/** The drop-in of docs/operating.md that opens addresses. */
const [, DROP_IN = ""] =
  /addresses\.conf <<END\n(.*?)\n +END/s.exec(
    readFileSync(join(UNITS, "../../docs/operating.md"), "utf8"),
  ) ?? [];

test("units start commands that there are, with options that they have", async () => {
  const program = await chitieuProgram(processContext(process.stdout, process.stderr));
  expect(startLines()).toHaveLength(5);
  for (const line of startLines()) {
    const [file, name, ...args] = line.split(" ");
    expect(file).toBe(PROGRAM);
    const command = program.commands.find((one) => one.name() === name);
    expect(command?.parseOptions(args).unknown, line).toEqual([]);
  }
});

test("the desk of one of several offices is closed off like that of one", () => {
  const lines = (name: string): string[] => readFileSync(join(UNITS, name), "utf8").split("\n");
  const [one, several] = [lines("chitieu-desk.service"), lines("chitieu-desk@.service")];
  expect(several.filter((line) => !one.includes(line))).toEqual([
    "Description=chitieu: the desk of %i, one of several offices on this machine",
    "WorkingDirectory=/var/lib/chitieu/%i",
    "StateDirectory=chitieu/%i",
    "# CHITIEU_PORT, CHITIEU_URL and what else the office sets, see docs/operating.md",
    "EnvironmentFile=/etc/chitieu/%i.env",
  ]);
  expect(several).toHaveLength(one.length);
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
    mkdirSync(join(folder, "chitieu-desk.service.d"));
    writeFileSync(join(folder, "chitieu-desk.service.d/addresses.conf"), DROP_IN);
  });

  test("understands every line", () => {
    expect(DROP_IN).toMatch(/^ *\[Service\]\n *IPAddressAllow=/);
    const files = [...services, "chitieu-backup.timer"].map((name) => join(folder, name));
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

const isRoot = process.getuid?.() === 0;
const isRunning = systemd && isRoot && existsSync("/run/systemd/system");
if (!isRunning) console.warn("Not tested: what units may reach, systemd does not run here.");
const [own] = Object.values(networkInterfaces())
  .flat()
  .filter((one) => one?.internal === false && one.family === "IPv4");

test.skipIf(!isRunning || own === undefined)("the desk reaches what a drop-in opens", async () => {
  const server = createServer((socket) => socket.end());
  server.listen(0, own?.address);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  // what is shut is not refused: it gets no answer, until whoever asks gives up
  const script = `require("node:net").connect(${port}, "${own?.address}", () => process.exit(0))
    .on("error", () => process.exit(8)).setTimeout(4000, () => process.exit(7));`;
  const unit = readFileSync(join(UNITS, "chitieu-desk.service"), "utf8");
  const closed = [...unit.matchAll(/^(IPAddress\w+|Restrict\w+|Private\w+|SystemCall\w+)=.*$/gm)];
  const reached = (opened: readonly string[]): Promise<unknown[]> => {
    const lines = [...closed.map(([line]) => line), ...opened].flatMap((line) => ["-p", line]);
    const run = ["--wait", "--collect", "--quiet", ...lines, process.execPath, "-e", script];
    return once(spawn("systemd-run", run), "exit");
  };
  expect(await reached([])).toEqual([7, null]);
  expect(await reached([`IPAddressAllow=${own?.address}`])).toEqual([0, null]);
  server.close();
});
