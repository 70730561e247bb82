import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { CallError } from "./call-error.ts";
import { describeFileError } from "./files/file-error.ts";
import type { Project } from "./find-project.ts";
import { policyPaths } from "./policy-paths.ts";

export interface PolicyBytes {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: Uint8Array;
}

/**
 * Every policy file of a project, as bytes.
 *
 * @throws CallError where there is none, or one cannot be read: a file that is left out may hold a denial
 */
export async function readPolicies(project: Project): Promise<PolicyBytes[]> {
  const paths = await policyPaths(project);
  if (paths.length === 0) throw new CallError(...noPolicies(project));
  return paths.map((path) => {
    try {
      const file = join(project.root, path);
      // What a link leads to may be a pipe or a device, which have no end.
      if (!statSync(file).isFile()) throw new CallError(`\`${path}\` is no file.`);
      return { path, text: readFileSync(file) };
    } catch (error) {
      if (error instanceof CallError) throw error;
      throw new CallError(`\`${path}\` could not be read: ${describeFileError(error)}.`);
    }
  });
}

function noPolicies(project: Project): [string, string] {
  if (project.configFile === null) {
    return [
      `There is no \`.scruple\` file in \`${project.root}\`.`,
      "`scruple init` makes a small project to start from.",
    ];
  }
  const globs = project.include.map((pattern) => `\`${pattern}\``).join(", ");
  return [`No \`.scruple\` file matches ${globs}, which \`include\` in scruple.json names.`, ""];
}
