import type * as syntax from "@scruple/syntax";
import { duplicateName } from "../diagnostics/duplicate-name.ts";
import { reservedName } from "../diagnostics/reserved-name.ts";
import type { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";
import { takenMeaning } from "./reserved.ts";
import { emptyScope, type PolicyScope, type TableName } from "./scope.ts";
import {
  type AttributeSymbol,
  type FieldSymbol,
  type InteractionSymbol,
  kindNoun,
  type NamedSymbol,
  type RuleSymbol,
  type SourceSymbol,
} from "./symbols.ts";

/** The scopes of a program's policies, with every declaration in its table. `units` are sorted by path. */
export function declareAll(units: readonly Unit[], findings: Findings): PolicyScope[] {
  const groups = new Map<string, Unit[]>();
  for (const unit of units) {
    // No policy name holds a slash, so a file without one gets a scope of its own.
    const key = unit.policy ?? `/${unit.path}`;
    const group = groups.get(key);
    if (group) group.push(unit);
    else groups.set(key, [unit]);
  }
  return [...groups].map(([name, group]) => {
    const scope = emptyScope(name, group[0]!.policy !== null, group);
    for (const unit of group) new Declarer(scope, unit, findings).run();
    return scope;
  });
}

class Declarer {
  readonly #scope: PolicyScope;
  readonly #unit: Unit;
  readonly #findings: Findings;

  constructor(scope: PolicyScope, unit: Unit, findings: Findings) {
    this.#scope = scope;
    this.#unit = unit;
    this.#findings = findings;
  }

  run(): void {
    for (const node of this.#unit.tree.file.declarations) this.#declare(node);
  }

  #declare(node: syntax.Declaration): void {
    const scope = this.#scope;
    const unit = this.#unit;
    switch (node.kind) {
      case "use":
        scope.useNodes.push({ unit, node });
        break;
      case "promise":
        scope.promises.push({ unit, node });
        break;
      case "test":
        scope.tests.push({ unit, node });
        break;
      case "category":
        this.#add({ kind: "category", ...this.#named(node.name), node }, "data");
        break;
      case "purpose":
        this.#add({ kind: "purpose", ...this.#named(node.name), node }, "purpose");
        break;
      case "recipient":
        this.#add({ kind: "recipient", ...this.#named(node.name), node }, "recipient");
        break;
      case "channel":
        this.#add({ kind: "channel", ...this.#named(node.name), node }, "channel", "head");
        break;
      case "condition":
        this.#add({ kind: "condition", ...this.#named(node.name), node }, "known");
        break;
      case "duty":
        this.#add({ kind: "duty", ...this.#named(node.name), node }, "duty");
        this.#distinct("parameter", node.parameters);
        break;
      case "source":
        this.#source(node);
        break;
      case "subject":
        for (const member of node.attributes) this.#attribute(member);
        break;
      case "facts":
        for (const member of node.facts) {
          this.#add({ kind: "fact", ...this.#named(member.name), id: member.name.text, node: member }, "known");
        }
        break;
      case "interaction":
        this.#interaction(node);
        break;
      case "rule":
        this.#globalRule(node);
        break;
    }
  }

  #named(name: syntax.Name) {
    const policy = this.#scope.name;
    return { id: `${policy}.${name.text}`, name: name.text, policy, unit: this.#unit, at: rangeOf(name) };
  }

  /** Enters the symbol in each table. The first of a name keeps it; a name that is missing enters none. */
  #add(symbol: NamedSymbol, ...tables: TableName[]): void {
    this.#scope.symbols.push(symbol);
    if (symbol.name === "") return;
    const meaning = takenMeaning(symbol.kind, symbol.name);
    if (meaning !== null) {
      this.#findings.add(this.#unit, reservedName.at(symbol.at, [kindNoun[symbol.kind], symbol.name, meaning]));
      return;
    }
    let clash: NamedSymbol | undefined;
    for (const table of tables) clash ??= this.#scope.tables[table].get(symbol.name);
    if (clash) this.#duplicate(symbol, clash);
    for (const table of tables) {
      const names = this.#scope.tables[table];
      if (!names.has(symbol.name)) names.set(symbol.name, symbol);
    }
  }

  #duplicate(symbol: NamedSymbol, first: NamedSymbol): void {
    this.#findings.add(
      this.#unit,
      duplicateName.at(symbol.at, [kindNoun[symbol.kind], symbol.name, kindNoun[first.kind]], {
        related: [{ file: first.unit.path, ...first.at, message: `\`${symbol.name}\` is first declared here.` }],
      }),
    );
  }

  /** Reports names that repeat within one list of a declaration. */
  #distinct(what: string, nodes: readonly { readonly name: syntax.Name }[]): void {
    const seen = new Map<string, syntax.Name>();
    for (const { name } of nodes) {
      const first = seen.get(name.text);
      if (name.text === "") continue;
      if (!first) seen.set(name.text, name);
      else {
        this.#findings.add(
          this.#unit,
          duplicateName.at(rangeOf(name), [`a ${what}`, name.text, `a ${what}`], {
            related: [{ ...rangeOf(first), message: `\`${name.text}\` is first declared here.` }],
          }),
        );
      }
    }
  }

  #source(node: syntax.Source): void {
    const fields = new Map<string, FieldSymbol>();
    const source: SourceSymbol = { kind: "source", ...this.#named(node.name), node, fields };
    this.#add(source, "data", "head");
    for (const field of node.fields) {
      const symbol: FieldSymbol = {
        kind: "field",
        ...this.#named(field.name),
        id: `${source.id}.${field.name.text}`,
        node: field,
        source,
      };
      this.#scope.symbols.push(symbol);
      const first = fields.get(symbol.name);
      if (first) this.#duplicate(symbol, first);
      else if (symbol.name !== "") fields.set(symbol.name, symbol);
    }
  }

  #attribute(member: syntax.Member): void {
    const symbol: AttributeSymbol = {
      kind: "attribute",
      ...this.#named(member.name),
      id: `subject.${member.name.text}`,
      node: member,
    };
    this.#scope.symbols.push(symbol);
    if (symbol.name === "") return;
    const meaning = takenMeaning("attribute", symbol.name);
    const first = this.#scope.attributes.get(symbol.name);
    if (meaning !== null) {
      this.#findings.add(this.#unit, reservedName.at(symbol.at, [kindNoun.attribute, symbol.name, meaning]));
    } else if (first) this.#duplicate(symbol, first);
    else this.#scope.attributes.set(symbol.name, symbol);
  }

  #interaction(node: syntax.Interaction): void {
    const rules = new Map<string, RuleSymbol>();
    const interaction: InteractionSymbol = { kind: "interaction", ...this.#named(node.name), node, rules };
    this.#add(interaction, "interaction", "head");
    node.rules.forEach((rule, index) => {
      const own = rule.name?.text || `#${index + 1}`;
      const symbol: RuleSymbol = {
        kind: "rule",
        id: `${interaction.name}.${own}`,
        name: own,
        policy: this.#scope.name,
        unit: this.#unit,
        at: rangeOf(rule.name ?? rule.effectRange),
        node: rule,
        interaction,
      };
      this.#scope.symbols.push(symbol);
      const first = rules.get(own);
      if (first) this.#duplicate(symbol, first);
      else rules.set(own, symbol);
    });
  }

  #globalRule(node: syntax.Rule): void {
    const name = node.name?.text ?? "";
    const symbol: RuleSymbol = {
      kind: "rule",
      id: name,
      name,
      policy: this.#scope.name,
      unit: this.#unit,
      at: rangeOf(node.name ?? node.effectRange),
      node,
      interaction: null,
    };
    this.#scope.rules.push(symbol);
    this.#add(symbol, "head");
  }
}

function rangeOf(range: syntax.Range): syntax.Range {
  return { start: range.start, end: range.end };
}
