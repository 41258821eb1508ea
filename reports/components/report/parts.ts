/** The parts of a report to which an address leads, `#chi-tieu`, of whatever program it was published by. */
export const PARTS = [
  "tinh-hinh",
  "chi-tieu",
  "dia-ban",
  "nguyen-nhan",
  "so-lieu",
  "thay-doi",
  "luu-y",
  "can-cu",
] as const;
