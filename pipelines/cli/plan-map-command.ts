import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { planBelowOf } from "../intake/handed-up.ts";
import { openReadingPool } from "../readers/reading-pool.ts";
import { plansAbove, withMapping } from "../sources/writing/plan-mapping.ts";
import { Failure } from "../vocabulary/failure.ts";
import { readNamedFile } from "../warehouse/file-failure.ts";
import { placeFiles } from "../warehouse/place-files.ts";
import type { Context } from "./context.ts";
import { type FolderOptions, newCommand } from "./options.ts";
import { readSources } from "./read-sources.ts";

interface MapOptions extends FolderOptions {
  readonly plan?: string;
  readonly write?: true;
}

/** `plan map PACKAGE`: which measures of a plan are those of a package, by equal codes and names. */
export function planMapCommand(context: Context): Command {
  return newCommand(
    "map",
    "cho biết số liệu nào của kế hoạch ứng với số liệu trong gói của cấp dưới",
  )
    .argument("<package>", "tệp .zip do cơ quan cấp dưới gửi lên")
    .option("--plan <id>", "kế hoạch nhận số liệu, nếu có nhiều kế hoạch")
    .option("--write", "ghi taken_from vào tệp kế hoạch")
    .action(async (file: string, options: MapOptions) => {
      readNamedFile(file, `Không đọc được ${file}`);
      const pool = openReadingPool(() => []);
      const read = await pool.handed({ path: file }).finally(() => pool.close());
      if ("unread" in read || !read.ok) throw new Failure(`${file}: không phải gói còn nguyên.`);
      const below = planBelowOf(read.version);
      const all = plansAbove(readSources(options, context).plans, below);
      const id = options.plan;
      const found = all.filter(({ resolved }) => id === undefined || resolved.plan.id === id);
      const [first, other] = found;
      if (first === undefined || other !== undefined) {
        const ids = all.map(({ resolved }) => resolved.plan.id).join(", ");
        throw new Failure(
          ids === ""
            ? `Không kế hoạch nào có số liệu cùng mã hoặc cùng tên với ${below.id}.`
            : `Chọn một kế hoạch bằng --plan: ${ids}.`,
        );
      }
      const { resolved, mapping } = first;
      for (const line of mapping.notes) context.out(line);
      if (options.write !== true) return;
      const text = withMapping(readFileSync(resolved.file, "utf8"), below, mapping);
      await placeFiles([{ file: resolved.file, bytes: Buffer.from(text) }], () => true);
      context.out(`Đã ghi taken_from vào ${resolved.file}.`);
    });
}
