import type { Id } from "./model.ts";

/** The policy of a declaration's id. */
export function policyOf(id: Id): string {
  return id.slice(0, id.lastIndexOf("."));
}
export function lastPart(id: Id): string {
  return id.slice(id.lastIndexOf(".") + 1);
}
