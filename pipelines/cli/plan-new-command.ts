import { join } from "node:path";
import { type Command, Option } from "commander";
import { type Area, isValidOn, readAreaFiles } from "../sources/area.ts";
import { type PlanFacts, partsOf, planDraft, planIdOf, RHYTHMS } from "../sources/plan-draft.ts";
import { isCalendarDate } from "../vocabulary/date.ts";
import { Failure, wrongUsage } from "../vocabulary/failure.ts";
import { nearestCode } from "../vocabulary/nearest.ts";
import { describeSourceProblem } from "../vocabulary/problem.ts";
import { ask, type Question } from "./ask.ts";
import type { Context } from "./context.ts";
import { type FolderOptions, newCommand } from "./options.ts";
import { writePlan } from "./write-plan.ts";

interface NewOptions extends FolderOptions {
  readonly out?: string;
  readonly [fact: string]: string | undefined;
}

/** `plan new`: asks for a few facts, where options do not give them, and writes a plan file. */
export function planNewCommand(context: Context): Command {
  return newCommand("new", "write a plan file to go on from; asks for what no option says")
    .option("--number <text>", "number of the plan: 12/KH-UBND")
    .option("--title <text>", "title of the plan")
    .option("--issuer <text>", "who issues it")
    .option("--area <code>", "code of the plan's area in areas/areas.csv")
    .option("--year <year>", "the year that it is for")
    .option("--in-force-from <date>", "the day from which it is in force, as YYYY-MM-DD")
    .addOption(
      new Option("--periods <kind>", "the shortest periods of its reports").choices(RHYTHMS),
    )
    .option("--id <id>", "code of the plan, from its number and year by default")
    .option("--out <file>", "the file to write, in plans/ of the sources by default")
    .action(async (options: NewOptions) => {
      const areas = areasOf(options.sources);
      const given = Object.fromEntries(
        Object.entries(options).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        ),
      );
      const answers = await missingFacts(questionsOf(areas), given);
      const facts = factsOf(answers, areas);
      const file = options.out ?? join(options.sources, "plans", `${facts.id}.yaml`);
      writePlan(context, file, new Map([[file, planDraft(facts)]]), options.sources);
    });
}

function areasOf(sources: string): readonly Area[] {
  const { areas, problems } = readAreaFiles(join(sources, "areas"));
  if (problems.length > 0) throw new Failure(problems.map(describeSourceProblem).join("\n"));
  return areas;
}

function questionsOf(areas: readonly Area[]): Question[] {
  const codes = areas.map(({ code }) => code);
  return [
    { option: "number", words: "Số, ký hiệu kế hoạch" },
    { option: "title", words: "Tên kế hoạch" },
    { option: "issuer", words: "Cơ quan ban hành" },
    {
      option: "area",
      words: `Mã địa bàn (${areas
        .slice(0, 4)
        .map(({ code, name }) => `${code} ${name}`)
        .join("; ")}${areas.length > 4 ? "; …" : ""})`,
      wrong: (answer) => {
        if (codes.includes(answer)) return null;
        const near = nearestCode(answer, codes);
        const hint = near === null ? "khai địa bàn trước" : `có phải là “${near}”`;
        return `areas/areas.csv không có mã “${answer}”; ${hint}?`;
      },
    },
    {
      option: "year",
      words: "Năm",
      wrong: (answer) => (/^[12]\d{3}$/.test(answer) ? null : "năm gồm bốn chữ số"),
    },
    {
      option: "inForceFrom",
      words: "Ngày có hiệu lực (năm-tháng-ngày)",
      otherwise: ({ year }) => `${year}-01-01`,
      wrong: (answer) => (isCalendarDate(answer) ? null : "ghi năm-tháng-ngày"),
    },
    {
      option: "periods",
      words: "Báo cáo theo kỳ ngắn nhất nào: month tháng, quarter quý, half_year 6 tháng, year năm",
      otherwise: () => "quarter",
      wrong: (answer) =>
        RHYTHMS.some((one) => one === answer) ? null : `chỉ nhận ${RHYTHMS.join(", ")}`,
    },
  ];
}

/** What options say, checked, and what is asked for on a terminal. */
async function missingFacts(
  questions: readonly Question[],
  given: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  for (const { option, wrong } of questions) {
    const answer = given[option];
    const found = answer === undefined ? null : (wrong?.(answer) ?? null);
    if (found !== null) throw wrongUsage(`--${dashed(option)}: ${found}`);
  }
  const open = questions.filter(({ option }) => given[option] === undefined);
  if (open.length === 0) return { ...given };
  if (process.stdin.isTTY) {
    const asked = open.map((one) => ({
      ...one,
      otherwise: (answers: Readonly<Record<string, string>>) =>
        one.otherwise?.({ ...given, ...answers }) ?? "",
    }));
    const answers = { ...given, ...(await ask(asked, process.stdin, process.stdout)) };
    if (open.every(({ option }) => answers[option] !== undefined)) return answers;
    throw wrongUsage("Nothing was written: not every question was answered.");
  }
  const answers: Record<string, string> = { ...given };
  const silent = open.filter(({ option, otherwise }) => {
    const answer = otherwise?.(answers);
    if (answer !== undefined) answers[option] = answer;
    return answer === undefined;
  });
  if (silent.length === 0) return answers;
  const options = silent.map(({ option }) => `--${dashed(option)}`).join(", ");
  throw wrongUsage(`There is no terminal to ask on; add ${options}.`);
}

function factsOf(answers: Readonly<Record<string, string>>, areas: readonly Area[]): PlanFacts {
  const { number = "", title = "", issuer = "", inForceFrom = "", area: code = "" } = answers;
  const { id, year: typedYear, periods } = answers;
  const year = Number(typedYear);
  const area = areas.find((one) => one.code === code && isValidOn(one, inForceFrom));
  if (area === undefined) {
    throw wrongUsage(`No area has the code ${code} on ${inForceFrom}; see areas/areas.csv.`);
  }
  return {
    id: id ?? planIdOf(number, year),
    number,
    title,
    issuer,
    year,
    inForceFrom,
    rhythm: RHYTHMS.find((one) => one === periods) ?? "quarter",
    area,
    parts: partsOf(area, areas, inForceFrom),
  };
}

function dashed(option: string): string {
  return option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
