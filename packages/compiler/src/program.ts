import type { DecisionSpace } from "@scruple/analysis";
import type { Model } from "@scruple/model";
import type { Fix, LineIndex, Severity, SyntaxTree } from "@scruple/syntax";
import type { Accepted } from "./analyse/accepting.ts";
import type { Reference } from "./binder/references.ts";
import type { PolicyScope } from "./binder/scope.ts";
import type { PolicyFile } from "./project/read-file.ts";
import type { LoweredTest } from "./tests.ts";

/** A file of the project, or of the standard vocabulary, parsed. */
export interface CheckedFile {
  readonly path: string;
  readonly text: string;
  readonly tree: SyntaxTree;
  readonly lines: LineIndex;
  /** The policy that it belongs to; null where it names none. */
  readonly policy: string | null;
  /** True for a file of the standard vocabulary. */
  readonly std: boolean;
}

/** A policy of the project. */
export interface PolicyInfo {
  readonly name: string;
  /** Paths of its files, sorted. */
  readonly files: readonly string[];
  /** True where there is something to build. */
  readonly declaresInteraction: boolean;
  /** True where it, or a policy that it uses, has an error, whatever severity the project gives it: it has no model. */
  readonly hasErrors: boolean;
}

/** A finding with its file, its name and the severity that the project gives it. Offsets are UTF-16 code units. */
export interface Diagnostic {
  readonly file: string;
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly related: readonly {
    readonly file: string;
    readonly start: number;
    readonly end: number;
    readonly message: string;
  }[];
  readonly fixes: readonly Fix[];
  readonly url: string;
}

/** A checked project. */
export interface Program {
  /** The files that it was compiled from. */
  readonly given: readonly PolicyFile[];
  /** The project's own files, sorted by path. */
  readonly files: readonly CheckedFile[];
  /**
   * False where some files were read for their outlines only. Names and types of the others can be relied on; there are no
   * models, no tests, and nothing is found but what all files could only confirm.
   */
  readonly isWhole: boolean;
  /** The project's own policies, sorted by name. */
  readonly policies: readonly PolicyInfo[];
  /** What syntax, names, types and the project's own settings have to say: at hand without any analysis. */
  readonly checks: readonly Diagnostic[];
  /**
   * Looks for what `diagnostics` and `accepted` have beyond the checks, in pieces of work between which something else can be done.
   * Where it is given up, a later program that was compiled with this one as `previous` goes on with what it has found.
   */
  analysis(): Generator<void, void>;
  /** Sorted by file, place and code; those that the project turned off are left out. */
  readonly diagnostics: readonly Diagnostic[];
  /** What a policy has settled with `@accept`, for reports; looked for along with the diagnostics. */
  accepted(policy: string): readonly Accepted[];
  /** The decision model of a policy of the project; null where it has errors or there is no such policy. */
  model(policy: string): Model | null;
  /** Makes the models of all the project's policies in pieces of work, so that `model` and `space` need not make them at once. */
  makeModels(): Generator<void, void>;
  /** What a policy's model can be asked, for questions about some of it; what analysis has made ready is used. Null without a model. */
  space(policy: string): DecisionSpace | null;
  /** The tests of a policy; none where it has no model. */
  tests(policy: string): readonly LoweredTest[];
  /** What is declared, by policy, std included where it is used. */
  readonly scopes: ReadonlyMap<string, PolicyScope>;
  /** Every use of a name in a file, sorted by place. */
  references(file: string): readonly Reference[];
}
