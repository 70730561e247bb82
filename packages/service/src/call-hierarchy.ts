import type { CheckedFile, NamedSymbol } from "@scruple/compiler";
import type { Declaration, Decorated, Range, Rule } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { type OutlineKind, symbolKind } from "./document-symbols.ts";
import { declarationsOf, usesOf } from "./locations.ts";
import { declaredIn } from "./names/declared-in.ts";
import { type Entity, keyOf, nameOf, symbolKey } from "./names/entity.ts";
import { nameAt } from "./names/name-at.ts";
import { usesIn } from "./names/uses-in.ts";
import { toOffset, toRange } from "./positions.ts";
import { fileOf, type Snapshot } from "./snapshot.ts";

/** What an item carries to be found again. */
export interface CallData {
  /** Of the file that was asked about first: what is declared in std is no file of the project. */
  readonly uri: string;
  /** Of what is declared; "" for a promise or a test, which nothing can name. */
  readonly key: string;
  /** Where its name stands. */
  readonly path: string;
  readonly offset: number;
}

export function isCallData(data: unknown): data is CallData {
  const { uri, key, path, offset } = (data ?? {}) as Partial<CallData>;
  return [uri, key, path].every((one) => typeof one === "string") && typeof offset === "number";
}

/** The declared thing at a position: what it uses and what uses it can be asked next. */
export function prepareCallHierarchy(snapshot: Snapshot, position: lsp.Position): lsp.CallHierarchyItem[] {
  const { file } = snapshot;
  const offset = toOffset(file, position);
  const use = nameAt(snapshot, offset);
  if (use === null) return [];
  return itemOf(snapshot, use.entity);
}

/** Every declaration, rule, promise and test that names it. */
export function incomingCalls(snapshot: Snapshot, item: lsp.CallHierarchyItem): lsp.CallHierarchyIncomingCall[] {
  const { program } = snapshot;
  const entity = entityOf(snapshot, item);
  if (entity === null) return [];
  const calls = new Map<Decorated, lsp.CallHierarchyIncomingCall>();
  for (const { file, use } of usesOf(program, entity)) {
    if (use.declares) continue;
    const holder = holderAt(file.tree.file.declarations, use.start);
    if (holder === null) continue;
    const range = toRange(file.lines, use);
    const call = calls.get(holder);
    if (call !== undefined) call.fromRanges.push(range);
    else {
      const from = holderItem(snapshot, file, holder);
      if (from !== null) calls.set(holder, { from, fromRanges: [range] });
    }
  }
  return [...calls.values()];
}

/** Everything that its declaration names. */
export function outgoingCalls(snapshot: Snapshot, item: lsp.CallHierarchyItem): lsp.CallHierarchyOutgoingCall[] {
  const { program } = snapshot;
  const data = item.data as CallData;
  const file = fileOf(program, data.path);
  const holder = file && holderAt(file.tree.file.declarations, data.offset);
  if (!file || !holder) return [];
  const found = new Map<string, { readonly entity: Entity; readonly ranges: lsp.Range[] }>();
  for (const { start, end, key, entity, declares } of usesIn(program, file)) {
    if (start < holder.start || end > holder.end || declares || entity.kind === "policy") continue;
    const range = toRange(file.lines, { start, end });
    const known = found.get(key);
    if (known !== undefined) known.ranges.push(range);
    else found.set(key, { entity, ranges: [range] });
  }
  return [...found.values()].flatMap(({ entity, ranges }) =>
    itemOf(snapshot, entity).map((to) => ({ to, fromRanges: ranges })),
  );
}

function entityOf({ program }: Snapshot, { data }: lsp.CallHierarchyItem): Entity | null {
  const { key } = data as CallData;
  for (const { symbols } of program.scopes.values()) {
    const symbol = symbols.find((one) => symbolKey(one) === key);
    if (symbol !== undefined) return { kind: "symbol", symbol };
  }
  return null;
}

function itemOf({ program, file, addresses }: Snapshot, entity: Entity): lsp.CallHierarchyItem[] {
  const [declared] = declarationsOf(program, entity);
  const uri = declared && addresses.uriOf(declared.file.path, declared.file.std);
  const from = addresses.uriOf(file.path, file.std);
  if (!declared || !uri || from === null || entity.kind !== "symbol") return [];
  const { whole, name } = declared;
  const { path, lines } = declared.file;
  return [
    {
      name: nameOf(entity),
      kind: kindOf(entity.symbol),
      detail: `${entity.symbol.kind} of ${entity.symbol.policy}`,
      uri,
      range: toRange(lines, whole),
      selectionRange: toRange(lines, name),
      data: { uri: from, key: keyOf(entity), path, offset: name.start } satisfies CallData,
    },
  ];
}

function kindOf({ kind }: NamedSymbol): lsp.SymbolKind {
  return symbolKind(kind === "attribute" || kind === "fact" ? "member" : (kind satisfies OutlineKind));
}

/** The innermost declaration, field or rule around an offset. */
function holderAt(
  declarations: readonly Declaration[],
  offset: number,
): (Decorated & { readonly kind: string }) | null {
  const around = ({ start, end }: Range) => start <= offset && offset <= end;
  const declaration = declarations.find(around);
  if (declaration?.kind === "interaction") return declaration.rules.find(around) ?? declaration;
  if (declaration?.kind === "source") return declaration.fields.find(around) ?? declaration;
  return declaration ?? null;
}

function holderItem(
  { program, file, addresses }: Snapshot,
  holding: CheckedFile,
  holder: Decorated & { readonly kind: string },
): lsp.CallHierarchyItem | null {
  const { path, lines } = holding;
  const uri = addresses.uriOf(path, holding.std);
  if (uri === null) return null;
  const { label, at } = labelOf(holder, holding.tree.file.declarations);
  const symbol = declaredIn(program, holding).find((one) => one.node === (holder as unknown));
  return {
    name: label,
    kind: symbolKind((holder.kind === "use" ? "policy" : holder.kind) as OutlineKind),
    detail: holder.kind,
    uri,
    range: toRange(lines, holder),
    selectionRange: toRange(lines, at),
    data: {
      uri: addresses.uriOf(file.path, file.std) ?? uri,
      key: symbol === undefined ? "" : symbolKey(symbol),
      path,
      offset: at.start,
    } satisfies CallData,
  };
}

/** How a declaration is called, and where it says so. */
function labelOf(
  holder: Decorated & { readonly kind: string },
  declarations: readonly Declaration[],
): { readonly label: string; readonly at: Range } {
  const { name, text, effectRange } = holder as {
    readonly name?: (Range & { readonly text: string }) | null;
    readonly text?: Range & { readonly value?: string };
    readonly effectRange?: Range;
  };
  if (name) return { label: name.text, at: name };
  if (text?.value !== undefined) return { label: text.value, at: text };
  const at = effectRange ?? { start: holder.start, end: holder.start };
  for (const declaration of declarations) {
    const place = declaration.kind === "interaction" ? declaration.rules.indexOf(holder as Rule) : -1;
    if (place >= 0) return { label: `#${place + 1}`, at };
  }
  return { label: `(${holder.kind})`, at };
}
