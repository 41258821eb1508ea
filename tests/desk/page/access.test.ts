import { expect, test } from "vitest";
import type { ListedReceipt } from "../../../pipelines/desk/kept/receipts.ts";
import type { Board } from "../../../pipelines/desk/office/board.ts";
import {
  doubtsAbout,
  isOfUnits,
  reportId,
  standingOf,
} from "../../../pipelines/desk/page/access.ts";
import { newWorld } from "../../intake/given.ts";

const { catalogue } = newWorld();
const unitOf = (code: string) => catalogue.plans[0]?.units.find((one) => one.code === code);
const rows = ["UB-02", "GD"].map((code) => ({
  ...{ plan_id: "thu", period: "Q2", unit_id: unitOf(code)?.unit_id, office_code: code },
  sha256: "a",
}));
const [WARD, OTHER_WARD, CITY] = [3, 2, 1];

/** What a finding that hangs on a report of a unit is about, and whether its clerk is shown it. */
const FOUND: [unit: string, measure: string | null, area: number | null, isShown: boolean][] = [
  ["UB-02", null, null, true],
  ["UB-02", null, WARD, true],
  ["UB-02", "people", WARD, true],
  // reported by both, each at its own place
  ["UB-02", "budget", WARD, true],
  ["UB-02", "budget", null, false],
  // the plan has it no more, or asks it of another unit
  ["UB-02", "gone", WARD, true],
  ["UB-02", "gone", OTHER_WARD, false],
  ["UB-02", "pupils", WARD, false],
  ["UB-02", "people", OTHER_WARD, false],
  ["UB-02", null, OTHER_WARD, false],
  ["GD", "pupils", WARD, true],
  ["GD", "pupils", null, true],
  ["GD", "budget", null, true],
  ["GD", "budget", WARD, false],
  ["GD", "people", WARD, false],
  ["GD", "gone", CITY, true],
];

test.each(FOUND)(
  "of %s, about %s at %s: shown to its clerk %s",
  (unit, measure, area_id, isShown) => {
    const row = rows.find(({ office_code }) => office_code === unit);
    const finding = { ...row, measure, area_id, severity: "doubt", is_acknowledged: false };
    const board = { catalogue, rows, findings: [finding] } as unknown as Board;
    const shown = (units: string[], role?: "clerk" | "leader" | "admin") =>
      doubtsAbout(board, reportId(row as never), { units, ...(role && { role }) }).length;
    const asked = [
      shown([unit], "clerk"),
      shown([unit]),
      shown([], "leader"),
      shown([unit], "admin"),
    ];
    expect(asked).toEqual([isShown ? 1 : 0, isShown ? 1 : 0, 1, 0]);
    const another = unit === "GD" ? "UB-02" : "GD";
    expect(shown([another], "clerk")).toBe(0);
  },
);

test("whoever sends for another unit now is not told how the report of the unit before stands", () => {
  const board = { catalogue, rows, findings: [] } as unknown as Board;
  const receipt = { sha256: "a", claims: [rows[0]] } as unknown as ListedReceipt;
  const told = (units: string[]) => standingOf(board, receipt, { role: "clerk", units });
  expect(told(["UB-02"]).counted).toHaveLength(1);
  expect(told(["GD"])).toEqual({ counted: [], gone: [], doubts: [] });
  expect(["UB-02", "GD"].map((code) => isOfUnits(board, { units: [code] })(receipt))).toEqual([
    true,
    false,
  ]);
});
