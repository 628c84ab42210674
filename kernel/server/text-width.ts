import { createRequire } from "node:module";
import { Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";

const { resolve } = createRequire(import.meta.url);

/**
 * The shipped font, the same on every machine: Arimo, whose letters are as wide as those of Arial,
 * Helvetica and Liberation Sans, so that a browser without it keeps the layout.
 */
export const CHART_FONT = {
  loadSystemFonts: false,
  fontFiles: ["400Regular", "700Bold"].map((style) =>
    resolve(`@expo-google-fonts/arimo/${style}/Arimo_${style}.ttf`),
  ),
  defaultFontFamily: "Arimo",
  sansSerifFamily: "Arimo",
} satisfies ResvgRenderOptions["font"];

const EM = 100;

/** Letters that the font lacks and a browser takes from one where they are as wide as high. */
export const WIDE =
  /[\u3000-\u303f\uff00-\uff60\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;

/** What XML cannot hold and no font shows: control characters and halves of letters. */
const UNWRITABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** Text, or markup, that any reader of XML takes. */
export function writable(text: string): string {
  return text.replace(UNWRITABLE, "");
}

const advances = { normal: new Map<string, number>(), bold: new Map<string, number>() };

/** Width in pixels of a line of text in the shipped font at a size in pixels. */
export function textWidth(text: string, size: number, weight: "normal" | "bold"): number {
  let width = 0;
  for (const letter of writable(text)) width += advance(letter, weight);
  return width * size;
}

/** How far a letter moves the pen, in ems: what it adds between two strokes. */
function advance(letter: string, weight: "normal" | "bold"): number {
  const known = advances[weight].get(letter);
  if (known !== undefined) return known;
  const width = WIDE.test(letter)
    ? 1
    : Math.max(0, inkWidth(`|${letter}|`, weight) - inkWidth("||", weight));
  advances[weight].set(letter, width);
  return width;
}

function inkWidth(text: string, weight: "normal" | "bold"): number {
  const escaped = [...text].map((letter) => `&#${letter.codePointAt(0)};`).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><text xml:space="preserve" font-family="Arimo" font-size="${EM}" font-weight="${weight}">${escaped}</text></svg>`;
  return (new Resvg(svg, { font: CHART_FONT }).getBBox()?.width ?? 0) / EM;
}
