import { z } from "zod";
import { isCalendarDate } from "../vocabulary/date.ts";

/** A calendar date `YYYY-MM-DD` that exists. */
export const CalendarDate = z
  .string("must be a date in quotes or plain, like 2024-05-06")
  .regex(/^\d{4}-\d{2}-\d{2}$/, "must be a date like 2024-05-06")
  .refine(isCalendarDate, "is not a date of the calendar");
