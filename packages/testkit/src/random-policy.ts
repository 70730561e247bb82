import { Dice } from "./dice.ts";
import { fewKinds, randomExpression } from "./random-expression.ts";
import { randomRule } from "./random-rule.ts";
import { type Scale, type Span, scaleOf } from "./random-scale.ts";
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
export function randomProject(seed: number, scale: Scale = scaleOf(seed)): RandomProject {
  const dice = new Dice(seed);
  const kinds = scale.kinds === null ? null : dice.some([...Array(fewKinds).keys()], ...scale.kinds);
  const shared = noWords(scale, kinds);
  const twoPolicies = dice.chance(scale.twoPolicies);
  const guardrails = twoPolicies ? guardrailsText(dice, shared) : null;
  const words = noWords(scale, kinds);
  const declarations = vocabulary(dice, words, shared, "");
  const all = joinWords(dice, words, shared, used);
  const interactions = Array.from({ length: dice.int(...scale.interactions) }, (_, i) =>
    interaction(dice, all, `int_${i}`),
  );
  const rules = Array.from(
    { length: dice.int(...scale.outside) },
    (_, i) => `glob_${i}: ${randomRule(dice, all, effect(dice))}`,
  );
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
  const declarations = vocabulary(dice, words, noWords(words.scale), "g_");
  const denials = Array.from({ length: dice.int(0, 3) }, (_, i) => `guard_${i}: ${randomRule(dice, words, "deny")}`);
  // An allow of a used policy, and its interactions, are its own affair.
  const ignored = `elsewhere: allow process any, special\n${interaction(dice, words, "g_int")}`;
  return `policy ${used}\n\n${dice.shuffle([...declarations, ...denials, ignored]).join("\n")}\n`;
}

/** Declares names under a prefix, and refers to those of `known` too. */
function vocabulary(dice: Dice, words: Words, known: Words, prefix: string): string[] {
  const name = (kind: string, index: number) => `${prefix}${kind}_${index}`;
  const { scale } = words;
  const lines: string[] = [...common, ...more(scale.more)];
  const dag = (kind: string, list: string[], others: readonly string[], [least, most]: Span, tail: () => string) => {
    for (let i = 0; i < dice.int(least, most); i++) {
      const parents = parentsFrom(dice, scale, list, others);
      const fresh = name(kind, i);
      lines.push(`${kind} ${fresh}${parents.length > 0 ? ` within ${parents.join(", ")}` : ""}${tail()}`);
      list.push(fresh);
    }
  };
  dag("category", words.categories, known.categories, scale.categories, () => dice.maybe(0.12, () => " special"));
  if (prefix === "") {
    lines.push(
      `category place${dice.maybe(0.3, () => " special")} precision ${levels.join(", ")}`,
      "category street within place",
    );
    words.categories.push("place", "street");
  }
  dag("purpose", words.purposes, known.purposes, scale.purposes, () => "");
  recipientsAndChannels(dice, words, known, name, lines);
  sources(dice, words, known, name, lines);
  for (let i = 0; i < dice.int(...scale.conditions); i++) {
    lines.push(`condition ${name("cond", i)} = ${randomExpression(dice, joined(words, known))}`);
    words.conditions.push(name("cond", i));
  }
  lines.push(`duty ${prefix}note`, `duty ${prefix}tell(\`__proto__\` : text, at : int)`);
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

/** So many more values of each kind. */
function more(count: number): readonly string[] {
  if (count === 0) return [];
  const named = (name: string) => Array.from({ length: count }, (_, i) => `${name}_${i}`);
  return [
    `subject {\n  plan : ${named("plan").join(" | ")}\n  badges : set of ${named("badge").join(" | ")}\n}`,
    `facts {\n${named("flag")
      .map((flag) => `  ${flag} : bool`)
      .join("\n")}\n}`,
  ];
}

function parentsFrom(
  dice: Dice,
  { parents: { chance, most, last } }: Scale,
  own: readonly string[],
  others: readonly string[] = [],
): readonly string[] {
  return dice.chance(chance) ? dice.some([...own.slice(-last), ...others], 0, most) : [];
}

type Namer = (kind: string, index: number) => string;

function recipientsAndChannels(dice: Dice, words: Words, known: Words, name: Namer, lines: string[]): void {
  const { scale } = words;
  for (let i = 0; i < dice.int(...scale.recipients); i++) {
    const parents = dice.chance(0.4) ? dice.some([...words.recipients, ...known.recipients], 0, 1) : [];
    lines.push(`recipient ${name("rec", i)}${parents.length > 0 ? ` within ${parents[0]}` : ""}`);
    words.recipients.push(name("rec", i));
  }
  const reach = new Map<string, readonly string[]>();
  for (let i = 0; i < dice.int(...scale.channels); i++) {
    const parents = parentsFrom(dice, scale, [...reach.keys()]);
    const allowed = parents.reduce<readonly string[]>(
      (left, parent) => left.filter((recipient) => reach.get(parent)?.includes(recipient)),
      [...words.recipients, ...known.recipients],
    );
    const within = allowed.length > 0 ? parents : [];
    const reaches = dice.some(allowed.length > 0 ? allowed : words.recipients, 1, 2);
    const quiet = dice.maybe(
      0.3 * scale.timed,
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
  for (let i = 0; i < dice.int(...words.scale.sources); i++) {
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
      dice.maybe(
        0.4 * words.scale.timed,
        () => ` keep at most ${words.kinds === null ? dice.int(5, 400) : 10} days${kept}`,
      ),
    ].join("");
    const fields = Array.from({ length: dice.int(...words.scale.fields) }, (_, j) => {
      words.fields.push(`${name("src", i)}.f${j}`);
      return `  f${j} : ${dice.some([...words.categories, ...known.categories], 1, 2).join(", ")}`;
    });
    lines.push(`${header} {\n${fields.join("\n")}\n}`);
    words.sources.push(name("src", i));
  }
}

function interaction(dice: Dice, words: Words, name: string): string {
  words.interactions.push(name);
  const { scale } = words;
  const rules = Array.from({ length: dice.int(...scale.rules) }, (_, i) => {
    const label = dice.maybe(0.7, () => `r${i}: `);
    return `  ${label}${randomRule(dice, words, effect(dice))}`;
  });
  return [
    `interaction ${name}${dice.pick([" started by company", " started by customer", ""])}${dice.maybe(0.2 * scale.timed, () => ` until ${date(dice)}`)} {`,
    `  purposes ${dice.some(words.purposes, ...scale.bounds).join(", ")}`,
    `  channels ${dice.some(words.channels, ...scale.bounds).join(", ")}`,
    ...rules,
    "}",
  ].join("\n");
}
