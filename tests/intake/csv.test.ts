import { readdirSync } from "node:fs";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import type { TextEncoding } from "../../pipelines/readers/text-encoding.ts";
import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";
import { encoded } from "../readers/encoded.ts";
import { type LoadedCsv, loadCsv } from "./csv-given.ts";
import { csvOf, examine, newWorld, problemText, send, sendOne } from "./given.ts";

const HEADER = "plan,unit,period,area,measure,value,note";

const READ: [what: string, content: string][] = [
  ["comma", csvOf(["UB-01,Q2,,people,5,"])],
  ["semicolon", csvOf(["UB-01,Q2,,people,5,"]).replaceAll(",", ";")],
  ["byte order mark", `\uFEFF${csvOf(["UB-01,Q2,,people,5,"])}`],
  ["Windows line ends", csvOf(["UB-01,Q2,,people,5,"]).replaceAll("\n", "\r\n")],
  ["no line end at the end", csvOf(["UB-01,Q2,,people,5,"]).trimEnd()],
  [
    "other order and capitals",
    "Value,Measure,Plan,Unit,Period,Note,Area\n5,people,thu,UB-01,Q2,,\n",
  ],
  ["everything in quotes", csvOf(["UB-01,Q2,,people,5,"]).replace(/[^,\n]+/g, '"$&"')],
  ["spaces around codes", `${HEADER}\n thu , UB-01,Q2 ,, people ,5,\n`],
  ["blank lines", `${HEADER}\n\nthu,UB-01,Q2,,people,5,\n\n`],
  [
    "emptied rows",
    csvOf(["UB-01,Q2,,people,5,"])
      .replaceAll(",", ";")
      .replace("\n", "\n;;;;;;\n; ; ;;;;\n")
      .concat(";;;;;;\n"),
  ],
  ["upright lines", csvOf(["UB-01,Q2,,people,5,"]).replaceAll(",", "|")],
  ["two byte order marks", `\uFEFF\uFEFF${csvOf(["UB-01,Q2,,people,5,"])}`],
  ["lines that end in two ways", `${HEADER}\r\nthu,UB-01,Q2,,people,5,\n\r\n`],
  ["signs behind it", `${csvOf(["UB-01,Q2,,people,5,"])}\0\u001a`],
  ["lines quoted as a whole", csvOf(["UB-01,Q2,,people,5,"]).replace(/.+/g, '"$&"')],
  ["separators behind the last column", `${HEADER},,\nthu,UB-01,Q2,,people,5,,,\n`],
  ["no column of notes", "plan,unit,period,area,measure,value\nthu,UB-01,Q2,,people,5\n"],
  ["no column of areas", "plan,unit,period,measure,value,note\nthu,UB-01,Q2,people,5,\n"],
  ["a note left out at the end", `${HEADER}\nthu,UB-01,Q2,,people,5\n`],
  [
    "emptied rows of another width",
    `${HEADER}\n,,,\nthu,UB-01,Q2,,people,5,\n,,,,,,,,,\n"",,,,,,\n`,
  ],
];

test("a CSV file is read however it is written", async () => {
  const found = await loadCsv(READ.map(([, content]) => content));
  expect(READ.map(([what], index) => [what, found[index]?.problems, rowsOf(found[index])])).toEqual(
    READ.map(([what]) => [what, [], ["thu UB-01 Q2 people 5"]]),
  );
});

const rowsOf = (loaded: LoadedCsv | undefined): string[] | undefined =>
  loaded?.rows.map(({ plan, unit, period, area, measure, value, note }) =>
    [plan, unit, period, area, measure, value, note].filter((one) => one !== "").join(" "),
  );

const REFUSED: [what: string, content: string | Uint8Array, expected: string[]][] = [
  [
    "a column too few in the header",
    "plan,unit,period,measure,value,note\n",
    ["1 header_missing: area | plan, unit, period, area, measure, value, note"],
  ],
  [
    "a column that has no business there",
    "plan,unit,period,area,measure,value,note,cccd\n",
    ["1 header_unknown: cccd | plan, unit, period, area, measure, value, note"],
  ],
  [
    "the same column twice",
    "plan,unit,period,area,measure,value,note,value\n",
    ["1 header_twice: value"],
  ],
  ["only a header", `${HEADER}\n`, ["- no_readings"]],
  ["only a header and emptied rows", `${HEADER}\n,,,,,,\n,,,,,,\n`, ["- no_readings"]],
  [
    "bytes of no known encoding",
    Buffer.from(csvOf(["UB-01,Q2,,people,5,gr\xf6\xdfer", "UB-01,Q2,,reached,1,"]), "latin1"),
    ["2 not_utf8: 2 | 1"],
  ],
  [
    "a word that two encodings read differently",
    encoded(csvOf(["UB-01,Q2,,people,5,chú"]), "TCVN3"),
    ["- encoding_unclear: windows-1258, TCVN3, VNI"],
  ],
  [
    "a byte that its encoding does not have",
    Buffer.concat([
      encoded(csvOf(["UB-01,Q2,,people,5,Số ước tính của phường"]), "windows-1258"),
      Buffer.from("thu,UB-01,Q2,,reached,1,\xdd\x8a\n", "latin1"),
    ]),
    ["3 encoding_broken: windows-1258 | 1 | 3"],
  ],
];

test("a CSV file that cannot be read says why, and where", async () => {
  const found = await loadCsv(REFUSED.map(([, content]) => content));
  expect(REFUSED.map(([what], index) => [what, found[index]?.problems])).toEqual(
    REFUSED.map(([what, , expected]) => [what, expected]),
  );
});

const ENCODINGS: readonly TextEncoding[] = [
  "UTF-8",
  "UTF-16LE",
  "UTF-16BE",
  "windows-1258",
  "TCVN3",
  "VNI",
];
const DELIMITERS = { comma: ",", semicolon: ";", tab: "\t" } as const;

const DIGITS = [..."0123456789abcdef", "-"];
const emptied = (row: string): string =>
  `${HEADER}\n${row}\nthu,UB-01,Q2,,people,5,\n${row}\n${row}\nthu,UB-01,Q2,,reached,1,\n`;

const LINES = [
  "UB-01,Q2,,people,1120,Số ước tính của phường",
  "UB-01,Q2,,reached,KHÔNG PHÁT SINH,",
  'UB-01,Q2,,has_plan,Có,"Đã ban hành, còn ""dự thảo""\nở hai thôn"',
];

const written = (rows: readonly string[], delimiter: keyof typeof DELIMITERS): string =>
  // within the quoted note a comma stays
  csvOf(rows)
    .replaceAll("\n", "\r\n")
    .replaceAll(/,(?! còn)/g, DELIMITERS[delimiter]);

test("whatever its encoding and delimiter, a CSV file is read", async () => {
  const forms = ENCODINGS.flatMap((encoding) =>
    (["comma", "semicolon", "tab"] as const).map((delimiter) => ({ encoding, delimiter })),
  );
  const found = await loadCsv(
    forms.map(({ encoding, delimiter }) => encoded(written(LINES, delimiter), encoding)),
  );
  expect(found.map(({ form }) => form)).toEqual(forms);
  const [first, ...others] = found;
  expect([
    first?.problems,
    first?.rows.map(({ value, note, line }) => [value, note, line]),
  ]).toEqual([
    [],
    [
      ["1120", "Số ước tính của phường", 2],
      ["KHÔNG PHÁT SINH", "", 3],
      ["Có", 'Đã ban hành, còn "dự thảo"\r\nở hai thôn', 4],
    ],
  ]);
  for (const { problems, rows } of others) expect([problems, rows]).toEqual([[], first?.rows]);
});

test("encoding and delimiter are put down, of a file that is refused too", async () => {
  const world = newWorld();
  const form = { encoding: "TCVN3", delimiter: "semicolon" } as const;
  const content = (...more: string[]) => ({
    content: encoded(written([...LINES, ...more], form.delimiter), form.encoding),
  });
  const [refused, accepted] = await send(world, content("UB-01,Q2,,visits,xx,"), content());
  expect(refused).toMatchObject({ ...form, outcome: "refused", problems: [{ line: 6 }] });
  expect(accepted).toMatchObject({ ...form, outcome: "accepted", problems: [] });
  expect(
    await world.rows("select measure, state, value, note from reading order by measure"),
  ).toEqual([
    {
      measure: "has_plan",
      state: "reported",
      value: "1.0000",
      note: 'Đã ban hành, còn "dự thảo"\r\nở hai thôn',
    },
    { measure: "people", state: "reported", value: "1120.0000", note: "Số ước tính của phường" },
    { measure: "reached", state: "nil", value: "0.0000", note: null },
  ]);
  expect(await world.rows("select encoding, delimiter from receipt")).toEqual([form, form]);
  expect(readdirSync(world.paths.archive).filter((name) => name.startsWith("."))).toEqual([]);
});

test.each(["TCVN3", "VNI"] as const)("words for a font of %s in UTF-8", async (encoding) => {
  const lines = ["UB-01,Q2,,has_plan,Có,", "UB-01,Q2,,people,5,Số ước tính, chưa chốt"];
  const [one, whole] = [lines.slice(0, 1), lines.map((line) => line.replace(", chưa", " chưa"))];
  const found = await loadCsv(
    [one, whole].map((some) => iconv.decode(encoded(csvOf(some), encoding), "windows-1252")),
  );
  expect(found.map(({ form, rows }) => [form, rows[0]?.value, rows[1]?.note])).toEqual([
    [expect.objectContaining({ encoding }), "Có", undefined],
    [expect.objectContaining({ encoding }), "Có", "Số ước tính chưa chốt"],
  ]);
});

test("an old encoding deep in a long file is found as well", async () => {
  const plain = Array.from({ length: 8 }, () => "x".repeat(10_000));
  const lines = [`GD,Q4,,budget,1,${plain.join(" ")}`, "GD,Q4,,rate,1,Số ước tính"];
  const [found] = await loadCsv([encoded(csvOf(lines), "TCVN3")]);
  expect(found).toMatchObject({ form: { encoding: "TCVN3" }, problems: [], rows: [{}, {}] });
});

/** Files of which some lines cannot be read: the problems, and the lines of the readings. */
const BROKEN: [what: string, content: string, problems: string[], lines: number[]][] = [
  [
    "some lines",
    csvOf([
      'UB-01,Q2,,people,5,"a note',
      'on two lines"',
      "UB-01,Q2,,reached",
      "UB-01,Q2,,visits,xx,",
      "UB-01,Q2,,budget,1,,more",
      'UB-01,Q2,,has_plan,"1"2,',
      "UB-01,Q2,,visits_day,yy,",
    ]).replace("thu,on two", "on two"),
    ["4 csv_too_few: 5 | 7", "6 csv_too_many: 7", "7 csv_quote"],
    [2, 5, 8],
  ],
  // whatever stands in it
  [
    "lines with a column more",
    csvOf(DIGITS.map((digit, index) => `UB-01,Q2,,visits,${index},,${digit}`)),
    DIGITS.map((_, index) => `${index + 2} csv_too_many: 7`),
    [],
  ],
  // lines are counted as an editor counts them
  [
    "none, but notes on several lines and blank lines",
    `${HEADER}\r\n\r\nthu,UB-01,Q2,,people,5,"one\r\ntwo ""three""\r\nfour"\r\n\r\nthu,UB-01,Q2,,reached,1,\r\n`,
    [],
    [3, 7],
  ],
  ["none, but emptied rows", emptied(",,,,,,"), [], [3, 6]],
  ["none, but emptied rows of another width", emptied(",,,"), [], [3, 6]],
  // it does not swallow the file silently
  [
    "a quote that is never closed",
    csvOf(['UB-01,Q2,,people,5,"open', "UB-01,Q2,,reached,1,"]),
    ["2 csv_quote"],
    [],
  ],
];

test("lines that cannot be read are named, and the others have their own numbers", async () => {
  const found = await loadCsv(BROKEN.map(([, content]) => content));
  expect(
    BROKEN.map(([what], index) => [
      what,
      found[index]?.problems,
      found[index]?.rows.map(({ line }) => line),
    ]),
  ).toEqual(BROKEN.map(([what, , problems, lines]) => [what, problems, lines]));
});

test("they are told together with what is wrong in the others, and quoted safely", async () => {
  const broken = csvOf(["UB-01,Q2,,reached", "UB-01,Q2,,people,5\u202e\u0007x,"]);
  const [problems = []] = await examine(newWorld(), { content: broken });
  expect(problems.map(problemText)).toEqual([
    "2 csv_too_few: 5 | 7",
    "3 not_a_number: Số người | 5⟨U+202E⟩⟨U+0007⟩x",
  ]);
});

test("a ledger from before encodings were put down is made again from the journal, which has them", async () => {
  const world = newWorld();
  await sendOne(world, { content: csvOf(["UB-01,Q2,,people,5,"]) });
  await withConnection(async (connection) => {
    await attach(connection, world.paths.ledger, "ledger");
    for (const column of ["encoding", "delimiter"]) {
      await connection.run(`alter table ledger.receipt drop column ${column}`);
    }
  });
  const later = await sendOne(world, { content: csvOf(["UB-01,Q2,,people,6,"]) });
  expect(later.outcome).toBe("accepted");
  expect(await world.rows("select encoding, delimiter from receipt order by receipt_no")).toEqual([
    { encoding: "UTF-8", delimiter: "comma" },
    { encoding: "UTF-8", delimiter: "comma" },
  ]);
});
