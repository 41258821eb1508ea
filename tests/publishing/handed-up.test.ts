import { beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "../../pipelines/intake/delivery.ts";
import { quotableVersion, takeHandedUp } from "../../pipelines/intake/handed-up.ts";
import { NOT_QUOTED } from "../../pipelines/intake/problem-wording.ts";
import { withLedger } from "../../pipelines/ledger/ledger.ts";
import { queryModels } from "../../pipelines/models/build-marts.ts";
import { PrintedTexts } from "../../pipelines/persons/printed-texts.ts";
import { type HandedVersion, readHanded } from "../../pipelines/readers/handed-reader.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { sha256Of } from "../../pipelines/warehouse/files.ts";
import { pack, unpack } from "../../pipelines/workbook/zip.ts";
import { newFolder } from "../folders.ts";
import { bomb, type ZipEntry, zipFile } from "../readers/zip-given.ts";
import { type Office, officeIn } from "./given.ts";
import {
  alter,
  city,
  DESCRIPTOR,
  digestsOf,
  edit,
  FIGURES,
  type Keys,
  makeKeys,
  officeTaking,
  type Parts,
  packageOf,
  province,
  type Sealing,
  sealedBy,
  takeAll,
  takeIn,
} from "./handed-given.ts";

let keys: Keys;
const officeAbove = (changes?: object) => officeTaking(keys, changes);

const kept = ({ paths }: Office, sql: string) =>
  withLedger(paths, async (connection) => (await selectRows(connection, sql)).map(Object.values));

const codesOf = ({ problems }: Outcome) => problems.map(({ code }) => code).sort();

let given: Office;
let first: Buffer;
let version: HandedVersion;

/** Wards 1 to 3 of 4 report 100 people each, of whom 40, 30 and 10 were reached. */
beforeAll(async () => {
  keys = await makeKeys();
  given = officeIn(newFolder(), city());
  await given.sendAll([
    ["2030-06-08T08:00", "W-A1", "Q2", "people 100\nreached 40"],
    ["2030-06-08T08:00", "W-A2", "Q2", "people 100\nreached 30"],
    ["2030-06-08T08:00", "W-A3", "Q2", "people 100\nreached 10"],
  ]);
  const choice = { sealKey: keys.own, acknowledge: true, force: true };
  await given.publish("2030-06-10T08:00", "Q2", choice);
  first = await packageOf(given, "Q2");
  const read = readHanded(first);
  if (!read.ok) throw new Error(String(read.part));
  version = read.version;
});

/** Line of the ratio of city C in the latest version of the province. */
async function ratioOf(above: Office) {
  const { lines } = await above.read("Q2");
  const line = lines.find((one) => one.section === "indicator" && one.area_code === "C");
  return [line?.numerator, line?.denominator, line?.is_provisional, line?.areas_reported];
}

test("a version is its unit's report above: parts travel, and what is missing makes it provisional", async () => {
  const above = officeAbove();
  const taken = await takeIn(above, first);
  expect(taken).toMatchObject({ outcome: "accepted", medium: "version" });
  expect(codesOf(taken)).toEqual(["version_partial", "version_partial"]);
  expect(taken.problems[0]?.found).toBe(
    "Số liệu “People” của Văn phòng C còn thiếu báo cáo: 3/4 nơi đã báo cáo.",
  );
  // each figure has its line in the file of figures
  const lines = String(unpack(first)?.get(FIGURES)).split("\r\n");
  const lineOf = (measure: string) =>
    1 + lines.findIndex((line) => new RegExp(`,measure,${measure},.*,0,,`).test(line));
  expect(
    await kept(above, "select measure, line::integer, is_partial from ledger.reading"),
  ).toEqual([
    ["people", lineOf("people"), true],
    ["reached", lineOf("reached"), true],
  ]);
  const choice = { acknowledge: true, force: true };
  await above.publish("2030-06-12T08:00", "Q2", choice);
  // 40 + 30 + 10 of 300: the fourth ward may still make another share of it
  expect(await ratioOf(above)).toEqual(["80.0000", "300.0000", true, 1]);

  await given.send("2030-06-13T08:00", "W-A4", "Q2", "people 100\nreached 20");
  const why = { class: "correction", reason: "Theo đề nghị của bà Nguyễn Thị Hoa" } as const;
  await given.publish("2030-06-14T08:00", "Q2", { ...choice, ...why, sealKey: keys.own });
  const second = await takeIn(above, await packageOf(given, "Q2"), "2030-06-15T08:00");
  expect(second).toMatchObject({ outcome: "accepted", problems: [] });
  expect(second.submissions[0]).toMatchObject({ unit_name: "City City C", replaces_earlier: true });
  await above.publish("2030-06-16T08:00", "Q2", { ...choice, ...why });
  // nothing is owed any more: 100 of 400
  expect(await ratioOf(above)).toEqual(["100.0000", "400.0000", false, 1]);
  // by whom and why, but for what may be about a person
  expect(await kept(above, "select version, issuer, reason, class from ledger.handed_up")).toEqual([
    // as the line of its key calls it, whatever it calls itself
    [1, "Văn phòng C", "Phát hành", "first"],
    [2, "Văn phòng C", NOT_QUOTED, "correction"],
  ]);
  const { causes } = await above.read("Q2");
  const cause = { kind: "again", unit_name: "City City C", version: 2, reason: NOT_QUOTED };
  expect(causes[0]).toMatchObject(cause);
  const shared = await above.read("Q2", undefined, "shared");
  expect(shared.causes[0]).toMatchObject({ ...cause, reason: null });

  const older = await takeIn(above, first, "2030-06-17T08:00");
  expect([older.outcome, codesOf(older)]).toEqual([
    "refused",
    ["sent_again_after_correction", "version_older"],
  ]);
  expect(await ratioOf(above)).toEqual(["100.0000", "400.0000", false, 1]);
});

describe("a package that is not as it was sealed is named by the part", () => {
  const changed = (from: string, to: string) => (content: Buffer) =>
    Buffer.from(content.toString("utf8").replace(from, to));
  const cases: [
    what: string,
    name: string,
    change: (content: Buffer) => Buffer | null,
    part: string | null,
  ][] = [
    ["a figure is another", FIGURES, changed("80", "90"), FIGURES],
    ["a file is gone", FIGURES, () => null, FIGURES],
    ["a file is more", "ghi-chu.txt", () => Buffer.from("x"), "seal.json"],
    ["the plan is another", "plan.yaml", changed("small", "other"), "plan.yaml"],
    [
      "the seal says another version",
      "seal.json",
      changed('version\\": 1', 'version\\": 2'),
      "seal.json",
    ],
    [
      "the signature is gone",
      "seal.json",
      changed('"signature": "', '"signature": "x'),
      "seal.json",
    ],
    ["the seal is none that is known here", "seal.json", () => Buffer.from("{}"), null],
  ];
  test.each(cases)("%s", (_, name, change, part) => {
    const parts = new Map<string, Buffer>(unpack(first) ?? []);
    const content = change(parts.get(name) ?? Buffer.alloc(0));
    if (content === null) parts.delete(name);
    else {
      expect(content.equals(parts.get(name) ?? Buffer.alloc(0))).toBe(false);
      parts.set(name, content);
    }
    expect(readHanded(Buffer.from(pack(parts, 6)))).toEqual({ ok: false, part });
  });

  test("and nothing of it counts", async () => {
    const parts = new Map<string, Buffer>(unpack(first) ?? []);
    parts.set("plan.yaml", Buffer.from("id: other"));
    const above = officeAbove();
    const taken = await takeIn(above, pack(parts, 6));
    expect([taken.outcome, codesOf(taken)]).toEqual(["refused", ["version_altered"]]);
  });
});

const DOUBTS = FIGURES.replace("dai", "nghi-van");
const sealedAnew = (change: (parts: Parts) => void, { by = keys.own, ...how }: Sealing = {}) =>
  sealedBy(by, first, change, how);

describe("a version of another program is read, or refused for what it is", () => {
  const cases: [what: string, change: (parts: Parts) => void, codes: readonly string[]][] = [
    [
      "a later one has a column and a file more",
      (parts) => {
        edit(parts, FIGURES, (text) => text.replaceAll(/(?<=.)(?=\r?\n)/g, ",more"));
        parts.set("more.txt", Buffer.from("x"));
      },
      ["version_partial", "version_partial"],
    ],
    [
      "an earlier one has no doubts",
      (parts) => {
        parts.delete(DOUBTS);
        edit(parts, "datapackage_gui-cap-tren.json", (text) => {
          const { resources, ...descriptor } = JSON.parse(text);
          const kept = resources.filter(({ name }: { name: string }) => name !== "doubts");
          return JSON.stringify({ ...descriptor, resources: kept });
        });
      },
      ["version_unknown_form"],
    ],
  ];
  test.each(cases)("%s", async (_, change, codes) => {
    expect(codesOf(await takeIn(officeAbove(), sealedAnew(change)))).toEqual(codes);
  });
});

describe("what a thief makes of a package counts nothing", () => {
  const nothing = (): void => undefined;
  const withoutFirst = (parts: Parts): void => {
    const [one] = digestsOf(parts)
      .map(({ name }) => name)
      .sort();
    parts.delete(one ?? "");
  };
  /** The digest of all files by the first rule, the first of them moved into the nonce. */
  const movedIntoNonce = (): string => {
    const whole: Parts = new Map(unpack(first) ?? []);
    const { nonce } = JSON.parse(String(whole.get("seal.json")));
    const [one] = digestsOf(whole).sort((a, b) => (a.name < b.name ? -1 : 1));
    return `${nonce}${JSON.stringify(one)}\n`;
  };
  /** Changes what stands in `seal.json`: the seal as it is signed, and what is said of it. */
  type SealFile = Record<"seal" | "signed_by" | "signature" | "nonce", string | null>;
  const sealSays = (change: (file: SealFile) => object): Buffer => {
    const parts: Parts = new Map(unpack(first) ?? []);
    edit(parts, "seal.json", (text) => JSON.stringify(change(JSON.parse(text))));
    return Buffer.from(pack(parts, 6));
  };
  const inSeal = (change: (seal: string) => string) => () =>
    sealSays((file) => {
      const seal = change(String(file.seal));
      expect(seal).not.toBe(file.seal);
      return { ...file, seal };
    });
  const fields = (change: (all: [string, unknown][]) => [string, unknown][]) =>
    inSeal((seal) => JSON.stringify(Object.fromEntries(change(Object.entries(JSON.parse(seal))))));
  /** The entries of the archive, as any program may write them. */
  const zipped = (change: (entries: ZipEntry[]) => ZipEntry[]) => () =>
    zipFile(change([...(unpack(first) ?? [])].map(([name, content]) => ({ name, content }))));
  const altered = (): ZipEntry => {
    const parts: Parts = new Map(unpack(first) ?? []);
    alter(parts);
    return { name: FIGURES, content: parts.get(FIGURES) ?? "" };
  };
  const more = (name: string) => zipped((all) => [...all, { ...altered(), name }]);
  const figures = (changes: Partial<ZipEntry>) =>
    zipped((all) => all.map((one) => (one.name === FIGURES ? { ...one, ...changes } : one)));
  const says = (of: object) => () => sealedAnew(nothing, { says: of });
  const by = (change: (parts: Parts) => void, key: Keys["own"] | null) => () =>
    sealedAnew(change, { by: key });
  const isOtherArea = (parts: Parts): void => {
    const before = sha256Of(parts.get("plan.yaml") ?? Buffer.alloc(0));
    edit(parts, "plan.yaml", (text) => text.replace(/(?<=area:\s+code: )C/, "E"));
    const after = sha256Of(parts.get("plan.yaml") ?? Buffer.alloc(0));
    edit(parts, DESCRIPTOR, (text) => text.replaceAll(before, after));
  };
  const hasFigureTwice = (parts: Parts): void =>
    edit(parts, FIGURES, (text) => {
      const line = text.split("\r\n").find((one) => /,measure,reached,.*,0,,/.test(one)) ?? "";
      expect(line).toContain(",80");
      return `${text}${line.replace(/(?<=,)80(?=[.,])/, "95")}\r\n`;
    });
  const changed = (field: string) =>
    fields((all) =>
      all.map(([name, value]) => {
        if (name !== field) return [name, value];
        return [name, typeof value === "number" ? value + 1 : `${value}0`];
      }),
    );
  const many = Array.from({ length: 3000 }, (_, at) => ({ name: `${at}` }));
  /** By what is said of them. Where the seal is made anew, the key is known by then. */
  const THEFTS = (): Record<string, Record<string, () => Buffer>> => ({
    version_unsigned: {
      "altered, its seal made anew without a signature": by(alter, null),
      "not altered, without a signature": by(nothing, null),
    },
    version_unknown_key: { "altered, signed by a strange key": by(alter, keys.strange) },
    version_key_ended: { "altered, signed by a key that ended": by(alter, keys.ended) },
    version_key_of_other: {
      "altered, signed by another office": by(alter, keys.other),
      "its own key, and the area of another office": by(isOtherArea, keys.own),
    },
    version_unknown_form: {
      "a file gone into the nonce": () =>
        sealedAnew(withoutFirst, { rule: 1, nonce: movedIntoNonce() }),
      "a nonce of another form": () => sealedAnew(nothing, { nonce: "A".repeat(64) }),
      "a nonce with a line feed": () => sealSays((file) => ({ ...file, nonce: `${file.nonce}\n` })),
      "a rule that is not known": () => sealedAnew(nothing, { rule: 3 }),
      "a word more beside the seal": () => sealSays((file) => ({ ...file, note: "x" })),
      "a figure twice, once another one": by(hasFigureTwice, keys.own),
    },
    version_altered: {
      "the seal of another plan": says({ plan_id: "x" }),
      "the seal of another quarter": says({ period: "Q3" }),
      "the seal of another version": says({ version: 7 }),
      "the new rule under the word for the old one": says({ seal: 1 }),
      "the seal of other files": () =>
        sealedAnew(withoutFirst, { of: new Map(unpack(first) ?? []) }),
      ...Object.fromEntries(
        ["plan_id", "period", "version", "sha256", "signed_by", "previous", "as_of"].map(
          (field) => [`another ${field} under the seal`, changed(field)],
        ),
      ),
      "a field less under the seal": fields((all) => all.filter(([name]) => name !== "reason")),
      "a field more": fields((all) => [...all, ["note", "x"]]),
      "its fields in another order": fields((all) => all.toReversed()),
      "a field said twice": inSeal((seal) => seal.replace(/\s*}\s*$/, ', "version": 2}')),
      "a blank more": inSeal((seal) => seal.replace("{", "{ ")),
      "the signature of another text": () =>
        sealSays((file) => ({ ...file, signature: keys.own.sign("x") })),
      "a signature with more behind it": () =>
        sealSays((file) => ({ ...file, signature: `${file.signature}AAAA` })),
      "a signature without a name": () => sealSays((file) => ({ ...file, signed_by: null })),
      "a name without a signature": () => sealSays((file) => ({ ...file, signature: null })),
      "another office named beside the seal": () =>
        sealSays((file) => ({ ...file, signed_by: keys.other.publicKey })),
      "another nonce": () => sealSays((file) => ({ ...file, nonce: "0".repeat(64) })),
      "the figures twice, the altered ones last": zipped((all) => [...all, altered()]),
      "the figures twice, the altered ones first": zipped((all) => [altered(), ...all]),
      "the altered figures in capitals": more(FIGURES.toUpperCase()),
      "a name in letters that look alike": figures({ name: FIGURES.replace("a", "\u0430") }),
      "an absolute path": more(`/${FIGURES}`),
      "a way out of its folder": more(`../${FIGURES}`),
      "a folder more": zipped((all) => [...all, { name: "x/" }]),
      "the figures as a link to others": figures({ content: "/tmp/95.csv" }),
      "the figures packed in a rare way": figures({ method: 99 }),
      "the figures with another checksum": figures({ crc: 1 }),
      "a file of a hundred megabytes": zipped((all) => [...all, { name: "x", packed: bomb(100) }]),
    },
    password_protected: { "the figures with a password": figures({ flags: 1 }) },
    package_method: { "three thousand files more": zipped((all) => [...all, ...many]) },
    damaged_package: {
      "the end cut off": () => first.subarray(0, first.length - 30),
      "another archive before it": () => Buffer.concat([zipFile([altered()]), first]),
      "another archive behind it": () => Buffer.concat([first, zipFile([altered()])]),
    },
    "package_without_reports packed_no_report": {
      "nothing but the seal": zipped((all) => all.filter(({ name }) => name === "seal.json")),
    },
  });
  test("each is refused for what it is", async () => {
    const above = officeAbove({ takes_unsigned: true });
    const all = Object.entries(THEFTS()).flatMap(([codes, thefts]) =>
      Object.entries(thefts).map(([what, make]) => ({ what, codes, bytes: make() })),
    );
    const taken = await takeAll(
      above,
      all.map(({ bytes }) => bytes),
    );
    const results = taken.map(
      (one, at) => `${all[at]?.what}: ${one.outcome}, ${codesOf(one).join(" ")}`,
    );
    const expected = all.map(({ what, codes }) => `${what}: refused, ${codes}`);
    expect(results).toEqual(expected);
    expect(results.length).toBeGreaterThanOrEqual(40);
    expect(await kept(above, "select count(*)::integer from ledger.reading")).toEqual([[0]]);
  });

  test("the same version with other bytes, whoever signed it and whatever it says of itself", async () => {
    const above = officeAbove();
    await takeIn(above, first);
    const other = await takeIn(above, sealedAnew(alter), "2030-06-12T08:00");
    expect([other.outcome, codesOf(other)]).toEqual(["refused", ["version_differs"]]);
    // packed anew it is the same one
    const again = await takeIn(above, pack(unpack(first) ?? new Map(), 9), "2030-06-13T08:00");
    expect(again.outcome).not.toBe("refused");
    expect(
      await kept(above, "select max(value)::integer from ledger.reading where measure = 'reached'"),
    ).toEqual([[80]]);
  });

  test("one that was sealed by the first rule is read by it", () => {
    expect(readHanded(sealedAnew(nothing, { rule: 1 }))).toMatchObject({ ok: true });
  });
});

test("of a package and a form the last counts, and the same package is taken once", async () => {
  const above = officeAbove();
  await takeIn(above, first);
  expect(await takeIn(above, first, "2030-06-11T09:00")).toMatchObject({ outcome: "duplicate" });
  await above.send("2030-06-12T08:00", "T-C", "Q2", "people 400\nreached 90");
  const again = await takeIn(above, first, "2030-06-12T09:00");
  const asked = ["sent_again_after_correction", "version_partial", "version_partial"];
  expect([again.outcome, codesOf(again)]).toEqual(["accepted", asked]);
  const counted = await queryModels({
    ...above,
    asOf: parseMoment("2030-06-13T08:00"),
    models: ["core.reading_current"],
    read: async (connection) =>
      (
        await selectRows(
          connection,
          `select measure.measure, reading.value from core.reading_current as reading
          join raw.measure as measure using (measure_key) order by all`,
        )
      ).map(Object.values),
  });
  expect(counted).toEqual([
    ["people", "300.0000"],
    ["reached", "80.0000"],
  ]);
});

describe("a sealed version is taken only as what it is", () => {
  const DOUBT = {
    ...{ measure: "reached", unit_name: "Ward 1", area_name: "" },
    ...{ said: "Tăng", reason: "Đúng" },
  };
  const AT = parseMoment("2030-06-21T08:00");
  const take = ({ paths, catalogue }: Office, changes: Partial<HandedVersion>) =>
    withLedger(paths, (connection) =>
      takeHandedUp(
        {
          ...{ connection, catalogue, isDemonstration: false },
          contentOf: () => Promise.resolve(version.contentSha256),
        },
        { receivedAt: AT },
        "goi.zip",
        { ...version, ...changes },
      ),
    );
  const MEASURES = province().plan;
  const measures = (changes: object) =>
    "measures" in MEASURES && Array.isArray(MEASURES.measures)
      ? { measures: MEASURES.measures.map((one) => ({ ...one, ...changes })) }
      : {};
  const PARTIAL = "version_partial version_partial";
  const published =
    (at: string) =>
    ({ publication }: HandedVersion) => ({
      publication: { ...publication, recorded_at: `2030-06-21 ${at}` },
    });
  const cases: [
    what: string,
    codes: string,
    of?: (whole: HandedVersion) => Partial<HandedVersion>,
    above?: object,
  ][] = [
    ["as it is", PARTIAL],
    ["not signed", "version_unsigned", () => ({ signedBy: null })],
    [
      "not signed by who has a key here, though the plan takes that",
      "version_unsigned",
      () => ({ signedBy: null }),
      { takes_unsigned: true },
    ],
    // in office time, whatever the zone of the machine
    ["published a second before it was received", PARTIAL, published("07:59:59")],
    [
      "published a second after it was received",
      `version_before_itself ${PARTIAL}`,
      published("08:00:01"),
    ],
    ["a strange key", "version_unknown_key", () => ({ signedBy: keys.strange.publicKey })],
    [
      "the key of another office",
      "version_key_of_other",
      () => ({ signedBy: keys.other.publicKey }),
    ],
    ["a key that ended", "version_key_ended", () => ({ signedBy: keys.ended.publicKey })],
    [
      "another plan",
      "version_other_plan",
      ({ publication }) => ({ publication: { ...publication, plan_id: "else" } }),
    ],
    [
      "another area, whose key it is not",
      "version_key_of_other version_other_area",
      () => ({ areaCode: "X" }),
    ],
    [
      "a period that there is not",
      "version_other_period",
      ({ period }) => ({ period: { ...period, year: 2031 } }),
    ],
    [
      "other days, estimated",
      `version_estimate version_other_days ${PARTIAL}`,
      ({ period }) => ({ period: { ...period, data_to: "2030-06-14", estimate: true } }),
    ],
    ["made up", "version_made_up", () => ({ isDemonstration: true })],
    [
      "a figure that is guarded there",
      "version_guarded",
      ({ measures }) => ({
        measures: measures.map((one) => ({ ...one, is_sensitive: one.code === "reached" })),
      }),
    ],
    [
      "figures that are counted otherwise there",
      "version_counts_otherwise version_counts_otherwise",
      () => ({}),
      measures({ unit_of_measure: "lượt" }),
    ],
    [
      "without a figure",
      "version_lacks version_partial",
      ({ figures }) => ({ figures: figures.filter(({ code }) => code !== "reached") }),
    ],
    ["with a doubt that was let stand", `version_doubt ${PARTIAL}`, () => ({ doubts: [DOUBT] })],
    [
      "with one that is said twice in the same words, and another",
      `version_doubt version_doubt ${PARTIAL}`,
      () => ({ doubts: [DOUBT, DOUBT, { ...DOUBT, unit_name: "Ward 2" }] }),
    ],
  ];
  test.each(cases)("%s", async (_, codes, of = () => ({}), above = {}) => {
    const { problems, document } = await take(officeAbove(above), of(version));
    expect(problems.map(({ code }) => code).sort()).toEqual(codes.split(" ").sort());
    const isRefused = problems.some(({ severity }) => severity === "error");
    expect(document === null).toBe(isRefused);
  });

  test("its texts are kept and told by the rule that texts of files go by, its figures as they are", () => {
    const said = "gọi Nguyễn Văn An 0912345678, CCCD 020190001234";
    const { period, measures, figures, areaFigures, publication } = version;
    const spoken: HandedVersion = {
      ...{ ...version, issuer: said, planNumber: said, carriesOut: said },
      publication: { ...publication, reason: said },
      measures: measures.map((one) => ({ ...one, name: said })),
      // as large as a telephone is long
      figures: figures.map((one) => ({ ...one, value: "84912345678" })),
      areaFigures: areaFigures.map((one) => ({ ...one, area_name: said, value_in_period: said })),
      doubts: [{ ...DOUBT, unit_name: said, area_name: said, said, reason: said }],
    };
    const office = { officeKeys: [], printed: new PrintedTexts() };
    const quotable = quotableVersion(spoken, office);
    expect(JSON.stringify(quotable)).not.toMatch(/Nguyễn|0912345678|020190001234/);
    expect(quotable).toMatchObject({ period, figures: spoken.figures });
    expect(quotable.publication).toEqual({ ...publication, reason: NOT_QUOTED });
    expect(quotableVersion(version, office)).toEqual(version);
  });

  test("not signed by who has no key here, and the plan takes that", async () => {
    const above = officeIn(newFolder(), province({ takes_unsigned: true }));
    const { problems } = await take(above, { signedBy: null });
    expect(problems.map(({ code }) => code).join(" ")).toBe(`version_not_signed ${PARTIAL}`);
  });

  test("for a period of its kind, whatever else is reported for above", async () => {
    const { plan } = province();
    const periods = "periods" in plan && Array.isArray(plan.periods) ? plan.periods : [];
    const half = periods.find(({ code }) => code === "H1");
    const halves = [1, 2].map((position) => ({
      ...half,
      ...{ code: `N${position}`, position, covers: undefined },
      ...(position === 2 ? { data_from: "2030-07-01", data_to: "2030-12-31" } : {}),
      due_before: position === 1 ? "2030-06-25" : "2030-12-25",
    }));
    const above = officeAbove({ periods: halves });
    const quarter = await take(above, {});
    expect(quarter.problems.map(({ code }) => code)).toEqual(["version_other_period"]);
    const taken = await take(above, { period: { ...version.period, ...half } });
    expect(taken.document?.submissions).toMatchObject([{ period: "N1", unit: "T-C" }]);
  });
});
