import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { newWorld, wholeCsvOf } from "../reception/given.ts";
import { runHere } from "./run.ts";

const NOTE = "chị Lan ở tổ 2 báo lại";
const REASON = "đã gọi hỏi chị Lan";
const WHO = ["--by", "Minh", "--reason", "theo yêu cầu của đương sự"];

test("a text that a version stands on is erased, and verify says so of the version and holds", async () => {
  const world = newWorld("2024");
  const folders = ["--sources", world.sources, "--warehouse", world.paths.folder];
  const chitieu = async (...args: string[]) => {
    const { code, out, err } = await runHere([...args, ...folders]);
    return { code, text: out + err };
  };
  const take = async (name: string, ...lines: string[]) => {
    const file = join(world.folder, name);
    writeFileSync(file, wholeCsvOf(lines));
    const day = name.startsWith("q2") ? "2024-06-08" : "2024-09-08";
    return chitieu("ingest", file, "--received", `${day}T10:00`);
  };
  await take("q2.csv", `UB-02,Q2,,people,40,${NOTE}`);
  await take("q3.csv", "UB-02,Q3,,people,400,");
  const listed = (await chitieu("findings")).text;
  const doubt = /^doubt (\w{8}) UBND phường Hai, Quý 3/m.exec(listed)?.[1] ?? "";
  await chitieu("findings", "acknowledge", doubt, "--reason", REASON);
  const publish = ["publish", "--class", "first", "--reason", "Phát hành", "--no-site"];
  for (const period of ["Q2", "Q3"]) {
    const { code, text } = await chitieu(...publish, period, "--acknowledge");
    expect([code, text]).toEqual([0, expect.stringContaining("version 1")]);
  }
  const texts = (await chitieu("texts")).text;
  const idOf = (said: string) =>
    texts
      .split("\n")
      .find((line) => line.includes(said))
      ?.slice(0, 8) ?? "";
  expect(idOf(NOTE)).toMatch(/^\w{8}$/);

  // nothing goes before somebody has said so twice
  const planned = await chitieu("erase", "text", idOf(NOTE), idOf(REASON), ...WHO);
  expect(planned).toMatchObject({ code: 0 });
  expect(planned.text).toMatch(/^would erase the file of receipt 1 \(archive\/[0-9a-f]{64}\)$/m);
  expect(planned.text).toMatch(/^would erase texts of thu Q3 version 1$/m);
  expect(planned.text).toMatch(/Nothing was erased yet: add --yes/);
  expect((await chitieu("verify")).text).toMatch(/^thu Q2 version 1: holds, /m);

  const done = await chitieu("erase", "text", idOf(NOTE), idOf(REASON), ...WHO, "--yes");
  expect(done.text).toMatch(/^erased texts of thu Q3 version 1\n( {2}with its file .*\n)+/m);
  expect(done.text).toMatch(/Backups were not looked through/);
  expect((await chitieu("texts", "--all")).text).not.toMatch(/Lan/);
  const verified = await chitieu("verify");
  expect(verified.code).toBe(0);
  expect(verified.text).toMatch(
    /^thu Q2 version 1: holds but for what was erased, \d+ rows derived again, \d+ files .*\n {2}the received file [0-9a-f]{64} erased on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d by Minh: theo yêu cầu của đương sự$/m,
  );
  expect(verified.text).toMatch(
    /^thu Q3 version 1: holds but for what was erased, \d+ rows derived again, \d+ files .*\n(?:.*\n)? {2}its file .*\.xlsx for city erased on /m,
  );
  expect(verified.text).toMatch(/^archive: holds, 1 received file\(s\) read again$/m);
  expect((await chitieu("rebuild")).code).toBe(0);
  expect((await chitieu("doctor")).text).toMatch(/archive: has the files of all 1 receipts/);

  // what is left of the version can still be had, and the marts say nothing of it
  await chitieu("build");
  const kept = await withConnection(async (connection) => {
    await attach(connection, world.paths.marts, "built", { readOnly: true });
    return JSON.stringify(await selectRows(connection, "from built.city.report_doubt"));
  });
  expect(kept).not.toMatch(/Lan/);
  const out = join(world.folder, "out");
  expect((await chitieu("export", "Q3", "--out", out)).code).toBe(0);
});

test("a reason with the data of a person, no name or a wrong number is wrong usage", async () => {
  const world = newWorld("2024");
  const folders = ["--sources", world.sources, "--warehouse", world.paths.folder];
  const erase = async (...args: string[]) => {
    const { code, err } = await runHere(["erase", ...args, ...folders]);
    return [code, err];
  };
  expect(await erase("file", "1", "--by", " ", "--reason", "x")).toEqual([
    2,
    expect.stringContaining("--by is empty"),
  ]);
  expect(await erase("file", "một", ...WHO)).toEqual([2, expect.stringContaining("no number of")]);
  expect(await erase("text", ...WHO)).toEqual([2, expect.stringContaining("No text is named")]);
  expect(await erase("file", "1", "--by", "A", "--reason", "anh An 0912345678")).toEqual([
    2,
    expect.stringContaining("data of a person"),
  ]);
});
