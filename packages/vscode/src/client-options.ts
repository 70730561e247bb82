import * as vscode from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient";

/**
 * Which documents the server is told of: policies in files, of the schemes that the workspace's folders have, in editors that were
 * never saved, and the standard vocabulary, which the server itself serves.
 */
export function clientOptions(outputChannel: vscode.LogOutputChannel): LanguageClientOptions {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const schemes = new Set(["file", "untitled", "scruple", ...folders.map(({ uri }) => uri.scheme)]);
  return {
    documentSelector: [...schemes].map((scheme) => ({ scheme, language: "scruple" })),
    diagnosticCollectionName: "scruple",
    outputChannel,
  };
}
