import type { DecisionSpace } from "@scruple/analysis";
import type { Model } from "@scruple/model";
import { factoryName } from "../factory-name.ts";
import { originComment } from "../origin.ts";
import { emitDeclarations } from "../types/declarations.ts";
import { ModuleWriter } from "./module-writer.ts";
import { buildTables } from "./tables.ts";

export interface EmittedJavaScript {
  /** `airline.know_me.guard.js`. */
  readonly fileName: string;
  /**
   * An ES module that exports `decide`, `trace`, `policy` and, by its name and by default, the factory of guards with stores
   * behind them. It imports `@scruple/runtime` alone.
   */
  readonly code: string;
  /** The module's types, for the file of its name that ends in `.d.ts`. */
  readonly declarations: string;
  /** The source map, from rules and conditions back to the policy, for the file of its name that ends in `.js.map`. */
  readonly map: string;
}

export interface EmitOptions {
  /** What leads from the folder of the module to that of the project. */
  readonly sourceRoot?: string;
  /** Of the same model, with what is known of it already. */
  readonly space?: DecisionSpace;
}

/** The guard of a model. The same model gives the same bytes. @throws Error where the model contradicts itself. */
export function emitJavaScript(model: Model, { sourceRoot, space }: EmitOptions = {}): EmittedJavaScript {
  const fileName = `${model.policy}.guard.js`;
  const { tables, code, imports, rules, interactions } = buildTables(model);
  const writer = new ModuleWriter(fileName, model.files, sourceRoot ?? "..");
  writer.line(`${originComment("The guard", model.policy, sourceRoot)} Change those, and build again.`);
  writer.line(`import { ${[...imports, "guard"].sort().join(", ")} } from "@scruple/runtime";`);
  writer.line('import { enforcement } from "@scruple/runtime/enforce";');
  writer.line("");
  writer.line("const core = guard({");
  for (const [name, value] of Object.entries(tables)) {
    if (name === "rules") writer.list(name, tables.rules.map(json), rules);
    else if (name !== "interactions") writer.line(`  ${name}: ${json(value)},`);
  }
  writer.line("  interactions: [");
  tables.interactions.forEach(([name, kind, startedBy, until, diagram, ...own], index) => {
    const from = interactions[index] as (typeof interactions)[number];
    const open = own.length === 0 ? "]," : ",";
    writer.line(`    [${[name, kind, startedBy, until, diagram].map(json).join(", ")}${open}`, from.at);
    own.forEach((rule, i) => {
      writer.line(`      ${json(rule)},`, from.rules[i] ?? null);
    });
    if (own.length > 0) writer.line("    ],");
  });
  writer.line("  ],");
  writer.line("  code: (f, n, consent, explicit, objection) => {");
  for (const { text, at } of code) writer.line(`    ${text}`, at);
  writer.line("  },");
  writer.line("});");
  writer.line("export const { decide, policy, trace } = core;");
  writer.line("const factory = /* @__PURE__ */ enforcement(core);");
  writer.line(`export { factory as default, factory as ${factoryName(model.policy)} };`);
  writer.line(`//# sourceMappingURL=${fileName}.map`);
  const declarations = emitDeclarations(model, space, sourceRoot);
  return { fileName, code: writer.code(), declarations, map: writer.sourceMap() };
}

/** As a literal, in which `__proto__` is a key like others: unlike in JSON, that is so only where it is computed. */
function json(value: unknown): string {
  // Strings have their quotes escaped: what looks like a key is one.
  return JSON.stringify(value).replaceAll(/([{,])("__proto__"):/g, "$1[$2]:");
}
