import { z } from "zod";
import { isCalendarDate } from "../vocabulary/date.ts";

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
    "phải là một số, nhiều nhất 4 chữ số thập phân, dấu thập phân là dấu chấm, không có dấu % và không có dấu phân cách hàng nghìn",
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
