import { codeFrame } from "./code-frame.ts";
import type { Located, Report } from "./located.ts";
import type { Paint, Style } from "./paint.ts";
import { printableLine } from "./printable.ts";

/**
 * The lines of its own file that a finding is about: its place, and those in the same file that it is related to. None where
 * the text is not at hand.
 *
 * @param colour of the place itself
 */
export function ownFrame(
  { file, range, related }: Located,
  linesOf: Report["linesOf"],
  paint: Paint,
  colour: Style,
): string[] {
  const text = linesOf(file);
  if (text === null) return [];
  const own = codeFrame(text, [{ range, label: "", mark: "^" }], paint, (_style, marks) => paint(colour, marks));
  const others = related
    .filter((other) => other.file === file)
    .flatMap((other) =>
      codeFrame(text, [{ range: other.range, label: printableLine(other.message), mark: "-" }], paint, paint),
    );
  return [...own, ...others];
}
