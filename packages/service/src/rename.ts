import {
  type CompileOptions,
  compileInSteps,
  type Diagnostic,
  editedFiles,
  type Program,
  spell,
  spellPart,
} from "@scruple/compiler";
import { parse, type Range, type TextEdit } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { declarationsOf, usesOf } from "./locations.ts";
import { type Entity, nameOf, nounOf } from "./names/entity.ts";
import { nameAt } from "./names/name-at.ts";
import { usesIn } from "./names/uses-in.ts";
import { toOffset, toRange } from "./positions.ts";
import { fileOf, type Snapshot } from "./snapshot.ts";

/** Why something cannot be renamed, in a sentence for the one who asked. */
export class RenameError extends Error {}

/**
 * The name at a position that can be renamed.
 *
 * @throws RenameError where there is none
 */
export function prepareRename(
  snapshot: Snapshot,
  position: lsp.Position,
): { readonly range: lsp.Range; readonly placeholder: string } {
  const { file } = snapshot;
  const use = nameAt(snapshot, toOffset(file, position));
  if (use === null) throw new RenameError("Nothing that stands here has a name to be changed.");
  refuseForeign(snapshot, use.entity);
  return { range: toRange(file.lines, use), placeholder: nameOf(use.entity) };
}

/**
 * Renames what is named at a position, in all files, in pieces of work between which something else can be done. Names get backticks where they need them, and policies before names stay.
 * A name that would change what the policies mean is refused.
 *
 * @param options of the project, for the outcome to be checked
 * @throws RenameError
 */
export function* rename(
  snapshot: Snapshot,
  position: lsp.Position,
  newName: string,
  options: CompileOptions = {},
): Generator<void, lsp.WorkspaceEdit> {
  const { program, file, addresses } = snapshot;
  const here = nameAt(snapshot, toOffset(file, position));
  if (here === null) throw new RenameError("Nothing that stands here has a name to be changed.");
  const { entity } = here;
  refuseForeign(snapshot, entity);
  const wanted = newName.trim().replaceAll("`", "");
  refuseMalformed(entity, wanted);
  const edits = new Map<string, TextEdit[]>();
  for (const { file: at, use } of usesOf(program, entity)) {
    const written = entity.kind === "policy" ? partsWritten(at.text, wanted, use) : [nameWritten(at.text, wanted, use)];
    const changing = written.filter(({ start, end, text }) => at.text.slice(start, end) !== text);
    const own = edits.get(at.path);
    if (own !== undefined) own.push(...changing);
    else if (changing.length > 0) edits.set(at.path, changing);
  }
  yield* refuseOtherMeaning(snapshot, entity, wanted, edits, options);
  const changes: Record<string, lsp.TextEdit[]> = {};
  for (const [path, list] of edits) {
    const { lines } = fileOf(program, path)!;
    const uri = addresses.uriOf(path, false);
    if (uri !== null) changes[uri] = list.map((edit) => ({ range: toRange(lines, edit), newText: edit.text }));
  }
  return { changes };
}

function refuseForeign({ program }: Snapshot, entity: Entity): void {
  const declared = declarationsOf(program, entity);
  if (declared.some(({ file }) => file.std))
    throw new RenameError(`\`${nameOf(entity)}\` is part of the standard vocabulary, so it keeps its name.`);
  if (declared.length === 0) throw new RenameError(`\`${nameOf(entity)}\` is declared nowhere in this project.`);
}

function refuseMalformed(entity: Entity, name: string): void {
  const parts = entity.kind === "policy" ? name.split(".") : [name];
  if (parts.some((part) => part === "" || /[./#\s`]/.test(part)))
    throw new RenameError(`\`${name}\` cannot be a name: \`.\`, \`/\`, \`#\` and spaces have meanings of their own.`);
}

/** A keyword is put between backticks, but where it cannot be taken for one: behind a dot, and before a dot or a colon. */
function nameWritten(text: string, name: string, { start, end }: Range): TextEdit {
  const isSurelyName = text[start - 1] === "." || /^\s*(\??\s*:|\.)/.test(text.slice(end, end + 80));
  return { start, end, text: isSurelyName ? spellPart(name) : spell(name) };
}

/** A policy's name is written part by part: what stands between its parts may be a comment. */
function partsWritten(text: string, name: string, { start, end }: Range): TextEdit[] {
  const tokens = parse(text.slice(start, end)).tokens.filter(({ type }) => type !== "comment" && type !== "doc");
  const parts = spell(name).split(".");
  // Names and dots by turns. Those that the new name has no parts for go, and the last takes what is left of it.
  return tokens.map((token, place) => {
    const isDot = place % 2 === 1;
    const left = parts.slice(Math.ceil(place / 2));
    const written = place === tokens.length - 1 ? left.join(".") : (left[0] ?? "");
    return { start: start + token.start, end: start + token.end, text: isDot && left.length > 0 ? "." : written };
  });
}

/** Compiles what would come of it: every name has to mean what it meant, and no error may be new. */
function* refuseOtherMeaning(
  { program }: Snapshot,
  entity: Entity,
  name: string,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
  options: CompileOptions,
): Generator<void, void> {
  const after = yield* compileInSteps(editedFiles(program, edits), options, program);
  const [old, now] = [errorsOf(program), errorsOf(after)];
  if (now.length > old.length) {
    const known = new Set(old.map(({ message }) => message));
    const fresh = now.find(({ message }) => !known.has(message));
    throw new RenameError(`${nounOf(entity)} cannot be called \`${name}\`. ${fresh?.message ?? ""}`.trim());
  }
  const meanings = new Map<string, string>();
  for (const file of after.files) {
    yield;
    const [old, now] = [usesIn(program, fileOf(program, file.path)!), usesIn(after, file)];
    const isSame =
      old.length === now.length && old.every(({ key }, place) => isConstant(meanings, key, now[place]!.key));
    if (!isSame) throw new RenameError(`In \`${file.path}\`, \`${name}\` already means something else.`);
  }
  if (new Set(meanings.values()).size < meanings.size)
    throw new RenameError(`\`${name}\` already means something else.`);
}

/** Whether what was one thing is one thing everywhere. */
function isConstant(meanings: Map<string, string>, before: string, after: string): boolean {
  const known = meanings.get(before);
  if (known === undefined) meanings.set(before, after);
  return known === undefined || known === after;
}

function errorsOf({ checks }: Program): readonly Diagnostic[] {
  return checks.filter(({ severity }) => severity === "error");
}
