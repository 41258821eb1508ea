// The words of pages are those of the whole project.
export * from "../../pipelines/vocabulary/words.ts";
