/** Rows of a query as a plain list; a page without such rows has none. */
export function list(rows) {
  return rows === undefined || rows === null ? [] : Array.from(rows);
}

/** The rows of a list by a key. */
export function groupBy(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const group = groups.get(row[key]);
    if (group === undefined) groups.set(row[key], [row]);
    else group.push(row);
  }
  return groups;
}
