import type { Annotation, Described, Id, Position } from "@scruple/model";
import type { Decorated, Path, Range } from "@scruple/syntax";
import type { Members } from "../binder/members.ts";
import type { Meaning } from "../binder/resolve.ts";
import type { FileCheck } from "../checker/file-check.ts";
import { undecorated } from "./written.ts";

/**
 * What the steps of lowering one file share. A policy is lowered only if it and all that it uses are free of errors,
 * so every name means something and every condition is there.
 */
export class Lowering {
  readonly check: FileCheck;
  readonly members: Members;
  /** The policy that the model decides for. */
  readonly policy: string;
  /** The place of the file among those of the model. */
  readonly index: number;

  constructor(check: FileCheck, members: Members, policy: string, index: number) {
    this.check = check;
    this.members = members;
    this.policy = policy;
    this.index = index;
  }

  position(range: Range): Position {
    const { lines } = this.check.unit;
    const start = lines.position(range.start);
    const end = lines.position(range.end);
    return { file: this.index, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }

  /**
   * A new object, to add the rest to by `Object.assign`: V8 gives each object of a literal that begins with a spread a hidden class of
   * its own, which is slow to make, and whatever reads many of them is slow ever after.
   */
  described(node: Decorated): Described {
    return {
      doc: node.docs.map((line) => line.text).join("\n"),
      annotations: node.annotations.map((annotation): Annotation => {
        const args = annotation.args.map((literal) => (literal.kind === "duration" ? literal.seconds : literal.value));
        return { name: annotation.name.text, args };
      }),
      at: this.position(undecorated(this.check.unit, node)),
    };
  }

  meaning(path: Path): Meaning {
    return this.check.meanings.get(path) ?? null;
  }

  /** The id that a path was found to mean. */
  id(path: Path): Id {
    const meaning = this.meaning(path);
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
