import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { plainAddPlaceholder } from "@signpdf/placeholder-plain";
import { P12Signer } from "@signpdf/signer-p12";
import { SignPdf } from "@signpdf/signpdf";
import forge from "node-forge";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { type Block, UPRIGHT } from "../../pipelines/exports/document-block.ts";
import { pdfBytes } from "../../pipelines/exports/pdf-document.ts";
import { reportSections } from "../../pipelines/exports/report-document.ts";
import { newFolder } from "../folders.ts";
import { givenPublication, givenReport, longReport } from "./given.ts";

const isInstalled = (program: string): boolean =>
  spawnSync(program, ["--version"]).error === undefined;

let bytes: Buffer;
let file: string;
beforeAll(async () => {
  bytes = Buffer.from(await pdfBytes(givenReport()));
  file = join(newFolder(), "report.pdf");
  writeFileSync(file, bytes);
});

/** The objects of a file, their streams unpacked, as text of single bytes. */
function objectsOf(pdf: Buffer): string[] {
  const text = pdf.toString("latin1");
  return [...text.matchAll(/\d+ 0 obj\n(.*?)endobj/gs)].map(([, body = ""]) => {
    const [dictionary = "", stream] = body.split(/\nstream\n/);
    if (stream === undefined) return dictionary;
    const packed = Buffer.from(stream.replace(/\nendstream\n$/, ""), "latin1");
    const isPacked = dictionary.includes("/FlateDecode");
    return `${dictionary}\n${(isPacked ? inflateSync(packed) : packed).toString("latin1")}`;
  });
}

describe("what PDF/A-2a asks of the file", () => {
  const has = (pattern: RegExp) => objectsOf(bytes).some((one) => pattern.test(one));

  test.each([
    [
      "a catalogue that names language, tags and their tree",
      /\/Type \/Catalog[\s\S]*\/Lang \(.*\)/,
    ],
    ["that it is tagged", /\/MarkInfo[\s\S]*\/Marked true|\/Marked true/],
    ["the tree of tags", /\/Type \/StructTreeRoot/],
    ["a colour space that it is meant for", /\/S \/GTS_PDFA1[\s\S]*\/DestOutputProfile/],
    ["metadata that name the part", /<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>A</],
    ["letters of Vietnamese by their names", /beginbfrange|beginbfchar/],
  ])("%s", (_, pattern) => {
    expect(has(pattern)).toBe(true);
  });

  test.each([
    ["a script", /\/(JavaScript|JS|Launch)\b/],
    ["encryption", /\/Encrypt\b/],
    ["transparency", /\/SMask\b|\/ca [^1]|\/CA [^1]/],
    ["an outer reference", /\/URI\b|\/GoToR\b/],
  ])("not %s", (_, pattern) => {
    expect(has(pattern)).toBe(false);
  });

  test("an identifier at its end, and letters embedded with a way to Unicode in every font", () => {
    expect(bytes.toString("latin1")).toMatch(/trailer[\s\S]*\/ID \[</);
    const fonts = objectsOf(bytes).filter((one) => /\/Subtype \/Type0/.test(one));
    expect(fonts).toHaveLength(4);
    for (const font of fonts) expect(font).toMatch(/\/ToUnicode \d+ 0 R/);
    const files = objectsOf(bytes).filter((one) => /\/FontFile2 \d+ 0 R/.test(one));
    expect(files).toHaveLength(4);
    expect(objectsOf(bytes).some((one) => /\/BaseFont \/(Helvetica|Times)/.test(one))).toBe(false);
  });

  test("metadata that agree with what the file says of itself", () => {
    const metadata = objectsOf(bytes).find((one) => one.includes("<pdfaid:part>")) ?? "";
    expect(Buffer.from(metadata, "latin1").toString("utf8")).toContain(
      "Kết quả thực hiện Kế hoạch số 217/KH-UBND ngày 06/5/2024 - Quý II năm 2024",
    );
    expect(metadata).toContain("2024-06-20T10:05:09");
  });
});

test("the same report gives the same bytes; another one others", async () => {
  expect(Buffer.from(await pdfBytes(givenReport()))).toEqual(bytes);
  const other = givenReport({ publication: givenPublication({ reason: "Khác" }) });
  expect(Buffer.from(await pdfBytes(other))).not.toEqual(bytes);
});

test("a file says of each letter which it is, whatever was written before", async () => {
  const written = async (before: readonly string[]): Promise<Buffer> => {
    vi.resetModules();
    const { PdfPages } = await import("../../pipelines/exports/pdf-page.ts");
    const facts = { title: "A", subject: "A", author: "A", written: new Date(0) };
    const write = async (text: string) => {
      const pages = await PdfPages.begin(facts);
      pages.newPage(UPRIGHT);
      const { left: x, top: y } = pages.frame;
      const set = pages.set(text, { italics: true }, 400);
      pages.place(pages.element("P"), set, { x, y, width: 400, align: "left" });
      return Buffer.from(await pages.end());
    };
    for (const text of before) await write(text);
    return write("đa");
  };
  const found = await written([]);
  // the shape of `á` is made of that of `a`, which nobody has asked for by its own letter then
  expect(await written(["á"])).toEqual(found);
  expect(await written(["\u00ad\u00a0"])).toEqual(found);
});

const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 26 });
const plain = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();

/** The texts of a block, in the order in which they are read. */
function wordsOf(block: Block): string[] {
  switch (block.kind) {
    case "paragraph":
      return [block.text];
    case "rule":
      return [];
    case "beside":
      return block.rows.flat(2).flatMap(wordsOf);
    case "table":
      return [
        ...block.columns.map(({ header }) => header),
        ...block.lines.flatMap((line) => ("heading" in line ? [line.heading] : line.flat())),
      ];
    default:
      throw new Error("no such block");
  }
}

describe.skipIf(!isInstalled("pdfinfo"))("with poppler (skipped where it is not installed)", () => {
  // of a large one poppler takes long
  test("every paragraph and cell of the document is told, in its order", async () => {
    const { lines } = givenReport();
    const small = givenReport({
      lines: lines.filter(({ code, area_no }) => code === "1.3a" && area_no < 3),
    });
    const path = join(newFolder(), "small.pdf");
    writeFileSync(path, await pdfBytes(small));
    const read = [...run("pdfinfo", "-enc", "UTF-8", "-struct-text", path).matchAll(/^ *"(.*)"$/gm)]
      .map(([, text = ""]) => text)
      .join("");
    const all = plain(read).replaceAll(" ", "");
    let at = 0;
    const expected = reportSections(small).flatMap(({ blocks }) => blocks.flatMap(wordsOf));
    for (const text of expected.map((one) => plain(one).replaceAll(" ", ""))) {
      const found = all.indexOf(text, at);
      expect([text, found >= at]).toEqual([text, true]);
      at = found + text.length;
    }
  });

  test("it is tagged A4, and words keep their blanks", () => {
    const info = run("pdfinfo", file);
    expect(info).toMatch(/Tagged:\s+yes/);
    expect(info).toMatch(/A4/);
    const text = plain(run("pdftotext", file, "-"));
    expect(text).toContain("Ủy ban nhân dân thành phố Lạng Sơn báo cáo kết quả thực hiện quý II");
  });

  test("a long report fills many pages, each within its frame, headers on each", async () => {
    const long = join(newFolder(), "long.pdf");
    writeFileSync(long, await pdfBytes(longReport(30)));
    const pages = run("pdftotext", "-layout", long, "-").split("\f");
    expect(pages.length).toBeGreaterThan(8);
    const heads = pages.filter((page) => /Phường, xã +1\.1/.test(page) || /\bTT\b/.test(page));
    expect(heads.length).toBeGreaterThan(2);
    const boxes = run("pdftotext", "-bbox", long, "-");
    for (const [, x = "", y = ""] of boxes.matchAll(/xMax="([\d.]+)" yMax="([\d.]+)"/g)) {
      expect(Number(x)).toBeLessThanOrEqual(842);
      expect(Number(y)).toBeLessThanOrEqual(842 - 40);
    }
  });

  test("the notes of a table never stand on a sheet by themselves", async () => {
    // the head of the table grows by a line at a time, until its notes no longer fit
    for (let words = 1; words < 20; words += 2) {
      const long = longReport(15);
      const items = long.items.map((one) => ({ ...one, short_name: "tên ".repeat(words) }));
      const path = join(newFolder(), "annexes.pdf");
      writeFileSync(path, await pdfBytes({ ...long, items }));
      const pages = run("pdftotext", "-layout", path, "-").split("\f");
      const alone = pages.filter(
        (page) => /Ký hiệu: /.test(page) && !/^ *\d+ +Phường số|^ *\d\.\d\w? /m.test(page),
      );
      expect([words, alone]).toEqual([words, []]);
    }
  });
});

/** A certificate and its key, as an office has them in one file; good for this test alone. */
function certificate(): Buffer {
  const { privateKey: pem } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
    publicKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  const privateKey = forge.pki.privateKeyFromPem(pem);
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  made.serialNumber = "01";
  made.validity.notBefore = new Date("2020-01-01");
  made.validity.notAfter = new Date("2100-01-01");
  const name = [{ name: "commonName", value: "UBND thu nghiem" }];
  made.setSubject(name);
  made.setIssuer(name);
  made.sign(privateKey, forge.md.sha256.create());
  const packed = forge.pkcs12.toPkcs12Asn1(privateKey, [made], "secret");
  return Buffer.from(forge.asn1.toDer(packed).getBytes(), "binary");
}

describe.skipIf(!isInstalled("openssl"))("a signature as an office puts it there", () => {
  /** The bytes that are signed, and the signature. */
  const partsOf = (signed: Buffer) => {
    const range = /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]/.exec(signed.toString("latin1"));
    const [from = 0, length = 0, next = 0, rest = 0] = (range ?? []).slice(1).map(Number);
    const hex = signed.subarray(from + length + 1, next - 1).toString("latin1");
    return {
      content: Buffer.concat([
        signed.subarray(from, from + length),
        signed.subarray(next, next + rest),
      ]),
      signature: Buffer.from(hex, "hex"),
    };
  };
  const holds = (signed: Buffer): boolean => {
    const folder = newFolder();
    const { content, signature } = partsOf(signed);
    const [at, by] = [join(folder, "content"), join(folder, "signature")];
    writeFileSync(at, content);
    writeFileSync(by, signature);
    try {
      const how = ["cms", "-verify", "-inform", "DER", "-binary", "-noverify", "-purpose", "any"];
      const out = join(folder, "out");
      execFileSync("openssl", [...how, "-in", by, "-content", at, "-out", out], { stdio: "pipe" });
      return readFileSync(out).equals(content);
    } catch {
      return false;
    }
  };

  test("holds, leaves the published bytes as they are, and shows what was changed since", async () => {
    const prepared = plainAddPlaceholder({
      pdfBuffer: bytes,
      reason: "Ký số báo cáo",
      contactInfo: "",
      name: "UBND",
      location: "Lạng Sơn",
      subFilter: "ETSI.CAdES.detached",
    });
    const signer = new P12Signer(certificate(), { passphrase: "secret" });
    const signed = await new SignPdf().sign(prepared, signer);
    expect(signed.subarray(0, bytes.length - 1).equals(bytes.subarray(0, bytes.length - 1))).toBe(
      true,
    );
    expect(holds(signed)).toBe(true);
    const altered = Buffer.from(signed);
    altered[2000] = (altered[2000] ?? 0) ^ 1;
    expect(holds(altered)).toBe(false);
    if (isInstalled("pdfsig")) {
      const path = join(newFolder(), "signed.pdf");
      writeFileSync(path, signed);
      expect(run("pdfsig", "-nocert", path)).toMatch(/Signature is Valid/);
      expect(run("pdfinfo", path)).toMatch(/Tagged:\s+yes/);
    }
  });
});
