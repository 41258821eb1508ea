import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { randomOf } from "../ledger/kill-loop.ts";
import { ledgerRows, newWorld, open, type World, wholeCsvOf } from "../reception/given.ts";
import { mailOf } from "../reception/mail-given.ts";
import { formOf } from "./form-given.ts";
import { damaged, mutated } from "./mutation.ts";
import { type MutationReport, readMutated } from "./mutation-run.ts";
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

async function readMutatedForm(
  format: "ods" | "xls",
  count: number,
  seed: number,
): Promise<MutationReport> {
  const form = readFileSync(join(import.meta.dirname, `../fixtures/forms/as-sent.${format}`));
  let [accepted, refused] = [0, 0];
  const faults: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const random = randomFor(seed, number);
    const bytes = format === "ods" ? mutated(form, random) : damaged(form, random);
    const fault = (what: string): void => {
      faults.push(`${format} ${number} of seed ${seed}: ${what}`);
    };
    try {
      const reading = await readForm(bytes, `form.${format}`);
      if (!reading.ok) {
        refused += 1;
        if (reading.problems.length === 0) fault("refused without a reason");
        continue;
      }
      accepted += 1;
      const stands = format === "ods" ? inRowOf(bytes) : inBytesOf(bytes);
      for (const { measure, value, cell } of reading.document.readings) {
        if (value !== "" && !stands(measure, value)) fault(`${cell} was read as ${value}`);
      }
    } catch (error) {
      fault(`thrown: ${error instanceof Error ? error.stack : error}`);
    }
  }
  return { accepted, refused, faults };
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
  if (format === "csv") return damaged(text, random);
  const isWithin = random() < 0.5;
  const packed = [
    { name: "hai đơn vị.csv", content: isWithin ? damaged(text, random) : text },
    { name: "biểu.xlsx", content: form },
  ];
  const file = format === "zip" ? zipFile(packed) : mailOf(packed);
  return isWithin ? file : damaged(file, random);
}

/** Readings that do not stand in the line of the archived text that they are said to be of. */
async function unseen(world: World, form: Uint8Array): Promise<string[]> {
  const rows = await ledgerRows(
    world,
    `select receipt.file_name, receipt.sha256, receipt.medium, reading.measure,
        reading.line::integer as line, reading.value::double as value
    from reading
    inner join submission on reading.submission_no = submission.submission_no
    inner join receipt on submission.receipt_no = receipt.receipt_no
    where reading.state = 'reported'`,
  );
  const own = createHash("sha256").update(form).digest("hex");
  const texts = new Map<string, string[]>();
  return rows.flatMap(({ file_name, sha256, medium, measure, line, value }) => {
    const name = String(sha256);
    if (medium !== "csv") return name === own ? [] : [`${file_name}: another form was taken`];
    const lines =
      texts.get(name) ??
      readFileSync(join(world.paths.archive, name), "latin1").split(/\r\n|\r|\n/);
    texts.set(name, lines);
    const text = lines[Number(line) - 1] ?? "";
    const digits = text.replace(/[ .,]/g, " ").replace(/(\d) (?=\d)/g, "$1");
    return text.includes(String(measure)) && digits.includes(String(value).replace(/\D/g, ""))
      ? []
      : [`${file_name} line ${line}: ${measure} ${value} is not in “${text}”`];
  });
}
