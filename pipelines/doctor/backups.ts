import { lastBackup } from "../ledger/backup.ts";
import { officeTime } from "../vocabulary/date.ts";
import { chartOf, type Diagnosis } from "./diagnosis.ts";

const { ok, problem } = chartOf("warehouse");

/** A backup of each night, and one night that may fail. */
const OLDEST_MS = 50 * 60 * 60 * 1000;

/** Whether the last backup in a folder is of these days. */
export async function examineBackups(folder: string, now: Date): Promise<Diagnosis> {
  const made = await lastBackup(folder);
  const remedy = "Tìm vì sao chitieu backup không chạy hoặc không xong.";
  if (made === null) return problem("backup", `không có bản sao lưu nào ở ${folder}`, remedy);
  const found = `bản gần nhất ở ${folder} lúc ${officeTime(made)}`;
  const age = now.getTime() - made.getTime();
  const one = age > OLDEST_MS ? problem("backup", found, remedy) : ok("backup", found);
  return { ...one, amount: age / 1000 };
}
