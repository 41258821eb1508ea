import { beforeAll, expect, test } from "vitest";
import { documentBlockers } from "../../pipelines/publishing/document-choice.ts";
import { isSound } from "../../pipelines/publishing/verify.ts";
import { filesOfVersion } from "../../pipelines/publishing/version-files.ts";
import { givenHead } from "../exports/given.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { readableWord } from "../readable/document.ts";
import { copyOffice, type Office, officeIn } from "./given.ts";

const HEAD = givenHead({ document_abbreviation: "UBND", data_from: "2024-03-16" });

test.each([
  ["nothing", {}],
  ["a number and its date", { number: "05/BC-UBND", dated: "2024-06-05" }],
  ["who signs", { signature: ["KT. Chủ tịch", "Phó Chủ tịch"], signatory: "Nguyễn Thị Hồng Vân" }],
])("no objection to %s", (_, choice) => {
  expect(documentBlockers(choice, HEAD, "2024-06-10")).toEqual([]);
});

test.each([
  [{ number: "05/BC-UBND" }, /^Số và ngày văn bản đi cùng nhau/],
  [{ dated: "2024-06-05" }, /^Số và ngày văn bản đi cùng nhau/],
  [{ number: "05/BC-SLD", dated: "2024-06-05" }, /^Số “05\/BC-SLD” không đúng dạng/],
  [{ number: "/BC-UBND", dated: "2024-06-05" }, /không đúng dạng số báo cáo/],
  [{ number: "năm/BC-UBND", dated: "2024-06-05" }, /không đúng dạng số báo cáo/],
  [{ number: "05/BC-UBND", dated: "2024-06-31" }, /^“2024-06-31” không phải là ngày/],
  [{ number: "05/BC-UBND", dated: "05/6/2024" }, /không phải là ngày/],
  [{ number: "05/BC-UBND", dated: "2024-06-11" }, /không nằm trong khoảng từ 16\/3\/2024/],
  [{ number: "05/BC-UBND", dated: "2024-03-15" }, /không nằm trong khoảng từ 16\/3\/2024/],
  [{ signature: ["KT. Chủ tịch"] }, /^Thẩm quyền ký “KT. Chủ tịch” thiếu chức vụ người ký/],
  [{ signatory: " " }, /^Họ tên người ký còn để trống/],
])("objection to %j", (choice, says) => {
  expect(documentBlockers(choice, HEAD, "2024-06-10")).toEqual([expect.stringMatching(says)]);
});

const WORLD = smallPlan([indicator(REACH)]);
let given: Office;
beforeAll(async () => {
  given = officeIn(newFolder(), WORLD, { formats: ["docx"] });
  await given.send("2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40");
  await given.publish("2030-03-10T08:00", "Q1", {
    document: {
      number: "05/BC-C",
      dated: "2030-03-10",
      signature: ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"],
      signatory: "Nguyễn Thị Hồng Vân",
    },
  });
});

async function wordOf(office: Office, version: number): Promise<string> {
  const files = await filesOfVersion(office.paths, await office.read("Q1", version, "shared"));
  const document = files.find(({ name }) => name.endsWith(".docx"));
  return JSON.stringify(await readableWord(document?.bytes ?? new Uint8Array()));
}

test("number, date and signature stand on the document and its annexes, and are sealed", async () => {
  const text = await wordOf(given, 1);
  for (const part of [
    "Số: 05/BC-C",
    "ngày 10 tháng 3 năm 2030",
    "Kèm theo Báo cáo số 05/BC-C ngày 10 tháng 3 năm 2030 của",
    "TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "Nguyễn Thị Hồng Vân",
  ]) {
    expect(text).toContain(part);
  }
  expect(text.indexOf("TM. ỦY BAN")).toBeLessThan(text.indexOf("KT. CHỦ TỊCH"));
  const office = copyOffice(given, WORLD);
  await office.tamper("update publication set document = replace(document, '05/BC', '06/BC')");
  expect(isSound(await office.verify(false))).toBe(false);
});

test("what replaces it says so, also after a version that had no number", async () => {
  const office = copyOffice(given, WORLD);
  const again = { class: "method", force: true } as const;
  await office.publish("2030-03-11T08:00", "Q1", { ...again, reason: "Lần hai" });
  await office.publish("2030-03-12T08:00", "Q1", { ...again, reason: "Lần ba" });
  const says = "Báo cáo này thay thế Báo cáo số 05/BC-C ngày 10/3/2030 của";
  expect(await wordOf(office, 1)).not.toContain("thay thế");
  for (const version of [2, 3]) expect(await wordOf(office, version)).toContain(says);
  // what was filled in by hand is not known, nor is who signed taken over
  expect(await wordOf(office, 3)).not.toContain("Hồng Vân");
  // another number and another signature stand in its annex and on its page
  await office.publish("2030-03-13T08:00", "Q1", {
    ...{ ...again, reason: "Lần bốn" },
    document: { number: "9/BC-C", dated: "2030-03-13", signatory: "Trần Văn Bình" },
  });
  const { changes } = await office.read("Q1", 4, "shared");
  const rows = changes.map(({ field, old_value, new_value }) => ({ field, old_value, new_value }));
  expect(rows).toEqual([
    { field: "number", old_value: null, new_value: "9/BC-C" },
    { field: "dated", old_value: null, new_value: "2030-03-13" },
    { field: "signatory", old_value: null, new_value: "Trần Văn Bình" },
  ]);
  expect(await wordOf(office, 4)).toMatch(
    /Văn bản báo cáo: [^.]*người ký từ chưa có thành Trần Văn Bình\./,
  );
  const sql = `select field, old_value, new_value from marts.report_change
    where audience = 'shared' and version = 4 order by row_no`;
  expect(await office.ask("2030-03-14T08:00", "marts.report_change", sql)).toEqual(rows);
  expect(isSound(await office.verify())).toBe(true);
});
