import { type Model, nearest } from "@scruple/model";
import type { Objection } from "@scruple/runtime/enforce";
import { purposesOf } from "./purposes.ts";

/** TCF purposes by which other companies follow somebody about: profiles for adverts, and adverts chosen by them. */
const following: readonly unknown[] = [3, 4];
const selling: readonly unknown[] = ["dpv:SellDataToThirdParties"];

export interface GpcOptions {
  /** The purposes that the signal is about. Left out: those of `gpcPurposes`. */
  readonly purposes?: readonly string[];
}

/**
 * Reads Global Privacy Control: the request not to sell or share what is known of somebody, and not to follow them about.
 * It becomes objections on every channel; a signal that is not there says nothing.
 *
 * @returns takes the values of the header `Sec-GPC`
 * @throws Error where an option names what the model does not declare
 */
export function gpcReader(
  model: Model,
  { purposes }: GpcOptions = {},
): (header: string | readonly string[] | null | undefined) => readonly Objection[] {
  const { world, objected } = purposesOf(model);
  const names = world.names.purposes;
  const ids = (purposes ?? gpcPurposes(model)).map((name) => {
    const id = names.get(name) ?? (world.purposes.parents.has(name) ? name : undefined);
    if (id === undefined) throw new Error(`There is no purpose \`${name}\`.${nearest(name, names.keys())}`);
    return id;
  });
  const objections = Object.freeze(objected(ids).map((purpose) => Object.freeze({ purpose, channel: "any" })));
  return (header) => {
    // A proxy may have put several headers into one.
    const values = [header ?? []].flat().flatMap((value) => String(value).split(","));
    return values.some((value) => value.trim() === "1") ? objections : [];
  };
}

/** The purposes of a model that sell or share, or follow somebody about: by their `@dpv` and `@tcf`. */
export function gpcPurposes(model: Model): readonly string[] {
  const { annotated } = purposesOf(model);
  const having = (name: string, wanted: readonly unknown[]) =>
    [...annotated(name)].filter(([, args]) => args.some((one) => wanted.includes(one))).map(([id]) => id);
  return [...new Set([...having("dpv", selling), ...having("tcf", following)])].sort();
}
