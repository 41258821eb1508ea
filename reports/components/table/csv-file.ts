// CSV files of pages are written like those of the whole project.
export * from "../../../pipelines/vocabulary/csv-file.ts";
