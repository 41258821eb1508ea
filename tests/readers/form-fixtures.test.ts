import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { readWorkbook } from "../../pipelines/readers/workbook-reader.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/forms");

/** `unit measure area=value note cell` of every reading, as LibreOffice saved the file. */
async function read(file: string): Promise<string[]> {
  const reading = await readForm(readFileSync(join(FOLDER, file)), file);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const { submissions, readings } = reading.document;
  return [
    ...submissions.map(({ unit, sheet, cell }) => `${unit} ${sheet} ${cell}`),
    ...readings.map(({ sheet, measure, area, value, note, cell }) =>
      [sheet, measure, area, `=${value}`, note, cell].filter((part) => part !== "").join(" "),
    ),
  ];
}

describe.each(["xlsx", "ods", "xls"])("saved by LibreOffice as .%s", (format) => {
  test("a form as it was given out", async () => {
    expect(await read(`as-sent.${format}`)).toEqual([
      "O Biểu số liệu A1",
      "Biểu số liệu staff =1120 F23",
      "Biểu số liệu trained =Không phát sinh F24",
      "Biểu số liệu found 901 =3 F29",
      "Biểu số liệu found 902 = G29",
      "Biểu số liệu found 903 =0 H29",
      "Biểu số liệu handled 901 =2 F30",
      "Biểu số liệu handled 902 = G30",
      "Biểu số liệu handled 903 = H30",
    ]);
  });

  test("two forms with rows and columns put in, hidden and grouped, formulas, other sheets", async () => {
    expect(await read(`moved-about.${format}`)).toEqual([
      "O Phòng A1",
      "W-901 Phường Một A1",
      // in a hidden row
      "Phòng staff =1120 G26",
      // a formula's result, in a group of rows
      "Phòng trained =120 G27",
      // a number typed as text, with a comment
      "Phòng found 901 =7 G32",
      "Phòng found 902 =Không phát sinh H32",
      "Phòng found 903 =0 I32",
      // 0.25 shown as a percentage
      "Phòng handled 901 =25% G33",
      // a formula that gives an empty text
      "Phòng handled 902 = H33",
      "Phòng handled 903 = I33",
      "Phường Một staff = F24",
      "Phường Một trained = F25",
      "Phường Một planned =Có F26",
      "Phường Một spent =12.5 ước tính F27",
    ]);
  });

  test("hidden sheets are known as such", async () => {
    const read = await readWorkbook(readFileSync(join(FOLDER, `moved-about.${format}`)));
    expect(
      "code" in read ? read : read.sheets.map(({ name, isHidden }) => [name, isHidden]),
    ).toEqual([
      ["Ghi chép", false],
      ["Phòng", false],
      ["Phường Một", false],
      ["Cũ", true],
    ]);
  });

  test("cut or altered at any place it is refused or read, never thrown", async () => {
    const whole = readFileSync(join(FOLDER, `moved-about.${format}`));
    for (let at = 9; at < whole.length; at += 131) {
      const altered = Buffer.from(whole);
      altered[at] = (altered[at] ?? 0) ^ 0xff;
      await expect(readForm(altered, "f")).resolves.toHaveProperty("ok");
      await expect(readForm(whole.subarray(0, at), "f")).resolves.toHaveProperty("ok");
    }
  });
});
