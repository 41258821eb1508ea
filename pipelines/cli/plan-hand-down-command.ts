import type { Command } from "commander";
import { readSealKey } from "../publishing/seal-key.ts";
import { handedPlan } from "../sources/handed-plan.ts";
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
    "write a plan as one file from which the offices below begin theirs",
  )
    .argument("<plan>", "id of the plan")
    .option("--out <file>", "the file to write, here by default")
    .option("--seal-key <file>", "sign it with this key")
    .action(async (id: string, options: HandDownOptions) => {
      const plan = choosePlan(readSources(options, context), { id, periodCode: "" });
      const key = options.sealKey === undefined ? null : await readSealKey(options.sealKey);
      const { name, bytes } = handedPlan(plan, key);
      const file = options.out ?? name;
      await placeFiles([{ file, bytes }], () => false);
      context.out(file);
    });
}
