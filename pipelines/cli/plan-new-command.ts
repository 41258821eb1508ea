import { join } from "node:path";
import type { Command } from "commander";
import { type Area, codeHint, isValidOn, readAreaFiles, whenThere } from "../sources/area.ts";
import {
  type PlanFacts,
  partsOf,
  planDraft,
  planIdOf,
  RHYTHMS,
  type Rhythm,
} from "../sources/plan-draft.ts";
import { isCalendarDate, vietnameseDate } from "../vocabulary/date.ts";
import { Failure, wrongUsage } from "../vocabulary/failure.ts";
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
    .option("--periods <kind>", `the shortest periods of its reports: ${RHYTHMS.join(", ")}`)
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

/** What `plan new` asks for, of the areas that there are. */
export function questionsOf(areas: readonly Area[]): Question[] {
  const there = ({ inForceFrom = "" }: Readonly<Record<string, string>>): Area[] =>
    areas.filter((area) => isValidOn(area, inForceFrom));
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
      otherwise: ({ year }) => `${year}-01-01`,
      wrong: (answer) => (isCalendarDate(answer) ? null : "ghi năm-tháng-ngày"),
    },
    {
      option: "area",
      words: (answers) => {
        const [some, rest] = [there(answers).slice(0, 4), there(answers).slice(4)];
        const named = some.map(({ code, name }) => `${code} ${name}`).join("; ");
        return `Mã địa bàn (${named}${rest.length > 0 ? "; …" : ""})`;
      },
      wrong: (answer, answers) => wrongArea(answer, areas, there(answers), answers),
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
  const said = answer.trim().toLowerCase().normalize("NFC");
  return RHYTHMS.find((one) => one === said || RHYTHM_WORDS[one] === said) ?? null;
}

function wrongArea(
  code: string,
  areas: readonly Area[],
  there: readonly Area[],
  { inForceFrom = "" }: Readonly<Record<string, string>>,
): string | null {
  if (there.some((area) => area.code === code)) return null;
  // of a day that is missing or wrong itself nobody knows
  if (!isCalendarDate(inForceFrom)) return null;
  const gone = areas.findLast((area) => area.code === code);
  if (gone !== undefined) {
    const day = vietnameseDate(inForceFrom);
    return `“${code}” (${gone.name}) ${whenThere(gone, inForceFrom)}, không có vào ngày ${day}`;
  }
  const hint = codeHint(code, there);
  return `areas/areas.csv không có mã “${code}”. ${hint === "" ? "Khai địa bàn trước." : hint}`;
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

function factsOf(answers: Readonly<Record<string, string>>, areas: readonly Area[]): PlanFacts {
  const { number = "", title = "", issuer = "", inForceFrom = "", area: code = "" } = answers;
  const { id, year: typedYear, periods = "" } = answers;
  const year = Number(typedYear);
  const area = areas.find((one) => one.code === code && isValidOn(one, inForceFrom));
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
    parts: partsOf(area, areas, inForceFrom),
  };
}

function dashed(option: string): string {
  return option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
