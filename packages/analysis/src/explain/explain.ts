import {
  type Bearing,
  bearings,
  type Decision,
  evaluator,
  indexModel,
  type Model,
  readRequest,
  type World,
} from "@scruple/model";
import { TooLargeError } from "../too-large-error.ts";
import { type ExplainedRule, explainRules } from "./explain-rules.ts";
import { type ExplainedChange, findChanges, type Question } from "./find-changes.ts";
import { findWait, type Wait } from "./find-wait.ts";
import { isInBounds } from "./moments.ts";

/** Why a request is decided as it is. */
export interface Explanation {
  readonly decision: Decision;
  /** Every rule that selects the request; with several pieces of data, one entry a rule and piece. None for a request with errors. */
  readonly rules: readonly ExplainedRule[];
  /** Smallest first; each was tried on the reference. */
  readonly changes: readonly ExplainedChange[];
  /** For a denial that waiting alone would cure. */
  readonly wait: Wait | null;
  /** Why `changes` is not all that could be said; null where it is. */
  readonly incomplete: string | null;
}

export interface ExplainOptions {
  /** How many changes to give at most; 8 where it is left out. */
  readonly changes?: number;
}

export interface Explainer {
  /** Never throws; what is no proper request has a decision with errors, and nothing else. */
  explain(request: unknown, options?: ExplainOptions): Explanation;
}

/** @throws Error where the model contradicts itself; a compiled model does not. */
export function explainer(model: Model): Explainer {
  const world = indexModel(model);
  const all = bearings(world);
  const { decide } = evaluator(model);
  return { explain: (request, options = {}) => explainWith(world, all, decide, request, options) };
}

/** Explains one request; `explainer` does several at less cost. */
export function explain(model: Model, request: unknown, options?: ExplainOptions): Explanation {
  return explainer(model).explain(request, options);
}

function explainWith(
  world: World,
  all: readonly Bearing[],
  decide: (raw: unknown) => Decision,
  raw: unknown,
  { changes: most = 8 }: ExplainOptions,
): Explanation {
  const decision = decide(raw);
  const nothing = { decision, rules: [], changes: [], wait: null, incomplete: null };
  if (decision.errors.length > 0) return nothing;
  const request = readRequest(world, raw);
  if (!("pieces" in request)) return nothing;
  const question: Question = {
    world,
    all,
    request,
    decide,
    raw: raw as Record<string, unknown>,
    decided: decision.decision,
  };
  const rules = isInBounds(world, request) ? explainRules(world, all, request) : [];
  try {
    return { decision, rules, changes: findChanges(question, most), wait: findWait(question), incomplete: null };
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    return { decision, rules, changes: [], wait: null, incomplete: error.message };
  }
}
