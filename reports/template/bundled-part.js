/**
 * Whether pages of our own components are bundled and no others. Nothing of Evidence's is loaded then: its
 * tools take as long to load as half of the pages to compile, and who starts the program waits for it.
 */
export const IS_OWN = process.env.CHITIEU_PART === "own";
