import { type Id, type Interaction, type Operation, operations, type Rule } from "@scruple/model";
import { FALSE } from "../node-store.ts";
import type { DataClass } from "../space/data-classes.ts";
import type { DecisionSpace } from "../space/decision-space.ts";
import type { InteractionSpace } from "../space/interaction-space.ts";
import { TooLargeError } from "../too-large-error.ts";
import { GivenUp } from "./given-up.ts";
import { isShown, nothingShown, record } from "./interplay.ts";
import type { Witnesses } from "./witnesses.ts";

/** Fields of which it is asked whether anything is allowed of any of them. */
export type Group = readonly Id[];

interface Asked {
  readonly places: readonly number[];
  /** By their paths. */
  readonly rules: ReadonlySet<string>;
}

interface OpenRule {
  readonly rule: Rule;
  /** Its number among those of the ground. */
  readonly at: number;
  /** What it selects, by place; of a pair at least one. */
  readonly places: Uint8Array;
  /** As bits. */
  readonly operations: number;
}

function bitsOf(some: ReadonlySet<Operation>): number {
  return operations.reduce((bits, operation, bit) => (some.has(operation) ? bits | (1 << bit) : bits), 0);
}

/**
 * What no interaction has shown yet: whether something is allowed of groups of fields, and what the rules outside interactions do. What is
 * found is written to the witnesses, so that no interaction is asked twice.
 */
export class OutsideQuestions {
  private readonly space: DecisionSpace;
  private readonly rules: ReadonlyMap<string, Rule>;
  private groups: readonly (readonly number[])[];
  private readonly open = new Map<string, OpenRule>();

  constructor(space: DecisionSpace, groups: readonly Group[], rules: ReadonlyMap<string, Rule>) {
    const { layout, placeSets, alone, places: all } = space.ground;
    this.space = space;
    this.rules = rules;
    this.groups = groups.map((fields) => fields.flatMap((field) => placeSets.placesOf(field)));
    for (const { item, at } of layout.roots) {
      const { rule, selector, operations: ofRule } = item;
      if (rule === null || !rules.has(rule.path) || rule.limit !== null) continue;
      // Of a pair, one piece at least is what it would select alone.
      const places = selector.with === null ? alone[at]! : new Uint8Array(all.length).fill(1);
      this.open.set(rule.path, { rule, at, places, operations: bitsOf(ofRule) });
    }
  }

  /** Takes in what an interaction has shown. */
  take({ allowed, interplay }: Witnesses): void {
    this.groups = this.groups.filter((places) => !places.some((place) => allowed[place] === 1));
    for (const [path, about] of interplay) {
      const open = this.open.get(path);
      if (open !== undefined && isShown(open.rule, about)) this.open.delete(path);
    }
  }

  /** Asks an interaction what is still open; false where there is nothing to ask it. */
  ask(interaction: Interaction, witnesses: Witnesses): boolean {
    const asked = this.of(interaction, witnesses);
    if (asked === null) return false;
    ask(this.space.of(interaction), asked, witnesses, this.rules);
    this.take(witnesses);
    return true;
  }

  private of(interaction: Interaction, { reached, askedPlaces, askedRules }: Witnesses): Asked | null {
    let row: Uint32Array | null = null;
    const places = this.groups.flatMap((group) =>
      group.filter((place) => reached[place] !== 0 && askedPlaces[place] === 0),
    );
    const rules = new Set<string>();
    for (const [path, { at, places: ofRule, operations: bits }] of this.open) {
      if (askedRules.has(path)) continue;
      row ??= this.space.ground.rowWithin(interaction);
      if ((row[at >> 5]! & (1 << (at & 31))) !== 0 && isReached(reached, ofRule, bits)) rules.add(path);
      // Nothing is ever to be seen of it here, whatever is edited elsewhere.
      else askedRules.add(path);
    }
    return places.length === 0 && rules.size === 0 ? null : { places, rules };
  }
}

/** Whether an interaction reaches any of some places by any of some operations. */
function isReached(reached: Uint8Array, places: Uint8Array, operations: number): boolean {
  for (let place = 0; place < places.length; place++)
    if (places[place] === 1 && (reached[place]! & operations) !== 0) return true;
  return false;
}

function ask(
  space: InteractionSpace,
  { places: askedPlaces, rules: askedRules }: Asked,
  witnesses: Witnesses,
  rules: ReadonlyMap<string, Rule>,
): void {
  const { partition } = space;
  const { ground, sets } = partition;
  const open = sets.marks();
  for (const { item, at } of ground.layout.roots) if (askedRules.has(item.path)) open.add(at);
  const isAsked = new Uint8Array(ground.places.length);
  for (const place of askedPlaces) isAsked[place] = 1;
  const { interplay } = witnesses;
  const givenUp = new GivenUp();
  const isWorth = ({ class: ofData, set }: { readonly class: DataClass; readonly set: number }) =>
    sets.isMarked(set, open) || partition.placesIn(ofData).some((place) => isAsked[place] === 1);
  for (const cell of partition.cells({ isWorth })) {
    try {
      const decided = space.decide(cell);
      for (const [index, { rule }] of decided.decision.rules.entries()) {
        if (!askedRules.has(rule.path)) continue;
        const written = rules.get(rule.path)!;
        const about = interplay.get(rule.path) ?? nothingShown();
        interplay.set(rule.path, about);
        record(decided, index, written, about);
        if (isShown(written, about)) open.delete(partition.root(partition.rootsIn(cell.set)[index]!).at);
      }
      if (decided.decision.allowed === FALSE) continue;
      for (const place of partition.placesIn(cell.class)) {
        witnesses.allowed[place] = 1;
        isAsked[place] = 0;
      }
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      givenUp.add(cell, error);
      // Of what is not known nothing is said.
      for (const { rule } of cell.rules)
        if (askedRules.has(rule.path)) interplay.set(rule.path, { ...nothingShown(), decides: true, needed: true });
    }
  }
  for (const place of askedPlaces) witnesses.askedPlaces[place] = 1;
  for (const path of askedRules) witnesses.askedRules.add(path);
  if (!witnesses.isToldTooLarge) witnesses.tooLarge.push(...givenUp.findings(partition.interaction.id, rules));
}
