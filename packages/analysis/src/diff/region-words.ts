import type { Context } from "../context.ts";
import { cover } from "../cover.ts";
import { type Cube, cubeDiagram } from "../cube.ts";
import { describeCube, describeRegion } from "../describe/describe.ts";
import { FALSE, type Node } from "../node-store.ts";

/** Stands for alternatives that are not told. */
export const unsaid = "…";

/** More alternatives than these are not told apart in words. */
const mostAlternatives = 12;
/** As many are said by what they leave out, where that is one thing. */
const manyAlternatives = 3;

/** Alternatives that together are a region; or one, `X unless Y`: where X holds and Y is not known to. */
export function regionWords(context: Context, node: Node): readonly string[] {
  const { entries, complete } = describeRegion(context, node, mostAlternatives);
  if (complete && entries.length < manyAlternatives) return entries;
  const exception = exceptionWords(context, node);
  if (exception !== null) return [exception];
  return complete ? entries : [...entries, unsaid];
}

function exceptionWords(context: Context, node: Node): string | null {
  const found = withException(context, node);
  if (found === null) return null;
  const { around, exception } = found;
  const words = describeCube(context, around);
  const condition = around.size === 0 ? "" : words.includes(" or ") ? `(${words}) ` : `${words} `;
  return `${condition}unless ${describeCube(context, exception)}`;
}

/** Two cubes, so that the region is where the first holds and the second does not; null where there are none. */
export function withException(
  context: Context,
  node: Node,
): { readonly around: Cube; readonly exception: Cube } | null {
  const { diagrams } = context.space;
  const { cubes, rest } = cover(context.space, node, mostAlternatives);
  const around: Cube = rest === FALSE ? common(cubes) : new Map();
  const outside = diagrams.and(cubeDiagram(diagrams, around), diagrams.not(node));
  const left = cover(context.space, outside, 1);
  const [cube] = left.cubes;
  if (cube === undefined || left.rest !== FALSE) return null;
  return {
    around,
    exception: new Map([...cube].filter(([variable, values]) => !isSame(values, around.get(variable)))),
  };
}

/** The least cube around some. */
function common([first, ...others]: readonly Cube[]): Cube {
  const around = new Map<number, Uint8Array>();
  for (const [variable, values] of first ?? []) {
    const all = others.map((cube) => cube.get(variable));
    const union = values.map((value, index) => (value === 1 || all.some((one) => one?.[index] === 1) ? 1 : 0));
    if (all.every((one) => one !== undefined) && union.includes(0)) around.set(variable, union);
  }
  return around;
}

function isSame(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && one.every((value, index) => value === other[index]);
}
