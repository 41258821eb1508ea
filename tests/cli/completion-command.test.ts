import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
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

/** What bash offers for the last of some words, as typed so far. */
function completed(...words: readonly string[]): string[] {
  const script = `
    source .chitieu.bash
    COMP_WORDS=(chitieu "$@"); COMP_CWORD=$#
    _chitieu
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync("bash", ["-c", script, "bash", ...words], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout.split("\n").filter((line) => line !== "");
}

describe("in bash", () => {
  const CASES: [words: string[], offered: string[]][] = [
    [["re"], ["refresh", "rebuild", "restore"]],
    [["st"], ["status"]],
    [
      ["plan", ""],
      ["check", "new", "next", "read", "hand-down", "map", "--help"],
    ],
    [["findings", "ack"], ["acknowledge"]],
    [["findings", "acknowledge", "--re"], ["--reason"]],
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
  test.each(CASES)("chitieu %j is followed by %j", (words, offered) => {
    expect(completed(...words)).toEqual(offered);
  });
});

test.each(["bash", "zsh", "fish"])("%s has every command", async (shell) => {
  const { out } = await runHere(["completion", shell]);
  const { out: help } = await runHere(["--help"]);
  const commands = [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? "");
  expect(commands.length).toBeGreaterThan(15);
  for (const command of commands) expect(out).toContain(command);
});
