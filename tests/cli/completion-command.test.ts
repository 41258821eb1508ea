import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { newFolder } from "../folders.ts";
import { runHere } from "./run.ts";

let folder = "";

beforeAll(async () => {
  folder = newFolder("chitieu-completion-");
  mkdirSync(join(folder, "một kho"));
  writeFileSync(join(folder, "báo cáo Q2.xlsx"), "");
  const { out, code } = await runHere(["completion", "bash"]);
  expect(code).toBe(0);
  writeFileSync(join(folder, ".chitieu.bash"), out);
});

/** What is typed so far, and what bash offers for its last word. */
const CASES: [words: string[], offered: string[]][] = [
  [["re"], ["refresh", "rebuild", "restore"]],
  [["st"], ["status"]],
  [
    ["plan", ""],
    ["check", "new", "next", "read", "hand-down", "map", "--help"],
  ],
  [["clock", "conf"], ["confirm"]],
  [["clock", "confirm", "--re"], ["--reason"]],
  [["status", "--pl"], ["--plan"]],
  [
    ["serve", "--audience", ""],
    ["shared", "city"],
  ],
  [["publish", "2024-Q2", "--class", "c"], ["correction"]],
  [["status", "--warehouse", "m"], ["một kho"]],
  [["ingest", "b"], ["báo cáo Q2.xlsx"]],
  [["status", "--plan", ""], []],
  [
    ["completion", ""],
    ["bash", "zsh", "fish", "--help"],
  ],
  [["build", "--json", "--as"], ["--as-of"]],
];

test("bash offers what may follow", () => {
  const script = `
    source .chitieu.bash
    while IFS=$'\\t' read -r -a words; do
      COMP_WORDS=(chitieu "\${words[@]}"); COMP_CWORD=\${#words[@]}; COMPREPLY=()
      [ "\${words[-1]}" = - ] && COMP_WORDS[-1]=""
      _chitieu
      printf '%s\\t' "\${COMPREPLY[@]}"; echo
    done`;
  const { stdout, stderr, status } = spawnSync("bash", ["-c", script], {
    ...{ cwd: folder, encoding: "utf8" },
    // an empty word would be lost between tabs
    input: CASES.map(([words]) => `${words.map((one) => one || "-").join("\t")}\n`).join(""),
  });
  expect([stderr, status]).toEqual(["", 0]);
  const offered = stdout.trimEnd().split("\n");
  expect(
    CASES.map(([words], index) => [
      words,
      offered[index]?.split("\t").filter((word) => word !== ""),
    ]),
  ).toEqual(CASES);
});

test.each(["bash", "zsh", "fish"])("%s has every command", async (shell) => {
  const { out } = await runHere(["completion", shell]);
  const { out: help } = await runHere(["--help"]);
  const commands = [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? "");
  expect(commands.length).toBeGreaterThan(15);
  for (const command of commands) expect(out).toContain(command);
});
