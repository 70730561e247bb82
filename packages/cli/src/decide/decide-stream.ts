import { type Decision, errorDecision } from "@scruple/model";
import type { Io } from "../io.ts";
import type { Console } from "../terminal/console.ts";
import { readStandardInput } from "../terminal/standard-input.ts";
import { DecisionWriter } from "./decision-line.ts";
import { jsonLines, type Line } from "./json-lines.ts";
import { Progress } from "./progress.ts";

/** The longest line that is read, in bytes. */
export const longestLine = 1 << 20;

export interface Decider {
  decide(request: unknown): Decision;
  readonly policy: { readonly name: string; readonly hash: string };
}

export interface Tally {
  allowed: number;
  denied: number;
  /** Of the denied: those that were no proper request. */
  errors: number;
}

/**
 * Decides JSON Lines from standard input onto standard output, in order, as they come. Each line has its answer, an empty
 * one too: requests without an `id` are told apart by their place. Memory does not grow with their number: a slow reader
 * holds up the writer. Ends early, and quietly, where the reader goes away.
 */
export async function decideStream(decider: Decider, console: Console, io: Io): Promise<Tally> {
  const tally: Tally = { allowed: 0, denied: 0, errors: 0 };
  const progress = new Progress(console, "request");
  const writer = new DecisionWriter();
  let number = 0;
  const answer = (line: Line): string => {
    number += 1;
    const decision = decideLine(decider, line, number);
    if (decision.decision === "allow") tally.allowed += 1;
    else tally.denied += 1;
    if (decision.errors.length > 0) tally.errors += 1;
    return writer.line(decision);
  };
  for await (const lines of jsonLines(readStandardInput(io), longestLine)) {
    let output = "";
    for (const line of lines) output += answer(line);
    await console.printSlowly(output);
    if (console.closed || io.signal?.aborted) break;
    progress.show(tally.allowed + tally.denied);
  }
  progress.clear();
  return tally;
}

function decideLine(decider: Decider, line: Line, number: number): Decision {
  if (typeof line !== "string") {
    const what = line.bad === "long" ? `Line ${number} is longer than 1 MiB.` : `Line ${number} is not UTF-8.`;
    return errorDecision(decider.policy.hash, what);
  }
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch {
    // What the line holds is not repeated: it may be somebody's data.
    return errorDecision(decider.policy.hash, `Line ${number} is not JSON.`);
  }
  return decider.decide(request);
}
