import { expect, test } from "vitest";
import { type DemonstrationForm, demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { officeTime } from "../../pipelines/vocabulary/date.ts";
import { Failure } from "../../pipelines/vocabulary/failure.ts";
import { demonstrationPlans, PROFILE } from "./given.ts";

const demonstrationPlan = demonstrationPlans();

const SEED = 3;

async function formsOf(...story: object[]): Promise<DemonstrationForm[]> {
  return demonstrationForms(demonstrationPlan({ ...PROFILE, story }), SEED);
}

async function reportOf(forms: readonly DemonstrationForm[], fileName: string) {
  const form = forms.find((one) => one.fileName === fileName);
  if (form === undefined) throw new Error(`no ${fileName}`);
  const reading = await readForm(form.bytes, fileName);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const { submissions, readings } = reading.document;
  const values = new Map(readings.map(({ measure, area, value }) => [measure + area, value]));
  const notes = readings.map(({ note }) => note).filter((note) => note !== "");
  return { nilReturn: submissions[0]?.nilReturn, values, notes, receivedAt: form.receivedAt };
}

test("every unit that reports sends a form for every period in force", async () => {
  const forms = await formsOf();
  expect(forms.map(({ fileName }) => fileName).sort()).toEqual(
    ["H1", "Q2", "Q3"].flatMap((period) =>
      ["O", "W-901", "W-902", "W-903"].map((unit) => `${period}_${unit}.xlsx`),
    ),
  );
  for (const { fileName } of forms) {
    const { values, notes } = await reportOf(forms, fileName);
    expect([...values.values()]).not.toContain("");
    expect(notes).toContain("Số liệu minh họa");
  }
});

test("forms come in on working days in office hours, within a week before they are due", async () => {
  const forms = await formsOf();
  for (const { receivedAt, period } of forms) {
    const [day = "", time = ""] = officeTime(receivedAt).split(" ");
    const due = new Date(`${period.due_before}T00:00:00+07:00`);
    expect(time >= "07:30:00" && time < "17:00:00").toBe(true);
    expect([0, 6]).not.toContain(new Date(`${day}T00:00:00Z`).getUTCDay());
    expect(receivedAt.getTime()).toBeLessThan(due.getTime());
    expect(due.getTime() - receivedAt.getTime()).toBeLessThan(6 * 24 * 3600 * 1000);
  }
  const moments = forms.map(({ receivedAt }) => receivedAt.getTime());
  expect(moments).toEqual([...moments].sort((one, other) => one - other));
});

test("the same seed gives the same forms, another seed others", async () => {
  const digest = (forms: DemonstrationForm[]) =>
    forms.map(({ fileName, receivedAt, bytes }) => [
      fileName,
      receivedAt,
      Buffer.from(bytes).toString("base64"),
    ]);
  const plan = demonstrationPlan(PROFILE);
  const first = digest(await demonstrationForms(plan, 1));
  expect(digest(await demonstrationForms(plan, 1))).toEqual(first);
  expect(digest(await demonstrationForms(plan, 2))).not.toEqual(first);
});

test("a late form comes in on the day told: the first day too late is the deadline's own", async () => {
  const forms = await formsOf(
    { kind: "late", unit: "W-901", period: "Q2", days: 1 },
    { kind: "late", unit: "W-902", period: "Q2", days: 3 },
  );
  expect(officeTime((await reportOf(forms, "Q2_W-901.xlsx")).receivedAt)).toMatch(/^2024-06-10 /);
  expect(officeTime((await reportOf(forms, "Q2_W-902.xlsx")).receivedAt)).toMatch(/^2024-06-12 /);
});

test("a missing form is not there", async () => {
  const forms = await formsOf({ kind: "missing", unit: "W-901", period: "Q2" });
  const names = forms.map(({ fileName }) => fileName);
  expect(names).not.toContain("Q2_W-901.xlsx");
  expect(names).toHaveLength(11);
});

test("a correction changes one figure and comes in later", async () => {
  const note = "Đính chính";
  const correction = {
    kind: "correction",
    unit: "W-901",
    period: "Q2",
    measure: "trained",
    less: 2,
    days: 4,
    note,
  };
  const forms = await formsOf(correction);
  const first = await reportOf(forms, "Q2_W-901.xlsx");
  const corrected = await reportOf(forms, "Q2_W-901_dinh-chinh.xlsx");
  const changed = [...corrected.values].filter(([key, value]) => first.values.get(key) !== value);
  expect(changed.map(([key]) => key)).toEqual(["trained"]);
  expect(Number(corrected.values.get("trained")) - Number(first.values.get("trained"))).toBe(2);
  expect(corrected.receivedAt.getTime()).toBeGreaterThan(first.receivedAt.getTime());
  expect(corrected.notes).toContain(note);
  expect(first.notes).not.toContain(note);
});

test("where nothing arose, stocks are given and the rest is blank", async () => {
  const forms = await formsOf({ kind: "nil", unit: "W-901", period: "Q3" });
  const { nilReturn, values } = await reportOf(forms, "Q3_W-901.xlsx");
  expect(nilReturn).toBe(true);
  expect(values.get("trained")).toBe("");
  expect(values.get("spent")).toBe("");
  expect(Number(values.get("staff"))).toBeGreaterThan(0);
  expect(values.get("planned")).toBe("");
});

test("a half-year that differs, and a figure left blank", async () => {
  const agreeing = await reportOf(await formsOf(), "H1_W-901.xlsx");
  const forms = await formsOf(
    { kind: "differs", unit: "W-901", period: "H1", measure: "trained", add: -2 },
    { kind: "blank", unit: "W-902", period: "Q2", measure: "staff" },
  );
  const differing = await reportOf(forms, "H1_W-901.xlsx");
  const off = Number(differing.values.get("trained")) - Number(agreeing.values.get("trained"));
  expect(off).toBe(-2);
  expect((await reportOf(forms, "Q2_W-902.xlsx")).values.get("staff")).toBe("");
});

test.each<[string, object | null, RegExp]>([
  ["no profile", null, /Kế hoạch small-plan không có số liệu minh họa: thiếu .*small-plan\.yaml/],
  ["another plan's", { ...PROFILE, plan: "other" }, /plan: must be small-plan/],
  ["a measure left out", { ...PROFILE, measures: {} }, /measures\.staff: is missing/],
  [
    "too many steps",
    { ...PROFILE, measures: { ...PROFILE.measures, planned: { holds: [1, 1, 1] } } },
    /measures\.planned: has 3 steps, but 2 periods add up/,
  ],
  [
    "a share of answers for a count",
    { ...PROFILE, measures: { ...PROFILE.measures, staff: { holds: 1 } } },
    /measures\.staff: holds is for yes\/no/,
  ],
  [
    "a circle",
    {
      ...PROFILE,
      measures: {
        ...PROFILE.measures,
        staff: { of: "trained", share: 1 },
      },
    },
    /staff, trained refer to each other in a circle/,
  ],
  [
    "a story of nobody",
    { ...PROFILE, story: [{ kind: "missing", unit: "W-999", period: "Q1" }] },
    /story\[0\]\.unit: W-999 does not report\n.*story\[0\]\.period: Q1 is not in force/,
  ],
  ["nonsense", { ...PROFILE, measures: { staff: { size: 4 } } }, /measures\.staff: must be one of/],
])("a profile with %s is refused with words", async (_, profile, message) => {
  const attempt = demonstrationForms(demonstrationPlan(profile), SEED);
  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.toBeInstanceOf(Failure);
});
