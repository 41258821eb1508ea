import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { newFolder } from "../folders.ts";
import { PLAN, publish, SOURCES, takeIn } from "./marts.ts";
import { builtSite, unfoldPublished, type Visit, withSite } from "./site.ts";

const REPORTS = `/${PLAN}/bao-cao`;
const FIRST = `${REPORTS}/2024-Q2/v1/`;
const SECOND = `${REPORTS}/2024-Q2/v2/`;

/** Everything that a page says, but for the banner that points to a newer version. */
async function textOf(visit: Visit, path: string): Promise<string> {
  const { page, errors } = await visit.openPage(path);
  await unfoldPublished(page);
  const text = await page.evaluate(() => {
    for (const banner of document.querySelectorAll(".ct-newer")) banner.remove();
    return `${document.title}\n${document.body.innerText}`;
  });
  expect(errors).toEqual([]);
  return text;
}

test("a published version says the same for ever: after new data, a new version and new names", async () => {
  const site = builtSite();
  const folder = newFolder("chitieu-for-ever-");
  const paths = [FIRST, SECOND, `${REPORTS}/2024-H1/v1/`, `${REPORTS}/2024-Q4/v1/`];
  const before = await withSite(async (visit) => {
    const texts: string[] = [];
    for (const path of paths) texts.push(await textOf(visit, path));
    return texts;
  });

  const warehouse = warehousePaths(join(folder, "warehouse"));
  await cp(site.warehouse.folder, warehouse.folder, { recursive: true });
  const sources = join(folder, "sources");
  await cp(SOURCES, sources, { recursive: true });
  const planFile = join(sources, `plans/${PLAN}.yaml`);
  const plan = await readFile(planFile, "utf8");
  const renamed = plan
    .replace("title: Kế hoạch thực hiện công tác", "title: Kế hoạch đổi tên về công tác")
    .replace("short_title: Phòng, chống", "short_title: Đổi tên về phòng, chống")
    .replaceAll("tuyên truyền", "truyền thông")
    .replaceAll("phường, xã", "khu phố")
    .replace("Công an thành phố", "Công an khu vực");
  expect(renamed).not.toBe(plan);
  await writeFile(planFile, renamed);
  const areas = join(sources, "areas/areas.csv");
  await writeFile(
    areas,
    (await readFile(areas, "utf8")).replace("\n6,05980,,", "\n6,05980,Phường Kinh Đông,"),
  );
  const office = join(sources, "units.csv");
  await writeFile(
    office,
    (await readFile(office, "utf8")).replace("Công an thành phố", "Công an khu vực"),
  );
  const catalogue = readCatalogue(sources);
  const [changed] = catalogue.plans;
  if (changed === undefined) throw new Error("there is no plan");

  // Another ward's figures for the second quarter come in anew, from other random draws.
  const forms = await demonstrationForms(changed, 5);
  const form = forms.find(({ fileName }) => fileName === "2024-Q2_UBND-05971.xlsx");
  if (form === undefined) throw new Error("there is no such form");
  const receivedAt = new Date("2025-01-06T09:00+07:00");
  await takeIn(warehouse, catalogue, [{ ...form, receivedAt }]);
  const third = { period: "2024-Q2", class: "correction", reason: "Đính chính" } as const;
  await publish(warehouse, catalogue, { ...third, at: new Date("2025-01-07T09:00+07:00") });
  const fourth = { period: "2024-Q2", class: "method", reason: "Phát hành lại" } as const;
  await publish(warehouse, catalogue, { ...fourth, at: new Date("2025-01-08T09:00+07:00") });
  await buildMarts({ paths: warehouse, catalogue, asOf: null });
  const later = { marts: warehouse.marts, warehouse };
  await withSite(async (visit) => {
    for (const [i, path] of paths.entries()) {
      expect(await textOf(visit, path)).toBe(before[i]);
    }
    // The new names and figures have arrived everywhere else.
    const overview = await textOf(visit, `/${PLAN}/`);
    expect(overview).toContain("Đổi tên về phòng, chống");
    expect(overview.toLowerCase()).toContain("phường kinh đông");
    const now = await textOf(visit, `${REPORTS}/2024-Q2/v3/`);
    expect(now.toLowerCase()).toContain("phường kinh đông");
    expect(now).toContain(
      "Ủy ban nhân dân Phường Hoàng Văn Thụ gửi lại báo cáo quý II năm 2024, nhận lúc 09 giờ 00 phút ngày 06/01/2025",
    );
    expect(now).toContain("phát hành khi trang báo cáo chưa được lưu cùng phiên bản");
    expect(before.join("\n")).not.toContain("chưa được lưu cùng phiên bản");
    expect(await textOf(visit, `${REPORTS}/2024-Q2/v4/`)).toContain(
      "Không có nội dung nào thay đổi so với phiên bản 3.",
    );
    const page = await visit.open(SECOND);
    expect(await page.locator(".ct-newer a").getAttribute("href")).toBe(`${REPORTS}/2024-Q2/v4/`);
    const file = `${FIRST.slice(1)}tai-ve/${PLAN}_2024-Q2_v1.xlsx`;
    const served = await (await fetch(`${visit.url}/${file}`)).arrayBuffer();
    expect(Buffer.from(served)).toEqual(await readFile(join(site.dir, file)));
  }, later);
});
