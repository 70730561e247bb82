import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { onPolicyChanges } from "./policy-changes.ts";
import { type Status, wordsFor } from "./promise-words.ts";
import { ask } from "./requests.ts";

/** Milliseconds after which an unsettled server is asked again. */
const again = 400;

/** The item in the status bar that says whether promises hold. A click opens the list of what is wrong. */
export class PromiseStatus implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #item = vscode.window.createStatusBarItem("scruple.promises", vscode.StatusBarAlignment.Left, 10);
  readonly #changes: vscode.Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    this.#item.name = "Scruple: Promises";
    this.#item.command = "workbench.actions.view.problems";
    this.#changes = onPolicyChanges(client, () => this.#look());
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      this.#show(await ask(this.#client, "scruple/status", {}));
    } catch {
      this.#item.hide();
    }
  }

  #show(status: Status): void {
    const { text, tooltip, isBad } = wordsFor(status);
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: `Scruple: ${tooltip}` };
    this.#item.backgroundColor = isBad ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    if (text === "") this.#item.hide();
    else this.#item.show();
    if (!status.isSettled) this.#timer = setTimeout(() => void this.#look(), again);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changes.dispose();
    this.#item.dispose();
  }
}
