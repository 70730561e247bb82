export type { ActDetails, Done, NotDone, Outcome } from "./act.ts";
export type { Advice } from "./answer.ts";
export { answerPreview } from "./answer-preview.ts";
export type { DutyHandler, DutyOccasion, Generaliser } from "./behind.ts";
export type { Loader, Loads, Opened } from "./call-types.ts";
export { Dated, dated } from "./dated.ts";
export { type Denial, PolicyViolation } from "./denial.ts";
export { enforcement } from "./enforcement.ts";
export { InMemoryAudit } from "./in-memory/audit.ts";
export { InMemoryLimits } from "./in-memory/limits.ts";
export { InMemoryPermissions } from "./in-memory/permissions.ts";
export type { ObservedCall, ObservedOutcome, Observer } from "./observer.ts";
export type { InteractionTypes, OperationTypes, PolicyTypes, Refusals, Refused, Told } from "./policy-types.ts";
export { Sealed, seal } from "./sealed.ts";
export type {
  AuditEntry,
  AuditTrail,
  Consent,
  LimitStore,
  Objection,
  PermissionRegister,
  PermissionStore,
  Permissions,
  Receipt,
  Reserved,
  ReserveRequest,
  Stores,
  Use,
} from "./stores.ts";
export type {
  Factory,
  GuardOf,
  InMemoryOptions,
  InMemoryWorld,
  InteractionGuard,
  Options,
  Shown,
} from "./types.ts";
