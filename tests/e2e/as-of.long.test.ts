import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { start } from "../cli/run.ts";
import { wordsOf } from "../desk/given.ts";
import { demonstrationSite } from "./demonstration.ts";

const DAY = "2024-09-20";
const SOURCES = join(import.meta.dirname, "../../sources");

test("the pages of an earlier day say what was known then, and what it would come to", async () => {
  const { warehouse } = await demonstrationSite();
  const folders = ["--sources", SOURCES, "--warehouse", warehouse.folder];
  const { child, ended } = start(["serve", "--as-of", DAY, "--port", "0", ...folders]);
  try {
    const url = await new Promise<string>((found, fail) => {
      child.stdout?.on("data", (text) => found(String(text).split(" ")[0] ?? ""));
      void ended.then(({ err }) => fail(new Error(err)));
    });
    const text = wordsOf({ text: await (await fetch(`${url}/`)).text() });
    expect(text).toContain("Số liệu tính đến 00:00 ngày 20/9/2024");
    expect(text).toContain("Kết quả đến quý III năm 2024");
    // 1.3c stood at 8,19 % and 15,88 %: one step more, of 7,69 or of 8,19
    expect(text).toMatch(/15,88% .*đến quý IV năm 2024 là từ 23,5\d% đến 24,0\d%, đáp ứng mức/);
  } finally {
    child.kill("SIGTERM");
    await ended;
    for (const name of readdirSync(warehouse.folder)) {
      if (name.startsWith(`marts-${DAY}`))
        rmSync(join(warehouse.folder, name), { recursive: true });
    }
  }
});
