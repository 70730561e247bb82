export { declarationsIn } from "./binder/declarations.ts";
export { closureOf } from "./binder/graph.ts";
export { hindrance } from "./binder/hindrance.ts";
export { bareReadings } from "./binder/readings.ts";
export type { Reference } from "./binder/references.ts";
export type { PolicyScope, TableName, Tables } from "./binder/scope.ts";
export { addUseFix, pathText, spell, spellPart, spellRulePath } from "./binder/spelling.ts";
export {
  type ConditionSymbol,
  type DutySymbol,
  type InteractionSymbol,
  kindNoun,
  type NamedSymbol,
  type RuleSymbol,
} from "./binder/symbols.ts";
export { compile, compileInSteps } from "./compile.ts";
export { catalogue } from "./diagnostics/catalogue.ts";
export { diagnosticPage } from "./diagnostics/diagnostic-page.ts";
export { editedFiles } from "./edited-files.ts";
export { sameData } from "./lower/keep.ts";
export type { CompileOptions } from "./options.ts";
export type { CheckedFile, Diagnostic, PolicyInfo, Program } from "./program.ts";
export { type PolicyFile, readFile as readPolicyFile } from "./project/read-file.ts";
export { stdScopes } from "./std/std.ts";
export { stdText } from "./std/std-text.generated.ts";
export type { LoweredTest, TestCase } from "./tests.ts";
