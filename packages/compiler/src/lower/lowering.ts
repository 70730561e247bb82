import type { Annotation, Described, Id, Position } from "@scruple/model";
import type { Decorated, Path, Range } from "@scruple/syntax";
import type { PolicyScope } from "../binder/scope.ts";
import type { Checking } from "../checker/checking.ts";
import type { Unit } from "../unit.ts";
import { undecorated } from "./written.ts";

/**
 * What the steps of lowering one policy share. A policy is lowered only if it and all that it uses are free of errors,
 * so every name means something and every condition is there.
 */
export class Lowering {
  readonly checking: Checking;
  /** The policy that the model decides for. */
  readonly scope: PolicyScope;
  readonly files: readonly string[];
  readonly #fileIndex: ReadonlyMap<string, number>;

  constructor(checking: Checking, scope: PolicyScope, closure: readonly PolicyScope[]) {
    this.checking = checking;
    this.scope = scope;
    this.files = closure
      .flatMap((used) => used.units)
      .map((unit) => unit.path)
      .sort();
    this.#fileIndex = new Map(this.files.map((path, index) => [path, index]));
  }

  position(unit: Unit, range: Range): Position {
    const start = unit.lines.position(range.start);
    const end = unit.lines.position(range.end);
    const file = this.#fileIndex.get(unit.path) ?? 0;
    return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }

  described(unit: Unit, node: Decorated): Described {
    return {
      doc: node.docs.map((line) => line.text).join("\n"),
      annotations: node.annotations.map((annotation): Annotation => {
        const args = annotation.args.map((literal) => (literal.kind === "duration" ? literal.seconds : literal.value));
        return { name: annotation.name.text, args };
      }),
      at: this.position(unit, undecorated(unit, node)),
    };
  }

  /** The id that a path was found to mean. */
  id(path: Path): Id {
    const meaning = this.checking.resolver.meaning(path);
    if (meaning === null || typeof meaning === "string") throw new Error(`unresolved path at ${path.start}`);
    return meaning.id;
  }

  /** The ids of paths, each once, in the order of the text. */
  ids(paths: readonly Path[]): Id[] {
    return [...new Set(paths.map((path) => this.id(path)))];
  }
}

/** Orders by UTF-16 code units. */
export function byKey<T>(key: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}
