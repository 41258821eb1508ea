import { beforeAll, expect, test } from "vitest";
import { type GivenTables, givenTables } from "./given-tables.ts";

/** What is kept of a page between two renderings. */
interface Kept {
  want(sql: string): void;
  keepInputs(chosen: string): void;
}

let tables: GivenTables;
beforeAll(async () => {
  tables = await givenTables(`create table pages.chitieu.ward as from (values
      ('Mai Pha', 2::hugeint, 29.996::decimal(9, 3), null::varchar),
      ('Chi Lăng', 1, 100, null)
    ) as ward(name, visits, share, note);
    create table pages.chitieu.ward_other as select 1 as n`);
});

/** Renders a page with components that ask and choose, each time that it is rendered. */
const render = (work: (kept: Kept, turn: number) => void) => {
  let turn = 0;
  return tables.render(() => ({ wards: "select * from chitieu.ward order by name" }), {
    isLive: true,
    work: (rows) => {
      const [symbol = Symbol()] = Object.getOwnPropertySymbols(rows);
      work((rows as unknown as Record<symbol, Kept>)[symbol] as Kept, turn);
      turn += 1;
    },
  });
};

test("what is asked for is answered at the next rendering, from the rows that the page has", async () => {
  const sql = `select name, typeof(visits) as whole, typeof(share) as broken, typeof(note) as none,
    share > 29.99 as is_more from "/a/"."wards"`;
  const { rows, text } = await render((kept, turn) => turn === 0 && kept.want(sql));
  expect(rows?.[sql]).toEqual([
    { name: "Chi Lăng", whole: "BIGINT", broken: "DOUBLE", none: "VARCHAR", is_more: true },
    { name: "Mai Pha", whole: "BIGINT", broken: "DOUBLE", none: "VARCHAR", is_more: true },
  ]);
  const fetched = JSON.parse(text);
  expect(fetched[sql].rows).toHaveLength(2);
  expect(fetched[":types"].rows).toEqual([
    ["wards", "name", "VARCHAR"],
    ["wards", "visits", "BIGINT"],
    ["wards", "share", "DOUBLE"],
    ["wards", "note", "VARCHAR"],
  ]);
  expect(fetched[":sources"].rows).toEqual([]);
});

test("a choice renders the page again, and goes to the browser", async () => {
  const { text } = await render((kept) => kept.keepInputs('{"ward":{"value":"Mai Pha"}}'));
  expect(JSON.parse(text)[":inputs"].rows).toEqual([["ward", '{"value":"Mai Pha"}']]);
});

test("a table of the sources that is asked for by name becomes a file, named for what it holds", async () => {
  const sql = "select count(*) as n from chitieu.ward";
  const { rows, text, files } = await render((kept, turn) => turn === 0 && kept.want(sql));
  expect(rows?.[sql]).toEqual([{ n: 2 }]);
  const [[address = "", content = ""] = []] = [...files];
  expect(address).toMatch(/^\/du-lieu\/chitieu\.ward\.[\w.]{22}\.json$/);
  expect(JSON.parse(text)[":sources"].rows).toEqual([["chitieu.ward", address]]);
  // in no order of its own
  expect(JSON.parse(content).rows.map(([name]: [string]) => name)).toEqual(["Chi Lăng", "Mai Pha"]);
  expect(files.size).toBe(1);
});

test("a query of a component that fails, or inputs that change each other for ever, are errors", async () => {
  await expect(render((kept) => kept.want("select nothing from chitieu.ward"))).rejects.toThrow(
    /components failed: .*nothing/,
  );
  await expect(render((kept, turn) => kept.keepInputs(`{"turn":${turn}}`))).rejects.toThrow(
    /in a circle/,
  );
  // neither is left to the next one
  expect((await render(() => {})).rows?.wards).toHaveLength(2);
});
