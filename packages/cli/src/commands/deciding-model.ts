import type { Program } from "@scruple/compiler";
import { type Model, nearest } from "@scruple/model";
import type { Project } from "@scruple/project";
import { blockingErrors } from "@scruple/project";
import { reportOf } from "@scruple/project/report";
import { CallError } from "../exit.ts";
import type { Io } from "../io.ts";
import { loadProgram } from "../project/load-program.ts";
import { reportPretty } from "../report/report-pretty.ts";
import type { Console } from "../terminal/console.ts";

/** A policy that can be asked. */
export interface Deciding {
  readonly project: Project;
  readonly program: Program;
  readonly model: Model;
}

/**
 * The model of the policy that a call is about: the one that `--policy` names, or the only one that declares an interaction.
 *
 * @returns null where errors come first; they are on standard error then
 * @throws CallError where there is no such policy, or there are several to choose from
 */
export async function decidingModel(policy: string | null, console: Console, io: Io): Promise<Deciding | null> {
  const { project, program } = await loadProgram(io, []);
  const info = choosePolicy(program, policy);
  const blocked = await blockingErrors(program, [info]);
  if (blocked !== null) {
    const report = reportOf(program, project.root, new Set(), (one) => blocked.diagnostics.has(one));
    console.noteRaw(reportPretty(report, { paint: console.paintNote, cwd: io.cwd }));
    console.note(
      [`The policy \`${info.name}\` decides nothing: the errors come first.`, blocked.note].join(" ").trim(),
    );
    return null;
  }
  const model = program.model(info.name);
  if (model === null) throw new Error(`the policy ${info.name} has no errors and no model`);
  return { project, program, model };
}

function choosePolicy(program: Program, name: string | null): Program["policies"][number] {
  const names = program.policies.map((policy) => policy.name);
  if (name !== null) {
    const found = program.policies.find((policy) => policy.name === name);
    if (found === undefined)
      throw new CallError(`There is no policy \`${name}\` in this project.${nearest(name, names)}`);
    return found;
  }
  const deciding = program.policies.filter(({ declaresInteraction }) => declaresInteraction);
  const [only, ...others] = deciding.length > 0 ? deciding : program.policies;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined) throw new CallError("The project's files name no policy.");
  const list = [only, ...others].map((policy) => `\`${policy.name}\``).join(", ");
  throw new CallError(`The project has several policies: ${list}.`, "Choose one with `--policy NAME`.");
}
