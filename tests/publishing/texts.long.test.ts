import { beforeAll, describe, expect, test } from "vitest";
import type { Reader } from "../../pipelines/contract/report.ts";
import { textBlockers, textsNow } from "../../pipelines/publishing/document-texts.ts";
import { isSound } from "../../pipelines/publishing/verify.ts";
import { filesOfVersion } from "../../pipelines/publishing/version-files.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { readableWord } from "../readable/document.ts";
import { type Office, officeIn } from "./given.ts";

const WRITTEN = {
  achieved: ["Công tác tuyên truyền được duy trì.", "Các phường phối hợp tốt."],
  shortcomings: [],
  proposals: ["Đề nghị UBND tỉnh hỗ trợ kinh phí."],
};

describe("a written text", () => {
  test.each([
    ["Ông Nguyễn Văn An, CCCD 020090001234, đã vi phạm", true, [/đoạn 1 có dữ liệu cá nhân/]],
    ["Trường hợp Nguyễn Văn An cần hỗ trợ", false, [/có thể có dữ liệu cá nhân .*để nguyên/]],
    ["Trường hợp Nguyễn Văn An cần hỗ trợ", true, []],
    ["Đề nghị UBND tỉnh hỗ trợ kinh phí", false, []],
  ])("that says %j", (text, acknowledge, says) => {
    const found = textBlockers({ is_shared: false, heads: { proposals: [text] } }, acknowledge);
    expect(found).toEqual(says.map((one) => expect.stringMatching(one)));
  });
});

test.each([
  // filled, written, what the figures say now: what is said, and whether it is held against them
  [["A"], ["A", "Own"], ["B", "C"], ["B", "C", "Own"], false],
  [[], ["Own"], ["B"], ["B", "Own"], false],
  [["A"], ["Own"], ["B"], ["Own"], true],
  [["A"], ["Own"], ["A"], ["Own"], false],
  [["A"], [], ["B"], [], false],
])(
  "of a box filled with %j that says %j, with %j now, there is %j",
  (then, own, now, says, isHeld) => {
    const texts = { is_shared: false, heads: { tasks: own } };
    const derived = { achieved: [], shortcomings: [], causes: [], tasks: now, proposals: [] };
    expect(textsNow({ texts, filled: { tasks: then } }, derived)).toEqual({
      texts: { ...texts, heads: { tasks: says } },
      outdated: isHeld ? ["tasks"] : [],
    });
  },
);

const WORLD = smallPlan([indicator(REACH)]);
let given: Office;
beforeAll(async () => {
  given = officeIn(newFolder(), WORLD, { formats: ["docx", "csv"] });
  await given.sendAll([
    ["2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40"],
    ["2030-03-12T08:00", "W-A2", "Q1", "people 100\nreached 40"],
  ]);
  await given.publish("2030-03-13T08:00", "Q1", { acknowledge: true });
  const again = { class: "method", reason: "Viết lại", acknowledge: true, force: true } as const;
  for (const [moment, is_shared] of [
    ["2030-03-14T08:00", false],
    ["2030-03-15T08:00", true],
  ] as const) {
    const document = { texts: { heads: WRITTEN, is_shared } };
    await given.publish(moment, "Q1", { ...again, document });
  }
});

async function textsOf(version: number, reader: Reader): Promise<string[]> {
  const { texts } = await given.read("Q1", version, reader);
  return texts.map(({ head, text }) => `${head}: ${text}`);
}

async function bytesOf(version: number, reader: Reader): Promise<string> {
  const files = await filesOfVersion(given.paths, await given.read("Q1", version, reader));
  const word = files.find(({ name }) => name.endsWith(".docx"));
  const described = files.find(({ name }) => name.endsWith(".json"));
  return [
    JSON.stringify(await readableWord(word?.bytes ?? new Uint8Array())),
    new TextDecoder().decode(described?.bytes),
  ].join("\n");
}

describe("what a version says under its heads", () => {
  test("is said by its figures", async () => {
    expect(await textsOf(1, "city")).toMatchInlineSnapshot(`
      [
        "summary: Lũy kế từ đầu năm đến hết quarter 1, trong 01 chỉ tiêu của Kế hoạch có 01 chỉ tiêu đạt (01 tạm tính); 2/6 đơn vị đã gửi báo cáo.",
        "achieved: Chỉ tiêu đạt: I (Indicator, tạm tính).",
        "tasks: Duy trì kết quả các chỉ tiêu đã đạt.",
        "tasks: Đôn đốc gửi báo cáo quarter 1: Department 1; Department 2; Ward Ward 3; Ward Ward 4.",
      ]
    `);
    expect(await textsOf(1, "shared")).toEqual(await textsOf(1, "city"));
  });

  test("is what somebody wrote, for those whom he wrote it for, and never elsewhere", async () => {
    const [summary = "", ...figures] = await textsOf(1, "shared");
    const left = figures.filter((text) => /^(causes|tasks)/.test(text));
    const written = [
      summary,
      "achieved: Công tác tuyên truyền được duy trì.",
      "achieved: Các phường phối hợp tốt.",
      ...left,
      "proposals: Đề nghị UBND tỉnh hỗ trợ kinh phí.",
    ];
    expect(await textsOf(2, "city")).toEqual(written);
    expect(await textsOf(2, "shared")).toEqual([summary, ...figures]);
    expect(await textsOf(3, "shared")).toEqual(written);
    expect(await bytesOf(2, "city")).toContain("Đề nghị UBND tỉnh");
    expect(await bytesOf(2, "shared")).not.toContain("Đề nghị UBND tỉnh");
    expect(await bytesOf(3, "shared")).toContain("Đề nghị UBND tỉnh");
  });

  test("is part of the version: it holds, and what is altered shows", async () => {
    expect(isSound(await given.verify())).toBe(true);
    await given.tamper(
      "update publication set document = replace(document, 'hỗ trợ', 'cấp') where version = 2",
    );
    const { versions } = await given.verify(false);
    expect(versions[1]?.faults.join()).toMatch(/không khớp mã băm/);
  });
});
