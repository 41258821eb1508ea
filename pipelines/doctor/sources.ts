import { accessSync, constants, existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readCatalogue } from "../sources/catalogue.ts";
import { checkPlanFile } from "../sources/check/plan-check.ts";
import { isWrong, type UnsettledPlan, unsettledLines } from "../sources/unsettled-plan.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { chartOf, type Diagnosis } from "./diagnosis.ts";

const { ok, note, problem } = chartOf("sources");

/** Whether the plans, areas and units of a sources folder can be read, and files come in. */
export async function examineSources(
  sources: string,
  paths: Pick<WarehousePaths, "plans">,
): Promise<Diagnosis[]> {
  return [...plans(sources, paths), await inbox(sources)];
}

function plans(sources: string, paths: Pick<WarehousePaths, "plans">): Diagnosis[] {
  try {
    const { plans: all, unsettled, areas } = readCatalogue(sources, { plans: paths.plans });
    const inError = new Set(unsettled.map(({ plan_id }) => plan_id));
    return [
      ...all.map(({ plan, units }) =>
        ok("plan", `${plan.id}: ${plan.indicators.length} chỉ tiêu, ${units.length} đơn vị`),
      ),
      ...unsettled.map(ofUnsettled),
      ...all
        .filter(({ plan }) => !inError.has(plan.id))
        .flatMap(({ file }) => toCheck(file, sources)),
      ok("areas", `${areas.length} địa bàn`),
    ];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.message
      .split("\n")
      .map((line) => problem("plan", line, "Sửa, rồi kiểm tra bằng chitieu plan check."));
  }
}

function ofUnsettled(one: UnsettledPlan): Diagnosis {
  const found = unsettledLines(one).join("\n         ");
  const remedy = one.file.endsWith(".csv")
    ? "Sửa các dòng ấy."
    : `chitieu plan check ${one.file} nêu việc phải làm.`;
  const isNote = one.state === "draft" || !isWrong(one);
  return isNote ? note("plan", found, remedy) : problem("plan", found, remedy);
}

/** What a check of a plan file finds that does not keep its figures from being counted. */
function toCheck(file: string, sources: string): Diagnosis[] {
  const count = checkPlanFile(file, sources).problems.length;
  if (count === 0) return [];
  return [
    note("plan", `${file}: ${count} điểm cần xem lại`, `chitieu plan check ${file} nêu từng điểm.`),
  ];
}

async function inbox(sources: string): Promise<Diagnosis> {
  const folder = join(sources, "inbox");
  if (!existsSync(folder)) {
    return note(
      "inbox",
      `không có ${folder}`,
      "Tạo thư mục này nếu muốn tệp được tự động tiếp nhận.",
    );
  }
  try {
    accessSync(folder, constants.R_OK | constants.W_OK);
  } catch {
    return problem(
      "inbox",
      `người dùng này không có quyền lấy tệp ra khỏi ${folder}`,
      "Cấp quyền thư mục cho người dùng chạy chitieu.",
    );
  }
  const waiting = (await readdir(folder)).filter((name) => !name.startsWith(".")).length;
  return waiting === 0
    ? ok("inbox", "trống")
    : note("inbox", `${waiting} tệp đang chờ`, "chitieu refresh tiếp nhận, hoặc nêu vì sao không.");
}
