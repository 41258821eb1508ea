import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { TextEncoding } from "../../pipelines/readers/text-encoding.ts";
import { attach, withConnection } from "../../pipelines/warehouse/connection.ts";
import { encoded } from "../readers/encoded.ts";
import { csvOf, examine, ledgerRows, newWorld, problemText, send, sendOne } from "./given.ts";

const HEADER = "plan,unit,period,area,measure,value,note";

async function told(content: string | Uint8Array): Promise<string[]> {
  const [problems = []] = await examine(newWorld(), { content });
  return problems.map(problemText);
}

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
  const world = newWorld();
  const outcomes = await send(world, ...READ.map(([file, content]) => ({ file, content })));
  expect(outcomes.flatMap(({ problems }) => problems)).toEqual([]);
  const rows = await ledgerRows(
    world,
    `select file_name, measure, area_id, state, value
    from reading join submission using (submission_no) join receipt using (receipt_no)
    order by receipt_no`,
  );
  expect(rows).toEqual(
    READ.map(([file_name]) => ({
      ...{ file_name, measure: "people", area_id: 2, state: "reported", value: "5.0000" },
    })),
  );
});

const REFUSED: [what: string, content: string | Uint8Array, told: string[]][] = [
  [
    "a column too few in the header",
    "plan,unit,period,measure,value,note\n",
    [
      "1 header_missing: Dòng tiêu đề thiếu cột “area”. Dòng đầu tiên phải có đủ các cột: plan, unit, period, area, measure, value, note.",
    ],
  ],
  [
    "a column that has no business there",
    "plan,unit,period,area,measure,value,note,cccd\n",
    [
      "1 header_unknown: Dòng tiêu đề có cột “cccd” không thuộc mẫu quy định. Bỏ cột này. Các cột được nhận: plan, unit, period, area, measure, value, note.",
    ],
  ],
  [
    "the same column twice",
    "plan,unit,period,area,measure,value,note,value\n",
    [
      "1 header_twice: Dòng tiêu đề có cột “value” nhiều hơn một lần. Giữ lại một cột và bỏ cột còn lại.",
    ],
  ],
  [
    "only a header",
    `${HEADER}\n`,
    ["- no_readings: Tệp không có dòng số liệu nào. Điền số liệu rồi gửi lại."],
  ],
  [
    "only a header and emptied rows",
    `${HEADER}\n,,,,,,\n,,,,,,\n`,
    ["- no_readings: Tệp không có dòng số liệu nào. Điền số liệu rồi gửi lại."],
  ],
  [
    "nothing in it",
    "",
    ["- empty_file: Tệp không có nội dung. Gửi lại tệp biểu mẫu đã điền số liệu."],
  ],
  [
    "something else",
    "%PDF-1.7\n%âãÏÓ\n",
    [
      "- other_kind_of_file: Đây là tệp PDF, không phải biểu mẫu bảng tính hoặc tệp CSV theo mẫu quy định. Điền số liệu vào biểu mẫu đã được cấp (tệp .xlsx) rồi gửi biểu đó.",
    ],
  ],
  [
    "bytes of no known encoding",
    Buffer.from(csvOf(["UB-01,Q2,,people,5,gr\xf6\xdfer", "UB-01,Q2,,reached,1,"]), "latin1"),
    [
      "2 not_utf8: Tệp CSV không dùng bảng mã Unicode UTF-8 (dòng đầu tiên bị lỗi: 2; số dòng bị lỗi: 1). Lưu lại tệp ở dạng “CSV UTF-8” rồi gửi lại.",
    ],
  ],
  [
    "a word that two encodings read differently",
    encoded(csvOf(["UB-01,Q2,,people,5,chú"]), "TCVN3"),
    [
      "- encoding_unclear: Tệp CSV không dùng bảng mã Unicode; chữ trong tệp đọc được theo nhiều bảng mã (windows-1258, TCVN3, VNI) với nội dung khác nhau. Lưu lại tệp ở dạng “CSV UTF-8” rồi gửi lại.",
    ],
  ],
  [
    "a byte that its encoding does not have",
    Buffer.concat([
      encoded(csvOf(["UB-01,Q2,,people,5,Số ước tính của phường"]), "windows-1258"),
      Buffer.from("thu,UB-01,Q2,,reached,1,\xdd\x8a\n", "latin1"),
    ]),
    [
      "3 encoding_broken: Tệp CSV dùng bảng mã windows-1258 nhưng có 1 dòng có ký tự không thuộc bảng mã này (dòng đầu tiên: 3). Lưu lại tệp ở dạng “CSV UTF-8” rồi gửi lại.",
    ],
  ],
];

test("a CSV file that cannot be read is refused, and its sender told why", async () => {
  const found = await examine(newWorld(), ...REFUSED.map(([, content]) => ({ content })));
  expect(REFUSED.map(([what], index) => [what, found[index]?.map(problemText)])).toEqual(
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

test("whatever its encoding and delimiter, a CSV file is read, and both are put down", async () => {
  const world = newWorld();
  const lines = [
    "UB-01,Q2,,people,1120,Số ước tính của phường",
    "UB-01,Q2,,reached,KHÔNG PHÁT SINH,",
    'UB-01,Q2,,has_plan,Có,"Đã ban hành, còn ""dự thảo""\nở hai thôn"',
    "UB-01,Q2,,visits,xx,",
  ];
  const text = (rows: readonly string[], delimiter: keyof typeof DELIMITERS): string =>
    // within the quoted note a comma stays
    csvOf(rows)
      .replaceAll("\n", "\r\n")
      .replaceAll(/,(?! còn)/g, DELIMITERS[delimiter]);
  const forms = ENCODINGS.flatMap((encoding) =>
    (["comma", "semicolon", "tab"] as const).map((delimiter) => ({ encoding, delimiter })),
  );
  const outcomes = await send(
    world,
    ...forms.flatMap(({ encoding, delimiter }) => [
      { content: encoded(text(lines, delimiter), encoding) },
      { content: encoded(text(lines.slice(0, 3), delimiter), encoding) },
    ]),
  );
  for (const [index, form] of forms.entries()) {
    const [refused, accepted] = outcomes.slice(2 * index);
    expect(refused).toMatchObject({ ...form, outcome: "refused", problems: [{ line: 6 }] });
    expect(accepted).toMatchObject({ ...form, outcome: "accepted", problems: [] });
  }
  expect(
    await ledgerRows(
      world,
      "select distinct measure, state, value, note from reading order by measure",
    ),
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
  expect(
    await ledgerRows(
      world,
      "select encoding, delimiter from receipt where outcome = 'accepted' order by receipt_no",
    ),
  ).toEqual(forms);
  expect(readdirSync(world.paths.archive).filter((name) => name.startsWith("."))).toEqual([]);
});

test("an old encoding deep in a long file is found as well", async () => {
  const plain = Array.from({ length: 8 }, () => "x".repeat(10_000));
  const content = encoded(
    csvOf([`GD,Q4,,budget,1,${plain.join(" ")}`, "GD,Q4,,rate,1,Số ước tính"]),
    "TCVN3",
  );
  const outcome = await sendOne(newWorld(), { content });
  expect(outcome).toMatchObject({ outcome: "accepted", encoding: "TCVN3" });
});

test("broken lines are told together with what is wrong in the others", async () => {
  const content = csvOf([
    'UB-01,Q2,,people,5,"a note',
    'on two lines"',
    "UB-01,Q2,,reached",
    "UB-01,Q2,,visits,xx,",
    "UB-01,Q2,,budget,1,,more",
    'UB-01,Q2,,has_plan,"1"2,',
    "UB-01,Q2,,visits_day,yy,",
  ]).replace("thu,on two", "on two");
  expect((await told(content)).map((text) => text.split(":")[0])).toEqual([
    "4 csv_too_few",
    "6 csv_too_many",
    "7 csv_quote",
    "5 not_a_number",
    "8 not_a_number",
  ]);
});

test("a line with one column more is refused, whatever stands in it", async () => {
  const digits = [..."0123456789abcdef", "-"];
  const lines = digits.map((digit, index) => `UB-01,Q2,,visits,${index},,${digit}`);
  expect((await told(csvOf(lines))).map((text) => text.split(":")[0])).toEqual(
    digits.map((_, index) => `${index + 2} csv_too_many`),
  );
});

test("lines are counted as an editor counts them, with notes on several lines and blank lines", async () => {
  const content = `${HEADER}\r\n\r\nthu,UB-01,Q2,,people,5,"one\r\ntwo ""three""\r\nfour"\r\n\r\nthu,UB-01,Q2,,reached,xx,\r\n`;
  expect((await told(content)).map((text) => text.split(":")[0])).toEqual(["7 not_a_number"]);
});

test.each([
  ["as wide as the others", ",,,,,,"],
  ["of another width", ",,,"],
])("lines are counted over emptied rows %s", async (_, emptied) => {
  const content = `${HEADER}\n${emptied}\nthu,UB-01,Q2,,people,5,\n${emptied}\n${emptied}\nthu,UB-01,Q2,,reached,xx,\n`;
  expect((await told(content)).map((text) => text.split(":")[0])).toEqual(["6 not_a_number"]);
});

test("a quote that is never closed does not swallow the file silently", async () => {
  const content = csvOf(['UB-01,Q2,,people,5,"open', "UB-01,Q2,,reached,1,"]);
  expect((await told(content)).map((text) => text.split(":")[0])).toEqual(["2 csv_quote"]);
});

test("what a sender typed is shown without control and direction characters", async () => {
  const content = csvOf(["UB-01,Q2,,people,5\u202e\u0007x,"]);
  const [first] = await told(content);
  expect(first).toContain("ghi “5⟨U+202E⟩⟨U+0007⟩x”");
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
  expect(
    await ledgerRows(world, "select encoding, delimiter from receipt order by receipt_no"),
  ).toEqual([
    { encoding: "UTF-8", delimiter: "comma" },
    { encoding: "UTF-8", delimiter: "comma" },
  ]);
});
