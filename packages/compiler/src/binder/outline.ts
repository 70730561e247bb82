import type { Declaration } from "@scruple/syntax";
import type { Unit } from "../unit.ts";

/** What other files can see of a file. Two texts whose outlines are equal are the same to all other files. */
export interface Outline {
  /** What it uses and declares, but for interactions and rules. Of conditions, only the names can be seen. */
  readonly vocabulary: string;
  /** The names of its interactions and rules. */
  readonly interactions: string;
}

const known = new WeakMap<Unit, Outline>();

export function outlineOf(unit: Unit): Outline {
  let outline = known.get(unit);
  if (outline === undefined) {
    const { declarations } = unit.tree.file;
    outline = {
      vocabulary: JSON.stringify(declarations.map(vocabularyOf).filter(isThere), withoutPlaces),
      interactions: JSON.stringify(declarations.map(rulesOf).filter(isThere)),
    };
    known.set(unit, outline);
  }
  return outline;
}

function vocabularyOf(node: Declaration): unknown {
  switch (node.kind) {
    case "interaction":
    case "rule":
    case "promise":
    case "test":
      return null;
    case "condition":
      return [node.kind, node.name.text];
    default:
      return node;
  }
}

function rulesOf(node: Declaration): unknown {
  if (node.kind === "rule") return [node.name?.text, node.effect];
  return node.kind === "interaction" ? [node.name.text, node.rules.map(({ name }) => name?.text)] : null;
}

function isThere(value: unknown): boolean {
  return value !== null;
}

const hidden: ReadonlySet<string> = new Set(["start", "end", "docs", "annotations"]);

/** Leaves out positions, of which the mere presence can be seen, and what is said beside the declarations. */
function withoutPlaces(key: string, value: unknown): unknown {
  return hidden.has(key) ? undefined : value;
}
