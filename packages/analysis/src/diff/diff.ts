import { type Decision, evaluator, lastPart, type Model, policyOf, type Rule } from "@scruple/model";
import { type Box, mergeBoxes } from "./boxes.ts";
import { boxOf, cellCount } from "./cell-boxes.ts";
import { type Kind, type Region, regionsOf } from "./cell-regions.ts";
import { joinModels } from "./join-models.ts";
import { generalData, generalRoutes, Naming } from "./naming.ts";
import { matchVocabulary, type Vocabulary } from "./renames.ts";
import { staticSpace } from "./static-cells.ts";
import { strippedFor, witnessOf } from "./witness-request.ts";

/** A region in which two models decide otherwise, with one request out of it, decided by both. */
export interface DiffEntry {
  /** In the names of the second model. Each model is asked without what it does not declare. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly from: Decision["decision"];
  readonly to: Decision["decision"];
  /** Those that decide the request. */
  readonly rules: { readonly from: readonly string[]; readonly to: readonly string[] };
  readonly duties: { readonly from: Decision["duties"]; readonly to: Decision["duties"] };
  readonly limits: { readonly from: Decision["limits"]; readonly to: Decision["limits"] };
  /** How many static combinations it covers: operation, data at a level (of a pair both), purpose, channel, recipient or none. */
  readonly cells: number;
  readonly interactions: readonly string[];
  readonly operations: readonly string[];
  readonly data: readonly string[];
  readonly purposes: readonly string[];
  readonly channels: readonly string[];
  /** Under which facts, in the words of a policy: one of these holds. */
  readonly when: readonly string[];
  readonly causes: readonly Cause[];
}
/** A rule that one model has and the other has not, or says otherwise. */
export interface Cause {
  readonly rule: string;
  readonly change: "added" | "removed" | "changed";
  /** Where it stands: in the second model, or where it is gone, in the first. */
  readonly file: string;
  readonly line: number;
}

export interface Diff {
  readonly policy: string;
  readonly widened: readonly DiffEntry[];
  readonly narrowed: readonly DiffEntry[];
  /** Allowed by both, with other duties or limits. */
  readonly duties: readonly DiffEntry[];
  readonly vocabulary: Vocabulary;
  /** Nothing is decided otherwise, and the vocabulary is the same. */
  readonly equal: boolean;
  /** What could not be compared exactly, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Which requests two models decide otherwise. Each model is asked about all that it declares; what it does not declare (a
 * fact, an attribute) is left out for it.
 *
 * @throws TooLargeError that names the rules with the largest conditions
 */
export function diff(base: Model, head: Model): Diff {
  const { base: before, vocabulary } = matchVocabulary(base, head);
  const joined = joinModels(before, head);
  const space = staticSpace(joined.worlds);
  const notes = [...joined.notes];
  const asked = [evaluator(before), evaluator(head)] as const;
  const naming = new Naming(joined.worlds);
  const found: Record<Kind, DiffEntry[]> = { widened: [], narrowed: [], duties: [] };
  for (const { region, box } of merged(regionsOf(joined, space))) {
    const request = witnessOf(region, space, joined, naming);
    const [from, to] = asked.map(({ decide }, side) => decide(strippedFor(joined.worlds[side]!, request))) as [
      Decision,
      Decision,
    ];
    if (!isAsSaid(region.kind, from, to)) {
      notes.push(
        `A difference was found that no single request shows: ${region.causes.join(", ") || region.when.join(" or ")}.`,
      );
      continue;
    }
    found[region.kind].push({
      request,
      ...{ from: from.decision, to: to.decision },
      rules: { from: from.rules, to: to.rules },
      duties: { from: from.duties, to: to.duties },
      limits: { from: from.limits, to: to.limits },
      cells: cellCount(box, space, joined.worlds),
      interactions: box[0]!.map((id) => naming.interaction(id)),
      operations: box[1]!,
      data: generalData(box[2]!, space, joined.worlds, naming),
      purposes: box[3]!.map((id) => naming.purpose(id)),
      channels: generalRoutes(box[4]!, space, naming),
      when: region.when,
      causes: region.causes.map((path) => causeOf(path, before, head)),
    });
  }
  for (const list of Object.values(found)) list.sort((a, b) => b.cells - a.cells || (keyOf(a) < keyOf(b) ? -1 : 1));
  const isSameVocabulary = [vocabulary.added, vocabulary.removed, vocabulary.renamed, vocabulary.retyped].every(
    (list) => list.length === 0,
  );
  const isSame = Object.values(found).every((list) => list.length === 0) && notes.length === joined.notes.length;
  return { policy: head.policy, ...found, vocabulary, equal: isSame && isSameVocabulary, notes: [...new Set(notes)] };
}

function keyOf({ interactions, data, when }: DiffEntry): string {
  return JSON.stringify([interactions, data, when]);
}

function isAsSaid(kind: Kind, from: Decision, to: Decision): boolean {
  if (kind === "widened") return from.decision === "deny" && to.decision === "allow";
  if (kind === "narrowed") return from.decision === "allow" && to.decision === "deny";
  const binding = ({ duties, limits }: Decision) => JSON.stringify([duties, limits]);
  return from.decision === "allow" && to.decision === "allow" && binding(from) !== binding(to);
}

interface Group {
  readonly owners: Map<string, Region>;
  readonly boxes: Box[];
}

/** Regions with the same facts and the same causes are one, as far as their places make products. */
function merged(regions: Iterable<Region>): readonly { readonly region: Region; readonly box: Box }[] {
  const groups = new Map<string, Group>();
  for (const region of regions) {
    const isCut = region.when.at(-1) === "…";
    const whole = isCut ? `${region.context.key} ${region.where}` : "";
    const key = JSON.stringify([region.kind, region.when, region.causes, whole]);
    const group: Group = groups.get(key) ?? { owners: new Map(), boxes: [] };
    groups.set(key, group);
    for (const cell of region.cells) {
      const box = boxOf(cell);
      group.boxes.push(box);
      group.owners.set(cornerOf(box), { ...region, cells: [cell] });
    }
  }
  return [...groups.values()].flatMap(({ owners, boxes }) =>
    mergeBoxes(boxes).map((box) => ({ region: ownerOf(box, owners), box })),
  );
}

/** The least place of a box. Boxes of cells do not overlap, so it is in one cell alone, and a merged box has one of its cells'. */
function cornerOf(box: Box): string {
  return box.map(([first]) => first).join(" ");
}

/** The region of a cell in a box: its facts are asked in its own context. */
function ownerOf(box: Box, owners: ReadonlyMap<string, Region>): Region {
  const owner = owners.get(cornerOf(box));
  if (owner === undefined) throw new Error("A merged region begins with none of those that it was made of.");
  return owner;
}

function causeOf(path: string, base: Model, head: Model): Cause {
  const at = (model: Model) => {
    const rule = rulesOf(model).get(path);
    if (rule !== undefined) return { file: model.files[rule.at.file] ?? "", line: rule.at.line };
    const name = path.slice(path.indexOf("/") + 1, path.lastIndexOf("."));
    const declared = [...model.sources, ...model.channels].find(
      ({ id }) =>
        lastPart(id) === name &&
        (path.includes("/") ? path.startsWith(`${policyOf(id)}/`) : policyOf(id) === model.policy),
    );
    return declared && { file: model.files[declared.at.file] ?? "", line: declared.at.line };
  };
  const hasRule = (model: Model) => rulesOf(model).has(path);
  const isImplied = !hasRule(base) && !hasRule(head);
  const change = isImplied || (hasRule(base) && hasRule(head)) ? "changed" : hasRule(head) ? "added" : "removed";
  return { rule: path, change, ...(at(head) ?? at(base) ?? { file: "", line: 1 }) };
}

const rules = new WeakMap<Model, ReadonlyMap<string, Rule>>();

function rulesOf(model: Model): ReadonlyMap<string, Rule> {
  const known = rules.get(model) ?? new Map(model.rules.map((rule) => [rule.path, rule]));
  rules.set(model, known);
  return known;
}
