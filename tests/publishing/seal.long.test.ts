import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { checkCode, keyCode } from "../../pipelines/contract/check-code.ts";
import { isSigned } from "../../pipelines/contract/sealing.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import { exportedSeal, proveAgainst } from "../../pipelines/publishing/proof.ts";
import { sealBefore, sealText } from "../../pipelines/publishing/seal.ts";
import { makeSealKey, readPublicKey, readSealKey } from "../../pipelines/publishing/seal-key.ts";
import { isSound, verifyReports } from "../../pipelines/publishing/verify.ts";
import { filesOfVersion } from "../../pipelines/publishing/version-files.ts";
import type { WarehousePaths } from "../../pipelines/warehouse/paths.ts";
import { rowsIn } from "../asked.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { copyOffice, newOffice, type Office, officeIn } from "./given.ts";

const WORLD = smallPlan([indicator(REACH)]);
let keys: string;
let given: Office;

/** Three versions: signed, not signed, signed with another key; the first with a workbook. */
beforeAll(async () => {
  keys = newFolder();
  await makeSealKey(join(keys, "own"));
  await makeSealKey(join(keys, "other"));
  const first = newOffice(WORLD, ["xlsx", "csv"]);
  await first.send("2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40");
  await first.send("2030-03-08T08:00", "D1", "Q1", "cases A1 2\ncases A2 12");
  const sealKey = await readSealKey(join(keys, "own"));
  await first.publish("2030-03-10T08:00", "Q1", { sealKey, acknowledge: true });
  given = officeIn(first.folder, WORLD);
  await given.send("2030-06-08T08:00", "W-A1", "Q2", "people 100\nreached 10");
  await given.publish("2030-06-10T08:00", "Q2", { acknowledge: true });
  await given.publish("2030-06-11T08:00", "Q1", {
    sealKey: await readSealKey(join(keys, "other")),
    class: "method",
    reason: "Đổi khóa",
    acknowledge: true,
    force: true,
  });
});

interface Row {
  readonly publication_no: number;
  readonly sha256: string;
  readonly seal: string;
  readonly signature: string | null;
  readonly signed_by: string | null;
  readonly check_code: string;
  readonly nonce: string;
}

async function versionsOf({ paths }: Office): Promise<Row[]> {
  const rows = await rowsIn(
    paths.ledger,
    `select publication_no::integer as publication_no, sha256, seal, signature, signed_by,
      check_code, nonce from publication order by all`,
  );
  return rows as unknown as Row[];
}

const verify = ({ paths }: Office) =>
  verifyReports(paths, { planId: null, period: null }, undefined, false);

describe("a key", () => {
  test("is a file that only its owner reads, and a public one beside it, of one key", async () => {
    expect(statSync(join(keys, "own")).mode & 0o777).toBe(0o600);
    const { publicKey } = await readSealKey(join(keys, "own"));
    expect(await readPublicKey(join(keys, "own.pub"))).toBe(publicKey);
    expect(await readPublicKey(join(keys, "own"))).toBe(publicKey);
    expect(Buffer.from(publicKey, "base64")).toHaveLength(32);
    expect(keyCode(publicKey)).toMatch(/^[0-9A-F]{5}(-[0-9A-F]{5}){3}$/);
  });

  test("is never written over another", async () => {
    const before = readFileSync(join(keys, "own"));
    await expect(makeSealKey(join(keys, "own"))).rejects.toThrow(/Đã có \S*own/);
    expect(readFileSync(join(keys, "own"))).toEqual(before);
  });

  test.each([
    ["is not there", () => join(keys, "none"), /Không đọc được khóa \S*none/],
    ["is no key", () => write("mine", "a text"), /mine không có khóa bí mật dùng để ký/],
    [
      "is of another kind",
      () => write("rsa", "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"),
      /rsa không có khóa bí mật/,
    ],
    ["is the public one", () => join(keys, "own.pub"), /own.pub không có khóa bí mật/],
  ])("that %s is refused", async (_, file, says) => {
    await expect(readSealKey(file())).rejects.toThrow(says);
  });

  test("signs a text, and no other, and not for another key", async () => {
    const key = await readSealKey(join(keys, "own"));
    const other = await readSealKey(join(keys, "other"));
    const signature = key.sign("seal");
    expect(isSigned("seal", signature, key.publicKey)).toBe(true);
    expect(isSigned("seals", signature, key.publicKey)).toBe(false);
    expect(isSigned("seal", signature, other.publicKey)).toBe(false);
    expect(isSigned("seal", "", key.publicKey)).toBe(false);
    expect(isSigned("seal", signature, "")).toBe(false);
  });
});

function write(name: string, text: string): string {
  writeFileSync(join(keys, name), text);
  return join(keys, name);
}

test("a short code is the first eighty bits of a digest", () => {
  expect(checkCode(`1a2b3c4d5ef607182938${"0".repeat(44)}`)).toBe("1A2B3-C4D5E-F6071-82938");
});

describe("the seals of a warehouse", () => {
  test("hold each the one before, the digest of the version and its public files", async () => {
    const versions = await versionsOf(given);
    const seals = versions.map(({ seal }) => JSON.parse(seal));
    expect(seals.map(({ period, version }) => [period, version])).toEqual([
      ["Q1", 1],
      ["Q2", 1],
      ["Q1", 2],
    ]);
    const { createHash } = await import("node:crypto");
    const digests = versions.map(({ seal }) => createHash("sha256").update(seal).digest("hex"));
    expect(seals.map(({ previous }) => previous)).toEqual([null, digests[0], digests[1]]);
    for (const [index, seal] of seals.entries()) {
      expect(seal.sha256).toBe(versions[index]?.sha256);
      expect(versions[index]?.check_code).toBe(checkCode(seal.sha256));
    }
    expect(seals.map(({ files }) => files.length)).toEqual([5, 4, 4]);
    const files = await filesOfVersion(given.paths, await given.read("Q1", 1, "shared"));
    expect(
      new Map(seals[0].files.map((one: Row & { name: string }) => [one.name, one.sha256])),
    ).toEqual(new Map(files.map(({ name, sha256 }) => [name, sha256])));
  });

  test("tell nobody the digest of a file of the city, by which counts could be tried out", async () => {
    const [first] = await versionsOf(given);
    const city = await filesOfVersion(given.paths, await given.read("Q1", 1, "city"));
    const everybodys = await filesOfVersion(given.paths, await given.read("Q1", 1, "shared"));
    const known = new Set(everybodys.map(({ sha256 }) => sha256));
    const own = city.filter(({ sha256 }) => !known.has(sha256));
    expect(own.map(({ name }) => name)).toContain("small_Q1_v1_noi-bo_dai.csv");
    for (const { name, sha256 } of own) {
      expect(first?.seal).not.toContain(name);
      expect(first?.seal).not.toContain(sha256);
    }
    expect(first?.seal).not.toContain(first?.nonce);
  });

  test("hold, signed or not, with which key, and with one that is lost: the signing alone is", async () => {
    rmSync(join(keys, "other"));
    const result = await verify(given);
    expect(isSound(result)).toBe(true);
    const { publicKey: own } = await readSealKey(join(keys, "own"));
    const other = await readPublicKey(join(keys, "other.pub"));
    expect(result.versions.map(({ signed_by }) => signed_by)).toEqual([own, null, other]);
  });

  test("stand in what is published: the code, the seal before, the key", async () => {
    const [first, second] = await versionsOf(given);
    const report = await given.read("Q1", 2, "shared");
    expect(report.publication).toMatchObject({
      check_code: checkCode(report.publication.sha256),
      signed_by: await readPublicKey(join(keys, "other.pub")),
    });
    expect(report.publication.previous_seal).not.toBeNull();
    expect([first?.signature === null, second?.signature]).toEqual([false, null]);
  });

  test.each([
    {
      of: ["a signature taken off", "a signature where none is named", "the short code"],
      sql: `update publication set signature = null where publication_no = 1;
        update publication set signature = 'AAAA' where publication_no = 2;
        update publication set check_code = '00000-00000-00000-00000' where publication_no = 3`,
    },
    {
      of: ["a signature of another version", null, "another key named"],
      sql: `update publication set signed_by = (select signed_by from publication where publication_no = 1),
          signature = (select signature from publication where publication_no = 1)
        where publication_no = 3;
        update publication set signature = 'AAAA' || substr(signature, 5) where publication_no = 1`,
    },
  ])("what was altered is found in each version: $of", async ({ of, sql }) => {
    const office = copyOffice(given, WORLD);
    await office.tamper(sql);
    const { versions } = await verify(office);
    expect(versions.map(({ faults }, index) => (faults.length > 0 ? of[index] : null))).toEqual(of);
  });

  test("a version and its seal that were put anew without the key: the signature does not fit", async () => {
    const office = copyOffice(given, WORLD);
    const [, , third] = await versionsOf(office);
    const seal = third?.seal.replace('"version": 2', '"version": 3') ?? "";
    expect(seal).not.toBe(third?.seal);
    await office.tamper(`update publication set seal = '${seal}' where publication_no = 3`);
    const { versions } = await verify(office);
    const faults = versions.find(({ version }) => version === 2)?.faults ?? [];
    expect(faults.join("\n")).toMatch(/Niêm phong không được ký bằng khóa đã nêu/);
  });

  test("versions of earlier programs, which have none, are named in the next", () => {
    const earlier = [
      { seal: null, sha256: "a" },
      { seal: null, sha256: "b" },
    ];
    expect(sealBefore(earlier)).toEqual({ previous_seal: null, unsealed: ["a", "b"] });
    const sealed = sealBefore([...earlier, { seal: "text", sha256: "c" }]);
    expect(sealed.unsealed).toEqual([]);
    expect(sealed.previous_seal).toMatch(
      /^982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1$/,
    );
    expect(sealBefore([])).toEqual({ previous_seal: null, unsealed: [] });
  });
});

describe("what left the office is held against the warehouse", () => {
  const prove = (paths: WarehousePaths, what: string) =>
    proveAgainst(
      paths,
      existsSync(what) ? { name: basename(what), bytes: readFileSync(what) } : what,
    );

  const sealFile = async (office: Office, index: number): Promise<string> => {
    const version = (await versionsOf(office))[index];
    if (version === undefined) throw new Error("no such version");
    const file = join(newFolder(), "niem-phong.json");
    writeFileSync(file, exportedSeal(version) ?? "");
    return file;
  };

  test("an exported seal", async () => {
    const { publicKey } = await readSealKey(join(keys, "own"));
    expect(await prove(given.paths, await sealFile(given, 0))).toEqual({
      holds: true,
      finding: `Niêm phong trong niem-phong.json là của phiên bản 1 của báo cáo Q1, kế hoạch small, ký bằng khóa ${keyCode(publicKey)}.`,
    });
    expect((await prove(given.paths, await sealFile(given, 1)))?.finding).toMatch(/không ký/);
  });

  test("one that was altered after it was signed", async () => {
    const file = await sealFile(given, 0);
    writeFileSync(file, readFileSync(file, "utf8").replace("Q1", "Q3"));
    const proof = await prove(given.paths, file);
    expect(proof).toMatchObject({ holds: false, finding: expect.stringMatching(/đã bị sửa/) });
  });

  test("one whose version was written anew since, key and all", async () => {
    const file = await sealFile(given, 0);
    const office = copyOffice(given, WORLD);
    await office.tamper(
      "delete from publication; delete from publication_row; delete from publication_file",
    );
    const proof = await prove(office.paths, file);
    expect(proof).toMatchObject({
      holds: false,
      finding: expect.stringMatching(/viết lại sau đó/),
    });
  });

  test("a file, and a file with one byte more", async () => {
    const [workbook] = await filesOfVersion(given.paths, await given.read("Q1", 1, "city"));
    const file = join(newFolder(), "renamed.xlsx");
    writeFileSync(file, workbook?.bytes ?? "");
    expect(await prove(given.paths, file)).toEqual({
      holds: true,
      finding:
        "renamed.xlsx là small_Q1_v1_noi-bo.xlsx của phiên bản 1 của báo cáo Q1, kế hoạch small, bản lưu hành nội bộ, giống từng byte.",
    });
    writeFileSync(file, " ", { flag: "a" });
    expect(await prove(given.paths, file)).toMatchObject({ holds: false });
  });

  test("a printed code, however it is typed, and one of nothing", async () => {
    const { publication } = await given.read("Q2", 1, "shared");
    const typed = ` ${publication.check_code.toLowerCase()} `;
    expect(await prove(given.paths, typed)).toEqual({
      holds: true,
      finding: `${typed.trim()} là mã của phiên bản 1 của báo cáo Q2, kế hoạch small.`,
    });
    expect(await prove(given.paths, "00000-00000-00000-00000")).toMatchObject({
      holds: false,
    });
    expect(await prove(given.paths, "no-such-file")).toBe(null);
  });

  test("a receipt and a file that was sent; and what is from after the place where a journal was cut", async () => {
    const office = copyOffice(given, WORLD);
    const sent = await rowsIn(given.paths.ledger, "select sha256 from receipt order by receipt_no");
    const [first, , last] = sent.map(({ sha256 }) => String(sha256));
    const saved = join(newFolder(), "phieu.html");
    writeFileSync(
      saved,
      `<h1>Phiếu tiếp nhận số 3</h1><dl><dt>Mã kiểm tra của tệp (SHA-256)</dt><dd><code>${last}</code></dd></dl>`,
    );
    const file = join(given.paths.archive, last ?? "");
    const seal = await sealFile(given, 2);
    const held: [what: string, isBeforeTheCut: boolean][] = [
      [`1:${first}`, true],
      [`3:${last}`, false],
      [saved, false],
      [file, false],
      [seal, false],
    ];
    for (const [what] of held) {
      expect([what, (await prove(office.paths, what))?.holds]).toEqual([what, true]);
    }
    expect((await prove(office.paths, `3:${first}`))?.holds).toBe(false);
    for (const name of readdirSync(office.paths.entries)) {
      if (Number(name.slice(0, 12)) > 3) rmSync(join(office.paths.entries, name));
    }
    rmSync(office.paths.ledger);
    await rebuildLedger(office.paths, { replace: false });
    expect(isSound(await verify(office))).toBe(true);
    for (const [what, isBeforeTheCut] of held) {
      expect([what, (await prove(office.paths, what))?.holds]).toEqual([what, isBeforeTheCut]);
    }
    expect((await prove(office.paths, saved))?.finding).toMatch(
      /^Phiếu số 3 của tệp .* nhật ký đã bị cắt bớt hay viết lại sau đó\.$/,
    );
  });
});

test("a seal is put the same again whatever the order of the files", async () => {
  const facts = {
    plan_id: "p",
    period: "Q1",
    version: 1,
    class: "first" as const,
    reason: "r",
    is_final: false,
    as_of: "",
    recorded_at: "",
    software_version: "",
    plan_sha256: "",
    inputs_sha256: "",
    models_sha256: "",
    lines_sha256: "",
    nonce: "n",
    contract_version: 1,
    previous_seal: null,
    signed_by: null,
    document: null,
  };
  const files = [
    { audience: "shared" as const, name: "a", sha256: "1" },
    { audience: "city" as const, name: "b", sha256: "2" },
    { audience: "shared" as const, name: "c", sha256: "3" },
  ];
  const sealed = { publication_no: "1", facts, sha256: "s", unsealed: [] };
  expect(sealText({ ...sealed, files })).toBe(sealText({ ...sealed, files: files.toReversed() }));
});
