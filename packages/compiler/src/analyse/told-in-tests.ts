import type { PolicyScope } from "../binder/scope.ts";
import type { RuleSymbol } from "../binder/symbols.ts";

/**
 * Says of a policy's rules whether a test names them, or names one behind them by its number: without the rule, the test would name
 * another, or none.
 */
export function toldInTests({ tests }: PolicyScope): (rule: RuleSymbol) => boolean {
  let named: ReadonlySet<string> | null = null;
  return ({ id, node, interaction }) => {
    named ??= new Set(
      tests.flatMap(({ node: { expectations } }) => expectations.flatMap((one) => one.because.map(({ text }) => text))),
    );
    if (named.has(id)) return true;
    const rules = interaction?.node.rules ?? [];
    const place = rules.indexOf(node);
    return rules.some((_, other) => other > place && named!.has(`${interaction!.name}.#${other + 1}`));
  };
}
