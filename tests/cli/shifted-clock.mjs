// Loaded before a program (`node --import`): its clock, and that of its children, is off by the
// milliseconds that a file says, also when the file changes.
import { readFileSync } from "node:fs";

const TrueDate = Date;
const file = process.env.CHITIEU_TEST_CLOCK ?? "";
let shift = 0;
const look = () => {
  try {
    shift = Number(readFileSync(file, "utf8")) || 0;
  } catch {
    shift = 0;
  }
};
look();
setInterval(look, 100).unref();

globalThis.Date = class extends TrueDate {
  constructor(...given) {
    if (given.length === 0) super(TrueDate.now() + shift);
    else super(...given);
  }

  static now() {
    return TrueDate.now() + shift;
  }
};
