import { decideStream, type Tally } from "../decide/decide-stream.ts";
import { DecisionWriter } from "../decide/decision-line.ts";
import { guardHere } from "../decide/guard-here.ts";
import { hasRequest, type RequestFlags, requestFromFlags } from "../decide/request-from-flags.ts";
import { tellingDecider } from "../decide/telling-decider.ts";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { plural } from "../report/summary.ts";
import type { Console } from "../terminal/console.ts";
import { decidingModel } from "./deciding-model.ts";

/** `scruple decide`: one request from flags, or JSON Lines from standard input. */
export async function decide(flags: RequestFlags, policy: string | null, console: Console, io: Io): Promise<ExitCode> {
  if (!hasRequest(flags) && io.stdin.isTTY) {
    throw new CallError(
      "There is no request: neither flags nor standard input hold one.",
      "`scruple decide --help` shows both ways to ask.",
    );
  }
  const deciding = await decidingModel(policy, console, io);
  if (deciding === null) return Exit.policy;
  const { model } = deciding;
  const guard = tellingDecider(guardHere(model), model);
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
