import { nearest } from "@scruple/model";
import { CallError } from "../call-error.ts";

/**
 * Refuses a `severity` that names no diagnostic: a strictness that somebody asked for would silently not be there.
 *
 * @throws CallError
 */
export function checkSeverities(
  severity: Readonly<Record<string, unknown>>,
  catalogue: ReadonlyMap<string, { readonly name: string }>,
): void {
  const names = new Set([...catalogue].flatMap(([code, { name }]) => [code, name]));
  for (const key of Object.keys(severity)) {
    if (names.has(key)) continue;
    throw new CallError(
      `\`severity\` in scruple.json names \`${key}\`, which is no diagnostic.${nearest(key, names)}`,
      "`scruple rules` lists all of them.",
    );
  }
}
