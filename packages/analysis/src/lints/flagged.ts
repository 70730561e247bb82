import type { Rule } from "@scruple/model";
import type { InteractionPartition } from "../space/interaction-partition.ts";
import { type LintFinding, ruleAt } from "./finding.ts";
import type { Seen } from "./interaction.ts";
import { type AllowLint, LeftOpen } from "./left-open.ts";

/** What privacy lints have said of the allows of an interaction, each of a rule once, and what they may still say. */
export class Flagged {
  readonly findings: LintFinding[] = [];
  readonly left: LeftOpen;
  private readonly isOn: (lint: AllowLint) => boolean;
  /** Paths of rules. */
  private readonly paths = new Map<AllowLint, Set<string>>();

  constructor(partition: InteractionPartition, rules: ReadonlyMap<string, Rule>, isOn: (lint: AllowLint) => boolean) {
    this.left = new LeftOpen(partition, rules, isOn);
    this.isOn = isOn;
  }

  flag(lint: AllowLint, path: string, words: readonly string[]): void {
    if (!this.isOn(lint) || this.has(lint, path)) return;
    this.pathsOf(lint).add(path);
    this.left.settle(lint, path);
    this.findings.push({ lint, at: ruleAt(path), words, related: [] });
  }

  has(lint: AllowLint, path: string): boolean {
    return this.pathsOf(lint).has(path);
  }

  /** Whether nothing more is to be said of the allows that let something through. */
  hasAll(lint: AllowLint, { decided, through }: Seen): boolean {
    if (!this.isOn(lint)) return true;
    const paths = this.pathsOf(lint);
    for (const index of through) if (!paths.has(decided.decision.rules[index]!.rule.path)) return false;
    return true;
  }

  private pathsOf(lint: AllowLint): Set<string> {
    let paths = this.paths.get(lint);
    if (paths === undefined) {
      paths = new Set();
      this.paths.set(lint, paths);
    }
    return paths;
  }
}
