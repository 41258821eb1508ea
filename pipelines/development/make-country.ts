import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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

/** Below are the numbers that offices give, and those of units that came with the first version. */
const FIRST_ID = 100_000_001;

const lists = join(root, "tests/fixtures/country");
const names = readdirSync(lists).join("\n");
const list = (name: RegExp): Line[] =>
  parse(gunzipSync(readFileSync(join(lists, name.exec(names)?.[0] ?? ""))), { columns: true });

/** The day since which the new units are there, and the one before it. */
const FIRST_DAY = /before-(.*)\.csv/.exec(names)?.[1] ?? "";
const LAST_DAY = new Date(Date.parse(FIRST_DAY) - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

const before = list(/^communes-before.*/m);
const table = list(/^successions.*/m);
const provinces = list(/^provinces.*/m);
const communes = list(/^communes-\d.*/m);

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
const ids = new Map<string, number>();
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
