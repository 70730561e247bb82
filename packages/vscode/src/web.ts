import type * as vscode from "vscode";
import { activateSoon } from "./activate-soon.ts";
import { editorNames } from "./command-names.ts";

/** In VS Code for the Web. */
export function activate(context: vscode.ExtensionContext): void {
  activateSoon(context, editorNames, async () => (await import("./in-browser.ts")).startInBrowser(context));
}
