import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { textBlocks } from "../../pipelines/readers/text-blocks.ts";
import { readPlan } from "../../pipelines/reading-plans/read-plan.ts";
import type { ReadTarget } from "../../pipelines/reading-plans/targets.ts";

/**
 * What plans ask for, read by hand before a program read them; the files say how it is written. Nothing
 * may be wrong without a mark, so each of these is exact.
 */

const FIXTURES = new URL("../fixtures/plan-texts/", import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, FIXTURES), "utf8");

/** `>= 5300 người @2025 ?` */
function short(target: ReadTarget): string {
  const { comparator, value, to, unit, due, each, group, change, conditions, marks } = target;
  const span = due?.from == null ? due?.until : `${due.from}-${due.until}`;
  return [
    `${comparator} ${value}${to === null ? "" : `..${to}`} ${unit ?? "-"}`,
    ...(due === null ? [] : [`@${due.every ?? span ?? due.said}`]),
    ...(each === null && group === null ? [] : [`/${each ?? group}`]),
    ...(change?.against == null ? [] : [`~${change.against}`]),
    ...conditions.map((condition) => `+${condition}`),
    ...(marks.length === 0 ? [] : ["?"]),
  ].join(" ");
}

const SENTENCES = parse(fixture("sentences.yaml")) as [sentence: string, ...targets: string[]][];

test.each(SENTENCES)("%s", (sentence, ...targets) => {
  const read = readPlan(textBlocks(`a) Chỉ tiêu\n- ${sentence}`));
  expect(read.targets.map(short)).toEqual(targets);
  // what gives no target is said to have given none
  expect(read.not_understood.map((one) => one.sentence)).toEqual(
    targets.length > 0 ? [] : [sentence],
  );
});

interface PublicPlan {
  readonly source: string;
  readonly text: string;
  readonly head?: object;
  readonly targets: readonly string[];
  readonly left?: readonly string[];
}

test.each(parse(fixture("public-plans.yaml")) as PublicPlan[])("$source", ({ text, ...said }) => {
  const read = readPlan(textBlocks(text));
  expect(read.targets.map(short)).toEqual(said.targets);
  expect(read.not_understood.flatMap(({ numbers }) => numbers)).toEqual(said.left ?? []);
  expect({ ...read, carries_out: read.carries_out.map(({ name }) => name) }).toMatchObject(
    said.head ?? {},
  );
});
