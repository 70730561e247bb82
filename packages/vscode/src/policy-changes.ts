import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

/** Milliseconds that edits are let pass before anybody looks again. */
const settle = 300;

/** Calls back once policies, what is found in them, or the server's state have changed, and are at rest. */
export function onPolicyChanges(client: BaseLanguageClient, look: () => unknown): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (client.isRunning()) look();
    }, settle);
  };
  return vscode.Disposable.from(
    vscode.languages.onDidChangeDiagnostics(soon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId === "scruple") soon();
    }),
    client.onDidChangeState(soon),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
