import { inSlices } from "./in-slices.ts";
import { configName, type Project } from "./project.ts";
import { type Report, Reports } from "./reports.ts";

/**
 * Checks one project after each change, in the background: names and types at once, then logic, privacy and promises in
 * slices. What is computed for a state that has been left behind is given up; what it has found is used again.
 */
export class Checker {
  readonly #project: Project;
  readonly #reports: Reports;
  /** Told of files of which something else is reported now. */
  readonly #changed: (paths: readonly string[]) => void;
  readonly #failed: (error: unknown) => void;
  #running: Promise<void> | null = null;
  /** The version of the project that has been checked wholly. */
  #done = -1;
  #isDisposed = false;

  constructor(project: Project, changed: (paths: readonly string[]) => void, failed: (error: unknown) => void) {
    this.#project = project;
    this.#reports = new Reports(project);
    this.#changed = changed;
    this.#failed = failed;
  }

  get isSettled(): boolean {
    return this.#isDisposed || this.#done === this.#project.version;
  }

  /** Starts to check, unless that is under way. The answer comes when the project has been checked as it is then. */
  check(): Promise<void> {
    if (this.isSettled) return Promise.resolve();
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    while (!this.isSettled) {
      const { version } = this.#project;
      try {
        await this.#checkOnce(version);
      } catch (error) {
        // The state that it failed on is done with; the next may fare better.
        this.#done = version;
        this.#tellBegun();
        this.#tellWhole();
        this.#failed(error);
      }
    }
  }

  async #checkOnce(version: number): Promise<void> {
    const isStale = () => this.#isDisposed || this.#project.version !== version;
    // To the end, whatever changes meanwhile: so it is done some time, and a change or two take little then.
    if (this.#project.isLongToWait) await inSlices(this.#project.programInSteps(), () => this.#isDisposed);
    if (this.#isDisposed) return;
    const program = this.#project.program();
    if (this.#isFirst) {
      // There is nothing yet that a partial report would take away, so it need not wait for the rest.
      this.#tell(this.#reports.update(program, program.checks));
      this.#isFirst = false;
      this.#tellBegun();
    }
    this.#tellWhole();
    await inSlices(program.analysis(), isStale);
    if (isStale()) return;
    this.#tell(this.#reports.update(program, program.diagnostics));
    this.#done = version;
  }
  #isFirst = true;
  get hasBegun(): boolean {
    return !this.#isFirst;
  }
  #tellBegun: () => void = () => {};
  /** Settled once something is known of the project: names and types, if not the rest. */
  readonly begun: Promise<void> = new Promise((resolve) => {
    this.#tellBegun = resolve;
  });

  /** Settled once all files have been read wholly, as they are then. */
  async whole(): Promise<void> {
    while (!this.isSettled && this.#project.isLongToWait) {
      const read = new Promise<void>((resolve) => this.#awaitWhole.push(resolve));
      void this.check();
      await read;
    }
  }
  readonly #awaitWhole: (() => void)[] = [];
  #tellWhole(): void {
    for (const tell of this.#awaitWhole.splice(0)) tell();
  }

  #tell(paths: readonly string[]): void {
    if (paths.length > 0) this.#changed(paths);
  }

  /** What is known of a file: of the last check, and while one is under way as much as can be said. */
  report(path: string): Report {
    return this.isSettled ? this.#reports.of(path) : this.#reports.provisional(path);
  }
  /** Whether a file is to be answered for before the others are read, because that would take long. */
  get isAhead(): boolean {
    return !this.isSettled && this.#project.isLongToWait;
  }
  get paths(): Iterable<string> {
    return this.#reports.paths;
  }
  get project(): Project {
    return this.#project;
  }

  /** Gives up. @returns the files of which something is reported, for the reports to be withdrawn */
  dispose(): readonly string[] {
    this.#isDisposed = true;
    this.#tellWhole();
    return [...this.#reports.paths].filter((path) => path === configName || this.#reports.of(path).items.length > 0);
  }
}
