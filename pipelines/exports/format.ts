/** What a version is exported as; a data package describes the files of the data formats. */
export const FORMATS = ["xlsx", "docx", "csv", "arrow", "parquet"] as const;
export type Format = (typeof FORMATS)[number];
