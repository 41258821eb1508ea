import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { betweenMarks } from "./marked-text.ts";
import { arrows, HOUSES, type Rooms, roomOf, usesIn } from "./structure.ts";

const FILE = "docs/architecture.md";

/**
 * The drawings and lists of `docs/architecture.md`, made from the imports of the code and from what
 * each model reads; the words between them are the file's own.
 * @returns the whole text of the file by its path in the repository
 */
export function architectureFiles(root: string): Map<string, string> {
  let text = readFileSync(join(root, FILE), "utf8");
  for (const [house, rooms] of Object.entries(HOUSES)) {
    const drawing = drawingText(root, house, rooms);
    text = betweenMarks(text, FILE, `drawing: ${basename(house)}`, drawing);
  }
  return new Map([[FILE, text]]);
}

/** The drawing in Mermaid, highest room on top, and under it what each room holds. */
function drawingText(root: string, house: string, rooms: Rooms): string {
  const floor = new Map(Object.keys(rooms).map((name, index) => [name, index]));
  const isDrawn = (path: string): boolean => floor.has(roomOf(path));
  const lines = arrows(usesIn(root, house).filter(({ from, to }) => isDrawn(from) && isDrawn(to)))
    .sort(
      ([from, to], [other, otherTo]) =>
        (floor.get(other) ?? 0) - (floor.get(from) ?? 0) ||
        (floor.get(otherTo) ?? 0) - (floor.get(to) ?? 0),
    )
    .map(([from, to]) => `  ${idOf(from)} --> ${idOf(to)}`);
  const shown = Object.entries(rooms).reverse();
  return [
    "```mermaid",
    "flowchart TB",
    ...shown.map(([name]) => `  ${idOf(name)}["${nameOf(name)}"]`),
    ...lines,
    "```",
    "",
    `Of \`${house}/\`, highest first:`,
    "",
    ...shown.map(([name, what]) => `- \`${nameOf(name)}\`: ${what}`),
    "",
  ].join("\n");
}

/** What a file that lies beside the rooms is drawn as. */
const idOf = (room: string): string => (room === "" ? "beside" : room);
const nameOf = (room: string): string => (room === "" ? "*.ts" : `${room}/`);
