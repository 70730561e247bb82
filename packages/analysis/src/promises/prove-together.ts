import {
  type Decision,
  type Evaluator,
  evaluator,
  type Promise_,
  type PromiseLine,
  verdicts,
  type World,
} from "@scruple/model";
import type { DecisionSpace } from "../space/decision-space.ts";
import type { WireRequest } from "../space/wire-request.ts";
import { type LineReport, proveInside, type Refutation } from "./prove-inside.ts";

/** What became of one line of a promise. */
export interface PromiseResult {
  readonly promise: Promise_;
  readonly line: PromiseLine;
  /** There are requests that it speaks of, whatever its conditions; of `never` that is not asked. */
  readonly speaks: boolean;
  /** `undecided` where it would take too much memory to know; then `reason` says why. */
  readonly status: "proved" | "refuted" | "undecided";
  readonly reason: string | null;
  /** A request, as small as can be, that is decided as the promise forbids. */
  readonly counterexample: WireRequest | null;
  /** The same in words. */
  readonly example: string | null;
  /** How the reference evaluator decides it; worked out when it is asked for. */
  readonly decision: Decision | null;
  /** The rules to blame: of `never` the allows that apply, of `always` the denials; none where it is denied by default. */
  readonly rules: readonly string[];
}

/**
 * A line is proved if it is in every interaction.
 *
 * @param reports Of each interaction, one a line.
 * @param plain Where more was asked than what the policy asks: a space of that alone, for what is shown.
 */
export function proveTogether(
  world: World,
  reports: readonly (readonly LineReport[])[],
  plain: (() => DecisionSpace) | null = null,
): readonly PromiseResult[] {
  const { model } = world;
  let reference: Evaluator | null = null;
  let index = 0;
  return model.promises.flatMap((promise) =>
    promise.lines.map((line): PromiseResult => {
      const at = index++;
      const said = reports.map((report) => report[at]!);
      const speaks = said.some((one) => one.speaks);
      const result = {
        promise,
        line,
        speaks,
        reason: null,
        counterexample: null,
        example: null,
        decision: null,
        rules: [],
      };
      const refuted = said.reduce<Refutation | null>(
        (best, { refuted: one }) => (one !== null && (best === null || one.cost < best.cost) ? one : best),
        null,
      );
      if (refuted !== null) {
        const shown = plain === null ? refuted : shownIn(plain, line, refuted);
        const { counterexample, example } = shown;
        const decide = () => {
          reference ??= evaluator(model);
          return reference.decide(counterexample);
        };
        const rules = toBlame(world, shown);
        return Object.defineProperty({ ...result, counterexample, example, status: "refuted", rules }, "decision", {
          enumerable: true,
          get: decide,
        });
      }
      const undecided = said.find((one) => one.undecided !== null)?.undecided;
      return undecided ? { ...result, ...undecided, status: "undecided" } : { ...result, status: "proved" };
    }),
  );
}

const allShown = new WeakMap<Refutation, Refutation>();

/**
 * The same refutation in a space where nothing else is asked: `always` gives all facts that are asked for, and values come from the
 * constants that facts are compared with. Only what is shown is looked for again; the rest shares spaces with other questions.
 */
function shownIn(plain: () => DecisionSpace, line: PromiseLine, refuted: Refutation): Refutation {
  const known = allShown.get(refuted);
  if (known !== undefined) return known;
  const space = plain();
  const [report] = proveInside(space.of(space.world.interactions.get(refuted.interaction)!), [line]);
  const shown = report!.refuted ?? refuted;
  allShown.set(refuted, shown);
  return shown;
}

const blamed = new WeakMap<Refutation, readonly string[]>();

/** The rules that decide a counterexample; what other interactions say has no part in that. */
function toBlame(world: World, refuted: Refutation): readonly string[] {
  const known = blamed.get(refuted);
  if (known !== undefined) return known;
  const { interaction, counterexample } = refuted;
  const bearing = world.model.rules.filter((rule) => rule.interaction === null || rule.interaction === interaction);
  const { rules } = verdicts({ ...world, model: { ...world.model, rules: bearing } })(counterexample);
  blamed.set(refuted, rules);
  return rules;
}
