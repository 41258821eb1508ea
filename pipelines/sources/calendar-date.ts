import { z } from "zod";
import { isCalendarDate } from "../vocabulary/date.ts";

/** A calendar date `YYYY-MM-DD` that exists. */
export const CalendarDate = z
  .string("phải là ngày, ghi NNNN-TT-NN (năm-tháng-ngày)")
  .regex(/^\d{4}-\d{2}-\d{2}$/, "phải là ngày, ghi NNNN-TT-NN (năm-tháng-ngày)")
  .refine(isCalendarDate, "không có ngày này trong lịch");
