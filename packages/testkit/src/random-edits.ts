import { Dice } from "./dice.ts";
import { randomProject } from "./random-policy.ts";
import { scales } from "./random-scale.ts";

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** A small policy in the place of a random one, so that more edits tell. */
const small = `policy random.shop
category place precision exact, city
category name
recipient rec_0
purpose purpose_0
purpose purpose_1 within purpose_0
channel chan_0 reaches rec_0
subject { age : int 0..120 years : int 0..120 vip : bool }
source src_0 provided { f0 : place f1 : name }
interaction int_0 {
  purposes purpose_0
  channels chan_0, kiosk
  r0: allow use src_0.f0 at city when subject.vip
}
`;

/** What the random projects do not have: tests, promises, std, policies that use policies that use others, errors. */
const extra: readonly TextFile[] = [
  {
    path: "extra.scruple",
    text: `policy random.shop
use std.purposes
interaction extra started by customer {
  purposes purpose_0, purpose_1
  channels chan_0
  first: allow use src_0.f0 when grown
  second: deny use any for purpose_1 at half unless busy
  allow use things.t when subject.mood = calm then log(what = "t")
}
`,
  },
  {
    path: "more.test.scruple",
    text: `policy random.shop
use random.rules

/// Everybody of age.
condition grown = subject.age > 17 and not subject.age < subject.years
channel kiosk reaches rec_0
deny_kiosk: deny use src_0 on kiosk when grown

promise "kiosks stay quiet" {
  never use things.t on kiosk when grown
}
test "a kiosk" {
  in int_0 for purpose_0 on kiosk
  given subject.age = 20, consent for purpose_1
  expect allow use src_0.f0
  expect deny use things.t because deny_kiosk, extra.first, extra.#3, random.rules/loud.quiet
}
`,
  },
  {
    path: "rules.scruple",
    text: `policy random.rules
use random.base
category thing within bare
channel loud reaches everybody quiet 22:00..06:00
purpose noise
duty log(what : text)
source things provided { t : thing }
condition busy = subject.age > 3 and subject.mood = calm
louder: deny use things.t on loud at half
`,
  },
  {
    path: "base.scruple",
    text: `policy random.base
category bare
recipient everybody
recipient somebody within everybody
subject { age : int 0..120 mood? : calm | glad }
basic: deny use any at half
`,
  },
  {
    path: "alone.scruple",
    text: `policy random.alone
category lone precision whole, half
hints: deny use bare, things.t for noise on loud to everybody at half when busy
`,
  },
  {
    path: "wrong.scruple",
    text: `policy random.wrong
use random.rules
purpose loud
twice: deny use things.t, things.s for thing on loud then log
`,
  },
  {
    path: "wrong-again.scruple",
    text: `policy random.wrong
use random.base
purpose loud within noise
category everybody within bare
test "where" {
  in nowhere for loud on loud to somebody
  given subject.moood = glad
  expect deny use things.t at halv because twise, louder
}
`,
  },
];

/** Texts to put somewhere: most of them are a line that is right in one place and wrong in another. */
const pieces = [
  "category thing",
  "category bare precision whole",
  "category bare within thing",
  "recipient somebody",
  "source things observed keep at most 3 days { t : bare s : thing }",
  "use random.base",
  "use random.rules",
  "category fresh within thing precision whole, quarter",
  "purpose fresh within noise",
  "purpose purpose_0",
  "recipient fresh within everybody",
  "channel fresh within loud reaches everybody quiet 22:00..06:00",
  "channel int_0 reaches rec_0",
  "condition busy = busy or grown",
  "condition fresh = subject.age = subject.since and nearby",
  "condition other = subject.age < subject.distance",
  "duty note(what : text)",
  "duty tell(`__proto__` : text)",
  "subject { age : int 0..9 mood? : calm | glad }",
  "facts { distance : text fresh : bool }",
  "source src_0 provided { f0 : place f9 : thing }",
  "source fresh derived from src_0, fresh { x : place, thing }",
  "fresh: deny use src_0.f0, fresh.x on fresh to fresh at quarter when fresh then note",
  "glob_0: deny use fresh",
  'test "a kiosk" { in extra for noise on fresh to everybody expect deny use src_0.f0 because extra.first, extra.#2, glob_0 }',
  'test "of others" { in int_0 for purpose_0 on kiosk to fresh given mood = calm expect deny use src_1.f9 at half then tell }',
  'promise "p" { always allow use src_0.f9 for fresh }',
  "use std.purposes",
  "use std.recipients",
  "use random.guardrails",
  "use random.shop",
  "use nobody.there",
  "policy random.shop",
  "policy random.rules",
  "policy std.purposes",
  "interaction fresh { purposes fresh, puropse_0 channels kiosk allow use src_0 then note(what = 3) }",
  "allow use src_0.f0 for marketing on kioks when subject.aeg > 3 except { to everybody | when busy }",
  'third: allow process any for noise then tell(`__proto__` = "x", at = 4)',
  '@accept("untold", "because")',
  "/// A line of documentation.",
  "// A comment.",
  "",
  "{",
  "}",
  "when",
  '"',
  "/*",
];

/** Files that are edited again and again: what breaks one may be taken back later. */
export class RandomEdits {
  private readonly dice: Dice;
  private readonly earlier: (readonly TextFile[])[] = [];
  files: readonly TextFile[];

  constructor(seed: number) {
    this.dice = new Dice(seed);
    const files = this.dice.chance(0.7)
      ? [{ path: "shop.scruple", text: small }]
      : randomProject(seed, scales.usual).files;
    this.files = [...files, ...extra];
  }

  /** The files after one more edit. */
  next(): readonly TextFile[] {
    const { dice } = this;
    const last = this.earlier.at(-1);
    if (last !== undefined && dice.chance(0.55)) {
      this.earlier.pop();
      this.files = last;
      return last;
    }
    this.earlier.push(this.files);
    const at = dice.int(0, this.files.length - 1);
    const { path, text } = this.files[at]!;
    const replaced = (change: string) => this.files.with(at, { path, text: change });
    const kind = dice.int(0, 15);
    if (kind < 2) this.files = this.files.toSpliced(at, 1);
    else if (kind === 2)
      this.files = [...this.files, { path: `added-${dice.int(0, 3)}.scruple`, text: this.added(text) }];
    else if (kind === 3) this.files = this.files.with(at, { path: `renamed-${dice.int(0, 3)}.scruple`, text });
    else this.files = replaced(kind < 11 ? this.inLines(text) : this.inWords(text));
    if (this.files.length === 0) this.files = [{ path, text }];
    return this.files;
  }

  private added(text: string): string {
    const lines = text.split("\n");
    const from = this.dice.int(1, lines.length);
    return [lines[0], ...lines.slice(from, from + this.dice.int(1, 8)), this.dice.pick(pieces)].join("\n");
  }

  private inLines(text: string): string {
    const { dice } = this;
    const lines = text.split("\n");
    const at = dice.int(0, lines.length - 1);
    // Most pieces are right between declarations, and only the first words of these are seen from elsewhere.
    const starts = lines.flatMap((line, index) => (index > 0 && /^\w/.test(line) ? [index] : []));
    const start = starts.length > 0 ? dice.pick(starts) : at;
    switch (dice.int(0, 6)) {
      case 0:
        return lines.toSpliced(at, 1).join("\n");
      case 1:
        return lines.toSpliced(at, 0, lines[dice.int(0, lines.length - 1)]!).join("\n");
      case 2:
        return lines.toSpliced(at, 0, dice.pick(dice.pick(this.files).text.split("\n"))).join("\n");
      case 3:
        return lines.with(start, lines[start]!.replace(/^(\w+) (\w+)/, "$1 $2x")).join("\n");
      case 4:
        return lines
          .with(start, lines[start]!.replace(/^(\w+):? (deny|allow)/, dice.pick(["$1x: $2", "$1: allow"])))
          .join("\n");
      default:
        return lines.toSpliced(dice.chance(0.7) ? start : at, 0, dice.pick(pieces)).join("\n");
    }
  }

  private inWords(text: string): string {
    const { dice } = this;
    const words: readonly string[] = text.match(/\w+|\s+|./g) ?? [];
    if (words.length === 0) return dice.pick(pieces);
    const at = dice.int(0, words.length - 1);
    switch (dice.int(0, 5)) {
      case 0:
        return words.toSpliced(at, 1).join("");
      case 1:
        return words.toSpliced(at, 0, dice.pick(words)).join("");
      case 2:
        return words.with(at, dice.pick(words)).join("");
      case 3:
        return words.with(at, `${words[at]!.slice(0, -1)}x`).join("");
      case 4:
        return words.toSpliced(at, 0, dice.pick([" ", "\n", "\n// so\n", "\n/// so\n"])).join("");
      default: {
        const [old, fresh] = [words[at]!, dice.pick(words)];
        return words.map((word) => (word === old ? fresh : word)).join("");
      }
    }
  }
}
