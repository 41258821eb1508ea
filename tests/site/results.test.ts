import { beforeAll, expect, test } from "vitest";
import { type GivenTables, givenTables } from "./given-tables.ts";

let tables: GivenTables;
beforeAll(async () => {
  tables = await givenTables(`create table pages.chitieu.ward as from (values
    ('Chi Lăng', 8::bigint, 29.996::decimal(9, 3), true, null),
    ('Mai Pha', 0, 100, false, date '2024-06-10')
  ) as ward(name, visits, share, is_met, received)`);
});

const WARDS = "select name, visits, share, is_met from chitieu.ward order by name";

test("rows are texts, numbers, yes and no, for the page and for its browser", async () => {
  const page = await tables.render(() => ({
    wards: WARDS,
    none: "select name from chitieu.ward where visits > 100",
  }));
  expect(page.rows).toEqual({
    wards: [
      { name: "Chi Lăng", visits: 8, share: 29.996, is_met: true },
      { name: "Mai Pha", visits: 0, share: 100, is_met: false },
    ],
    none: [],
  });
  expect(JSON.parse(page.text)).toEqual({
    wards: {
      columns: ["name", "visits", "share", "is_met"],
      rows: [
        ["Chi Lăng", 8, 29.996, true],
        ["Mai Pha", 0, 100, false],
      ],
    },
    none: { columns: ["name"], rows: [] },
  });
});

test("a column that a row does not have is an error, and not a figure that is missing", async () => {
  const { rows } = await tables.render(() => ({
    wards: "select name, null::integer as visits from chitieu.ward order by name",
  }));
  const wards = rows?.wards ?? [];
  expect(wards[0]?.visits).toBeNull();
  expect(() => wards[0]?.visit).toThrow('The query "wards" has no column "visit"');
  expect(JSON.stringify(wards[0])).toBe('{"name":"Chi Lăng","visits":null}');
  expect(`${wards[0]}`).toBe("[object Object]");
  expect({ ...wards[1] }).toEqual({ name: "Mai Pha", visits: null });
});

test.each([
  ["bad", "select nothing from chitieu.ward", /Query "bad" failed: .*nothing/],
  // another page asks the same: the name is that of its own query
  ["same", "select nothing from chitieu.ward", /Query "same" failed/],
  ["day", "select received from chitieu.ward", /"received" is neither text, number nor yes or no/],
  ["drop", "drop table chitieu.ward", /Query "drop" failed: .*read-only/],
])("a query that fails is named: %s", async (name, sql, reason) => {
  await expect(tables.render(() => ({ [name]: sql }))).rejects.toThrow(reason);
});

test("an address is a page when what its parameters name is there, and is a text to SQL", async () => {
  const asked: string[] = [];
  const page = (name: string) =>
    tables.render(
      (params) => {
        const ward = `select name from chitieu.ward where name = '${params.ward}'`;
        asked.push(ward);
        return { ward, others: `${WARDS} limit 0` };
      },
      { params: { ward: name }, needs: ["ward"] },
    );
  expect((await page("Mai Pha")).rows).toEqual({ ward: [{ name: "Mai Pha" }], others: [] });
  for (const name of [
    "Mai Pha'",
    "' or '1' = '1",
    "x' union select 'y",
    "'; drop table chitieu.ward --",
  ]) {
    const { isThere, rows, text } = await page(name);
    expect([name, isThere, rows, text]).toEqual([name, false, undefined, ""]);
  }
  expect(asked.at(-1)).toContain("'''; drop");
});
