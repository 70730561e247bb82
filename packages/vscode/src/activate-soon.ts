import * as vscode from "vscode";

/** What carries out commands, by their names. */
export type Commands<Name extends string> = Readonly<Record<Name, (...given: never[]) => unknown>>;

/**
 * Takes commands at once, and loads what carries them out when the editor has started the others: VS Code waits for each extension
 * in turn. A command that comes earlier waits.
 */
export function activateSoon<Name extends string>(
  { subscriptions }: vscode.ExtensionContext,
  names: readonly Name[],
  load: () => Promise<Commands<Name>>,
): void {
  const loaded = new Promise((resolve) => setTimeout(resolve)).then(load);
  loaded.catch(({ message }: Error) => vscode.window.showErrorMessage(`Scruple could not be started. ${message}`));
  for (const name of names) {
    const run = async (...given: never[]) => (await loaded)[name](...given);
    subscriptions.push(vscode.commands.registerCommand(name, run));
  }
}
