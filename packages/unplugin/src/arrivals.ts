import { type FSWatcher, rmSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Project, policyFolders, policyPaths, temporaryFolder } from "@scruple/project";

/**
 * Policies that come new while a bundler watches. Most bundlers watch files that they know, or folders with all that lies in
 * them, what they write themselves included. So they are given a file to watch that is written when the policies of a project are
 * others than before.
 */
export class Arrivals {
  readonly #watchers = new Map<string, FSWatcher>();
  /** By its root, each project as it was last asked about. */
  readonly #projects = new Map<string, Project>();
  /** By the project's root, what its policies were when they were last looked at. */
  readonly #known = new Map<string, string>();
  #soon: NodeJS.Timeout | undefined;
  #folder: string | undefined;
  #count = 0;

  /** @returns a file for the bundler to watch; absolute */
  async noticedBy(project: Project): Promise<string> {
    this.#folder ??= temporaryFolder("arrivals");
    if (this.#count === 0) this.#write();
    this.#projects.set(project.root, project);
    await this.#look(project);
    return this.#sign(this.#folder);
  }

  /** Watches nothing any more. */
  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    clearTimeout(this.#soon);
    this.#watchers.clear();
    this.#projects.clear();
    this.#known.clear();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
    this.#count = 0;
  }

  /** Watches the folders first and looks at what they hold afterwards, so that nothing comes in between. */
  async #look(project: Project): Promise<void> {
    for (const folder of await policyFolders(project)) this.#watch(folder);
    // Why they cannot be told is as good a sign: it changes when they can.
    const policies = policyPaths(project).then((paths) => paths.join("\n"), String);
    this.#known.set(project.root, await policies);
  }

  /** Once for what comes together, as from a version control system. */
  #lookSoon(): void {
    clearTimeout(this.#soon);
    // What cannot be looked at may hold a denial: the next build says so.
    const look = () =>
      this.#lookAgain()
        .catch(() => this.#write())
        .catch(() => undefined);
    this.#soon = setTimeout(look, 30).unref();
  }

  /** At all projects: one may include what lies in another, and what one includes may be others by now. */
  async #lookAgain(): Promise<void> {
    const before = new Map(this.#known);
    for (const project of this.#projects.values()) await this.#look(project);
    if ([...this.#projects.keys()].some((root) => this.#known.get(root) !== before.get(root))) this.#write();
  }

  #watch(folder: string): void {
    if (this.#watchers.has(folder)) return;
    const end = () => {
      watcher?.close();
      this.#watchers.delete(folder);
    };
    let watcher: FSWatcher | undefined;
    try {
      watcher = watch(folder, { persistent: false }, (event) => {
        // Where a folder goes, this is told of the one above it as well.
        if (event === "rename") this.#lookSoon();
      });
      watcher.on("error", end);
      this.#watchers.set(folder, watcher);
    } catch {
      // Gone already, or one more than the system watches: what comes new there shows with the next change.
    }
  }

  #write(): void {
    if (this.#folder === undefined) return;
    this.#count += 1;
    writeFileSync(this.#sign(this.#folder), String(this.#count));
  }

  /** Called like a policy: whoever hears that it has changed does what is to be done when a policy has. */
  #sign(folder: string): string {
    return join(folder, "changed.scruple");
  }
}
