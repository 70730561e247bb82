import { parse } from "@scruple/syntax";
import type { Dice } from "./dice.ts";

const comments = [
  " // note\n",
  "\n// note\n",
  "\n\n  // note\n\n",
  " /* note */ ",
  "/* note */",
  "\n /* one\n two */ ",
];
const marks = new Set(["{", "}", "(", ")", ",", ":", ";"]);

/** A text with comments put between its tokens here and there, and with the space taken away where none is needed. */
export function withComments(text: string, dice: Dice, often = 0.5): string {
  const { tokens } = parse(text);
  let out = "";
  let from = 0;
  let image = "";
  for (const { start, end } of tokens) {
    const last = image;
    image = text.slice(start, end);
    const space = text.slice(from, start);
    const isNeeded = last.startsWith("//") || !(marks.has(last) || marks.has(image));
    out += isNeeded || dice.chance(0.7) ? space : "";
    if (dice.chance(often)) out += dice.pick(comments);
    out += image;
    from = end;
  }
  return out + text.slice(from);
}
