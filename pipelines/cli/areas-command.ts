import { join } from "node:path";
import type { Area, AreaFiles } from "../sources/areas/area.ts";
import {
  type AreaFacts,
  factsOf,
  findAreas,
  type Relative,
  readAreaFiles,
} from "../sources/areas/area-files.ts";
import { vietnameseDate } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { describeSourceProblem } from "../vocabulary/problem.ts";
import { AREA_SHARES } from "../vocabulary/words.ts";
import { type Context, jsonText } from "./context.ts";
import { type FolderCommand, jsonOption } from "./options.ts";

/** So many are shown; who looks for one of more says more of its name. */
const SHOWN = 40;

/** `areas`: finds areas by a part of their names. */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument(
      "<words...>",
      "một phần của tên, có dấu hoặc không dấu, hoặc mã; sau dấu phẩy là tên cấp trên",
    )
    .addOption(jsonOption())
    .action((words, options) => {
      const { problems, ...files } = readAreaFiles(join(options.sources, "areas"));
      if (problems.length > 0) throw new Failure(problems.map(describeSourceProblem).join("\n"));
      const found = findAreas(words.join(" "), files);
      if (options.json) context.out(jsonText(found.map((area) => factsOf(area, files))));
      else if (found.length > 0) context.out(foundText(found, files));
      else throw new Failure(`Không có địa bàn nào tên hoặc mã có “${words.join(" ")}”.`);
    });
}

function foundText(found: readonly Area[], files: Omit<AreaFiles, "tiles">): string {
  const more = found.length - SHOWN;
  return [
    ...found.slice(0, SHOWN).map((area) => areaText(factsOf(area, files))),
    ...(more > 0
      ? [`Còn ${more} địa bàn nữa. Ghi rõ hơn, hoặc thêm tên cấp trên sau dấu phẩy.`]
      : []),
  ].join("\n");
}

function areaText({ area, within, became, madeOf, isExactSum, dispute }: AreaFacts): string {
  const { area_id, code, name, valid_from, valid_to } = area;
  const days = [
    ...(valid_from === null ? [] : [`từ ${vietnameseDate(valid_from)}`]),
    ...(valid_to === null ? [] : [`đến ${vietnameseDate(valid_to)}`]),
  ];
  const sum = isExactSum ? "gồm trọn" : "có phần của";
  return [
    [`${code}  ${[name, ...within].join(", ")}`, ...days, `area_id ${area_id}`].join("; "),
    ...(became.length === 0 ? [] : [`  thành ${became.map(relativeText).join(", ")}`]),
    ...(madeOf.length === 0 ? [] : [`  ${sum} ${madeOf.map(relativeText).join(", ")}`]),
    ...(dispute === null ? [] : [`  lưu ý: ${dispute}`]),
  ].join("\n");
}

function relativeText({ code, name, share }: Relative): string {
  const shares: Readonly<Record<string, string>> = AREA_SHARES;
  return share === "" ? `${code} ${name}` : `${code} ${name} (${shares[share] ?? share})`;
}
