import type { Finding, Fix, Path } from "@scruple/syntax";
import { policyNotUsed } from "../diagnostics/policy-not-used.ts";
import { unknownField } from "../diagnostics/unknown-field.ts";
import { unknownName } from "../diagnostics/unknown-name.ts";
import { wrongKind } from "../diagnostics/wrong-kind.ts";
import type { Unit } from "../unit.ts";
import type { Suggestions } from "./nearest.ts";
import { onlyField } from "./only-field.ts";
import { bareReadings, fieldReadings, readings, sourcesBefore } from "./readings.ts";
import type { PolicyScope, TableName } from "./scope.ts";
import { addUseFix, pathText, replaceFix, spell, spellPart } from "./spelling.ts";
import { kindNoun, type SymbolKind } from "./symbols.ts";

/** What surrounds a policy: names that it could have meant, had it used where they are declared. */
export interface Surroundings {
  /** True for a policy of the program or of std. */
  exists(policy: string): boolean;
  /** Policies of the program and of std that declare the name in that table, sorted. */
  declaring(table: TableName, name: string): readonly string[];
  /** What would be wrong if a policy used that one; null where it can. */
  hindrance(scope: PolicyScope, policy: string): string | null;
  readonly suggestions: Suggestions;
  /** Called before anything is asked that does not depend on the vocabulary of used policies alone. */
  lookFar(): void;
}

const otherTables: readonly TableName[] = ["data", "known", "purpose", "recipient", "channel", "duty", "interaction"];

/** Why a path means nothing where it stands, and what was likely meant. */
export function explainUnresolved(
  around: Surroundings,
  scope: PolicyScope,
  unit: Unit,
  path: Path,
  table: TableName,
  kinds: readonly SymbolKind[],
): Finding {
  around.lookFar();
  const wanted = wantedNoun(kinds);
  const named = [table, ...otherTables].map((name) => readings(scope, name, path)[0]);
  const other = [...named, ...fieldReadings(scope, path)].find((symbol) => symbol);
  if (other) {
    const related = [{ file: other.unit.path, ...other.at, message: `\`${other.name}\` is declared here.` }];
    return wrongKind.at(path, [pathText(path), kindNoun[other.kind], wanted], { related });
  }
  return path.parts.length === 1
    ? explainBare(around, scope, unit, path, table, wanted)
    : explainQualified(around, scope, unit, path, table, wanted, kinds.includes("source"));
}

function explainBare(
  around: Surroundings,
  scope: PolicyScope,
  unit: Unit,
  path: Path,
  table: TableName,
  wanted: string,
): Finding {
  const name = pathText(path);
  if (name === "any" || (name === "special" && table === "data")) {
    return unknownName.at(path, [wanted, name, `\`${name}\` stands for many, and one has to be named.`]);
  }
  const elsewhere = around.declaring(table, name).filter((policy) => policy !== scope.name);
  const field = table === "data" ? onlyField(scope, name) : null;
  if (field !== null) {
    const { source } = field;
    const alone = bareReadings(scope, "data", source.name);
    const meant = `${alone.length === 1 && alone[0] === source ? source.name : source.id}.${name}`;
    return unknownName.at(path, [wanted, name, `It is a field of \`${source.name}\`: write \`${spell(meant)}\`.`], {
      related: [{ file: field.unit.path, ...field.at, message: `\`${meant}\` is declared here.` }],
      fixes: [replaceFix(path, spell(meant))],
    });
  }
  if (elsewhere.length > 0) {
    const usable = elsewhere.filter((policy) => around.hindrance(scope, policy) === null);
    const fixes = usable.map((policy) => addUseFix(unit, policy)).filter((fix): fix is Fix => fix !== null);
    const which = usable.map((policy) => `\`${policy}\``).join(" and ");
    const hint =
      usable.length === 0
        ? `\`${elsewhere[0]}\` declares one, but ${around.hindrance(scope, elsewhere[0]!)}.`
        : `${which} ${usable.length > 1 ? "declare" : "declares"} one: say \`use ${spell(usable[0]!)}\`.`;
    return unknownName.at(path, [wanted, name, hint], { fixes });
  }
  const near = around.suggestions.nearest(`seen by ${scope.name}: ${table}`, name, () => visibleNames(scope, table));
  return unknownName.at(path, [wanted, name, near === null ? null : `Did you mean \`${near}\`?`], {
    fixes: near === null ? [] : [replaceFix(path, spell(near))],
  });
}

function explainQualified(
  around: Surroundings,
  scope: PolicyScope,
  unit: Unit,
  path: Path,
  table: TableName,
  wanted: string,
  namesFields: boolean,
): Finding {
  const { parts } = path;
  const texts = parts.map((part) => part.text);
  const last = parts.at(-1)!;
  if (namesFields) {
    const source = sourcesBefore(scope, parts)[0];
    if (source) {
      const near = around.suggestions.nearest(`fields of ${source.id}`, last.text, () => source.fields.keys());
      return unknownField.at(last, [source.name, last.text, near], {
        related: [{ file: source.unit.path, ...source.at, message: `\`${source.name}\` is declared here.` }],
        fixes: near === null ? [] : [replaceFix(last, spellPart(near))],
      });
    }
  }
  for (let length = parts.length - 1; length > 0; length--) {
    const policy = texts.slice(0, length).join(".");
    const target = policy === scope.name ? scope : scope.uses.get(policy)?.scope;
    const rest = texts.slice(length).join(".");
    if (target) {
      const near = around.suggestions.nearest(`own of ${policy}: ${table}`, rest, () => target.tables[table].keys());
      const meant = near === null ? null : spell(`${policy}.${near}`);
      return unknownName.at(path, [wanted, pathText(path), meant && `Did you mean \`${meant}\`?`], {
        fixes: meant === null ? [] : [replaceFix(path, meant)],
      });
    }
    if (around.exists(policy)) {
      const hindered = around.hindrance(scope, policy);
      const fix = hindered === null ? addUseFix(unit, policy) : null;
      return policyNotUsed.at(path, [rest, spell(policy), hindered], { fixes: fix ? [fix] : [] });
    }
  }
  const first = parts[0]!;
  if (!namesFields || parts.length !== 2) return unknownName.at(path, [wanted, pathText(path), null]);
  const [known] = bareReadings(scope, "data", first.text);
  if (known) {
    const hint = `\`${first.text}\` is ${kindNoun[known.kind]}, and only sources have fields.`;
    const related = [{ file: known.unit.path, ...known.at, message: `\`${known.name}\` is declared here.` }];
    return unknownName.at(path, [wanted, pathText(path), hint], { related });
  }
  const near = around.suggestions.nearest(`sources seen by ${scope.name}`, first.text, () => visibleSources(scope));
  return unknownName.at(path, [wanted, pathText(path), near && `Did you mean \`${near}\` by \`${first.text}\`?`], {
    fixes: near === null ? [] : [replaceFix(first, spellPart(near))],
  });
}

function* visibleNames(scope: PolicyScope, table: TableName): Iterable<string> {
  yield* scope.tables[table].keys();
  for (const use of scope.uses.values()) yield* use.scope.tables[table].keys();
}

function* visibleSources(scope: PolicyScope): Iterable<string> {
  for (const name of visibleNames(scope, "data")) {
    if (bareReadings(scope, "data", name).some(({ kind }) => kind === "source")) yield name;
  }
}

function wantedNoun(kinds: readonly SymbolKind[]): string {
  return kinds.map((kind) => kindNoun[kind]).join(" or ");
}
