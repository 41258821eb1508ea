import { fileURLToPath } from "node:url";
import { wordFiles } from "../vocabulary/generate-words.ts";
import { endScript } from "./make-files.ts";
import { writeFiles } from "./write-files.ts";

// `npm run generate`: writes every file of the repository that is made from another one. The words
// first, and only then is the rest loaded: it uses them.
const root = fileURLToPath(new URL("../../", import.meta.url));
try {
  writeFiles(root, wordFiles());
  await import("./generate-from-code.ts");
} catch (error) {
  endScript(error);
}
