import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noteField, remarkField, valueField } from "../../../pipelines/desk/office/online-form.ts";
import { entryKey } from "../../../pipelines/forms/filling.ts";
import { readStandingReport } from "../../../pipelines/models/standing-report.ts";
import { findingSentence } from "../../../pipelines/vocabulary/finding-text.ts";
import {
  type Answer,
  administrator,
  type Browser,
  csvFile,
  expectSaid,
  fieldsOf,
  type GivenDesk,
  invited,
  runDesk,
  stopDesk,
  wordsOf,
} from "../given.ts";

const PAGE = "/ban-lam-viec/nhap/thu/Q2/UB-02";
const Q4_PAGE = PAGE.replace("Q2", "Q4");
/** What is difficult, at length: longer than a note may be. */
const LONG = "Địa bàn rộng, thiếu cán bộ. ".repeat(20).trim();

// All that follows happens at one desk, in this order.
let desk: GivenDesk;
let admin: Browser;
let clerk: Browser;
let ofOffice: Browser;
beforeAll(async () => {
  desk = await runDesk();
  admin = await administrator(desk);
  clerk = await invited(admin, "clerk", "hai.mot", { units: ["UB-02"] });
  ofOffice = await invited(admin, "clerk", "gd", { units: ["GD"] });
});
afterAll(() => stopDesk(desk));

/** What the entries of a page hold, those that are not blank, by measure and area. */
function entered(answer: Answer): Record<string, string> {
  const filled = Object.entries(fieldsOf(answer, "entry")).filter(
    ([name, [value = ""]]) => /^(so|ghi-chu|y-kien):/.test(name) && value.trim() !== "",
  );
  return Object.fromEntries(
    filled.map(([name, [value = ""]]) => [name.replace(/^so:/, ""), value.trim()]),
  );
}

const so = (measure: string, area = ""): string => valueField(entryKey(measure, area));

/** Posts the form of the page that was read last, with some of its entries. */
async function post(
  browser: Browser,
  page: Answer,
  act: string,
  fields: Record<string, string>,
  path = PAGE,
): Promise<Answer> {
  const hidden = Object.fromEntries(
    ["saved_at", "seen"].map((name) => [
      name,
      new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? "",
    ]),
  );
  return browser.post(path, { ...hidden, act, ...fields });
}

test("a report is typed on the page, checked, kept as a draft, sent, and counts as a file does", async () => {
  const { world } = desk;
  const colleague = await invited(admin, "clerk", "hai.hai", { units: ["UB-02"] });

  const blank = await clerk.get(PAGE);
  expect(wordsOf(blank)).toContain("Đơn vị UBND phường Hai Kỳ báo cáo Quý 2");
  expect(entered(blank)).toEqual({});

  // a mistake is told beside its entry, and nothing is sent
  const wrong = await post(clerk, blank, "gui", {
    [so("people")]: "gần 40",
    [so("budget")]: "12,5",
    [so("has_plan")]: "Có",
    [noteField("people")]: "Đang rà soát",
    [remarkField("proposals")]: "Bổ sung kinh phí",
  });
  expect(wrong.status).toBe(200);
  expect(wordsOf(wrong)).toContain("Còn 1 điểm phải sửa trước khi gửi.");
  expect(wrong.text).toMatch(
    /name="so:\[&quot;people&quot;,&quot;&quot;\]"[^>]+aria-invalid="true"[^>]*\/><div id="loi-1" class="entry-faults"><ul class="problems"><li class="error">/,
  );
  expect(readdirSync(world.paths.archive)).not.toContain("receipts");
  expect(await clerk.words("/ban-lam-viec/phieu")).toContain("Chưa có tệp nào.");

  // it was kept as a draft, for the unit's other account too
  const typed = {
    [entryKey("people")]: "gần 40",
    [entryKey("budget")]: "12,5",
    [entryKey("has_plan")]: "Có",
    [noteField("people")]: "Đang rà soát",
    [remarkField("proposals")]: "Bổ sung kinh phí",
  };
  expect(entered(await clerk.get(PAGE))).toEqual(typed);
  const theirs = await colleague.get(PAGE);
  expect(entered(theirs)).toEqual(typed);
  expect(wordsOf(theirs)).toContain("Bản nháp do hai.mot lưu lúc");

  // whoever saves over what somebody else has saved meanwhile is told so first
  const mine = await clerk.get(PAGE);
  await post(colleague, theirs, "luu", { [so("people")]: "41" });
  const over = await post(clerk, mine, "luu", { [so("people")]: "40", [so("budget")]: "12,5" });
  expectSaid(over, 409, "hai.hai đã lưu bản nháp của báo cáo này lúc");
  expect(entered(over)).toMatchObject({ [entryKey("people")]: "40" });

  // what is doubtful is told first, then sent
  const right = {
    [so("people")]: "40",
    [so("budget")]: "12,5",
    [noteField("people")]: "ông Nguyễn Văn An tổng hợp",
    [remarkField("difficulties")]: `Thiếu cán bộ.\r\n${LONG}`,
  };
  const asked = await post(clerk, over, "gui", right);
  expect(asked.status).toBe(200);
  expect(wordsOf(asked)).toMatch(/Có 1 điểm cần xem lại\. Nếu số liệu đúng, vẫn gửi được/);
  const sent = await post(clerk, asked, "gui", right);
  expect([sent.status, sent.location]).toEqual([303, "/ban-lam-viec/phieu/1"]);
  const receipt = await clerk.follow(sent);
  expect(wordsOf(receipt)).toContain("Tệp thu_Q2_UB-02.xlsx Báo cáo UBND phường Hai, quý 2");
  expect(readdirSync(join(world.paths.folder, "desk", "drafts"))).toEqual([]);

  const { now: standing } = await readStandingReport({
    ...world,
    plan: "thu",
    period: "Q2",
    unitId: world.catalogue.plans[0]?.units.find(({ code }) => code === "UB-02")?.unit_id ?? "",
  });
  const reported = standing?.figures.filter(({ state }) => state !== "blank");
  expect(reported?.map(({ measure, value }) => [measure, value])).toEqual([
    ["budget", "12.5000"],
    ["people", "40.0000"],
  ]);

  // what counts now is there to be corrected
  const again = await clerk.get(PAGE);
  expect(wordsOf(again)).toContain("Số liệu dưới đây đang được tính, theo phiếu số 1 nhận lúc");
  expect(entered(again)).toEqual({
    [entryKey("people")]: "40",
    [entryKey("budget")]: "12,5",
    [noteField("people")]: "ông Nguyễn Văn An tổng hợp",
    [remarkField("difficulties")]: `Thiếu cán bộ.\n${LONG}`,
  });
});

test("a department fills in a table by ward; nothing arose at all; a figure is not misread", async () => {
  const path = "/ban-lam-viec/nhap/thu/Q2/GD";
  const page = await ofOffice.get(path);
  const fields = {
    [so("pupils", "01")]: "1.234",
    [so("pupils", "02")]: "1200",
    [so("pupils_reached", "02")]: "Không phát sinh",
    "khong-phat-sinh": "1",
  };
  const looked = await post(ofOffice, page, "kiem-tra", fields, path);
  expect(looked.status).toBe(200);
  // in Excel 1.234 would be a number; typed here it is one thousand two hundred thirty-four, or asked
  expect(looked.text).not.toMatch(/aria-invalid/);
  const form = await ofOffice.get(`${path}/bieu`);
  expect(form.headers.get("content-disposition")).toContain('filename="thu_Q2_GD.xlsx"');
  const sent = await post(ofOffice, looked, "gui", fields, path);
  expect(sent.status).toBe(303);
  const counted = await ofOffice.get(path);
  expect(counted.text).toMatch(/name="khong-phat-sinh"[^>]+checked/);
  expect(entered(counted)).toEqual({
    [entryKey("pupils", "01")]: "1234",
    [entryKey("pupils", "02")]: "1200",
  });
});

test("nothing about a person is kept, nobody reaches another unit's draft", async () => {
  const leader = await invited(admin, "leader", "lanhdao");
  const page = await clerk.get(Q4_PAGE);
  const personal = await post(
    clerk,
    page,
    "luu",
    {
      [so("people")]: "4",
      [noteField("people")]: "Ông Nguyễn Văn An, CCCD 020085001234",
    },
    Q4_PAGE,
  );
  expectSaid(personal, 400, "Chưa lưu và chưa gửi: có thông tin cá nhân.");
  expect(entered(await clerk.get(Q4_PAGE))).toEqual({});

  // each field that has it is marked, and what else is wrong is told with it, by rows of the page
  const several = {
    ...{ [so("people")]: "40", [so("reached")]: "50", [so("visits")]: "Nguyễn Văn An" },
    [so("budget")]: "gần 5",
    [remarkField("proposals")]: "Chị Hoa, số điện thoại 0912345678",
  };
  const marked = await post(clerk, page, "gui", several, Q4_PAGE);
  expectSaid(marked, 400, "Còn 4 điểm phải sửa trước khi gửi.");
  expect(
    [...marked.text.matchAll(/name="(?:so:\[&quot;)?([\w:-]+)[^>]*aria-invalid/g)].map(
      ([, of]) => of,
    ),
  ).toEqual(["reached", "visits", "budget", "y-kien:proposals"]);
  expect(wordsOf(marked)).toContain("Giống dữ liệu cá nhân (họ tên). Xóa đi, chỉ ghi số tổng hợp.");
  expect(wordsOf(marked)).toContain("lớn hơn số liệu “Số người” ghi 40 (dòng 1).");
  expect(wordsOf(marked)).not.toMatch(/thư mục|trang tính|ô [A-Z]+\d/);
  expect(entered(marked)).toMatchObject({ [entryKey("visits")]: "Nguyễn Văn An" });

  // what stands beside the entries is told in the words of a page, too
  const beside: [Record<string, string>, string][] = [
    [
      { [remarkField("difficulties")]: "đính chính số người 41" },
      "Có số ghi ngoài các ô số liệu của biểu nên không được tính: đính chính số người 41. Nếu là số liệu báo cáo thì ghi vào đúng ô của dòng đó; nếu không thì xóa.",
    ],
    [
      { [noteField("budget")]: "12" },
      "Cột Ghi chú có số, còn ô số liệu của dòng để trống nên số đó không được tính: dòng 6 ghi 12. Nếu là số liệu báo cáo thì ghi vào ô số liệu của dòng đó.",
    ],
  ];
  for (const [typed, says] of beside) {
    const told = await post(clerk, page, "kiem-tra", { [so("people")]: "4", ...typed }, Q4_PAGE);
    expect(wordsOf(told)).toContain(says);
  }

  await post(clerk, page, "luu", { [so("people")]: "4" }, Q4_PAGE);
  for (const somebody of [ofOffice, admin]) {
    for (const path of [Q4_PAGE, `${Q4_PAGE}/bieu`]) {
      expect([403, 404]).toContain((await somebody.get(path)).status);
    }
    expect([403, 404]).toContain((await somebody.post(Q4_PAGE, { act: "bo" })).status);
  }
  expect((await leader.get(Q4_PAGE)).status).toBe(403);
  expect(entered(await clerk.get(Q4_PAGE))).toEqual({ [entryKey("people")]: "4" });
  const dropped = await post(clerk, await clerk.get(Q4_PAGE), "bo", {}, Q4_PAGE);
  expect(dropped.status).toBe(303);
  expect(entered(await clerk.get(Q4_PAGE))).toEqual({});
});

/** What is asked about a form, without what is to be done. */
function asked({ text }: Answer): string[] {
  return [...text.matchAll(/<li class="doubt">([^<]*)</g)].map(([, item = ""]) => item.trim());
}

test("the check knows what the office will ask, beside each field stands the quarter before", async () => {
  const path = PAGE.replace("Q2", "Q3");
  const first = {
    ...{ [so("people")]: "40", [so("budget")]: "12,5" },
    ...{ [so("reached")]: "30", [so("has_plan")]: "Có" },
  };
  const firstSent = await post(clerk, await clerk.get(PAGE), "gui", first);
  expect([firstSent.status, asked(firstSent)]).toEqual([303, []]);

  const page = await clerk.get(path);
  expect(
    [...page.text.matchAll(/(?:Kỳ trước|>\s*Như kỳ trước): ([^<]*)</g)].map(([, n]) => n),
  ).toEqual(["số đơn vị đã báo cáo quý 2.", "40", "40", "30", "12,5", "Có", "Có"]);
  expect(entered(page)).toEqual({});
  // one press takes one of what seldom changes, another all; a flow is not offered
  const one = await post(clerk, page, "", { "nhu-ky-truoc": entryKey("people") }, path);
  expect(entered(one)).toEqual({ [entryKey("people")]: "40" });
  const all = await post(clerk, one, "", { "nhu-ky-truoc": "tat-ca", [so("people")]: "41" }, path);
  expect(entered(all)).toEqual({ [entryKey("people")]: "41", [entryKey("has_plan")]: "Có" });

  const jump =
    "Kỳ này ghi 240, kỳ trước ghi 40, chênh lệch từ năm lần trở lên mà không ghi chú nguyên nhân.";
  const rows: [Record<string, string>, string[]][] = [
    // 30 + 15 = 45
    [
      { [so("people")]: "44", [so("reached")]: "15" },
      [
        `${findingSentence({ rule: "above_bound", value: "45", compared_with: "44", found: null })}.`,
      ],
    ],
    [{ [so("people")]: "240", [so("reached")]: "14" }, [jump]],
    [
      { [so("people")]: "240", [so("reached")]: "14", [noteField("people")]: "Sáp nhập ba thôn" },
      [],
    ],
  ];
  let last = page;
  for (const [typed, expected] of rows) {
    last = await post(clerk, last, "kiem-tra", typed, path);
    expect([typed, asked(last)]).toEqual([typed, expected]);
  }
  // a doubt that was not seen is shown before it is sent; the receipt has it, and knows when it is gone
  const [, [typed] = [{}]] = rows;
  last = await post(clerk, last, "gui", typed, path);
  expect([last.status, asked(last)]).toEqual([200, [jump]]);
  const sent = await post(clerk, last, "gui", typed, path);
  const receipt = await clerk.get(sent.location);
  expect(wordsOf(receipt)).toContain(
    "Báo cáo đã được tiếp nhận; có 1 điểm cần giải trình hoặc sửa.",
  );
  expect(wordsOf(receipt)).toContain(
    `${jump.slice(0, -1)}. Kiểm tra lại; nếu sai, gửi lại báo cáo đã sửa; nếu đúng, ghi giải trình.`,
  );

  const right = { [so("people")]: "44", [so("reached")]: "14" };
  const mended = await post(clerk, await clerk.get(path), "gui", right, path);
  expect(wordsOf(await clerk.follow(mended))).toContain(
    "Báo cáo đã được tiếp nhận; không có điểm nào phải giải trình.",
  );
  expect(await clerk.words(sent.location)).toContain("Số liệu trong tệp này không còn được tính");
  // what was meant twice is no old file sent by mistake
  last = await post(clerk, await clerk.get(path), "gui", typed, path);
  expect(asked(last)).toEqual([jump]);
  const back = await clerk.follow(await post(clerk, last, "gui", typed, path));
  expect(wordsOf(back)).not.toContain("Tệp giống hệt");

  // a draft that is older than the report that counts says so
  await post(clerk, await clerk.get(path), "luu", right, path);
  expect(await clerk.words(path)).not.toContain("Sau đó đã nhận");
  const csv = csvFile("q3.csv", ["UB-02,Q3,,people,44,", "UB-02,Q3,,reached,13,"]);
  await clerk.follow(await clerk.post("/ban-lam-viec/gui", { file: csv }));
  expect(await clerk.words(path)).toMatch(
    /chưa gửi\. Sau đó đã nhận báo cáo theo phiếu số \d+, đang/,
  );
});
