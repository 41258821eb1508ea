import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { Office } from "../../../pipelines/desk/office/office.ts";
import type { Delivery } from "../../../pipelines/intake/delivery.ts";
import { buildMarts } from "../../../pipelines/models/build-marts.ts";
import { newWorld, wholeCsvOf } from "../../intake/given.ts";

async function newOffice(world = newWorld("2024"), isWatched = false): Promise<Office> {
  const settings = { ...world, softwareVersion: "test", sealKey: null, isWatched };
  const office = new Office(settings, (error) => expect.fail(String(error)));
  await office.start();
  onTestFinished(() => office.close());
  return office;
}

function delivery(people: number, account = "phuong-2"): Delivery {
  const now = new Date();
  const bytes = new TextEncoder().encode(wholeCsvOf([`UB-02,Q2,,people,${people},`]));
  const by = { way: "desk", account, name: null, role: null } as const;
  return { file: "q2.csv", content: { bytes }, receivedAt: now, recordedAt: now, by };
}

test("who sends one file does not wait for all that another has sent", async () => {
  const office = await newOffice();
  const done: string[] = [];
  const send = (people: number, account: string) =>
    office.receive(delivery(people, account)).then(() => void done.push(account));
  const many = Array.from({ length: 6 }, (_, at) => send(at, "phuong-2"));
  await Promise.all([...many, send(10, "phuong-1"), send(11, "phuong-3")]);
  // after the one that was under way each has his turn
  expect(done.slice(0, 4)).toEqual(["phuong-2", "phuong-1", "phuong-3", "phuong-2"]);
});

test("who opens or checks a form does not wait for all files of the others", async () => {
  const office = await newOffice();
  const unit = office.board.rows.find(({ unit_code }) => unit_code === "UB-02");
  const report = { plan: unit?.plan_id ?? "", period: "Q2", unitId: unit?.unit_id ?? "" };
  const done: string[] = [];
  const as = (name: string) => () => void done.push(name);
  const files = Array.from({ length: 30 }, (_, at) =>
    office.receive(delivery(at)).then(as("file")),
  );
  // it has sent nothing yet, and after the first file it has
  const nothing = office.standing(report);
  const first = nothing.then(as("nothing stands"));
  await Promise.race(files);
  await office.catchUp().then(as("receipt"));
  const something = office.standing(report);
  const asked = office.examine(delivery(3), report).then(as("what would be said"));
  await Promise.all([...files, first, something.then(as("what stands")), asked]);
  expect([(await nothing).now, (await something).now]).toEqual([null, expect.anything()]);
  expect(done.slice(0, 3)).toEqual(["nothing stands", "file", "receipt"]);
  const soon = expect.arrayContaining(["what would be said", "what stands"]);
  expect(done.slice(0, -20)).toEqual(soon);
});

test("how the office stands is read from the marts that a watch builds, or without them after a while", async () => {
  const world = newWorld("2024");
  const office = await newOffice(world, true);
  await office.receive(delivery(5));
  const known = office.catchUp();
  expect(await Promise.race([known, sleep(1000, "waits")])).toBe("waits");
  await Promise.all([buildMarts({ ...world, asOf: null }), known]);
  // it does not wait for the models of the board, unless these are done before it is read
  let first = "board";
  for (let people = 6; first !== "file" && people < 16; people += 2) {
    await office.receive(delivery(people));
    const file = sleep(3100).then(() => office.receive(delivery(people + 1)));
    first = await Promise.race([file.then(() => "file"), office.catchUp().then(() => "board")]);
    await Promise.all([file, office.catchUp()]);
  }
  expect(first).toBe("file");
  expect(office.board.rows.some((row) => row.submissions >= 2)).toBe(true);
});
