import type * as lsp from "vscode-languageserver";
import type { Session } from "../session.ts";
import { below, normal, relativePath } from "../workspace/addresses.ts";
import { configName, type Project } from "../workspace/project.ts";

/** Files name each other by policies, not by paths; but a scruple.json may name a file or a folder that gets another name. */
export function willRenameFiles(session: Session, { files }: lsp.RenameFilesParams): lsp.WorkspaceEdit | null {
  const changes: Record<string, lsp.TextEdit[]> = {};
  for (const { project } of session.checkers) {
    const edits = editsOf(project, files);
    if (edits.length > 0) changes[below(project.root, configName)] = edits;
  }
  return Object.keys(changes).length === 0 ? null : { changes };
}

function editsOf(project: Project, files: lsp.RenameFilesParams["files"]): lsp.TextEdit[] {
  const text = project.configText ?? "";
  return project.config.include.flatMap((pattern) => {
    const renamed = renamedPattern(project.root, pattern, files);
    const at = text.indexOf(JSON.stringify(pattern));
    if (renamed === null || at < 0) return [];
    const range = { start: positionIn(text, at), end: positionIn(text, at + JSON.stringify(pattern).length) };
    return [{ range, newText: JSON.stringify(renamed) }];
  });
}

/** The pattern with another name for the file, or for the folder that it begins with. */
function renamedPattern(root: string, pattern: string, files: lsp.RenameFilesParams["files"]): string | null {
  for (const { oldUri, newUri } of files) {
    const [from, to] = [relativePath(root, normal(oldUri)), relativePath(root, normal(newUri))];
    if (from === null || to === null) continue;
    if (pattern === from) return to;
    if (pattern.startsWith(`${from}/`)) return `${to}${pattern.slice(from.length)}`;
  }
  return null;
}

function positionIn(text: string, offset: number): lsp.Position {
  const before = text.slice(0, offset).split(/\r\n?|\n/);
  return { line: before.length - 1, character: before.at(-1)!.length };
}
