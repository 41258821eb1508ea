import { beforeAll, expect, test } from "vitest";
import type { PublishedVersion } from "../../pipelines/publishing/publish.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { parseTable } from "../models/text-table.ts";
import { copyOffice, newOffice, type Office, officeIn, shownRows } from "./given.ts";

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
  expect(
    shownRows(
      lines.filter(({ code }) => code === "I" || code === "people"),
      "code area_code numerator denominator value_shown status areas_reported",
    ),
  ).toEqual(
    parseTable(`
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
    `),
  );
  expect(shownRows(tallies, "area_code met not_yet not_reported attention_rank")).toEqual(
    parseTable(`
      area_code  met  not_yet  not_reported  attention_rank
      -          0    1        0             -
      A1         1    0        0             -
      A2         0    1        0             -
      A3         0    0        1             -
      A4         1    0        0             -
    `),
  );
});

test("a second version says what changed, and the first stays as it was", async () => {
  const office = officeWithFirst();
  const first = await office.read("Q1", 1);
  await office.send("2030-03-12T08:00", "W-A3", "Q1", "people 150\nreached 10");
  await office.send("2030-03-12T09:00", "W-A1", "Q1", "people 100\nreached 45");
  const published = await office.publish("2030-03-13T08:00", "Q1", {
    class: "late",
    reason: "Phường 3 gửi muộn",
  });
  expect(published.version).toBe(2);
  const { causes, changes, publication } = await office.read("Q1");
  expect(publication).toMatchObject({ version: 2, class: "late", reason: "Phường 3 gửi muộn" });
  expect(
    shownRows(
      changes.filter(({ section }) => section !== "measure"),
      "code area_name field old_value new_value causes",
    ),
  ).toEqual(
    // by hand: (45 + 20 + 10 + 30) / (100 + 200 + 150 + 50) = 105 / 500
    parseTable(`
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
    `),
  );
  // ward 1 has sent one other figure, ward 3 its first two
  expect(
    shownRows(
      causes,
      "cause_no kind unit_name period received_at replaced_at measures area_verdicts",
    ),
  ).toEqual(
    parseTable(`
      cause_no  kind      unit_name    period  received_at          replaced_at          measures  area_verdicts
      1         received  Ward Ward 3  Q1      2030-03-12 08:00:00  -                    2         1
      2         again     Ward Ward 1  Q1      2030-03-12 09:00:00  2030-03-08 08:00:00  1         0
    `),
  );
  expect(published.changes).toBe(changes.length);
  expect(await office.read("Q1", 1)).toEqual({ ...first, latestVersion: 2 });
});

test("beside its figures stand those published of the quarter before, which have to be published anew when they change", async () => {
  const office = officeWithFirst();
  await office.send("2030-03-12T08:00", "W-A1", "Q1", "people 100\nreached 45");
  await office.send("2030-06-08T08:00", "W-A1", "Q2", "people 100\nreached 15");
  // ward 1 is another, the city, and what they stand on, two measures of each
  await expect(office.publish("2030-06-10T08:00", "Q2")).rejects.toThrow(
    /so với phiên bản 1 của báo cáo quarter 1, mà 4 số liệu của kỳ ấy nay đã khác/,
  );
  const compared = async (version: number) => {
    const { lines } = await office.read("Q2", version);
    return shownRows(
      lines.filter(({ code, area_code }) => code === "I" && area_code === "A1"),
      "numerator value_shown previous_value change_from_previous",
    );
  };
  // Q1 as it was published: 40 of 100, and 45 by now, so that nothing is said of 45 + 15 beside it
  await office.publish("2030-06-10T08:00", "Q2", { acknowledge: true });
  expect(await compared(1)).toEqual([
    { numerator: "60", value_shown: "60", previous_value: "40", change_from_previous: "-" },
  ]);
  expect((await office.read("Q2")).head.previous_changed_version).toBe(1);
  const late = { class: "late", reason: "Gửi muộn" } as const;
  await office.publish("2030-06-11T08:00", "Q1", late);
  await office.publish("2030-06-11T09:00", "Q2", late);
  expect(await compared(2)).toEqual([
    { numerator: "60", value_shown: "60", previous_value: "45", change_from_previous: "15" },
  ]);
  const { causes, changes, head } = await office.read("Q2");
  expect(head.previous_changed_version).toBeNull();
  expect(causes).toMatchObject([{ kind: "version", period: "Q1", version: 2 }]);
  expect(
    shownRows(
      changes.filter(({ section }) => section === "indicator"),
      "area_name field old_value new_value causes",
    ),
  ).toEqual(
    // by hand: 90 and 95 of 350
    parseTable(`
      area_name  field           old_value  new_value  causes
      -          previous_value  25.71      27.14      1
      Ward 1     previous_value  40         45         1
    `),
  );
});

test("figures are compared with the quarter before and with the same quarter of last year", async () => {
  const world = smallPlan([indicator(REACH)]);
  const quarter = (year: number, position: number, from: string, to: string) => ({
    code: `${year}-Q${position}`,
    name: `Quarter ${position} of ${year}`,
    kind: "quarter",
    year,
    position,
    positions: 4,
    data_from: from,
    data_to: to,
    due_before: to,
    estimate: false,
  });
  const office = newOffice({
    ...world,
    plan: {
      ...world.plan,
      periods: [
        quarter(2030, 2, "2030-04-01", "2030-06-30"),
        quarter(2031, 1, "2031-01-01", "2031-03-31"),
        quarter(2031, 2, "2031-04-01", "2031-06-30"),
      ],
    },
  });
  await office.sendAll([
    ["2030-06-08T08:00", "W-A1", "2030-Q2", "people 100\nreached 12"],
    ["2031-03-08T08:00", "W-A1", "2031-Q1", "people 100\nreached 10"],
    ["2031-06-08T08:00", "W-A1", "2031-Q2", "people 100\nreached 15"],
  ]);
  await office.publish("2031-06-10T08:00", "2031-Q2");
  const { lines, head } = await office.read("2031-Q2");
  expect(head).toMatchObject({
    previous_period: "2031-Q1",
    last_year_period: "2030-Q2",
  });
  const columns =
    "value_shown value_in_period previous_value change_from_previous last_year_value change_from_last_year";
  expect(
    shownRows(
      lines.filter(({ code, area_id }) => code === "I" && area_id === null),
      columns,
    ),
  ).toEqual([
    {
      value_shown: "25",
      value_in_period: "15",
      previous_value: "10",
      change_from_previous: "15",
      last_year_value: "12",
      change_from_last_year: "13",
    },
  ]);
});

interface Refusal {
  readonly because: string;
  readonly moment: string;
  readonly period?: string;
  readonly choice?: Parameters<Office["publish"]>[2];
  /** Each is said beside the others. */
  readonly says: readonly RegExp[];
}

const REFUSALS: readonly Refusal[] = [
  {
    because: "it begins later",
    moment: "2030-03-10T08:00",
    period: "Q2",
    says: [/chỉ bắt đầu từ ngày 01\/4\/2030/],
  },
  {
    because: "nobody has reported",
    moment: "2030-06-10T08:00",
    period: "Q2",
    says: [/Chưa đơn vị nào gửi báo cáo/],
  },
  {
    because: "no reason is given, and units are missing of a final one",
    moment: "2030-03-10T08:00",
    choice: { reason: "  ", isFinal: true },
    says: [
      /Lý do phát hành còn để trống/,
      /chính thức mà chưa có báo cáo của: Department 1; Department 2; Ward Ward 3.*để nguyên/,
    ],
  },
  {
    because: "its reason, which everybody reads, has data of a person, and the deadline is to come",
    moment: "2030-03-09T08:00",
    choice: {
      reason: "Bổ sung theo bà Nguyễn Thị Hoa, 0912345678",
      acknowledge: true,
      isFinal: true,
    },
    says: [
      /Lý do phát hành có dữ liệu cá nhân \(.*\): xóa đi/,
      /trước ngày 10\/3\/2030\).*chưa thể là số liệu chính thức: còn 3 đơn vị/,
    ],
  },
  {
    because: "the first version is no correction, and its reason names somebody",
    moment: "2030-03-10T08:00",
    choice: { class: "correction", reason: "Bổ sung theo bà Nguyễn Thị Hoa" },
    says: [/chưa phát hành lần nào/, /Lý do phát hành có thể có dữ liệu cá nhân \(.*để nguyên/],
  },
];

test.each(REFUSALS)("refused: $because", async ({ moment, period = "Q1", choice, says }) => {
  const refused = await IN_MARCH.publish(moment, period, choice).catch(String);
  for (const one of says) expect(refused).toMatch(one);
  await expect(IN_MARCH.read(period)).rejects.toThrow(/Chưa phát hành báo cáo/);
});

test("a half-year without reports of its own is published on its quarters", async () => {
  const office = officeInMarch();
  await office.send("2030-06-08T08:00", "W-A1", "Q2", "people 100\nreached 10");
  await expect(office.publish("2030-12-08T08:00", "Q3")).rejects.toThrow(
    /Chưa đơn vị nào gửi báo cáo của kỳ này\.$/m,
  );
  const published = await office.publish("2030-06-10T08:00", "H1");
  expect(published).toMatchObject({ units_reported: 0, version: 1 });
  const { lines, submissions } = await office.read("H1");
  expect(
    shownRows(
      lines.filter(({ code, area_code }) => code === "I" && area_code === "A1"),
      "numerator denominator value_shown basis",
    ),
  ).toEqual([{ numerator: "50", denominator: "100", value_shown: "50", basis: "covered" }]);
  expect(submissions.map(({ period }) => period)).toEqual(["Q1", "Q1", "Q1", "Q2"]);
});

test("once there is a version: no other first one, nothing unchanged unless forced, final stays final", async () => {
  const office = officeWithFirst();
  await expect(office.publish("2030-03-11T08:00", "Q1")).rejects.toThrow(/Đã có phiên bản 1/);
  const again = { class: "correction", reason: "Đính chính" } as const;
  await expect(office.publish("2030-03-11T08:00", "Q1", again)).rejects.toThrow(
    /giống hệt phiên bản 1/,
  );
  await office.publish("2030-03-11T08:00", "Q1", { ...again, force: true });
  await office.publish("2030-03-11T09:00", "Q1", {
    ...again,
    force: true,
    isFinal: true,
    acknowledge: true,
  });
  await expect(office.publish("2030-03-11T10:00", "Q1", { ...again, force: true })).rejects.toThrow(
    /Phiên bản 3 là số liệu chính thức/,
  );
});

test("open errors and doubts stand against it; doubts can be acknowledged with it", async () => {
  const office = officeInMarch();
  // above its bound over the year: 40 + 70 of 100
  await office.send("2030-06-08T08:00", "W-A1", "Q2", "people 100\nreached 70");
  await expect(office.publish("2030-06-10T08:00", "Q2")).rejects.toThrow(
    /Còn điểm cần kiểm tra: Ward Ward 1, .*Reached, quarter 2 \(Số lũy kế từ đầu năm lớn hơn mức tối đa\)/,
  );
  const published = await office.publish("2030-06-10T08:00", "Q2", { acknowledge: true });
  expect(published.acknowledged).toBe(1);
  const { doubts } = await office.read("Q2");
  expect(shownRows(doubts, "rule period measure value compared_with")).toEqual(
    parseTable(`
      rule         period  measure  value  compared_with
      above_bound  Q2      reached  110    100
    `),
  );
  // acknowledged once, it stands against nothing any more
  await office.send("2030-06-12T08:00", "W-A3", "Q2", "people 150\nreached 10");
  const second = await office.publish("2030-06-13T08:00", "Q2", {
    class: "late",
    reason: "Gửi muộn",
  });
  expect(second).toMatchObject({ version: 2, acknowledged: 0 });
});

test("as of a past moment it holds what was known then", async () => {
  const office = officeInMarch();
  await office.send("2030-03-12T08:00", "W-A3", "Q1", "people 150\nreached 10");
  await office.publish("2030-03-13T08:00", "Q1", { asOf: "2030-03-11T00:00" });
  const { lines, publication } = await office.read("Q1");
  expect(publication).toMatchObject({
    as_of: "2030-03-11 00:00:00",
    recorded_at: "2030-03-13 08:00:00",
  });
  expect(lines.find(({ code, area_id }) => code === "I" && area_id === null)?.denominator).toBe(
    "350.0000",
  );
});

test("what is published of a version does not let anybody try out what is withheld", async () => {
  const other = officeInMarch();
  const same = await other.publish("2030-03-10T08:00", "Q1");
  const report = await first.read("Q1", 1, "shared");
  // the same lines, and digests that nobody can compute from them
  expect((await other.read("Q1", 1, "city")).lines).toEqual((await first.read("Q1")).lines);
  expect([
    firstPublished.lines_sha256 === same.lines_sha256,
    firstPublished.sha256 === same.sha256,
  ]).toEqual([false, false]);
  expect(JSON.stringify(report)).not.toMatch(/nonce/);
  expect(report.submissions.map(({ receipt_no, sha256 }) => [receipt_no, sha256])).toEqual([
    ["1", null],
    ["2", null],
    ["3", null],
  ]);
  const { submissions } = await first.read("Q1");
  expect(submissions.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256 ?? ""))).toBe(true);
});
