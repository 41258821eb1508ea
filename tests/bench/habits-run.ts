import { removeFolders } from "../folders.ts";
import { newWorld } from "../reception/given.ts";
import { takeInHabits } from "./habits.ts";

/** `npm run bench:habits [COUNT]`: takes in forms as clerks hand them in, and judges what was read. */
const [count = "2000"] = process.argv.slice(2);
const { misread, ...report } = await takeInHabits(newWorld(), Number(count));
console.log(JSON.stringify({ ...report, misread: misread.length }, null, 2));
for (const one of misread.slice(0, 20)) console.log(one);
removeFolders();
process.exitCode = misread.length === 0 ? 0 : 1;
