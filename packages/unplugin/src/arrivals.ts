import { type FSWatcher, mkdtempSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Project, policyFolders, policyPaths } from "@scruple/project";

/**
 * Policies that come new while a bundler watches. Most bundlers watch files that they know, or folders with all that lies in
 * them, what they write themselves included. So they are given a file to watch that is written when the policies of a project are
 * others than before.
 */
export class Arrivals {
  readonly #watchers = new Map<string, FSWatcher>();
  /** By the project's root, what its policies were when they were last looked at. */
  readonly #known = new Map<string, string>();
  readonly #soon = new Map<string, NodeJS.Timeout>();
  #folder: string | undefined;
  #count = 0;

  /** @returns a file for the bundler to watch; absolute */
  async noticedBy(project: Project): Promise<string> {
    this.#folder ??= mkdtempSync(join(tmpdir(), "scruple-arrivals-"));
    const sign = join(this.#folder, "changed");
    if (this.#count === 0) this.#write(sign);
    await this.#look(project, sign);
    return sign;
  }

  /** Watches nothing any more. */
  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    for (const timer of this.#soon.values()) clearTimeout(timer);
    this.#watchers.clear();
    this.#soon.clear();
    this.#known.clear();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
    this.#count = 0;
  }

  /** Watches the folders first and looks at what they hold afterwards, so that nothing comes in between. */
  async #look(project: Project, sign: string): Promise<void> {
    for (const folder of await policyFolders(project)) this.#watch(folder, () => this.#lookSoon(project, sign));
    // Why they cannot be told is as good a sign: it changes when they can.
    const policies = policyPaths(project).then((paths) => paths.join("\n"), String);
    this.#known.set(project.root, await policies);
  }

  /** Once for what comes together, as from a version control system. */
  #lookSoon(project: Project, sign: string): void {
    clearTimeout(this.#soon.get(project.root));
    // What cannot be looked at may hold a denial: the next build says so.
    const look = () =>
      this.#lookAgain(project, sign)
        .catch(() => this.#write(sign))
        .catch(() => undefined);
    this.#soon.set(project.root, setTimeout(look, 30).unref());
  }

  async #lookAgain(project: Project, sign: string): Promise<void> {
    const before = this.#known.get(project.root);
    if (before === undefined) return;
    await this.#look(project, sign);
    if (this.#known.get(project.root) !== before) this.#write(sign);
  }

  #watch(folder: string, changed: () => void): void {
    if (this.#watchers.has(folder)) return;
    const end = () => {
      watcher?.close();
      this.#watchers.delete(folder);
    };
    let watcher: FSWatcher | undefined;
    try {
      watcher = watch(folder, { persistent: false }, (event) => {
        // Where a folder goes, this is told of the one above it as well.
        if (event === "rename") changed();
      });
      watcher.on("error", end);
      this.#watchers.set(folder, watcher);
    } catch {
      // Gone already, or one more than the system watches: what comes new there shows with the next change.
    }
  }

  #write(sign: string): void {
    if (this.#folder === undefined) return;
    this.#count += 1;
    writeFileSync(sign, String(this.#count));
  }
}
