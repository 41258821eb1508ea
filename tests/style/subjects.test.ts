import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { ROOT } from "../lanes.ts";

/** Commits that were written before are as they are. */
const SINCE = "2026-12-01T11:00:00Z";

/** In bytes, which is what tools that cut a subject count. */
const LONGEST = 72;

/** What is wrong with a subject: `area: verb what`, or `area, other area: …`. */
function faultOf(subject: string): string | null {
  const bytes = Buffer.byteLength(subject);
  if (bytes > LONGEST) return `${bytes} bytes, not ${LONGEST}: ${subject}`;
  return /^[a-z][\w./-]*(?:, [a-z][\w./-]*)*: [a-z]\S+ \S/.test(subject)
    ? null
    : `not “area: verb what”: ${subject}`;
}

test.each([
  ["models: join the period before once", null],
  ["models, pages: say what is wanted", null],
  ["models: join the period before once, so that pages and all exports agree", null],
  ["Join the period", "not “area: verb what”: Join the period"],
  ["models: Joined the period", "not “area: verb what”: models: Joined the period"],
  [`pages: say ${"ế".repeat(21)}`, `74 bytes, not 72: pages: say ${"ế".repeat(21)}`],
])("%s", (subject, fault) => {
  expect(faultOf(subject)).toBe(fault);
});

// a release, or a clone of the last commit alone, has nothing to say
test("subjects of commits say where and what, in a line", () => {
  const { stdout } = spawnSync("git", ["log", "-300", "--no-merges", "--format=%at %s"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const faults = (stdout ?? "").split("\n").flatMap((line) => {
    const [, seconds, subject = ""] = /^(\d+) (.*)$/.exec(line) ?? [];
    return Number(seconds) * 1000 >= Date.parse(SINCE) ? (faultOf(subject) ?? []) : [];
  });
  expect(faults).toEqual([]);
});
