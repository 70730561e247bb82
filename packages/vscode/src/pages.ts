import * as vscode from "vscode";

/** Markdown that is shown beside the editor, rendered. A page that is shown again under its title takes the old one's place. */
export class Pages implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #scheme: string;
  readonly #registration: vscode.Disposable;

  /** @param scheme of the pages' URIs, which nobody else may have */
  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: ({ path }) => this.#texts.get(path) ?? "",
    });
  }

  async show(title: string, markdown: string): Promise<void> {
    const path = `/${title.replace(/[/\\?#]/g, " ")}.md`;
    const uri = vscode.Uri.from({ scheme: this.#scheme, path });
    this.#texts.set(path, markdown);
    this.#changed.fire(uri);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
