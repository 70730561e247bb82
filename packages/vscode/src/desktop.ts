import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { commandLine } from "./command-line.ts";
import { startExtension } from "./start-extension.ts";

/** @param command the path of the `scruple` command that comes with the extension */
export function startOnDesktop(context: vscode.ExtensionContext, command: string) {
  const module = vscode.Uri.joinPath(context.extensionUri, "server.cjs").fsPath;
  return {
    ...commandLine(context, command),
    ...startExtension(
      context,
      (options) => new LanguageClient("scruple", "Scruple", { module, transport: TransportKind.ipc }, options),
    ),
  };
}
