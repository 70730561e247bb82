import type { Diagnostic, Program } from "@scruple/compiler";
import type { Report } from "./located.ts";
import { programLocator } from "./program-locator.ts";

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
  const locator = programLocator(program);
  return {
    root,
    files: [...chosen].sort(),
    diagnostics: program.diagnostics.filter(include).map((diagnostic) => locator.locate(diagnostic)),
    linesOf: locator.linesOf,
  };
}
