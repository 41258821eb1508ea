// A chart as a self-contained file, with title, source and colours.

import { textWidth } from "../chart/axis.ts";

/** What of an element's look a style sheet decides. */
const LOOKS = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-size",
  "font-weight",
  "font-family",
  "text-anchor",
  "paint-order",
] as const;

const PAD = 16;
const TITLE = 15;
const SMALL = 11.5;
const SPACE = "http://www.w3.org/2000/svg";

/**
 * An SVG document of a chart that is drawn on the page, in the colours that it has there.
 * @param chart as it is drawn
 * @param labels its title above it, and its source below
 */
export function pictureOf(
  chart: SVGSVGElement,
  labels: { readonly title: string; readonly source: string },
): { readonly svg: string; readonly width: number; readonly height: number } {
  const [chartWidth, chartHeight] = [chart.width.baseVal.value, chart.height.baseVal.value];
  const width = chartWidth + 2 * PAD;
  const titleLines = wrapped(labels.title, TITLE, chartWidth);
  const sourceLines = wrapped(labels.source, SMALL, chartWidth);
  const head = PAD + titleLines.length * TITLE * 1.35 + 8;
  const height = head + chartHeight + 12 + sourceLines.length * SMALL * 1.4 + PAD;
  const page = getComputedStyle(document.body);
  const picture = document.createElementNS(SPACE, "svg");
  set(picture, { xmlns: SPACE, width, height, viewBox: `0 0 ${width} ${height}` });
  const family = page.fontFamily;
  const ground = document.createElementNS(SPACE, "rect");
  set(ground, { width, height, fill: page.backgroundColor });
  picture.append(ground);
  const say = (lines: readonly string[], from: number, size: number, weight: number): void => {
    for (const [index, line] of lines.entries()) {
      const text = document.createElementNS(SPACE, "text");
      set(text, {
        x: PAD,
        y: from + index * size * 1.38,
        "font-size": size,
        "font-weight": weight,
        "font-family": family,
        fill: page.color,
      });
      text.textContent = line;
      picture.append(text);
    }
  };
  say(titleLines, PAD + TITLE, TITLE, 650);
  const body = document.createElementNS(SPACE, "g");
  set(body, {
    transform: `translate(${PAD} ${head})`,
    "font-size": getComputedStyle(chart).fontSize,
  });
  for (const child of chart.children) body.append(withLooks(child));
  picture.append(body);
  say(sourceLines, head + chartHeight + 12 + SMALL, SMALL, 400);
  return { svg: new XMLSerializer().serializeToString(picture), width, height };
}

/** The same picture in dots, twice as many as the screen has. */
export async function dotsOf(picture: ReturnType<typeof pictureOf>): Promise<Blob> {
  const image = new Image();
  await new Promise<void>((resolve, reject) => {
    image.onload = () => resolve();
    image.onerror = () => reject(new Error("the browser does not draw the picture"));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`;
  });
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * 2;
  canvas.height = picture.height * 2;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("the browser draws nothing");
  context.scale(2, 2);
  context.drawImage(image, 0, 0, picture.width, picture.height);
  return await new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error("no picture")) : resolve(blob)),
      "image/png",
    );
  });
}

/** A copy of an element that looks the same without the page's style sheets. */
function withLooks(element: Element): Node {
  const copy = element.cloneNode(false) as Element;
  const style = getComputedStyle(element);
  copy.removeAttribute("class");
  for (const look of LOOKS) copy.setAttribute(look, style.getPropertyValue(look));
  for (const child of element.childNodes) {
    copy.append(child instanceof Element ? withLooks(child) : child.cloneNode());
  }
  return copy;
}

function set(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/** A text in lines that are no wider than so many pixels, about. */
function wrapped(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || textWidth(longer, size) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
