import { capital, inSentence } from "../vocabulary/letter-case.ts";
import {
  countedAs,
  isUnasked,
  LACKING,
  LACKING_TEXT,
  PROVISIONAL,
  STATUS_NAMES,
  type Status,
  wordWithin,
} from "../vocabulary/status.ts";
import { amountText, wayOf } from "./amount.ts";
import { firstNamesText, joined, namesIn, namesText } from "./name-list.ts";
import { nameWithinYear } from "./period-name.ts";
import { WITHHELD_TEXT } from "./standing.ts";

// What the figures of reporting areas say side by side. Lists of names are texts of a name a line.

/** The reporting areas of an indicator at a period: a row of `point_wards`. */
export interface Wards {
  readonly noun: string;
  readonly unit: string | null;
  /** Places can be put in order by their values. */
  readonly is_ranked: boolean;
  readonly values: number;
  readonly hidden: number;
  /** Held against a target of their own. */
  readonly places: number;
  /** Where the indicator applies. */
  readonly asked: number;
  readonly highest: number | null;
  readonly lowest: number | null;
  readonly at_highest: string | null;
  readonly at_lowest: string | null;
}

/** Who has a status: a row of `ward_status`. */
export interface WardsOfStatus {
  readonly status: Status;
  readonly wards: number;
  readonly names: string;
  /** Those of whom it is provisional. */
  readonly provisional: string | null;
}

/** What the bars of an indicator's reporting areas say. */
export function wardsSentence(wards: Wards, statuses: readonly WardsOfStatus[]): string {
  return `${rangeText(wards)}${standingsText(wards, statuses)}`;
}

/** Who is highest and who lowest, with a space behind it. */
function rangeText(wards: Wards): string {
  const { unit, noun, values, hidden, highest, lowest } = wards;
  if (!wards.is_ranked || highest === null || lowest === null) return "";
  const top = namesIn(wards.at_highest);
  const most = amountText(highest, unit);
  if (highest === lowest) {
    return values === 1
      ? `${capital(top[0] ?? "")}: ${most}. `
      : `Cả ${values} ${noun} có giá trị${hidden > 0 ? " được công bố" : ""} đều là ${most}. `;
  }
  const bottom = namesText(namesIn(wards.at_lowest), noun);
  const among = hidden > 0 ? "Trong các giá trị được công bố, cao" : "Cao";
  return `${among} nhất: ${namesText(top, noun)} (${most}); thấp nhất: ${bottom} (${amountText(lowest, unit)}). `;
}

/** Whose verdicts a report that is owed may still change, behind what is said of them all. */
function openText(names: readonly string[], noun: string): string {
  return names.length === 0 ? "" : `; ${PROVISIONAL}: ${namesText(names, noun)}`;
}

function standingsText(wards: Wards, statuses: readonly WardsOfStatus[]): string {
  const { noun, values, asked, places } = wards;
  const of = new Map(statuses.map((row) => [row.status, row]));
  const count = (status: Status): number => of.get(status)?.wards ?? 0;
  const named = (status: Status): string => namesText(namesIn(of.get(status)?.names ?? null), noun);
  const isNone = asked === 0 && values === 0;
  if (isNone && wards.hidden === 0) return `Không áp dụng cho ${noun} nào ở kỳ này.`;
  if (asked > 0 && count("untold") === asked) {
    return `Giá trị của từng ${noun} ${wordWithin("untold")}.`;
  }
  if (isNone || (asked > 0 && count("withheld") === asked)) {
    return `Giá trị của từng ${noun} ${WITHHELD_TEXT}.`;
  }
  if (places === 0) {
    const silent =
      count("not_reported") === 0
        ? ""
        : ` ${capital(wordWithin("not_reported"))}: ${named("not_reported")}.`;
    return `Mức chỉ tiêu giao cho toàn địa bàn, không chia cho từng ${noun}.${silent}`;
  }
  const clauses = reordered("in_doubt", "not_reported")
    .filter((status) => status !== "met" && !isUnasked(status) && count(status) > 0)
    .map((status) => `; ${wordWithin(status)}: ${named(status)}`);
  const open = statuses
    .filter(({ status }) => !isUnasked(status))
    .flatMap(({ provisional }) => namesIn(provisional));
  return `${count("met")}/${places} ${noun} đạt${clauses.join("")}${openText(open, noun)}.`;
}

/** How many places rose and fell since an earlier period. */
export interface Moves {
  readonly before_name: string | null;
  readonly before_year: number | null;
  readonly up: number;
  readonly down: number;
  readonly level: number;
  /** Who cannot be compared, a name a line. */
  readonly not_compared: string | null;
}

/** `So với quý I: 3 phường, xã tăng, 2 giảm; …`; null where nothing can be compared. */
export function movesSentence(
  { noun, unit, is_ranked }: Pick<Wards, "noun" | "unit" | "is_ranked">,
  moves: Moves,
): string | null {
  const { before_name: name, before_year: year, up, down, level, not_compared } = moves;
  if (!is_ranked || name === null || year === null || up + down + level === 0) return null;
  return `${joined(
    [
      joined([
        `So với ${nameWithinYear(name, year)}: ${up} ${noun} ${wayOf(1, unit)}`,
        `${down} ${wayOf(-1, unit)}`,
        level > 0 && `${level} không thay đổi`,
      ]),
      not_compared !== null && `không so sánh được: ${namesText(namesIn(not_compared), noun)}`,
    ],
    "; ",
  )}.`;
}

/** How many indicators, or places, have which status. */
export type Counts = Readonly<Record<Status, number>>;

/** How the indicators of a reporting area stand: a row of `area_attention`. */
export interface AreaStanding extends Counts {
  readonly indicators: number;
}

/** What has changed of them: a row of `point_area`. */
export interface AreaMoves {
  /** The period before, where all indicators have the same. */
  readonly before_name: string | null;
  readonly before_year: number | null;
  /** Codes of indicators that have come to be met, and that no longer are, one a line. */
  readonly gained: string | null;
  readonly lost: string | null;
}

/** Indicators of a reporting area, each with the status that is looked at first, in their order. */
export interface OwnStatus {
  readonly indicator_code: string;
  readonly status: Status;
  readonly is_provisional: boolean | null;
}

/**
 * How the indicators of a reporting area stand, and which of them call for attention.
 * @param period the plan's latest
 */
export function areaSentence(
  period: string,
  area: AreaStanding,
  own: readonly OwnStatus[],
  moves: AreaMoves | undefined,
): string {
  const latest = inSentence(period);
  const applying = area.indicators - area.no_target - area.not_applicable;
  if (applying === 0) return `Không áp dụng tại ${latest}.`;
  if (applying === area.not_reported) return `Đến ${latest} chưa có số liệu để tính chỉ tiêu nào.`;
  const lacking = LACKING.flatMap((status) => {
    const codes = own.filter((row) => row.status === status).map((row) => row.indicator_code);
    return codes.length === 0 ? [] : [`; ${wordWithin(status)}: ${codes.join(", ")}`];
  });
  const passedOver: readonly Status[] = ["met", "on_track", "not_arising"];
  const counted = reordered("within", "not_yet")
    .filter(
      (status) =>
        ![...passedOver, ...LACKING].includes(status) && !isUnasked(status) && area[status] > 0,
    )
    .map((status) => `; ${countedAs(status)}: ${area[status]}`);
  const shown = applying - area.withheld - area.untold;
  const open = own.filter((row) => row.is_provisional === true && !isUnasked(row.status));
  const codes = open.map((row) => row.indicator_code).join(", ");
  const until = codes === "" ? "" : `; ${PROVISIONAL}: ${codes}`;
  const moved = moves === undefined ? "" : areaMovesText(moves);
  return `Đến ${latest}: ${area.met}/${shown} chỉ tiêu đạt${lacking.join("")}${counted.join("")}${until}.${moved}`;
}

function areaMovesText({ before_name: name, before_year: year, gained, lost }: AreaMoves): string {
  const before = name === null || year === null ? "kỳ trước" : nameWithinYear(name, year);
  const clause = (verb: string, codes: string | null): string =>
    codes === null ? "" : ` ${verb} so với ${before}: ${namesIn(codes).join(", ")}.`;
  return clause("Mới đạt", gained) + clause("Không còn đạt", lost);
}

/** A ward among those of its plan: how many of its indicators need attention. */
export interface WardLacking {
  readonly area_name_within_sentence: string;
  readonly lacking: number;
}

/**
 * What the map says of all indicators together.
 * @param wards those in which any indicator applies, in their order
 * @param open those of whom a verdict is provisional
 */
export function mapSentence(
  noun: string,
  wards: readonly WardLacking[],
  open: readonly string[],
): string {
  const lacking = wards.filter((ward) => ward.lacking > 0);
  if (lacking.length === 0) {
    return `Không ${noun} nào có chỉ tiêu ${LACKING_TEXT}${openText(open, noun)}.`;
  }
  const most = Math.max(...lacking.map((ward) => ward.lacking));
  const names = lacking
    .filter((ward) => ward.lacking === most)
    .map((ward) => ward.area_name_within_sentence);
  const whose =
    names.length < lacking.length
      ? `nhiều nhất là ${firstNamesText(names, noun)}, ${most} chỉ tiêu`
      : `${names.length === 1 ? names.join("") : "mỗi nơi"} ${most} chỉ tiêu`;
  return `${lacking.length}/${wards.length} ${noun} có chỉ tiêu ${LACKING_TEXT}; ${whose}${openText(open, noun)}.`;
}

/** How the wards stand on an indicator in the period in which it is looked at first: `ward_point`. */
export interface IndicatorWards extends Counts {
  readonly unit: string | null;
  readonly wards: number;
  /** Those that need attention, the furthest from the target first, one a line. */
  readonly lacking_names: string | null;
  /** Their values, one a line; empty where a value says no more. */
  readonly lacking_values: string | null;
}

/**
 * What the map says of one indicator.
 * @param open those of whom it is provisional
 */
export function mapIndicatorSentence(
  counts: IndicatorWards,
  noun: string,
  open: readonly string[],
): string {
  const places = counts.wards - counts.no_target - counts.not_applicable;
  if (counts.untold === places) return `Kết quả của từng ${noun} ${wordWithin("untold")}.`;
  if (counts.withheld === places) return `Kết quả của từng ${noun} ${WITHHELD_TEXT}.`;
  const passedOver: readonly Status[] = ["met", ...LACKING];
  const others = reordered("not_arising", "not_reported")
    .filter((status) => !passedOver.includes(status) && !isUnasked(status) && counts[status] > 0)
    .map((status) => `${counts[status]} ${countedAs(status)}`);
  const values = namesIn(counts.lacking_values);
  const names = namesIn(counts.lacking_names).map((name, index) => {
    const value = values[index] ?? "";
    return value === "" ? name : `${name} (${amountText(Number(value), counts.unit)})`;
  });
  const end = names.length === 0 ? "" : `; ${LACKING_TEXT}: ${firstNamesText(names, noun)}`;
  return `${[`${counts.met}/${places} ${noun} đạt`, ...others].join(", ")}${end}${openText(open, noun)}.`;
}

/** Every status in the order in which they are counted, but one behind another. */
function reordered(one: Status, other: Status): readonly Status[] {
  return STATUS_NAMES.flatMap((status) =>
    status === one ? [] : status === other ? [other, one] : [status],
  );
}

/** Which place a ward takes in the order of attention: of a row of `area_attention`, where it has one. */
export interface Attended extends Readonly<Record<Status, number | null>> {
  readonly attention: "lacking" | "clear" | "not_reported" | "not_applicable" | null;
  /** For which periods it has sent nothing, where the plan's indicators are of several. */
  readonly silent_in: string | null;
}

/**
 * `2 không đạt, 1 chậm tiến độ`
 * @param open how many of those are provisional; where there are none, how many verdicts are
 */
export function attentionText(ward: Attended, open = 0): string {
  if (ward.attention === null) return "";
  if (ward.attention === "not_applicable") return "không thuộc kỳ này";
  if (ward.attention === "not_reported") return silentText(ward.silent_in);
  const counted = [...LACKING, "not_reported" as const].flatMap((status) => {
    const count = ward[status] ?? 0;
    return count === 0 ? [] : [`${count} ${wordWithin(status)}`];
  });
  if (counted.length > 0) return joined([...counted, open > 0 && `${open} ${PROVISIONAL}`]);
  const among = (ward.withheld ?? 0) > 0 ? "trong các chỉ tiêu được công bố, " : "";
  return `${among}không có chỉ tiêu nào ${LACKING_TEXT}${open > 0 ? `; ${open} chỉ tiêu ${PROVISIONAL}` : ""}`;
}

/** `chưa gửi báo cáo quý I, quý II` */
export function silentText(periods: string | null): string {
  return joined(["chưa gửi báo cáo", periods], " ");
}
