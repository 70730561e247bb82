import { spell } from "@scruple/compiler";
import { builtinFacts } from "@scruple/model";
import type { Expr, Literal, Missing, Node, Path, SetLiteral } from "@scruple/syntax";
import { usesIn } from "../names/uses-in.ts";
import type { Snapshot } from "../snapshot.ts";
import { written } from "../words/written.ts";

/** The type of a fact that is still to be declared, by what stands beside its name; null where nothing tells. */
export function factType(snapshot: Snapshot, around: readonly Node[], path: Path): string | null {
  let place = around.indexOf(path) - 1;
  while (around[place - 1]?.kind === "paren") place -= 1;
  const [parent, self] = [around[place - 1], around[place]];
  if (self?.kind === "givenValue") return typeOf(snapshot, self.value);
  switch (parent?.kind) {
    case "compare":
      return typeOf(snapshot, parent.left === self ? parent.right : parent.left);
    case "in":
      return typeOf(snapshot, parent.right);
    case "contains":
      return namesOf([parent.value])?.map((name) => `set of ${name}`)[0] ?? null;
    default:
      return "bool";
  }
}

type Value = Expr | Literal | SetLiteral | Missing;

function typeOf(snapshot: Snapshot, value: Value): string | null {
  switch (value.kind) {
    case "missing":
      return null;
    case "int":
    case "bool":
    case "time":
    case "date":
    case "duration":
      return value.kind;
    case "string":
      return "text";
    case "paren":
      return typeOf(snapshot, value.inner);
    case "range":
      return typeOf(snapshot, value.from);
    case "set": {
      const names = namesOf(value.elements);
      if (names !== null) return names.length > 1 ? names.join(" | ") : null;
      return value.elements[0] === undefined ? null : typeOf(snapshot, value.elements[0]);
    }
    case "ref":
      return typeNamed(snapshot, value.path);
    default:
      return "bool";
  }
}

/** The values that bare names stand for; null where something else stands there. */
function namesOf(values: readonly Value[]): readonly string[] | null {
  const names = values.map((one) => (one.kind === "ref" && one.path.parts.length === 1 ? one.path.parts[0]!.text : ""));
  return names.length === 0 || names.includes("") ? null : [...new Set(names)].map(spell);
}

/** The type of an attribute or a fact, as it is written; of what else has a name, a condition's. */
function typeNamed({ program, file }: Snapshot, { parts }: Path): string {
  const name = parts.map(({ text }) => text).join(".");
  if (Object.hasOwn(builtinFacts, name)) return builtinFacts[name]!.kind;
  const entity = usesIn(program, file).find(({ start }) => start === parts.at(-1)!.start)?.entity;
  if (entity?.kind !== "symbol") return "bool";
  const { kind, node, unit } = entity.symbol;
  return kind === "attribute" || kind === "fact" ? written(unit.text, node.type) : "bool";
}
