import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readDocument } from "../../pipelines/readers/document-reader.ts";
import { textBlocks } from "../../pipelines/readers/text-blocks.ts";
import { type PlanReading, readPlan } from "../../pipelines/reading-plans/read-plan.ts";
import { newFolder } from "../folders.ts";
import { convert, hasLibreOffice } from "../libreoffice.ts";
import { flatOf, inShort, textOf, WRITTEN } from "./four-formats.ts";

/** Has LibreOffice write every plan in a format; the file of a plan has its name. */
function write(folder: string, format: "docx" | "odt"): string {
  const out = join(folder, format);
  mkdirSync(out, { recursive: true });
  for (const plan of WRITTEN) writeFileSync(join(folder, `${plan.name}.fodt`), flatOf(plan));
  convert(
    folder,
    format,
    WRITTEN.map(({ name }) => `${name}.fodt`),
    out,
  );
  return out;
}

/** Lists, hanging and first-line indents, columns, tables with lines and without, notes and heads of pages. */
describe.skipIf(!hasLibreOffice).each(["docx", "odt"] as const)(
  "plans as .%s of LibreOffice",
  (format) => {
    let folder = "";
    beforeAll(() => {
      folder = write(newFolder(), format);
    });

    test.each(WRITTEN)("$name is read as its .txt", async (plan) => {
      const blocks = await readDocument(readFileSync(join(folder, `${plan.name}.${format}`)));
      if ("code" in blocks) throw new Error(blocks.found);
      const [read, typed] = [readPlan(blocks), readPlan(textBlocks(textOf(plan)))];
      expect(inShort(read)).toEqual(inShort(typed));
      const head = (one: PlanReading) => [one.number, one.date, one.authority, one.title];
      expect(head(read)).toEqual(head(typed));
    });
  },
);
