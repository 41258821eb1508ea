import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FIGURE_MAKERS } from "./figure-makers.ts";
import { PLACE_MAKERS } from "./place-makers.ts";
import { untrue } from "./read-back.ts";
import { REPORT_MAKERS } from "./report-makers.ts";

const ROOM = join(import.meta.dirname, "../../pipelines/sentences");
const MAKERS = { ...FIGURE_MAKERS, ...PLACE_MAKERS, ...REPORT_MAKERS };

/** Makers of words, marks, names and lists, which say nothing but within a sentence of another maker. */
const PARTS = [
  "amountText valueText wayOf levelMovedText distanceText targetText movedWord movedText askedChangeText",
  "annexNumber checkText gathered namesText firstNamesText enumerated present joined namesIn",
  "withoutYear nameWithinYear earlierText isProjected rangeText count momentText amountInText changeText",
  "planNumber comparatorSign areaNoun wholeArea areaName markOf previousMark changeMark statusText",
  "paceText basisClause basisText aggregationText changedItem shortfallItem fieldText",
  "changedText valueInTable changeInTable changedName isOfWords isOfNoArea changedFigure answerText",
  "measureText doubtWord datedText documentText summaryText targetPhrase targetInTable",
  "subjectText addresseeText recipientLines readerText pageMarks legendText noValueText isReached",
  "untilText standingText provisional changeStandingText changeBeforeText sinceBeforeText beforeName",
  "causeText wholeChanges judgedText openOn sidesText indicatorValue",
  // what `reportBody` says in full
  "lackingSentences lackingClauses lackingClause lackingText changedSinceSentences",
  // what `outdatedSentence` says, or the one sentence of exact.test.ts
  "workSentence outdatedInBrief",
].flatMap((line) => line.split(" "));

test("every maker of sentences is held by what it says", async () => {
  const files = readdirSync(ROOM).map((name) => import(join(ROOM, name)) as Promise<object>);
  const exported = (await Promise.all(files)).flatMap((module) =>
    Object.entries(module).flatMap(([name, one]) => (typeof one === "function" ? [name] : [])),
  );
  expect(exported.filter((name) => !(name in MAKERS) && !PARTS.includes(name))).toEqual([]);
  expect(Object.keys(MAKERS).filter((name) => !exported.includes(name))).toEqual([]);
});

test.each(Object.entries(MAKERS))(
  "%s says what is so, and no more",
  (_, { facts, text: textOf, rules, must }) => {
    fc.assert(
      fc.property(facts as fc.Arbitrary<never>, (drawn) => {
        const text = textOf(drawn);
        expect({ text, untrue: untrue(text, drawn, rules) }).toEqual({ text, untrue: [] });
        const missing = must(drawn).filter((part) => !text.includes(part));
        expect({ text, missing }).toEqual({ text, missing: [] });
      }),
      { numRuns: 200, endOnFailure: true },
    );
  },
);
