import * as vscode from "vscode";
import { activateSoon } from "./activate-soon.ts";
import { commandLineNames, editorNames } from "./command-names.ts";
import { PolicyTasks } from "./policy-tasks.ts";

/** On a desktop, and on the far side of a remote window: the server is a process of its own, and the command is at hand. */
export function activate(context: vscode.ExtensionContext): void {
  const command = vscode.Uri.joinPath(context.extensionUri, "scruple.mjs").fsPath;
  context.subscriptions.push(vscode.tasks.registerTaskProvider("scruple", new PolicyTasks(command)));
  activateSoon(context, [...editorNames, ...commandLineNames], async () =>
    (await import("./desktop.ts")).startOnDesktop(context, command),
  );
}
