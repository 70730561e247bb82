import { compile } from "@scruple/compiler";
import {
  type BoundLimit,
  type Decision,
  evaluator,
  type Id,
  indexModel,
  lastPart,
  type Model,
  policyOf,
  type World,
} from "@scruple/model";
import { Dice, randomProject, randomRequests, type WireRequest } from "@scruple/testkit";
import { expect, test } from "vitest";
import { decidedOtherwise } from "../testing/decided-otherwise.ts";
import { RegionsAt } from "../testing/kinds-at.ts";
import { mutateModel } from "../testing/mutate-model.ts";
import { renamedText } from "../testing/renamed-text.ts";
import { withCounters } from "./counters.ts";
import { diff } from "./diff.ts";
import { joinModels } from "./join-models.ts";
import { matchVocabulary, type Renamed } from "./renames.ts";
import { strippedFor } from "./witness-request.ts";

const count = Number(process.env.SCRUPLE_RANDOM_DIFFS ?? 120);

/** Words of random policies, and what they may be called: what is declared, what only looks like a name, and what ties to data. */
const words = [
  "int_0",
  "purpose_0",
  "purpose_1",
  "chan_0",
  "rec_0",
  "category_0",
  "src_0",
  "f0",
  "nearby",
  "vip",
  "note",
];
const policies = ["random.shop", "other.shop", "random"];

interface Pair {
  readonly seed: number;
  readonly base: Model;
  readonly head: Model;
  readonly policy: string;
}

/** A policy before and after some of its names are others, and now and then a rule is. */
function* pairs(): Generator<Pair> {
  for (let seed = 1; seed <= count; seed++) {
    const dice = new Dice(seed);
    const { files, policy } = randomProject(seed);
    const names = new Map(dice.some(words, 0, 3).map((word) => [word, `${word}_now`]));
    const name = dice.pick(policies);
    const [base, renamed] = [files, files.map(({ path, text }) => ({ path, text: renamedText(text, names) }))].map(
      (texts, side) => {
        const named =
          side === 0 ? texts : texts.map(({ path, text }) => ({ path, text: withPolicy(text, policy, name) }));
        const made = compile(named.map(withTexts)).model(side === 0 ? policy : name);
        if (made === null) throw new Error(`The random project ${seed} does not compile.`);
        return limited(made, seed);
      },
    ) as [Model, Model];
    yield { seed, base, head: dice.chance(0.4) ? mutateModel(renamed, dice) : renamed, policy: name };
  }
}

function withPolicy(text: string, policy: string, name: string): string {
  return text
    .replace(`policy ${policy}\n`, `policy ${name}\n`)
    .replaceAll(new RegExp(`(?<![\\w."])${policy}\\.`, "g"), `${name}.`);
}
/** A policy, or a request, with texts that look like names. */
function withTexts<T extends object>(one: T): T {
  const texts = JSON.stringify(one)
    .replaceAll(/(\\?")Oslo\1/g, "$1random.shop.purpose_0$1")
    .replaceAll(/(\\?")dpo\1/g, "$1random.shop.chan_0$1");
  return JSON.parse(texts) as T;
}

/** Denials that limit, the same ones whatever anything is called. */
function limited(model: Model, seed: number): Model {
  const rules = model.rules.map((rule) => {
    const dice = new Dice(seed + [...lastPart(rule.path)].reduce((sum, char) => sum + char.charCodeAt(0), 0));
    if (rule.effect === "allow" || dice.chance(0.5)) return rule;
    return { ...rule, limit: { count: 2, per: 3_600, by: dice.pick(["subject", "subject+channel"] as const) } };
  });
  return { ...model, rules };
}

/** A request in the names of the second model, as it is put to the first: what is certainly the same goes by its old name. */
function putBack(
  raw: WireRequest,
  { names }: World,
  base: Model,
  renamed: readonly Renamed[],
  policy: string,
): WireRequest {
  const olds = new Map(renamed.map(({ kind, from, to }) => [`${kind} ${to}`, from]));
  const id = (kind: string, now: Id) => {
    const source = kind === "field" ? olds.get(`source ${policyOf(now)}`) : undefined;
    const named = source === undefined ? (olds.get(`${kind} ${now}`) ?? now) : `${source}.${lastPart(now)}`;
    const owner = kind === "field" ? policyOf(policyOf(named)) : policyOf(named);
    return owner === policy ? base.policy + named.slice(policy.length) : named;
  };
  const back = (kind: "interaction" | "field" | "purpose" | "channel" | "recipient") => (name: unknown) => {
    const now = typeof name === "string" ? names[`${kind}s`].get(name) : undefined;
    return now === undefined ? name : id(kind, now);
  };
  const piece = (given: unknown) =>
    typeof given === "object" && given !== null && "field" in given
      ? { ...given, field: back("field")(given.field) }
      : back("field")(given);
  const permissions = (given: unknown) =>
    Array.isArray(given)
      ? given.map((one) => ({ ...one, purpose: back("purpose")(one.purpose), channel: back("channel")(one.channel) }))
      : given;
  return {
    ...raw,
    interaction: back("interaction")(raw.interaction),
    data: Array.isArray(raw.data) ? raw.data.map(piece) : piece(raw.data),
    ...(raw.with ? { with: piece(raw.with) } : {}),
    purpose: back("purpose")(raw.purpose),
    channel: back("channel")(raw.channel),
    ...(raw.recipient === undefined ? {} : { recipient: back("recipient")(raw.recipient) }),
    ...(raw.consents === undefined ? {} : { consents: permissions(raw.consents) }),
    ...(raw.objections === undefined ? {} : { objections: permissions(raw.objections) }),
  };
}

/** A decision with what its limits count under in the place of their rules, as a guard has it. */
function counted(decision: Decision, { policy }: Model, channel: unknown): Decision {
  const counter = ({ rule, by }: BoundLimit) =>
    `${policy}/${rule}${by === "subject" ? "" : `#${lastPart(String(channel))}`}`;
  return { ...decision, limits: decision.limits.map((limit) => ({ ...limit, rule: counter(limit) })) };
}

test("where names are others, the regions are those that both evaluators show, limits counted as guards do", () => {
  const seen = { same: 0, widened: 0, narrowed: 0, looser: 0, tighter: 0, otherwise: 0 };
  const kinds = new Set<string>();
  for (const { seed, base, head, policy } of pairs()) {
    const { base: renamed, vocabulary } = matchVocabulary(base, head);
    for (const { kind } of vocabulary.renamed) kinds.add(kind);
    const joined = joinModels(withCounters(renamed, base, head.policy), head);
    if (joined.notes.length > 0) continue;
    const regions = new RegionsAt(joined);
    const decide = [evaluator(base), evaluator(head)] as const;
    const before = indexModel(base);
    for (const one of [renamed, head].flatMap((model) => randomRequests(model, seed, 60))) {
      const raw: WireRequest = withTexts({ ...one, subject: one.subject ?? {} });
      const found = regions.kinds(raw);
      if (found === null) continue;
      const mine = strippedFor(joined.asDeclared[0], raw);
      const old = strippedFor(before, putBack(mine, joined.asDeclared[0], base, vocabulary.renamed, policy));
      const from = counted(decide[0].decide(old), base, old.channel);
      const to = counted(decide[1].decide(strippedFor(joined.asDeclared[1], raw)), head, raw.channel);
      if (from.errors.length > 0 && to.errors.length > 0) continue;
      const expected = decidedOtherwise(from, to);
      expect(found, JSON.stringify({ seed, raw, old, renamed: vocabulary.renamed })).toEqual(
        expected === null ? [] : [expected],
      );
      seen[expected ?? "same"]++;
    }
  }
  expect(Math.min(seen.same, seen.widened, seen.narrowed, seen.otherwise)).toBeGreaterThan(count / 10);
  for (const kind of ["policy", "interaction", "purpose", "channel", "recipient", "category", "source"])
    expect(kinds).toContain(kind);
  for (const kind of ["field", "attribute", "fact", "duty"]) expect(kinds).not.toContain(kind);
});

test("where names are others, each entry shows a request", () => {
  let entries = 0;
  for (const { seed, base, head } of pairs()) {
    const [decide, world] = [evaluator(head), indexModel(head)];
    for (const options of [{}, { mostChangesTold: 0 }]) {
      const difference = diff(base, head, options);
      expect(
        difference.notes.filter((note) => note.includes("no single request")),
        String(seed),
      ).toEqual([]);
      for (const { request, to, rules } of [...difference.widened, ...difference.narrowed, ...difference.duties]) {
        const decision = decide.decide(strippedFor(world, request));
        expect([decision.decision, decision.rules], JSON.stringify({ seed, request })).toEqual([to, rules.to]);
        entries++;
      }
    }
  }
  expect(entries).toBeGreaterThan(count);
});
