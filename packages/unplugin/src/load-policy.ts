import { basename, dirname } from "node:path";
import { nearestConfig, writeFiles } from "@scruple/project";
import { failing, type PolicyModule, policyModule } from "./policy-module.ts";
import { problemOfError } from "./problem.ts";
import type { Projects } from "./projects.ts";

/** Whether a file is a policy, or says which files are. */
export function isInput(file: string): boolean {
  return file.endsWith(".scruple") || basename(file) === "scruple.json";
}

export interface LoadedPolicy extends PolicyModule {
  /** What the module depends on, absolute. */
  readonly inputs: readonly string[];
}

/** The module of a policy file; its types are written beside it, `shop.scruple.d.ts`. Never fails: what is wrong is told. */
export async function loadPolicy(file: string, projects: Projects): Promise<LoadedPolicy> {
  // Where it cannot be read, scruple.json is what will be mended.
  const config = nearestConfig(dirname(file));
  let inputs: readonly string[] = config === null ? [file] : [file, config];
  try {
    const compiled = await projects.of(file);
    inputs = compiled.inputs;
    const loaded = await policyModule(file, compiled);
    return { ...loaded, inputs, warnings: [...loaded.warnings, ...writeTypes(file, loaded)] };
  } catch (error) {
    return { ...failing(basename(file)), inputs, errors: [problemOfError(error)], warnings: [] };
  }
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
