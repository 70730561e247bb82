import type { Id } from "@scruple/model";
import type { Apart } from "./apart.ts";
import type { Asked } from "./asked.ts";
import type { Case } from "./cases.ts";
import type { Levels } from "./levels.ts";
import type { Possible } from "./possible.ts";
import type { ShortNames } from "./short-names.ts";
import type { Box } from "./spots.ts";
import { type Later, quoted, type Unions } from "./unions.ts";

/** Writes what goes together, and where facts are asked for, as tuples. What is all that there is, is `unknown`. */
export class CaseTexts {
  private readonly names: ShortNames;
  private readonly unions: Unions;

  constructor(names: ShortNames, unions: Unions) {
    this.names = names;
    this.unions = unions;
  }

  /** `[fields, purposes, channels, recipients, levels, with]`, the last for pairs alone. Null: everything goes with everything. */
  case(one: Case, possible: Possible, write: (fields: Iterable<Id>) => Later): Later | null {
    const fields = (some: readonly Id[]) => (some.length === possible.data.size ? whatever : write(some));
    const parts = [fields(one.data), ...this.where(one, possible), ...(one.with === null ? [] : [fields(one.with)])];
    return parts.every((part) => part === whatever) ? null : tuple(parts);
  }

  /**
   * `[fields, purposes, channels, recipients, levels, others, with]`: `others` is a tuple of what is never all there with one of the
   * fields, and the last is there for pairs alone.
   */
  apart(one: Apart, possible: Possible, write: (fields: Iterable<Id>) => Later): Later {
    const others = tuple(one.others.map((fields) => write(fields)));
    const joined = one.with === null ? [] : [write(one.with)];
    return tuple([write(one.fields), ...this.where(one, possible), others, ...joined]);
  }

  /**
   * `[operations, fields, purposes, channels, recipients, levels, facts, with]`, the last for pairs alone.
   *
   * @param within What could be asked for there at all.
   */
  asked(one: Asked, within: Box, write: (fields: Iterable<Id>) => Later): Later {
    const { purposes, channels, recipients } = this.names;
    const { operations, data, with: joined, box, levels, facts } = one;
    const parts = [
      () => Array.from(operations, quoted).join(" | "),
      data === null ? whatever : write(data),
      this.some(box.purposes, within.purposes, purposes),
      this.some(box.channels, within.channels, channels),
      this.some(box.recipients, within.recipients, recipients),
      levelsText(levels),
      () => facts.map(quoted).join(" | "),
      ...(operations.has("combine") ? [joined === null ? whatever : write(joined)] : []),
    ];
    return tuple(parts);
  }

  /** What is asked wherever something is. */
  always(fact: string): string {
    return `[${["unknown", "unknown", "unknown", "unknown", "unknown", "unknown", quoted(fact)].join(", ")}]`;
  }

  /** Purposes, channels, recipients and levels. */
  private where(one: Box & { readonly levels: Levels | null }, possible: Possible): readonly Later[] {
    const { purposes, channels, recipients } = this.names;
    return [
      this.some(one.purposes, possible.purposes, purposes),
      this.some(one.channels, possible.channels, channels),
      this.some(one.recipients, [null, ...possible.recipients], recipients),
      levelsText(one.levels),
    ];
  }

  private some(of: readonly (Id | null)[], within: Iterable<Id | null>, table: ReadonlyMap<Id, string>): Later {
    const all = [...within];
    const meant = all.filter((id) => of.includes(id));
    if (meant.length === all.length) return whatever;
    const text = this.unions.later(meant.flatMap((id) => (id === null ? [] : (table.get(id) ?? []))));
    if (!meant.includes(null)) return text;
    return meant.length === 1 ? () => "null" : () => `${text()} | null`;
  }
}

const whatever: Later = () => "unknown";

function tuple(parts: readonly Later[]): Later {
  return () => `[${parts.map((part) => part()).join(", ")}]`;
}

function levelsText(levels: Levels | null): Later {
  return levels === null
    ? whatever
    : () => Array.from(levels, (level) => (level === null ? "null" : quoted(level))).join(" | ");
}
