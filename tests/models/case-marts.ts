import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { quoteLiteral } from "../../pipelines/warehouse/sql.ts";
import { newFolder } from "../folders.ts";
import { viewMarts } from "./mart-views.ts";
import { readTable, type TextRow } from "./text-table.ts";
import { type GivenTable, writeLedger } from "./typed-ledger.ts";
import { filesBeside, type World, writeSources } from "./world.ts";

/** The marts of one case: `marts.X` holds the rows of its plan alone. */
export interface CaseMarts {
  read<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** What a query finds, as people write it. */
  rows(sql: string): Promise<TextRow[]>;
}

/** Adds a plan and what is reported for it. */
export type AddCase = (world: World, given: GivenTable, asOf?: string) => CaseMarts;

/** A plan of its own, what it is about, and what is reported for it. */
export interface Case {
  readonly planId: string;
  readonly world: World;
  readonly given: GivenTable;
}

/** Cases that can be plans of one warehouse: they have the same areas, and hold as of one moment. */
interface Group {
  readonly asOf: string;
  readonly cases: Case[];
  built?: Promise<DuckDBConnection>;
}

/**
 * The marts of the cases of a test file. A build of all models costs nearly as much for one plan as
 * for fifty, so that the cases are plans of one warehouse, which is built with every check when the
 * first of them is read. Cases with areas or moments of their own are in another one.
 *
 * @param atEnd closes the marts after the last of them was read
 * @returns adds a case. To be called before any test runs, since marts that are built take in no more.
 */
export function martsOfCases(atEnd: (close: () => Promise<void>) => void = afterAll): AddCase {
  const groups = new Map<string, Group>();
  const opened: OpenMarts[] = [];
  atEnd(async () => {
    for (const { close } of opened) await close();
  });

  return (world, given, asOf = "2099-12-31") => {
    const { plan, areas: lines, successors, tables, baselines } = world;
    const areas = { areas: lines, ...(successors && { successors }) };
    const key = JSON.stringify([areas, asOf]);
    const group = groups.get(key) ?? { asOf, cases: [] };
    groups.set(key, group);
    if (group.built !== undefined) throw new Error("a case was added after its marts were built");
    const planId = `case-${group.cases.length + 1}`;
    group.cases.push({
      planId,
      world: {
        ...areas,
        plan: { ...plan, id: planId },
        ...(tables && { tables }),
        ...(baselines && { baselines }),
      },
      given,
    });
    const read: CaseMarts["read"] = async (work) => {
      group.built ??= openMarts(group).then((open) => {
        opened.push(open);
        return open.connection;
      });
      const connection = await group.built;
      await connection.run(`set variable plan_id = ${quoteLiteral(planId)}`);
      return work(connection);
    };
    return { read, rows: (sql) => read((connection) => readTable(connection, sql)) };
  };
}

interface OpenMarts {
  readonly connection: DuckDBConnection;
  close(): Promise<void>;
}

/** Builds a group's marts in a folder of their own, and opens them until they are closed. */
async function openMarts({ asOf, cases }: Group): Promise<OpenMarts> {
  const marts = await buildCases(newFolder("chitieu-models-"), cases, asOf);
  return await new Promise<OpenMarts>((resolve, reject) => {
    const closed = withConnection(async (connection) => {
      await attach(connection, marts, "warehouse", { readOnly: true });
      await viewMarts(connection, "warehouse", "plan_id = getvariable('plan_id')");
      await new Promise<void>((end) => {
        const close = async (): Promise<void> => {
          end();
          await closed;
        };
        resolve({ connection, close });
      });
    });
    closed.catch(reject);
  });
}

/** Builds the marts of some plans of the same areas in a folder. @returns their file */
export async function buildCases(
  folder: string,
  cases: readonly Case[],
  asOf: string,
): Promise<string> {
  const [first] = cases;
  if (first === undefined) throw new Error("no case");
  const catalogue = writeSources(
    folder,
    first.world,
    Object.fromEntries(cases.map(({ planId, world }) => [`${planId}.yaml`, world.plan])),
    filesBeside(cases),
  );
  const paths = warehousePaths(join(folder, "warehouse"));
  mkdirSync(paths.folder);
  await writeLedger(
    paths,
    cases.map(({ planId, given }) => {
      const plan = catalogue.plans.find((one) => one.plan.id === planId);
      if (plan === undefined) throw new Error(`no plan ${planId}`);
      return [plan, given];
    }),
  );
  const { file } = await buildMarts({ paths, catalogue, asOf: parseMoment(asOf) });
  return file;
}
