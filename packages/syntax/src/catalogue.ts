import type { CatalogueEntry } from "./diagnostic.ts";
import * as diagnostics from "./diagnostics/index.ts";

/** Every diagnostic of this package, by its code. */
export const syntaxCatalogue: ReadonlyMap<string, CatalogueEntry<never>> = new Map(
  Object.values<CatalogueEntry<never>>(diagnostics)
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((entry) => [entry.code, entry]),
);
