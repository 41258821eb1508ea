import { expect, test } from "vitest";
import { outcomeText } from "../../pipelines/cli/outcome-text.ts";
import { selectOf } from "../../pipelines/intake/intake-sql.ts";
import { csvOf, newWorld, type Sent, send } from "./given.ts";

const FILES: Record<string, string> = {
  A: csvOf(["UB-01,Q2,,people,5,", "UB-01,Q2,,reached,1,"]),
  B: csvOf(["UB-01,Q2,,people,6,", "UB-01,Q2,,reached,2,"]),
  // two units in one file
  AA: csvOf(["UB-01,Q2,,people,5,", "UB-02,Q2,,people,5,"]),
  // what B has, in part
  C: csvOf(["UB-01,Q2,,people,7,", "UB-01,Q2,,reached,,", "UB-01,Q2,,budget,3,"]),
  "B of unit 2": csvOf(["UB-02,Q2,,people,6,"]),
};

/** What arrives, one file after another (`+` stated by an operator, `++` again), and what is said. */
const CASES: [name: string, sent: string[], said: string[], counts: string][] = [
  [
    "the same file twice",
    ["A 01", "A 02"],
    ["accepted", "duplicate: accepted before (received 2030-06-01 00:00:00)"],
    "5",
  ],
  [
    "corrected, and corrected back",
    ["A 01", "B 02", "A 03"],
    ["accepted", "accepted, replaces", "accepted, asked, replaces"],
    "5",
  ],
  [
    "corrected and corrected back within a day that alone was put down",
    ["A 01", "B 01", "A 01"],
    ["accepted", "accepted, replaces", "accepted, asked, replaces"],
    "5",
  ],
  [
    "corrected back again and again",
    ["A 01", "B 02", "A 03", "A 04", "B 05", "B 06"],
    [
      "accepted",
      "accepted, replaces",
      "accepted, asked, replaces",
      "duplicate: accepted before (received 2030-06-01 00:00:00)",
      "accepted, asked, replaces",
      "duplicate: accepted before (received 2030-06-02 00:00:00)",
    ],
    "6",
  ],
  [
    "one of the two units in the file has been corrected since",
    ["AA 01", "B of unit 2 02", "AA 03"],
    ["accepted", "accepted, replaces", "accepted, asked, replaces"],
    "5",
  ],
  [
    "old files taken in once more with their own moments",
    ["A 01", "B 02", "A 01", "B 02"],
    [
      "accepted",
      "accepted, replaces",
      "duplicate: accepted before (received 2030-06-01 00:00:00)",
      "duplicate: accepted before (received 2030-06-02 00:00:00)",
    ],
    "6",
  ],
  [
    "an older file that comes in later",
    ["B 02", "A 01"],
    ["accepted", "accepted, newer of 2030-06-02 00:00:00 still counts"],
    "6",
  ],
  [
    "a moment that was put down wrongly",
    ["A 08", "A 05+", "A 05++", "A 05+", "A 08+"],
    [
      "accepted",
      "duplicate: accepted before (received 2030-06-08 00:00:00), --again",
      "accepted, newer of 2030-06-08 00:00:00 still counts",
      "duplicate: accepted before (received 2030-06-08 00:00:00)",
      "duplicate: accepted before (received 2030-06-08 00:00:00)",
    ],
    "5",
  ],
  [
    "a correction that leaves a figure out",
    ["B 01", "C 02", "B 03"],
    ["accepted", "accepted, replaces, 1 left out", "accepted, asked, replaces, 1 left out"],
    "6",
  ],
  [
    "an older file leaves nothing out, since it does not count",
    ["B 02", "C 01"],
    ["accepted", "accepted, newer of 2030-06-02 00:00:00 still counts"],
    "6",
  ],
];

function sentOf(text: string): Sent {
  const [, file = "", day = "", mark = ""] = /^(.+) (\d\d)(\+*)$/.exec(text) ?? [];
  return {
    content: FILES[file] ?? "",
    received: `2030-06-${day}`,
    again: mark === "++",
    isMomentStated: mark !== "",
  };
}

test.each(CASES)("%s", async (_, sent, said, counts) => {
  const world = newWorld();
  const outcomes = await send(world, ...sent.map(sentOf));
  expect(
    outcomes.map((outcome) => {
      const one = outcome.submissions.at(-1);
      return [
        outcome.outcome,
        outcome.first_received_at === null
          ? ""
          : `: accepted before (received ${outcome.first_received_at})`,
        outcome.moment_differs ? ", --again" : "",
        outcome.problems.some(({ code }) => code === "sent_again_after_correction")
          ? ", asked"
          : "",
        one?.replaces_earlier === true ? ", replaces" : "",
        one === undefined || one.left_out === 0 ? "" : `, ${one.left_out} left out`,
        (one?.newer_received_at ?? null) === null
          ? ""
          : `, newer of ${one?.newer_received_at} still counts`,
      ].join("");
    }),
  ).toEqual(said);
  expect(
    await world.rows(`select reading.value::integer::varchar as people
      from (${selectOf("standing_submission")}) as standing join reading using (submission_no)
      where unit_code = 'UB-01' and measure = 'people'`),
  ).toEqual([{ people: counts }]);
});

test("what an operator reads about files that come again, come late or leave something out", async () => {
  const outcomes = await send(
    newWorld(),
    ...["B 02", "A 01", "C 03", "C 01+"].map(sentOf).map((one) => ({ ...one, file: "b.csv" })),
  );
  expect(outcomes.map((one) => outcomeText({ ...one, reply: null }))).toEqual([
    `đã nhận   b.csv (UTF-8, comma)
          UBND phường Một, Quý 2 (Q2): 2 số liệu`,
    `đã nhận   b.csv (UTF-8, comma)
          UBND phường Một, Quý 2 (Q2): 2 số liệu, được lưu; báo cáo nhận sau đó, lúc 2030-06-02 00:00:00, vẫn được dùng`,
    `đã nhận   b.csv (UTF-8, comma)
          UBND phường Một, Quý 2 (Q2): 2 số liệu, thay báo cáo trước
            bản sau để trống 1 số liệu mà bản trước đã báo cáo`,
    "đã có     b.csv: đã nhận tệp giống hệt (nhận lúc 2030-06-03 00:00:00); không có gì thay đổi. Muốn ghi nhận lại với thời điểm đã nêu, chạy lại với --again",
  ]);
});

test("what is asked of a sender whose old file counts again", async () => {
  const world = newWorld();
  await send(world, ...["A 01", "B 02"].map(sentOf));
  // in an opening of its own, to which no file has named the plan yet
  const [again] = await send(world, sentOf("A 03"));
  expect(again?.problems.map(({ severity, line, found }) => [severity, line, found])).toEqual([
    [
      "doubt",
      undefined,
      "Tệp giống hệt tệp đã nhận lúc 00:00 ngày 01/6/2030. Sau tệp đó UBND phường Một đã gửi báo cáo khác của quý 2 theo kế hoạch 1/KH-UBND (nhận lúc 00:00 ngày 02/6/2030); nay số liệu của tệp cũ lại thay cho báo cáo ấy.",
    ],
  ]);
  expect(again?.reply).toMatch(/\.txt$/);
});
