import fc from "fast-check";
import * as places from "../../pipelines/sentences/places.ts";
import {
  attainedBy,
  isHidden,
  isLacking,
  isUnasked,
  PROVISIONAL,
  STATUS_NAMES,
  type Status,
  wordWithin,
} from "../../pipelines/vocabulary/status.ts";
import { some } from "./figures.ts";
import { maker, type Rule } from "./read-back.ts";

const NOUN = "phường, xã";
const PLACES = ["xã Đông", "xã Tây", "phường Nam", "phường Bắc", "xã Trung", "xã Thượng", "xã Hạ"];
const LACKING = "không đạt hoặc chậm tiến độ";
const WITHHELD = "không công bố vì có số nhỏ của số liệu nhạy cảm";
const counts = (most = 3) => fc.integer({ min: 0, max: most });
const linesOf = (names: readonly string[]): string | null => names.join("\n") || null;

interface Place {
  readonly name: string;
  readonly status: Status;
  readonly value: number | null;
  readonly isOpen: boolean;
}
interface Places {
  readonly all: readonly Place[];
}

/** Places with their figures; a value is there only where it may be told. */
const someOf = (minLength: number): fc.Arbitrary<readonly Place[]> =>
  fc
    .array(
      fc.tuple(some<Status>(...STATUS_NAMES, "met", "met", "not_met"), counts(), fc.boolean()),
      { minLength, maxLength: PLACES.length },
    )
    .map((all) =>
      all.map(([status, value, isOpen], index) => {
        const none = isHidden(status) || /^not_(reported|arising)$|in_doubt/.test(status);
        return { name: PLACES[index] ?? "", status, value: none ? null : value, isOpen };
      }),
    );

const having = ({ all }: Places, isMeant: (one: Place) => boolean): string[] =>
  all.filter(isMeant).map(({ name }) => name);
const of = (facts: Places, status: string): string[] =>
  having(facts, (one) => one.status === status);
const byWord = (facts: Places, word: string): string[] =>
  having(facts, ({ status }) => wordWithin(status) === word.replace(", chưa đến hạn", ""));
const asked = (facts: Places): string[] => having(facts, ({ status }) => !isUnasked(status));
const hidden = (facts: Places): string[] => having(facts, ({ status }) => isHidden(status));
const lacking = (facts: Places): string[] => having(facts, ({ status }) => isLacking(status));
const open = ({ isOpen, status }: Place): boolean => isOpen && !isUnasked(status);
const tally = (facts: Places): Record<Status, number> =>
  Object.fromEntries(STATUS_NAMES.map((one) => [one, of(facts, one).length])) as Record<
    Status,
    number
  >;

const valuesOf = ({ all }: Places): number[] => all.flatMap(({ value }) => value ?? []);
const at = (facts: Places, figure: number): string[] =>
  having(facts, ({ value }) => value === figure);

/** The facts of a query of places side by side. */
function wardsOf(facts: Places): places.Wards {
  const values = valuesOf(facts);
  const [highest, lowest] = [Math.max(...values), Math.min(...values)];
  return {
    ...{ noun: NOUN, unit: "%", is_ranked: true, values: values.length },
    ...{ hidden: hidden(facts).length, places: asked(facts).length, asked: asked(facts).length },
    highest: values.length > 0 ? highest : null,
    lowest: values.length > 0 ? lowest : null,
    at_highest: linesOf(at(facts, highest)),
    at_lowest: linesOf(at(facts, lowest)),
  };
}

const statusesOf = (facts: Places): places.WardsOfStatus[] =>
  STATUS_NAMES.flatMap((status) => {
    const own = facts.all.filter((one) => one.status === status);
    const names = own.map(({ name }) => name).join("\n");
    const provisional = linesOf(own.filter(({ isOpen }) => isOpen).map(({ name }) => name));
    return own.length === 0 ? [] : [{ status, wards: own.length, names, provisional }];
  });

const OPEN: Rule<Places> = [`; ${PROVISIONAL}: °(?=\\.)`, (facts) => [having(facts, open)]];
const MET: Rule<Places> = [
  `^#/# ${NOUN} đạt`,
  (facts) => [of(facts, "met").length, asked(facts).length],
];

export const PLACE_MAKERS = {
  wardsSentence: maker(
    fc.record({ all: someOf(0), isWhole: fc.boolean() }),
    ({ all, isWhole }) =>
      places.wardsSentence(
        { ...wardsOf({ all }), ...(isWhole ? { places: 0 } : {}) },
        statusesOf({ all }),
      ),
    [
      [
        "(Trong các giá trị được công bố, cao|Cao) nhất: ° \\(@\\); thấp nhất: ° \\(@\\)",
        (facts) => {
          const [highest, lowest] = [Math.max(...valuesOf(facts)), Math.min(...valuesOf(facts))];
          const among = hidden(facts).length > 0 ? "Trong các giá trị được công bố, cao" : "Cao";
          return [among, at(facts, highest), highest, at(facts, lowest), lowest];
        },
      ],
      [
        `Cả # ${NOUN} có giá trị( được công bố)? đều là @`,
        (facts) => {
          const [one = Number.NaN, ...others] = valuesOf(facts);
          return (
            others.every((other) => other === one) && [
              others.length + 1,
              hidden(facts).length > 0,
              one,
            ]
          );
        },
      ],
      [
        "^(Xã|Phường) [^:]*: @\\. ",
        (facts) => valuesOf(facts).length === 1 && [null, ...valuesOf(facts)],
      ],
      [
        `Không áp dụng cho ${NOUN} nào ở kỳ này`,
        (facts) => asked(facts).length + valuesOf(facts).length === 0,
      ],
      [
        `Giá trị của từng ${NOUN} (${WITHHELD}|chưa phát hành)`,
        (facts, why) => {
          const status = why === WITHHELD ? "withheld" : "untold";
          return asked(facts).length === of(facts, status).length;
        },
      ],
      [
        `Mức chỉ tiêu giao cho toàn địa bàn, không chia cho từng ${NOUN}`,
        (facts) => facts.isWhole || asked(facts).length === 0,
      ],
      [`#/# ${NOUN} đạt`, MET[1]],
      [" Chưa báo cáo: °(?=\\.)", (facts) => [of(facts, "not_reported")]],
      OPEN,
      ["; ~: °(?=[;.·])", (facts, word) => [null, byWord(facts, word)]],
    ],
  ),
  movesSentence: maker(
    fc.record({
      unit: some("%", "hạng"),
      before_name: some(null, "Quý I năm 2024"),
      before_year: some(2024),
      ...{ up: counts(), down: counts(), level: counts() },
      not_compared: counts(6).map((count) => linesOf(PLACES.slice(0, count))),
    }),
    (moves) => places.movesSentence({ ...moves, noun: NOUN, is_ranked: true }, moves) ?? "",
    [
      [
        `^So với quý I: # ${NOUN} (tăng|xuống), # (giảm|lên)`,
        ({ up, down, unit }) =>
          unit === "hạng" ? [up, "xuống", down, "lên"] : [up, "tăng", down, "giảm"],
      ],
      [", # không thay đổi", ({ level }) => [level]],
      ["; không so sánh được: °(?=\\.)", ({ not_compared }) => [not_compared?.split("\n") ?? []]],
    ],
  ),
  areaSentence: maker(
    fc.record({
      all: someOf(1),
      moves: fc.record({
        ...{ before_name: some(null, "Quý I năm 2024"), before_year: some(2024) },
        ...{ gained: some(null, "1.1", "1.1\n2"), lost: some(null, "3a") },
      }),
    }),
    ({ all, moves }) =>
      places.areaSentence(
        "Quý II năm 2024",
        { ...tally({ all }), indicators: all.length },
        all.map(({ name, status, isOpen }) => ({
          ...{ indicator_code: name, status, is_provisional: isOpen },
        })),
        moves,
      ),
    [
      ["^Không áp dụng tại quý II năm 2024", (facts) => asked(facts).length === 0],
      [
        "^Đến quý II năm 2024 chưa có số liệu để tính chỉ tiêu nào",
        (facts) => asked(facts).length === of(facts, "not_reported").length,
      ],
      [
        "^Đến quý II năm 2024: #/# chỉ tiêu đạt",
        (facts) => [of(facts, "met").length, asked(facts).length - hidden(facts).length],
      ],
      OPEN,
      ["; ~: #(?=[;.·])", (facts, word) => [null, byWord(facts, word).length]],
      ["; ~: °(?=[;.·])", (facts, word) => [null, byWord(facts, word)]],
      [
        " (Mới|Không còn) đạt so với (kỳ trước|quý I): ([^ ].*?)\\.(?= |$)",
        ({ moves }, what) => {
          const codes = what === "Mới" ? moves.gained : moves.lost;
          return [
            null,
            moves.before_name === null ? "kỳ trước" : "quý I",
            codes?.replace("\n", ", ") ?? "",
          ];
        },
      ],
    ],
    (facts) => {
      const hasReports = asked(facts).length > of(facts, "not_reported").length;
      return hasReports && facts.all.some(open) ? [PROVISIONAL] : [];
    },
  ),
  mapSentence: maker(
    fc.record({
      all: fc.array(counts(2), { minLength: 1, maxLength: 7 }),
      opens: counts(6).map((count) => PLACES.slice(0, count)),
    }),
    ({ all, opens }) =>
      places.mapSentence(
        NOUN,
        all.map((one, index) => ({ area_name_within_sentence: PLACES[index] ?? "", lacking: one })),
        opens,
      ),
    [
      [`^Không ${NOUN} nào có chỉ tiêu ${LACKING}`, ({ all }) => all.every((one) => one === 0)],
      [
        `^#/# ${NOUN} có chỉ tiêu ${LACKING}; (?:nhiều nhất là °,|(mỗi nơi)|°) # chỉ tiêu(?=[;.])`,
        ({ all }) => {
          const most = Math.max(...all);
          const top = PLACES.filter((_, index) => all[index] === most);
          const lack = all.filter((one) => one > 0).length;
          const isAll = top.length === lack;
          const [each, alone] = [isAll && lack > 1, isAll && lack === 1 && top];
          return [lack, all.length, isAll ? false : top, each, alone, most];
        },
      ],
      [`; ${PROVISIONAL}: °(?=\\.)`, ({ opens }) => [opens]],
    ],
  ),
  mapIndicatorSentence: maker(
    fc.record({ all: someOf(1) }),
    (facts) => {
      const those = facts.all.filter(({ status }) => isLacking(status));
      const lists = {
        lacking_names: linesOf(those.map(({ name }) => name)),
        lacking_values: linesOf(those.map(({ value }) => `${value}`)),
      };
      const counted = { ...tally(facts), ...lists, unit: "%", wards: facts.all.length };
      return places.mapIndicatorSentence(counted, NOUN, having(facts, open));
    },
    [
      [
        `^Kết quả của từng ${NOUN} (${WITHHELD}|chưa phát hành)`,
        (facts, why) =>
          asked(facts).length === of(facts, why === WITHHELD ? "withheld" : "untold").length,
      ],
      MET,
      OPEN,
      [
        `; ${LACKING}: ([^;:.·]+)(?=[.·])`,
        (facts, names = "") => {
          const named = names.matchAll(/(\S+ \S+) \((\d+)%\)/g);
          const isSo = [...named].every(([, name, value]) =>
            facts.all.some((one) => one.name === name && one.value === Number(value)),
          );
          const count = names.split(/, | và /).length;
          return isSo && (count === lacking(facts).length || / và \d+ /.test(names));
        },
      ],
      [", # ~", (facts, _, word = "") => [byWord(facts, word).length]],
    ],
  ),
  attentionText: maker(
    fc.record({
      all: someOf(1),
      attention: some<places.Attended["attention"]>(
        "lacking",
        "not_reported",
        "not_applicable",
        null,
      ),
      silent_in: some(null, "quý I, quý II"),
    }),
    ({ all, attention, silent_in }) => {
      const those = all.filter(({ status, isOpen }) => isOpen && isLacking(status)).length;
      const judged = all.filter(({ status, isOpen }) => isOpen && attainedBy(status) !== null);
      const isCalm = !all.some(({ status }) => isLacking(status));
      const open = isCalm ? judged.length : those;
      return places.attentionText({ ...tally({ all }), attention, silent_in }, open);
    },
    [
      ["^chưa gửi báo cáo(?: (.*))?$", ({ silent_in }) => [silent_in ?? false]],
      [
        `^(trong các chỉ tiêu được công bố, )?không có chỉ tiêu nào ${LACKING}(?:; # chỉ tiêu ${PROVISIONAL})?$`,
        (facts) => {
          const open = having(facts, (one) => one.isOpen && attainedBy(one.status) !== null).length;
          return (
            lacking(facts).length + of(facts, "not_reported").length === 0 && [
              ...[of(facts, "withheld").length > 0, open > 0 && open],
            ]
          );
        },
      ],
      [
        `, # ${PROVISIONAL}$`,
        (facts) => {
          const isMeant = (status: Status): boolean =>
            lacking(facts).length > 0 ? isLacking(status) : attainedBy(status) !== null;
          return [having(facts, ({ status, isOpen }) => isOpen && isMeant(status)).length];
        },
      ],
      ["(?:^|, |·)# ~", (facts, _, word = "") => [byWord(facts, word).length]],
    ],
  ),
};
