/** A place in an SQL file that breaks the house style. */
export interface StyleProblem {
  /** Line, counted from 1. */
  readonly line: number;
  /** What is wrong there and what to write instead. */
  readonly problem: string;
}

/** Columns that a line may fill, as everywhere in the project. */
const WIDTH = 100;

/**
 * What of the house style (docs/decisions/0001-sql-style.md) a machine can see in an SQL file: its
 * first line says what a row is, lower case, indented by 4 spaces, at most 100 columns, no white
 * space at an end, and no bare `select *` from a table.
 * @returns the problems in the order of their lines
 */
export function styleProblems(sql: string): StyleProblem[] {
  const lines = sql.split("\n");
  const problems = lines.flatMap((line, index) =>
    [...lineProblems(line)].map((problem) => ({ line: index + 1, problem })),
  );
  if (!sql.startsWith("-- ")) {
    problems.push({ line: 1, problem: "no comment on top: say what one row is" });
  }
  if (lines.at(-1) !== "" || lines.at(-2) === "") {
    problems.push({ line: lines.length, problem: "ends without one line break: write one" });
  }
  const code = bareCode(sql);
  for (const { index } of code.matchAll(/\bselect\s+\*\s+from\s+\w+\.\w/g)) {
    const line = code.slice(0, index).split("\n").length;
    problems.push({ line, problem: "select * from a table: name the columns that are meant" });
  }
  for (const { index, 0: word } of code.matchAll(/\b[A-Z]{2,}\b/g)) {
    const line = code.slice(0, index).split("\n").length;
    problems.push({ line, problem: `${word}: write ${word.toLowerCase()}` });
  }
  return problems.sort((a, b) => a.line - b.line);
}

function* lineProblems(line: string): Generator<string> {
  const columns = [...line].length;
  if (columns > WIDTH) yield `${columns} columns: break the line before column ${WIDTH + 1}`;
  if (line.includes("\t")) yield "a tab: indent by 4 spaces";
  if (line !== line.trimEnd()) yield "white space at the end: remove it";
  const indent = line.length - line.trimStart().length;
  if (indent % 4 !== 0 && line.trim() !== "") yield `indented by ${indent}: use steps of 4 spaces`;
}

/** The SQL with texts, quoted names and comments blanked, every line where it was. */
function bareCode(sql: string): string {
  const quoted = /--[^\n]*|\/\*.*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\$.*?\$\$/gs;
  return sql.replace(quoted, (text) => text.replace(/[^\n]/g, " "));
}
