import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { trialOf } from "../../../pipelines/cli/demo-command.ts";
import { SEED } from "../../../pipelines/cli/make-demonstration.ts";
import {
  type DemonstrationForm,
  demonstrationForms,
} from "../../../pipelines/demo/demonstration.ts";
import { readProfile } from "../../../pipelines/demo/profile.ts";
import { type SampleKind, samplesOf } from "../../../pipelines/demo/samples.ts";
import { Accounts } from "../../../pipelines/desk/accounts/accounts.ts";
import { makeTrialAccounts, type Trial } from "../../../pipelines/desk/accounts/trial.ts";
import { Proposals } from "../../../pipelines/desk/kept/proposals.ts";
import { type KeptReceipt, Receipts } from "../../../pipelines/desk/kept/receipts.ts";
import { Office } from "../../../pipelines/desk/office/office.ts";
import { doTrialWork } from "../../../pipelines/desk/server/trial-work.ts";
import { type Intake, withIntake } from "../../../pipelines/intake/ingest.ts";
import { findReply } from "../../../pipelines/intake/reply.ts";
import { readFindings } from "../../../pipelines/models/finding.ts";
import { publishReport } from "../../../pipelines/publishing/publish.ts";
import { readCatalogue } from "../../../pipelines/sources/catalogue.ts";
import { Failure } from "../../../pipelines/vocabulary/failure.ts";
import { type WarehousePaths, warehousePaths } from "../../../pipelines/warehouse/paths.ts";
import { newFolder } from "../../folders.ts";
import { newWorld, type World } from "../../intake/given.ts";
import { Browser, wordsOf } from "../given.ts";
import { serveOffice } from "./served.ts";

function officeOf(sources: string, paths: WarehousePaths): Office {
  const settings = { sources, paths, softwareVersion: "test", sealKey: null };
  return new Office(settings, (error) => {
    throw error;
  });
}

/** The desk of a demonstration, without its server. */
async function workAt(sources: string, paths: WarehousePaths, trial: Trial): Promise<Office> {
  const office = officeOf(sources, paths);
  await office.start();
  const accounts = new Accounts(paths.desk);
  await makeTrialAccounts(accounts, trial);
  const receipts = new Receipts(paths, (work) => office.read(work));
  const desk = { office, accounts, receipts, proposals: new Proposals(paths.desk) };
  for (const _ of ["at the first start", "at the second"]) await doTrialWork(desk, trial);
  await office.catchUp();
  await office.close();
  return office;
}

test("the demonstration has samples that are what they say, and work that waits at its desk", async () => {
  const catalogue = readCatalogue("sources");
  const [plan] = catalogue.plans;
  const samples = plan === undefined ? null : samplesOf(plan, SEED);
  if (plan === undefined || samples === null) throw new Error("no samples");
  const paths = warehousePaths(join(newFolder(), "warehouse"));
  mkdirSync(paths.archive, { recursive: true });
  const { publications, story } = readProfile(plan);
  const silent = story.filter(({ kind }) => kind === "missing").map(({ unit }) => unit);
  const earlier = (await demonstrationForms(plan, SEED)).filter(
    ({ unit, period }) => silent.includes(unit.code) && period.data_to < samples.period.data_from,
  );
  const send = async (intake: Intake, kind: SampleKind) => {
    const bytes = await samples.form(kind);
    // after the one that was sent back, which it mends
    const moment = new Date();
    const delivery = {
      file: `${kind}.xlsx`,
      content: { bytes },
      receivedAt: moment,
      recordedAt: moment,
    };
    const examined = await intake.examine(delivery);
    if (examined instanceof Failure) throw examined;
    const { outcome, problems } = await intake.ingest(delivery);
    expect(examined.problems).toEqual(problems);
    return [outcome, problems.map(({ severity, code }) => [severity, code])];
  };
  const settings = { paths, catalogue, isDemonstration: true, softwareVersion: "test" };
  const takeIn = async (forms: readonly DemonstrationForm[]): Promise<void> =>
    withIntake(settings, async (intake) => {
      for (const { fileName: file, bytes, receivedAt } of forms) {
        await intake.ingest({ file, content: { bytes }, receivedAt, recordedAt: receivedAt });
      }
    });
  const { submitted, ...offered } = trialOf([plan]);
  const published = publications.find(({ period }) => period === submitted?.period);
  const period = plan.plan.periods.find(({ code }) => code === submitted?.period);
  if (published === undefined || period === undefined || submitted === null) throw new Error();
  await takeIn(earlier.filter(({ receivedAt }) => receivedAt <= published.published_at));
  await publishReport({
    ...{ paths, catalogue, plan, period, asOf: null, publishedAt: published.published_at },
    ...{ class: published.class, reason: published.reason, softwareVersion: "test" },
    ...{ isFinal: published.final, acknowledge: true, force: false },
  });
  await takeIn(earlier.filter(({ receivedAt }) => receivedAt > published.published_at));

  const { board } = await workAt("sources", paths, { ...offered, submitted });
  const receipts = new Receipts(paths, (work) => work());
  const [listed, ...others] = await receipts.list(({ by }) => by?.way === "desk", 9);
  const sent = await receipts.find(listed?.receiptNo ?? 0);
  expect(others).toEqual([]);
  expect([sent?.by?.account, sent?.outcome, sent?.problems.map(({ code }) => code)]).toEqual([
    "can-bo",
    "refused",
    ["not_a_number", "not_a_number"],
  ]);
  expect(findReply(paths, sent as KeptReceipt)?.workbook).toMatch(/\.xlsx$/);
  expect(
    board.rows
      .filter(({ state }) => state === "returned")
      .map((row) => [row.unit_code, row.period]),
  ).toEqual([[samples.unit.code, samples.period.code]]);
  expect(await new Proposals(paths.desk).list()).toMatchObject([
    {
      period: "2024-H1",
      class: "late",
      state: "submitted",
      prepared: { name: expect.any(String) },
    },
  ]);

  await withIntake(settings, async (intake) => {
    expect(await send(intake, "wrong")).toEqual(["refused", [["error", "not_a_number"]]]);
    expect(await send(intake, "right")).toEqual(["accepted", []]);
  });
  const doubts = async () =>
    (await readFindings({ paths, catalogue, plan: null, period: samples.period.code })).map(
      ({ unit_id, severity }) => [unit_id, severity],
    );
  expect(await doubts()).toEqual([]);
  await withIntake(settings, async (intake) => {
    expect(await send(intake, "doubtful")).toEqual(["accepted", []]);
  });
  expect(await doubts()).toContainEqual([samples.unit.unit_id, "doubt"]);
});

/** A desk in this process. */
async function deskOf({ sources, paths }: World, trial: Trial | null): Promise<string> {
  mkdirSync(paths.archive, { recursive: true });
  const office = officeOf(sources, paths);
  await office.start();
  const { accounts, url } = await serveOffice(paths, office, trial);
  if (trial !== null) await makeTrialAccounts(accounts, trial);
  onTestFinished(() => office.close());
  return url;
}

const TRIAL: Trial = {
  sentBack: null,
  submitted: null,
  accounts: [{ name: "can-bo", shownName: "UBND phường Hai", role: "clerk", units: ["UB-02"] }],
  forms: [
    {
      id: "right",
      words: "Báo cáo quý 2, điền đúng",
      fileName: "thu.xlsx",
      bytes: async () => new Uint8Array([1, 2, 3]),
    },
  ],
};

test("on a demonstration one click lets in whoever it offers, and on no other desk", async () => {
  const browser = new Browser(await deskOf(newWorld("2024"), TRIAL));
  const door = await browser.get("/ban-lam-viec/dang-nhap");
  expect(wordsOf(door)).toContain("chọn một vai để vào xem, không cần mật khẩu");
  expect((await browser.get("/ban-lam-viec/dung-thu/bieu/right")).status).toBe(303);
  expect((await browser.post("/ban-lam-viec/dung-thu/quan-tri", {})).status).toBe(404);
  const inside = await browser.follow(await browser.post("/ban-lam-viec/dung-thu/can-bo", {}));
  const work = await browser.follow(inside);
  expect(wordsOf(work)).toContain("Báo cáo quý 2, điền đúng");
  const form = await browser.get("/ban-lam-viec/dung-thu/bieu/right");
  expect([...form.bytes]).toEqual([1, 2, 3]);

  const real = new Browser(await deskOf(newWorld("2024"), null));
  expect(await real.words("/ban-lam-viec/dang-nhap")).not.toContain("không cần mật khẩu");
  const turned = await real.post("/ban-lam-viec/dung-thu/can-bo", {});
  expect(turned.status).toBe(404);
  expect(real.cookie).toBe("");
});
