import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { reportingWaits } from "../../pipelines/warehouse/waiting.ts";
import { csvOf, newWorld, sendOne, type World } from "../intake/given.ts";

const HOLDER = fileURLToPath(new URL("hold-ledger.ts", import.meta.url));
const RIGHT = csvOf(["UB-01,Q2,,people,5,"]);

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function hold(world: World): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", HOLDER, world.paths.folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  if (child.stdout !== null) await once(child.stdout, "data");
  return child;
}

test("who waits for another process is told for whom; once that one has died, it is no obstacle and left nothing", async () => {
  const world = newWorld();
  const holder = await hold(world);
  const waits: string[] = [];
  const sent = reportingWaits(
    (text) => {
      waits.push(text);
      holder.kill("SIGKILL");
    },
    () => sendOne(world, { content: RIGHT }),
  );
  expect(await sent).toMatchObject({ outcome: "accepted", receipt_no: 1 });
  expect(waits).toEqual([
    `${world.paths.ledger} đang do tiến trình ${holder.pid} dùng; đang chờ tiến trình ấy xong.`,
  ]);
});

test("the same bytes change nothing under any name, and it is said so", async () => {
  const world = newWorld();
  const names = ["a.csv", "../../etc/passwd", "báo cáo.xlsx", "\u202Efdp.csv"];
  const outcomes: string[] = [];
  for (const file of names) {
    const { outcome, submissions } = await sendOne(world, { content: RIGHT, file });
    outcomes.push(`${outcome} ${submissions.length}`);
  }
  expect(outcomes).toEqual(["accepted 1", "duplicate 0", "duplicate 0", "duplicate 0"]);
});
