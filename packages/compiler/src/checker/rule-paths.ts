import type { RulePath } from "@scruple/syntax";
import { closureOf } from "../binder/graph.ts";
import type { PolicyScope } from "../binder/scope.ts";
import { isIncomplete, pathText, replaceFix, spellRulePath } from "../binder/spelling.ts";
import { unknownRule } from "../diagnostics/unknown-rule.ts";
import type { Checking, Place } from "./checking.ts";

/** Sees that a rule of that path can be among those of a decision. */
export function checkRulePath(checking: Checking, place: Place, path: RulePath): void {
  checking.file.looksFar = true;
  if (path.parts.some((part) => part.text === "") || (path.policy && isIncomplete(path.policy))) return;
  const names = path.parts.map((part) => part.text);
  const policy = path.policy && pathText(path.policy);
  const scope = policy === null ? place.scope : closureOf(place.scope).find((other) => other.name === policy);
  const own = policy === null;
  if (scope && (own || scope !== place.scope) && names.length <= 2 && exists(scope, names, own)) return;
  const near = suggestion(checking, place.scope, path.text, names);
  const fixes = near === null ? [] : [replaceFix(path, spellRulePath(near))];
  checking.findings.add(place.unit, unknownRule.at(path, [path.text, near], { fixes }));
}

/** True where a decision can name it. Of a used policy, only denials outside interactions and what its declarations deny. */
function exists(scope: PolicyScope, names: readonly string[], own: boolean): boolean {
  const head = scope.tables.head.get(names[0]!);
  const second = names[1];
  if (!head) return false;
  if (second === undefined) return head.kind === "rule" && (own || head.node.effect === "deny");
  switch (head.kind) {
    case "interaction":
      return own && head.rules.has(second);
    case "channel":
      return second === "quiet" && head.node.quiet !== null;
    case "source":
      return (second === "keep" && head.node.keep !== null) || (second === "consent" && head.node.consentFor !== null);
    default:
      return false;
  }
}

/** The path that was likely meant. */
function suggestion(checking: Checking, scope: PolicyScope, text: string, names: readonly string[]): string | null {
  const last = names.at(-1)!;
  // A numbered rule that has a name is told by its name, and one of a used policy by its policy.
  if (names.length === 2 && last.startsWith("#")) {
    const head = scope.tables.head.get(names[0]!);
    const rule = head?.kind === "interaction" ? head.node.rules[Number(last.slice(1)) - 1] : undefined;
    if (rule?.name) return `${names[0]}.${rule.name.text}`;
  }
  const bare = names.join(".");
  if (text !== bare && exists(scope, names, true)) return bare;
  for (const used of closureOf(scope).slice(1)) if (exists(used, names, false)) return `${used.name}/${bare}`;
  return checking.suggestions.nearest(`rules of ${scope.name}`, text, () => rulePaths(scope));
}

function* rulePaths(scope: PolicyScope): Iterable<string> {
  for (const [name, head] of scope.tables.head) {
    if (head.kind === "rule") yield name;
    else if (head.kind === "interaction") for (const rule of head.rules.keys()) yield `${name}.${rule}`;
    else if (head.kind === "channel" && head.node.quiet) yield `${name}.quiet`;
    else if (head.kind === "source") {
      if (head.node.keep) yield `${name}.keep`;
      if (head.node.consentFor) yield `${name}.consent`;
    }
  }
}
