import { type DecisionSpace, FALSE, TooLargeError, TRUE } from "@scruple/analysis";

/** Cells that are looked at before an answer: a hover does not wait longer. Those of many interactions take longer each. */
const most = { ofOne: 1_000, ofAll: 250 };

/** What is known of how a rule's requests are decided. */
interface Count {
  all: number;
  always: number;
  never: number;
  /** Interactions that have been looked at, of how many. */
  done: number;
  readonly of: number;
  /** True where one of them is too much to be counted. */
  isTooLarge: boolean;
  /** A step a cell. */
  readonly steps: Generator<void, void>;
}

const known = new WeakMap<DecisionSpace, Map<string, Count>>();

/**
 * How many kinds of requests a rule bears on, and how they are decided by all rules together; null where that is too much to be
 * counted. Where counting takes long, as far as it has come: it goes on with every question, and with `countOn`. A kind of request is
 * one operation on one field or pair, for one purpose, over one channel to one recipient.
 *
 * @param interaction that the rule stands in; null for all
 */
export function ruleNumbers(space: DecisionSpace, path: string, interaction: string | null): string | null {
  const count = countOf(space, path, interaction);
  const enough = interaction === null ? most.ofAll : most.ofOne;
  for (let seen = 0; seen < enough && !count.steps.next().done; ) seen++;
  if (count.isTooLarge) return null;
  if (count.done < count.of)
    return interaction === null
      ? `It bears on ${kindsOf(count.all)} so far, counted in ${count.done} of ${count.of} interactions: ask again in a moment.`
      : `It bears on ${kindsOf(count.all)}, and more that are being counted: ask again in a moment.`;
  if (count.all === 0) return "It bears on no request that some rule allows.";
  const sometimes = count.all - count.always - count.never;
  const words = [
    ...(count.always > 0 ? [`${written(count.always)} ${isAre(count.always)} allowed whatever is known`] : []),
    ...(sometimes > 0 ? [`${written(sometimes)} under conditions`] : []),
    ...(count.never > 0 ? [`${written(count.never)} never`] : []),
  ];
  return `It bears on ${kindsOf(count.all)}, of which all rules together decide: ${words.join(", ")}.`;
}

/** Goes on with what has been asked about and not been counted to the end, in pieces between which something else can be done. */
export function* countOn(space: DecisionSpace): Generator<void, void> {
  for (const { steps } of known.get(space)?.values() ?? []) yield* steps;
}

function countOf(space: DecisionSpace, path: string, interaction: string | null): Count {
  let counts = known.get(space);
  if (counts === undefined) {
    counts = new Map();
    known.set(space, counts);
  }
  let count = counts.get(path);
  if (count === undefined) {
    const interactions = interaction === null ? space.world.model.interactions.map(({ id }) => id) : [interaction];
    count = {
      ...{ all: 0, always: 0, never: 0, done: 0, isTooLarge: false },
      of: interactions.length,
      steps: counting(),
    };
    const own = count;
    counts.set(path, own);
    function* counting(): Generator<void, void> {
      for (const id of interactions) {
        for (const cell of space.cells({ interactions: [id] })) {
          yield;
          if (!cell.rules.some(({ rule }) => rule.path === path)) continue;
          const kinds = cell.data.length * cell.purposes.length * cell.routes.length;
          own.all += kinds;
          try {
            const { allowed } = space.decide(cell).decision;
            if (allowed === TRUE) own.always += kinds;
            else if (allowed === FALSE) own.never += kinds;
          } catch (error) {
            if (!(error instanceof TooLargeError)) throw error;
            own.isTooLarge = true;
            return;
          }
        }
        own.done++;
      }
    }
  }
  return count;
}

function kindsOf(count: number): string {
  return count === 1 ? "1 kind of request" : `${written(count)} kinds of requests`;
}

function written(count: number): string {
  return count.toLocaleString("en");
}

function isAre(count: number): string {
  return count === 1 ? "is" : "are";
}
