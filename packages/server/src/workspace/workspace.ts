import type { Host } from "../host.ts";
import { below, isBelow, normal, parent } from "./addresses.ts";
import { readConfig } from "./config.ts";
import type { Library } from "./library.ts";
import { configName, Project } from "./project.ts";

/** Files that are read at a time. */
const batch = 32;

/**
 * The projects of the editor's folders, and of files outside them. A file belongs to the project with the nearest
 * scruple.json that includes it; where there is none, to its workspace folder; a file that is in neither is on its own.
 */
export class Workspace {
  readonly #host: Host;
  readonly #library: Library;
  /** Normal URIs. */
  #folders: readonly string[] = [];
  /** By root. */
  readonly #projects = new Map<string, Project>();
  /** Files that are open and in no project: each is one by itself. */
  readonly #alone = new Map<string, Project>();
  /** Open documents by their normal URI: the text and the URI as the editor writes it. */
  readonly #open = new Map<string, { readonly uri: string; text: string }>();

  constructor(host: Host, library: Library) {
    this.#host = host;
    this.#library = library;
  }

  get projects(): readonly Project[] {
    return [...this.#projects.values(), ...this.#alone.values()];
  }

  /** Another one whenever projects, or files in them, are not what they were. */
  get state(): string {
    return this.projects.map(({ root, version }) => `${root} ${version}`).join("\n");
  }

  // ------------------------------------------------------------------------------------------------------------ folders

  async setFolders(folders: readonly string[]): Promise<void> {
    this.#folders = folders.map(normal);
    await this.reload();
  }

  /** Looks for projects and files again, keeping what is known of those that stay. */
  async reload(): Promise<void> {
    const listed = new Set<string>();
    for (const folder of this.#folders) for (const uri of await this.#host.list(folder)) listed.add(normal(uri));
    const roots = new Set(
      [...listed].filter((uri) => uri.endsWith(`/${configName}`)).flatMap((uri) => parent(uri) ?? []),
    );
    const implicit = this.#folders.filter((folder) => !roots.has(folder));
    const outside = [...this.#projects]
      .filter(([root, { hasOpen }]) => hasOpen && !this.#isInFolder(root))
      .map(([root]) => root);
    const wanted = new Set([...roots, ...implicit, ...outside]);
    for (const root of this.#projects.keys()) if (!wanted.has(root)) this.#projects.delete(root);
    for (const root of roots) await this.#load(root, [...listed]);
    for (const root of outside) await this.#load(root, null);
    for (const folder of implicit) {
      const own = [...listed].filter((uri) => isBelow(folder, uri) && this.#rootOf(uri, roots) === null);
      if (own.length > 0 || this.#projects.has(folder)) await this.#load(folder, own);
    }
    for (const uri of this.#open.keys()) await this.#attach(uri);
  }

  #isInFolder(root: string): boolean {
    return this.#folders.some((folder) => root === folder || isBelow(folder, root));
  }

  /** The innermost of some folders that holds a file. */
  #rootOf(uri: string, roots: Iterable<string>): string | null {
    let best: string | null = null;
    for (const root of roots) if (isBelow(root, uri) && root.length > (best?.length ?? -1)) best = root;
    return best;
  }

  /** Reads a project's configuration and files. `listed` is what may belong to it; null where that is to be found out. */
  async #load(root: string, listed: readonly string[] | null): Promise<Project> {
    const text = await this.#host.read(below(root, configName));
    const config = text === null || typeof text === "string" ? text : "";
    let project = this.#projects.get(root);
    if (project === undefined) {
      project = new Project(root, config, this.#library);
      this.#projects.set(root, project);
    } else project.setConfig(config);
    const found = new Set(listed ?? (await this.#host.list(root)).map(normal));
    for (const base of basesAbove(project)) for (const uri of await this.#host.list(base)) found.add(normal(uri));
    const paths = [...found].flatMap((uri) => {
      const path = project.pathOf(uri);
      return path !== null && project.config.matches(path) ? [path] : [];
    });
    const texts: (readonly [string, string | Uint8Array | null])[] = [];
    for (let from = 0; from < paths.length; from += batch) {
      const some = paths.slice(from, from + batch);
      texts.push(
        ...(await Promise.all(some.map(async (path) => [path, await this.#host.read(project.uriOf(path))] as const))),
      );
    }
    // All at once: nobody is to see half a project.
    const stays = new Set(paths);
    for (const path of [...project.paths]) if (!stays.has(path)) project.setDisk(path, null);
    for (const [path, text] of texts) project.setDisk(path, text);
    return project;
  }

  // ---------------------------------------------------------------------------------------------------------- documents

  /** A document of the editor, as it is now. */
  async open(uri: string, text: string): Promise<void> {
    this.#open.set(normal(uri), { uri, text });
    await this.#attach(normal(uri));
  }

  /** @returns the projects that have it; none while it is not attached to any */
  change(uri: string, text: string): void {
    const key = normal(uri);
    const document = this.#open.get(key);
    if (document === undefined) return;
    document.text = text;
    for (const project of this.#having(key)) project.setOpen(project.pathOf(key)!, text, document.uri);
  }

  /** The file counts as it is on disk again. It may have been saved a moment ago, and nobody has told of that yet. */
  async close(uri: string): Promise<void> {
    const key = normal(uri);
    const text = await this.#host.read(key);
    this.#open.delete(key);
    for (const project of this.#having(key)) {
      const path = project.pathOf(key)!;
      project.setDisk(path, text);
      project.setOpen(path, null, uri);
    }
    this.#alone.delete(key);
    for (const [root, project] of this.#projects)
      if (!project.hasOpen && !this.#isInFolder(root)) this.#projects.delete(root);
  }

  isOpen(uri: string): boolean {
    return this.#open.has(normal(uri));
  }

  #having(key: string): Project[] {
    return this.projects.filter((project) => {
      const path = project.pathOf(key);
      return path !== null && project.has(path);
    });
  }

  /** Gives an open document to the projects that it belongs to. */
  async #attach(key: string): Promise<void> {
    if (this.#nearest(key) === null && !this.#alone.has(key)) await this.#loadAround(key);
    const document = this.#open.get(key);
    if (document === undefined) return;
    const owners = [...this.#projects.values()].filter((project) => this.#includes(project, key));
    if (owners.length > 0) this.#alone.delete(key);
    else if (!this.#alone.has(key)) {
      const root = parent(key) ?? key;
      const near = this.#projects.get(this.#rootOf(key, this.#projects.keys()) ?? "");
      this.#alone.set(key, new Project(root, near?.configText ?? null, this.#library));
    }
    const alone = this.#alone.get(key);
    for (const project of alone === undefined ? owners : [alone])
      project.setOpen(project.pathOf(key) ?? key, document.text, document.uri);
  }

  /** Whether a file, on disk or not yet, is one of a project. */
  #includes(project: Project, uri: string): boolean {
    const path = project.pathOf(uri);
    if (path === null || !project.config.matches(path)) return project.has(path ?? "");
    if (project.hasConfig) return true;
    return isBelow(project.root, uri) && this.#rootOf(uri, this.#configured()) === null;
  }

  #configured(): string[] {
    return [...this.#projects.values()].filter(({ hasConfig }) => hasConfig).map(({ root }) => root);
  }

  /** A file outside the editor's folders has the project around it, as on the command line. */
  async #loadAround(key: string): Promise<void> {
    if (this.#folders.some((folder) => isBelow(folder, key))) {
      // The first file of a folder that had none.
      const folder = this.#rootOf(key, this.#folders)!;
      if (this.#rootOf(key, this.#configured()) === null && !this.#projects.has(folder)) await this.#load(folder, []);
      return;
    }
    for (let folder = parent(key); folder !== null; folder = parent(folder)) {
      const text = await this.#host.read(below(folder, configName));
      if (typeof text !== "string") continue;
      if (this.#projects.has(folder)) return;
      const path = new Project(folder, null, this.#library).pathOf(key);
      if (path !== null && readConfig(text, folder).matches(path)) await this.#load(folder, null);
      return;
    }
  }

  /** The project that answers for a file. */
  #nearest(uri: string): Project | null {
    const all = [...this.#projects.values()].filter((project) => this.#includes(project, uri));
    const root = this.#rootOf(
      uri,
      all.map((project) => project.root),
    );
    return this.#projects.get(root ?? "") ?? all[0] ?? null;
  }

  projectOf(uri: string): Project | null {
    const key = normal(uri);
    return this.#alone.get(key) ?? this.#nearest(key);
  }

  // ------------------------------------------------------------------------------------------------------------- on disk

  /**
   * The URIs of the folders in which a change is likely to matter: those that hold policies, and those between them and the editor's
   * folder or their project's, where more of them may come.
   */
  foldersToWatch(): readonly string[] {
    const found = new Set(this.#folders);
    for (const { root, paths } of this.#projects.values()) {
      const top = this.#rootOf(root, this.#folders) ?? root;
      const inside = new Set([...paths].map((path) => path.slice(0, Math.max(path.lastIndexOf("/"), 0))));
      for (const path of ["", ...inside]) {
        let folder: string | null = below(root, path);
        while (folder !== null && !found.has(folder)) {
          found.add(folder);
          folder = isBelow(top, folder) ? parent(folder) : null;
        }
      }
    }
    return [...found];
  }

  /** Takes in that files or folders on disk have come, gone or become others. */
  async changedOnDisk(uris: readonly string[]): Promise<void> {
    const files = uris.map(normal);
    if (files.some((uri) => !uri.endsWith(".scruple"))) return this.reload();
    for (const uri of files) {
      const text = await this.#host.read(uri);
      const owners = [...this.#projects.values()].filter((project) => this.#includes(project, uri));
      if (owners.length === 0 && text !== null) return this.reload();
      for (const project of owners) project.setDisk(project.pathOf(uri)!, text);
    }
  }
}

/** Folders outside a project that its globs reach into. */
function basesAbove({ root, config }: Project): readonly string[] {
  return config.include
    .map((pattern) => {
      const parts = pattern.split("/");
      const first = parts.findIndex((part) => /[*?[\]{}()!]/.test(part));
      return below(root, parts.slice(0, first < 0 ? -1 : first).join("/"));
    })
    .filter((base) => base !== root && !isBelow(root, base));
}
