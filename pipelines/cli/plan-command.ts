import type { Command } from "commander";
import type { Context } from "./context.ts";
import { planCheckCommand } from "./plan-check-command.ts";
import { planHandDownCommand } from "./plan-hand-down-command.ts";
import { planMapCommand } from "./plan-map-command.ts";
import { planNextCommand } from "./plan-next-command.ts";
import { planReadCommand } from "./plan-read-command.ts";

/** The commands under `plan`, which work with plan files. */
export function define(command: Command, context: Context): void {
  command
    .description("Lập và kiểm tra tệp kế hoạch.")
    .helpCommand(false)
    .addCommand(planCheckCommand(context))
    .addCommand(planNextCommand(context))
    .addCommand(planReadCommand(context))
    .addCommand(planHandDownCommand(context))
    .addCommand(planMapCommand(context));
}
