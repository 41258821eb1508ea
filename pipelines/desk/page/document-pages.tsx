import type { FC } from "hono/jsx";
import type { PublishedReport } from "../../contract/report.ts";
import type { Block, Letters, Section, Standing } from "../../exports/document-block.ts";
import { SIZE } from "../../exports/document-block.ts";
import { reportSections } from "../../exports/report-document.ts";

/**
 * The document of a report, from the blocks that Word and PDF are drawn from; its annexes are folded, and
 * on a phone all but its beginning.
 */
export const DocumentPages: FC<{ report: PublishedReport }> = ({ report }) => {
  const [main, ...annexes] = reportSections(report);
  return (
    <>
      {main && <Sheet section={main} />}
      <label class="tick whole">
        <input type="checkbox" /> Đọc cả văn bản
      </label>
      {annexes.length > 0 && (
        <details>
          <summary>{annexes.length} phụ lục kèm theo</summary>
          {annexes.map((section) => (
            <Sheet section={section} />
          ))}
        </details>
      )}
    </>
  );
};

const Sheet: FC<{ section: Section }> = ({ section }) => (
  <article class="sheet">
    {section.blocks.map((block) => (
      <Drawn block={block} />
    ))}
  </article>
);

const Drawn: FC<{ block: Block }> = ({ block }) => {
  switch (block.kind) {
    case "paragraph":
      return block.text === "" ? <br /> : <p class={classOf(block)}>{block.text}</p>;
    case "rule":
      return <hr />;
    case "beside":
      return (
        <div class="beside">
          {block.rows.map((row) =>
            row.map((lines) => (
              <div>
                {lines.map((line) => (
                  <Drawn block={line} />
                ))}
              </div>
            )),
          )}
        </div>
      );
    case "table":
      return (
        <section
          class="table"
          tabindex={0}
          aria-label={`Bảng ${block.columns.map(({ header }) => header).join(", ")}`}
        >
          <table>
            <thead>
              <tr>
                {block.columns.map(({ header }) => (
                  <th scope="col">{header}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.lines.map((line) => (
                <tr>
                  {"heading" in line ? (
                    <th colspan={block.columns.length}>{line.heading}</th>
                  ) : (
                    line.map((texts, index) => (
                      <td class={block.columns[index]?.align}>
                        {texts.map((text, place) => (place === 0 ? text : <small>{text}</small>))}
                      </td>
                    ))
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      );
  }
};

function classOf({ bold, italics, color, size, align, firstLine }: Letters & Standing): string {
  return [
    bold === true && "bold",
    italics === true && "italic",
    color !== undefined && "red",
    size !== undefined && size < SIZE.national && "small",
    firstLine !== undefined && "first",
    align ?? "left",
  ]
    .filter(Boolean)
    .join(" ");
}
