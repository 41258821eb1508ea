import type { ReportingUnit } from "../sources/catalogue.ts";
import type { PlanPeriod } from "../sources/plan/plan.ts";
import { officeTime, parseMoment } from "../vocabulary/date.ts";
import { draw, drawWhole } from "./draw.ts";

const OPENS = 7 * 60 + 30;
const CLOSES = 17 * 60;
/** Reports come in from this many days before the deadline to the day before it. */
const EARLIEST = 6;
const DAY = 24 * 60 * 60 * 1000;

/** When a unit's form for a period comes in: in office hours, one to six days before it is due. */
export function receivedInTime(unit: ReportingUnit, period: PlanPeriod, seed: number): Date {
  const days = Array.from({ length: EARLIEST }, (_, index) =>
    dayFrom(period.due_before, -1 - index),
  );
  const working = days.filter(isWorkingDay);
  const choice = working.length === 0 ? days : working;
  const index = drawWhole(0, choice.length - 1, seed, "day", unit.code, period.code);
  return inOfficeHours(choice[index] ?? period.due_before, unit, period, seed);
}

/**
 * When a late form comes in.
 * @param days 1 is the day named by the deadline, which is already too late.
 */
export function receivedLate(
  unit: ReportingUnit,
  period: PlanPeriod,
  days: number,
  seed: number,
): Date {
  return inOfficeHours(dayFrom(period.due_before, days - 1), unit, period, seed);
}

/** The same hour some days later, or on the next working day after them. */
export function workingDaysAfter(moment: Date, days: number): Date {
  const later = daysAfter(moment, days);
  return isWorkingDay(officeTime(later).slice(0, 10)) ? later : workingDaysAfter(later, 1);
}

function daysAfter(moment: Date, days: number): Date {
  return new Date(moment.getTime() + days * DAY);
}

function inOfficeHours(date: string, unit: ReportingUnit, period: PlanPeriod, seed: number): Date {
  const share = draw(seed, "minute", unit.code, period.code);
  const minute = OPENS + Math.floor(share * (CLOSES - OPENS));
  const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  return parseMoment(`${date}T${time}`);
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

function dayFrom(date: string, days: number): string {
  return daysAfter(new Date(`${date}T00:00:00Z`), days)
    .toISOString()
    .slice(0, 10);
}

function isWorkingDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return day >= 1 && day <= 5;
}
