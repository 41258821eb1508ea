import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { newWorld } from "../../intake/given.ts";
import { administrator, csvFile, invited, startDesk } from "../given.ts";

const ROUNDS = 3;
const FILES = 6;

test("killed while files come in, it has each one that it acknowledged once, and takes the others again", async () => {
  const world = newWorld("2024");
  let desk = await startDesk(world);
  const admin = await administrator(desk);
  const staff = await invited(admin, "staff", "staff");
  const { cookie, token } = staff;
  const acknowledged = new Set<string>();
  const sent = new Map<string, File>();
  const send = async (name: string): Promise<void> => {
    const file = sent.get(name) ?? csvFile(name, [`UB-02,Q2,,people,${sent.size + 1},`]);
    sent.set(name, file);
    const form = new FormData();
    form.append("_token", token);
    form.append("file", file);
    const answer = await fetch(`${desk.url}/ban-lam-viec/gui`, {
      method: "POST",
      body: form,
      headers: { cookie },
      redirect: "manual",
    });
    if (/\/phieu\/\d+$/.test(answer.headers.get("location") ?? "")) acknowledged.add(name);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const names = Array.from({ length: FILES }, (_, index) => `${round}-${index}.csv`);
    const all = Promise.allSettled(names.map(send));
    await sleep(300 + 250 * round);
    desk.running.child.kill("SIGKILL");
    await all;
    await desk.running.ended;
    desk = await startDesk(world);
    const received = await world.rows("select file_name from receipt");
    const counts = new Map<unknown, number>();
    for (const { file_name } of received) counts.set(file_name, (counts.get(file_name) ?? 0) + 1);
    for (const name of acknowledged) expect([name, counts.get(name)]).toEqual([name, 1]);
  }
  // the session has outlived the kills; whoever got no answer sends again
  for (const name of [...sent.keys()].filter((one) => !acknowledged.has(one))) await send(name);
  expect(acknowledged.size).toBe(ROUNDS * FILES);
  const accepted = await world.rows(
    "select count(distinct sha256)::integer as n from receipt where outcome = 'accepted'",
  );
  expect(accepted).toEqual([{ n: ROUNDS * FILES }]);
});
