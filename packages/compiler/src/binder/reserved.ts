import type { SymbolKind } from "./symbols.ts";

const builtIn = "it is built in";
const taken: Partial<Record<SymbolKind, Readonly<Record<string, string>>>> = {
  category: { any: "it stands for all data", special: "it stands for all special categories" },
  source: { any: "it stands for all data", special: "it stands for all special categories" },
  purpose: { any: "in a consent it stands for every purpose" },
  channel: { any: "in a consent it stands for every channel" },
  attribute: { id: "it is the person's identity, which every request may carry" },
};
const known = [
  "subject",
  "data",
  "consents",
  "objections",
  "consent",
  "objection",
  "explicit",
  "outbound",
  "group_size",
  "local_time",
  "today",
];

/** Why a declaration of that kind cannot have the name, or null where it can. */
export function takenMeaning(kind: SymbolKind, name: string): string | null {
  if (kind === "fact" || kind === "condition") return known.includes(name) ? builtIn : null;
  const names = taken[kind];
  return names && Object.hasOwn(names, name) ? names[name]! : null;
}
