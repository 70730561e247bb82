import { dirname, join, relative, sep } from "node:path";
import type { PolicyInfo, Program } from "@scruple/compiler";
import { emitJavaScript } from "@scruple/emit";
import { buildErrors, CallError, projectPath, realPath } from "@scruple/project";
import { programLocator } from "@scruple/project/report";
import { type Problem, problemOf } from "./problem.ts";
import { type Compiled, isOf } from "./projects.ts";

/** What stands for a policy file in a bundle. */
export interface PolicyModule {
  /** The policy whose guard the code is; null where it is none. */
  readonly policy: string | null;
  /** An ES module. */
  readonly code: string;
  /** Null where nothing in the code comes from a policy. */
  readonly map: SourceMap | null;
  /** The module's types; null where there are errors. */
  readonly declarations: string | null;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}
export interface SourceMap {
  readonly version: 3;
  readonly file: string;
  readonly names: string[];
  /** Absolute. */
  readonly sources: string[];
  readonly sourcesContent: (string | null)[];
  readonly mappings: string;
}

/**
 * The guard of the policy that a file belongs to. Where several files make one policy, the module of the first is the
 * guard and those of the others hand it on, so that a bundle has it once. A file that leads to another project, which may
 * not have all denials, is not taken for the first.
 *
 * @param file where it really lies
 * @throws CallError where the file is no part of the project, or its policy is nothing to call
 */
export async function policyModule(file: string, { project, program }: Compiled): Promise<PolicyModule> {
  const path = projectPath(project.root, file);
  const inProject = (one: string) => join(project.root, one);
  const checked = program.files.find((one) => projectPath(project.root, realPath(inProject(one.path))) === path);
  if (checked === undefined) {
    const globs = project.include.map((pattern) => `\`${pattern}\``).join(", ");
    throw new CallError(
      `\`${path}\` is no policy of its project.`,
      `\`include\` in scruple.json names ${globs}; what lies in \`${project.out}\`, \`node_modules\` or a hidden folder never counts.`,
    );
  }
  const policy = program.policies.find(({ name }) => name === checked.policy);
  const first = policy?.files.find((one) => isOf(project, inProject(one))) ?? checked.path;
  if (checked.path !== first) return handingOn(file, inProject(first));
  const blocked = await buildErrors(program, policy === undefined ? [] : [policy]);
  const locator = programLocator(program);
  const problems = (diagnostics: Iterable<Program["diagnostics"][number]>) =>
    [...diagnostics].map((one) => problemOf(locator.locate(one), locator.linesOf, inProject));
  const warnings = problems(
    program.diagnostics.filter(
      (one) =>
        one.severity === "warning" && policy?.files.includes(one.file) === true && !blocked?.diagnostics.has(one),
    ),
  );
  if (blocked !== null) {
    const note: readonly Problem[] = blocked.note === "" ? [] : [{ message: blocked.note, place: null }];
    return { ...failing(policy?.name ?? path), errors: [...problems(blocked.diagnostics), ...note], warnings };
  }
  return { ...guardModule(policy as PolicyInfo, program, project.root), errors: [], warnings };
}

/** What is to be told is told of the module that this one leads to. */
export function handingOn(file: string, to: string): PolicyModule {
  const from = specifier(file, to);
  const code = `export * from ${from};\nexport { default } from ${from};\n`;
  return { policy: null, code, map: null, declarations: code, errors: [], warnings: [] };
}

/** A module that lets nobody past who imports it: some bundlers go on after an error. */
export function failing(policy: string): Pick<PolicyModule, "policy" | "code" | "map" | "declarations"> {
  const reason = JSON.stringify(`The policy \`${policy}\` was not built; the bundler's output says why.`);
  const code = `throw new Error(${reason});\nexport default undefined;\n`;
  return { policy: null, code, map: null, declarations: null };
}

function guardModule(policy: PolicyInfo, program: Program, root: string) {
  const model = program.model(policy.name);
  if (!policy.declaresInteraction || model === null) {
    throw new CallError(
      `The policy \`${policy.name}\` declares no interaction, so there is nothing to decide.`,
      "Import a policy that uses it.",
    );
  }
  const { code, declarations, map } = emitJavaScript(model);
  const { names, mappings, sources, file: name } = JSON.parse(map);
  const texts = new Map(program.files.map(({ path, text }) => [path, text]));
  return {
    policy: policy.name,
    // The bundler says where the map is.
    code: code.replace(/^\/\/# sourceMappingURL=.*\n/m, ""),
    declarations,
    map: {
      version: 3 as const,
      file: name,
      names,
      mappings,
      sources: sources.map((path: string) => join(root, path)),
      sourcesContent: sources.map((path: string) => texts.get(path) ?? null),
    },
  };
}

function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to).split(sep).join("/");
  return JSON.stringify(path.startsWith(".") ? path : `./${path}`);
}
