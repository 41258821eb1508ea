import {
  type CityFigure,
  cityInPeriodSentence,
  citySentence,
  type WardFigure,
  wardSentence,
} from "../../pipelines/sentences/figure.ts";
import {
  type Moves,
  movesSentence,
  type Wards,
  type WardsOfStatus,
  wardsSentence,
} from "../../pipelines/sentences/places.ts";

/** A row of a source as a query answers it: its columns are those that `reports/types` describes. */
export type SourceRow = Readonly<Record<string, unknown>>;

const as = <Facts>(row: SourceRow): Facts => row as unknown as Facts;

/** What the pages say of a row of `point_city`. */
export function cityTexts(row: SourceRow): { point: string; point_in_period: string } {
  const figure = as<CityFigure>(row);
  return { point: citySentence(figure), point_in_period: cityInPeriodSentence(figure) };
}

/** What they say of a row of `point_ward`. */
export function wardText(row: SourceRow): string {
  return wardSentence(as<WardFigure>(row));
}

/** What they say of a row of `point_wards`, with the rows of `ward_status` of its period. */
export function wardsTexts(row: SourceRow, statuses: readonly SourceRow[]) {
  const facts = as<Wards & Moves>(row);
  const inPeriod = {
    ...facts,
    up: Number(row.up_in_period),
    down: Number(row.down_in_period),
    level: Number(row.level_in_period),
    not_compared: row.not_compared_in_period as string | null,
  };
  return {
    point: wardsSentence(
      facts,
      statuses.map((one) => as<WardsOfStatus>(one)),
    ),
    change: movesSentence(facts, facts),
    change_in_period: movesSentence(facts, inPeriod),
  };
}
