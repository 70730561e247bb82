export type { CompiledConditions, Condition, Kleene, Moment } from "./condition.ts";
export type { BoundDuty, BoundLimit, Decision, Guard, Policy } from "./decision.ts";
export { guard } from "./guard.ts";
export type { FactEntry, Hierarchy, InteractionEntry, RuleEntry, Tables, Text } from "./tables.ts";
