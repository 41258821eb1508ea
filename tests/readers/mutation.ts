import { inflateRawSync } from "node:zlib";
import { partsOf, type ZipEntry, zipFile } from "./zip-given.ts";

type Random = () => number;

const below = (random: Random, end: number): number => Math.floor(random() * end);
const oneOf = <T>(random: Random, all: readonly T[]): T => {
  const one = all[below(random, all.length)];
  if (one === undefined) throw new Error("nothing to choose from");
  return one;
};

const ODD = [
  ..."0123456789,.-xX<>&\"'=/; \u0000\u0007\u202E\uFFFD",
  "Đ",
  "ạ",
  "\u0301",
  "1e9",
  "NaN",
];

function withoutOne(pattern: RegExp, text: string, random: Random): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const one = oneOf(random, found);
  return text.slice(0, one.index) + text.slice(one.index + one[0].length);
}

/** Changes the text of a part somewhere. */
const TEXT_CHANGES: readonly ((text: string, random: Random) => string)[] = [
  // a tag goes
  (text, random) => withoutOne(/<[^>]*>/g, text, random),
  // a piece goes, or comes twice
  (text, random) => {
    const at = below(random, text.length + 1);
    return text.slice(0, at) + text.slice(at + 1 + below(random, 200));
  },
  (text, random) => {
    const at = below(random, text.length + 1);
    const piece = text.slice(at, at + 1 + below(random, 200));
    return text.slice(0, at) + piece + text.slice(at);
  },
  // a character becomes another
  (text, random) => {
    const at = below(random, text.length + 1);
    return text.slice(0, at) + oneOf(random, ODD) + text.slice(at + 1);
  },
  // an attribute gets the value of another
  (text, random) => {
    const values = [...text.matchAll(/="([^"]*)"/g)];
    if (values.length === 0) return text;
    const [from, to] = [oneOf(random, values), oneOf(random, values)];
    return `${text.slice(0, from.index)}="${to[1]}"${text.slice(from.index + from[0].length)}`;
  },
  // an attribute goes
  (text, random) => withoutOne(/ [\w:]+="[^"]*"/g, text, random),
  // a number becomes another
  (text, random) => {
    const numbers = [...text.matchAll(/>\d+</g)];
    if (numbers.length === 0) return text;
    const one = oneOf(random, numbers);
    const number = oneOf(random, [
      "0",
      "7",
      "1120",
      "-3",
      "0.25",
      "1E+3",
      "99999999999999999999",
      "",
    ]);
    return `${text.slice(0, one.index)}>${number}<${text.slice(one.index + one[0].length)}`;
  },
  // a row or a cell comes twice, or two change places
  (text, random) => {
    const pieces = [...text.matchAll(/<(row|c|si)\b[^>]*?(\/>|>.*?<\/\1>)/gs)];
    if (pieces.length === 0) return text;
    const one = oneOf(random, pieces);
    return text.slice(0, one.index) + one[0] + text.slice(one.index);
  },
  (text, random) => {
    const pieces = [...text.matchAll(/<(c|si)\b[^>]*?(\/>|>.*?<\/\1>)/gs)];
    const [one, other] = pieces.length < 2 ? [] : [oneOf(random, pieces), oneOf(random, pieces)];
    if (one === undefined || other === undefined || one.index >= other.index) return text;
    const between = text.slice(one.index + one[0].length, other.index);
    const end = text.slice(other.index + other[0].length);
    return text.slice(0, one.index) + other[0] + between + one[0] + end;
  },
];

/** As `partsOf` reads it. */
type NamedEntry = ZipEntry & { readonly name: string };

function changedPart(parts: readonly NamedEntry[], random: Random): ZipEntry[] {
  const text = parts.filter(({ name }) => /\.(xml|rels)$/.test(name));
  // what matters most is changed most
  const meaningful = text.filter(({ name }) =>
    /worksheets\/|sharedStrings|workbook\.xml$|^content\.xml$/.test(name),
  );
  const part = oneOf(random, random() < 0.8 && meaningful.length > 0 ? meaningful : text);
  let content = Buffer.from(part.content ?? "").toString("utf8");
  const changes = 1 + below(random, 3);
  for (let change = 0; change < changes; change += 1) {
    content = oneOf(random, TEXT_CHANGES)(content, random);
  }
  return parts.map((one) => (one === part ? { name: one.name, content } : one));
}

/** Changes which parts there are. */
const PART_CHANGES: readonly ((parts: readonly ZipEntry[], random: Random) => ZipEntry[])[] = [
  (parts, random) => {
    const gone = oneOf(random, parts);
    return parts.filter((part) => part !== gone);
  },
  (parts, random) => {
    const emptied = oneOf(random, parts);
    return parts.map((part) => (part === emptied ? { name: part.name, content: "" } : part));
  },
  (parts, random) => {
    const [one, other] = [oneOf(random, parts), oneOf(random, parts)];
    return parts.map((part) => {
      if (part === one) return { ...other, name: one.name };
      return part === other ? { ...one, name: other.name } : part;
    });
  },
];

/** Changes the bytes of the whole file. */
const BYTE_CHANGES: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    for (let times = 1 + below(random, 8); times > 0; times -= 1) {
      changed[below(random, changed.length)] = below(random, 256);
    }
    return changed;
  },
  (bytes, random) => bytes.subarray(0, below(random, bytes.length)),
  (bytes, random) => {
    const at = below(random, bytes.length);
    return Buffer.concat([
      bytes.subarray(0, at),
      Buffer.alloc(1 + below(random, 9)),
      bytes.subarray(at),
    ]);
  },
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    const at = below(random, bytes.length);
    return changed.fill(0, at, Math.min(changed.length, at + 1 + below(random, 64)));
  },
];

/** A file with some of its bytes changed, the same for the same random numbers. */
export function damaged(file: Uint8Array, random: Random): Buffer {
  return oneOf(random, BYTE_CHANGES)(Buffer.from(file), random);
}

/** Changes lines and fields of a text. */
const LINE_CHANGES: readonly ((lines: string[], random: Random) => string[])[] = [
  // a line goes, comes twice, or changes its place
  (lines, random) => lines.toSpliced(below(random, lines.length), 1),
  (lines, random) => lines.toSpliced(below(random, lines.length), 0, oneOf(random, lines)),
  (lines, random) => {
    const moved = oneOf(random, lines);
    const others = lines.filter((line) => line !== moved);
    return others.toSpliced(below(random, others.length + 1), 0, moved);
  },
  // a field goes, comes twice, or changes its place with the next
  (lines, random) => changedLine(lines, random, (fields, at) => fields.toSpliced(at, 1)),
  (lines, random) =>
    changedLine(lines, random, (fields, at) => fields.toSpliced(at, 0, fields[at] ?? "")),
  (lines, random) =>
    changedLine(lines, random, (fields, at) =>
      fields.toSpliced(at, 2, fields[at + 1] ?? "", fields[at] ?? ""),
    ),
  // two columns change places, in every line
  (lines, random) => {
    const at = below(random, 6);
    return lines.map((line) => {
      const fields = line.split(",");
      return fields.toSpliced(at, 2, fields[at + 1] ?? "", fields[at] ?? "").join(",");
    });
  },
  // a number is written otherwise, or a field gets an odd character
  (lines, random) =>
    changedLine(lines, random, (fields) =>
      fields.map((field) => (/^\d+$/.test(field) ? oneOf(random, NUMBERS) : field)),
    ),
  (lines, random) =>
    changedLine(lines, random, (fields, at) =>
      fields.with(at, `${fields[at]}${oneOf(random, ODD)}`),
    ),
  // lines end otherwise, or fields are parted otherwise
  (lines) => [lines.join("\r")],
  (lines, random) => lines.map((line) => line.replaceAll(",", oneOf(random, [";", "\t"]))),
];

const NUMBERS = ["1.234", "1,234", "1 234", "0", "12,5", "12.50", "-7", "007", "1e3", '"1.234,5"'];

function changedLine(
  lines: string[],
  random: Random,
  change: (fields: string[], at: number) => string[],
): string[] {
  const at = below(random, lines.length);
  const fields = (lines[at] ?? "").split(",");
  return lines.with(at, change(fields, below(random, fields.length)).join(","));
}

/** A text in CSV with bytes, lines or fields changed, the same for the same random numbers. */
export function changedCsv(text: Uint8Array, random: Random): Buffer {
  if (random() < 0.4) return damaged(text, random);
  let lines = Buffer.from(text).toString("utf8").split("\n");
  for (let changes = 1 + below(random, 3); changes > 0 && lines.length > 0; changes -= 1) {
    lines = oneOf(random, LINE_CHANGES)(lines, random);
  }
  return Buffer.from(lines.join("\n"));
}

/** A workbook with something changed in it, the same for the same random numbers. */
export function mutated(workbook: Uint8Array, random: Random): Buffer {
  const chance = random();
  if (chance < 0.25) return damaged(workbook, random);
  const parts = partsOf(workbook, (packed) => inflateRawSync(packed));
  if (chance < 0.32) return zipFile(oneOf(random, PART_CHANGES)(parts, random));
  return zipFile(changedPart(parts, random));
}
