import fc from "fast-check";
import { figureRows } from "../../pipelines/contract/figure-row.ts";
import {
  type Change,
  type Item,
  type Line,
  PublicationClass,
  type PublishedReport,
  Status,
} from "../../pipelines/contract/report.ts";
import type { Comparator } from "../../pipelines/sentences/amount.ts";
import { changeLines, provisionalLines } from "../../pipelines/sentences/approval.ts";
import { causeSentence } from "../../pipelines/sentences/cause.ts";
import { silentText } from "../../pipelines/sentences/places.ts";
import * as readiness from "../../pipelines/sentences/readiness.ts";
import { reportBody } from "../../pipelines/sentences/report-body.ts";
import { verdictText, versionText } from "../../pipelines/sentences/report-words.ts";
import { numberText } from "../../pipelines/vocabulary/number.ts";
import {
  attainedBy,
  isHidden,
  isLacking,
  PROVISIONAL,
  wordWithin,
} from "../../pipelines/vocabulary/status.ts";
import { givenHead, givenPublication, givenReport } from "../exports/given.ts";
import { isAsked, SIDES } from "./figure-makers.ts";
import { some } from "./figures.ts";
import { amountOf, maker, type Rule, untrue } from "./read-back.ts";

const NOUN = "phường, xã";
const LACKING = "không đạt hoặc chậm tiến độ";
const AMONG = "(Trong các chỉ tiêu được công bố, k|K)hông có";
const NONE = ["not_reported", "not_arising", "in_doubt", "not_applicable", "withheld"];
const VERDICTS =
  "ready open_findings not_reported not_begun earlier_changed unchanged in_review published".split(
    " ",
  );
const CLASS_WORDS = {
  first: "phát hành lần đầu",
  late: "bổ sung số liệu gửi muộn",
  correction: "đính chính số liệu",
  method: "thay đổi cách tính",
};
const counts = (most = 3) => fc.integer({ min: 0, max: most });
const exact = (value: number): string => value.toFixed(4);
/** A name without figures, or so many of them. */
const nameOf = (code: string): string =>
  `Tên ${code.replace(/\d/g, (digit) => "ABCDEFGHIJ"[Number(digit)] ?? "")}`;
const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => nameOf(`${index}`));
const linesOf = (count: number): string | null => names(count).join("\n") || null;

/** An indicator that is drawn as a change. */
const CHANGING = "1.3c";
/** Periods before, in their order. */
const OWED = ["Tháng 12 năm 2023", "Năm 2023", "Tháng 2 năm 2024", "Quý I năm 2024"];
/** What a unit owes: every third of them one period less, and of the last one a figure alone. */
const owedBy = (owed: readonly string[], unit: number): string | null =>
  OWED.filter((name) => owed.includes(name))
    .slice(unit % 3)
    .map((name, index) => (index === 2 ? `${name}: Số A` : name))
    .join("\n") || null;

const drawnLine = fc.record({
  status: some<Status>(...Status.options, "met", "not_met", "behind"),
  value: counts(12_000).map((one) => one / 100),
  change: fc.option(fc.integer({ min: -300, max: 300 }).map((one) => one / 100)),
  is_provisional: fc.boolean(),
  beyond: some(null, "-5", "-1200", "3"),
  sides: some<Line["sides"]>(null, "cut", "apart"),
});

/** A report whose figures, units and causes are drawn; names hold no word that claims anything. */
const reports: fc.Arbitrary<PublishedReport> = fc
  .record({
    all: fc.array(drawnLine, { minLength: 25, maxLength: 60 }),
    times: fc.array(some("on_time", "on_time", "late", "missing", "not_due"), {
      minLength: 1,
      maxLength: 7,
    }),
    ...{ version: some(1, 2), is_final: fc.boolean(), is_acknowledged: fc.boolean() },
    ...{ lacksNowhere: some(false, false, true), isGone: fc.boolean() },
    causes: some([], ["received"], ["unknown"], ["received", "unknown"]),
    changed: fc.array(
      fc.tuple(counts(11), some("value_shown", "status"), some(0, 0, 3), fc.boolean()),
      { maxLength: 4 },
    ),
    reason: some("–", "Bổ sung số của xã Mai Pha.", "Đơn vị gửi lại"),
    class: some("late" as const, "correction" as const),
    ...{ isChanged: fc.boolean(), owed: fc.array(some(...OWED), { maxLength: 3 }) },
  })
  .map((drawn) => {
    const given = givenReport();
    const items = given.items.map((item): Item => {
      const name = nameOf(item.code);
      const kind = item.code === CHANGING ? { value_kind: "change" } : {};
      return { ...item, name, short_name: name, group_name: null, ...kind };
    });
    const lines = given.lines.map((line, index): Line => {
      const own = drawn.all[index % drawn.all.length];
      if (line.section !== "indicator" || own === undefined) return line;
      const { change, is_provisional, sides } = own;
      const isChange = line.code === CHANGING;
      const value = isChange ? own.value - 60 : own.value;
      const judged = drawn.lacksNowhere && isLacking(own.status) ? "met" : own.status;
      const status = drawn.isGone && line.area_no === 1 ? "not_applicable" : judged;
      const none = NONE.includes(status);
      const moved = none ? null : change;
      const shown = none ? null : exact(value);
      return {
        ...{ ...line, status, is_provisional, is_withheld: status === "withheld" },
        ...(isChange ? { sides, pace_value: null, pace_shown: null } : { sides: null }),
        value_shown: shown,
        value: shown,
        numerator: shown,
        denominator: none ? null : "100.0000",
        ...{ beyond_count: none || isChange ? null : own.beyond, counted_unit: "cơ sở" },
        previous_value: moved === null ? null : exact(value - moved),
        change_from_previous: moved === null ? null : exact(moved),
      };
    });
    const counted = given.tallies.map((tally) => {
      const own = lines.filter(
        ({ section, area_no }) => section === "indicator" && area_no === tally.area_no,
      );
      const statuses = Status.options.map((one) => [
        one,
        own.filter(({ status }) => status === one).length,
      ]);
      const byStatus = Object.fromEntries(statuses) as Record<Status, number>;
      return { ...tally, ...byStatus, indicators: own.length };
    });
    const tallies = counted.map((tally) => {
      const lack = tally.not_met + tally.behind;
      const more = counted.filter(
        ({ area_no, not_met, behind }) => area_no > 0 && not_met + behind > lack,
      );
      return { ...tally, attention_rank: tally.area_no > 0 && lack > 0 ? more.length + 1 : null };
    });
    const units = given.units.map((unit, index) => ({
      ...{ ...unit, days_late: null, is_nil_return: false },
      missing_before: owedBy(drawn.owed, index),
      ...{ unit_name: nameOf(`${index}`), unit_short_name: nameOf(`${index}`) },
      timeliness: (drawn.times[index % drawn.times.length] ?? "late") as typeof unit.timeliness,
    }));
    const sent = units.filter(({ timeliness }) => /on_time|late/.test(timeliness)).length;
    const causes = drawn.causes.flatMap((kind, index) => {
      const one = given.causes[kind === "unknown" ? 1 : 0];
      return one === undefined ? [] : { ...one, kind: kind as "unknown", cause_no: index + 1 };
    });
    const changes = drawn.changed.map(([index, field, area_no, is_withheld]): Change => {
      const [old_value, new_value] = field === "status" ? ["behind", "met"] : ["5.0000", "7.0000"];
      const { code = "", name = "" } = items[index] ?? {};
      return {
        ...(given.changes[0] as Change),
        code,
        name,
        field,
        area_no,
        is_withheld,
        old_value,
        new_value,
      };
    });
    const { version, is_final, reason } = drawn;
    return givenReport({
      ...{ items, lines, tallies, units, causes, changes, texts: [], shortfalls: [] },
      head: givenHead({
        ...{ units_expected: units.length, units_reported: sent },
        previous_changed_version: drawn.isChanged ? 3 : null,
      }),
      publication: givenPublication({ version, is_final, reason, class: drawn.class }),
      doubts: given.doubts.map((one) => ({
        ...{ ...one, is_acknowledged: drawn.is_acknowledged, acknowledged_reason: null },
        measure_name: "Số A",
      })),
    });
  });

interface Row {
  readonly item: Item;
  readonly line: Line;
}
const rowsOf = (report: PublishedReport, area_no: number): Row[] =>
  figureRows(report).filter(({ line }) => line.section === "indicator" && line.area_no === area_no);
const wordOf = ({ line }: Row): string => wordWithin(line.status ?? "not_reported");
const places = ({ tallies }: PublishedReport) => tallies.filter(({ area_no }) => area_no > 0);
const lacks = (report: PublishedReport, area_no: number): Row[] =>
  rowsOf(report, area_no).filter(({ line }) => isLacking(line.status ?? "met"));
const lacksNowhere = (report: PublishedReport): boolean =>
  places(report).every(({ area_no }) => lacks(report, area_no).length === 0);
const unitsOf = ({ units }: PublishedReport, ...times: string[]): string[] =>
  units.filter(({ timeliness }) => times.includes(timeliness)).map(({ unit_name }) => unit_name);
const among = (report: PublishedReport): string =>
  places(report).some(({ withheld }) => withheld > 0) ? "Trong các chỉ tiêu được công bố, k" : "K";
const openOf = (report: PublishedReport): Row[] =>
  rowsOf(report, 0).filter(({ line }) => line.is_provisional === true);
/** Of which places a verdict is provisional, as a list; false: of none. */
const openIn = (report: PublishedReport, all = places(report)): string | false =>
  all
    .filter(({ area_no }) =>
      rowsOf(report, area_no).some(
        ({ line: { status, is_provisional } }) =>
          is_provisional === true && status !== null && attainedBy(status) !== null,
      ),
    )
    .map(({ area_name }) => area_name)
    .join("; ") || false;
const codesOf = (rows: readonly Row[]): string => rows.map(({ item }) => item.code).join(", ");
const openDoubts = ({ doubts }: PublishedReport): number =>
  doubts.filter((one) => !one.is_acknowledged).length;
const hasCause = ({ causes }: PublishedReport, isKnown: boolean): boolean =>
  causes.some(({ kind }) => (kind !== "unknown") === isKnown);
const twoDigits = (count: number): string => String(count).padStart(2, "0");

const TARGETS: Readonly<Record<string, string>> = {
  ">=": "(?:từ @ trở lên|@)",
  ">": "trên @",
  "<=": "không quá @",
  "<": "dưới @",
  "=": "đúng @",
};

const movedBy = (moved: string | null): [string | false, number | false] =>
  Number(moved) === 0
    ? [false, false]
    : [Number(moved) > 0 ? "tăng" : "giảm", Math.abs(Number(moved))];

/** How much is lacking, as a number; false where nothing is. */
const shortBy = ({ line }: Row): number | false =>
  Number(line.beyond_count) < 0 && -Number(line.beyond_count);
const lackWord = ({ item }: Row): string =>
  item.target_comparator?.startsWith("<") ? "vượt" : "còn thiếu";

/** What is said of an indicator of the whole, behind its name. */
const INDICATOR: readonly Rule<Row>[] = [
  [
    "^kết quả @ \\(@/@\\)",
    ({ line }) => [Number(line.value_shown), Number(line.numerator), Number(line.denominator)],
  ],
  [
    "^tính đến hết quý II năm 2024 (?:(tăng|giảm) @|không thay đổi)(?: \\([^)]*(cả hai bên|không cùng nơi)\\))?",
    ({ line: { value_shown, sides } }) => [...movedBy(value_shown), sides !== null && SIDES[sides]],
  ],
  [", quý I năm 2024 (?:(tăng|giảm) @|không thay đổi)", ({ line }) => movedBy(line.previous_value)],
  [
    "^không áp dụng vì không có số để so sánh",
    ({ item, line }) => item.value_kind === "change" && line.status === "not_applicable",
  ],
  ["^số liệu không công bố trong bản này", ({ line }) => line.is_withheld],
  ["^~(?=;|$)", (row) => row.line.value_shown === null && [wordOf(row)]],
  [
    ", (tăng|giảm) @ so với quý I năm 2024",
    ({ line: { change_from_previous: moved } }) => [
      Number(moved) > 0 ? "tăng" : "giảm",
      Math.abs(Number(moved)),
    ],
  ],
  [", không thay đổi so với quý I năm 2024", ({ line }) => Number(line.change_from_previous) === 0],
  [
    `; mức chỉ tiêu ([^:(]*?)(?: \\((còn thiếu|vượt) @ cơ sở\\))?(?:, mức cần đạt tại kỳ này @)?(?:: ~( \\(${PROVISIONAL}\\))?)?$`,
    (row, target = "", lacks, _by, pace, word) => {
      const { item, line } = row;
      const isPaced = pace !== undefined && ["on_track", "behind"].includes(line.status ?? "");
      const says = `^${TARGETS[item.target_comparator ?? ""]}$`;
      const asked = { ...line, target_value: Number(line.target_value), target_to: null };
      const isRight =
        item.value_kind === "change"
          ? isAsked({ ...asked, target_comparator: item.target_comparator as Comparator }, target)
          : untrue(target, row, [
              [says, (_, one, other) => amountOf(one ?? other ?? "") === asked.target_value],
            ]).length === 0;
      const isJudged = word !== undefined;
      return (
        isRight && [
          ...[null, lacks !== undefined && lackWord(row), shortBy(row)],
          ...[isPaced && Number(line.pace_shown ?? line.pace_value)],
          ...[line.value_shown !== null && wordOf(row), isJudged && line.is_provisional === true],
        ]
      );
    },
  ],
];

const figureOf = ({ value_kind }: Item, value: string): string =>
  value_kind === "change" ? movedBy(value).join(" @") : `@${Number(value)}`;

/** What a place lacks: its indicators of a verdict, each with its figure. */
const LACKS: readonly Rule<readonly Row[]>[] = [
  [
    "(\\d\\d) chỉ tiêu ~: ([^;]+)(?=;|$)",
    (rows, _, word = "", list = "") => {
      const own = rows.filter((row) => wordOf(row) === word);
      const listed = own.map((row) => {
        const { item, line } = row;
        const short = shortBy(row);
        const inside = [
          ...(line.value_shown === null ? [] : [figureOf(item, line.value_shown)]),
          ...(short === false
            ? []
            : [`${lackWord(row)} ${short < 10 ? "0" : ""}${numberText(short)} cơ sở`]),
          ...(line.is_provisional ? [PROVISIONAL] : []),
        ].join(", ");
        return `${item.code} ${item.short_name}${inside === "" ? "" : ` (${inside})`}`;
      });
      const read = list.replaceAll(
        /\((tăng |giảm )?([\d.,]*\d)[^,)]*/g,
        (_whole, way = "", one) => `(${way}@${amountOf(one)}`,
      );
      return read === listed.join(", ") && [own.length];
    },
  ],
];

const BODY: readonly Rule<PublishedReport>[] = [
  [
    "^(?:Thực hiện .* quý II năm 2024 như sau:|Trên đây là .* quý II năm 2024, .*\\./\\.)$",
    () => true,
  ],
  [
    "^Báo cáo này thay thế Báo cáo số .*, để (bổ sung số liệu gửi muộn|đính chính số liệu|bổ sung số của xã Mai Pha)(?:\\. Lý do: (.*))?\\.$",
    ({ publication: { reason, class: of } }, what) => {
      const isSame = of === "late" && reason.startsWith("Bổ sung");
      const named = of === "late" ? "bổ sung số liệu gửi muộn" : "đính chính số liệu";
      const given = reason !== "–" && !isSame && reason.replace(/\.$/, "");
      return [isSame ? "bổ sung số của xã Mai Pha" : named, what !== undefined && given];
    },
  ],
  [
    "^- Chỉ tiêu (\\S+) - Tên \\S+: (.*)\\.$",
    (report, code, rest = "") =>
      rowsOf(report, 0).some(
        (row) => row.item.code === code && untrue(rest, row, INDICATOR).length === 0,
      ),
  ],
  [
    "^Kỳ này chưa phường, xã nào có chỉ tiêu được đánh giá theo mức riêng\\.$",
    (report) =>
      places(report).every(({ area_no }) =>
        rowsOf(report, area_no).every(
          ({ line: { status } }) =>
            status === null || (attainedBy(status) === null && !isHidden(status)),
        ),
      ),
  ],
  [
    `^${AMONG} ${NOUN} nào có chỉ tiêu ${LACKING}(?: \\(${PROVISIONAL}: (.*)\\))?\\.$`,
    (report) => lacksNowhere(report) && [among(report), openIn(report)],
  ],
  [
    `^Phường, xã có chỉ tiêu ${LACKING}(, xếp từ nhiều đến ít)?:$`,
    (report) => {
      const all = places(report).map(({ area_no }) => lacks(report, area_no).length);
      return [new Set(all.filter((count) => count > 0)).size > 1];
    },
  ],
  [
    "^- ((?:Phường|Xã)[^:\\n]*): (\\d\\d chỉ tiêu .*)\\.$",
    (report, who = "", rest = "") =>
      who.split(/, | và /).every((name) => {
        const { area_no = -1 } = places(report).find(({ area_name }) => area_name === name) ?? {};
        return untrue(rest, rowsOf(report, area_no), LACKS).length === 0;
      }),
  ],
  [
    "^Phường, xã còn chỉ tiêu chưa có số liệu: (.*)\\.$",
    (report) => {
      const silent = places(report).filter(({ not_reported }) => not_reported > 0);
      return [
        silent
          .map((one) => `${one.area_name} (${twoDigits(one.not_reported)} chỉ tiêu)`)
          .join("; "),
      ];
    },
  ],
  [
    `^${AMONG} chỉ tiêu nào ${LACKING}: (.*)\\.$`,
    (report, _, who = "") => {
      const calm = places(report).filter(
        ({ area_no, not_reported, not_applicable, indicators }) =>
          not_reported === 0 && not_applicable < indicators && lacks(report, area_no).length === 0,
      );
      const open = (openIn(report, calm) || "").split("; ");
      const names = calm.map(({ area_name: name }) =>
        open.includes(name ?? "") ? `${name} (${PROVISIONAL})` : name,
      );
      return who.split("; ").every((one) => names.includes(one)) && [among(report), null];
    },
  ],
  [
    "^- (Tên \\S+): @[^\\n(]*?(?:, trong kỳ @[^\\n(]*?)?(?: \\((?:chưa có số liệu quý II năm 2024 của ([^;\\n]*?))?(?:; )?(?:lấy số đã báo cáo ở kỳ trước của (.*))?\\))?\\.$",
    (report, name, _, inPeriod, unknown, carried) => {
      const { line } = figureRows(report).find(
        ({ item, line: { section, area_no } }) =>
          item.name === name && section === "measure" && area_no === 0,
      ) as Row;
      const at = (isMeant: (one: Line) => boolean): string[] =>
        report.lines
          .filter((one) => one.code === line.code && one.area_no > 0 && isMeant(one))
          .map(({ area_name }) => area_name ?? "");
      return [
        ...[null, Number(line.value), inPeriod !== undefined && Number(line.value_in_period)],
        unknown !== undefined && at(({ value }) => value === null),
        carried !== undefined && at(({ areas_carried }) => (areas_carried ?? 0) > 0),
      ];
    },
  ],
  [
    "^Số liệu trong kỳ tính từ ngày .* là số liệu (sơ bộ|chính thức)(?:, trong đó có phần ước thực hiện do hạn gửi báo cáo trước ngày chốt số liệu)?\\.$",
    ({ publication }) => [publication.is_final ? "chính thức" : "sơ bộ"],
  ],
  [
    "^(?:Toàn bộ #|#/#) đơn vị đã gửi báo cáo quý II năm 2024(?:, trong đó # đơn vị gửi trễ hạn|(, tất cả đúng hạn))?\\.$",
    (report) => {
      const [sent, late] = [
        unitsOf(report, "on_time", "late").length,
        unitsOf(report, "late").length,
      ];
      const all = report.units.length;
      const how = sent === all ? [all, false, false] : [false, sent, all];
      return [...how, late > 0 && late, late === 0 && sent > 0];
    },
  ],
  ["^- Gửi trễ hạn: (.*)\\.$", (report) => [unitsOf(report, "late")]],
  ["^- Chưa gửi báo cáo: (.*)\\.$", (report) => [unitsOf(report, "missing")]],
  [
    "^- ([^\\n]*) còn thiếu: ([^\\n]*)\\.$",
    ({ units }, period = "", list = "") =>
      list.split("; ").every((one) => {
        const [, what, name] = /^(báo cáo|số A) của (.*)$/.exec(one) ?? [];
        const owed = units.find(({ unit_name }) => unit_name === name)?.missing_before ?? "";
        const isHeld = what === "số A" ? owed.includes(`${period}: Số A`) : owed !== "";
        return isHeld || / \d+ đơn vị khác$/.test(one);
      }),
  ],
  [
    "^Số liệu hoặc đánh giá quý I năm 2024 nay đã khác báo cáo đã phát hành của kỳ ấy \\(phiên bản #\\); chưa phát hành lại nên báo cáo này không nêu tăng, giảm so với quý I năm 2024\\.$",
    ({ head }) => [head.previous_changed_version],
  ],
  ["^- Chưa gửi, chưa đến hạn: (.*)\\.$", (report) => [unitsOf(report, "not_due")]],
  [
    "^- (?:Các c|C)hỉ tiêu ([^:\\n]*): (?:chưa có số liệu quý II năm 2024 của|lấy số đã báo cáo ở kỳ trước của|tỷ lệ chưa tính) [^;\\n]*\\.$",
    (report, codes = "") => {
      const lack = rowsOf(report, 0).filter(
        ({ line }) => (line.areas_reported ?? 0) < (line.areas_expected ?? 0),
      );
      return codes.split(", ").every((code) => lack.some(({ item }) => item.code === code));
    },
  ],
  [
    `^- (Đánh giá|Số liệu) (?:các )?chỉ tiêu (.*) là ${PROVISIONAL}, xác định lại khi nhận đủ báo cáo của các kỳ( và kiểm tra xong số liệu cần lưu ý)?\\.$`,
    (report, what) => {
      const open = openOf(report).filter(
        ({ line }) => !line.is_withheld && (line.status === "no_target") === (what === "Số liệu"),
      );
      return [what ?? "", codesOf(open), openDoubts(report) > 0];
    },
  ],
  [
    "^So với báo cáo trước, không có số liệu nào thay đổi\\.$",
    ({ publication, changes }) => publication.version > 1 && changes.length === 0,
  ],
  [
    "^So với báo cáo trước, báo cáo này (thay đổi do|có thay đổi):$",
    (report) =>
      report.publication.version > 1 && [hasCause(report, true) ? "thay đổi do" : "có thay đổi"],
  ],
  [
    "^- (?:\\(\\d\\) )?Ủy ban nhân dân phường Vĩnh Trại gửi báo cáo .*\\.$",
    (report) => hasCause(report, true),
  ],
  ["^- (?:\\(\\d\\) )?Chưa xác định được nguyên nhân .*\\.$", (report) => hasCause(report, false)],
  [
    "^Số liệu và đánh giá( được công bố)? của toàn thành phố không thay đổi\\.$",
    ({ changes, lines }) => {
      const whole = changes.filter(({ area_no }) => area_no === 0);
      const isSo = whole.every(
        (one) =>
          one.is_withheld ||
          lines.some((line) => line.code === one.code && line.area_no === 0 && line.is_withheld),
      );
      return isSo && [whole.some((one) => one.is_withheld)];
    },
  ],
  [
    "^Số liệu, đánh giá của toàn thành phố thay đổi như sau:$",
    ({ changes }) => changes.some(({ area_no }) => area_no === 0),
  ],
  [
    "^Số liệu của từng phường, xã thay đổi nêu tại .*\\.$",
    ({ changes }) => changes.some(({ area_no }) => area_no > 0),
  ],
  [
    "^Những số liệu ghi \\(\\*\\) không công bố .*\\.$",
    ({ lines }) => lines.some((line) => line.is_withheld),
  ],
  [
    "^- Tên \\S+: (?:số liệu không công bố trong bản này|chưa có số liệu báo cáo)\\.$|^- Phường \\S+ \\S+ - Số A: .*\\.$",
    () => true,
  ],
];

export const REPORT_MAKERS = {
  reportBody: maker(
    reports,
    (report) =>
      reportBody(report)
        .map(({ text }) => text)
        .join("\n"),
    BODY,
    (report) => [
      ...rowsOf(report, 0).map(({ item }) => `- Chỉ tiêu ${item.code} - ${item.name}: `),
      report.publication.version === 1 || report.changes.length > 0
        ? ""
        : "So với báo cáo trước, không có số liệu nào thay đổi.",
      lacksNowhere(report) ? `hông có ${NOUN} nào có chỉ tiêu ${LACKING}` : "",
    ],
  ),
  provisionalLines: maker(reports, (report) => provisionalLines(report).join("\n"), [
    [
      `^# chỉ tiêu ${PROVISIONAL}: (.*)\\.$`,
      (report) => [openOf(report).length, codesOf(openOf(report))],
    ],
    ["báo cáo kỳ này của ([^;]*)(?=[;.])", (report) => [unitsOf(report, "missing", "not_due")]],
    ["xem xét # điểm cần lưu ý", (report) => [openDoubts(report)]],
    ["(?:Đang lấy số kỳ trước|báo cáo kỳ trước) của [^;]*(?=[;.])", () => true],
  ]),
  changeLines: maker(reports, (report) => changeLines(report).join("\n"), [
    [
      "^Không có số liệu nào thay đổi so với phiên bản trước\\.$",
      ({ changes }) => changes.length === 0,
    ],
    [
      "^Không chỉ tiêu nào của toàn thành phố đổi đánh giá\\.$",
      ({ changes }) =>
        !changes.some(
          ({ area_no, field, is_withheld }) => area_no === 0 && field === "status" && !is_withheld,
        ),
    ],
    [
      `^(Đổi đánh giá|Đổi giá trị, giữ đánh giá): (?:.*(${PROVISIONAL}))?.*\\.$`,
      (report, what) => {
        const isVerdict = what === "Đổi đánh giá";
        const of = report.changes.filter(
          ({ field, area_no, is_withheld }) =>
            area_no === 0 && (field === "status") === isVerdict && !is_withheld,
        );
        const named = [...new Set(of.map(({ code }) => code))].slice(0, 3);
        const isOpen = openOf(report).some(({ item }) => named.includes(item.code));
        return named.length > 0 && [what ?? "", isVerdict && isOpen];
      },
    ],
    [
      "^(?:Ủy ban|Chưa xác định).*; # nội dung thay đổi.*\\.$",
      ({ causes }, count) => causes.some(({ changes }) => changes === Number(count)),
    ],
  ]),
  causeSentence: maker(
    reports
      .filter(({ causes }) => causes.length > 0)
      .map(({ causes: [cause], changes }) => ({ cause, changes })),
    ({ cause, changes }) => (cause === undefined ? "" : causeSentence(cause, NOUN, changes)),
    [
      [
        "; # nội dung thay đổi(?:, gồm # đánh giá của phường, xã)?\\.$",
        ({ cause }) => [
          cause?.changes ?? 0,
          (cause?.area_verdicts ?? 0) > 0 && (cause?.area_verdicts ?? 0),
        ],
      ],
      [
        "^Ủy ban nhân dân phường Vĩnh Trại gửi báo cáo [^;·]*",
        ({ cause }) => cause?.kind === "received",
      ],
      ["^Chưa xác định được nguyên nhân[^·]*", ({ cause }) => cause?.kind === "unknown"],
    ],
  ),
  silentPeriodsSentence: maker(
    fc.record({ periods: some(1, 2), units: fc.integer({ min: 1, max: 6 }) }),
    ({ periods, units }) => {
      const rows = [{ period_name: "Quý II" }, { period_name: "Quý III" }];
      const silent = rows.map((row) => ({ ...row, last_day: "10/10/2025" })).slice(0, periods);
      return readiness.silentPeriodsSentence(silent, names(units));
    },
    [
      [
        "^Báo cáo (.*) đã hết hạn gửi( \\(ngày 10/10/2025\\))? mà chưa nhận được báo cáo nào\\.",
        ({ periods }) => [periods === 1 ? "quý II" : "quý II và quý III", periods === 1],
      ],
      [" Còn thiếu: °(?=\\.)", ({ units }) => [names(units)]],
    ],
  ),
  readinessSentence: maker(
    fc
      .record({
        verdict: some(...VERDICTS),
        missing: counts(2),
        not_due: counts(2),
        isOpen: fc.boolean(),
        ...{ errors: fc.integer({ min: 1, max: 2 }), doubts: counts(2), version: some(null, 1, 3) },
      })
      .map(({ isOpen, ...drawn }) => ({
        ...{ ...drawn, units: 12, units_received: 12 - drawn.missing - drawn.not_due },
        version: /unchanged|published/.test(drawn.verdict) ? (drawn.version ?? 1) : drawn.version,
        may_be_final: drawn.missing + drawn.not_due === 0 && !isOpen,
        ...{ data_from: "01/4/2024", earlier_changed: "Quý I\nQuý II" },
      })),
    readiness.readinessSentence,
    [
      [
        "^Đủ điều kiện phát hành(?: phiên bản #)?, được phát hành là số liệu chính thức: đã đủ báo cáo của # đơn vị",
        (row) => row.may_be_final && [row.version !== null && row.version + 1, row.units_received],
      ],
      [
        "^Phát hành được(?: phiên bản #,)? là số liệu sơ bộ; chưa phát hành được là số liệu chính thức vì còn ",
        (row) => !row.may_be_final && [row.version !== null && row.version + 1],
      ],
      ["# đơn vị đã quá hạn mà chưa gửi báo cáo", (row) => [row.missing]],
      ["# đơn vị chưa gửi, chưa đến hạn", (row) => [row.not_due]],
      [
        `báo cáo của kỳ trước chưa nhận, hoặc đánh giá ${PROVISIONAL}`,
        (row) => row.missing + row.not_due === 0,
      ],
      [
        "# tệp bị trả lại mà chưa nhận được tệp đúng",
        (row) => row.verdict === "open_findings" && [row.errors],
      ],
      ["# điểm cần kiểm tra chưa được xem xét", (row) => [row.doubts]],
      ["^Chưa phát hành; đã hết hạn gửi mà còn thiếu báo cáo của # đơn vị", (row) => [row.missing]],
      ["; đã nhận đủ báo cáo", (row) => row.missing + row.not_due === 0],
      [": chưa đơn vị nào gửi báo cáo", (row) => row.verdict === "not_reported"],
      [": kỳ bắt đầu từ ngày 01/4/2024", (row) => row.verdict === "not_begun"],
      [": số liệu quý I, quý II đã khác bản phát hành", (row) => row.verdict === "earlier_changed"],
      [
        "^Đã phát hành phiên bản #(; từ đó đến nay số liệu không thay đổi)?",
        (row) => [row.version, row.verdict === "unchanged"],
      ],
    ],
  ),
  outdatedSentence: maker(
    fc.record({
      ...{ indicators: counts(6), figures: some(null, 0, 3), sent: counts(2) },
      version: some(null, 2),
    }),
    ({ indicators, figures, sent, version }) =>
      readiness.outdatedSentence({
        ...{ period_name: "Quý III", version, indicators_changed: linesOf(indicators) },
        ...{ figures_changed_since: figures, submissions_since: sent },
        received_since: "2024-12-04 15:35:00",
      }) ?? "",
    [
      [
        "^Số liệu hiện nay khác báo cáo quý III đã phát hành \\(phiên bản 2\\) ở # chỉ tiêu \\(([^)]*)\\)",
        ({ indicators, version }) => version !== null && [indicators, names(indicators)],
      ],
      [
        "^Số liệu hiện nay của địa bàn, đơn vị hoặc của kỳ được so sánh khác báo cáo quý III đã phát hành \\(phiên bản 2\\)",
        ({ indicators, figures, version }) => version !== null && indicators === 0 && !!figures,
      ],
      [
        "; từ đó không nhận thêm báo cáo nào\\.$",
        ({ indicators, figures, sent, version }) =>
          version !== null && sent === 0 && (indicators > 0 || !!figures),
      ],
      [
        "(?:^Sau báo cáo quý III đã phát hành \\(phiên bản 2\\), |; )từ 15 giờ 35 phút ngày 04/12/2024 đã nhận # báo cáo mà phiên bản ấy chưa có",
        ({ sent, version }) => version !== null && sent > 0 && [sent],
      ],
      [
        "; số liệu không thay đổi\\.$",
        ({ indicators, figures, sent, version }) =>
          version !== null && sent > 0 && indicators === 0 && figures === 0,
      ],
    ],
  ),
  versionText: maker(
    fc.record({
      ...{ version: fc.integer({ min: 1, max: 30 }), is_final: fc.boolean() },
      class: some(...PublicationClass.options),
    }),
    (publication) => versionText({ publication } as PublishedReport),
    [
      [
        "^Phiên bản # \\((.+)\\), số liệu (chính thức)?(sơ bộ)?$",
        ({ version, class: of, is_final }) => [version, CLASS_WORDS[of], is_final, !is_final],
      ],
    ],
  ),
  verdictText: maker(
    fc.record({ status: some(...Status.options), is_provisional: some(null, true, false) }),
    (line) => verdictText(line as Line),
    [
      [
        `^(.+?)( \\(${PROVISIONAL}\\))?$`,
        ({ status, is_provisional }, word = "") =>
          word.toLowerCase() === wordWithin(status) && [word, is_provisional === true],
      ],
    ],
  ),
  silentText: maker(
    fc.record({ periods: some(null, "quý I, quý II") }),
    ({ periods }) => silentText(periods),
    [["^chưa gửi báo cáo(?: (.+))?$", ({ periods }) => [periods ?? false]]],
  ),
};
