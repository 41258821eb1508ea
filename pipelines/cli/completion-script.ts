/** Shells that there is a completion for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** What may follow an option, or stand as a command's argument: some words, or what a shell knows. */
export type ValueKind = readonly string[] | "file" | "folder" | "text" | null;

/** A command as a shell completes it. */
export interface CommandShape {
  /** `["clock", "confirm"]`; empty for the program itself. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  readonly options: readonly {
    /** `--sources` */
    readonly flag: string;
    readonly summary: string;
    /** Null where the option takes none. */
    readonly value: ValueKind;
  }[];
  /** Null where the command takes none. */
  readonly argument: ValueKind;
}

/** The script for each shell. */
export const SCRIPTS: Readonly<Record<Shell, (shapes: readonly CommandShape[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

function bashScript(shapes: readonly CommandShape[]): string {
  const values = shapes.flatMap(({ path, options }) =>
    options
      .filter(({ value }) => value !== null)
      .map(
        ({ flag, value }) => `    ${quoted(key([...path, flag]))}) ${bashReply(value)}; return ;;`,
      ),
  );
  const words = shapes.map(({ path, commands, options, argument }) => {
    const all = [
      ...commands.map(({ name }) => name),
      ...(Array.isArray(argument) ? argument : []),
      ...options.map(({ flag }) => flag),
    ];
    const files = argument === "file" || argument === "folder";
    const more = files ? `; [[ $current == -* ]] || ${bashReply(argument)}` : "";
    return `    ${quoted(key(path))}) ${bashReply(all)}${more} ;;`;
  });
  return `# Completes chitieu in bash: source <(chitieu completion bash)
_chitieu() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command="" word
  local IFS=$'\\n'
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command $word" in
      ${paths(shapes).map(quoted).join(" | ")}) command="$command $word" ;;
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

function bashReply(value: ValueKind): string {
  if (value === "file") return 'COMPREPLY=($(compgen -f -- "$current"))';
  if (value === "folder") return 'COMPREPLY=($(compgen -d -- "$current"))';
  if (value === "text" || value === null) return ":";
  return `COMPREPLY=($(compgen -W $'${value.join("\\n")}' -- "$current"))`;
}

function zshScript(shapes: readonly CommandShape[]): string {
  const cases = shapes.map(({ path, commands, options, argument }) => {
    const listed = commands.map(({ name, summary }) => quoted(`${name}:${summary}`)).join(" ");
    const inner = listed === "" ? [] : [`local -a inner=(${listed})`, "_describe command inner"];
    const specs = options.map(({ flag, summary, value }) =>
      quoted(`${flag}[${escaped(summary)}]${value === null ? "" : `:value:${zshAction(value)}`}`),
    );
    const own = argument === null ? [] : [quoted(`*:argument:${zshAction(argument)}`)];
    const lines = [...inner, `_arguments ${[...specs, ...own].join(" ")}`];
    return `    ${quoted(key(path))})\n${lines.map((line) => `      ${line}`).join("\n")}\n      ;;`;
  });
  return `#compdef chitieu
# Completes chitieu in zsh: source <(chitieu completion zsh)
_chitieu() {
  local command="" word
  for word in \${words[2,CURRENT-1]}; do
    case "$command $word" in
      ${paths(shapes).map(zshPattern).join(" | ")}) command="$command $word" ;;
    esac
  done
  case "$command" in
${cases.join("\n")}
  esac
}
compdef _chitieu chitieu`;
}

function zshAction(value: ValueKind): string {
  if (value === "file") return "_files";
  if (value === "folder") return "_files -/";
  return value === "text" || value === null ? " " : `(${value.join(" ")})`;
}

/** Parentheses keep a blank within a pattern of zsh. */
function zshPattern(text: string): string {
  return `(${quoted(text)})`;
}

function fishScript(shapes: readonly CommandShape[]): string {
  const lines = shapes.flatMap(({ path, commands, options, argument }) => {
    const names = commands.map(({ name }) => name).join(" ");
    const within = path.map((name) => `__fish_seen_subcommand_from ${name}`);
    const alone = names === "" ? [] : [`not __fish_seen_subcommand_from ${names}`];
    const when = `-n ${quoted([...within, ...alone].join("; and ") || "true")}`;
    const words = Array.isArray(argument) ? [`-a ${quoted(argument.join(" "))}`] : [];
    const files = argument === "file" || argument === "folder" ? ["-F"] : words;
    return [
      ...commands.map(({ name, summary }) => `-f ${when} -a ${name} -d ${quoted(summary)}`),
      ...options.map(
        ({ flag, summary, value }) =>
          `${when} -l ${flag.slice(2)} -d ${quoted(summary)}${fishValue(value)}`,
      ),
      ...files.map((one) => `${when} ${one}`),
    ].map((line) => `complete -c chitieu ${line}`);
  });
  return `# Completes chitieu in fish\ncomplete -c chitieu -f\n${lines.join("\n")}`;
}

function fishValue(value: ValueKind): string {
  if (value === null) return "";
  if (value === "file") return " -r -F";
  if (value === "folder") return " -x -a '(__fish_complete_directories)'";
  return value === "text" ? " -x" : ` -x -a ${quoted(value.join(" "))}`;
}

/** ` clock confirm`; empty for the program itself. */
function key(path: readonly string[]): string {
  return path.map((name) => ` ${name}`).join("");
}

function paths(shapes: readonly CommandShape[]): string[] {
  return shapes.filter(({ path }) => path.length > 0).map(({ path }) => key(path));
}

/** A word of a shell. Of all that a shell might take as its own, single quotes leave nothing. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** In an option of zsh's _arguments. */
function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, "\\$&");
}
