import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommanderError } from "@commander-js/extra-typings";
import { followDemonstrationClock, leaveDemonstrationClock } from "../demo/demonstration-clock.ts";
import { Failure } from "../vocabulary/failure.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import { reportingWaits } from "../warehouse/waiting.ts";
import { type Output, processContext } from "./context.ts";
import type { AnyCommand } from "./options.ts";
import { chitieuProgram } from "./program.ts";
import { usageText } from "./usage-text.ts";

const WRONG_USAGE = 2;
/** What runs until it is stopped; `CHITIEU_LOG=json` makes a log of what it says. */
const SERVICES: readonly string[] = ["desk", "watch", "serve"];

/**
 * Runs the command line of this process.
 * @param argv the arguments after the program's name
 * @returns the exit code: 0 done, 1 something was refused or a check failed, 2 wrong usage
 */
export async function main(argv: readonly string[]): Promise<number> {
  process.stdout.on("error", stopOnClosedPipe);
  // what a warehouse holds is for its owner; forms, exports and plans are made for others
  const [asked = ""] = argv.filter((one) => !one.startsWith("-"));
  if (!["forms", "export", "plan"].includes(asked)) process.umask(0o077);
  return runCommand(argv, process.stdout, process.stderr);
}

/** Runs a command line that says everything to the given outputs. @returns the exit code */
export async function runCommand(
  argv: readonly string[],
  stdout: Output,
  stderr: Output,
): Promise<number> {
  // options of the program itself take no value
  const asked = argv.find((one) => !one.startsWith("-"));
  const isLog = process.env.CHITIEU_LOG === "json" && SERVICES.includes(asked ?? "");
  const context = processContext(stdout, stderr, isLog);
  const program = await chitieuProgram(context, (name) => name === asked);
  for (const command of withSubcommands(program)) {
    command
      .exitOverride()
      .configureOutput({
        writeOut: (text) => stdout.write(text),
        writeErr: (text) => stderr.write(text),
        outputError: (text, write) => write(usageText(text)),
      })
      .showHelpAfterError()
      .allowExcessArguments(false);
  }
  let warehouse: string | null = null;
  program.hook("preAction", (_, command) => {
    const named: unknown = command.opts().warehouse;
    if (typeof named !== "string") return;
    warehouse = named;
    followDemonstrationClock(named);
    // the demonstration has plans of its own in its warehouse
    const own = join(named, "sources");
    if (command.getOptionValueSource("sources") === "default" && existsSync(join(own, "plans"))) {
      command.setOptionValue("sources", own);
    }
  });
  try {
    await reportingWaits(context.warn, () => program.parseAsync(argv, { from: "user" }));
    return context.exitCode;
  } catch (error) {
    context.clear();
    return exitCodeOf(await plainOr(error, warehouse), context.warn);
  } finally {
    leaveDemonstrationClock();
    context.clear();
  }
}

/** The error in words, where the disk or a damaged file of the warehouse is behind it. */
async function plainOr(error: unknown, warehouse: string | null): Promise<unknown> {
  if (error instanceof CommanderError || warehouse === null) return error;
  const { plainFailure } = await import("./plain-failure.ts");
  return plainFailure(error, warehousePaths(warehouse)).catch(() => error);
}

function withSubcommands(command: AnyCommand): AnyCommand[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function exitCodeOf(error: unknown, warn: (text: string) => void): number {
  // the usage text has been printed already
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  if (error instanceof Failure) {
    warn(`chitieu: ${error.message}`);
    return error.exitCode;
  }
  warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  warn("chitieu: lỗi của chương trình. Đề nghị báo cho người phát triển, kèm các dòng trên.");
  return 1;
}

/** `chitieu status | head`: the reader has what it wants. */
function stopOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
}
