import { basename, dirname, relative } from "node:path";
import { nearestConfig, realPath, writeFiles } from "@scruple/project";
import { failing, handingOn, type PolicyModule, policyModule } from "./policy-module.ts";
import { problemOfError } from "./problem.ts";
import type { Compiled, Projects } from "./projects.ts";

/** What bundlers call policies; a query changes nothing of one. */
export const policyId = /\.scruple(?:[?#].*)?$/;

/** Whether a file is a policy, or says which files are. */
export function isInput(file: string): boolean {
  return file.endsWith(".scruple") || basename(file) === "scruple.json";
}

export interface LoadedPolicy extends PolicyModule {
  /** What the module depends on, absolute. */
  readonly inputs: readonly string[];
  /** Null where it could not be read. */
  readonly project: Compiled["project"] | null;
}

/**
 * The module of a policy file; its types are written beside it, `shop.scruple.d.ts`. Never fails: what is wrong is told.
 *
 * @param id the file, as the bundler calls it
 * @param isPage whether the module goes where anybody can read it, which is then told as well
 */
export async function loadPolicy(id: string, projects: Projects, isPage: boolean): Promise<LoadedPolicy> {
  const named = id.replace(policyId, ".scruple");
  const file = realPath(named);
  // By another name, through a link or with a query, it is the same policy, and a bundle has its guard once.
  if (relative(file, id) !== "")
    return { ...handingOn(named, file), declarations: null, inputs: [named], project: null };
  // Where it cannot be read, scruple.json is what will be mended.
  const config = nearestConfig(dirname(file));
  let inputs: readonly string[] = config === null ? [file] : [file, config];
  let project: Compiled["project"] | null = null;
  try {
    const compiled = await projects.of(file);
    inputs = compiled.inputs;
    project = compiled.project;
    const loaded = await policyModule(file, compiled);
    const warnings = [...loaded.warnings, ...writeTypes(file, loaded)];
    if (isPage && loaded.policy !== null) warnings.push({ message: readable(loaded.policy), place: null });
    return { ...loaded, inputs, project, warnings };
  } catch (error) {
    return { ...failing(basename(file)), inputs, project, errors: [problemOfError(error)], warnings: [] };
  }
}

function readable(policy: string): string {
  return `The guard of \`${policy}\` goes into a page, where anybody can read its rules and nobody has to ask it. Let the server decide, and import \`previews\` from \`@scruple/runtime/preview\` in the page; where the guard is meant to be there, say so with \`inPages: true\`.`;
}

function writeTypes(file: string, { declarations }: PolicyModule) {
  if (declarations === null) return [];
  try {
    writeFiles([{ path: `${file}.d.ts`, content: declarations }], (path) => path);
    return [];
  } catch (error) {
    return [problemOfError(error)];
  }
}
