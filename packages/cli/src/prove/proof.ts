import type { PromiseResult } from "@scruple/analysis";

/** A line of a promise, proved or not for one policy. */
export interface Proof {
  /** The policy that was asked; it may only use the one that promises. */
  readonly policy: string;
  readonly file: string;
  readonly result: PromiseResult;
}

/** One object, as the documentation of the formats has it. */
export function proofsJson(proofs: readonly Proof[]): string {
  const promises = proofs.map(({ policy, file, result }) => {
    const { promise, line, status, reason, counterexample, decision, rules } = result;
    const { at } = line;
    return {
      ...{ policy, text: promise.text, line: line.text, status, counterexample, rules, file },
      range: { start: { line: at.line, column: at.column }, end: { line: at.endLine, column: at.endColumn } },
      ...{ declaredBy: promise.policy, decision, reason },
    };
  });
  return `${JSON.stringify({ promises }, null, 2)}\n`;
}
