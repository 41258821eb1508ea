import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { newWorld, open, type World, wholeCsvOf } from "../intake/given.ts";
import { mailOf } from "../intake/mail-given.ts";
import { randomOf } from "../ledger/kill-loop.ts";
import { formOf } from "./form-given.ts";
import { changedCsv, damaged, mutated } from "./mutation.ts";
import { type MutationReport, readDamaged, readMutated } from "./mutation-run.ts";
import { partsOf, zipFile } from "./zip-given.ts";

/** What offices send: workbooks of three programs, texts, and what packs them. */
export const FORMATS = ["xlsx", "ods", "xls", "csv", "zip", "eml"] as const;
export type MutatedFormat = (typeof FORMATS)[number];

/**
 * Mutates a file of a format many times, reads or takes in each, and judges what was read by the bytes
 * that were there: every value that was taken stands in the file where it is said to.
 */
export async function mutateFormat(
  format: MutatedFormat,
  count: number,
  seed: number,
): Promise<MutationReport> {
  switch (format) {
    case "xlsx":
      return readMutated(count, seed);
    case "ods":
    case "xls":
      return readMutatedForm(format, count, seed);
    default:
      return takeInMutated(format, count, seed);
  }
}

const randomFor = (seed: number, number: number) => randomOf(seed * 1_000_003 + number);

function readMutatedForm(format: "ods" | "xls", count: number, seed: number) {
  const form = readFileSync(join(import.meta.dirname, `../fixtures/forms/as-sent.${format}`));
  const damage = format === "ods" ? mutated : damaged;
  return readDamaged(
    [format, count, seed],
    (random) => damage(form, random),
    (readings, bytes, fault) => {
      const isIn = format === "ods" ? inRowOf(bytes) : inBytesOf(bytes);
      for (const { measure, value, cell } of readings) {
        if (value !== "" && !isIn(measure, value)) fault(`${cell} was read as ${value}`);
      }
    },
  );
}

/** Whether the row of an .ods that has the code of a measure also has a value. */
function inRowOf(bytes: Uint8Array): (measure: string, value: string) => boolean {
  const content = partsOf(bytes, (packed) => inflateRawSync(packed)).find(
    ({ name }) => name === "content.xml",
  );
  const rows = Buffer.from(content?.content ?? "")
    .toString("utf8")
    .split(/<table:table-row\b/)
    .map(textOfXml);
  return (measure, value) =>
    rows.some((row) => row.includes(`measure:${measure}`) && row.includes(shortest(value)));
}

function textOfXml(xml: string): string {
  return xml
    .replace(/&(?:lt|gt|quot|apos|amp|#\d+|#x[0-9a-f]+);/gi, (entity) => {
      const named: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
      const name = entity.slice(1, -1).toLowerCase();
      const code = name.startsWith("#x") ? Number(`0${name.slice(1)}`) : Number(name.slice(1));
      return named[name] ?? String.fromCodePoint(code);
    })
    .normalize("NFC");
}

/** A percentage stands in a file as its share; a text as it is. */
function shortest(value: string): string {
  const share = /^([\d.]+)%$/.exec(value)?.[1];
  return share === undefined ? value : String(Number(share) / 100);
}

/** Whether the bytes of an .xls have a value, in any way in which numbers and texts stand in it. */
function inBytesOf(bytes: Buffer): (measure: string, value: string) => boolean {
  return (measure, value) => {
    const texts = [measure, value].map((text) =>
      (["latin1", "utf16le"] as const).some((encoding) =>
        bytes.includes(Buffer.from(text, encoding)),
      ),
    );
    return texts[0] === true && (texts[1] === true || hasNumber(bytes, Number(shortest(value))));
  };
}

function hasNumber(bytes: Buffer, number: number): boolean {
  const double = Buffer.alloc(8);
  double.writeDoubleLE(number);
  if (bytes.includes(double)) return true;
  // the compact form: a whole number or the upper half of a double, perhaps of a hundred times as much
  return [number, number * 100].some((one, isHundredfold) => {
    const upper = Buffer.alloc(8);
    upper.writeDoubleLE(one);
    const half = (upper.readUInt32LE(4) & ~3) | isHundredfold;
    const whole = Number.isInteger(one) ? ((one << 2) | 2 | isHundredfold) >>> 0 : null;
    return [half >>> 0, whole].some((code) => {
      if (code === null) return false;
      const compact = Buffer.alloc(4);
      compact.writeUInt32LE(code);
      return bytes.includes(compact);
    });
  });
}

const CSV = wholeCsvOf([
  "UB-01,Q2,,people,1234,đủ hồ sơ",
  "UB-01,Q2,,reached,567,",
  'UB-02,Q2,,people,890,"ghi chú, có dấu phẩy"',
]);

/** Takes in mutated texts, archives and mails, and holds what was taken against the archived bytes. */
async function takeInMutated(
  format: "csv" | "zip" | "eml",
  count: number,
  seed: number,
): Promise<MutationReport> {
  const world = newWorld();
  const form = await formOf("W-901", { planned: "Có", spent: "12.5" });
  const moment = parseMoment("2030-12-20T10:00");
  const faults: string[] = [];
  let [accepted, refused] = [0, 0];
  await open(world, async ({ ingestAll }) => {
    const deliveries = Array.from({ length: count }, (_, number) => ({
      file: `${number}.${format}`,
      content: { bytes: mutatedFile(format, form, randomFor(seed, number)) },
      receivedAt: moment,
      recordedAt: moment,
      again: true,
    }));
    let number = -1;
    for await (const taken of ingestAll(deliveries)) {
      number += 1;
      if (taken instanceof Error) {
        faults.push(`${format} ${number} of seed ${seed}: ${taken.message}`);
        continue;
      }
      for (const { outcome, problems } of taken) {
        if (outcome === "accepted") accepted += 1;
        else refused += 1;
        if (outcome === "refused" && problems.length === 0) {
          faults.push(`${format} ${number} of seed ${seed}: refused without a reason`);
        }
      }
    }
  });
  return { accepted, refused, faults: [...faults, ...(await unseen(world, form))] };
}

/** A damaged file, or a whole package of a damaged text: an archive's checksums let no other through. */
function mutatedFile(
  format: "csv" | "zip" | "eml",
  form: Uint8Array,
  random: () => number,
): Buffer {
  const text = Buffer.from(CSV);
  if (format === "csv") return changedCsv(text, random);
  const isWithin = random() < 0.5;
  const packed = [
    { name: "hai đơn vị.csv", content: isWithin ? changedCsv(text, random) : text },
    { name: "biểu.xlsx", content: form },
  ];
  const file = format === "zip" ? zipFile(packed) : mailOf(packed);
  return isWithin ? file : damaged(file, random);
}

/** What is read of a text by nothing of the program's: its records by the lines on which they begin. */
function recordsOf(text: string, delimiter: string): Map<number, string[]> {
  const records = new Map<number, string[]>();
  let [line, begun, isQuoted, wasQuoted] = [1, 1, false, false];
  let [fields, field] = [[] as string[], ""];
  const end = (): void => {
    fields.push(field);
    if (fields.some((one) => one.trim() !== "")) records.set(begun, fields);
    [fields, field, wasQuoted] = [[], "", false];
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    const isBreak = letter === "\n" || letter === "\r";
    if (letter === "\r" && text[at + 1] === "\n") continue;
    if (isQuoted && letter === '"' && text[at + 1] === '"') {
      field += letter;
      at += 1;
    } else if (isQuoted && letter === '"') {
      isQuoted = false;
    } else if (!isQuoted && letter === '"' && field === "" && !wasQuoted) {
      [isQuoted, wasQuoted] = [true, true];
    } else if (!isQuoted && letter === delimiter) {
      fields.push(field);
      [field, wasQuoted] = ["", false];
    } else if (!isQuoted && isBreak) {
      end();
    } else {
      field += letter;
    }
    if (isBreak) line += 1;
    if (!isQuoted && isBreak) begun = line;
  }
  end();
  return records;
}

const DELIMITERS: Readonly<Record<string, string>> = { comma: ",", semicolon: ";", tab: "\t" };

/** Letters and digits alone: what a name may be written with besides means nothing. */
const bare = (text: string): string =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, "");

/** The digits of a number without those that say nothing. */
function digitsOf(number: string): string {
  const digits = number.replace(/^[\s0]+/, "");
  return (/[.,]/.test(digits) ? digits.replace(/0+\s*$/, "") : digits).replace(/\D/g, "");
}

/**
 * What was taken otherwise than it stands in the archived text: of every line with a figure its unit,
 * period, measure, number and note, and nothing else.
 */
async function unseen(world: World, form: Uint8Array): Promise<string[]> {
  const rows =
    await world.rows(`select receipt.receipt_no::integer as receipt_no, receipt.file_name, receipt.sha256,
        receipt.medium, receipt.delimiter, submission.unit_code, submission.period,
        reading.measure, reading.line::integer as line, reading.state,
        reading.value::varchar as value, reading.note
    from reading
    inner join submission on reading.submission_no = submission.submission_no
    inner join receipt on submission.receipt_no = receipt.receipt_no
    order by receipt.receipt_no, reading.line`);
  const own = createHash("sha256").update(form).digest("hex");
  const files = new Map<unknown, typeof rows>();
  for (const row of rows) {
    files.set(row.receipt_no, [...(files.get(row.receipt_no) ?? []), row]);
  }
  return [...files.values()].flatMap((readings) => {
    const [first] = readings;
    if (first === undefined) return [];
    const { file_name, sha256, medium, delimiter } = first;
    if (medium !== "csv") return sha256 === own ? [] : [`${file_name}: another form was taken`];
    const bytes = readFileSync(join(world.paths.archive, String(sha256)));
    const isUtf8 = Buffer.from(bytes.toString("utf8"), "utf8").equals(bytes);
    const text = bytes.toString(isUtf8 ? "utf8" : "latin1").replace(/^\uFEFF|^ï»¿/, "");
    const records = recordsOf(text, DELIMITERS[String(delimiter)] ?? ",");
    const head = [...records].find(([, fields]) => fields.map(bare).includes("measure"));
    const names = (head?.[1] ?? []).map(bare);
    const faults: string[] = [];
    for (const [line, fields] of records) {
      if (line === head?.[0]) continue;
      const field = (name: string) => fields[names.indexOf(name)] ?? "";
      const place = `${file_name} line ${line}, “${fields.join("|")}”`;
      const there = readings.filter((one) => one.line === line);
      const [reading] = there;
      // a title may stand above the names of the columns
      if (head !== undefined && line < head[0] && !/\d/.test(field("value"))) continue;
      if (reading === undefined || there.length > 1) {
        faults.push(`${place}: ${there.length} readings were taken of it`);
        continue;
      }
      const { unit_code, period, measure, state, value, note } = reading;
      const written = field("value").trim();
      const isRight =
        state === "reported"
          ? digitsOf(written) === digitsOf(String(value)) && !written.includes("-")
          : !/[1-9]/.test(written);
      if (bare(field("unit")) !== bare(String(unit_code)))
        faults.push(`${place}: unit ${unit_code}`);
      if (bare(field("period")) !== bare(String(period))) faults.push(`${place}: period ${period}`);
      if (bare(field("measure")) !== bare(String(measure))) faults.push(`${place}: ${measure}`);
      if (!isRight) faults.push(`${place}: ${state} ${value}`);
      if (isUtf8 && bare(field("note")) !== bare(String(note ?? ""))) {
        faults.push(`${place}: note ${note}`);
      }
    }
    const lost = readings.filter(({ line }) => !records.has(Number(line)));
    return [
      ...faults,
      ...lost.map(
        ({ line, measure }) => `${file_name}: ${measure} of line ${line}, which has none`,
      ),
    ];
  });
}
