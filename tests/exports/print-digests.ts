import { exportFiles } from "../../pipelines/exports/exported-files.ts";
import { FORMATS } from "../../pipelines/exports/format.ts";
import { givenReport } from "./given.ts";

/** Run as a program of its own: prints the name and the digest of every file. */
const files = await exportFiles(givenReport(), FORMATS);
console.log(JSON.stringify(files.map(({ name, sha256 }) => [name, sha256])));
