import { countOn, type Snapshot } from "@scruple/service";
import type * as lsp from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { bugReport } from "./bug-report.ts";
import { CheckSchedule, type OpenDocuments } from "./check-schedule.ts";
import type { Host, Watching } from "./host.ts";
import type { ClientTraits } from "./requests/capabilities.ts";
import { handlers, type Method } from "./requests/handlers.ts";
import { looksAround } from "./requests/methods.ts";
import { TokenResults } from "./requests/token-results.ts";
import type { Checker } from "./workspace/checker.ts";
import { inSlices } from "./workspace/in-slices.ts";
import { Library } from "./workspace/library.ts";
import { Workspace } from "./workspace/workspace.ts";

/** One editor's connection, from `initialized` on: its workspace, and what is told to it unasked. */
export class Session {
  readonly library: Library;
  readonly tokens = new TokenResults();
  readonly #workspace: Workspace;
  readonly #connection: lsp.Connection;
  readonly #host: Host;
  /** Besides what the editor tells: Neovim tells of nothing on Linux, Helix of what it has written itself. Null where the host cannot. */
  readonly #watching: Watching | null;
  readonly client: ClientTraits;
  readonly schedule: CheckSchedule;
  readonly #documents: OpenDocuments;
  #isDisposed = false;
  /** What has to be read before requests can be answered. */
  #loading: Promise<unknown> = Promise.resolve();

  constructor(connection: lsp.Connection, host: Host, client: ClientTraits, documents: OpenDocuments) {
    this.#connection = connection;
    this.#host = host;
    this.client = client;
    this.#documents = documents;
    this.library = new Library(client.asksForTexts);
    this.#workspace = new Workspace(host, this.library);
    this.schedule = new CheckSchedule(this.#workspace, {
      ...{ connection, client, documents },
      report: (error) => this.#report(error),
    });
    this.#watching = host.watch?.((uris) => void this.changedOnDisk(uris)) ?? null;
  }

  /** Answers a request, once what it may be about has been read. */
  async handle(method: Method, params: unknown, token: lsp.CancellationToken): Promise<unknown> {
    await this.#loading;
    if (looksAround.has(method)) await this.#whole(token);
    if (token.isCancellationRequested) return null;
    const handler = handlers[method] as (session: Session, params: unknown, token: lsp.CancellationToken) => unknown;
    return handler(this, params, token);
  }

  /** Waits until the programs of all files are at hand, or until nobody waits for that any more. */
  async #whole(token: lsp.CancellationToken): Promise<void> {
    const tired = new Promise<void>((resolve) => token.onCancellationRequested(() => resolve()));
    await Promise.race([tired, Promise.all(this.checkers.map((checker) => checker.whole()))]);
  }

  /** Does something to the workspace after all that was to be done before. */
  #then(work: () => Promise<unknown>): Promise<unknown> {
    const done = this.#loading.then(work).then(() => void this.#watch());
    this.#loading = done.catch((error) => this.#report(error));
    return this.schedule.during(this.#loading);
  }

  // ------------------------------------------------------------------------------------------------------------- changes

  /** Takes these folders for the workspace. */
  load(folders: readonly string[]): Promise<unknown> {
    return this.#then(async () => {
      await Promise.all([this.library.publish(this.#host), this.#workspace.setFolders(folders)]);
      for (const { uri } of this.#documents.all()) await this.#open(uri);
    });
  }

  opened({ uri }: lsp.TextDocumentIdentifier): Promise<unknown> {
    return this.#then(() => this.#open(uri));
  }

  /** What comes with the server is no policy of the workspace. */
  async #open(uri: string): Promise<void> {
    const document = this.#documents.get(uri);
    if (document !== undefined && this.library.pathOf(uri) === null)
      await this.#workspace.open(uri, document.getText());
  }

  changed(document: TextDocument): void {
    this.#workspace.change(document.uri, document.getText());
    this.schedule.checkSoon();
  }

  closed({ uri }: lsp.TextDocumentIdentifier): Promise<unknown> {
    return this.#then(async () => {
      if (this.#documents.get(uri) !== undefined) return;
      await this.#workspace.close(uri);
      this.tokens.forget(uri);
    });
  }

  changedOnDisk(uris: readonly string[]): Promise<unknown> {
    return this.#then(async () => {
      const before = this.#workspace.state;
      await this.#workspace.changedOnDisk(uris);
      // What came into a new folder before it was looked after.
      while (this.#watch()) await this.#workspace.reload();
      // Editor and host may tell of the same change.
      if (this.#workspace.state !== before) this.schedule.oweRefresh();
    });
  }

  /** @returns whether there are folders to look after that were not before */
  #watch(): boolean {
    return this.#watching?.keepTo(this.#isDisposed ? [] : this.#workspace.foldersToWatch()) === true;
  }

  // ------------------------------------------------------------------------------------------------------------ looking

  snapshot(uri: string): Snapshot | null {
    return this.#workspace.projectOf(uri)?.snapshot(uri) ?? null;
  }

  /** As `snapshot`, and of the standard vocabulary as well: as the first project has it that uses it. */
  readable(uri: string): Snapshot | null {
    const path = this.library.pathOf(uri);
    if (path === null) return this.snapshot(uri);
    for (const project of this.#workspace.projects) {
      const found = project.stdSnapshot(path);
      if (found !== null) return found;
    }
    return null;
  }

  /** The file as it is now, in the program that was last compiled. */
  latest(uri: string): Snapshot | null {
    return this.#workspace.projectOf(uri)?.latest(uri) ?? null;
  }

  /** Whether a snapshot of a file shows the project as it is now. */
  isUpToDate({ program }: Snapshot, uri: string): boolean {
    return this.#workspace.projectOf(uri)?.isOf(program) === true;
  }

  checkerOf(uri: string): Checker | null {
    return this.schedule.checkerOf(uri);
  }

  get checkers(): readonly Checker[] {
    return this.schedule.checkers;
  }

  /** Tells the user something. */
  show(message: string, isGood: boolean): void {
    if (isGood) this.#connection.window.showInformationMessage(message);
    else this.#connection.window.showWarningMessage(message);
  }

  versionOf(uri: string): number | null {
    return this.#documents.get(uri)?.version ?? null;
  }

  /** Works something out bit by bit; null where nobody waits for it any more. */
  async workedOut<Result>(steps: Generator<void, Result>, token: lsp.CancellationToken): Promise<Result | null> {
    let result: Result | null = null;
    function* kept() {
      result = yield* steps;
    }
    await inSlices(kept(), () => this.#isDisposed || token.isCancellationRequested);
    return result;
  }

  /** Counts in the background what a hover had no time for: it is asked again, or about the next rule. */
  countOn({ program, file }: Snapshot): void {
    const space = program.isWhole ? program.space(file.policy ?? "") : null;
    const project = this.#workspace.projects.find((one) => space !== null && one.isOf(program));
    if (space === null || project === undefined) return;
    void inSlices(countOn(space), () => this.#isDisposed || !project.isOf(program));
  }

  #report(error: unknown): void {
    this.#connection.console.error(bugReport(error));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.schedule.dispose();
    this.#watch();
  }
}
