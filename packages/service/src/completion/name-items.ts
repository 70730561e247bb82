import {
  addUseFix,
  type DutySymbol,
  type NamedSymbol,
  type PolicyScope,
  spell,
  spellPart,
  type TableName,
} from "@scruple/compiler";
import type { ExpectedTokens } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { symbolKey } from "../names/entity.ts";
import { toRange } from "../positions.ts";
import { type Snapshot, scopeOf } from "../snapshot.ts";
import { annotations } from "./annotations.ts";
import type { Item } from "./completion.ts";
import { attributesOf, typeOf, typeWanted } from "./members.ts";
import { rulePathItems } from "./rule-path-items.ts";
import { usable } from "./usable.ts";
import { type Visible, visibleFrom, visibleIn } from "./visible.ts";
import { type Lead, leadOf, type Wanted, wantedAt } from "./wanted.ts";

/** The names that mean something where the cursor is. */
export function nameItems(snapshot: Snapshot, expectation: ExpectedTokens): readonly Item[] {
  const scope = scopeOf(snapshot);
  if (scope === null) return [];
  const lead = leadOf(expectation);
  const names = new NameItems(snapshot, scope, expectation, lead);
  return [...wantedAt(expectation, lead)].flatMap((wanted) => names.of(wanted));
}

const tables: Readonly<Partial<Record<Wanted, TableName>>> = {
  category: "data",
  purpose: "purpose",
  recipient: "recipient",
  channel: "channel",
  duty: "duty",
};

class NameItems {
  readonly #snapshot: Snapshot;
  readonly #scope: PolicyScope;
  readonly #before: ExpectedTokens["before"];
  /** What stands before the word and is a part of the same name: `["std", "purposes"]`. */
  readonly #qualifier: readonly string[];
  readonly #lead: Lead;

  constructor(snapshot: Snapshot, scope: PolicyScope, { before }: ExpectedTokens, lead: Lead) {
    this.#snapshot = snapshot;
    this.#scope = scope;
    this.#before = before;
    this.#lead = lead;
    this.#qualifier = qualifierOf(before);
  }

  of(wanted: Wanted): readonly Item[] {
    const table = tables[wanted];
    if (table !== undefined) return this.#declared(table, (symbol) => symbol.kind === wanted);
    switch (wanted) {
      // What is used brings its names, but not its interactions.
      case "interaction":
        return this.#declared("interaction", ({ policy }) => policy === this.#scope.name);
      case "policy":
        return this.#policies();
      case "data":
        return [...this.#words("any", "special"), ...this.#declared("data"), ...this.#fields()];
      case "field":
        return [...this.#declared("data", ({ kind }) => kind === "source"), ...this.#fields()];
      case "level":
        return this.#levels();
      case "fact":
        return [...this.#values(), ...this.#facts(true)];
      case "givable":
        return this.#facts(false);
      case "value":
        return this.#values();
      case "parameter":
        return this.#parameters();
      case "rule":
        return rulePathItems(this.#snapshot.program, this.#scope, this.#before);
      default:
        return annotations;
    }
  }

  #words(...words: readonly string[]): readonly Item[] {
    if (this.#qualifier.length > 0) return [];
    return words.map((label) => ({ label, kind: lsp.CompletionItemKind.Constant, sortText: `0${label}` }));
  }

  /** What is declared in a table; behind a policy's name, by that policy. */
  #declared(table: TableName, isWanted: (symbol: NamedSymbol) => boolean = () => true): readonly Item[] {
    const { program } = this.#snapshot;
    if (this.#qualifier.length === 0)
      return [...visibleIn(program, this.#scope, table)]
        .filter(({ symbol }) => isWanted(symbol))
        .map((visible) => this.#item(visible));
    const name = this.#qualifier.join(".");
    const target = visibleFrom(program, this.#scope, name);
    const items = [...(target?.tables[table].values() ?? [])]
      .filter(isWanted)
      .map((symbol) => this.#item({ symbol, from: target!.from, isQualified: false }));
    return [...items, ...this.#policySegments(name)];
  }

  #item({ symbol, from, isQualified }: Visible, label = symbol.name): Item {
    const { file } = this.#snapshot;
    const use = from === "elsewhere" ? addUseFix(file, symbol.policy) : null;
    const written = isQualified ? `${symbol.policy}.${label}` : label;
    const edits = use?.edits.map((edit) => ({ range: toRange(file.lines, edit), newText: edit.text }));
    return {
      label,
      text: this.#spelt(written),
      kind: itemKinds[symbol.kind] ?? lsp.CompletionItemKind.Text,
      sortText: `${from === "own" ? 1 : from === "used" ? 2 : 4}${label}`,
      labelDetails: from === "own" ? {} : { description: symbol.policy },
      detail: from === "elsewhere" ? `${symbol.kind}; adds \`use ${spell(symbol.policy)}\`` : symbol.kind,
      data: { uri: this.#snapshot.addresses.uriOf(file.path, false), key: symbolKey(symbol), policy: symbol.policy },
      ...(edits === undefined ? {} : { additionalTextEdits: edits }),
    };
  }

  /** A dotted name as it is written here, behind what qualifies it. */
  #spelt(name: string): string {
    return this.#qualifier.length === 0 ? spell(name) : name.split(".").map(spellPart).join(".");
  }

  /** Fields behind their sources; behind a source's name, its fields. */
  #fields(): readonly Item[] {
    const { program } = this.#snapshot;
    if (this.#qualifier.length > 0) {
      const name = this.#qualifier.at(-1)!;
      const policy = this.#qualifier.slice(0, -1).join(".");
      const visible = [...visibleIn(program, this.#scope, "data")].find(
        ({ symbol, isQualified }) =>
          symbol.kind === "source" && symbol.name === name && (policy === "" ? !isQualified : symbol.policy === policy),
      );
      if (visible?.symbol.kind !== "source") return [];
      const { from, symbol: source } = visible;
      return [...source.fields.values()].map((symbol) => this.#item({ symbol, from, isQualified: false }));
    }
    return [...visibleIn(program, this.#scope, "data")].flatMap(({ symbol, from, isQualified }) =>
      symbol.kind !== "source" || from === "elsewhere"
        ? []
        : [...symbol.fields.values()].map((field) =>
            this.#item({ symbol: field, from, isQualified }, `${symbol.name}.${field.name}`),
          ),
    );
  }

  #policies(): readonly Item[] {
    const { program } = this.#snapshot;
    const isHeader = this.#lead.word === "policy";
    const known = isHeader
      ? [...program.scopes.values()].filter(({ named, std }) => named && !std)
      : usable(program, this.#scope);
    const before = this.#qualifier.join(".");
    return known.flatMap(({ name }) => {
      if (before !== "" && !name.startsWith(`${before}.`)) return [];
      const label = before === "" ? name : name.slice(before.length + 1);
      return [{ label, text: this.#spelt(label), kind: lsp.CompletionItemKind.Module, sortText: `1${label}` }];
    });
  }

  /** The next part of the names of policies that begin so. */
  #policySegments(before: string): readonly Item[] {
    const { program } = this.#snapshot;
    const names = [...program.scopes.values(), ...usable(program, this.#scope)].map(({ name }) => name);
    const next = names.filter((name) => name.startsWith(`${before}.`)).map((name) => name.slice(before.length + 1));
    return [...new Set(next.map((name) => name.split(".")[0]!))].map((label) => ({
      label,
      text: spellPart(label),
      kind: lsp.CompletionItemKind.Module,
      sortText: `3${label}`,
    }));
  }

  #levels(): readonly Item[] {
    const levels = [...this.#snapshot.program.scopes.values()].flatMap(({ symbols }) =>
      symbols.flatMap((symbol) =>
        symbol.kind === "category" ? symbol.node.precision.map(({ text }) => [text, symbol.name] as const) : [],
      ),
    );
    return [...new Map(levels)].map(([label, category]) => ({
      label,
      text: spell(label),
      kind: lsp.CompletionItemKind.EnumMember,
      detail: `a level of \`${category}\``,
      sortText: `1${label}`,
    }));
  }

  #facts(withConditions: boolean): readonly Item[] {
    const [first] = this.#qualifier;
    const attributes = attributesOf(this.#scope);
    if (first === "subject") {
      const attribute = attributes.find(({ name }) => name === this.#qualifier[1]);
      if (this.#qualifier.length === 1)
        return attributes.map((symbol) => this.#item({ symbol, from: "own", isQualified: false }));
      return attribute?.kind === "attribute" && typeOf(attribute.node).kind === "set" ? contains : [];
    }
    if (first === "data") return [{ label: "age", kind: lsp.CompletionItemKind.Property, sortText: "0age" }];
    const wanted = this.#declared("known", ({ kind }) => kind === "fact" || (withConditions && kind === "condition"));
    if (this.#qualifier.length > 0) return wanted;
    const type = typeWanted(this.#scope, this.#before, []);
    const builtIn = this.#words(
      "data.age",
      "group_size",
      "local_time",
      "today",
      ...(withConditions ? ["outbound"] : []),
    );
    const subject = attributes.map((symbol) => ({
      ...this.#item({ symbol, from: "own", isQualified: false }, `subject.${symbol.name}`),
      text: spell(`subject.${symbol.name}`),
    }));
    const all = [...subject, ...wanted, ...builtIn.map((item) => ({ ...item, sortText: `2${item.label}` }))];
    return type === null ? all : all.map((item) => ({ ...item, sortText: `4${item.sortText}` }));
  }

  #values(): readonly Item[] {
    if (this.#qualifier.length > 0) return [];
    const type = typeWanted(this.#scope, this.#before, this.#calledDuty()?.node.parameters ?? []);
    if (type === null) return [];
    const values = type.kind === "bool" ? ["true", "false"] : type.values;
    return values.map((label) => ({
      label,
      text: type.kind === "bool" ? label : spell(label),
      kind: lsp.CompletionItemKind.EnumMember,
      sortText: `0${label}`,
    }));
  }

  #parameters(): readonly Item[] {
    return (this.#calledDuty()?.node.parameters ?? []).map(({ name }) => ({
      label: name.text,
      text: `${spell(name.text)} = `,
      kind: lsp.CompletionItemKind.Variable,
      sortText: `0${name.text}`,
    }));
  }

  /** The duty whose arguments are being written. */
  #calledDuty(): DutySymbol | null {
    const open = this.#before.findLastIndex(({ text }) => text === "(");
    const name = this.#before[open - 1]?.text.replaceAll("`", "");
    if (open < 1 || name === undefined) return null;
    const found = [...visibleIn(this.#snapshot.program, this.#scope, "duty")].find(
      ({ symbol }) => symbol.name === name,
    );
    return found?.symbol.kind === "duty" ? found.symbol : null;
  }
}

const contains: readonly Item[] = [
  { label: "contains", text: "contains($0)", insertTextFormat: lsp.InsertTextFormat.Snippet, sortText: "0" },
];

const itemKinds: Readonly<Partial<Record<NamedSymbol["kind"], lsp.CompletionItemKind>>> = {
  category: lsp.CompletionItemKind.Class,
  purpose: lsp.CompletionItemKind.Enum,
  recipient: lsp.CompletionItemKind.Interface,
  channel: lsp.CompletionItemKind.Event,
  source: lsp.CompletionItemKind.Struct,
  field: lsp.CompletionItemKind.Field,
  attribute: lsp.CompletionItemKind.Property,
  fact: lsp.CompletionItemKind.Variable,
  condition: lsp.CompletionItemKind.Function,
  duty: lsp.CompletionItemKind.Method,
  interaction: lsp.CompletionItemKind.Module,
};

function qualifierOf(before: ExpectedTokens["before"]): readonly string[] {
  const parts: string[] = [];
  for (let place = before.length; before[place - 1]?.text === "." && place >= 2; place -= 2) {
    parts.unshift(before[place - 2]!.text.replaceAll("`", ""));
  }
  return parts;
}
