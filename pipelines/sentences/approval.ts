import type { Line, PublishedReport } from "../contract/report.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import { PROVISIONAL } from "../vocabulary/status.ts";
import { causeSentence, openOn, wholeChanges } from "./cause.ts";
import { firstNamesText, joined, present } from "./name-list.ts";
import * as wording from "./report-words.ts";

// What whoever approves a report reads beside the document: what changed, and what is provisional.

/** So many indicators are named in one line, so many causes. */
const MAX_NAMED = 3;
const MAX_CAUSES = 2;

/** What a version changes of the one before, in at most five lines; none of a first version. */
export function changeLines(report: PublishedReport): string[] {
  const { publication, head, items, causes } = report;
  if (publication.version === 1) return [];
  const changed = report.changes.filter(({ section }) => section !== "document");
  if (changed.length === 0) {
    return ["Không có số liệu nào thay đổi so với phiên bản trước."];
  }
  const indicators = new Map(
    items.filter(({ section }) => section === "indicator").map((item) => [item.code, item]),
  );
  const { verdicts, values } = wholeChanges(
    changed,
    openOn(changed, report.lines),
    (value, code) => {
      const item = indicators.get(code);
      return item === undefined ? value : wording.indicatorValue(item, value);
    },
  );
  const rest = causes.length - MAX_CAUSES;
  return [
    verdicts.length === 0
      ? `Không chỉ tiêu nào của ${inSentence(wording.wholeArea(head))} đổi đánh giá.`
      : `Đổi đánh giá: ${listed(verdicts.map(inSentence))}.`,
    ...(values.length === 0 ? [] : [`Đổi giá trị, giữ đánh giá: ${listed(values)}.`]),
    ...causes
      .slice(0, MAX_CAUSES)
      .map((cause) => causeSentence(cause, wording.areaNoun(head), changed)),
    ...(rest > 0 ? [`Còn ${wording.count(rest)} nguyên nhân khác, nêu trong văn bản.`] : []),
  ];
}

/** Of the whole area, the indicators whose verdict is provisional. */
function openCodes({ lines }: PublishedReport): Set<string> {
  const whole = lines.filter(
    ({ section, area_id, is_provisional }) =>
      section === "indicator" && area_id === null && is_provisional === true,
  );
  return new Set(whole.map(({ code }) => code));
}

function listed(names: readonly string[]): string {
  const rest = names.length - MAX_NAMED;
  const shown = names.slice(0, MAX_NAMED);
  return [...shown, ...(rest > 0 ? [`và ${wording.count(rest)} chỉ tiêu khác`] : [])].join("; ");
}

/**
 * Which verdicts on the whole area may still change, and what is not there yet; none where all are
 * final. That one of them waits for this one report is not said: nobody can tell from a report.
 */
export function provisionalLines(report: PublishedReport): string[] {
  const { lines, units, head, doubts, tallies } = report;
  const codes = openCodes(report);
  if (codes.size === 0) return [];
  const silent = units.filter(
    ({ timeliness }) => timeliness === "missing" || timeliness === "not_due",
  );
  const names = new Map(tallies.map((one) => [one.area_no, one.area_name_within_sentence]));
  const placesOf = (isMeant: (line: Line) => boolean): string[] => [
    ...new Set(
      lines
        .toSorted((one, other) => one.area_no - other.area_no)
        .filter((line) => line.section === "indicator" && codes.has(line.code) && isMeant(line))
        .flatMap(({ area_no, area_name }) =>
          area_name === null ? [] : (names.get(area_no) ?? inSentence(area_name)),
        ),
    ),
  ];
  const noun = wording.areaNoun(head);
  const carried = placesOf(({ areas_carried }) => (areas_carried ?? 0) > 0);
  // who sent its report, and left a figure blank
  const blank = placesOf(
    ({ area_id, status, areas_expected, areas_reported, areas_carried }) =>
      status !== "in_doubt" &&
      (areas_carried ?? 0) === 0 &&
      (areas_reported ?? 0) < (areas_expected ?? 0) &&
      !silent.some((unit) => unit.area_id === null || unit.area_id === area_id),
  );
  const before = placesOf(({ periods_missing_before }) => (periods_missing_before ?? 0) > 0);
  const open = doubts.filter(({ is_acknowledged }) => !is_acknowledged).length;
  const awaited = joined(
    [
      silent.length > 0 &&
        `báo cáo kỳ này của ${firstNamesText(
          silent.map(({ unit_short_name }) => unit_short_name),
          "đơn vị",
        )}`,
      blank.length > 0 && `số liệu kỳ này của ${firstNamesText(blank, noun)}`,
      before.length > 0 && `báo cáo kỳ trước của ${firstNamesText(before, noun)}`,
      open > 0 && `xem xét ${wording.count(open)} điểm cần lưu ý`,
    ],
    "; ",
  );
  return present([
    `${wording.count(codes.size)} chỉ tiêu ${PROVISIONAL}: ${[...codes].join(", ")}.`,
    carried.length > 0 && `Đang lấy số kỳ trước của ${firstNamesText(carried, noun)}.`,
    awaited !== "" && `Còn chờ: ${awaited}.`,
  ]);
}
