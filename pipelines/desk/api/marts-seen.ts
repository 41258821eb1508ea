import type { Json } from "@duckdb/node-api";
import type { AUDIENCES } from "../../vocabulary/audiences.ts";
import { selectRows, withConnection } from "../../warehouse/connection.ts";
import { sha256Of } from "../../warehouse/files.ts";
import { attachMarts, shownMarts } from "../../warehouse/shown-marts.ts";

type Audience = (typeof AUDIENCES)[number];

/** Asks rows of the views of one audience, which its SQL names without a schema. */
export type AskRows = (
  sql: string,
  values: Readonly<Record<string, string>>,
) => Promise<Record<string, Json>[]>;

/** An answer made of the marts. */
export interface MadeOfMarts {
  readonly text: string;
  /** Of the text alone, so that it tells nothing else. */
  readonly etag: string;
}

/** So many answers are kept until the marts are others. */
const MAX_KEPT = 200;
const MAX_KEPT_CHARACTERS = 32 * 1024 * 1024;

const MARTS = "built";

/** Reads the build of the marts that is shown, for one audience at a time, one question after another. */
export class MartsSeen {
  readonly #marts: string;
  #build = "";
  #kept = new Map<string, MadeOfMarts>();
  #characters = 0;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param marts path of marts.duckdb */
  constructor(marts: string) {
    this.#marts = marts;
  }

  /** Names the build that is shown, by nothing of what is in it; null where none is. */
  get build(): string | null {
    const file = shownMarts(this.#marts);
    return file === null ? null : sha256Of(file).slice(0, 8);
  }

  /**
   * The answer to a question, which is made once of each build.
   * @param question tells it from every other one of the audience
   * @throws Failure where no marts are shown
   */
  answer(
    audience: Audience,
    question: string,
    make: (ask: AskRows) => Promise<unknown>,
  ): Promise<MadeOfMarts> {
    const made = this.#turn.then(() => this.#answer(audience, question, make));
    this.#turn = made.catch(() => undefined);
    return made;
  }

  async #answer(
    audience: Audience,
    question: string,
    make: (ask: AskRows) => Promise<unknown>,
  ): Promise<MadeOfMarts> {
    const build = this.build ?? "";
    if (build !== this.#build || this.#characters > MAX_KEPT_CHARACTERS) {
      this.#build = build;
      this.#kept.clear();
      this.#characters = 0;
    }
    const key = `${audience} ${question}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const content = await withConnection(
      async (connection) => {
        await attachMarts(connection, this.#marts, MARTS);
        await connection.run(`use ${MARTS}.${audience}`);
        return make((sql, values) => selectRows(connection, sql, { ...values }));
      },
      { threads: "1" },
    );
    const text = JSON.stringify(content);
    const answer = { text, etag: `"${sha256Of(text).slice(0, 32)}"` };
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
    this.#kept.set(key, answer);
    this.#characters += text.length;
    return answer;
  }
}
