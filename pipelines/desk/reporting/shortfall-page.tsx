import type { FC } from "hono/jsx";
import type { KeptText, Standing } from "../../models/shortfall.ts";
import { amountText } from "../../sentences/amount.ts";
import type { ResolvedPlan } from "../../sources/catalogue.ts";
import type { PlanPeriod } from "../../sources/plan/plan.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { isLacking } from "../../vocabulary/status.ts";
import { STATUSES } from "../../vocabulary/words.ts";
import { Basis, DESK, Done, Fault, Form, momentText, Page } from "../page/page.tsx";
import { readersFor, readersOf } from "../page/text-readers.ts";

export const SIDES = { cause: "Nguyên nhân", remedy: "Giải pháp" } as const;
export type Side = keyof typeof SIDES;
export const SIDE_NAMES = Object.keys(SIDES) as readonly Side[];

/** Longer texts belong into a document. */
export const MAX_TEXT = 1000;

/** The badges of the desk in the colours of verdicts. */
const BADGES = {
  ...{ met: "received", on_track: "received" },
  ...{ behind: "to_explain", not_met: "late", none: "none" },
};

/** The field of a form that holds a text. */
export const textField = (code: string, side: Side): string => `${side}:${code}`;
/** The field that says who may read texts: of ids, or of what is written now of an indicator. */
export const readersField = (of: readonly string[]): string => `xem:${of.join(",")}`;

/** Where a unit, or the office, says why indicators are not attained. */
export function shortfallAddress(plan: string, period: string, unit?: string): string {
  const parts = [plan, period, ...(unit === undefined ? [] : [unit])];
  return `${DESK}/nguyen-nhan/${parts.map(encodeURIComponent).join("/")}`;
}

export interface ShortfallShown {
  readonly plan: ResolvedPlan;
  readonly period: PlanPeriod;
  /** Whose they are; null of the office, for the whole area. */
  readonly unit: { readonly unit_id: string; readonly code: string; readonly name: string } | null;
  readonly indicators: readonly Standing[];
  readonly texts: readonly KeptText[];
  readonly mayWrite: boolean;
  /** What a text box holds instead of what is kept: what somebody has typed, or what is suggested. */
  readonly typed: (code: string, side: Side) => string | null;
  readonly done?: string | undefined;
  readonly fault?: string | undefined;
}

/** What a form of the page changes: the texts of its own, and who may read those that were decided on. */
export function changedHere({ unit, texts }: Pick<ShortfallShown, "unit" | "texts">): unknown {
  return texts
    .map((one) => [
      ...(one.unit_id === (unit?.unit_id ?? null) ? [one.indicator_code, one.side, one.said] : []),
      ...(one.is_decided && unit === null ? [one.text_id, one.audience] : []),
    ])
    .filter(({ length }) => length > 0);
}

/** Why indicators are not attained, and what is done about it. */
export const ShortfallPage: FC<ShortfallShown> = (shown) => {
  const { plan, period, unit, indicators, texts, mayWrite, done, fault } = shown;
  const isWritten = ({ indicator_code }: Standing): boolean =>
    texts.some(
      (one) =>
        one.indicator_code === indicator_code && (unit === null || one.unit_id === unit.unit_id),
    );
  const isFirst = (one: Standing): boolean =>
    (one.status !== null && isLacking(one.status)) || isWritten(one);
  const first = indicators.filter(isFirst);
  const others = indicators.filter((one) => !isFirst(one));
  const address = shortfallAddress(plan.plan.id, period.code, unit?.code);
  const hasUnits = unit === null && texts.some(({ unit_id }) => unit_id !== null);
  return (
    <Page title="Nguyên nhân, giải pháp" open={unit === null ? "bao-cao" : "viec"}>
      <h1>Nguyên nhân, giải pháp</h1>
      <p class="note">
        {unit?.name ?? `Toàn ${plan.plan.area.noun}`}, {inSentence(period.name)}, {plan.plan.number}
        , {plan.plan.short_title}
      </p>
      <Done>{done}</Done>
      <Fault>{fault}</Fault>
      <p>
        Chỉ tiêu không đạt hoặc chậm tiến độ theo số liệu cập nhật gần nhất xếp trước. Không nêu họ
        tên, thông tin của cá nhân.{" "}
        {unit !== null &&
          "Cơ quan tổng hợp đọc nội dung này để lập báo cáo và quyết định có đưa lên trang cho mọi người xem hay không."}
      </p>
      {mayWrite && hasUnits && (
        <p>
          <a href={`${address}?tong-hop=1`}>Soạn ô còn trống từ lời của các đơn vị</a>
        </p>
      )}
      <Form action={address} class="wide shortfalls">
        <Basis of={changedHere({ unit, texts })} />
        {first.length === 0 && <p>Không có chỉ tiêu nào không đạt hoặc chậm tiến độ.</p>}
        {first.map((one) => (
          <Indicator {...{ shown, one }} />
        ))}
        {others.length > 0 && (
          <details>
            <summary>Chỉ tiêu khác ({others.length})</summary>
            {others.map((one) => (
              <Indicator {...{ shown, one }} />
            ))}
          </details>
        )}
        {mayWrite && (
          <p class="buttons">
            <button type="submit">Lưu</button>
          </p>
        )}
      </Form>
    </Page>
  );
};

const Indicator: FC<{ shown: ShortfallShown; one: Standing }> = ({ shown, one }) => {
  const { plan, unit, texts, mayWrite, typed } = shown;
  const { indicator_code: code, status } = one;
  const its = texts.filter(({ indicator_code }) => indicator_code === code);
  const own = its.filter(({ unit_id }) => unit_id === (unit?.unit_id ?? null));
  const units =
    unit === null
      ? plan.units.flatMap(({ unit_id, name }) => {
          const own = its.filter((text) => text.unit_id === unit_id);
          return own.length === 0 ? [] : [{ name, own }];
        })
      : [];
  return (
    <fieldset data-indicator={code}>
      <legend>
        {code} {one.short_name}{" "}
        {status !== null && (
          <span class={`badge ${BADGES[STATUSES[status].tone]}`}>{STATUSES[status].word}</span>
        )}
        {status !== null && isLacking(status) && one.value !== null && (
          <small>
            {" "}
            {amountText(one.value, one.unit_of_measure)}, mức chỉ tiêu {one.target_text}
          </small>
        )}
      </legend>
      {mayWrite ? (
        <div class="pair">
          {SIDE_NAMES.map((side) => (
            <label>
              {SIDES[side]}
              <textarea name={textField(code, side)} rows={3} maxlength={MAX_TEXT}>
                {typed(code, side) ?? own.find((text) => text.side === side)?.said ?? ""}
              </textarea>
            </label>
          ))}
        </div>
      ) : (
        <Texts of={own} />
      )}
      {own.length > 0 && <WrittenBy texts={own} isOwn />}
      {mayWrite && unit === null && (
        <ReaderChoice of={[code]} texts={own} isGuarded={one.is_guarded} />
      )}
      {units.length > 0 && (
        <ul>
          {units.map(({ name, own: written }) => (
            <li>
              <strong>{name}</strong>
              <Texts of={written} />
              <WrittenBy texts={written} isOwn={false} />
              {mayWrite && (
                <ReaderChoice
                  of={written.map(({ text_id }) => text_id)}
                  texts={written}
                  isGuarded={one.is_guarded}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
};

const Texts: FC<{ of: readonly KeptText[] }> = ({ of: texts }) => (
  <>
    {texts.map(({ side, said }) => (
      <p>
        {SIDES[side]}: {said}
      </p>
    ))}
  </>
);

/** Who wrote last and when, and that it waits to be looked through. */
const WrittenBy: FC<{ texts: readonly KeptText[]; isOwn: boolean }> = ({ texts, isOwn }) => {
  const last = texts.reduce((one, other) => (one.said_at > other.said_at ? one : other));
  const isHeld = texts.some(({ is_held, is_decided }) => is_held && !is_decided);
  return (
    <p class="note">
      {last.said_by}, {momentText(last.said_at)}.
      {isHeld &&
        ` Có thể nói về một người: chưa ai xem${isOwn ? "; viết lại không nêu người, hoặc chờ cơ quan tổng hợp xem xét" : " cho đến khi chọn người được xem"}.`}
    </p>
  );
};

const ReaderChoice: FC<{
  of: readonly string[];
  texts: readonly KeptText[];
  isGuarded: boolean;
}> = ({ of, texts, isGuarded }) => {
  const states = texts.map(readersOf);
  const state = states.every((one) => one === states[0]) ? (states[0] ?? "city") : "";
  return (
    <label class="inline">
      Ai được xem
      <select name={readersField(of)}>
        {state === "" && <option value="">Chưa chọn</option>}
        {readersFor(isGuarded).map(([reader, word]) => (
          <option value={reader} selected={reader === state}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
};
