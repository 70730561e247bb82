import type { Dice } from "./dice.ts";
import { type Scale, scales } from "./random-scale.ts";

/** The names that a random policy has declared so far, as rules would write them. */
export interface Words {
  readonly scale: Scale;
  /** The kinds of facts that conditions speak of, by number; null for all kinds. */
  readonly kinds: readonly number[] | null;
  readonly categories: string[];
  readonly sources: string[];
  readonly fields: string[];
  readonly purposes: string[];
  readonly recipients: string[];
  readonly channels: string[];
  readonly conditions: string[];
  readonly duties: string[];
  readonly interactions: string[];
}

export function noWords(scale: Scale = scales.usual, kinds: Words["kinds"] = null): Words {
  return {
    scale,
    kinds,
    categories: [],
    sources: [],
    fields: [],
    purposes: [],
    recipients: [],
    channels: [],
    conditions: [],
    duties: [],
    interactions: [],
  };
}

/** The words of two policies, the second's sometimes qualified by its name, as the first may write them. */
export function joinWords(dice: Dice, own: Words, used: Words, policy: string): Words {
  const join = (mine: readonly string[], theirs: readonly string[]) => [
    ...mine,
    ...theirs.map((name) => (dice.chance(0.3) ? `${policy}.${name}` : name)),
  ];
  return {
    scale: own.scale,
    kinds: own.kinds,
    categories: join(own.categories, used.categories),
    sources: join(own.sources, used.sources),
    fields: join(own.fields, used.fields),
    purposes: join(own.purposes, used.purposes),
    recipients: join(own.recipients, used.recipients),
    channels: join(own.channels, used.channels),
    conditions: join(own.conditions, used.conditions),
    duties: join(own.duties, used.duties),
    interactions: own.interactions,
  };
}

export const levels = ["exact", "district", "city"] as const;
export const cities = ["Oslo", "Rome", 'a \\"quoted\\" town'] as const;
export const units = ["hour", "day", "days", "weeks"] as const;

export function time(dice: Dice): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(dice.int(0, 23))}:${two(dice.int(0, 59))}`;
}
export function date(dice: Dice): string {
  return `2026-0${dice.int(1, 9)}-1${dice.int(0, 9)}`;
}
