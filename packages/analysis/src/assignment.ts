import { evaluate, type FactName, type Moment, pieceAges, type Value } from "@scruple/model";
import type { Context } from "./context.ts";
import { ofAges } from "./theory/ages.ts";
import { classOf } from "./theory/domain.ts";
import type { Relation } from "./theory/pair.ts";
import { type About, type ChainVariable, isSameAbout, type PairVariable, type Variable } from "./theory/variable.ts";

/** A value for some variables, by their place in the order. */
export type Assignment = ReadonlyMap<number, number>;

/** Facts, consents and objections of a request, as its diagrams see them. `data.age` is among the facts. */
export type GivenFacts = Pick<Moment, "channel" | "facts" | "consents" | "objections">;

/** The value of every variable of a context for the facts of one request. */
export function assignmentOf(context: Context, given: GivenFacts): Assignment {
  const { space, occasion } = context;
  const moment: Moment = { world: space.world, ...occasion, ...given };
  return new Map(context.variables.map((variable) => [variable.index, valueIn(context, variable, moment)]));
}

function valueIn(context: Context, variable: Variable, moment: Moment): number {
  switch (variable.kind) {
    case "fact": {
      const value = moment.facts.get(variable.fact);
      return value === undefined ? 0 : (classOf(variable.domain, value) ?? -1) + 1;
    }
    case "pair":
      return combinationOf(variable, moment.facts.get(variable.facts[0]), moment.facts.get(variable.facts[1]));
    case "chain":
      return inChain(variable, moment);
    case "older":
    case "younger":
      return ageOf(context, variable.kind, moment);
    case "known":
      if (variable.fact === "consents") return moment.consents === undefined ? 0 : 1;
      if (variable.fact === "objections") return moment.objections === undefined ? 0 : 1;
      return moment.facts.has(variable.fact) ? 1 : 0;
    case "member":
      return (moment.facts.get(variable.fact) as readonly string[] | undefined)?.includes(variable.member) ? 1 : 0;
    case "consent":
      return consentTo(context, variable.about, moment);
    case "objection":
      return objectionTo(context, variable.about, moment);
  }
}

function combinationOf({ domains, combinations, facts }: PairVariable, left?: Value, right?: Value): number {
  const [i, j] = [left, right].map((value, side) => (value === undefined ? null : classOf(domains[side]!, value)));
  const index = combinations.findIndex(
    (one) => one.left === i && one.right === j && isRelated(one.relation, left, right),
  );
  if (index < 0) throw new Error(`\`${facts[0]}\` or \`${facts[1]}\` is no value of its type.`);
  return index;
}

function inChain({ domains, combinations, facts, links }: ChainVariable, moment: Moment): number {
  const values = facts.map((fact) => moment.facts.get(fact));
  const classes = values.map((value, i) => (value === undefined ? null : classOf(domains[i]!, value)));
  const index = combinations.findIndex(
    (one) =>
      one.classes.every((each, i) => each === classes[i]) &&
      links.every(([i, j], at) => isRelated(one.relations[at]!, values[i], values[j])),
  );
  if (index < 0) throw new Error(`One of \`${facts.join("`, `")}\` is no value of its type.`);
  return index;
}

function isRelated(relation: Relation | null, left?: Value, right?: Value): boolean {
  if (left === undefined || right === undefined) return relation === null;
  if (relation === "!=") return left !== right;
  return relation === (left < right ? "<" : left === right ? "=" : ">");
}

function ageOf({ space }: Context, kind: "older" | "younger", { facts }: Moment): number {
  const classIn = (piece: FactName) => {
    const age = facts.get(piece);
    return age === undefined ? null : (classOf(space.domain("data.age"), age) ?? null);
  };
  return ofAges({ data: classIn(pieceAges.data), with: classIn(pieceAges.with) })[kind];
}

function consentTo({ consents, occasion }: Context, about: About, moment: Moment): number {
  if (moment.consents === undefined) return 0;
  if (about === "any") return moment.consents.some(({ purpose }) => purpose === null) && isAnyHere(moment) ? 1 : 0;
  const purpose = about === "request" ? occasion.purpose : about.purpose;
  if (!consents?.given.has(purpose)) return 0;
  const asks = (explicit: boolean) => evaluate({ op: "consent", explicit, purpose }, moment) === true;
  return asks(true) ? 2 : asks(false) ? 1 : 0;
}

/** Whether a consent to anything is among those for the request's channel. */
function isAnyHere(moment: Moment): boolean {
  const anything = moment.consents?.filter(({ purpose }) => purpose === null) ?? [];
  return evaluate({ op: "consent", explicit: false, purpose: null }, { ...moment, consents: anything }) === true;
}

/** Made, if all that it would reach is objected to: then that there are others instead makes no difference. */
function objectionTo(context: Context, about: About, moment: Moment): number {
  const meant = (other: FactName | "any") => isSameAbout(context.aboutOf(other), about);
  const objection = context.objections?.made.find((one) => meant(one.about));
  if (objection === undefined || moment.objections === undefined) return 0;
  const isObjected = (purpose: string) => evaluate({ op: "objection", purpose }, moment) === true;
  return [...objection.reaches].every(isObjected) ? 1 : 0;
}
