import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { encoded } from "./encoded.ts";
import { entryPlace, formOf, sheetOf, workbookOf } from "./form-given.ts";

/** A text as it stands in a workbook when it was typed for an old font. */
function shown(text: string, encoding: "TCVN3" | "VNI"): string {
  return iconv.decode(encoded(text, encoding), "windows-1252");
}

/** The form of a ward with these values and this note, and how they are read. */
async function read(values: Record<string, string>, note = "") {
  const notes = new Map([["spent", note]]);
  const reading = await readForm(await formOf("W-901", values, { notes }), "f.xlsx");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const { encoding, readings } = reading.document;
  return {
    encoding,
    values: Object.fromEntries(readings.map(({ measure, value }) => [measure, value])),
    note: readings.find(({ measure }) => measure === "spent")?.note,
  };
}

describe.each(["TCVN3", "VNI"] as const)("typed for a font of %s", (encoding) => {
  test.each(["Không phát sinh", "không", "Có", "đạt", "chưa đạt"])(
    "the answer “%s”",
    async (answer) => {
      const { values, ...found } = await read({ planned: shown(answer, encoding), staff: "12" });
      expect(found.encoding).toBe(encoding);
      expect(values).toMatchObject({ planned: answer, staff: "12" });
    },
  );

  test("a note, beside answers in Unicode", async () => {
    const note = "Số ước tính, chưa chốt";
    expect(
      await read({ planned: "Có", trained: "Không phát sinh" }, shown(note, encoding)),
    ).toEqual({
      encoding,
      values: { staff: "", trained: "Không phát sinh", planned: "Có", spent: "" },
      note,
    });
  });

  test("the choice that nothing arose", async () => {
    const rows = (await sheetOf(await formOf("W-901"))).rows;
    const [row, column] = entryPlace(rows, "nil");
    const value = shown("Không phát sinh", encoding);
    const bytes = await workbookOf([
      { name: "S", rows, cells: { [`${row},${column}`]: { value } } },
    ]);
    const reading = await readForm(bytes, "f.xlsx");
    expect(reading.ok && reading.document.submissions[0]?.nilReturn).toBe(true);
  });
});

const small = (of: unknown): string => JSON.stringify(of).toLowerCase();

test.each(["TCVN3", "VNI"] as const)("a form with all its texts in %s", async (encoding) => {
  const form = await sheetOf(await formOf("W-901", { staff: "12", planned: "Có" }));
  // signs that the old fonts do not have
  const rows = form.rows.map((cells) =>
    cells.map((value) => (typeof value === "string" ? value.replace(/[“”…─]/g, "") : value)),
  );
  // a font of capitals shows small letters as such
  const old = rows.map((cells) =>
    cells.map((value) =>
      typeof value === "string" ? shown(value.toLowerCase(), encoding) : value,
    ),
  );
  const [inUnicode, read] = [
    await readForm(await workbookOf([{ name: "S", rows }]), "f.xlsx"),
    await readForm(await workbookOf([{ name: "S", rows: old }]), "f.xlsx"),
  ];
  expect(read.ok && read.document.encoding).toBe(encoding);
  expect(small(read.ok && read.document.seen)).toBe(small(inUnicode.ok && inUnicode.document.seen));
  expect(small(read.ok && read.document.readings)).toBe(
    small(inUnicode.ok && inUnicode.document.readings),
  );
});

test.each<[string, Record<string, string>, string]>([
  ["Unicode", { planned: "Có", trained: "Không phát sinh" }, "Đã tổ chức hội nghị, ước tính"],
  ["Unicode in pieces", { planned: "Có" }, "Đã tổ chức".normalize("NFD")],
  ["another language", {}, "Café Müller – Größe"],
  ["ticks", { planned: "✓" }, "5 m²"],
  ["two old encodings at once", { planned: shown("Có", "VNI") }, shown("Số ước tính", "TCVN3")],
])("%s is left as it stands", async (_, values, note) => {
  const found = await read(values, note);
  expect(found.encoding).toBeNull();
  expect(found.values).toMatchObject(values);
  expect(found.note).toBe(note.normalize("NFC"));
});
