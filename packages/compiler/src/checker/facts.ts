import { builtinFacts, type Type } from "@scruple/model";
import type { Path } from "@scruple/syntax";
import { nearest } from "../binder/nearest.ts";
import { isIncomplete, pathText, replaceFix, spell, spellPart } from "../binder/spelling.ts";
import { unknownAttribute } from "../diagnostics/unknown-attribute.ts";
import { unknownName } from "../diagnostics/unknown-name.ts";
import type { Checking, Place } from "./checking.ts";

/** What a name in a condition stands for. `error` is reported already, `unknown` is not. */
export type FactMeaning =
  | { readonly kind: "fact"; readonly fact: string; readonly type: Type }
  | { readonly kind: "condition"; readonly id: string }
  | { readonly kind: "outbound" | "unknown" | "error" };

const failed: FactMeaning = { kind: "error" };

/**
 * What a name in a condition means: an attribute, a fact, a built-in fact, a condition or `outbound`. With `quiet`, a
 * name that is declared nowhere is left unreported, for it may be a value of a one-of type.
 */
export function resolveFact(checking: Checking, place: Place, path: Path, quiet = false): FactMeaning {
  if (isIncomplete(path)) return failed;
  const text = pathText(path);
  const first = path.parts[0]!.text;
  if (text === "outbound") return { kind: "outbound" };
  if (Object.hasOwn(builtinFacts, text)) return { kind: "fact", fact: text, type: builtinFacts[text]! };
  if (first === "subject") return attribute(checking, place, path);
  if (quiet && !checking.resolver.peek(place.scope, path, "fact")) return { kind: "unknown" };
  if (!checking.resolver.peek(place.scope, path, "fact")) {
    const hinted = builtinHint(checking, place, path);
    if (hinted) {
      const fixes = hinted.write === null ? [] : [replaceFix(path, hinted.write)];
      checking.findings.add(place.unit, unknownName.at(path, ["a fact or a condition", text, hinted.hint], { fixes }));
      return failed;
    }
  }
  const symbol = checking.resolver.find(place.scope, place.unit, path, "fact", "condition");
  if (!symbol) return failed;
  if (symbol.kind === "condition") return { kind: "condition", id: symbol.id };
  const type = checking.members.type(symbol.unit, symbol.node);
  return type === null ? failed : { kind: "fact", fact: symbol.name, type };
}

function attribute(checking: Checking, place: Place, path: Path): FactMeaning {
  const attributes = checking.members.attributes(place.scope);
  const name = path.parts.length === 2 ? path.parts[1]!.text : null;
  const symbol = name === null ? undefined : attributes.get(name)?.[0];
  if (symbol) {
    checking.resolver.settle(path, symbol);
    const type = checking.members.type(symbol.unit, symbol.node);
    return type === null ? failed : { kind: "fact", fact: symbol.id, type };
  }
  const near =
    name === null
      ? null
      : checking.suggestions.nearest(`subject of ${place.scope.name}`, name, () => attributes.keys());
  const fixes = near === null ? [] : [replaceFix(path.parts[1]!, spellPart(near))];
  checking.findings.add(place.unit, unknownAttribute.at(path, [name, near], { fixes }));
  return failed;
}

/** What to say of a name that is nearly built in, or nearly an attribute. */
function builtinHint(checking: Checking, place: Place, path: Path): { hint: string; write: string | null } | null {
  const text = pathText(path);
  if (text === "consents" || text === "consent")
    return { hint: "Ask for `consent`, or for `consent for` a purpose.", write: null };
  if (text === "objections") return { hint: "Ask for `objection`, or for `objection for` a purpose.", write: null };
  if (path.parts[0]!.text === "data") return { hint: "Of data, `data.age` alone is known.", write: "data.age" };
  if (path.parts.length > 1) return null;
  if (checking.members.attributes(place.scope).has(text)) {
    const write = spell(`subject.${text}`);
    return { hint: `The subject has it: write \`${write}\`.`, write };
  }
  const near = nearest(text, Object.keys(builtinFacts));
  return near === null ? null : { hint: `Did you mean \`${near}\`?`, write: near };
}
