import type { Lint } from "@scruple/analysis";
import type { CatalogueEntry } from "@scruple/syntax";
import { catalogue } from "../diagnostics/catalogue.ts";

const byName = new Map([...catalogue.values()].map((entry) => [entry.name, entry]));

/** The diagnostic of a lint. Its arguments are words, in the order in which the analysis gives them. */
export function entryOf(lint: Lint): CatalogueEntry<readonly string[]> {
  return byName.get(lint) as unknown as CatalogueEntry<readonly string[]>;
}

/** Names of the diagnostics that a policy can accept. */
export const acceptable: ReadonlySet<string> = new Set(
  [...catalogue.values()]
    .filter(({ code, name }) => /^SCR[45]/.test(code) && name !== "unneeded-accept" && name !== "too-complex")
    .map(({ name }) => name),
);

/** The code of a diagnostic by its name. */
export function codeOf(name: string): string {
  return byName.get(name)?.code ?? name;
}
