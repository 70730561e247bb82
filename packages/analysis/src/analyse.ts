import { canonical, type Interaction, type Model, type PromiseLine, type Rule } from "@scruple/model";
import { type LintFinding, lints } from "./lints/finding.ts";
import type { InteractionReport } from "./lints/interaction.ts";
import { type LintOptions, lintInteraction, lintSpace, lintTogether, rulesOf } from "./lints/lint-model.ts";
import { Outside } from "./lints/outside.ts";
import { findingsOfPromises } from "./lints/promise-findings.ts";
import { linesOf } from "./promises/prove.ts";
import { type LineReport, proveInside } from "./promises/prove-inside.ts";
import { type PromiseResult, proveTogether } from "./promises/prove-together.ts";
import { DecisionSpace } from "./space/decision-space.ts";
import { Ground } from "./space/ground.ts";
import { GroundContent } from "./space/ground-content.ts";

/** All that there is to say of a model. */
export interface Analysed {
  /** Of each interaction. The same object as before, where nothing was to be looked at again. */
  readonly reports: readonly InteractionReport[];
  /** What is found only when all interactions have been looked at. */
  readonly together: readonly LintFinding[];
  readonly promises: readonly PromiseResult[];
}

interface Remembered {
  readonly interaction: Interaction;
  readonly rules: readonly Rule[];
  readonly report: InteractionReport;
  readonly lines: readonly PromiseLine[];
  readonly proofs: readonly LineReport[];
}

/**
 * What has been found in interactions. It holds as long as an interaction with its rules says what it said, wherever it stands, and so do
 * the rules, the vocabulary and the options around it.
 */
export class AnalysisMemory {
  /** The options that it holds for. */
  readonly options: string;
  private readonly model: Model;
  private readonly content: GroundContent;
  private made: Ground | null;
  private readonly before: Map<string, Remembered>;
  private readonly now = new Map<string, Remembered>();

  constructor(model: Model, options: LintOptions, before?: AnalysisMemory) {
    const { leastGroupSize = 1000, isOn = () => true } = options;
    this.options = `${leastGroupSize} ${lints.filter(isOn)}`;
    const isAsBefore = before?.options === this.options && before.content.isOf(model);
    this.model = model;
    this.content = isAsBefore ? before.content : new GroundContent(model);
    this.made = isAsBefore ? before.made : null;
    this.before = isAsBefore ? new Map([...before.before, ...before.now]) : new Map();
  }

  /** @throws Error where the model contradicts itself; a compiled model does not */
  get ground(): Ground {
    this.made ??= new Ground(this.model);
    return this.made;
  }
  /** The ground, if it is at hand and that of a model. */
  groundOf(model: Model): Ground | null {
    return this.content.isOf(model) ? this.made : null;
  }
  /** Of all that is remembered a ground takes the most memory, and the least time to make again. */
  letGoOfGround(): void {
    this.made = null;
  }

  recall(interaction: Interaction, rules: readonly Rule[]): Remembered | undefined {
    const known = this.before.get(interaction.id);
    if (known === undefined) return undefined;
    const isSame = known.interaction === interaction && isSameList(known.rules, rules);
    return isSame || contentOf(known.interaction, known.rules) === contentOf(interaction, rules) ? known : undefined;
  }
  learn(found: Remembered): void {
    this.now.set(found.interaction.id, found);
  }
  /** Once all of a model is learnt: what is no longer there is forgotten. */
  settle(): void {
    this.before.clear();
    this.ground.rest();
  }
}

/**
 * Everything that lints and promises have to say of a model, in pieces of work between which something else can be done. Where it is
 * given up, a later analysis with the same memory before it goes on from there.
 */
export function* analyse(model: Model, options: LintOptions, memory: AnalysisMemory): Generator<void, Analysed> {
  const space = lintSpace(model, options, memory.ground);
  const rules = rulesOf(model);
  const lines = linesOf(model);
  const outside = new Outside(space, rules);
  yield;
  const recalled = model.interactions.map((interaction) =>
    memory.recall(interaction, space.partition.rulesOf(interaction.id)),
  );
  for (const known of recalled) if (known !== undefined) outside.questions.take(known.report.witnesses);
  const found: Remembered[] = [];
  for (const [index, interaction] of model.interactions.entries()) {
    const known = recalled[index];
    const areSameLines = known !== undefined && isSameContent(known.lines, lines);
    const one = {
      interaction,
      rules: space.partition.rulesOf(interaction.id),
      lines,
      report: known?.report ?? lintInteraction(space, interaction, rules, options),
      proofs: areSameLines ? known.proofs : proveInside(space.of(interaction), lines),
    };
    memory.learn(one);
    found.push(one);
    if (known === undefined) {
      // While all that is known of it is at hand.
      outside.questions.take(one.report.witnesses);
      outside.questions.ask(interaction, one.report.witnesses);
    }
    if (!areSameLines) yield;
  }
  memory.settle();
  const reports = found.map(({ report }) => report);
  const together = yield* lintTogether(space, outside, reports, rules, options);
  if (model.interactions.length === 0) return { reports, together, promises: [] };
  const proofs = found.map((one) => one.proofs);
  let plain: DecisionSpace | null = null;
  const promises = proveTogether(space.world, proofs, () => {
    plain ??= new DecisionSpace(model, { ground: memory.ground });
    return plain;
  });
  return { reports, together: [...together, ...findingsOfPromises(space, promises)], promises };
}

function isSameList<T>(one: readonly T[], other: readonly T[]): boolean {
  return one === other || (one.length === other.length && one.every((item, index) => item === other[index]));
}
function isSameContent(one: readonly object[], other: readonly object[]): boolean {
  return isSameList(one, other) || canonical(one) === canonical(other);
}

/** Without positions, but in their order: of two rules that say the same, the later one is redundant. */
function contentOf(interaction: Interaction, rules: readonly Rule[]): string {
  const inOrder = [...rules].sort(({ at: a }, { at: b }) => a.file - b.file || a.line - b.line || a.column - b.column);
  return canonical([interaction, inOrder]);
}
