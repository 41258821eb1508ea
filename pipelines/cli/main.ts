import { type Command, CommanderError } from "commander";
import { Failure } from "../vocabulary/failure.ts";
import { processContext } from "./context.ts";
import { chitieuProgram } from "./program.ts";

const WRONG_USAGE = 2;

/**
 * Runs the command line.
 * @param argv the arguments after the program's name
 * @returns the exit code: 0 done, 1 something was refused or a check failed, 2 wrong usage
 */
export async function main(argv: string[]): Promise<number> {
  process.stdout.on("error", stopOnClosedPipe);
  const context = processContext(process.stdout, process.stderr);
  // options of the program itself take no value
  const asked = argv.find((one) => !one.startsWith("-"));
  const program = await chitieuProgram(context, (name) => name === asked || asked === "completion");
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
