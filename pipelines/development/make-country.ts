import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { withoutMarks } from "../vocabulary/letter-case.ts";
import { slipsBetween } from "../vocabulary/nearest.ts";

// `npm run country`: writes `sources/country/units.csv` from the lists of the statistics office, which
// `tests/fixtures/country/` keeps. A unit that is there already keeps its id, a new one gets the next.

type Line = Readonly<Record<string, string>>;

/** A unit as the file has it. */
interface Unit {
  area_id: number;
  readonly code: string;
  readonly name: string;
  readonly parent?: Unit | undefined;
  readonly valid_from?: string;
  readonly valid_to?: string;
  /** What it went into, and how much of it where not all. */
  readonly became: Map<Unit, string>;
  /** How the conversion table calls it, where it means another unit; or what else it names as a part. */
  readonly otherwise: Set<string>;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const file = join(root, "sources/country/units.csv");
const HEAD = "area_id,code,name,parent,valid_from,valid_to,became,made_of,otherwise";
const LAST_DAY = "2025-06-30";
const FIRST_DAY = "2025-07-01";

/** Ids of the units that the program had before it had all. */
const FIRST_IDS = [
  "20",
  "178",
  "05971",
  "05974",
  "05977",
  "05980",
  "05983",
  "05986",
  "05989",
].concat([
  "05992",
  `06187 ${FIRST_DAY}`,
  `05986 ${FIRST_DAY}`,
  `05977 ${FIRST_DAY}`,
  `05983 ${FIRST_DAY}`,
]);
/** Ids of all others are above: an office numbers its own areas from 1. */
const FIRST_ID = 100_000_001;

const list = (name: string): Line[] =>
  parse(gunzipSync(readFileSync(join(root, "tests/fixtures/country", `${name}.csv.gz`))), {
    columns: true,
  });

const before = list("communes-before-2025-07-01");
const table = list("successions-2025-07-01");
const provinces = list("provinces-2025");
const communes = list("communes-2025");

const units: Unit[] = [];
function add(code = "", name = "", parent?: Unit, dates: Partial<Unit> = {}): Unit {
  const unit = { area_id: 0, code, name, parent, became: new Map(), otherwise: new Set<string>() };
  units.push({ ...unit, ...dates });
  return units.at(-1) as Unit;
}
/** A unit by its code, made when it is first asked for. */
function byCode(make: (code: string, line: Line) => Unit): (code: string, line: Line) => Unit {
  const made = new Map<string, Unit>();
  return (code, line) => {
    const unit = made.get(code) ?? make(code, line);
    made.set(code, unit);
    return unit;
  };
}

/** Codes of the provinces before, by that of the province now which took something of each. */
const provinceNow = new Map(communes.map(({ code, province_code }) => [code, province_code]));
const listed = new Map(before.map((line) => [line.code || line.district_code, line]));
const taken = new Map<string, Set<string>>();
for (const row of table) {
  const province = listed.get(row.old_code || row.old_district_code)?.province_code;
  const now = provinceNow.get(row.new_code) ?? "";
  if (province !== undefined) taken.set(now, (taken.get(now) ?? new Set()).add(province));
}
/** Of a province that has gone on as it was: the units of both times lie below it. */
const stayed = (code: string): boolean =>
  taken.get(code)?.size === 1 && taken.get(code)?.has(code) === true;

const ended = { valid_to: LAST_DAY };
const begun = { valid_from: FIRST_DAY };
const provinceOf = byCode((code) => {
  const line = provinces.find((one) => one.code === code);
  return add(code, line?.name, undefined, stayed(code) ? {} : begun);
});
const earlierProvinceOf = byCode((code, line) =>
  stayed(code) ? provinceOf(code, line) : add(code, line.province, undefined, ended),
);
const districtOf = byCode((code, line) =>
  add(code, line.district, earlierProvinceOf(line.province_code ?? "", line), ended),
);
for (const line of provinces) provinceOf(line.code ?? "", line);
for (const line of before) earlierProvinceOf(line.province_code ?? "", line);
for (const line of before) districtOf(line.district_code ?? "", line);
const earlier = new Map(
  before.map((line) => {
    const district = districtOf(line.district_code ?? "", line);
    return line.code === ""
      ? [line.district_code, district]
      : [line.code, add(line.code, line.name, district, ended)];
  }),
);
const now = new Map(
  communes.map((line) => [
    line.code,
    add(line.code, line.name, provinceOf(line.province_code ?? "", line), begun),
  ]),
);

/** Whether two names are one, spelt in two ways; one may lack the word for its kind. */
function isSameName(one: string, other: string): boolean {
  const [mine, theirs] = [foldedName(one), foldedName(other)];
  const isOneKind = mine.kind === theirs.kind || mine.kind === "" || theirs.kind === "";
  return isOneKind && slipsBetween(mine.own, theirs.own) <= 2;
}

function foldedName(name: string): { kind: string; own: string } {
  const plain = withoutMarks(name).toLowerCase().replaceAll("y", "i");
  const kind = /^(xa|phuong|thi tran) /.exec(plain)?.[0] ?? "";
  const own = plain.slice(kind.length).replaceAll(/[^a-z0-9]/g, "");
  return { kind, own: own.replace("nongtruong", "nt") };
}

for (const row of table) {
  const { old_code = "", old_name = "", old_district_code, share = "" } = row;
  const unit = earlier.get(old_code || (old_name === "" ? old_district_code : "-"));
  const heir = now.get(row.new_code);
  if (heir === undefined) throw new Error(`${row.new_code} is in no list`);
  const isCalled = unit === undefined || old_code === "" || isSameName(unit.name, old_name);
  const isOther =
    !isCalled &&
    table.some((one) => one.old_code === old_code && isSameName(unit.name, one.old_name ?? ""));
  if (unit === undefined || isOther) heir.otherwise.add(`${old_code} ${old_name}`.trim());
  else unit.became.set(heir, share.replace("part_of_", "").replace("whole", ""));
  if (!isCalled && !isOther) unit?.otherwise.add(old_name);
}
for (const [code, codes] of taken) {
  for (const old of codes) {
    const isWhole = [...taken.values()].filter((one) => one.has(old)).length === 1;
    const [from, heir] = [old, code].map((one, at) =>
      units.find((unit) => unit.code === one && (at === 0 ? unit.valid_to : unit.valid_from)),
    );
    if (from !== undefined && heir !== undefined) from.became.set(heir, isWhole ? "" : "part");
  }
}

const keyOf = (code: string, from: string): string => `${code} ${from}`.trim();
const ids = new Map(FIRST_IDS.map((key, index) => [key, index + 1]));
for (const line of existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(1) : []) {
  const [id = "", code = "", , , from = ""] = line.split(",");
  if (id !== "") ids.set(keyOf(code, from), Number(id));
}
let next = Math.max(FIRST_ID, ...[...ids.values()].map((id) => id + 1));
for (const unit of units) {
  unit.area_id = ids.get(keyOf(unit.code, unit.valid_from ?? "")) ?? next++;
}
const pairs = units.flatMap((unit) =>
  [...unit.became].map(([heir, share]) => ({ unit, heir, share: share && `:${share}` })),
);
const heads = new Map<Unit | undefined, string[]>();
const parts = new Map<Unit | undefined, string[]>();
for (const { unit, heir, share } of pairs) {
  heads.set(unit, [...(heads.get(unit) ?? []), `${heir.code}${share}`]);
  parts.set(heir, [...(parts.get(heir) ?? []), `${unit.code}${share}`]);
}
const order = ({ code, valid_from = "" }: Unit): string => `${code},${valid_from}`;
const lines = units
  .sort((one, other) => (order(one) < order(other) ? -1 : 1))
  .map((unit) =>
    [
      ...[unit.area_id, unit.code, unit.name, unit.parent?.code, unit.valid_from, unit.valid_to],
      ...[heads, parts].map((of) => of.get(unit)?.join(" ")),
      [...unit.otherwise].join("; "),
    ].join(","),
  );
/** The text of the file. */
export const COUNTRY = [HEAD, ...lines, ""].join("\n");
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, COUNTRY);
