import { join } from "node:path";
import { fromAbove } from "../desk/plans/plan-begin.ts";
import {
  type Area,
  type AreaFiles,
  codeHint,
  isValidOn,
  whenThere,
} from "../sources/areas/area.ts";
import {
  areasBelow,
  areasCoded,
  areasOn,
  officialHint,
  readAreaFiles,
} from "../sources/areas/area-files.ts";
import { readOfficeKeys } from "../sources/office/office-keys.ts";
import { readHandedPlan, signatureDoubt } from "../sources/writing/handed-plan.ts";
import { officeBelow } from "../sources/writing/plan-below.ts";
import {
  type PlanFacts,
  planDraft,
  planIdOf,
  RHYTHMS,
  type Rhythm,
} from "../sources/writing/plan-draft.ts";
import { isCalendarDate, officeTime, vietnameseDate } from "../vocabulary/date.ts";
import { Failure, wrongUsage } from "../vocabulary/failure.ts";
import { describeSourceProblem } from "../vocabulary/problem.ts";
import { readNamedFile } from "../warehouse/file-failure.ts";
import { ask, type Question } from "./ask.ts";
import type { Context } from "./context.ts";
import { type AnyCommand, type FolderOptions, newCommand } from "./options.ts";
import { writePlan } from "./write-plan.ts";

/** `plan new`: asks for a few facts, where options do not give them, and writes a plan file. */
export function planNewCommand(context: Context): AnyCommand {
  return newCommand("new", "viết sẵn một tệp kế hoạch; hỏi những gì tùy chọn chưa nêu")
    .option("--number <text>", "số, ký hiệu kế hoạch: 12/KH-UBND")
    .option("--title <text>", "tên kế hoạch")
    .option("--issuer <text>", "cơ quan ban hành")
    .option("--area <code>", "mã địa bàn của kế hoạch: tìm bằng chitieu areas")
    .option("--year <year>", "năm của kế hoạch")
    .option("--in-force-from <date>", "ngày có hiệu lực, dạng năm-tháng-ngày")
    .option("--periods <kind>", `kỳ báo cáo ngắn nhất: ${RHYTHMS.join(", ")}`)
    .option("--from <file>", "bắt đầu từ tệp này, do cơ quan cấp trên giao xuống")
    .option("--id <id>", "mã kế hoạch, mặc định theo số và năm")
    .option("--out <file>", "tệp cần ghi, mặc định trong plans/ của thư mục nguồn")
    .action(async (options) => {
      const files = areasOf(options.sources);
      const { from } = options;
      const isAsked = ({ option }: Question): boolean =>
        from === undefined || !["year", "periods"].includes(option);
      const answers = await missingFacts(questionsOf(files).filter(isAsked), options);
      const { id, text } =
        from === undefined
          ? drawnUp(answers, files)
          : fromFileOfAbove(from, answers, files, options);
      const file = options.out ?? join(options.sources, "plans", `${id}.yaml`);
      writePlan(context, file, new Map([[file, text]]), options.sources);
    });
}

function drawnUp(answers: Readonly<Record<string, string>>, files: AreaFiles) {
  const facts = factsOf(answers, files);
  return { id: facts.id, text: planDraft(facts) };
}

/** The plan that carries out the one in a file of the office above. */
function fromFileOfAbove(
  from: string,
  {
    number = "",
    title = "",
    issuer = "",
    inForceFrom = "",
    area: code = "",
    id,
  }: Readonly<Record<string, string>>,
  files: AreaFiles,
  { sources }: FolderOptions,
): { readonly id: string; readonly text: string } {
  const handed = readHandedPlan(readNamedFile(from, `Không đọc được ${from}`));
  if (handed === null)
    throw new Failure(
      `${from}: không phải kế hoạch mà cấp trên tải ra từ chitieu, hoặc đã bị sửa. Xin lại tệp.`,
    );
  const own = officeBelow(handed, code, files);
  if (typeof own === "string") throw wrongUsage(own);
  const day = officeTime(new Date()).slice(0, 10);
  const doubt = signatureDoubt(handed, readOfficeKeys(sources).keys, day);
  const head = { number, title, issued_on: inForceFrom, in_force_from: inForceFrom };
  const named = { ...head, id: id ?? planIdOf(number, Number(inForceFrom.slice(0, 4))) };
  const { text } = fromAbove(handed, { ...own, issuer, document: null }, doubt, named);
  return { id: named.id, text };
}

function areasOf(sources: string): AreaFiles {
  const { problems, ...files } = readAreaFiles(join(sources, "areas"));
  if (problems.length > 0) throw new Failure(problems.map(describeSourceProblem).join("\n"));
  return files;
}

/** What `plan new` asks for, of the areas that there are. */
export function questionsOf(files: AreaFiles): Question[] {
  const there = ({ inForceFrom = "" }: Readonly<Record<string, string>>): Area[] =>
    files.areas.filter((area) => isValidOn(area, inForceFrom));
  return [
    { option: "number", words: "Số, ký hiệu kế hoạch" },
    { option: "title", words: "Tên kế hoạch" },
    { option: "issuer", words: "Cơ quan ban hành" },
    {
      option: "year",
      words: "Năm",
      wrong: (answer) => (/^[12]\d{3}$/.test(answer) ? null : "năm gồm bốn chữ số"),
    },
    {
      option: "inForceFrom",
      words: "Ngày có hiệu lực (năm-tháng-ngày)",
      otherwise: ({ year }) => (year === undefined ? "" : `${year}-01-01`),
      wrong: (answer) => (isCalendarDate(answer) ? null : "ghi năm-tháng-ngày"),
    },
    {
      option: "area",
      words: (answers) => {
        const some = there(answers)
          .filter(({ is_official }) => !is_official)
          .slice(0, 4);
        const named = some.map(({ code, name }) => `${code} ${name}; `).join("");
        return `Mã địa bàn (${named}tìm mã: chitieu areas TÊN)`;
      },
      wrong: (answer, answers) => wrongArea(answer, files, there(answers), answers),
    },
    {
      option: "periods",
      words: `Báo cáo theo kỳ ngắn nhất nào: ${Object.values(RHYTHM_WORDS).join(", ")}`,
      otherwise: () => "quý",
      wrong: (answer) =>
        rhythmOf(answer) === null
          ? `chỉ nhận ${RHYTHMS.map((one) => `${one} (${RHYTHM_WORDS[one]})`).join(", ")}`
          : null,
    },
  ];
}

const RHYTHM_WORDS: Readonly<Record<Rhythm, string>> = {
  month: "tháng",
  quarter: "quý",
  half_year: "6 tháng",
  year: "năm",
};

function rhythmOf(answer: string): Rhythm | null {
  const typed = answer.trim().toLowerCase().normalize("NFC");
  return RHYTHMS.find((one) => one === typed || RHYTHM_WORDS[one] === typed) ?? null;
}

function wrongArea(
  code: string,
  files: AreaFiles,
  there: readonly Area[],
  { inForceFrom = "" }: Readonly<Record<string, string>>,
): string | null {
  // of a day that is missing or wrong itself nobody knows
  if (!isCalendarDate(inForceFrom) || areasOn(code, inForceFrom, files).length > 0) return null;
  const gone = areasCoded(code, files).at(-1);
  if (gone !== undefined) {
    const day = vietnameseDate(inForceFrom);
    return `“${code}” (${gone.name}) ${whenThere(gone, inForceFrom)}, không có vào ngày ${day}`;
  }
  const hint = codeHint(code, there) || officialHint(code, inForceFrom);
  const otherwise = "Tìm mã: chitieu areas TÊN.";
  return `không có địa bàn nào mang mã “${code}”. ${hint === "" ? otherwise : hint}`;
}

/** What options say, checked, and what is asked for on a terminal. */
async function missingFacts(
  questions: readonly Question[],
  given: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const isAsked = process.stdin.isTTY && questions.some(({ option }) => !(option in given));
  const facts: Record<string, string> = { ...given };
  if (isAsked) Object.assign(facts, await ask(questions, process.stdin, process.stdout, given));
  refuseWrong(questions, facts);
  const silent = questions.filter(({ option, otherwise }) => {
    const answer = facts[option] ?? (isAsked ? undefined : otherwise?.(facts));
    if (answer !== undefined) facts[option] = answer;
    return answer === undefined;
  });
  if (silent.length > 0) {
    const options = silent.map(({ option }) => `--${dashed(option)}`).join(", ");
    throw wrongUsage(`Thiếu ${options}. Chưa viết tệp nào.`);
  }
  refuseWrong(questions, facts);
  return facts;
}

function refuseWrong(
  questions: readonly Question[],
  facts: Readonly<Record<string, string>>,
): void {
  for (const { option, wrong } of questions) {
    const found = wrong?.(facts[option] ?? "", facts) ?? null;
    if (option in facts && found !== null) throw wrongUsage(`--${dashed(option)}: ${found}`);
  }
}

function factsOf(answers: Readonly<Record<string, string>>, files: AreaFiles): PlanFacts {
  const { number = "", title = "", issuer = "", inForceFrom = "", area: code = "" } = answers;
  const { id, year: typedYear, periods = "" } = answers;
  const year = Number(typedYear);
  const [area] = areasOn(code, inForceFrom, files);
  if (area === undefined) throw new Error(`no area ${code} on ${inForceFrom}`);
  return {
    id: id ?? planIdOf(number, year),
    number,
    title,
    issuer,
    year,
    inForceFrom,
    rhythm: rhythmOf(periods) ?? "quarter",
    area,
    parts: areasBelow(area, files).filter((part) => isValidOn(part, inForceFrom)),
  };
}

function dashed(option: string): string {
  return option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
