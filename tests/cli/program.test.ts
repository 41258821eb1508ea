import { describe, expect, test } from "vitest";
import { processContext } from "../../pipelines/cli/context.ts";
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
});
