import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withLedger } from "../../pipelines/ledger/ledger.ts";
import { newWorld, type World, wholeCsvOf } from "../intake/given.ts";
import { type Ended, runHere, runIn } from "./run.ts";

/** An office in which Phường Một has reported the second quarter of 2024. */
async function officeInJune(): Promise<{
  readonly world: World;
  readonly command: (...args: readonly string[]) => Promise<Ended>;
}> {
  const world = newWorld("2024");
  const command = (...args: readonly string[]) => runIn(world, ...args);
  const file = join(world.folder, "a.csv");
  writeFileSync(file, wholeCsvOf(["UB-01,Q2,,people,50,", "UB-01,Q2,,reached,20,"]));
  await command("ingest", file, "--received", "2024-06-08T10:00");
  return { world, command };
}

const FIRST = ["--class", "first", "--reason", "Phát hành lần đầu"];

test("a report is published, shown as it was, verified, and named when it was altered", async () => {
  const { world, command } = await officeInJune();
  const published = await command("publish", "Q2", ...FIRST);
  expect(published.out).toMatch(
    /^thu Q2: phiên bản 1, số liệu sơ bộ, tính đến \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n {2}đơn vị đã báo cáo: 1\/\d; chưa gửi: .*\n {2}20 tệp, SHA-256 [0-9a-f]{64}\n {2}mã kiểm tra [0-9A-F]{5}(-[0-9A-F]{5}){3}, không ký\n$/,
  );
  expect(published.code).toBe(0);
  const sound = await command("verify");
  expect(sound).toMatchObject({ code: 0 });
  expect(sound.out).toMatch(
    /^thu Q2 phiên bản 1: đúng, tính lại \d+ hàng, 20 tệp như khi phát hành, không ký\nđã tính lại tất cả\nkho lưu trữ: đúng, đã đọc lại 1 tệp đã nhận\n$/,
  );

  await withLedger(world.paths, async (connection) => {
    await connection.run(
      `update ledger.publication_row set content = replace(content, '"20.0000"', '"21.0000"')
      where part = 'line' and content like '%"reached"%' and content like '%"area_id":null%'
        and content like '%"city"%'`,
    );
  });
  const altered = await command("verify", "Q2");
  expect(altered.code).toBe(1);
  expect(altered.out).toMatch(
    /thu Q2 phiên bản 1: KHÔNG ĐÚNG\n {2}Các dòng của phiên bản không khớp mã băm .*\n(.*\n)* {2}line \d+, reached \(city\): value_shown là 21.0000, tính lại được 20.0000\n/,
  );
  const json = await command("verify", "--json");
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    is_sound: false,
    faults: [],
    archive: { files: 1, faults: [expect.stringContaining("publication_row")] },
  });
});

test("a seal is signed with a key, exported, and proved; so are a file and the code on it", async () => {
  const { world, command } = await officeInJune();
  const place = (name: string) => join(world.folder, name);
  const made = await runHere(["seal-key", place("key")]);
  expect(made.out).toMatch(/khóa công khai: \S+key\.pub .*\nMã kiểm tra của khóa: [0-9A-F]{5}-/);
  await runHere(["seal-key", place("other")]);
  expect(await runHere(["seal-key", place("key")])).toMatchObject({ code: 1 });

  expect(await command("publish", "Q2", ...FIRST, "--seal-key", place("none"))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/Không đọc được khóa \S+none/),
  });
  const published = await command("publish", "Q2", ...FIRST, "--seal-key", place("key"));
  const [, code = "", key = ""] =
    /\n {2}mã kiểm tra (\S+), ký bằng khóa (\S+)\n/.exec(published.out) ?? [];
  expect(made.out).toContain(key);

  const own = await command("verify", "--public-key", place("key.pub"));
  expect(own).toMatchObject({ code: 0, err: "" });
  expect(own.out).toContain(`20 tệp như khi phát hành, ký bằng khóa ${key}\n`);
  const other = await command("verify", "--public-key", place("other.pub"));
  expect(other.code).toBe(1);
  expect(other.err).toMatch(/niêm phong ký bằng khóa \S+, không phải \S+\.$/m);

  expect((await command("export", "Q2", "--seal", place("seal.json"))).code).toBe(0);
  expect((await command("export", "Q2", "--out", place("out"), "--format", "docx")).code).toBe(0);
  const proofs: [string, RegExp][] = [
    [place("seal.json"), /^ĐÚNG: Niêm phong trong seal\.json là của phiên bản 1 của báo cáo Q2/m],
    [place("out/thu_Q2_v1.docx"), /^ĐÚNG: thu_Q2_v1\.docx là .* giống từng byte\.$/m],
    [code, /^ĐÚNG: \S+ là mã của phiên bản 1 của báo cáo Q2, kế hoạch thu\.$/m],
  ];
  for (const [what, says] of proofs) {
    const proved = await command("verify", "--against", what);
    expect([what, proved.code]).toEqual([what, 0]);
    expect(proved.out).toMatch(says);
  }
  writeFileSync(place("out/thu_Q2_v1.docx"), "other");
  const altered = await command("verify", "--against", place("out/thu_Q2_v1.docx"));
  expect(altered.code).toBe(1);
  expect(altered.out).toMatch(
    /^KHÔNG ĐÚNG: thu_Q2_v1\.docx .* không phải tệp của phiên bản đã phát hành/m,
  );
});

interface Wrong {
  readonly args: readonly string[];
  readonly code: 1 | 2;
  readonly says: RegExp;
}

const WRONG: readonly Wrong[] = [
  { args: ["publish", "Q2", "--reason", "x"], code: 2, says: /--class/ },
  { args: ["publish", "Q2", "--class", "first"], code: 2, says: /--reason/ },
  { args: ["publish", "Q2", "--class", "first", "--reason", " "], code: 2, says: /Đang để trống/ },
  {
    args: ["publish", "Q2", "--class", "final", "--reason", "x"],
    code: 2,
    says: /Các giá trị được nhận/,
  },
  { args: ["publish", "Q9", ...FIRST], code: 2, says: /Không kế hoạch nào có kỳ "Q9"/ },
  { args: ["publish", "Q3", ...FIRST], code: 1, says: /Chưa đơn vị nào gửi báo cáo/ },
  { args: ["verify", "Q2"], code: 2, says: /Chưa phát hành báo cáo nào như vậy/ },
];

test("wrong usage and refusals are told without a stack", async () => {
  const { command } = await officeInJune();
  for (const { args, code, says } of WRONG) {
    const ended = await command(...args);
    expect([ended.code, ended.err], args.join(" ")).toEqual([code, expect.stringMatching(says)]);
    expect(ended.err).not.toMatch(/\n\s+at /);
  }
});
