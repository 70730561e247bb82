import type { Token } from "@scruple/syntax";
import type { GrammarNode } from "../../scripts/grammar/read-grammar.d.mts";

const kinds: Readonly<Record<string, Token["type"]>> = {
  NAME: "name",
  INTEGER: "int",
  UNIT: "unit",
  TIME: "time",
  DATE: "date",
  STRING: "string",
  COMPARATOR: "operator",
};

/** Whether the tokens, comments left out, are a sentence of the grammar: the slow way, by all that it allows. */
export function recognize(rules: ReadonlyMap<string, GrammarNode>, text: string, tokens: readonly Token[]): boolean {
  const known = new Map<string, ReadonlySet<number>>();

  const rule = (name: string, from: number): ReadonlySet<number> => {
    const key = `${name} ${from}`;
    const found = known.get(key) ?? ends(rules.get(name) as GrammarNode, from);
    known.set(key, found);
    return found;
  };

  const one = (from: number, fits: (token: Token, image: string) => boolean): ReadonlySet<number> => {
    const token = tokens[from];
    return new Set(token !== undefined && fits(token, text.slice(token.start, token.end)) ? [from + 1] : []);
  };

  /** Where what the node stands for may end, if it starts at token `from`. */
  const ends = (node: GrammarNode, from: number): ReadonlySet<number> => {
    switch (node.type) {
      case "literal":
        return one(from, ({ type }, image) => image === node.text && type !== "name" && type !== "unit");
      case "terminal":
        return one(from, ({ type }, image) =>
          node.name === "ORDINAL" ? image.startsWith("#") : type === kinds[node.name] && !image.startsWith("#"),
        );
      case "rule":
        return rule(node.name, from);
      case "choice":
        return new Set(node.items.flatMap((item) => [...ends(item, from)]));
      case "sequence": {
        let starts: ReadonlySet<number> = new Set([from]);
        for (const item of node.items) starts = new Set([...starts].flatMap((start) => [...ends(item, start)]));
        return starts;
      }
      case "optional":
        return new Set([from, ...ends(node.item, from)]);
      default: {
        const reached = new Set([from]);
        for (const start of reached) for (const end of ends(node.item, start)) reached.add(end);
        return reached;
      }
    }
  };

  return rule("file", 0).has(tokens.length);
}
