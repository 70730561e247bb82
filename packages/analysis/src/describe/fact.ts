import type { Type } from "@scruple/model";
import type { Domain } from "../theory/domain.ts";
import { describeClasses, namePath } from "./values.ts";

/** What a set of values of a fact, unknown first, says of it: alternatives. Nothing where it may have any. */
export function describeFact(of: string, type: Type, domain: Domain, mask: Uint8Array): readonly string[] {
  const fact = namePath(of);
  const classes = mask.subarray(1);
  const isUnknown = mask[0] === 1;
  if (classes.every((one) => one === 1)) return isUnknown ? [] : [`${fact} is known`];
  const known = classes.every((one) => one === 0) ? [] : describeClasses(fact, type, domain, classes);
  return [...known, ...(isUnknown ? [`${fact} is unknown`] : [])];
}
