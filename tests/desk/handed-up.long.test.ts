import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPublishedReport } from "../../pipelines/publishing/published-reports.ts";
import { makeSealKey } from "../../pipelines/publishing/seal-key.ts";
import { pack, unpack } from "../../pipelines/workbook/zip.ts";
import { newFolder } from "../folders.ts";
import type { World } from "../models/world.ts";
import { officeIn } from "../publishing/given.ts";
import { city, inYear, province } from "../publishing/handed-given.ts";
import { type Answer, administrator, type Browser, invited, startDesk, wordsOf } from "./given.ts";

const SENT = "/ban-lam-viec/gui";

/** A desk over a plan of 2024 whose report one person draws up and approves, and its staff. */
async function deskOf(folder: string, world: World, ...more: string[]) {
  const then = inYear(world, "2024");
  const plan = { ...then.plan, approval: "one_person" };
  const { paths, catalogue } = officeIn(folder, { ...then, plan });
  const desk = await startDesk({ folder, sources: folder, paths, catalogue }, ...more);
  const staff = await invited(desk, await administrator(desk), { name: "tonghop", role: "staff" });
  return { staff, paths, report: `/ban-lam-viec/bao-cao/${"id" in plan ? plan.id : ""}/Q2` };
}

const REPORT = { number: "", dated: "", act: "trinh", lets_stand: "1" };

async function publish(
  { staff, report }: { staff: Browser; report: string },
  choice: { class: string; reason: string },
) {
  const version = choice.class === "first" ? "1" : "2";
  const submitted = await staff.post(report, { ...REPORT, ...choice });
  expect(submitted.status, wordsOf(submitted)).toBe(303);
  const { text } = await staff.follow(submitted);
  const seen = ["substance", "proposal"].map((name) => [
    name,
    new RegExp(`name="${name}" value="(\\w+)"`).exec(text)?.[1] ?? "",
  ]);
  const approved = await staff.post(`${report}/duyet`, { ...Object.fromEntries(seen), version });
  expect(approved.headers.get("location"), wordsOf(approved)).toContain(`/v${version}?`);
}

const wards = (codes: readonly number[], reached: number) =>
  codes.map((no) => {
    const line = `small,W-A${no},Q2,`;
    const blank = ["forms", "plan", "staff", "trained", "joined", "load"];
    const lines = [`people,100,`, `reached,${reached},`, ...blank.map((one) => `${one},,`)];
    const text = [
      "plan,unit,period,area,measure,value,note",
      ...lines.map((one) => `${line},${one}`),
    ];
    return new File([`${text.join("\n")}\n`], `phuong-${no}.csv`);
  });

/** Uploads files; of one the page of its receipt is answered. */
async function upload(staff: Browser, file: Uint8Array | readonly File[]): Promise<Answer> {
  const files = file instanceof Uint8Array ? new File([Buffer.from(file)], "goi.zip") : file;
  const answer = await staff.post(SENT, { file: files });
  return answer.status === 303 ? staff.follow(answer) : answer;
}

test("eight wards, their city and their province: what is typed once is published twice", async () => {
  const keys = newFolder();
  await makeSealKey(join(keys, "city"));
  const below = city();
  const more = [5, 6, 7, 8].map((no) => `${10 + no},A${no},Ward ${no},ward,1,,,made up`);
  const eight = { ...below, areas: [...below.areas, ...more] };
  const ofCity = await deskOf(newFolder(), eight, "--seal-key", join(keys, "city"));

  const folder = newFolder();
  mkdirSync(join(folder, "keys"));
  copyFileSync(join(keys, "city.pub"), join(folder, "keys", "c.pub"));
  const line = "C,c.pub,Văn phòng C,2024-01-01,";
  writeFileSync(join(folder, "keys", "keys.csv"), `area,file,name,from,until\n${line}\n`);
  const above = await deskOf(folder, province());
  const ratio = async () => {
    const choice = { planId: "above", period: "Q2", version: null, audience: "city" } as const;
    const { lines, publication } = await readPublishedReport(above.paths, choice);
    const found = lines.find((one) => one.section === "indicator" && one.area_code === "C");
    return [publication.version, found?.numerator, found?.denominator, found?.is_provisional];
  };

  // seven wards of eight: 70 of 700 at the city
  await upload(ofCity.staff, wards([1, 2, 3, 4, 5, 6, 7], 10));
  expect((await ofCity.staff.get(`${ofCity.report}/gui-cap-tren.zip`)).status).toBe(404);
  await publish(ofCity, { class: "first", reason: "Báo cáo quý II" });
  const page = await ofCity.staff.get(ofCity.report);
  expect(wordsOf(page)).toContain("Tải gói gửi cấp trên");
  const first = await ofCity.staff.get(`${ofCity.report}/gui-cap-tren.zip`);

  // altered on its way, it counts for nothing
  const parts = new Map(unpack(first.bytes) ?? []);
  const figures = [...parts.keys()].find((name) => name.endsWith("_dai.csv")) ?? "";
  parts.set(figures, Buffer.from(String(parts.get(figures)).replace("700", "900")));
  expect(wordsOf(await upload(above.staff, pack(parts, 6)))).toMatch(
    /không còn như khi được niêm phong/,
  );
  expect(wordsOf(await upload(above.staff, first.bytes))).toMatch(/Báo cáo đã được tiếp nhận/);
  await publish(above, { class: "first", reason: "Báo cáo quý II" });
  expect(await ratio()).toEqual([1, "70.0000", "700.0000", true]);

  // the eighth ward reports, and the first corrects: 80 and 20 more of 800
  await upload(ofCity.staff, [...wards([8], 10), ...wards([1], 30)]);
  await publish(ofCity, { class: "correction", reason: "Phường 1 sửa số, phường 8 gửi muộn" });
  const second = await ofCity.staff.get(`${ofCity.report}/gui-cap-tren.zip`);
  expect(wordsOf(await upload(above.staff, second.bytes))).toMatch(/Báo cáo đã được tiếp nhận/);
  expect(wordsOf(await upload(above.staff, first.bytes))).toMatch(/là bản 1 .* bản 2 đã được nhận/);
  await publish(above, { class: "correction", reason: "Thành phố C phát hành bản 2" });
  expect(await ratio()).toEqual([2, "100.0000", "800.0000", false]);
});
