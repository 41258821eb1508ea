import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isSyllable, wordsBeyondAscii } from "../../pipelines/readers/syllable.ts";
import {
  decodeLegacy,
  detectLegacy,
  detectUtf16,
  LEGACY_ENCODINGS,
  type LegacyEncoding,
} from "../../pipelines/readers/text-encoding.ts";
import { decodeVni } from "../../pipelines/readers/vni.ts";
import { encoded, LETTERS } from "./encoded.ts";

test.each([
  ["không", true],
  ["PHƯỜNG", true],
  ["nghiêng", true],
  ["giếng", true],
  ["quyết", true],
  ["gì", true],
  ["hòa", true],
  ["hoà", true],
  ["thuở", true],
  // a stop takes one of two tones
  ["phỏt", false],
  ["phat", false],
  ["phat́", true],
  // written otherwise before this vowel
  ["cĩ", false],
  ["ngiêng", false],
  ["kông", false],
  // no rhyme, two tones, no onset
  ["chyù", false],
  ["khãúng", false],
  ["ýõìc", false],
  ["ph¸t", false],
])("%s is a syllable: %s", (word, expected) => {
  expect(isSyllable(word.normalize("NFC"))).toBe(expected);
});

test("the words of a plan that have a letter beyond ASCII are syllables", () => {
  const plan = join(import.meta.dirname, "../../sources/plans/217-kh-ubnd-2024.yaml");
  const words = wordsBeyondAscii(readFileSync(plan, "utf8"));
  expect(words.length).toBeGreaterThan(1000);
  expect(words.filter((word) => !isSyllable(word))).toEqual([]);
});

test("VNI as it is written", () => {
  expect(
    decodeVni(
      "Khoâng phaùt sinh, öôùc tính. UÛy ban nhaân daân PHÖÔØNG Vónh Traïi; ñaït, Ñoâng Kinh, kyõ thuaät, thò traán, nghæ, Myõ, tyû, kyî",
    ),
  ).toBe(
    "Không phát sinh, ước tính. Ủy ban nhân dân PHƯỜNG Vĩnh Trại; đạt, Đông Kinh, kỹ thuật, thị trấn, nghỉ, Mỹ, tỷ, ky\u1ef5",
  );
});

test.each(LEGACY_ENCODINGS)("every letter in %s comes back", (encoding) => {
  // TCVN3 has capitals with a tone among the control characters, which old fonts did not show
  const text = LETTERS.map((letter) => `x${letter}x`).join(" ");
  expect(decodeLegacy(encoded(text, encoding), encoding)).toBe(text);
});

const TEXTS = [
  "không phát sinh",
  "Có",
  "Không",
  "Đã đạt",
  "số ước tính",
  "Phường Vĩnh Trại",
  "ước",
  "chưa có số liệu",
  "Tổ chức 3 cuộc tuyên truyền, 120 lượt người; UBND, HĐND thành phố",
];

test.each(LEGACY_ENCODINGS.flatMap((encoding) => TEXTS.map((text) => [encoding, text] as const)))(
  "%s is recognised from “%s”",
  (encoding, text) => {
    expect(detectLegacy(encoded(text, encoding))).toEqual({ encoding });
  },
);

test.each<[string, Buffer, readonly string[]]>([
  // «chó» and «chú» are both words
  ["one word of two meanings", encoded("chú", "TCVN3"), ["windows-1258", "TCVN3"]],
  ["no Vietnamese", Buffer.from("Größe: 5 Stück für Müller", "latin1"), []],
  [
    "Vietnamese in UTF-8 with a bad byte",
    Buffer.from("Số người được tuyên truyền\xff", "utf8"),
    [],
  ],
])("%s is not guessed at", (_, bytes, candidates) => {
  const detected = detectLegacy(bytes);
  expect(detected.encoding).toBeNull();
  if (detected.encoding === null) {
    for (const one of candidates) expect(detected.candidates).toContain(one);
  }
});

test("whatever words a text has, it is read in its own encoding or not at all", () => {
  const plan = join(import.meta.dirname, "../../sources/plans/217-kh-ubnd-2024.yaml");
  const words = [...new Set(wordsBeyondAscii(readFileSync(plan, "utf8")))];
  const readsRight = (encoding: LegacyEncoding, text: string): void => {
    const bytes = encoded(text, encoding);
    const detected = detectLegacy(bytes);
    if (detected.encoding === null) return;
    expect(decodeLegacy(bytes, detected.encoding)).toBe(text.normalize("NFC"));
  };
  for (const word of words) for (const encoding of LEGACY_ENCODINGS) readsRight(encoding, word);
  fc.assert(
    fc.property(
      fc.constantFrom(...LEGACY_ENCODINGS),
      fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 }),
      (encoding, chosen) => {
        readsRight(encoding, chosen.join(" "));
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ["UTF-16LE", encoded("plan;đơn vị", "UTF-16LE"), "UTF-16LE"],
  ["UTF-16BE", encoded("plan;đơn vị", "UTF-16BE"), "UTF-16BE"],
  ["UTF-16LE without its mark", Buffer.from("plan\tunit\tperiod\tđơn vị", "utf16le"), "UTF-16LE"],
  ["UTF-8", Buffer.from("plan;đơn vị"), null],
  ["zeros", Buffer.alloc(100), null],
  ["nothing", Buffer.alloc(0), null],
])("%s", (_, bytes, expected) => {
  expect(detectUtf16(bytes)).toBe(expected);
});
