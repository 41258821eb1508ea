import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { lookIntoInbox } from "../../pipelines/intake/inbox-files.ts";
import { rebuildLedger } from "../../pipelines/ledger/rebuild.ts";
import { PrintedTexts } from "../../pipelines/persons/printed-texts.ts";
import { kindOfHead, PACKAGE } from "../../pipelines/readers/file-kind.ts";
import { unpackPackage } from "../../pipelines/readers/package-reader.ts";
import { newFolder } from "../folders.ts";
import { bomb, type ZipEntry, zipFile, zipOf } from "../readers/zip-given.ts";
import { formRows, workbookOfRows } from "./form-given.ts";
import {
  archivedFiles,
  csvOf,
  inboxNames,
  newWorld,
  send,
  sendPackage,
  takeInbox,
  type World,
} from "./given.ts";
import { type MailPart, mailOf } from "./mail-given.ts";

const ONE = csvOf(["UB-01,Q2,,people,5,", "UB-01,Q2,,reached,4,"]);
const TWO = csvOf(["UB-02,Q2,,people,7,"]);
const THREE = csvOf(["UB-02,Q3,,people,8,"]);
const WRONG = csvOf(["UB-02,Q2,,people,-7,"]);
const PDF = "%PDF-1.7\n%\u00e2\n";
const DOCX = zipOf({ "[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>" });
/** An archive and a mail with one report. */
const ZIP_ONE = zipOf({ "a.csv": ONE });
const MAIL_ONE = mailOf([{ name: "a.csv", content: ONE }]);

const shown = (outcomes: Awaited<ReturnType<typeof sendPackage>>): string[] =>
  outcomes.map(({ file, medium, outcome, problems }) =>
    [file, medium, outcome, ...problems.map(({ code }) => code)].join(" | "),
  );

async function figures(world: World): Promise<string[]> {
  const rows =
    await world.rows(`select file_name || ': ' || measure || ' ' || value::integer::varchar as said
    from receipt join submission using (receipt_no) join reading using (submission_no)
    where state = 'reported' order by 1`);
  return rows.map(({ said }) => String(said));
}

test("each form of an archive is taken by itself, with a receipt and a reply of its own", async () => {
  const world = newWorld();
  const form = await workbookOfRows(await formRows(world.catalogue, "UB-01", { people: "12" }));
  const archive = zipOf({
    "Quý II/": "",
    "Quý II/Phường Một.xlsx": form,
    "Phường Hai.csv": WRONG,
    "__MACOSX/._Phường Hai.csv": "x",
    "Thumbs.db": "x",
  });
  const outcomes = await sendPackage(world, { file: "báo cáo.zip", content: archive });
  expect(shown(outcomes)).toEqual([
    "báo cáo.zip | package | accepted",
    "báo cáo.zip › Quý II › Phường Một.xlsx | form | accepted",
    "báo cáo.zip › Phường Hai.csv | csv | refused | negative",
  ]);
  expect(outcomes.map(({ receipt_no }) => receipt_no)).toEqual([3, 1, 2]);
  expect(await figures(world)).toEqual(["báo cáo.zip › Quý II › Phường Một.xlsx: people 12"]);
  // the archive and both files lie in the archive, whole
  expect(archivedFiles(world)).toEqual(outcomes.map(({ sha256 }) => sha256).sort());
  for (const [index, content] of [archive, form, Buffer.from(WRONG)].entries()) {
    const kept = readFileSync(join(world.paths.archive, outcomes[index]?.sha256 ?? ""));
    expect(kept.equals(Buffer.from(content))).toBe(true);
  }
  const [of, ofForm, ofCsv] = outcomes.map(({ reply }) => reply);
  expect([of, ofForm]).toEqual([null, null]);
  expect(readFileSync(ofCsv ?? "", "utf8")).toContain("Tệp: báo cáo.zip › Phường Hai.csv\n");
});

test("what is no report in an archive is named, and the archive with it in a reply of its own", async () => {
  const world = newWorld();
  const content = zipOf({
    "Công văn.pdf": PDF,
    "bao-cao.csv": ONE,
    "Thuyết minh.docx": DOCX,
    "trong.txt": "",
    "khác.rar": Buffer.from("526172211a0701000000", "hex"),
  });
  const outcomes = await sendPackage(world, { content });
  expect(shown(outcomes)).toEqual([
    "a.zip | package | accepted | packed_no_report | packed_no_report | packed_no_report | packed_no_report",
    "a.zip › bao-cao.csv | csv | accepted",
  ]);
  const reply = readFileSync(outcomes[0]?.reply ?? "", "utf8");
  expect(reply).toContain("từng biểu trong tệp được tiếp nhận riêng; có 4 nội dung cần lưu ý.");
  for (const [name, kind] of [
    ["Công văn.pdf", "tệp PDF"],
    ["Thuyết minh.docx", "văn bản Word (.docx)"],
    ["khác.rar", "tệp nén RAR"],
  ]) {
    expect(reply).toContain(`“${name}” không được đọc số liệu. Đây là ${kind}, không phải`);
  }
  expect(reply).toContain("“trong.txt” không được đọc số liệu. Tệp không có nội dung.");
});

/** An archive of one report, which differs in something. */
const csvIn = (entry: Partial<ZipEntry>): Buffer =>
  zipFile([{ name: "a.csv", content: ONE, ...entry }]);
const AES = Buffer.from("0199070002004145030800", "hex");
const MANY = Array.from({ length: 501 }, (_, index) => [`${index}.csv`, ONE] as const);
const MEGABYTES_64 = crc32(Buffer.alloc(64 * 1024 * 1024, " "));
const BEYOND_MEASURE = zipFile([{ name: "a.csv", packed: bomb(400) }]);
const NO_REPORT = "package_without_reports";

/** A package, and what it is refused for. */
const REFUSED: [what: string, content: Buffer, ...codes: string[]][] = [
  ["without a report", zipOf({ "a.pdf": PDF }), NO_REPORT, "packed_no_report"],
  ["with folders alone", zipOf({ "a/": "" }), NO_REPORT],
  ["with a password", csvIn({ flags: 1 }), "password_protected"],
  ["with a password by AES", csvIn({ flags: 1, method: 99, extra: AES }), "password_protected"],
  ["packed in a rare way", csvIn({ method: 14 }), "package_method"],
  ["with a damaged file", csvIn({ crc: 1 }), "damaged_package"],
  ["cut short", csvIn({}).subarray(0, 120), "damaged_package"],
  ["of five hundred and one files", zipOf(Object.fromEntries(MANY)), "file_too_large"],
  [
    "that inflates a thousandfold",
    zipFile([{ name: "a.csv", packed: bomb(64), crc: MEGABYTES_64 }]),
    "file_too_large",
  ],
  ["that inflates beyond measure", BEYOND_MEASURE, "file_too_large"],
  [
    "with one in it that inflates beyond measure",
    zipOf({ "b.csv": ONE, "a.zip": BEYOND_MEASURE }),
    "file_too_large",
  ],
  ["that is a mail cut short", MAIL_ONE.subarray(0, -20), "damaged_package"],
  ["that is a mail without attachments", mailOf([]), NO_REPORT],
];

test("a package with nothing but a report of another layout has a receipt, the first in a warehouse too", async () => {
  const content = csvIn({ content: "plan,unit,period,measure,value,x\n" });
  expect(shown(await sendPackage(newWorld(), { content }))).toEqual([
    "a.zip | package | accepted",
    "a.zip › a.csv | csv | refused | header_missing | header_missing | header_unknown",
  ]);
});

test("a package is refused for what it is, and nothing of it counts", async () => {
  const world = newWorld();
  const outcomes = await send(world, ...REFUSED.map(([file, content]) => ({ file, content })));
  expect(
    outcomes.map(({ file, outcome, is_kept, problems }) => [
      file,
      ...[outcome, is_kept],
      ...problems.map(({ code }) => code),
    ]),
  ).toEqual(
    REFUSED.map(([what, , ...codes]) => [
      what,
      ...["refused", !codes.includes("file_too_large")],
      ...codes,
    ]),
  );
  // nothing of them has a receipt of its own
  const sql =
    "select (select count(*) from receipt)::integer as receipts, (select count(*) from submission)::integer as reports";
  expect(await world.rows(sql)).toEqual([{ receipts: REFUSED.length, reports: 0 }]);
  const kept = outcomes.flatMap(({ is_kept, sha256 }) => (is_kept ? [sha256] : []));
  expect(archivedFiles(world)).toEqual([...new Set(kept)].sort());
});

const NAME = "Phường Hoàng Văn Thụ.csv";
/** An entry with a field for another name, `NAME`, of the name that it is about. */
const withField = (name: string, about: string): ZipEntry => {
  const field = Buffer.alloc(5 + Buffer.byteLength(NAME));
  field.writeUInt8(1);
  field.writeUInt32LE(crc32(about), 1);
  field.write(NAME, 5);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(0x7075);
  head.writeUInt16LE(field.length, 2);
  const moment = Buffer.from("545505000100000000", "hex");
  return { name, extra: Buffer.concat([moment, head, field]) };
};
/** With its tones apart, as that code page has them. */
const TONES_APART = "Phươ\u0300ng Hoa\u0300ng Văn Thu\u0323.csv";
const DOS = "Bàn giao à.csv";
const NAMES: [writer: string, name: string, entry: ZipEntry][] = [
  ["UTF-8 that says so", NAME, { name: NAME, flags: 0x800 }],
  ["UTF-8 that does not", NAME, { name: NAME }],
  ["UTF-8 of a Mac, decomposed", NAME, { name: NAME.normalize("NFD"), flags: 0x800 }],
  ["the code page of Vietnam", NAME, { name: iconv.encode(TONES_APART, "windows-1258") }],
  ["TCVN3", NAME, { name: iconv.encode(NAME, "tcvn") }],
  ["the first code page of DOS", DOS, { name: iconv.encode(DOS, "cp437") }],
  ["WinRAR, in a field of its own", NAME, withField("Ph?ng.csv", "Ph?ng.csv")],
  ["a field about another name", "Phong.csv", withField("Phong.csv", "x")],
  ["paths of Windows", "Quy 2 › Phuong 1.csv", { name: "Quy 2\\Phuong 1.csv" }],
  ["a path to elsewhere", "tmp › x.csv", { name: "../../../tmp/x.csv" }],
  ["a path from the root", "etc › x.csv", { name: "/etc/x.csv" }],
];

/** The files that a package is opened to. */
async function namesIn(content: Buffer): Promise<string[]> {
  const opened = await unpackPackage(content, newFolder(), new PrintedTexts());
  return opened.ok ? opened.files.map(({ name }) => name) : [];
}

test.each(NAMES)("a name in %s is read", async (_, name, entry) => {
  expect(await namesIn(zipFile([{ ...entry, content: ONE }]))).toEqual([name]);
});

test("a unit's package holds no more files than a unit owes forms; that of the office may", async () => {
  const world = newWorld();
  const content = zipOf(
    Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`${at}.txt`, "x"])),
  );
  const resultOf = async (mayReport?: ReadonlySet<string>): Promise<readonly string[]> =>
    shown(await sendPackage(world, { content, ...(mayReport && { mayReport }) }));
  expect(await resultOf(new Set())).toEqual(["a.zip | package | refused | file_too_large"]);
  expect((await resultOf())[0]).not.toContain("file_too_large");
});

test("two files of the same name are two files", async () => {
  const world = newWorld();
  const content = zipFile([
    { name: "a.csv", content: ONE },
    { name: "a.csv", content: TWO },
  ]);
  const outcomes = await sendPackage(world, { content });
  expect(shown(outcomes)).toHaveLength(3);
  expect(await figures(world)).toEqual([
    "a.zip › a.csv: people 5",
    "a.zip › a.csv: people 7",
    "a.zip › a.csv: reached 4",
  ]);
});

test("packages in packages are opened, three deep; one that cannot be is named", async () => {
  const world = newWorld();
  const mail = mailOf([
    { name: '"Quy 2.zip"', content: zipOf({ "hai.csv": TWO, "sâu.zip": zipOf({ "x.csv": ONE }) }) },
    { name: "=?utf-8?B?UGjGsOG7nW5nIE3hu5l0LmNzdg==?=", content: THREE, type: "text/csv" },
    { name: "khoa.zip", content: zipFile([{ name: "x.csv", content: TWO, flags: 1 }]) },
    {
      name: "hong.zip",
      content: zipFile([
        { name: "y.csv", content: TWO },
        { name: "x.csv", content: TWO, crc: 5 },
      ]),
    },
  ]);
  const outcomes = await sendPackage(world, { file: "thư.eml", content: mail });
  expect(shown(outcomes)).toEqual([
    "thư.eml | package | accepted | password_protected | damaged_package",
    "thư.eml › Quy 2.zip › hai.csv | csv | accepted",
    "thư.eml › Quy 2.zip › sâu.zip › x.csv | csv | accepted",
    "thư.eml › Phường Một.csv | csv | accepted",
  ]);
  const reply = readFileSync(outcomes[0]?.reply ?? "", "utf8");
  expect(reply).toContain("Không mở được “khoa.zip”. Tệp nén đặt mật khẩu nên không mở được.");
  expect(reply).toContain("Không mở được “hong.zip”. Tệp nén hoặc thư bị hỏng");
});

test("an archive beyond the third is not opened, but named", async () => {
  const world = newWorld();
  let content = zipOf({ "x.csv": ONE });
  for (const name of ["4.zip", "3.zip", "2.zip"]) {
    content = zipOf({ [name]: content, [`${name}.csv`]: TWO });
  }
  const [outcome, ...others] = await sendPackage(world, { file: "1.zip", content });
  expect(outcome?.problems.map(({ found }) => found)).toEqual([
    "“2.zip › 3.zip › 4.zip” không được đọc số liệu. Đây là tệp nén ZIP, không phải biểu mẫu bảng tính hoặc tệp CSV theo mẫu quy định.",
  ]);
  expect(others.map(({ file }) => file.split(" › ").length)).toEqual([4, 3, 2]);
});

const PASSED_ON = mailOf([{ name: "trong.csv", content: ONE }]);
const ATTACHED: [what: string, name: string, part: Partial<MailPart>][] = [
  ["with a name in pieces", "x", { name: "x", headers: [] }],
  [
    "of a mail that was passed on",
    "thu.eml › trong.csv",
    { content: PASSED_ON, type: "message/rfc822", name: "thu.eml" },
  ],
  ["without a name", "tệp đính kèm", { type: "text/csv" }],
  [
    "as text of the letter",
    "nội dung thư",
    { name: "a.csv", type: "text/plain", disposition: "inline" },
  ],
];

const SIGNED = `DKIM-Signature: v=1; a=rsa-sha256; d=langson.gov.vn;\r\n${"\tb=dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSb;\r\n".repeat(14)}`;
const TYPE_FIRST = mailOf([{ name: "a.csv", content: ONE }], { isTypeFirst: true });
const MARK_FIRST = Buffer.concat([Buffer.from("\uFEFF"), TYPE_FIRST]);
const FIRST = mailOf([{ name: "a.csv", content: ONE }]);

test.each<[string, string | Buffer, string?]>([
  ["another header", TYPE_FIRST],
  ["a long signature", SIGNED],
  [
    "signatures of three servers",
    `${SIGNED}${SIGNED.replace("DKIM", "ARC-Message")}${SIGNED.replace("DKIM-Signature", "ARC-Seal")}`,
  ],
  ["a line of a mailbox", "From vanphong@langson.gov.vn Mon Jul  1 08:00:00 2030\n"],
  ["its length", `${FIRST.length}      \n`, '<?xml version="1.0"?><plist><dict/></plist>'],
  ["a blank line", "\r\n"],
  ["a mark", "\u00EF\u00BB\u00BF"],
  ["a mark before its type", MARK_FIRST],
])("a mail is known that begins with %s", async (_, before, behind = "") => {
  const whole = typeof before === "string" ? [before, FIRST, behind] : [before];
  const mail = Buffer.concat(whole.map((one) => Buffer.from(one as string, "latin1")));
  expect(kindOfHead(mail)?.code).toBe(PACKAGE);
  expect(await namesIn(mail)).toEqual(["a.csv"]);
});

/** The form of a ward with so many people. */
const formWith = async (people: string): Promise<Buffer> =>
  Buffer.from(
    await workbookOfRows(
      await formRows(newWorld().catalogue, "UB-01", people === "" ? {} : { people, reached: "40" }),
    ),
  );
const CSV_60 = csvOf(["UB-01,Q2,,people,60,", "UB-01,Q2,,reached,40,"]);

test.each([
  ["two forms that differ", await formWith("60"), await formWith("45"), true],
  ["a form and a CSV that differ", await formWith("45"), Buffer.from(CSV_60), true],
  ["the same twice, once as CSV", await formWith("60"), Buffer.from(CSV_60), false],
  ["a form and a blank one", await formWith("60"), await formWith(""), false],
])("of one unit and period in one delivery: %s", async (_, one, other, isAsked) => {
  const files = [
    { name: "b - moi.xlsx", content: one },
    { name: "c - cu.xlsx", content: other },
  ];
  for (const content of [zipFile(files), mailOf(files)]) {
    const world = newWorld();
    const [, ...outcomes] = await sendPackage(world, { content });
    const codes = outcomes.map(({ problems }) =>
      problems.some(({ code }) => code === "packed_differing"),
    );
    expect(codes).toEqual([isAsked, isAsked]);
    const counted = (await figures(world)).filter((line) => line.includes("people"));
    expect(counted.every((line) => line.endsWith(" 60"))).toBe(true);
    expect(counted.length > 0).toBe(!isAsked);
  }
});

const ofLetters = newWorld();
test.each([
  ["sửa lại là 45 người", ["letter_figures"]],
  ["Đính chính: dòng 9 số đúng là 25", ["letter_figures"]],
  ["Trong quý không phát sinh.", ["letter_figures"]],
  ["chị Lò Thị Mẩy 32 tuổi ở thôn Khòn Phổ", ["letter_may_be_personal"]],
  ["Phường gửi báo cáo quý 2 theo Công văn số 45/CV-UBND ngày 01/6/2030.", []],
  ["> sửa lại là 45 người", []],
])("what the letter of a mail says: %s", async (letter, codes) => {
  const content = mailOf([{ name: "a.csv", content: ONE }], { letter });
  const [mail] = await sendPackage(ofLetters, { content });
  expect(mail?.problems.map(({ code }) => code)).toEqual(codes);
});

test.each(ATTACHED)("an attachment %s is taken", async (_, name, part) => {
  expect(await namesIn(mailOf([{ content: ONE, ...part }], { letter: "" }))).toEqual([name]);
});

test("of a mail whose letter tells of a person the forms are taken, and the mail is not kept", async () => {
  const world = newWorld();
  const content = mailOf([{ name: "a.csv", content: ONE }], {
    from: "Nguyễn Văn An <nguyenvanan@gmail.com>",
    letter: "Em gửi báo cáo, có gì gọi em 0912 345 678.",
  });
  const file = join(world.sources, "inbox", "thư.eml");
  writeFileSync(file, content);
  const first = await takeInbox(world);
  expect(shown([...first.outcomes])).toEqual([
    "thư.eml | package | accepted | personal_data",
    "thư.eml › a.csv | csv | refused | period_not_begun",
  ]);
  const [mail, form] = first.outcomes;
  expect([mail?.is_kept, form?.is_kept]).toEqual([false, true]);
  expect(mail?.problems[0]?.found).toBe(
    "Nội dung hoặc địa chỉ của thư là dữ liệu cá nhân (thư điện tử, số điện thoại) nên thư không được lưu lại. Các biểu trong thư vẫn được tiếp nhận riêng.",
  );
  expect(archivedFiles(world)).toEqual([form?.sha256]);
  // it stays, and is told once
  expect(existsSync(file)).toBe(true);
  const second = await takeInbox(world);
  expect(second.outcomes).toEqual([]);
  expect(second.left.map(({ file: name, again }) => [name, again])).toEqual([
    ["thư.eml", "changed"],
  ]);
  expect(await world.rows("select count(*)::integer as n from receipt")).toEqual([{ n: 2 }]);
});

test("an archive with a file of personal data is not kept, nor is that file; the others count", async () => {
  const world = newWorld();
  const persons = csvOf(["UB-02,Q2,,people,7,Nguyễn Văn An CCCD 001099012345"]);
  const content = zipOf({
    "một.csv": ONE,
    "hai.csv": persons,
    "Danh sách Nguyễn Văn An 0912345678.pdf": PDF,
  });
  const outcomes = await sendPackage(world, { content });
  expect(shown(outcomes)).toEqual([
    "a.zip | package | accepted | personal_data | personal_data | packed_no_report",
    "a.zip › một.csv | csv | accepted",
    "a.zip › hai.csv | csv | refused | personal_data",
  ]);
  expect(outcomes.map(({ is_kept }) => is_kept)).toEqual([false, true, false]);
  const reply = readFileSync(outcomes[0]?.reply ?? "", "utf8");
  expect(reply).toContain("(“hai.csv”)");
  expect(reply).toContain("“ten-tep-khong-luu.pdf” không được đọc số liệu.");
  expect(reply).not.toMatch(/Nguyễn|0912|00109/);
  expect(archivedFiles(world)).toEqual([outcomes[1]?.sha256]);
});

test("an archive that comes again changes nothing; a later one with a correction counts", async () => {
  const world = newWorld();
  const content = zipOf({ "a.csv": ONE, "b.pdf": PDF });
  await sendPackage(world, { content });
  const again = await sendPackage(world, { content, received: "2030-12-21T10:00" });
  expect(shown(again)).toEqual(["a.zip | package | duplicate", "a.zip › a.csv | csv | duplicate"]);
  expect(again[0]?.first_received_at).toBe("2030-12-20 10:00:00");
  const corrected = csvOf(["UB-01,Q2,,people,6,", "UB-01,Q2,,reached,4,"]);
  const mended = { content: zipOf({ "a.csv": corrected }), received: "2030-12-22T10:00" };
  const later = await sendPackage(world, mended);
  expect(later[1]?.submissions).toMatchObject([{ replaces_earlier: true }]);
  // A, B, A: it is asked about
  const back = await sendPackage(world, { content, received: "2030-12-23T10:00" });
  expect(shown(back)).toEqual([
    "a.zip | package | accepted | packed_no_report",
    "a.zip › a.csv | csv | accepted | sent_again_after_correction",
  ]);
});

test("a mail that is not kept is told once, however often it comes", async () => {
  const world = newWorld();
  const from = "Nguyễn Văn An <nguyenvanan@gmail.com>";
  const content = mailOf([{ name: "a.csv", content: ONE }], { from });
  const [first] = await sendPackage(world, { file: "a.eml", content });
  const received = "2030-12-21T10:00";
  const [again, form] = await sendPackage(world, { file: "a.eml", content, received });
  expect([again?.receipt_no, again?.is_kept]).toEqual([first?.receipt_no, false]);
  expect(form?.outcome).toBe("duplicate");
  expect(archivedFiles(world)).toEqual([form?.sha256]);
});

test("the ledger is made again from the archive, packages and what was in them", async () => {
  const world = newWorld();
  await sendPackage(world, { content: zipOf({ "a.csv": ONE, "b.pdf": PDF }) });
  await sendPackage(world, {
    file: "b.eml",
    content: mailOf([{ name: "b.csv", content: TWO }]),
    received: "2030-12-21T10:00",
  });
  expect(await rebuildLedger(world.paths, { replace: false })).toMatchObject({
    result: "equal",
    receipts: 4,
  });
});

test("an archive or a mail without its end waits in the inbox before it is refused", async () => {
  const world = newWorld();
  const inbox = join(world.sources, "inbox");
  const put = (name: string, content: Uint8Array, secondsAgo: number): void => {
    const path = join(inbox, name);
    writeFileSync(path, content);
    const moment = new Date(Date.now() - secondsAgo * 1000);
    utimesSync(path, moment, moment);
  };
  put("a.zip", ZIP_ONE.subarray(0, 100), 10);
  put("b.eml", MAIL_ONE.subarray(0, -12), 10);
  put("c.eml", MAIL_ONE, 10);
  await new Promise((resolve) => setTimeout(resolve, 2100));
  const { ready, left } = await lookIntoInbox(inbox);
  expect(ready.map(({ shownName }) => shownName)).toEqual(["c.eml"]);
  expect(left.map(({ file, reason }) => [file, reason.split(".")[0]])).toEqual([
    ["a.zip", "có thể còn đang chép: thiếu phần cuối tệp"],
    ["b.eml", "có thể còn đang chép: thiếu phần cuối tệp"],
  ]);
});

test("an archive that the program zip has written, with folders and accents, is read", async () => {
  const world = newWorld();
  const folder = join(world.folder, "gửi", "Quý II");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, NAME), ONE);
  try {
    execFileSync("zip", ["-q", "-r", join(world.folder, "a.zip"), "gửi"], { cwd: world.folder });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      process.stdout.write("zip is not installed; not tried\n");
      return;
    }
    throw error;
  }
  const content = readFileSync(join(world.folder, "a.zip"));
  expect(shown(await sendPackage(world, { content }))).toEqual([
    "a.zip | package | accepted",
    `a.zip › gửi › Quý II › ${NAME} | csv | accepted`,
  ]);
  expect(inboxNames(world)).toEqual([]);
});
