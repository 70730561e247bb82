import { type DecisionSpace, FALSE, TooLargeError, TRUE } from "@scruple/analysis";

/** Cells that are looked at: a hover does not wait longer. */
const most = 1_000;

/**
 * How many kinds of requests a rule bears on, and how they are decided by all rules together; null where counting takes
 * too long. A kind of request is one operation on one field or pair, for one purpose, over one channel to one recipient.
 *
 * @param interaction that the rule stands in; null for all
 */
export function ruleNumbers(space: DecisionSpace, path: string, interaction: string | null): string | null {
  const count = { all: 0, always: 0, never: 0 };
  let seen = 0;
  for (const cell of space.cells(interaction === null ? {} : { interactions: [interaction] })) {
    if (++seen > most) return null;
    if (!cell.rules.some(({ rule }) => rule.path === path)) continue;
    const kinds = cell.data.length * cell.purposes.length * cell.routes.length;
    count.all += kinds;
    try {
      const { allowed } = space.decide(cell).decision;
      if (allowed === TRUE) count.always += kinds;
      else if (allowed === FALSE) count.never += kinds;
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      return null;
    }
  }
  if (count.all === 0) return "It bears on no request that some rule allows.";
  const sometimes = count.all - count.always - count.never;
  const words = [
    ...(count.always > 0 ? [`${count.always} ${isAre(count.always)} allowed whatever is known`] : []),
    ...(sometimes > 0 ? [`${sometimes} under conditions`] : []),
    ...(count.never > 0 ? [`${count.never} never`] : []),
  ];
  const kinds = count.all === 1 ? "1 kind of request" : `${count.all.toLocaleString("en")} kinds of requests`;
  return `It bears on ${kinds}, of which all rules together decide: ${words.join(", ")}.`;
}

function isAre(count: number): string {
  return count === 1 ? "is" : "are";
}
