import { expect, test } from "vitest";
import { PrintedTexts } from "../../pipelines/persons/printed-texts.ts";
import { signsInName } from "../../pipelines/readers/personal-data.ts";
import { counted, IDENTIFIERS, NAMES, NAMES_OF_PERSONS, OF_PERSONS } from "./drawn-texts.ts";
import { verdictOf, verdictOnText } from "./given.ts";

const verdictOnName = (name: string) => verdictOf(signsInName(name, new PrintedTexts()));

/** The most that is ever drawn where so many are drawn in the mean: six roots above it. */
const byLuck = (mean: number): number => mean + 6 * Math.sqrt(mean);

/** Draws texts in equal numbers of each habit: a false refusal is a loss, and so is a true one missed. */
export function testsOfDrawn(innocent: number, ofPersons: number): void {
  const habits = Object.keys(NAMES).length + Object.keys(IDENTIFIERS).length;
  const each = Math.ceil(innocent / habits);
  test(`of ${innocent} innocent texts none is refused, and at most 1 in 1.000 held`, () => {
    const names = counted(NAMES, verdictOnName, { each, right: "-" });
    const others = counted(IDENTIFIERS, verdictOnText, { each, right: "-" });
    const [refused, held] = [names["!"] + others["!"], names["?"] + others["?"]];
    console.log(`innocent: ${each * habits} drawn, ${refused} refused, ${held} held`);
    expect(refused, names.wrong + others.wrong).toBeLessThanOrEqual(innocent / 100_000);
    expect(held, names.wrong + others.wrong).toBeLessThanOrEqual(byLuck(innocent / 1000));
  });

  test(`of ${ofPersons} numbers of persons few are held, and those alone are missed that are written as an hour`, () => {
    const draw = { each: Math.ceil(ofPersons / 4), right: "!" } as const;
    const texts = counted(OF_PERSONS, verdictOnText, draw);
    const names = counted(NAMES_OF_PERSONS, verdictOnName, draw);
    console.log(`of persons: ${JSON.stringify({ texts, names })}`);
    expect(texts["?"], texts.wrong).toBeLessThanOrEqual(2 + ofPersons / 500);
    expect(texts["-"], texts.wrong).toBeLessThanOrEqual(1 + ofPersons / 5000);
    expect(names["-"], names.wrong).toBeLessThanOrEqual(3 + ofPersons / 200);
  });
}
