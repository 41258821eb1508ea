import { API_ROUTES } from "../desk/api/api-app.ts";
import { openApi } from "../desk/api/openapi.ts";

/** The description of the API as a file, by its path. */
export function apiDocumentFiles(): Map<string, string> {
  return new Map([["docs/openapi.json", `${JSON.stringify(openApi(API_ROUTES), null, 2)}\n`]]);
}
