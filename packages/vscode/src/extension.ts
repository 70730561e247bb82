import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { registerCommandLine } from "./command-line.ts";
import { startExtension } from "./start-extension.ts";

/** On a desktop, and on the far side of a remote window: the server is a process of its own, and the command is at hand. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = vscode.Uri.joinPath(context.extensionUri, "server.cjs").fsPath;
  registerCommandLine(context);
  return startExtension(
    context,
    (options) => new LanguageClient("scruple", "Scruple", { module, transport: TransportKind.ipc }, options),
  );
}
