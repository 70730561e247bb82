import {
  bareReadings,
  type CheckedFile,
  type ConditionSymbol,
  type PolicyScope,
  pathText,
  spell,
} from "@scruple/compiler";
import { builtinFacts } from "@scruple/model";
import { applyEdits, type Path, parse, type Range, type TextEdit, walk } from "@scruple/syntax";
import { symbolKey } from "../names/entity.ts";
import { type Use, usesIn } from "../names/uses-in.ts";
import { type Snapshot, scopeOf } from "../snapshot.ts";
import { commentsIn, moved } from "../words/written.ts";

/** Whether a test is one by itself. What is half written would take up what stands behind it. */
export function isWhole(test: string): boolean {
  const { file, findings } = parse(`policy p condition c = ${test}`);
  return findings.length === 0 && file.declarations.length === 1;
}

/**
 * The test of a condition as it is written in another file, where each of its names means what it means at home. Null where one
 * cannot be named there.
 *
 * @param range the test, with as much around it as goes with it
 */
export function testIn(
  { program }: Snapshot,
  target: CheckedFile,
  { unit, node, policy }: ConditionSymbol,
  range: Range,
): string | null {
  const scope = scopeOf({ program, file: target });
  if (scope === null) return null;
  if (scope.name === policy) return moved(unit.text, range);
  const uses = new Map(usesIn(program, unit).map((use) => [use.start, use]));
  const paths: Path[] = [];
  walk(node.value, (inner) => {
    if (inner.kind === "path") paths.push(inner);
  });
  const edits: TextEdit[] = [];
  for (const path of paths) {
    const last = path.parts.at(-1)!;
    const lead = leadIn(scope, path, uses.get(last.start));
    if (lead === null) return null;
    if (lead === "") continue;
    const range = { start: path.start, end: last.start };
    edits.push({ ...range, text: `${commentsIn(unit.tree, range)}${lead}` });
  }
  const text = applyEdits(unit.text, edits);
  return moved(text, { start: range.start, end: range.end + text.length - unit.text.length });
}

/** What has to stand before the last part of a path in another policy, "" for what stands there already; null where nothing will do. */
function leadIn(scope: PolicyScope, path: Path, use: Use | undefined): string | null {
  const name = path.parts.at(-1)!.text;
  const entity = use?.entity;
  if (entity === undefined) return isBuiltIn(pathText(path)) ? "" : null;
  // A value is one as long as no fact has its name.
  if (entity.kind === "value")
    return bareReadings(scope, "known", name).some(({ kind }) => kind === "fact") ? null : "";
  if (entity.kind !== "symbol") return null;
  const { symbol } = entity;
  // Attributes are those of all policies that are used, however far away.
  if (symbol.kind === "attribute") return "";
  const table = symbol.kind === "purpose" ? "purpose" : "known";
  const isMeant = (policy: PolicyScope) => {
    const found = policy.tables[table].get(name);
    return found !== undefined && symbolKey(found) === symbolKey(symbol);
  };
  const [bare, ...others] = bareReadings(scope, table, name);
  const isBare = bare !== undefined && others.length === 0 && symbolKey(bare) === symbolKey(symbol);
  if (isBare && path.parts.length === 1) return "";
  const policy = [...scope.uses.values()].find((one) => isMeant(one.scope))?.scope.name;
  if (policy === undefined) return null;
  return pathText(path) === `${policy}.${name}` ? "" : `${spell(policy)}.`;
}

function isBuiltIn(name: string): boolean {
  return name === "outbound" || Object.hasOwn(builtinFacts, name);
}
