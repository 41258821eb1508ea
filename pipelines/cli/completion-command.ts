import { Argument, type Command } from "commander";
import type { Context } from "./context.ts";

/** `completion bash`: made from the commands as they are. */
export function define(command: Command, context: Context): void {
  command
    .addArgument(new Argument("<shell>", "trình dòng lệnh cần gợi ý").choices(["bash"]))
    .addHelpText("after", "\nTrong ~/.bashrc:  source <(chitieu completion bash)")
    .action(() => context.out(bashScript(withInner(command.parent ?? command, ""))));
}

/** A command and all within it, each with its path: ` findings acknowledge`, empty for the program itself. */
function withInner(command: Command, path: string): [path: string, command: Command][] {
  const inner = command.createHelp().visibleCommands(command);
  return [[path, command], ...inner.flatMap((one) => withInner(one, `${path} ${one.name()}`))];
}

function bashScript(commands: readonly [path: string, command: Command][]): string {
  const values: string[] = [];
  const words: string[] = [];
  for (const [path, command] of commands) {
    const help = command.createHelp();
    const options = help.visibleOptions(command);
    for (const { long, flags, required, optional, argChoices } of options) {
      if (!required && !optional) continue;
      const reply = replyOf(argChoices, /<([^>]*)>/.exec(flags)?.[1] ?? "") ?? ":";
      values.push(`    ${quoted(`${path} ${long}`)}) ${reply}; return ;;`);
    }
    const [argument] = command.registeredArguments;
    const all = [
      ...help.visibleCommands(command).map((one) => one.name()),
      ...(argument?.argChoices ?? []),
      ...options.map(({ long, short }) => long ?? short ?? ""),
    ];
    const files = replyOf(undefined, argument?.name() ?? "");
    const more = files === null ? "" : `; [[ $current == -* ]] || ${files}`;
    words.push(`    ${quoted(path)}) ${replyOf(all, "")}${more} ;;`);
  }
  const paths = commands.flatMap(([path]) => (path === "" ? [] : [quoted(path)]));
  return `# Completes chitieu in bash: source <(chitieu completion bash)
_chitieu() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word
  local IFS=$'\\n'
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command $word" in
      ${paths.join(" | ")}) command="$command $word" ;;
    esac
  done
  COMPREPLY=()
  case "$command $previous" in
${values.join("\n")}
  esac
  case "$command" in
${words.join("\n")}
  esac
}
complete -o filenames -F _chitieu chitieu`;
}

/** How words, or files by the name of what is asked for, are offered; null where nothing is known. */
function replyOf(words: readonly string[] | undefined, name: string): string | null {
  if (words !== undefined) {
    return `COMPREPLY=($(compgen -W $'${words.join("\\n")}' -- "$current"))`;
  }
  if (name === "file") return 'COMPREPLY=($(compgen -f -- "$current"))';
  return name === "dir" || name === "folder" ? 'COMPREPLY=($(compgen -d -- "$current"))' : null;
}

/** A word of the shell. Of all that it might take as its own, single quotes leave nothing. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
