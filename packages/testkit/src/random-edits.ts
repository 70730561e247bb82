import { Dice } from "./dice.ts";
import { randomProject } from "./random-policy.ts";

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What the random projects do not have: tests, promises, std, attributes that are compared, names that clash. */
const more = `policy random.shop
use std.purposes
use random.rules

/// Everybody of age.
condition grown = subject.age > 17 and not subject.age < subject.years
channel kiosk reaches rec_0
deny_kiosk: deny use src_0 on kiosk when grown

promise "kiosks stay quiet" {
  never use src_0 on kiosk when grown
}
test "a kiosk" {
  in int_0 for purpose_0 on chan_0
  given subject.age = 20, consent for purpose_1
  expect allow use src_0.f0
  expect deny use src_0.f0 because deny_kiosk, extra.first
}
`;
const rules = `policy random.rules
category bare precision whole, half
category thing within bare
recipient everybody
channel loud reaches everybody
purpose noise
duty log(what : text)
source things provided { t : thing }
condition busy = subject.age > 3
subject { age : int 0..120 }
`;
const interactions = `policy random.shop
interaction extra started by customer {
  purposes purpose_0, purpose_1
  channels chan_0
  first: allow use src_0.f0 when grown
  second: deny use any for purpose_1 unless grown
}
`;

/** Texts to put somewhere: most of them are a line that is right in one place and wrong in another. */
const pieces = [
  "category thing",
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
  "duty tell(who : text)",
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
  'third: allow process any for noise then tell(who = "x", at = 4)',
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
    const { files } = randomProject(seed);
    const extra = [
      { path: "extra.scruple", text: interactions },
      { path: "more.test.scruple", text: more },
      { path: "rules.scruple", text: rules },
    ];
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
    const kind = dice.int(0, 19);
    if (kind === 0) this.files = this.files.toSpliced(at, 1);
    else if (kind === 1)
      this.files = [...this.files, { path: `added-${dice.int(0, 3)}.scruple`, text: this.added(text) }];
    else if (kind === 2) this.files = this.files.with(at, { path: `renamed-${dice.int(0, 3)}.scruple`, text });
    else this.files = replaced(kind < 10 ? this.inLines(text) : this.inWords(text));
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
    switch (dice.int(0, 3)) {
      case 0:
        return lines.toSpliced(at, 1).join("\n");
      case 1:
        return lines.toSpliced(at, 0, lines[dice.int(0, lines.length - 1)]!).join("\n");
      case 2:
        return lines.toSpliced(at, 0, dice.pick(dice.pick(this.files).text.split("\n"))).join("\n");
      default:
        return lines.toSpliced(at, 0, dice.pick(pieces)).join("\n");
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
