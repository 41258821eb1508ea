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
  [" ; ", "còn để trống"],
  ["KT. Chủ tịch", "thiếu chức vụ người ký"],
  ["Ủy ban nhân dân; Chủ tịch", "có “Ủy ban nhân dân” không bắt đầu bằng TM., KT., TL., TUQ."],
  [
    "KT. Chủ tịch; TM. Ủy ban nhân dân; Phó Chủ tịch",
    "có thẩm quyền ký trùng hoặc không đúng thứ tự",
  ],
  ["KT. Chủ tịch; KT. Chủ tịch; Phó Chủ tịch", "có thẩm quyền ký trùng hoặc không đúng thứ tự"],
])("not in order: %s", (text, fault) => {
  expect(signatureFault(signatureLines(text))).toBe(fault);
});
