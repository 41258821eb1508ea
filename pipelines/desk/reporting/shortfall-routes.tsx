import { reportKey } from "../../intake/judge.ts";
import { decideOnTexts, recordShortfalls, type ShortfallText } from "../../ledger/recorded-acts.ts";
import type { KeptText } from "../../models/shortfall.ts";
import { personalSigns } from "../../persons/personal-signs.ts";
import { visibleText } from "../../vocabulary/shown-text.ts";
import { may } from "../accounts/roles.ts";
import { reportIn, reportsOf } from "../page/access.ts";
import { changedSince } from "../page/page.tsx";
import { type Answer, type Asked, about, type Route, type SentForm } from "../page/routes.ts";
import { textFault } from "../page/text-fault.ts";
import { isReaders, readersOf } from "../page/text-readers.ts";
import {
  changedHere,
  MAX_TEXT,
  readersField,
  ShortfallPage,
  type ShortfallShown,
  SIDE_NAMES,
  SIDES,
  textField,
} from "./shortfall-page.tsx";

type Meant = Omit<ShortfallShown, "typed" | "done" | "fault">;
type Typed = ShortfallShown["typed"];

const PATH = "/nguyen-nhan/:plan/:period";

/** Causes and remedies: each unit writes its own, staff those of the whole area, and who may read them. */
export const SHORTFALL_ROUTES: readonly Route[] = [
  ["get", PATH, "any account", about(meant, openTexts)],
  ["post", PATH, "prepare reports", about(meant, saveTexts)],
  ["get", `${PATH}/:unit`, "any account", about(meant, openTexts)],
  ["post", `${PATH}/:unit`, "send for own units", about(meant, saveTexts)],
];

async function meant({ c, desk: { office }, visitor: { account } }: Asked): Promise<Meant | null> {
  const { plan: planId = "", period: code = "", unit: unitCode } = c.req.param();
  const report = reportIn(office.board, planId, code);
  if (report === null) return null;
  const isStaff = may(account.role, "see every unit");
  const unit = report.plan.units.find((one) => one.code === unitCode) ?? null;
  const isOwn =
    unitCode !== undefined &&
    reportsOf(office.board, account).has(reportKey({ plan: planId, unit: unitCode, period: code }));
  if (unitCode === undefined ? !isStaff : unit === null || !isOwn) return null;
  const { indicators, texts } = await office.shortfalls({
    ...{ plan: planId, period: code },
    unit: unit && { unit_id: unit.unit_id, area_id: unit.area?.area_id ?? null },
    audience: isStaff ? "city" : "shared",
  });
  const mayWrite = unit !== null || may(account.role, "prepare reports");
  // what is held is for staff alone, and a unit sees its own
  const seen = texts.filter(
    ({ audience, unit_id }) =>
      (mayWrite || audience !== null) && (unit === null || unit_id === unit.unit_id),
  );
  return { ...report, unit, indicators, texts: seen, mayWrite };
}

function openTexts({ c }: Asked, one: Meant): Answer {
  const typed = c.req.query("tong-hop") === undefined ? () => null : ofUnits(one);
  return c.render(<ShortfallPage {...{ ...one, typed }} />);
}

async function saveTexts(form: SentForm, one: Meant): Promise<Response> {
  const { c, desk, by } = form;
  const typed: Typed = (code, side) => {
    const name = textField(code, side);
    return form.fields.has(name) ? sentenceOf(form.field(name)) : null;
  };
  if (!form.isAsShown(changedHere(one))) {
    const fault = `${changedSince("Nội dung ở đây", "lưu")} Trang đang giữ lời vừa ghi.`;
    return c.render(<ShortfallPage {...{ ...one, typed, fault }} />, 409);
  }
  const { texts, faults } = newTexts(one, typed);
  if (faults.length > 0) {
    return c.render(<ShortfallPage {...{ ...one, typed, fault: faults.join(" ") }} />, 400);
  }
  if (texts.length > 0) {
    await desk.office.write(({ paths, now }) => recordShortfalls(paths, { ...now, texts, by }));
  }
  const now = (await meant(form)) ?? one;
  const decided =
    one.unit === null ? decisions(one.texts, now, (of) => form.field(readersField(of))) : [];
  const decidedBy = by.name ?? by.account;
  for (const [decision, textIds] of decided) {
    await desk.office.write(({ paths, now: at }) =>
      decideOnTexts(paths, { ...at, textIds, decision, decidedBy, by }),
    );
  }
  if (texts.length + decided.length > 0) {
    await form.note("nguyên nhân, giải pháp", `${one.plan.plan.id} ${one.period.code}`);
  }
  const shown = decided.length === 0 ? now : ((await meant(form)) ?? now);
  const done = texts.length + decided.length === 0 ? "Không có gì thay đổi." : "Đã lưu.";
  return c.render(<ShortfallPage {...{ ...shown, done }} typed={() => null} />);
}

/** A text as it is kept: in one line, and a sentence. */
function sentenceOf(written: string): string {
  const text = visibleText(written.normalize("NFC")).trim();
  return text === "" || /[.!?…;:)]$/.test(text) ? text : `${text}.`;
}

/** Texts that differ from those kept, or everything that is wrong with them. */
function newTexts(
  { plan, period, unit, indicators, texts }: Meant,
  typed: Typed,
): { texts: ShortfallText[]; faults: string[] } {
  const unitId = unit?.unit_id ?? null;
  const faults: string[] = [];
  const written = indicators.flatMap(({ indicator_code: code }) =>
    SIDE_NAMES.flatMap((side): ShortfallText[] => {
      const now = typed(code, side);
      const kept = texts.find(
        (one) => one.indicator_code === code && one.side === side && one.unit_id === unitId,
      );
      if (now === null || now === (kept?.said ?? "")) return [];
      const what = `${SIDES[side]} của chỉ tiêu ${code}`;
      const fault =
        now.length > MAX_TEXT
          ? `${what} dài quá ${MAX_TEXT} chữ.`
          : now === ""
            ? null
            : textFault(now, what);
      if (fault !== null) faults.push(fault);
      return [
        {
          ...{ plan_id: plan.plan.id, period: period.code, indicator_code: code },
          ...{ unit_id: unitId, side, said: now },
          is_held: personalSigns(now).length > 0,
        },
      ];
    }),
  );
  return { texts: written, faults };
}

/**
 * The texts of which others may read now than is chosen; of a guarded indicator never everybody. What is
 * written anew and may be about a person waits.
 * @param seen those among which somebody chose
 */
function decisions(
  seen: readonly KeptText[],
  { plan, indicators, texts }: Meant,
  chosen: (of: readonly string[]) => string,
): ["city" | "shared" | "struck", string[]][] {
  const found = indicators.flatMap(({ indicator_code: code, is_guarded }) =>
    [null, ...plan.units.map(({ unit_id }) => unit_id)].flatMap((unitId) => {
      const its = texts.filter((one) => one.indicator_code === code && one.unit_id === unitId);
      const ids = its.map(({ text_id }) => text_id);
      const readers = its.length === 0 ? "" : chosen(unitId === null ? [code] : ids);
      if (!isReaders(readers, is_guarded)) return [];
      return its
        .filter((one) => !one.is_held || seen.some(({ text_id }) => text_id === one.text_id))
        .filter((one) => readersOf(one) !== readers)
        .map(({ text_id }) => ({ readers, text_id }));
    }),
  );
  return (["city", "shared", "struck"] as const).flatMap((readers) => {
    const ids = found.filter((one) => one.readers === readers).map(({ text_id }) => text_id);
    return ids.length === 0 ? [] : [[readers, ids] as [typeof readers, string[]]];
  });
}

/** The texts of units on each indicator, for the office to write its own from. */
function ofUnits({ plan, texts }: Meant): Typed {
  return (code, side) => {
    const its = texts.filter((one) => one.indicator_code === code && one.side === side);
    if (its.some(({ unit_id }) => unit_id === null)) return null;
    const lines = plan.units.flatMap(({ unit_id, name }) =>
      its
        .filter((one) => one.unit_id === unit_id && one.audience !== null)
        .map((one) => `${name}: ${one.said}`),
    );
    return lines.length === 0 ? null : lines.join(" ");
  };
}
