import {
  type Decision,
  type Id,
  lastPart,
  type Model,
  policyOf,
  type Rule,
  type Verdict,
  verdicts,
} from "@scruple/model";
import { type Area, CellBoxes } from "./cell-boxes.ts";
import { type Kind, type Leave, regionsOf } from "./cell-regions.ts";
import { type CountedLimit, withCounters } from "./counters.ts";
import { joinModels } from "./join-models.ts";
import { type MergedRegion, mergeRegions } from "./merge-regions.ts";
import { Naming } from "./naming.ts";
import { matchVocabulary, type Vocabulary } from "./renames.ts";
import { staticSpace } from "./static-cells.ts";
import type { Strictness } from "./strictness.ts";
import { summaries } from "./summarise.ts";
import { strippedFor, witnessOf } from "./witness-request.ts";

/** What requests name, each list sorted; operations go by their words. */
export interface DiffArea {
  readonly interactions: readonly string[];
  readonly operations: readonly string[];
  readonly data: readonly string[];
  readonly purposes: readonly string[];
  readonly channels: readonly string[];
}

/** A region in which two models decide otherwise, with one request out of it, decided by both. */
export interface DiffEntry extends DiffArea {
  /** In the names of the second model. Each model is asked without what it does not declare. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly from: Decision["decision"];
  readonly to: Decision["decision"];
  /** Those that decide the request. */
  readonly rules: { readonly from: readonly string[]; readonly to: readonly string[] };
  readonly duties: { readonly from: Decision["duties"]; readonly to: Decision["duties"] };
  readonly limits: { readonly from: readonly CountedLimit[]; readonly to: readonly CountedLimit[] };
  /** Of what is bound otherwise, in which direction; else null. */
  readonly bound: Strictness | null;
  /** How many static combinations it covers: operation, data at a level (of a pair both), purpose, channel, recipient or none. */
  readonly cells: number;
  /** Where not every combination of what the entry names is meant, the products that are; else empty. */
  readonly areas: readonly DiffArea[];
  /** Under which facts, in the words of a policy: one of these holds. `X unless Y`: where X holds and Y is not known to. */
  readonly when: readonly string[];
  /**
   * Null: the region is exactly where `when` says. Else it is there as far as the rules that both models have leave the change to
   * show: where one of them allows (`allowed`), where none of them decides (`silent`), where none of them denies (`undenied`), or,
   * for what binds, where both models allow (`bound`). `varied`: so many rules changed that each interaction is told as a whole. It
   * is about some of the combinations of what the entry names, as many as `cells` counts, each under facts of its own.
   */
  readonly given: Leave | "varied" | null;
  readonly causes: readonly Cause[];
}
/** A rule, an interaction or a declaration that one model has and the other has not, or says otherwise. */
export interface Cause {
  /** As decisions name it; of an interaction its name. */
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
  /** What could not be compared exactly, in sentences: where there is any, more may be decided otherwise than is listed. */
  readonly notes: readonly string[];
}

/** Where more of the interactions' own rules changed, nobody reads what each of them does. */
const mostChangesTold = 400;

export interface DiffOptions {
  /** Where more rules inside interactions changed, the interactions that have them are told each as a whole. */
  readonly mostChangesTold?: number;
}

/**
 * Which requests two models decide otherwise. Each model is asked about all that it declares; what it does not declare (a
 * fact, an attribute) is left out for it.
 *
 * @throws TooLargeError that names the rules with the largest conditions
 */
export function diff(base: Model, head: Model, options: DiffOptions = {}): Diff {
  const { base: renamed, vocabulary } = matchVocabulary(base, head);
  const before = withCounters(renamed, base, head.policy);
  const joined = joinModels(before, head);
  const space = staticSpace(joined.worlds);
  const boxes = new CellBoxes(space);
  const naming = new Naming(joined.worlds, space.places);
  const notes = [...joined.notes];
  const decide = joined.asDeclared.map((world) => verdicts(world));
  const causeOf = causes(before, head);
  const found: Record<Kind, DiffEntry[]> = { widened: [], narrowed: [], duties: [] };
  const changes = [...space.changes.values()].reduce((sum, count) => sum + count, 0);
  const isTold = (id: Id) => changes <= (options.mostChangesTold ?? mostChangesTold) || !space.changes.has(id);
  const regions = [
    ...mergeRegions(regionsOf(joined, space, isTold), boxes),
    ...summaries(joined, space, boxes, (id) => !isTold(id)),
  ];
  for (const merged of regions) {
    const request = witnessOf(merged, space, naming);
    const [from, to] = decide.map((asked, side) => asked(strippedFor(joined.worlds[side]!, request))) as [
      Verdict,
      Verdict,
    ];
    if (!isAsSaid(merged.kind, from, to)) {
      notes.push(
        `A difference was found that no single request shows: ${merged.causes.join(", ") || merged.when.join(" or ")}.`,
      );
      continue;
    }
    found[merged.kind].push({
      request,
      from: from.decision,
      to: to.decision,
      rules: { from: from.rules, to: to.rules },
      duties: { from: from.duties, to: to.duties },
      limits: { from: from.limits, to: to.limits },
      bound: merged.bound,
      cells: merged.areas.reduce((sum, { count }) => sum + count, 0),
      ...namedArea(wholeOf(merged), naming),
      areas: merged.areas.length === 1 ? [] : merged.areas.map((area) => namedArea(area, naming)),
      when: merged.when,
      given: merged.given,
      causes: merged.causes.map(causeOf),
    });
  }
  for (const list of Object.values(found)) list.sort((a, b) => b.cells - a.cells || (keyOf(a) < keyOf(b) ? -1 : 1));
  const isSameVocabulary = [vocabulary.added, vocabulary.removed, vocabulary.renamed, vocabulary.retyped].every(
    (list) => list.length === 0,
  );
  const isSame = notes.length === 0 && Object.values(found).every((list) => list.length === 0);
  return { policy: head.policy, ...found, vocabulary, equal: isSame && isSameVocabulary, notes: [...new Set(notes)] };
}

function keyOf({ interactions, data, when }: DiffEntry): string {
  return JSON.stringify([interactions, data, when]);
}

function isAsSaid(kind: Kind, from: Verdict, to: Verdict): boolean {
  if (kind === "widened") return from.decision === "deny" && to.decision === "allow";
  if (kind === "narrowed") return from.decision === "allow" && to.decision === "deny";
  const binding = ({ duties, limits }: Verdict) => JSON.stringify([duties, limits]);
  return from.decision === "allow" && to.decision === "allow" && binding(from) !== binding(to);
}

type Places = Omit<Area, "count">;

/** All that the areas of a region name. */
function wholeOf({ areas }: MergedRegion): Places {
  if (areas.length === 1) return areas[0]!;
  const all = <K extends keyof Places>(key: K) =>
    [...new Set(areas.flatMap((area) => area[key] as readonly unknown[]))] as unknown as Places[K];
  return {
    interactions: all("interactions"),
    operations: all("operations"),
    data: all("data"),
    pairs: all("pairs"),
    purposes: all("purposes"),
    routes: all("routes"),
  };
}

function namedArea({ interactions, operations, data, pairs, purposes, routes }: Places, naming: Naming): DiffArea {
  return {
    interactions: interactions.map((index) => naming.interactionAt(index)).sort(),
    operations: [...operations].sort(),
    data: naming.generalData(data, pairs),
    purposes: purposes.map((index) => naming.purposeAt(index)).sort(),
    channels: naming.generalRoutes(routes),
  };
}

/** Looks up what the path of a cause names. */
function causes(base: Model, head: Model): (path: string) => Cause {
  const byPath = ({ rules }: Model) => new Map(rules.map((rule) => [rule.path, rule]));
  const [before, after] = [byPath(base), byPath(head)];
  const at = (model: Model, rules: ReadonlyMap<string, Rule>, path: string) => {
    const declared = rules.get(path) ?? model.interactions.find(({ name }) => name === path) ?? declaredBy(model, path);
    return declared && { file: model.files[declared.at.file] ?? "", line: declared.at.line };
  };
  return (path) => {
    const [here, there] = [at(base, before, path), at(head, after, path)];
    const change = here === undefined ? "added" : there === undefined ? "removed" : "changed";
    return { rule: path, change, ...(there ?? here ?? { file: "", line: 1 }) };
  };
}

/** The source or the channel that implies a denial. */
function declaredBy(model: Model, path: string) {
  const name = path.slice(path.indexOf("/") + 1, path.lastIndexOf("."));
  return [...model.sources, ...model.channels].find(
    ({ id }) =>
      lastPart(id) === name &&
      (path.includes("/") ? path.startsWith(`${policyOf(id)}/`) : policyOf(id) === model.policy),
  );
}
