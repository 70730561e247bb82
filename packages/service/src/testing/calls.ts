import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "../call-hierarchy.ts";
import { at } from "./at.ts";

/** The names of what uses the thing at the cursor, and of what it uses. */
export function callTo(source: string): { readonly incoming: string[]; readonly outgoing: string[] } {
  const { snapshot, position } = at(source);
  const [item] = prepareCallHierarchy(snapshot, position);
  if (item === undefined) return { incoming: [], outgoing: [] };
  return {
    incoming: incomingCalls(snapshot, item).map(({ from }) => from.name),
    outgoing: outgoingCalls(snapshot, item).map(({ to }) => to.name),
  };
}
