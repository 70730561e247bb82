import { type Id, requestedLevel, type World } from "@scruple/model";

/** Levels that a call may ask for; null among them: it asks for none, and gets the finest. */
export type Levels = ReadonlySet<string | null>;

/** Some fields, at some levels (null: whatever the level), and what was said of them there. */
export interface Leveled {
  readonly fields: readonly Id[];
  readonly levels: Levels | null;
  readonly value: number;
}

/** How what is said of places, which are fields at levels, is said of fields and of the levels that calls ask for. */
export class Scales {
  private readonly fields: readonly { readonly field: Id; readonly first: number; readonly scale: readonly string[] }[];
  private readonly names: readonly string[];

  /** @param places Those of a field one after the other, the finest first. */
  constructor(world: World, places: readonly { readonly field: Id; readonly level: string | null }[]) {
    this.fields = places.flatMap(({ field, level }, first) =>
      level === null ? [{ field, first, scale: world.fields.get(field)?.levels ?? [] }] : [],
    );
    this.names = [...new Set(this.fields.flatMap(({ scale }) => scale))];
  }

  /** Fields that have the same at the same levels, together. @param values By place; 0 is nothing. */
  parts(values: ArrayLike<number>): readonly Leveled[] {
    const whole: Id[][] = [];
    const found = new Map<string, Leveled & { readonly fields: Id[] }>();
    for (const { field, first, scale } of this.fields) {
      const value = values[first] as number;
      if (isAlike(values, first, scale.length)) {
        if (value === 0) continue;
        const fields = whole[value];
        if (fields === undefined) whole[value] = [field];
        else fields.push(field);
        continue;
      }
      for (const [one, levels] of this.split(
        scale,
        (level) => values[first + requestedLevel(scale, level)] as number,
      )) {
        if (one === 0) continue;
        const key = `${one} ${levels && [...levels].join()}`;
        const known = found.get(key);
        if (known === undefined) found.set(key, { fields: [field], levels, value: one });
        else known.fields.push(field);
      }
    }
    return [...whole.flatMap((fields, value) => ({ fields, levels: null, value })), ...found.values()];
  }

  /**
   * By what stands for data at a level, all the levels at which that does. What does not have the level that is asked for comes
   * at its finest.
   *
   * @param scale All levels that the data has.
   */
  split(scale: readonly string[], valueAt: (level: string | null) => number): ReadonlyMap<number, Levels | null> {
    const finest = valueAt(null);
    if (scale.every((level) => valueAt(level) === finest)) return new Map([[finest, null]]);
    const found = new Map<number, Set<string | null>>();
    for (const level of [null, ...this.names]) {
      const value = level !== null && scale.includes(level) ? valueAt(level) : finest;
      const levels = found.get(value);
      if (levels === undefined) found.set(value, new Set([level]));
      else levels.add(level);
    }
    return found;
  }
}

function isAlike(values: ArrayLike<number>, first: number, count: number): boolean {
  for (let i = 1; i < count; i++) if (values[first + i] !== values[first]) return false;
  return true;
}
