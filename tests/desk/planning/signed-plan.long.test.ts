import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { type PlanFigure, readPlanFigures } from "../../../pipelines/models/plan-figures.ts";
import { readCatalogue } from "../../../pipelines/sources/catalogue.ts";
import { launchBrowser } from "../../e2e/chromium.ts";
import { builtSite } from "../../e2e/site.ts";
import { newFolder } from "../../folders.ts";
import { writtenDocument } from "../../reading-plans/written-document.ts";
import { emptyWorld, PASSWORD, startDesk } from "../given.ts";

const SIGNED = "tests/fixtures/plan-texts/ke-hoach-217.txt";
const SHIPPED = "sources/plans/217-kh-ubnd-2024.yaml";

/** What one does with a mouse and a keyboard, counted. */
class Hands {
  readonly page: Page;
  readonly done = { clicks: 0, fields: 0 };

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(60_000);
  }

  /** Presses what leads to another page. */
  async press(name: string | RegExp, role: "button" | "link" = "button"): Promise<void> {
    this.done.clicks += 1;
    const [at] = await this.page.getByRole(role, { name, exact: typeof name === "string" }).all();
    if (at === undefined) throw new Error(`nothing is called ${name} on ${this.page.url()}`);
    await Promise.all([this.page.waitForEvent("load"), at.click()]);
  }

  async click(at: Locator): Promise<void> {
    this.done.clicks += 1;
    await at.click();
  }

  async type(label: string | RegExp, text: string): Promise<void> {
    this.done.fields += 1;
    await this.page.getByLabel(label).first().fill(text);
  }

  async choose(label: string | RegExp, words: string): Promise<void> {
    this.done.fields += 1;
    await this.page.getByLabel(label).first().selectOption({ label: words });
  }

  /** Presses the first of some buttons as long as a page has one. */
  async answer(buttons: string): Promise<void> {
    const [at] = [this.page.locator(buttons).first()];
    while ((await at.count()) > 0) {
      await Promise.all([this.page.waitForEvent("load"), this.click(at)]);
    }
  }

  /** Takes up an invitation. */
  async takeUp(link: string): Promise<void> {
    await this.page.goto(link);
    for (const at of await this.page.locator('input[type="password"]').all()) {
      this.done.fields += 1;
      await at.fill(PASSWORD);
    }
    await this.press(/mật khẩu/);
  }
}

/** What is counted for a target, where that is not the first answer; and whether by a pace. */
const MEASURED: Readonly<
  Record<string, { kind?: string; counts?: string[]; year?: string; pace?: true }>
> = {
  "1.1": { counts: ["Số hình thức tuyên truyền đã tổ chức"], year: "min" },
  "1.2": {
    kind: "Đủ cả các điều sau, chung toàn địa bàn",
    counts: ["Số tin, bài trên Trang thông tin điện tử", "Số tin, bài trên Fanpage"],
  },
  "1.3": { pace: true },
  "1.4": { pace: true },
  "1.5": { pace: true },
  "2.1": { counts: ["Đã ban hành kế hoạch", "Số hoạt động đã tổ chức"] },
  "2.2": {},
  "3.1": {},
  "3.2": {},
  "3.3": { pace: true },
  "4.1": {
    counts: [
      "Có hoạt động phòng ngừa mại dâm",
      "Có hoạt động can thiệp giảm hại",
      "Có hoạt động phòng, chống bạo lực trên cơ sở giới",
      "Có hoạt động đảm bảo quyền của người lao động",
      "Có dịch vụ hỗ trợ hòa nhập cộng đồng",
    ],
    pace: true,
  },
  "5.1": { pace: true },
};

/** Who reports where it is not each ward, by how the line begins. */
const REPORTED: readonly (readonly [line: RegExp, by: string, byArea: boolean])[] = [
  [/Trang thông tin điện tử/, "Phòng Văn hóa - Thông tin thành phố", false],
  [/Fanpage/, "Trung tâm Văn hóa – Thể thao thành phố", false],
  [/giáo viên|học sinh/, "Phòng Giáo dục và Đào tạo thành phố", true],
  [/tố giác|vụ việc/, "Công an thành phố", true],
  [/đội ngũ|[cC][ôộ]ng tác viên/, "tất cả", false],
];

test("from the document of plan 217 to its forms in a browser; its figures are those of the file that ships", async () => {
  const began = Date.now();
  const world = emptyWorld();
  const desk = await startDesk(world);
  const chromium = await launchBrowser();
  const newHands = async () => new Hands(await chromium.newPage());
  const admin = await newHands();
  await admin.takeUp(desk.firstLink);
  await admin.type("Tên cơ quan", "Ủy ban nhân dân thành phố Lạng Sơn");
  await admin.type("Địa bàn", "Thành phố Lạng Sơn");
  await admin.type(/^Chuyên viên/, "Phòng Lao động");
  await admin.type(/^Lãnh đạo/, "Chủ tịch");
  await admin.press("Tiếp tục");
  const [forStaff = "", forLeader = ""] = await admin.page.locator("code").allInnerTexts();

  const staff = await newHands();
  await staff.takeUp(forStaff);
  await staff.press("Kế hoạch", "link");
  const signed = await writtenDocument(readFileSync(SIGNED, "utf8"), {
    headings: true,
    lists: false,
  });
  staff.done.fields += 1;
  await staff.page
    .locator('input[name="document"]')
    .setInputFiles({ name: "ke-hoach-217.docx", mimeType: "application/zip", buffer: signed });
  await staff.press("Đọc văn bản");
  await staff.press("Đúng như văn bản, lưu và tiếp tục");
  await staff.press("Lưu và tiếp tục");
  for (const [code, { kind, counts = [], year = "sum", pace }] of Object.entries(MEASURED)) {
    expect(new URL(staff.page.url()).pathname).toMatch(new RegExp(`/chi-tieu/${code}$`));
    // what is no number and no share is not answered by saving
    if (kind !== undefined) {
      await staff.click(staff.page.getByLabel(kind));
      await staff.press("Lưu");
    }
    if (counts.length > 0) {
      const field = staff.page.getByLabel(/^Thêm số liệu mới/).first();
      if (!(await field.isVisible()))
        await staff.click(staff.page.getByRole("link", { name: "Sửa", exact: true }));
      // in place of what was read
      for (const kept of await staff.page.locator('input[name^="giu:"]').all()) {
        await staff.click(kept);
      }
      await staff.type(/^Thêm số liệu mới/, counts.join("\n"));
      await staff.press("Lưu");
    } else await staff.answer('button[value^="cach "]');
    await staff.answer(`button[value$="/over_time ${year}"]`);
    if (pace) {
      await staff.choose("Tiến độ trong năm", "chia đều theo kỳ");
      // what is another thing now is looked at first
      await staff.press("Đúng");
    }
    await staff.press("Đúng");
  }
  const lines = staff.page.getByRole("table", { name: "Các số liệu" }).locator("tbody tr");
  for (const line of await lines.all()) {
    const name = await line.locator("th").innerText();
    const [, by = "", isByArea] = REPORTED.find(([begins]) => begins.test(name)) ?? [];
    if (by === "") continue;
    await staff.click(line.locator("summary"));
    if (by !== "tất cả") await staff.click(line.getByLabel("Ủy ban nhân dân từng nơi báo cáo"));
    await staff.click(line.getByLabel(by));
    if (isByArea === true) await staff.click(line.getByLabel(/từng phường, xã/));
    if (by === "Công an thành phố") await staff.click(line.getByLabel(/làm lộ/));
  }
  await staff.press("Đúng như văn bản, lưu và tiếp tục");
  await staff.press("Đúng như văn bản, lưu và tiếp tục");
  const seen = staff.page.getByRole("button", { name: /^Đã xem/ });
  for (let left = await seen.count(); left > 0; left -= 1) await staff.press(/^Đã xem/);
  await staff.press("Trình duyệt");

  const leader = await newHands();
  await leader.takeUp(forLeader);
  await leader.press("Kế hoạch", "link");
  await leader.press(/^217\/KH-UBND/, "link");
  await leader.press("Duyệt: ghi tệp kế hoạch, bắt đầu thực hiện");

  await leader.press("Theo dõi", "link");
  const [forms] = await Promise.all([
    leader.page.waitForEvent("download"),
    leader.click(leader.page.getByRole("link", { name: /biểu trống/ }).first()),
  ]);
  expect(forms.suggestedFilename()).toMatch(/^bieu-mau_217-kh-ubnd-2024_2024-.*\.zip$/);
  await chromium.close();
  // as docs/decisions/0043-a-plan-at-the-desk.md tells it
  const sum = (what: "clicks" | "fields") =>
    [admin, staff, leader].reduce((all, { done }) => all + done[what], 0);
  const effort = `${sum("clicks")} clicks, ${sum("fields")} fields`;
  expect(
    /\d+ clicks, \d+ fields/.exec(
      readFileSync("docs/decisions/0043-a-plan-at-the-desk.md", "utf8"),
    )?.[0],
  ).toBe(effort);
  console.log(`${effort}, ${((Date.now() - began) / 60_000).toFixed(1)} minutes of the machine`);

  const made = readFileSync(join(world.sources, "plans", "217-kh-ubnd-2024.yaml"), "utf8");
  const { warehouse } = builtSite();
  const figuresBy = async (text: string): Promise<PlanFigure[]> => {
    const sources = newFolder();
    cpSync("sources/areas", join(sources, "areas"), { recursive: true });
    mkdirSync(join(sources, "plans"));
    writeFileSync(join(sources, "plans", "217-kh-ubnd-2024.yaml"), text);
    const figures = await readPlanFigures(warehouse, readCatalogue(sources));
    return figures.filter(({ section }) => section === "indicator");
  };
  const shipped = readFileSync(SHIPPED, "utf8");
  const before = await figuresBy(shipped);
  const after = await figuresBy(calledAs(parse(shipped), parse(made)));
  // 12 of the whole and of 8 wards, in the periods since it came into force
  expect(before.length).toBeGreaterThan(12 * 9 * 5);
  expect(after).toEqual(before);
});

interface PlanAsWritten {
  readonly units: { code: string }[];
  readonly measures: { code: string }[];
  readonly indicators: { code: string; value: object }[];
}

/** A plan with the codes of another one that counts the same in the same order. */
function calledAs(like: PlanAsWritten, made: PlanAsWritten): string {
  const measuresOf = ({ indicators }: PlanAsWritten): string[] =>
    indicators.flatMap(({ value }) =>
      Object.values(value).flatMap((list: unknown) =>
        Array.isArray(list)
          ? list.map((one: string | { measure: string }) =>
              typeof one === "string" ? one : one.measure,
            )
          : [],
      ),
    );
  const [theirs, ours] = [measuresOf(like), measuresOf(made)];
  expect(ours).toHaveLength(theirs.length);
  const codes = new Map([
    ...ours.map((code, index) => [code, theirs[index]] as const),
    ...made.units.map(({ code }, index) => [code, like.units[index]?.code] as const),
  ]);
  const text = stringify(made, (key, value: unknown) =>
    key !== "kind" && typeof value === "string" ? (codes.get(value) ?? value) : value,
  );
  const again = parse(text) as PlanAsWritten;
  again.indicators.forEach((one, index) => {
    one.code = like.indicators[index]?.code ?? "";
  });
  return stringify(again);
}
