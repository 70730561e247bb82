import type { Rule } from "@scruple/model";
import { exampleOf } from "../describe/example.ts";
import { FALSE, type Node } from "../node-store.ts";
import type { Marks } from "../space/bit-sets.ts";
import type { InteractionPartition } from "../space/interaction-partition.ts";
import type { DecidedCell } from "../space/interaction-space.ts";
import { type LintFinding, ruleAt } from "./finding.ts";

interface Based {
  readonly rule: Rule;
  readonly basis: string;
  readonly at: number;
  /** Rules with another basis with which it has not been found to conflict. */
  readonly others: Marks;
}

/** Finds allows that let the same act happen on different legal bases, each pair once. */
export class ConflictingBases {
  private readonly partition: InteractionPartition;
  private readonly based = new Map<string, Based>();

  /** @param rules Those of the policy, by path. */
  constructor(partition: InteractionPartition, rules: ReadonlyMap<string, Rule>) {
    this.partition = partition;
    const { sets } = partition;
    for (const root of partition.rootsIn(partition.allows)) {
      const { at, item } = partition.root(root);
      const rule = rules.get(item.path);
      if (rule?.basis) this.based.set(rule.path, { rule, basis: rule.basis.text, at, others: sets.marks() });
    }
    for (const one of this.based.values())
      for (const other of this.based.values()) if (one.basis !== other.basis) one.others.add(other.at);
  }

  /** Whether there are two in a set of which it is not known yet. */
  isOpen(set: number): boolean {
    const { sets } = this.partition;
    for (const { at, others } of this.based.values()) if (sets.has(set, at) && sets.isMarked(set, others)) return true;
    return false;
  }

  in({ decision, facts, cell, context }: DecidedCell): readonly LintFinding[] {
    const findings: LintFinding[] = [];
    if (decision.allowed === FALSE || !this.isOpen(cell.set)) return findings;
    const { diagrams } = facts;
    const rules: { readonly based: Based; readonly applies: Node }[] = [];
    for (const { applies, rule } of decision.rules) {
      const based = applies === FALSE ? undefined : this.based.get(rule.path);
      if (based !== undefined) rules.push({ based, applies });
    }
    for (const [index, { based: other, applies }] of rules.entries()) {
      for (let before = 0; before < index; before++) {
        const { based: one, applies: alsoApplies } = rules[before]!;
        if (!one.others.has(other.at)) continue;
        const both = diagrams.and(diagrams.and(alsoApplies, applies), decision.allowed);
        if (both === FALSE) continue;
        one.others.delete(other.at);
        other.others.delete(one.at);
        const [path, second] = [one.rule.path, other.rule.path];
        findings.push({
          lint: "conflicting-bases",
          at: ruleAt(second),
          words: [other.basis, path, one.basis, exampleOf(cell, context, both)],
          related: [{ at: ruleAt(path), message: `This allows it under ${one.basis}.` }],
        });
      }
    }
    return findings;
  }
}
