import type { ReportRow } from "../../types/tables.ts";
import { inSentence } from "../letter-case.ts";

/** `Báo cáo quý II năm 2024, phiên bản 2` */
export function titleOf({ period_name, version }: ReportRow): string {
  return `Báo cáo ${inSentence(period_name)}, phiên bản ${version}`;
}

/** Of when the figures are, and the code by which the version is known, for its margins. */
export function asOfText({ as_of, check_code, sha256 }: ReportRow): string {
  return `${as_of}, mã kiểm tra ${check_code ?? sha256.slice(0, 12)}`;
}
