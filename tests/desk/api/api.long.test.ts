import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { warehousePaths } from "../../../pipelines/warehouse/paths.ts";
import { runIn } from "../../cli/run.ts";
import { newFolder } from "../../folders.ts";
import { send, sendOne } from "../../intake/given.ts";
import { ROOT } from "../../lanes.ts";
import { type GivenDesk, runDesk, stopDesk } from "../given.ts";
import { apiWorld, newKey, reportOf, systemAt } from "./given.ts";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

describe.runIf(hasCurl)("the examples of docs/api.md", () => {
  const text = readFileSync(join(ROOT, "docs/api.md"), "utf8");
  const examples = [...text.matchAll(/```sh\n(.*?)```(?:(?!```).)*```json\n(.*?)```/gs)].map(
    ([, command = "", answer = ""]) => ({ command, answer: JSON.parse(answer) }),
  );
  let desk: GivenDesk;
  let env: Record<string, string>;
  beforeAll(async () => {
    const paths = warehousePaths(join(newFolder(), "warehouse"));
    const world = { ...apiWorld(), sources: join(ROOT, "sources"), paths };
    desk = await runDesk(world);
    env = {
      CHITIEU: new URL(desk.url).origin,
      SENDS: await newKey(world, "--sends", "UBND-05974"),
      READS: await newKey(world, "--reads", "shared"),
    };
  });
  afterAll(() => stopDesk(desk));

  test("say what is answered, in their order", async () => {
    expect(examples).toHaveLength(5);
    for (const { command, answer } of examples) {
      if (command.includes("$READS")) await runIn(desk.world, "build");
      const { stdout } = spawnSync("sh", ["-c", command], {
        env: { ...process.env, ...env },
        encoding: "utf8",
      });
      expect([command, JSON.parse(stdout)]).toMatchObject([command, answer]);
    }
  });
});

interface Operation {
  readonly parameters: { name: string; in: string; required: boolean }[];
  readonly requestBody?: { content: Record<string, { schema: z.core.JSONSchema.JSONSchema }> };
  readonly responses: Record<
    string,
    { content?: Record<string, { schema: z.core.JSONSchema.JSONSchema }> }
  >;
}

describe("a client that knows the description alone", () => {
  let desk: GivenDesk;
  let empty: GivenDesk;
  beforeAll(async () => {
    desk = await runDesk(apiWorld());
    empty = await runDesk(apiWorld());
  });
  afterAll(() => Promise.all([stopDesk(desk), stopDesk(empty)]));

  test("sends a report and reads every table, and each answer is as described", async () => {
    const { world, url } = desk;
    const keys = [
      systemAt(url, await newKey(world, "--sends", "UB-02")),
      systemAt(url, await newKey(world, "--reads", "city")),
    ];
    const { body: document } = await systemAt(url, "").ask("/api/openapi.json");
    expect(document).toEqual(JSON.parse(readFileSync(join(ROOT, "docs/openapi.json"), "utf8")));
    const report = reportOf("UB-02", "Q2", { people: 40, reached: 20, has_plan: true });
    const schemas = document.paths["/reports"].post.requestBody.content["application/json"];
    expect(z.fromJSONSchema(schemas.schema).safeParse(report).success).toBe(true);
    const [sender, reader] = keys;
    const sent = await sender?.send(report);
    expect(sent?.body.result).toBe("asked");
    await runIn(world, "build");
    const published = await runIn(
      world,
      "publish",
      "Q2",
      ...["--class", "first", "--reason", "thử", "--acknowledge"],
    );
    expect(published.code).toBe(0);
    await expect
      .poll(async () => (await reader?.ask("/api/version-files"))?.body.length)
      .not.toBe(0);

    const values: Record<string, string> = {
      ...{ dataSet: "thu", receipt: String(sent?.body.receipt) },
      sha256: (await reader?.ask("/api/version-files"))?.body[0]?.sha256 ?? "0".repeat(64),
    };
    const asked: string[] = [];
    for (const [path, operations] of Object.entries<Record<string, Operation>>(document.paths)) {
      const operation = operations.get;
      if (operation === undefined) continue;
      const query = new URLSearchParams(
        operation.parameters
          .filter((one) => one.in === "query" && one.required)
          .map(({ name }) => [name, values[name] ?? ""]),
      );
      const address = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
      let answered = 0;
      for (const key of keys) {
        const { status, body } = await key.ask(`/api${address}?${query}`);
        expect([path, status, body?.code ?? null]).toEqual([
          path,
          ...(status === 403 ? [403, "not_allowed"] : [200, null]),
        ]);
        if (status === 403) continue;
        const content = operation.responses[status]?.content ?? {};
        const shape = z.fromJSONSchema(content["application/json"]?.schema ?? true);
        expect([path, shape.safeParse(body).error?.message]).toEqual([path, undefined]);
        answered += 1;
      }
      asked.push(`${path} ${answered}`);
    }
    expect(asked).toHaveLength(15);
  });

  test("what goes out for DHIS2 comes in as the same reports", async () => {
    const { url, world } = empty;
    const reader = systemAt(url, await newKey(world, "--reads", "city"));
    const figure = fc.constantFrom(null, 0, 1, 7, 12, "không phát sinh", "1.5", 1e3);
    const figures = fc.record({
      people: fc.constantFrom(2000, 5000),
      reached: fc.constantFrom(null, 0, 7, "không phát sinh"),
      visits_day: figure.filter((one) => one !== "1.5"),
      budget: figure,
      has_plan: fc.constantFrom(null, true, false),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(figures, figures, figures, figures),
        async ([one, two, three, four]) => {
          const given = [
            reportOf("UB-01", "Q2", one),
            reportOf("UB-02", "Q2", two),
            reportOf("UB-01", "Q3", three),
            reportOf("UB-02", "Q3", four),
          ];
          const sent = JSON.stringify({ reports: given.flatMap(({ reports }) => reports) });
          const received = "2025-02-01T10:00";
          await sendOne(world, { content: sent, received, again: true });
          await runIn(world, "build");
          const out = await reader.ask("/api/dataValueSets?dataSet=thu");
          const other = apiWorld();
          await send(
            other,
            { content: sent, received },
            { content: out.text, received: "2025-02-01T11:00" },
          );
          const [before, after] = await Promise.all(
            [1, 2].map((no) =>
              other.rows(`select unit_code, period, measure, state, value
                from reading join submission using (submission_no)
                where receipt_no = ${no} and state <> 'blank' order by all`),
            ),
          );
          expect(after).toEqual(before);
        },
      ),
      { numRuns: 8 },
    );
  });
});
