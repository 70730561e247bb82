import type * as syntax from "@scruple/syntax";
import { duplicateName } from "../diagnostics/duplicate-name.ts";
import { reservedName } from "../diagnostics/reserved-name.ts";
import type { Unit } from "../unit.ts";
import { takenMeaning } from "./reserved.ts";
import type { Placed, TableName } from "./scope.ts";
import {
  type AttributeSymbol,
  type FieldSymbol,
  type InteractionSymbol,
  kindNoun,
  type NamedSymbol,
  type RuleSymbol,
  type SourceSymbol,
} from "./symbols.ts";

/** What one file declares, in the order of its text. Nothing in it depends on another file. */
export interface Declarations {
  readonly unit: Unit;
  /** Every symbol, also those that no table takes. */
  readonly symbols: NamedSymbol[];
  /** Those of them that are no interactions and no rules. */
  readonly vocabulary: NamedSymbol[];
  /** What is to be known by its name, and in which name spaces. */
  readonly entries: { readonly symbol: NamedSymbol; readonly tables: readonly TableName[] }[];
  /** The attributes of the subject that have a name to be known by. */
  readonly attributes: AttributeSymbol[];
  /** Rules outside interactions. */
  readonly rules: RuleSymbol[];
  readonly promises: Placed<syntax.Promise_>[];
  readonly tests: Placed<syntax.Test>[];
  readonly useNodes: Placed<syntax.Use>[];
  readonly findings: syntax.Finding[];
}

/** Units are kept from one compilation to the next, and what they declare with them. */
const known = new WeakMap<Unit, Declarations>();

export function declarationsIn(unit: Unit): Declarations {
  let found = known.get(unit);
  if (found === undefined) {
    found = new Declarer(unit).run();
    known.set(unit, found);
  }
  return found;
}

/** What scopes know a file's policy by. No policy name holds a slash, so a file without one has a scope of its own. */
export function policyKey(unit: Unit): string {
  return unit.policy ?? `/${unit.path}`;
}

export function duplicate(symbol: NamedSymbol, first: NamedSymbol): syntax.Finding {
  return duplicateName.at(symbol.at, [kindNoun[symbol.kind], symbol.name, kindNoun[first.kind]], {
    related: [{ file: first.unit.path, ...first.at, message: `\`${symbol.name}\` is first declared here.` }],
  });
}

class Declarer {
  readonly #policy: string;
  readonly #unit: Unit;
  readonly #found: Declarations;

  constructor(unit: Unit) {
    this.#policy = policyKey(unit);
    this.#unit = unit;
    this.#found = {
      unit,
      symbols: [],
      vocabulary: [],
      entries: [],
      attributes: [],
      rules: [],
      promises: [],
      tests: [],
      useNodes: [],
      findings: [],
    };
  }

  run(): Declarations {
    for (const node of this.#unit.tree.file.declarations) this.#declare(node);
    return this.#found;
  }

  #declare(node: syntax.Declaration): void {
    const found = this.#found;
    const unit = this.#unit;
    switch (node.kind) {
      case "use":
        found.useNodes.push({ unit, node });
        break;
      case "promise":
        found.promises.push({ unit, node });
        break;
      case "test":
        found.tests.push({ unit, node });
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
    const policy = this.#policy;
    return { id: `${policy}.${name.text}`, name: name.text, policy, unit: this.#unit, at: rangeOf(name) };
  }

  /** A name that is missing, or that has another meaning, enters no table. */
  #add(symbol: NamedSymbol, ...tables: TableName[]): void {
    this.#found.symbols.push(symbol);
    if (symbol.kind !== "interaction" && symbol.kind !== "rule") this.#found.vocabulary.push(symbol);
    if (symbol.name !== "" && !this.#isTaken(symbol)) this.#found.entries.push({ symbol, tables });
  }

  /** Whether the name means something else already; reports that. */
  #isTaken(symbol: NamedSymbol): boolean {
    const meaning = takenMeaning(symbol.kind, symbol.name);
    if (meaning === null) return false;
    this.#found.findings.push(reservedName.at(symbol.at, [kindNoun[symbol.kind], symbol.name, meaning]));
    return true;
  }

  /** Reports names that repeat within one list of a declaration. */
  #distinct(what: string, nodes: readonly { readonly name: syntax.Name }[]): void {
    const seen = new Map<string, syntax.Name>();
    for (const { name } of nodes) {
      const first = seen.get(name.text);
      if (name.text === "") continue;
      if (!first) seen.set(name.text, name);
      else {
        this.#found.findings.push(
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
      this.#found.symbols.push(symbol);
      this.#found.vocabulary.push(symbol);
      const first = fields.get(symbol.name);
      if (first) this.#found.findings.push(duplicate(symbol, first));
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
    this.#found.symbols.push(symbol);
    this.#found.vocabulary.push(symbol);
    if (symbol.name !== "" && !this.#isTaken(symbol)) this.#found.attributes.push(symbol);
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
        policy: this.#policy,
        unit: this.#unit,
        at: rangeOf(rule.name ?? rule.effectRange),
        node: rule,
        interaction,
      };
      this.#found.symbols.push(symbol);
      const first = rules.get(own);
      if (first) this.#found.findings.push(duplicate(symbol, first));
      else rules.set(own, symbol);
    });
  }

  #globalRule(node: syntax.Rule): void {
    const name = node.name?.text ?? "";
    const symbol: RuleSymbol = {
      kind: "rule",
      id: name,
      name,
      policy: this.#policy,
      unit: this.#unit,
      at: rangeOf(node.name ?? node.effectRange),
      node,
      interaction: null,
    };
    this.#found.rules.push(symbol);
    this.#add(symbol, "head");
  }
}

function rangeOf(range: syntax.Range): syntax.Range {
  return { start: range.start, end: range.end };
}
