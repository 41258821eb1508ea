import { expect, test } from "vitest";
import { officeTime, vietnameseDate } from "../../../pipelines/vocabulary/date.ts";
import { administrator, csvFile, invited, startDesk, wordsOf } from "../given.ts";

const DAY_MS = 86_400_000;
const day = (from: number): string => officeTime(new Date(Date.now() + from * DAY_MS)).slice(0, 10);
const REPORT = "/ban-lam-viec/bao-cao-don-vi/thu/Q2/UB-02";

test("a unit gets more time, is sent its report back, and recalls it", async () => {
  const desk = await startDesk();
  const admin = await administrator(desk);
  const clerk = await invited(admin, "clerk", "hai", { units: ["UB-02"] });
  const other = await invited(admin, "clerk", "gd", { units: ["GD"] });
  const staff = await invited(admin, "staff", "tonghop");
  const work = async (): Promise<string> => await clerk.words("/ban-lam-viec/viec");
  const file = () => csvFile("q2.csv", ["UB-02,Q2,,people,40,"]);

  const until = vietnameseDate(day(20));
  const rows: [who: typeof clerk, act: string, fields: Record<string, string>, answer: RegExp][] = [
    [other, "xin-gia-han", { day: day(20), said: "Chờ số liệu" }, /404/],
    [clerk, "gia-han", { day: day(20), said: "" }, /403/],
    [clerk, "xin-gia-han", { day: day(20), said: " " }, /400 .*Lý do xin gia hạn còn để trống/],
    [clerk, "xin-gia-han", { day: "", said: "Chờ số liệu" }, /400 .*Chưa ghi ngày/],
    [clerk, "xin-gia-han", { day: day(-3), said: "Chờ số liệu" }, /400 .*Ngày phải từ hôm nay/],
    [clerk, "rut-lai", { said: "Gửi nhầm" }, /400 .*Tình trạng của báo cáo đã thay đổi/],
    [clerk, "xin-gia-han", { day: day(20), said: "Chờ số liệu" }, /303/],
  ];
  for (const [who, act, fields, expected] of rows) {
    await who.get("/ban-lam-viec/phieu");
    const answer = await who.post(`${REPORT}/${act}`, fields);
    // what cannot be recorded stays typed
    expect(answer.text.includes("<details open")).toBe(answer.status === 400 && "day" in fields);
    expect(`${answer.status} ${wordsOf(answer)}`, act).toMatch(expected);
  }
  expect(await work()).toContain(
    `Đơn vị xin gia hạn đến hết ngày ${until}, chờ trả lời: Chờ số liệu`,
  );

  expect(await staff.words("/ban-lam-viec/theo-doi")).toContain(
    `Đơn vị xin gia hạn UBND phường Hai, quý 2 Đơn vị xin gia hạn đến hết ngày ${until}`,
  );
  expect(await work()).toMatch(/Cần hỏi về báo cáo, liên hệ nơi nhận: .+\.$/);
  await staff.get(REPORT);
  await staff.post(`${REPORT}/gia-han`, { day: day(20), said: "" });
  expect(await work()).toMatch(
    new RegExp(`${until} còn 21 ngày .*Đã gia hạn đến hết ngày ${until}`),
  );

  const receipt = (await clerk.post("/ban-lam-viec/gui", { file: file() })).location;
  await expect.poll(work).toContain("Đã nhận đúng hạn đã gia hạn");
  expect(await clerk.words(REPORT)).toMatch(
    /Đã nhận đúng hạn đã gia hạn , nhận lúc .*Tệp đã gửi .*Số 1 .*q2\.csv .*Đã tiếp nhận/,
  );

  // after its day is over there is another way; a file that is refused takes the place of none
  const LATE = REPORT.replace("Q2", "Q3");
  const late = (people: string) => csvFile("q3.csv", [`UB-02,Q3,,people,${people},`]);
  await clerk.get(LATE);
  await clerk.post(`${LATE}/xin-gia-han`, { day: day(20), said: "Nghỉ ốm" });
  expect(await staff.words("/ban-lam-viec/viec-cho")).toContain("Đơn vị xin gia hạn");
  await clerk.post("/ban-lam-viec/gui", { file: late("40") });
  await expect
    .poll(async () => await clerk.words(LATE))
    .toMatch(/Số 2 .*q3\.csv .*Đã hết hạn gửi nên không rút lại được/);
  // who has sent waits for no more time
  expect(await staff.words("/ban-lam-viec/viec-cho")).not.toContain("Đơn vị xin gia hạn");
  expect(await clerk.words("/ban-lam-viec/phieu/2")).toMatch(
    /không có điểm nào phải giải trình\. Trễ \d+ ngày so với hạn gửi 29\/9\/2024; số liệu vẫn được tính\./,
  );
  const refused = await clerk.follow(
    await clerk.post("/ban-lam-viec/gui", { file: late("gần 40") }),
  );
  expect(wordsOf(refused)).toMatch(
    /Phiếu trả lại số 3 .*số liệu đang được tính là của báo cáo nhận lúc .*Cơ quan nhận UBND thành phố/,
  );
  // who has seen the receipt finds the report as it says
  expect(await clerk.words(LATE)).toMatch(/Đã trả lại , số liệu đang được tính là của báo cáo/);

  // staff let it stand; then nothing is asked of the unit, until a file is refused again
  await staff.get(LATE);
  await staff.post(`${LATE}/giu-bao-cao`, { said: "Gửi nhầm tệp cũ" });
  expect(await clerk.words(LATE)).toMatch(
    /Tình trạng Đã nhận , nhận lúc .*Giữ báo cáo đã tiếp nhận, bỏ qua tệp bị trả lại Gửi nhầm tệp cũ/,
  );
  expect((await staff.post(`${LATE}/giu-bao-cao`, { said: "Gửi nhầm" })).status).toBe(400);
  await clerk.get("/ban-lam-viec/viec");
  await clerk.post("/ban-lam-viec/gui", { file: late("gần 50") });
  await expect.poll(async () => await clerk.words(LATE)).toContain("Tình trạng Đã trả lại");
  await clerk.get(LATE);
  await staff.get(LATE);
  expect((await staff.post(`${LATE}/giu-bao-cao`, { said: "Như lần trước" })).status).toBe(303);
  const early = await staff.post(`${LATE}/gia-han`, { day: "2024-09-01", said: "" });
  expect(`${early.status} ${wordsOf(early)}`).toMatch(/400 .*Ngày phải sau hạn gửi 29\/9\/2024/);

  // a question with its day waits until the unit has answered it
  await staff.get(LATE);
  expect((await staff.post(`${LATE}/hoi`, { day: "", said: "Vì sao giảm?" })).status).toBe(400);
  await staff.post(`${LATE}/hoi`, { day: day(3), said: "Vì sao giảm?" });
  const question = `Cơ quan tổng hợp hỏi, trả lời đến hết ngày ${vietnameseDate(day(3))}: Vì sao giảm?`;
  for (const page of ["viec-cho", "theo-doi", "don-doc"]) {
    expect(await staff.words(`/ban-lam-viec/${page}`)).toContain(
      `Đã hỏi đơn vị, chờ trả lời UBND phường Hai, quý 3 ${question}`,
    );
  }
  expect(await work()).toContain(`${question} Nội dung trả lời`);
  await clerk.get(LATE);
  expect((await clerk.post(`${LATE}/hoi`, { day: day(3), said: "?" })).status).toBe(403);
  await clerk.post(`${LATE}/tra-loi`, { said: "Hai tổ chuyển sang phường Một" });
  expect(await work()).not.toContain("Vì sao giảm?");
  expect((await clerk.post(`${LATE}/tra-loi`, { said: "Thêm" })).status).toBe(400);
  expect(await staff.words(LATE)).toMatch(/Vì sao giảm\? tonghop .*Đơn vị trả lời Hai tổ chuyển/);
  expect(await staff.words("/ban-lam-viec/viec-cho")).toMatch(
    /UBND phường Hai, quý 3, kế hoạch \S+ : đơn vị trả lời “Hai tổ chuyển sang phường Một”\./,
  );

  // what is sent back counts no longer, its figures are there to be completed, the same file is new
  await staff.get(REPORT);
  await staff.post(`${REPORT}/tra-lai`, { day: day(25), said: "Thiếu số kinh phí" });
  expect(await work()).toMatch(
    new RegExp(
      `Trả lại để bổ sung: Thiếu số kinh phí .*hết ngày ${vietnameseDate(day(25))} .*Xin gia hạn, quá trình xử lý`,
    ),
  );
  expect(await clerk.words(receipt ?? "")).toMatch(
    /Số liệu trong tệp này không còn được tính\. Trả lại để bổ sung lúc .*: Thiếu số kinh phí/,
  );
  const form = await clerk.get("/ban-lam-viec/nhap/thu/Q2/UB-02");
  expect(wordsOf(form)).toContain("đã được trả lại hoặc rút lại nên không được tính");
  expect(form.text).toMatch(/name="so:\[&quot;people&quot;,&quot;&quot;\]"[^>]+value="40"/);
  await clerk.get("/ban-lam-viec/viec");
  const again = (await clerk.post("/ban-lam-viec/gui", { file: file() })).location;
  await expect.poll(() => clerk.words(again)).toContain("số 5 Báo cáo đã được tiếp nhận;");

  // its own, before its day is over
  await clerk.get(REPORT);
  await clerk.post(`${REPORT}/rut-lai`, { said: "Gửi nhầm bản chưa duyệt" });
  expect(await work()).toMatch(/Chưa gửi .*Đơn vị rút lại báo cáo: Gửi nhầm bản chưa duyệt/);
  expect(await work()).not.toContain("Thiếu số kinh phí");
  expect(await staff.words(REPORT)).toMatch(
    /Đơn vị xin gia hạn.*Đã gia hạn.*Trả lại để bổ sung.*Đơn vị rút lại/,
  );
});
