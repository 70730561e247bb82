import type { Diagnostic, Program } from "@scruple/compiler";
import { Locator } from "./locate.ts";
import type { Report } from "./located.ts";

/**
 * A report on some files of a program.
 *
 * @param include which diagnostics it holds; those of the chosen files where left out
 */
export function reportOf(
  program: Program,
  root: string,
  chosen: ReadonlySet<string>,
  include: (diagnostic: Diagnostic) => boolean = ({ file }) => chosen.has(file),
): Report {
  const texts = new Map(program.files.map(({ path, text }) => [path, text]));
  const locator = new Locator((file) => texts.get(file) ?? null);
  return {
    root,
    files: [...chosen].sort(),
    diagnostics: program.diagnostics.filter(include).map((diagnostic) => locator.locate(diagnostic)),
    linesOf: locator.linesOf,
  };
}
