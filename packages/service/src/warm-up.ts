import type { Program } from "@scruple/compiler";
import { expectedAt, parse } from "@scruple/syntax";
import { completion } from "./completion/completion.ts";
import { usesIn } from "./names/uses-in.ts";
import { toPosition } from "./positions.ts";
import { filesOf, type Snapshot } from "./snapshot.ts";

/**
 * Works out what the first completion and the first hover would have to wait for, in pieces between which something else can be
 * done: what the grammar takes where, and what the names in all files stand for. What later edits leave as it is stays known.
 */
export function* warmUp(snapshot: Snapshot): Generator<void, void> {
  const { program, file } = snapshot;
  expectedAt(parse(""), 0);
  yield;
  const rule = file.tree.file.declarations.flatMap((one) => (one.kind === "interaction" ? one.rules : []))[0];
  completion(snapshot, toPosition(file.lines, rule?.data[0]?.start ?? 0), { snippets: true });
  yield* readNames(program);
}

/** Works out what the names in all files stand for, in pieces between which something else can be done. */
export function* readNames(program: Program): Generator<void, void> {
  for (const one of filesOf(program)) {
    yield;
    usesIn(program, one);
  }
}
