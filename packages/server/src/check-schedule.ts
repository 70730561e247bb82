import { warmUp } from "@scruple/service";
import type * as lsp from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { ClientTraits } from "./requests/capabilities.ts";
import { Checker } from "./workspace/checker.ts";
import { inSlices } from "./workspace/in-slices.ts";
import type { Project } from "./workspace/project.ts";
import type { Workspace } from "./workspace/workspace.ts";

/** Milliseconds between an edit and the check that it starts by itself: edits that come closer together are one. */
const settle = 12;
/** Milliseconds that somebody who looks at a file waits for a check before he is answered with what is known. */
const patience = 400;

/** Documents that the editor has open. */
export interface OpenDocuments {
  get(uri: string): TextDocument | undefined;
  all(): readonly TextDocument[];
}

/** Whom to tell what: the editor, what it has open, and how mistakes of the server's own are reported. */
export interface Audience {
  readonly connection: lsp.Connection;
  readonly client: ClientTraits;
  readonly documents: OpenDocuments;
  readonly report: (error: unknown) => void;
}

/** Has all projects of a workspace checked after changes, and tells what is found to editors that do not ask for it. */
export class CheckSchedule {
  readonly #workspace: Workspace;
  readonly #audience: Audience;
  readonly #checkers = new Map<Project, Checker>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Works that change the workspace, under way or waiting: a project that is half read would be found full of errors. */
  #works = 0;
  /** Set where a request was answered before its check had ended. */
  #owesRefresh = false;
  #isDisposed = false;
  readonly #warm = new WeakSet<Checker>();

  constructor(workspace: Workspace, audience: Audience) {
    this.#workspace = workspace;
    this.#audience = audience;
  }

  #of(project: Project): Checker {
    let checker = this.#checkers.get(project);
    if (checker === undefined) {
      checker = new Checker(project, (paths) => this.#tell(project, paths), this.#audience.report);
      this.#checkers.set(project, checker);
    }
    return checker;
  }

  checkerOf(uri: string): Checker | null {
    const project = this.#workspace.projectOf(uri);
    return project === null ? null : this.#of(project);
  }

  get checkers(): readonly Checker[] {
    return this.#workspace.projects.map((project) => this.#of(project));
  }

  /** Puts checks off while the workspace is changed. */
  async during(work: Promise<unknown>): Promise<void> {
    this.#works++;
    clearTimeout(this.#timer);
    try {
      await work;
    } finally {
      this.#works--;
      this.checkSoon();
    }
  }

  checkSoon(): void {
    clearTimeout(this.#timer);
    if (this.#isDisposed || this.#works > 0) return;
    this.#timer = setTimeout(() => void this.#checkAll(), settle);
  }

  async #checkAll(): Promise<void> {
    const projects = new Set(this.#workspace.projects);
    for (const [project, checker] of this.#checkers) {
      if (projects.has(project)) continue;
      this.#checkers.delete(project);
      for (const path of checker.dispose()) this.#publish(project.uriOf(path), []);
    }
    const { client, documents, connection } = this.#audience;
    // Those who do not ask are told of the file before them first, too.
    for (const { uri } of documents.all()) {
      const checker = this.checkerOf(uri);
      const path = checker?.isAhead ? checker.project.pathOf(uri) : null;
      if (checker && path !== null && !client.pullsDiagnostics) this.#publish(uri, checker.report(path).items);
    }
    for (const checker of this.checkers) await checker.check();
    this.#tellChecked();
    await this.#warmUp();
    if (!this.#owesRefresh || !client.pullsDiagnostics || this.#isDisposed) return;
    this.#owesRefresh = false;
    connection.languages.diagnostics.refresh();
  }

  #tellChecked: () => void = () => {};
  /** Settled once all projects have been checked wholly, or nobody waits for that any more. */
  readonly firstChecked = new Promise<void>((resolve) => {
    this.#tellChecked = resolve;
  });

  /** Once for each project, while nothing else is to be done: what the first completion and the first hover need. */
  async #warmUp(): Promise<void> {
    for (const { uri } of this.#audience.documents.all()) {
      const checker = this.checkerOf(uri);
      const snapshot = checker?.isSettled && !this.#warm.has(checker) ? checker.project.snapshot(uri) : null;
      if (!checker || snapshot === null) continue;
      this.#warm.add(checker);
      await inSlices(warmUp(snapshot), () => this.#isDisposed || !checker.isSettled);
    }
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

  #tell(project: Project, paths: readonly string[]): void {
    if (this.#audience.client.pullsDiagnostics) return;
    for (const path of paths) {
      const uri = project.uriOf(path);
      const owner = this.#workspace.projectOf(uri);
      if (path.endsWith(".scruple") && owner !== project) continue;
      this.#publish(uri, this.#of(project).report(path).items);
    }
  }

  #publish(uri: string, diagnostics: readonly lsp.Diagnostic[]): void {
    const { client, connection, documents } = this.#audience;
    if (client.pullsDiagnostics || this.#isDisposed) return;
    const version = documents.get(uri)?.version;
    void connection.sendDiagnostics({
      uri,
      diagnostics: [...diagnostics],
      ...(version === undefined ? {} : { version }),
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#tellChecked();
    for (const checker of this.#checkers.values()) checker.dispose();
  }
}
