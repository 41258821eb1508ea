import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { processContext } from "../../pipelines/cli/context.ts";
import type { AnyCommand } from "../../pipelines/cli/options.ts";
import { chitieuProgram } from "../../pipelines/cli/program.ts";

const context = processContext(process.stdout, process.stderr);

describe("the list of commands", () => {
  test("is the same before their files are loaded as after", async () => {
    const listed = await chitieuProgram(context, () => false);
    const loaded = await chitieuProgram(context);
    expect(listed.helpInformation()).toBe(loaded.helpInformation());
    expect(listed.helpInformation()).toContain("  export [tùy chọn] [period] ");
  });

  test("has commands that say what they do", async () => {
    const { commands } = await chitieuProgram(context);
    for (const command of commands) expect(command.summary(), command.name()).not.toBe("");
  });

  test("has nothing that is not said in Vietnamese", async () => {
    const all = (command: AnyCommand): AnyCommand[] => [command, ...command.commands.flatMap(all)];
    const descriptions = all(await chitieuProgram(context)).flatMap((command) => [
      command.description(),
      ...command.options.map(({ description }) => description),
      ...command.registeredArguments.map(({ description }) => description),
    ]);
    expect(descriptions.filter((text) => !isVietnamese(text))).toEqual([]);
  });
});

/** Rooms whose failures are told to whoever runs an office, and how they are told. */
const ROOMS = "cli desk doctor forms intake ledger publishing warehouse".split(" ");
const TOLD =
  /(?:wrongUsage|Failure|InvalidArgumentError|fileFailure\(error,|\.(?:out|warn|progress|step))\(?\s*(["`])((?:(?!\1)[^\n])*)\1/g;

test("no failure is told in another language", () => {
  const files = ROOMS.flatMap((room) => {
    const folder = join("pipelines", room);
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name));
  });
  expect(files.length).toBeGreaterThan(150);
  const foreign = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(TOLD)]
      .map(([, , text = ""]) => text.replace(/\$\{[^}]*\}/g, ""))
      .filter((text) => /[a-z]{2} [a-z]{2}/.test(text) && !isVietnamese(text))
      .map((text) => `${file}: ${text}`),
  );
  expect(foreign).toEqual([]);
});

/** Every sentence of it has one of these before long. */
function isVietnamese(text: string): boolean {
  return text === "" || /[à-ỹđ]/i.test(text.normalize("NFC"));
}
