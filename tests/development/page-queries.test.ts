import { expect, test } from "vitest";
import { queriesOf } from "../../pipelines/development/page-queries.ts";

const PAGE = `---
title: Trang
---

\`\`\`sql wards
select * from chitieu.area where plan_id = '\${params.plan}'
\`\`\`

Chữ, và \`\`\`sql trong dòng\`\`\`.

\`\`\`sql counts
select count(*) as n from \${wards} where name = '\${inputs.name.value}';
\`\`\`

\`\`\`js
const sql = 1;
\`\`\`
`;

test("the queries of a page, with where they begin and what is put into them", () => {
  expect(queriesOf(PAGE)).toEqual([
    {
      name: "wards",
      partial: undefined,
      line: 5,
      sql: "select * from chitieu.area where plan_id = ''",
    },
    {
      name: "counts",
      partial: undefined,
      line: 11,
      sql: "select count(*) as n from (select * from chitieu.area where plan_id = ''\n) where name = ''",
    },
  ]);
});

test("a partial that is not there is named", () => {
  expect(() => queriesOf('{@partial "none.md"}')).toThrow(/reports\/partials\/none\.md/);
});
