/**
 * Whom pages are for: whoever sees the office's pages, from whom small counts of sensitive measures are
 * withheld, and the city. Also the schemas of the marts that every model of the layer `audience` is
 * built in, once for each.
 */
export const AUDIENCES = ["shared", "city"] as const;
