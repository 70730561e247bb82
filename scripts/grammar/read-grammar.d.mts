export type GrammarNode =
  | { readonly type: "literal"; readonly text: string }
  | { readonly type: "terminal"; readonly name: string }
  | { readonly type: "rule"; readonly name: string }
  | { readonly type: "sequence"; readonly items: readonly GrammarNode[] }
  | { readonly type: "choice"; readonly items: readonly GrammarNode[] }
  | { readonly type: "optional"; readonly item: GrammarNode }
  | { readonly type: "repeated"; readonly item: GrammarNode };

export function readGrammar(productions: readonly object[]): ReadonlyMap<string, GrammarNode>;
export function nodesOf(node: GrammarNode): Generator<GrammarNode>;
