import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { unpack } from "../../../pipelines/workbook/zip.ts";
import { newWorld } from "../../intake/given.ts";
import { administrator, Browser, csvFile, invited, startDesk, wordsOf } from "../given.ts";
import { startMailServer } from "../mail-given.ts";

/** The words of a Word document, a paragraph a line. */
function paragraphsOf(bytes: Uint8Array): string[] {
  const xml = new TextDecoder().decode(unpack(bytes)?.get("word/document.xml"));
  return xml
    .split("</w:p>")
    .map((one) => one.replace(/<[^>]+>/g, "").replaceAll("&amp;", "&"))
    .filter((one) => one.trim() !== "");
}

test("units are chosen, asked by letter and by text, and the ledger remembers it", async () => {
  const world = newWorld("2024");
  writeFileSync(
    join(world.sources, "units.csv"),
    "code,area,name,short_name,contact,phone,email\n" +
      "GD,,Phòng Giáo dục,GD,Văn thư,0205 387 0001,giaoduc@langson.gov.vn\nUB,02,UBND {area},UB {area},,,phuonghai@langson.gov.vn\n",
  );
  const mails = await startMailServer({
    onRcptTo: ({ address }, _, done) =>
      done(
        address === "phuonghai@langson.gov.vn"
          ? Object.assign(new Error("no such box"), { responseCode: 550 })
          : null,
      ),
  });
  const smtp = ["--smtp", `smtp://127.0.0.1:${mails.port}`];
  const desk = await startDesk(world, ...smtp, "--smtp-from", "UBND <vanthu@langson.gov.vn>");
  const admin = await administrator(desk);
  const staff = await invited(admin, "staff", "tonghop", { shown_name: "Chuyên viên tổng hợp" });
  // sent back and not sent again
  await staff.post("/ban-lam-viec/gui", { file: csvFile("q2.csv", ["GD,Q2,,budget,gần 5,"]) });
  await expect
    .poll(async () => await staff.words("/ban-lam-viec/don-doc"))
    .toMatch(
      /Phòng Giáo dục Quý 2 .*hạn 29\/6\/2024 Đã trả lại Quý 3 .*hạn 29\/9\/2024 Quá hạn, chưa gửi .*Văn thư, 0205 387 0001, giaoduc@langson\.gov\.vn chưa/,
    );
  const chosen = { unit: ["GD", "UB-02"] };
  expect((await staff.post("/ban-lam-viec/don-doc", { unit: [] })).status).toBe(400);
  const texts = await staff.post("/ban-lam-viec/don-doc", chosen);
  const text = texts.text.replaceAll("&quot;", '"');
  const [, own = ""] =
    /<textarea id="nhac-\d"[^>]*>(Kính gửi Phòng Giáo dục[^<]+)</.exec(text) ?? [];
  expect(own.split("\n")).toEqual([
    expect.stringMatching(
      /^Kính gửi Phòng Giáo dục: đến \d\d giờ \d\d phút ngày \d\d\/\d\d?\/\d{4}, UBND thành phố chưa nhận được, hoặc đã trả lại để sửa và chưa nhận lại, báo cáo của đơn vị:$/,
    ),
    expect.stringMatching(
      /^- Quý 2, Kế hoạch 1\/KH-UBND: hạn gửi 29\/6\/2024; trả lại ngày \d\d\/\d\d?\/\d{4}, chưa gửi lại\.$/,
    ),
    expect.stringMatching(
      /^- Quý 3, Kế hoạch 1\/KH-UBND: hạn gửi 29\/9\/2024; quá hạn \d+ ngày\.$/,
    ),
    expect.stringMatching(/^- Quý 4/),
    expect.stringMatching(
      /^Đề nghị đơn vị gửi sớm về UBND thành phố\. .* http:\S+\/ban-lam-viec\/$/,
    ),
    "Nếu đơn vị đã gửi, đề nghị báo lại để đối chiếu.",
  ]);
  expect(text).toContain('href="mailto:giaoduc%40langson.gov.vn?subject=');

  const letter = await staff.post("/ban-lam-viec/don-doc/cong-van", chosen);
  expect(letter.headers.get("content-disposition")).toContain('filename="cong-van-don-doc.docx"');
  const lines = paragraphsOf(letter.bytes);
  expect(lines).toContain("V/v đôn đốc gửi báo cáo");
  expect(lines).toContain("- UBND phường Hai.");
  expect(lines.join("\n")).toMatch(
    /Thực hiện Kế hoạch số 1\/KH-UBND ngày 10\/4\/2024 của UBND thành phố \(Thử\), đến .* các báo cáo sau đây:/,
  );
  expect(lines.join("\n")).toMatch(
    /1\nPhòng Giáo dục\nQuý 2\n29\/6\/2024\nTrả lại ngày .*, chưa gửi lại\n2\nPhòng Giáo dục\nQuý 3\n29\/9\/2024\nQuá hạn \d+ ngày\n3\n/,
  );

  // only what is said to have been done is put down
  expect(await world.rows("from reminder")).toEqual([]);
  await staff.post("/ban-lam-viec/don-doc", { unit: ["GD"] });
  const done = await staff.post("/ban-lam-viec/don-doc/ghi-nhan", {
    unit: ["GD"],
    way: "letter",
    letter_number: "12/UBND-LĐTBXH",
  });
  expect(done.status).toBe(303);
  expect(await world.rows("select period, way, letter_number, reminded_by from reminder")).toEqual(
    ["Q2", "Q3", "Q4"].map((period) => ({
      period,
      way: "letter",
      letter_number: "12/UBND-LĐTBXH",
      reminded_by: "Chuyên viên tổng hợp",
    })),
  );
  expect(wordsOf(await staff.follow(done))).toMatch(
    /giaoduc@langson\.gov\.vn \d\d:\d\d ngày \d\d\/\d\d?\/\d{4}/,
  );

  // each unit gets its own text and letter; what the server refuses is told, and is no reminder
  expect(wordsOf(texts)).toContain("2/2 đơn vị có địa chỉ thư.");
  await staff.post("/ban-lam-viec/don-doc", chosen);
  const mailed = await staff.post("/ban-lam-viec/don-doc/gui-thu", chosen);
  expect(wordsOf(mailed)).toMatch(
    /Đã gửi 1\/2 thư\. .* Phòng Giáo dục giaoduc@langson\.gov\.vn Đã gửi 250 taken as 4711 UBND phường Hai phuonghai@langson\.gov\.vn Chưa gửi được 550 no such box/,
  );
  const [mail] = mails.taken;
  expect([mails.taken.length, mail?.subject]).toEqual([1, "Đôn đốc gửi báo cáo"]);
  expect(mail?.text?.trim()).toMatch(/^Kính gửi Phòng Giáo dục: /);
  const attached = new Uint8Array(mail?.attachments[0]?.content as ArrayBuffer);
  const ownLetter = paragraphsOf(attached).join("\n");
  expect(ownLetter).toContain("Phòng Giáo dục");
  expect(ownLetter).not.toContain("phường Hai");
  expect(
    await world.rows(
      "select period, unit_id, way, sent_to, said = (select max(said) from reminder) as is_text, server_answer from reminder where way = 'mail'",
    ),
  ).toEqual(
    ["Q2", "Q3", "Q4"].map((period) => ({
      period,
      unit_id: "GD",
      way: "mail",
      sent_to: "giaoduc@langson.gov.vn",
      is_text: true,
      server_answer: "250 taken as 4711",
    })),
  );

  // a forgotten password: nobody learns whose name it is; where a unit has an address a link goes there
  const clerk = await invited(admin, "clerk", "giao.duc", { units: ["GD"] });
  const stranger = new Browser(desk.url);
  const asked = async (name: string): Promise<unknown> => {
    const { status, text } = await stranger.post("/ban-lam-viec/quen-mat-khau", { name });
    return [status, text];
  };
  const answers = await Promise.all(["giao.duc", "tonghop", "khong-co", "../x"].map(asked));
  expect(answers).toEqual(answers.map(() => [200, expect.stringContaining("Đã ghi nhận.")]));
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  const links = (): string[] =>
    mails.taken
      .filter(({ subject }) => subject === "Đặt lại mật khẩu")
      .flatMap(({ text = "" }) => /\/ban-lam-viec\/loi-moi\/\S+/.exec(text)?.[0] ?? []);
  await expect.poll(links).toEqual([expect.stringContaining("/giao.duc/")]);
  await asked("giao.duc");
  const [link = ""] = links();
  // the old password holds until there is a new one; the link is used once
  expect((await new Browser(desk.url).logIn("giao.duc")).status).toBe(303);
  const fresh = { password: "sông Kỳ Cùng xanh", again: "sông Kỳ Cùng xanh" };
  expect((await stranger.post(link, fresh)).status).toBe(303);
  expect((await stranger.post(link, fresh)).status).toBe(404);
  expect((await new Browser(desk.url).logIn("giao.duc")).status).toBe(401);
  expect((await clerk.get("/ban-lam-viec/viec")).status).toBe(303);
  expect(links()).toHaveLength(1);
  // of who has no address the administrator learns, and gives a link
  const waiting = await admin.get("/ban-lam-viec/tai-khoan");
  expect(wordsOf(waiting)).toMatch(/tonghop Chuyên viên tổng hợp .* xin đặt lại mật khẩu lúc/);
  const given = await admin.post("/ban-lam-viec/tai-khoan/tonghop", { act: "invite" });
  expect(wordsOf(given)).toContain("Mật khẩu cũ không còn dùng được");
  expect(await admin.words("/ban-lam-viec/tai-khoan")).not.toContain("xin đặt lại");
});
