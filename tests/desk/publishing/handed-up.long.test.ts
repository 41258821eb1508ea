import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keyCode } from "../../../pipelines/contract/check-code.ts";
import { readPublishedReport } from "../../../pipelines/publishing/published-reports.ts";
import { makeSealKey, readPublicKey } from "../../../pipelines/publishing/seal-key.ts";
import { pack, unpack } from "../../../pipelines/workbook/zip.ts";
import { newFolder } from "../../folders.ts";
import { type World as DeskWorld, worldIn } from "../../intake/given.ts";
import { indicator, REACH } from "../../models/small-plan.ts";
import { officeIn } from "../../publishing/given.ts";
import { inYear, province } from "../../publishing/handed-given.ts";
import {
  type Answer,
  administrator,
  approvalOf,
  type Browser,
  emptyWorld,
  fieldsOf,
  invited,
  startDesk,
  wordsOf,
} from "../given.ts";
import { versionOn } from "../planning/plan-form.ts";

const DESK = "/ban-lam-viec";

interface Hands {
  readonly staff: Browser;
  readonly leader: Browser;
  readonly world: Pick<DeskWorld, "sources" | "paths">;
}

/** A desk over some sources, with who draws up and who approves. */
async function deskOf(world: DeskWorld, ...more: string[]): Promise<Hands> {
  const desk = await startDesk(world, ...more);
  const admin = await administrator(desk);
  const staff = await invited(admin, "staff", "tonghop");
  const leader = await invited(admin, "leader", "lanhdao");
  return { staff, leader, world };
}

/** A draft of a plan is submitted and approved by its two hands. */
async function approve({ staff, leader }: Hands, draft: string): Promise<void> {
  // what must be answered has been looked at
  const preview = await staff.get(`${draft}/xem-truoc`);
  for (const [, act = ""] of preview.text.matchAll(/name="act" value="(xem [^"]+)"/g)) {
    await staff.post(`${draft}/xem-truoc`, { act });
  }
  const submitted = await staff.post(`${draft}/xem-truoc`, { act: "trinh" });
  expect(submitted.status, wordsOf(submitted)).toBe(303);
  const approved = await leader.post(
    `${draft}/duyet`,
    versionOn(await leader.get(`${draft}/xem-truoc`)),
  );
  expect(wordsOf(approved)).toContain("Đã duyệt");
}

const REPORT = { number: "", dated: "", act: "trinh", lets_stand: "1" };

async function publish(
  { staff, leader }: Hands,
  plan: string,
  choice: { class: string; reason: string },
): Promise<void> {
  const report = `${DESK}/bao-cao/${plan}/Q2`;
  const version = choice.class === "first" ? "1" : "2";
  const submitted = await staff.post(report, { ...REPORT, ...choice });
  expect(submitted.status, wordsOf(submitted)).toBe(303);
  const seen = approvalOf(await leader.get(report));
  const approved = await leader.post(`${report}/duyet`, { ...seen, version });
  expect(approved.location, wordsOf(approved)).toContain(`/v${version}?`);
}

const wards = (codes: readonly number[], reached: number) =>
  codes.map((no) => {
    const own = `9-kh-ubnd-2024,UBND-A${no},Q2,`;
    const lines = [`${own},people,100,`, `${own},reached,${reached},`];
    const text = ["plan,unit,period,area,measure,value,note", ...lines];
    return new File([`${text.join("\n")}\n`], `phuong-${no}.csv`);
  });

/** Uploads files; of one the page of its receipt is answered. */
async function upload(staff: Browser, file: Uint8Array | readonly File[]): Promise<Answer> {
  const files = file instanceof Uint8Array ? new File([Buffer.from(file)], "goi.zip") : file;
  const answer = await staff.post(`${DESK}/gui`, { file: files });
  return answer.status === 303 ? staff.follow(answer) : answer;
}

/** The province, whose plan asks two cities for a ratio and takes nothing from anybody yet. */
async function provinceDesk(): Promise<Hands> {
  const { plan, ...rest } = inYear(province(), "2024");
  const whole = JSON.parse(JSON.stringify({ ...plan, number: "76/KH-UBND" }));
  for (const measure of whole.measures) delete measure.taken_from;
  const asked = { ...indicator(REACH), code: "1.1", quote: "Ít nhất 30% số người." };
  const folder = newFolder();
  const { catalogue } = officeIn(folder, { ...rest, plan: { ...whole, indicators: [asked] } });
  return deskOf(worldIn(folder, folder, catalogue));
}

/** A city of eight wards with no plan yet. */
async function cityDesk(sealKey: string): Promise<Hands> {
  const world = emptyWorld();
  mkdirSync(join(world.sources, "areas"));
  const wards = [1, 2, 3, 4, 5, 6, 7, 8].map(
    (no) => `${10 + no},A${no},Ward ${no},ward,1,,,made up`,
  );
  const lines = [
    "area_id,code,name,kind,parent_id,valid_from,valid_to,source",
    "1,C,City C,city,,,,made up",
    ...wards,
  ];
  writeFileSync(join(world.sources, "areas", "areas.csv"), `${lines.join("\n")}\n`);
  return deskOf(world, "--seal-key", sealKey);
}

test("a province hands its plan down to a city of eight wards, which hands its versions up: what is typed once is published twice", async () => {
  const keys = newFolder();
  await makeSealKey(join(keys, "city"));
  const above = await provinceDesk();
  const below = await cityDesk(join(keys, "city"));

  // the plan comes down, and the city begins its own from it
  const handed = await above.staff.get(`${DESK}/ke-hoach-giao-xuong/above`);
  const file = new File([Buffer.from(handed.bytes)], "above_giao-xuong.json");
  await below.staff.get(`${DESK}/ke-hoach`);
  const nowhere = await below.staff.post(`${DESK}/ke-hoach`, { from: "cap-tren", handed: file });
  expect(wordsOf(nowhere)).toContain("Ghi tên hoặc mã địa bàn: C City C; E City E.");
  const begun = await below.staff.post(`${DESK}/ke-hoach`, {
    ...{ from: "cap-tren", handed: file, area: "C" },
  });
  const draft = begun.location.replace(/\/can-cu$/, "");
  const head = await below.staff.get(`${draft}/can-cu`);
  await below.staff.post(`${draft}/can-cu`, {
    ...fieldsOf(head),
    ...{ act: "luu", number: "9/KH-UBND", title: "Kế hoạch của thành phố C", issuer: "UBND C" },
    ...{ issued_on: "02/04/2024", in_force_from: "02/04/2024" },
  });
  const preview = wordsOf(await below.staff.get(`${draft}/xem-truoc`));
  expect(preview).toContain("tệp của cấp trên không có chữ ký");
  await approve(below, draft);

  // seven wards of eight: 70 of 700 at the city
  await upload(below.staff, wards([1, 2, 3, 4, 5, 6, 7], 10));
  const packed = `${DESK}/bao-cao/9-kh-ubnd-2024/Q2/gui-cap-tren.zip`;
  expect((await below.staff.get(packed)).status).toBe(404);
  await publish(below, "9-kh-ubnd-2024", { class: "first", reason: "Báo cáo quý II" });
  const page = await below.staff.get(`${DESK}/bao-cao/9-kh-ubnd-2024/Q2`);
  expect(wordsOf(page)).toContain("Tải gói gửi cấp trên");
  const first = await below.staff.get(packed);

  // nobody knows its key, until its code is compared; an end of it is another day's
  expect(wordsOf(await upload(above.staff, first.bytes))).toMatch(/chưa được tin cậy ở đây/);
  const pub = new File([readFileSync(join(keys, "city.pub"))], "city.pub");
  const trusted = { file: pub, name: "Văn phòng C", area: "C" };
  const wrong = await above.staff.post(`${DESK}/khoa`, { ...trusted, code: "00000-00000" });
  expect(wordsOf(wrong)).toContain("không phải mã kiểm tra của khóa trong tệp");
  const code = keyCode(await readPublicKey(join(keys, "city.pub")));
  expect((await above.leader.post(`${DESK}/khoa`, { ...trusted, code })).status).toBe(403);
  const known = await above.staff.follow(
    await above.staff.post(`${DESK}/khoa`, { ...trusted, code }),
  );
  expect(wordsOf(known)).toMatch(new RegExp(`Văn phòng C.*${code}.*từ .* tonghop`));
  const lineOf = () =>
    readFileSync(join(above.world.sources, "keys", "keys.csv"), "utf8").split("\n")[1];
  expect(lineOf()).toMatch(new RegExp(`^C,${code}.pub,Văn phòng C,\\d{4}-\\d\\d-\\d\\d,,tonghop$`));

  // nothing is taken from its plan, until the figures of the same codes are mapped
  const refused = await upload(above.staff, first.bytes);
  expect(wordsOf(refused)).toMatch(/Không kế hoạch nào ở đây lấy số liệu.*Ghép số liệu của gói/);
  const receipt = /name="receipt" value="(\d+)"/.exec(refused.text)?.[1] ?? "";
  const mapped = await above.staff.post(`${DESK}/ke-hoach`, {
    ...{ from: "goi", receipt, page: "xem-truoc" },
  });
  const seen = await above.staff.follow(mapped);
  expect(wordsOf(seen)).toMatch(/“Reached” lấy từ “Reached” \(reached\) của .*[Cc]ity C\./);
  await approve(above, mapped.location.replace(/\/xem-truoc$/, ""));

  const ratio = async () => {
    const choice = { planId: "above", period: "Q2", version: null, audience: "city" } as const;
    const { lines, publication } = await readPublishedReport(above.world.paths, choice);
    const found = lines.find((one) => one.section === "indicator" && one.area_code === "C");
    return [publication.version, found?.numerator, found?.denominator, found?.is_provisional];
  };
  // altered on its way, it counts for nothing
  const parts = new Map(unpack(first.bytes) ?? []);
  const figures = [...parts.keys()].find((name) => name.endsWith("_dai.csv")) ?? "";
  parts.set(figures, Buffer.from(String(parts.get(figures)).replace("700", "900")));
  expect(wordsOf(await upload(above.staff, pack(parts, 6)))).toMatch(
    /không còn như khi được niêm phong/,
  );
  // the package that was refused is taken now, as of when it came
  await above.staff.get(`${DESK}/phieu/${receipt}`);
  const again = await above.staff.post(`${DESK}/phieu/${receipt}/nhan-lai`, {});
  const taken = await above.staff.follow(again);
  expect(wordsOf(taken)).toMatch(/Báo cáo đã được tiếp nhận/);
  expect((await above.staff.post(`${DESK}/phieu/${receipt}/nhan-lai`, {})).status).toBe(303);
  // down to the ward: A1 reported 10 of 100, A8 nothing
  const ofWards = /href="([^"]+\/dia-ban)"/.exec(taken.text)?.[1] ?? "";
  expect(wordsOf(await above.leader.get(ofWards))).toMatch(
    /Ward 1 100 dòng \d+ 10 dòng \d+ Ward 2 .*Ward 8 chưa có số dòng \d+ chưa có số/,
  );
  await publish(above, "above", { class: "first", reason: "Báo cáo quý II" });
  expect(await ratio()).toEqual([1, "70.0000", "700.0000", true]);

  // the eighth ward reports, and the first corrects: 80 and 20 more of 800
  await upload(below.staff, [...wards([8], 10), ...wards([1], 30)]);
  await publish(below, "9-kh-ubnd-2024", {
    ...{ class: "correction", reason: "Phường 1 sửa số, phường 8 gửi muộn" },
  });
  const second = await below.staff.get(packed);
  expect(wordsOf(await upload(above.staff, second.bytes))).toMatch(/Báo cáo đã được tiếp nhận/);
  expect(wordsOf(await upload(above.staff, first.bytes))).toMatch(/là bản 1 .* bản 2 đã được nhận/);
  await publish(above, "above", { class: "correction", reason: "Thành phố C phát hành bản 2" });
  expect(await ratio()).toEqual([2, "100.0000", "800.0000", false]);

  // the key ends: its line says who ended it
  const line = /name="line" value="([^"]+)"/.exec(
    (await above.staff.get(`${DESK}/khoa`)).text,
  )?.[1];
  await above.staff.post(`${DESK}/khoa/thoi`, { line: line ?? "", until: "2024-06-30" });
  expect(lineOf()).toMatch(/,2024-06-30,"tonghop; tonghop cho thôi ngày /);
}, 1_200_000);
