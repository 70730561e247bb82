import * as service from "@scruple/service";
import type * as lsp from "vscode-languageserver";
import type { Session } from "../session.ts";
import { below, relativePath } from "../workspace/addresses.ts";
import { configName, type Project } from "../workspace/project.ts";
import { type Asked, further, has, nearest } from "./in-every-project.ts";
import { RequestFailed } from "./request-failed.ts";

/** What a project is to have changed, and the program that this was found in. */
interface Renamed {
  readonly snapshot: service.Snapshot;
  readonly changes: Readonly<Record<string, readonly lsp.TextEdit[]>>;
}

/**
 * Renames what is named somewhere, in all projects that share a file where it is named. What one of them refuses is refused: none is
 * to be left in error, or with another meaning.
 *
 * @throws RequestFailed
 */
export async function rename(
  session: Session,
  { textDocument: { uri }, position, newName }: lsp.RenameParams,
  token: lsp.CancellationToken,
): Promise<lsp.WorkspaceEdit | null> {
  const first = nearest(session, uri, position);
  const asked = new Set<Project>();
  const places = new Map([[uri, position]]);
  const renamed = new Map<Project, Renamed>();
  for (let next: Asked | null = first; next !== null; next = further(session, asked, places)) {
    const { project, snapshot, position } = next;
    asked.add(project);
    // Files that no scruple.json brings together need not say what each other's names are.
    if (next !== first && !project.hasConfig && !isNamed(next)) continue;
    const steps = service.rename(snapshot, position, newName, project.config.options);
    const from = next === first ? "" : `In the project of \`${nameOf(project, first!)}\`: `;
    const edit = await told(() => session.workedOut(steps, token), from);
    // Nobody waits for it any more.
    if (edit === null) return null;
    const changes = edit.changes ?? {};
    renamed.set(project, { snapshot, changes });
    for (const [uri, [one]] of Object.entries(changes)) if (one && !places.has(uri)) places.set(uri, one.range.start);
  }
  // Somebody may have typed meanwhile, and the edits are for what there was before.
  if ([...renamed].some(([project, { snapshot }]) => !project.isOf(snapshot.program)))
    throw new RequestFailed("The policies have changed meanwhile. Rename it again.");
  return first === null ? null : { changes: together(renamed, first) };
}

/** What cannot be renamed is the answer to the one who asked, and no mistake of the server's. */
export async function told<Result>(answer: () => Result | Promise<Result>, from = ""): Promise<Result> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof service.RenameError)) throw error;
    throw new RequestFailed(from + error.message);
  }
}

function isNamed({ snapshot, position }: Asked): boolean {
  try {
    service.prepareRename(snapshot, position);
    return true;
  } catch (error) {
    if (error instanceof service.RenameError) return false;
    throw error;
  }
}

/**
 * The changes of all projects. Each has checked its own alone, so they have to be the same wherever two have a file.
 *
 * @throws RequestFailed
 */
function together(renamed: ReadonlyMap<Project, Renamed>, first: Asked): Record<string, lsp.TextEdit[]> {
  const all: Record<string, lsp.TextEdit[]> = {};
  for (const { changes } of renamed.values())
    for (const [uri, edits] of Object.entries(changes)) all[uri] ??= [...edits];
  for (const [uri, edits] of Object.entries(all))
    for (const [project, { changes }] of renamed) {
      if (!has(project, uri) || textOf(changes[uri] ?? []) === textOf(edits)) continue;
      const file = relativePath(first.project.root, uri) ?? uri;
      throw new RequestFailed(
        `\`${file}\` is also in the project of \`${nameOf(project, first)}\`, where names in it stand for other things. Rename those first.`,
      );
    }
  return all;
}

function textOf(edits: readonly lsp.TextEdit[]): string {
  return edits
    .map((edit) => JSON.stringify(edit))
    .sort()
    .join("\n");
}

/** A project's scruple.json, or its folder, as seen from the project that was asked first. */
function nameOf({ root, hasConfig }: Project, { project }: Asked): string {
  const uri = hasConfig ? below(root, configName) : root;
  return relativePath(project.root, uri) ?? uri;
}
