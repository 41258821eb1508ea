/** The zone in which every date and deadline of a plan is meant. */
export const OFFICE_ZONE = "Asia/Ho_Chi_Minh";

/** Vietnam has kept UTC+7 without daylight saving since 1975. */
export const OFFICE_OFFSET = "+07:00";

/** Whether a text is a date `YYYY-MM-DD` that exists. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/**
 * Reads a moment typed by an operator: `2024-06-08`, `2024-06-08T10:00` or `…T10:00:30`, meant in
 * office time unless it carries its own offset (`Z`, `+07:00`). A date alone is its first instant.
 * @throws RangeError when the text is not such a moment.
 */
export function parseMoment(text: string): Date {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(
      text.trim(),
    );
  const date = match?.[1];
  if (match === null || date === undefined || !isCalendarDate(date)) {
    throw new RangeError(`"${text}" không phải thời điểm như 2024-06-08T10:00`);
  }
  const moment = new Date(
    `${date}T${match[2] ?? "00:00"}${match[3] ?? ":00"}${match[4] ?? OFFICE_OFFSET}`,
  );
  if (Number.isNaN(moment.getTime())) {
    throw new RangeError(`"${text}" không phải thời điểm như 2024-06-08T10:00`);
  }
  return moment;
}

/** Made with the first moment and kept: making it is dear. */
let officeFormat: Intl.DateTimeFormat | null = null;

/** `2024-06-08 10:00:00` in office time, whatever zone the machine is set to. */
export function officeTime(moment: Date): string {
  officeFormat ??= new Intl.DateTimeFormat("en-CA", {
    timeZone: OFFICE_ZONE,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const parts = officeFormat.formatToParts(moment);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")}:${part("second")}`;
}

/**
 * `05/6/2024` for `2024-06-05`, or for a moment of that day: as decree 30/2020/NĐ-CP has dates, a zero
 * before days under ten and before January and February alone.
 */
export function vietnameseDate(date: string): string {
  const [year = "", month = "", day = ""] = date.slice(0, 10).split("-");
  return `${day}/${Number(month) > 2 ? Number(month) : month}/${year}`;
}

/** The last day on which what is due before a date (`YYYY-MM-DD`) is still on time. */
export function lastDayBefore(date: string): string {
  return daysAfter(date, -1);
}

export function dayAfter(date: string): string {
  return daysAfter(date, 1);
}

/** The day so many days after a date (`YYYY-MM-DD`), or before it. */
export function daysAfter(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
