import * as syntax from "@scruple/syntax";
import { nearest } from "../binder/nearest.ts";
import type { PolicyScope } from "../binder/scope.ts";
import { decoratedIn } from "../decorated.ts";
import { unneededAccept } from "../diagnostics/privacy/unneeded-accept.ts";
import type { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";
import { acceptable } from "./entries.ts";

/** A finding that a policy has settled, for reports. Offsets are those of the finding. */
export interface Accepted {
  readonly lint: string;
  readonly reason: string;
  readonly message: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

interface Acceptance {
  readonly unit: Unit;
  readonly node: syntax.Annotation;
  readonly lint: string;
  readonly reason: string;
  isNeeded: boolean;
}

/** What a policy's own `@accept` settle. */
export class Accepting {
  readonly accepted: Accepted[] = [];
  private readonly byDeclaration = new Map<syntax.Decorated, Acceptance[]>();

  constructor(scope: PolicyScope) {
    for (const unit of scope.units) {
      for (const node of decoratedIn(unit.tree.file)) {
        for (const annotation of node.annotations) {
          const [lint, reason] = annotation.args;
          if (annotation.name.text !== "accept" || lint?.kind !== "string" || reason?.kind !== "string") continue;
          const list = this.byDeclaration.get(node) ?? [];
          list.push({ unit, node: annotation, lint: lint.value, reason: reason.value, isNeeded: false });
          this.byDeclaration.set(node, list);
        }
      }
    }
  }

  /** Whether a finding is settled by what stands before one of the declarations around it; the innermost counts. */
  settles(lint: string, around: readonly syntax.Decorated[], finding: syntax.Finding, unit: Unit): boolean {
    // Most policies settle little, and there may be many findings.
    if (this.byDeclaration.size === 0) return false;
    const acceptance = around
      .flatMap((node) => this.byDeclaration.get(node) ?? [])
      .find((one) => one.lint === lint || one.lint === finding.code);
    if (acceptance === undefined) return false;
    acceptance.isNeeded = true;
    const { message, start, end } = finding;
    this.accepted.push({ lint, reason: acceptance.reason, message, file: unit.path, start, end });
    return true;
  }

  /** Reports those that settle nothing, of lints that were looked for. */
  reportUnneeded(findings: Findings, isLookedFor: (lint: string) => boolean): void {
    for (const { unit, node, lint, isNeeded } of [...this.byDeclaration.values()].flat()) {
      const isKnown = acceptable.has(lint) || /^SCR[45]\d{3}$/.test(lint);
      if (isNeeded || (isKnown && !isLookedFor(lint))) continue;
      const fixes = [{ title: "Remove it", edits: [syntax.removal(unit.text, node)] }];
      findings.add(
        unit,
        unneededAccept.at(node, [lint, isKnown ? null : nearest(lint, acceptable), isKnown], { fixes }),
      );
    }
  }
}
