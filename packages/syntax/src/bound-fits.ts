import type { Range, SourceFile } from "./tree.ts";

/** Whether `purposes` or `channels` would be right at a place: once each, and before the rules. */
export function boundFits({ declarations }: SourceFile, word: string, place: Range): boolean {
  const around = declarations.findLast(({ start }) => start < place.start);
  if (around?.kind !== "interaction") return true;
  const isThere = around.bounds.some(({ kind, start }) => kind === word && start !== place.start);
  return !isThere && !around.rules.some(({ start }) => start < place.start);
}
