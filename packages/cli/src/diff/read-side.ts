import { readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Program } from "@scruple/compiler";
import type { Model } from "@scruple/model";
import {
  blockingErrors,
  compileProject,
  describeFileError,
  findProject,
  type Project,
  policyPaths,
  readPolicies,
  realPath,
  temporaryFolder,
} from "@scruple/project";
import { reportOf } from "@scruple/project/report";
import { checkModel, Refused } from "@scruple/reload";
import { CallError } from "../exit.ts";
import type { Io } from "../io.ts";
import { reportPretty } from "../report/report-pretty.ts";
import type { Console } from "../terminal/console.ts";
import { commitOf } from "./git.ts";
import { layOutRevision } from "./lay-out-revision.ts";
import { namedProject } from "./named-project.ts";
import { refuseAbsent } from "./refuse-absent.ts";

/** One side of a comparison: the models of the policies that decide something, by name. */
export type Side = ReadonlyMap<string, Model>;

/** A side, and the files that it was read from: absolute and without links. */
export interface ReadSide {
  readonly models: Side;
  readonly files: readonly string[];
}

/**
 * Reads a folder, a built model or a git revision.
 *
 * @returns null where its policies have errors; they are on standard error then
 * @throws CallError where there is no such thing
 */
export async function readSide(what: string, console: Console, io: Io): Promise<ReadSide | null> {
  const path = resolve(io.cwd, what);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return ofProject(await namedProject(what, io.cwd), what, console, io);
  if (stat?.isFile()) return { models: ofModel(path, what), files: [realPath(path)] };
  return ofRevision(what, console, io);
}

function ofModel(path: string, what: string): Side {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
  } catch (error) {
    const why = error instanceof SyntaxError ? "it is not JSON" : describeFileError(error);
    throw new CallError(`\`${what}\` could not be read as a built model: ${why}.`);
  }
  try {
    const { model } = checkModel(value);
    return new Map([[model.policy, model]]);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new CallError(
      `\`${what}\` cannot be compared. ${error.message}`,
      "Build it again from its policies: `scruple build --target json`.",
    );
  }
}

/** The project of the working directory, as it was: it is laid out in a folder of its own for as long as it is read. */
async function ofRevision(revision: string, console: Console, io: Io): Promise<ReadSide | null> {
  const commit = await commitOf(io.cwd, revision);
  const { root } = await findProject(io.cwd);
  const folder = realpathSync(temporaryFolder("diff"));
  try {
    const laidOut = await layOutRevision(root, commit, folder);
    const project = await findProject(laidOut.root);
    await refuseAbsent(project, laidOut, revision);
    if ((await policyPaths(project)).length === 0) {
      throw new CallError(`There is no policy of this project in \`${revision}\`.`);
    }
    return await ofProject(project, revision, console, io);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ofProject(project: Project, what: string, console: Console, io: Io): Promise<ReadSide | null> {
  const policies = await readPolicies(project);
  const program = await compileProject(project, policies, { today: io.today });
  const blocked = await blockingErrors(program, program.policies);
  if (blocked !== null) {
    const report = reportOf(program, project.root, new Set(), (one) => blocked.diagnostics.has(one));
    console.noteRaw(reportPretty(report, { paint: console.paintNote, cwd: project.root }));
    console.note([`\`${what}\` cannot be compared: the errors come first.`, blocked.note].join(" ").trim());
    return null;
  }
  return {
    models: new Map(program.policies.flatMap(({ name }) => decidingModel(program, name))),
    files: policies.map(({ path }) => realPath(join(project.root, path))),
  };
}

function decidingModel(program: Program, name: string): [string, Model][] {
  const model = program.model(name);
  return model === null || model.interactions.length === 0 ? [] : [[name, model]];
}
