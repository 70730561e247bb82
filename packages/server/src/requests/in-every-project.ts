import * as service from "@scruple/service";
import type * as lsp from "vscode-languageserver";
import type { Session } from "../session.ts";
import { normal } from "../workspace/addresses.ts";
import type { Project } from "../workspace/project.ts";

/** Where to ask a project for what is named somewhere. */
export interface Asked {
  readonly project: Project;
  readonly snapshot: service.Snapshot;
  readonly position: lsp.Position;
}

/** The project that answers for a file. */
export function nearest(session: Session, uri: string, position: lsp.Position): Asked | null {
  const project = session.checkerOf(uri)?.project;
  const snapshot = project?.snapshot(uri) ?? null;
  return project === undefined || snapshot === null ? null : { project, snapshot, position };
}

/**
 * A further project that has one of some files, each with a place in it: several may include a file, and what it names is what all of
 * them name so.
 */
export function further(
  session: Session,
  asked: ReadonlySet<Project>,
  places: ReadonlyMap<string, lsp.Position>,
): Asked | null {
  const others = session.checkers.map(({ project }) => project).filter((project) => !asked.has(project));
  for (const project of others)
    for (const [uri, position] of places) {
      const snapshot = has(project, uri) ? project.snapshot(uri) : null;
      if (snapshot !== null) return { project, snapshot, position };
    }
  return null;
}

export function has(project: Project, uri: string): boolean {
  const path = project.pathOf(normal(uri));
  return path !== null && project.has(path);
}

/** Every place that names what is named somewhere, in all projects that share a file where it is named. */
export function references(
  session: Session,
  { textDocument: { uri }, position, context }: lsp.ReferenceParams,
): lsp.Location[] | null {
  const first = session.library.pathOf(uri) === null ? nearest(session, uri, position) : null;
  if (first === null) {
    // The standard vocabulary, as the first project has it that uses it.
    const snapshot = session.readable(uri);
    return snapshot === null ? null : service.references(snapshot, position, context);
  }
  const asked = new Set<Project>();
  const places = new Map([[uri, position]]);
  const found = new Map<string, lsp.Location>();
  for (let next: Asked | null = first; next !== null; next = further(session, asked, places)) {
    asked.add(next.project);
    // A declaration leads to further projects, whether or not it is asked for.
    const named = service.references(next.snapshot, next.position);
    const wanted =
      context?.includeDeclaration === false ? service.references(next.snapshot, next.position, context) : named;
    for (const { uri, range } of named) if (!places.has(uri)) places.set(uri, range.start);
    for (const one of wanted) found.set(JSON.stringify(one), one);
  }
  return [...found.values()];
}
