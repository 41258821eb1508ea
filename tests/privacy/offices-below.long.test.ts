import { expect, test } from "vitest";
import { z } from "zod";
import { attachLedgerForReading } from "../../pipelines/ledger/ledger.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { readRow, withConnection } from "../../pipelines/warehouse/connection.ts";
import { newFolder } from "../folders.ts";
import { indicatorOf } from "../models/indicator-words.ts";
import { type Office, officeIn } from "../publishing/given.ts";
import {
  city,
  makeKeys,
  officeTaking,
  packageOf,
  province,
  sensitive,
  takeIn,
} from "../publishing/handed-given.ts";
import { learntFrom, type State, workedOut } from "./auditor.ts";
import { guarded } from "./random-offices.ts";

const keys = await makeKeys();

/** What everybody sees of an office at a moment. */
async function stateOf({ paths, catalogue }: Office, moment: string): Promise<State> {
  const { file } = await buildMarts({ paths, catalogue, asOf: parseMoment(moment) });
  return { moment, marts: file };
}

/** The number above of what city C handed up. */
const handedTo = ({ paths }: Office): Promise<{ no: string }> =>
  withConnection(async (connection) => {
    await attachLedgerForReading(connection, paths);
    return readRow(
      connection,
      z.object({ no: z.string() }),
      `select submission_no::varchar as no
      from ledger.submission semi join ledger.handed_up using (receipt_no)`,
    );
  });

const SHOWN = ["153", "103", "50"];
const WITHHELD = ["-", "-", "-"];

const SHARE = "areas with reached at least 5 >= 30";

test.each<[string, string[], string[], expected?: string]>([
  ["nothing is small below", ["13 20 30 40"], SHOWN],
  ["a ward has a small count below", ["3 20 30 50"], SHOWN],
  ["that ward is left out of the ratio", ["3? 20 30 50"], WITHHELD],
  ["a small count is corrected, and withheld below", ["13 20 30 40", "3"], WITHHELD],
  ["a correction by few is withheld below", ["10 20 30 43", "13"], WITHHELD],
  ["the total is withheld below, since a share of wards is told", ["3 20 30 50"], WITHHELD, SHARE],
  ["a share of wards is told, and nothing is small", ["13 20 30 40"], SHOWN, SHARE],
])(
  "where %s, who reads the pages of both offices learns no small count",
  async (_, sent, shown, share) => {
    const world = sensitive(city());
    const { indicators = [] } = world.plan as { indicators?: object[] };
    if (share !== undefined) indicators.push(indicatorOf(share, "J"));
    const below = officeIn(newFolder(), world);
    const choice = { sealKey: keys.own, force: true, acknowledge: true };
    const states: State[] = [];
    for (const [index, counts] of sent.entries()) {
      await below.sendAll(
        counts.split(" ").map((count, ward) => {
          const people = count.endsWith("?") ? "" : "people 100";
          const figures = `${people}\nreached ${count.replace("?", "")}`;
          return [`2030-06-0${index + 1}T08:00`, `W-A${ward + 1}`, "Q2", figures] as const;
        }),
      );
      const why = index === 0 ? {} : ({ class: "correction", reason: "Đếm lại" } as const);
      await below.publish(`2030-06-0${index + 1}T09:00`, "Q2", { ...choice, ...why });
      states.push(await stateOf(below, `2030-06-0${index + 1}T10:00`));
    }
    const above = officeTaking(keys, sensitive(province()).plan);
    await takeIn(above, await packageOf(below, "Q2"));
    await above.send("2030-06-12T08:00", "T-E", "Q2", "people 400\nreached 50");
    await above.publish("2030-06-20T08:00", "Q2", choice);
    const { lines } = await above.read("Q2", undefined, "shared");
    const ofMeasure = lines.filter((one) => one.section === "measure" && one.code === "reached");
    const learntBelow = await learntFrom(states, guarded(below));
    const ofAbove = [await stateOf(above, "2030-06-20T09:00")];
    const learntAbove = await learntFrom(ofAbove, guarded(above), undefined, "above ");
    const { no } = await handedTo(above);
    const [own = ""] = [...(learntAbove[0]?.wholeOf("reached", "Q2").keys() ?? [])].filter((name) =>
      name.startsWith(`above ${no} `),
    );
    const parts = [...(learntBelow[0]?.wholeOf("reached", "Q2").keys() ?? [])];
    const tie = new Map([[own, 1], ...parts.map((part) => [part, -1] as const)]);
    const { narrowed } = await workedOut([...learntBelow, ...learntAbove], [tie]);
    expect(narrowed).toEqual([]);
    expect(
      ofMeasure.map(({ value_shown }) =>
        value_shown === null ? "-" : String(Number(value_shown)),
      ),
    ).toEqual(shown);
  },
);
