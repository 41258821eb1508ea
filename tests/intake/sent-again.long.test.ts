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
  B2: csvOf(["UB-02,Q2,,people,6,"]),
};

/** What arrives, one file after another (`+` stated by an operator, `++` again), what is said, and what counts. */
const CASES = `
  the same file twice: 5
    A 01   accepted
    A 02   duplicate of 01
  corrected, and corrected back: 5
    A 01   accepted
    B 02   accepted, replaces
    A 03   accepted, asked, replaces
  corrected and corrected back within a day that alone was put down: 5
    A 01   accepted
    B 01   accepted, replaces
    A 01   accepted, asked, replaces
  corrected back again and again: 6
    A 01   accepted
    B 02   accepted, replaces
    A 03   accepted, asked, replaces
    A 04   duplicate of 01
    B 05   accepted, asked, replaces
    B 06   duplicate of 02
  one of the two units in the file has been corrected since: 5
    AA 01  accepted
    B2 02  accepted, replaces
    AA 03  accepted, asked, replaces
  old files taken in once more with their own moments: 6
    A 01   accepted
    B 02   accepted, replaces
    A 01   duplicate of 01
    B 02   duplicate of 02
  an older file that comes in later: 6
    B 02   accepted
    A 01   accepted, newer of 02 still counts
  a moment that was put down wrongly: 5
    A 08   accepted
    A 05+  duplicate of 08, --again
    A 05++ accepted, newer of 08 still counts
    A 05+  duplicate of 08
    A 08+  duplicate of 08
  a correction that leaves a figure out: 6
    B 01   accepted
    C 02   accepted, replaces, 1 left out
    B 03   accepted, asked, replaces, 1 left out
  an older file leaves nothing out, since it does not count: 6
    B 02   accepted
    C 01   accepted, newer of 02 still counts
`;

/** The name of each case, what counts after it, and its files, each with what is said. */
const cases = CASES.trim()
  .split(/\n {2}(?=\S)/)
  .map((text) => {
    const [head = "", ...steps] = text.split("\n").map((line) => line.trim());
    const [name = "", counts = ""] = head.split(": ");
    return { name, counts, steps: steps.map((step) => /^(\S+ \S+) +(.*)$/.exec(step) ?? []) };
  });

function sentOf(text: string): Sent {
  const [, file = "", day = "", mark = ""] = /^(.+) (\d\d)(\+*)$/.exec(text) ?? [];
  return {
    content: FILES[file] ?? "",
    received: `2030-06-${day}`,
    again: mark === "++",
    isMomentStated: mark !== "",
  };
}

/** A moment of June, as its day. */
const dayOf = (moment: string | null | undefined): string =>
  /^2030-06-(\d\d) 00:00:00$/.exec(moment ?? "")?.[1] ?? `${moment}`;

test.each(cases)("$name", async ({ steps, counts }) => {
  const world = newWorld();
  const outcomes = await send(world, ...steps.map(([, sent = ""]) => sentOf(sent)));
  expect(
    outcomes.map((outcome) => {
      const one = outcome.submissions.at(-1);
      return [
        outcome.outcome,
        outcome.first_received_at === null ? "" : ` of ${dayOf(outcome.first_received_at)}`,
        outcome.moment_differs ? ", --again" : "",
        outcome.problems.some(({ code }) => code === "sent_again_after_correction")
          ? ", asked"
          : "",
        one?.replaces_earlier === true ? ", replaces" : "",
        one === undefined || one.left_out === 0 ? "" : `, ${one.left_out} left out`,
        (one?.newer_received_at ?? null) === null
          ? ""
          : `, newer of ${dayOf(one?.newer_received_at)} still counts`,
      ].join("");
    }),
  ).toEqual(steps.map(([, , expected]) => expected));
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
