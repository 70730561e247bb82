import type * as lsp from "vscode-languageserver";
import type { Session } from "../session.ts";
import { below, isBelow, normal, relativePath } from "../workspace/addresses.ts";
import { excluding, readConfig } from "../workspace/config.ts";
import { stringsIn } from "../workspace/json-strings.ts";
import { configName, type Project } from "../workspace/project.ts";

type Renames = lsp.RenameFilesParams["files"];

/** Files of a folder that are included by name, where no pattern says them exactly: more is for somebody to think about. */
const mostNamed = 50;

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

function editsOf(project: Project, others: readonly Project[], files: Renames): lsp.TextEdit[] {
  const { root, configText } = project;
  // What an editor shows of a file leaves its byte order mark out.
  const text = (configText ?? "").replace(/^\ufeff/, "");
  const config = parsed(text);
  if (config === null) return [];
  const strings = stringsIn(text);
  const renamed = (member: string, after: (path: string) => string) =>
    (strings.get(member) ?? []).map((one) => ({ ...one, now: after(one.value) }));
  const paths = ["$schema", "out"].flatMap((member) => renamed(member, (path) => pathAfter(root, path, files)));
  const include = renamed("include", (pattern) => patternAfter(root, pattern, files));
  const edits = [...paths, ...include]
    .filter(({ value, now }) => now !== value)
    .map(({ start, end, now }) => ({ range: rangeIn(text, start, end), newText: JSON.stringify(now) }));
  const last = Array.isArray(config.include) ? include.at(-1) : undefined;
  if (last === undefined) return edits;
  const leaving = leavingFiles(project, others, { ...config, include: include.map(({ now }) => now) }, files);
  if (leaving.length === 0) return edits;
  const newText = leaving.map((pattern) => `, ${JSON.stringify(pattern)}`).join("");
  return [...edits, { range: rangeIn(text, last.end, last.end), newText }];
}

/** What a path named before, from where the project is then. */
function pathAfter(root: string, path: string, files: Renames): string {
  if (path === "" || path === "." || path.startsWith("/") || /^\w+:/.test(path)) return path;
  const before = below(root, path);
  const now = relativePath(placeAfter(root, files), placeAfter(before, files));
  return now === null || now === relativePath(root, before) ? path : now;
}

/** What means more than itself in a pattern, unless a backslash stands before it. */
const marks = /(?<!\\)[*?[\]{}()!|]/;

/** The pattern of what a pattern named before: its names are followed up to the first that holds a mark. */
function patternAfter(root: string, pattern: string, files: Renames): string {
  const sign = excluding.test(pattern) ? "!" : "";
  const parts = pattern.slice(sign.length).split("/");
  const marked = parts.findIndex((part) => marks.test(part));
  const named = parts.slice(0, marked < 0 ? parts.length : marked);
  const before = named.join("/").replace(/\\(.)/g, "$1");
  const now = pathAfter(root, before, files);
  return now === before ? pattern : sign + [escaped(now), ...parts.slice(named.length)].join("/");
}

/** A path as a pattern that matches nothing else. */
function escaped(path: string): string {
  return path.replace(new RegExp(marks, "g"), "\\$&");
}

/** What a project would no longer have, as it would have to include it: that, and nothing that it did not have. */
function leavingFiles(
  project: Project,
  others: readonly Project[],
  config: { readonly include: readonly string[] },
  files: Renames,
): string[] {
  const root = placeAfter(project.root, files);
  const including = (...more: string[]) =>
    readConfig(JSON.stringify({ ...config, include: [...config.include, ...more] }), root).matches;
  const matches = including();
  return files.flatMap(({ oldUri, newUri }) => {
    const from = normal(oldUri);
    const lost = [...project.paths]
      .map((path) => normal(project.uriOf(path)))
      .filter((uri) => uri === from || isBelow(from, uri))
      .map((uri) => placeAfter(uri, files))
      .filter((after) => !others.some((one) => one.config.matches(one.pathOf(after) ?? "")))
      .flatMap((after) => relativePath(root, after) ?? [])
      .filter((path) => !matches(path));
    const now = relativePath(root, normal(newUri));
    if (now === null || lost.length === 0) return [];
    const wanted = hasAllOf(project, from) ? [`${escaped(now)}/**/*.scruple`] : lost.map(escaped);
    // What is excluded, written to `out`, hidden, or by its name no policy any more, is never a part of a project.
    return wanted.length > mostNamed ? [] : wanted.filter((entry) => lost.some(including(entry)));
  });
}

/** Whether a project has every policy that there is, and may be, in a folder. */
function hasAllOf(project: Project, folder: string): boolean {
  const { root } = project;
  const { include } = project.config;
  const path = relativePath(root, folder);
  if (path === null || project.has(path) || include.some((pattern) => excluding.test(pattern))) return false;
  // A pattern that ends so, and has a file that lies in the folder itself, has all that lies further in.
  return include
    .filter((pattern) => /(^|\/)\*\*\/\*\.scruple$/.test(pattern))
    .some((pattern) => readConfig(JSON.stringify({ include: [pattern] }), root).matches(`${path}/a.scruple`));
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

function parsed(text: string): { readonly include?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

function rangeIn(text: string, start: number, end: number): lsp.Range {
  return { start: positionIn(text, start), end: positionIn(text, end) };
}

function positionIn(text: string, offset: number): lsp.Position {
  const before = text.slice(0, offset).split(/\r\n?|\n/);
  return { line: before.length - 1, character: before.at(-1)!.length };
}
