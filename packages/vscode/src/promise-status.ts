import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type Status, wordsFor } from "./promise-words.ts";

/** Milliseconds after which an unsettled server is asked again. */
const again = 400;

/** The item in the status bar that says whether promises hold. A click opens the list of what is wrong. */
export class PromiseStatus implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #item = vscode.window.createStatusBarItem("scruple.promises", vscode.StatusBarAlignment.Left, 10);
  readonly #subscriptions: vscode.Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    this.#item.name = "Scruple: Promises";
    this.#item.command = "workbench.actions.view.problems";
    const soon = () => this.#askSoon();
    this.#subscriptions = [
      vscode.languages.onDidChangeDiagnostics(soon),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === "scruple") soon();
      }),
      client.onDidChangeState(soon),
    ];
  }

  #askSoon(): void {
    clearTimeout(this.#timer);
    if (!this.#isDisposed) this.#timer = setTimeout(() => void this.#ask(), again);
  }

  async #ask(): Promise<void> {
    if (!this.#client.isRunning()) return this.#item.hide();
    try {
      this.#show(await this.#client.sendRequest<Status>("scruple/status"));
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
    if (!status.isSettled) this.#askSoon();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    for (const subscription of [this.#item, ...this.#subscriptions]) subscription.dispose();
  }
}
