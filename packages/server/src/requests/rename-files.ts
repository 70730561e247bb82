import type * as lsp from "vscode-languageserver";
import type { Session } from "../session.ts";
import { below, isBelow, normal, relativePath } from "../workspace/addresses.ts";
import { readConfig } from "../workspace/config.ts";
import { configName, type Project } from "../workspace/project.ts";

type Renames = lsp.RenameFilesParams["files"];

/**
 * Policies name each other, not their files; but a scruple.json names files and folders. What it names is named as before, wherever
 * one of the two goes; and a policy that would leave its project stays in it, since its denials would be gone as well.
 */
export function willRenameFiles(session: Session, { files }: lsp.RenameFilesParams): lsp.WorkspaceEdit | null {
  const changes: Record<string, lsp.TextEdit[]> = {};
  const projects = session.checkers.map(({ project }) => project).filter(({ hasConfig }) => hasConfig);
  for (const project of projects) {
    const others = projects.filter((one) => one !== project);
    const edits = editsOf(project, others, files);
    if (edits.length > 0) changes[below(project.root, configName)] = edits;
  }
  return Object.keys(changes).length === 0 ? null : { changes };
}

interface Config {
  readonly $schema?: unknown;
  readonly out?: unknown;
  readonly include?: unknown;
}

function editsOf(project: Project, others: readonly Project[], files: Renames): lsp.TextEdit[] {
  const text = project.configText ?? "";
  const value = parsed(text);
  const include = Array.isArray(value.include) ? value.include.filter((one) => typeof one === "string") : [];
  const edits: lsp.TextEdit[] = [];
  const renamed = (path: string) => {
    const now = renamedPath(project.root, path, files);
    const at = now === path ? -1 : text.indexOf(JSON.stringify(path));
    if (at < 0) return path;
    edits.push({ range: rangeIn(text, at, JSON.stringify(path).length), newText: JSON.stringify(now) });
    return now;
  };
  for (const path of [value.$schema, value.out])
    if (typeof path === "string" && !path.startsWith("/") && !/^\w+:/.test(path)) renamed(path);
  const now = include.map(renamed);
  const last = include.at(-1);
  const leaving = last === undefined ? [] : leavingFiles(project, others, { ...value, include: now }, files);
  if (last === undefined || leaving.length === 0) return edits;
  const at = text.lastIndexOf(JSON.stringify(last)) + JSON.stringify(last).length;
  return [
    ...edits,
    { range: rangeIn(text, at, 0), newText: leaving.map((path) => `, ${JSON.stringify(path)}`).join("") },
  ];
}

/** The path of what a path named before, from where the project is then. Globs begin where the names end. */
function renamedPath(root: string, path: string, files: Renames): string {
  const parts = path.split("/");
  const glob = parts.findIndex((part) => /[*?[\]{}()!]/.test(part));
  const named = glob < 0 ? parts : parts.slice(0, glob);
  if (named.join("") === "" || named.join("/") === ".") return path;
  const before = below(root, named.join("/"));
  const [newRoot, after] = [placeAfter(root, files), placeAfter(before, files)];
  if (relativePath(newRoot, after) === relativePath(root, before)) return path;
  return [relativePath(newRoot, after), ...(glob < 0 ? [] : parts.slice(glob))].join("/");
}

/** What a project would no longer have, as it would have to include it. */
function leavingFiles(project: Project, others: readonly Project[], config: Config, files: Renames): string[] {
  const root = placeAfter(project.root, files);
  const { matches } = readConfig(JSON.stringify(config));
  return files.flatMap(({ oldUri, newUri }) => {
    const [from, to] = [normal(oldUri), normal(newUri)];
    const moved = [...project.paths]
      .map((path) => project.uriOf(path))
      .filter((uri) => normal(uri) === from || isBelow(from, uri));
    const isLost = moved.some((uri) => {
      const after = placeAfter(normal(uri), files);
      const path = relativePath(root, after);
      return path !== null && !matches(path) && !others.some((one) => one.config.matches(one.pathOf(after) ?? ""));
    });
    const path = relativePath(root, to);
    if (!isLost || path === null) return [];
    const wanted = to.endsWith(".scruple") ? path : `${path}/**/*.scruple`;
    // What is written to `out`, or hidden, is never a part of a project.
    const sample = to.endsWith(".scruple") ? path : `${path}/a.scruple`;
    return readConfig(JSON.stringify({ ...config, include: [wanted] })).matches(sample) ? [wanted] : [];
  });
}

/** Where a file or a folder is once some have been renamed. */
function placeAfter(uri: string, files: Renames): string {
  for (const { oldUri, newUri } of files) {
    const from = normal(oldUri);
    if (uri === from) return normal(newUri);
    if (isBelow(from, uri)) return below(normal(newUri), relativePath(from, uri)!);
  }
  return uri;
}

function parsed(text: string): Config {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function rangeIn(text: string, start: number, length: number): lsp.Range {
  return { start: positionIn(text, start), end: positionIn(text, start + length) };
}

function positionIn(text: string, offset: number): lsp.Position {
  const before = text.slice(0, offset).split(/\r\n?|\n/);
  return { line: before.length - 1, character: before.at(-1)!.length };
}
