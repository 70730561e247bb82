import type { Id, World } from "@scruple/model";

/** Data as a request can ask for it: a field, at a level; at null it comes at what is the finest to each model, which may be no level. */
export interface DataPlace {
  readonly field: Id;
  readonly level: string | null;
}

/** The levels at which requests to several models can ask for fields. What is the finest to one model may not be to another. */
export class AskedLevels {
  private readonly fields = new Map<Id, { readonly levels: Set<string>; finest: string | null }>();

  constructor(worlds: readonly World[]) {
    for (const world of worlds) {
      for (const [field, { levels }] of world.fields) {
        const finest = levels[0] ?? null;
        const known = this.fields.get(field);
        if (known === undefined) this.fields.set(field, { levels: new Set(levels), finest });
        else {
          for (const level of levels) known.levels.add(level);
          if (known.finest !== finest) known.finest = null;
        }
      }
    }
  }

  /** Each once: where all models agree which level is the finest, to ask for none is to ask for that. */
  places(): readonly DataPlace[] {
    return [...this.fields].flatMap(([field, { levels, finest }]) =>
      [...(finest === null ? [null] : []), ...levels].map((level) => ({ field, level })),
    );
  }

  /** What a request has to ask for so that one piece, or both of a pair, come at their places; undefined where nothing does that. */
  askedFor(one: DataPlace, other: DataPlace | null): string | null | undefined {
    return [null, one.level, other?.level ?? null].find(
      (asked) => this.comesAt(one, asked) && (other === null || this.comesAt(other, asked)),
    );
  }

  /** Whether data is at its place when a level is asked for, which may be one that only the piece joined with it has. */
  comesAt({ field, level }: DataPlace, asked: string | null): boolean {
    const { levels, finest } = this.fields.get(field)!;
    return level === (asked !== null && levels.has(asked) ? asked : finest);
  }
}
