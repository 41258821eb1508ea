import { join } from "node:path";
import { z } from "zod";
import { nearest } from "../../vocabulary/nearest.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import type { AreaFiles } from "../areas/area.ts";
import { areasCoded } from "../areas/area-files.ts";
import type { Inconsistency } from "../file/plan-consistency.ts";
import type { Plan } from "../plan/plan.ts";
import { csvProblem, type Line, readIfThere } from "../text/csv-lines.ts";

const Cell = z.string().trim().normalize("NFC");
const Filled = Cell.min(1, "không được để trống");

/** A code as plan files write it; see `plan.ts`. */
const UnitCode = Filled.regex(
  /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})?$/,
  "chỉ gồm chữ cái không dấu, chữ số, dấu chấm, dấu gạch",
);

/** Contacts are posts, not the names of persons. */
const PERSON = /^(ông|bà|đ\/c|đc|đồng chí|anh|chị)[\s.:]/iu;

/**
 * A line of `units.csv`: a unit of the office as it is known over all plans, and whom to ask there.
 * With an area it is the committee of that area alone; without one `{area}` in its names is replaced.
 */
const OfficeUnitLine = z.strictObject({
  code: UnitCode,
  /** Code of the area; empty: a department, or the committees of all areas. */
  area: z.string().trim().default(""),
  name: Filled,
  short_name: Filled,
  /** Post of who answers for the unit's reports. */
  contact: Cell.refine((text) => !PERSON.test(text), "chỉ ghi chức vụ, không ghi tên người"),
  phone: Cell.regex(
    /^([0-9+(][0-9 ().+/-]{5,}( máy lẻ [0-9]+)?)?$/,
    "phải là số điện thoại, ví dụ 0205 3812 345 máy lẻ 12",
  ),
  email: Cell.refine(
    (text) => text === "" || z.email().safeParse(text).success,
    "phải là địa chỉ thư điện tử",
  ),
});
export type OfficeUnit = z.infer<typeof OfficeUnitLine>;

/**
 * Reads `units.csv` of a sources folder, where there is one.
 * @returns its lines, and every problem with file, line and column in Vietnamese; lines with one are
 * left out
 */
export function readOfficeUnits(
  sources: string,
  areas: Pick<AreaFiles, "areas" | "successors">,
): { readonly units: readonly OfficeUnit[]; readonly problems: readonly Problem[] } {
  const file = join(sources, "units.csv");
  const problems: Problem[] = [];
  const lines = readIfThere(file, OfficeUnitLine, problems);
  problems.push(...linesAgainstOthers(file, lines, areas));
  return { units: lines.map(({ value }) => value), problems };
}

function linesAgainstOthers(
  file: string,
  lines: readonly Line<OfficeUnit>[],
  areas: Pick<AreaFiles, "areas" | "successors">,
): Problem[] {
  const firstLine = new Map<string, number>();
  const problems: Problem[] = [];
  for (const { value, line } of lines) {
    const { code, area } = value;
    const refuse = (field: string, found: string): void => {
      problems.push(csvProblem(file, line, field, found));
    };
    const key = `${code.toUpperCase()} ${area}`;
    const earlier = firstLine.get(key);
    if (earlier === undefined) firstLine.set(key, line);
    else {
      const place = area === "" ? "" : ` của địa bàn ${area}`;
      refuse("code", `“${code}”${place} đã có ở dòng ${earlier}`);
    }
    const isKnown =
      area === "" ||
      areas.areas.some((one) => one.code === area) ||
      areasCoded(area, areas).length > 0;
    if (!isKnown) {
      refuse("area", `địa bàn “${area}” không có trong danh mục và areas/areas.csv`);
    }
  }
  return problems;
}

/**
 * What is wrong between the units of a plan and those of the office: `is` names none, or a unit has
 * the code of another one.
 */
export function officeUnitProblems(plan: Plan, office: readonly OfficeUnit[]): Inconsistency[] {
  const found: Inconsistency[] = [];
  plan.units.forEach(({ code, name, is }, index) => {
    // of a code that is there twice the first alone
    if (plan.units.findIndex((one) => one.code === code) < index) return;
    const report = (field: string, message: string, remedy: string): void => {
      found.push({ path: ["units", index, field], message, remedy });
    };
    const listed = office.filter((unit) => unit.code === (is ?? code));
    const general = listed.find(({ area }) => area === "");
    if (is !== undefined && listed.length === 0) {
      const near = nearest(is, new Set(office.map((unit) => unit.code)));
      const hint = near === null ? "" : `. Có phải là “${near}”?`;
      const remedy = "Sửa mã, hoặc thêm đơn vị ấy vào units.csv.";
      report("is", `“${is}” không có trong units.csv${hint}`, remedy);
    } else if (is === undefined && general !== undefined && !isSameName(general.name, name)) {
      report(
        "code",
        `“${code}” ở đây là ${name}, trong units.csv là ${general.name}`,
        `Nếu là một đơn vị thì ghi thêm is: ${code}; nếu không thì đặt mã khác.`,
      );
    }
  });
  return found;
}

function isSameName(one: string, other: string): boolean {
  const key = (name: string) => name.normalize("NFC").replace(/\s+/g, " ").toLocaleLowerCase("vi");
  return key(one) === key(other);
}
