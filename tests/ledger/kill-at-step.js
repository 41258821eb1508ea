import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { DuckDBConnection } from "@duckdb/node-api";

/**
 * Loaded before the program, by `--import`: writes down each step in which it changes something below a
 * folder or ends a transaction, and ends it like a kill before one of them, `KILL_AT`.
 */
const { KILL_WITHIN: folder = "", KILL_STEPS: list = "", KILL_AT: killAt } = process.env;
const steps = fs.openSync(list, "a");
const counts = new Map();

/** A path without what is another one each time. */
const nameOf = (path) =>
  String(path)
    .slice(folder.length + 1)
    .replace(/[\da-f-]{16,}|\d+/g, "#");

function step(what) {
  const count = (counts.get(what) ?? 0) + 1;
  counts.set(what, count);
  fs.writeSync(steps, `${what} (${count})\n`);
  if (killAt !== `${what} (${count})`) return;
  process.kill(process.pid, "SIGKILL");
  for (;;);
}

/** @param whatOf what a call changes; null where it changes nothing */
function watch(holder, name, whatOf) {
  const own = holder[name];
  holder[name] = function (...given) {
    const what = whatOf.apply(this, given);
    if (what !== null) step(`${name} ${what}`);
    return own.apply(this, given);
  };
}

const isWithin = (path) => String(path).startsWith(`${folder}/`);
const changed = (path) => (isWithin(path) ? nameOf(path) : null);
const changedTo = (_, path) => changed(path);

if (process.argv[1]?.endsWith("chitieu.mjs")) {
  const opened = new WeakMap();
  const { open } = fs.promises;
  fs.promises.open = async (path, ...how) => {
    const handle = await open(path, ...how);
    opened.set(handle, path);
    return handle;
  };
  const handle = await open(process.execPath);
  for (const name of ["writeFile", "sync"]) {
    watch(Object.getPrototypeOf(handle), name, function () {
      return changed(opened.get(this));
    });
  }
  await handle.close();
  for (const name of ["writeFile", "rm", "mkdir"]) watch(fs.promises, name, changed);
  for (const name of ["rename", "link", "copyFile"]) watch(fs.promises, name, changedTo);
  for (const name of ["writeFileSync", "rmSync", "mkdirSync"]) watch(fs, name, changed);
  for (const name of ["renameSync", "copyFileSync"]) watch(fs, name, changedTo);
  watch(
    DuckDBConnection.prototype,
    "run",
    (sql) => /^(?:commit|checkpoint)\b/.exec(sql)?.[0] ?? null,
  );
  syncBuiltinESMExports();
}
