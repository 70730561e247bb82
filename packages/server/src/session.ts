import type { CompileOptions } from "@scruple/compiler";
import { countOn, type Snapshot, warmUp } from "@scruple/service";
import type * as lsp from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { bugReport } from "./bug-report.ts";
import type { Host, Watching } from "./host.ts";
import type { ClientTraits } from "./requests/capabilities.ts";
import { handlers, type Method } from "./requests/handlers.ts";
import { looksAround } from "./requests/methods.ts";
import { TokenResults } from "./requests/token-results.ts";
import { Checker } from "./workspace/checker.ts";
import { inSlices } from "./workspace/in-slices.ts";
import { Library } from "./workspace/library.ts";
import type { Project } from "./workspace/project.ts";
import { Workspace } from "./workspace/workspace.ts";

/** Milliseconds between an edit and the check that it starts by itself: edits that come closer together are one. */
const settle = 12;
/** Milliseconds that somebody who looks at a file waits for a check before he is answered with what is known. */
const patience = 400;

/** Documents that the editor has open. */
export interface OpenDocuments {
  get(uri: string): TextDocument | undefined;
  all(): readonly TextDocument[];
}

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
  readonly #documents: OpenDocuments;
  readonly #checkers = new Map<Project, Checker>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Set where a request was answered before its check had ended. */
  #owesRefresh = false;
  #isDisposed = false;
  readonly #warm = new WeakSet<Checker>();
  /** Works that are under way or waiting: a project that is half read would be found full of errors. */
  #toDo = 0;
  /** What has to be read before requests can be answered. */
  #loading: Promise<unknown> = Promise.resolve();

  constructor(connection: lsp.Connection, host: Host, client: ClientTraits, documents: OpenDocuments) {
    this.#connection = connection;
    this.#host = host;
    this.client = client;
    this.#documents = documents;
    this.library = new Library(client.asksForTexts);
    this.#workspace = new Workspace(host, this.library);
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
    this.#toDo++;
    clearTimeout(this.#timer);
    const done = this.#loading.then(work).then(() => void this.#watch());
    this.#loading = done.catch((error) => this.#report(error));
    return this.#loading.then(() => {
      this.#toDo--;
      this.#checkSoon();
    });
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
    this.#checkSoon();
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
      if (this.#workspace.state !== before) this.#owesRefresh = true;
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
    const project = this.#workspace.projectOf(uri);
    return project === null ? null : this.#checker(project);
  }

  get checkers(): readonly Checker[] {
    return this.#workspace.projects.map((project) => this.#checker(project));
  }

  /** What the project of a file sets. */
  optionsOf(uri: string): CompileOptions {
    return this.#workspace.projectOf(uri)?.config.options ?? {};
  }

  /** Tells the user something. */
  show(message: string, isGood: boolean): void {
    if (isGood) this.#connection.window.showInformationMessage(message);
    else this.#connection.window.showWarningMessage(message);
  }

  versionOf(uri: string): number | null {
    return this.#documents.get(uri)?.version ?? null;
  }

  #checker(project: Project): Checker {
    let checker = this.#checkers.get(project);
    if (checker === undefined) {
      checker = new Checker(
        project,
        (paths, isComplete) => this.#tell(project, paths, isComplete),
        (error) => this.#report(error),
      );
      this.#checkers.set(project, checker);
    }
    return checker;
  }

  // ------------------------------------------------------------------------------------------------------------ checking

  #checkSoon(): void {
    clearTimeout(this.#timer);
    if (this.#isDisposed || this.#toDo > 0) return;
    this.#timer = setTimeout(() => void this.#checkAll(), settle);
  }

  async #checkAll(): Promise<void> {
    const projects = new Set(this.#workspace.projects);
    for (const [project, checker] of this.#checkers) {
      if (projects.has(project)) continue;
      this.#checkers.delete(project);
      for (const path of checker.dispose()) this.#publish(project.uriOf(path), []);
    }
    // Those who do not ask are told of the file before them first, too.
    for (const { uri } of this.#documents.all()) {
      const checker = this.checkerOf(uri);
      const path = checker?.isAhead ? checker.project.pathOf(uri) : null;
      if (checker && path !== null && !this.client.pullsDiagnostics) this.#publish(uri, checker.report(path).items);
    }
    for (const checker of this.checkers) await checker.check();
    this.#tellChecked();
    await this.#warmUp();
    if (!this.#owesRefresh || !this.client.pullsDiagnostics || this.#isDisposed) return;
    this.#owesRefresh = false;
    this.#connection.languages.diagnostics.refresh();
  }

  #tellChecked: () => void = () => {};
  /** Settled once all projects have been checked wholly, or nobody waits for that any more. */
  readonly firstChecked = new Promise<void>((resolve) => {
    this.#tellChecked = resolve;
  });

  /** Once for each project, while nothing else is to be done: what the first completion and the first hover need. */
  async #warmUp(): Promise<void> {
    for (const { uri } of this.#documents.all()) {
      const checker = this.checkerOf(uri);
      const snapshot = checker?.isSettled && !this.#warm.has(checker) ? this.snapshot(uri) : null;
      if (!checker || snapshot === null) continue;
      this.#warm.add(checker);
      await inSlices(warmUp(snapshot), () => this.#isDisposed || !checker.isSettled);
    }
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

  /** Has the editor ask again once everything is checked. */
  oweRefresh(): void {
    this.#owesRefresh = true;
  }

  /**
   * Waits for a check, but not for one that nobody waits for any more.
   *
   * @param longest milliseconds
   * @param orBegun whether before the first check what is known without analysis will do
   */
  async checked(
    checker: Checker,
    token: lsp.CancellationToken,
    { longest = patience, orBegun = false }: { readonly longest?: number; readonly orBegun?: boolean } = {},
  ): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tired = new Promise<void>((resolve) => {
      if (Number.isFinite(longest)) timer = setTimeout(resolve, longest);
      token.onCancellationRequested(() => resolve());
    });
    const begun = orBegun && !checker.hasBegun ? [checker.begun] : [];
    await Promise.race([checker.check(), tired, ...begun]);
    clearTimeout(timer);
    if (!checker.isSettled) this.#owesRefresh = true;
  }

  #tell(project: Project, paths: readonly string[], _isComplete: boolean): void {
    if (this.client.pullsDiagnostics) return;
    for (const path of paths) {
      const uri = project.uriOf(path);
      const owner = this.#workspace.projectOf(uri);
      if (path.endsWith(".scruple") && owner !== project) continue;
      this.#publish(uri, this.#checker(project).report(path).items);
    }
  }

  #publish(uri: string, diagnostics: readonly lsp.Diagnostic[]): void {
    if (this.client.pullsDiagnostics || this.#isDisposed) return;
    const version = this.#documents.get(uri)?.version;
    void this.#connection.sendDiagnostics({
      uri,
      diagnostics: [...diagnostics],
      ...(version === undefined ? {} : { version }),
    });
  }

  #report(error: unknown): void {
    this.#connection.console.error(bugReport(error));
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#tellChecked();
    for (const checker of this.#checkers.values()) checker.dispose();
    this.#watch();
  }
}
