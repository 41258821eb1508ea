/** Who does what at the desk, and how it is called there. */
export const ROLES = {
  clerk: "Cán bộ đơn vị",
  staff: "Chuyên viên tổng hợp",
  leader: "Lãnh đạo",
  admin: "Quản trị",
} as const;
export type Role = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as [Role, ...Role[]];

export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

/** What somebody may do at the desk. */
export type Act =
  | "send for own units"
  | "send for any unit"
  | "see every unit"
  | "let doubts stand"
  | "decide on reports"
  | "remind units"
  | "erase"
  | "prepare reports"
  | "approve reports"
  | "see city pages"
  | "trust keys"
  | "set the clock right"
  | "manage accounts";

/** Everything that a role may do; what is not here, it may not. */
const MAY: Readonly<Record<Role, ReadonlySet<Act>>> = {
  clerk: new Set(["send for own units"]),
  staff: new Set([
    "send for any unit",
    "see every unit",
    "let doubts stand",
    "decide on reports",
    "remind units",
    "erase",
    "prepare reports",
    "trust keys",
    "set the clock right",
    "see city pages",
  ]),
  leader: new Set(["see every unit", "approve reports", "see city pages"]),
  admin: new Set(["manage accounts", "trust keys", "set the clock right"]),
};

export function may(role: Role, act: Act): boolean {
  return MAY[role].has(act);
}
