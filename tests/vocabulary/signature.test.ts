import { expect, test } from "vitest";
import { signatureFault, signatureLines } from "../../pipelines/vocabulary/signature.ts";

test.each([
  ["Giám đốc"],
  ["Q. Giám đốc"],
  ["TM. Ủy ban nhân dân; Chủ tịch"],
  ["TM. Ủy ban nhân dân; KT. Chủ tịch; Phó Chủ tịch"],
  ["KT. Giám đốc; Phó Giám đốc"],
  ["TL. Chủ tịch; Chánh Văn phòng"],
  ["TL. Chủ tịch; KT. Chánh Văn phòng; Phó Chánh Văn phòng"],
  ["TUQ. Giám đốc; Trưởng phòng"],
])("in order: %s", (text) => {
  expect(signatureFault(signatureLines(text))).toBeNull();
});

test.each([
  [" ; ", "is empty"],
  ["KT. Chủ tịch", 'ends with "KT. Chủ tịch", without the office of who signs'],
  [
    "Ủy ban nhân dân; Chủ tịch",
    'has "Ủy ban nhân dân" before its end, which begins with none of TM., KT., TL., TUQ.',
  ],
  [
    "KT. Chủ tịch; TM. Ủy ban nhân dân; Phó Chủ tịch",
    "has its authorities twice or not in an order that offices have",
  ],
  [
    "KT. Chủ tịch; KT. Chủ tịch; Phó Chủ tịch",
    "has its authorities twice or not in an order that offices have",
  ],
])("not in order: %s", (text, fault) => {
  expect(signatureFault(signatureLines(text))).toBe(fault);
});
