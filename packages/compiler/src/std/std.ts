import { LineIndex, parse } from "@scruple/syntax";
import { declareAll } from "../binder/declare.ts";
import type { PolicyScope } from "../binder/scope.ts";
import { pathText } from "../binder/spelling.ts";
import { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";
import { stdText } from "./std-text.generated.ts";

let units: readonly Unit[] | null = null;
let scopes: readonly PolicyScope[] | null = null;

/** The files of the standard vocabulary, parsed when they are first asked for. */
export function stdUnits(): readonly Unit[] {
  units ??= Object.entries(stdText).map(([path, text]) => {
    const tree = parse(text);
    const policy = tree.file.policy ? pathText(tree.file.policy.name) : null;
    return { path, text, tree, lines: new LineIndex(text), policy, std: true, readable: true, partial: false };
  });
  return units;
}

/** What std declares, for suggesting it where a name is unknown. Not to be tied to a program: `uses` stay empty. */
export function stdScopes(): readonly PolicyScope[] {
  scopes ??= declareAll(stdUnits(), new Findings());
  return scopes;
}
