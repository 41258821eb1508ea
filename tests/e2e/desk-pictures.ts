import { cp, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { keyCode } from "../../pipelines/contract/check-code.ts";
import { makeSealKey, readPublicKey } from "../../pipelines/publishing/seal-key.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { administrator, fieldsOf, invited, runDesk, stopDesk } from "../desk/given.ts";
import { worldIn } from "../intake/given.ts";
import { launchBrowser } from "./chromium.ts";
import { PLAN, SOURCES } from "./marts.ts";

const PLANS = "/ban-lam-viec/ke-hoach";
const KEYS = "/ban-lam-viec/khoa";
/** The ward to which the plan of the city comes down. */
const WARD = { code: "05974", name: "Ủy ban nhân dân phường Tam Thanh" };

/**
 * Takes the pictures of what two offices see at their desks when a plan comes down.
 * @param folder where the offices work, which is empty
 */
export async function takeDeskPictures(folder: string, pictures: string): Promise<void> {
  const catalogue = readCatalogue(SOURCES);
  const office = async (name: string) => {
    const sources = join(folder, name, "sources");
    await mkdir(sources, { recursive: true });
    if (name === "city") await cp(SOURCES, sources, { recursive: true });
    const desk = await runDesk(worldIn(join(folder, name), sources, catalogue));
    const admin = await administrator(desk);
    const staff = await invited(admin, "staff", "tonghop", { shown_name: "Văn phòng" });
    return { desk, staff };
  };
  const [city, ward] = [await office("city"), await office("ward")];
  const browser = await launchBrowser();
  const take = async ({ desk, staff }: typeof city, path: string, file: string) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const [name = "", value = ""] = staff.cookie.split("=");
    await context.addCookies([{ name, value, url: desk.url }]);
    const page = await context.newPage();
    await page.goto(`${desk.url}${path}`);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(pictures, file) });
  };
  try {
    const handed = await city.staff.get(`${PLANS}-giao-xuong/${PLAN}`);
    const file = new File([Buffer.from(handed.bytes)], "217.json");
    await ward.staff.get(PLANS);
    const begun = await ward.staff.post(PLANS, {
      ...{ from: "cap-tren", area: WARD.code, handed: file },
    });
    const draft = begun.location.replace("/can-cu", "");
    await ward.staff.post(`${draft}/can-cu`, {
      ...fieldsOf(await ward.staff.get(`${draft}/can-cu`)),
      ...{ act: "luu", number: "35/KH-UBND", issuer: WARD.name, issued_on: "20/05/2024" },
      title: "Kế hoạch phòng, chống mại dâm năm 2024",
    });
    await take(ward, `${draft}/chi-tieu`, "giao-xuong.png");

    await makeSealKey(join(folder, "khoa"));
    await city.staff.get(KEYS);
    await city.staff.post(KEYS, {
      ...{ name: WARD.name, area: WARD.code },
      file: new File([await readFile(join(folder, "khoa.pub"))], "khoa.pub"),
      code: keyCode(await readPublicKey(join(folder, "khoa.pub"))),
    });
    await take(city, KEYS, "khoa.png");
  } finally {
    await browser.close();
    for (const { desk } of [city, ward]) await stopDesk(desk);
  }
}
