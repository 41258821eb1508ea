import { Argument, type Command, type Option } from "@commander-js/extra-typings";
import { type CommandShape, SCRIPTS, SHELLS, type ValueKind } from "./completion-script.ts";
import type { Context } from "./context.ts";
import type { AnyCommand } from "./options.ts";

/** `completion SHELL`: made from the commands as they are. */
export function define(command: Command, context: Context): void {
  command
    .addArgument(new Argument("<shell>", "trình dòng lệnh cần gợi ý").choices(SHELLS))
    .addHelpText(
      "after",
      `
bash, trong ~/.bashrc:  source <(chitieu completion bash)
zsh, trong ~/.zshrc:    source <(chitieu completion zsh)
fish:                   chitieu completion fish > ~/.config/fish/completions/chitieu.fish`,
    )
    .action((shell) => {
      const program = command.parent ?? command;
      context.out(SCRIPTS[shell](shapesOf(program, [])));
    });
}

/** A command and all within it. */
function shapesOf(command: AnyCommand, path: readonly string[]): CommandShape[] {
  const help = command.createHelp();
  const inner = help.visibleCommands(command);
  const shape: CommandShape = {
    path,
    summary: command.summary(),
    commands: inner.map((one) => ({ name: one.name(), summary: one.summary() })),
    options: help.visibleOptions(command).map((option) => ({
      flag: option.long ?? option.short ?? "",
      summary: option.description,
      value: optionValue(option),
    })),
    argument: argumentOf(command),
  };
  return [shape, ...inner.flatMap((one) => shapesOf(one, [...path, one.name()]))];
}

function optionValue(option: Option): ValueKind {
  if (!option.required && !option.optional) return null;
  return kindOf(option.argChoices, /<([^>]*)>/.exec(option.flags)?.[1] ?? "");
}

function argumentOf(command: AnyCommand): ValueKind {
  const [argument] = command.registeredArguments;
  return argument === undefined ? null : kindOf(argument.argChoices, argument.name());
}

function kindOf(choices: readonly string[] | undefined, name: string): ValueKind {
  if (choices !== undefined) return choices;
  if (name === "file") return "file";
  return name === "dir" || name === "folder" ? "folder" : "text";
}
