import {
  type Expr,
  evaluate,
  type FactName,
  type Id,
  type Moment,
  pieceAges,
  type Value,
  type World,
} from "@scruple/model";
import type { RuleDiagrams } from "./cell.ts";
import { type Atom, atomsOf, atomText } from "./conditions.ts";
import { Context, type Occasion } from "./context.ts";
import { Diagrams } from "./diagrams.ts";
import { FALSE, type Node, TRUE, UNKNOWN } from "./node-store.ts";
import { mentionsOfAll } from "./personal.ts";
import { ages } from "./theory/ages.ts";
import { chainCombinations, mostInChain } from "./theory/chain.ts";
import { classCount, classOf, type Domain, domainOf, exampleOf } from "./theory/domain.ts";
import { examplesOf } from "./theory/examples.ts";
import { factsOf, MentionedFacts } from "./theory/mentioned-facts.ts";
import { combinations, combinationsWithUnknown, mostCombinations } from "./theory/pair.ts";
import type { About, ChainVariable, KnownFacts, PairVariable, Variable } from "./theory/variable.ts";
import { TooLargeError } from "./too-large-error.ts";

export interface SpaceOptions {
  /** How many nodes its diagrams may take together. */
  readonly limit?: number;
}

/** Two facts that are compared, each with hundreds of constants of its own. */
const mostValues = 200_000;

/**
 * The facts that some expressions mention, as variables of decision diagrams. A space answers questions about these
 * expressions and parts of them; what else is asked it refuses. Variables stand in the order in which the expressions mention
 * them, since facts that meet in a condition should be neighbours.
 *
 * @throws TooLargeError
 */
export class FactSpace {
  readonly world: World;
  readonly diagrams: Diagrams;
  readonly expressions: readonly Expr[];
  private readonly list: Variable[] = [];
  private readonly byKey = new Map<string, number>();
  private readonly mentioned: MentionedFacts;
  /** Used again for every test, with other facts. */
  private readonly moment: Moment & { facts: KnownFacts };
  /** By what they are, and by what they say: rules of many interactions say the same. */
  private readonly atoms = new WeakMap<Expr, Node>();
  private readonly atomsByText = new Map<string, Node>();
  private readonly examples = new Map<number, readonly KnownFacts[]>();
  private readonly domains = new Map<FactName, Domain>();
  private readonly contexts = new Map<string, Context>();
  private readonly contextsByMentions = new Map<string, Context>();
  /** Diagrams of conditions by what consents, objections and `outbound` come to; contexts that agree there share them. */
  private readonly memos = new Map<string, ConditionMemo>();

  constructor(world: World, expressions: readonly Expr[], options: SpaceOptions = {}) {
    this.world = world;
    this.expressions = expressions;
    this.moment = { ...anywhere, world };
    this.diagrams = new Diagrams(options.limit);
    const atoms = [...atomsOf(world, expressions)];
    this.mentioned = new MentionedFacts(world, atoms);
    for (const atom of atoms) this.place(atom);
  }

  /** By their place in the order. */
  get variables(): readonly Variable[] {
    return this.list;
  }

  /** What is asked about one kind of request: by default all expressions of the space, else some of them. */
  context(occasion: Occasion, expressions: readonly Expr[] = this.expressions): Context {
    const mentions = mentionsOfAll(this.world, expressions);
    const asked = `${occasion.startedBy} ${occasion.purpose} ${[...mentions.keys()]}`;
    const known = this.contextsByMentions.get(asked);
    if (known !== undefined) return known;
    const made = new Context(this, occasion, mentions);
    const context = this.contexts.get(made.key) ?? made;
    this.contexts.set(context.key, context);
    this.contextsByMentions.set(asked, context);
    return context;
  }

  /**
   * Whether the space can answer about these expressions too: all their facts are mentioned, and compared with no constants but
   * those. So a space may outlive an edit that brings none.
   */
  covers(expressions: Iterable<Expr>): boolean {
    for (const atom of atomsOf(this.world, expressions)) if (!this.coversAtom(atom)) return false;
    return true;
  }

  /** The diagram of what speaks of facts alone. */
  factAtom(atom: Atom): Node {
    const known = this.atoms.get(atom);
    if (known !== undefined) return known;
    const text = atomText(atom);
    const node = this.atomsByText.get(text) ?? this.atomOf(atom);
    this.atoms.set(atom, node);
    this.atomsByText.set(text, node);
    return node;
  }

  /** The variable that a fact is part of; undefined where no expression mentions it. */
  variableOf(fact: FactName): Variable | undefined {
    const index = this.byKey.get(`fact ${fact}`) ?? this.byKey.get(`known ${fact}`);
    return index === undefined ? undefined : this.list[index];
  }
  /** The variables that the age of the data is part of, or, of a pair, the ages of its pieces. */
  get ageVariables(): readonly number[] {
    const age = this.variableOf("data.age");
    return [age?.index, this.byKey.get("older"), this.byKey.get("younger")].filter((index) => index !== undefined);
  }
  memberVariable(fact: FactName, member: string): number | undefined {
    return this.byKey.get(`member ${fact} ${member}`);
  }
  knownVariable(fact: FactName): number {
    return this.byKey.get(`known ${fact}`) ?? this.add(`known ${fact}`, 2, { kind: "known", fact });
  }
  personalVariable(kind: "consent" | "objection", about: About): number {
    const key = `${kind} ${typeof about === "string" ? about : about.purpose}`;
    return this.byKey.get(key) ?? this.add(key, kind === "consent" ? 3 : 2, { kind, about });
  }

  /** What facts a value of a variable stands for, as an example. */
  exampleFacts(variable: Variable, value: number): KnownFacts {
    const known = this.examples.get(variable.index) ?? examplesOf(variable);
    this.examples.set(variable.index, known);
    return known[value] ?? none;
  }

  memo(key: string): ConditionMemo {
    const known = this.memos.get(key) ?? { expressions: new WeakMap(), conditions: new Map(), rules: new WeakMap() };
    this.memos.set(key, known);
    return known;
  }

  // ---------------------------------------------------------------------------------------------------------- insides

  private coversAtom(atom: Atom): boolean {
    return this.mentioned.covers(atom) && (!isPieceAge(atom) || this.byKey.has("older"));
  }

  private atomOf(atom: Atom): Node {
    if (!this.coversAtom(atom)) throw new Error("The space was not made for this condition.");
    if (atom.op === "contains") return this.contains(atom.fact, atom.value);
    return isPieceAge(atom) ? this.testedPiece(atom) : this.tested(atom);
  }

  private contains(fact: FactName, member: string): Node {
    const { diagrams } = this;
    const has = diagrams.branch(this.byKey.get(`member ${fact} ${member}`)!, (value) => (value === 0 ? FALSE : TRUE));
    return diagrams.branch(this.knownVariable(fact), (value) => (value === 0 ? UNKNOWN : has));
  }

  /** Asks the reference evaluator about an example of each class: there is one meaning of conditions, and this is not a second. */
  private tested(atom: Atom): Node {
    const fact = factsOf(atom)[0] as FactName;
    const variable = this.variableOf(fact) as Variable;
    if ((variable.kind !== "pair" && variable.kind !== "chain") || atom.op === "compareFacts")
      return this.diagrams.branch(variable.index, (value) => this.outcome(atom, this.exampleFacts(variable, value)));
    const outcomes = this.outcomesByClass(atom, fact, this.domain(fact));
    if (variable.kind === "chain") {
      const place = variable.facts.indexOf(fact);
      return this.diagrams.branch(
        variable.index,
        (value) => outcomes[(variable.combinations[value]!.classes[place] ?? -1) + 1]!,
      );
    }
    const side = variable.facts[0] === fact ? "left" : "right";
    return this.diagrams.branch(variable.index, (value) => outcomes[(variable.combinations[value]![side] ?? -1) + 1]!);
  }

  /** How a test of one fact comes out: unknown, then by class. */
  private outcomesByClass(atom: Atom, fact: FactName, domain: Domain): readonly Node[] {
    const classes = Array.from({ length: classCount(domain) }, (_, index) => index);
    return [
      this.outcome(atom, none),
      ...classes.map((index) => this.outcome(atom, new Map([[fact, exampleOf(domain, index)]]))),
    ];
  }

  private testedPiece(atom: PieceAge): Node {
    const variable = this.variableOf("data.age") as Variable;
    const piece = atom.fact === pieceAges.data ? "data" : "with";
    const domain = this.domain("data.age");
    const outcomes = this.outcomesByClass(atom, atom.fact, domain);
    const [olderPiece, youngerAge] = [this.byKey.get("older")!, this.byKey.get("younger")!];
    const byOldest = [null, ...Array(classCount(domain)).keys()].map((oldest) =>
      this.diagrams.branch(olderPiece, (older) =>
        this.diagrams.branch(youngerAge, (younger) => outcomes[(ages(oldest, older, younger)[piece] ?? -1) + 1]!),
      ),
    );
    return this.diagrams.branch(variable.index, (value) => {
      const age = this.exampleFacts(variable, value).get("data.age");
      return byOldest[age === undefined ? 0 : classOf(domain, age)! + 1]!;
    });
  }

  private outcome(atom: Atom, facts: KnownFacts): Node {
    this.moment.facts = facts;
    const outcome = evaluate(atom, this.moment);
    return outcome === "unknown" ? UNKNOWN : outcome ? TRUE : FALSE;
  }

  private place(atom: Atom): void {
    if (atom.op === "consent" || atom.op === "objection") {
      this.knownVariable(`${atom.op}s`);
      this.personalVariable(atom.op, atom.purpose === null ? "request" : { purpose: atom.purpose });
    } else if (atom.op === "contains") {
      const { fact, value: member } = atom;
      this.knownVariable(fact);
      const key = `member ${fact} ${member}`;
      if (!this.byKey.has(key)) this.add(key, 2, { kind: "member", fact, member });
    } else {
      for (const fact of factsOf(atom)) this.placeFact(fact);
      if (isPieceAge(atom) && !this.byKey.has("older")) {
        const domain = this.domain("data.age");
        this.add("older", 2, { kind: "older" });
        this.add("younger", classCount(domain) + 1, { kind: "younger", domain });
      }
    }
  }

  private placeFact(fact: FactName): void {
    if (this.byKey.has(`fact ${fact}`)) return;
    const facts = this.mentioned.linkedWith(fact);
    const [type, domain] = [this.mentioned.typeOf(fact), this.domain(fact)];
    if (facts.length === 1) this.add(`fact ${fact}`, classCount(domain) + 1, { kind: "fact", fact, type, domain });
    else {
      const linked = facts.length === 2 ? this.pair([fact, facts[1]!]) : this.chain(facts);
      const index = this.add(`fact ${fact}`, linked.combinations.length, linked);
      for (const other of facts) this.byKey.set(`fact ${other}`, index);
    }
  }

  private chain(facts: readonly FactName[]): ChainVariable {
    const domains = facts.map((fact) => this.domain(fact));
    const links = facts.flatMap((one, i) =>
      facts.flatMap((other, j) => (i < j && this.mentioned.areCompared(one, other) ? [[i, j] as const] : [])),
    );
    if (mostInChain(domains, links) > mostValues)
      throw new TooLargeError(mostValues, [], `combinations of \`${facts.join("`, `")}\``);
    const combinations = chainCombinations(domains, links);
    return {
      kind: "chain",
      facts,
      types: facts.map((fact) => this.mentioned.typeOf(fact)),
      domains,
      links,
      combinations,
    };
  }

  private pair(facts: readonly [FactName, FactName]): PairVariable {
    const domains = [this.domain(facts[0]), this.domain(facts[1])] as const;
    if (mostCombinations(...domains) > mostValues)
      throw new TooLargeError(mostValues, [], `combinations of \`${facts[0]}\` and \`${facts[1]}\``);
    return {
      kind: "pair",
      facts,
      types: [this.mentioned.typeOf(facts[0]), this.mentioned.typeOf(facts[1])],
      domains,
      combinations: [...combinations(...domains)],
    };
  }

  /** The values of a mentioned fact, in classes. */
  domain(fact: FactName): Domain {
    const known = this.domains.get(fact);
    if (known !== undefined) return known;
    const domain = domainOf(this.mentioned.typeOf(fact), this.mentioned.constantsOf(fact));
    this.domains.set(fact, domain);
    return domain;
  }

  private add(key: string, arity: number, what: Unplaced): number {
    const unknowns = unknownsOf(what);
    const index = this.diagrams.addVariable(arity, unknowns);
    this.list.push(Object.assign(what, { index, arity, unknowns }));
    this.byKey.set(key, index);
    return index;
  }
}

type PieceAge = Extract<Atom, { readonly op: "compare" | "in" | "between" | "fact" }>;

function isPieceAge(atom: Atom): atom is PieceAge {
  return "fact" in atom && (atom.fact === pieceAges.data || atom.fact === pieceAges.with);
}

export interface ConditionMemo {
  readonly expressions: WeakMap<Expr, Node>;
  readonly conditions: Map<Id, Node>;
  /** By what stands for a rule. */
  readonly rules: WeakMap<object, Pick<RuleDiagrams, "condition" | "applies">>;
}

type Unplaced = Variable extends infer V
  ? V extends Variable
    ? Omit<V, "index" | "arity" | "unknowns">
    : never
  : never;

function unknownsOf(what: Unplaced): number {
  if (what.kind === "chain") return what.combinations.filter(({ classes }) => classes.includes(null)).length;
  if (what.kind === "pair") return combinationsWithUnknown(...what.domains);
  return what.kind === "fact" || what.kind === "younger" || what.kind === "known" ? 1 : 0;
}

const none: KnownFacts = new Map<FactName, Value>();
/** For atoms that ask for facts alone. */
const anywhere = {
  startedBy: null,
  purpose: "",
  channel: "",
  consents: undefined,
  objections: undefined,
  facts: none,
};
