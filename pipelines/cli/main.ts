import { Command, CommanderError } from "commander";
import { Failure } from "../vocabulary/failure.ts";
import { buildCommand } from "./build.ts";
import { processContext } from "./context.ts";
import { demoCommand } from "./demo.ts";
import { exportCommand } from "./export.ts";
import { findingsCommand } from "./findings.ts";
import { formsCommand } from "./forms.ts";
import { ingestCommand } from "./ingest.ts";
import { planCommand } from "./plan.ts";
import { publishCommand } from "./publish.ts";
import { rebuildCommand } from "./rebuild.ts";
import { refreshCommand } from "./refresh.ts";
import { serveCommand } from "./serve.ts";
import { siteCommand } from "./site.ts";
import { statusCommand } from "./status.ts";
import { verifyCommand } from "./verify.ts";
import { softwareVersion } from "./version.ts";
import { watchCommand } from "./watch.ts";

const WRONG_USAGE = 2;

/**
 * Runs the command line.
 * @param argv the arguments after the program's name
 * @returns the exit code: 0 done, 1 something was refused or a check failed, 2 wrong usage
 */
export async function main(argv: string[]): Promise<number> {
  process.stdout.on("error", stopOnClosedPipe);
  const context = processContext(process.stdout, process.stderr);
  const program = new Command("chitieu")
    .description("From the reports of wards and departments to indicator attainment.")
    .version(softwareVersion(), "-V, --version", "show the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand(false)
    // an option that stands after a command is that command's, also of a command within another
    .enablePositionalOptions();
  const commands = [
    refreshCommand(context),
    watchCommand(context),
    formsCommand(context),
    ingestCommand(context),
    buildCommand(context),
    statusCommand(context),
    publishCommand(context),
    verifyCommand(context),
    exportCommand(context),
    findingsCommand(context),
    siteCommand(context),
    serveCommand(context),
    rebuildCommand(context),
    demoCommand(context),
    planCommand(context),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of withSubcommands(program)) {
    command.exitOverride().showHelpAfterError().allowExcessArguments(false);
  }
  try {
    await program.parseAsync(argv, { from: "user" });
    return context.exitCode;
  } catch (error) {
    context.clear();
    return exitCodeOf(error, context.warn);
  } finally {
    context.clear();
  }
}

function withSubcommands(command: Command): Command[] {
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
  warn("chitieu: this should not happen. Please report it with the lines above.");
  return 1;
}

/** `chitieu status | head`: the reader has what it wants. */
function stopOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
}
