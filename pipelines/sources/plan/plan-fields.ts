import { z } from "zod";
import { isCalendarDate } from "../../vocabulary/date.ts";

/** Codes travel in file names, addresses and CSV files, so they stay plain. */
export const Code = z
  .string('phải là chữ; mã như "1.1" phải để trong dấu ngoặc kép')
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    "chỉ gồm chữ A-Z không dấu, chữ số, dấu chấm, gạch ngang, gạch dưới; bắt đầu bằng chữ hoặc số",
  );

export const Text = z.string("phải là chữ").trim().min(1, "không được để trống");

/** An exact decimal with at most four decimals, kept as text so that it never becomes a float. */
export const Decimal = z
  .union([z.number(), z.string()], "phải là một số")
  .transform((value) => String(value))
  .refine(
    (text) => /^-?\d{1,12}(\.\d{1,4})?$/.test(text),
    "phải là một số, nhiều nhất 4 chữ số thập phân sau dấu chấm, không có dấu % và dấu hàng nghìn",
  );

/** The same in a table, where `1.500` was most likely meant as Vietnamese writes it. */
export const TableDecimal = Decimal.refine(
  (text) => !/^-?[1-9]\d{0,2}\.\d{3}$/.test(text),
  "dấu chấm ở đây là dấu thập phân; nếu đúng là số thập phân thì ghi thêm số 0 ở cuối",
);

export const PositiveInteger = z
  .number("phải là số nguyên")
  .int("phải là số nguyên")
  .min(1, "phải từ 1 trở lên");

/** How a reading is compared with the bound of a condition. */
export const Comparator = z.enum([">=", ">", "<=", "<"]);
export type Comparator = z.infer<typeof Comparator>;

/** A calendar date `YYYY-MM-DD` that exists. */
export const CalendarDate = z
  .string("phải là ngày, ghi NNNN-TT-NN (năm-tháng-ngày)")
  .regex(/^\d{4}-\d{2}-\d{2}$/, "phải là ngày, ghi NNNN-TT-NN (năm-tháng-ngày)")
  .refine(isCalendarDate, "không có ngày này trong lịch");

/** `2030-01-07` for `07/01/2030` and `2030-07-01` for `2030-01-07` with a thirteenth month: day before month. */
export function dateMeant(typed: string): string | null {
  const [, day = "", month = "", year = ""] =
    /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed) ?? [];
  const [, first = "", second = "", third = ""] =
    /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(typed) ?? [];
  const date = (y: string, m: string, d: string): string =>
    `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
  const ways = year === "" ? [date(first, second, third), date(first, third, second)] : [];
  const meant = [...ways, date(year, month, day)].find(isCalendarDate);
  return meant === undefined || meant === typed ? null : meant;
}

/** `5300` for `5.300.000` and the like, `30` for `30%`, `5.3` for `5,3`, `-5` for `−5`. */
export function numberMeant(typed: string): string | null {
  const bare = typed
    .replace(/^[<>=≥≤\s]+/, "")
    .replace(/\s*%$/, "")
    .replace(/^[−–]\s*/, "-");
  // either may be meant: the message names both
  if (/^-?[1-9]\d{0,2},\d{3}$/.test(bare)) return null;
  const plainNumber = /^-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(bare)
    ? bare.replaceAll(".", "").replace(",", ".")
    : bare.replace(",", ".");
  return plainNumber !== typed && /^-?\d{1,12}(\.\d{1,4})?$/.test(plainNumber) ? plainNumber : null;
}
