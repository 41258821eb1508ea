/** What the head of a made-up plan says: of a city whose wards report. */
export function planHead(id: string, number: string, title: string, day: string) {
  return {
    ...{ schema: 1, id, number, title, short_title: title, issuer: "UBND thành phố" },
    ...{ issued_on: day, in_force_from: day, source: "made up", reports_to: "UBND thành phố" },
    ...{ area: { code: "C", noun: "thành phố" }, reporting_areas: "children" },
    ...{ reporting_area_noun: "phường", groups: [{ code: "1", name: "Kết quả" }] },
  };
}

const OF_A_YEAR = { month: 12, quarter: 4, half_year: 2, year: 1 } as const;

/** A period of a plan file, by the first day, the last, and the one before which its reports are due. */
export function planPeriod(
  kind: keyof typeof OF_A_YEAR,
  [code, name]: readonly [code: string, name: string],
  position: number,
  [data_from, data_to, due_before]: readonly [from: string, to: string, due: string],
) {
  return {
    ...{ code, name, kind, year: Number(data_to.slice(0, 4)), position },
    ...{ positions: OF_A_YEAR[kind], data_from, data_to, due_before, estimate: false },
  };
}

/** A measure of a plan file: a count of people that adds up over areas, unless `more` says otherwise. */
export function planMeasure<More extends object = Record<never, never>>(
  code: string,
  name: string,
  by: string,
  over_time: string,
  more?: More,
) {
  return {
    ...{ code, name, unit_of_measure: "người", kind: "count", over_areas: "sum", sensitive: false },
    ...{ reported_by: by.split(" "), over_time },
    ...(more as More),
  };
}
