export { type Code, type Condition, type Kleene, type PolicyCode, slot, wordSize } from "./code.ts";
export type { BoundDuty, BoundLimit, Decision, Guard, Policy, Traced } from "./decision.ts";
export { guard } from "./guard.ts";
export type { Check, Given } from "./prepare.ts";
export { operations, type Site, type Surface } from "./surface.ts";
export type { Hierarchy, InteractionEntry, RuleEntry, Tables, Text } from "./tables.ts";
export { type Unknown, unknown } from "./unknown.ts";
export { date, duration, int, oneOf, set, text, time } from "./values.ts";
