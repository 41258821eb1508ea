import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { queryModels } from "../../pipelines/models/build-marts.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { CHANGED_FIELDS } from "../../pipelines/vocabulary/words.ts";
import { readRows } from "../../pipelines/warehouse/connection.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { copyOffice, newOffice, type Office } from "./given.ts";

const WORLD = smallPlan([indicator(REACH)]);

/** Every field that a version's list of changes names, with a value that no line has. */
const [AMOUNT, COUNT] = ["77.0000", 77];
const OTHER: Readonly<Record<string, unknown>> = {
  ...{ numerator: AMOUNT, denominator: AMOUNT, value_shown: AMOUNT, numerator_in_period: AMOUNT },
  ...{ denominator_in_period: AMOUNT, value_in_period: "77.000000", target_value: AMOUNT },
  ...{ target_to: AMOUNT, pace_shown: AMOUNT, is_due: true, status: "behind" },
  ...{ is_provisional: true, areas_expected: COUNT, areas_reported: COUNT, areas_carried: COUNT },
  ...{ areas_left_out: COUNT, periods_missing_before: COUNT, basis: "mixed", is_nil: true },
  ...{ previous_value: AMOUNT, previous_status: "behind", last_year_value: AMOUNT },
};
const FIELDS = Object.keys(OTHER);
/** The words of an indicator or measure that are named, with others. */
const WORDS: Readonly<Record<string, unknown>> = {
  name: "Tên khác",
  short_name: "Gọi khác",
  group_name: "Nhóm khác",
  unit_of_measure: "vụ",
  quote: "Lời khác",
  target_text: "≥ 77",
  formula: "khác",
  added_rules: ["Quy ước khác"],
  reported_by: "Đơn vị khác",
  explanation: "Giải thích khác",
};
/** What an older program's versions do not have. */
const NEW =
  "target_to pace_shown is_due is_provisional areas_carried areas_left_out periods_missing_before".split(
    " ",
  );

let published: Office;

/** An office with a version of the first quarter, all units of which have reported. */
beforeAll(async () => {
  published = newOffice(WORLD);
  await published.sendAll([
    ["2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40"],
    ["2030-03-08T08:00", "W-A2", "Q1", "people 200\nreached 20"],
    ["2030-03-08T08:00", "W-A3", "Q1", "people 50\nreached 30"],
    ["2030-03-08T08:00", "W-A4", "Q1", "people 50\nreached 30"],
    ["2030-03-08T08:00", "D1", "Q1", "staff 10"],
    ["2030-03-08T08:00", "D2", "Q1", "staff 10"],
  ]);
  await published.publish("2030-03-10T08:00", "Q1");
});

/** The fields that the city's list of changes would name, and how many figures have changed. */
async function changed({ paths, catalogue }: Office): Promise<[string[], number]> {
  return queryModels({
    paths,
    catalogue,
    asOf: parseMoment("2030-03-10T09:00"),
    models: ["report.change", "marts.report_since"],
    read: async (connection) => {
      const changes = await readRows(
        connection,
        z.object({ field: z.string() }),
        "select field from memory.report.change where audience = 'city' and report_period = 'Q1'",
      );
      const [since] = await readRows(
        connection,
        z.object({ figures: z.number() }),
        "select figures_changed_since as figures from marts.report_since where period = 'Q1'",
      );
      return [changes.map(({ field }) => field), since?.figures ?? -1];
    },
  });
}

/** Changes the stored line with each number, by its place among the city's lines. */
async function alter(office: Office, change: (row: number) => string): Promise<void> {
  const statements = FIELDS.map(
    (_, index) => `update publication_row set content = ${change(index)}
      where part = 'line' and row_no = (
        select row_no from publication_row
        where part = 'line' and json_extract_string(content, '$.audience') = 'city'
        order by row_no limit 1 offset ${index}
      )`,
  );
  await office.tamper(statements.join(";\n"));
}

test("a version's list of changes names every field that differs, and so many figures are counted", async () => {
  const office = copyOffice(published, WORLD);
  await alter(office, (index) => {
    const field = FIELDS[index] ?? "";
    return `json_merge_patch(content, '${JSON.stringify({ [field]: OTHER[field] })}')`;
  });
  await office.tamper(`update publication_row
    set content = json_merge_patch(content, '${JSON.stringify(WORDS)}')
    where part = 'item' and row_no = (select min(row_no) from publication_row where part = 'item')`);
  const [fields, figures] = await changed(office);
  const named = [...FIELDS, ...Object.keys(WORDS)];
  expect(fields.sort()).toEqual(named.sort());
  // and each has its word
  const ofReport = ["last_received_at", "number", "dated", "signature", "signatory"];
  const others = [...ofReport, "cause", "remedy"];
  expect(Object.keys(CHANGED_FIELDS).sort()).toEqual([...named, ...others].sort());
  expect(figures).toBe(FIELDS.length);
});

test("what an older program's version does not have is no change", async () => {
  const office = copyOffice(published, WORLD);
  const without = NEW.reduce(
    (content, field) => `regexp_replace(${content}, '"${field}":[^,}]*,', '')`,
    "content",
  );
  await office.tamper(`update publication_row set content = ${without} where part = 'line'`);
  expect(await changed(office)).toEqual([[], 0]);
});
