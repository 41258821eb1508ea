import type { Command } from "commander";
import { readSealKey } from "../publishing/seal-key.ts";
import { handedPlan } from "../sources/writing/handed-plan.ts";
import { placeFiles } from "../warehouse/place-files.ts";
import { choosePlan } from "./choice.ts";
import type { Context } from "./context.ts";
import { type FolderOptions, newCommand } from "./options.ts";
import { readSources } from "./read-sources.ts";

interface HandDownOptions extends FolderOptions {
  readonly out?: string;
  readonly sealKey?: string;
}

/** `plan hand-down`: a plan as one file from which the offices below begin their own. */
export function planHandDownCommand(context: Context): Command {
  return newCommand(
    "hand-down",
    "ghi một kế hoạch thành tệp để cơ quan cấp dưới bắt đầu kế hoạch của mình",
  )
    .argument("<plan>", "mã kế hoạch")
    .option("--out <file>", "tệp cần ghi, mặc định ở thư mục hiện tại")
    .option("--seal-key <file>", "ký bằng khóa này")
    .action(async (id: string, options: HandDownOptions) => {
      const plan = choosePlan(readSources(options, context), { id, periodCode: "" });
      const key = options.sealKey === undefined ? null : await readSealKey(options.sealKey);
      const { name, bytes } = handedPlan(plan, key);
      const file = options.out ?? name;
      await placeFiles([{ file, bytes }], () => false);
      context.out(file);
    });
}
