import type { Program } from "@scruple/compiler";
import { instantiate } from "@scruple/emit";
import { nearest } from "@scruple/model";
import { decideStream, type Tally } from "../decide/decide-stream.ts";
import { DecisionWriter } from "../decide/decision-line.ts";
import { hasRequest, type RequestFlags, requestFromFlags } from "../decide/request-from-flags.ts";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { loadProgram } from "../project/load-program.ts";
import { reportOf } from "../report/report-of.ts";
import { reportPretty } from "../report/report-pretty.ts";
import { plural } from "../report/summary.ts";
import type { Console } from "../terminal/console.ts";
import { blockingErrors } from "./blocking-errors.ts";

/** `scruple decide`: one request from flags, or JSON Lines from standard input. */
export async function decide(flags: RequestFlags, policy: string | null, console: Console, io: Io): Promise<ExitCode> {
  if (!hasRequest(flags) && io.stdin.isTTY) {
    throw new CallError(
      "There is no request: neither flags nor standard input hold one.",
      "`scruple decide --help` shows both ways to ask.",
    );
  }
  const { project, program } = await loadProgram(io, []);
  const info = choosePolicy(program, policy);
  const blocked = await blockingErrors(program, [info]);
  if (blocked !== null) {
    const report = reportOf(program, project.root, new Set(), (one) => blocked.diagnostics.has(one));
    console.noteRaw(reportPretty(report, { paint: console.paintNote, cwd: io.cwd }));
    console.note(
      [`The policy \`${info.name}\` decides nothing: the errors come first.`, blocked.note].join(" ").trim(),
    );
    return Exit.policy;
  }
  const model = program.model(info.name);
  if (model === null) throw new Error(`the policy ${info.name} has no errors and no model`);
  const guard = instantiate(model);
  if (hasRequest(flags)) {
    const decision = guard.decide(requestFromFlags(flags, model, (message) => console.note(message)));
    console.print(new DecisionWriter().line(decision));
    return decision.errors.length > 0 ? Exit.policy : Exit.ok;
  }
  const tally = await decideStream(guard, console, io);
  if (console.showsProgress || tally.errors > 0) console.note(summary(tally));
  return tally.errors > 0 ? Exit.policy : Exit.ok;
}

function summary({ allowed, denied, errors }: Tally): string {
  const counts = `${plural(allowed + denied, "request")}: ${allowed.toLocaleString("en")} allowed, ${denied.toLocaleString("en")} denied`;
  return errors === 0 ? counts : `${counts}, ${errors.toLocaleString("en")} of them for errors in the request`;
}

/** The policy that `--policy` names, or the only one that declares an interaction. */
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
