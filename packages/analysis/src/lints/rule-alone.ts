import { type Act, bearingOfRule, type Id, type Operation } from "@scruple/model";
import { FALSE } from "../node-store.ts";
import { constantOverKnownFacts } from "../questions.ts";
import { joined, type Route, recipientsOf } from "../space/datum.ts";
import type { InteractionPartition } from "../space/interaction-partition.ts";
import type { InteractionSpace } from "../space/interaction-space.ts";
import type { Item } from "../space/items.ts";
import { Pairing } from "../space/pairing.ts";
import { TooLargeError } from "../too-large-error.ts";
import { clausesOf, exceptionPaths, withoutException } from "./clauses.ts";

/** What a rule comes to within the bounds of an interaction, whatever other rules say. */
export interface RuleAlone {
  /** There are requests that it selects. */
  selected: boolean;
  /** Under some facts it applies to some of them. */
  applies: boolean;
  /** Exceptions that change its condition, by their indices. */
  readonly bitten: Set<string>;
  /** What its clauses come to over known facts; null where that varies. */
  readonly constants: Map<string, boolean | null>;
}

/** The same of all the bounds that a rule is looked at in. */
export function joinedAlone(all: readonly RuleAlone[]): RuleAlone {
  const constants = new Map<string, boolean | null>();
  for (const one of all)
    for (const [key, value] of one.constants)
      constants.set(key, constants.has(key) && constants.get(key) !== value ? null : value);
  return {
    selected: all.some(({ selected }) => selected),
    applies: all.some(({ applies }) => applies),
    bitten: new Set(all.flatMap(({ bitten }) => [...bitten])),
    constants,
  };
}

/** Looks at every way in which a rule and its exceptions select requests, and at nothing else that selects them. */
export function ruleAlone(space: InteractionSpace, root: number): RuleAlone {
  const { partition, world } = space;
  const rule = partition.root(root).item.rule!;
  const about: RuleAlone = { selected: false, applies: false, bitten: new Set(), constants: new Map() };
  const paths = exceptionPaths(rule.exceptions);
  const asks = partition.sets.has(partition.asking, partition.root(root).at);
  const clauses = clausesOf(rule);
  try {
    for (const { set, act, purposes } of waysOf(partition, root)) {
      about.selected = true;
      const bearing = paths.filter((_, index) => partition.sets.has(set, partition.root(root).at + 1 + index));
      for (const purpose of asks ? purposes : [null]) {
        const one = purpose === null ? act : { ...act, purpose };
        space.readRule(
          root,
          set,
          () => one,
          purpose,
          ({ condition, applies }, context) => {
            if (applies !== FALSE) about.applies = true;
            for (const path of bearing) {
              if (about.bitten.has(path.join())) continue;
              const without = bearingOfRule(world, withoutException(rule, path)).condition(one);
              if (context.condition(without) !== condition) about.bitten.add(path.join());
            }
            for (const { expr, key } of clauses) {
              if (about.constants.get(key) === null) continue;
              const constant = constantOverKnownFacts(context.space.diagrams, context.expression(expr));
              const before = about.constants.get(key);
              about.constants.set(key, before === undefined || before === constant ? constant : null);
            }
          },
        );
        if (!asks) break;
      }
    }
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    // Nothing is said of what is not known.
    return { selected: true, applies: true, bitten: new Set(paths.map((path) => path.join())), constants: new Map() };
  }
  return about;
}

/** Requests that the same of a rule's exceptions select. */
interface Way {
  readonly set: number;
  readonly act: Act;
  readonly purposes: readonly Id[];
}

function waysOf(partition: InteractionPartition, root: number): readonly Way[] {
  const { sets } = partition;
  const { item, at } = partition.root(root);
  if (item.exceptions.length === 0) return onlyWay(partition, root);
  const whole = partition.wholeOf(root);
  const ways = new Map<number, Way & { readonly purposes: Id[] }>();
  const purposes = grouped(partition.purposes, (one) => sets.both(partition.purposeSet(one), whole));
  const routes = grouped(partition.routes, (one) => sets.both(partition.routeSet(one), whole));
  for (const operation of item.operations) {
    const mask = partition.operationSet(operation);
    if (!sets.has(mask, at)) continue;
    for (const [ofData, datum] of operation === "combine" ? pairsOf(partition, root) : placesOf(partition, root)) {
      for (const [ofPurpose, some] of purposes) {
        for (const [ofRoute, [route]] of routes) {
          const set = partition.both(partition.both(ofData, ofPurpose), ofRoute);
          if (!sets.has(set, at)) continue;
          const known = ways.get(set);
          if (known !== undefined) known.purposes.push(...some.filter((one) => !known.purposes.includes(one)));
          else ways.set(set, { set, act: actOf(partition, operation, datum, some[0]!, route!), purposes: [...some] });
        }
      }
    }
  }
  return [...ways.values()];
}

/** Without exceptions there is one at most. */
function onlyWay(partition: InteractionPartition, root: number): readonly Way[] {
  const { sets } = partition;
  const { item, at } = partition.root(root);
  const purposes = partition.purposes.filter((one) => sets.has(partition.purposeSet(one), at));
  const route = partition.routes.find((one) => sets.has(partition.routeSet(one), at));
  if (purposes.length === 0 || route === undefined) return [];
  for (const operation of item.operations) {
    if (!sets.has(partition.operationSet(operation), at)) continue;
    const [places] = (operation === "combine" ? pairsOf(partition, root) : placesOf(partition, root)).values();
    if (places === undefined) continue;
    return [{ set: partition.wholeOf(root), act: actOf(partition, operation, places, purposes[0]!, route), purposes }];
  }
  return [];
}

function actOf(
  { interaction: { id }, world, ground }: InteractionPartition,
  operation: Operation,
  [one, other]: Places,
  purpose: Id,
  route: Route,
): Act {
  const datum = other === null ? ground.datumOf(one) : joined(world, ground.places[one]!, ground.places[other]!)!;
  const { field, with: joinedWith, level } = datum;
  const { channel } = route;
  return {
    interaction: id,
    operation,
    field,
    with: joinedWith,
    level,
    purpose,
    channel,
    recipients: recipientsOf(world, route),
  };
}

/** One place, or two that are joined. */
type Places = readonly [number, number | null];

/** The ways in which a rule and its exceptions select data that is asked for alone, each with a place. */
function placesOf(partition: InteractionPartition, root: number): ReadonlyMap<number, Places> {
  const { sets } = partition;
  const { item } = partition.root(root);
  const whole = partition.wholeOf(root);
  const named = partition.aloneOf(root);
  const ways = new Map<number, Places>();
  if (!item.exceptions.some(namesData)) {
    const first = named.indexOf(1);
    if (first >= 0) ways.set(sets.both(partition.placeSet(first), whole), [first, null]);
    return ways;
  }
  for (let place = 0; place < named.length; place++) {
    if (named[place] !== 1) continue;
    const set = sets.both(partition.placeSet(place), whole);
    if (!ways.has(set)) ways.set(set, [place, null]);
  }
  return ways;
}

function namesData({ selector: { data, with: joined, level }, exceptions }: Item): boolean {
  return data !== null || joined !== null || level !== null || exceptions.some(namesData);
}

/** The same of pairs. */
function pairsOf(partition: InteractionPartition, root: number): ReadonlyMap<number, Places> {
  const { ground, world } = partition;
  const { placeSets, places } = ground;
  const pairing = new Pairing(partition, partition.wholeOf(root));
  const kinds = new Map<string, number[]>();
  for (const place of placeSets.places.keys()) {
    const kind = pairing.kindOf(place);
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [place]);
    else known.push(place);
  }
  const ways = new Map<number, Places>();
  const list = [...kinds.values()];
  for (const [index, ones] of list.entries()) {
    for (const others of list.slice(index)) {
      const set = pairing.setOf(ones[0]!, others[0]!);
      if (ways.has(set) || !partition.sets.has(set, partition.root(root).at)) continue;
      for (const one of ones) {
        const other = others.find((place) => joined(world, places[one]!, places[place]!) !== null);
        if (other === undefined) continue;
        ways.set(set, [one, other]);
        break;
      }
    }
  }
  return ways;
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [value]);
    else known.push(value);
  }
  return groups;
}
