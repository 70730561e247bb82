import type { Act } from "./act.ts";
import { outsideCell } from "./cells.ts";
import { root } from "./diagram.ts";
import type { Engine } from "./engine.ts";
import { part } from "./interaction.ts";

/** Finds the rules that bear on an act: by the diagrams when it is new, by a table when it was asked about before. */
export class Locator {
  private readonly engine: Engine;
  /** Whether two numbers of 31 bits can name every act. */
  private readonly remembers: boolean;
  private readonly purposes: number;
  private readonly channels: number;
  private readonly reaches: number;
  /** The static part of an act, by dimension. */
  private readonly values = new Int32Array(5);

  constructor(engine: Engine) {
    this.engine = engine;
    const [places, , purposes, channels, reaches] = engine.sizes;
    this.purposes = purposes;
    this.channels = channels;
    this.reaches = reaches;
    const contexts = (engine.interactions.length / part.count) * 5 * channels * reaches;
    this.remembers = contexts < 2 ** 31 && places * purposes < 2 ** 31;
  }

  /** @param place The field at its precision. @returns a cell */
  find(act: Act, place: number): number {
    // Pairs are not remembered: there are too many.
    if (!this.remembers || act.joined >= 0) return this.findAnew(act, place);
    const { cells } = this.engine;
    const context = ((act.interaction * 5 + act.operation) * this.channels + act.channel) * this.reaches + act.reach;
    const data = place * this.purposes + act.purpose;
    const known = cells.known(context, data);
    if (known >= 0) return known;
    const cell = this.findAnew(act, place);
    cells.remember(context, data, cell);
    return cell;
  }

  /** The place of a field at the precision that is asked for. */
  placeOf(field: number, precision: string | null): number {
    const level = precision === null ? 0 : (this.engine.scaleOf[field]?.indexOf(precision) ?? 0);
    return (this.engine.placeOf[field] as number) + Math.max(level, 0);
  }

  private findAnew(act: Act, place: number): number {
    const { cells, diagrams, interactionAt, interactions } = this.engine;
    const { values } = this;
    const at = interactionAt(act.interaction);
    const inBounds =
      diagrams.classOf(interactions[at + part.purposes] as number, act.purpose) === 1 &&
      diagrams.classOf(interactions[at + part.channels] as number, act.channel) === 1;
    if (!inBounds) return outsideCell;
    values[0] = place;
    values[2] = act.purpose;
    values[3] = act.channel;
    values[4] = act.reach;
    if (act.joined < 0) return cells.cellOf(this.leafAt(at, act.operation));
    // What bears on both together, and what bears on either.
    values[1] = this.placeOf(act.joined, act.precision);
    const both = cells.join(this.leafAt(at, root.pair), this.leafAt(at, root.first));
    values[0] = values[1] as number;
    return cells.cellOf(cells.join(both, this.leafAt(at, root.second)));
  }

  private leafAt(at: number, from: number): number {
    const { cells, diagrams, furtherRoots, interactions } = this.engine;
    const { values } = this;
    const own = diagrams.walk(interactions[at + part.own + from] as number, values);
    let leaf = cells.join(own, diagrams.walk(interactions[at + part.shared + from] as number, values));
    for (const roots of furtherRoots[at / part.count] ?? [])
      leaf = cells.join(leaf, diagrams.walk(roots[from] as number, values));
    return leaf;
  }
}
