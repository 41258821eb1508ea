import * as wording from "../sentences/report-words.ts";
import { capitals } from "../vocabulary/letter-case.ts";
import {
  type BesideBlock,
  balanced,
  centred,
  millimetres,
  type ParagraphBlock,
  paragraph,
  roomOf,
  rule,
  SIZE,
  type Standing,
  shares,
  UPRIGHT,
} from "./document-block.ts";

/** Room for a signature, a stamp and a name. */
const SIGNATURE_LINES = 5;
const TIGHT = { before: 0, after: 0 };
const BELOW = { before: 120, after: 0 };
const KEPT = { ...TIGHT, keepNext: true };

/** The head of an official document after decree 30/2020/NĐ-CP: issuer, state, number, place and date. */
export function officialHead({
  superior,
  agency,
  number,
  subject,
  dated,
}: {
  readonly superior: string | null;
  readonly agency: string;
  readonly number: string;
  /** `V/v …`, of a letter. */
  readonly subject?: string;
  /** `Lạng Sơn, ngày …` */
  readonly dated: string;
}): BesideBlock {
  const [left = 0, right = 0] = shares([38, 62], roomOf(UPRIGHT));
  const national = { size: SIZE.national, bold: true };
  const issuer = [
    ...(superior === null
      ? []
      : namesLines(superior, left).map((line) => centred(line, { size: SIZE.national }, TIGHT))),
    ...namesLines(agency, left).map((line) => centred(line, national, TIGHT)),
    rule(left, 0.4),
  ];
  const state = [
    centred(wording.NATIONAL_TITLE, national, TIGHT),
    centred(wording.NATIONAL_MOTTO, { size: SIZE.heading, bold: true }, TIGHT),
    rule(right, 0.55),
  ];
  const numbered = [
    centred(number, { size: SIZE.heading }, BELOW),
    ...(subject === undefined ? [] : [centred(subject, { size: SIZE.national }, TIGHT)]),
  ];
  return {
    kind: "beside",
    rows: [
      [issuer, state],
      [numbered, [centred(dated, { size: SIZE.heading, italics: true }, BELOW)]],
    ],
    widths: [left, right],
  };
}

/** A name in capitals; a long one in two even lines. */
function namesLines(name: string, room: number): string[] {
  return balanced(capitals(name), { size: SIZE.national / 2, bold: true }, room / 20);
}

/** A paragraph of the body. */
export function bodyText(
  text: string,
  { bold, ...standing }: Standing & { readonly bold?: boolean } = {},
): ParagraphBlock {
  return paragraph(text, bold === undefined ? {} : { bold }, {
    align: "both",
    firstLine: millimetres(12.7),
    before: 0,
    after: 120,
    line: 264,
    ...standing,
  });
}

/** Recipients beside the signature, whose lines stay together. */
export function signatureBlock({
  recipients,
  filedAt,
  titles,
  signatory,
}: {
  readonly recipients: readonly string[];
  readonly filedAt: string;
  /** Lines above the signature; none: the general one. */
  readonly titles: readonly string[];
  readonly signatory: string | null;
}): BesideBlock {
  const [left = 0, right = 0] = shares([1, 1], roomOf(UPRIGHT));
  const list = { size: SIZE.list };
  const bold = { size: SIZE.body, bold: true };
  return {
    kind: "beside",
    rows: [
      [
        [
          paragraph(wording.RECIPIENTS, { size: SIZE.national, bold: true, italics: true }, KEPT),
          ...recipients.map((name) => paragraph(`- ${name};`, list, KEPT)),
          paragraph(`- Lưu: ${filedAt}.`, list, TIGHT),
        ],
        [
          ...(titles.length === 0 ? [wording.SIGNATORY] : titles).map((title) =>
            centred(capitals(title), bold, KEPT),
          ),
          ...Array.from({ length: SIGNATURE_LINES }, () => centred("", bold, KEPT)),
          ...(signatory === null ? [] : [centred(signatory, bold, KEPT)]),
        ],
      ],
    ],
    widths: [left, right],
  };
}
