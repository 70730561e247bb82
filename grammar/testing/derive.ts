import type { GrammarNode } from "../../scripts/grammar/read-grammar.d.mts";

const samples: Readonly<Record<string, readonly string[]>> = {
  NAME: ["alpha", "beta_2", "`g-3`"],
  INTEGER: ["7", "-7"],
  UNIT: ["day", "weeks"],
  TIME: ["09:30"],
  DATE: ["2026-11-21"],
  STRING: ['"a text"'],
  COMPARATOR: ["=", "!=", "<", ">="],
  ORDINAL: ["#2"],
};

/** Nodes inside each other beyond which the shortest way is taken. */
const deepest = 40;

/** The tokens of a sentence of the grammar, from chance alone: `pick(n)` is a number from 0 up to `n`, exclusive. */
export function derive(rules: ReadonlyMap<string, GrammarNode>, pick: (below: number) => number): string[] {
  const heights = heightsOf(rules);
  const tokens: string[] = [];

  const write = (node: GrammarNode, depth: number): void => {
    if (node.type === "literal") tokens.push(node.text);
    else if (node.type === "rule") write(rules.get(node.name) as GrammarNode, depth + 1);
    else if (node.type === "terminal") {
      const known = samples[node.name] as readonly string[];
      tokens.push(known[pick(known.length)] as string);
    } else if (node.type === "sequence") {
      for (const item of node.items) write(item, depth + 1);
    } else if (node.type === "choice") {
      const [lowest] = [...node.items].sort((a, b) => heightOf(a, heights) - heightOf(b, heights));
      write((depth > deepest ? lowest : node.items[pick(node.items.length)]) as GrammarNode, depth + 1);
    } else {
      const most = depth > deepest ? 0 : node.type === "optional" ? 1 : 3;
      for (let times = pick(most + 1); times > 0; times -= 1) write(node.item, depth + 1);
    }
  };

  write(rules.get("file") as GrammarNode, 0);
  return tokens;
}

/** How many nodes the shortest sentence of each rule needs inside each other. */
function heightsOf(rules: ReadonlyMap<string, GrammarNode>): ReadonlyMap<string, number> {
  const heights = new Map([...rules.keys()].map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, node] of rules) {
      const height = heightOf(node, heights);
      changed ||= height !== heights.get(name);
      heights.set(name, height);
    }
  }
  return heights;
}

function heightOf(node: GrammarNode, heights: ReadonlyMap<string, number>): number {
  switch (node.type) {
    case "rule":
      return 1 + (heights.get(node.name) as number);
    case "choice":
      return 1 + Math.min(...node.items.map((item) => heightOf(item, heights)));
    case "sequence":
      return 1 + Math.max(...node.items.map((item) => heightOf(item, heights)));
    default:
      return 0;
  }
}
