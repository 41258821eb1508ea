// Letters of pages are changed like those of the whole project.
export { capital, inSentence } from "../../pipelines/vocabulary/letter-case.ts";
