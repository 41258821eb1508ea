import { existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { BUNDLES, bundledProgram, findWorkspace } from "../site/workspace.ts";
import { OFFICE_ZONE, officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { readRow, withConnection } from "../warehouse/connection.ts";
import { chartOf, type Diagnosis } from "./diagnosis.ts";

const { ok, problem } = chartOf("machine");

const MIB = 1024 * 1024;
/** The models may take 1,4 GB, and the pages of a checkout are bundled in 1,3 GiB. */
const LEAST_MEMORY = 2 * 1024 * MIB;
/** The demonstration takes 60 MB; a site is built beside the one that is shown. */
const LEAST_DISK = 1024 * MIB;

/** A moment whose office time is known. */
const KNOWN_MOMENT = { utc: "1990-06-08T03:00:00Z", office: "1990-06-08 10:00:00" };

const Package = z.object({ engines: z.object({ node: z.string().regex(/^>=\d+\.\d+$/) }) });

/** Whether the program runs on this machine. @param folder where the warehouse is, or is to be */
export async function examineMachine(folder: string): Promise<Diagnosis[]> {
  return [nodeVersion(), await engine(), zoneData(), memory(), await examineDisk(folder), pages()];
}

function nodeVersion(): Diagnosis {
  const file = new URL("../../package.json", import.meta.url);
  const { engines } = Package.parse(JSON.parse(readFileSync(file, "utf8")));
  const least = engines.node.slice(2);
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  const found = `Node ${process.versions.node}, ${process.platform}-${process.arch}`;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor)
    ? ok("node", found)
    : problem("node", found, `Cài Node ${least} trở lên, hoặc dùng bản cài đặt có sẵn Node.`);
}

/** DuckDB is compiled for some kinds of machines. Being here, it was found; it must also work. */
async function engine(): Promise<Diagnosis> {
  try {
    const zone = await withConnection((connection) =>
      readRow(
        connection,
        z.object({ version: z.string(), office: z.string() }),
        `select version() as version,
        strftime(timestamptz '${KNOWN_MOMENT.utc}', '%Y-%m-%d %H:%M:%S') as office`,
      ),
    );
    const version = `DuckDB ${zone.version}`;
    return zone.office === KNOWN_MOMENT.office
      ? ok("engine", version)
      : problem(
          "engine",
          `${version} đổi ${KNOWN_MOMENT.utc} thành ${zone.office} ở ${OFFICE_ZONE}`,
          "Cài lại chitieu: DuckDB của bản này sai múi giờ.",
        );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem("engine", `DuckDB không chạy được: ${reason}`, "Cài lại chitieu.");
  }
}

function zoneData(): Diagnosis {
  const office = officeTime(new Date(KNOWN_MOMENT.utc));
  return office === KNOWN_MOMENT.office
    ? ok("time zone", `${OFFICE_ZONE}, bây giờ là ${officeTime(new Date())}`)
    : problem(
        "time zone",
        `Node đổi ${KNOWN_MOMENT.utc} thành ${office} ở ${OFFICE_ZONE}`,
        "Dùng Node có đủ dữ liệu ICU, như của bản cài đặt.",
      );
}

function memory(): Diagnosis {
  // a container may get less than the machine has
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  const found = `${Math.round(bytes / MIB)} MiB`;
  return bytes >= LEAST_MEMORY
    ? ok("memory", found)
    : problem("memory", found, `Cấp cho máy từ ${LEAST_MEMORY / MIB} MiB bộ nhớ trở lên.`);
}

/** Whether there is room where a warehouse is, or is to be. */
export async function examineDisk(folder: string): Promise<Diagnosis> {
  let there = resolve(folder);
  while (!existsSync(there)) there = dirname(there);
  const { bavail, bsize } = await statfs(there);
  const amount = bavail * bsize;
  const found = `còn ${Math.floor(amount / MIB)} MiB ở ${there}`;
  const remedy = `Giải phóng dung lượng: cần còn từ ${LEAST_DISK / MIB} MiB.`;
  const one = amount >= LEAST_DISK ? ok("disk", found) : problem("disk", found, remedy);
  return { ...one, amount };
}

/** Whether there is something to render the pages with. */
function pages(): Diagnosis {
  try {
    const workspace = findWorkspace("warehouse");
    const { bundles, bundler } = workspace;
    if (bundler !== null) return ok("pages", "có Evidence để đóng gói");
    const missing = BUNDLES.find((one) => !existsSync(bundledProgram(workspace, one)));
    return missing === undefined
      ? ok("pages", `đã đóng gói ở ${dirname(bundles.own)}`)
      : problem("pages", `không có gói trang ở ${bundles[missing]}`, "Giải nén lại bản cài đặt.");
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return problem("pages", "không có gì để lập trang", error.message);
  }
}
