import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newWorld, wholeCsvOf } from "../intake/given.ts";
import { runIn } from "./run.ts";

const FILES = {
  "q2.csv": ["UB-01,Q2,,people,100,", "UB-02,Q2,,people,40,"],
  "q3.csv": ["UB-01,Q3,,people,10,", "UB-02,Q3,,people,200,"],
  "q3-hai.csv": ["UB-02,Q3,,people,41,"],
  "hong.csv": ["UB-02,Q4,,people,gần 200,"],
};

test("findings are listed, acknowledged with a reason, and gone when corrected", async () => {
  const world = newWorld("2024");
  const chitieu = (...args: string[]) => runIn(world, ...args);
  const ingest = async (name: keyof typeof FILES) => {
    const file = join(world.folder, name);
    writeFileSync(file, wholeCsvOf(FILES[name]));
    return chitieu("ingest", file);
  };
  mkdirSync(world.paths.archive, { recursive: true });
  const none = { code: 0, text: "Không còn điểm nào phải xử lý.\n" };
  expect(await chitieu("findings")).toMatchObject(none);

  for (const name of ["q2.csv", "q3.csv", "hong.csv"] as const) await ingest(name);
  const { text } = await chitieu("findings");
  const ids = [...text.matchAll(/^(?:cần kiểm tra|lỗi) (\w{8})/gm)].map(([, id = ""]) => id);
  expect(text.replaceAll(/\b[0-9a-f]{8}\b/g, "ID")).toBe(
    [
      "cần kiểm tra ID UBND phường Hai, Quý 3 (Q3), Số người",
      "      q3.csv, Dòng 3: Kỳ này ghi 200, kỳ trước ghi 40, chênh lệch từ năm lần trở lên mà không ghi chú nguyên nhân. Kiểm tra lại; nếu sai, đề nghị đơn vị gửi lại báo cáo đã sửa; nếu đúng, ghi lý do xác nhận.",
      "lỗi ID UBND phường Hai, Quý 4 (Q4)",
      "      Tệp “hong.csv” bị trả lại vì có lỗi và chưa nhận được tệp gửi lại đúng. Đôn đốc đơn vị sửa theo phiếu trả lại và gửi lại cả tệp.",
      '1 lỗi, 1 điểm cần kiểm tra. Xác nhận một điểm: chitieu findings acknowledge MÃ --reason "…"',
      "",
    ].join("\n"),
  );
  const [doubt = ""] = ids;

  const acknowledge = (...args: string[]) => chitieu("findings", "acknowledge", ...args);
  expect((await acknowledge(doubt)).code).toBe(2);
  for (const [says, ...args] of [
    ["Lý do để trống", "--reason", " "],
    ['Không có điểm "0000000000"', "0000000000", "--reason", "đã hỏi"],
  ] as const) {
    const { code, text } = await acknowledge(doubt, ...args);
    expect([code, text]).toEqual([2, expect.stringContaining(says)]);
  }
  expect(await world.rows("from acknowledgement")).toEqual([]);

  const done = await acknowledge(doubt.slice(0, 6), "--reason", "Sáp nhập ba tổ dân phố");
  expect(done.text).toMatch(/^đã xác nhận \w{8} UBND phường Hai, Quý 3 \(Q3\), Số người\n/);
  const again = await acknowledge(doubt, "--reason", "khác");
  expect(again.text).toMatch(
    /^đã xác nhận từ \d{4}-\d\d-\d\d [\d:]{8}: .* \("Sáp nhập ba tổ dân phố"\)\n$/,
  );
  const reasons = await world.rows("select reason from acknowledgement");
  expect(reasons).toEqual([{ reason: "Sáp nhập ba tổ dân phố" }]);
  expect(await chitieu("findings", "Q3")).toMatchObject(none);
  expect((await chitieu("findings", "Q3", "--all")).text).toContain(": Sáp nhập ba tổ dân phố\n");

  // another file for the same period: neither the doubt nor what was said about it is there any more
  await ingest("q3-hai.csv");
  expect(await chitieu("findings", "Q3", "--all")).toMatchObject(none);
  // the old file once more: it is asked whether that is meant, and what was said before is not there again
  await ingest("q3.csv");
  const open: { rule: string }[] = JSON.parse((await chitieu("findings", "Q3", "--json")).text);
  expect(open.map(({ rule }) => rule)).toEqual(["sent_again_after_correction"]);
});
