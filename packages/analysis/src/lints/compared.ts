import type { Act, Id, Rule } from "@scruple/model";
import { exampleOf } from "../describe/example.ts";
import { FALSE } from "../node-store.ts";
import type { CellOf } from "../space/cell-of.ts";
import { recipientsOf } from "../space/datum.ts";
import type { HiddenWhere, InteractionSpace } from "../space/interaction-space.ts";
import type { DataNotes } from "./data-notes.ts";
import type { Flagged } from "./flagged.ts";
import type { Seen } from "./interaction.ts";
import { bitOf } from "./left-open.ts";
import { customer, type Reach } from "./reach.ts";

type ComparingLint = "laundering" | "covert-use";

/** Looks for what is allowed though another request, of which it is as good as the same, is not. */
export class Compared {
  private readonly space: InteractionSpace;
  private readonly rules: ReadonlyMap<string, Rule>;
  private readonly notes: DataNotes;
  private readonly reach: Reach;
  private readonly flagged: Flagged;
  /** Sets that have been held against each other. */
  private readonly pairs = { laundering: new Set<number | string>(), "covert-use": new Set<number | string>() };

  constructor(
    space: InteractionSpace,
    rules: ReadonlyMap<string, Rule>,
    ...[notes, reach, flagged]: readonly [DataNotes, Reach, Flagged]
  ) {
    this.space = space;
    this.rules = rules;
    this.notes = notes;
    this.reach = reach;
    this.flagged = flagged;
  }

  look(cell: CellOf, seen: Seen): void {
    if (cell.operation !== "collect") this.laundering(cell, seen);
    if (cell.operation === "use") this.covert(cell, seen);
  }

  /** What is derived is compared with each piece that it is derived from: to infer it, with whether that may be used. */
  private laundering(cell: CellOf, seen: Seen): void {
    if ((this.flagged.left.in(cell.set) & bitOf.laundering) === 0) return;
    const made = this.notes.madeIn(cell.class);
    if (made.length === 0 || this.flagged.hasAll("laundering", seen)) return;
    const { partition, world } = this.space;
    const { sets, keeps } = partition;
    const operation = cell.operation === "infer" ? ("use" as const) : cell.operation;
    for (const { datum, derived, input } of made) {
      for (const purpose of cell.purposes)
        for (const route of cell.routes) {
          const { channel } = route;
          const act: Act = {
            interaction: cell.interaction.id,
            operation,
            field: derived === datum.field ? input : datum.field,
            with: derived === datum.field ? datum.with : input,
            level: datum.level,
            purpose,
            channel,
            recipients: recipientsOf(world, route),
          };
          // The age of an input is its own, and it may be young enough.
          const set = sets.without(partition.setOfAct(act, route), keeps);
          if (!this.isNew("laundering", cell, set, purpose)) continue;
          const part = cell.part([datum], [purpose], [route]);
          this.tell(
            "laundering",
            part,
            this.space.against(part, set, undefined, () => act),
            [derived, input],
          );
          if (this.flagged.hasAll("laundering", seen)) return;
        }
    }
  }

  /** What is used on a channel that reaches the customer is compared with its disclosure there. */
  private covert(cell: CellOf, seen: Seen): void {
    if ((this.flagged.left.in(cell.set) & bitOf["covert-use"]) === 0) return;
    if ((this.reach.ofAny(cell.routes) & customer) === 0 || this.flagged.hasAll("covert-use", seen)) return;
    const { partition } = this.space;
    for (const { datum, set: ofData } of this.notes.disclosuresOf(cell.class))
      for (const purpose of cell.purposes) {
        const ofPurpose = partition.both(ofData, partition.purposeSet(purpose));
        for (const route of cell.routes) {
          if ((this.reach.of(route) & customer) === 0) continue;
          const set = partition.both(ofPurpose, partition.routeSet(route));
          if (!this.isNew("covert-use", cell, set, purpose)) continue;
          const part = cell.part([datum], [purpose], [route]);
          this.tell("covert-use", part, this.space.against(part, set), []);
          if (this.flagged.hasAll("covert-use", seen)) return;
        }
      }
  }

  /** Whether two sets have not been compared yet; for each purpose by itself where that makes a difference beyond what selects. */
  private isNew(lint: ComparingLint, cell: CellOf, set: number, purpose: Id): boolean {
    const compared = this.pairs[lint];
    const { sets, asking } = this.space.partition;
    const isPlain = cell.class.ages === "" && !cell.asksPurpose && !sets.meet(set, asking);
    // Of both sets there are far fewer than two to the twenty-sixth.
    const pair = cell.set * 2 ** 26 + set;
    const key = isPlain ? pair : `${cell.class.ages} ${pair} ${purpose}`;
    if (compared.has(key)) return false;
    compared.add(key);
    return true;
  }

  private tell(
    lint: ComparingLint,
    cell: CellOf,
    { context, decision, hidden }: HiddenWhere,
    words: readonly string[],
  ): void {
    if (hidden === FALSE) return;
    for (const { rule, applies } of decision.rules) {
      const written = this.rules.get(rule.path);
      if (written?.effect !== "allow" || this.flagged.has(lint, rule.path)) continue;
      const both = context.space.diagrams.and(applies, hidden);
      if (both !== FALSE) this.flagged.flag(lint, rule.path, [...words, exampleOf(cell, context, both)]);
    }
  }
}
