import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { csvOf, newWorld, send } from "../../intake/given.ts";
import { administrator, expectSaid, fieldsOf, invited, startDesk, wordsOf } from "../given.ts";
import { PLANS, save, versionOn } from "./plan-form.ts";

test("a plan written by hand opens, two people change it, and what would change is told before it is approved", async () => {
  const world = newWorld("2024");
  const file = join(world.sources, "plans", "thu.yaml");
  const text = readFileSync(file, "utf8").replace(
    "title: Kế hoạch thử\n",
    "# tên đầy đủ\ntitle: Kế hoạch   thử # như văn bản\n",
  );
  writeFileSync(file, text);
  // another plan with the same areas
  const another = text.replace("id: thu", "id: khac").replace("1/KH-UBND", "9/KH-UBND");
  writeFileSync(join(world.sources, "plans", "khac.yaml"), another);
  const reached = ["UB-02,Q2,,reached,10,", "UB-02,Q3,,reached,5,"];
  const sent = { content: csvOf(reached), received: "2024-10-05T10:00", recordedAt: new Date() };
  await send(world, sent);
  const desk = await startDesk(world);
  const admin = await administrator(desk);
  const one = await invited(admin, "staff", "mot");
  const other = await invited(admin, "staff", "hai");
  const leader = await invited(admin, "leader", "lanh.dao");
  const clerk = await invited(admin, "clerk", "ubnd", { units: ["UB-02"] });
  await one.get(PLANS);
  const begun = await one.post(PLANS, { from: "sua", plan: "thu" });
  const draft = begun.location.replace(/\/can-cu$/, "");
  // the same draft for whoever opens the plan, and none for a clerk
  await other.get(PLANS);
  const deadline = { from: "sua", plan: "thu", page: "ky#cac-ky" };
  expect((await other.post(PLANS, deadline)).location).toBe(`${draft}/ky#cac-ky`);
  expect((await clerk.get(`${draft}/can-cu`)).status).toBe(403);
  const textOf = async () => fieldsOf(await one.get(`${draft}/tep`)).text?.[0];
  await save(one, `${draft}/can-cu`, {});
  expect(await textOf()).toBe(text);

  // a slip is mended by one button
  const slip = await save(one, `${draft}/don-vi`, { "area/code": "1" });
  expect(slip.text).toContain('value="dung area/code 01"');
  const mended = await save(one, `${draft}/don-vi`, {}, "dung area/code 01");
  expect(fieldsOf(mended)).toMatchObject({ "area/code": ["01"] });
  await save(one, `${draft}/don-vi`, { "area/code": "C" });
  expect(await textOf()).toBe(text);

  // what each of two has changed is kept; where both have changed the same, the later sees both
  const [mine, theirs] = [
    fieldsOf(await one.get(`${draft}/can-cu`)),
    fieldsOf(await other.get(`${draft}/can-cu`)),
  ];
  await other.post(`${draft}/can-cu`, {
    ...theirs,
    short_title: "Thử hai",
    issuer: "UBND thành phố B",
  });
  const met = await one.post(`${draft}/can-cu`, {
    ...mine,
    short_title: "Thử một",
    number: "2/KH-UBND",
  });
  expectSaid(met, 409, "hai đã ghi: “Thử hai”. Ô trên giữ điều vừa nhập ở đây");
  expect(fieldsOf(met)).toMatchObject({
    short_title: ["Thử một"],
    issuer: ["UBND thành phố B"],
    number: ["2/KH-UBND"],
  });
  await one.post(`${draft}/can-cu`, { ...fieldsOf(met), act: "luu" });
  expect(await textOf()).toBe(
    text
      .replace("short_title: Thử\n", "short_title: Thử một\n")
      .replace("issuer: UBND thành phố\n", "issuer: UBND thành phố B\n")
      .replace("number: 1/KH-UBND\n", "number: 2/KH-UBND\n"),
  );

  // 10 and 5 are 15 together, and 10 at most
  const preview = await save(
    one,
    `${draft}/so-lieu/reached`,
    { "measures/reached/over_time": "max" },
    "tiep xem-truoc",
  );
  expect(wordsOf(preview)).toContain(
    "Số người được tuyên truyền, Quý 3, Phường Hai: từ 15 người thành 10 người",
  );
  const areas = "09\tPhường Chín\tphường\tC";
  const wider = await save(one, `${draft}/don-vi`, { areas }, "tiep xem-truoc");
  expect(wordsOf(wider)).toContain(
    "9/KH-UBND: Số người được tuyên truyền, Quý 3, Phường Chín: từ không có thành chưa có số",
  );
  const gone = { gone: "02", "gone-until": "30/9/2024", "gone-into": "Phường Ba" };
  // looking for the other place does nothing of it, and keeps it
  const found = await save(one, `${draft}/don-vi`, { ...gone, search: "Ba" }, "tim");
  expect(found.text).toMatch(/value="bao-cao 03".*value="30\/9\/2024"/s);
  const told = "02 Phường Hai: báo cáo đến hết ngày 30/9/2024, sau đó là 03 Phường Ba";
  expect(wordsOf(await save(one, `${draft}/don-vi`, gone, "thoi"))).toContain(told);
  await one.post(`${draft}/xem-truoc`, { act: "trinh" });
  const version = versionOn(await leader.get(`${draft}/xem-truoc`));
  writeFileSync(file, `${text}# sửa tay\n`);
  const late = await leader.post(`${draft}/duyet`, version);
  expectSaid(late, 409, "Tệp thu.yaml đã được sửa sau khi bản này được mở.");
  expect(readFileSync(file, "utf8")).toBe(`${text}# sửa tay\n`);

  // next year's plan bears marks, which go when somebody has looked
  await one.get(PLANS);
  const begun25 = await one.post(PLANS, { from: "nam-sau", plan: "thu" });
  const next = begun25.location.replace(/\/can-cu$/, "");
  const marked = await one.get(`${next}/can-cu`);
  const marks = marked.text.match(/value="xem [^"]+"/g) ?? [];
  expect(marks.length).toBeGreaterThan(2);
  await save(one, `${next}/can-cu`, {}, (marks[0] ?? "").slice('value="'.length, -1));
  expect((await one.get(`${next}/can-cu`)).text.match(/value="xem [^"]+"/g)).toEqual(
    marks.slice(1),
  );
});
