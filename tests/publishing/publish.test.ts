import { beforeAll, describe, expect, test } from "vitest";
import { type Draft, draftReport } from "../../pipelines/publishing/draft-report.ts";
import type { PublishedVersion } from "../../pipelines/publishing/publish.ts";
import {
  type Circumstances,
  type PublishingChoice,
  publishBlockers,
} from "../../pipelines/publishing/publish-blockers.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { findingWord } from "../../pipelines/vocabulary/finding-text.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import {
  copyOffice,
  expectRows,
  lineOf,
  newOffice,
  type Office,
  officeIn,
  shownRows,
} from "./given.ts";

const WORLD = smallPlan([indicator(REACH)]);
const IN_MARCH = officeIn(newFolder("chitieu-publishing-"), WORLD);

let first: Office;
let firstPublished: PublishedVersion;

/** Wards 1, 2 and 4 report the first quarter in time; ward 3 does not. */
beforeAll(async () => {
  await IN_MARCH.sendAll([
    ["2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40"],
    ["2030-03-08T09:00", "W-A2", "Q1", "people 200\nreached 20"],
    ["2030-03-08T10:00", "W-A4", "Q1", "people 50\nreached 30"],
  ]);
  first = copyOffice(IN_MARCH, WORLD);
  firstPublished = await first.publish("2030-03-10T08:00", "Q1");
});

/** An office to which they have reported, for one test. */
const officeInMarch = (): Office => copyOffice(IN_MARCH, WORLD);

/** The same once it has published the quarter. */
const officeWithFirst = (): Office => copyOffice(first, WORLD);

test("a version holds the figures of its moment, worked out by hand", async () => {
  expect(firstPublished).toMatchObject({
    version: 1,
    is_final: false,
    as_of: "2030-03-10 08:00:00",
    units_expected: 6,
    units_reported: 3,
    units_missing: ["Department 1", "Department 2", "Ward Ward 3"],
    changes: 0,
  });
  const { lines, tallies } = await first.read("Q1");
  expectRows(
    lines.filter(({ code }) => code === "I" || code === "people"),
    `
      code    area_code  numerator  denominator  value_shown  status        areas_reported
      I       -          90         350          25.71        not_yet       3
      I       A1         40         100          40           met           1
      I       A2         20         200          10           not_yet       1
      I       A3         -          -            -            not_reported  0
      I       A4         30         50           60           met           1
      people  -          -          -            350          -             3
      people  A1         -          -            100          -             -
      people  A2         -          -            200          -             -
      people  A3         -          -            -            -             -
      people  A4         -          -            50           -             -
    `,
  );
  expectRows(
    tallies,
    `
      area_code  met  not_yet  not_reported  attention_rank
      -          0    1        0             -
      A1         1    0        0             -
      A2         0    1        0             -
      A3         0    0        1             -
      A4         1    0        0             -
    `,
  );
});

test("of what came after the last day of its period nothing is estimated", async () => {
  const due = JSON.stringify(WORLD).replaceAll('"estimate":false', '"estimate":true');
  const office = newOffice(JSON.parse(due) as typeof WORLD);
  await office.sendAll([
    ["2030-03-31T23:59", "W-A1", "Q1", "people 100\nreached 40"],
    ["2030-07-01T00:00", "W-A1", "Q2", "people 100\nreached 4"],
  ]);
  const told: boolean[] = [];
  for (const period of ["Q1", "Q2", "H1"]) {
    await office.publish("2030-07-02T08:00", period);
    told.push((await office.read(period)).head.is_estimate);
  }
  expect(told).toEqual([true, false, false]);
});

describe("a quarter that changes after the next one was compared with it", () => {
  const late = { class: "late", reason: "Phường 3 gửi muộn" } as const;
  let office: Office;
  let refused: string;
  /** Of the second quarter, the first, and the second again. */
  const published: PublishedVersion[] = [];
  /** What has to be published once the second quarter is, and once the first is again. */
  const wanted: object[] = [];
  const ask = async (moment: string) =>
    wanted.push(
      ...(await office.ask(
        moment,
        "marts.report_readiness",
        `select period, wanted, indicators_changed as names, submissions_since as sent, received_since
        from marts.report_readiness where wanted is not null order by period`,
      )),
    );

  beforeAll(async () => {
    office = officeWithFirst();
    await office.sendAll([
      ["2030-03-12T08:00", "W-A3", "Q1", "people 150\nreached 10"],
      ["2030-03-12T09:00", "W-A1", "Q1", "people 100\nreached 45"],
      // above its bound over the year: 45 + 70 of 100
      ["2030-06-08T08:00", "W-A1", "Q2", "people 100\nreached 70"],
    ]);
    refused = await office.publish("2030-06-10T08:00", "Q2").then(String, String);
    published.push(await office.publish("2030-06-10T08:00", "Q2", { acknowledge: true }));
    await ask("2030-06-10T09:00");
    published.push(await office.publish("2030-06-11T08:00", "Q1", late));
    await ask("2030-06-11T08:30");
    published.push(await office.publish("2030-06-11T09:00", "Q2", late));
  });

  const compared = async (version: number) => {
    const report = await office.read("Q2", version);
    return shownRows(
      [lineOf(report, "I", "A1")],
      "numerator value_shown previous_value change_from_previous",
    );
  };

  test("has to be published anew first, and doubts be answered, or both be let stand", async () => {
    // the whole, ward 1 and ward 3, of the indicator and of what it stands on, but for the people of ward 1
    expect(refused).toMatch(
      /so với phiên bản 1 của báo cáo quarter 1, mà 8 số liệu, đánh giá của kỳ ấy nay đã khác/,
    );
    expect(refused).toMatch(/Còn điểm cần kiểm tra: Ward Ward 1, .*Reached, quarter 2 \(/);
    expect(refused).toContain(`Reached, quarter 2 (${findingWord("above_bound")})`);
    const { doubts, head } = await office.read("Q2", 1);
    expect(head.previous_changed_version).toBe(1);
    expectRows(
      doubts,
      `
        rule         period  measure  value  compared_with
        above_bound  Q2      reached  115    100
      `,
    );
    // Q1 as it was published: 40 of 100, and 45 by now, so that nothing is said of 45 + 70 beside it
    expect(await compared(1)).toEqual([
      { numerator: "115", value_shown: "115", previous_value: "40", change_from_previous: "-" },
    ]);
    // acknowledged once, a doubt stands against nothing any more
    expect(published.map(({ version, acknowledged }) => [version, acknowledged])).toEqual([
      [1, 1],
      [2, 0],
      [2, 0],
    ]);
  });

  test("is wanted again by name, and then what was compared with it", () => {
    expectRows(
      wanted,
      `
        period  wanted         names        sent  received_since
        Q1      publish_again  I Indicator  2     2030-03-12 08:00:00
        Q2      publish_again  -            0     -
      `,
    );
  });

  test("says in its second version what changed, and the first stays as it was", async () => {
    const { causes, changes, publication } = await office.read("Q1");
    expect(publication).toMatchObject({ version: 2, ...late });
    // by hand: (45 + 20 + 10 + 30) / (100 + 200 + 150 + 50) = 105 / 500
    expectRows(
      changes.filter(({ section }) => section !== "measure"),
      `
        code  area_name  field                  old_value            new_value     causes
        I     -          value_shown            25.71                21            1, 2
        I     -          numerator              90                   105           1, 2
        I     -          denominator            350                  500           1, 2
        I     -          value_in_period        25.714286            21            1, 2
        I     -          numerator_in_period    90                   105           1, 2
        I     -          denominator_in_period  350                  500           1, 2
        I     -          is_provisional         true                 false         1, 2
        I     -          areas_reported         3                    4             1, 2
        I     -          areas_left_out         1                    0             1, 2
        I     Ward 1     value_shown            40                   45            2
        I     Ward 1     numerator              40                   45            2
        I     Ward 1     value_in_period        40                   45            2
        I     Ward 1     numerator_in_period    40                   45            2
        I     Ward 3     value_shown            -                    6.67          1
        I     Ward 3     numerator              -                    10            1
        I     Ward 3     denominator            -                    150           1
        I     Ward 3     value_in_period        -                    6.666667      1
        I     Ward 3     numerator_in_period    -                    10            1
        I     Ward 3     denominator_in_period  -                    150           1
        I     Ward 3     status                 not_reported         not_yet       1
        I     Ward 3     areas_reported         0                    1             1
        I     Ward 3     areas_left_out         1                    0             1
        I     Ward 3     basis                  -                    own           1
        W-A1  -          last_received_at       2030-03-08 08:00:00  2030-03-12 09:00:00  2
        W-A3  -          last_received_at       -                    2030-03-12 08:00:00  1
      `,
    );
    // ward 1 has sent one other figure, ward 3 its first two
    expectRows(
      causes,
      `
        cause_no  kind      unit_name    period  received_at          replaced_at          measures  area_verdicts
        1         received  Ward Ward 3  Q1      2030-03-12 08:00:00  -                    2         1
        2         again     Ward Ward 1  Q1      2030-03-12 09:00:00  2030-03-08 08:00:00  1         0
      `,
    );
    expect(published[1]?.changes).toBe(changes.length);
    expect(await office.read("Q1", 1)).toEqual({ ...(await first.read("Q1")), latestVersion: 2 });
  });

  test("is a cause of what the next one says in its second version", async () => {
    expect(await compared(2)).toEqual([
      { numerator: "115", value_shown: "115", previous_value: "45", change_from_previous: "70" },
    ]);
    const { causes, changes, head } = await office.read("Q2");
    expect(head.previous_changed_version).toBeNull();
    expect(causes).toMatchObject([{ kind: "version", period: "Q1", version: 2 }]);
    // by hand: 90 of 350, and 105 of 500
    expectRows(
      changes.filter(({ section }) => section === "indicator"),
      `
        area_name  field            old_value     new_value  causes
        -          previous_value   25.71         21         1
        Ward 1     previous_value   40            45         1
        Ward 3     previous_value   -             6.67       1
        Ward 3     previous_status  not_reported  not_yet    1
      `,
    );
  });

  test("and the half-year, without reports of its own, is published on both", async () => {
    const half = await office.publish("2030-06-12T08:00", "H1", { acknowledge: true });
    expect(half).toMatchObject({ units_reported: 0, version: 1 });
    const report = await office.read("H1");
    expectRows(
      [lineOf(report, "I", "A1")],
      `numerator  denominator  value_shown  basis
       115        100          115          covered`,
    );
    expect(report.submissions.map(({ period }) => period)).toEqual(["Q1", "Q1", "Q1", "Q1", "Q2"]);
  });
});

test("what it confirms is confirmed in what it says: the same a minute later, and what the next quarter moves from", async () => {
  const office = officeWithFirst();
  // above its bound over the year: 40 + 70 of 100
  await office.send("2030-06-08T08:00", "W-A1", "Q2", "people 100\nreached 70");
  const confirming = { class: "first", reason: "Đã hỏi lại", acknowledge: true } as const;
  await office.publish("2030-06-10T08:00", "Q2", confirming);
  const report = await office.read("Q2");
  expectRows([lineOf(report, "I", "A1")], "value_shown  is_provisional\n110  false");
  expect(report.doubts).toMatchObject([
    { rule: "above_bound", is_acknowledged: true, acknowledged_reason: "Đã hỏi lại" },
  ]);
  const again = { ...confirming, class: "correction", reason: "Lại" } as const;
  const refused = await office.publish("2030-06-10T08:01", "Q2", again).catch(String);
  expect(refused).toContain("giống hệt phiên bản 1");
  await office.send("2030-09-08T08:00", "W-A1", "Q3", "people 100\nreached 5");
  const { report: next } = await office.preview("2030-09-10T08:00", "Q3", confirming);
  expect(next.head.previous_changed_version).toBeNull();
  expectRows([lineOf(next, "I", "A1")], "value_shown  change_from_previous\n115  5");
  const { versions, faults } = await office.verify();
  expect([faults, versions.flatMap(({ differences }) => differences)]).toEqual([[], []]);
});

test("what comes while a version is written is in none that was approved before it came", async () => {
  const office = officeInMarch();
  const choice = { class: "first", reason: "–" } as const;
  const { substance, drawn } = await office.preview("2030-03-10T08:00", "Q1", choice);
  let sent = 0;
  // another program takes a file in before the version is recorded
  const pageOf = () => async () => {
    sent += 1;
    if (sent === 1) await office.send("2030-03-09T08:00", "W-A3", "Q1", "people 80\nreached 80");
    return new Uint8Array();
  };
  const seen = { ...choice, drawn, seen: substance, pageOf, formats: ["html"] } as const;
  await expect(office.publish("2030-03-10T08:00", "Q1", seen)).rejects.toThrow(/sau khi xem/);
  const now = await office.preview("2030-03-10T08:01", "Q1", choice);
  const published = office.publish("2030-03-10T08:01", "Q1", { ...choice, seen: now.substance });
  expect(await published).toMatchObject({ version: 1, units_reported: 4 });
});

test("figures are compared with the quarter before and with the same quarter of last year", async () => {
  const periods = ["2030-Q2 2030-06-30", "2031-Q1 2031-03-31", "2031-Q2 2031-06-30"];
  const office = newOffice(smallPlan([indicator(REACH)], { periods }));
  await office.sendAll([
    ["2030-06-08T08:00", "W-A1", "2030-Q2", "people 100\nreached 12"],
    ["2031-03-08T08:00", "W-A1", "2031-Q1", "people 100\nreached 10"],
    ["2031-06-08T08:00", "W-A1", "2031-Q2", "people 100\nreached 15"],
  ]);
  await office.publish("2031-06-10T08:00", "2031-Q2");
  const report = await office.read("2031-Q2");
  expect(report.head).toMatchObject({ previous_period: "2031-Q1", last_year_period: "2030-Q2" });
  expectRows(
    [lineOf(report)],
    `value_shown  value_in_period  previous_value  change_from_previous  last_year_value  change_from_last_year
     25           15               10              15                    12               13`,
  );
});

describe("refused", () => {
  const PLAIN: PublishingChoice = {
    ...{ class: "first", reason: "Phát hành", isFinal: false, acknowledge: false, force: false },
  };
  const [Q1, Q2] = ["Q1", "Q2"].map((code) => {
    const found = IN_MARCH.plan.plan.periods.find((one) => one.code === code);
    if (found === undefined) throw new Error(`no ${code}`);
    return found;
  }) as [Circumstances["period"], Circumstances["period"]];
  let draft: Draft;
  beforeAll(async () => {
    const asOf = parseMoment("2030-03-10T08:00");
    draft = await draftReport({ ...IN_MARCH, asOf, planId: "small", period: "Q1" });
  });

  // each is said beside the others
  test.each<
    [
      because: string,
      says: readonly RegExp[],
      choice: Partial<PublishingChoice>,
      of: Partial<Circumstances>,
    ]
  >([
    ["it begins later", [/chỉ bắt đầu từ ngày 01\/4\/2030/], {}, { period: Q2 }],
    [
      "nobody has reported",
      [/Chưa đơn vị nào gửi báo cáo của kỳ này\.$/],
      {},
      { period: Q2, within: ["Q2"], today: "2030-06-10" },
    ],
    [
      "no reason is given, and units are missing of a final one",
      [
        /Lý do phát hành còn để trống/,
        /chính thức mà chưa có báo cáo của: Department 1; Department 2; Ward Ward 3.*số liệu sơ bộ/,
      ],
      { reason: "  ", isFinal: true },
      {},
    ],
    [
      "the first version is no correction, and its reason names somebody",
      [/chưa phát hành lần nào/, /Lý do phát hành có thể có dữ liệu cá nhân \(.*để nguyên/],
      { class: "correction", reason: "Bổ sung theo bà Nguyễn Thị Hoa" },
      {},
    ],
  ])("%s", (_, says, choice, of) => {
    const circumstances = {
      ...{ today: "2030-03-10", period: Q1, within: ["Q1"], previous: null, isUnchanged: false },
    };
    const found = publishBlockers(draft, { ...PLAIN, ...choice }, { ...circumstances, ...of });
    for (const one of says) expect(found.join("\n")).toMatch(one);
    expect(found).toHaveLength(says.length);
  });

  test("its reason, which everybody reads, has data of a person, and the deadline is to come: nothing is published", async () => {
    const refused = await IN_MARCH.publish("2030-03-09T08:00", "Q1", {
      reason: "Bổ sung theo bà Nguyễn Thị Hoa, 0912345678",
      acknowledge: true,
      isFinal: true,
    }).catch(String);
    expect(refused).toMatch(/Lý do phát hành có dữ liệu cá nhân \(.*\): xóa đi/);
    expect(refused).toMatch(
      /trước ngày 10\/3\/2030\).*chưa thể là số liệu chính thức: còn 3 đơn vị/,
    );
    await expect(IN_MARCH.read("Q1")).rejects.toThrow(/Chưa phát hành báo cáo/);
  });

  test("once there is a version: another first one, one unchanged unless forced; a final one of which units are missing, whatever is let stand", async () => {
    const office = officeWithFirst();
    const again = { class: "correction", reason: "Đính chính", acknowledge: true } as const;
    await office.publish("2030-03-11T08:00", "Q1", { ...again, force: true });
    const final = { ...again, force: true, isFinal: true };
    expect(await office.publish("2030-03-11T09:00", "Q1", final).catch(String)).toMatch(
      /chính thức mà chưa có báo cáo của/,
    );
    const refused = await office.publish("2030-03-11T10:00", "Q1").catch(String);
    for (const one of [/Đã có phiên bản 2/, /giống hệt phiên bản 2/]) {
      expect(refused).toMatch(one);
    }
  });
});

test.each<[since: string, moment: string, asOf: string]>([
  ["nothing", "2030-03-10T09:00", "2030-03-10 08:00:00"],
  ["a day", "2030-03-11T08:00", "2030-03-11 08:00:00"],
  ["a report", "2030-03-10T09:00", "2030-03-10 09:00:00"],
])("what was seen is published as it was drawn up; since then: %s", async (since, moment, asOf) => {
  const office = officeInMarch();
  const { drawn } = await office.preview("2030-03-10T08:00", "Q1", { acknowledge: true });
  const sent = ["2030-03-10T08:30", "W-A3", "Q1", "people 150\nreached 10"] as const;
  if (since === "a report") await office.send(...sent);
  const published = await office.publish(moment, "Q1", { acknowledge: true, drawn });
  expect([published.as_of, published.units_reported]).toEqual([asOf, since === "a report" ? 4 : 3]);
  const { publication } = await office.read("Q1");
  expect(publication.recorded_at).toBe(`${moment.replace("T", " ")}:00`);
  expect((await office.verify()).faults).toEqual([]);
});

test("as of a past moment it holds what was known then, under digests that nobody can compute from it", async () => {
  const office = officeInMarch();
  await office.send("2030-03-12T08:00", "W-A3", "Q1", "people 150\nreached 10");
  const published = await office.publish("2030-03-13T08:00", "Q1", { asOf: "2030-03-10T08:00" });
  const { lines, publication } = await office.read("Q1");
  const moments = { as_of: "2030-03-10 08:00:00", recorded_at: "2030-03-13 08:00:00" };
  expect(publication).toMatchObject(moments);
  const { lines: same, submissions } = await first.read("Q1");
  expect(lines).toEqual(same);
  expect([
    published.lines_sha256 === firstPublished.lines_sha256,
    published.sha256 === firstPublished.sha256,
  ]).toEqual([false, false]);
  const shared = await first.read("Q1", 1, "shared");
  expect(JSON.stringify(shared)).not.toMatch(/nonce/);
  expect(shared.submissions.map(({ receipt_no, sha256 }) => [receipt_no, sha256])).toEqual([
    ["1", null],
    ["2", null],
    ["3", null],
  ]);
  expect(submissions.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256 ?? ""))).toBe(true);
});
