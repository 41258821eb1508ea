import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { readFindings } from "../vocabulary/generate-findings.ts";
import { ANSWERS } from "../vocabulary/words.ts";
import { betweenMarks } from "./marked-text.ts";

const FILE = "docs/files.md";

/** `docs/files.md` with its table of doubts, from `findings.yaml`, those of models in italics. */
export async function doubtDocumentFiles(root: string): Promise<Map<string, string>> {
  const { files, figures } = readFindings(ANSWERS.nil.word);
  const rows = [files, figures].flatMap((codes, isOfModel) =>
    Object.entries(codes).flatMap(([code, { severity, word, when }]) => {
      const name = isOfModel === 1 ? `*\`${code}\`*` : `\`${code}\``;
      return severity === "doubt" ? [`| ${name} | ${word} | ${when ?? ""} |`] : [];
    }),
  );
  const table = ["| doubt | its words | found where |", "| --- | --- | --- |", ...rows].join("\n");
  const file = join(root, FILE);
  const text = betweenMarks(readFileSync(file, "utf8"), FILE, "doubts", table);
  return new Map([[FILE, await format(text, { ...(await resolveConfig(file)), filepath: file })]]);
}
