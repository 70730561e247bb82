import { Dice } from "./dice.ts";
import { randomExpression } from "./random-expression.ts";
import { randomRule } from "./random-rule.ts";
import { date, joinWords, levels, noWords, time, type Words } from "./random-words.ts";

export interface RandomProject {
  /** The policy to decide for. */
  readonly policy: string;
  /** The policy that it uses. */
  readonly used: string | null;
  /** The names that its rules may use. */
  readonly words: Words;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

const own = "random.shop";
const used = "random.guardrails";

/** A project of one policy, or of two with one using the other, that compiles without an error. */
export function randomProject(seed: number): RandomProject {
  const dice = new Dice(seed);
  const shared = noWords();
  const twoPolicies = dice.chance(0.4);
  const guardrails = twoPolicies ? guardrailsText(dice, shared) : null;
  const words = noWords();
  const declarations = vocabulary(dice, words, shared, "");
  const all = joinWords(dice, words, shared, used);
  const interactions = Array.from({ length: dice.int(1, 3) }, (_, i) => interaction(dice, all, `int_${i}`));
  const rules = Array.from({ length: dice.int(0, 4) }, (_, i) => `glob_${i}: ${randomRule(dice, all, effect(dice))}`);
  const head = `policy ${own}\n${twoPolicies ? `use ${used}\n` : ""}`;
  const body = dice.shuffle([...declarations, ...interactions, ...rules]);
  const cut = dice.chance(0.3) ? dice.int(0, body.length) : body.length;
  const files = [{ path: "shop.scruple", text: `${head}\n${body.slice(0, cut).join("\n")}\n` }];
  if (cut < body.length) files.push({ path: "more.scruple", text: `${head}\n${body.slice(cut).join("\n")}\n` });
  if (guardrails !== null) files.push({ path: "guardrails.scruple", text: guardrails });
  return { policy: own, used: twoPolicies ? used : null, words: all, files };
}

function effect(dice: Dice): "allow" | "deny" {
  return dice.chance(0.8) ? "allow" : "deny";
}

function guardrailsText(dice: Dice, words: Words): string {
  const declarations = vocabulary(dice, words, noWords(), "g_");
  const denials = Array.from({ length: dice.int(0, 3) }, (_, i) => `guard_${i}: ${randomRule(dice, words, "deny")}`);
  // An allow of a used policy, and its interactions, are its own affair.
  const ignored = `elsewhere: allow process any, special\n${interaction(dice, words, "g_int")}`;
  return `policy ${used}\n\n${dice.shuffle([...declarations, ...denials, ignored]).join("\n")}\n`;
}

/** Declares names under a prefix, and refers to those of `known` too. */
function vocabulary(dice: Dice, words: Words, known: Words, prefix: string): string[] {
  const name = (kind: string, index: number) => `${prefix}${kind}_${index}`;
  const lines: string[] = [...common];
  const dag = (
    kind: string,
    list: string[],
    others: readonly string[],
    least: number,
    most: number,
    tail: () => string,
  ) => {
    for (let i = 0; i < dice.int(least, most); i++) {
      const parents = dice.chance(0.5) ? dice.some([...list, ...others], 0, 2) : [];
      const fresh = name(kind, i);
      lines.push(`${kind} ${fresh}${parents.length > 0 ? ` within ${parents.join(", ")}` : ""}${tail()}`);
      list.push(fresh);
    }
  };
  dag("category", words.categories, known.categories, 3, 6, () => dice.maybe(0.12, () => " special"));
  if (prefix === "") {
    lines.push(
      `category place${dice.maybe(0.3, () => " special")} precision ${levels.join(", ")}`,
      "category street within place",
    );
    words.categories.push("place", "street");
  }
  dag("purpose", words.purposes, known.purposes, 2, 5, () => "");
  recipientsAndChannels(dice, words, known, name, lines);
  sources(dice, words, known, name, lines);
  for (let i = 0; i < dice.int(0, 3); i++) {
    lines.push(`condition ${name("cond", i)} = ${randomExpression(dice, joined(words, known))}`);
    words.conditions.push(name("cond", i));
  }
  lines.push(`duty ${prefix}note`, `duty ${prefix}tell(who : text, at : int)`);
  words.duties.push(`${prefix}note`, `${prefix}tell`);
  return lines;
}

function joined(words: Words, known: Words): Words {
  return { ...words, purposes: [...words.purposes, ...known.purposes], conditions: [...words.conditions] };
}

/** Every random policy declares these alike, so that they merge. */
const common = [
  "subject {\n  vip : bool\n  age : int 0..120\n  years : int 0..120\n  region : eu | uk | us\n  tags? : set of gold | new | staffer\n  city : text\n  since : date\n}",
  "facts {\n  nearby : bool\n  distance : int 0..10000\n  day : date\n  elapsed : duration\n  opens : time\n}",
];

type Namer = (kind: string, index: number) => string;

function recipientsAndChannels(dice: Dice, words: Words, known: Words, name: Namer, lines: string[]): void {
  for (let i = 0; i < dice.int(1, 4); i++) {
    const parents = dice.chance(0.4) ? dice.some([...words.recipients, ...known.recipients], 0, 1) : [];
    lines.push(`recipient ${name("rec", i)}${parents.length > 0 ? ` within ${parents[0]}` : ""}`);
    words.recipients.push(name("rec", i));
  }
  const reach = new Map<string, readonly string[]>();
  for (let i = 0; i < dice.int(1, 4); i++) {
    const parents = dice.chance(0.5) ? dice.some([...reach.keys()], 0, 2) : [];
    const allowed = parents.reduce<readonly string[]>(
      (left, parent) => left.filter((recipient) => reach.get(parent)?.includes(recipient)),
      [...words.recipients, ...known.recipients],
    );
    const within = allowed.length > 0 ? parents : [];
    const reaches = dice.some(allowed.length > 0 ? allowed : words.recipients, 1, 2);
    const quiet = dice.maybe(
      0.3,
      () => ` quiet ${time(dice)}..${time(dice)}${dice.maybe(0.5, () => ` except for ${dice.pick(words.purposes)}`)}`,
    );
    reach.set(name("chan", i), reaches);
    lines.push(
      `channel ${name("chan", i)}${within.length > 0 ? ` within ${within.join(", ")}` : ""} reaches ${reaches.join(", ")}${quiet}`,
    );
    words.channels.push(name("chan", i));
  }
}

function sources(dice: Dice, words: Words, known: Words, name: Namer, lines: string[]): void {
  for (let i = 0; i < dice.int(1, 5); i++) {
    const inputs = [...words.sources, ...words.fields, ...known.sources, ...known.fields];
    const origin =
      inputs.length > 0 && dice.chance(0.4)
        ? `derived from ${dice.some(inputs, 1, 2).join(", ")}`
        : dice.pick(["provided", "published", "observed", "public", "third_party"]);
    const purposes = [...words.purposes, ...known.purposes];
    const kept = dice.pick(["", "", " deleted by store", ` except for ${dice.some(purposes, 1, 2).join(", ")}`]);
    const header = [
      `source ${name("src", i)} ${origin}`,
      dice.maybe(0.4, () => ` collected for ${dice.some(purposes, 1, 2).join(", ")}`),
      dice.maybe(0.1, () => ` under consent for ${dice.pick(purposes)}`),
      dice.maybe(0.4, () => ` keep at most ${dice.int(5, 400)} days${kept}`),
    ].join("");
    const fields = Array.from({ length: dice.int(1, 4) }, (_, j) => {
      words.fields.push(`${name("src", i)}.f${j}`);
      return `  f${j} : ${dice.some([...words.categories, ...known.categories], 1, 2).join(", ")}`;
    });
    lines.push(`${header} {\n${fields.join("\n")}\n}`);
    words.sources.push(name("src", i));
  }
}

function interaction(dice: Dice, words: Words, name: string): string {
  words.interactions.push(name);
  const rules = Array.from({ length: dice.int(1, 7) }, (_, i) => {
    const label = dice.maybe(0.7, () => `r${i}: `);
    return `  ${label}${randomRule(dice, words, effect(dice))}`;
  });
  return [
    `interaction ${name}${dice.pick([" started by company", " started by customer", ""])}${dice.maybe(0.2, () => ` until ${date(dice)}`)} {`,
    `  purposes ${dice.some(words.purposes, 1, 3).join(", ")}`,
    `  channels ${dice.some(words.channels, 1, 3).join(", ")}`,
    ...rules,
    "}",
  ].join("\n");
}
