import { parse } from "csv-parse/sync";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { Publication } from "../contract/report.ts";
import {
  filesDigest,
  HandedSeal,
  isSigned,
  PLAN_FILE,
  SEAL_FILE,
  SealText,
} from "../contract/sealing.ts";
import { sha256Of } from "../warehouse/files.ts";
import { type Parts, unpack } from "../workbook/zip.ts";

/** A measure as the office below defines it. */
const Definition = z.object({
  code: z.string(),
  name: z.string(),
  unit_of_measure: z.string(),
  kind: z.string(),
  over_time: z.string(),
  over_areas: z.string(),
  is_sensitive: z.literal(["true", "false"]).transform((text) => text === "true"),
});

const Count = z.string().transform((text) => Number(text));

/** What stands of a measure in a version, for the whole of its plan; figures are exact decimals or empty. */
const Figure = z.object({
  code: z.string(),
  value: z.string(),
  value_in_period: z.string(),
  areas_expected: Count,
  areas_reported: Count,
  areas_carried: Count,
  periods_missing_before: Count,
});

/** The same of one area of it. */
const AreaFigure = Figure.pick({ code: true, value: true, value_in_period: true }).extend({
  area_no: z.string(),
  area_name: z.string(),
});

const Doubt = z.object({
  measure: z.string(),
  unit_name: z.string(),
  area_name: z.string(),
  said: z.string(),
  reason: z.string(),
});

const OwnPlan = z.object({
  number: z.string(),
  carries_out: z.string().default(""),
  area: z.object({ code: z.coerce.string() }),
  periods: z.array(
    z.object({
      code: z.string(),
      kind: z.string(),
      year: z.int(),
      position: z.int(),
      data_from: z.string(),
      data_to: z.string(),
      estimate: z.boolean().optional(),
    }),
  ),
});

const LocalMoment = z.iso.datetime({ local: true });

const Descriptor = z.object({
  contributors: z.array(z.object({ title: z.string() })).min(1),
  publication: Publication.pick({
    plan_id: true,
    period: true,
    version: true,
    class: true,
    reason: true,
    recorded_at: true,
    plan_sha256: true,
    sha256: true,
  }).extend({
    audience: z.literal("superior"),
    // earlier programs do not say
    withheld: z.array(z.string()).default([]),
    // in office time
    recorded_at: z.string().refine((at) => LocalMoment.safeParse(at.replace(" ", "T")).success),
  }),
  is_demonstration: z.boolean(),
  resources: z.array(z.object({ name: z.string(), path: z.string() })),
});

/** A published version of another office, whole as its seal has it. */
export interface HandedVersion {
  readonly publication: z.infer<typeof Descriptor>["publication"];
  readonly issuer: string;
  readonly isDemonstration: boolean;
  /** Of all its files and the plan, whatever it says of itself. */
  readonly contentSha256: string;
  /** The public key that its seal is signed with; null where it is not. */
  readonly signedBy: string | null;
  readonly planNumber: string;
  /** The document that the plan carries out, in its words. */
  readonly carriesOut: string;
  /** Code of the area of its plan. */
  readonly areaCode: string;
  readonly period: z.infer<typeof OwnPlan>["periods"][number];
  readonly measures: readonly z.infer<typeof Definition>[];
  /** By measure, with the line of the file of figures. */
  readonly figures: readonly (z.infer<typeof Figure> & { readonly line: number })[];
  /** By area and measure. */
  readonly areaFigures: readonly (z.infer<typeof AreaFigure> & { readonly line: number })[];
  readonly doubts: readonly z.infer<typeof Doubt>[];
}

/** What was read, or which part is not as the seal has it; null: another program may know how to read it. */
export type HandedReading =
  | { readonly ok: true; readonly version: HandedVersion }
  | { readonly ok: false; readonly part: string | null };

/** Reads what an office handed up, and holds all of it to its seal. */
export function readHanded(bytes: Buffer): HandedReading {
  const parts = unpack(bytes);
  if (parts === null) return { ok: false, part: "zip" };
  try {
    return readParts(parts);
  } catch (error) {
    return { ok: false, part: error instanceof Altered ? error.part : null };
  }
}

class Altered extends Error {
  readonly part: string;
  constructor(part: string) {
    super(part);
    this.part = part;
  }
}

function readParts(parts: Parts): HandedReading {
  const part = (name: string): Buffer => {
    const content = parts.get(name);
    if (content === undefined) throw new Altered(name);
    return content;
  };
  const { seal, signed_by, signature, nonce } = HandedSeal.parse(json(part(SEAL_FILE)));
  const sealed = SealText.parse(JSON.parse(seal));
  const isOwn = sealed.signed_by === signed_by && (signed_by === null) === (signature === null);
  if (!isOwn || (signed_by !== null && !isSigned(seal, signature ?? "", signed_by))) {
    throw new Altered(SEAL_FILE);
  }
  const files = [...parts].filter(([name]) => name !== SEAL_FILE && name !== PLAN_FILE);
  const digests = files.map(([name, content]) => ({ name, sha256: sha256Of(content) }));
  const descriptor = files.find(([name]) => name.endsWith(".json"))?.[0] ?? "datapackage.json";
  if (filesDigest(digests, nonce, sealed.seal) !== sealed.files_of_others.superior) {
    throw new Altered(alteredAmong(digests, json(part(descriptor))));
  }
  const { publication, resources, contributors, is_demonstration } = Descriptor.parse(
    json(part(descriptor)),
  );
  const isOfVersion =
    publication.sha256 === sealed.sha256 &&
    publication.plan_id === sealed.plan_id &&
    publication.period === sealed.period &&
    publication.version === sealed.version;
  if (!isOfVersion) throw new Altered(descriptor);
  if (sha256Of(part(PLAN_FILE)) !== publication.plan_sha256) throw new Altered(PLAN_FILE);
  const plan = OwnPlan.parse(parseYaml(part(PLAN_FILE).toString("utf8")));
  const period = plan.periods.find(({ code }) => code === publication.period);
  const tableOf = (resource: string) => {
    const found = resources.find(({ name }) => name === resource);
    if (found === undefined) throw new Error(`sealed without ${resource}`);
    return table(part(found.path));
  };
  const isMeasure = ({ record }: TableRow): boolean => record.section === "measure";
  const isWhole = ({ record }: TableRow): boolean => (record.area_no ?? "0") === "0";
  const figures = tableOf("figures").filter(isMeasure);
  if (period === undefined) throw new Altered(PLAN_FILE);
  const places = figures.map(({ record }) => `${record.code} ${record.area_no}`);
  if (new Set(places).size < places.length) throw new Error("a figure twice");
  return {
    ok: true,
    version: {
      publication,
      issuer: contributors[0]?.title ?? "",
      isDemonstration: is_demonstration,
      signedBy: signed_by,
      contentSha256: filesDigest(
        [...digests, { name: PLAN_FILE, sha256: publication.plan_sha256 }],
        "",
      ),
      planNumber: plan.number,
      carriesOut: plan.carries_out,
      areaCode: plan.area.code,
      period,
      measures: tableOf("definitions")
        .filter(isMeasure)
        .map(({ record }) => Definition.parse(record)),
      figures: figures
        .filter(isWhole)
        .map(({ record, line }) => ({ ...Figure.parse(record), line })),
      areaFigures: figures
        .filter((row) => !isWhole(row))
        .map(({ record, line }) => ({ ...AreaFigure.parse(record), line })),
      doubts: tableOf("doubts").map(({ record }) => Doubt.parse(record)),
    },
  };
}

/** The file whose digest is not the one that the descriptor has of it, else the seal. */
function alteredAmong(
  digests: readonly { readonly name: string; readonly sha256: string }[],
  descriptor: unknown,
): string {
  const Resources = z.object({
    resources: z.array(z.object({ path: z.string(), hash: z.string() })),
  });
  const { resources } = Resources.catch({ resources: [] }).parse(descriptor);
  const differs = resources.find(
    ({ path, hash }) =>
      `sha256:${digests.find(({ name }) => name === path)?.sha256 ?? ""}` !== hash,
  );
  return differs?.path ?? SEAL_FILE;
}

interface TableRow {
  readonly record: Readonly<Record<string, string>>;
  readonly line: number;
}

/** The rows of a CSV of a data package, without the apostrophe before what could be a formula. */
function table(content: Buffer): TableRow[] {
  const rows: { record: Record<string, string>; info: { lines: number } }[] = parse(content, {
    bom: true,
    columns: true,
    info: true,
  });
  return rows.map(({ record, info }) => ({
    record: Object.fromEntries(
      Object.entries(record).map(([name, cell]) => [name, cell.replace(/^'/, "")]),
    ),
    line: info.lines,
  }));
}

function json(content: Buffer): unknown {
  return JSON.parse(content.toString("utf8"));
}
