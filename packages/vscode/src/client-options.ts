import * as vscode from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient";

/**
 * Which documents the server is told of: policies in files, of the schemes that the workspace's folders have, and in editors
 * that were never saved. The texts that the server itself serves are not among them.
 */
export function clientOptions(outputChannel: vscode.LogOutputChannel): LanguageClientOptions {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const schemes = new Set(["file", "untitled", ...folders.map(({ uri }) => uri.scheme)]);
  return {
    documentSelector: [...schemes].map((scheme) => ({ scheme, language: "scruple" })),
    diagnosticCollectionName: "scruple",
    outputChannel,
  };
}
