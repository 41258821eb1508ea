import { Command } from "commander";
import type { Context } from "./context.ts";
import { bareCommand, newCommand } from "./options.ts";
import { softwareVersion } from "./version.ts";

/** A command's file: gives the command its arguments, its options and what it does. */
interface Definition {
  define(command: Command, context: Context): void;
}

/** A command as the list of commands shows it. */
interface Listed {
  readonly summary: string;
  /** Its arguments, as its file defines them. */
  readonly takes?: string;
  /** It works with neither sources nor warehouse, or leaves that to commands of its own. */
  readonly isBare?: true;
  /** Its file, and with it all that the command works with; loaded for that command alone. */
  load(): Promise<Definition>;
}

/** Every command, in the order of the list that `--help` shows. */
const COMMANDS: Readonly<Record<string, Listed>> = {
  refresh: {
    summary: "ingest the inbox, build the models, render the pages",
    load: () => import("./refresh-command.ts"),
  },
  watch: {
    summary: "refresh whenever a file comes into the inbox, until it is ended",
    load: () => import("./watch-command.ts"),
  },
  forms: {
    summary: "write the blank Excel forms of a period, one a unit",
    takes: "[period]",
    load: () => import("./forms-command.ts"),
  },
  ingest: {
    summary: "ingest files: forms (.xlsx, .ods, .xls) and long CSV files; they stay in place",
    takes: "<file...>",
    load: () => import("./ingest-command.ts"),
  },
  build: {
    summary: "build the models and swap the marts when every check holds",
    load: () => import("./build-command.ts"),
  },
  status: {
    summary: "whom to chase up and who has sent what; what one unit owes over all plans",
    takes: "[period]",
    load: () => import("./status-command.ts"),
  },
  publish: {
    summary: "freeze the report of a period as its next version",
    takes: "<period>",
    load: () => import("./publish-command.ts"),
  },
  verify: {
    summary: "derive published versions again and name whatever differs",
    takes: "[period]",
    load: () => import("./verify-command.ts"),
  },
  export: {
    summary: "write the tables and the document of a published report",
    takes: "[period]",
    load: () => import("./export-command.ts"),
  },
  findings: {
    summary: "the errors and doubts that are open",
    takes: "[period]",
    load: () => import("./findings-command.ts"),
  },
  sql: {
    summary: "ask the tables that everybody may see, or list them",
    takes: "[query]",
    load: () => import("./sql-command.ts"),
  },
  texts: {
    summary: "notes and reasons that wait for somebody to say who may read them",
    load: () => import("./texts-command.ts"),
  },
  erase: {
    summary: "take a received file or a text out of the warehouse for good",
    load: () => import("./erase-command.ts"),
  },
  site: {
    summary: "render the pages from the marts",
    load: () => import("./site-command.ts"),
  },
  serve: {
    summary: "show the rendered pages on this machine until Ctrl-C",
    load: () => import("./serve-command.ts"),
  },
  desk: {
    summary: "the web door: units send their reports, the office follows them, until Ctrl-C",
    load: () => import("./desk-command.ts"),
  },
  "seal-key": {
    summary: "make the key with which the seals of published versions are signed",
    takes: "<file>",
    isBare: true,
    load: () => import("./seal-key-command.ts"),
  },
  rebuild: {
    summary:
      "make the ledger again from the archive, or with --journal the journal from the ledger",
    load: () => import("./rebuild-command.ts"),
  },
  demo: {
    summary: "show the whole on made-up figures, kept apart from real ones",
    load: () => import("./demo-command.ts"),
  },
  dev: {
    summary: "work on pages: show them live, each change when it is saved, until Ctrl-C",
    load: () => import("./dev-command.ts"),
  },
  areas: {
    summary: "find areas by their names: code, from when to when, what became of them",
    takes: "<words...>",
    load: () => import("./areas-command.ts"),
  },
  plan: {
    summary: "check plan files, begin one, make next year's",
    isBare: true,
    load: () => import("./plan-command.ts"),
  },
  doctor: {
    summary: "say what is wrong with this machine, the warehouse or the sources",
    load: () => import("./doctor-command.ts"),
  },
  backup: {
    summary: "copy what everything else can be made from, and check the copy",
    takes: "<folder>",
    load: () => import("./backup-command.ts"),
  },
  restore: {
    summary: "bring the archive, the ledger and the replies back from a backup",
    takes: "<backup>",
    load: () => import("./restore-command.ts"),
  },
  completion: {
    summary: "print the script that completes commands and options in a shell",
    takes: "<shell>",
    isBare: true,
    load: () => import("./completion-command.ts"),
  },
};

/**
 * The command line, with the files loaded of those commands that `isLoaded` names; of the others it
 * has what the list of commands shows.
 */
export async function chitieuProgram(
  context: Context,
  isLoaded: (name: string) => boolean = () => true,
): Promise<Command> {
  const program = new Command("chitieu")
    .description("From the reports of wards and departments to indicator attainment.")
    .version(softwareVersion(), "-V, --version", "show the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand(false)
    // an option that stands after a command is that command's, also of a command within another
    .enablePositionalOptions();
  for (const [name, { summary, takes, isBare, load }] of Object.entries(COMMANDS)) {
    const command = isBare ? bareCommand(name, summary) : newCommand(name, summary);
    if (isLoaded(name)) (await load()).define(command, context);
    else if (takes !== undefined) command.arguments(takes);
    program.addCommand(command);
  }
  return program;
}
