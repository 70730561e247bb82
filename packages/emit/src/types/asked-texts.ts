import type { InteractionPartition } from "@scruple/analysis";
import type { Id, Operation, Rule } from "@scruple/model";
import type { Asked, Asking } from "./asked.ts";
import type { CaseTexts } from "./case-texts.ts";
import type { Possible } from "./possible.ts";
import type { Later } from "./unions.ts";

/** By whether that bears on interactions alone that the company starts. */
const aliases = ["AskedEverywhere", "AskedOutbound"] as const;

/** Writes where facts are asked for: what bears on every interaction once, as an alias, and the rest with its interaction. */
export class AskedTexts {
  private readonly asking: Asking;
  private readonly texts: CaseTexts;
  private readonly write: (fields: Iterable<Id>, rules: readonly Rule[]) => Later;
  /** What could be allowed in some interaction. */
  private readonly operations = new Set<Operation>();
  private readonly written = new Set<string>();

  constructor(asking: Asking, texts: CaseTexts, write: (fields: Iterable<Id>, rules: readonly Rule[]) => Later) {
    this.asking = asking;
    this.texts = texts;
    this.write = write;
  }

  /** @param rules Those that bear on it, to write sets of fields with. */
  inside(partition: InteractionPartition, possible: ReadonlyMap<Operation, Possible>, rules: readonly Rule[]): Later {
    const { interaction, purposes, routes } = partition;
    const operations = [...possible.keys()];
    for (const operation of operations) this.operations.add(operation);
    const within = {
      purposes,
      channels: [...new Set(routes.map(({ channel }) => channel))],
      recipients: [...new Set(routes.map(({ recipient }) => recipient))],
    };
    const own = this.asking
      .inside(partition, operations)
      .map((one) => this.texts.asked(one, within, (fields) => this.write(fields, rules)));
    const always = interaction.until === null ? [] : [this.texts.always("today")];
    const named = interaction.startedBy === "customer" ? aliases.slice(0, 1) : aliases;
    return () =>
      [...named.filter((name) => this.written.has(name)), ...always, ...own.map((text) => text())].join(" | ") ||
      "never";
  }

  /** The aliases, once all that is inside is known. */
  outside(rules: readonly Rule[]): Later {
    const all = this.asking.everything;
    const texts = aliases.flatMap((name, index) => {
      const found: readonly Asked[] = this.asking.outside([...this.operations], index === 1);
      if (found.length === 0) return [];
      this.written.add(name);
      const lines = found.map((one) => this.texts.asked(one, all, (fields) => this.write(fields, rules)));
      return [() => `type ${name} =\n${lines.map((line) => `  | ${line()}`).join("\n")};\n`];
    });
    return () => texts.map((text) => text()).join("");
  }
}
