import { readFileSync } from "node:fs";
import { pdfBlocks } from "./pipelines/readers/pdf-reader.ts";
console.log(JSON.stringify(await pdfBlocks(readFileSync(process.argv[2]!)),null,1));
