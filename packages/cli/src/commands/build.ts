import { relative, resolve, sep } from "node:path";
import type { Program } from "@scruple/compiler";
import type { Target } from "@scruple/project";
import { buildErrors, type FileToWrite, outFolder, policiesIn, realPath, writeFiles } from "@scruple/project";
import { reportOf } from "@scruple/project/report";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { type Loaded, loadProgram } from "../project/load-program.ts";
import { plural, summarise } from "../report/summary.ts";
import { writeReport } from "../report/write-report.ts";
import type { Console } from "../terminal/console.ts";
import { line, styled } from "../terminal/line.ts";
import { buildOutputs } from "./build-outputs.ts";
import { compareOutputs } from "./compare-outputs.ts";
import { outputOfAnother } from "./output-of-another.ts";
import { removeStale } from "./remove-stale.ts";
import { folded, staleOutputs } from "./stale-outputs.ts";
import { takenForCommonJs } from "./taken-for-commonjs.ts";
import { watch } from "./watch.ts";

export interface BuildOptions {
  /** Those of the project where empty. */
  readonly targets: readonly Target[];
  /** Relative to the working directory; the project's where null. */
  readonly out: string | null;
  readonly watch: boolean;
  /** Compares instead of writing. */
  readonly check: boolean;
}

/** `scruple build`: checks, then writes each target of each chosen policy; all of the files or none. */
export async function build(
  paths: readonly string[],
  options: BuildOptions,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  let previous: Program | undefined;
  const once = async (): Promise<ExitCode> => {
    const loaded = await loadProgram(io, paths, previous);
    previous = loaded.program;
    return buildOnce(loaded, paths.length === 0, options, console, io);
  };
  return options.watch ? watch(once, console, io) : once();
}

async function buildOnce(
  { project, program, chosen }: Loaded,
  whole: boolean,
  options: BuildOptions,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  const policies = policiesIn(program, chosen);
  const blocked = await buildErrors(program, policies);
  const report = reportOf(
    program,
    project.root,
    chosen,
    (one) => chosen.has(one.file) || blocked?.diagnostics.has(one) === true,
  );
  await writeReport(report, "pretty", console, io);
  if (report.diagnostics.length > 0) {
    console.note(summarise(report.diagnostics, program.files.length));
  }
  if (blocked !== null) {
    console.note(["Nothing was built: the errors come first.", blocked.note].join(" ").trim());
    return Exit.policy;
  }

  const collision = collidingPolicies(program.policies);
  if (collision !== null) {
    const [one, other] = collision;
    console.note(
      `Nothing was built: where the letters' case makes no difference to files, \`${one}\` and \`${other}\` would have the same ones. Rename one of the policies.`,
    );
    return Exit.policy;
  }

  const out = options.out === null ? outFolder(project) : resolve(io.cwd, options.out);
  const targets = options.targets.length > 0 ? options.targets : project.targets;
  const files: FileToWrite[] = [];
  const buildable = policies.filter(({ declaresInteraction }) => declaresInteraction);
  for (const { name } of buildable) {
    const model = program.model(name);
    if (model === null) throw new Error(`the policy ${name} has no errors and no model`);
    files.push(...(await buildOutputs(model, program.space(name), targets, out, project.root)));
  }
  // A flag adds to what the project builds: guards for one target do not make those for another stale.
  const stale = async () =>
    whole ? staleOutputs(out, project.root, program.policies, [...project.targets, ...options.targets]) : [];
  const show = (path: string) => relative(io.cwd, path).split(sep).join("/") || ".";
  const other = await outputOfAnother(files, out, project.root);
  if (other !== null) {
    const told = `\`${show(other.path)}\` was built by the project in \`${show(other.project)}\` for its policy \`${other.policy}\`.`;
    // A flag says where to build this time: of several checkouts the last is meant. In scruple.json it says so every time.
    if (options.out === null) {
      throw new CallError(
        told,
        "Rename one of the two policies of that name, or give one of the projects another `out` in scruple.json; remove the file if that project does not build it any more.",
      );
    }
    console.note(told);
  }
  if (options.check) return compareOutputs(files, await stale(), show, console);

  const written = writeFiles(files, show);
  for (const path of written) console.note(`wrote ${show(path)}`);
  // Looked for when all is written: on some disks a new file takes the place of one whose name differs in case alone.
  removeStale(await stale(), show, console);
  console.note(
    buildable.length === 0
      ? "No policy declares an interaction, so there is nothing to build."
      : line`${styled("green", "✓")} ${policyCount(buildable.length)} built, ${plural(written.length, "file")} written, ${files.length - written.length} unchanged`,
  );
  const manifest = buildable.length > 0 && targets.includes("javascript") ? takenForCommonJs(realPath(out)) : null;
  if (manifest !== null) {
    console.note(
      `\`${show(manifest)}\` makes Node take the guards for CommonJS modules, which they are not. Put a package.json with \`{ "type": "module" }\` into \`${show(out)}\`.`,
    );
  }
  return Exit.ok;
}

function policyCount(count: number): string {
  return count === 1 ? "1 policy" : `${count} policies`;
}

/** Two policies whose files would be the same on disks that take names for equal which differ in case alone. */
function collidingPolicies(policies: Program["policies"]): readonly [string, string] | null {
  const seen = new Map<string, string>();
  for (const { name, declaresInteraction } of policies) {
    if (!declaresInteraction) continue;
    const other = seen.get(folded(name));
    if (other !== undefined) return [other, name];
    seen.set(folded(name), name);
  }
  return null;
}
