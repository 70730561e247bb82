import { dirname, join } from "node:path";
import type { Program } from "@scruple/compiler";
import {
  CallError,
  compileProject,
  findProject,
  nearestConfig,
  type Project,
  readPolicies,
  realPath,
} from "@scruple/project";

/** A project, compiled. */
export interface Compiled {
  readonly project: Project;
  readonly program: Program;
  /** All that the program depends on, absolute: scruple.json and every policy. */
  readonly inputs: readonly string[];
}

/** Whether `Projects` comes to a project by a file: what a project includes may lie in another, or in none. */
export function isOf({ configFile }: Project, file: string): boolean {
  return nearestConfig(dirname(realPath(file))) === configFile;
}

/** The projects of the policies that a bundler has come across, each compiled once a build. */
export class Projects {
  readonly #found = new Map<string, Promise<Project>>();
  readonly #compiled = new Map<string, Promise<Compiled>>();
  /** What a later program may use again. */
  readonly #previous = new Map<string, Program>();

  /** Has everything looked for, read and compiled again. */
  forget(): void {
    this.#found.clear();
    this.#compiled.clear();
  }

  /**
   * The whole project of a policy file, by the nearest scruple.json. Without one nobody can say which files belong to it,
   * and one that is left out may hold a denial; the command takes the folder that it is called in, and a bundler has none.
   *
   * @param file where it really lies
   * @throws CallError where there is none, or it cannot be read
   */
  async of(file: string): Promise<Compiled> {
    const folder = dirname(file);
    const project = await keep(this.#found, folder, () => findProject(folder));
    if (project.configFile === null) {
      throw new CallError(
        `There is no scruple.json in \`${folder}\` or above it, so it is not known which files belong together.`,
        "One that holds `{}` will do; it stands for all policies in its folder and below.",
      );
    }
    return keep(this.#compiled, project.root, () => this.#compile(project));
  }

  async #compile(project: Project): Promise<Compiled> {
    const { root, configFile } = project;
    const files = await readPolicies(project);
    const program = await compileProject(project, files, { previous: this.#previous.get(root) });
    this.#previous.set(root, program);
    const policies = files.map(({ path }) => join(root, path));
    return { project, program, inputs: configFile === null ? policies : [configFile, ...policies] };
  }
}

function keep<T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let promise = kept.get(key);
  if (promise === undefined) {
    const made = make();
    promise = made;
    kept.set(key, made);
    // What has failed may be mended before any policy changes, as where it could not be read.
    made.catch(() => {
      if (kept.get(key) === made) kept.delete(key);
    });
  }
  return promise;
}
