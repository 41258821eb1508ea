import { valueAt } from "../../sources/plan/plan-path.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { type Entry, textAt } from "./plan-parts.ts";
import { getAt, setAt } from "./plan-places.ts";

/** A way in which a target is measured, known by the answer that it gives. */
export interface Kind {
  readonly id: string;
  /** The answer as it looks. */
  readonly picture: string;
  readonly words: string;
  /** The lists of the value that name measures or indicators, with what each is called. */
  readonly roles: readonly (readonly [list: string, words: string])[];
}

/** Every way, the usual ones first. */
export const KINDS: readonly Kind[] = [
  {
    id: "ratio",
    picture: "37 / 120 = 30,8%",
    words: "Bao nhiêu phần trăm của …",
    roles: [
      ["numerator", "Tử số: đếm những gì đạt"],
      ["denominator", "Mẫu số: trong tổng số nào"],
    ],
  },
  {
    id: "share_of_areas",
    picture: "6/8 phường, xã",
    words: "Bao nhiêu phường, xã có …",
    roles: [["conditions", "Mỗi nơi phải có"]],
  },
  {
    id: "count",
    picture: "5.312 người",
    words: "Đếm được bao nhiêu",
    roles: [["measures", "Đếm số nào"]],
  },
  {
    id: "change:count",
    picture: "từ 120 còn 111: −7,5%",
    words: "Một số tăng, giảm so với trước",
    roles: [["measures", "So số nào"]],
  },
  {
    id: "change:ratio",
    picture: "từ 12% còn 10,5%",
    words: "Một tỷ lệ tăng, giảm so với trước",
    roles: [
      ["numerator", "Tử số của tỷ lệ"],
      ["denominator", "Mẫu số của tỷ lệ"],
    ],
  },
  {
    id: "all_of:indicators",
    picture: "đạt, đạt, đạt",
    words: "Đủ cả các chỉ tiêu sau",
    roles: [["indicators", "Các chỉ tiêu đều phải đạt"]],
  },
  {
    id: "all_of:conditions",
    picture: "có, có, có",
    words: "Đủ cả các điều sau, chung toàn địa bàn",
    roles: [["conditions", "Các điều phải có"]],
  },
  {
    id: "share_of_units",
    picture: "3/4 đơn vị",
    words: "Bao nhiêu phòng, ban, đơn vị có …",
    roles: [["conditions", "Mỗi đơn vị phải có"]],
  },
];

/** In which way an indicator is measured; null where nobody has chosen. */
export function kindOf({ value }: Entry): Kind | null {
  const kind = textAt(value, "kind");
  const of = textAt(value, "of", "kind");
  const list = valueAt(value, ["indicators"]) === undefined ? "conditions" : "indicators";
  const id = kind === "change" ? `change:${of}` : kind === "all_of" ? `all_of:${list}` : kind;
  return KINDS.find((one) => one.id === id) ?? null;
}

/** Whether an indicator has a way in which it is measured, and everything that counts is named. */
export function isMeasured(entry: Entry): boolean {
  const value =
    textAt(entry, "value", "of", "kind") === "" ? entry.value : valueAt(entry.value, ["of"]);
  return (
    kindOf(entry)?.roles.every(([list]) => {
      const named = valueAt(value, [list]);
      return Array.isArray(named) && named.length > 0;
    }) === true
  );
}

/** Where in an indicator the lists of its kind stand. */
export function listPlace(code: string, kind: Kind): string {
  return `indicators/${code}/value${kind.id.startsWith("change:") ? "/of" : ""}`;
}

/** What a list of a kind holds: codes of measures or indicators. */
export function namedIn(data: PlanData, place: string, list: string): string[] {
  const named = getAt(data, `${place}/${list}`);
  if (!Array.isArray(named)) return [];
  return named.map((one: unknown) =>
    list === "conditions" ? textAt(one, "measure") : String(one),
  );
}

/** The measures that an indicator names. */
export function measuresNamed(data: PlanData, code: string): Set<string> {
  const kind = kindOf((getAt(data, `indicators/${code}`) ?? {}) as Entry);
  const lists = (kind?.roles ?? []).filter(([list]) => list !== "indicators");
  return new Set(lists.flatMap(([list]) => namedIn(data, listPlace(code, kind as Kind), list)));
}

/** An indicator measured in another way; what it counts stays, as far as that has a place for it. */
export function withKind(data: PlanData, code: string, kind: Kind): PlanData {
  const at = `indicators/${code}`;
  const entry = (getAt(data, at) ?? {}) as Entry;
  const before = kindOf(entry);
  if (before === kind) return data;
  const named =
    before === null
      ? []
      : before.roles.map(([list]) => namedIn(data, listPlace(code, before), list));
  const lists = Object.fromEntries(
    kind.roles.map(([list], index) => {
      const kept =
        list === "indicators" || before?.id === "all_of:indicators" ? [] : (named[index] ?? []);
      return [list, list === "conditions" ? kept.map((measure) => ({ measure })) : kept];
    }),
  );
  const [whole = "", part] = kind.id.split(":");
  const value =
    whole === "change"
      ? {
          kind: whole,
          of: { kind: part, ...lists },
          from: "last_year",
          as: part === "ratio" ? "points" : "percent",
        }
      : { kind: whole, ...lists };
  return setAt(data, `${at}/value`, value);
}
