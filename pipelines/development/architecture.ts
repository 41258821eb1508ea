import { readFileSync } from "node:fs";
import { join } from "node:path";
import { betweenMarks } from "./marked-text.ts";
import {
  arrows,
  COMPONENT_ROOMS,
  DESK_ROOMS,
  importsIn,
  MODEL_ROOMS,
  PIPELINE_ROOMS,
  type Room,
  readsIn,
  roomOf,
  SOURCE_ROOMS,
  type Use,
} from "./structure.ts";

const FILE = "docs/architecture.md";

/** One drawing: a folder, its rooms and what goes from one to another. */
interface Drawing {
  readonly title: string;
  readonly folder: string;
  readonly rooms: readonly Room[];
  readonly uses: readonly Use[];
}

/**
 * The drawings and lists of `docs/architecture.md`, made from the imports of the code and from what
 * each model reads; the words between them are the file's own.
 * @returns the whole text of the file by its path in the repository
 */
export function architectureFiles(root: string): Map<string, string> {
  const drawings: Readonly<Record<string, Drawing>> = {
    pipelines: {
      title: "pipelines/",
      folder: "pipelines",
      rooms: PIPELINE_ROOMS,
      uses: importsIn(join(root, "pipelines")),
    },
    desk: {
      title: "pipelines/desk/",
      folder: "pipelines/desk",
      rooms: DESK_ROOMS,
      uses: importsIn(join(root, "pipelines/desk")),
    },
    sources: {
      title: "pipelines/sources/",
      folder: "pipelines/sources",
      rooms: SOURCE_ROOMS,
      uses: importsIn(join(root, "pipelines/sources")),
    },
    models: {
      title: "models/",
      folder: "models",
      rooms: MODEL_ROOMS,
      uses: readsIn(join(root, "models")),
    },
    components: {
      title: "reports/components/",
      folder: "reports/components",
      rooms: COMPONENT_ROOMS,
      uses: importsIn(join(root, "reports/components")),
    },
  };
  let text = readFileSync(join(root, FILE), "utf8");
  for (const [name, drawing] of Object.entries(drawings)) {
    text = betweenMarks(text, FILE, `drawing: ${name}`, drawingText(drawing));
  }
  return new Map([[FILE, text]]);
}

/** The drawing in Mermaid, highest room on top, and under it what each room holds. */
function drawingText({ title, rooms, uses }: Drawing): string {
  const floor = new Map(rooms.map(({ name }, index) => [name, index]));
  const isDrawn = (path: string): boolean => floor.has(roomOf(path));
  const lines = arrows(uses.filter(({ from, to }) => isDrawn(from) && isDrawn(to)))
    .sort(
      ([from, to], [other, otherTo]) =>
        (floor.get(other) ?? 0) - (floor.get(from) ?? 0) ||
        (floor.get(otherTo) ?? 0) - (floor.get(to) ?? 0),
    )
    .map(([from, to]) => `  ${idOf(from)} --> ${idOf(to)}`);
  const shown = [...rooms].reverse();
  return [
    "```mermaid",
    "flowchart TB",
    ...shown.map(({ name }) => `  ${idOf(name)}["${nameOf(name)}"]`),
    ...lines,
    "```",
    "",
    `Of \`${title}\`, highest first:`,
    "",
    ...shown.map(({ name, what }) => `- \`${nameOf(name)}\`: ${what}`),
    "",
  ].join("\n");
}

/** What a file that lies beside the rooms is drawn as. */
const idOf = (room: string): string => (room === "" ? "beside" : room);
const nameOf = (room: string): string => (room === "" ? "*.ts" : `${room}/`);
