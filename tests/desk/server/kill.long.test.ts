import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { newWorld } from "../../intake/given.ts";
import { newKey, systemAt } from "../api/given.ts";
import { administrator, csvFile, type GivenDesk, invited, startDesk } from "../given.ts";

const ROUNDS = 3;
const FILES = 6;

/** Sends a report, and whether it was acknowledged. */
type Send = (desk: GivenDesk, report: File) => Promise<boolean>;

async function atThePage(first: GivenDesk): Promise<Send> {
  const { cookie, token } = await invited(await administrator(first), "staff", "staff");
  return async ({ url }, file) => {
    const body = new FormData();
    body.append("_token", token);
    body.append("file", file);
    const request = { method: "POST", body, headers: { cookie }, redirect: "manual" } as const;
    const answer = await fetch(`${url}/ban-lam-viec/gui`, request);
    return /\/phieu\/\d+$/.test(answer.headers.get("location") ?? "");
  };
}

async function withKey({ world }: GivenDesk): Promise<Send> {
  const key = await newKey(world, "--sends", "UB-02");
  return async ({ url }, file) => {
    const { send } = systemAt(url, key);
    const name = { "idempotency-key": file.name };
    const answer = await send(await file.text(), "text/csv", `?name=${file.name}`, name);
    return answer.status === 200;
  };
}

test.each([
  ["at the page", atThePage],
  ["with a key", withKey],
])(
  "killed while reports come %s, it has each one that it acknowledged once, and takes the others again",
  async (_, open) => {
    const world = newWorld("2024");
    let desk = await startDesk(world);
    const send = await open(desk);
    const acknowledged = new Set<string>();
    const sent: File[] = [];
    const counts = async (): Promise<Map<unknown, unknown>> => {
      const rows = await world.rows(`select file_name, count(*)::integer as n from receipt
      group by file_name`);
      return new Map(rows.map(({ file_name, n }) => [file_name, n]));
    };
    const sendOne = async (report: File): Promise<void> => {
      if (await send(desk, report)) acknowledged.add(report.name);
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      const reports = Array.from({ length: FILES }, (_, at) =>
        csvFile(`${round}-${at}.csv`, [`UB-02,Q2,,people,${sent.length + at + 1},`]),
      );
      sent.push(...reports);
      const all = Promise.allSettled(reports.map(sendOne));
      await sleep(300 + 250 * round);
      desk.running.child.kill("SIGKILL");
      await all;
      await desk.running.ended;
      desk = await startDesk(world);
      const received = await counts();
      for (const name of acknowledged) expect([name, received.get(name)]).toEqual([name, 1]);
    }
    // session and key have outlived the kills; whoever got no answer sends again
    for (const report of sent.filter(({ name }) => !acknowledged.has(name))) await sendOne(report);
    expect(acknowledged.size).toBe(ROUNDS * FILES);
    const accepted = await world.rows(
      "select count(distinct sha256)::integer as n from receipt where outcome = 'accepted'",
    );
    expect(accepted).toEqual([{ n: ROUNDS * FILES }]);
    // by its name a request is done once, whoever was killed before he could answer
    if (open === withKey) expect(new Set((await counts()).values())).toEqual(new Set([1]));
  },
);
