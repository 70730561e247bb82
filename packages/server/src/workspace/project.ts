import {
  type CheckedFile,
  type CompileOptions,
  compile,
  compileInSteps,
  type Diagnostic,
  type PolicyFile,
  type Program,
  pathText,
} from "@scruple/compiler";
import { type Addresses, checksOf, fileOf, filesOf, readNames, type Snapshot } from "@scruple/service";
import { LineIndex, parse } from "@scruple/syntax";
import { below, normal, relativePath } from "./addresses.ts";
import { type Config, readConfig } from "./config.ts";
import type { Library } from "./library.ts";

export const configName = "scruple.json";

/** Characters that take so long to be compiled that an open file is not to wait for them. */
const large = 200_000;

/** Files that are checked together: what a scruple.json includes, a folder without one, or a file that is in neither. */
export class Project {
  /** URI of the folder that paths are relative to. */
  readonly root: string;
  readonly #library: Library;
  #configText: string | null;
  #config: Config;
  /** What is on disk, and what an editor has open over it, by path. */
  readonly #disk = new Map<string, PolicyFile>();
  readonly #open = new Map<string, { readonly file: PolicyFile; readonly uri: string }>();
  /** The program that was last made of all files as they were then, and these. */
  #program: Program | null = null;
  #read: ReadonlySet<PolicyFile> = new Set();
  #isCurrent = false;
  /** Where that takes long: one of the files as they are, of which only some are read wholly. */
  #glimpse: Program | null = null;
  #glimpsed = -1;
  /** Files that have been asked about without being open. */
  readonly #asked = new Set<string>();
  /** Counts changes: what was computed for an earlier one is out of date. */
  #version = 0;

  /** @param configText of its scruple.json; null where it has none */
  constructor(root: string, configText: string | null, library: Library) {
    this.root = root;
    this.#configText = configText;
    this.#config = readConfig(configText, root);
    this.#library = library;
  }

  get configText(): string | null {
    return this.#configText;
  }
  get hasConfig(): boolean {
    return this.#configText !== null;
  }
  get config(): Config {
    return this.#config;
  }
  get version(): number {
    return this.#version;
  }

  setConfig(text: string | null): void {
    if (text === this.#configText) return;
    this.#configText = text;
    this.#config = readConfig(text, this.root);
    this.#touch();
  }

  /** The path of a file, whether or not the project has it; null where it cannot have one. */
  pathOf(uri: string): string | null {
    return relativePath(this.root, uri);
  }
  /** As the editor writes it, where it has the file open. */
  uriOf(path: string): string {
    return this.#open.get(path)?.uri ?? below(this.root, path);
  }
  has(path: string): boolean {
    return this.#disk.has(path) || this.#open.has(path);
  }
  get hasOpen(): boolean {
    return this.#open.size > 0;
  }
  /** Paths of what is on disk. */
  get paths(): Iterable<string> {
    return this.#disk.keys();
  }

  /** Sets what is on disk; null where it is gone. */
  setDisk(path: string, text: string | Uint8Array | null): void {
    if (this.#disk.get(path)?.text === text || (text === null && !this.#disk.has(path))) return;
    if (text === null) this.#disk.delete(path);
    else this.#disk.set(path, { path, text });
    if (!this.#open.has(path)) this.#touch();
  }

  /** Sets what an editor shows, and under which URI; null where it is closed. */
  setOpen(path: string, text: string | null, uri: string): void {
    const before = this.#file(path);
    if (text === null) this.#open.delete(path);
    else this.#open.set(path, { file: before?.text === text ? before : { path, text }, uri });
    if (this.#file(path)?.text !== before?.text) this.#touch();
    else this.#glimpsed = -1;
  }

  #file(path: string): PolicyFile | undefined {
    return this.#open.get(path)?.file ?? this.#disk.get(path);
  }

  #touch(): void {
    this.#isCurrent = false;
    this.#version++;
  }

  /** The program of the files as they are, with names and types; what has not changed is taken over. */
  program(): Program {
    if (this.#program === null || !this.#isCurrent) {
      const files = this.#files();
      this.#take(compile(files, this.#options(), this.#program ?? undefined), files);
      this.#isCurrent = true;
    }
    return this.#program!;
  }

  /** Whether a program is that of the files as they are. */
  isOf(program: Program): boolean {
    return this.#isCurrent && this.#program === program;
  }

  /**
   * Makes the program in pieces of work between which something else can be done, with its models and what names stand for. What
   * changes meanwhile is for `program` to catch up with, which takes little then.
   */
  *programInSteps(): Generator<void, void> {
    const version = this.#version;
    const files = this.#files();
    const program = yield* compileInSteps(files, this.#options(), this.#program ?? this.#glimpse ?? undefined);
    // What whoever looks at it first would have to wait for.
    yield* program.makeModels();
    yield* readNames(program);
    // Somebody may not have waited.
    if (this.#isCurrent) return;
    this.#take(program, files);
    this.#isCurrent = this.#version === version;
  }

  #take(program: Program, files: readonly PolicyFile[]): void {
    this.#program = program;
    this.#read = new Set(files);
    this.#glimpse = null;
    this.#asked.clear();
  }

  /** True where it takes long to make the program: where much is new. */
  get isLongToWait(): boolean {
    if (this.#isCurrent) return false;
    let size = 0;
    for (const file of this.#files()) if (!this.#read.has(file)) size += file.text.length;
    return size >= large;
  }

  /** Whether something can be said soon of a file as it is now: of all files that are read in part, it cannot. */
  isAtHand(path: string): boolean {
    return this.#open.has(path) || !this.isLongToWait;
  }

  /**
   * A program to look at a file with, at hand soon: where it takes long to make the whole, one in which only that file and those that
   * are open are read wholly, and of the others what can be seen of them.
   */
  view(path: string | null): Program {
    if (!this.isLongToWait) return this.program();
    if (path !== null && !this.#open.has(path) && !this.#asked.has(path)) {
      this.#asked.add(path);
      this.#glimpsed = -1;
    }
    if (this.#glimpse === null || this.#glimpsed !== this.#version) {
      const isWanted = ({ path }: PolicyFile) => this.#open.has(path) || this.#asked.has(path);
      const files = this.#files().map((file) => (isWanted(file) ? file : { ...file, outlineOnly: true }));
      this.#glimpse = compile(files, this.#options(), this.#glimpse ?? this.#program ?? undefined);
      this.#glimpsed = this.#version;
    }
    return this.#glimpse;
  }

  #files(): readonly PolicyFile[] {
    const paths = new Set([...this.#disk.keys(), ...this.#open.keys()]);
    return [...paths].map((path) => this.#file(path)!);
  }

  #options(): CompileOptions {
    return { ...this.#config.options, today: new Date().toISOString().slice(0, 10) };
  }

  /** A file of the program, for a feature to look at; null where the project has no such file. */
  snapshot(uri: string): Snapshot | null {
    const path = this.pathOf(normal(uri));
    if (path === null || !this.has(path)) return null;
    const program = this.view(path);
    const file = fileOf(program, path);
    return file === undefined ? null : { program, file, ...this.#around(program, path) };
  }

  /** A file of the standard vocabulary, as far as the project uses it. */
  stdSnapshot(path: string): Snapshot | null {
    const program = this.view(null);
    const file = filesOf(program).find((one) => one.std && one.path === path);
    return file === undefined ? null : { program, file, addresses: this.addresses, findings: () => [] };
  }

  /** A file as it is now, in the program that was last compiled: at hand at once, whatever is going on. */
  latest(uri: string): Snapshot | null {
    const path = this.pathOf(normal(uri));
    const text = path === null ? undefined : this.#file(path)?.text;
    if (path === null || typeof text !== "string" || this.#program === null || this.#isCurrent)
      return this.snapshot(uri);
    const file = fileOf(this.#program, path);
    // Of a file that is new, the program does not know the policy.
    if (file === undefined) return this.snapshot(uri);
    if (file.text === text) return { program: this.#program, file, ...this.#around(this.#program, path) };
    if (this.#parsed?.text !== text || this.#parsed.path !== path) {
      const tree = parse(text);
      const name = tree.file.policy && pathText(tree.file.policy.name);
      this.#parsed = { path, text, tree, lines: new LineIndex(text), policy: name, std: false };
    }
    return { program: this.#program, file: this.#parsed, ...this.#around(this.#program, path) };
  }
  #parsed: CheckedFile | null = null;

  #around(program: Program, path: string): Pick<Snapshot, "addresses" | "findings"> {
    const findings = () => this.#findings?.(program, path) ?? checksOf(program, path);
    return { addresses: this.addresses, findings };
  }

  /** What the analysis has found in a file of a program; null where it has not come so far. */
  #findings: ((program: Program, path: string) => readonly Diagnostic[] | null) | null = null;
  setFindings(findings: (program: Program, path: string) => readonly Diagnostic[] | null): void {
    this.#findings = findings;
  }

  readonly addresses: Addresses = {
    uriOf: (path, std) => (std ? this.#library.stdUri(path) : this.uriOf(path)),
    documentationOf: (code) => this.#library.documentationOf(code),
  };
}
