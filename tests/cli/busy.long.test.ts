import { spawn } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { readyBundle } from "../../pipelines/site/bundle.ts";
import { findWorkspace, PARTS } from "../../pipelines/site/workspace.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { newFolder } from "../folders.ts";
import { ROOT } from "../lanes.ts";
import { run, start } from "./run.ts";

test("a right form is taken in, and its page shown, with five busy processes a processor", async () => {
  const folder = newFolder("chitieu-busy-");
  const [sources, warehouse] = [join(folder, "sources"), join(folder, "warehouse")];
  for (const name of ["plans", "areas", "demo", "units.csv"]) {
    cpSync(join(ROOT, "sources", name), join(sources, name), { recursive: true });
  }
  const [plan] = readCatalogue(sources).plans;
  if (plan === undefined) throw new Error("no plan");
  const forms = await demonstrationForms(plan, 2);
  const form = forms.find(({ fileName }) => fileName === "2024-Q4_UBND-05986.xlsx");
  mkdirSync(join(sources, "inbox"));
  writeFileSync(join(sources, "inbox", "form.xlsx"), form?.bytes ?? "");
  for (const part of PARTS) await readyBundle(findWorkspace(warehouse), part);
  const busy = Array.from({ length: 5 * availableParallelism() }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
  );
  onTestFinished(() => busy.forEach((one) => void one.kill("SIGKILL")));
  const { out } = await run(["refresh", "--sources", sources, "--warehouse", warehouse]);
  expect(out).toMatch(/đã nhận +form\.xlsx/);
  const { child } = start(["serve", "--port", "0", "--warehouse", warehouse]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const url = await new Promise<string>((done) =>
    child.stdout?.on("data", (text: string) => {
      const [found] = /http:\/\/[\w.:]+/.exec(text) ?? [];
      if (found !== undefined) done(found);
    }),
  );
  const page = await fetch(`${url}/${plan.plan.id}/dia-ban/05986/`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(form?.unit.area?.name ?? "no area");
}, 1_200_000);
