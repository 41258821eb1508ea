import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { keyCode } from "../../contract/check-code.ts";
import { ExportedSeal, isSigned } from "../../contract/sealing.ts";
import type { Area } from "../areas/area.ts";
import type { ResolvedPlan } from "../catalogue.ts";
import { keyState, type OfficeKey } from "../office/office-keys.ts";
import { Plan } from "../plan/plan.ts";
import type { TargetRow } from "../targets/target.ts";

/** A number of a target that a plan gives to one place, and the period at whose end it must hold. */
const Given = z.strictObject({
  place: z.string(),
  indicator: z.string(),
  period: z.string(),
  value: z.string(),
  to: z.string().nullable(),
});
export type Given = z.infer<typeof Given>;

const HandedText = z.strictObject({
  handed_down: z.literal(1),
  plan: z.record(z.string(), z.unknown()),
  places: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  given: z.array(Given),
});

/** A plan that the office above hands down, with what it gives to whom. */
export interface HandedPlan extends z.infer<typeof HandedText> {
  /** The same as `plan`, which is as it was written. */
  readonly read: Plan;
  /** The public key that it is signed with; null where it is not. */
  readonly signedBy: string | null;
}

/** A plan in use as one file from which each office below begins its own; signed where there is a key. */
export function handedPlan(
  resolved: ResolvedPlan,
  key: { readonly publicKey: string; sign(text: string): string } | null,
): { readonly name: string; readonly bytes: Buffer } {
  const { plan, file, areas } = resolved;
  const written: z.infer<typeof HandedText>["plan"] = parse(readFileSync(file, "utf8"));
  const handed: z.infer<typeof HandedText> = {
    handed_down: 1,
    plan: written,
    places: areas.map(({ code, name }) => ({ code, name })),
    given: plan.indicators.flatMap(({ code }) => givenBy(resolved, code)),
  };
  const seal = JSON.stringify(handed);
  const whole: z.infer<typeof ExportedSeal> = {
    seal,
    signed_by: key?.publicKey ?? null,
    signature: key?.sign(seal) ?? null,
  };
  return { name: `${plan.id}_giao-xuong.json`, bytes: Buffer.from(JSON.stringify(whole)) };
}

/** Each place's numbers of an indicator as they were amended last; none where the whole alone is judged. */
function givenBy({ targets, areas }: ResolvedPlan, indicator: string): Given[] {
  const target = targets.get(indicator);
  if (target === undefined || target.scope === "whole") return [];
  const { rows, groups } = target;
  const isOf = (row: TargetRow, area: Area): boolean => {
    if (row.area !== null) return row.area.area_id === area.area_id;
    const group = groups.find(({ no }) => no === row.groupNo);
    return group === undefined || group.areas.some(({ area_id }) => area_id === area.area_id);
  };
  return areas.flatMap((area) => {
    const last = new Map<string, TargetRow>();
    for (const row of rows.filter((one) => isOf(one, area))) {
      const before = last.get(row.due.code);
      if ((before?.effectiveFrom ?? "") <= (row.effectiveFrom ?? "")) last.set(row.due.code, row);
    }
    return [...last].map(([period, { value, to }]) => ({
      ...{ place: area.code, indicator, period, value, to },
    }));
  });
}

/** What an office above handed down; null where the file is none, or was altered after it was signed. */
export function readHandedPlan(text: string): HandedPlan | null {
  try {
    const { seal, signed_by, signature } = ExportedSeal.parse(JSON.parse(text));
    if ((signed_by === null) !== (signature === null)) return null;
    if (signed_by !== null && !isSigned(seal, signature ?? "", signed_by)) return null;
    const handed = HandedText.parse(JSON.parse(seal));
    return { ...handed, read: Plan.parse(handed.plan), signedBy: signed_by };
  } catch {
    // a file of its makers is read by its makers' own schema
    return null;
  }
}

/** A warning about who made a file; null where it is signed with a key that is trusted here. */
export function signatureDoubt(
  { signedBy, read }: HandedPlan,
  keys: readonly OfficeKey[],
  day: string,
): string | null {
  const ask = "so từng mức với văn bản đã ký.";
  if (signedBy === null) return `tệp của cấp trên không có chữ ký: ${ask}`;
  const { state } = keyState(keys, { signedBy, area: read.area.code, day });
  if (state === "trusted") return null;
  return `tệp của cấp trên ký bằng khóa ${keyCode(signedBy)}, ở đây chưa tin cậy hoặc thôi tin cậy: ${ask}`;
}
